//! PKCS#8 (RFC 5958): taking the private key out of its file, and putting it back under a passphrase.

use der::{Decode, SecretDocument};
use pkcs8::pkcs5::pbes2::{Kdf, Parameters};
use pkcs8::{EncryptedPrivateKeyInfoRef, PrivateKeyInfoRef};
use rand_core::CryptoRng;

use crate::error::{Error, ErrorKind, Result};
use crate::pem::{self, ENCRYPTED_PRIVATE_KEY, PRIVATE_KEY};

/// OWASP's recommendation of 2023 for PBKDF2-HMAC-SHA-256; about half a second in wasm, and OpenSSL, Java and Node
/// read it.
const PBKDF2_ITERATIONS: u32 = 600_000;
/// A file can ask for any number of iterations; beyond this the page would stand still for half a minute.
const MAX_PBKDF2_ITERATIONS: u32 = 10_000_000;
/// scrypt's cost as 128 · N · r bytes of memory: OpenSSL writes 16 MiB; sixteen times that is still no attack.
const MAX_SCRYPT_BYTES: u64 = 256 << 20;

const WHAT: &str = "a private key";

/// The DER of a `PrivateKeyInfo`, decrypted where it was encrypted.
pub(super) fn read(input: &[u8], passphrase: Option<&str>) -> Result<SecretDocument> {
    const LABELS: &[&str] =
        &[PRIVATE_KEY, ENCRYPTED_PRIVATE_KEY, pem::RSA_PRIVATE_KEY, pem::EC_PRIVATE_KEY, "DSA PRIVATE KEY"];
    let block = pem::decode_one(input, LABELS, WHAT)?;
    let der = block.der;
    let encrypted = match block.label.as_deref() {
        Some(PRIVATE_KEY) => false,
        Some(ENCRYPTED_PRIVATE_KEY) => true,
        Some(label) => return Err(other_form(label)),
        None => is_encrypted(&der),
    };
    if !encrypted {
        if PrivateKeyInfoRef::from_der(&der).is_err() {
            return Err(Error::new(
                ErrorKind::InvalidKey,
                "is not a PKCS#8 private key; convert it with `openssl pkcs8 -topk8 -nocrypt -in key.pem`",
            ));
        }
        return SecretDocument::try_from(der.as_slice()).map_err(|_| unreadable());
    }
    let Some(passphrase) = passphrase else {
        return Err(Error::new(
            ErrorKind::Passphrase,
            "is encrypted; give its passphrase: { pem, passphrase }",
        ));
    };
    decrypt(&der, passphrase)
}

/// Encrypts a `PrivateKeyInfo`: PBES2, PBKDF2-HMAC-SHA-256, AES-256-CBC, 16 bytes of salt.
pub(super) fn encrypt(der: &[u8], passphrase: &str, rng: &mut dyn CryptoRng) -> Result<Vec<u8>> {
    if passphrase.is_empty() {
        return Err(Error::new(ErrorKind::Passphrase, "is empty; leave it out for an unencrypted key")
            .at("passphrase"));
    }
    let (mut salt, mut iv) = ([0_u8; 16], [0_u8; 16]);
    rng.fill_bytes(&mut salt);
    rng.fill_bytes(&mut iv);
    let parameters = Parameters::generate_pbkdf2_sha256_aes256cbc(PBKDF2_ITERATIONS, &salt, iv)
        .map_err(|_| Error::new(ErrorKind::Internal, "the encryption's parameters were refused"))?;
    let info = PrivateKeyInfoRef::from_der(der).map_err(|_| unreadable())?;
    let encrypted = info
        .encrypt_with_params(parameters, passphrase)
        .map_err(|_| Error::new(ErrorKind::Internal, "the key could not be encrypted"))?;
    Ok(encrypted.as_bytes().to_vec())
}

fn decrypt(der: &[u8], passphrase: &str) -> Result<SecretDocument> {
    let info = EncryptedPrivateKeyInfoRef::from_der(der).map_err(|_| other_encryption())?;
    bound_the_work(info.encryption_algorithm.pbes2())?;
    // A wrong passphrase shows itself in the padding, or in what comes out not being a key. What is not supported does
    // not get so far.
    let wrong = || Error::new(ErrorKind::Passphrase, "can't be decrypted with this passphrase; check it");
    let decrypted = info.decrypt(passphrase).map_err(|error| match error {
        pkcs8::Error::EncryptedPrivateKey(pkcs8::pkcs5::Error::DecryptFailed) | pkcs8::Error::Asn1(_) => {
            wrong()
        }
        _ => other_encryption(),
    })?;
    match PrivateKeyInfoRef::from_der(decrypted.as_bytes()) {
        Ok(_) => Ok(decrypted),
        Err(_) => Err(wrong()),
    }
}

/// Whether it has the shape of an `EncryptedPrivateKeyInfo`, with whatever algorithm.
pub(crate) fn is_encrypted(der: &[u8]) -> bool {
    let shape = yasna::parse_der(der, |reader| {
        reader.read_sequence(|reader| {
            reader.next().read_sequence(|reader| {
                reader.next().read_oid()?;
                reader.read_optional(|reader| reader.read_der())
            })?;
            reader.next().read_bytes()
        })
    });
    shape.is_ok()
}

fn other_encryption() -> Error {
    Error::new(
        ErrorKind::UnsupportedKey,
        "is encrypted in a way that is not supported; convert it: `openssl pkcs8 -in key.pem | openssl pkcs8 -topk8`",
    )
}

/// Refuses a key derivation that would stop the page, before it begins.
fn bound_the_work(parameters: Option<&Parameters>) -> Result<()> {
    let within = match parameters.map(|parameters| &parameters.kdf) {
        Some(Kdf::Pbkdf2(pbkdf2)) => pbkdf2.iteration_count <= MAX_PBKDF2_ITERATIONS,
        Some(Kdf::Scrypt(scrypt)) => {
            let memory =
                128_u64.saturating_mul(scrypt.cost_parameter).saturating_mul(scrypt.block_size.into());
            memory <= MAX_SCRYPT_BYTES && scrypt.parallelization <= 16
        }
        _ => true,
    };
    if within {
        Ok(())
    } else {
        Err(Error::new(
            ErrorKind::UnsupportedKey,
            "asks for more key-derivation work than is done here; convert it with `openssl pkcs8 -topk8 -iter 600000`",
        ))
    }
}

fn other_form(label: &str) -> Error {
    match label {
        "RSA PRIVATE KEY" | "EC PRIVATE KEY" | "EC PARAMETERS" | "DSA PRIVATE KEY" => Error::new(
            ErrorKind::UnsupportedKey,
            format!(
                "is a `{label}`, which is not PKCS#8; convert it with `openssl pkcs8 -topk8 -nocrypt -in key.pem -out key8.pem`"
            ),
        ),
        other => Error::new(
            ErrorKind::InvalidPem,
            format!("holds a `{}`, but {WHAT} is wanted here", pem::printable(other)),
        ),
    }
}

fn unreadable() -> Error {
    Error::new(ErrorKind::InvalidKey, "holds a private key that can't be read; it may be damaged")
}
