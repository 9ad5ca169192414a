//! In-page crypto: RustCrypto. The only file that knows its crates, so that another backend is one more file like it.

use der::Decode;
use der::asn1::{AnyRef, ObjectIdentifier};
use p256::ecdsa::signature::{RandomizedSigner, SignatureEncoding, Signer};
use pkcs8::{
    DecodePrivateKey, DecodePublicKey, EncodePrivateKey, EncodePublicKey, PrivateKeyInfoRef, SecretDocument,
};
use rand_core::CryptoRng;
use sha2::{Digest, Sha256};
use x509_parser::prelude::SubjectPublicKeyInfo;
use x509_parser::public_key::PublicKey as ParsedPublicKey;

use super::{KeyType, MAX_RSA_BITS};
use crate::error::{Error, ErrorKind, Result};

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

const SUPPORTED: &str = "make one with ecdsa-p256, ecdsa-p384, ed25519 or RSA of 2048 bits or more";

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

    /// Reads a `PrivateKeyInfo`. Each crate checks that the public half, where the file holds it, belongs to it.
    pub(super) fn from_pkcs8(document: &SecretDocument) -> Result<Self> {
        let der = document.as_bytes();
        let unreadable =
            || Error::new(ErrorKind::InvalidKey, "holds a private key that can't be read; it may be damaged");
        let info = PrivateKeyInfoRef::from_der(der).map_err(|_| unreadable())?;
        match info.algorithm.oid {
            RSA => Ok(Self::Rsa(Box::new(rsa::PrivateKey::from_pkcs8_der(der).map_err(|_| {
                Error::new(
                    ErrorKind::InvalidKey,
                    format!("holds an RSA key that is damaged, or not of 2048 to {MAX_RSA_BITS} bits with two primes"),
                )
            })?))),
            ED25519 => ed25519_dalek::SigningKey::from_pkcs8_der(der).map(Self::Ed25519).map_err(|_| unreadable()),
            EC => match curve_of(info.algorithm.parameters)? {
                Curve::P256 => p256::SecretKey::from_pkcs8_der(der).map(|key| Self::EcdsaP256(key.into())),
                Curve::P384 => p384::SecretKey::from_pkcs8_der(der).map(|key| Self::EcdsaP384(key.into())),
            }
            .map_err(|_| unreadable()),
            other => Err(unsupported(&format!("of the algorithm {other}"))),
        }
    }

    pub(super) fn to_pkcs8(&self) -> Result<zeroize::Zeroizing<Vec<u8>>> {
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
        let document =
            document.map_err(|_| Error::new(ErrorKind::Internal, "the key could not be written"))?;
        Ok(zeroize::Zeroizing::new(document.as_bytes().to_vec()))
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

/// The type of a public key, after checking that its bits are a key of it, and the key in its one usual form.
pub(super) fn read_public(spki: &[u8], parsed: &SubjectPublicKeyInfo<'_>) -> Result<(KeyType, Vec<u8>)> {
    let damaged = || Error::new(ErrorKind::InvalidKey, "holds a public key that is damaged");
    let reference = spki::SubjectPublicKeyInfoRef::from_der(spki).map_err(|_| damaged())?;
    let bits = parsed.subject_public_key.data.to_vec();
    match reference.algorithm.oid {
        EC => match curve_of(reference.algorithm.parameters)? {
            Curve::P256 => {
                let key = p256::PublicKey::from_public_key_der(spki).map_err(|_| damaged())?;
                Ok((KeyType::EcdsaP256, key.to_sec1_bytes().to_vec()))
            }
            Curve::P384 => {
                let key = p384::PublicKey::from_public_key_der(spki).map_err(|_| damaged())?;
                Ok((KeyType::EcdsaP384, key.to_sec1_bytes().to_vec()))
            }
        },
        ED25519 => match ed25519_dalek::VerifyingKey::from_public_key_der(spki) {
            Ok(_) => Ok((KeyType::Ed25519, bits)),
            Err(_) => Err(damaged()),
        },
        RSA => match parsed.parsed() {
            Ok(ParsedPublicKey::RSA(key)) => Ok((KeyType::Rsa { bits: bit_length(key.modulus) }, bits)),
            _ => Err(damaged()),
        },
        other => Err(unsupported(&format!("of the algorithm {other}"))),
    }
}

enum Curve {
    P256,
    P384,
}

fn curve_of(parameters: Option<AnyRef<'_>>) -> Result<Curve> {
    match parameters.and_then(|parameters| parameters.decode_as::<ObjectIdentifier>().ok()) {
        Some(P256) => Ok(Curve::P256),
        Some(P384) => Ok(Curve::P384),
        Some(other) => Err(unsupported(&format!("on the curve {}", curve_name(&other.to_string())))),
        None => Err(unsupported("on a curve without a name")),
    }
}

fn curve_name(oid: &str) -> &str {
    match oid {
        "1.3.132.0.35" => "P-521, which Chromium refuses",
        "1.3.132.0.10" => "secp256k1, which browsers refuse",
        "1.3.132.0.33" => "P-224, which browsers refuse",
        other => other,
    }
}

fn unsupported(what: &str) -> Error {
    Error::new(ErrorKind::UnsupportedKey, format!("is a key {what}; {SUPPORTED}"))
}

fn bit_length(big_endian: &[u8]) -> usize {
    let significant: &[u8] =
        big_endian.iter().position(|byte| *byte != 0).and_then(|at| big_endian.get(at..)).unwrap_or_default();
    let leading = significant.first().map_or(0, |byte| byte.leading_zeros() as usize);
    significant.len() * 8 - leading
}
