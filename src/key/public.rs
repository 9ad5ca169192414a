//! Public keys by their structure: type, size, and whether two are the same. Whether a point lies on its curve is told by
//! whoever computes with it.

use rcgen::SignatureAlgorithm;
use x509_parser::asn1_rs::{Any, Tag};

use super::KeyType;
use super::algorithm::{EC, ED25519, Identifier, RSA};
use super::unsupported::{self, MAX_RSA_BITS, MIN_RSA_BITS};
use crate::asn1;
use crate::digest::sha256;
use crate::error::{Error, ErrorKind, Result};
use crate::pem;

/// What the `rsa` crate and ring take of a public exponent: longer ones make verifying costly.
const EXPONENT_BITS: usize = 33;

/// A public key: its type, and its SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7) byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    key_type: KeyType,
    spki: Vec<u8>,
    bits: Vec<u8>,
    /// The key itself, however its SPKI was encoded (parameters left out, points compressed or not): a point compressed.
    canonical: Vec<u8>,
}

/// What a public key consists of, big-endian.
#[cfg(target_arch = "wasm32")]
pub(crate) enum Numbers<'a> {
    /// SEC 1 section 2.3.3, not compressed; or RFC 8032 section 5.1.5.
    Point(&'a [u8]),
    /// RFC 8017 section 3.1.
    Rsa { modulus: &'a [u8], exponent: &'a [u8] },
}

impl PublicKey {
    /// Reads a SubjectPublicKeyInfo. The type is taken from it alone, never from how something else was signed.
    ///
    /// # Errors
    /// [`ErrorKind::UnsupportedKey`] for keys that verifiers refuse, by name; [`ErrorKind::InvalidKey`] for damaged ones.
    pub fn from_spki(spki: &[u8]) -> Result<Self> {
        let (algorithm, bits) = parts(spki).ok_or_else(damaged)?;
        let key_type = match algorithm.oid {
            EC => algorithm.curve()?.key_type(),
            ED25519 if algorithm.parameters.is_none() => KeyType::Ed25519,
            RSA if rsa_parameters(algorithm.parameters.as_ref()) => {
                let (n, e) = rsa_numbers(bits).ok_or_else(damaged)?;
                KeyType::Rsa { bits: checked_size(n, e)? }
            }
            ED25519 | RSA => return Err(damaged()),
            other => return Err(unsupported::algorithm(other)),
        };
        let canonical = canonical(key_type, bits).ok_or_else(damaged)?;
        let key = Self { key_type, spki: spki.to_vec(), bits: bits.to_vec(), canonical };
        #[cfg(feature = "in-page")]
        super::in_page::check_public(&key)?;
        Ok(key)
    }

    /// The type.
    pub fn key_type(&self) -> KeyType {
        self.key_type
    }

    /// The SubjectPublicKeyInfo, DER.
    pub fn spki(&self) -> &[u8] {
        &self.spki
    }

    /// Whether it is the same key, however each is encoded.
    pub fn same_key(&self, other: &Self) -> bool {
        self.key_type == other.key_type && self.canonical == other.canonical
    }

    /// The SubjectPublicKeyInfo, PEM.
    pub fn to_pem(&self) -> String {
        pem::encode(pem::PUBLIC_KEY, &self.spki)
    }

    /// The key identifier: the leftmost 160 bits of SHA-256 over the key's bits (RFC 7093 section 2, method 1).
    /// Not the key's SHA-1 of RFC 5280, so that no SHA-1 stands in what we make; verifiers compare, they do not compute.
    pub fn key_identifier(&self) -> Vec<u8> {
        sha256(&self.bits).into_iter().take(20).collect()
    }

    /// The bits of its SubjectPublicKeyInfo.
    #[cfg(feature = "in-page")]
    pub(super) fn bits(&self) -> &[u8] {
        &self.bits
    }

    /// The key without its wrapping; `None` for a compressed point, which few read.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn numbers(&self) -> Option<Numbers<'_>> {
        match self.key_type {
            KeyType::Rsa { .. } => {
                rsa_numbers(&self.bits).map(|(modulus, exponent)| Numbers::Rsa { modulus, exponent })
            }
            KeyType::Ed25519 => Some(Numbers::Point(&self.bits)),
            _ => Some(Numbers::Point(&self.bits)).filter(|_| self.bits.first() == Some(&4)),
        }
    }

    /// Whether it is a curve's point of which only one coordinate is written.
    #[cfg(feature = "in-page")]
    pub(crate) fn is_compressed(&self) -> bool {
        matches!(self.key_type, KeyType::EcdsaP256 | KeyType::EcdsaP384) && self.bits.first() != Some(&4)
    }

    /// Whether these are its bits, however encoded.
    #[cfg(feature = "in-page")]
    pub(super) fn has_bits(&self, bits: &[u8]) -> bool {
        canonical(self.key_type, bits).as_deref() == Some(&self.canonical)
    }
}

impl rcgen::PublicKeyData for PublicKey {
    fn der_bytes(&self) -> &[u8] {
        &self.bits
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        self.key_type.signature_algorithm()
    }

    // As it came, not as rcgen would write it anew.
    fn subject_public_key_info(&self) -> Vec<u8> {
        self.spki.clone()
    }
}

/// The algorithm and the key's bits. Strictly, for they go into certificates as they are.
fn parts(spki: &[u8]) -> Option<(Identifier<'_>, &[u8])> {
    let [algorithm, bits] = asn1::sequence(spki).filter(|_| asn1::has_shortest_lengths(spki))?;
    // Whole octets: the first says how many bits of the last are not the key's.
    match asn1::content(&bits, Tag::BitString)?.split_first()? {
        (0, bits) => Some((Identifier::read(&algorithm)?, bits)),
        _ => None,
    }
}

/// NULL (RFC 3279 section 2.3.1), which some leave out.
fn rsa_parameters(parameters: Option<&Any<'_>>) -> bool {
    parameters.is_none_or(|parameters| asn1::content(parameters, Tag::Null).is_some_and(<[u8]>::is_empty))
}

/// Modulus and exponent of PKCS#1's public key (RFC 8017 appendix A.1.1).
pub(super) fn rsa_numbers(pkcs1: &[u8]) -> Option<(&[u8], &[u8])> {
    let [modulus, exponent] = asn1::sequence(pkcs1).filter(|_| asn1::has_shortest_lengths(pkcs1))?;
    Some((asn1::unsigned(&modulus)?, asn1::unsigned(&exponent)?))
}

/// The bits of a modulus, if it and its exponent are of a size that is taken.
pub(super) fn checked_size(n: &[u8], e: &[u8]) -> Result<usize> {
    let bits = bit_length(n);
    if !(MIN_RSA_BITS..=MAX_RSA_BITS).contains(&bits) {
        return Err(unsupported::rsa_size(bits));
    }
    if bit_length(e) > EXPONENT_BITS {
        return Err(unsupported::rsa_exponent());
    }
    Ok(bits)
}

/// The bits of a public key in one form for all; `None` if they have not the structure of a key of that type. The y of a
/// point follows from its x but for its last bit (SEC 1 section 2.3.3).
fn canonical(key_type: KeyType, bits: &[u8]) -> Option<Vec<u8>> {
    let point = |size: usize| match bits.split_first()? {
        (4, point) if point.len() == 2 * size => {
            let (x, y) = point.split_at_checked(size)?;
            let parity = y.last()? & 1;
            Some([&[2 | parity], x].concat())
        }
        (2 | 3, x) if x.len() == size => Some(bits.to_vec()),
        _ => None,
    };
    match key_type {
        KeyType::EcdsaP256 => point(32),
        KeyType::EcdsaP384 => point(48),
        KeyType::Ed25519 => Some(bits.to_vec()).filter(|bits| bits.len() == 32),
        KeyType::Rsa { .. } => Some(bits.to_vec()),
    }
}

pub(super) fn damaged() -> Error {
    Error::new(ErrorKind::InvalidKey, "holds a public key that can't be read; it may be damaged")
}

fn bit_length(big_endian: &[u8]) -> usize {
    let significant: &[u8] =
        big_endian.iter().position(|byte| *byte != 0).and_then(|at| big_endian.get(at..)).unwrap_or_default();
    let leading = significant.first().map_or(0, |byte| byte.leading_zeros() as usize);
    significant.len() * 8 - leading
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_rsa_is_refused_by_size() {
        // Made with `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024`, public half.
        let file = include_bytes!("../../tests/data/rsa-1024.pub.pem");
        let block = pem::decode_one(file, &[pem::PUBLIC_KEY], "a key").unwrap();
        let error = PublicKey::from_spki(&block.der).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnsupportedKey);
        assert!(error.message().contains("1024"));
    }

    #[test]
    fn what_is_no_der_is_no_key() {
        let file = include_bytes!("../../tests/data/rsa-1024.pub.pem");
        let whole = pem::decode_one(file, &[pem::PUBLIC_KEY], "a key").unwrap().der;
        let refused =
            |der: &[u8]| assert_eq!(PublicKey::from_spki(der).unwrap_err().kind(), ErrorKind::InvalidKey);
        // Its length in a byte more than it needs, bytes behind it, and one bit less.
        let [0x30, 0x81, length, inside @ ..] = whole.as_slice() else { panic!("{whole:02x?}") };
        refused(&[&[0x30, 0x82, 0, *length][..], inside].concat());
        refused(&[whole.as_slice(), &[5, 0]].concat());
        let at = whole.windows(3).position(|three| three == [0x03, 0x81, 0x8d]).unwrap();
        let mut fewer_bits = whole.to_vec();
        fewer_bits[at + 3] = 1;
        refused(&fewer_bits);
    }
}
