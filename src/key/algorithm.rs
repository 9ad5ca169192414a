//! What a key is: what can be made here, and what can come from outside.

use rcgen::SignatureAlgorithm;
use x509_parser::asn1_rs::{Any, Tag};

use super::unsupported;
use crate::asn1;
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

// The content of object identifiers, as they stand in a key.
/// 1.2.840.113549.1.1.1.
pub(super) const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
/// 1.2.840.10045.2.1.
pub(super) const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
/// 1.3.101.112.
pub(super) const ED25519: &[u8] = &[0x2b, 0x65, 0x70];
/// 1.2.840.10045.3.1.7.
const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
/// 1.3.132.0.34.
const P384: &[u8] = &[0x2b, 0x81, 4, 0, 0x22];

/// An AlgorithmIdentifier (RFC 5280 section 4.1.1.2).
pub(super) struct Identifier<'a> {
    /// The content of its object identifier.
    pub oid: &'a [u8],
    pub parameters: Option<Any<'a>>,
}

impl<'a> Identifier<'a> {
    pub(super) fn read(element: &Any<'a>) -> Option<Self> {
        let mut parts = asn1::members(element)?.into_iter();
        let (oid, parameters, behind) = (parts.next()?, parts.next(), parts.next());
        let oid = asn1::content(&oid, Tag::Oid)?;
        (behind.is_none() && asn1::dotted(oid).is_some()).then_some(Self { oid, parameters })
    }

    /// Of an elliptic-curve key.
    pub(super) fn curve(&self) -> Result<Curve> {
        Curve::from_parameters(self.parameters.as_ref().and_then(CurveParameters::read))
    }
}

/// The `ECParameters` (RFC 5480 section 2.1.1) beside a key.
pub(super) enum CurveParameters<'a> {
    /// The content of an object identifier.
    Named(&'a [u8]),
    /// The curve's own numbers.
    Explicit,
}

impl<'a> CurveParameters<'a> {
    pub(super) fn read(element: &Any<'a>) -> Option<Self> {
        match asn1::content(element, Tag::Oid) {
            Some(name) => Some(Self::Named(name)),
            None => asn1::content(element, Tag::Sequence).map(|_| Self::Explicit),
        }
    }

    /// Of an element as RustCrypto reads it.
    #[cfg(feature = "in-page")]
    pub(super) fn of(element: der::asn1::AnyRef<'a>) -> Option<Self> {
        use der::Tagged;
        match element.tag() {
            der::Tag::ObjectIdentifier => Some(Self::Named(element.value())),
            der::Tag::Sequence => Some(Self::Explicit),
            _ => None,
        }
    }
}

/// The curves that browsers take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Curve {
    P256,
    P384,
}

impl Curve {
    pub(super) const ALL: [Self; 2] = [Self::P256, Self::P384];

    /// The content of its object identifier.
    pub(super) fn oid(self) -> &'static [u8] {
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

    pub(super) fn from_parameters(parameters: Option<CurveParameters<'_>>) -> Result<Self> {
        match parameters {
            Some(CurveParameters::Named(oid)) => {
                Self::ALL.into_iter().find(|curve| curve.oid() == oid).ok_or_else(|| unsupported::curve(oid))
            }
            Some(CurveParameters::Explicit) => Err(unsupported::explicit_curve()),
            None => Err(unsupported::nameless_curve()),
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
