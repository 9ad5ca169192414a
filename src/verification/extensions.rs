//! What is wrong with the extensions of a certificate by themselves: RFC 5280's MUSTs, as far as verifiers look at them.

use std::collections::BTreeSet;

use super::Purpose;
use super::examined::{BASIC_CONSTRAINTS, KEY_USAGE, NAME_CONSTRAINTS, Placed, STRICT};
use super::reason::VerificationCode as Code;
use crate::asn1;
use crate::inspect::is_damaged;
use crate::name;
use crate::parsed::Meaning;

const SUBJECT_KEY_IDENTIFIER: &str = "2.5.29.14";
const ALT_NAMES: &str = "2.5.29.17";
const AUTHORITY_KEY_IDENTIFIER: &str = "2.5.29.35";
const NETSCAPE_CERT_TYPE: &str = "2.16.840.1.113730.1.1";
/// What all verifiers take into account, and so accept where it is critical.
const KNOWN_TO_ALL: [&str; 5] = [KEY_USAGE, ALT_NAMES, BASIC_CONSTRAINTS, "2.5.29.37", NAME_CONSTRAINTS];

impl Placed<'_, '_> {
    pub(super) fn extensions(&mut self, purpose: Purpose) {
        let mut seen = BTreeSet::new();
        for extension in &self.known.parsed.extensions {
            let oid = asn1::oid(&extension.oid);
            // webpki looks at no extension of an anchor but its name constraints; others know more than it does.
            let is_taken =
                if self.is_anchor { extension.is_known() } else { KNOWN_TO_ALL.contains(&oid.as_str()) };
            let identifies = [SUBJECT_KEY_IDENTIFIER, AUTHORITY_KEY_IDENTIFIER].contains(&oid.as_str());
            if is_damaged(extension) {
                self.say(
                    Code::Malformed,
                    &format!("has an extension {oid} that can't be read; issue it again"),
                );
            } else if extension.critical && identifies {
                self.say(
                    Code::NotConforming,
                    &format!("has a key identifier ({oid}) that is critical; {STRICT}"),
                );
            } else if extension.critical && !is_taken {
                let message = format!(
                    "has a critical extension {oid} that verifiers do not know, and so refuse; issue it without"
                );
                self.say(Code::CriticalExtension, &message);
            }
            if !seen.insert(oid.clone()) {
                let message = format!(
                    "has the extension {oid} twice, which Java and others do not read; issue it again"
                );
                self.say(Code::Malformed, &message);
            }
        }
        self.names();
        self.basic_constraints();
        self.netscape_cert_type(purpose);
    }

    fn names(&mut self) {
        if self.known.parsed.subject.iter_attributes().any(|one| !name::stands_in_names(one.attr_value())) {
            let message = "has a subject with a value of a type that no name has, which OpenSSL and Node can't load; have it issued anew";
            self.say(Code::Malformed, message);
        }
        let nameless = name::is_empty_der(self.known.parsed.subject.as_raw());
        let alt_names = self.known.extension(ALT_NAMES).map(|names| names.critical);
        let fault = match alt_names {
            Some(_) if self.known.general_names().is_empty() => "has alternative names, and none among them",
            Some(false) if nameless => "has an empty subject, and its alternative names are not critical",
            None if nameless && !self.known.is_authority() => "has an empty subject and no alternative names",
            _ => return,
        };
        self.say(Code::NotConforming, &format!("{fault}; {STRICT}"));
    }

    fn basic_constraints(&mut self) {
        let constraints = self.known.extension(BASIC_CONSTRAINTS).map(|one| &one.meaning);
        let is_odd = matches!(
            constraints,
            Some(Meaning::BasicConstraints(one)) if !one.ca && one.path_length.is_some()
        );
        if is_odd {
            self.say(Code::NotConforming, &format!("is no authority and has a path length; {STRICT}"));
        }
    }

    /// What Netscape had before there was an extended key usage; OpenSSL, Node and Java still obey it.
    fn netscape_cert_type(&mut self, purpose: Purpose) {
        let Some(extension) = self.known.extension(NETSCAPE_CERT_TYPE) else { return };
        // A BIT STRING: its header, how many bits are unused, the bits.
        let bits = match extension.value {
            [3, _, _, bits, ..] => *bits,
            _ => 0,
        };
        let (bit, what) = match (self.known.is_authority(), purpose) {
            (true, _) => (0x04, "an authority for TLS"),
            (false, Purpose::Client) => (0x80, "a client"),
            (false, Purpose::Server) => (0x40, "a server"),
        };
        if bits & bit == 0 {
            let message = format!(
                "has a Netscape certificate type that is not that of {what}; OpenSSL, Node and Java refuse it: issue it without"
            );
            self.say(Code::WrongPurpose, &message);
        }
    }
}
