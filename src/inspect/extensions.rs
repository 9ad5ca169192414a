//! Extensions as data: the ones that decide about mutual TLS in words, and every one by OID and bytes.

use serde::Serialize;
use x509_parser::extensions::{DistributionPointName, GeneralName, GeneralSubtree};
use x509_parser::prelude::{ParsedExtension, X509Extension};

use super::decoded::Decoded;
use super::extension_names::extension_name;
use super::extension_values;
use super::general_name::{AltNameDetails, alt_name, alt_names, uris};
use crate::asn1;
use crate::extension::{ExtendedKeyUsage, KeyUsage, NameConstraints};
use crate::hexadecimal::colons;

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
    pub(super) fn new<'a>(extensions: impl IntoIterator<Item = &'a X509Extension<'a>>) -> Self {
        let mut details = Self::default();
        for extension in extensions {
            let oid = asn1::oid(&extension.oid);
            details.extensions.push(ExtensionDetails {
                name: extension_name(&oid),
                critical: extension.critical,
                value: colons(extension.value),
                decoded: extension_values::decoded(&oid, extension.value, extension.parsed_extension()),
                oid,
            });
            if !NameConstraints::are_lost(extension.value, extension.parsed_extension()) {
                details.read(extension.parsed_extension());
            }
        }
        details
    }

    fn read(&mut self, extension: &ParsedExtension<'_>) {
        match extension {
            ParsedExtension::SubjectAlternativeName(names) => {
                self.alt_names = alt_names(&names.general_names)
            }
            ParsedExtension::KeyUsage(usage) => self.key_usage = KeyUsage::names(usage),
            ParsedExtension::ExtendedKeyUsage(usage) => {
                self.extended_key_usage = ExtendedKeyUsage::names(usage)
            }
            ParsedExtension::BasicConstraints(constraints) => {
                self.basic_constraints = Some(BasicConstraintsDetails {
                    ca: constraints.ca,
                    path_length: constraints.path_len_constraint,
                });
            }
            ParsedExtension::NameConstraints(constraints) => {
                self.name_constraints = Some(NameConstraintsDetails {
                    permitted: subtrees(constraints.permitted_subtrees.as_deref()),
                    excluded: subtrees(constraints.excluded_subtrees.as_deref()),
                });
            }
            ParsedExtension::SubjectKeyIdentifier(identifier) => {
                self.subject_key_identifier = Some(colons(identifier.0));
            }
            ParsedExtension::AuthorityKeyIdentifier(identifier) => {
                self.authority_key_identifier = identifier.key_identifier.as_ref().map(|id| colons(id.0));
            }
            ParsedExtension::CRLDistributionPoints(points) => {
                let names = points.iter().filter_map(|point| match point.distribution_point.as_ref()? {
                    DistributionPointName::FullName(names) => Some(uris(names)),
                    DistributionPointName::NameRelativeToCRLIssuer(_) => None,
                });
                self.crl_distribution_points = Some(names.flatten().collect());
            }
            ParsedExtension::AuthorityInfoAccess(access) => {
                let mut details = AuthorityInfoAccessDetails::default();
                for description in access.iter() {
                    let GeneralName::URI(url) = description.access_location else { continue };
                    match extension_values::access_method(&asn1::oid(&description.access_method)) {
                        Some("ocsp") => details.ocsp.push(url.to_owned()),
                        Some("caIssuers") => details.ca_issuers.push(url.to_owned()),
                        _ => {}
                    }
                }
                self.authority_info_access = Some(details);
            }
            ParsedExtension::CertificatePolicies(policies) => {
                let policy = |policy| {
                    let (cps, _) = extension_values::qualifiers(policy);
                    PolicyDetails { oid: asn1::oid(&policy.policy_id), cps }
                };
                self.certificate_policies = Some(policies.iter().map(policy).collect());
            }
            _ => {}
        }
    }
}

pub(super) fn subtrees(subtrees: Option<&[GeneralSubtree<'_>]>) -> Vec<AltNameDetails> {
    subtrees.unwrap_or_default().iter().map(|subtree| alt_name(&subtree.base)).collect()
}
