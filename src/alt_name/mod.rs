//! Alternative names (RFC 5280 section 4.2.1.6): what a certificate's holder is called by.
//!
//! A text is classified; what is none of the kinds is refused. An IP address, a URL or an empty text never gets into a
//! DNS name: verifiers refuse the certificate then, and say only that the name does not match.

mod general_name;
mod host;
mod mailbox;

use std::borrow::Cow;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use yasna::models::ObjectIdentifier;

pub(crate) use general_name::{ip_from_bytes, write, write_uri};

use crate::asn1;
use crate::error::{Error, ErrorKind, Result};
use crate::inspect::NameDetails;
use crate::name::Subject;
use crate::oid;
use general_name::utf8_string;
use host::host;
use mailbox::mailbox;

/// Microsoft's user principal name, an otherName.
pub(crate) const UPN: &str = "1.3.6.1.4.1.311.20.2.3";

/// One alternative name, checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum AltName {
    /// A DNS name in A-labels, perhaps with `*` as its first label.
    Dns(String),
    /// An IP address.
    Ip(IpAddr),
    /// An e-mail address (rfc822Name).
    Email(String),
    /// A URI with its scheme.
    Uri(String),
    /// A user principal name, by which Windows logs people on.
    Upn(String),
    /// Another kind of name: its OID, and its value in DER.
    Other(OtherName),
    /// A registered ID.
    RegisteredId(ObjectIdentifier),
    /// A directory name: the DER of a `Name`.
    Directory(Vec<u8>),
}

/// An otherName (RFC 5280 section 4.2.1.6).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct OtherName {
    oid: ObjectIdentifier,
    value: Vec<u8>,
}

impl AltName {
    /// What the text is: an IP address (IPv6 also in brackets), a URI, an e-mail address, else a DNS name.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidAltName`] when it is none of them.
    pub fn classify(text: &str) -> Result<Self> {
        if text.is_empty() {
            return Err(invalid("is empty; give a host name, an IP address, an e-mail address or a URI"));
        }
        refuse_openssl_prefix(text)?;
        let bracketed = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
        if let Ok(ip) = bracketed.unwrap_or(text).parse() {
            return Ok(Self::Ip(ip));
        }
        if bracketed.is_some() || looks_like_ipv6(text) {
            return Self::ip(text);
        }
        match (has_scheme_and_host(text), text.split_once(':'), text.as_bytes().contains(&b'@')) {
            (true, ..) => Self::uri(text),
            (_, Some((_, port)), false) if is_port(port) => {
                Err(invalid("has a port; a certificate names the host alone"))
            }
            (_, Some((scheme, _)), _) if is_scheme(scheme) => Self::uri(text),
            (_, _, true) => Self::email(text),
            _ => Self::dns(text),
        }
    }

    /// A DNS name; international ones are converted to A-labels (RFC 5891), one dot at the end is taken off.
    pub fn dns(text: &str) -> Result<Self> {
        if text.parse::<IpAddr>().is_ok() {
            return Err(invalid("is an IP address, not a DNS name; give it as { ip }"));
        }
        let (wildcard, name) = match text.strip_prefix("*.") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let name = host(name.strip_suffix('.').unwrap_or(name))?;
        if !wildcard {
            return Ok(Self::Dns(name));
        }
        if !name.as_bytes().contains(&b'.') {
            return Err(invalid(
                "is a wildcard over a whole top-level domain; verifiers want two labels after `*.`",
            ));
        }
        if name.len() > 251 {
            return Err(invalid("is no host name: it is longer than 253 characters"));
        }
        Ok(Self::Dns(format!("*.{name}")))
    }

    /// An IPv4 or IPv6 address. Not with a zone (`%eth0`), which means nothing to another machine.
    pub fn ip(text: &str) -> Result<Self> {
        let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
        let fault = if bare.as_bytes().contains(&b'%') {
            "has a zone, which means nothing to another machine; leave the `%` and what follows away"
        } else {
            "is no IPv4 or IPv6 address"
        };
        bare.parse().map(Self::Ip).map_err(|_| invalid(fault))
    }

    /// An e-mail address. ASCII before the `@` (rfc822Name holds no other); the domain is converted to A-labels.
    pub fn email(text: &str) -> Result<Self> {
        mailbox(text).map(Self::Email)
    }

    /// A URI with a scheme and no spaces (RFC 3986), such as a SPIFFE ID. `//` must be followed by a host, as RFC 5280
    /// section 4.2.1.6 wants.
    pub fn uri(text: &str) -> Result<Self> {
        let uri = parsed_uri(text)?;
        if uri.authority().is_some_and(|authority| authority.host().is_empty()) {
            return Err(invalid("is a URI without a host behind the `//`"));
        }
        Ok(Self::Uri(text.to_owned()))
    }

    /// A user principal name: `amy@corp.example`, in whatever script.
    pub fn upn(text: &str) -> Result<Self> {
        let named = text.split_once('@').is_some_and(|(user, domain)| {
            !user.is_empty() && !domain.is_empty() && !domain.as_bytes().contains(&b'@')
        });
        if !named || text.chars().any(|c| c.is_control() || c.is_whitespace()) {
            return Err(invalid("is no user principal name; write it as amy@corp.example"));
        }
        if text.len() > 1024 {
            return Err(invalid("is longer than the 1024 bytes that a user principal name may have"));
        }
        Ok(Self::Upn(text.to_owned()))
    }

    /// Another kind of name, by its OID and the DER of its value.
    pub fn other(oid: &str, value: &[u8]) -> Result<Self> {
        let oid = parse_oid(oid)?;
        if !asn1::is_one(value) {
            return Err(invalid("has a value that is not the DER of one thing"));
        }
        Ok(Self::Other(OtherName { oid, value: value.to_vec() }))
    }

    /// The mailbox of an otherName of that kind (RFC 9598 section 3), its domain in A-labels. What can't be read is a mailbox of no domain.
    pub(crate) fn internationalized_mailbox(&self) -> Option<String> {
        const SMTP_UTF8_MAILBOX: &[u64] = &[1, 3, 6, 1, 5, 5, 7, 8, 9];
        let Self::Other(other) = self else { return None };
        if other.oid.components().as_slice() != SMTP_UTF8_MAILBOX {
            return None;
        }
        let text = utf8_string(&other.value).unwrap_or_default();
        Some(match text.rsplit_once('@') {
            Some((local, domain)) => {
                format!("{local}@{}", host(domain).unwrap_or_else(|_| domain.to_owned()))
            }
            None => text.to_owned(),
        })
    }

    /// A registered ID, as `1.3.6.1.4.1.99999.1`.
    pub fn registered_id(text: &str) -> Result<Self> {
        parse_oid(text).map(Self::RegisteredId)
    }

    /// A directory name.
    pub fn directory(name: &Subject) -> Result<Self> {
        if name.is_empty() {
            return Err(invalid("is empty; give it an attribute"));
        }
        Ok(Self::Directory(name.to_der()))
    }

    /// The addresses by which `localhost` is called too.
    pub(crate) fn loopback() -> [Self; 2] {
        [Self::Ip(IpAddr::V4(Ipv4Addr::LOCALHOST)), Self::Ip(IpAddr::V6(Ipv6Addr::LOCALHOST))]
    }

    pub(crate) fn is_host(&self) -> bool {
        matches!(self, Self::Dns(_) | Self::Ip(_))
    }
}

/// Whether it is a URI that says where something is found, which may leave the host to whoever looks: `ldap:///CN=ca,DC=example`
/// (RFC 5280 sections 4.2.1.13 and 4.2.2.1).
pub(crate) fn check_location(text: &str) -> Result<()> {
    parsed_uri(text).map(|_| ())
}

fn parsed_uri(text: &str) -> Result<fluent_uri::Uri<&str>> {
    fluent_uri::Uri::parse(text)
        .map_err(|_| invalid("is no URI of RFC 3986, which begins with a scheme and is percent-encoded"))
}

impl fmt::Display for AltName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Dns(text) | Self::Email(text) | Self::Uri(text) | Self::Upn(text) => f.write_str(text),
            Self::Ip(ip) => write!(f, "{ip}"),
            Self::Other(other) => write!(f, "the otherName {}", other.oid),
            Self::RegisteredId(oid) => write!(f, "{oid}"),
            Self::Directory(der) => match NameDetails::of_der(der) {
                Some(name) => f.write_str(&name.text),
                None => f.write_str("a directory name"),
            },
        }
    }
}

/// Whether it holds `://`. Searching for more than a character is code of which a page would load a kilobyte for this alone.
pub(crate) fn has_scheme_and_host(text: &str) -> bool {
    text.as_bytes().windows(3).any(|three| three == b"://")
}

/// Whether a URI begins so that has no `//`.
fn is_scheme(text: &str) -> bool {
    ["urn", "tag", "did", "mailto", "sip", "sips"].iter().any(|scheme| text.eq_ignore_ascii_case(scheme))
}

/// The way in which OpenSSL's configuration and its `-text` write names. `URI:` would be taken for a scheme.
pub(crate) fn refuse_openssl_prefix(text: &str) -> Result<()> {
    const PREFIXES: &[&str] = &["DNS", "IP", "IP Address", "email", "URI"];
    match text.split_once(':') {
        Some((prefix, rest))
            if PREFIXES.iter().any(|one| prefix.eq_ignore_ascii_case(one)) && !is_port(rest) =>
        {
            Err(invalid(format!(
                "begins with `{prefix}:`, as OpenSSL writes names; give what stands behind it"
            )))
        }
        _ => Ok(()),
    }
}

/// Behind a host's name.
fn is_port(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn parse_oid(text: &str) -> Result<ObjectIdentifier> {
    oid::parse(text).ok_or_else(|| invalid("is no object identifier; write it as 1.3.6.1.4.1.99999.1"))
}

/// Hexadecimal digits and more than one colon, up to a zone.
fn looks_like_ipv6(text: &str) -> bool {
    let address = text.split('%').next().unwrap_or_default();
    let fitting = |c: char| c.is_ascii_hexdigit() || ":.[]".contains(c);
    address.matches(':').count() > 1 && address.chars().all(fitting)
}

fn invalid(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidAltName, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use x509_parser::prelude::{FromDer, GeneralName};

    #[test]
    fn classifies() {
        let dns = |text: &str| Ok(AltName::Dns(text.to_owned()));
        for (text, expected) in [
            ("localhost", dns("localhost")),
            ("Example.COM.", dns("example.com")),
            ("bücher.example", dns("xn--bcher-kva.example")),
            ("*.dev.example", dns("*.dev.example")),
            ("web_1", dns("web_1")),
            ("amy-client", dns("amy-client")),
            ("127.0.0.1", AltName::ip("127.0.0.1")),
            ("[::1]", AltName::ip("::1")),
            ("fe80::1", AltName::ip("fe80::1")),
            ("amy@bücher.example", Ok(AltName::Email("amy@xn--bcher-kva.example".to_owned()))),
            ("spiffe://a.example/amy", Ok(AltName::Uri("spiffe://a.example/amy".to_owned()))),
            ("urn:uuid:1", Ok(AltName::Uri("urn:uuid:1".to_owned()))),
            ("URN:uuid:1", Ok(AltName::Uri("URN:uuid:1".to_owned()))),
            ("https://a@b.example/", Ok(AltName::Uri("https://a@b.example/".to_owned()))),
        ] {
            assert_eq!(AltName::classify(text), expected, "{text}");
        }
    }

    #[test]
    fn says_what_is_wrong() {
        let message = |text| AltName::classify(text).unwrap_err().message().to_owned();
        assert!(message("fe80::1%eth0").contains("zone"));
        assert!(message("ex ample.com").contains("it holds a space"));
        assert!(message("localhost:3000").contains("port"));
        assert!(message("ip:3000").contains("port"));
        for text in [
            "DNS:localhost",
            "IP:127.0.0.1",
            "IP Address:::1",
            "email:a@b.example",
            "URI:https://b.example",
            "uri:urn:a:b",
        ] {
            assert!(message(text).contains("give what stands behind it"), "{text}");
        }
    }

    #[test]
    fn refuses() {
        let long = format!("{}.example", "a".repeat(64));
        for text in [
            "",
            " ",
            "ex ample.com",
            "a..b",
            "-a.example",
            "a-.example",
            "*",
            "*.com",
            "a.*.com",
            "*a.com",
            "1.2.3",
            "256.1.1.1",
            "0x7f000001",
            "127.0.0.0x1",
            "fe80::1%eth0",
            "[::1",
            "localhost:3000",
            "http://",
            "a/b",
            "@b.example",
            "a@",
            "xn--a.example",
            "Amy Smith",
            "a\0b",
            long.as_str(),
        ] {
            let error = AltName::classify(text).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::InvalidAltName, "{text}");
        }
    }

    #[test]
    fn the_kinds_that_no_text_is_taken_for() {
        let kinds = [
            (AltName::upn("amy@corp.example"), true),
            (AltName::upn("émile@corp.example"), true),
            (AltName::upn("amy"), false),
            (AltName::upn("amy@corp example"), false),
            (AltName::registered_id("1.2.3.4"), true),
            (AltName::registered_id("1.2.x"), false),
            (AltName::other("1.2.3", &[0x0c, 1, b'x']), true),
            (AltName::other("1.2.3", &[0x0c, 2, b'x']), false),
            (AltName::other("1", &[0x05, 0]), false),
            (AltName::directory(&Subject::common_name("x").unwrap()), true),
            (AltName::directory(&Subject::default()), false),
        ];
        for (name, good) in kinds {
            match name {
                Ok(name) => assert!(good, "{name:?}"),
                Err(error) => assert_eq!((error.kind(), good), (ErrorKind::InvalidAltName, false), "{error}"),
            }
        }
    }

    proptest! {
        /// Whatever is typed becomes a name that a certificate can hold and that is read back, or is refused.
        #[test]
        fn what_is_accepted_survives_a_certificate(text in "(\\PC{0,30}|[a-z0-9.:*@/_\\[\\]%-]{0,40})") {
            if let Ok(name) = AltName::classify(&text) {
                let der = general_name::to_der(&name);
                let (rest, read) = GeneralName::from_der(&der).unwrap();
                prop_assert!(rest.is_empty());
                prop_assert_eq!(AltName::from_general_name(&read), Ok(name.clone()));
                if let AltName::Dns(dns) = &name {
                    prop_assert!(dns.is_ascii() && !dns.is_empty() && dns.len() <= 253);
                    prop_assert!(dns.parse::<IpAddr>().is_err() && !dns.contains(['/', ':', ' ', '@']));
                }
            }
        }
    }
}
