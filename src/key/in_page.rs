//! In-page crypto: RustCrypto. The only file that knows its crates, so that another backend is one more file like it.

use der::Encode;
use der::asn1::UintRef;
use p256::ecdsa::signature::{RandomizedSigner, SignatureEncoding, Signer};
use pkcs8::{EncodePrivateKey, EncodePublicKey};
use rand_core::CryptoRng;
use rsa::pkcs1::{DecodeRsaPublicKey, EncodeRsaPrivateKey};
use rsa::traits::PrivateKeyParts;
use sha2::Sha256;
use zeroize::Zeroizing;

use super::algorithm::Curve;
use super::forms::{self, damaged};
use super::public::{checked_size, damaged as damaged_public};
use super::raw::{RawSecret, RsaNumbers, Secret as RawBytes};
use super::{KeyType, PublicKey};
use crate::error::{Error, ErrorKind, Result};

/// What the `rsa` crate and ring take of a public exponent: longer ones make verifying costly.
const EXPONENT_BITS: u32 = 33;

/// A private key in the form that its crate computes with. Each variant wipes itself when dropped.
pub(super) enum Secret {
    EcdsaP256(p256::ecdsa::SigningKey),
    EcdsaP384(p384::ecdsa::SigningKey),
    Ed25519(ed25519_dalek::SigningKey),
    Rsa(Box<rsa::PrivateKey>),
}

impl Secret {
    pub(super) fn generate(key_type: KeyType, rng: &mut dyn CryptoRng) -> Result<Self> {
        use p256::elliptic_curve::Generate;
        Ok(match key_type {
            KeyType::EcdsaP256 => Self::EcdsaP256(p256::ecdsa::SigningKey::generate_from_rng(rng)),
            KeyType::EcdsaP384 => Self::EcdsaP384(p384::ecdsa::SigningKey::generate_from_rng(rng)),
            KeyType::Ed25519 => Self::Ed25519(ed25519_dalek::SigningKey::generate(rng)),
            KeyType::Rsa { bits } => Self::Rsa(Box::new(
                rsa::PrivateKey::new(rng, bits)
                    .map_err(|_| Error::new(ErrorKind::Internal, "no RSA key could be made"))?,
            )),
        })
    }

    /// A key of these numbers, after checking that they are one.
    pub(super) fn from_raw(raw: &RawSecret) -> Result<Self> {
        match raw {
            RawSecret::Rsa(numbers) => rsa_from_numbers(numbers).map(Box::new).map(Self::Rsa),
            RawSecret::Ec { curve: Curve::P256, scalar } => p256::SecretKey::from_slice(scalar)
                .map(|key| Self::EcdsaP256(key.into()))
                .map_err(|_| damaged()),
            RawSecret::Ec { curve: Curve::P384, scalar } => p384::SecretKey::from_slice(scalar)
                .map(|key| Self::EcdsaP384(key.into()))
                .map_err(|_| damaged()),
            RawSecret::Ed25519 { seed } => Ok(Self::Ed25519(ed25519_dalek::SigningKey::from_bytes(seed))),
        }
    }

    /// An RSA key of two primes that somebody else found, as [`super::PrivateKey::from_primes`] wants them.
    pub(super) fn from_primes(p: &[u8], q: &[u8]) -> Result<Self> {
        let bits = u32::try_from(p.len() * 8).unwrap_or_default();
        let prime = |octets: &[u8]| {
            // With both of the first bits, it is above the square root that FIPS 186-5 names, and the modulus has all of its bits.
            let has_both = octets.first().is_some_and(|first| *first >= 0xC0);
            has_both.then(|| uint(octets, bits)).flatten().ok_or_else(no_primes)
        };
        let (p, q) = (prime(p)?, prime(q)?);
        let apart = if p > q { &p - &q } else { &q - &p };
        let key = rsa::PrivateKey::from_p_q(p, q, 65537u64.into()).map_err(|_| no_primes())?;
        if apart.bit_width() + 99 <= bits || key.d().bit_width() <= bits {
            return Err(no_primes());
        }
        Ok(Self::Rsa(Box::new(key)))
    }

    pub(super) fn to_raw(&self) -> Result<RawSecret> {
        Ok(match self {
            Self::EcdsaP256(key) => {
                let scalar = Zeroizing::new(Zeroizing::new(key.to_bytes()).to_vec());
                RawSecret::Ec { curve: Curve::P256, scalar }
            }
            Self::EcdsaP384(key) => {
                let scalar = Zeroizing::new(Zeroizing::new(key.to_bytes()).to_vec());
                RawSecret::Ec { curve: Curve::P384, scalar }
            }
            Self::Ed25519(key) => RawSecret::Ed25519 { seed: Zeroizing::new(key.to_bytes()) },
            Self::Rsa(key) => forms::pkcs1(&rsa_pkcs1(key)?)?.secret,
        })
    }

    /// PKCS#1, if it is an RSA key.
    pub(super) fn to_pkcs1(&self) -> Option<Result<RawBytes>> {
        match self {
            Self::Rsa(key) => Some(rsa_pkcs1(key)),
            _ => None,
        }
    }

    /// SEC1, if it is an ECDSA key.
    pub(super) fn to_sec1(&self) -> Option<Result<RawBytes>> {
        let der = match self {
            Self::EcdsaP256(key) => p256::SecretKey::from(key).to_sec1_der(),
            Self::EcdsaP384(key) => p384::SecretKey::from(key).to_sec1_der(),
            _ => return None,
        };
        Some(der.map_err(|_| unwritable()))
    }

    pub(super) fn to_pkcs8(&self) -> Result<RawBytes> {
        let document = match self {
            Self::EcdsaP256(key) => key.to_pkcs8_der(),
            Self::EcdsaP384(key) => key.to_pkcs8_der(),
            // Version 1 without the public half: OpenSSL 1.1, Node and WebCrypto refuse the version 2 of RFC 5958.
            Self::Ed25519(key) => {
                ed25519_dalek::pkcs8::KeypairBytes { secret_key: key.to_bytes(), public_key: None }
                    .to_pkcs8_der()
            }
            Self::Rsa(key) => key.to_pkcs8_der(),
        };
        let document = document.map_err(|_| unwritable())?;
        Ok(Zeroizing::new(document.as_bytes().to_vec()))
    }

    pub(super) fn public_spki(&self) -> Result<Vec<u8>> {
        let document = match self {
            Self::EcdsaP256(key) => key.verifying_key().to_public_key_der(),
            Self::EcdsaP384(key) => key.verifying_key().to_public_key_der(),
            Self::Ed25519(key) => key.verifying_key().to_public_key_der(),
            Self::Rsa(key) => key.to_public_key().to_public_key_der(),
        };
        let document =
            document.map_err(|_| Error::new(ErrorKind::Internal, "the public key could not be written"))?;
        Ok(document.into_vec())
    }

    /// Signs with the algorithm of [`KeyType::signature_algorithm`], in X.509's encoding of the signature.
    pub(super) fn sign(&self, message: &[u8], mut rng: &mut dyn CryptoRng) -> Result<Vec<u8>> {
        match self {
            Self::EcdsaP256(key) => {
                key.try_sign(message).map(|signature: p256::ecdsa::DerSignature| signature.to_vec())
            }
            Self::EcdsaP384(key) => {
                key.try_sign(message).map(|signature: p384::ecdsa::DerSignature| signature.to_vec())
            }
            Self::Ed25519(key) => key.try_sign(message).map(|signature| signature.to_vec()),
            // With a random source, so that the computation is blinded (RUSTSEC-2023-0071).
            Self::Rsa(key) => rsa::pkcs1v15::SigningKey::<Sha256>::new((**key).clone())
                .try_sign_with_rng(&mut rng, message)
                .map(|signature| signature.to_vec()),
        }
        .map_err(|_| Error::new(ErrorKind::Internal, "the signature could not be made"))
    }
}

fn rsa_from_numbers(numbers: &RsaNumbers) -> Result<rsa::PrivateKey> {
    let modulus = checked_size(&numbers.n, &numbers.e)?;
    let number = |bytes: &[u8]| uint(bytes, modulus).ok_or_else(damaged);
    let primes = match &numbers.primes {
        Some([p, q]) => vec![number(p)?, number(q)?],
        // The crate computes them from the exponents; by a method that needs a large one, and breaks at d = 0.
        None if numbers.e.len() <= 2 || numbers.d.len() <= 16 => {
            return Err(Error::new(
                ErrorKind::InvalidKey,
                "is an RSA key without its primes; export it with the members p, q, dp, dq and qi",
            ));
        }
        None => Vec::new(),
    };
    let e = uint(&numbers.e, EXPONENT_BITS).ok_or_else(damaged)?;
    let key = rsa::PrivateKey::from_components(number(&numbers.n)?, e, number(&numbers.d)?, primes)
        .map_err(|_| damaged())?;
    match (&numbers.crt, forms::pkcs1(&rsa_pkcs1(&key)?)?.secret) {
        // OpenSSL would sign with them, wrongly.
        (Some(given), RawSecret::Rsa(RsaNumbers { crt: Some(right), .. })) if *given != right => {
            Err(damaged())
        }
        _ => Ok(key),
    }
}

/// `None` if it is longer than `bits`.
fn uint(bytes: &[u8], bits: impl TryInto<u32>) -> Option<rsa::BoxedUint> {
    rsa::BoxedUint::from_be_slice(bytes, bits.try_into().ok()?).ok()
}

fn rsa_pkcs1(key: &rsa::PrivateKey) -> Result<RawBytes> {
    let document = key.to_pkcs1_der().map_err(|_| unwritable())?;
    Ok(Zeroizing::new(document.as_bytes().to_vec()))
}

/// An RSA public key in DER (PKCS#1).
pub(super) fn rsa_public_der(n: &[u8], e: &[u8]) -> Result<Vec<u8>> {
    let uint = |bytes| UintRef::new(bytes).map_err(|_| damaged_public());
    let key = rsa::pkcs1::RsaPublicKeyRef { modulus: uint(n)?, public_exponent: uint(e)? };
    key.to_der().map_err(|_| damaged_public())
}

/// Whether the bits of a public key are one: a point on its curve, numbers that the crate computes with.
pub(super) fn check_public(key: &PublicKey) -> Result<()> {
    let bits = key.bits();
    let is_key = match key.key_type() {
        KeyType::EcdsaP256 => p256::PublicKey::from_sec1_bytes(bits).is_ok(),
        KeyType::EcdsaP384 => p384::PublicKey::from_sec1_bytes(bits).is_ok(),
        KeyType::Ed25519 => ed25519_dalek::VerifyingKey::try_from(bits).is_ok(),
        KeyType::Rsa { .. } => rsa::PublicKey::from_pkcs1_der(bits).is_ok(),
    };
    if is_key { Ok(()) } else { Err(damaged_public()) }
}

/// A point with both of its coordinates; other keys as they are.
pub(super) fn uncompressed(key: &PublicKey) -> Option<Vec<u8>> {
    match key.key_type() {
        KeyType::EcdsaP256 => {
            Some(p256::PublicKey::from_sec1_bytes(key.bits()).ok()?.to_sec1_bytes().to_vec())
        }
        KeyType::EcdsaP384 => {
            Some(p384::PublicKey::from_sec1_bytes(key.bits()).ok()?.to_sec1_bytes().to_vec())
        }
        KeyType::Ed25519 | KeyType::Rsa { .. } => Some(key.bits().to_vec()),
    }
}

fn no_primes() -> Error {
    Error::new(ErrorKind::InvalidKey, "is not a pair of primes that an RSA key can have; let others be found")
}

fn unwritable() -> Error {
    Error::new(ErrorKind::Internal, "the key could not be written")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rng;

    const OCTETS: usize = 128;

    fn refused(p: &[u8], q: &[u8]) -> bool {
        Secret::from_primes(p, q).err().is_some_and(|error| error.kind() == ErrorKind::InvalidKey)
    }

    fn primes() -> [RawBytes; 2] {
        let key = Secret::generate(KeyType::Rsa { bits: 2048 }, &mut rng(1)).unwrap();
        let RawSecret::Rsa(RsaNumbers { primes: Some(primes), .. }) = key.to_raw().unwrap() else { panic!() };
        primes.map(|prime| prime.to_vec().into())
    }

    #[test]
    fn two_primes_are_the_key_that_they_came_from() {
        let [p, q] = primes();
        let made = Secret::generate(KeyType::Rsa { bits: 2048 }, &mut rng(1)).unwrap();
        for [p, q] in [[&p, &q], [&q, &p]] {
            let key = Secret::from_primes(p, q).unwrap();
            assert_eq!(key.public_spki().unwrap(), made.public_spki().unwrap());
            let message = b"message";
            assert_eq!(key.sign(message, &mut rng(2)).unwrap(), made.sign(message, &mut rng(2)).unwrap());
        }
    }

    #[test]
    fn what_no_key_may_have_for_primes_is_refused() {
        let [p, q] = primes();
        assert!(refused(&p, &p), "twice the same");
        let shorter = [&[0xFF], &q[2..]].concat();
        assert!(
            refused(&p, &shorter) && refused(&shorter, &p) && refused(&[], &[]) && refused(&p, &[]),
            "other lengths"
        );
        let with_first = |first: u8| [&[first], &q[1..]].concat();
        assert!(refused(&p, &with_first(0xBF)) && refused(&with_first(0x7F), &p), "too small");
        let even = [&q[..OCTETS - 1], &[q[OCTETS - 1] & 0xFE]].concat();
        assert!(refused(&p, &even), "even");
        // 1 modulo the exponent, and odd.
        let rest = q.iter().fold(0, |rest, octet| (rest * 256 + u128::from(*octet)) % 65537);
        let (head, tail) = q.split_at(OCTETS - 16);
        let tail = u128::from_be_bytes(tail.try_into().unwrap()) - rest + 1;
        let tail = if tail % 2 == 0 { tail - 65537 } else { tail };
        let multiple = [head, &tail.to_be_bytes()].concat();
        assert!(refused(&p, &multiple), "the exponent is a factor of the prime less one");
    }

    /// The difference may be anything above the power of two with 100 less than the bits of a prime.
    #[test]
    fn primes_are_far_from_each_other() {
        let [p, _] = primes();
        let flipped = |bit: usize| {
            let mut other = p.to_vec();
            other[OCTETS - 1 - bit / 8] ^= 1 << (bit % 8);
            other
        };
        assert!(refused(&p, &flipped(500)) && refused(&p, &flipped(924)));
        assert!(Secret::from_primes(&p, &flipped(926)).is_ok());
    }

    /// It is less than the least common multiple of the primes less one, which is made small here: 30 times what they have in common.
    #[test]
    fn a_small_private_exponent_is_refused() {
        let bits = 1024;
        let mut seen = [false; 2];
        let common =
            rsa::BoxedUint::from_be_slice(&[&[0x2A][..], &[0xA8; OCTETS - 1]].concat(), bits).unwrap();
        for i in 0..40_u64 {
            let common = &common - &rsa::BoxedUint::from(2 * i);
            let [p, q] = [5_u64, 6].map(|times| {
                let less_one = common.wrapping_mul(rsa::BoxedUint::from(times));
                less_one.wrapping_add(rsa::BoxedUint::one())
            });
            let Ok(key) = rsa::PrivateKey::from_p_q(p.clone(), q.clone(), 65537u64.into()) else { continue };
            let small = key.d().bit_width() <= bits;
            seen[usize::from(small)] = true;
            assert_eq!(refused(&p.to_be_bytes(), &q.to_be_bytes()), small);
        }
        assert_eq!(seen, [true, true]);
    }
}
