//! The forms of an unencrypted private key in DER: PKCS#8 (RFC 5958), PKCS#1 (RFC 8017), SEC1 (RFC 5915).
//!
//! They are told apart by their structure and not by their label, which people's tools often get wrong. Read here and not
//! by the crates, so that each refusal can be named, and so that the key of every form takes one way.

use der::asn1::{AnyRef, BitStringRef, ObjectIdentifier, OctetStringRef, UintRef};
use der::{Decode, Encode, Reader, SliceReader, Tag, TagNumber, Tagged};
use spki::{AlgorithmIdentifierRef, SubjectPublicKeyInfoRef};
use zeroize::Zeroizing;

use super::algorithm::{Curve, CurveParameters, EC, ED25519, RSA};
use super::raw::{RawKey, RawSecret, RsaNumbers, Secret};
use super::unsupported;
use crate::error::{Error, ErrorKind, Result};

/// PKCS#8, of either version.
pub(super) fn pkcs8(der: &[u8]) -> Result<RawKey> {
    let info = PrivateKeyInfo::read(der).map_err(|_| damaged())?;
    let mut key = match info.algorithm.oid.as_bytes() {
        RSA => pkcs1(info.key)?,
        EC => {
            let parameters = info.algorithm.parameters.and_then(CurveParameters::of);
            sec1(info.key, Some(Curve::from_parameters(parameters)?))?
        }
        ED25519 if info.algorithm.parameters.is_none() => ed25519(info.key)?,
        ED25519 => return Err(damaged()),
        other => return Err(unsupported::algorithm(other)),
    };
    key.publics.extend(info.public);
    Ok(key)
}

struct PrivateKeyInfo<'a> {
    algorithm: AlgorithmIdentifierRef<'a>,
    key: &'a [u8],
    public: Option<Vec<u8>>,
}

impl<'a> PrivateKeyInfo<'a> {
    fn read(der: &'a [u8]) -> der::Result<Self> {
        AnyRef::from_der(der)?.sequence(|reader| {
            if u8::decode(reader)? > 1 {
                return Err(Tag::Integer.value_error().into());
            }
            let algorithm = AlgorithmIdentifierRef::decode(reader)?;
            let key = <&OctetStringRef>::decode(reader)?.as_bytes();
            let mut public = None;
            // Attributes, `[0]`, say nothing of the key.
            while !reader.is_finished() {
                let field = AnyRef::decode(reader)?;
                if let Tag::ContextSpecific { constructed, number: TagNumber(1) } = field.tag() {
                    public = Some(public_field(field.value(), constructed)?);
                }
            }
            Ok(Self { algorithm, key, public })
        })
    }
}

/// The public key of version 2: implicitly tagged by RFC 5958; ring wrote it explicitly for years.
fn public_field(value: &[u8], explicit: bool) -> der::Result<Vec<u8>> {
    let bits = if explicit {
        BitStringRef::from_der(value)?
    } else {
        AnyRef::new(Tag::BitString, value)?.decode_as::<BitStringRef<'_>>()?
    };
    bits.as_bytes().map(<[u8]>::to_vec).ok_or_else(|| Tag::BitString.value_error().into())
}

/// An octet string in the octet string (RFC 8410 section 7).
fn ed25519(key: &[u8]) -> Result<RawKey> {
    let seed = <&OctetStringRef>::from_der(key).ok().and_then(|seed| seed.as_bytes().try_into().ok());
    let seed = Zeroizing::new(seed.ok_or_else(damaged)?);
    Ok(RawKey { secret: RawSecret::Ed25519 { seed }, publics: Vec::new() })
}

/// An RSA private key of two primes.
pub(super) fn pkcs1(der: &[u8]) -> Result<RawKey> {
    let numbers = AnyRef::from_der(der).and_then(|any| any.sequence(rsa_numbers)).map_err(|_| damaged())?;
    let secret = numbers.map(RawSecret::Rsa).ok_or_else(unsupported::multi_prime)?;
    Ok(RawKey { secret, publics: Vec::new() })
}

/// `None` for a key of more than two primes.
fn rsa_numbers<'a>(reader: &mut SliceReader<'a>) -> der::Result<Option<RsaNumbers>> {
    let version = u8::decode(reader)?;
    let mut next = || UintRef::decode(reader).map(|number| Zeroizing::new(number.as_bytes().to_vec()));
    let numbers = RsaNumbers {
        n: next()?.to_vec(),
        e: next()?.to_vec(),
        d: next()?,
        primes: Some([next()?, next()?]),
        crt: Some([next()?, next()?, next()?]),
    };
    match (version, reader.is_finished()) {
        (0, true) => Ok(Some(numbers)),
        (1, false) if AnyRef::decode(reader)?.tag() == Tag::Sequence => Ok(None),
        _ => Err(Tag::Integer.value_error().into()),
    }
}

/// An elliptic-curve key, on its own curve where it says one, which must be `curve` where that is known already.
pub(super) fn sec1(der: &[u8], curve: Option<Curve>) -> Result<RawKey> {
    let key = EcPrivateKey::read(der).map_err(|_| damaged())?;
    let own = key.parameters.map(|own| Curve::from_parameters(CurveParameters::of(own))).transpose()?;
    let curve = match (own, curve) {
        (Some(own), Some(curve)) if own != curve => return Err(damaged()),
        (own, curve) => own.or(curve).ok_or_else(unsupported::nameless_curve)?,
    };
    let secret = RawSecret::Ec { curve, scalar: scalar(key.scalar, curve)? };
    Ok(RawKey { secret, publics: key.public.into_iter().collect() })
}

/// The private number at its full length. Old OpenSSL left out leading zeros, and old Java put one in front; but a number
/// that is much shorter is one of another curve.
fn scalar(octets: &[u8], curve: Curve) -> Result<Secret> {
    const MAX_LEFT_OUT: usize = 4;
    let first = octets.iter().position(|octet| *octet != 0).unwrap_or_default();
    let significant = octets.get(first..).unwrap_or_default();
    match curve.size().checked_sub(significant.len()) {
        Some(zeros) if octets.len() >= curve.size() || zeros <= MAX_LEFT_OUT => {
            let padded = std::iter::repeat_n(&0, zeros).chain(significant);
            Ok(Zeroizing::new(padded.copied().collect()))
        }
        _ => Err(damaged()),
    }
}

/// Whether a SEC1 key says its curve.
pub(super) fn names_curve(der: &[u8]) -> bool {
    EcPrivateKey::read(der).is_ok_and(|key| key.parameters.is_some())
}

struct EcPrivateKey<'a> {
    scalar: &'a [u8],
    parameters: Option<AnyRef<'a>>,
    public: Option<Vec<u8>>,
}

impl<'a> EcPrivateKey<'a> {
    fn read(der: &'a [u8]) -> der::Result<Self> {
        AnyRef::from_der(der)?.sequence(|reader| {
            if u8::decode(reader)? != 1 {
                return Err(Tag::Integer.value_error().into());
            }
            let scalar = <&OctetStringRef>::decode(reader)?.as_bytes();
            let (mut parameters, mut public) = (None, None);
            while !reader.is_finished() {
                let field = AnyRef::decode(reader)?;
                match field.tag() {
                    Tag::ContextSpecific { constructed: true, number: TagNumber(0) } => {
                        parameters = Some(AnyRef::from_der(field.value())?);
                    }
                    Tag::ContextSpecific { constructed: true, number: TagNumber(1) } => {
                        public = Some(public_field(field.value(), true)?);
                    }
                    other => return Err(other.value_error().into()),
                }
            }
            Ok(Self { scalar, parameters, public })
        })
    }
}

/// The SubjectPublicKeyInfo of an RSA public key in DER.
pub(super) fn rsa_spki(pkcs1: &[u8]) -> Result<Vec<u8>> {
    spki(AlgorithmIdentifierRef { oid: oid(RSA)?, parameters: Some(AnyRef::NULL) }, pkcs1)
}

/// The same of a point.
pub(super) fn ec_spki(curve: Curve, point: &[u8]) -> Result<Vec<u8>> {
    let curve = oid(curve.oid())?;
    spki(AlgorithmIdentifierRef { oid: oid(EC)?, parameters: Some(AnyRef::from(&curve)) }, point)
}

pub(super) fn ed25519_spki(key: &[u8]) -> Result<Vec<u8>> {
    spki(AlgorithmIdentifierRef { oid: oid(ED25519)?, parameters: None }, key)
}

fn spki(algorithm: AlgorithmIdentifierRef<'_>, bits: &[u8]) -> Result<Vec<u8>> {
    let subject_public_key = BitStringRef::from_bytes(bits).map_err(|_| unwritten())?;
    SubjectPublicKeyInfoRef { algorithm, subject_public_key }.to_der().map_err(|_| unwritten())
}

fn oid(content: &[u8]) -> Result<ObjectIdentifier> {
    ObjectIdentifier::from_bytes(content).map_err(|_| unwritten())
}

fn unwritten() -> Error {
    Error::new(ErrorKind::Internal, "the public key could not be written")
}

pub(super) fn damaged() -> Error {
    Error::new(ErrorKind::InvalidKey, "holds a private key that can't be read; it may be damaged")
}
