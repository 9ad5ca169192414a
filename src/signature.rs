//! Signature algorithms: what an AlgorithmIdentifier means for a key, how weak it is, and what it is called.

use x509_parser::asn1_rs::{Any, Tag};
use x509_parser::x509::AlgorithmIdentifier;

use crate::asn1;
use crate::key::{Hash, KeyType, PublicKey};

/// How to verify a signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scheme {
    /// RSASSA-PKCS1-v1_5.
    RsaPkcs1(Hash),
    /// RSASSA-PSS with a mask from the same hash, and the length of its salt.
    RsaPss(Hash, usize),
    Ecdsa(Hash),
    /// It hashes by itself.
    Ed25519,
}

impl Scheme {
    /// What the algorithm is for this key; `None` where the key can't have signed so, or it is not supported. Any SHA-2 goes
    /// with either curve (RFC 5758). The parameters must be what the algorithm wants: absent, or NULL for RSA (RFC 4055).
    pub(crate) fn read(algorithm: &AlgorithmIdentifier<'_>, key: KeyType) -> Option<Self> {
        let oid = asn1::oid(&algorithm.algorithm);
        if oid == RSA_PSS {
            return matches!(key, KeyType::Rsa { .. }).then(|| pss(algorithm)).flatten();
        }
        let (_, _, scheme) = ALGORITHMS.iter().find(|(known, ..)| *known == oid)?;
        let null = algorithm.parameters.as_ref().is_none_or(|any| any.tag().0 == NULL && any.data.is_empty());
        let absent = algorithm.parameters.is_none();
        let fits = match (scheme, key) {
            (Self::RsaPkcs1(_), KeyType::Rsa { .. }) => null,
            // Some write NULL here too; OpenSSL reads it.
            (Self::Ecdsa(_), KeyType::EcdsaP256 | KeyType::EcdsaP384) => null,
            (Self::Ed25519, KeyType::Ed25519) => absent,
            _ => false,
        };
        fits.then_some(*scheme)
    }

    /// A text for it, which crosses to JavaScript: `ecdsa/SHA-256`, `rsa-pss/SHA-256/32`.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn code(self) -> String {
        match self {
            Self::RsaPkcs1(hash) => format!("rsa-pkcs1/{}", hash.name()),
            Self::RsaPss(hash, salt) => format!("rsa-pss/{}/{salt}", hash.name()),
            Self::Ecdsa(hash) => format!("ecdsa/{}", hash.name()),
            Self::Ed25519 => "ed25519".to_owned(),
        }
    }

    /// The scheme of such a text.
    #[cfg(all(target_arch = "wasm32", feature = "in-page"))]
    pub(crate) fn from_code(code: &str) -> Option<Self> {
        let parts: Vec<&str> = code.split('/').collect();
        match parts.as_slice() {
            ["rsa-pkcs1", hash] => Hash::from_name(hash).map(Self::RsaPkcs1),
            ["rsa-pss", hash, salt] => Some(Self::RsaPss(Hash::from_name(hash)?, salt.parse().ok()?)),
            ["ecdsa", hash] => Hash::from_name(hash).map(Self::Ecdsa),
            ["ed25519"] => Some(Self::Ed25519),
            _ => None,
        }
    }

    /// Whether somebody else could have made the signature: MD5 and SHA-1 collide.
    pub(crate) fn is_weak(self) -> bool {
        match self {
            Self::RsaPkcs1(hash) | Self::RsaPss(hash, _) | Self::Ecdsa(hash) => {
                matches!(hash, Hash::Md5 | Hash::Sha1)
            }
            Self::Ed25519 => false,
        }
    }
}

/// A signature, and all that it takes to verify it: for whoever can, in-page crypto or the platform's.
#[derive(Clone, Debug)]
pub struct Verification {
    pub(crate) public_key: PublicKey,
    pub(crate) scheme: Scheme,
    pub(crate) message: Vec<u8>,
    pub(crate) signature: Vec<u8>,
}

impl Verification {
    /// Whether the signature is the key's, by in-page crypto.
    #[cfg(feature = "in-page")]
    pub fn verify(&self) -> bool {
        self.public_key.verify(self.scheme, &self.message, &self.signature)
    }
}

const NULL: u32 = 5;
const RSA_PSS: &str = "1.2.840.113549.1.1.10";

const ALGORITHMS: [(&str, &str, Scheme); 13] = [
    ("1.2.840.113549.1.1.4", "RSA with MD5", Scheme::RsaPkcs1(Hash::Md5)),
    ("1.2.840.113549.1.1.5", "RSA with SHA-1", Scheme::RsaPkcs1(Hash::Sha1)),
    ("1.3.14.3.2.29", "RSA with SHA-1", Scheme::RsaPkcs1(Hash::Sha1)),
    ("1.2.840.113549.1.1.14", "RSA with SHA-224", Scheme::RsaPkcs1(Hash::Sha224)),
    ("1.2.840.113549.1.1.11", "RSA with SHA-256", Scheme::RsaPkcs1(Hash::Sha256)),
    ("1.2.840.113549.1.1.12", "RSA with SHA-384", Scheme::RsaPkcs1(Hash::Sha384)),
    ("1.2.840.113549.1.1.13", "RSA with SHA-512", Scheme::RsaPkcs1(Hash::Sha512)),
    ("1.2.840.10045.4.1", "ECDSA with SHA-1", Scheme::Ecdsa(Hash::Sha1)),
    ("1.2.840.10045.4.3.1", "ECDSA with SHA-224", Scheme::Ecdsa(Hash::Sha224)),
    ("1.2.840.10045.4.3.2", "ECDSA with SHA-256", Scheme::Ecdsa(Hash::Sha256)),
    ("1.2.840.10045.4.3.3", "ECDSA with SHA-384", Scheme::Ecdsa(Hash::Sha384)),
    ("1.2.840.10045.4.3.4", "ECDSA with SHA-512", Scheme::Ecdsa(Hash::Sha512)),
    ("1.3.101.112", "Ed25519", Scheme::Ed25519),
];

/// Whether it is one that verifies with some key here.
pub(crate) fn is_known(oid: &str) -> bool {
    ALGORITHMS.iter().any(|(known, ..)| *known == oid)
}

/// The usual name of a signature algorithm, else its OID.
pub(crate) fn algorithm_name(oid: &str) -> String {
    let others = [(RSA_PSS, "RSA-PSS"), ("1.3.101.113", "Ed448"), ("1.2.840.10040.4.3", "DSA with SHA-1")];
    let known = ALGORITHMS.iter().map(|(known, name, _)| (*known, *name)).chain(others);
    known.into_iter().find(|(known, _)| *known == oid).map_or(oid, |(_, name)| name).to_owned()
}

/// The same for messages: of PSS, the hash too, or what is odd about it.
pub(crate) fn described(algorithm: &AlgorithmIdentifier<'_>) -> String {
    let oid = asn1::oid(&algorithm.algorithm);
    match (oid == RSA_PSS, pss(algorithm)) {
        (true, Some(Scheme::RsaPss(hash, _))) => format!("RSA-PSS with {}", hash.name()),
        (true, _) => "RSA-PSS with parameters that are missing or do not fit each other".to_owned(),
        _ => algorithm_name(&oid),
    }
}

/// RFC 4055 section 3.1. Where its parts are left out, they are SHA-1's.
fn pss(algorithm: &AlgorithmIdentifier<'_>) -> Option<Scheme> {
    const MGF1: &str = "1.2.840.113549.1.1.8";
    let [hash, mask, salt, trailer] = asn1::tagged(algorithm.parameters.as_ref()?)?;
    let number = |part| asn1::optional(part, |part| asn1::small(&asn1::tagged_one(part)?));
    let hash = asn1::optional(hash, |part| hash_of(&asn1::tagged_one(part)?))?.unwrap_or(Hash::Sha1);
    let mask = asn1::optional(mask, |part| {
        let [function, hash] = asn1::members(&asn1::tagged_one(part)?)?.try_into().ok()?;
        let is_usual = asn1::oid_text(asn1::content(&function, Tag::Oid)?) == MGF1;
        hash_of(&hash).filter(|_| is_usual)
    })?;
    let salt = usize::try_from(number(salt)?.unwrap_or(20)).ok()?;
    let fits = mask.unwrap_or(Hash::Sha1) == hash && number(trailer)?.unwrap_or(1) == 1;
    fits.then_some(Scheme::RsaPss(hash, salt))
}

/// Of an AlgorithmIdentifier.
fn hash_of(algorithm: &Any<'_>) -> Option<Hash> {
    hash(&asn1::oid_text(asn1::content(asn1::members(algorithm)?.first()?, Tag::Oid)?))
}

fn hash(oid: &str) -> Option<Hash> {
    Some(match oid {
        "1.3.14.3.2.26" => Hash::Sha1,
        "2.16.840.1.101.3.4.2.4" => Hash::Sha224,
        "2.16.840.1.101.3.4.2.1" => Hash::Sha256,
        "2.16.840.1.101.3.4.2.2" => Hash::Sha384,
        "2.16.840.1.101.3.4.2.3" => Hash::Sha512,
        _ => return None,
    })
}
