//! Which hosts a certificate covers (RFC 9525): alternative names alone, a `*` for the first label.

use super::known::Known;
use super::reason::{Reason, VerificationCode as Code};
use super::{VerifyOptions, judge};
use crate::alt_name::AltName;

/// More names than this make no message better.
const SHOWN: usize = 10;

/// What is wrong where a host is asked for and is not covered.
pub(super) fn wrong(leaf: &Known<'_>, options: &VerifyOptions) -> Option<Reason> {
    let host = options.host.as_ref()?;
    let hosts = leaf.hosts();
    // Of what webpki can't read (v1, a critical extension), by us: then it is refused for that anyway.
    if judge::covers(leaf.der, host).unwrap_or_else(|| hosts.iter().any(|name| covers(name, host))) {
        return None;
    }
    let covers: Vec<String> = hosts.iter().map(ToString::to_string).collect();
    let message = match (covers.as_slice(), leaf.parsed.subject.iter_common_name().next()) {
        ([], Some(_)) => format!(
            "{}: covers no host, since it has no alternative names of hosts, and the common name does not count; issue it with {host} among them",
            leaf.name
        ),
        ([], None) => {
            format!("{}: covers no host; issue it with {host} among its alternative names", leaf.name)
        }
        (names, _) => {
            format!(
                "{}: does not cover {host}, only {}; call it by one of these, or issue it for {host} too",
                leaf.name,
                listed(names)
            )
        }
    };
    let reason = Reason::new(Code::WrongHost, &leaf.summary, message);
    Some(Reason { covers: Some(covers), ..reason })
}

fn covers(name: &AltName, host: &AltName) -> bool {
    match (name, host) {
        (AltName::Dns(name), AltName::Dns(host)) => match name.strip_prefix("*.") {
            Some(domain) => {
                host.split_once('.').is_some_and(|(label, rest)| !label.is_empty() && rest == domain)
            }
            None => name == host,
        },
        _ => name == host,
    }
}

/// `a, b and 3 more`.
pub(super) fn listed(names: &[String]) -> String {
    let shown: Vec<_> = names.iter().take(SHOWN).map(String::as_str).collect();
    match names.len().checked_sub(SHOWN) {
        Some(more) if more > 0 => format!("{} and {more} more", shown.join(", ")),
        _ => shown.join(", "),
    }
}
