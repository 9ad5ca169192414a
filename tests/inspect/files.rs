//! Several things in one file.

use mtls_certs::inspect::{self, Details};
use mtls_certs::key::KeyAlgorithm;
use mtls_certs::{Error, ErrorKind};

use crate::common::{Folder, NOW, guide};

fn kind(details: &Details) -> &'static str {
    match details {
        Details::Certificate(details) => details.r#type,
        Details::Request(details) => details.r#type,
        Details::Crl(details) => details.r#type,
        Details::Key(details) => details.r#type,
    }
}

/// What each is, and which others have its key.
fn all(text: &[u8], passphrase: Option<&str>) -> Vec<(&'static str, Vec<usize>)> {
    let entries = inspect::inspect_all(text, passphrase, NOW).unwrap();
    entries.into_iter().map(|entry| (kind(&entry.details), entry.same_key_as)).collect()
}

fn refused(text: &[u8], passphrase: Option<&str>) -> Error {
    inspect::inspect_all(text, passphrase, NOW).unwrap_err()
}

fn joined(folder: &Folder, names: &[&str]) -> Vec<u8> {
    names.iter().flat_map(|name| folder.read(name)).collect()
}

#[test]
fn what_belongs_together_is_seen() {
    let folder = guide(KeyAlgorithm::EcdsaP256, false);
    folder.write("index.txt", "");
    folder.write("ca.cnf", "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ndefault_md=sha256\n");
    folder.openssl("ca -config ca.cnf -gencrl -keyfile ca.key -cert ca.crt -crldays 3 -out ca.crl");
    // The curve in front of the key, and the key under another encoding: a compressed point.
    folder.openssl("ecparam -name prime256v1 -out curve.pem");
    folder.openssl("ec -in bob_server.key -pubout -conv_form compressed -out compressed.pub");
    let names = [
        "curve.pem",
        "bob_server.key",
        "bob_server.crt",
        "ca.crt",
        "ca.crl",
        "bob_server.csr",
        "compressed.pub",
    ];
    assert_eq!(
        all(&joined(&folder, &names), None),
        [
            ("privateKey", vec![1, 4, 5]),
            ("certificate", vec![0, 4, 5]),
            ("certificate", vec![]),
            ("crl", vec![]),
            ("request", vec![0, 1, 5]),
            ("publicKey", vec![0, 1, 4]),
        ]
    );
    let details = |name: &str| match inspect::inspect(&folder.read(name), None, NOW).unwrap() {
        Details::Key(details) => details.public_key.unwrap().sha256,
        other => panic!("{other:?}"),
    };
    assert_ne!(details("compressed.pub"), details("bob_server.key"), "the bytes differ, the key does not");
}

#[test]
fn keys_that_are_not_computed_with_are_compared_too() {
    let folder = Folder::new();
    folder.openssl("req -x509 -newkey rsa:1024 -nodes -keyout k -subj /CN=x -out c.crt");
    folder.openssl("pkey -in k -pubout -out k.pub");
    folder.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out o");
    folder.openssl("pkey -in o -pubout -out o.pub");
    assert_eq!(
        all(&joined(&folder, &["c.crt", "o.pub", "k.pub"]), None),
        [("certificate", vec![2]), ("publicKey", vec![]), ("publicKey", vec![0])]
    );
}

#[test]
fn an_encrypted_key_belongs_once_its_passphrase_is_given() {
    let folder = guide(KeyAlgorithm::EcdsaP256, false);
    folder.openssl("pkcs8 -topk8 -in ca.key -v2 aes-256-cbc -iter 1000 -passout pass:horse -out ca.key8");
    let file = joined(&folder, &["ca.key8", "ca.crt"]);
    assert_eq!(all(&file, None), [("privateKey", vec![]), ("certificate", vec![])]);
    assert_eq!(all(&file, Some("horse")), [("privateKey", vec![1]), ("certificate", vec![0])]);
    let error = refused(&file, Some("mare"));
    assert_eq!((error.kind(), error.field()), (ErrorKind::Passphrase, Some("[0]")));
}

#[test]
fn a_single_thing_is_a_list_of_one() {
    let folder = guide(KeyAlgorithm::EcdsaP256, false);
    assert_eq!(all(&folder.read("ca.crt"), None), [("certificate", vec![])]);
    folder.openssl("x509 -in ca.crt -outform DER -out ca.der");
    assert_eq!(all(&folder.read("ca.der"), None), [("certificate", vec![])]);
}

#[test]
fn refuses_with_the_place() {
    let folder = guide(KeyAlgorithm::EcdsaP256, false);
    folder.openssl("ecparam -name prime256v1 -out curve.pem");
    folder.openssl("crl2pkcs7 -nocrl -certfile ca.crt -out ca.p7");
    let error = refused(&joined(&folder, &["curve.pem", "ca.crt", "ca.p7"]), None);
    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidPem, Some("[2]")));
    assert!(error.message().contains("block 3 a `PKCS7`"), "{error}");
    // The curve alone says nothing that one would look for.
    let error = refused(&folder.read("curve.pem"), None);
    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidPem, Some("[0]")));
    let damaged = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    let error = refused(&[folder.read("ca.crt").as_slice(), damaged].concat(), None);
    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidCertificate, Some("[1]")));
    // What has no blocks has no places.
    for text in ["", "hello", "0\x00"] {
        let error = refused(text.as_bytes(), None);
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidPem, None), "{text}");
    }
}

#[test]
fn one_is_one() {
    let folder = guide(KeyAlgorithm::EcdsaP256, false);
    folder.openssl("ecparam -name prime256v1 -out curve.pem");
    let one = |names: &[&str]| inspect::inspect(&joined(&folder, names), None, NOW);
    assert_eq!(kind(&one(&["curve.pem", "ca.key"]).unwrap()), "privateKey");
    assert_eq!(one(&["ca.key", "ca.crt"]).unwrap_err().kind(), ErrorKind::MultiplePem);
    assert_eq!(one(&["curve.pem"]).unwrap_err().kind(), ErrorKind::InvalidPem);
}
