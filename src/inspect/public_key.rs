//! Public keys as data, also those that nothing here would compute with.

use serde::Serialize;
use x509_parser::asn1_rs::{Any, Tag};
use x509_parser::prelude::{FromDer, SubjectPublicKeyInfo};

use crate::asn1::{self, elements};
use crate::digest;
use crate::hexadecimal::colons;
use crate::key::{PublicKey, curve};

/// A public key as data.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PublicKeyDetails {
    /// `ecdsa-p256`, `rsa-2048` and so on; an OID where it has no name here.
    pub algorithm: String,
    /// The size of the modulus, or of the curve's field, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bits: Option<usize>,
    /// SHA-256 of the SubjectPublicKeyInfo: the same for a key, its request and its certificate.
    pub sha256: String,
    #[serde(skip)]
    spki: Vec<u8>,
}

impl PublicKeyDetails {
    pub(super) fn new(spki: &SubjectPublicKeyInfo<'_>) -> Self {
        let (algorithm, bits) = described(spki);
        Self { algorithm, bits, sha256: colons(&digest::sha256(spki.raw)), spki: spki.raw.to_vec() }
    }

    /// The SubjectPublicKeyInfo.
    pub(crate) fn spki(&self) -> &[u8] {
        &self.spki
    }

    pub(crate) fn read(spki: &[u8]) -> Option<Self> {
        match SubjectPublicKeyInfo::from_der(spki) {
            Ok(([], parsed)) => Some(Self::new(&parsed)),
            _ => None,
        }
    }
}

/// For each key (its SubjectPublicKeyInfo) the places of the others that are the same, however they are encoded.
pub(crate) fn same_keys(keys: &[Option<&[u8]>]) -> Vec<Vec<usize>> {
    let keys: Vec<_> =
        keys.iter().map(|spki| spki.map(|spki| (spki, PublicKey::from_spki(spki).ok()))).collect();
    let equal = |one: &Option<(&[u8], Option<PublicKey>)>, other: &Option<_>| match (one, other) {
        (Some((_, Some(one))), Some((_, Some(other)))) => one.same_key(other),
        (Some((one, None)), Some((other, None))) => one == other,
        _ => false,
    };
    keys.iter()
        .enumerate()
        .map(|(place, key)| {
            let others = keys.iter().enumerate().filter(|(other, _)| *other != place);
            others.filter(|(_, other)| equal(key, other)).map(|(other, _)| other).collect()
        })
        .collect()
}

/// The SubjectPublicKeyInfo of a public key in either form, whatever its label says: around PKCS#1's two numbers (RFC 8017
/// appendix A.1.1), and else the bytes themselves.
pub(super) fn to_spki(der: &[u8]) -> Vec<u8> {
    let numbers =
        asn1::whole(der).filter(|all| all.tag() == Tag::Sequence).and_then(|all| asn1::all(all.data));
    let is_number = |one: &Any<'_>| one.tag() == Tag::Integer;
    // An exponent is odd: Diffie-Hellman's parameters are two numbers too, the second of them mostly 2.
    let is_exponent = |one: &Any<'_>| one.data.last().is_some_and(|last| last & 1 == 1);
    let pkcs1 = numbers.is_some_and(|numbers| match numbers.as_slice() {
        [modulus, exponent] => is_number(modulus) && is_number(exponent) && is_exponent(exponent),
        _ => false,
    });
    if !pkcs1 {
        return der.to_vec();
    }
    yasna::construct_der(|writer| {
        writer.write_sequence(|writer| {
            writer.next().write_sequence(|writer| {
                writer
                    .next()
                    .write_oid(&yasna::models::ObjectIdentifier::from_slice(&[1, 2, 840, 113_549, 1, 1, 1]));
                writer.next().write_null();
            });
            writer.next().write_bitvec_bytes(der, der.len() * 8);
        });
    })
}

/// The name, and the size in bits.
fn described(spki: &SubjectPublicKeyInfo<'_>) -> (String, Option<usize>) {
    let parameters = spki.algorithm.parameters.as_ref();
    let sized = |name: &str, bits: Option<usize>| match bits {
        Some(bits) => (format!("{name}-{bits}"), Some(bits)),
        None => (name.to_owned(), None),
    };
    let modulus = || {
        let [modulus, _] = asn1::sequence(&spki.subject_public_key.data)?;
        Some(bits(modulus.data))
    };
    let oid = asn1::oid(&spki.algorithm.algorithm);
    match oid.as_str() {
        "1.2.840.113549.1.1.1" => sized("rsa", modulus()),
        "1.2.840.113549.1.1.10" => sized("rsa-pss", modulus()),
        // Parameters: the primes p, q and the base g (RFC 3279 section 2.3.2).
        "1.2.840.10040.4.1" => sized(
            "dsa",
            parameters.and_then(|values| elements(values.data).first().map(|prime| bits(prime.data))),
        ),
        "1.2.840.10045.2.1" => {
            // Explicit parameters stand under another tag, which `as_oid` does not look at.
            let named = parameters.filter(|curve| curve.tag() == Tag::Oid);
            match named.and_then(|curve| curve.as_oid().ok()).map(|curve| asn1::oid(&curve)) {
                Some(oid) => match curve(&oid) {
                    Some((name, bits)) => {
                        // As `ecdsa-p256` is written here.
                        let name = name.strip_prefix("P-").map_or(name.to_owned(), |size| format!("p{size}"));
                        (format!("ecdsa-{name}"), Some(bits))
                    }
                    // A point's size in octets is not the curve's in bits.
                    None => (format!("ecdsa-{oid}"), None),
                },
                None => ("ecdsa".to_owned(), None),
            }
        }
        "1.3.101.110" => ("x25519".to_owned(), Some(255)),
        "1.3.101.111" => ("x448".to_owned(), Some(448)),
        "1.3.101.112" => ("ed25519".to_owned(), Some(255)),
        "1.3.101.113" => ("ed448".to_owned(), Some(448)),
        "2.16.840.1.101.3.4.3.17" => ("ml-dsa-44".to_owned(), None),
        "2.16.840.1.101.3.4.3.18" => ("ml-dsa-65".to_owned(), None),
        "2.16.840.1.101.3.4.3.19" => ("ml-dsa-87".to_owned(), None),
        _ => (oid, None),
    }
}

fn bits(integer: &[u8]) -> usize {
    let mut significant = integer.iter().skip_while(|byte| **byte == 0);
    match significant.next() {
        Some(first) => significant.count() * 8 + 8 - first.leading_zeros() as usize,
        None => 0,
    }
}
