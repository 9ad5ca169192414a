//! JSON Web Keys (RFC 7517, RFC 7518 section 6, RFC 8037), as WebCrypto and JOSE libraries write them.

use base64ct::{Base64UrlUnpadded, Encoding};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use super::algorithm::Curve;
use super::form::without_mark;
use super::raw::{RawKey, RawSecret, RsaNumbers, Secret};
use super::{KeyType, forms, in_page, public, unsupported};
use crate::error::{Error, ErrorKind, Result};

/// A JWK is as large as its key; a megabyte of JSON is no key.
const MAX_BYTES: usize = 100_000;

/// The members that make a key, in the order in which they are written; others (`kid`, `alg`, `use`, `key_ops`) only say
/// what somebody means to do with it.
#[derive(Default, Deserialize, Serialize, Zeroize, ZeroizeOnDrop)]
struct Jwk {
    #[serde(skip_serializing_if = "Option::is_none")]
    kty: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    crv: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    x: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    y: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    e: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    d: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    p: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    q: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dp: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dq: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    qi: Option<String>,
    /// Further primes.
    #[serde(skip_serializing)]
    #[zeroize(skip)]
    oth: Option<serde::de::IgnoredAny>,
    /// Of a JWK set.
    #[serde(skip_serializing)]
    #[zeroize(skip)]
    keys: Option<serde::de::IgnoredAny>,
}

pub(super) fn read_private(input: &[u8]) -> Result<RawKey> {
    let jwk = Jwk::read(input)?;
    let kind = jwk.kind()?;
    if jwk.d.is_none() {
        return Err(invalid("is a public key (it has no member `d`), but a private key is wanted here"));
    }
    let secret = match kind {
        Kind::Rsa => RawSecret::Rsa(jwk.rsa_numbers()?),
        Kind::Ec(curve) => RawSecret::Ec { curve, scalar: sized("d", &jwk.d, curve.size())? },
        Kind::Ed25519 => {
            let seed = sized("d", &jwk.d, 32)?;
            RawSecret::Ed25519 { seed: Zeroizing::new(seed.as_slice().try_into().map_err(|_| missing("d"))?) }
        }
    };
    // RSA's public half is among its numbers.
    let publics = if matches!(secret, RawSecret::Rsa(_)) { Vec::new() } else { vec![jwk.public_bits(kind)?] };
    Ok(RawKey { secret, publics })
}

/// The SubjectPublicKeyInfo.
pub(super) fn read_public(input: &[u8]) -> Result<Vec<u8>> {
    let jwk = Jwk::read(input)?;
    let kind = jwk.kind()?;
    if jwk.d.is_some() {
        return Err(invalid("is a private key (it has a member `d`), but a public key is wanted here"));
    }
    match kind {
        Kind::Rsa => forms::rsa_spki(&in_page::rsa_public_der(&number("n", &jwk.n)?, &number("e", &jwk.e)?)?),
        Kind::Ec(curve) => forms::ec_spki(curve, &jwk.public_bits(kind)?),
        Kind::Ed25519 => forms::ed25519_spki(&jwk.public_bits(kind)?),
    }
}

/// The JWK of a private key; `bits` is its public half, as in a SubjectPublicKeyInfo.
pub(super) fn write_private(key: &RawSecret, key_type: KeyType, bits: &[u8]) -> Result<Zeroizing<String>> {
    let mut jwk = Jwk::public(key_type, bits)?;
    match key {
        RawSecret::Rsa(numbers) => {
            let text = |number: &Option<&Secret>| number.map(|number| encoded(number));
            let [p, q] = numbers.primes.as_ref().map_or([None; 2], |primes| primes.each_ref().map(Some));
            let [dp, dq, qi] = numbers.crt.as_ref().map_or([None; 3], |crt| crt.each_ref().map(Some));
            jwk.d = Some(encoded(&numbers.d));
            [jwk.p, jwk.q] = [text(&p), text(&q)];
            [jwk.dp, jwk.dq, jwk.qi] = [text(&dp), text(&dq), text(&qi)];
        }
        RawSecret::Ec { scalar, .. } => jwk.d = Some(encoded(scalar)),
        RawSecret::Ed25519 { seed } => jwk.d = Some(encoded(seed.as_slice())),
    }
    jwk.to_json().map(Zeroizing::new)
}

pub(super) fn write_public(key_type: KeyType, bits: &[u8]) -> Result<String> {
    Jwk::public(key_type, bits)?.to_json()
}

#[derive(Clone, Copy)]
enum Kind {
    Rsa,
    Ec(Curve),
    Ed25519,
}

impl Jwk {
    fn read(input: &[u8]) -> Result<Self> {
        // serde_json's message would quote the text, which may be a key.
        let jwk: Self = Some(input)
            .filter(|input| input.len() <= MAX_BYTES)
            .and_then(|input| serde_json::from_slice(without_mark(input)).ok())
            .ok_or_else(|| {
                invalid("is no JSON Web Key: its JSON can't be read, or a member of it is no string")
            })?;
        if jwk.keys.is_some() {
            return Err(invalid("is a JWK set; give one of its `keys`"));
        }
        if jwk.oth.is_some() {
            return Err(unsupported::multi_prime());
        }
        Ok(jwk)
    }

    fn kind(&self) -> Result<Kind> {
        match (self.kty.as_deref(), self.crv.as_deref()) {
            (Some("RSA"), _) => Ok(Kind::Rsa),
            (Some("EC"), Some(name)) => match Curve::ALL.into_iter().find(|curve| curve.jwk_name() == name) {
                Some(curve) => Ok(Kind::Ec(curve)),
                None => Err(unsupported::named_curve(&shown(name))),
            },
            (Some("OKP"), Some("Ed25519")) => Ok(Kind::Ed25519),
            (Some("OKP"), Some(other)) => Err(unsupported::named_algorithm(&shown(other))),
            (Some("EC" | "OKP"), None) => Err(missing("crv")),
            (Some("oct"), _) => Err(unsupported::named_algorithm("oct (a symmetric key)")),
            (Some(other), _) => Err(unsupported::named_algorithm(&shown(other))),
            (None, _) => Err(missing("kty")),
        }
    }

    fn rsa_numbers(&self) -> Result<RsaNumbers> {
        let primes = match (&self.p, &self.q) {
            (None, None) => None,
            (p, q) => Some([number("p", p)?, number("q", q)?]),
        };
        let crt = match (&self.dp, &self.dq, &self.qi) {
            (None, None, None) => None,
            (dp, dq, qi) => Some([number("dp", dp)?, number("dq", dq)?, number("qi", qi)?]),
        };
        if primes.is_none() && crt.is_some() {
            return Err(missing("p"));
        }
        Ok(RsaNumbers {
            n: number("n", &self.n)?.to_vec(),
            e: number("e", &self.e)?.to_vec(),
            d: number("d", &self.d)?,
            primes,
            crt,
        })
    }

    /// As they stand in a SubjectPublicKeyInfo.
    fn public_bits(&self, kind: Kind) -> Result<Vec<u8>> {
        match kind {
            Kind::Ec(curve) => {
                let (x, y) = (sized("x", &self.x, curve.size())?, sized("y", &self.y, curve.size())?);
                Ok([&[4], x.as_slice(), y.as_slice()].concat())
            }
            _ => sized("x", &self.x, 32).map(|x| x.to_vec()),
        }
    }

    fn public(key_type: KeyType, bits: &[u8]) -> Result<Self> {
        let internal = || Error::new(ErrorKind::Internal, "the public key could not be written");
        let mut jwk = Self::default();
        let text = |text: &str| Some(text.to_owned());
        match key_type {
            KeyType::EcdsaP256 | KeyType::EcdsaP384 => {
                let curve = if key_type == KeyType::EcdsaP256 { Curve::P256 } else { Curve::P384 };
                let point = bits.strip_prefix(&[4]).and_then(|point| point.split_at_checked(curve.size()));
                let (x, y) = point.ok_or_else(internal)?;
                (jwk.kty, jwk.crv) = (text("EC"), text(curve.jwk_name()));
                (jwk.x, jwk.y) = (Some(encoded(x)), Some(encoded(y)));
            }
            KeyType::Ed25519 => {
                (jwk.kty, jwk.crv, jwk.x) = (text("OKP"), text("Ed25519"), Some(encoded(bits)));
            }
            KeyType::Rsa { .. } => {
                let (n, e) = public::rsa_numbers(bits).ok_or_else(internal)?;
                (jwk.kty, jwk.n, jwk.e) = (text("RSA"), Some(encoded(n)), Some(encoded(e)));
            }
        }
        Ok(jwk)
    }

    fn to_json(&self) -> Result<String> {
        serde_json::to_string(self)
            .map_err(|_| Error::new(ErrorKind::Internal, "the JSON Web Key could not be written"))
    }
}

fn number(name: &str, member: &Option<String>) -> Result<Secret> {
    let text = member.as_ref().ok_or_else(|| missing(name))?;
    let octets = Base64UrlUnpadded::decode_vec(text).map(Zeroizing::new).map_err(|_| {
        invalid(format!("is a JSON Web Key whose member `{name}` is not base64url without padding"))
    })?;
    // RFC 7518 wants no leading zeros, and some write them.
    let significant = octets.iter().position(|octet| *octet != 0).unwrap_or(octets.len());
    Ok(Zeroizing::new(octets.get(significant..).unwrap_or_default().to_vec()))
}

/// A member of a fixed length, leading zeros included.
fn sized(name: &str, member: &Option<String>, size: usize) -> Result<Secret> {
    let text = member.as_ref().ok_or_else(|| missing(name))?;
    let octets = Base64UrlUnpadded::decode_vec(text).map(Zeroizing::new);
    octets.ok().filter(|octets| octets.len() == size).ok_or_else(|| {
        invalid(format!(
            "is a JSON Web Key whose member `{name}` is not {size} octets in base64url without padding"
        ))
    })
}

fn encoded(octets: &[u8]) -> String {
    Base64UrlUnpadded::encode_string(octets)
}

fn shown(text: &str) -> String {
    crate::pem::printable(text)
}

fn missing(name: &str) -> Error {
    invalid(format!("is a JSON Web Key without the member `{name}`; export it again, whole"))
}

fn invalid(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidKey, message)
}
