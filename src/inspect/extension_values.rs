//! Each extension's value as plain data, for those that are known here.

use time::OffsetDateTime;
use x509_parser::asn1_rs::{Any, Tag};
use x509_parser::extensions::GeneralName;

use super::decoded::{Decoded, fields};
use super::distribution_points::{distribution_points, issuing_distribution_point};
use super::general_name::{alt_name, alt_names};
use crate::asn1::{self, elements};
use crate::date;
use crate::extension::usage::set_bits;
use crate::extension::{ExtendedKeyUsage, KeyUsage};
use crate::hexadecimal::colons;
use crate::parsed::{AuthorityKeyIdentifier, Meaning, ParsedExtension, general_names};

/// The value as data; `None` where it is not known here or can't be read.
pub(super) fn decoded(oid: &str, extension: &ParsedExtension<'_>) -> Option<Decoded> {
    Some(match &extension.meaning {
        Meaning::Other => return other(oid, extension.value),
        Meaning::Damaged => return None,
        Meaning::AuthorityKeyIdentifier(identifier) => authority_key_identifier(identifier),
        Meaning::SubjectKeyIdentifier(identifier) => Decoded::from(colons(identifier)),
        Meaning::KeyUsage(usage) => Decoded::from(KeyUsage::names(*usage)),
        Meaning::ExtendedKeyUsage(purposes) => Decoded::from(ExtendedKeyUsage::names(purposes)),
        Meaning::SubjectAltName(names) => Decoded::from(alt_names(names)),
        Meaning::BasicConstraints(constraints) => fields(&mut [
            ("ca", Some(Decoded::from(constraints.ca))),
            ("pathLength", constraints.path_length.map(Into::into)),
        ]),
        Meaning::NameConstraints(subtrees) => fields(&mut [
            ("permitted", Some(Decoded::from(alt_names(&subtrees.permitted)))),
            ("excluded", Some(Decoded::from(alt_names(&subtrees.excluded)))),
        ]),
    })
}

/// Whether it is one that verifiers may know, and not the DER of its type.
#[cfg(feature = "in-page")]
pub(crate) fn is_damaged(extension: &ParsedExtension<'_>) -> bool {
    extension.is_known() && decoded(&asn1::oid(&extension.oid), extension).is_none()
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

/// Of a revocation list, in hexadecimal digits, as serial numbers are.
pub(super) fn number(value: &[u8]) -> Option<String> {
    asn1::whole(value).and_then(|number| asn1::unsigned(&number).map(unsigned))
}

fn unsigned(number: &[u8]) -> String {
    asn1::integer(&[&[0], number].concat())
}

/// By its method, and where that is (RFC 5280 section 4.2.2).
pub(super) fn accesses(value: &[u8]) -> Option<Vec<(String, GeneralName<'_>)>> {
    asn1::members(&asn1::whole(value)?)?.iter().map(access).collect()
}

fn access<'a>(description: &Any<'a>) -> Option<(String, GeneralName<'a>)> {
    let [method, location] = asn1::members(description)?.try_into().ok()?;
    let method = asn1::oid_text(asn1::content(&method, Tag::Oid)?);
    let method = match method.as_str() {
        "1.3.6.1.5.5.7.48.1" => "ocsp",
        "1.3.6.1.5.5.7.48.2" => "caIssuers",
        "1.3.6.1.5.5.7.48.3" => "timeStamping",
        "1.3.6.1.5.5.7.48.5" => "caRepository",
        other => other,
    };
    Some((method.to_owned(), GeneralName::try_from(location).ok()?))
}

/// A policy (RFC 5280 section 4.2.1.4).
pub(super) struct Policy {
    pub oid: String,
    /// URLs of practice statements.
    pub cps: Vec<String>,
    /// Texts of user notices.
    notices: Vec<String>,
}

pub(super) fn policies(value: &[u8]) -> Option<Vec<Policy>> {
    asn1::members(&asn1::whole(value)?)?.iter().map(policy).collect()
}

fn policy(information: &Any<'_>) -> Option<Policy> {
    let parts = asn1::members(information)?;
    let (oid, qualifiers) = match parts.as_slice() {
        [oid] => (oid, Vec::new()),
        [oid, qualifiers] => (oid, asn1::members(qualifiers)?),
        _ => return None,
    };
    let oid = asn1::oid_text(asn1::content(oid, Tag::Oid)?);
    let (mut cps, mut notices) = (Vec::new(), Vec::new());
    for qualifier in qualifiers {
        let [kind, qualifier] = asn1::members(&qualifier)?.try_into().ok()?;
        match asn1::oid_text(asn1::content(&kind, Tag::Oid)?).as_str() {
            "1.3.6.1.5.5.7.2.1" => cps.extend(asn1::string(&qualifier)),
            // A reference, which nobody uses, and the text.
            "1.3.6.1.5.5.7.2.2" => {
                notices.extend(elements(qualifier.data).last().and_then(asn1::string));
            }
            _ => {}
        }
    }
    Some(Policy { oid, cps, notices })
}

fn authority_key_identifier(identifier: &AuthorityKeyIdentifier<'_>) -> Decoded {
    fields(&mut [
        ("keyIdentifier", identifier.key_identifier.map(|id| Decoded::from(colons(id)))),
        ("issuer", identifier.issuer.as_deref().map(|names| Decoded::from(alt_names(names)))),
        ("serialNumber", identifier.serial_number.map(|serial| Decoded::from(asn1::integer(serial)))),
    ])
}

/// Those of which nothing here depends.
fn other(oid: &str, value: &[u8]) -> Option<Decoded> {
    let whole = asn1::whole(value)?;
    Some(match oid {
        // PrivateKeyUsagePeriod (RFC 3280 section 4.2.1.4).
        "2.5.29.16" => {
            let [from, to] = asn1::tagged(&whole)?;
            fields(&mut [
                ("notBefore", from.and_then(|from| time(from.data)).map(Into::into)),
                ("notAfter", to.and_then(|to| time(to.data)).map(Into::into)),
            ])
        }
        // Of an issuer, and the certificateIssuer of an entry in a revocation list.
        "2.5.29.18" | "2.5.29.29" => Decoded::from(alt_names(&general_names(value)?)),
        // cRLNumber, and deltaCRLIndicator: the number of the list that it builds upon.
        "2.5.29.20" | "2.5.29.27" => Decoded::from(number(value)?),
        // reasonCode.
        "2.5.29.21" => match asn1::content(&whole, Tag::Enumerated)? {
            [code] => Decoded::from(reason(*code)?),
            _ => return None,
        },
        // invalidityDate.
        "2.5.29.24" => Decoded::from(time(asn1::content(&whole, Tag::GeneralizedTime)?)?),
        "2.5.29.28" => issuing_distribution_point(value)?,
        // cRLDistributionPoints and freshestCRL.
        "2.5.29.31" | "2.5.29.46" => distribution_points(value)?,
        // certificatePolicies.
        "2.5.29.32" => {
            let policy = |policy: Policy| {
                fields(&mut [
                    ("oid", Some(Decoded::from(policy.oid))),
                    ("cps", Some(Decoded::from(policy.cps))),
                    ("userNotices", Some(Decoded::from(policy.notices))),
                ])
            };
            policies(value)?.into_iter().map(policy).collect::<Vec<_>>().into()
        }
        // policyMappings.
        "2.5.29.33" => {
            let mapping = |mapping: &Any<'_>| {
                let [issuer, subject] = asn1::members(mapping)?.try_into().ok()?;
                let oid = |oid| Some(Decoded::from(asn1::oid_text(asn1::content(&oid, Tag::Oid)?)));
                Some(fields(&mut [("issuer", oid(issuer)), ("subject", oid(subject))]))
            };
            all(&whole, mapping)?
        }
        // policyConstraints.
        "2.5.29.36" => {
            let [explicit, mapping] = asn1::tagged(&whole)?;
            let number = |part| asn1::optional(part, |part| asn1::small_content(asn1::primitive(part)?));
            fields(&mut [
                ("requireExplicitPolicy", number(explicit)?.map(Into::into)),
                ("inhibitPolicyMapping", number(mapping)?.map(Into::into)),
            ])
        }
        // inhibitAnyPolicy.
        "2.5.29.54" => Decoded::from(asn1::small(&whole)?),
        // Access to information of the authority, and of the subject.
        "1.3.6.1.5.5.7.1.1" | "1.3.6.1.5.5.7.1.11" => {
            let access = |(method, location): (String, GeneralName<'_>)| {
                fields(&mut [
                    ("method", Some(Decoded::from(method))),
                    ("location", Some(Decoded::from(alt_name(&location)))),
                ])
            };
            accesses(value)?.into_iter().map(access).collect::<Vec<_>>().into()
        }
        // Statements about qualified certificates (RFC 3739), and application policies, which are as certificate policies,
        // of extended key usages: the OID of each.
        "1.3.6.1.5.5.7.1.3" | "1.3.6.1.4.1.311.21.10" => {
            let first = |policy: &Any<'_>| {
                Some(Decoded::from(asn1::oid_text(asn1::content(elements(policy.data).first()?, Tag::Oid)?)))
            };
            all(&whole, first)?
        }
        // TLS feature (RFC 7633): numbers of TLS extensions.
        "1.3.6.1.5.5.7.1.24" => {
            let feature = |part: &Any<'_>| {
                Some(match asn1::small(part)? {
                    5 => Decoded::from("status_request"),
                    17 => Decoded::from("status_request_v2"),
                    other => Decoded::from(other),
                })
            };
            all(&whole, feature)?
        }
        "1.3.6.1.4.1.11129.2.4.2" => timestamps(asn1::content(&whole, Tag::OctetString)?)?,
        // Netscape's types, by the names that OpenSSL's configuration has for them.
        "2.16.840.1.113730.1.1" => {
            const TYPES: [&str; 8] =
                ["client", "server", "email", "objsign", "reserved", "sslCA", "emailCA", "objCA"];
            let types = asn1::flags(asn1::content(&whole, Tag::BitString)?)?;
            Decoded::from(set_bits(types, &TYPES).copied().collect::<Vec<_>>())
        }
        // Netscape's URLs, name and comment, and Microsoft's name of a template.
        "2.16.840.1.113730.1.2"
        | "2.16.840.1.113730.1.3"
        | "2.16.840.1.113730.1.4"
        | "2.16.840.1.113730.1.7"
        | "2.16.840.1.113730.1.8"
        | "2.16.840.1.113730.1.12"
        | "2.16.840.1.113730.1.13"
        | "1.3.6.1.4.1.311.20.2" => Decoded::from(asn1::string(&whole)?),
        // CertificateTemplate (MS-WCCE section 2.2.2.7.7.2).
        "1.3.6.1.4.1.311.21.7" => {
            let parts = asn1::members(&whole)?;
            let version = |place: usize| parts.get(place).and_then(asn1::small).map(Into::into);
            fields(&mut [
                ("oid", Some(Decoded::from(asn1::oid_text(asn1::content(parts.first()?, Tag::Oid)?)))),
                ("majorVersion", version(1)),
                ("minorVersion", version(2)),
            ])
        }
        // CA version: the key's number above the certificate's.
        "1.3.6.1.4.1.311.21.1" => {
            let version = asn1::small(&whole)?;
            fields(&mut [
                ("certificate", Some(Decoded::from(version & 0xffff))),
                ("key", Some(Decoded::from(version >> 16))),
            ])
        }
        _ => return None,
    })
}

/// Each member of a SEQUENCE.
fn all(sequence: &Any<'_>, read: impl Fn(&Any<'_>) -> Option<Decoded>) -> Option<Decoded> {
    asn1::members(sequence)?.iter().map(read).collect::<Option<Vec<_>>>().map(Decoded::List)
}

/// The content of a GeneralizedTime.
fn time(content: &[u8]) -> Option<String> {
    date::generalized_time(content).and_then(date::written)
}

/// A SignedCertificateTimestampList (RFC 6962 section 3.3): a length of two bytes before all of it, and before each; of each, the log and
/// the time, behind a byte for the version.
fn timestamps(list: &[u8]) -> Option<Decoded> {
    let (length, mut left) = list.split_first_chunk()?;
    let mut all = Vec::new();
    if usize::from(u16::from_be_bytes(*length)) != left.len() {
        return None;
    }
    while !left.is_empty() {
        let (length, rest) = left.split_first_chunk()?;
        let (one, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
        let (log, at) = one.get(1..)?.split_first_chunk::<32>()?;
        let milliseconds = u64::from_be_bytes(*at.first_chunk()?);
        let second = OffsetDateTime::from_unix_timestamp(i64::try_from(milliseconds / 1000).ok()?).ok();
        let at = second.and_then(|at| at.replace_millisecond((milliseconds % 1000) as u16).ok());
        all.push(fields(&mut [
            ("logId", Some(Decoded::from(colons(log)))),
            ("timestamp", at.and_then(date::written).map(Into::into)),
        ]));
        left = rest;
    }
    Some(Decoded::List(all))
}
