//! The types of subject attributes, one row each: names, OID, string type and bound.
//!
//! String types follow RFC 5280 appendix A and what verifiers expect: PrintableString for country and serialNumber,
//! IA5String for e-mail and domain component, UTF8String for the rest.

/// A type of subject attribute that has a name here. Any other goes by its OID.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AttributeType {
    /// `C`, two letters of ISO 3166.
    Country,
    /// `ST`.
    StateOrProvince,
    /// `L`.
    Locality,
    /// `postalCode`.
    PostalCode,
    /// `street`.
    Street,
    /// `DC`; repeated ones in the order in which they stand in the certificate (`com` before `example`).
    DomainComponent,
    /// `O`.
    Organization,
    /// `organizationIdentifier` of ETSI EN 319 412-1.
    OrganizationIdentifier,
    /// `OU`.
    OrganizationalUnit,
    /// `title`.
    Title,
    /// `CN`.
    CommonName,
    /// `SN`.
    Surname,
    /// `GN`.
    GivenName,
    /// `initials`.
    Initials,
    /// `generationQualifier`: Jr., 3rd.
    GenerationQualifier,
    /// `pseudonym`.
    Pseudonym,
    /// `dnQualifier`.
    DnQualifier,
    /// `serialNumber`: of the subject, not of the certificate.
    SerialNumber,
    /// `UID` of RFC 4519.
    UserId,
    /// `description`.
    Description,
    /// `emailAddress` of PKCS#9.
    EmailAddress,
}

use AttributeType::{
    CommonName, Country, Description, DnQualifier, DomainComponent, EmailAddress, GenerationQualifier,
    GivenName, Initials, Locality, Organization, OrganizationIdentifier, OrganizationalUnit, PostalCode,
    Pseudonym, SerialNumber, StateOrProvince, Street, Surname, Title, UserId,
};

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum StringType {
    Printable,
    Ia5,
    Utf8,
}

/// What there is to know of a type.
struct Row {
    /// The option's name in JavaScript, which is the long name of OpenSSL in most cases.
    option: &'static str,
    /// The name of RFC 4514 or, where it has none, of OpenSSL.
    short: &'static str,
    oid: &'static [u64],
    string_type: StringType,
    /// The upper bounds of RFC 5280 appendix A.1, in characters. OpenSSL refuses longer ones.
    max_length: usize,
}

impl AttributeType {
    /// Every type, in the order in which a certificate holds them: from the wide to the narrow, as OpenSSL asks for them.
    pub const ALL: &[AttributeType] = &[
        Country,
        StateOrProvince,
        Locality,
        PostalCode,
        Street,
        DomainComponent,
        Organization,
        OrganizationIdentifier,
        OrganizationalUnit,
        Title,
        CommonName,
        Surname,
        GivenName,
        Initials,
        GenerationQualifier,
        Pseudonym,
        DnQualifier,
        SerialNumber,
        UserId,
        Description,
        EmailAddress,
    ];

    const fn row(self) -> Row {
        use StringType::{Ia5, Printable, Utf8};
        let (option, short, oid, string_type, max_length): (_, _, &'static [u64], _, _) = match self {
            Country => ("country", "C", &[2, 5, 4, 6], Printable, 2),
            StateOrProvince => ("stateOrProvince", "ST", &[2, 5, 4, 8], Utf8, 128),
            Locality => ("locality", "L", &[2, 5, 4, 7], Utf8, 128),
            PostalCode => ("postalCode", "postalCode", &[2, 5, 4, 17], Utf8, 40),
            Street => ("street", "STREET", &[2, 5, 4, 9], Utf8, 128),
            DomainComponent => ("domainComponent", "DC", &[0, 9, 2342, 19_200_300, 100, 1, 25], Ia5, 63),
            Organization => ("organization", "O", &[2, 5, 4, 10], Utf8, 64),
            OrganizationIdentifier => {
                ("organizationIdentifier", "organizationIdentifier", &[2, 5, 4, 97], Utf8, 256)
            }
            OrganizationalUnit => ("organizationalUnit", "OU", &[2, 5, 4, 11], Utf8, 64),
            Title => ("title", "title", &[2, 5, 4, 12], Utf8, 64),
            CommonName => ("commonName", "CN", &[2, 5, 4, 3], Utf8, 64),
            Surname => ("surname", "SN", &[2, 5, 4, 4], Utf8, 40),
            GivenName => ("givenName", "GN", &[2, 5, 4, 42], Utf8, 32_768),
            Initials => ("initials", "initials", &[2, 5, 4, 43], Utf8, 32_768),
            GenerationQualifier => {
                ("generationQualifier", "generationQualifier", &[2, 5, 4, 44], Utf8, 32_768)
            }
            Pseudonym => ("pseudonym", "pseudonym", &[2, 5, 4, 65], Utf8, 128),
            DnQualifier => ("dnQualifier", "dnQualifier", &[2, 5, 4, 46], Printable, 64),
            SerialNumber => ("serialNumber", "serialNumber", &[2, 5, 4, 5], Printable, 64),
            UserId => ("userId", "UID", &[0, 9, 2342, 19_200_300, 100, 1, 1], Utf8, 256),
            Description => ("description", "description", &[2, 5, 4, 13], Utf8, 1024),
            EmailAddress => ("emailAddress", "emailAddress", &[1, 2, 840, 113_549, 1, 9, 1], Ia5, 255),
        };
        Row { option, short, oid, string_type, max_length }
    }

    /// The option's name in JavaScript.
    pub const fn option(self) -> &'static str {
        self.row().option
    }

    /// The name in RFC 4514 text, or OpenSSL's where that has none.
    pub const fn short_name(self) -> &'static str {
        self.row().short
    }

    /// The type of an OID, where it has a name here.
    pub fn from_oid(oid: &[u64]) -> Option<Self> {
        Self::ALL.iter().copied().find(|attribute| attribute.oid() == oid)
    }

    /// The type that a text calls so: the option's name, RFC 4514's or OpenSSL's, in whatever case (RFC 4512 section 1.4).
    pub fn from_name(name: &str) -> Option<Self> {
        let others = [
            ("S", StateOrProvince),
            ("E", EmailAddress),
            ("stateOrProvinceName", StateOrProvince),
            ("countryName", Country),
            ("localityName", Locality),
            ("organizationName", Organization),
            ("organizationalUnitName", OrganizationalUnit),
            ("streetAddress", Street),
            ("generation", GenerationQualifier),
            ("G", GivenName),
            ("T", Title),
        ];
        let is = |other: &str| name.eq_ignore_ascii_case(other);
        let listed = Self::ALL.iter().copied();
        listed
            .filter(|attribute| is(attribute.option()) || is(attribute.short_name()))
            .chain(others.into_iter().filter(|(other, _)| is(other)).map(|(_, attribute)| attribute))
            .next()
    }

    /// Whether the option of it may be an array. In other forms any type may stand in a subject more than once.
    pub const fn repeats(self) -> bool {
        matches!(self, DomainComponent | Organization | OrganizationalUnit | Street | GivenName)
    }

    pub(super) const fn oid(self) -> &'static [u64] {
        self.row().oid
    }

    pub(super) const fn string_type(self) -> StringType {
        self.row().string_type
    }

    /// What is wrong with a value of this type, if anything.
    pub(super) fn check(self, value: &str) -> std::result::Result<(), String> {
        check_text(value)?;
        let row = self.row();
        let length = value.chars().count();
        let letters = value.bytes().all(|byte| byte.is_ascii_uppercase());
        if self == Country && !(length == 2 && letters) {
            return Err("is no country code; give the two capital letters of ISO 3166, such as DE".to_owned());
        }
        if length > row.max_length {
            let max = row.max_length;
            return Err(format!("is {length} characters long; a certificate holds at most {max} here"));
        }
        match row.string_type {
            StringType::Printable if !value.bytes().all(is_printable) => {
                Err("may hold only letters, digits, spaces and '()+,-./:=? of ASCII".to_owned())
            }
            StringType::Ia5 if !value.is_ascii() => Err("may hold only ASCII characters".to_owned()),
            _ => Ok(()),
        }
    }
}

/// What no attribute's text may be.
pub(super) fn check_text(value: &str) -> std::result::Result<(), String> {
    const LONGEST: usize = 32_768;
    if value.trim().is_empty() {
        return Err("is empty; give a text, or leave it out".to_owned());
    }
    if value.chars().any(char::is_control) {
        return Err("holds a control character; take it out".to_owned());
    }
    if value.len() > LONGEST {
        return Err(format!("is longer than {LONGEST} bytes, too long for a certificate"));
    }
    Ok(())
}

/// PrintableString's set (X.680 section 41.4).
fn is_printable(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b" '()+,-./:=?".contains(&byte)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_found_by_each_of_its_names() {
        for attribute in AttributeType::ALL.iter().copied() {
            assert_eq!(AttributeType::from_name(attribute.option()), Some(attribute));
            assert_eq!(AttributeType::from_name(&attribute.short_name().to_lowercase()), Some(attribute));
            assert_eq!(AttributeType::from_oid(attribute.oid()), Some(attribute));
        }
        assert_eq!(AttributeType::from_name("nobody"), None);
    }
}
