//! Extensions as data: the ones that decide about mutual TLS in words, and every one by OID and bytes.

use serde::Serialize;
use x509_parser::extensions::GeneralName;

use super::decoded::Decoded;
use super::extension_names::extension_name;
use super::extension_values;
use super::general_name::{AltNameDetails, alt_names, uris};
use crate::asn1;
use crate::extension::{ExtendedKeyUsage, KeyUsage};
use crate::hexadecimal::colons;
use crate::parsed::distribution_point::{PointName, distribution_points};
use crate::parsed::{Meaning, ParsedExtension};

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
    /// Which names the certificates below it may have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name_constraints: Option<NameConstraintsDetails>,
    /// `AA:BB:…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_key_identifier: Option<String>,
    /// `AA:BB:…`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority_key_identifier: Option<String>,
    /// URLs of revocation lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crl_distribution_points: Option<Vec<String>>,
    /// URLs about the issuer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority_info_access: Option<AuthorityInfoAccessDetails>,
    /// Under which policies it was issued.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate_policies: Option<Vec<PolicyDetails>>,
    /// Every extension, those above too.
    pub extensions: Vec<ExtensionDetails>,
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

/// Name constraints (RFC 5280 section 4.2.1.10).
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct NameConstraintsDetails {
    /// Of their kinds, names must lie within these.
    pub permitted: Vec<AltNameDetails>,
    /// Names must not lie within these.
    pub excluded: Vec<AltNameDetails>,
}

/// URLs about the issuer (RFC 5280 section 4.2.2.1).
#[derive(Clone, Debug, Default, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct AuthorityInfoAccessDetails {
    /// Where to ask whether a certificate was revoked.
    pub ocsp: Vec<String>,
    /// Where the issuer's certificate is.
    pub ca_issuers: Vec<String>,
}

/// A certificate policy (RFC 5280 section 4.2.1.4).
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct PolicyDetails {
    /// The OID.
    pub oid: String,
    /// URLs of practice statements.
    pub cps: Vec<String>,
}

/// One extension as it stands there.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct ExtensionDetails {
    /// The OID.
    pub oid: String,
    /// Its usual name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'static str>,
    /// Whether a verifier that does not know it must refuse.
    pub critical: bool,
    /// The DER of its value, hexadecimal `AA:BB:…`.
    pub value: String,
    /// Its value as data, where it can be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decoded: Option<Decoded>,
}

impl ExtensionsDetails {
    pub(super) fn new(extensions: &[ParsedExtension<'_>]) -> Self {
        let mut details = Self::default();
        for extension in extensions {
            let oid = asn1::oid(&extension.oid);
            details.read(&oid, extension);
            details.extensions.push(ExtensionDetails {
                name: extension_name(&oid),
                critical: extension.critical,
                value: colons(extension.value),
                decoded: extension_values::decoded(&oid, extension),
                oid,
            });
        }
        details
    }

    fn read(&mut self, oid: &str, extension: &ParsedExtension<'_>) {
        match &extension.meaning {
            Meaning::SubjectAltName(names) => self.alt_names = alt_names(names),
            Meaning::KeyUsage(usage) => self.key_usage = KeyUsage::names(*usage),
            Meaning::ExtendedKeyUsage(purposes) => {
                self.extended_key_usage = ExtendedKeyUsage::names(purposes)
            }
            Meaning::BasicConstraints(constraints) => {
                self.basic_constraints = Some(BasicConstraintsDetails {
                    ca: constraints.ca,
                    path_length: constraints.path_length,
                });
            }
            Meaning::NameConstraints(subtrees) => {
                self.name_constraints = Some(NameConstraintsDetails {
                    permitted: alt_names(&subtrees.permitted),
                    excluded: alt_names(&subtrees.excluded),
                });
            }
            Meaning::SubjectKeyIdentifier(identifier) => {
                self.subject_key_identifier = Some(colons(identifier));
            }
            Meaning::AuthorityKeyIdentifier(identifier) => {
                self.authority_key_identifier = identifier.key_identifier.map(colons);
            }
            Meaning::Damaged => {}
            Meaning::Other => self.read_other(oid, extension.value),
        }
    }

    fn read_other(&mut self, oid: &str, value: &[u8]) {
        match oid {
            "2.5.29.31" => {
                let Some(points) = distribution_points(value) else { return };
                let names = points.iter().filter_map(|point| match point.name.as_ref()? {
                    PointName::Full(names) => Some(uris(names)),
                    PointName::Relative(_) => None,
                });
                self.crl_distribution_points = Some(names.flatten().collect());
            }
            "2.5.29.32" => {
                let Some(policies) = extension_values::policies(value) else { return };
                let details = policies.into_iter().map(|one| PolicyDetails { oid: one.oid, cps: one.cps });
                self.certificate_policies = Some(details.collect());
            }
            "1.3.6.1.5.5.7.1.1" => {
                let Some(accesses) = extension_values::accesses(value) else { return };
                let mut details = AuthorityInfoAccessDetails::default();
                for (method, location) in accesses {
                    let GeneralName::URI(url) = location else { continue };
                    match method.as_str() {
                        "ocsp" => details.ocsp.push(url.to_owned()),
                        "caIssuers" => details.ca_issuers.push(url.to_owned()),
                        _ => {}
                    }
                }
                self.authority_info_access = Some(details);
            }
            _ => {}
        }
    }
}
