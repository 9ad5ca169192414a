//! PKCS#12 both ways: what is written here is read by OpenSSL, Java, NSS and GnuTLS with the right passphrase alone, and what they
//! write is read here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;

mod contents;
mod hostile;
mod java;
mod nss_gnutls;
mod openssl;

use common::{Folder, guide_at, rng};
use mtls_certs::ErrorKind;
use mtls_certs::chain::CertificateChain;
use mtls_certs::key::{KeyAlgorithm, PrivateKey};
use mtls_certs::pem;
use mtls_certs::pkcs12::{Contents, IdentityOptions, Target, create, read};
use time::OffsetDateTime;

const SECRET: &str = "correct horse";
/// The machine has two cores.
const FEW: Option<u32> = Some(1000);

/// The guide's files, and Amy's as PKCS#12 for a target.
fn amy(algorithm: KeyAlgorithm, target: Target) -> (Folder, Vec<u8>) {
    let folder = guide_at(algorithm, false, OffsetDateTime::now_utc());
    let key = PrivateKey::read(&folder.read("amy_client.key"), None).unwrap();
    let chain = CertificateChain::read(
        &folder.read("amy_client.crt"),
        &[folder.read("ca.crt")],
        Some(key.public_key()),
    );
    let options = IdentityOptions { target, passphrase: SECRET, friendly_name: Some("Amy"), iterations: FEW };
    let file = create(&key, &chain.unwrap(), &options, &mut rng(5)).unwrap();
    folder.write("amy.p12", &file);
    folder.write("secret", SECRET);
    (folder, file)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Exactly Amy's key, her certificate and her authority's.
fn is_amys(contents: &Contents, folder: &Folder, what: &str) {
    let [entry] = contents.entries.as_slice() else { panic!("{what}: {contents:?}") };
    let key = PrivateKey::read(&folder.read("amy_client.key"), None).unwrap();
    assert_eq!(pem::encode(pem::PRIVATE_KEY, &entry.private_key), key.to_pkcs8_pem().unwrap(), "{what}");
    let certificate = entry.certificate.as_ref().map(|der| pem::encode(pem::CERTIFICATE, der));
    assert_eq!(certificate.unwrap(), text(&folder.read("amy_client.crt")), "{what}");
    let chain: String = entry.chain.iter().map(|der| pem::encode(pem::CERTIFICATE, der)).collect();
    assert_eq!(chain, text(&folder.read("ca.crt")), "{what}");
    assert!(contents.certificates.is_empty() && contents.unread.is_empty(), "{what}: {contents:?}");
}

fn refused(file: &[u8], passphrase: Option<&str>, kind: ErrorKind, field: &str, word: &str) {
    let error = read(file, passphrase).map(|_| ()).expect_err(word);
    assert_eq!((error.kind(), error.field()), (kind, Some(field)), "{word}: {error}");
    assert!(error.message().contains(word), "{word}: {error}");
}
