//! Certificates as data.

use serde::Serialize;
use time::OffsetDateTime;

use super::oracle::Oracle;
use super::{ExtensionsDetails, NameDetails, PublicKeyDetails};
use crate::asn1;
use crate::authority;
use crate::digest;
use crate::error::Result;
use crate::hexadecimal::colons;
use crate::key::PublicKey;
use crate::parsed::ParsedCertificate;
use crate::signature::{self, Scheme, Verification};

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
    /// Whole days until it expires; negative once it has.
    pub days_left: i64,
    /// Whether its issuer is itself: the names are equal, and the signature verifies with its own key, as far as that
    /// can be verified here (not SHA-1, not RSA under 2048 bits, not P-521).
    pub self_signed: bool,
    /// Its key.
    pub public_key: PublicKeyDetails,
    /// What its issuer signed it with.
    pub signature_algorithm: String,
    /// Its extensions.
    #[cfg_attr(target_arch = "wasm32", serde(skip))]
    #[cfg_attr(not(target_arch = "wasm32"), serde(flatten))]
    pub extensions: ExtensionsDetails,
    /// Digests of its DER.
    pub fingerprints: Fingerprints,
}

/// Digests of a DER, `AA:BB:…`.
#[derive(Clone, Debug, Serialize)]
pub struct Fingerprints {
    /// SHA-256.
    pub sha256: String,
    /// SHA-1, for comparing only.
    pub sha1: String,
}

impl Fingerprints {
    pub(super) fn new(der: &[u8]) -> Self {
        Self { sha256: colons(&digest::sha256(der)), sha1: colons(&digest::sha1(der)) }
    }
}

/// Describes a certificate, DER.
#[cfg(feature = "in-page")]
pub fn certificate(der: &[u8], now: OffsetDateTime) -> Result<CertificateDetails> {
    certificate_with(der, now, &mut super::oracle::InPage)
}

pub(crate) fn certificate_with(
    der: &[u8],
    now: OffsetDateTime,
    oracle: &mut dyn Oracle,
) -> Result<CertificateDetails> {
    let parsed = authority::parse(der)?;
    let extensions = ExtensionsDetails::new(&parsed.extensions);
    Ok(CertificateDetails {
        r#type: "certificate",
        version: parsed.version,
        serial_number: asn1::integer(parsed.serial_number),
        subject: NameDetails::new(&parsed.subject),
        issuer: NameDetails::new(&parsed.issuer),
        not_before: parsed.not_before,
        not_after: parsed.not_after,
        days_left: days_left(parsed.not_after, now),
        self_signed: is_self_signed(&parsed, &extensions, oracle),
        public_key: PublicKeyDetails::new(&parsed.public_key),
        signature_algorithm: signature::algorithm_name(&asn1::oid(&parsed.signature_algorithm.algorithm)),
        extensions,
        fingerprints: Fingerprints::new(der),
    })
}

fn days_left(end: OffsetDateTime, now: OffsetDateTime) -> i64 {
    const DAY: i64 = 86_400;
    (end.unix_timestamp() - now.unix_timestamp()).div_euclid(DAY)
}

fn is_self_signed(
    certificate: &ParsedCertificate<'_>,
    extensions: &ExtensionsDetails,
    oracle: &mut dyn Oracle,
) -> bool {
    if certificate.issuer.as_raw() != certificate.subject.as_raw() {
        return false;
    }
    let identifiers = (&extensions.authority_key_identifier, &extensions.subject_key_identifier);
    if matches!(identifiers, (Some(issuer), Some(own)) if issuer != own) {
        return false;
    }
    let algorithm = &certificate.signature_algorithm;
    let Ok(public_key) = PublicKey::from_spki(certificate.public_key.raw) else { return true };
    let Some(scheme) = Scheme::read(algorithm, public_key.key_type()) else { return true };
    let message = certificate.to_be_signed.to_vec();
    let signature = certificate.signature.0.to_vec();
    oracle.verify(Verification { public_key, scheme, message, signature })
}
