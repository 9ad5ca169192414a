//! Keys that are refused, by name: why, and what to do.

use std::borrow::Cow;

use super::curves;
use crate::asn1;
use crate::error::{Error, ErrorKind};

/// The smallest RSA modulus that today's verifiers take (curl refuses 1024 bits).
pub(super) const MIN_RSA_BITS: usize = 2048;
/// The largest that is read: a signature takes seconds beyond.
pub(super) const MAX_RSA_BITS: usize = 8192;

const REMEDY: &str = "make one with ecdsa-p256, ecdsa-p384, ed25519 or RSA of 2048 bits or more";

/// Key algorithms that are known and not taken: OID, name, reason.
const ALGORITHMS: &[(&str, &str, &str)] = &[
    ("1.2.840.10040.4.1", "DSA", "which TLS 1.3 and browsers have given up"),
    ("1.2.840.113549.1.3.1", "Diffie-Hellman", "which can't sign"),
    ("1.2.840.10046.2.1", "Diffie-Hellman (X9.42)", "which can't sign"),
    ("1.3.101.110", "X25519", "which can't sign"),
    ("1.3.101.111", "X448", "which can't sign"),
    ("1.3.101.113", "Ed448", "which browsers refuse"),
    ("1.2.840.113549.1.1.10", "RSA for PSS alone (id-RSASSA-PSS)", "which browsers refuse"),
    ("1.2.840.113549.1.1.7", "RSA for OAEP alone (id-RSAES-OAEP)", "which can't sign"),
    ("1.3.132.1.12", "EC for key agreement alone (id-ecDH)", "which can't sign"),
    ("1.2.643.7.1.1.1.1", "GOST R 34.10-2012", "which browsers refuse"),
    ("1.2.643.2.2.19", "GOST R 34.10-2001", "which browsers refuse"),
    ("2.16.840.1.101.3.4.3.17", "ML-DSA-44", "which browsers do not take yet"),
    ("2.16.840.1.101.3.4.3.18", "ML-DSA-65", "which browsers do not take yet"),
    ("2.16.840.1.101.3.4.3.19", "ML-DSA-87", "which browsers do not take yet"),
];

/// By the content of its object identifier.
pub(super) fn algorithm(oid: &[u8]) -> Error {
    let text = asn1::oid_text(oid);
    match ALGORITHMS.iter().find(|(known, _, _)| *known == text) {
        Some((_, name, reason)) => refusal(&format!("of the algorithm {name}, {reason}")),
        None => refusal(&format!("of the algorithm {text}, which is not known here")),
    }
}

/// An algorithm that its form names in words.
#[cfg(feature = "in-page")]
pub(super) fn named_algorithm(name: &str) -> Error {
    match ALGORITHMS.iter().find(|(_, known, _)| *known == name) {
        Some((_, name, reason)) => refusal(&format!("of the algorithm {name}, {reason}")),
        None => refusal(&format!("of the kind {name}, which no certificate can have")),
    }
}

/// By the content of its object identifier.
pub(super) fn curve(oid: &[u8]) -> Error {
    let text = asn1::oid_text(oid);
    named_curve(curves::curve(&text).map_or(text.as_str(), |(name, _)| name))
}

pub(super) fn named_curve(name: &str) -> Error {
    let reason = if name == "P-521" { "which Chromium refuses" } else { "which browsers refuse" };
    refusal(&format!("on the curve {name}, {reason}"))
}

pub(super) fn explicit_curve() -> Error {
    error(
        "is a key on a curve given by its parameters instead of its name, which verifiers refuse (RFC 5480); if it is a \
         usual curve, name it: `openssl pkey -in key.pem -ec_param_enc named_curve -out named.pem`, and make anew \
         what was made with it",
    )
}

pub(super) fn nameless_curve() -> Error {
    error(
        "is a key on a curve without a name; give the key together with its `EC PARAMETERS` block, or as PKCS#8: \
         `openssl pkcs8 -topk8 -nocrypt -in key.pem`",
    )
}

pub(super) fn rsa_size(bits: usize) -> Error {
    let reason = if bits < MIN_RSA_BITS {
        "shorter ones are refused by verifiers"
    } else {
        "longer ones take too long"
    };
    error(format!("is an RSA key of {bits} bits; make one of 2048 to 4096 bits, {reason}"))
}

pub(super) fn rsa_exponent() -> Error {
    error(
        "is an RSA key whose public exponent is over 33 bits long, which verifiers refuse; make one with 65537",
    )
}

#[cfg(feature = "in-page")]
pub(super) fn multi_prime() -> Error {
    error(format!(
        "is an RSA key of more than two primes, which browsers and WebCrypto do not take; {REMEDY}"
    ))
}

#[cfg(feature = "in-page")]
pub(super) fn openssh() -> Error {
    error(
        "is a key in OpenSSH's own form; convert a copy of its file with `ssh-keygen -p -m PKCS8 -f copy-of-key`, or make \
         a key for TLS",
    )
}

fn refusal(what: &str) -> Error {
    error(format!("is a key {what}; {REMEDY}"))
}

fn error(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::UnsupportedKey, message)
}
