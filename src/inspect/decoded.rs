//! Each extension's value as plain data, for those that a library or a few lines can read.
//!
//! As `serde_json::Value`, which `index.d.ts` declares `unknown`: a type for each would be a promise for each, and the
//! ones to program against stand in `ExtensionsDetails` by themselves.

use serde::Serialize;
use serde_json::{Map, Value};
use time::OffsetDateTime;
use x509_parser::asn1_rs::{Any, GeneralizedTime};
use x509_parser::extensions::{
    AccessDescription, AuthorityKeyIdentifier, CRLDistributionPoints, NSCertType, PolicyInformation,
    SignedCertificateTimestamp,
};
use x509_parser::num_bigint::BigUint;
use x509_parser::prelude::{FromDer, ParsedExtension, SubjectAlternativeName};

use super::distribution_points::{distribution_points, issuing_distribution_point};
use super::extensions::{extended_key_usage, key_usage, subtrees};
use super::general_name::{alt_name, alt_names};
use crate::asn1::{self, colons, elements};

/// The value as data; `None` where it is not known here or can't be read.
pub(super) fn decoded(oid: &str, value: &[u8], parsed: &ParsedExtension<'_>) -> Option<Value> {
    if crate::extension::NameConstraints::are_lost(value, parsed) {
        return None;
    }
    Some(match parsed {
        ParsedExtension::UnsupportedExtension { .. } => return other(oid, value),
        ParsedExtension::ParseError { .. } | ParsedExtension::Unparsed => return None,
        ParsedExtension::AuthorityKeyIdentifier(identifier) => authority_key_identifier(identifier),
        ParsedExtension::SubjectKeyIdentifier(identifier) => data(colons(identifier.0)),
        ParsedExtension::KeyUsage(usage) => data(key_usage(usage)),
        ParsedExtension::ExtendedKeyUsage(usage) => data(extended_key_usage(usage)),
        ParsedExtension::CertificatePolicies(policies) => {
            data(policies.iter().map(policy).collect::<Vec<_>>())
        }
        ParsedExtension::PolicyMappings(mappings) => data(
            mappings
                .mappings
                .iter()
                .map(|mapping| {
                    object([
                        ("issuer", Some(data(asn1::oid(&mapping.issuer_domain_policy)))),
                        ("subject", Some(data(asn1::oid(&mapping.subject_domain_policy)))),
                    ])
                })
                .collect::<Vec<_>>(),
        ),
        ParsedExtension::SubjectAlternativeName(names) => data(alt_names(&names.general_names)),
        ParsedExtension::IssuerAlternativeName(names) => data(alt_names(&names.general_names)),
        ParsedExtension::BasicConstraints(constraints) => object([
            ("ca", Some(data(constraints.ca))),
            ("pathLength", constraints.path_len_constraint.map(data)),
        ]),
        ParsedExtension::NameConstraints(constraints) => object([
            ("permitted", Some(data(subtrees(constraints.permitted_subtrees.as_deref())))),
            ("excluded", Some(data(subtrees(constraints.excluded_subtrees.as_deref())))),
        ]),
        ParsedExtension::PolicyConstraints(constraints) => object([
            ("requireExplicitPolicy", constraints.require_explicit_policy.map(data)),
            ("inhibitPolicyMapping", constraints.inhibit_policy_mapping.map(data)),
        ]),
        ParsedExtension::InhibitAnyPolicy(inhibit) => data(inhibit.skip_certs),
        ParsedExtension::CRLDistributionPoints(points) => distribution_points(points, value),
        ParsedExtension::AuthorityInfoAccess(access) => accesses(&access.accessdescs),
        ParsedExtension::SubjectInfoAccess(access) => accesses(&access.accessdescs),
        ParsedExtension::NSCertType(types) => data(netscape_types(*types)),
        ParsedExtension::NsCertComment(comment) => data(comment),
        ParsedExtension::IssuingDistributionPoint(point) => {
            let whole = elements(value);
            issuing_distribution_point(point, whole.first()?)
        }
        ParsedExtension::CRLNumber(crl_number) => data(number(crl_number)),
        ParsedExtension::ReasonCode(code) => data(reason(code.0)?),
        ParsedExtension::InvalidityDate(date) => data(asn1::date(date.to_datetime())?),
        ParsedExtension::SCT(timestamps) => data(timestamps.iter().map(timestamp).collect::<Vec<_>>()),
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

fn policy(policy: &PolicyInformation<'_>) -> Value {
    let (cps, notices) = qualifiers(policy);
    object([
        ("oid", Some(data(asn1::oid(&policy.policy_id)))),
        ("cps", Some(data(cps))),
        ("userNotices", Some(data(notices))),
    ])
}

fn authority_key_identifier(identifier: &AuthorityKeyIdentifier<'_>) -> Value {
    object([
        ("keyIdentifier", identifier.key_identifier.as_ref().map(|id| data(colons(id.0)))),
        ("issuer", identifier.authority_cert_issuer.as_deref().map(|names| data(alt_names(names)))),
        ("serialNumber", identifier.authority_cert_serial.map(|serial| data(asn1::integer(serial)))),
    ])
}

fn accesses(descriptions: &[AccessDescription<'_>]) -> Value {
    let access = |description: &AccessDescription<'_>| {
        let oid = asn1::oid(&description.access_method);
        let method = access_method(&oid).map_or_else(|| oid.clone(), str::to_owned);
        object([
            ("method", Some(data(method))),
            ("location", Some(data(alt_name(&description.access_location)))),
        ])
    };
    data(descriptions.iter().map(access).collect::<Vec<_>>())
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

fn timestamp(sct: &SignedCertificateTimestamp<'_>) -> Value {
    let nanoseconds = i128::from(sct.timestamp) * 1_000_000;
    let at = OffsetDateTime::from_unix_timestamp_nanos(nanoseconds).ok().and_then(asn1::date);
    object([("logId", Some(data(colons(sct.id.key_id)))), ("timestamp", at.map(data))])
}

/// Those that x509-parser does not know.
fn other(oid: &str, value: &[u8]) -> Option<Value> {
    let all = elements(value);
    let whole = all.first()?;
    let parts = elements(whole.data);
    let part = |index: usize| parts.get(index);
    match oid {
        // deltaCRLIndicator: the number of the list that it builds upon.
        "2.5.29.27" => Some(data(asn1::integer(whole.data))),
        // PrivateKeyUsagePeriod (RFC 3280 section 4.2.1.4): [0] and [1] are implicit GeneralizedTime.
        "2.5.29.16" => {
            let tagged = |tag| parts.iter().find(|part| part.tag().0 == tag);
            let time = |part: &Any<'_>| {
                GeneralizedTime::from_bytes(part.data)
                    .and_then(|time| time.utc_datetime())
                    .ok()
                    .and_then(asn1::date)
            };
            Some(object([
                ("notBefore", tagged(0).and_then(time).map(data)),
                ("notAfter", tagged(1).and_then(time).map(data)),
            ]))
        }
        // certificateIssuer of an entry in a revocation list.
        "2.5.29.29" => {
            let (_, names) = SubjectAlternativeName::from_der(value).ok()?;
            Some(data(alt_names(&names.general_names)))
        }
        "2.5.29.46" => {
            CRLDistributionPoints::from_der(value).ok().map(|(_, points)| distribution_points(&points, value))
        }
        // TLS feature (RFC 7633): numbers of TLS extensions.
        "1.3.6.1.5.5.7.1.24" => {
            let feature = |number| match number {
                5 => data("status_request"),
                17 => data("status_request_v2"),
                other => data(other),
            };
            let features: Option<Vec<Value>> =
                parts.iter().map(|part| part.as_u32().ok().map(feature)).collect();
            features.map(data)
        }
        // Netscape's URLs and name, and Microsoft's name of a template.
        "2.16.840.1.113730.1.2"
        | "2.16.840.1.113730.1.3"
        | "2.16.840.1.113730.1.4"
        | "2.16.840.1.113730.1.7"
        | "2.16.840.1.113730.1.8"
        | "2.16.840.1.113730.1.12"
        | "1.3.6.1.4.1.311.20.2" => asn1::string(whole).map(data),
        // CertificateTemplate (MS-WCCE section 2.2.2.7.7.2).
        "1.3.6.1.4.1.311.21.7" => Some(object([
            ("oid", Some(data(asn1::oid(&part(0)?.as_oid().ok()?)))),
            ("majorVersion", part(1).and_then(|number| number.as_u32().ok()).map(data)),
            ("minorVersion", part(2).and_then(|number| number.as_u32().ok()).map(data)),
        ])),
        // CA version: the key's number above the certificate's.
        "1.3.6.1.4.1.311.21.1" => {
            let version = whole.as_u32().ok()?;
            Some(object([("certificate", Some(data(version & 0xffff))), ("key", Some(data(version >> 16)))]))
        }
        // Statements about qualified certificates (RFC 3739), and application policies, which are as certificate policies,
        // of extended key usages: the OID of each.
        "1.3.6.1.5.5.7.1.3" | "1.3.6.1.4.1.311.21.10" => {
            let first = |policy: &Any<'_>| {
                elements(policy.data).first().and_then(|oid| oid.as_oid().ok()).map(|oid| asn1::oid(&oid))
            };
            parts.iter().map(first).collect::<Option<Vec<_>>>().map(data)
        }
        _ => None,
    }
}

/// An object of the entries that there are.
pub(super) fn object<const N: usize>(entries: [(&str, Option<Value>); N]) -> Value {
    // One by one: to make a map of many is code for sorting, anew for each length.
    let mut object = Map::new();
    for (key, value) in entries {
        if let Some(value) = value {
            object.insert(key.to_owned(), value);
        }
    }
    Value::Object(object)
}

/// Strings, numbers, and lists and structs of them: nothing that JSON could not hold.
pub(super) fn data(value: impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}
