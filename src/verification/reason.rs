//! Why a chain is refused: a closed set of codes, and words that name the certificate concerned and the remedy.

use serde::{Serialize, Serializer};
use time::OffsetDateTime;

use super::known::Summary;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $code:ident = $text:literal,)+) => {
        /// What is wrong, in general.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum VerificationCode { $($(#[doc = $doc])+ $code,)+ }

        impl VerificationCode {
            /// Every code there is. The tests compare it with `types/verification.d.ts`.
            pub const ALL: &[VerificationCode] = &[$(VerificationCode::$code,)+];

            /// As JavaScript sees it.
            pub const fn text(self) -> &'static str {
                match self { $(VerificationCode::$code => $text,)+ }
            }
        }
    };
}

codes! {
    /// After the end of its validity.
    Expired = "expired",
    /// Before the beginning of its validity, or with dates in the wrong order.
    NotYetValid = "not-yet-valid",
    /// Its usages, or an authority's above it, do not allow what it is to be used for.
    WrongPurpose = "wrong-purpose",
    /// It does not cover the host.
    WrongHost = "wrong-host",
    /// The certificate of an authority where a server's or client's is wanted.
    CaAsLeaf = "ca-as-leaf",
    /// It has signed another, and may not: no CA:TRUE, or no keyCertSign.
    NotAnAuthority = "not-an-authority",
    /// Its issuer's certificate is neither trusted nor in the chain: an intermediate is missing, or another authority is trusted.
    UnknownIssuer = "unknown-issuer",
    /// The chain is whole, and ends in a root that is not trusted.
    UntrustedRoot = "untrusted-root",
    /// It signed itself, and is not trusted itself.
    SelfSigned = "self-signed",
    /// A name that an authority above may not sign for.
    NameConstraints = "name-constraints",
    /// More authorities stand below one than it allows.
    PathLength = "path-length",
    /// Its issuer's list names it.
    Revoked = "revoked",
    /// No list of its issuer is there.
    CrlMissing = "crl-missing",
    /// The issuer's list is too old.
    CrlExpired = "crl-expired",
    /// The issuer's list is of the future.
    CrlNotYetValid = "crl-not-yet-valid",
    /// The list of that name was not signed by the issuer, or the issuer may not sign lists.
    CrlSignature = "crl-signature",
    /// A list of a kind that can't be taken into account: delta, indirect, partial, of version 1.
    CrlUnsupported = "crl-unsupported",
    /// A key that is too weak: RSA under 2048 bits, DSA, a curve under 256 bits.
    WeakKey = "weak-key",
    /// Another key that some verifiers refuse.
    UnsupportedKey = "unsupported-key",
    /// A signature with SHA-1 or MD5.
    WeakSignature = "weak-signature",
    /// A signature of a kind that can't be verified here.
    UnsupportedSignature = "unsupported-signature",
    /// The signature is not that of the issuer's key: it was altered.
    BadSignature = "bad-signature",
    /// X.509 version 1, which Chromium, rustls and Python refuse.
    X509V1 = "x509-v1",
    /// A critical extension that verifiers do not know, and so must refuse.
    CriticalExtension = "critical-extension",
    /// A part of it can't be read.
    Malformed = "malformed",
    /// Against a MUST of RFC 5280 that strict verifiers look at (Python 3.13 and later, `openssl verify -x509_strict`).
    NotConforming = "not-conforming",
    /// So many certificates and ways between them that no answer was found within bounds.
    TooComplex = "too-complex",
    /// rustls-webpki refuses it, in its own words.
    Refused = "refused",
}

impl Serialize for VerificationCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.text())
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[serde(rename_all = "camelCase")]
pub struct Reason {
    /// What, in general.
    pub code: VerificationCode,
    /// What exactly, of which certificate, and what to do.
    pub message: String,
    /// The certificate concerned.
    #[serde(skip)]
    pub certificate: Summary,
    /// Where it is the wrong host: the hosts that are covered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub covers: Option<Vec<String>>,
    /// Where it is revoked: what the list says of it.
    #[serde(skip)]
    pub revocation: Option<Revocation>,
}

/// What a list says of a certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// Since when it is not valid.
    pub date: OffsetDateTime,
    /// `keyCompromise` and so on, where that is said.
    pub reason: Option<&'static str>,
}

impl Reason {
    pub(super) fn new(code: VerificationCode, certificate: &Summary, message: String) -> Self {
        Self { code, message, certificate: certificate.clone(), covers: None, revocation: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct() {
        let codes: std::collections::HashSet<_> =
            VerificationCode::ALL.iter().map(|code| code.text()).collect();
        assert_eq!(codes.len(), VerificationCode::ALL.len());
    }
}
