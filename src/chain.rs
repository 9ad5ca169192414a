//! A certificate and those above it, in order, as a server sends them and as files keep them.

use crate::authority::{ascend, parse_block};
use crate::error::{At, Error, ErrorKind, Result};
use crate::inspect::NameDetails;
use crate::key::PublicKey;
use crate::parsed::ParsedCertificate;
use crate::pem::{self, Block};

/// As in an authority's chain; more is no chain.
const LONGEST: usize = 20;

/// A certificate and those above it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateChain {
    /// DER.
    pub leaf: Vec<u8>,
    /// DER, each the issuer of the one before.
    pub above: Vec<Vec<u8>>,
    common_name: Option<String>,
}

impl CertificateChain {
    /// Reads `certificate`, PEM or DER, a file of several too, and those above it from there and from `chain`, in whatever order.
    /// The leaf is the certificate of `key`; where nobody says a key, the first. What is there twice counts once.
    ///
    /// # Errors
    /// [`ErrorKind::KeyMismatch`] at `privateKey` where none is the key's; [`ErrorKind::InvalidCertificate`] for what can't be read
    /// or is not above the leaf; [`ErrorKind::InvalidPem`].
    pub fn read(certificate: &[u8], chain: &[impl AsRef<[u8]>], key: Option<&PublicKey>) -> Result<Self> {
        let own = certificates(certificate).at("certificate")?;
        let mut blocks: Vec<(String, Block)> =
            own.into_iter().map(|block| ("certificate".to_owned(), block)).collect();
        let owned = blocks.len();
        for (index, file) in chain.iter().enumerate() {
            let path = if chain.len() == 1 { "chain".to_owned() } else { format!("chain[{index}]") };
            blocks.extend(
                certificates(file.as_ref()).at(&path)?.into_iter().map(|block| (path.clone(), block)),
            );
        }
        let parsed: Vec<ParsedCertificate<'_>> =
            blocks.iter().map(|(path, block)| parse_block(block).at(path)).collect::<Result<_>>()?;
        let leaf = match key {
            None => 0,
            Some(key) => parsed.iter().take(owned).position(|one| is_of(one, key)).ok_or_else(mismatch)?,
        };
        let (climbed, left) = ascend(leaf, &parsed);
        if let Some(stranger) = left.first() {
            let path = parsed.iter().zip(&blocks).find(|(one, _)| one.der == stranger.der);
            return Err(
                strange(stranger, climbed.last().copied()).at(path.map_or("chain", |(_, (path, _))| path))
            );
        }
        if climbed.len() > LONGEST {
            let message = format!("is of {} certificates; no chain has over {LONGEST}", climbed.len());
            return Err(Error::new(ErrorKind::InvalidCertificate, message).at("chain"));
        }
        let mut climbed = climbed.into_iter();
        let leaf = climbed.next().ok_or_else(mismatch)?;
        Ok(Self {
            leaf: leaf.der.to_vec(),
            common_name: NameDetails::new(&leaf.subject).common_name,
            above: climbed.map(|one| one.der.to_vec()).collect(),
        })
    }

    /// All of them, DER, the leaf first.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        std::iter::once(self.leaf.as_slice()).chain(self.above.iter().map(Vec::as_slice))
    }

    /// All of them, PEM, the leaf first.
    pub fn to_pem(&self) -> String {
        self.iter().map(|der| pem::encode(pem::CERTIFICATE, der)).collect()
    }

    /// What the leaf is called.
    pub fn common_name(&self) -> Option<&str> {
        self.common_name.as_deref()
    }
}

/// Every certificate of a file; none is looked into.
fn certificates(input: &[u8]) -> Result<Vec<Block>> {
    pem::decode_many(input, pem::CERTIFICATES, "a certificate")
}

fn is_of(certificate: &ParsedCertificate<'_>, key: &PublicKey) -> bool {
    PublicKey::from_spki(certificate.public_key.raw).is_ok_and(|own| own.same_key(key))
}

fn mismatch() -> Error {
    let message = "is not the key of the certificate; give the two that belong together";
    Error::new(ErrorKind::KeyMismatch, message).at("privateKey")
}

/// `last` is where the way from the leaf ends.
fn strange(certificate: &ParsedCertificate<'_>, last: Option<&ParsedCertificate<'_>>) -> Error {
    let name = NameDetails::new(&certificate.subject).text;
    let issuer = last.filter(|last| last.issuer != last.subject).map_or(String::new(), |last| {
        format!("the missing one of {}, or ", NameDetails::new(&last.issuer).text)
    });
    let message = format!(
        "holds the certificate of {name}, which has issued none of the leaf's chain; give {issuer}the leaf's chain alone"
    );
    Error::new(ErrorKind::InvalidCertificate, message)
}
