//! Subjects as text: RFC 4514 (`CN=Bob,O=Example`, the narrowest first, as LDAP and Java write them) and the form of
//! OpenSSL's `-subj` (`/O=Example/CN=Bob`, the widest first).

use super::{Attribute, AttributeType, Subject, invalid, parse_oid};
use crate::error::{Error, Result};
use crate::hexadecimal;
use crate::oid;

/// Reads either form.
pub(super) fn parse(text: &str) -> Result<Subject> {
    let relative_names = match text.strip_prefix('/') {
        Some(rest) => openssl(rest)?,
        None => rfc4514(text)?,
    };
    let mut subject = Subject::default();
    for attributes in relative_names {
        subject.push_relative_name(attributes)?;
    }
    Ok(subject)
}

/// `type=value` pairs between slashes; a backslash takes the next character as it is.
fn openssl(text: &str) -> Result<Vec<Vec<Attribute>>> {
    let mut scanner = Scanner::new(text);
    let mut names = Vec::new();
    let mut attributes = Vec::new();
    loop {
        let attribute_type = scanner.attribute_type("/")?;
        let value = scanner.until("/+", Escape::Character)?;
        attributes.push(attribute(&attribute_type, RawValue::Text(value))?);
        match scanner.take() {
            Some('+') => {}
            Some(_) => names.push(std::mem::take(&mut attributes)),
            None => break,
        }
    }
    names.push(attributes);
    Ok(names)
}

/// RFC 4514 section 3, with spaces around `,` and `+` passed over, and quotes as RFC 2253 section 4 has them.
fn rfc4514(text: &str) -> Result<Vec<Vec<Attribute>>> {
    let mut scanner = Scanner::new(text);
    let mut names = Vec::new();
    let mut attributes = Vec::new();
    loop {
        let attribute_type = scanner.attribute_type(",")?;
        scanner.skip_spaces();
        let value = match scanner.peek() {
            Some('#') => RawValue::Der(scanner.hexadecimal()?),
            Some('"') => RawValue::Text(scanner.quoted()?),
            _ => RawValue::Text(scanner.until(",+;", Escape::Hexadecimal)?),
        };
        scanner.skip_spaces();
        attributes.push(attribute(&attribute_type, value)?);
        match scanner.take() {
            Some('+') => {}
            Some(',') => names.push(std::mem::take(&mut attributes)),
            Some(other) => {
                return Err(invalid(format!(
                    "has a `{other}` where `,` or `+` is wanted; write it as `\\{other}`"
                )));
            }
            None => break,
        }
    }
    names.push(attributes);
    names.reverse();
    Ok(names)
}

enum RawValue {
    Text(String),
    Der(Vec<u8>),
}

fn attribute(name: &str, value: RawValue) -> Result<Attribute> {
    // The path is the subject's: a text has no fields. What the message is about goes into it.
    let say = |error: Error| invalid(format!("has an attribute {name} that {}", error.message()));
    let dotted = match name.get(..4) {
        Some(prefix) if prefix.eq_ignore_ascii_case("OID.") => name.get(4..).unwrap_or_default(),
        _ => name,
    };
    let known = AttributeType::from_name(name);
    match (known, value) {
        (Some(known), RawValue::Text(text)) => Attribute::new(known, &text).map_err(say),
        (Some(known), RawValue::Der(der)) => Attribute::of_der(yasna_oid(known), der).map_err(say),
        (None, _) if !oid::looks_like_one(dotted) => Err(invalid(format!(
            "has an attribute type `{}` that is not known; use CN, O, OU, C, ST, L, DC, emailAddress, serialNumber, UID or others, or an OID",
            name.chars().take(40).collect::<String>()
        ))),
        (None, RawValue::Text(text)) => Attribute::by_oid(dotted, &text).map_err(say),
        (None, RawValue::Der(der)) => Attribute::of_der(parse_oid(dotted)?, der).map_err(say),
    }
}

fn yasna_oid(attribute: AttributeType) -> yasna::models::ObjectIdentifier {
    yasna::models::ObjectIdentifier::from_slice(attribute.oid())
}

#[derive(Clone, Copy, PartialEq)]
enum Escape {
    /// `\x` is `x`.
    Character,
    /// `\2C` is the byte 2C, `\,` is a comma.
    Hexadecimal,
}

struct Scanner<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text.chars().peekable() }
    }

    fn peek(&mut self) -> Option<char> {
        self.rest.peek().copied()
    }

    fn take(&mut self) -> Option<char> {
        self.rest.next()
    }

    fn skip_spaces(&mut self) {
        while self.rest.next_if_eq(&' ').is_some() {}
    }

    /// What stands in front of `=`, and the `=`.
    fn attribute_type(&mut self, separator: &str) -> Result<String> {
        let mut name = String::new();
        loop {
            match self.take() {
                Some('=') if !name.trim().is_empty() => return Ok(name.trim().to_owned()),
                Some(c) if c != '=' && !separator.contains(c) => name.push(c),
                _ => {
                    return Err(invalid(format!(
                        "is no name: `type=value` is wanted near `{}`; write CN=Bob,O=Example or /O=Example/CN=Bob, with `\\` before a `{separator}` or `+` that belongs to a value",
                        name.chars().take(40).collect::<String>()
                    )));
                }
            }
        }
    }

    /// A value up to one of `ends`, which is left in place. In RFC 4514 unescaped spaces at its ends do not count.
    fn until(&mut self, ends: &str, escape: Escape) -> Result<String> {
        let mut bytes = Vec::new();
        // What an escape gave is kept, also where it is a space.
        let mut kept = 0;
        while let Some(c) = self.rest.next_if(|c| !ends.contains(*c)) {
            if c == '\\' {
                self.escaped(escape, &mut bytes)?;
                kept = bytes.len();
            } else {
                bytes.extend(c.encode_utf8(&mut [0; 4]).bytes());
                if c != ' ' {
                    kept = bytes.len();
                }
            }
        }
        if escape == Escape::Hexadecimal {
            bytes.truncate(kept);
        }
        utf8(bytes)
    }

    fn quoted(&mut self) -> Result<String> {
        self.take();
        let mut bytes = Vec::new();
        loop {
            match self.take() {
                Some('"') => return utf8(bytes),
                Some('\\') => self.escaped(Escape::Hexadecimal, &mut bytes)?,
                Some(c) => bytes.extend(c.encode_utf8(&mut [0; 4]).bytes()),
                None => return Err(invalid("has a quote that does not end")),
            }
        }
    }

    fn escaped(&mut self, escape: Escape, bytes: &mut Vec<u8>) -> Result<()> {
        let first = self.take().ok_or_else(|| invalid("ends in a `\\` with nothing behind it"))?;
        let second = self.peek().filter(|_| escape == Escape::Hexadecimal);
        match (first.to_digit(16), second.and_then(|second| second.to_digit(16))) {
            (Some(high), Some(low)) if escape == Escape::Hexadecimal => {
                self.take();
                bytes.extend(u8::try_from(high * 16 + low));
            }
            _ => bytes.extend(first.encode_utf8(&mut [0; 4]).bytes()),
        }
        Ok(())
    }

    /// `#` and the hexadecimal digits of DER.
    fn hexadecimal(&mut self) -> Result<Vec<u8>> {
        self.take();
        let mut digits = String::new();
        while let Some(digit) = self.peek().filter(char::is_ascii_hexdigit) {
            self.take();
            digits.push(digit);
        }
        hexadecimal::read(&digits).ok_or_else(|| invalid("holds a `#` value of an odd number of digits"))
    }
}

fn utf8(bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|_| invalid("holds escaped bytes that are no UTF-8"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inspect::NameDetails;
    use proptest::prelude::*;
    use x509_parser::prelude::{FromDer, X509Name};

    fn shown(subject: &Subject) -> String {
        NameDetails::of_der(&subject.to_der()).unwrap().text
    }

    #[test]
    fn both_forms_and_back() {
        for (text, expected) in [
            ("CN=Bob,O=Example,C=DE", "CN=Bob,O=Example,C=DE"),
            ("/C=DE/O=Example/CN=Bob", "CN=Bob,O=Example,C=DE"),
            ("cn = Bob , o = Example", "CN=Bob,O=Example"),
            ("CN=Bob,DC=example,DC=com", "CN=Bob,DC=example,DC=com"),
            ("CN=Smith\\, \\\"Jo\\\" \\+ Co", "CN=Smith\\, \\\"Jo\\\" \\+ Co"),
            ("CN=\"Smith, Jo\"", "CN=Smith\\, Jo"),
            ("CN=L\\C3\\BCbeck\\20", "CN=Lübeck\\ "),
            ("OU=a+CN=b,O=c", "CN=b+OU=a,O=c"),
            ("/O=c/OU=a+CN=b", "CN=b+OU=a,O=c"),
            ("/CN=a\\/b\\+c", "CN=a/b\\+c"),
            ("/CN=a,b", "CN=a\\,b"),
            ("OID.2.5.4.10=x,1.2.3.4=#0c0161", "O=x,1.2.3.4=#0c0161"),
            ("2.5.4.6=DE,UID=amy", "C=DE,UID=amy"),
            ("E=a@b.example,S=Bayern", "emailAddress=a@b.example,ST=Bayern"),
        ] {
            assert_eq!(
                shown(&Subject::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"))),
                expected,
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_name_is_refused_with_the_reason() {
        for (text, why) in [
            ("", "type=value"),
            ("/", "type=value"),
            ("Bob", "type=value"),
            ("=x", "type=value"),
            ("CN=", "is empty"),
            ("/CN=", "is empty"),
            ("CN=a,,O=b", "type=value"),
            ("CN=a,", "type=value"),
            ("CN=a;O=b", "`;`"),
            ("CN=a+CN=b", "one type twice"),
            ("C=Germany", "two capital letters"),
            ("nobody=x", "not known"),
            ("1.2.x=y", "not known"),
            ("3.1=y", "object identifier"),
            ("CN=\"a", "does not end"),
            ("CN=a\\", "nothing behind it"),
            ("CN=\\FF", "UTF-8"),
            ("1.2.3=#0c01", "no DER"),
            ("CN=#0c00", "is empty"),
            ("C=#0c074765726d616e79", "two capital letters"),
            ("CN=#0c03610d0a", "control character"),
            ("CN=#0c02fffe", "no readable string"),
            ("CN=#3000", "no readable string"),
            ("1.2.3=#0", "odd number"),
        ] {
            let error = Subject::parse(text).unwrap_err();
            assert!(error.message().contains(why), "{text}: {error}");
        }
    }

    proptest! {
        /// Whatever a subject holds: its RFC 4514 text reads back as the same bytes.
        #[test]
        fn text_round_trips(values in proptest::collection::vec("\\PC{1,20}", 1..5), pairs in any::<bool>()) {
            let types = [AttributeType::Organization, AttributeType::CommonName, AttributeType::UserId];
            let mut subject = Subject::default();
            for (index, value) in values.iter().enumerate() {
                let Ok(one) = Attribute::new(types[index % 3], value) else { continue };
                let mut relative = vec![one];
                if pairs {
                    relative.push(Attribute::by_oid("1.2.3.4", value).unwrap());
                }
                subject.push_relative_name(relative).unwrap();
            }
            prop_assume!(!subject.is_empty());
            let der = subject.to_der();
            let text = shown(&subject);
            prop_assert_eq!(Subject::parse(&text).unwrap().to_der(), der, "{}", text);
        }

        /// Whatever is typed is read or refused.
        #[test]
        fn nothing_panics(text in "\\PC{0,60}") {
            if let Ok(subject) = Subject::parse(&text) {
                let der = subject.to_der();
                prop_assert!(X509Name::from_der(&der).is_ok());
            }
        }

        #[test]
        fn nothing_panics_among_the_special_characters(text in "[/A-Z=+,;\\\\#\" 0-9.]{0,40}") {
            let _ = Subject::parse(&text);
        }
    }
}
