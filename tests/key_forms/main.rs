//! Every form of key: those that openssl and Node write are read here, those written here are read by openssl, Java and
//! Node, and what is refused is refused by name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;

mod damaged;
mod encrypted;
mod forms;
mod jwk;
mod refusals;
mod written;

use common::Folder;
use mtls_certs::ErrorKind;
use mtls_certs::key::PrivateKey;

/// What openssl makes, and Java's name of it.
const KEYS: [(&str, &str, &str); 4] = [
    ("rsa", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048", "RSA"),
    ("p256", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256", "EC"),
    ("p384", "-algorithm EC -pkeyopt ec_paramgen_curve:P-384", "EC"),
    ("ed25519", "-algorithm ED25519", "Ed25519"),
];

/// A new key of openssl in `name.pem`, and its public half.
fn genpkey(folder: &Folder, name: &str, arguments: &str) -> String {
    folder.openssl(&format!("genpkey {arguments} -out {name}.pem"));
    folder.openssl(&format!("pkey -in {name}.pem -pubout"))
}

/// Reads as the private key of `public`.
fn reads(input: &[u8], passphrase: Option<&str>, public: &str, what: &str) {
    let key = PrivateKey::read(input, passphrase).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(key.public_key().to_pem(), public, "{what}");
}

fn refused(input: &[u8], passphrase: Option<&str>, kind: ErrorKind, word: &str) {
    let error = PrivateKey::read(input, passphrase).map(|_| ()).expect_err(word);
    assert_eq!(error.kind(), kind, "{word}: {error}");
    assert!(error.message().contains(word), "{word}: {error}");
}

fn der_of(text: &str) -> Vec<u8> {
    x509_parser::pem::parse_x509_pem(text.as_bytes()).unwrap().1.contents
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}
