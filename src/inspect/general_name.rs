//! General names (RFC 5280 section 4.2.1.6) as data: alternative names, constraints on them, places of lists.

use std::net::IpAddr;

use serde::Serialize;
use x509_parser::asn1_rs::Any;
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::FromDer;

use super::name::NameDetails;
use crate::asn1;
use crate::hexadecimal::colons;

/// An alternative name, in the shape that options take.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub enum AltNameDetails {
    /// A DNS name.
    Dns(String),
    /// An IP address, or a range of them: `10.0.0.0/8`.
    Ip(String),
    /// An e-mail address.
    Email(String),
    /// A URI.
    Uri(String),
    /// A user principal name, as Active Directory has it.
    Upn(String),
    /// A name of a kind that has an OID.
    OtherName(OtherNameDetails),
    /// An OID.
    RegisteredId(String),
    /// A distinguished name, RFC 4514.
    DirectoryName(String),
    /// Another kind, or one that is damaged, as its kind and the hexadecimal of its bytes.
    Other(String),
}

/// A name of a kind that has an OID.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct OtherNameDetails {
    /// Of the kind.
    pub oid: String,
    /// The DER of the name, hexadecimal `AA:BB:…`.
    pub value: String,
}

const UPN: &str = "1.3.6.1.4.1.311.20.2.3";

pub(super) fn alt_names(names: &[GeneralName<'_>]) -> Vec<AltNameDetails> {
    names.iter().map(alt_name).collect()
}

pub(super) fn alt_name(name: &GeneralName<'_>) -> AltNameDetails {
    match name {
        GeneralName::DNSName(text) => AltNameDetails::Dns((*text).to_owned()),
        GeneralName::RFC822Name(text) => AltNameDetails::Email((*text).to_owned()),
        GeneralName::URI(text) => AltNameDetails::Uri((*text).to_owned()),
        GeneralName::IPAddress(bytes) => {
            match address(bytes).map(|ip| ip.to_string()).or_else(|| range(bytes)) {
                Some(text) => AltNameDetails::Ip(text),
                None => other("iPAddress", bytes),
            }
        }
        GeneralName::OtherName(oid, value) => other_name(asn1::oid(oid), value),
        GeneralName::RegisteredID(oid) => AltNameDetails::RegisteredId(asn1::oid(oid)),
        GeneralName::DirectoryName(name) => AltNameDetails::DirectoryName(NameDetails::new(name).text),
        GeneralName::X400Address(any) => other("x400Address", any.data),
        GeneralName::EDIPartyName(any) => other("ediPartyName", any.data),
        GeneralName::Invalid(tag, bytes) => other(kind(tag.0), bytes),
    }
}

/// The URIs among names.
pub(super) fn uris(names: &[GeneralName<'_>]) -> Vec<String> {
    let uri = |name: &GeneralName<'_>| match name {
        GeneralName::URI(text) => Some((*text).to_owned()),
        _ => None,
    };
    names.iter().filter_map(uri).collect()
}

/// The value stands in `[0] EXPLICIT`, which is taken off.
fn other_name(oid: String, tagged: &[u8]) -> AltNameDetails {
    let value = match Any::from_der(tagged) {
        Ok((_, wrapper)) if wrapper.tag().0 == 0 => wrapper.data,
        _ => tagged,
    };
    match Any::from_der(value).ok().and_then(|(_, value)| asn1::string(&value)) {
        Some(text) if oid == UPN => AltNameDetails::Upn(text),
        _ => AltNameDetails::OtherName(OtherNameDetails { oid, value: colons(value) }),
    }
}

fn address(bytes: &[u8]) -> Option<IpAddr> {
    let v4 = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
    v4.or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from)).ok()
}

/// An address and a mask (RFC 5280 section 4.2.1.10), as a prefix where the mask is one. The lengths of addresses and of
/// ranges do not overlap: 4 and 16, 8 and 32.
fn range(bytes: &[u8]) -> Option<String> {
    let (ip, mask) = bytes.split_at_checked(bytes.len() / 2).filter(|_| [8, 32].contains(&bytes.len()))?;
    let ones: u32 = mask.iter().map(|byte| byte.leading_ones()).sum();
    let prefix = mask.iter().map(|byte| byte.count_ones()).sum::<u32>() == ones
        && mask.iter().skip_while(|byte| **byte == 0xff).skip(1).all(|byte| *byte == 0);
    let ip = address(ip)?;
    Some(if prefix { format!("{ip}/{ones}") } else { format!("{ip}/{}", address(mask)?) })
}

fn kind(tag: u32) -> &'static str {
    match tag {
        0 => "otherName",
        1 => "rfc822Name",
        2 => "dNSName",
        4 => "directoryName",
        6 => "uniformResourceIdentifier",
        _ => "unknown",
    }
}

fn other(kind: &str, bytes: &[u8]) -> AltNameDetails {
    AltNameDetails::Other(format!("{kind}:{}", colons(bytes)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_prefixes_where_the_mask_is_one() {
        let text = |bytes: &[u8]| range(bytes).unwrap();
        assert_eq!(text(&[10, 0, 0, 0, 255, 0, 0, 0]), "10.0.0.0/8");
        assert_eq!(text(&[10, 0, 0, 0, 255, 255, 240, 0]), "10.0.0.0/20");
        assert_eq!(text(&[0; 8]), "0.0.0.0/0");
        assert_eq!(text(&[1, 2, 3, 4, 255, 255, 255, 255]), "1.2.3.4/32");
        assert_eq!(text(&[10, 0, 0, 1, 255, 0, 0, 255]), "10.0.0.1/255.0.0.255");
        assert_eq!(text(&[10, 0, 0, 1, 0xf0, 0xf0, 0, 0]), "10.0.0.1/240.240.0.0");
        let v6 = [[0x20, 1, 0xd, 0xb8].as_slice(), &[0; 12], &[255; 4], &[0; 12]].concat();
        assert_eq!(text(&v6), "2001:db8::/32");
        assert_eq!(range(&[10, 0, 0, 0, 255]), None);
    }
}
