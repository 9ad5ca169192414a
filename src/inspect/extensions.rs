//! Extensions as data: the ones that decide about mutual TLS in words, and every one by OID and bytes.

use serde::Serialize;
use x509_parser::extensions::{ExtendedKeyUsage, GeneralName, KeyUsage, ParsedExtension};
use x509_parser::prelude::X509Extension;

use super::colons;
use crate::alt_name;

/// What the extensions of a certificate say, or what a request asks for.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExtensionsDetails {
    /// Alternative names, in their order.
    pub alt_names: Vec<AltNameDetails>,
    /// Names of RFC 5280 section 4.2.1.3: `digitalSignature`, `keyCertSign` and so on.
    pub key_usage: Vec<&'static str>,
    /// `serverAuth`, `clientAuth` and so on; an OID where there is no name.
    pub extended_key_usage: Vec<String>,
    /// Whether it is an authority.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub basic_constraints: Option<BasicConstraintsDetails>,
    /// `AA:BB:…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_key_identifier: Option<String>,
    /// `AA:BB:…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority_key_identifier: Option<String>,
    /// Every extension, those above too.
    pub extensions: Vec<ExtensionDetails>,
}

/// An alternative name, in the shape that options take.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub enum AltNameDetails {
    /// A DNS name.
    Dns(String),
    /// An IP address.
    Ip(String),
    /// An e-mail address.
    Email(String),
    /// A URI.
    Uri(String),
    /// Another kind, as text.
    Other(String),
}

/// Basic constraints.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct BasicConstraintsDetails {
    /// Whether it is an authority.
    pub ca: bool,
    /// How many authorities may stand below it; any number where it is absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub path_length: Option<u32>,
}

/// One extension as it stands there.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct ExtensionDetails {
    /// The OID.
    pub oid: String,
    /// Whether a verifier that does not know it must refuse.
    pub critical: bool,
    /// The DER of its value, hexadecimal `AA:BB:…`.
    pub value: String,
}

impl ExtensionsDetails {
    pub(super) fn new<'a>(extensions: impl IntoIterator<Item = &'a X509Extension<'a>>) -> Self {
        let mut details = Self::default();
        for extension in extensions {
            details.extensions.push(ExtensionDetails {
                oid: extension.oid.to_id_string(),
                critical: extension.critical,
                value: colons(extension.value),
            });
            details.read(extension.parsed_extension());
        }
        details
    }

    fn read(&mut self, extension: &ParsedExtension<'_>) {
        match extension {
            ParsedExtension::SubjectAlternativeName(names) => {
                self.alt_names = names.general_names.iter().map(alt_name).collect();
            }
            ParsedExtension::KeyUsage(usage) => self.key_usage = key_usage(usage),
            ParsedExtension::ExtendedKeyUsage(usage) => self.extended_key_usage = extended_key_usage(usage),
            ParsedExtension::BasicConstraints(constraints) => {
                self.basic_constraints = Some(BasicConstraintsDetails {
                    ca: constraints.ca,
                    path_length: constraints.path_len_constraint,
                });
            }
            ParsedExtension::SubjectKeyIdentifier(identifier) => {
                self.subject_key_identifier = Some(colons(identifier.0));
            }
            ParsedExtension::AuthorityKeyIdentifier(identifier) => {
                self.authority_key_identifier = identifier.key_identifier.as_ref().map(|id| colons(id.0));
            }
            _ => {}
        }
    }
}

fn alt_name(name: &GeneralName<'_>) -> AltNameDetails {
    match name {
        GeneralName::DNSName(text) => AltNameDetails::Dns((*text).to_owned()),
        GeneralName::RFC822Name(text) => AltNameDetails::Email((*text).to_owned()),
        GeneralName::URI(text) => AltNameDetails::Uri((*text).to_owned()),
        GeneralName::IPAddress(bytes) => AltNameDetails::Ip(
            alt_name::ip_from_bytes(bytes).map_or_else(|| colons(bytes), |ip| ip.to_string()),
        ),
        other => AltNameDetails::Other(other.to_string()),
    }
}

fn key_usage(usage: &KeyUsage) -> Vec<&'static str> {
    [
        (usage.digital_signature(), "digitalSignature"),
        (usage.non_repudiation(), "nonRepudiation"),
        (usage.key_encipherment(), "keyEncipherment"),
        (usage.data_encipherment(), "dataEncipherment"),
        (usage.key_agreement(), "keyAgreement"),
        (usage.key_cert_sign(), "keyCertSign"),
        (usage.crl_sign(), "cRLSign"),
        (usage.encipher_only(), "encipherOnly"),
        (usage.decipher_only(), "decipherOnly"),
    ]
    .into_iter()
    .filter_map(|(set, name)| set.then_some(name))
    .collect()
}

fn extended_key_usage(usage: &ExtendedKeyUsage<'_>) -> Vec<String> {
    let known = [
        (usage.server_auth, "serverAuth"),
        (usage.client_auth, "clientAuth"),
        (usage.code_signing, "codeSigning"),
        (usage.email_protection, "emailProtection"),
        (usage.time_stamping, "timeStamping"),
        (usage.ocsp_signing, "OCSPSigning"),
        (usage.any, "anyExtendedKeyUsage"),
    ];
    let named = known.into_iter().filter(|(set, _)| *set).map(|(_, name)| name.to_owned());
    named.chain(usage.other.iter().map(|oid| oid.to_id_string())).collect()
}
