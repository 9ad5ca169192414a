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
