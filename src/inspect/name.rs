//! Names as data: attributes in the order of the certificate, and RFC 4514 text.

use std::collections::BinaryHeap;

use serde::Serialize;
use x509_parser::asn1_rs::ToDer;
use x509_parser::prelude::{FromDer, X509Name};
use x509_parser::x509::{AttributeTypeAndValue, RelativeDistinguishedName};

use crate::asn1;
use crate::hexadecimal;
use crate::name::AttributeType;
use crate::oid;

/// A subject or issuer.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct NameDetails {
    /// RFC 4514: the narrowest first, `CN=localhost,O=Bob`.
    pub text: String,
    /// The first common name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub common_name: Option<String>,
    /// All attributes, in the order in which they stand in the certificate.
    pub attributes: Vec<AttributeDetails>,
}

/// One attribute.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct AttributeDetails {
    /// The option's name in `Subject` where it has one (`commonName`), else the OID.
    pub r#type: String,
    /// The OID.
    pub oid: String,
    /// The value as text.
    pub value: String,
}

impl NameDetails {
    /// Of the DER of a `Name`, where it is one.
    pub fn of_der(der: &[u8]) -> Option<Self> {
        X509Name::from_der(der).ok().map(|(_, name)| Self::new(&name))
    }

    pub(crate) fn new(name: &X509Name<'_>) -> Self {
        let attributes: Vec<_> = name.iter_attributes().map(attribute).collect();
        let common_name =
            attributes.iter().find(|one| one.r#type == "commonName").map(|one| one.value.clone());
        let mut parts: Vec<String> = name.iter_rdn().map(relative).collect();
        parts.reverse();
        Self { text: parts.join(","), common_name, attributes }
    }
}

fn attribute(attribute: &AttributeTypeAndValue<'_>) -> AttributeDetails {
    let oid = asn1::oid(attribute.attr_type());
    let r#type = names(&oid).map_or_else(|| oid.clone(), |(option, _)| option.to_owned());
    AttributeDetails { r#type, oid, value: text(attribute) }
}

/// The option's name, and the short name of RFC 4514 or of OpenSSL.
fn names(oid: &str) -> Option<(&'static str, &'static str)> {
    let attribute = AttributeType::from_oid(oid::parse(oid)?.components())?;
    Some((attribute.option(), attribute.short_name()))
}

/// The value as text, whatever its string type. Of a damaged string, what its bytes are in Latin-1; of what is no string
/// (a BIT STRING), RFC 4514's `#` and the hexadecimal of its DER.
pub(crate) fn text(attribute: &AttributeTypeAndValue<'_>) -> String {
    let value = attribute.attr_value();
    match asn1::string(value) {
        Some(text) => text,
        None if asn1::is_string(value) => asn1::latin1(attribute.as_slice()),
        None => der(attribute),
    }
}

fn der(attribute: &AttributeTypeAndValue<'_>) -> String {
    let der = attribute.attr_value().to_der_vec().unwrap_or_default();
    format!("#{}", hexadecimal::plain(&der))
}

/// One relative name, RFC 4514: `CN=a+OU=b` where it has several attributes.
pub(super) fn relative(relative: &RelativeDistinguishedName<'_>) -> String {
    relative.iter().map(rfc4514).collect::<Vec<_>>().join("+")
}

/// Relative names in a form to compare by (RFC 5280 section 7.1): text in small letters, each run of spaces as one.
pub(crate) fn normalized(name: &X509Name<'_>) -> Vec<Vec<Vec<u8>>> {
    let value = |attribute: &AttributeTypeAndValue<'_>| {
        lowercase(&text(attribute)).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let attribute = |one: &AttributeTypeAndValue<'_>| {
        [&*asn1::oid(one.attr_type()), "=", &value(one)].concat().into_bytes()
    };
    // A heap sorts in a tenth of the code that std's sort is.
    name.iter_rdn()
        .map(|relative| relative.iter().map(attribute).collect::<BinaryHeap<_>>().into_sorted_vec())
        .collect()
}

/// The platform has the tables for letters beyond ASCII, which would be a thirtieth of the wasm.
fn lowercase(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    #[cfg(target_arch = "wasm32")]
    return crate::js::lowercase(text);
    #[cfg(not(target_arch = "wasm32"))]
    text.to_lowercase()
}

/// `CN=Bob` (RFC 4514 section 2).
pub(crate) fn rfc4514(attribute: &AttributeTypeAndValue<'_>) -> String {
    let oid = asn1::oid(attribute.attr_type());
    match names(&oid) {
        Some((_, short)) if asn1::is_string(attribute.attr_value()) => {
            format!("{short}={}", escaped(&text(attribute)))
        }
        // RFC 4514 section 2.4: a type without a name has its value as the hexadecimal of its DER.
        Some((_, short)) => format!("{short}={}", der(attribute)),
        None => format!("{oid}={}", der(attribute)),
    }
}

/// RFC 4514 section 2.4.
fn escaped(value: &str) -> String {
    let last = value.chars().count().saturating_sub(1);
    let mut text = String::with_capacity(value.len());
    for (index, c) in value.chars().enumerate() {
        match c {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => text.extend(['\\', c]),
            ' ' if index == 0 || index == last => text.push_str("\\ "),
            '#' if index == 0 => text.push_str("\\#"),
            c if c.is_control() => {
                let mut bytes = [0; 4];
                for byte in c.encode_utf8(&mut bytes).bytes() {
                    text.push('\\');
                    text.extend(hexadecimal::digits(byte));
                }
            }
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::Subject;

    /// A name of one relative name, whose attributes stand in the order given.
    fn one_relative_name(values: impl Iterator<Item = String>) -> Vec<u8> {
        let attribute = |value: String| {
            yasna::construct_der(|writer| {
                writer.write_sequence(|writer| {
                    writer.next().write_oid(&yasna::models::ObjectIdentifier::from_slice(&[2, 5, 4, 11]));
                    writer.next().write_utf8_string(&value);
                });
            })
        };
        let attributes: Vec<Vec<u8>> = values.map(attribute).collect();
        yasna::construct_der(|writer| {
            writer.write_sequence(|writer| {
                // Not a set of yasna's, which would sort it.
                writer.next().write_tagged_implicit(yasna::tags::TAG_SET, |writer| {
                    writer.write_sequence(|writer| {
                        attributes.iter().for_each(|one| writer.next().write_der(one))
                    });
                });
            });
        })
    }

    #[test]
    fn relative_names_are_compared_whatever_the_order_of_their_attributes() {
        let names = |values: &[&str]| one_relative_name(values.iter().map(|value| (*value).to_owned()));
        let normalized = |der: &[u8]| normalized(&X509Name::from_der(der).unwrap().1);
        let (one, other) = (names(&["b", "A  a", "ÄÖ"]), names(&["äö", "B", " a a"]));
        assert_ne!(one, other);
        assert_eq!(normalized(&one), normalized(&other));
        assert_ne!(normalized(&one), normalized(&names(&["b", "aa", "äö"])));
    }

    #[test]
    fn a_relative_name_of_very_many_attributes_is_compared_like_any_other() {
        let many = |range: std::ops::Range<u32>| one_relative_name(range.rev().map(|n| format!("{n:06}")));
        let normalized = |der: &[u8]| normalized(&X509Name::from_der(der).unwrap().1);
        let name = normalized(&many(0..50_000));
        assert_eq!(name[0].len(), 50_000);
        assert!(name[0].is_sorted());
    }

    #[test]
    fn text_is_reversed_and_escaped() {
        let mut subject = Subject::default();
        subject.push(AttributeType::Organization, " Smith, \"Jones\" + Co ").unwrap();
        subject.push(AttributeType::CommonName, "#x;y").unwrap();
        let der = subject.to_der();
        let details = NameDetails::new(&X509Name::from_der(&der).unwrap().1);
        assert_eq!(details.text, r#"CN=\#x\;y,O=\ Smith\, \"Jones\" \+ Co\ "#);
        assert_eq!(details.common_name.as_deref(), Some("#x;y"));
        assert_eq!(details.attributes[0].r#type, "organization");
    }
}
