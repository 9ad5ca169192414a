//! Encrypted PKCS#8 (RFC 5958 section 3): PBES2 both ways (RFC 8018), and older schemes in, by way of `pbes1`.

use der::Decode;
use der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use pkcs8::PrivateKeyInfoRef;
use pkcs8::pkcs5::pbes2::{self, EncryptionScheme, Kdf, PBKDF2_OID, Parameters, SCRYPT_OID};
use rand_core::CryptoRng;
use spki::AlgorithmIdentifierRef;
use zeroize::Zeroizing;

use super::algorithm::{MAX_ITERATIONS, MIN_ITERATIONS, PBKDF2_ITERATIONS};
use super::form::{Form, form};
use super::forms::damaged;
use super::pbes1;
use super::raw::Secret;
use crate::error::{Error, ErrorKind, Result};

/// scrypt's work as the 128 · N · r · p bytes that it goes through: OpenSSL writes 16 MiB, which take half a second in a page; this
/// is sixteen times as long.
const MAX_SCRYPT_BYTES: u64 = 256 << 20;

/// Encrypts a `PrivateKeyInfo`: PBES2, PBKDF2-HMAC-SHA-256, AES-256-CBC, 16 bytes of salt.
pub(super) fn encrypt(
    der: &[u8],
    passphrase: &str,
    iterations: Option<u32>,
    rng: &mut dyn CryptoRng,
) -> Result<Vec<u8>> {
    let iterations = iterations.unwrap_or(PBKDF2_ITERATIONS);
    if !(MIN_ITERATIONS..=MAX_ITERATIONS).contains(&iterations) {
        let message = format!("is {iterations}; give a number from {MIN_ITERATIONS} to {MAX_ITERATIONS}");
        return Err(Error::new(ErrorKind::InvalidOption, message).at("iterations"));
    }
    if passphrase.is_empty() {
        return Err(Error::new(ErrorKind::Passphrase, "is empty; leave it out for an unencrypted key")
            .at("passphrase"));
    }
    let (mut salt, mut iv) = ([0_u8; 16], [0_u8; 16]);
    rng.fill_bytes(&mut salt);
    rng.fill_bytes(&mut iv);
    let internal = || Error::new(ErrorKind::Internal, "the key could not be encrypted");
    let parameters = Parameters::generate_pbkdf2_sha256_aes256cbc(iterations, &salt, iv);
    let info = PrivateKeyInfoRef::from_der(der).map_err(|_| internal())?;
    let encrypted = info.encrypt_with_params(parameters.map_err(|_| internal())?, passphrase);
    Ok(encrypted.map_err(|_| internal())?.as_bytes().to_vec())
}

/// The `PrivateKeyInfo` in it.
pub(super) fn decrypt(der: &[u8], passphrase: Option<&str>) -> Result<Secret> {
    let (algorithm, data) = AnyRef::from_der(der)
        .and_then(|any| {
            any.sequence(|reader| -> der::Result<_> {
                Ok((AlgorithmIdentifierRef::decode(reader)?, <&OctetStringRef>::decode(reader)?.as_bytes()))
            })
        })
        .map_err(|_| damaged())?;
    let decrypted = if algorithm.oid == pbes2::PBES2_OID {
        let parameters = pbes2_parameters(algorithm.parameters)?;
        let passphrase = passphrase.ok_or_else(no_passphrase)?;
        decrypt_pbes2(&parameters, passphrase, data)?
    } else {
        pbes1::decrypt(algorithm, passphrase, data)?
    };
    // One wrong passphrase in 256 leaves padding that looks right.
    match form(&decrypted) {
        Some(Form::Pkcs8) => Ok(decrypted),
        _ => Err(wrong_passphrase()),
    }
}

fn decrypt_pbes2(parameters: &Parameters, passphrase: &str, data: &[u8]) -> Result<Secret> {
    use pkcs8::pkcs5::Error::DecryptFailed;
    let block = if matches!(parameters.encryption, EncryptionScheme::DesEde3Cbc { .. }) { 8 } else { 16 };
    if data.is_empty() || !data.len().is_multiple_of(block) {
        return Err(damaged());
    }
    let mut buffer = Zeroizing::new(data.to_vec());
    match parameters.decrypt_in_place(passphrase, &mut buffer) {
        Ok(plain) => Ok(Zeroizing::new(plain.to_vec())),
        Err(DecryptFailed) => Err(wrong_passphrase()),
        Err(_) => Err(damaged()),
    }
}

/// PBES2's parameters, known to be of an algorithm that is done here, and to ask for no more work than is done here.
fn pbes2_parameters(parameters: Option<AnyRef<'_>>) -> Result<Parameters> {
    let any = parameters.ok_or_else(damaged)?;
    let (kdf, cipher) = any
        .sequence(|reader| -> der::Result<_> {
            Ok((AlgorithmIdentifierRef::decode(reader)?, AlgorithmIdentifierRef::decode(reader)?))
        })
        .map_err(|_| damaged())?;
    if ![PBKDF2_OID, SCRYPT_OID].contains(&kdf.oid) {
        return Err(other_encryption(&format!("the key derivation {}", kdf.oid)));
    }
    check_cipher(cipher)?;
    let parameters = Parameters::try_from(any).map_err(|_| {
        other_encryption("key derivation with parameters (salt or hash) that are not known here")
    })?;
    bound_the_work(&parameters.kdf)?;
    Ok(parameters)
}

/// The cipher and its initialization vector, whose length pkcs5 takes on trust for triple DES.
fn check_cipher(cipher: AlgorithmIdentifierRef<'_>) -> Result<()> {
    const CIPHERS: &[(ObjectIdentifier, usize)] = &[
        (pbes2::AES_128_CBC_OID, 16),
        (pbes2::AES_192_CBC_OID, 16),
        (pbes2::AES_256_CBC_OID, 16),
        (pbes2::DES_EDE3_CBC_OID, 8),
    ];
    let Some((_, length)) = CIPHERS.iter().find(|(oid, _)| *oid == cipher.oid) else {
        let name = match cipher.oid.to_string().as_str() {
            "1.2.840.113549.3.2" => "RC2".to_owned(),
            "1.2.840.113549.3.4" => "RC4".to_owned(),
            "1.3.14.3.2.7" => "DES-CBC under PBES2".to_owned(),
            other => format!("the cipher {other}"),
        };
        return Err(other_encryption(&name));
    };
    let iv = cipher.parameters.and_then(|any| any.decode_as::<&OctetStringRef>().ok());
    match iv {
        Some(iv) if iv.as_bytes().len() == *length => Ok(()),
        _ => Err(damaged()),
    }
}

/// Refuses a key derivation that would stop the page, or that can't be, before it begins.
fn bound_the_work(kdf: &Kdf) -> Result<()> {
    let (possible, within) = match kdf {
        Kdf::Pbkdf2(pbkdf2) => (pbkdf2.iteration_count > 0, pbkdf2.iteration_count <= MAX_ITERATIONS),
        Kdf::Scrypt(scrypt) => {
            let (n, r, p) = (scrypt.cost_parameter, scrypt.block_size, scrypt.parallelization);
            let work = 128_u64.saturating_mul(n).saturating_mul(r.into()).saturating_mul(p.into());
            (n > 1 && n.is_power_of_two() && r > 0 && p > 0, work <= MAX_SCRYPT_BYTES)
        }
        _ => return Err(other_encryption("a key derivation that is not known here")),
    };
    match (possible, within) {
        (true, true) => Ok(()),
        (true, false) => Err(too_much_work()),
        (false, _) => Err(damaged()),
    }
}

pub(super) fn too_much_work() -> Error {
    Error::new(
        ErrorKind::UnsupportedKey,
        "asks for more key-derivation work than is done here; convert it: `openssl pkcs8 -in key.pem | openssl pkcs8 -topk8`",
    )
}

pub(super) fn other_encryption(name: &str) -> Error {
    Error::new(
        ErrorKind::UnsupportedKey,
        format!(
            "is encrypted with {name}, which is not supported; encrypt it anew: \
             `openssl pkey -in key.pem | openssl pkcs8 -topk8` (with `-provider legacy -provider default` for old ciphers)"
        ),
    )
}

pub(super) fn no_passphrase() -> Error {
    Error::new(ErrorKind::Passphrase, "is encrypted; give its passphrase: { pem, passphrase }")
}

/// It shows itself in the padding, or in what comes out not being a key.
pub(super) fn wrong_passphrase() -> Error {
    Error::new(ErrorKind::Passphrase, "can't be decrypted with this passphrase; check it")
}
