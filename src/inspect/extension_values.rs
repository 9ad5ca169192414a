//! Each extension's value as plain data, for those that a library or a few lines can read.

use time::OffsetDateTime;
use x509_parser::asn1_rs::{Any, GeneralizedTime};
use x509_parser::extensions::{
    AccessDescription, AuthorityKeyIdentifier, CRLDistributionPoints, NSCertType, PolicyInformation,
    SignedCertificateTimestamp,
};
use x509_parser::num_bigint::BigUint;
use x509_parser::prelude::{FromDer, ParsedExtension, SubjectAlternativeName};

use super::decoded::{Decoded, fields};
use super::distribution_points::{distribution_points, issuing_distribution_point};
use super::extensions::subtrees;
use super::general_name::{alt_name, alt_names};
use crate::asn1::{self, elements};
use crate::extension::{ExtendedKeyUsage, KeyUsage, NameConstraints};
use crate::hexadecimal::colons;

/// The value as data; `None` where it is not known here or can't be read.
pub(super) fn decoded(oid: &str, value: &[u8], parsed: &ParsedExtension<'_>) -> Option<Decoded> {
    if NameConstraints::are_lost(value, parsed) {
        return None;
    }
    Some(match parsed {
        ParsedExtension::UnsupportedExtension { .. } => return other(oid, value),
        ParsedExtension::ParseError { .. } | ParsedExtension::Unparsed => return None,
        ParsedExtension::AuthorityKeyIdentifier(identifier) => authority_key_identifier(identifier),
        ParsedExtension::SubjectKeyIdentifier(identifier) => Decoded::from(colons(identifier.0)),
        ParsedExtension::KeyUsage(usage) => Decoded::from(KeyUsage::names(usage)),
        ParsedExtension::ExtendedKeyUsage(usage) => Decoded::from(ExtendedKeyUsage::names(usage)),
        ParsedExtension::CertificatePolicies(policies) => {
            Decoded::from(policies.iter().map(policy).collect::<Vec<_>>())
        }
        ParsedExtension::PolicyMappings(mappings) => Decoded::from(
            mappings
                .mappings
                .iter()
                .map(|mapping| {
                    fields([
                        ("issuer", Some(Decoded::from(asn1::oid(&mapping.issuer_domain_policy)))),
                        ("subject", Some(Decoded::from(asn1::oid(&mapping.subject_domain_policy)))),
                    ])
                })
                .collect::<Vec<_>>(),
        ),
        ParsedExtension::SubjectAlternativeName(names) => Decoded::from(alt_names(&names.general_names)),
        ParsedExtension::IssuerAlternativeName(names) => Decoded::from(alt_names(&names.general_names)),
        ParsedExtension::BasicConstraints(constraints) => fields([
            ("ca", Some(Decoded::from(constraints.ca))),
            ("pathLength", constraints.path_len_constraint.map(Into::into)),
        ]),
        ParsedExtension::NameConstraints(constraints) => fields([
            ("permitted", Some(Decoded::from(subtrees(constraints.permitted_subtrees.as_deref())))),
            ("excluded", Some(Decoded::from(subtrees(constraints.excluded_subtrees.as_deref())))),
        ]),
        ParsedExtension::PolicyConstraints(constraints) => fields([
            ("requireExplicitPolicy", constraints.require_explicit_policy.map(Into::into)),
            ("inhibitPolicyMapping", constraints.inhibit_policy_mapping.map(Into::into)),
        ]),
        ParsedExtension::InhibitAnyPolicy(inhibit) => Decoded::from(inhibit.skip_certs),
        ParsedExtension::CRLDistributionPoints(points) => distribution_points(points, value),
        ParsedExtension::AuthorityInfoAccess(access) => accesses(&access.accessdescs),
        ParsedExtension::SubjectInfoAccess(access) => accesses(&access.accessdescs),
        ParsedExtension::NSCertType(types) => Decoded::from(netscape_types(*types)),
        ParsedExtension::NsCertComment(comment) => Decoded::from(*comment),
        ParsedExtension::IssuingDistributionPoint(point) => {
            let whole = elements(value);
            issuing_distribution_point(point, whole.first()?)
        }
        ParsedExtension::CRLNumber(crl_number) => Decoded::from(number(crl_number)),
        ParsedExtension::ReasonCode(code) => Decoded::from(reason(code.0)?),
        ParsedExtension::InvalidityDate(date) => Decoded::from(asn1::date(date.to_datetime())?),
        ParsedExtension::SCT(timestamps) => {
            Decoded::from(timestamps.iter().map(timestamp).collect::<Vec<_>>())
        }
    })
}

/// RFC 5280 section 5.3.1.
pub(crate) fn reason(code: u8) -> Option<&'static str> {
    Some(match code {
        0 => "unspecified",
        1 => "keyCompromise",
        2 => "cACompromise",
        3 => "affiliationChanged",
        4 => "superseded",
        5 => "cessationOfOperation",
        6 => "certificateHold",
        8 => "removeFromCRL",
        9 => "privilegeWithdrawn",
        10 => "aACompromise",
        _ => return None,
    })
}

/// In hexadecimal digits, as serial numbers are.
pub(super) fn number(number: &BigUint) -> String {
    asn1::integer(&[&[0], number.to_bytes_be().as_slice()].concat())
}

/// RFC 5280 section 4.2.2.
pub(super) fn access_method(oid: &str) -> Option<&'static str> {
    Some(match oid {
        "1.3.6.1.5.5.7.48.1" => "ocsp",
        "1.3.6.1.5.5.7.48.2" => "caIssuers",
        "1.3.6.1.5.5.7.48.3" => "timeStamping",
        "1.3.6.1.5.5.7.48.5" => "caRepository",
        _ => return None,
    })
}

/// The URLs of practice statements, and the texts of user notices.
pub(super) fn qualifiers(policy: &PolicyInformation<'_>) -> (Vec<String>, Vec<String>) {
    let (mut cps, mut notices) = (Vec::new(), Vec::new());
    for qualifier in policy.policy_qualifiers.iter().flatten() {
        let elements = elements(qualifier.qualifier);
        let Some(value) = elements.first() else { continue };
        match asn1::oid(&qualifier.policy_qualifier_id).as_str() {
            "1.3.6.1.5.5.7.2.1" => cps.extend(asn1::string(value)),
            // A reference, which nobody uses, and the text.
            "1.3.6.1.5.5.7.2.2" => {
                notices.extend(asn1::elements(value.data).last().and_then(asn1::string));
            }
            _ => {}
        }
    }
    (cps, notices)
}

fn policy(policy: &PolicyInformation<'_>) -> Decoded {
    let (cps, notices) = qualifiers(policy);
    fields([
        ("oid", Some(Decoded::from(asn1::oid(&policy.policy_id)))),
        ("cps", Some(Decoded::from(cps))),
        ("userNotices", Some(Decoded::from(notices))),
    ])
}

fn authority_key_identifier(identifier: &AuthorityKeyIdentifier<'_>) -> Decoded {
    fields([
        ("keyIdentifier", identifier.key_identifier.as_ref().map(|id| Decoded::from(colons(id.0)))),
        ("issuer", identifier.authority_cert_issuer.as_deref().map(|names| Decoded::from(alt_names(names)))),
        ("serialNumber", identifier.authority_cert_serial.map(|serial| Decoded::from(asn1::integer(serial)))),
    ])
}

fn accesses(descriptions: &[AccessDescription<'_>]) -> Decoded {
    let access = |description: &AccessDescription<'_>| {
        let oid = asn1::oid(&description.access_method);
        let method = access_method(&oid).map_or_else(|| oid.clone(), str::to_owned);
        fields([
            ("method", Some(Decoded::from(method))),
            ("location", Some(Decoded::from(alt_name(&description.access_location)))),
        ])
    };
    Decoded::from(descriptions.iter().map(access).collect::<Vec<_>>())
}

/// By the names that OpenSSL's configuration has for them.
fn netscape_types(types: NSCertType) -> Vec<&'static str> {
    [
        (types.ssl_client(), "client"),
        (types.ssl_server(), "server"),
        (types.smime(), "email"),
        (types.object_signing(), "objsign"),
        (types.ssl_ca(), "sslCA"),
        (types.smime_ca(), "emailCA"),
        (types.object_signing_ca(), "objCA"),
    ]
    .into_iter()
    .filter_map(|(set, name)| set.then_some(name))
    .collect()
}

fn timestamp(sct: &SignedCertificateTimestamp<'_>) -> Decoded {
    let nanoseconds = i128::from(sct.timestamp) * 1_000_000;
    let at = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).ok().and_then(asn1::date);
    fields([("logId", Some(Decoded::from(colons(sct.id.key_id)))), ("timestamp", at.map(Into::into))])
}

/// Those that x509-parser does not know.
fn other(oid: &str, value: &[u8]) -> Option<Decoded> {
    let all = elements(value);
    let whole = all.first()?;
    let parts = elements(whole.data);
    let part = |index: usize| parts.get(index);
    match oid {
        // deltaCRLIndicator: the number of the list that it builds upon.
        "2.5.29.27" => Some(Decoded::from(asn1::integer(whole.data))),
        // PrivateKeyUsagePeriod (RFC 3280 section 4.2.1.4): [0] and [1] are implicit GeneralizedTime.
        "2.5.29.16" => {
            let tagged = |tag| parts.iter().find(|part| part.tag().0 == tag);
            let time = |part: &Any<'_>| {
                GeneralizedTime::from_bytes(part.data)
                    .and_then(|time| time.utc_datetime())
                    .ok()
                    .and_then(asn1::date)
            };
            Some(fields([
                ("notBefore", tagged(0).and_then(time).map(Into::into)),
                ("notAfter", tagged(1).and_then(time).map(Into::into)),
            ]))
        }
        // certificateIssuer of an entry in a revocation list.
        "2.5.29.29" => {
            let (_, names) = SubjectAlternativeName::from_der(value).ok()?;
            Some(Decoded::from(alt_names(&names.general_names)))
        }
        "2.5.29.46" => {
            CRLDistributionPoints::from_der(value).ok().map(|(_, points)| distribution_points(&points, value))
        }
        // TLS feature (RFC 7633): numbers of TLS extensions.
        "1.3.6.1.5.5.7.1.24" => {
            let feature = |number| match number {
                5 => Decoded::from("status_request"),
                17 => Decoded::from("status_request_v2"),
                other => Decoded::from(other),
            };
            let features: Option<Vec<Decoded>> =
                parts.iter().map(|part| part.as_u32().ok().map(feature)).collect();
            features.map(Into::into)
        }
        // Netscape's URLs and name, and Microsoft's name of a template.
        "2.16.840.1.113730.1.2"
        | "2.16.840.1.113730.1.3"
        | "2.16.840.1.113730.1.4"
        | "2.16.840.1.113730.1.7"
        | "2.16.840.1.113730.1.8"
        | "2.16.840.1.113730.1.12"
        | "1.3.6.1.4.1.311.20.2" => asn1::string(whole).map(Into::into),
        // CertificateTemplate (MS-WCCE section 2.2.2.7.7.2).
        "1.3.6.1.4.1.311.21.7" => Some(fields([
            ("oid", Some(Decoded::from(asn1::oid(&part(0)?.as_oid().ok()?)))),
            ("majorVersion", part(1).and_then(|number| number.as_u32().ok()).map(Into::into)),
            ("minorVersion", part(2).and_then(|number| number.as_u32().ok()).map(Into::into)),
        ])),
        // CA version: the key's number above the certificate's.
        "1.3.6.1.4.1.311.21.1" => {
            let version = whole.as_u32().ok()?;
            Some(fields([
                ("certificate", Some(Decoded::from(version & 0xffff))),
                ("key", Some(Decoded::from(version >> 16))),
            ]))
        }
        // Statements about qualified certificates (RFC 3739), and application policies, which are as certificate policies,
        // of extended key usages: the OID of each.
        "1.3.6.1.5.5.7.1.3" | "1.3.6.1.4.1.311.21.10" => {
            let first = |policy: &Any<'_>| {
                elements(policy.data).first().and_then(|oid| oid.as_oid().ok()).map(|oid| asn1::oid(&oid))
            };
            parts.iter().map(first).collect::<Option<Vec<_>>>().map(Into::into)
        }
        _ => None,
    }
}
