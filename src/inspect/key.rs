//! Keys as data. The only file here that reads private keys.

use serde::Serialize;

use super::public_key::{self, PublicKeyDetails};
use crate::error::{Error, ErrorKind, Result};
use crate::key::{self, PrivateKey, PublicKey};
use crate::pem::{self, Block};

/// A key as data. Never its secret part.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyDetails {
    /// `"privateKey"` or `"publicKey"`.
    pub r#type: &'static str,
    /// Whether a passphrase guards it. Without the passphrase nothing else is known.
    pub encrypted: bool,
    /// Its public half.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_key: Option<PublicKeyDetails>,
}

/// A SubjectPublicKeyInfo, or PKCS#1.
pub(super) fn public(der: &[u8]) -> Result<KeyDetails> {
    let described = PublicKeyDetails::read(&public_key::to_spki(der))
        .ok_or_else(|| Error::new(ErrorKind::InvalidKey, "is no public key that can be read"))?;
    Ok(KeyDetails { r#type: "publicKey", encrypted: false, public_key: Some(described) })
}

/// A block with a private key in any of its forms, or bare DER.
pub(super) fn private(block: &Block, passphrase: Option<&str>) -> Result<KeyDetails> {
    let encrypted = key::is_encrypted(block);
    if encrypted && passphrase.is_none() {
        return Ok(KeyDetails { r#type: "privateKey", encrypted, public_key: None });
    }
    if !encrypted && block.label.as_deref() == Some(pem::ENCRYPTED_PRIVATE_KEY) {
        return Err(Error::new(ErrorKind::InvalidKey, "holds an encrypted private key that is damaged"));
    }
    let key = PrivateKey::from_block(block, passphrase)?;
    let public_key = PublicKeyDetails::read(key.public_key().spki());
    Ok(KeyDetails { r#type: "privateKey", encrypted, public_key })
}

/// A JSON Web Key, where the input is one: a private one, or a public one.
pub(super) fn jwk(input: &[u8]) -> Option<Result<KeyDetails>> {
    if !key::is_jwk(input) {
        return None;
    }
    let described = |r#type, key: &PublicKey| KeyDetails {
        r#type,
        encrypted: false,
        public_key: PublicKeyDetails::read(key.spki()),
    };
    let public = || PublicKey::read(input).map(|key| described("publicKey", &key));
    Some(match PrivateKey::read(input, None) {
        Ok(key) => Ok(described("privateKey", key.public_key())),
        Err(error) => public().map_err(|_| error),
    })
}
