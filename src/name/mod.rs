//! Subjects: attributes that can stand in a certificate, in an order, as DER.
//!
//! rcgen keeps one attribute of each type and loses the others, so a name is written here and put into the
//! to-be-signed bytes (see `signing`).

mod attribute;
mod text;

use std::borrow::Cow;

use x509_parser::asn1_rs::{Any, Tag};
use x509_parser::prelude::X509Name;
use x509_parser::x509::AttributeTypeAndValue;
use yasna::models::ObjectIdentifier;

pub use attribute::AttributeType;

use crate::asn1;
use crate::error::{Error, ErrorKind, Result};
use crate::inspect::name as details;
use crate::oid;
use attribute::StringType;

/// One attribute, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    oid: ObjectIdentifier,
    value: Value,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Value {
    Text(String),
    /// DER of whatever it is, as RFC 4514's `#` gives it.
    Der(Vec<u8>),
}

impl Attribute {
    /// An attribute of a type that has a name here.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidSubject`] at the type's option.
    pub fn new(attribute: AttributeType, value: &str) -> Result<Self> {
        match attribute.check(value) {
            Ok(()) => Ok(Self {
                oid: ObjectIdentifier::from_slice(attribute.oid()),
                value: Value::Text(value.to_owned()),
            }),
            Err(message) => Err(invalid(message).at(attribute.option())),
        }
    }

    /// An attribute of any type by its OID, as UTF8String unless the type is a known one with another string type.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidSubject`] at the OID.
    pub fn by_oid(text: &str, value: &str) -> Result<Self> {
        let oid = parse_oid(text).map_err(|error| error.at(text))?;
        if let Some(known) = AttributeType::from_oid(oid.components()) {
            return Self::new(known, value).map_err(|error| error.of_no_field().at(text));
        }
        match attribute::check_text(value) {
            Ok(()) => Ok(Self { oid, value: Value::Text(value.to_owned()) }),
            Err(message) => Err(invalid(message).at(text)),
        }
    }

    fn of_der(oid: ObjectIdentifier, der: Vec<u8>) -> Result<Self> {
        if !asn1::is_one(&der) {
            return Err(invalid("holds a `#` value that is no DER"));
        }
        if !asn1::whole(&der).is_some_and(|value| stands_in_names(&value)) {
            return Err(invalid("holds a `#` value of a type that OpenSSL reads in no name; give a string"));
        }
        // What is known to be text is held to the same as text; its string type is the caller's.
        if let Some(known) = AttributeType::from_oid(oid.components()) {
            let text =
                string_of(&der).ok_or_else(|| invalid("holds a `#` value that is no readable string"))?;
            known.check(&text).map_err(invalid)?;
        }
        Ok(Self { oid, value: Value::Der(der) })
    }

    fn to_der(&self) -> Vec<u8> {
        let string_type = AttributeType::from_oid(self.oid.components())
            .map_or(StringType::Utf8, AttributeType::string_type);
        yasna::construct_der(|writer| {
            writer.write_sequence(|writer| {
                writer.next().write_oid(&self.oid);
                match (&self.value, string_type) {
                    (Value::Der(der), _) => writer.next().write_der(der),
                    (Value::Text(text), StringType::Printable) => writer.next().write_printable_string(text),
                    (Value::Text(text), StringType::Ia5) => writer.next().write_ia5_string(text),
                    (Value::Text(text), StringType::Utf8) => writer.next().write_utf8_string(text),
                }
            });
        })
    }
}

/// A subject that can be written: every attribute is checked on the way in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// Relative names (RDN), the widest first, none of them empty.
    relative_names: Vec<Vec<Attribute>>,
}

impl Subject {
    /// A subject of a common name alone.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidSubject`] at `commonName`.
    pub fn common_name(name: &str) -> Result<Self> {
        let mut subject = Self::default();
        subject.push(AttributeType::CommonName, name)?;
        Ok(subject)
    }

    /// Reads RFC 4514 text (`CN=Bob,O=Example\, Inc.`, the narrowest first) or, when it begins with a slash, OpenSSL's
    /// form (`/O=Example/CN=Bob`, the widest first). `+` joins the attributes of one relative name in both.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidSubject`].
    pub fn parse(text: &str) -> Result<Self> {
        text::parse(text)
    }

    /// Adds an attribute, behind those there.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidSubject`] at the attribute's option.
    pub fn push(&mut self, attribute: AttributeType, value: &str) -> Result<()> {
        self.push_relative_name(vec![Attribute::new(attribute, value)?])
    }

    /// Adds a relative name of one attribute or more (X.501 section 9.3: each type once).
    ///
    /// # Errors
    /// [`ErrorKind::InvalidSubject`] when it is empty or holds a type twice.
    pub fn push_relative_name(&mut self, attributes: Vec<Attribute>) -> Result<()> {
        const MOST: usize = 100;
        if attributes.is_empty() {
            return Err(invalid("holds a relative name without attributes; give it one, or leave it out"));
        }
        let twice = |(index, one): (usize, &Attribute)| {
            attributes.iter().skip(index + 1).any(|other| other.oid == one.oid)
        };
        if attributes.iter().enumerate().any(twice) {
            return Err(invalid(
                "holds one type twice in one relative name; give each a relative name of its own",
            ));
        }
        if self.relative_names.len() >= MOST || attributes.len() > MOST {
            return Err(invalid(format!("holds more than {MOST} attributes, too many for a certificate")));
        }
        self.relative_names.push(attributes);
        Ok(())
    }

    /// Whether it has no attribute.
    pub fn is_empty(&self) -> bool {
        self.relative_names.is_empty()
    }

    /// The common name, where there is one that is text.
    pub fn first_common_name(&self) -> Option<Cow<'_, str>> {
        let common_name = |attribute: &&Attribute| {
            AttributeType::from_oid(attribute.oid.components()) == Some(AttributeType::CommonName)
        };
        self.relative_names.iter().flatten().find(common_name).and_then(|attribute| match &attribute.value {
            Value::Text(text) => Some(Cow::Borrowed(text.as_str())),
            Value::Der(der) => string_of(der).map(Cow::Owned),
        })
    }

    /// The DER of a `Name` (RFC 5280 section 4.1.2.4).
    pub fn to_der(&self) -> Vec<u8> {
        yasna::construct_der(|writer| {
            writer.write_sequence(|writer| {
                for attributes in &self.relative_names {
                    // A SET OF is sorted by its members' bytes.
                    writer.next().write_set_of(|writer| {
                        attributes.iter().for_each(|attribute| writer.next().write_der(&attribute.to_der()));
                    });
                }
            });
        })
    }
}

/// Whether the bytes are a whole `Name`, of relative names that each hold an attribute. x509-parser stops at the first that it can't
/// read, and then takes what came before it for all.
pub(crate) fn is_whole_der(name: &[u8]) -> bool {
    let attribute = |any: &Any<'_>| {
        let of = (any.tag() == Tag::Sequence).then(|| asn1::all(any.data)).flatten();
        of.is_some_and(|of| matches!(of.as_slice(), [oid, _] if oid.tag() == Tag::Oid))
    };
    let relative = |any: &Any<'_>| {
        let attributes = (any.tag() == Tag::Set).then(|| asn1::all(any.data)).flatten();
        attributes.is_some_and(|all| !all.is_empty() && all.iter().all(attribute))
    };
    let relatives =
        asn1::whole(name).filter(|any| any.tag() == Tag::Sequence).and_then(|any| asn1::all(any.data));
    relatives.is_some_and(|all| all.iter().all(relative))
}

/// What is wrong with a name that comes from outside and is to stand in a certificate, if anything.
pub(crate) fn fault(name: &X509Name<'_>) -> Option<String> {
    /// Letters of what is told.
    const MOST_TOLD: usize = 64;
    if !is_whole_der(name.as_raw()) {
        return Some("with a part that can't be read".to_owned());
    }
    let bad = |attribute: &AttributeTypeAndValue<'_>| {
        let value = attribute.attr_value();
        let unreadable = asn1::is_string(value) && asn1::string(value).is_none();
        let text = details::text(attribute);
        !stands_in_names(value) || unreadable || text.is_empty() || text.chars().any(char::is_control)
    };
    name.iter_attributes().find(|attribute| bad(attribute)).map(|attribute| {
        let told: String = details::rfc4514(attribute).chars().take(MOST_TOLD).collect();
        format!(
            "with an attribute (`{told}`) that is empty, damaged, of a type that no name has, or holds control characters"
        )
    })
}

/// Whether it is of a type that OpenSSL and Node read in a name: DirectoryString and what other attributes have (a BIT STRING, a SEQUENCE). A
/// certificate with another one, such as VisibleString, they can't even load.
pub(crate) fn stands_in_names(value: &Any<'_>) -> bool {
    const VISIBLE_STRING: u32 = 26;
    matches!(value.tag(), Tag::BitString | Tag::Sequence)
        || (asn1::is_string(value) && value.tag().0 != VISIBLE_STRING)
}

/// Whether the DER of a `Name` is an empty one.
pub(crate) fn is_empty_der(name: &[u8]) -> bool {
    name == [0x30, 0x00]
}

fn string_of(der: &[u8]) -> Option<String> {
    asn1::whole(der).and_then(|value| asn1::string(&value))
}

fn parse_oid(text: &str) -> Result<ObjectIdentifier> {
    oid::parse(text).ok_or_else(|| invalid("is no object identifier; write it as 2.5.4.65"))
}

fn invalid(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidSubject, message)
}

#[cfg(test)]
mod tests {
    use super::AttributeType::{CommonName, Country, EmailAddress, OrganizationalUnit, SerialNumber};
    use super::*;
    use x509_parser::prelude::{FromDer, X509Name};

    #[test]
    fn repeated_attributes_keep_their_order_and_string_types() {
        let mut subject = Subject::default();
        for (attribute, value) in [
            (Country, "DE"),
            (OrganizationalUnit, "One"),
            (OrganizationalUnit, "Zwei ü"),
            (CommonName, "x"),
            (EmailAddress, "a@b.example"),
        ] {
            subject.push(attribute, value).unwrap();
        }
        subject.push_relative_name(vec![Attribute::by_oid("1.2.3.4", "own").unwrap()]).unwrap();
        subject.push_relative_name(vec![Attribute::by_oid("2.5.4.5", "7").unwrap()]).unwrap();
        let der = subject.to_der();
        let (rest, name) = X509Name::from_der(&der).unwrap();
        assert!(rest.is_empty());
        let read: Vec<_> =
            name.iter_attributes().map(|a| (a.attr_value().tag().0, a.as_slice().to_vec())).collect();
        let expected =
            [(19, "DE"), (12, "One"), (12, "Zwei ü"), (12, "x"), (22, "a@b.example"), (12, "own"), (19, "7")];
        assert_eq!(read, expected.map(|(tag, value)| (tag, value.as_bytes().to_vec())));
    }

    #[test]
    fn a_relative_name_of_several_attributes_is_a_sorted_set() {
        let attributes = |order: [(AttributeType, &str); 2]| {
            let mut subject = Subject::default();
            let attributes = order.map(|(attribute, value)| Attribute::new(attribute, value).unwrap());
            subject.push_relative_name(attributes.to_vec()).unwrap();
            subject.to_der()
        };
        let one = attributes([(OrganizationalUnit, "b"), (CommonName, "a")]);
        assert_eq!(one, attributes([(CommonName, "a"), (OrganizationalUnit, "b")]));
        assert_eq!(X509Name::from_der(&one).unwrap().1.iter_rdn().count(), 1);
        let twice = vec![Attribute::new(CommonName, "a").unwrap(), Attribute::new(CommonName, "b").unwrap()];
        assert!(Subject::default().push_relative_name(twice).is_err());
    }

    #[test]
    fn refuses_what_a_certificate_cannot_hold() {
        for (attribute, value) in [
            (CommonName, ""),
            (CommonName, "   "),
            (CommonName, "a\0b"),
            (CommonName, &"x".repeat(65)),
            (Country, "Germany"),
            (Country, "de"),
            (SerialNumber, "№ 5"),
            (EmailAddress, "ü@example.com"),
        ] {
            let error = Subject::default().push(attribute, value).unwrap_err();
            assert_eq!(
                (error.kind(), error.field()),
                (ErrorKind::InvalidSubject, Some(attribute.option())),
                "{value}"
            );
        }
        assert_eq!(Attribute::by_oid("1.2.x", "a").unwrap_err().field(), Some("1.2.x"));
        assert_eq!(Attribute::by_oid("2.5.4.6", "Germany").unwrap_err().field(), Some("2.5.4.6"));
    }
}
