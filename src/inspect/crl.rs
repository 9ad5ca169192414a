//! Certificate revocation lists (RFC 5280 section 5) as data.

use serde::Serialize;
use std::borrow::Cow;
use time::OffsetDateTime;
use x509_parser::prelude::{CertificateRevocationList, FromDer, RevokedCertificate};

use super::extension_values;
use super::{ExtensionDetails, ExtensionsDetails, Fingerprints, NameDetails};
use crate::asn1;
use crate::error::{Error, ErrorKind, Result};
use crate::parsed::ParsedExtension;
use crate::signature;

/// A certificate revocation list as data.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CrlDetails {
    /// `"crl"`.
    pub r#type: &'static str,
    /// 1 or 2.
    pub version: u32,
    /// Who signed it.
    pub issuer: NameDetails,
    /// When it was made.
    #[serde(skip)]
    pub this_update: OffsetDateTime,
    /// When the next one comes at the latest.
    #[serde(skip)]
    pub next_update: Option<OffsetDateTime>,
    /// Its number in the sequence, in hexadecimal digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crl_number: Option<String>,
    /// What its issuer signed it with.
    pub signature_algorithm: String,
    /// The certificates that are no longer valid.
    pub revoked: Vec<RevokedDetails>,
    /// `AA:BB:…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority_key_identifier: Option<String>,
    /// Its extensions.
    pub extensions: Vec<ExtensionDetails>,
    /// Digests of its DER.
    pub fingerprints: Fingerprints,
}

/// A certificate that is no longer valid.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RevokedDetails {
    /// Hexadecimal digits, upper case.
    pub serial_number: String,
    /// Since when.
    #[serde(skip)]
    pub date: OffsetDateTime,
    /// `keyCompromise` and so on (RFC 5280 section 5.3.1).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// What else is said of it.
    pub extensions: Vec<ExtensionDetails>,
}

/// In id-ce (RFC 5280 section 5.2.3).
const CRL_NUMBER: u8 = 20;

/// Describes a revocation list, DER. Its signature is not checked: its issuer's certificate would be needed.
pub fn crl(der: &[u8]) -> Result<CrlDetails> {
    let parsed = match CertificateRevocationList::from_der(der) {
        Ok(([], parsed)) => parsed,
        Ok(_) => return Err(invalid("has bytes behind the end of the revocation list")),
        Err(_) => return Err(invalid("is no revocation list that can be read (X.509)")),
    };
    let extensions = ParsedExtension::of_list(parsed.extensions());
    let number = extensions.iter().find(|extension| extension.id_ce() == Some(CRL_NUMBER));
    let number = number.and_then(|extension| extension_values::number(extension.value));
    let extensions = ExtensionsDetails::new(&extensions);
    Ok(CrlDetails {
        r#type: "crl",
        version: parsed.version().map_or(1, |version| version.0.saturating_add(1)),
        issuer: NameDetails::new(parsed.issuer()),
        this_update: parsed.last_update().to_datetime(),
        next_update: parsed.next_update().map(|date| date.to_datetime()),
        crl_number: number,
        signature_algorithm: signature::algorithm_name(&asn1::oid(&parsed.signature_algorithm.algorithm)),
        revoked: parsed.iter_revoked_certificates().map(revoked).collect(),
        authority_key_identifier: extensions.authority_key_identifier,
        extensions: extensions.extensions,
        fingerprints: Fingerprints::new(der),
    })
}

fn revoked(certificate: &RevokedCertificate<'_>) -> RevokedDetails {
    RevokedDetails {
        serial_number: asn1::integer(certificate.raw_serial()),
        date: certificate.revocation_date.to_datetime(),
        reason: certificate.reason_code().and_then(|(_, code)| extension_values::reason(code.0)),
        extensions: ExtensionsDetails::new(&ParsedExtension::of_list(certificate.extensions())).extensions,
    }
}

fn invalid(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidCrl, message)
}
