//! Everything that is wrong with the certificates of one way, each looked at in its place: what webpki checks, so that all of it is
//! told at once, and what it leaves out.

use super::graph::{Graph, Link, Path, Pool, identifiers_differ};
use super::known::Known;
use super::reason::{Reason, VerificationCode as Code};
use super::{Purpose, VerifyOptions, constrained, revocation, trust};
use crate::date;
use crate::error::ErrorKind;
use crate::extension::ExtendedKeyUsage;
use crate::inspect::PublicKeyDetails;
use crate::name;
use crate::parsed::{KeyUsageBits, Meaning, Purposes};
use crate::signature::{self, Scheme};

pub(super) const KEY_USAGE: &str = "2.5.29.15";
pub(super) const BASIC_CONSTRAINTS: &str = "2.5.29.19";
pub(super) const NAME_CONSTRAINTS: &str = "2.5.29.30";
pub(super) const STRICT: &str =
    "strict verifiers (Python 3.13, `openssl verify -x509_strict`) refuse that, so have it issued anew";

/// What an examination takes.
pub(super) struct Examination<'e, 'p, 'a> {
    pub pool: &'p Pool<'a>,
    pub graph: &'e Graph<'p, 'a>,
    pub options: &'e VerifyOptions,
    pub lists: &'e revocation::Lists<'e>,
}

/// A certificate in its place.
pub(super) struct Placed<'k, 'a> {
    pub known: &'k Known<'a>,
    pub is_anchor: bool,
    pub reasons: Vec<Reason>,
}

impl Examination<'_, '_, '_> {
    /// All that is wrong, from the leaf upwards.
    pub(super) fn reasons(&self, path: &Path) -> Vec<Reason> {
        let mut known: Vec<(usize, &Known<'_>)> =
            path.iter().filter_map(|index| Some((*index, self.pool.get(*index)?))).collect();
        let whole = known.last().is_some_and(|(index, _)| self.pool.is_trusted(*index));
        // A self-signed certificate that is trusted itself is looked at as a leaf alone.
        let alone = matches!(known.as_slice(), [(_, leaf), (_, anchor)] if leaf.der == anchor.der);
        if alone {
            known.truncate(1);
        }
        let certificates: Vec<&Known<'_>> = known.iter().map(|(_, one)| *one).collect();
        let mut reasons = Vec::new();
        for (place, (index, one)) in known.iter().enumerate() {
            let is_anchor = whole && place + 1 == known.len();
            let mut placed = Placed { known: one, is_anchor, reasons: Vec::new() };
            placed.by_itself(self.options);
            if is_anchor {
                placed.as_anchor(self.lists.revokes_itself(one));
            }
            if place == 0 {
                placed.as_leaf(self.options.purpose);
            } else {
                let below = certificates.get(1..place).unwrap_or_default();
                placed.as_authority(self.options.purpose, below);
                let all_below = certificates.get(..place).unwrap_or_default();
                placed.reasons.extend(constrained::violations(one, all_below));
            }
            if let Some((above, issuer)) = known.get(place + 1) {
                placed.under(issuer, self.graph.link(*index, *above));
                placed.reasons.extend(self.lists.reasons(one, issuer, self.options));
            }
            reasons.extend(placed.reasons);
        }
        match certificates.last() {
            Some(last) if !whole => reasons.push(trust::missing(self.pool, last, certificates.len() == 1)),
            _ => {}
        }
        reasons
    }
}

impl Placed<'_, '_> {
    pub(super) fn say(&mut self, code: Code, message: &str) {
        let message = format!("{}: {message}", self.known.name);
        self.reasons.push(Reason::new(code, &self.known.summary, message));
    }

    fn by_itself(&mut self, options: &VerifyOptions) {
        self.dates(options);
        self.key();
        if !self.known.is_v3() {
            let message = "is X.509 v1, without extensions, which Chromium, rustls and Python refuse; issue it again as v3 \
                (`openssl x509 -req` needs -extfile or -copy_extensions for that)";
            self.say(Code::X509V1, message);
            return;
        }
        self.extensions(options.purpose);
    }

    fn dates(&mut self, options: &VerifyOptions) {
        let (from, to) = (self.known.summary.not_before, self.known.summary.not_after);
        let date = |at| date::written(at).unwrap_or_else(|| "a date out of range".to_owned());
        let renew = if self.is_anchor { "trust the authority's new certificate" } else { "renew it" };
        if from > to {
            let message = format!(
                "is never valid: it ends on {}, before it begins on {}; issue it again",
                date(to),
                date(from)
            );
            self.say(Code::NotYetValid, &message);
        } else if options.at < from {
            let message = format!("is not valid before {}; wait, or check the clock", date(from));
            self.say(Code::NotYetValid, &message);
        } else if options.at > to.saturating_add(time::Duration::nanoseconds(999_999_999)) {
            self.say(Code::Expired, &format!("expired on {}; {renew}", date(to)));
        }
    }

    fn key(&mut self) {
        let error = match &self.known.key {
            Ok(key) if key.is_compressed() => {
                let message = "has a key whose point is compressed, which Java does not read; write it out (`openssl ec -conv_form uncompressed`) and issue again";
                return self.say(Code::UnsupportedKey, message);
            }
            Ok(_) => return,
            Err(error) => error,
        };
        let message = error.message().to_owned();
        let code = match error.kind() {
            ErrorKind::UnsupportedKey if is_weak(self.known.parsed.public_key.raw) => Code::WeakKey,
            ErrorKind::UnsupportedKey => Code::UnsupportedKey,
            _ => Code::Malformed,
        };
        let holder = if code == Code::Malformed { "" } else { "has a key that verifiers refuse: it " };
        self.say(code, &format!("{holder}{message}"));
    }

    fn as_leaf(&mut self, purpose: Purpose) {
        if self.known.is_authority() {
            let message = "is the certificate of an authority, which Firefox and rustls refuse from a server or client; issue one for it";
            self.say(Code::CaAsLeaf, message);
        } else {
            let signs = self.key_usage().is_some_and(|usage| usage.key_cert_sign());
            if signs || self.known.extension(NAME_CONSTRAINTS).is_some() {
                let message = format!(
                    "says what only an authority may (keyCertSign, name constraints) and is none; {STRICT}"
                );
                self.say(Code::NotConforming, &message);
            }
        }
        let (role, usage, other) = match purpose {
            Purpose::Server => ("a server", "serverAuth", "client"),
            Purpose::Client => ("a client", "clientAuth", "server"),
        };
        match self.extended_key_usage() {
            Some(usages) if !allows(usages, purpose) => {
                let shown = shown(usages);
                let message = format!(
                    "is not for {role}: its extended key usage is {shown}, without {usage}; use the {role_} certificate, or issue one with that \
                     profile{hint}",
                    role_ = role.trim_start_matches("a "),
                    hint = if shown.contains("Auth") {
                        format!(" (this one is for a {other})")
                    } else {
                        String::new()
                    },
                );
                self.say(Code::WrongPurpose, &message);
            }
            _ => {}
        }
        if self.key_usage().is_some_and(|usage| !usage.digital_signature()) && !self.known.is_authority() {
            let message =
                "has a key usage without digitalSignature, which TLS 1.3 needs; Chromium and Java refuse it";
            self.say(Code::WrongPurpose, message);
        }
    }

    /// OpenSSL takes a trusted one for the end of the way if it is its own issuer, also by what it says of that.
    fn as_anchor(&mut self, revoked: Option<Reason>) {
        if self.known.is_self_issued() && identifiers_differ(self.known, self.known) {
            let message = "names another certificate than itself as its issuer's (authority key identifier); OpenSSL and Node look for that one in vain";
            self.say(Code::NotConforming, message);
        }
        self.reasons.extend(revoked);
    }

    /// `below` are the authorities between it and the leaf.
    fn as_authority(&mut self, purpose: Purpose, below: &[&Known<'_>]) {
        if !self.known.is_v3() {
            if self.is_anchor {
                self.say(
                    Code::NotAnAuthority,
                    "can't say that it is an authority, being X.509 v1; make a CA of v3",
                );
            }
            return;
        }
        if !self.known.is_authority() {
            let message = "is not an authority (no basic constraints with CA:TRUE), and has signed another certificate; have that issued by a CA";
            return self.say(Code::NotAnAuthority, message);
        }
        match self.key_usage() {
            Some(usage) if !usage.key_cert_sign() => {
                self.say(Code::NotAnAuthority, "may not sign certificates: its key usage lacks keyCertSign");
            }
            None => self.say(Code::NotConforming, &format!("is an authority without a key usage; {STRICT}")),
            Some(_) => {}
        }
        if self.known.extension(BASIC_CONSTRAINTS).is_some_and(|constraints| !constraints.critical) {
            self.say(
                Code::NotConforming,
                &format!("is an authority whose basic constraints are not critical; {STRICT}"),
            );
        }
        if self.known.subject_key_identifier.is_none() {
            self.say(
                Code::NotConforming,
                &format!("is an authority without a subject key identifier; {STRICT}"),
            );
        }
        if name::is_empty_der(self.known.parsed.subject.as_raw()) {
            self.say(Code::NotConforming, &format!("is an authority with an empty subject; {STRICT}"));
        }
        if let Some(usages) = self.extended_key_usage()
            && !allows(usages, purpose)
        {
            let message =
                format!("is an authority whose extended key usage ({}) excludes this use", shown(usages));
            self.say(Code::WrongPurpose, &message);
        }
        // Self-issued ones do not count (RFC 5280 section 4.2.1.9), but rustls counts them below an intermediate.
        let counts = |one: &&&Known<'_>| !self.is_anchor || !one.is_self_issued();
        let count = below.iter().filter(counts).count();
        if let Some(room) = self.path_length().filter(|room| count > *room as usize) {
            let message = format!(
                "allows {room} authorities between itself and a leaf (path length), and here are {count}"
            );
            self.say(Code::PathLength, &message);
        }
    }

    /// As issued by that one.
    fn under(&mut self, issuer: &Known<'_>, link: Option<Link>) {
        let algorithm = &self.known.parsed.signature_algorithm;
        let scheme = issuer.key.as_ref().ok().and_then(|key| Scheme::read(algorithm, key.key_type()));
        let described = signature::described(algorithm);
        match link {
            Some(Link::Broken) => self.say(
                Code::BadSignature,
                &format!("has a signature that is not that of {}: it was altered, or another authority of that name issued it", issuer.name),
            ),
            Some(Link::Unverifiable) if issuer.key.is_ok() => self.say(
                Code::UnsupportedSignature,
                &format!("is signed with {described}, which can't be verified with the key of {}", issuer.name),
            ),
            _ => {}
        }
        if scheme.is_some_and(Scheme::is_weak)
            || ["SHA-1", "MD5"].iter().any(|weak| described.ends_with(weak))
        {
            self.say(
                Code::WeakSignature,
                &format!("is signed with {described}, which can be forged; issue it again with SHA-256"),
            );
        }
        if self.known.parsed.issuer.as_raw() != issuer.parsed.subject.as_raw() {
            let message = format!(
                "writes its issuer's name in another way than {} writes its own; rustls and GnuTLS compare them byte by byte",
                issuer.name
            );
            self.say(Code::NotConforming, &message);
        }
        if self.known.is_v3() && self.known.authority_key_identifier.is_none() {
            self.say(Code::NotConforming, &format!("has no authority key identifier; {STRICT}"));
        }
    }

    fn path_length(&self) -> Option<u32> {
        match self.known.extension(BASIC_CONSTRAINTS)?.meaning {
            Meaning::BasicConstraints(constraints) => constraints.path_length,
            _ => None,
        }
    }

    fn key_usage(&self) -> Option<KeyUsageBits> {
        match self.known.extension(KEY_USAGE)?.meaning {
            Meaning::KeyUsage(usage) => Some(usage),
            _ => None,
        }
    }

    fn extended_key_usage(&self) -> Option<&Purposes<'_>> {
        match &self.known.extension("2.5.29.37")?.meaning {
            Meaning::ExtendedKeyUsage(purposes) => Some(purposes),
            _ => None,
        }
    }
}

/// Node, OpenSSL and rustls do not take `anyExtendedKeyUsage` for it.
fn allows(purposes: &Purposes<'_>, purpose: Purpose) -> bool {
    let (servers, clients) = purposes.roles();
    match purpose {
        Purpose::Server => servers,
        Purpose::Client => clients,
    }
}

fn shown(purposes: &Purposes<'_>) -> String {
    let names = ExtendedKeyUsage::names(purposes);
    if names.is_empty() { "empty".to_owned() } else { names.join(", ") }
}

/// Too weak, rather than of a kind that some do not know.
fn is_weak(spki: &[u8]) -> bool {
    let Some(details) = PublicKeyDetails::read(spki) else { return false };
    let is_short = details.algorithm.starts_with("rsa") && details.bits.is_some_and(|bits| bits < 2048);
    is_short || ["dsa", "ecdsa-p192", "ecdsa-p224"].iter().any(|weak| details.algorithm.starts_with(weak))
}
