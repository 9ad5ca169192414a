//! Keys for the platform's crypto: which of them it takes as they are, and the parts of those that it can decrypt and has
//! encrypted. What is not told here is read in-page, which also says what is wrong with it.

use der::asn1::{AnyRef, OctetStringRef};
use der::{Decode, Reader};
use pkcs5::pbes2::{EncryptionScheme, Kdf, Pbkdf2Prf};
use spki::AlgorithmIdentifierRef;
use zeroize::Zeroizing;

use super::algorithm::{Curve, EC, ED25519, MAX_ITERATIONS, RSA};
use super::form::{Form, form, is_private, is_traditionally_encrypted};
use crate::pem::{self, Block};

type Secret = Zeroizing<Vec<u8>>;

/// The one private key of a file, without a layer of OpenSSL's own encryption.
fn only_key(input: &[u8]) -> Option<Block> {
    let mut blocks = pem::decode_all(input, "a private key").ok()?;
    blocks.retain(is_private);
    blocks.pop().filter(|block| blocks.is_empty() && !is_traditionally_encrypted(block))
}

/// The type that the one private key of a file says, and its DER, if it is PKCS#8 as it is (RFC 5958).
pub(crate) fn plain_key(input: &[u8]) -> Option<(&'static str, Secret)> {
    let block = only_key(input)?;
    if form(&block.der) != Some(Form::Pkcs8) {
        return None;
    }
    let parts = AnyRef::from_der(&block.der).ok()?.sequence(|reader| -> der::Result<_> {
        let version = u8::decode(reader)?;
        let algorithm = AlgorithmIdentifierRef::decode(reader)?;
        let key = <&OctetStringRef>::decode(reader)?.as_bytes();
        while !reader.is_finished() {
            AnyRef::decode(reader)?;
        }
        Ok((version, algorithm, key))
    });
    let (version, algorithm, key) = parts.ok()?;
    // Platforms differ in what they pass over: only what is in order goes to them.
    let fits = match algorithm.oid {
        EC => form(key) == Some(Form::Sec1) && first_number(key) == Some(1),
        RSA => form(key) == Some(Form::Pkcs1) && first_number(key) == Some(0),
        _ => true,
    };
    if version > 1 || !fits {
        return None;
    }
    let key_type = match algorithm.oid {
        RSA => "rsa",
        ED25519 => "ed25519",
        EC => match Curve::from_parameters(algorithm.parameters).ok()? {
            Curve::P256 => "ecdsa-p256",
            Curve::P384 => "ecdsa-p384",
        },
        _ => return None,
    };
    Some((key_type, block.der))
}

/// An encrypted PKCS#8 key (RFC 5958 section 3) that WebCrypto can decrypt: PBES2 with PBKDF2 and AES-CBC (RFC 8018).
pub(crate) struct LockedKey {
    pub salt: Vec<u8>,
    pub iterations: u32,
    /// As WebCrypto calls it.
    pub hash: &'static str,
    /// Of AES.
    pub key_bits: u32,
    pub iv: [u8; 16],
    pub encrypted: Vec<u8>,
}

/// The parts of the one private key of a file, if it is such a one.
pub(crate) fn locked_key(input: &[u8]) -> Option<LockedKey> {
    let block = only_key(input)?;
    let parts = AnyRef::from_der(&block.der).ok()?.sequence(|reader| -> der::Result<_> {
        let scheme = pkcs5::EncryptionScheme::try_from(AlgorithmIdentifierRef::decode(reader)?);
        Ok((scheme, <&OctetStringRef>::decode(reader)?.as_bytes().to_vec()))
    });
    let (Ok(scheme), encrypted) = parts.ok()? else { return None };
    let parameters = scheme.pbes2()?;
    let (key_bits, iv) = match parameters.encryption {
        EncryptionScheme::Aes128Cbc { iv } => (128, iv),
        EncryptionScheme::Aes256Cbc { iv } => (256, iv),
        _ => return None,
    };
    let Kdf::Pbkdf2(kdf) = &parameters.kdf else { return None };
    let hash = match kdf.prf {
        Pbkdf2Prf::HmacWithSha1 => "SHA-1",
        Pbkdf2Prf::HmacWithSha256 => "SHA-256",
        Pbkdf2Prf::HmacWithSha384 => "SHA-384",
        Pbkdf2Prf::HmacWithSha512 => "SHA-512",
        _ => return None,
    };
    let as_usual = kdf.key_length.is_none_or(|bytes| u32::from(bytes) * 8 == key_bits)
        && (1..=MAX_ITERATIONS).contains(&kdf.iteration_count)
        && !encrypted.is_empty()
        && encrypted.len().is_multiple_of(iv.len());
    let salt = kdf.salt.as_ref().to_vec();
    as_usual.then_some(LockedKey { salt, iterations: kdf.iteration_count, hash, key_bits, iv, encrypted })
}

/// An `EncryptedPrivateKeyInfo` (RFC 5958 section 3) of PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC (RFC 8018 appendix A).
pub(crate) fn encrypted_private_key(salt: &[u8], iv: &[u8], iterations: u32, encrypted: &[u8]) -> Vec<u8> {
    use yasna::models::ObjectIdentifier;
    let oid = ObjectIdentifier::from_slice;
    let (pbes2, pbkdf2) = (oid(&[1, 2, 840, 113_549, 1, 5, 13]), oid(&[1, 2, 840, 113_549, 1, 5, 12]));
    let hmac_with_sha256 = oid(&[1, 2, 840, 113_549, 2, 9]);
    let aes256_cbc = oid(&[2, 16, 840, 1, 101, 3, 4, 1, 42]);
    yasna::construct_der(|writer| {
        writer.write_sequence(|writer| {
            writer.next().write_sequence(|writer| {
                writer.next().write_oid(&pbes2);
                writer.next().write_sequence(|writer| {
                    writer.next().write_sequence(|writer| {
                        writer.next().write_oid(&pbkdf2);
                        writer.next().write_sequence(|writer| {
                            writer.next().write_bytes(salt);
                            writer.next().write_u32(iterations);
                            writer.next().write_sequence(|writer| {
                                writer.next().write_oid(&hmac_with_sha256);
                                writer.next().write_null();
                            });
                        });
                    });
                    writer.next().write_sequence(|writer| {
                        writer.next().write_oid(&aes256_cbc);
                        writer.next().write_bytes(iv);
                    });
                });
            });
            writer.next().write_bytes(encrypted);
        });
    })
}

fn first_number(sequence: &[u8]) -> Option<u8> {
    let first = AnyRef::from_der(sequence).ok()?.sequence(|reader| -> der::Result<_> {
        let first = u8::decode(reader)?;
        while !reader.is_finished() {
            AnyRef::decode(reader)?;
        }
        Ok(first)
    });
    first.ok()
}
