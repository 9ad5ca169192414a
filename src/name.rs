//! Subjects: attributes that can stand in a certificate, in an order, as DER.
//!
//! rcgen keeps one attribute of each type and loses the others, so a name is written here and put into the
//! to-be-signed bytes (see `signing`). String types follow RFC 5280 appendix A and what verifiers expect: PrintableString
//! for country and serialNumber, IA5String for e-mail and domain component, UTF8String for the rest.

use yasna::models::ObjectIdentifier;

use crate::error::{Error, ErrorKind, Result};

/// A type of subject attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AttributeType {
    /// `C`, two letters of ISO 3166.
    Country,
    /// `ST`.
    StateOrProvince,
    /// `L`.
    Locality,
    /// `DC`; repeated ones in the order in which they stand in the certificate (`com` before `example`).
    DomainComponent,
    /// `O`.
    Organization,
    /// `OU`.
    OrganizationalUnit,
    /// `CN`.
    CommonName,
    /// `serialNumber`: of the subject, not of the certificate.
    SerialNumber,
    /// `emailAddress` of PKCS#9.
    EmailAddress,
}

use AttributeType::{
    CommonName, Country, DomainComponent, EmailAddress, Locality, Organization, OrganizationalUnit,
    SerialNumber, StateOrProvince,
};

#[derive(Clone, Copy)]
enum StringType {
    Printable,
    Ia5,
    Utf8,
}

impl AttributeType {
    /// Every type, in the order in which a certificate holds them: from the wide to the narrow, as OpenSSL asks for them.
    pub const ALL: &[AttributeType] = &[
        Country,
        StateOrProvince,
        Locality,
        DomainComponent,
        Organization,
        OrganizationalUnit,
        CommonName,
        SerialNumber,
        EmailAddress,
    ];

    /// The option's name in JavaScript.
    pub const fn option(self) -> &'static str {
        match self {
            Country => "country",
            StateOrProvince => "stateOrProvince",
            Locality => "locality",
            DomainComponent => "domainComponent",
            Organization => "organization",
            OrganizationalUnit => "organizationalUnit",
            CommonName => "commonName",
            SerialNumber => "serialNumber",
            EmailAddress => "emailAddress",
        }
    }

    /// Whether it may stand in a subject more than once.
    pub const fn repeats(self) -> bool {
        matches!(self, DomainComponent | Organization | OrganizationalUnit)
    }

    const fn oid(self) -> &'static [u64] {
        match self {
            Country => &[2, 5, 4, 6],
            StateOrProvince => &[2, 5, 4, 8],
            Locality => &[2, 5, 4, 7],
            DomainComponent => &[0, 9, 2342, 19_200_300, 100, 1, 25],
            Organization => &[2, 5, 4, 10],
            OrganizationalUnit => &[2, 5, 4, 11],
            CommonName => &[2, 5, 4, 3],
            SerialNumber => &[2, 5, 4, 5],
            EmailAddress => &[1, 2, 840, 113_549, 1, 9, 1],
        }
    }

    const fn string_type(self) -> StringType {
        match self {
            Country | SerialNumber => StringType::Printable,
            DomainComponent | EmailAddress => StringType::Ia5,
            _ => StringType::Utf8,
        }
    }

    /// The upper bounds of RFC 5280 appendix A.1, in characters. OpenSSL refuses longer ones.
    const fn max_length(self) -> usize {
        match self {
            Country => 2,
            StateOrProvince | Locality => 128,
            DomainComponent => 63,
            Organization | OrganizationalUnit | CommonName | SerialNumber => 64,
            EmailAddress => 255,
        }
    }
}

/// A subject that can be written: every attribute is checked on the way in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    attributes: Vec<(AttributeType, String)>,
}

impl Subject {
    /// A subject of a common name alone.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidSubject`] at `commonName`.
    pub fn common_name(name: &str) -> Result<Self> {
        let mut subject = Self::default();
        subject.push(CommonName, name)?;
        Ok(subject)
    }

    /// Adds an attribute, behind those there.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidSubject`] at the attribute's option.
    pub fn push(&mut self, attribute: AttributeType, value: &str) -> Result<()> {
        check(attribute, value)
            .map_err(|message| Error::new(ErrorKind::InvalidSubject, message).at(attribute.option()))?;
        self.attributes.push((attribute, value.to_owned()));
        Ok(())
    }

    /// Whether it has no attribute.
    pub fn is_empty(&self) -> bool {
        self.attributes.is_empty()
    }

    /// The common name, where there is one.
    pub fn first_common_name(&self) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(attribute, _)| *attribute == CommonName)
            .map(|(_, value)| value.as_str())
    }

    /// The DER of a `Name` (RFC 5280 section 4.1.2.4), one attribute a relative name.
    pub fn to_der(&self) -> Vec<u8> {
        yasna::construct_der(|writer| {
            writer.write_sequence(|writer| {
                for (attribute, value) in &self.attributes {
                    writer.next().write_set(|writer| {
                        writer.next().write_sequence(|writer| {
                            writer.next().write_oid(&ObjectIdentifier::from_slice(attribute.oid()));
                            match attribute.string_type() {
                                StringType::Printable => writer.next().write_printable_string(value),
                                StringType::Ia5 => writer.next().write_ia5_string(value),
                                StringType::Utf8 => writer.next().write_utf8_string(value),
                            }
                        });
                    });
                }
            });
        })
    }
}

fn check(attribute: AttributeType, value: &str) -> std::result::Result<(), String> {
    if value.trim().is_empty() {
        return Err("is empty; give a text, or leave it out".to_owned());
    }
    if value.chars().any(char::is_control) {
        return Err("holds a control character; take it out".to_owned());
    }
    let (length, max) = (value.chars().count(), attribute.max_length());
    if length > max {
        return Err(format!("is {length} characters long; a certificate holds at most {max} here"));
    }
    let letters = value.bytes().all(|byte| byte.is_ascii_uppercase());
    if attribute == Country && !(length == 2 && letters) {
        return Err("is no country code; give the two capital letters of ISO 3166, such as DE".to_owned());
    }
    match attribute.string_type() {
        StringType::Printable if !value.bytes().all(is_printable) => {
            Err("may hold only letters, digits, spaces and '()+,-./:=? of ASCII".to_owned())
        }
        StringType::Ia5 if !value.is_ascii() => Err("may hold only ASCII characters".to_owned()),
        _ => Ok(()),
    }
}

/// PrintableString's set (X.680 section 41.4).
fn is_printable(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&byte)
}

#[cfg(test)]
mod tests {
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
        let der = subject.to_der();
        let (rest, name) = X509Name::from_der(&der).unwrap();
        assert!(rest.is_empty());
        let read: Vec<_> =
            name.iter_attributes().map(|a| (a.attr_value().tag().0, a.as_slice().to_vec())).collect();
        let expected = [(19, "DE"), (12, "One"), (12, "Zwei ü"), (12, "x"), (22, "a@b.example")];
        assert_eq!(read, expected.map(|(tag, value)| (tag, value.as_bytes().to_vec())));
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
    }
}
