//! Prepare, sign, finish: the to-be-signed bytes, whoever signs them, and the finished structure.
//!
//! rcgen's signer is synchronous, and a platform's is not; so rcgen runs with a signer that only records what it is
//! given. What rcgen can't say (repeated subject attributes, the issuer's name as another tool encoded it, a public key
//! byte for byte) is then put in place of what it wrote.

use std::borrow::Cow;
use std::sync::Mutex;

#[cfg(feature = "in-page")]
use rand_core::CryptoRng;
use rcgen::{PublicKeyData, SignatureAlgorithm, SigningKey};

use crate::asn1;
use crate::error::{Error, ErrorKind, Result};
#[cfg(feature = "in-page")]
use crate::key::PrivateKey;
use crate::key::PublicKey;

/// What is to be signed, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToBeSigned {
    /// The bytes to sign, and behind them the AlgorithmIdentifier.
    unsigned: Vec<u8>,
    /// Of the first.
    length: usize,
}

impl ToBeSigned {
    /// The bytes to sign, DER.
    pub fn der(&self) -> &[u8] {
        self.unsigned.get(..self.length).unwrap_or_default()
    }

    /// The same, and behind them the AlgorithmIdentifier, DER: all but the signature.
    pub fn unsigned(&self) -> &[u8] {
        &self.unsigned
    }

    /// Signs in-page. The key must be the one that it was prepared for.
    #[cfg(feature = "in-page")]
    pub fn sign(&self, key: &PrivateKey, rng: &mut dyn CryptoRng) -> Result<Vec<u8>> {
        key.sign(self.der(), rng)
    }

    /// The finished certificate or request, DER, with a signature in X.509's encoding (ECDSA as a SEQUENCE).
    pub fn finish(&self, signature: &[u8]) -> Vec<u8> {
        yasna::construct_der(|writer| {
            writer.write_sequence(|writer| {
                writer.next().write_der(&self.unsigned);
                writer.next().write_bitvec_bytes(signature, signature.len() * 8);
            });
        })
    }
}

/// Runs rcgen with a signer of `signer`'s algorithm that records, then puts each of `replacements` (the index of an
/// element of the to-be-signed SEQUENCE, and its DER) in place.
pub(crate) fn prepare<Out: AsRef<[u8]>>(
    signer: &PublicKey,
    build: impl FnOnce(&Recorder<'_>) -> std::result::Result<Out, rcgen::Error>,
    replacements: &[(usize, &[u8])],
) -> Result<ToBeSigned> {
    let recorder = Recorder { signer, message: Mutex::new(Vec::new()) };
    let built = build(&recorder).map_err(|_| internal("the encoder refused"))?;
    let message = recorder.message.into_inner().map_err(|_| internal("the recorder was lost"))?;
    let built = elements(built.as_ref())?;
    let algorithm = built.get(1).ok_or_else(|| internal("no algorithm was written"))?;
    let mut parts = elements(&message)?;
    for (index, der) in replacements {
        let part = parts.get_mut(*index).ok_or_else(|| internal("an element to replace is missing"))?;
        *part = der;
    }
    let content = parts.concat();
    let mut unsigned =
        yasna::construct_der(|writer| writer.write_sequence(|writer| writer.next().write_der(&content)));
    let length = unsigned.len();
    unsigned.extend_from_slice(algorithm);
    Ok(ToBeSigned { unsigned, length })
}

/// A signing key for rcgen that only takes down what it is asked to sign.
pub(crate) struct Recorder<'a> {
    signer: &'a PublicKey,
    message: Mutex<Vec<u8>>,
}

impl SigningKey for Recorder<'_> {
    fn sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, rcgen::Error> {
        let mut slot = self.message.lock().map_err(|_| rcgen::Error::RemoteKeyError)?;
        *slot = message.to_vec();
        Ok(Vec::new())
    }
}

impl PublicKeyData for Recorder<'_> {
    fn der_bytes(&self) -> &[u8] {
        self.signer.der_bytes()
    }

    fn algorithm(&self) -> &'static SignatureAlgorithm {
        self.signer.algorithm()
    }
}

/// The elements of a SEQUENCE, each whole.
fn elements(sequence: &[u8]) -> Result<Vec<&[u8]>> {
    asn1::strict_parts(sequence).ok_or_else(|| internal("the encoder wrote no SEQUENCE"))
}

fn internal(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::Internal, message)
}
