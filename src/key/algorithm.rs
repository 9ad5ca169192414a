//! What a key is: what can be made here, and what can come from outside.

use rcgen::SignatureAlgorithm;

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
