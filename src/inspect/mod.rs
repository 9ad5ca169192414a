//! What a certificate, request or key says, as plain data: what `openssl x509 -text` shows.
//!
//! Reading is as wide as x509-parser's: a certificate that nobody should accept can still be looked at. Dates stay
//! dates; hexadecimal is written as OpenSSL and Node write it (fingerprints and key identifiers `AA:BB`, serial numbers
//! `AABB`), so that texts can be compared.

mod extensions;
pub(crate) mod name;

use serde::Serialize;
use time::OffsetDateTime;
use x509_parser::prelude::{FromDer, SubjectPublicKeyInfo, X509Version};

pub use extensions::{AltNameDetails, BasicConstraintsDetails, ExtensionDetails, ExtensionsDetails};
pub use name::{AttributeDetails, NameDetails};

use crate::authority;
use crate::error::{Error, ErrorKind, Result};
use crate::key::{self, PrivateKey, PublicKey, digest_sha1, digest_sha256};
use crate::pem;
use crate::request::{self, WeakSignatures};
use crate::signature;

/// What was looked at.
#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
pub enum Details {
    /// A certificate.
    Certificate(Box<CertificateDetails>),
    /// A certificate request.
    Request(Box<RequestDetails>),
    /// A private or public key.
    Key(KeyDetails),
}

/// A certificate as data.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CertificateDetails {
    /// `"certificate"`.
    pub r#type: &'static str,
    /// 1 or 3.
    pub version: u32,
    /// Hexadecimal digits, upper case.
    pub serial_number: String,
    /// Whom it is for.
    pub subject: NameDetails,
    /// Who signed it.
    pub issuer: NameDetails,
    /// The first moment of its validity.
    #[serde(skip)]
    pub not_before: OffsetDateTime,
    /// The last moment of its validity.
    #[serde(skip)]
    pub not_after: OffsetDateTime,
    /// Its key.
    pub public_key: PublicKeyDetails,
    /// What its issuer signed it with.
    pub signature_algorithm: String,
    /// Its extensions.
    #[serde(flatten)]
    pub extensions: ExtensionsDetails,
    /// Digests of its DER.
    pub fingerprints: Fingerprints,
}

/// A request as data.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestDetails {
    /// `"request"`.
    pub r#type: &'static str,
    /// Whom it is for.
    pub subject: NameDetails,
    /// Its key.
    pub public_key: PublicKeyDetails,
    /// What it is signed with.
    pub signature_algorithm: String,
    /// Whether the signature verifies, so that its sender holds the key.
    pub signature_valid: bool,
    /// The extensions that it asks for.
    #[serde(flatten)]
    pub extensions: ExtensionsDetails,
}

/// A key as data. Never its secret part.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyDetails {
    /// `"privateKey"` or `"publicKey"`.
    pub r#type: &'static str,
    /// Whether a passphrase guards it. Then nothing else is known.
    pub encrypted: bool,
    /// Its public half.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_key: Option<PublicKeyDetails>,
}

/// A public key as data.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicKeyDetails {
    /// `ecdsa-p256`, `rsa-2048` and so on; an OID where it is none of those made here.
    pub algorithm: String,
    /// SHA-256 of the SubjectPublicKeyInfo: the same for a key, its request and its certificate.
    pub sha256: String,
}

/// Digests of a certificate's DER, `AA:BB:…`.
#[derive(Clone, Debug, Serialize)]
pub struct Fingerprints {
    /// SHA-256.
    pub sha256: String,
    /// SHA-1, for comparing only.
    pub sha1: String,
}

const WHAT: &str = "a certificate, a request or a key";

/// Looks at one certificate, request or key, PEM or DER.
///
/// # Errors
/// As for reading the thing: [`ErrorKind::InvalidPem`], [`ErrorKind::MultiplePem`], [`ErrorKind::InvalidCertificate`],
/// [`ErrorKind::InvalidRequest`], [`ErrorKind::InvalidKey`], [`ErrorKind::UnsupportedKey`].
pub fn inspect(input: &[u8]) -> Result<Details> {
    let mut blocks = pem::decode_all(input, WHAT)?;
    let Some(block) = blocks.pop().filter(|_| blocks.is_empty()) else {
        let message = format!("holds {} PEM blocks where one is wanted; give {WHAT} alone", blocks.len() + 1);
        return Err(Error::new(ErrorKind::MultiplePem, message));
    };
    match block.label.as_deref() {
        Some(pem::CERTIFICATE | "X509 CERTIFICATE") => {
            certificate(&block.der).map(Box::new).map(Details::Certificate)
        }
        Some(pem::CERTIFICATE_REQUEST | "NEW CERTIFICATE REQUEST") => {
            request(&block.der).map(Box::new).map(Details::Request)
        }
        Some(pem::PUBLIC_KEY) => public_key(&block.der).map(Details::Key),
        Some(pem::ENCRYPTED_PRIVATE_KEY) if key::is_encrypted(&block) => Ok(Details::Key(encrypted_key())),
        Some(pem::ENCRYPTED_PRIVATE_KEY) => {
            Err(Error::new(ErrorKind::InvalidKey, "holds an encrypted private key that is damaged"))
        }
        Some(label) if label.ends_with("PRIVATE KEY") => private_key(input).map(Details::Key),
        Some(label) => Err(Error::new(
            ErrorKind::InvalidPem,
            format!("holds a `{}`, which can't be looked into here; give {WHAT}", pem::printable(label)),
        )),
        None => bare_der(&block.der),
    }
}

/// Describes a certificate, DER.
pub fn certificate(der: &[u8]) -> Result<CertificateDetails> {
    let parsed = authority::parse(der)?;
    let dates = parsed.validity();
    Ok(CertificateDetails {
        r#type: "certificate",
        version: version(parsed.version()),
        serial_number: serial_number(parsed.raw_serial()),
        subject: NameDetails::new(parsed.subject()),
        issuer: NameDetails::new(parsed.issuer()),
        not_before: dates.not_before.to_datetime(),
        not_after: dates.not_after.to_datetime(),
        public_key: PublicKeyDetails::new(parsed.public_key()),
        signature_algorithm: signature::algorithm_name(&parsed.signature_algorithm.algorithm.to_id_string()),
        extensions: ExtensionsDetails::new(parsed.extensions()),
        fingerprints: Fingerprints { sha256: colons(&digest_sha256(der)), sha1: colons(&digest_sha1(der)) },
    })
}

/// Describes a request, DER. A signature that does not verify is data here, not an error.
pub fn request(der: &[u8]) -> Result<RequestDetails> {
    let parsed = request::parse(der)?;
    let info = &parsed.certification_request_info;
    let requested = request::requested_extensions(&parsed)?;
    let signature_valid = PublicKey::from_spki(info.subject_pki.raw)
        .and_then(|key| request::verify_possession(&parsed, &key, WeakSignatures::Allowed))
        .is_ok();
    Ok(RequestDetails {
        r#type: "request",
        subject: NameDetails::new(&info.subject),
        public_key: PublicKeyDetails::new(&info.subject_pki),
        signature_algorithm: signature::algorithm_name(&parsed.signature_algorithm.algorithm.to_id_string()),
        signature_valid,
        extensions: ExtensionsDetails::new(&requested),
    })
}

fn private_key(input: &[u8]) -> Result<KeyDetails> {
    let key = PrivateKey::read(input, None)?;
    Ok(KeyDetails { public_key: described(key.public_key().spki()), ..key_details("privateKey") })
}

fn public_key(spki: &[u8]) -> Result<KeyDetails> {
    let described = described(spki)
        .ok_or_else(|| Error::new(ErrorKind::InvalidKey, "is no public key that can be read"))?;
    Ok(KeyDetails { public_key: Some(described), ..key_details("publicKey") })
}

fn encrypted_key() -> KeyDetails {
    KeyDetails { encrypted: true, ..key_details("privateKey") }
}

fn key_details(r#type: &'static str) -> KeyDetails {
    KeyDetails { r#type, encrypted: false, public_key: None }
}

/// Bare DER does not say what it is; the forms exclude each other, so the first that reads is it.
fn bare_der(der: &[u8]) -> Result<Details> {
    if let Ok(details) = certificate(der) {
        return Ok(Details::Certificate(Box::new(details)));
    }
    if let Ok(details) = request(der) {
        return Ok(Details::Request(Box::new(details)));
    }
    if let Ok(details) = public_key(der) {
        return Ok(Details::Key(details));
    }
    match private_key(der) {
        Ok(details) => Ok(Details::Key(details)),
        Err(error) if error.kind() == ErrorKind::Passphrase => Ok(Details::Key(encrypted_key())),
        Err(_) => Err(Error::new(ErrorKind::InvalidPem, format!("is DER, but not of {WHAT}"))),
    }
}

impl PublicKeyDetails {
    fn new(spki: &SubjectPublicKeyInfo<'_>) -> Self {
        let algorithm = match PublicKey::from_spki(spki.raw) {
            Ok(key) => key.key_type().name(),
            Err(_) => foreign_algorithm(spki),
        };
        Self { algorithm, sha256: colons(&digest_sha256(spki.raw)) }
    }
}

/// A key that is only looked at: short RSA by its size, others by curve or OID.
fn foreign_algorithm(spki: &SubjectPublicKeyInfo<'_>) -> String {
    use x509_parser::public_key::PublicKey as Parsed;
    match spki.parsed() {
        Ok(Parsed::RSA(key)) => format!("rsa-{}", key.key_size()),
        Ok(Parsed::EC(_)) => {
            let curve = spki.algorithm.parameters.as_ref().and_then(|any| any.as_oid().ok());
            match curve.map(|oid| oid.to_id_string()).as_deref() {
                Some("1.3.132.0.35") => "ecdsa-p521".to_owned(),
                Some(oid) => format!("ecdsa-{oid}"),
                None => "ecdsa".to_owned(),
            }
        }
        _ => spki.algorithm.algorithm.to_id_string(),
    }
}

fn described(spki: &[u8]) -> Option<PublicKeyDetails> {
    match SubjectPublicKeyInfo::from_der(spki) {
        Ok(([], parsed)) => Some(PublicKeyDetails::new(&parsed)),
        _ => None,
    }
}

fn version(version: X509Version) -> u32 {
    version.0.saturating_add(1)
}

/// Without the octet that only says that the number is positive.
fn serial_number(raw: &[u8]) -> String {
    let digits = match raw {
        [0, rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    digits.iter().map(|byte| format!("{byte:02X}")).collect()
}

pub(crate) fn colons(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":")
}
