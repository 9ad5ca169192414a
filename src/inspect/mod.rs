//! What a certificate, request, revocation list or key says, as plain data: what `openssl x509 -text` shows.
//!
//! A certificate that nobody should accept can still be looked at, as long as it is one; of an extension that is damaged there are the
//! bytes. Dates stay dates; hexadecimal is written as OpenSSL and Node write it (fingerprints and key identifiers `AA:BB`, serial numbers
//! `AABB`), so that texts can be compared.

mod certificate;
#[cfg(feature = "in-page")]
mod crl;
mod decoded;
mod distribution_points;
mod extension_names;
mod extension_values;
mod extensions;
mod general_name;
mod key;
pub(crate) mod name;
mod oracle;
mod public_key;
mod request;

use serde::Serialize;
use time::OffsetDateTime;

#[cfg(feature = "in-page")]
pub use certificate::certificate;
pub use certificate::{CertificateDetails, Fingerprints};
#[cfg(feature = "in-page")]
pub use crl::{CrlDetails, RevokedDetails, crl};
pub use decoded::Decoded;
pub use extensions::{
    AuthorityInfoAccessDetails, BasicConstraintsDetails, ExtensionDetails, ExtensionsDetails,
    NameConstraintsDetails, PolicyDetails,
};
pub use general_name::{AltNameDetails, OtherNameDetails};
pub use key::KeyDetails;
pub use name::{AttributeDetails, NameDetails};
pub use public_key::PublicKeyDetails;
#[cfg(feature = "in-page")]
pub use request::request;
pub use request::{RequestAttributeDetails, RequestDetails};

pub(crate) use certificate::certificate_with;
#[cfg(feature = "in-page")]
pub(crate) use extension_values::{is_damaged, reason as revocation_reason};
pub(crate) use oracle::Oracle;
pub(crate) use public_key::same_keys;
pub(crate) use request::request_with;

use crate::asn1;
use crate::error::{Error, ErrorKind, Result};
use crate::key::{is_jwk, is_private_form};
use crate::pem::{self, Block};

/// What was looked at.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Details {
    /// A certificate.
    Certificate(Box<CertificateDetails>),
    /// A certificate request.
    Request(Box<RequestDetails>),
    /// A certificate revocation list.
    #[cfg(feature = "in-page")]
    Crl(Box<CrlDetails>),
    /// One that the wasm with in-page crypto describes, since most pages never see one.
    #[cfg(not(feature = "in-page"))]
    Crl,
    /// A private or public key.
    Key(KeyDetails),
}

/// One of several in a file.
#[cfg(feature = "in-page")]
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it says.
    pub details: Details,
    /// Which others have the same public key, by their place: a key and its certificate name each other.
    pub same_key_as: Vec<usize>,
}

const WHAT: &str = "a certificate, a request, a revocation list or a key";

/// Looks at one certificate, request, revocation list or key, PEM or DER. An encrypted key is described by its being
/// encrypted, unless its passphrase is given.
///
/// # Errors
/// As for reading the thing: [`ErrorKind::InvalidPem`], [`ErrorKind::MultiplePem`], [`ErrorKind::InvalidCertificate`],
/// [`ErrorKind::InvalidRequest`], [`ErrorKind::InvalidKey`], [`ErrorKind::UnsupportedKey`], [`ErrorKind::Passphrase`].
#[cfg(feature = "in-page")]
pub fn inspect(input: &[u8], passphrase: Option<&str>, now: OffsetDateTime) -> Result<Details> {
    Inspection::new(passphrase, now, &mut oracle::InPage).one(input)
}

/// Looks at everything in a file, in its order. The curve in front of an EC key, which the key repeats, is passed over.
///
/// # Errors
/// As for [`inspect`], at the number of the block: `[2]` is the third.
#[cfg(feature = "in-page")]
pub fn inspect_all(input: &[u8], passphrase: Option<&str>, now: OffsetDateTime) -> Result<Vec<Entry>> {
    let all = Inspection::new(passphrase, now, &mut oracle::InPage).all(input)?;
    let keys: Vec<_> = all.iter().map(|details| details.public_key().map(PublicKeyDetails::spki)).collect();
    let same = same_keys(&keys);
    Ok(all.into_iter().zip(same).map(|(details, same_key_as)| Entry { details, same_key_as }).collect())
}

/// What inspecting takes.
pub(crate) struct Inspection<'a> {
    passphrase: Option<&'a str>,
    now: OffsetDateTime,
    oracle: &'a mut dyn Oracle,
    /// The `EC PARAMETERS` of the file, for a key that does not say its curve.
    curve: Option<Block>,
}

impl<'a> Inspection<'a> {
    pub(crate) fn new(passphrase: Option<&'a str>, now: OffsetDateTime, oracle: &'a mut dyn Oracle) -> Self {
        Self { passphrase, now, oracle, curve: None }
    }

    /// [`inspect`].
    pub(crate) fn one(&mut self, input: &[u8]) -> Result<Details> {
        if is_jwk(input) {
            return self.oracle.jwk(input).map(Details::Key);
        }
        let (mut blocks, curve) = blocks(input)?;
        self.curve = curve;
        match (blocks.pop(), blocks.len()) {
            (Some((_, block)), 0) => self
                .look_into(&block)
                .unwrap_or_else(|| Err(unknown(&block, "holds", &format!("; give {WHAT}")))),
            (_, others) => {
                let message = format!(
                    "holds {} PEM blocks where one is wanted; give {WHAT} alone, or use inspectAll",
                    others + 1
                );
                Err(Error::new(ErrorKind::MultiplePem, message))
            }
        }
    }

    /// [`inspect_all`].
    pub(crate) fn all(&mut self, input: &[u8]) -> Result<Vec<Details>> {
        if is_jwk(input) {
            return Ok(vec![Details::Key(self.oracle.jwk(input)?)]);
        }
        let mut all = Vec::new();
        let (blocks, curve) = blocks(input)?;
        self.curve = curve;
        for (index, block) in blocks {
            self.oracle.at(all.len(), block.label.as_ref().map(|_| index));
            let refuse = || Err(unknown(&block, &format!("holds as block {}", index + 1), "; take it out"));
            let details = self.look_into(&block).unwrap_or_else(refuse);
            all.push(details.map_err(|error| match block.label {
                Some(_) => error.at(&format!("[{index}]")),
                None => error,
            })?);
        }
        Ok(all)
    }

    /// `None` for a block of a kind that is not known here.
    fn look_into(&mut self, block: &Block) -> Option<Result<Details>> {
        let der = block.der.as_slice();
        let Some(label) = block.label.as_deref() else { return Some(self.bare_der(block)) };
        Some(match label {
            pem::TRUSTED_CERTIFICATE => self.certificate(asn1::first_element(der)),
            label if pem::CERTIFICATES.contains(&label) => self.certificate(der),
            label if pem::REQUESTS.contains(&label) => self.request(der),
            pem::X509_CRL => self.revocation_list(block),
            pem::PUBLIC_KEY | pem::RSA_PUBLIC_KEY => key::public(der).map(Details::Key),
            label if label.ends_with("PRIVATE KEY") => self.private_key(block),
            _ => return None,
        })
    }

    /// Bare DER does not say what it is; the forms exclude each other, so the first that reads is it.
    fn bare_der(&mut self, block: &Block) -> Result<Details> {
        let der = block.der.as_slice();
        if let Ok(details) = self.certificate(der) {
            return Ok(details);
        }
        if let Ok(details) = self.request(der) {
            return Ok(details);
        }
        if let Ok(details) = self.revocation_list(block) {
            return Ok(details);
        }
        if let Ok(details) = key::public(der) {
            return Ok(Details::Key(details));
        }
        if is_private_form(der) {
            return self.private_key(block);
        }
        Err(unknown_der())
    }

    fn certificate(&mut self, der: &[u8]) -> Result<Details> {
        certificate_with(der, self.now, self.oracle).map(Box::new).map(Details::Certificate)
    }

    fn request(&mut self, der: &[u8]) -> Result<Details> {
        request_with(der, self.oracle).map(Box::new).map(Details::Request)
    }

    #[cfg(feature = "in-page")]
    fn revocation_list(&mut self, block: &Block) -> Result<Details> {
        crl(&block.der).map(Box::new).map(Details::Crl)
    }

    /// Bare DER of that form may still turn out to be none.
    #[cfg(not(feature = "in-page"))]
    fn revocation_list(&mut self, block: &Block) -> Result<Details> {
        if block.label.is_none() && !crate::key::is_signed_form(&block.der) {
            return Err(unknown_der());
        }
        self.oracle.revocation_list(block);
        Ok(Details::Crl)
    }

    fn private_key(&mut self, block: &Block) -> Result<Details> {
        key::private(block, self.curve.as_ref(), self.passphrase, self.oracle).map(Details::Key)
    }
}

impl Details {
    /// The key of it: a revocation list has none, and an encrypted key does not show it.
    pub fn public_key(&self) -> Option<&PublicKeyDetails> {
        match self {
            Self::Certificate(details) => Some(&details.public_key),
            Self::Request(details) => Some(&details.public_key),
            #[cfg(feature = "in-page")]
            Self::Crl(_) => None,
            #[cfg(not(feature = "in-page"))]
            Self::Crl => None,
            Self::Key(details) => details.public_key.as_ref(),
        }
    }
}

/// A block with its place in the file.
type Placed = (usize, Block);

/// The blocks with their places in the file, less the curve that stands in front of an EC key, and that curve.
fn blocks(input: &[u8]) -> Result<(Vec<Placed>, Option<Block>)> {
    let all: Vec<Placed> = pem::decode_all(input, WHAT)?.into_iter().enumerate().collect();
    let is_curve = |block: &Block| block.label.as_deref() == Some(pem::EC_PARAMETERS);
    if all.iter().all(|(_, block)| is_curve(block)) {
        return Ok((all, None));
    }
    let (curves, others): (Vec<_>, Vec<_>) = all.into_iter().partition(|(_, block)| is_curve(block));
    Ok((others, curves.into_iter().next().map(|(_, curve)| curve)))
}

pub(crate) fn unknown_der() -> Error {
    Error::new(ErrorKind::InvalidPem, format!("is DER, but not of {WHAT}; a PKCS#12 file is for readPkcs12"))
}

fn unknown(block: &Block, holds: &str, remedy: &str) -> Error {
    let label = pem::printable(block.label.as_deref().unwrap_or_default());
    let remedy = pem::pkcs7_remedy(&label).unwrap_or(remedy);
    let message = format!("{holds} a `{label}`, which can't be looked into here{remedy}");
    Error::new(ErrorKind::InvalidPem, message)
}
