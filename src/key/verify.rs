//! Verifying signatures with RustCrypto.

use p256::ecdsa::signature::Verifier;
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::pkcs1::DecodeRsaPublicKey;
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};

use super::{Hash, KeyType, PublicKey};
use crate::signature::Scheme;

/// `$body` with `$digest` as the type of the hash.
macro_rules! with_digest {
    ($hash:expr, $digest:ident => $body:expr) => {
        match $hash {
            Hash::Md5 => {
                type $digest = md5::Md5;
                $body
            }
            Hash::Sha1 => {
                type $digest = sha1::Sha1;
                $body
            }
            Hash::Sha224 => {
                type $digest = Sha224;
                $body
            }
            Hash::Sha256 => {
                type $digest = Sha256;
                $body
            }
            Hash::Sha384 => {
                type $digest = Sha384;
                $body
            }
            Hash::Sha512 => {
                type $digest = Sha512;
                $body
            }
        }
    };
}

impl PublicKey {
    /// Whether `signature` over `message` was made with this key's private half.
    pub(crate) fn verify(&self, scheme: Scheme, message: &[u8], signature: &[u8]) -> bool {
        verified(self, scheme, message, signature).is_some()
    }
}

fn verified(key: &PublicKey, scheme: Scheme, message: &[u8], signature: &[u8]) -> Option<()> {
    match (key.key_type(), scheme) {
        (KeyType::EcdsaP256, Scheme::Ecdsa(hash)) => {
            let key: p256::ecdsa::VerifyingKey = p256::PublicKey::from_sec1_bytes(key.bits()).ok()?.into();
            let signature = p256::ecdsa::Signature::from_der(signature).ok()?;
            key.verify_prehash(&prehash(hash, message, 32), &signature).ok()
        }
        (KeyType::EcdsaP384, Scheme::Ecdsa(hash)) => {
            let key: p384::ecdsa::VerifyingKey = p384::PublicKey::from_sec1_bytes(key.bits()).ok()?.into();
            let signature = p384::ecdsa::Signature::from_der(signature).ok()?;
            key.verify_prehash(&prehash(hash, message, 48), &signature).ok()
        }
        (KeyType::Ed25519, Scheme::Ed25519) => {
            let key = ed25519_dalek::VerifyingKey::try_from(key.bits()).ok()?;
            let signature = ed25519_dalek::Signature::from_slice(signature).ok()?;
            key.verify_strict(message, &signature).ok()
        }
        (KeyType::Rsa { .. }, Scheme::RsaPkcs1(hash)) => {
            let key = rsa::PublicKey::from_pkcs1_der(key.bits()).ok()?;
            let signature = rsa::pkcs1v15::Signature::try_from(signature).ok()?;
            with_digest!(hash, D => rsa::pkcs1v15::VerifyingKey::<D>::new(key).verify(message, &signature))
                .ok()
        }
        (KeyType::Rsa { .. }, Scheme::RsaPss(hash, salt)) => {
            let key = rsa::PublicKey::from_pkcs1_der(key.bits()).ok()?;
            let signature = rsa::pss::Signature::try_from(signature).ok()?;
            with_digest!(hash, D => {
                rsa::pss::VerifyingKey::<D>::new_with_salt_len(key, salt).verify(message, &signature)
            })
            .ok()
        }
        _ => None,
    }
}

/// The digest, with zeros in front where it is shorter than the curve: as a number it is the same (SEC 1 section 4.1.4),
/// and the ecdsa crate refuses one of less than half the curve's length.
fn prehash(hash: Hash, message: &[u8], curve: usize) -> Vec<u8> {
    let digest = with_digest!(hash, D => D::digest(message).to_vec());
    let mut padded = vec![0; curve.saturating_sub(digest.len())];
    padded.extend(digest);
    padded
}
