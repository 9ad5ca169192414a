//! Revocation lists (RFC 5280 section 6.3): whether one of the issuer says that a certificate is valid no more.
//!
//! As in Node, whoever gives lists wants to know: each certificate below the anchor needs one, and a list that is too old is none.

use std::cell::RefCell;
use std::collections::HashMap;

use time::OffsetDateTime;
use webpki::CertRevocationList;
use x509_parser::prelude::{CertificateRevocationList, FromDer};

use super::known::Known;
use super::reason::{Reason, Revocation, VerificationCode as Code};
use super::scope::{self, ISSUING_POINT};
use super::{VerifyOptions, judge};
use crate::asn1;
use crate::date;
use crate::digest;
use crate::hexadecimal::colons;
use crate::inspect::name::normalized;
use crate::inspect::revocation_reason;
use crate::parsed::{Meaning, ParsedExtension};
use crate::signature::Scheme;

/// The lists that are given, if any, the newest first.
pub(super) struct Lists<'a> {
    all: Option<Vec<List<'a>>>,
    at: OffsetDateTime,
    /// Whether a list is signed by an issuer, by the fingerprints of both: every way asks again.
    signed: RefCell<HashMap<(String, String), bool>>,
}

struct List<'a> {
    der: &'a [u8],
    sha256: String,
    parsed: CertificateRevocationList<'a>,
    issuer_key: String,
    from: OffsetDateTime,
    /// Its number, to compare by: longer ones are larger.
    number: (usize, Vec<u8>),
    /// Of the key that signed it, as it says.
    authority_key_identifier: Option<Vec<u8>>,
}

/// A certificate of a way, with the one above it.
pub(super) type Issued<'k, 'a> = (&'k Known<'a>, &'k Known<'a>);

impl<'a> Lists<'a> {
    pub(super) fn new(options: &'a VerifyOptions) -> Self {
        let read = |der: &'a [u8]| {
            let (_, parsed) = CertificateRevocationList::from_der(der).ok()?;
            let issuer_key = format!("{:?}", normalized(parsed.issuer()));
            let from = parsed.last_update().to_datetime();
            let number = parsed.crl_number().map(|number| number.to_bytes_be()).unwrap_or_default();
            let extensions = ParsedExtension::of_list(parsed.extensions());
            let identifier = extensions.iter().find_map(|one| match &one.meaning {
                Meaning::AuthorityKeyIdentifier(one) => one.key_identifier.map(<[u8]>::to_vec),
                _ => None,
            });
            Some(List {
                der,
                sha256: colons(&digest::sha256(der)),
                parsed,
                issuer_key,
                from,
                number: (number.len(), number),
                authority_key_identifier: identifier,
            })
        };
        let mut all: Option<Vec<_>> =
            options.crls.as_ref().map(|crls| crls.ders().filter_map(read).collect());
        // webpki takes the first of an issuer's name. One of the future comes last; of one second, the larger number counts.
        all.iter_mut().for_each(|all| {
            all.sort_by_cached_key(|list| {
                (list.from > options.at, std::cmp::Reverse((list.from, list.number.clone())))
            })
        });
        Self { all, at: options.at, signed: RefCell::default() }
    }

    /// As webpki reads them; what it can't read is left out, and refused by `reasons`. Of one name it takes the first, so that where an
    /// issuer's own list is there, those of its namesakes (the same authority with an older key) are left out, and so are those about
    /// others than what it issued on this way. webpki does not look when a list begins.
    pub(super) fn webpki(&self, way: &[Issued<'_, '_>]) -> Vec<CertRevocationList<'_>> {
        let is_of_another = |list: &List<'_>| {
            let mut own = way.iter().filter(|(_, issuer)| self.is_own(list, issuer)).peekable();
            own.peek().is_some() && !own.any(|(one, _)| list.covers(one))
        };
        let current = || {
            let all = self.all.iter().flatten();
            all.filter(|list| list.from <= self.at && !is_of_another(list))
        };
        let own: Vec<_> =
            current().filter(|list| way.iter().any(|(_, issuer)| self.is_own(list, issuer))).collect();
        let is_namesake = |list: &List<'_>| {
            own.iter().any(|own| own.issuer_key == list.issuer_key)
                && !own.iter().any(|own| own.der == list.der)
        };
        let lists = current().filter(|list| !is_namesake(list));
        lists.filter_map(|list| judge::crl(list.der).ok()).collect()
    }

    fn is_own(&self, list: &List<'_>, issuer: &Known<'_>) -> bool {
        list.issuer_key == issuer.subject_key
            && *self
                .signed
                .borrow_mut()
                .entry((list.sha256.clone(), issuer.summary.sha256.clone()))
                .or_insert_with(|| list.is_signed_by(issuer))
    }

    /// What the issuer's list says against the certificate, or what is wrong with the list.
    pub(super) fn reasons(
        &self,
        one: &Known<'_>,
        issuer: &Known<'_>,
        options: &VerifyOptions,
    ) -> Vec<Reason> {
        let Some(all) = &self.all else { return Vec::new() };
        let say = |code, message: String| Reason::new(code, &one.summary, format!("{}: {message}", one.name));
        let name = &issuer.name;
        let named = || all.iter().filter(|list| list.issuer_key == one.issuer_key);
        let own = || named().filter(|list| self.is_own(list, issuer));
        let Some(list) = own().find(|list| list.covers(one)).or_else(|| named().next()) else {
            let message = format!("is issued by {name}, of whom no revocation list is given; add it to crls");
            return vec![say(Code::CrlMissing, message)];
        };
        if own().next().is_some() && !own().any(|list| list.covers(one)) {
            let message = format!(
                "is issued by {name}, whose revocation list is about other certificates (issuing distribution point); add the one that is about it to crls"
            );
            return vec![say(Code::CrlMissing, message)];
        }
        let mut reasons = Vec::new();
        let names_another_key = matches!((&list.authority_key_identifier, issuer.subject_key_identifier), (Some(named), Some(own)) if named != own);
        if !self.is_own(list, issuer) {
            let message = format!(
                "the revocation list of {name} is not signed by its key, or in a way that can't be verified; get it again"
            );
            reasons.push(say(Code::CrlSignature, message));
        }
        if self.is_own(list, issuer) && names_another_key {
            let message = format!(
                "the revocation list of {name} names another key than that as its issuer's; get it again"
            );
            reasons.push(say(Code::CrlSignature, message));
        }
        if !may_sign_lists(issuer) {
            let message =
                format!("its issuer {name} may not sign revocation lists: its key usage lacks cRLSign");
            reasons.push(say(Code::CrlSignature, message));
        }
        if let Err(words) = judge::crl(list.der) {
            let message = format!(
                "the revocation list of {name} is not taken into account: {words}; give a whole one of version 2"
            );
            reasons.push(say(Code::CrlUnsupported, message));
        }
        // OpenSSL refuses a list for any of them but those that it knows, the number too.
        let strange =
            list.parsed.extensions().iter().find(|one| one.critical && asn1::oid(&one.oid) != ISSUING_POINT);
        if let Some(extension) = strange {
            let oid = asn1::oid(&extension.oid);
            let message = format!(
                "the revocation list of {name} has a critical extension {oid} that verifiers do not know; get one without"
            );
            reasons.push(say(Code::CrlUnsupported, message));
        }
        if list.has_critical_entry() {
            let message = format!(
                "the revocation list of {name} has an entry with a critical extension, for which OpenSSL and Node refuse all of it; get one without"
            );
            reasons.push(say(Code::CrlUnsupported, message));
        }
        let date = |at| date::written(at).unwrap_or_else(|| "a date out of range".to_owned());
        if list.from > options.at {
            let message = format!(
                "the revocation list of {name} is of {}, in the future; check the clock",
                date(list.from)
            );
            reasons.push(say(Code::CrlNotYetValid, message));
        }
        if let Some(next) =
            list.parsed.next_update().map(|next| next.to_datetime()).filter(|next| *next <= options.at)
        {
            let message = format!(
                "the revocation list of {name} was to be replaced on {}; get the next one",
                date(next)
            );
            reasons.push(say(Code::CrlExpired, message));
        }
        reasons.extend(list.revokes(one, name));
        reasons
    }

    /// Where the list of a root names the root itself: OpenSSL and Node look at that too.
    pub(super) fn revokes_itself(&self, root: &Known<'_>) -> Option<Reason> {
        let own = |list: &&List<'_>| list.from <= self.at && self.is_own(list, root) && list.covers(root);
        self.all.iter().flatten().find(own).and_then(|list| list.revokes(root, &root.name))
    }
}

impl List<'_> {
    fn is_signed_by(&self, issuer: &Known<'_>) -> bool {
        let Ok(key) = &issuer.key else { return false };
        let scheme = Scheme::read(&self.parsed.signature_algorithm, key.key_type());
        scheme.is_some_and(|scheme| {
            !scheme.is_weak()
                && key.verify(scheme, self.parsed.tbs_cert_list.as_ref(), &self.parsed.signature_value.data)
        })
    }

    fn covers(&self, one: &Known<'_>) -> bool {
        scope::covers(&self.parsed, one, one.is_authority())
    }

    fn has_critical_entry(&self) -> bool {
        self.parsed.iter_revoked_certificates().any(|entry| entry.extensions().iter().any(|one| one.critical))
    }

    fn revokes(&self, one: &Known<'_>, issuer: &str) -> Option<Reason> {
        let revocation = self.revocation(one)?;
        let why = revocation.reason.map(|reason| format!(" ({reason})")).unwrap_or_default();
        let date = date::written(revocation.date).unwrap_or_else(|| "a date out of range".to_owned());
        let message =
            format!("{}: was revoked by {issuer} on {date}{why}; use another, issued after that", one.name);
        let reason = Reason::new(Code::Revoked, &one.summary, message);
        Some(Reason { revocation: Some(revocation), ..reason })
    }

    fn revocation(&self, one: &Known<'_>) -> Option<Revocation> {
        let serial = one.parsed.serial_number;
        let entry = self.parsed.iter_revoked_certificates().find(|entry| entry.raw_serial() == serial)?;
        let reason = entry.reason_code().and_then(|(_, code)| revocation_reason(code.0));
        Some(Revocation { date: entry.revocation_date.to_datetime(), reason })
    }
}

fn may_sign_lists(issuer: &Known<'_>) -> bool {
    match issuer.extension("2.5.29.15").map(|extension| &extension.meaning) {
        Some(Meaning::KeyUsage(usage)) => usage.crl_sign(),
        _ => true,
    }
}
