//! Keys: which there are, their PKCS#8 and SPKI forms, and who signs with them.
//!
//! `in_page` is the only file that knows the crypto crates.

mod in_page;
mod pkcs8;
mod verify;

use std::fmt;

use rand_core::CryptoRng;
use rcgen::SignatureAlgorithm;
use x509_parser::prelude::{FromDer, SubjectPublicKeyInfo};

use crate::error::{Error, ErrorKind, Result};
use crate::pem;
use crate::signature::Scheme;

pub(crate) use pkcs8::is_encrypted;

pub(crate) use in_page::{digest_sha1, digest_sha256};
pub(crate) use verify::Hash;

/// The smallest RSA modulus that today's verifiers take (curl refuses 1024 bits).
const MIN_RSA_BITS: usize = 2048;
/// The largest that is read: a signature takes seconds beyond.
const MAX_RSA_BITS: usize = 8192;

/// What a new key can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum KeyAlgorithm {
    /// ECDSA on P-256: what every verifier takes, small and fast; so the default.
    #[default]
    EcdsaP256,
    /// ECDSA on P-384.
    EcdsaP384,
    /// Ed25519. Chromium refuses leaf certificates with it (ERR_SSL_VERSION_OR_CIPHER_MISMATCH).
    Ed25519,
    /// RSA with a modulus of 2048 bits.
    Rsa2048,
    /// RSA with a modulus of 3072 bits.
    Rsa3072,
    /// RSA with a modulus of 4096 bits.
    Rsa4096,
}

impl KeyAlgorithm {
    /// Every algorithm, in the order in which they are offered.
    pub const ALL: &[KeyAlgorithm] =
        &[Self::EcdsaP256, Self::EcdsaP384, Self::Ed25519, Self::Rsa2048, Self::Rsa3072, Self::Rsa4096];

    /// The name under which options and details speak of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EcdsaP256 => "ecdsa-p256",
            Self::EcdsaP384 => "ecdsa-p384",
            Self::Ed25519 => "ed25519",
            Self::Rsa2048 => "rsa-2048",
            Self::Rsa3072 => "rsa-3072",
            Self::Rsa4096 => "rsa-4096",
        }
    }

    /// The algorithm of that name.
    pub fn from_name(name: &str) -> Result<Self> {
        Self::ALL.iter().copied().find(|algorithm| algorithm.name() == name).ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|algorithm| algorithm.name()).collect();
            let names = names.join(", ");
            Error::new(ErrorKind::InvalidOption, format!("is not an algorithm; choose one of {names}"))
        })
    }

    pub(crate) fn key_type(self) -> KeyType {
        match self {
            Self::EcdsaP256 => KeyType::EcdsaP256,
            Self::EcdsaP384 => KeyType::EcdsaP384,
            Self::Ed25519 => KeyType::Ed25519,
            Self::Rsa2048 => KeyType::Rsa { bits: 2048 },
            Self::Rsa3072 => KeyType::Rsa { bits: 3072 },
            Self::Rsa4096 => KeyType::Rsa { bits: 4096 },
        }
    }
}

/// What a key is. Wider than [`KeyAlgorithm`]: a key that comes from outside can have any RSA size in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyType {
    /// ECDSA on P-256.
    EcdsaP256,
    /// ECDSA on P-384.
    EcdsaP384,
    /// Ed25519.
    Ed25519,
    /// RSA.
    Rsa {
        /// Bits of the modulus.
        bits: usize,
    },
}

impl KeyType {
    /// `ecdsa-p256`, `rsa-2048` and so on, as [`KeyAlgorithm::name`] says it where it is one of those.
    pub fn name(self) -> String {
        match self {
            Self::EcdsaP256 => "ecdsa-p256".to_owned(),
            Self::EcdsaP384 => "ecdsa-p384".to_owned(),
            Self::Ed25519 => "ed25519".to_owned(),
            Self::Rsa { bits } => format!("rsa-{bits}"),
        }
    }

    /// The signature algorithm that a key of this type signs with here: SHA-2 of the curve's size, SHA-256 for RSA
    /// (every verifier takes it; a longer hash under a 2048-bit modulus adds nothing).
    pub(crate) fn signature_algorithm(self) -> &'static SignatureAlgorithm {
        match self {
            Self::EcdsaP256 => &rcgen::PKCS_ECDSA_P256_SHA256,
            Self::EcdsaP384 => &rcgen::PKCS_ECDSA_P384_SHA384,
            Self::Ed25519 => &rcgen::PKCS_ED25519,
            Self::Rsa { .. } => &rcgen::PKCS_RSA_SHA256,
        }
    }
}

/// A public key: its type, and its SubjectPublicKeyInfo (RFC 5280 section 4.1.2.7) byte for byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    key_type: KeyType,
    spki: Vec<u8>,
    bits: Vec<u8>,
    /// The key itself, however its SPKI was encoded (compressed points, parameters left out).
    canonical: Vec<u8>,
}

impl PublicKey {
    /// Reads a SubjectPublicKeyInfo. The type is taken from it alone, never from how something else was signed.
    pub fn from_spki(spki: &[u8]) -> Result<Self> {
        let unreadable = || Error::new(ErrorKind::InvalidKey, "holds a public key that can't be read");
        let (rest, parsed) = SubjectPublicKeyInfo::from_der(spki).map_err(|_| unreadable())?;
        if !rest.is_empty() {
            return Err(unreadable());
        }
        let (key_type, canonical) = in_page::read_public(spki, &parsed)?;
        if let KeyType::Rsa { bits } = key_type
            && !(MIN_RSA_BITS..=MAX_RSA_BITS).contains(&bits)
        {
            return Err(Error::new(
                ErrorKind::UnsupportedKey,
                format!(
                    "is an RSA key of {bits} bits; make one of 2048 to 4096 bits, shorter ones are refused by verifiers"
                ),
            ));
        }
        Ok(Self { key_type, spki: spki.to_vec(), bits: parsed.subject_public_key.data.to_vec(), canonical })
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
        digest_sha256(&self.bits).into_iter().take(20).collect()
    }

    /// Whether `signature` over `message` was made with this key's private half.
    pub(crate) fn verify(&self, scheme: Scheme, message: &[u8], signature: &[u8]) -> bool {
        verify::verify(self, scheme, message, signature)
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

/// A private key with its public half. It is wiped from memory when dropped and prints as `[elided]`.
pub struct PrivateKey {
    secret: in_page::Secret,
    public: PublicKey,
}

impl PrivateKey {
    /// Makes a new key. RSA takes from a tenth of a second to several (4096 bits).
    pub fn generate(algorithm: KeyAlgorithm, rng: &mut dyn CryptoRng) -> Result<Self> {
        Self::from_secret(in_page::Secret::generate(algorithm.key_type(), rng)?)
    }

    /// Reads a PKCS#8 key, PEM or DER, encrypted or not (RFC 5958).
    pub fn from_pkcs8(input: &[u8], passphrase: Option<&str>) -> Result<Self> {
        let der = pkcs8::read(input, passphrase)?;
        Self::from_secret(in_page::Secret::from_pkcs8(&der)?)
    }

    /// The public half.
    pub fn public_key(&self) -> &PublicKey {
        &self.public
    }

    /// PKCS#8 PEM.
    pub fn to_pem(&self) -> Result<String> {
        Ok(pem::encode(pem::PRIVATE_KEY, &self.secret.to_pkcs8()?))
    }

    /// PKCS#8 PEM, encrypted with a passphrase (PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC, RFC 8018), as
    /// OpenSSL 3, Java 17 and Node read it.
    pub fn to_encrypted_pem(&self, passphrase: &str, rng: &mut dyn CryptoRng) -> Result<String> {
        let encrypted = pkcs8::encrypt(&self.secret.to_pkcs8()?, passphrase, rng)?;
        Ok(pem::encode(pem::ENCRYPTED_PRIVATE_KEY, &encrypted))
    }

    /// Signs with [`KeyType::signature_algorithm`]. `rng` blinds RSA; the others are deterministic (RFC 6979, RFC 8032).
    pub(crate) fn sign(&self, message: &[u8], rng: &mut dyn CryptoRng) -> Result<Vec<u8>> {
        self.secret.sign(message, rng)
    }

    fn from_secret(secret: in_page::Secret) -> Result<Self> {
        let public = PublicKey::from_spki(&secret.public_spki()?)?;
        Ok(Self { secret, public })
    }
}

impl fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PrivateKey")
            .field("type", &self.public.key_type)
            .field("secret", &"[elided]")
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::rng;

    #[test]
    fn keys_survive_pkcs8_and_sign_what_verifies() {
        for algorithm in
            [KeyAlgorithm::EcdsaP256, KeyAlgorithm::EcdsaP384, KeyAlgorithm::Ed25519, KeyAlgorithm::Rsa2048]
        {
            let key = PrivateKey::generate(algorithm, &mut rng(1)).unwrap();
            let again = PrivateKey::from_pkcs8(key.to_pem().unwrap().as_bytes(), None).unwrap();
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
        let pem = key.to_encrypted_pem("correct horse", &mut rng(2)).unwrap();
        let read = |passphrase| PrivateKey::from_pkcs8(pem.as_bytes(), passphrase);
        assert_eq!(read(Some("correct horse")).unwrap().public_key(), key.public_key());
        assert_eq!(read(Some("wrong horse")).unwrap_err().kind(), ErrorKind::Passphrase);
        assert_eq!(read(None).unwrap_err().kind(), ErrorKind::Passphrase);
    }

    #[test]
    fn debug_elides_the_secret() {
        let key = PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng(1)).unwrap();
        assert_eq!(format!("{key:?}"), r#"PrivateKey { type: EcdsaP256, secret: "[elided]", .. }"#);
    }

    #[test]
    fn short_rsa_is_refused_by_size() {
        // Made with `openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024`, public half.
        let file = include_bytes!("../../tests/data/rsa-1024.pub.pem");
        let block = pem::decode_one(file, &[pem::PUBLIC_KEY], "a key").unwrap();
        let error = PublicKey::from_spki(&block.der).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::UnsupportedKey);
        assert!(error.message().contains("1024"));
    }
}
