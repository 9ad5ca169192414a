//! In-page crypto: RustCrypto. The only file that knows its crates, so that another backend is one more file like it.

use der::asn1::UintRef;
use der::{Decode, Encode};
use p256::ecdsa::signature::{RandomizedSigner, SignatureEncoding, Signer};
use pkcs8::{EncodePrivateKey, EncodePublicKey};
use rand_core::CryptoRng;
use rsa::pkcs1::{DecodeRsaPublicKey, EncodeRsaPrivateKey};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::KeyType;
use super::forms::{self, EC, ED25519, RSA, damaged};
use super::raw::{Curve, RawSecret, RsaNumbers, Secret as RawBytes};
use super::unsupported::{self, MAX_RSA_BITS, MIN_RSA_BITS};
use crate::error::{Error, ErrorKind, Result};

/// What the `rsa` crate and ring take of a public exponent: longer ones make verifying costly.
const EXPONENT_BITS: u32 = 33;

pub(crate) fn digest_sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// For showing fingerprints, which people still compare; nothing here trusts it.
pub(crate) fn digest_sha1(bytes: &[u8]) -> [u8; 20] {
    sha1::Sha1::digest(bytes).into()
}

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

/// The bits of a modulus, if it and its exponent are of a size that is taken.
fn checked_size(n: &[u8], e: &[u8]) -> Result<usize> {
    let bits = bit_length(n);
    if !(MIN_RSA_BITS..=MAX_RSA_BITS).contains(&bits) {
        return Err(unsupported::rsa_size(bits));
    }
    if bit_length(e) > EXPONENT_BITS as usize {
        return Err(unsupported::rsa_exponent());
    }
    Ok(bits)
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

/// Modulus and exponent.
pub(super) fn rsa_public_numbers(der: &[u8]) -> Option<(&[u8], &[u8])> {
    let key = rsa::pkcs1::RsaPublicKeyRef::from_der(der).ok()?;
    Some((key.modulus.as_bytes(), key.public_exponent.as_bytes()))
}

/// The type of a public key, after checking that its bits are a key of it, and those bits in their one usual form.
pub(super) fn read_public(spki: &[u8]) -> Result<(KeyType, Vec<u8>)> {
    let info = spki::SubjectPublicKeyInfoRef::from_der(spki).map_err(|_| damaged_public())?;
    let bits = info.subject_public_key.as_bytes().ok_or_else(damaged_public)?;
    let key_type = match info.algorithm.oid {
        EC => match Curve::from_parameters(info.algorithm.parameters)? {
            Curve::P256 => KeyType::EcdsaP256,
            Curve::P384 => KeyType::EcdsaP384,
        },
        ED25519 => KeyType::Ed25519,
        RSA => {
            let (n, e) = rsa_public_numbers(bits).ok_or_else(damaged_public)?;
            KeyType::Rsa { bits: checked_size(n, e)? }
        }
        other => return Err(unsupported::algorithm(other)),
    };
    canonical_bits(key_type, bits).map(|canonical| (key_type, canonical)).ok_or_else(damaged_public)
}

/// The bits of a public key in their one usual form; `None` if they are no key of that type.
pub(super) fn canonical_bits(key_type: KeyType, bits: &[u8]) -> Option<Vec<u8>> {
    match key_type {
        KeyType::EcdsaP256 => Some(p256::PublicKey::from_sec1_bytes(bits).ok()?.to_sec1_bytes().to_vec()),
        KeyType::EcdsaP384 => Some(p384::PublicKey::from_sec1_bytes(bits).ok()?.to_sec1_bytes().to_vec()),
        KeyType::Ed25519 => {
            ed25519_dalek::VerifyingKey::try_from(bits).ok().map(|key| key.to_bytes().to_vec())
        }
        KeyType::Rsa { .. } => rsa::PublicKey::from_pkcs1_der(bits).ok().map(|_| bits.to_vec()),
    }
}

fn damaged_public() -> Error {
    Error::new(ErrorKind::InvalidKey, "holds a public key that can't be read; it may be damaged")
}

fn unwritable() -> Error {
    Error::new(ErrorKind::Internal, "the key could not be written")
}

fn bit_length(big_endian: &[u8]) -> usize {
    let significant: &[u8] =
        big_endian.iter().position(|byte| *byte != 0).and_then(|at| big_endian.get(at..)).unwrap_or_default();
    let leading = significant.first().map_or(0, |byte| byte.leading_zeros() as usize);
    significant.len() * 8 - leading
}
