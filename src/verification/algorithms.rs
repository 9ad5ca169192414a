//! In-page crypto as the signature algorithms of rustls-webpki, which has none of its own here.

use rustls_pki_types::{AlgorithmIdentifier, InvalidSignature, SignatureVerificationAlgorithm, alg_id};

use crate::asn1;
use crate::key::{Hash, PublicKey};
use crate::signature::Scheme;

/// What a chain may be signed with: SHA-2 of 256 bits and more, on the keys that are made and read here.
pub(super) const ALL: &[&dyn SignatureVerificationAlgorithm] = &[
    &Algorithm {
        key: alg_id::ECDSA_P256,
        signature: alg_id::ECDSA_SHA256,
        scheme: Scheme::Ecdsa(Hash::Sha256),
    },
    &Algorithm {
        key: alg_id::ECDSA_P256,
        signature: alg_id::ECDSA_SHA384,
        scheme: Scheme::Ecdsa(Hash::Sha384),
    },
    &Algorithm {
        key: alg_id::ECDSA_P256,
        signature: alg_id::ECDSA_SHA512,
        scheme: Scheme::Ecdsa(Hash::Sha512),
    },
    &Algorithm {
        key: alg_id::ECDSA_P384,
        signature: alg_id::ECDSA_SHA256,
        scheme: Scheme::Ecdsa(Hash::Sha256),
    },
    &Algorithm {
        key: alg_id::ECDSA_P384,
        signature: alg_id::ECDSA_SHA384,
        scheme: Scheme::Ecdsa(Hash::Sha384),
    },
    &Algorithm {
        key: alg_id::ECDSA_P384,
        signature: alg_id::ECDSA_SHA512,
        scheme: Scheme::Ecdsa(Hash::Sha512),
    },
    &Algorithm { key: alg_id::ED25519, signature: alg_id::ED25519, scheme: Scheme::Ed25519 },
    &rsa(alg_id::RSA_PKCS1_SHA256, Scheme::RsaPkcs1(Hash::Sha256)),
    &rsa(alg_id::RSA_PKCS1_SHA384, Scheme::RsaPkcs1(Hash::Sha384)),
    &rsa(alg_id::RSA_PKCS1_SHA512, Scheme::RsaPkcs1(Hash::Sha512)),
    // The identifiers name the salt's length too: that of the hash.
    &rsa(alg_id::RSA_PSS_SHA256, Scheme::RsaPss(Hash::Sha256, 32)),
    &rsa(alg_id::RSA_PSS_SHA384, Scheme::RsaPss(Hash::Sha384, 48)),
    &rsa(alg_id::RSA_PSS_SHA512, Scheme::RsaPss(Hash::Sha512, 64)),
];

#[derive(Debug)]
struct Algorithm {
    key: AlgorithmIdentifier,
    signature: AlgorithmIdentifier,
    scheme: Scheme,
}

const fn rsa(signature: AlgorithmIdentifier, scheme: Scheme) -> Algorithm {
    Algorithm { key: alg_id::RSA_ENCRYPTION, signature, scheme }
}

impl SignatureVerificationAlgorithm for Algorithm {
    /// The key's size is checked with it: RSA of 2048 to 8192 bits.
    fn verify_signature(
        &self,
        bits: &[u8],
        message: &[u8],
        signature: &[u8],
    ) -> Result<(), InvalidSignature> {
        let key =
            self.spki(bits).and_then(|spki| PublicKey::from_spki(&spki).ok()).ok_or(InvalidSignature)?;
        if key.verify(self.scheme, message, signature) { Ok(()) } else { Err(InvalidSignature) }
    }

    fn public_key_alg_id(&self) -> AlgorithmIdentifier {
        self.key
    }

    fn signature_alg_id(&self) -> AlgorithmIdentifier {
        self.signature
    }
}

impl Algorithm {
    /// The SubjectPublicKeyInfo that webpki took apart.
    fn spki(&self, bits: &[u8]) -> Option<Vec<u8>> {
        let identifier = asn1::all_der(&self.key)?;
        Some(yasna::construct_der(|writer| {
            writer.write_sequence(|writer| {
                writer.next().write_sequence(|writer| {
                    identifier.iter().for_each(|part| writer.next().write_der(part));
                });
                writer.next().write_bitvec_bytes(bits, bits.len() * 8);
            });
        }))
    }
}
