//! Any form of a key, PEM, DER or JWK, out of its wrapping.

use der::Decode;
use der::asn1::AnyRef;

use super::algorithm::{Curve, CurveParameters};
use super::form::{Form, form, is_jwk, is_private, is_traditionally_encrypted};
use super::forms::{self, damaged};
use super::raw::RawKey;
use super::{PublicKey, encrypted, jwk, traditional, unsupported};
use crate::error::{Error, ErrorKind, Result};
use crate::pem::{self, Block};

const WHAT: &str = "a private key";
const WHAT_PUBLIC: &str = "a public key";

/// The one private key of a file. What is no private key may stand beside it: its certificate, its curve.
pub(super) fn private(input: &[u8], passphrase: Option<&str>) -> Result<RawKey> {
    if is_jwk(input) {
        return jwk::read_private(input);
    }
    let blocks = pem::decode_all(input, WHAT)?;
    let parameters = blocks.iter().find(|block| block.label.as_deref() == Some(pem::EC_PARAMETERS));
    let block = the_only(&blocks, is_private, WHAT)?;
    private_block(block, parameters.map(|block| block.der.as_slice()), passphrase)
}

/// One block; `parameters` is the `EC PARAMETERS` beside it.
pub(super) fn private_block(
    block: &Block,
    parameters: Option<&[u8]>,
    passphrase: Option<&str>,
) -> Result<RawKey> {
    if block.label.as_deref() == Some("OPENSSH PRIVATE KEY") {
        return Err(unsupported::openssh());
    }
    if !is_private(block) {
        return Err(pem_of_another_kind(block.label.as_deref(), WHAT));
    }
    if is_traditionally_encrypted(block) {
        return from_der(&traditional::decrypt(block, passphrase)?, parameters);
    }
    match form(&block.der) {
        Some(Form::EncryptedPkcs8) => from_der(&encrypted::decrypt(&block.der, passphrase)?, parameters),
        _ => from_der(&block.der, parameters),
    }
}

fn from_der(der: &[u8], parameters: Option<&[u8]>) -> Result<RawKey> {
    match form(der) {
        Some(Form::Pkcs8) => forms::pkcs8(der),
        Some(Form::Pkcs1) => forms::pkcs1(der),
        Some(Form::Sec1) => forms::sec1(der, beside(der, parameters)?),
        Some(Form::Dsa) => Err(unsupported::named_algorithm("DSA")),
        Some(Form::Spki | Form::Pkcs1Public) => {
            Err(Error::new(ErrorKind::InvalidKey, "is a public key, but a private key is wanted here"))
        }
        Some(Form::Signed) => Err(Error::new(
            ErrorKind::InvalidPem,
            "is a certificate or a request, but a private key is wanted here",
        )),
        Some(Form::EncryptedPkcs8) | None => Err(damaged()),
    }
}

/// The curve of the `EC PARAMETERS` block, which counts only where the key does not say its own.
fn beside(sec1: &[u8], parameters: Option<&[u8]>) -> Result<Option<Curve>> {
    if forms::names_curve(sec1) {
        return Ok(None);
    }
    let read = |der| {
        let element = AnyRef::from_der(der).map_err(|_| damaged())?;
        Curve::from_parameters(CurveParameters::of(element))
    };
    parameters.map(read).transpose()
}

impl PublicKey {
    /// Reads a public key: SubjectPublicKeyInfo or PKCS#1 (`RSA PUBLIC KEY`), PEM or DER, or a public JWK.
    ///
    /// # Errors
    /// As [`PrivateKey::read`](super::PrivateKey::read).
    pub fn read(input: &[u8]) -> Result<Self> {
        Self::from_spki(&public(input)?)
    }
}

/// The SubjectPublicKeyInfo of a public key in any form.
fn public(input: &[u8]) -> Result<Vec<u8>> {
    if is_jwk(input) {
        return jwk::read_public(input);
    }
    let blocks = pem::decode_all(input, WHAT_PUBLIC)?;
    public_block(the_only(&blocks, is_public, WHAT_PUBLIC)?)
}

fn public_block(block: &Block) -> Result<Vec<u8>> {
    if !is_public(block) {
        return Err(pem_of_another_kind(block.label.as_deref(), WHAT_PUBLIC));
    }
    match form(&block.der) {
        Some(Form::Spki) => Ok(block.der.to_vec()),
        Some(Form::Pkcs1Public) => forms::rsa_spki(&block.der),
        Some(Form::Pkcs8 | Form::EncryptedPkcs8 | Form::Pkcs1 | Form::Sec1 | Form::Dsa) => {
            Err(Error::new(ErrorKind::InvalidKey, "is a private key, but a public key is wanted here"))
        }
        Some(Form::Signed) => Err(Error::new(
            ErrorKind::InvalidPem,
            "is a certificate or a request, but a public key is wanted here",
        )),
        None => {
            Err(Error::new(ErrorKind::InvalidKey, "holds a public key that can't be read; it may be damaged"))
        }
    }
}

fn is_public(block: &Block) -> bool {
    block.is_one_of(&[pem::PUBLIC_KEY, pem::RSA_PUBLIC_KEY])
}

fn the_only<'a>(blocks: &'a [Block], wanted: fn(&Block) -> bool, what: &str) -> Result<&'a Block> {
    let mut found = blocks.iter().filter(|block| wanted(block));
    match (found.next(), found.count()) {
        (Some(block), 0) => Ok(block),
        (Some(_), others) => Err(Error::new(
            ErrorKind::MultiplePem,
            format!("holds {} of them where one is wanted; give {what} alone", others + 1),
        )),
        (None, _) => Err(pem_of_another_kind(blocks.first().and_then(|block| block.label.as_deref()), what)),
    }
}

fn pem_of_another_kind(label: Option<&str>, what: &str) -> Error {
    let label = label.map(pem::printable).unwrap_or_default();
    Error::new(ErrorKind::InvalidPem, format!("holds a `{label}`, but {what} is wanted here"))
}
