//! Name constraints (RFC 5280 section 4.2.1.10) of an authority against the names of those below it.

use super::known::Known;
use super::reason::{Reason, VerificationCode as Code};
use crate::alt_name::AltName;
use crate::extension::NameConstraints;
use crate::inspect::NameDetails;
use crate::name;
use crate::parsed::Meaning;

/// Names times constraints: a hundred of each is much, and a chain made to be slow has thousands.
const MAX_COMPARISONS: usize = 20_000;

/// What of the names below the authority does not allow.
pub(super) fn violations(authority: &Known<'_>, below: &[&Known<'_>]) -> Vec<Reason> {
    let Some(extension) = authority.extension("2.5.29.30") else { return Vec::new() };
    let unreadable = || {
        let message =
            format!("{}: has name constraints that can't be read, and they must be obeyed", authority.name);
        vec![Reason::new(Code::Malformed, &authority.summary, message)]
    };
    let Meaning::NameConstraints(parsed) = &extension.meaning else { return unreadable() };
    let Some(constraints) = NameConstraints::from_parsed(parsed) else { return unreadable() };
    let subtrees = parsed.permitted.len() + parsed.excluded.len();
    let mut reasons = Vec::new();
    for (place, one) in below.iter().enumerate() {
        if one.general_names().len().saturating_mul(subtrees) > MAX_COMPARISONS {
            let message = format!(
                "{}: has too many names for the {subtrees} name constraints of {} to be compared; issue one with fewer",
                one.name, authority.name
            );
            reasons.push(Reason::new(Code::TooComplex, &one.summary, message));
        } else if let Some(error) =
            names(one, place == 0).iter().find_map(|name| constraints.allow(name).err())
        {
            // One for each certificate: a fleet's would fill pages.
            let message = format!("{}: {} ({})", one.name, error.message(), authority.name);
            reasons.push(Reason::new(Code::NameConstraints, &one.summary, message));
        }
    }
    reasons
}

/// Of a leaf that lists no DNS name, for OpenSSL and Java the common names too that look like one.
fn names(certificate: &Known<'_>, is_leaf: bool) -> Vec<AltName> {
    let subject = &certificate.parsed.subject;
    let directory =
        (!name::is_empty_der(subject.as_raw())).then(|| AltName::Directory(subject.as_raw().to_vec()));
    let details = NameDetails::new(subject);
    let mailboxes = details.attributes.iter().filter(|one| one.r#type == "emailAddress");
    let mailboxes = mailboxes.map(|one| AltName::Email(one.value.clone()));
    let listed: Vec<_> =
        certificate.general_names().iter().filter_map(|name| AltName::from_general_name(name).ok()).collect();
    let counts = is_leaf && !listed.iter().any(|name| matches!(name, AltName::Dns(_)));
    let common_names = details.attributes.iter().filter(|one| counts && one.r#type == "commonName");
    let hosts: Vec<_> = common_names
        .filter(|one| one.value.contains('.'))
        .filter_map(|one| AltName::dns(&one.value).ok())
        .collect();
    listed.into_iter().chain(mailboxes).chain(hosts).chain(directory).collect()
}
