//! A certificate as far as verifying needs it: parsed, named, and its key read.

use serde::Serialize;
use time::OffsetDateTime;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::X509Name;

use crate::alt_name::AltName;
use crate::asn1;
use crate::authority;
use crate::digest;
use crate::error::Result;
use crate::hexadecimal::colons;
use crate::inspect::NameDetails;
use crate::inspect::name::normalized;
use crate::key::PublicKey;
use crate::parsed::{AuthorityKeyIdentifier, Meaning, ParsedCertificate, ParsedExtension};
use crate::pem;

/// Which certificate.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// RFC 4514.
    pub subject: String,
    /// RFC 4514.
    pub issuer: String,
    /// Hexadecimal digits, upper case.
    pub serial_number: String,
    /// The first moment of its validity.
    #[serde(skip)]
    pub not_before: OffsetDateTime,
    /// The last moment of its validity.
    #[serde(skip)]
    pub not_after: OffsetDateTime,
    /// The fingerprint, `AA:BB:…`.
    pub sha256: String,
    /// Itself.
    pub pem: String,
}

pub(super) struct Known<'a> {
    pub der: &'a [u8],
    pub parsed: ParsedCertificate<'a>,
    pub summary: Summary,
    /// What it is called in messages.
    pub name: String,
    /// What its issuer is called.
    pub issuer_name: String,
    /// Its names in a form to compare by.
    pub subject_key: String,
    pub issuer_key: String,
    pub key: Result<PublicKey>,
    pub subject_key_identifier: Option<&'a [u8]>,
    pub authority_key_identifier: Option<&'a [u8]>,
    /// What else it says of its issuer's certificate: its serial number, and its issuer's name in a form to compare by.
    pub authority_serial_number: Option<&'a [u8]>,
    pub authority_issuer_key: Option<String>,
}

impl<'a> Known<'a> {
    pub(super) fn new(der: &'a [u8]) -> Result<Self> {
        let parsed = authority::parse(der)?;
        let (subject, issuer) = (NameDetails::new(&parsed.subject), NameDetails::new(&parsed.issuer));
        let summary = Summary {
            subject: subject.text.clone(),
            issuer: issuer.text.clone(),
            serial_number: asn1::integer(parsed.serial_number),
            not_before: parsed.not_before,
            not_after: parsed.not_after,
            sha256: colons(&digest::sha256(der)),
            pem: pem::encode(pem::CERTIFICATE, der),
        };
        Ok(Self {
            der,
            name: called(&subject, &summary.serial_number),
            issuer_name: called(&issuer, ""),
            subject_key: comparable(&parsed.subject),
            issuer_key: comparable(&parsed.issuer),
            key: PublicKey::from_spki(parsed.public_key.raw),
            subject_key_identifier: parsed.subject_key_identifier(),
            authority_key_identifier: parsed.authority_key_identifier(),
            authority_serial_number: authority_key_identifier(&parsed).and_then(|one| one.serial_number),
            authority_issuer_key: authority_key_identifier(&parsed).and_then(issuer_named),
            summary,
            parsed,
        })
    }

    pub(super) fn is_self_issued(&self) -> bool {
        self.subject_key == self.issuer_key
    }

    pub(super) fn is_v3(&self) -> bool {
        self.parsed.version == 3
    }

    pub(super) fn extension(&self, oid: &str) -> Option<&ParsedExtension<'a>> {
        self.parsed.extensions.iter().find(|extension| asn1::oid(&extension.oid) == oid)
    }

    /// Whether it says that it is an authority.
    pub(super) fn is_authority(&self) -> bool {
        let constraints = self.extension("2.5.29.19").map(|extension| &extension.meaning);
        matches!(constraints, Some(Meaning::BasicConstraints(constraints)) if constraints.ca)
    }

    /// Its alternative names as they stand there.
    pub(super) fn general_names(&self) -> &[GeneralName<'a>] {
        let names = self.parsed.find(|meaning| match meaning {
            Meaning::SubjectAltName(names) => Some(names.as_slice()),
            _ => None,
        });
        names.unwrap_or_default()
    }

    /// The hosts that it covers.
    pub(super) fn hosts(&self) -> Vec<AltName> {
        let names = self.general_names().iter().filter_map(|name| AltName::from_general_name(name).ok());
        names.filter(AltName::is_host).collect()
    }
}

/// The common name, else the whole name: as people call it, and short enough for a message.
fn called(name: &NameDetails, serial_number: &str) -> String {
    let text = name.common_name.as_deref().filter(|name| !name.is_empty()).unwrap_or(&name.text);
    let text: String = text.chars().filter(|c| !c.is_control()).take(100).collect();
    match (text.is_empty(), serial_number.is_empty()) {
        (false, _) => text,
        (true, false) => format!("the certificate {serial_number} without a subject"),
        (true, true) => "a nameless issuer".to_owned(),
    }
}

fn authority_key_identifier<'c, 'a>(
    certificate: &'c ParsedCertificate<'a>,
) -> Option<&'c AuthorityKeyIdentifier<'a>> {
    certificate.find(|meaning| match meaning {
        Meaning::AuthorityKeyIdentifier(identifier) => Some(identifier),
        _ => None,
    })
}

/// The first directory name, which is the one that counts for OpenSSL.
fn issuer_named(identifier: &AuthorityKeyIdentifier<'_>) -> Option<String> {
    identifier.issuer.iter().flatten().find_map(|name| match name {
        GeneralName::DirectoryName(name) => Some(comparable(name)),
        _ => None,
    })
}

fn comparable(name: &X509Name<'_>) -> String {
    format!("{:?}", normalized(name))
}
