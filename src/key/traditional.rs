//! OpenSSL's traditional encryption, read only: PEM headers (RFC 1421) that name a cipher of the whole block, whose key is
//! one MD5 of the passphrase. What it protects is protected badly; what it encrypts is still people's key.

use cbc::Decryptor;
use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit};
use md5::Md5;
use sha2::Digest;
use zeroize::Zeroizing;

use super::form::form;
use super::locked::Locked;
use super::raw::Secret;
use crate::error::Result;
use crate::hexadecimal;
use crate::pem::{self, Block};

/// The DER of the key.
pub(super) fn decrypt(block: &Block, passphrase: Option<&str>) -> Result<Secret, Locked> {
    let info = header(block, "DEK-Info").ok_or(Locked::Damaged)?;
    let (name, iv) = info.split_once(',').ok_or(Locked::Damaged)?;
    let cipher = Cipher::named(name.trim())?;
    let iv = hexadecimal::read(iv.trim()).filter(|iv| iv.len() == cipher.iv()).ok_or(Locked::Damaged)?;
    let key = bytes_to_key(passphrase.ok_or(Locked::NoPassphrase)?, iv.get(..8).unwrap_or(&iv), cipher.key());
    let decrypted = match cipher {
        Cipher::Aes128 => decrypt_cbc::<aes::Aes128>(&key, &iv, &block.der),
        Cipher::Aes192 => decrypt_cbc::<aes::Aes192>(&key, &iv, &block.der),
        Cipher::Aes256 => decrypt_cbc::<aes::Aes256>(&key, &iv, &block.der),
        Cipher::TripleDes => decrypt_cbc::<des::TdesEde3>(&key, &iv, &block.der),
    }?;
    // One wrong passphrase in 256 leaves padding that looks right.
    form(&decrypted).map(|_| decrypted).ok_or(Locked::WrongPassphrase)
}

enum Cipher {
    Aes128,
    Aes192,
    Aes256,
    TripleDes,
}

impl Cipher {
    fn named(name: &str) -> Result<Self, Locked> {
        match name {
            "AES-128-CBC" => Ok(Self::Aes128),
            "AES-192-CBC" => Ok(Self::Aes192),
            "AES-256-CBC" => Ok(Self::Aes256),
            "DES-EDE3-CBC" => Ok(Self::TripleDes),
            other => Err(Locked::Other(pem::printable(other))),
        }
    }

    fn key(&self) -> usize {
        match self {
            Self::Aes128 => 16,
            Self::Aes192 | Self::TripleDes => 24,
            Self::Aes256 => 32,
        }
    }

    fn iv(&self) -> usize {
        if matches!(self, Self::TripleDes) { 8 } else { 16 }
    }
}

/// `EVP_BytesToKey` with MD5 and one round.
fn bytes_to_key(passphrase: &str, salt: &[u8], length: usize) -> Secret {
    let mut key: Secret = Zeroizing::new(Vec::with_capacity(length + 16));
    let mut hash: Secret = Zeroizing::new(Vec::new());
    while key.len() < length {
        let digest =
            Md5::new().chain_update(hash.as_slice()).chain_update(passphrase).chain_update(salt).finalize();
        hash = Zeroizing::new(digest.to_vec());
        key.extend(hash.iter());
    }
    key.truncate(length);
    key
}

/// Decrypts and takes off the padding of PKCS#7. `key` and `iv` are of the cipher's lengths.
pub(super) fn decrypt_cbc<C: BlockCipherDecrypt + KeyInit>(
    key: &[u8],
    iv: &[u8],
    data: &[u8],
) -> Result<Secret, Locked> {
    if data.is_empty() || !data.len().is_multiple_of(iv.len()) {
        return Err(Locked::Damaged);
    }
    let mut buffer = Zeroizing::new(data.to_vec());
    let cipher = Decryptor::<C>::new_from_slices(key, iv).map_err(|_| Locked::Damaged)?;
    let plain = cipher.decrypt_padded::<Pkcs7>(&mut buffer).map_err(|_| Locked::WrongPassphrase)?;
    Ok(Zeroizing::new(plain.to_vec()))
}

fn header<'a>(block: &'a Block, name: &str) -> Option<&'a str> {
    block.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
}
