//! A key out of its wrapping: the numbers, whatever the form they came in. Not yet known to belong together.

use der::Tag;
use der::Tagged;
use der::asn1::{AnyRef, ObjectIdentifier};
use zeroize::Zeroizing;

use super::unsupported;
use crate::error::Result;

/// A private key, and every public half that its form held beside it.
pub(super) struct RawKey {
    pub secret: RawSecret,
    /// As the bits of a SubjectPublicKeyInfo; each must belong to the secret.
    pub publics: Vec<Vec<u8>>,
}

pub(super) enum RawSecret {
    Rsa(RsaNumbers),
    Ec { curve: Curve, scalar: Secret },
    Ed25519 { seed: Zeroizing<[u8; 32]> },
}

pub(super) type Secret = Zeroizing<Vec<u8>>;

/// Unsigned, big-endian.
pub(super) struct RsaNumbers {
    pub n: Vec<u8>,
    pub e: Vec<u8>,
    pub d: Secret,
    /// `p` and `q`. JWK may leave them out.
    pub primes: Option<[Secret; 2]>,
    /// `d mod p-1`, `d mod q-1`, `1/q mod p`. They follow from the others, so they are only compared.
    pub crt: Option<[Secret; 3]>,
}

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
            Self::P256 => ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7"),
            Self::P384 => ObjectIdentifier::new_unwrap("1.3.132.0.34"),
        }
    }

    /// As JWK calls it (RFC 7518 section 6.2.1.1).
    pub(super) fn jwk_name(self) -> &'static str {
        match self {
            Self::P256 => "P-256",
            Self::P384 => "P-384",
        }
    }

    /// Octets of a coordinate, and of the private number.
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
