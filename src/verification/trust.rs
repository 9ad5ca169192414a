//! Where a way ends that leads to nothing that is trusted.

use super::graph::{Pool, identifiers_differ, keys_differ};
use super::host::listed;
use super::known::Known;
use super::reason::{Reason, VerificationCode as Code};

/// Why the way leads no further than this certificate, which is not trusted.
pub(super) fn missing(pool: &Pool<'_>, last: &Known<'_>, is_leaf: bool) -> Reason {
    let mut trusted: Vec<String> = pool.trusted().map(|one| one.name.clone()).collect();
    trusted.dedup();
    let only = if trusted.is_empty() { "nothing".to_owned() } else { listed(&trusted) };
    let name = &last.name;
    let is_named = |one: &&Known<'_>| one.subject_key == last.issuer_key && one.der != last.der;
    let namesake = pool.all.iter().find(is_named).filter(|one| identifiers_differ(last, one));
    let (code, message) = match namesake {
        Some(_) if last.is_self_issued() => (
            Code::UntrustedRoot,
            format!(
                "is not the {name} that is trusted here: the key is another, as if it had been made anew; trust this one's certificate, or issue again under the other"
            ),
        ),
        Some(other) => (
            Code::UnknownIssuer,
            format!(
                "is issued by a {} whose {what} is not that of the {0} given here, as if that had been made anew; give the certificate of the one that issued it, or issue it again",
                other.name,
                what = if keys_differ(last, other) { "key" } else { "serial number or issuer" },
            ),
        ),
        None if last.is_self_issued() && is_leaf => (
            Code::SelfSigned,
            format!(
                "has signed itself, and only {only} is trusted here; have it signed by that, or trust it itself"
            ),
        ),
        None if last.is_self_issued() => (
            Code::UntrustedRoot,
            format!(
                "is the root of this chain, but only {only} is trusted here; trust {name}, if that is meant"
            ),
        ),
        None if pool.trusted().any(|one| one.der == last.der) => (
            Code::UnknownIssuer,
            format!(
                "is trusted itself, but is not self-signed, and counts for nothing without its issuer; trust {}",
                last.issuer_name
            ),
        ),
        None => (
            Code::UnknownIssuer,
            format!(
                "is issued by {issuer}, but only {only} is trusted here; trust {issuer}, or, if it is an intermediate, add its certificate to the chain",
                issuer = last.issuer_name
            ),
        ),
    };
    Reason::new(code, &last.summary, format!("{name}: {message}"))
}
