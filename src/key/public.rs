//! Public keys: SPKI, PKCS#1 and JWK in, SPKI and JWK out.

use rcgen::SignatureAlgorithm;
use x509_parser::prelude::{FromDer, SubjectPublicKeyInfo};

use super::in_page::{self, digest_sha256};
use super::verify;
use super::{KeyType, jwk, read};
use crate::error::{Error, ErrorKind, Result};
use crate::pem;
use crate::signature::Scheme;

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
    /// Reads a public key: SubjectPublicKeyInfo or PKCS#1 (`RSA PUBLIC KEY`), PEM or DER, or a public JWK.
    ///
    /// # Errors
    /// As [`PrivateKey::read`](super::PrivateKey::read).
    pub fn read(input: &[u8]) -> Result<Self> {
        Self::from_spki(&read::public(input)?)
    }

    /// Reads a SubjectPublicKeyInfo. The type is taken from it alone, never from how something else was signed.
    pub fn from_spki(spki: &[u8]) -> Result<Self> {
        let unreadable = || Error::new(ErrorKind::InvalidKey, "holds a public key that can't be read");
        let (rest, parsed) = SubjectPublicKeyInfo::from_der(spki).map_err(|_| unreadable())?;
        if !rest.is_empty() {
            return Err(unreadable());
        }
        let (key_type, canonical) = in_page::read_public(spki)?;
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

    /// A public JSON Web Key (RFC 7517), as JSON text.
    pub fn to_jwk(&self) -> Result<String> {
        jwk::write_public(self.key_type, &self.canonical)
    }

    /// The key identifier: the leftmost 160 bits of SHA-256 over the key's bits (RFC 7093 section 2, method 1).
    /// Not the key's SHA-1 of RFC 5280, so that no SHA-1 stands in what we make; verifiers compare, they do not compute.
    pub fn key_identifier(&self) -> Vec<u8> {
        digest_sha256(&self.bits).into_iter().take(20).collect()
    }

    /// The bits of its SubjectPublicKeyInfo in their one usual form: points are not compressed.
    pub(super) fn canonical(&self) -> &[u8] {
        &self.canonical
    }

    /// Whether these are its bits, however encoded.
    pub(super) fn has_bits(&self, bits: &[u8]) -> bool {
        in_page::canonical_bits(self.key_type, bits).as_deref() == Some(&self.canonical)
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
}
