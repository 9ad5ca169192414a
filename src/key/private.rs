//! Private keys.

use std::fmt;

use rand_core::CryptoRng;

use super::in_page;
use super::raw::RawKey;
use super::{KeyAlgorithm, PublicKey, read};
use crate::error::{Error, ErrorKind, Result};
use crate::pem::Block;

/// A private key with its public half. It is wiped from memory when dropped and prints as `[elided]`.
pub struct PrivateKey {
    pub(super) secret: in_page::Secret,
    public: PublicKey,
}

impl PrivateKey {
    /// Makes a new key. RSA takes from a tenth of a second to several (4096 bits).
    pub fn generate(algorithm: KeyAlgorithm, rng: &mut dyn CryptoRng) -> Result<Self> {
        Self::from_secret(in_page::Secret::generate(algorithm.key_type(), rng)?)
    }

    /// The RSA key of two primes, big-endian, with the public exponent 65537, for platforms that find primes faster than we do. Whether
    /// they are primes is not looked into: who gives them vouches for it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidKey`] for what FIPS 186-5 (A.1.1) does not let them be: of different lengths, below √2 times the power of
    /// two, closer to each other than 100 bits, or one more than a multiple of the exponent; and where the private exponent is small.
    pub fn from_primes(p: &[u8], q: &[u8]) -> Result<Self> {
        Self::from_secret(in_page::Secret::from_primes(p, q)?)
    }

    /// Reads a private key in any form: PKCS#8, PKCS#1 and SEC1, PEM or DER, encrypted or not, and JWK. Other PEM blocks
    /// may stand beside it. The passphrase of a key that is not encrypted is passed over, as OpenSSL does.
    ///
    /// # Errors
    /// [`ErrorKind::Passphrase`] where the passphrase is wrong or missing; [`ErrorKind::UnsupportedKey`] for keys that
    /// verifiers refuse, by name; [`ErrorKind::InvalidKey`] for damaged ones, and ones whose public half is another
    /// key's; [`ErrorKind::InvalidPem`] and [`ErrorKind::MultiplePem`] where there is not one key.
    pub fn read(input: &[u8], passphrase: Option<&str>) -> Result<Self> {
        Self::from_raw(&read::private(input, passphrase)?)
    }

    /// Reads the private key of one block, with the `EC PARAMETERS` beside it.
    pub(crate) fn from_block(block: &Block, curve: Option<&Block>, passphrase: Option<&str>) -> Result<Self> {
        let parameters = curve.map(|curve| curve.der.as_slice());
        Self::from_raw(&read::private_block(block, parameters, passphrase)?)
    }

    /// The public half.
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// Signs with [`KeyType::signature_algorithm`]. `rng` blinds RSA; the others are deterministic (RFC 6979, RFC 8032).
    pub(crate) fn sign(&self, message: &[u8], rng: &mut dyn CryptoRng) -> Result<Vec<u8>> {
        self.secret.sign(message, rng)
    }

    fn from_raw(raw: &RawKey) -> Result<Self> {
        let key = Self::from_secret(in_page::Secret::from_raw(&raw.secret)?)?;
        if raw.publics.iter().any(|bits| !key.public.has_bits(bits)) {
            return Err(Error::new(
                ErrorKind::InvalidKey,
                "holds a public key that does not belong to its private key; it is damaged or was put together wrongly",
            ));
        }
        Ok(key)
    }

    fn from_secret(secret: in_page::Secret) -> Result<Self> {
        let public = PublicKey::from_spki(&secret.public_spki()?)?;
        Ok(Self { secret, public })
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateKey")
            .field("type", &self.public.key_type())
            .field("secret", &"[elided]")
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::Hash;
    use crate::signature::Scheme;
    use crate::testing::rng;

    #[test]
    fn keys_survive_pkcs8_and_sign_what_verifies() {
        for algorithm in
            [KeyAlgorithm::EcdsaP256, KeyAlgorithm::EcdsaP384, KeyAlgorithm::Ed25519, KeyAlgorithm::Rsa2048]
        {
            let key = PrivateKey::generate(algorithm, &mut rng(1)).unwrap();
            let again = PrivateKey::read(key.to_pkcs8_pem().unwrap().as_bytes(), None).unwrap();
            assert_eq!(key.public_key(), again.public_key());
            assert_eq!(key.public_key().key_type().name(), algorithm.name());
            let signature = again.sign(b"message", &mut rng(2)).unwrap();
            let scheme = match algorithm {
                KeyAlgorithm::EcdsaP256 => Scheme::Ecdsa(Hash::Sha256),
                KeyAlgorithm::EcdsaP384 => Scheme::Ecdsa(Hash::Sha384),
                KeyAlgorithm::Ed25519 => Scheme::Ed25519,
                _ => Scheme::RsaPkcs1(Hash::Sha256),
            };
            assert!(key.public_key().verify(scheme, b"message", &signature));
            assert!(!key.public_key().verify(scheme, b"massage", &signature));
        }
    }

    #[test]
    fn a_passphrase_guards_and_its_absence_has_a_code() {
        let key = PrivateKey::generate(KeyAlgorithm::Ed25519, &mut rng(1)).unwrap();
        let pem = key.to_encrypted_pem("correct horse", Some(1000), &mut rng(2)).unwrap();
        let read = |passphrase| PrivateKey::read(pem.as_bytes(), passphrase);
        assert_eq!(read(Some("correct horse")).unwrap().public_key(), key.public_key());
        assert_eq!(read(Some("wrong horse")).unwrap_err().kind(), ErrorKind::Passphrase);
        assert_eq!(read(None).unwrap_err().kind(), ErrorKind::Passphrase);
    }

    #[test]
    fn debug_elides_the_secret() {
        let key = PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng(1)).unwrap();
        assert_eq!(format!("{key:?}"), r#"PrivateKey { type: EcdsaP256, secret: "[elided]", .. }"#);
    }
}
