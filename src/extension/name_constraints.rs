//! Name constraints (RFC 5280 section 4.2.1.10): which names an authority may sign for.
//!
//! They are written on an authority, and obeyed when issuing under one: a verifier refuses the chain otherwise, and says only
//! that a constraint is violated. What is compared how is told by each kind below; a kind that can't be compared is refused
//! where the authority constrains it.

use std::net::IpAddr;

use x509_parser::extensions::{GeneralName, GeneralSubtree, NameConstraints as Parsed, ParsedExtension};
use x509_parser::prelude::{FromDer, X509Name};
use yasna::{DERWriter, Tag};

use crate::alt_name::{self, AltName};
use crate::asn1;
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

/// What may be signed for: something permitted of each kind that is listed there, and nothing excluded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameConstraints {
    permitted: Vec<Subtree>,
    excluded: Vec<Subtree>,
}

impl Subtree {
    /// What the text is: a network (`10.0.0.0/8`), an IP address, a mailbox, else a domain.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidAltName`].
    pub fn classify(text: &str) -> Result<Self> {
        match text {
            "" => Err(invalid(
                "is empty; give a domain, a network such as 10.0.0.0/8, or { dns: \"\" } for every DNS name",
            )),
            _ if text.contains('/') || text.parse::<IpAddr>().is_ok() => Self::ip(text),
            _ if text.contains('@') => Self::email(text),
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
        if text.contains('@') {
            return match AltName::email(text)? {
                AltName::Email(mailbox) => Ok(Self::Email(mailbox)),
                _ => Err(invalid("is no mailbox")),
            };
        }
        host_or_below(text).map(Self::Email)
    }

    /// The host of a URI (`example.com`), or the hosts below a domain (`.example.com`).
    pub fn uri(text: &str) -> Result<Self> {
        if text.contains("://") {
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

    fn write(&self, writer: DERWriter<'_>) {
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

    fn from_general_name(name: &GeneralName<'_>) -> Option<Self> {
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
    fn concerns(&self, name: &AltName) -> bool {
        match name {
            AltName::Dns(_) => matches!(self, Self::Dns(_)),
            AltName::Ip(_) => matches!(self, Self::Ip(..)),
            AltName::Email(_) => matches!(self, Self::Email(_)),
            AltName::Uri(_) => matches!(self, Self::Uri(_)),
            AltName::Directory(_) => matches!(self, Self::Directory(_)),
            AltName::Upn(_) | AltName::Other(_) | AltName::RegisteredId(_) => matches!(self, Self::Other),
        }
    }

    fn holds(&self, name: &AltName) -> bool {
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
    fn excludes(&self, name: &AltName) -> bool {
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

    fn show(&self) -> String {
        match self {
            Self::Dns(text) if text.is_empty() => "every DNS name".to_owned(),
            Self::Dns(text) | Self::Email(text) | Self::Uri(text) => text.clone(),
            Self::Ip(address, prefix) => format!("{address}/{prefix}"),
            Self::Directory(der) => AltName::Directory(der.clone()).to_string(),
            Self::Other => "names of a kind that can't be compared here".to_owned(),
        }
    }
}

impl NameConstraints {
    /// Constraints of at least one subtree.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`] when there is none.
    pub fn new(permitted: Vec<Subtree>, excluded: Vec<Subtree>) -> Result<Self> {
        if permitted.is_empty() && excluded.is_empty() {
            let message = "is empty; list what is permitted or excluded, or leave it out";
            return Err(Error::new(ErrorKind::InvalidOption, message));
        }
        Ok(Self { permitted, excluded })
    }

    pub(crate) fn to_der(&self) -> Vec<u8> {
        let subtrees = |writer: DERWriter<'_>, tag, subtrees: &[Subtree]| {
            writer.write_tagged_implicit(Tag::context(tag), |writer| {
                writer.write_sequence(|writer| {
                    for subtree in subtrees {
                        writer.next().write_sequence(|writer| subtree.write(writer.next()));
                    }
                });
            });
        };
        yasna::construct_der(|writer| {
            writer.write_sequence(|writer| {
                for (tag, list) in [(0, &self.permitted), (1, &self.excluded)] {
                    if !list.is_empty() {
                        subtrees(writer.next(), tag, list);
                    }
                }
            });
        })
    }

    /// Whether x509-parser passed over constraints that it could not read: it takes them for absent.
    pub(crate) fn are_lost(value: &[u8], parsed: &ParsedExtension<'_>) -> bool {
        let ParsedExtension::NameConstraints(constraints) = parsed else { return false };
        let subtrees = [(0, &constraints.permitted_subtrees), (1, &constraints.excluded_subtrees)];
        let read: Vec<u32> =
            subtrees.iter().filter(|(_, list)| list.is_some()).map(|(tag, _)| *tag).collect();
        let whole = asn1::whole(value).and_then(|whole| asn1::all(whole.data));
        whole.is_none_or(|all| read.is_empty() || all.iter().map(|one| one.tag().0).ne(read))
    }

    /// As they stand in a certificate. `None` when a part of them can't be read.
    pub(crate) fn from_parsed(parsed: &Parsed<'_>) -> Option<Self> {
        let read = |subtrees: &Option<Vec<GeneralSubtree<'_>>>| -> Option<Vec<Subtree>> {
            subtrees.iter().flatten().map(|subtree| Subtree::from_general_name(&subtree.base)).collect()
        };
        Some(Self {
            permitted: read(&parsed.permitted_subtrees)?,
            excluded: read(&parsed.excluded_subtrees)?,
        })
    }

    /// Whether a certificate with this name may be signed.
    ///
    /// # Errors
    /// [`ErrorKind::NameConstraints`], with the name and what stands against it.
    pub(crate) fn allow(&self, name: &AltName) -> Result<()> {
        let refuse = |why: String| {
            let message = format!("holds {name}, which the authority may not sign for: {why}");
            Err(Error::new(ErrorKind::NameConstraints, message))
        };
        if let Some(subtree) = self.excluded.iter().find(|subtree| subtree.excludes(name)) {
            return refuse(format!("its name constraints exclude {}", subtree.show()));
        }
        let permitted: Vec<_> = self.permitted.iter().filter(|subtree| subtree.concerns(name)).collect();
        if permitted.is_empty() || permitted.iter().any(|subtree| subtree.holds(name)) {
            return Ok(());
        }
        let shown: Vec<_> = permitted.iter().map(|subtree| subtree.show()).collect();
        refuse(format!("its name constraints permit only {}", shown.join(", ")))
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
fn mask(length: usize, prefix: usize) -> Vec<u8> {
    let octet = |index: usize| match prefix.saturating_sub(index * 8) {
        0 => 0,
        bits @ 1..=7 => !(0xff_u8 >> bits),
        _ => 0xff,
    };
    (0..length).map(octet).collect()
}

fn invalid(message: &str) -> Error {
    Error::new(ErrorKind::InvalidAltName, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn constraints(permitted: &[&str], excluded: &[&str]) -> NameConstraints {
        let read = |list: &[&str]| list.iter().map(|text| Subtree::classify(text).unwrap()).collect();
        NameConstraints::new(read(permitted), read(excluded)).unwrap()
    }

    fn allows(constraints: &NameConstraints, name: &str) -> bool {
        constraints.allow(&AltName::classify(name).unwrap()).is_ok()
    }

    #[test]
    fn domains() {
        let one = constraints(&["example.com"], &["secret.example.com"]);
        for (name, expected) in [
            ("example.com", true),
            ("a.example.com", true),
            ("*.a.example.com", true),
            ("badexample.com", false),
            ("example.org", false),
            ("secret.example.com", false),
            ("x.secret.example.com", false),
            ("*.example.com", false),
            // Another kind is not concerned.
            ("10.0.0.1", true),
            ("amy@example.org", true),
        ] {
            assert_eq!(allows(&one, name), expected, "{name}");
        }
        let none = NameConstraints::new(vec![], vec![Subtree::dns("").unwrap()]).unwrap();
        assert!(!allows(&none, "localhost") && allows(&none, "::1"));
    }

    #[test]
    fn networks_mailboxes_and_uris() {
        let networks = constraints(&["10.0.0.0/8", "2001:db8::/32"], &["10.1.0.0/16"]);
        for (name, expected) in [
            ("10.2.3.4", true),
            ("11.0.0.1", false),
            ("10.1.2.3", false),
            ("2001:db8::1", true),
            ("::1", false),
        ] {
            assert_eq!(allows(&networks, name), expected, "{name}");
        }
        let only_v4 = constraints(&["10.0.0.0/8"], &[]);
        assert!(!allows(&only_v4, "::1"));
        let mail = NameConstraints::new(
            vec![Subtree::email("example.com").unwrap(), Subtree::email(".corp.example").unwrap()],
            vec![Subtree::email("root@example.com").unwrap()],
        )
        .unwrap();
        for (name, expected) in [
            ("amy@example.com", true),
            ("amy@a.example.com", false),
            ("amy@a.corp.example", true),
            ("amy@corp.example", false),
            ("root@example.com", false),
        ] {
            assert_eq!(allows(&mail, name), expected, "{name}");
        }
        let uris = NameConstraints::new(vec![Subtree::uri("a.example").unwrap()], vec![]).unwrap();
        assert!(allows(&uris, "spiffe://a.example/amy"));
        assert!(!allows(&uris, "spiffe://b.a.example/amy") && !allows(&uris, "urn:uuid:1"));
        let excluded = NameConstraints::new(vec![], vec![Subtree::uri("evil.example").unwrap()]).unwrap();
        for uri in
            ["https://evil.example/x", "https://evil.example./x", "https://EVIL.example/", "urn:uuid:1"]
        {
            assert!(!allows(&excluded, uri), "{uri}");
        }
        assert!(allows(&excluded, "https://good.example/"));
    }

    #[test]
    fn directory_names_by_their_top() {
        let subject = |text| Subject::parse(text).unwrap();
        let one =
            NameConstraints::new(vec![Subtree::directory(&subject("O=Example  Inc,C=DE")).unwrap()], vec![])
                .unwrap();
        let allows = |text| one.allow(&AltName::directory(&subject(text)).unwrap()).is_ok();
        assert!(allows("CN=amy,O=example inc,C=DE"));
        assert!(!allows("CN=amy,O=Other,C=DE") && !allows("CN=amy"));
    }

    #[test]
    fn what_is_no_subtree() {
        for bad in
            ["", ".example.com", "*.example.com", "10.0.0.0/33", "10.0.0.1/8", "x/8", "10.0.0.0/+8", "a b"]
        {
            assert_eq!(Subtree::classify(bad).unwrap_err().kind(), ErrorKind::InvalidAltName, "{bad}");
        }
        assert!(Subtree::uri("https://a.example/").is_err());
        assert!(NameConstraints::new(vec![], vec![]).is_err());
    }

    proptest! {
        /// What is written is read back the same.
        #[test]
        fn networks_round_trip(address in any::<[u8; 16]>(), v6 in any::<bool>(), prefix in 0_usize..=128) {
            let length = if v6 { 16 } else { 4 };
            let prefix = prefix.min(length * 8);
            let masked: Vec<u8> = address.iter().zip(mask(length, prefix)).map(|(a, m)| a & m).collect();
            let ip = alt_name::ip_from_bytes(&masked).unwrap();
            let made = constraints(&[&format!("{ip}/{prefix}")], &[]);
            let der = made.to_der();
            let (_, parsed) = Parsed::from_der(&der).unwrap();
            prop_assert_eq!(NameConstraints::from_parsed(&parsed), Some(made));
        }
    }
}
