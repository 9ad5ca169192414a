//! What goes into a file, and how what is in one is put together.

use mtls_certs::ErrorKind;
use mtls_certs::chain::CertificateChain;
use mtls_certs::key::{KeyAlgorithm, PrivateKey};
use mtls_certs::pkcs12::{IdentityOptions, Target, create, read};

use super::common::{Folder, guide, rng};
use super::{FEW, SECRET, refused};

#[test]
fn the_certificate_is_the_keys_wherever_it_stands_and_strangers_are_refused() {
    let folder = guide(KeyAlgorithm::EcdsaP256, false);
    let key = PrivateKey::read(&folder.read("amy_client.key"), None).unwrap();
    let of_key = |certificate: &[u8], chain: &[Vec<u8>]| {
        CertificateChain::read(certificate, chain, Some(key.public_key()))
    };
    let (amy, bob, ca) =
        (folder.read("amy_client.crt"), folder.read("bob_server.crt"), folder.read("ca.crt"));
    let none: [Vec<u8>; 0] = [];
    let wanted = of_key(&amy, std::slice::from_ref(&ca)).unwrap();
    // What is there twice counts once; the authority may come first.
    for (certificate, chain) in [
        ([amy.clone(), ca.clone()].concat(), vec![]),
        ([ca.clone(), amy.clone()].concat(), vec![ca.clone(), amy.clone()]),
    ] {
        assert_eq!(of_key(&certificate, &chain).unwrap(), wanted);
    }
    for (result, kind, field) in [
        (of_key(&bob, &none), ErrorKind::KeyMismatch, "privateKey"),
        (of_key(&ca, std::slice::from_ref(&amy)), ErrorKind::KeyMismatch, "privateKey"),
        (of_key(&amy, &[ca.clone(), bob.clone()]), ErrorKind::InvalidCertificate, "chain[1]"),
        (of_key(&[amy.clone(), bob].concat(), &none), ErrorKind::InvalidCertificate, "certificate"),
        (of_key(&folder.read("amy_client.key"), &none), ErrorKind::InvalidPem, "certificate"),
        (of_key(&amy, &[b"x".to_vec()]), ErrorKind::InvalidPem, "chain"),
    ] {
        let error = result.unwrap_err();
        assert_eq!((error.kind(), error.field()), (kind, Some(field)), "{error}");
    }
}

#[test]
fn passphrases_names_and_iterations_are_checked() {
    let folder = guide(KeyAlgorithm::Ed25519, false);
    let key = PrivateKey::read(&folder.read("amy_client.key"), None).unwrap();
    let none: [Vec<u8>; 0] = [];
    let chain =
        CertificateChain::read(&folder.read("amy_client.crt"), &none, Some(key.public_key())).unwrap();
    let make = |options: IdentityOptions<'_>| create(&key, &chain, &options, &mut rng(3));
    let right = IdentityOptions { passphrase: SECRET, iterations: FEW, ..IdentityOptions::default() };
    let entry = read(&make(right.clone()).unwrap(), Some(SECRET)).unwrap().entries.remove(0);
    assert_eq!(entry.friendly_name.as_deref(), Some("amy-client"), "its common name");
    for target in Target::ALL {
        let secret = "grüße 😀";
        let options = IdentityOptions {
            target: *target,
            passphrase: secret,
            friendly_name: Some("Ämy 😀"),
            iterations: FEW,
        };
        match make(options) {
            Ok(file) => {
                let entry = read(&file, Some(secret)).unwrap().entries.remove(0);
                assert_eq!(entry.friendly_name.as_deref(), Some("Ämy 😀"));
                assert_ne!(*target, Target::Java);
            }
            Err(error) => {
                assert_eq!((error.kind(), error.field()), (ErrorKind::Passphrase, Some("passphrase")));
                assert_eq!(*target, Target::Java);
            }
        }
    }
    let long = "x".repeat(201);
    for (options, kind, field) in [
        (IdentityOptions { passphrase: "", ..right.clone() }, ErrorKind::Passphrase, "passphrase"),
        (IdentityOptions { iterations: Some(999), ..right.clone() }, ErrorKind::InvalidOption, "iterations"),
        (
            IdentityOptions { iterations: Some(10_000_001), ..right.clone() },
            ErrorKind::InvalidOption,
            "iterations",
        ),
        (
            IdentityOptions { friendly_name: Some(""), ..right.clone() },
            ErrorKind::InvalidOption,
            "friendlyName",
        ),
        (
            IdentityOptions { friendly_name: Some("a\nb"), ..right.clone() },
            ErrorKind::InvalidOption,
            "friendlyName",
        ),
        (IdentityOptions { friendly_name: Some(&long), ..right }, ErrorKind::InvalidOption, "friendlyName"),
    ] {
        let error = make(options).unwrap_err();
        assert_eq!((error.kind(), error.field()), (kind, Some(field)));
        assert!(!error.to_string().contains(SECRET));
    }
}

/// A file of OpenSSL that a server's administrator might have: certificates without a key, a key without a certificate.
#[test]
fn what_belongs_to_no_key_is_handed_out_too() {
    let folder = guide(KeyAlgorithm::EcdsaP256, true);
    let export = |folder: &Folder, arguments: &str| {
        folder.openssl(&format!("pkcs12 -export -passout pass:secret -out x.p12 {arguments}"));
        read(&folder.read("x.p12"), Some("secret")).unwrap()
    };
    let contents = export(&folder, "-nokeys -in bob_ca.crt -certfile amy_ca.crt");
    assert_eq!((contents.entries.len(), contents.certificates.len()), (0, 2));
    assert!(contents.certificates.iter().all(|one| !one.trusted));
    let contents = export(&folder, "-nocerts -inkey amy_client.key");
    assert_eq!((contents.entries.len(), contents.certificates.len()), (1, 0));
    assert!(contents.entries[0].certificate.is_none() && contents.entries[0].chain.is_empty());
    // Bob's authority is not above Amy.
    let contents = export(&folder, "-inkey amy_client.key -in amy_client.crt -certfile bob_ca.crt");
    assert_eq!((contents.entries.len(), contents.certificates.len()), (1, 1));
    assert!(contents.entries[0].certificate.is_some() && contents.entries[0].chain.is_empty());
    let shown = format!("{contents:?}");
    assert!(shown.contains("[elided]"), "{shown}");
}

#[test]
fn what_is_no_pkcs12_is_refused_by_name() {
    let folder = guide(KeyAlgorithm::EcdsaP256, false);
    folder.openssl("x509 -in ca.crt -outform DER -out ca.der");
    folder.openssl("crl2pkcs7 -nocrl -certfile ca.crt -outform DER -out ca.p7b");
    for (file, word) in [
        (Vec::new(), "empty"),
        (folder.read("ca.crt"), "PEM"),
        (folder.read("ca.der"), "no PKCS#12"),
        (folder.read("ca.p7b"), "is PKCS#7"),
        ([folder.read("ca.der"), b"\n".to_vec()].concat(), "goes on"),
        (b"MIIKWgIBAzCCChAGCSqGSIb3DQEHAaCCCgEEggn9MIIJ+TCCBGgG\n".to_vec(), "is base64"),
        (b"PK\x03\x04".to_vec(), "no PKCS#12"),
        (vec![0xfe, 0xed, 0xfe, 0xed, 0, 0], "Java key store"),
        (vec![0x30; (1 << 20) + 1], "1 MiB"),
    ] {
        refused(&file, Some("secret"), ErrorKind::InvalidPkcs12, "pkcs12", word);
    }
}
