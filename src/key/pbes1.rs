//! Password-based encryption from before PBES2, read only: PBES1 (RFC 8018 section 6.1) and PKCS#12's (RFC 7292 appendix
//! B), as OpenSSL 1.0 and Windows wrote it. Its DES and triple DES; RC2 and RC4 are refused by name.

use der::Decode;
use der::asn1::{AnyRef, OctetStringRef};
use md5::Md5;
use sha1::Sha1;
use sha2::Digest;
use spki::AlgorithmIdentifierRef;
use zeroize::Zeroizing;

use super::algorithm::MAX_ITERATIONS;
use super::encrypted::{no_passphrase, other_encryption, too_much_work};
use super::forms::damaged;
use super::raw::Secret;
use super::traditional::decrypt_cbc;
use crate::error::Result;

const OLD_SCHEMES: &[(&str, &str)] = &[
    ("1.2.840.113549.1.5.1", "pbeWithMD2AndDES-CBC"),
    ("1.2.840.113549.1.5.4", "pbeWithMD2AndRC2-CBC"),
    ("1.2.840.113549.1.5.6", "pbeWithMD5AndRC2-CBC"),
    ("1.2.840.113549.1.5.11", "pbeWithSHA1AndRC2-CBC"),
    ("1.2.840.113549.1.12.1.1", "pbeWithSHA1And128BitRC4"),
    ("1.2.840.113549.1.12.1.2", "pbeWithSHA1And40BitRC4"),
    ("1.2.840.113549.1.12.1.5", "pbeWithSHA1And128BitRC2-CBC"),
    ("1.2.840.113549.1.12.1.6", "pbeWithSHA1And40BitRC2-CBC"),
];

/// What is encrypted with one of them. The structure of what comes out is not yet looked at.
pub(super) fn decrypt(
    algorithm: AlgorithmIdentifierRef<'_>,
    passphrase: Option<&str>,
    data: &[u8],
) -> Result<Secret> {
    let oid = algorithm.oid.to_string();
    let scheme = match oid.as_str() {
        "1.2.840.113549.1.5.3" => Scheme::Md5,
        "1.2.840.113549.1.5.10" => Scheme::Sha1,
        "1.2.840.113549.1.12.1.3" => Scheme::Pkcs12 { key: 24 },
        "1.2.840.113549.1.12.1.4" => Scheme::Pkcs12 { key: 16 },
        other => {
            let name = OLD_SCHEMES.iter().find(|(known, _)| *known == other).map_or(other, |(_, name)| name);
            return Err(other_encryption(name));
        }
    };
    let (salt, iterations) = parameters(algorithm.parameters)?;
    let passphrase = passphrase.ok_or_else(no_passphrase)?;
    match scheme {
        Scheme::Md5 => decrypt_pbes1::<Md5>(passphrase, salt, iterations, data),
        Scheme::Sha1 => decrypt_pbes1::<Sha1>(passphrase, salt, iterations, data),
        Scheme::Pkcs12 { key } => decrypt_pkcs12(key, passphrase, salt, iterations, data),
    }
}

enum Scheme {
    /// PBES1 with this hash, and DES.
    Md5,
    Sha1,
    /// PKCS#12's triple DES, with three keys or two, in octets.
    Pkcs12 {
        key: usize,
    },
}

/// `SEQUENCE { salt, iterations }`.
fn parameters(any: Option<AnyRef<'_>>) -> Result<(&[u8], u32)> {
    let read = any.ok_or_else(damaged)?.sequence(|reader| -> der::Result<_> {
        Ok((<&OctetStringRef>::decode(reader)?.as_bytes(), u32::decode(reader)?))
    });
    match read.map_err(|_| damaged())? {
        (_, 0) => Err(damaged()),
        (_, iterations) if iterations > MAX_ITERATIONS => Err(too_much_work()),
        (salt, iterations) => Ok((salt, iterations)),
    }
}

/// PBKDF1: the first 8 octets are the key, the next 8 the initialization vector.
fn decrypt_pbes1<D: Digest>(passphrase: &str, salt: &[u8], iterations: u32, data: &[u8]) -> Result<Secret> {
    let mut hash = Zeroizing::new(D::new().chain_update(passphrase).chain_update(salt).finalize().to_vec());
    for _ in 1..iterations {
        hash = Zeroizing::new(D::digest(hash.as_slice()).to_vec());
    }
    match (hash.get(..8), hash.get(8..16)) {
        (Some(key), Some(iv)) => decrypt_cbc::<des::Des>(key, iv, data),
        _ => Err(damaged()),
    }
}

fn decrypt_pkcs12(key: usize, passphrase: &str, salt: &[u8], iterations: u32, data: &[u8]) -> Result<Secret> {
    let key = pkcs12_kdf(1, passphrase, salt, iterations, key);
    let iv = pkcs12_kdf(2, passphrase, salt, iterations, 8);
    if key.len() == 16 {
        return decrypt_cbc::<des::TdesEde2>(&key, &iv, data);
    }
    decrypt_cbc::<des::TdesEde3>(&key, &iv, data)
}

/// RFC 7292 appendix B.2 with SHA-1: `id` 1 makes a key, 2 an initialization vector.
fn pkcs12_kdf(id: u8, passphrase: &str, salt: &[u8], iterations: u32, length: usize) -> Secret {
    /// SHA-1's block.
    const V: usize = 64;
    let text = passphrase.encode_utf16().chain([0]);
    let password: Secret = Zeroizing::new(text.flat_map(u16::to_be_bytes).collect());
    let stretched = |bytes: &[u8]| -> Secret {
        Zeroizing::new(bytes.iter().copied().cycle().take(bytes.len().div_ceil(V) * V).collect())
    };
    let mut input: Secret = Zeroizing::new([stretched(salt).as_slice(), &stretched(&password)].concat());
    let mut output: Secret = Zeroizing::new(Vec::with_capacity(length + 20));
    loop {
        let first = Sha1::new().chain_update([id; V]).chain_update(input.as_slice()).finalize();
        let mut hash = Zeroizing::new(first.to_vec());
        for _ in 1..iterations {
            hash = Zeroizing::new(Sha1::digest(hash.as_slice()).to_vec());
        }
        output.extend(hash.iter());
        if output.len() >= length {
            output.truncate(length);
            return output;
        }
        let addend = Zeroizing::new(hash.iter().copied().cycle().take(V).collect::<Vec<u8>>());
        for block in input.chunks_mut(V) {
            add_one_and(block, &addend);
        }
    }
}

/// `block = block + addend + 1`, big-endian, without its carry.
fn add_one_and(block: &mut [u8], addend: &[u8]) {
    let mut carry = 1_u16;
    for (octet, more) in block.iter_mut().rev().zip(addend.iter().rev()) {
        let sum = u16::from(*octet) + u16::from(*more) + carry;
        let [high, low] = sum.to_be_bytes();
        *octet = low;
        carry = high.into();
    }
}
