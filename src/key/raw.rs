//! A key out of its wrapping: the numbers, whatever the form they came in. Not yet known to belong together.

use zeroize::Zeroizing;

use super::algorithm::Curve;

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
