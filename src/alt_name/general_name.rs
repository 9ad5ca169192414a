//! Alternative names as DER: `GeneralName` of RFC 5280 section 4.2.1.6, written and read.
//!
//! rcgen writes four of the kinds; all are written here, so that there is one way.

use std::net::IpAddr;

use x509_parser::asn1_rs;
use x509_parser::extensions::GeneralName;
use yasna::{DERWriter, Tag};

use super::{AltName, OtherName, UPN, invalid};
use crate::asn1;
use crate::error::{Error, Result};
use crate::oid;

/// Writes a name. IA5String holds ASCII alone, which the constructors see to.
pub(crate) fn write(name: &AltName, writer: DERWriter<'_>) {
    let tag = Tag::context;
    match name {
        AltName::Email(text) => writer.write_tagged_implicit(tag(1), |writer| writer.write_ia5_string(text)),
        AltName::Dns(text) => writer.write_tagged_implicit(tag(2), |writer| writer.write_ia5_string(text)),
        // A CHOICE can't be tagged implicitly (X.680 section 31.2.7).
        AltName::Directory(der) => writer.write_tagged(tag(4), |writer| writer.write_der(der)),
        AltName::Uri(text) => write_uri(text, writer),
        AltName::Ip(ip) => {
            let octets = match ip {
                IpAddr::V4(ip) => ip.octets().to_vec(),
                IpAddr::V6(ip) => ip.octets().to_vec(),
            };
            writer.write_tagged_implicit(tag(7), |writer| writer.write_bytes(&octets));
        }
        AltName::RegisteredId(oid) => writer.write_tagged_implicit(tag(8), |writer| writer.write_oid(oid)),
        AltName::Upn(text) => {
            let value = yasna::construct_der(|writer| writer.write_utf8_string(text));
            if let Some(oid) = oid::parse(UPN) {
                write_other(&OtherName { oid, value }, writer);
            }
        }
        AltName::Other(other) => write_other(other, writer),
    }
}

/// A `uniformResourceIdentifier`, which other extensions hold too.
pub(crate) fn write_uri(text: &str, writer: DERWriter<'_>) {
    writer.write_tagged_implicit(Tag::context(6), |writer| writer.write_ia5_string(text));
}

fn write_other(other: &OtherName, writer: DERWriter<'_>) {
    writer.write_tagged_implicit(Tag::context(0), |writer| {
        writer.write_sequence(|writer| {
            writer.next().write_oid(&other.oid);
            writer.next().write_tagged(Tag::context(0), |writer| writer.write_der(&other.value));
        });
    });
}

/// Letters of a foreign name in a message.
const MOST_TOLD: usize = 64;

impl AltName {
    /// A name that a request asks for, checked as if the caller had given it.
    pub(crate) fn from_general_name(name: &GeneralName<'_>) -> Result<Self> {
        // Of many names, which one; what it is to be instead is for who lists altNames.
        let of = |text: &str, error: Error| {
            let told: String = text.chars().filter(|c| !c.is_control()).take(MOST_TOLD).collect();
            invalid(format!(
                "asks for the name `{told}`, which {}; or give altNames instead",
                error.message()
            ))
        };
        match name {
            GeneralName::DNSName(text) => Self::dns(text).map_err(|error| of(text, error)),
            GeneralName::RFC822Name(text) => Self::email(text).map_err(|error| of(text, error)),
            GeneralName::URI(text) => Self::uri(text).map_err(|error| of(text, error)),
            GeneralName::IPAddress(bytes) => ip_from_bytes(bytes)
                .map(Self::Ip)
                .ok_or_else(|| invalid("asks for an IP address that is neither 4 nor 16 bytes long")),
            GeneralName::RegisteredID(oid) => Self::registered_id(&asn1::oid(oid)),
            GeneralName::DirectoryName(name) if crate::name::is_empty_der(name.as_raw()) => {
                Err(invalid("asks for an empty directory name; give altNames instead"))
            }
            GeneralName::DirectoryName(name) => match crate::name::fault(name) {
                Some(fault) => {
                    Err(invalid(format!("asks for a directory name {fault}; give altNames instead")))
                }
                None => Ok(Self::Directory(name.as_raw().to_vec())),
            },
            GeneralName::OtherName(oid, value) => other_name(&asn1::oid(oid), value),
            _ => Err(invalid(
                "asks for an alternative name of a kind that is not supported (x400Address, ediPartyName) or that can't be read; give altNames instead",
            )),
        }
    }
}

/// `tagged` is the value within its explicit tag.
fn other_name(oid: &str, tagged: &[u8]) -> Result<AltName> {
    let unreadable = || invalid("asks for an otherName that can't be read; give altNames instead");
    let wrapper =
        asn1::whole(tagged).filter(|wrapper| asn1::is_context(wrapper, 0)).ok_or_else(unreadable)?;
    let value = asn1::inside(&wrapper).filter(|value| asn1::is_one(value)).ok_or_else(unreadable)?;
    if oid != UPN {
        return AltName::other(oid, value);
    }
    let text = utf8_string(value).ok_or_else(unreadable)?;
    AltName::upn(text)
}

/// A UTF8String, DER.
pub(super) fn utf8_string(der: &[u8]) -> Option<&str> {
    std::str::from_utf8(asn1::content(&asn1::whole(der)?, asn1_rs::Tag::Utf8String)?).ok()
}

pub(crate) fn ip_from_bytes(bytes: &[u8]) -> Option<IpAddr> {
    let v4 = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
    v4.or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from)).ok()
}

#[cfg(test)]
pub(super) fn to_der(name: &AltName) -> Vec<u8> {
    yasna::construct_der(|writer| write(name, writer))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::name::Subject;
    use x509_parser::prelude::FromDer;

    #[test]
    fn every_kind_is_read_back() {
        for name in [
            AltName::dns("*.bob.example"),
            AltName::ip("10.0.0.1"),
            AltName::ip("::1"),
            AltName::email("amy@example.com"),
            AltName::uri("spiffe://a.example/amy"),
            AltName::upn("émile@corp.example"),
            AltName::other("1.2.3.4", &[0x0c, 1, b'x']),
            AltName::registered_id("1.3.6.1.4.1.99999.1"),
            AltName::directory(&Subject::parse("CN=Amy,O=Example").unwrap()),
        ] {
            let name = name.unwrap();
            let der = to_der(&name);
            let (rest, read) = GeneralName::from_der(&der).unwrap();
            assert!(rest.is_empty());
            assert_eq!(AltName::from_general_name(&read).unwrap(), name);
        }
    }
}
