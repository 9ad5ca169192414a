//! Password-based encryption from before PBES2: PBES1 (RFC 8018 section 6.1) and PKCS#12's (RFC 7292 appendix
//! B), as OpenSSL 1.0 and Windows wrote it. PKCS#12's triple DES is written too, for those that read nothing else. RC4, and RC2
//! in PBES1, are refused by name.

use cbc::cipher::block_padding::Pkcs7;
use cbc::cipher::{BlockModeEncrypt, KeyIvInit};
use der::Decode;
use der::asn1::{AnyRef, OctetStringRef};
use md5::Md5;
use pkcs12::kdf::{self, Pkcs12KeyType};
use rand_core::CryptoRng;
use sha1::Sha1;
use sha2::Digest;
use sha2::digest::FixedOutputReset;
use sha2::digest::block_api::BlockSizeUser;
use spki::AlgorithmIdentifierRef;
use zeroize::Zeroizing;

use super::algorithm::MAX_ITERATIONS;
use super::encrypted::Sealed;
use super::locked::{Locked, Passphrase};
use super::raw::Secret;
use super::traditional::decrypt_cbc;
use crate::error::{Error, ErrorKind, Result};

/// pbeWithSHAAnd3-KeyTripleDES-CBC.
const TRIPLE_DES: &[u64] = &[1, 2, 840, 113_549, 1, 12, 1, 3];

const OLD_SCHEMES: &[(&str, &str)] = &[
    ("1.2.840.113549.1.5.1", "pbeWithMD2AndDES-CBC"),
    ("1.2.840.113549.1.5.4", "pbeWithMD2AndRC2-CBC"),
    ("1.2.840.113549.1.5.6", "pbeWithMD5AndRC2-CBC"),
    ("1.2.840.113549.1.5.11", "pbeWithSHA1AndRC2-CBC"),
    ("1.2.840.113549.1.12.1.1", "pbeWithSHA1And128BitRC4"),
    ("1.2.840.113549.1.12.1.2", "pbeWithSHA1And40BitRC4"),
];

/// What is encrypted with one of them. The structure of what comes out is not yet looked at.
pub(super) fn decrypt(
    algorithm: AlgorithmIdentifierRef<'_>,
    passphrase: Option<Passphrase<'_>>,
    data: &[u8],
) -> Result<Secret, Locked> {
    let oid = algorithm.oid.to_string();
    let scheme = match oid.as_str() {
        "1.2.840.113549.1.5.3" => Scheme::Md5,
        "1.2.840.113549.1.5.10" => Scheme::Sha1,
        "1.2.840.113549.1.12.1.3" => Scheme::TripleDes { key: 24 },
        "1.2.840.113549.1.12.1.4" => Scheme::TripleDes { key: 16 },
        "1.2.840.113549.1.12.1.5" => Scheme::Rc2 { key: 16 },
        "1.2.840.113549.1.12.1.6" => Scheme::Rc2 { key: 5 },
        other => {
            let name = OLD_SCHEMES.iter().find(|(known, _)| *known == other).map_or(other, |(_, name)| name);
            return Err(Locked::Other(name.to_owned()));
        }
    };
    let (salt, iterations) = parameters(algorithm.parameters)?;
    let passphrase = passphrase.ok_or(Locked::NoPassphrase)?;
    match scheme {
        Scheme::Md5 => decrypt_pbes1::<Md5>(passphrase.utf8(), salt, iterations, data),
        Scheme::Sha1 => decrypt_pbes1::<Sha1>(passphrase.utf8(), salt, iterations, data),
        Scheme::TripleDes { key } | Scheme::Rc2 { key } => {
            let (key, iv) = pkcs12_key_and_iv(key, passphrase, salt, iterations);
            match (scheme, key.len()) {
                (Scheme::Rc2 { .. }, _) => decrypt_cbc::<rc2::Rc2>(&key, &iv, data),
                (_, 16) => decrypt_cbc::<des::TdesEde2>(&key, &iv, data),
                _ => decrypt_cbc::<des::TdesEde3>(&key, &iv, data),
            }
        }
    }
}

/// How many the key derivation takes; an error where they are more than are done here.
pub(super) fn iterations(algorithm: AlgorithmIdentifierRef<'_>) -> Result<u32, Locked> {
    parameters(algorithm.parameters).map(|(_, iterations)| iterations)
}

#[derive(Clone, Copy)]
enum Scheme {
    /// PBES1 with this hash, and DES.
    Md5,
    Sha1,
    /// PKCS#12's triple DES, with three keys or two, in octets.
    TripleDes {
        key: usize,
    },
    /// PKCS#12's RC2, which Windows and OpenSSL 1 chose for certificates. As many effective bits as the key has.
    Rc2 {
        key: usize,
    },
}

/// `SEQUENCE { salt, iterations }`.
fn parameters(any: Option<AnyRef<'_>>) -> Result<(&[u8], u32), Locked> {
    let read = any.ok_or(Locked::Damaged)?.sequence(|reader| -> der::Result<_> {
        Ok((<&OctetStringRef>::decode(reader)?.as_bytes(), u32::decode(reader)?))
    });
    match read.map_err(|_| Locked::Damaged)? {
        (_, 0) => Err(Locked::Damaged),
        (_, iterations) if iterations > MAX_ITERATIONS => Err(Locked::TooMuchWork),
        (salt, iterations) => Ok((salt, iterations)),
    }
}

/// PBKDF1: the first 8 octets are the key, the next 8 the initialization vector.
fn decrypt_pbes1<D: Digest>(
    passphrase: &str,
    salt: &[u8],
    iterations: u32,
    data: &[u8],
) -> Result<Secret, Locked> {
    let mut hash = Zeroizing::new(D::new().chain_update(passphrase).chain_update(salt).finalize().to_vec());
    for _ in 1..iterations {
        hash = Zeroizing::new(D::digest(hash.as_slice()).to_vec());
    }
    match (hash.get(..8), hash.get(8..16)) {
        (Some(key), Some(iv)) => decrypt_cbc::<des::Des>(key, iv, data),
        _ => Err(Locked::Damaged),
    }
}

/// Triple DES with PKCS#12's key derivation and 8 bytes of salt, for software that reads nothing better.
pub(crate) fn seal_triple_des(
    plain: &[u8],
    passphrase: &str,
    iterations: u32,
    rng: &mut dyn CryptoRng,
) -> Result<Sealed> {
    let mut salt = [0_u8; 8];
    rng.fill_bytes(&mut salt);
    let (key, iv) = pkcs12_key_and_iv(24, Passphrase::Text(passphrase), &salt, iterations);
    let cipher = cbc::Encryptor::<des::TdesEde3>::new_from_slices(&key, &iv)
        .map_err(|_| Error::new(ErrorKind::Internal, "the key could not be encrypted"))?;
    let data = cipher.encrypt_padded_vec::<Pkcs7>(plain);
    let algorithm = yasna::construct_der(|writer| {
        writer.write_sequence(|writer| {
            writer.next().write_oid(&yasna::models::ObjectIdentifier::from_slice(TRIPLE_DES));
            writer.next().write_sequence(|writer| {
                writer.next().write_bytes(&salt);
                writer.next().write_u32(iterations);
            });
        });
    });
    Ok(Sealed { algorithm, data })
}

fn pkcs12_key_and_iv(
    key: usize,
    passphrase: Passphrase<'_>,
    salt: &[u8],
    iterations: u32,
) -> (Secret, Secret) {
    let derive = |purpose, length| pkcs12_key::<Sha1>(purpose, passphrase, salt, iterations, length);
    (derive(Pkcs12KeyType::EncryptionKey, key), derive(Pkcs12KeyType::Iv, 8))
}

/// RFC 7292 appendix B. `iterations` is at most [`MAX_ITERATIONS`].
pub(crate) fn pkcs12_key<D: Digest + FixedOutputReset + BlockSizeUser>(
    purpose: Pkcs12KeyType,
    passphrase: Passphrase<'_>,
    salt: &[u8],
    iterations: u32,
    length: usize,
) -> Secret {
    // UTF-16 with what ends a text. Not the crate's own conversion: it refuses what is outside of the basic plane, which
    // OpenSSL, NSS and Windows write as surrogates.
    let text: Secret = match passphrase {
        Passphrase::Text(text) => {
            Zeroizing::new(text.encode_utf16().chain([0]).flat_map(u16::to_be_bytes).collect())
        }
        Passphrase::Absent => Zeroizing::new(Vec::new()),
    };
    let rounds = i32::try_from(iterations).unwrap_or(i32::MAX);
    Zeroizing::new(kdf::derive_key::<D>(&text, salt, purpose, rounds, length))
}
