//! Which form a key in DER has, told by its structure and not by its label, which people's tools often get wrong; and whether
//! a passphrase is needed to look into it.

use der::asn1::AnyRef;
#[cfg(all(target_arch = "wasm32", not(feature = "in-page")))]
use der::asn1::OctetStringRef;
use der::{Decode, Reader, Tag, Tagged};

use crate::pem::Block;

/// What a DER structure is, by the types of what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Pkcs8,
    EncryptedPkcs8,
    Pkcs1,
    Sec1,
    /// As OpenSSL's `dsa` writes it.
    Dsa,
    /// A SubjectPublicKeyInfo.
    Spki,
    /// An RSA public key (PKCS#1).
    Pkcs1Public,
    /// A certificate, request or revocation list.
    Signed,
}

/// The form, or `None` where it is no whole DER, or none of these.
pub(super) fn form(der: &[u8]) -> Option<Form> {
    use Tag::{BitString, Integer, OctetString, Sequence};
    match elements(der)?.as_slice() {
        [Integer, Sequence, OctetString, ..] => Some(Form::Pkcs8),
        [Sequence, OctetString] => Some(Form::EncryptedPkcs8),
        [Integer, OctetString, ..] => Some(Form::Sec1),
        [Integer, Integer] => Some(Form::Pkcs1Public),
        [Integer, Integer, Integer, Integer, Integer, Integer] => Some(Form::Dsa),
        [Integer, Integer, Integer, ..] => Some(Form::Pkcs1),
        [Sequence, BitString] => Some(Form::Spki),
        [Sequence, Sequence, BitString] => Some(Form::Signed),
        _ => None,
    }
}

fn elements(der: &[u8]) -> Option<Vec<Tag>> {
    let tags = AnyRef::from_der(der).ok()?.sequence(|reader| -> der::Result<Vec<Tag>> {
        let mut tags = Vec::new();
        while !reader.is_finished() {
            tags.push(AnyRef::decode(reader)?.tag());
        }
        Ok(tags)
    });
    tags.ok()
}

/// Whether a passphrase is needed to look into a private key.
pub(crate) fn is_encrypted(block: &Block) -> bool {
    is_private(block) && (is_traditionally_encrypted(block) || form(&block.der) == Some(Form::EncryptedPkcs8))
}

/// OpenSSL's own encryption of before PKCS#8, which stands in the headers.
pub(super) fn is_traditionally_encrypted(block: &Block) -> bool {
    let says = |(name, value): &(String, String)| name == "Proc-Type" && value.contains("ENCRYPTED");
    block.headers.iter().any(says)
}

pub(super) fn is_private(block: &Block) -> bool {
    block.label.as_deref().is_none_or(|label| label.ends_with("PRIVATE KEY"))
}

/// The type that the one private key of a file says, and its DER, if it is PKCS#8 as it is (RFC 5958).
#[cfg(all(target_arch = "wasm32", not(feature = "in-page")))]
pub(crate) fn plain_key(input: &[u8]) -> Option<(&'static str, zeroize::Zeroizing<Vec<u8>>)> {
    use super::algorithm::{Curve, EC, ED25519, RSA};
    let mut blocks = crate::pem::decode_all(input, "a private key").ok()?;
    blocks.retain(is_private);
    let block = blocks.pop().filter(|block| blocks.is_empty() && !is_traditionally_encrypted(block))?;
    if form(&block.der) != Some(Form::Pkcs8) {
        return None;
    }
    let parts = AnyRef::from_der(&block.der).ok()?.sequence(|reader| -> der::Result<_> {
        let version = u8::decode(reader)?;
        let algorithm = spki::AlgorithmIdentifierRef::decode(reader)?;
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

#[cfg(all(target_arch = "wasm32", not(feature = "in-page")))]
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

/// An `EncryptedPrivateKeyInfo` (RFC 5958 section 3) of PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC (RFC 8018 appendix A).
#[cfg(all(target_arch = "wasm32", not(feature = "in-page")))]
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

/// Whether it has the structure of a private key.
pub(crate) fn is_private_form(der: &[u8]) -> bool {
    matches!(form(der), Some(Form::Pkcs8 | Form::EncryptedPkcs8 | Form::Pkcs1 | Form::Sec1 | Form::Dsa))
}

/// Whether the text is JSON, as a JSON Web Key is.
pub(crate) fn is_jwk(input: &[u8]) -> bool {
    without_mark(input).trim_ascii_start().first() == Some(&b'{')
}

/// Without the byte order mark that editors of Windows put in front.
pub(crate) fn without_mark(input: &[u8]) -> &[u8] {
    input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input)
}
