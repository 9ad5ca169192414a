//! The extensions that rcgen does not write, or not in full: alternative names of every kind, name constraints,
//! distribution points of revocation lists, where to ask about a certificate, policies, and any other by its OID.

pub mod name_constraints;
mod subtree;
pub mod usage;

#[cfg(feature = "in-page")]
use yasna::DERWriter;
use yasna::models::ObjectIdentifier;
use yasna::{DERWriterSeq, Tag};

pub use name_constraints::NameConstraints;
pub use subtree::Subtree;
pub use usage::{ExtendedKeyUsage, KeyUsage};

use crate::alt_name::{self, AltName, check_location, write_uri};
use crate::asn1;
use crate::error::{Error, ErrorKind, Result};
use crate::oid;

const SUBJECT_ALT_NAME: &[u64] = &[2, 5, 29, 17];
const NAME_CONSTRAINTS: &[u64] = &[2, 5, 29, 30];
const CRL_DISTRIBUTION_POINTS: &[u64] = &[2, 5, 29, 31];
const CERTIFICATE_POLICIES: &[u64] = &[2, 5, 29, 32];
const AUTHORITY_INFO_ACCESS: &[u64] = &[1, 3, 6, 1, 5, 5, 7, 1, 1];
const OCSP: &[u64] = &[1, 3, 6, 1, 5, 5, 7, 48, 1];
const CA_ISSUERS: &[u64] = &[1, 3, 6, 1, 5, 5, 7, 48, 2];
const CPS: &[u64] = &[1, 3, 6, 1, 5, 5, 7, 2, 1];

/// Who writes an extension that can't be added by its OID.
const WRITTEN_HERE: &[(&str, &str)] = &[
    ("2.5.29.14", "is the subject key identifier, which is written by itself"),
    ("2.5.29.15", "is the key usage; use keyUsage"),
    ("2.5.29.17", "is the alternative names; use altNames"),
    ("2.5.29.19", "is the basic constraints; use profile and pathLength"),
    ("2.5.29.30", "is the name constraints; use nameConstraints"),
    ("2.5.29.31", "is the distribution points of revocation lists; use crlDistributionPoints"),
    ("2.5.29.32", "is the policies; use certificatePolicies"),
    ("2.5.29.35", "is the authority key identifier, which is written by itself"),
    ("2.5.29.37", "is the extended key usage; use extendedKeyUsage"),
    ("1.3.6.1.5.5.7.1.1", "is the authority information access; use authorityInfoAccess"),
];

/// An extension by its OID (RFC 5280 section 4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    oid: ObjectIdentifier,
    critical: bool,
    value: Vec<u8>,
}

impl Extension {
    /// Any extension but those that have an option of their own. `value` is the DER within its OCTET STRING.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`] at `oid` or `value`.
    pub fn new(oid: &str, critical: bool, value: &[u8]) -> Result<Self> {
        let invalid =
            |field: &str, message: &'static str| Error::new(ErrorKind::InvalidOption, message).at(field);
        let Some(parsed) = oid::parse(oid) else {
            return Err(invalid("oid", "is no object identifier; write it as 1.3.6.1.4.1.99999.1"));
        };
        if let Some(message) = written_here(oid) {
            return Err(invalid("oid", message));
        }
        if !asn1::is_one(value) {
            return Err(invalid("value", "is not the DER of one thing"));
        }
        Ok(Self { oid: parsed, critical, value: value.to_vec() })
    }

    /// As it stands in a request.
    pub(crate) fn copied(oid: &str, critical: bool, value: &[u8]) -> Option<Self> {
        oid::parse(oid).filter(|_| asn1::is_one(value)).map(|oid| Self {
            oid,
            critical,
            value: value.to_vec(),
        })
    }

    pub(crate) fn known(oid: &[u64], critical: bool, value: Vec<u8>) -> Self {
        Self { oid: ObjectIdentifier::from_slice(oid), critical, value }
    }

    pub(crate) fn oid(&self) -> &ObjectIdentifier {
        &self.oid
    }

    /// As it stands in a list of extensions (RFC 5280 section 4.1).
    #[cfg(feature = "in-page")]
    pub(crate) fn write(&self, writer: DERWriter<'_>) {
        writer.write_sequence(|writer| {
            writer.next().write_oid(&self.oid);
            if self.critical {
                writer.next().write_bool(true);
            }
            writer.next().write_bytes(&self.value);
        });
    }

    pub(crate) fn to_rcgen(&self) -> rcgen::CustomExtension {
        let mut extension =
            rcgen::CustomExtension::from_oid_content(self.oid.components(), self.value.clone());
        extension.set_criticality(self.critical);
        extension
    }
}

/// What is said of an extension that is not added by its OID.
pub(crate) fn written_here(oid: &str) -> Option<&'static str> {
    WRITTEN_HERE.iter().find(|(written, _)| *written == oid).map(|(_, message)| *message)
}

/// A policy that a certificate was issued under (RFC 5280 section 4.2.1.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    oid: ObjectIdentifier,
    cps: Option<String>,
}

impl Policy {
    /// A policy by its OID, and where its practice statement can be read.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`] at `oid` or `cps`.
    pub fn new(oid: &str, cps: Option<&str>) -> Result<Self> {
        let invalid =
            |field: &str, message: &'static str| Error::new(ErrorKind::InvalidOption, message).at(field);
        let oid = oid::parse(oid)
            .ok_or_else(|| invalid("oid", "is no object identifier; write it as 1.3.6.1.4.1.99999.1"))?;
        if cps.is_some_and(|cps| check_location(cps).is_err()) {
            return Err(invalid("cps", "is no URI; write it as https://ca.example/cps"));
        }
        Ok(Self { oid, cps: cps.map(str::to_owned) })
    }
}

/// What a caller adds to a certificate, beyond what follows from its profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExtensionOptions {
    /// In place of the profile's key usage.
    pub key_usage: Option<Vec<KeyUsage>>,
    /// In place of the profile's extended key usage.
    pub extended_key_usage: Option<Vec<ExtendedKeyUsage>>,
    /// Of an authority: which names it may sign for.
    pub name_constraints: Option<NameConstraints>,
    /// URIs of revocation lists.
    pub crl_distribution_points: Vec<String>,
    /// URIs of OCSP responders.
    pub ocsp: Vec<String>,
    /// URIs of the issuer's certificate.
    pub ca_issuers: Vec<String>,
    /// Policies.
    pub certificate_policies: Vec<Policy>,
    /// Any others.
    pub extensions: Vec<Extension>,
}

impl ExtensionOptions {
    /// Those that rcgen is handed as they are.
    pub(crate) fn written(&self) -> Result<Vec<Extension>> {
        let mut all = Vec::new();
        if let Some(constraints) = &self.name_constraints {
            // RFC 5280 section 4.2.1.10: critical, for a verifier that passes over it would accept too much.
            all.push(Extension::known(NAME_CONSTRAINTS, true, constraints.to_der()));
        }
        if !self.crl_distribution_points.is_empty() {
            all.push(Extension::known(CRL_DISTRIBUTION_POINTS, false, self.distribution_points()));
        }
        if !self.ocsp.is_empty() || !self.ca_issuers.is_empty() {
            all.push(Extension::known(AUTHORITY_INFO_ACCESS, false, self.authority_info_access()));
        }
        for (index, policy) in self.certificate_policies.iter().enumerate() {
            // RFC 5280 section 4.2.1.4.
            if self.certificate_policies.iter().take(index).any(|other| other.oid == policy.oid) {
                let message = "is given twice; a certificate holds each policy once";
                let field = format!("certificatePolicies[{index}]");
                return Err(Error::new(ErrorKind::ConflictingOptions, message).at(&field));
            }
        }
        if !self.certificate_policies.is_empty() {
            all.push(Extension::known(CERTIFICATE_POLICIES, false, self.policies()));
        }
        for (index, extension) in self.extensions.iter().enumerate() {
            if all.iter().any(|other| other.oid == extension.oid) {
                let message = "is given twice; a certificate holds each extension once";
                return Err(Error::new(ErrorKind::ConflictingOptions, message)
                    .at("oid")
                    .at(&format!("[{index}]"))
                    .at("extensions"));
            }
            all.push(extension.clone());
        }
        Ok(all)
    }

    /// RFC 5280 section 4.2.1.13. A point for each URI: a point's several names are taken for the same list.
    fn distribution_points(&self) -> Vec<u8> {
        sequence(|writer| {
            for uri in &self.crl_distribution_points {
                writer.next().write_sequence(|writer| {
                    writer.next().write_tagged(Tag::context(0), |writer| {
                        writer.write_tagged_implicit(Tag::context(0), |writer| {
                            writer.write_sequence(|writer| write_uri(uri, writer.next()));
                        });
                    });
                });
            }
        })
    }

    /// RFC 5280 section 4.2.2.1.
    fn authority_info_access(&self) -> Vec<u8> {
        let uris = |method, uris: &[String]| uris.iter().map(|uri| (method, uri.clone())).collect::<Vec<_>>();
        sequence(|writer| {
            for (method, uri) in [uris(OCSP, &self.ocsp), uris(CA_ISSUERS, &self.ca_issuers)].concat() {
                writer.next().write_sequence(|writer| {
                    writer.next().write_oid(&ObjectIdentifier::from_slice(method));
                    write_uri(&uri, writer.next());
                });
            }
        })
    }

    fn policies(&self) -> Vec<u8> {
        sequence(|writer| {
            for policy in &self.certificate_policies {
                writer.next().write_sequence(|writer| {
                    writer.next().write_oid(&policy.oid);
                    let Some(cps) = &policy.cps else { return };
                    writer.next().write_sequence(|writer| {
                        writer.next().write_sequence(|writer| {
                            writer.next().write_oid(&ObjectIdentifier::from_slice(CPS));
                            writer.next().write_ia5_string(cps);
                        });
                    });
                });
            }
        })
    }
}

/// The alternative names, if any. Critical where they are all there is of a subject (RFC 5280 section 4.1.2.6).
pub(crate) fn subject_alt_name(names: &[AltName], subject_is_empty: bool) -> Option<Extension> {
    if names.is_empty() {
        return None;
    }
    let value = sequence(|writer| names.iter().for_each(|name| alt_name::write(name, writer.next())));
    Some(Extension::known(SUBJECT_ALT_NAME, subject_is_empty, value))
}

fn sequence(write: impl FnOnce(&mut DERWriterSeq<'_>)) -> Vec<u8> {
    yasna::construct_der(|writer| writer.write_sequence(write))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_an_option_of_its_own_is_not_added_by_oid() {
        for (oid, _) in WRITTEN_HERE {
            let error = Extension::new(oid, false, &[5, 0]).unwrap_err();
            assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidOption, Some("oid")), "{oid}");
        }
        assert!(Extension::new("1.2.3", true, &[5, 0]).is_ok());
        assert_eq!(Extension::new("1.2.3", true, &[5, 1]).unwrap_err().field(), Some("value"));
        assert_eq!(Extension::new("1", true, &[5, 0]).unwrap_err().field(), Some("oid"));
    }

    #[test]
    fn an_extension_stands_once() {
        let one = Extension::new("1.2.3", false, &[5, 0]).unwrap();
        let options = ExtensionOptions { extensions: vec![one.clone(), one], ..Default::default() };
        let error = options.written().unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::ConflictingOptions, Some("extensions[1].oid")));
    }
}
