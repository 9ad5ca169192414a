//! What a certificate, request, revocation list or key says, as plain data: what `openssl x509 -text` shows.
//!
//! Reading is as wide as x509-parser's: a certificate that nobody should accept can still be looked at. Dates stay
//! dates; hexadecimal is written as OpenSSL and Node write it (fingerprints and key identifiers `AA:BB`, serial numbers
//! `AABB`), so that texts can be compared.

mod certificate;
mod crl;
mod decoded;
mod distribution_points;
mod extension_names;
mod extensions;
mod general_name;
mod key;
pub(crate) mod name;
mod public_key;
mod request;

use serde::Serialize;
use time::OffsetDateTime;

pub use certificate::{CertificateDetails, Fingerprints, certificate};
pub use crl::{CrlDetails, RevokedDetails, crl};
pub use extensions::{
    AuthorityInfoAccessDetails, BasicConstraintsDetails, ExtensionDetails, ExtensionsDetails,
    NameConstraintsDetails, PolicyDetails,
};
pub use general_name::{AltNameDetails, OtherNameDetails};
pub use key::KeyDetails;
pub use name::{AttributeDetails, NameDetails};
pub use public_key::PublicKeyDetails;
pub use request::{RequestAttributeDetails, RequestDetails, request};

use crate::asn1;
use crate::error::{Error, ErrorKind, Result};
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
    Crl(Box<CrlDetails>),
    /// A private or public key.
    Key(KeyDetails),
}

/// One of several in a file.
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
pub fn inspect(input: &[u8], passphrase: Option<&str>, now: OffsetDateTime) -> Result<Details> {
    if let Some(details) = key::jwk(input) {
        return details.map(Details::Key);
    }
    let mut blocks = blocks(input)?;
    match (blocks.pop(), blocks.len()) {
        (Some((_, block)), 0) => look_into(&block, passphrase, now)
            .unwrap_or_else(|| Err(unknown(&block, "holds", &format!("; give {WHAT}")))),
        (_, others) => {
            let message = format!("holds {} PEM blocks where one is wanted; give {WHAT} alone", others + 1);
            Err(Error::new(ErrorKind::MultiplePem, message))
        }
    }
}

/// Looks at everything in a file, in its order. The curve in front of an EC key, which the key repeats, is passed over.
///
/// # Errors
/// As for [`inspect`], at the number of the block: `[2]` is the third.
pub fn inspect_all(input: &[u8], passphrase: Option<&str>, now: OffsetDateTime) -> Result<Vec<Entry>> {
    let all: Vec<Details> = match key::jwk(input) {
        Some(details) => vec![Details::Key(details?)],
        None => blocks(input)?
            .iter()
            .map(|(index, block)| {
                look_into(block, passphrase, now)
                    .unwrap_or_else(|| {
                        Err(unknown(block, &format!("holds as block {}", index + 1), "; take it out"))
                    })
                    .map_err(|error| match block.label {
                        Some(_) => error.at(&format!("[{index}]")),
                        None => error,
                    })
            })
            .collect::<Result<_>>()?,
    };
    let same = public_key::same(&all.iter().map(Details::public_key).collect::<Vec<_>>());
    Ok(all.into_iter().zip(same).map(|(details, same_key_as)| Entry { details, same_key_as }).collect())
}

impl Details {
    /// The key of it: a revocation list has none, and an encrypted key does not show it.
    pub fn public_key(&self) -> Option<&PublicKeyDetails> {
        match self {
            Self::Certificate(details) => Some(&details.public_key),
            Self::Request(details) => Some(&details.public_key),
            Self::Crl(_) => None,
            Self::Key(details) => details.public_key.as_ref(),
        }
    }
}

/// The blocks with their places in the file, less those that repeat what a key says.
fn blocks(input: &[u8]) -> Result<Vec<(usize, Block)>> {
    let all: Vec<(usize, Block)> = pem::decode_all(input, WHAT)?.into_iter().enumerate().collect();
    let repeats = |block: &Block| block.label.as_deref() == Some(pem::EC_PARAMETERS);
    if all.iter().all(|(_, block)| repeats(block)) {
        return Ok(all);
    }
    Ok(all.into_iter().filter(|(_, block)| !repeats(block)).collect())
}

/// `None` for a block of a kind that is not known here.
fn look_into(block: &Block, passphrase: Option<&str>, now: OffsetDateTime) -> Option<Result<Details>> {
    let der = block.der.as_slice();
    let Some(label) = block.label.as_deref() else {
        return Some(bare_der(block, passphrase, now));
    };
    Some(match label {
        "TRUSTED CERTIFICATE" => {
            certificate(asn1::first_element(der), now).map(Box::new).map(Details::Certificate)
        }
        label if pem::CERTIFICATES.contains(&label) => {
            certificate(der, now).map(Box::new).map(Details::Certificate)
        }
        label if pem::REQUESTS.contains(&label) => request(der).map(Box::new).map(Details::Request),
        pem::X509_CRL => crl(der).map(Box::new).map(Details::Crl),
        pem::PUBLIC_KEY | pem::RSA_PUBLIC_KEY => key::public(der).map(Details::Key),
        label if label.ends_with("PRIVATE KEY") => key::private(block, passphrase).map(Details::Key),
        _ => return None,
    })
}

/// Bare DER does not say what it is; the forms exclude each other, so the first that reads is it.
fn bare_der(block: &Block, passphrase: Option<&str>, now: OffsetDateTime) -> Result<Details> {
    let der = block.der.as_slice();
    if let Ok(details) = certificate(der, now) {
        return Ok(Details::Certificate(Box::new(details)));
    }
    if let Ok(details) = request(der) {
        return Ok(Details::Request(Box::new(details)));
    }
    if let Ok(details) = crl(der) {
        return Ok(Details::Crl(Box::new(details)));
    }
    if let Ok(details) = key::public(der) {
        return Ok(Details::Key(details));
    }
    match key::private(block, passphrase) {
        Ok(details) => Ok(Details::Key(details)),
        // It is a key, of which something can be said.
        Err(error) if matches!(error.kind(), ErrorKind::Passphrase | ErrorKind::UnsupportedKey) => Err(error),
        Err(_) => Err(Error::new(ErrorKind::InvalidPem, format!("is DER, but not of {WHAT}"))),
    }
}

fn unknown(block: &Block, holds: &str, remedy: &str) -> Error {
    let label = pem::printable(block.label.as_deref().unwrap_or_default());
    let message = format!("{holds} a `{label}`, which can't be looked into here{remedy}");
    Error::new(ErrorKind::InvalidPem, message)
}
