//! Keys for the platform's crypto: which of them it takes as they are, and the parts of those that it can decrypt and has
//! encrypted. What is not told here is read in-page, which also says what is wrong with it.

use x509_parser::asn1_rs::{Any, Tag};
use zeroize::Zeroizing;

use super::algorithm::{Curve, EC, ED25519, Identifier, MAX_ITERATIONS, RSA};
use super::form::{Form, form, is_private, is_traditionally_encrypted};
use crate::asn1;
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
    let der = block.der.as_slice();
    let parts = asn1::members(&asn1::whole(der)?).filter(|_| asn1::has_shortest_lengths(der))?;
    // Attributes and the public key may stand behind.
    let [version, algorithm, key, ..] = parts.as_slice() else { return None };
    let (version, key) = (asn1::unsigned(version)?, asn1::content(key, Tag::OctetString)?);
    let algorithm = Identifier::read(algorithm)?;
    // Platforms differ in what they pass over: only what is in order goes to them.
    let fits = match algorithm.oid {
        EC => form(key) == Some(Form::Sec1) && first_number(key) == Some(&[1]),
        RSA => form(key) == Some(Form::Pkcs1) && first_number(key) == Some(&[0]),
        _ => true,
    };
    if !matches!(version, [0 | 1]) || !fits || !asn1::has_shortest_lengths(key) {
        return None;
    }
    let key_type = match algorithm.oid {
        RSA => "rsa",
        ED25519 => "ed25519",
        EC => match algorithm.curve().ok()? {
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

/// The parts of the one private key of a file, if it is such a one. Read element by element: pkcs5, which reads it in-page, knows more
/// schemes, and is as large as all else that is done with keys here.
pub(crate) fn locked_key(input: &[u8]) -> Option<LockedKey> {
    let block = only_key(input)?;
    let [algorithm, encrypted] = asn1::sequence(&block.der)?;
    let [scheme, parameters] = pair(&algorithm)?;
    let [kdf, cipher] = pair(&parameters)?;
    let ([kdf, kdf_parameters], [cipher, iv]) = (pair(&kdf)?, pair(&cipher)?);
    if oid(&scheme)? != PBES2 || oid(&kdf)? != PBKDF2 {
        return None;
    }
    let key_bits = match oid(&cipher)?.as_str() {
        AES_128_CBC => 128,
        AES_256_CBC => 256,
        _ => return None,
    };
    // Without a length of the key, as everybody writes it.
    let kdf_parameters = asn1::members(&kdf_parameters)?;
    let (salt, iterations, hash) = match kdf_parameters.as_slice() {
        [salt, iterations] => (salt, iterations, "SHA-1"),
        [salt, iterations, prf] => {
            let [prf, _] = pair(prf)?;
            let prf = oid(&prf)?;
            let (_, hash) = HASHES.iter().find(|(hmac, _)| *hmac == prf)?;
            (salt, iterations, *hash)
        }
        _ => return None,
    };
    let (salt, iv, encrypted) = (octets(salt)?, octets(&iv)?.try_into().ok()?, octets(&encrypted)?);
    let iterations = iterations.as_u32().ok().filter(|n| (1..=MAX_ITERATIONS).contains(n))?;
    let whole = !encrypted.is_empty() && encrypted.len().is_multiple_of(16);
    whole.then_some(LockedKey { salt, iterations, hash, key_bits, iv, encrypted })
}

const PBES2: &str = "1.2.840.113549.1.5.13";
const PBKDF2: &str = "1.2.840.113549.1.5.12";
const AES_128_CBC: &str = "2.16.840.1.101.3.4.1.2";
const AES_256_CBC: &str = "2.16.840.1.101.3.4.1.42";
/// HMAC with what WebCrypto has, by its name there.
const HASHES: [(&str, &str); 4] = [
    ("1.2.840.113549.2.7", "SHA-1"),
    ("1.2.840.113549.2.9", "SHA-256"),
    ("1.2.840.113549.2.10", "SHA-384"),
    ("1.2.840.113549.2.11", "SHA-512"),
];

/// The two elements of a SEQUENCE.
fn pair<'a>(sequence: &Any<'a>) -> Option<[Any<'a>; 2]> {
    asn1::members(sequence)?.try_into().ok()
}

fn oid(element: &Any<'_>) -> Option<String> {
    asn1::content(element, Tag::Oid).map(asn1::oid_text)
}

fn octets(element: &Any<'_>) -> Option<Vec<u8>> {
    asn1::content(element, Tag::OctetString).map(<[u8]>::to_vec)
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

/// The first element of a SEQUENCE, if it is a number.
fn first_number(sequence: &[u8]) -> Option<&[u8]> {
    asn1::members(&asn1::whole(sequence)?)?.first().and_then(asn1::unsigned)
}
