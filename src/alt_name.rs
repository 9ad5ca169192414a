//! Alternative names (RFC 5280 section 4.2.1.6): what a certificate's holder is called by.
//!
//! A text is classified; what is none of the kinds is refused. An IP address, a URL or an empty text never gets into a
//! DNS name: verifiers refuse the certificate then, and say only that the name does not match.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use rcgen::SanType;
use serde::Serialize;
use x509_parser::extensions::GeneralName;

use crate::error::{Error, ErrorKind, Result};

/// One alternative name, checked.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AltName {
    /// A DNS name in A-labels, perhaps with `*` as its first label.
    Dns(String),
    /// An IP address.
    Ip(IpAddr),
    /// An e-mail address (rfc822Name).
    Email(String),
    /// A URI with its scheme.
    Uri(String),
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
        let bracketed = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
        if let Ok(ip) = bracketed.unwrap_or(text).parse() {
            return Ok(Self::Ip(ip));
        }
        if bracketed.is_some() || looks_like_ipv6(text) {
            return Self::ip(text);
        }
        match (text.contains("://"), text.split_once(':'), text.contains('@')) {
            (true, ..) => Self::uri(text),
            (_, Some((_, port)), false)
                if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                Err(invalid("has a port; a certificate names the host alone"))
            }
            (_, Some(("urn" | "tag" | "did" | "mailto" | "sip" | "sips", _)), _) => Self::uri(text),
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
        if !name.contains('.') {
            return Err(invalid(
                "is a wildcard over a whole top-level domain; verifiers want two labels after `*.`",
            ));
        }
        Ok(Self::Dns(format!("*.{name}")))
    }

    /// An IPv4 or IPv6 address. Not with a zone (`%eth0`), which means nothing to another machine.
    pub fn ip(text: &str) -> Result<Self> {
        let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
        let fault = if bare.contains('%') {
            "has a zone, which means nothing to another machine; leave the `%` and what follows away"
        } else {
            "is no IPv4 or IPv6 address"
        };
        bare.parse().map(Self::Ip).map_err(|_| invalid(fault))
    }

    /// An e-mail address. ASCII before the `@` (rfc822Name holds no other); the domain is converted to A-labels.
    pub fn email(text: &str) -> Result<Self> {
        let (local, domain) =
            text.rsplit_once('@').ok_or_else(|| invalid("is no e-mail address: it has no `@`"))?;
        let address = format!("{local}@{}", host(domain)?);
        if !address.is_ascii() || !email_address::EmailAddress::is_valid(&address) {
            return Err(invalid("is no e-mail address"));
        }
        Ok(Self::Email(address))
    }

    /// A URI with a scheme and no spaces (RFC 3986), such as a SPIFFE ID. `//` must be followed by a host, as RFC 5280
    /// section 4.2.1.6 wants.
    pub fn uri(text: &str) -> Result<Self> {
        match fluent_uri::Uri::parse(text) {
            Ok(uri) if uri.authority().is_some_and(|authority| authority.host().is_empty()) => {
                Err(invalid("is a URI without a host behind the `//`"))
            }
            Ok(_) => Ok(Self::Uri(text.to_owned())),
            Err(_) => {
                Err(invalid("is no URI of RFC 3986, which begins with a scheme and is percent-encoded"))
            }
        }
    }

    /// The addresses by which `localhost` is called too.
    pub(crate) fn loopback() -> [Self; 2] {
        [Self::Ip(IpAddr::V4(Ipv4Addr::LOCALHOST)), Self::Ip(IpAddr::V6(Ipv6Addr::LOCALHOST))]
    }

    pub(crate) fn is_host(&self) -> bool {
        matches!(self, Self::Dns(_) | Self::Ip(_))
    }

    /// A name that a request asks for, checked as if the caller had given it.
    pub(crate) fn from_general_name(name: &GeneralName<'_>) -> Result<Self> {
        match name {
            GeneralName::DNSName(text) => Self::dns(text),
            GeneralName::RFC822Name(text) => Self::email(text),
            GeneralName::URI(text) => Self::uri(text),
            GeneralName::IPAddress(bytes) => ip_from_bytes(bytes)
                .map(Self::Ip)
                .ok_or_else(|| invalid("asks for an IP address that is neither 4 nor 16 bytes long")),
            _ => Err(invalid(
                "asks for an alternative name that is no DNS name, IP address, e-mail address or URI; give altNames instead",
            )),
        }
    }

    pub(crate) fn to_san_type(&self) -> Result<SanType> {
        let internal = |_| Error::new(ErrorKind::Internal, "a checked name was refused by the encoder");
        Ok(match self {
            Self::Dns(text) => SanType::DnsName(text.as_str().try_into().map_err(internal)?),
            Self::Ip(ip) => SanType::IpAddress(*ip),
            Self::Email(text) => SanType::Rfc822Name(text.as_str().try_into().map_err(internal)?),
            Self::Uri(text) => SanType::URI(text.as_str().try_into().map_err(internal)?),
        })
    }
}

pub(crate) fn ip_from_bytes(bytes: &[u8]) -> Option<IpAddr> {
    let v4 = <[u8; 4]>::try_from(bytes).map(IpAddr::from);
    v4.or_else(|_| <[u8; 16]>::try_from(bytes).map(IpAddr::from)).ok()
}

/// A host name in A-labels: labels of letters, digits, hyphens (and underscores, which container networks use), at most
/// 63 characters each and 253 together (RFC 1035 section 2.3.4), not all digits at the end.
fn host(text: &str) -> Result<String> {
    if text.is_empty() {
        return Err(invalid("is empty; give a host name"));
    }
    if let Some(bad) = text.chars().find(|c| c.is_whitespace() || "/\\?#@:*[]%".contains(*c)) {
        let bad = if bad.is_whitespace() { "a space".to_owned() } else { format!("`{bad}`") };
        return Err(invalid(format!("is no host name: it holds {bad}")));
    }
    let ascii = if text.is_ascii() && !has_a_label(text) {
        text.to_ascii_lowercase()
    } else {
        idna::domain_to_ascii(text)
            .map_err(|_| invalid("is no host name: it can't be converted to A-labels (IDNA)"))?
    };
    let labels: Vec<&str> = ascii.split('.').collect();
    for label in &labels {
        let bytes = label.as_bytes();
        let characters = bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte));
        let ends = bytes.first() != Some(&b'-') && bytes.last() != Some(&b'-');
        if label.is_empty() {
            return Err(invalid("is no host name: a label between two dots is empty"));
        }
        if label.len() > 63 {
            return Err(invalid("is no host name: a label is longer than 63 characters"));
        }
        if !characters || !ends {
            return Err(invalid(
                "is no host name: a label may hold letters, digits and hyphens, with no hyphen at its ends",
            ));
        }
    }
    if ascii.len() > 253 {
        return Err(invalid("is no host name: it is longer than 253 characters"));
    }
    if labels.last().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit())) {
        return Err(invalid(
            "is no host name: its last label is a number; an IPv4 address has four parts up to 255",
        ));
    }
    Ok(ascii)
}

fn has_a_label(text: &str) -> bool {
    text.split('.').any(|label| label.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("xn--")))
}

/// Hexadecimal digits and more than one colon, up to a zone.
fn looks_like_ipv6(text: &str) -> bool {
    let address = text.split('%').next().unwrap_or_default();
    let fitting = |c: char| c.is_ascii_hexdigit() || ":.[]".contains(c);
    address.matches(':').count() > 1 && address.chars().all(fitting)
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidAltName, message)
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
