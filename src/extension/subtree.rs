//! A subtree of the names of one kind (RFC 5280 section 4.2.1.10), and which names lie in it.

use std::borrow::Cow;
use std::net::IpAddr;

use x509_parser::extensions::GeneralName;
use x509_parser::prelude::{FromDer, X509Name};
use yasna::{DERWriter, Tag};

use crate::alt_name::{self, AltName};
use crate::error::{Error, ErrorKind, Result};
use crate::inspect::name::normalized;
use crate::name::{Subject, is_whole_der};

/// A part of the names of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subtree {
    /// A domain and all below it; empty for every DNS name. With a dot in front (as some tools write it), only what is below.
    Dns(String),
    /// A network: its address and the bits of its mask.
    Ip(IpAddr, u8),
    /// A mailbox (with `@`), all mailboxes of a host, or with a dot in front those of the hosts below a domain.
    Email(String),
    /// The host of a URI, or with a dot in front the hosts below a domain.
    Uri(String),
    /// A directory name and all below it: the DER of a `Name`.
    Directory(Vec<u8>),
    /// Another kind, found in a certificate: it can't be compared here.
    Other,
}

impl Subtree {
    /// What the text is: a network (`10.0.0.0/8`), an IP address, a mailbox, else a domain.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidAltName`].
    pub fn classify(text: &str) -> Result<Self> {
        alt_name::refuse_openssl_prefix(text)?;
        match text {
            "" => Err(invalid(
                "is empty; give a domain, a network such as 10.0.0.0/8, or { dns: \"\" } for every DNS name",
            )),
            _ if alt_name::has_scheme_and_host(text) => Err(invalid(
                "is a URL, of which constraints know the host alone; write { uri: \"example.com\" }",
            )),
            _ if text.as_bytes().contains(&b'/') || text.parse::<IpAddr>().is_ok() => Self::ip(text),
            _ if text.as_bytes().contains(&b'@') => Self::email(text),
            _ => Self::dns(text),
        }
    }

    /// A domain: `example.com` stands for itself and all below it.
    pub fn dns(text: &str) -> Result<Self> {
        if text.is_empty() {
            return Ok(Self::Dns(String::new()));
        }
        if text.starts_with('.') || text.starts_with('*') {
            return Err(invalid(
                "begins with a dot or `*`; a domain such as example.com stands for itself and all below it",
            ));
        }
        match AltName::dns(text)? {
            AltName::Dns(domain) => Ok(Self::Dns(domain)),
            _ => Err(invalid("is no domain")),
        }
    }

    /// A network, `10.0.0.0/8` or `2001:db8::/32`, or one address.
    pub fn ip(text: &str) -> Result<Self> {
        let wrong = || invalid("is no network; write it as 10.0.0.0/8 or 2001:db8::/32");
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| wrong())?;
        let bits = octets(address).len() * 8;
        let prefix = match prefix {
            Some(prefix) if !prefix.starts_with('+') => prefix.parse::<usize>().map_err(|_| wrong())?,
            Some(_) => return Err(wrong()),
            None => bits,
        };
        if prefix > bits {
            return Err(wrong());
        }
        let stray =
            octets(address).iter().zip(mask(bits / 8, prefix)).any(|(octet, mask)| octet & !mask != 0);
        if stray {
            return Err(invalid(
                "has bits of the address set behind the mask; write the network's own address",
            ));
        }
        Ok(Self::Ip(address, u8::try_from(prefix).unwrap_or(u8::MAX)))
    }

    /// A mailbox (`amy@example.com`), a host (`example.com`), or the hosts below a domain (`.example.com`).
    pub fn email(text: &str) -> Result<Self> {
        if text.as_bytes().contains(&b'@') {
            return match AltName::email(text)? {
                AltName::Email(mailbox) => Ok(Self::Email(mailbox)),
                _ => Err(invalid("is no mailbox")),
            };
        }
        host_or_below(text).map(Self::Email)
    }

    /// The host of a URI (`example.com`), or the hosts below a domain (`.example.com`).
    pub fn uri(text: &str) -> Result<Self> {
        if alt_name::has_scheme_and_host(text) {
            return Err(invalid(
                "is a whole URI; what is constrained is its host: give example.com or .example.com",
            ));
        }
        host_or_below(text).map(Self::Uri)
    }

    /// A directory name and all below it.
    pub fn directory(name: &Subject) -> Result<Self> {
        if name.is_empty() {
            return Err(invalid("is empty; give it an attribute"));
        }
        Ok(Self::Directory(name.to_der()))
    }

    pub(super) fn write(&self, writer: DERWriter<'_>) {
        let ia5 = |tag, text: &str, writer: DERWriter<'_>| {
            writer.write_tagged_implicit(Tag::context(tag), |writer| writer.write_ia5_string(text));
        };
        match self {
            Self::Email(text) => ia5(1, text, writer),
            Self::Dns(text) => ia5(2, text, writer),
            Self::Uri(text) => ia5(6, text, writer),
            Self::Directory(der) => alt_name::write(&AltName::Directory(der.clone()), writer),
            Self::Ip(address, prefix) => {
                let address = octets(*address);
                let all = [address.clone(), mask(address.len(), (*prefix).into())].concat();
                writer.write_tagged_implicit(Tag::context(7), |writer| writer.write_bytes(&all));
            }
            // Never made here.
            Self::Other => writer.write_null(),
        }
    }

    pub(super) fn from_general_name(name: &GeneralName<'_>) -> Option<Self> {
        Some(match name {
            GeneralName::DNSName(text) => Self::Dns(undotted(text).to_ascii_lowercase()),
            GeneralName::RFC822Name(text) => Self::Email(undotted(text).to_owned()),
            GeneralName::URI(text) => Self::Uri(undotted(text).to_ascii_lowercase()),
            GeneralName::DirectoryName(name) if !is_whole_der(name.as_raw()) => return None,
            GeneralName::DirectoryName(name) => Self::Directory(name.as_raw().to_vec()),
            GeneralName::IPAddress(bytes) => {
                let (address, mask) = bytes.split_at_checked(bytes.len() / 2)?;
                let prefix: u32 = mask.iter().map(|octet| octet.leading_ones()).sum();
                let contiguous = self::mask(mask.len(), prefix as usize) == mask;
                let address = alt_name::ip_from_bytes(address).filter(|_| contiguous)?;
                Self::Ip(address, u8::try_from(prefix).ok()?)
            }
            GeneralName::Invalid(..) => return None,
            _ => Self::Other,
        })
    }

    /// Whether it is about names of this kind. What can't be compared is about all of the kinds that have no other.
    pub(super) fn concerns(&self, name: &AltName) -> bool {
        match name {
            AltName::Dns(_) => matches!(self, Self::Dns(_)),
            AltName::Ip(_) => matches!(self, Self::Ip(..)),
            AltName::Email(_) => matches!(self, Self::Email(_)),
            AltName::Uri(_) => matches!(self, Self::Uri(_)),
            AltName::Directory(_) => matches!(self, Self::Directory(_)),
            AltName::Upn(_) | AltName::Other(_) | AltName::RegisteredId(_) => matches!(self, Self::Other),
        }
    }

    pub(super) fn holds(&self, name: &AltName) -> bool {
        match (self, name) {
            (Self::Dns(base), AltName::Dns(name)) => dns_holds(base, name),
            (Self::Ip(base, prefix), AltName::Ip(ip)) => {
                let (base, ip) = (octets(*base), octets(*ip));
                base.len() == ip.len()
                    && base
                        .iter()
                        .zip(&ip)
                        .zip(mask(ip.len(), (*prefix).into()))
                        .all(|((a, b), mask)| a & mask == b & mask)
            }
            (Self::Email(base), AltName::Email(mailbox)) => {
                match (base.rsplit_once('@'), mailbox.rsplit_once('@')) {
                    (Some((user, host)), Some((their_user, their_host))) => {
                        user == their_user && host.eq_ignore_ascii_case(undotted(their_host))
                    }
                    (None, Some((_, host))) => host_holds(base, host),
                    _ => false,
                }
            }
            (Self::Uri(base), AltName::Uri(uri)) => host_of(uri).is_some_and(|host| host_holds(base, &host)),
            (Self::Directory(base), AltName::Directory(name)) => directory_holds(base, name),
            _ => false,
        }
    }

    /// Whether an excluded one refuses the name: one that can't be compared does.
    pub(super) fn excludes(&self, name: &AltName) -> bool {
        let wildcard_over = |base: &str, name: &str| {
            // `*.example.com` can be the excluded `a.example.com`.
            let parent = base.split_once('.').map(|(_, parent)| parent);
            name.strip_prefix("*.").is_some_and(|below| parent == Some(below))
        };
        match (self, name) {
            (Self::Other, _) => self.concerns(name),
            (Self::Dns(base), AltName::Dns(name)) => dns_holds(base, name) || wildcard_over(base, name),
            (Self::Uri(_), AltName::Uri(uri)) => host_of(uri).is_none() || self.holds(name),
            _ => self.holds(name),
        }
    }

    pub(super) fn show(&self) -> String {
        match self {
            Self::Dns(text) if text.is_empty() => "every DNS name".to_owned(),
            Self::Dns(text) | Self::Email(text) | Self::Uri(text) => text.clone(),
            Self::Ip(address, prefix) => format!("{address}/{prefix}"),
            Self::Directory(der) => AltName::Directory(der.clone()).to_string(),
            Self::Other => "names of a kind that can't be compared here".to_owned(),
        }
    }
}

/// A host that is a domain name, or `.` and a domain.
fn host_or_below(text: &str) -> Result<String> {
    let (dot, host) = match text.strip_prefix('.') {
        Some(domain) => (".", domain),
        None => ("", text),
    };
    match AltName::dns(host)? {
        AltName::Dns(host) if !host.starts_with('*') => Ok(format!("{dot}{host}")),
        _ => Err(invalid("is no host or domain")),
    }
}

fn dns_holds(base: &str, name: &str) -> bool {
    match base.strip_prefix('.') {
        _ if base.is_empty() => true,
        Some(domain) => is_below(domain, name),
        None => name.eq_ignore_ascii_case(base) || is_below(base, name),
    }
}

/// Without the dot that stands for the root, which changes nothing of what a name is.
fn undotted(name: &str) -> &str {
    name.strip_suffix('.').unwrap_or(name)
}

fn host_holds(base: &str, host: &str) -> bool {
    let host = undotted(host);
    match base.strip_prefix('.') {
        Some(domain) => is_below(domain, host),
        None => host.eq_ignore_ascii_case(base),
    }
}

fn is_below(domain: &str, name: &str) -> bool {
    let (domain, name) = (domain.to_ascii_lowercase(), name.to_ascii_lowercase());
    name.strip_suffix(&domain).is_some_and(|rest| rest.ends_with('.') && rest.len() > 1)
}

/// The domain name of a URI's host. One without, or with an IP address, is under no constraint's roof.
fn host_of(uri: &str) -> Option<String> {
    let parsed = fluent_uri::Uri::parse(uri).ok()?;
    match AltName::dns(parsed.authority()?.host()) {
        Ok(AltName::Dns(host)) => Some(host),
        _ => None,
    }
}

/// RFC 5280 section 7.1: relative names from the top, compared without regard to case and runs of spaces.
fn directory_holds(base: &[u8], name: &[u8]) -> bool {
    let (Ok((_, base)), Ok((_, name))) = (X509Name::from_der(base), X509Name::from_der(name)) else {
        return false;
    };
    let (base, name) = (normalized(&base), normalized(&name));
    name.starts_with(&base)
}

fn octets(address: IpAddr) -> Vec<u8> {
    match address {
        IpAddr::V4(ip) => ip.octets().to_vec(),
        IpAddr::V6(ip) => ip.octets().to_vec(),
    }
}

/// So many octets with the first `prefix` bits set.
pub(super) fn mask(length: usize, prefix: usize) -> Vec<u8> {
    let octet = |index: usize| match prefix.saturating_sub(index * 8) {
        0 => 0,
        bits @ 1..=7 => !(0xff_u8 >> bits),
        _ => 0xff,
    };
    (0..length).map(octet).collect()
}

fn invalid(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidAltName, message)
}
