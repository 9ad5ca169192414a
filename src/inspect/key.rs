//! Keys as data.

use serde::Serialize;

use super::oracle::Oracle;
use super::public_key::{self, PublicKeyDetails};
use crate::error::{Error, ErrorKind, Result};
use crate::key;
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
pub(super) fn private(
    block: &Block,
    curve: Option<&Block>,
    passphrase: Option<&str>,
    oracle: &mut dyn Oracle,
) -> Result<KeyDetails> {
    let encrypted = key::is_encrypted(block);
    if encrypted && passphrase.is_none() {
        return Ok(KeyDetails { r#type: "privateKey", encrypted, public_key: None });
    }
    if !encrypted && block.label.as_deref() == Some(pem::ENCRYPTED_PRIVATE_KEY) {
        return Err(Error::new(ErrorKind::InvalidKey, "holds an encrypted private key that is damaged"));
    }
    let spki = oracle.public_half(block, curve, passphrase)?;
    let public_key = spki.and_then(|spki| PublicKeyDetails::read(&spki));
    Ok(KeyDetails { r#type: "privateKey", encrypted, public_key })
}

impl KeyDetails {
    /// A key whose public half has become known.
    pub(crate) fn described(r#type: &str, encrypted: bool, spki: &[u8]) -> Self {
        let r#type = if r#type == "privateKey" { "privateKey" } else { "publicKey" };
        Self { r#type, encrypted, public_key: PublicKeyDetails::read(spki) }
    }
}
