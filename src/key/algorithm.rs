//! What a key is: what can be made here, and what can come from outside.

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Tag, Tagged};
use rcgen::SignatureAlgorithm;

use super::unsupported;
use crate::error::{Error, ErrorKind, Result};

/// What a new key can be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum KeyAlgorithm {
    /// ECDSA on P-256: what every verifier takes, small and fast; so the default.
    #[default]
    EcdsaP256,
    /// ECDSA on P-384.
    EcdsaP384,
    /// Ed25519. Chromium refuses leaf certificates with it (ERR_SSL_VERSION_OR_CIPHER_MISMATCH).
    Ed25519,
    /// RSA with a modulus of 2048 bits.
    Rsa2048,
    /// RSA with a modulus of 3072 bits.
    Rsa3072,
    /// RSA with a modulus of 4096 bits.
    Rsa4096,
}

impl KeyAlgorithm {
    /// Every algorithm, in the order in which they are offered.
    pub const ALL: &[KeyAlgorithm] =
        &[Self::EcdsaP256, Self::EcdsaP384, Self::Ed25519, Self::Rsa2048, Self::Rsa3072, Self::Rsa4096];

    /// The name under which options and details speak of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::EcdsaP256 => "ecdsa-p256",
            Self::EcdsaP384 => "ecdsa-p384",
            Self::Ed25519 => "ed25519",
            Self::Rsa2048 => "rsa-2048",
            Self::Rsa3072 => "rsa-3072",
            Self::Rsa4096 => "rsa-4096",
        }
    }

    /// The algorithm of that name.
    pub fn from_name(name: &str) -> Result<Self> {
        Self::ALL.iter().copied().find(|algorithm| algorithm.name() == name).ok_or_else(|| {
            let names: Vec<_> = Self::ALL.iter().map(|algorithm| algorithm.name()).collect();
            let names = names.join(", ");
            Error::new(ErrorKind::InvalidOption, format!("is not an algorithm; choose one of {names}"))
        })
    }

    #[cfg(feature = "in-page")]
    pub(crate) fn key_type(self) -> KeyType {
        match self {
            Self::EcdsaP256 => KeyType::EcdsaP256,
            Self::EcdsaP384 => KeyType::EcdsaP384,
            Self::Ed25519 => KeyType::Ed25519,
            Self::Rsa2048 => KeyType::Rsa { bits: 2048 },
            Self::Rsa3072 => KeyType::Rsa { bits: 3072 },
            Self::Rsa4096 => KeyType::Rsa { bits: 4096 },
        }
    }
}

/// OWASP's recommendation of 2023 for PBKDF2-HMAC-SHA-256, and what a caller may ask for instead.
pub(crate) const PBKDF2_ITERATIONS: u32 = 600_000;
pub(crate) const MIN_ITERATIONS: u32 = 1000;
pub(crate) const MAX_ITERATIONS: u32 = 10_000_000;

/// What a key is. Wider than [`KeyAlgorithm`]: a key that comes from outside can have any RSA size in between.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyType {
    /// ECDSA on P-256.
    EcdsaP256,
    /// ECDSA on P-384.
    EcdsaP384,
    /// Ed25519.
    Ed25519,
    /// RSA.
    Rsa {
        /// Bits of the modulus.
        bits: usize,
    },
}

impl KeyType {
    /// `ecdsa-p256`, `rsa-2048` and so on, as [`KeyAlgorithm::name`] says it where it is one of those.
    pub fn name(self) -> String {
        match self {
            Self::EcdsaP256 => "ecdsa-p256".to_owned(),
            Self::EcdsaP384 => "ecdsa-p384".to_owned(),
            Self::Ed25519 => "ed25519".to_owned(),
            Self::Rsa { bits } => format!("rsa-{bits}"),
        }
    }

    /// How a key of this type usually signs, in words.
    pub(crate) fn usual_signature(self) -> &'static str {
        match self {
            Self::EcdsaP256 | Self::EcdsaP384 => "ECDSA and SHA-256 or SHA-384",
            Self::Ed25519 => "Ed25519",
            Self::Rsa { .. } => "PKCS#1 v1.5 or PSS, and SHA-256",
        }
    }

    /// The signature algorithm that a key of this type signs with here: SHA-2 of the curve's size, SHA-256 for RSA
    /// (every verifier takes it; a longer hash under a 2048-bit modulus adds nothing).
    pub(crate) fn signature_algorithm(self) -> &'static SignatureAlgorithm {
        match self {
            Self::EcdsaP256 => &rcgen::PKCS_ECDSA_P256_SHA256,
            Self::EcdsaP384 => &rcgen::PKCS_ECDSA_P384_SHA384,
            Self::Ed25519 => &rcgen::PKCS_ED25519,
            Self::Rsa { .. } => &rcgen::PKCS_RSA_SHA256,
        }
    }
}

pub(super) const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
pub(super) const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
pub(super) const ED25519: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.101.112");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

/// The curves that browsers take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Curve {
    P256,
    P384,
}

impl Curve {
    pub(super) const ALL: [Self; 2] = [Self::P256, Self::P384];

    pub(super) fn oid(self) -> ObjectIdentifier {
        match self {
            Self::P256 => P256,
            Self::P384 => P384,
        }
    }

    pub(super) fn key_type(self) -> KeyType {
        match self {
            Self::P256 => KeyType::EcdsaP256,
            Self::P384 => KeyType::EcdsaP384,
        }
    }

    /// As JWK calls it (RFC 7518 section 6.2.1.1).
    #[cfg(feature = "in-page")]
    pub(super) fn jwk_name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
        }
    }

    /// Octets of a coordinate, and of the private number.
    #[cfg(feature = "in-page")]
    pub(super) fn size(self) -> usize {
        match self {
            Self::P256 => 32,
            Self::P384 => 48,
        }
    }

    /// Of the `ECParameters` (RFC 5480 section 2.1.1) beside a key.
    pub(super) fn from_parameters(parameters: Option<AnyRef<'_>>) -> Result<Self> {
        match parameters {
            Some(any) if any.tag() == Tag::Sequence => Err(unsupported::explicit_curve()),
            other => match other.and_then(|any| any.decode_as::<ObjectIdentifier>().ok()) {
                Some(oid) => Self::ALL
                    .into_iter()
                    .find(|curve| curve.oid() == oid)
                    .ok_or_else(|| unsupported::curve(oid)),
                None => Err(unsupported::nameless_curve()),
            },
        }
    }
}

/// The hash of a signature. The first two are for who allows weak ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hash {
    Md5,
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    #[cfg(all(feature = "in-page", target_arch = "wasm32"))]
    const ALL: [Self; 6] = [Self::Md5, Self::Sha1, Self::Sha224, Self::Sha256, Self::Sha384, Self::Sha512];

    /// As WebCrypto calls it, where it has it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Md5 => "MD5",
            Self::Sha1 => "SHA-1",
            Self::Sha224 => "SHA-224",
            Self::Sha256 => "SHA-256",
            Self::Sha384 => "SHA-384",
            Self::Sha512 => "SHA-512",
        }
    }

    #[cfg(all(feature = "in-page", target_arch = "wasm32"))]
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|hash| hash.name() == name)
    }
}
