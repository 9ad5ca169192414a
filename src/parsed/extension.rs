//! An extension as it is read, and those that decide about mutual TLS.

use x509_parser::asn1_rs::{Any, Oid, Tag};
use x509_parser::extensions::GeneralName;
#[cfg(feature = "in-page")]
use x509_parser::extensions::X509Extension;

use crate::asn1;

/// An extension of a certificate, a request or a revocation list.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ParsedExtension<'a> {
    pub oid: Oid<'a>,
    pub critical: bool,
    /// The DER within its OCTET STRING.
    pub value: &'a [u8],
    pub meaning: Meaning<'a>,
}

/// What an extension says, where something here depends on it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Meaning<'a> {
    /// RFC 5280 section 4.2.1.1.
    AuthorityKeyIdentifier(AuthorityKeyIdentifier<'a>),
    /// Section 4.2.1.2.
    SubjectKeyIdentifier(&'a [u8]),
    /// Section 4.2.1.3.
    KeyUsage(KeyUsageBits),
    /// Section 4.2.1.6.
    SubjectAltName(Vec<GeneralName<'a>>),
    /// Section 4.2.1.9.
    BasicConstraints(BasicConstraints),
    /// Section 4.2.1.10.
    NameConstraints(NameSubtrees<'a>),
    /// Section 4.2.1.12.
    ExtendedKeyUsage(Purposes<'a>),
    /// It is to be one of these, and is not the DER of that.
    Damaged,
    /// Another one: `inspect` may know more.
    Other,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AuthorityKeyIdentifier<'a> {
    pub key_identifier: Option<&'a [u8]>,
    pub issuer: Option<Vec<GeneralName<'a>>>,
    /// The content of the INTEGER.
    pub serial_number: Option<&'a [u8]>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct BasicConstraints {
    pub ca: bool,
    pub path_length: Option<u32>,
}

/// The first bit, digitalSignature, is the lowest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct KeyUsageBits(pub u16);

/// Of at least one list; minimum and maximum, which nobody may use, are not looked at.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NameSubtrees<'a> {
    pub permitted: Vec<GeneralName<'a>>,
    pub excluded: Vec<GeneralName<'a>>,
}

/// The OBJECT IDENTIFIERs of an extended key usage, each by its content.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Purposes<'a>(pub Vec<&'a [u8]>);

impl<'a> ParsedExtension<'a> {
    fn new(oid: Oid<'a>, critical: bool, value: &'a [u8]) -> Self {
        let mut extension = Self { oid, critical, value, meaning: Meaning::Other };
        if let Some(id_ce) = extension.id_ce() {
            extension.meaning = Meaning::read(id_ce, value);
        }
        extension
    }

    /// Those of a list of extensions; `None` where one can't be read.
    pub fn all(extensions: &'a [u8]) -> Option<Vec<Self>> {
        asn1::members(&asn1::whole(extensions)?)?.iter().map(Self::read).collect()
    }

    fn read(extension: &Any<'a>) -> Option<Self> {
        let parts = asn1::members(extension)?;
        let (oid, critical, value) = match parts.as_slice() {
            [oid, value] => (oid, false, value),
            // That it is not critical need not be said, and that it is, some say with another octet than FF.
            [oid, critical, value] => (oid, asn1::content(critical, Tag::Boolean)? != [0], value),
            _ => return None,
        };
        let oid = Oid::new(asn1::content(oid, Tag::Oid)?.into());
        Some(Self::new(oid, critical, asn1::content(value, Tag::OctetString)?))
    }

    /// Those of a revocation list, as x509-parser has taken it apart.
    #[cfg(feature = "in-page")]
    pub fn of_list(extensions: &[X509Extension<'a>]) -> Vec<Self> {
        extensions.iter().map(|one| Self::new(one.oid.clone(), one.critical, one.value)).collect()
    }

    /// Its number in id-ce (2.5.29), where it is of there.
    pub fn id_ce(&self) -> Option<u8> {
        match self.oid.as_bytes() {
            [0x55, 0x1d, number] => Some(*number),
            _ => None,
        }
    }

    /// Whether it is one that verifiers may know: of RFC 5280, and a few beside it.
    pub fn is_known(&self) -> bool {
        match self.oid.as_bytes() {
            [0x55, 0x1d, number] => {
                matches!(number, 14 | 15 | 17..=21 | 24 | 28 | 30..=33 | 35..=37 | 54)
            }
            // id-pe: authority and subject information access.
            [0x2b, 6, 1, 5, 5, 7, 1, number] => matches!(number, 1 | 11),
            // Signed certificate timestamps (RFC 6962 section 3.3).
            [0x2b, 6, 1, 4, 1, 0xd6, 0x79, 2, 4, 2] => true,
            // Netscape's type and comment.
            [0x60, 0x86, 0x48, 1, 0x86, 0xf8, 0x42, 1, number] => matches!(number, 1 | 13),
            _ => false,
        }
    }
}

impl<'a> Meaning<'a> {
    /// By its number in id-ce (2.5.29).
    pub fn read(id_ce: u8, value: &'a [u8]) -> Self {
        let whole = || asn1::whole(value);
        let meaning = match id_ce {
            14 => whole()
                .and_then(|whole| asn1::content(&whole, Tag::OctetString))
                .map(Self::SubjectKeyIdentifier),
            15 => whole()
                .and_then(|whole| asn1::flags(asn1::content(&whole, Tag::BitString)?))
                .map(|bits| Self::KeyUsage(KeyUsageBits(bits))),
            17 => general_names(value).map(Self::SubjectAltName),
            19 => whole().and_then(|whole| BasicConstraints::read(&whole)).map(Self::BasicConstraints),
            30 => whole().and_then(|whole| NameSubtrees::read(&whole)).map(Self::NameConstraints),
            35 => whole()
                .and_then(|whole| AuthorityKeyIdentifier::read(&whole))
                .map(Self::AuthorityKeyIdentifier),
            37 => whole().and_then(|whole| Purposes::read(&whole)).map(Self::ExtendedKeyUsage),
            _ => return Self::Other,
        };
        meaning.unwrap_or(Self::Damaged)
    }
}

/// GeneralNames (RFC 5280 section 4.2.1.6). Of a name that can't be read, only that stands there (`GeneralName::Invalid`).
pub(crate) fn general_names(value: &[u8]) -> Option<Vec<GeneralName<'_>>> {
    general_names_of(asn1::content(&asn1::whole(value)?, Tag::Sequence)?)
}

/// The same of what stands in the SEQUENCE, which may have another tag.
pub(crate) fn general_names_of(content: &[u8]) -> Option<Vec<GeneralName<'_>>> {
    asn1::all(content)?.into_iter().map(|name| GeneralName::try_from(name).ok()).collect()
}

impl<'a> AuthorityKeyIdentifier<'a> {
    fn read(whole: &Any<'a>) -> Option<Self> {
        let [key_identifier, issuer, serial_number] = asn1::tagged(whole)?;
        Some(Self {
            key_identifier: asn1::optional(key_identifier, asn1::primitive)?,
            issuer: asn1::optional(issuer, |names| general_names_of(asn1::inside(names)?))?,
            serial_number: asn1::optional(serial_number, asn1::primitive)?,
        })
    }
}

impl BasicConstraints {
    fn read(whole: &Any<'_>) -> Option<Self> {
        let (ca, path_length) = match asn1::members(whole)?.as_slice() {
            [] => (false, None),
            [ca, length] => (asn1::boolean(ca)?, Some(asn1::small(length)?)),
            [one] if one.tag() == Tag::Boolean => (asn1::boolean(one)?, None),
            [length] => (false, Some(asn1::small(length)?)),
            _ => return None,
        };
        Some(Self { ca, path_length })
    }
}

impl KeyUsageBits {
    #[cfg(feature = "in-page")]
    pub fn digital_signature(self) -> bool {
        self.0 & 1 != 0
    }

    pub fn key_cert_sign(self) -> bool {
        self.0 >> 5 & 1 != 0
    }

    #[cfg(feature = "in-page")]
    pub fn crl_sign(self) -> bool {
        self.0 >> 6 & 1 != 0
    }
}

impl<'a> NameSubtrees<'a> {
    fn read(whole: &Any<'a>) -> Option<Self> {
        let lists: [Option<Any<'a>>; 2] = asn1::tagged(whole)?;
        if lists.iter().all(Option::is_none) {
            return None;
        }
        let bases = |list: &Option<Any<'a>>| -> Option<Vec<GeneralName<'a>>> {
            let Some(list) = list else { return Some(Vec::new()) };
            let base =
                |subtree: &Any<'a>| GeneralName::try_from(asn1::members(subtree)?.into_iter().next()?).ok();
            asn1::all(asn1::inside(list)?)?
                .iter()
                .map(base)
                .collect::<Option<Vec<_>>>()
                .filter(|all| !all.is_empty())
        };
        let [permitted, excluded] = &lists;
        Some(Self { permitted: bases(permitted)?, excluded: bases(excluded)? })
    }
}

impl<'a> Purposes<'a> {
    fn read(whole: &Any<'a>) -> Option<Self> {
        let oid = |one: &Any<'a>| asn1::content(one, Tag::Oid);
        asn1::members(whole)?.iter().map(oid).collect::<Option<Vec<_>>>().map(Self)
    }

    /// Whether servers and clients are among them.
    pub fn roles(&self) -> (bool, bool) {
        let holds = |last| self.0.contains(&[0x2b, 6, 1, 5, 5, 7, 3, last].as_slice());
        (holds(1), holds(2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_the_der_of_their_type_and_nothing_behind_it() {
        let key_usage = Meaning::KeyUsage(KeyUsageBits(0b110_0000));
        let authority = |path_length| Meaning::BasicConstraints(BasicConstraints { ca: true, path_length });
        let leaf = |path_length| Meaning::BasicConstraints(BasicConstraints { ca: false, path_length });
        for (id_ce, value, meaning) in [
            (14, &[4, 2, 1, 2][..], Meaning::SubjectKeyIdentifier(&[1, 2])),
            (14, &[4, 2, 1, 2, 0], Meaning::Damaged),
            (14, &[12, 2, 1, 2], Meaning::Damaged),
            (15, &[3, 2, 1, 6], key_usage),
            (15, &[3, 2, 2, 6], Meaning::Damaged),
            (15, &[0x23, 4, 3, 2, 1, 6], Meaning::Damaged),
            (19, &[0x30, 3, 1, 1, 0xff], authority(None)),
            (19, &[0x30, 6, 1, 1, 0xff, 2, 1, 3], authority(Some(3))),
            (19, &[0x30, 0], leaf(None)),
            (19, &[0x30, 3, 2, 1, 3], leaf(Some(3))),
            (19, &[0x30, 3, 1, 1, 1], Meaning::Damaged),
            (19, &[0x30, 6, 2, 1, 3, 1, 1, 0xff], Meaning::Damaged),
            (19, &[0x30, 6, 1, 1, 0xff, 2, 1, 0xff], Meaning::Damaged),
            (19, &[0x30, 9, 1, 1, 0xff, 2, 1, 3, 2, 1, 3], Meaning::Damaged),
            (19, &[0x31, 3, 1, 1, 0xff], Meaning::Damaged),
            (37, &[0x30, 4, 6, 2, 0x2a, 3], Meaning::ExtendedKeyUsage(Purposes(vec![&[0x2a, 3]]))),
            (37, &[0x30, 4, 4, 2, 0x2a, 3], Meaning::Damaged),
            (17, &[0x30, 3, 0x82, 1, b'b'], Meaning::SubjectAltName(vec![GeneralName::DNSName("b")])),
            (17, &[0x30, 3, 12, 1, b'b'], Meaning::Damaged),
            (17, &[0x30, 4, 0x82, 1, b'b'], Meaning::Damaged),
            (99, &[0xff], Meaning::Other),
        ] {
            assert_eq!(Meaning::read(id_ce, value), meaning, "{id_ce}: {value:02x?}");
        }
    }

    #[test]
    fn key_identifiers_and_constraints_have_their_parts_in_order() {
        let read = |value: &[u8]| Meaning::read(35, value) != Meaning::Damaged;
        assert!(read(&[0x30, 0]) && read(&[0x30, 3, 0x80, 1, 1]) && read(&[0x30, 3, 0x82, 1, 1]));
        assert!(read(&[0x30, 11, 0x80, 1, 1, 0xa1, 3, 0x82, 1, b'b', 0x82, 1, 1]));
        for damaged in [
            &[0x30, 6, 0x82, 1, 1, 0x80, 1, 1][..],
            &[0x30, 6, 0x80, 1, 1, 0x80, 1, 1],
            &[0x30, 3, 0x83, 1, 1],
            &[0x30, 3, 4, 1, 1],
            &[0x30, 5, 0xa0, 3, 4, 1, 1],
            &[0x30, 5, 0x81, 3, 0x82, 1, b'b'],
        ] {
            assert!(!read(damaged), "{damaged:02x?}");
        }
        let subtree = [0xa0, 5, 0x30, 3, 0x82, 1, b'b'];
        let read = |parts: &[&[u8]]| {
            let inside = parts.concat();
            let value = [&[0x30, u8::try_from(inside.len()).unwrap()], inside.as_slice()].concat();
            Meaning::read(30, &value) != Meaning::Damaged
        };
        let excluded = [&[0xa1], &subtree[1..]].concat();
        assert!(read(&[&subtree]) && read(&[&excluded]) && read(&[&subtree, &excluded]));
        assert!(!read(&[]) && !read(&[&excluded, &subtree]) && !read(&[&[0xa0, 0]]) && !read(&[&[0x80, 0]]));
    }

    #[test]
    fn a_list_is_read_to_its_end_or_not_at_all() {
        let one = [0x30, 8, 6, 3, 0x55, 0x1d, 99, 4, 1, 5];
        let critical = [0x30, 11, 6, 3, 0x55, 0x1d, 99, 1, 1, 1, 4, 1, 5];
        let list = |inside: &[u8]| [&[0x30, u8::try_from(inside.len()).unwrap()], inside].concat();
        let der = list(&[&one[..], &critical].concat());
        let all = ParsedExtension::all(&der).unwrap();
        assert_eq!(all.iter().map(|one| one.critical).collect::<Vec<_>>(), [false, true]);
        for damaged in [
            list(&[&one[..], &[5]].concat()),
            list(&[0x30, 6, 6, 3, 0x55, 0x1d, 99, 5]),
            list(&[0x30, 10, 6, 3, 0x55, 0x1d, 99, 4, 1, 5, 5, 0]),
            one.to_vec(),
        ] {
            assert_eq!(ParsedExtension::all(&damaged), None, "{damaged:02x?}");
        }
    }
}
