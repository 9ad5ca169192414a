//! Encryption under a passphrase, of PKCS#8 (RFC 5958 section 3) and of what stands in PKCS#12 files: PBES2 both ways (RFC 8018), and
//! older schemes by way of `pbes1`.

use der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use der::{Decode, Encode};
use pkcs8::pkcs5::pbes2::{self, EncryptionScheme, Kdf, PBKDF2_OID, Parameters, SCRYPT_OID, ScryptParams};
use rand_core::CryptoRng;
use spki::AlgorithmIdentifierRef;
use zeroize::Zeroizing;

use super::algorithm::{MAX_ITERATIONS, MIN_ITERATIONS, PBKDF2_ITERATIONS};
use super::form::{Form, form};
use super::locked::{Locked, Passphrase};
use super::pbes1;
use super::raw::Secret;
use crate::error::{Error, ErrorKind, Result};

/// scrypt's work as the 128 · N · r · p bytes that it goes through: OpenSSL writes 16 MiB, which take half a second in a page; this
/// is sixteen times as long.
const MAX_SCRYPT_BYTES: u64 = 256 << 20;

/// What is encrypted, and how: an AlgorithmIdentifier, DER.
pub(crate) struct Sealed {
    pub algorithm: Vec<u8>,
    pub data: Vec<u8>,
}

/// Encrypts a `PrivateKeyInfo`: PBES2, PBKDF2-HMAC-SHA-256, AES-256-CBC, 16 bytes of salt.
pub(super) fn encrypt(
    der: &[u8],
    passphrase: &str,
    iterations: Option<u32>,
    rng: &mut dyn CryptoRng,
) -> Result<Vec<u8>> {
    let iterations = iterations.unwrap_or(PBKDF2_ITERATIONS);
    check_iterations(iterations)?;
    if passphrase.is_empty() {
        return Err(Error::new(ErrorKind::Passphrase, "is empty; leave it out for an unencrypted key")
            .at("passphrase"));
    }
    let sealed = seal(der, passphrase, iterations, rng)?;
    Ok(yasna::construct_der(|writer| {
        writer.write_sequence(|writer| {
            writer.next().write_der(&sealed.algorithm);
            writer.next().write_bytes(&sealed.data);
        });
    }))
}

pub(crate) fn check_iterations(iterations: u32) -> Result<()> {
    if (MIN_ITERATIONS..=MAX_ITERATIONS).contains(&iterations) {
        return Ok(());
    }
    let message = format!("is {iterations}; give a number from {MIN_ITERATIONS} to {MAX_ITERATIONS}");
    Err(Error::new(ErrorKind::InvalidOption, message).at("iterations"))
}

/// The same of whatever bytes.
pub(crate) fn seal(
    plain: &[u8],
    passphrase: &str,
    iterations: u32,
    rng: &mut dyn CryptoRng,
) -> Result<Sealed> {
    let (mut salt, mut iv) = ([0_u8; 16], [0_u8; 16]);
    rng.fill_bytes(&mut salt);
    rng.fill_bytes(&mut iv);
    let internal = || Error::new(ErrorKind::Internal, "the key could not be encrypted");
    let parameters = Parameters::generate_pbkdf2_sha256_aes256cbc(iterations, &salt, iv);
    let parameters = parameters.map_err(|_| internal())?;
    let data = parameters.encrypt(passphrase, plain).map_err(|_| internal())?;
    let algorithm = pkcs8::pkcs5::EncryptionScheme::from(parameters).to_der().map_err(|_| internal())?;
    Ok(Sealed { algorithm, data })
}

/// The `PrivateKeyInfo` in it.
pub(super) fn decrypt(der: &[u8], passphrase: Option<&str>) -> Result<Secret, Locked> {
    let (algorithm, data) = parts(der)?;
    private_key(algorithm, passphrase.map(Passphrase::Text), data)
}

/// The two parts of an `EncryptedPrivateKeyInfo`.
pub(crate) fn parts(der: &[u8]) -> Result<(AlgorithmIdentifierRef<'_>, &[u8]), Locked> {
    AnyRef::from_der(der)
        .and_then(|any| {
            any.sequence(|reader| -> der::Result<_> {
                Ok((AlgorithmIdentifierRef::decode(reader)?, <&OctetStringRef>::decode(reader)?.as_bytes()))
            })
        })
        .map_err(|_| Locked::Damaged)
}

pub(crate) fn private_key(
    algorithm: AlgorithmIdentifierRef<'_>,
    passphrase: Option<Passphrase<'_>>,
    data: &[u8],
) -> Result<Secret, Locked> {
    let decrypted = open(algorithm, passphrase, data)?;
    // One wrong passphrase in 256 leaves padding that looks right.
    match form(&decrypted) {
        Some(Form::Pkcs8) => Ok(decrypted),
        _ => Err(Locked::WrongPassphrase),
    }
}

/// Decrypts with whatever scheme the algorithm names. The structure of what comes out is not yet looked at.
pub(crate) fn open(
    algorithm: AlgorithmIdentifierRef<'_>,
    passphrase: Option<Passphrase<'_>>,
    data: &[u8],
) -> Result<Secret, Locked> {
    if algorithm.oid != pbes2::PBES2_OID {
        return pbes1::decrypt(algorithm, passphrase, data);
    }
    let parameters = pbes2_parameters(algorithm.parameters)?;
    let passphrase = passphrase.ok_or(Locked::NoPassphrase)?;
    decrypt_pbes2(&parameters, passphrase.utf8(), data)
}

/// The key derivation that opening takes, as so many iterations of PBKDF2; an error where it is more than is done here.
pub(crate) fn work(algorithm: AlgorithmIdentifierRef<'_>) -> Result<u64, Locked> {
    if algorithm.oid != pbes2::PBES2_OID {
        return pbes1::iterations(algorithm).map(u64::from);
    }
    Ok(match pbes2_parameters(algorithm.parameters)?.kdf {
        Kdf::Pbkdf2(pbkdf2) => pbkdf2.iteration_count.into(),
        // At most 256 MiB, which count as the most of PBKDF2.
        Kdf::Scrypt(scrypt) => scrypt_bytes(&scrypt) / (MAX_SCRYPT_BYTES / u64::from(MAX_ITERATIONS)),
        _ => 0,
    })
}

fn decrypt_pbes2(parameters: &Parameters, passphrase: &str, data: &[u8]) -> Result<Secret, Locked> {
    use pkcs8::pkcs5::Error::DecryptFailed;
    let block = if matches!(parameters.encryption, EncryptionScheme::DesEde3Cbc { .. }) { 8 } else { 16 };
    if data.is_empty() || !data.len().is_multiple_of(block) {
        return Err(Locked::Damaged);
    }
    let mut buffer = Zeroizing::new(data.to_vec());
    match parameters.decrypt_in_place(passphrase, &mut buffer) {
        Ok(plain) => Ok(Zeroizing::new(plain.to_vec())),
        Err(DecryptFailed) => Err(Locked::WrongPassphrase),
        Err(_) => Err(Locked::Damaged),
    }
}

/// PBES2's parameters, known to be of an algorithm that is done here, and to ask for no more work than is done here.
fn pbes2_parameters(parameters: Option<AnyRef<'_>>) -> Result<Parameters, Locked> {
    let any = parameters.ok_or(Locked::Damaged)?;
    let (kdf, cipher) = any
        .sequence(|reader| -> der::Result<_> {
            Ok((AlgorithmIdentifierRef::decode(reader)?, AlgorithmIdentifierRef::decode(reader)?))
        })
        .map_err(|_| Locked::Damaged)?;
    if ![PBKDF2_OID, SCRYPT_OID].contains(&kdf.oid) {
        return Err(Locked::Other(format!("the key derivation {}", kdf.oid)));
    }
    check_cipher(cipher)?;
    let parameters = Parameters::try_from(any).map_err(|_| {
        Locked::Other("key derivation with parameters (salt or hash) that are not known here".to_owned())
    })?;
    bound_the_work(&parameters.kdf)?;
    Ok(parameters)
}

/// The cipher and its initialization vector, whose length pkcs5 takes on trust for triple DES.
fn check_cipher(cipher: AlgorithmIdentifierRef<'_>) -> Result<(), Locked> {
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
        return Err(Locked::Other(name));
    };
    let iv = cipher.parameters.and_then(|any| any.decode_as::<&OctetStringRef>().ok());
    match iv {
        Some(iv) if iv.as_bytes().len() == *length => Ok(()),
        _ => Err(Locked::Damaged),
    }
}

/// Refuses a key derivation that would stop the page, or that can't be, before it begins.
fn bound_the_work(kdf: &Kdf) -> Result<(), Locked> {
    let (possible, within) = match kdf {
        Kdf::Pbkdf2(pbkdf2) => (pbkdf2.iteration_count > 0, pbkdf2.iteration_count <= MAX_ITERATIONS),
        Kdf::Scrypt(scrypt) => {
            let (n, r, p) = (scrypt.cost_parameter, scrypt.block_size, scrypt.parallelization);
            (n > 1 && n.is_power_of_two() && r > 0 && p > 0, scrypt_bytes(scrypt) <= MAX_SCRYPT_BYTES)
        }
        _ => return Err(Locked::Other("a key derivation that is not known here".to_owned())),
    };
    match (possible, within) {
        (true, true) => Ok(()),
        (true, false) => Err(Locked::TooMuchWork),
        (false, _) => Err(Locked::Damaged),
    }
}

fn scrypt_bytes(scrypt: &ScryptParams) -> u64 {
    let (r, p) = (scrypt.block_size.into(), scrypt.parallelization.into());
    128_u64.saturating_mul(scrypt.cost_parameter).saturating_mul(r).saturating_mul(p)
}
