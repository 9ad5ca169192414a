//! Whether a certificate, a request and a key belong together: whether they are of one key.

use serde::Serialize;

use crate::authority;
use crate::error::{At, Error, ErrorKind, Result};
use crate::inspect::PublicKeyDetails;
use crate::key::PublicKey;
use crate::pem;
use crate::request::ParsedRequest;

use super::Certificates;

/// The pieces, two at least.
#[derive(Clone, Copy, Debug, Default)]
pub struct MatchKey<'a> {
    /// A certificate; of a file of several, the first.
    pub certificate: Option<&'a [u8]>,
    /// A certificate request.
    pub request: Option<&'a [u8]>,
    /// A public key.
    pub public_key: Option<&'a [u8]>,
    /// The public half of a private key, as SubjectPublicKeyInfo.
    pub private_key: Option<&'a [u8]>,
}

/// The answer.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeyMatch {
    /// Whether all are of one key.
    pub matches: bool,
    /// The key of each piece.
    pub keys: KeysByPiece,
}

/// The key of each piece that was given.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct KeysByPiece {
    /// Of the certificate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certificate: Option<PublicKeyDetails>,
    /// Of the request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<PublicKeyDetails>,
    /// The public key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub public_key: Option<PublicKeyDetails>,
    /// The public half of the private key.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub private_key: Option<PublicKeyDetails>,
}

/// Compares the keys, whatever their kind and however each is encoded.
///
/// # Errors
/// [`ErrorKind::MissingOption`] for less than two pieces; as for reading each, at its name.
pub fn match_key(pieces: &MatchKey<'_>) -> Result<KeyMatch> {
    let read = |piece: Option<&[u8]>, spki: fn(&[u8]) -> Result<Vec<u8>>, field: &str| {
        let read = |input| PublicKeyDetails::read(&spki(input)?).ok_or_else(unreadable);
        piece.map(|input| read(input).at(field)).transpose()
    };
    let keys = KeysByPiece {
        certificate: read(pieces.certificate, of_certificate, "certificate")?,
        request: read(pieces.request, of_request, "request")?,
        public_key: read(pieces.public_key, of_public_key, "publicKey")?,
        private_key: read(pieces.private_key, |spki| Ok(spki.to_vec()), "privateKey")?,
    };
    let given = [&keys.certificate, &keys.request, &keys.public_key, &keys.private_key];
    let given: Vec<_> = given.into_iter().flatten().collect();
    if given.len() < 2 {
        let message = "give two at least of certificate, request, publicKey and privateKey, to compare";
        return Err(Error::new(ErrorKind::MissingOption, message));
    }
    let matches = given.windows(2).all(|pair| matches!(pair, [one, other] if same(one.spki(), other.spki())));
    Ok(KeyMatch { matches, keys })
}

fn same(one: &[u8], other: &[u8]) -> bool {
    match (PublicKey::from_spki(one), PublicKey::from_spki(other)) {
        (Ok(one), Ok(other)) => one.same_key(&other),
        // Of a kind that is not computed with here: byte by byte.
        _ => one == other,
    }
}

fn of_certificate(input: &[u8]) -> Result<Vec<u8>> {
    let certificates = Certificates::read(input)?;
    let first = certificates.ders().next().ok_or_else(unreadable)?;
    Ok(authority::parse(first)?.public_key.raw.to_vec())
}

fn of_request(input: &[u8]) -> Result<Vec<u8>> {
    let block = pem::decode_one(input, pem::REQUESTS, "a certificate request")?;
    Ok(ParsedRequest::read(&block.der)?.public_key.raw.to_vec())
}

fn of_public_key(input: &[u8]) -> Result<Vec<u8>> {
    PublicKey::read(input).map(|key| key.spki().to_vec())
}

fn unreadable() -> Error {
    Error::new(ErrorKind::InvalidKey, "holds a public key that can't be read; it may be damaged")
}
