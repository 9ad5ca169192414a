//! PEM, DER and what stands beside a key in a file; public keys too.

use mtls_certs::ErrorKind;
use mtls_certs::key::{KeyAlgorithm, PrivateKey, PublicKey};
use mtls_certs::pem;

use super::common::{Folder, rng};
use super::{KEYS, der_of, genpkey, reads, refused};

#[test]
fn forms_of_openssl_are_read_as_pem_and_der() {
    let folder = Folder::new();
    for (name, arguments, _) in KEYS {
        let public = genpkey(&folder, name, arguments);
        for form in ["", "-traditional"] {
            if (name, form) == ("ed25519", "-traditional") {
                continue;
            }
            folder.openssl(&format!("pkey -in {name}.pem {form} -out out.pem"));
            let text = String::from_utf8(folder.read("out.pem")).unwrap();
            let label = match (name, form) {
                ("rsa", "-traditional") => "RSA PRIVATE KEY",
                ("p256" | "p384", "-traditional") => "EC PRIVATE KEY",
                _ => "PRIVATE KEY",
            };
            assert!(text.starts_with(&format!("-----BEGIN {label}-----")), "{name} {form}");
            let what = format!("{name} {form}");
            reads(text.as_bytes(), None, &public, &what);
            // OpenSSL ignores a passphrase that is not needed, too.
            reads(text.as_bytes(), Some("not needed"), &public, &what);
            reads(text.replace('\n', "\r\n").as_bytes(), None, &public, &what);
            reads(format!("subject=CN = x\n\n{text}\ntrailing").as_bytes(), None, &public, &what);
            folder.openssl(&format!("pkey -in {name}.pem {form} -outform DER -out out.der"));
            reads(&folder.read("out.der"), None, &public, &what);
        }
    }
}

#[test]
fn a_key_is_found_beside_other_blocks_and_two_are_refused() {
    let folder = Folder::new();
    folder.openssl("ecparam -name prime256v1 -genkey -out ec.pem");
    let public = folder.openssl("pkey -in ec.pem -pubout");
    let text = String::from_utf8(folder.read("ec.pem")).unwrap();
    assert!(text.contains("BEGIN EC PARAMETERS"), "{text}");
    reads(text.as_bytes(), None, &public, "behind its parameters");
    folder.openssl("req -x509 -new -key ec.pem -subj /CN=x -out x.crt");
    let certificate = String::from_utf8(folder.read("x.crt")).unwrap();
    reads(format!("{certificate}{text}").as_bytes(), None, &public, "behind a certificate");
    reads(format!("{text}{certificate}{certificate}").as_bytes(), None, &public, "before two");
    refused(format!("{text}{text}").as_bytes(), None, ErrorKind::MultiplePem, "2");
    refused(certificate.as_bytes(), None, ErrorKind::InvalidPem, "CERTIFICATE");
    refused(public.as_bytes(), None, ErrorKind::InvalidPem, "PUBLIC KEY");
    folder.openssl("x509 -in x.crt -outform DER -out x.der");
    refused(&folder.read("x.der"), None, ErrorKind::InvalidPem, "certificate");
    folder.openssl("pkey -in ec.pem -pubout -outform DER -out pub.der");
    refused(&folder.read("pub.der"), None, ErrorKind::InvalidKey, "public key");
}

#[test]
fn a_curve_is_taken_from_the_parameters_beside_a_key_that_does_not_say_its_own() {
    let folder = Folder::new();
    let public = genpkey(&folder, "k", KEYS[1].1);
    folder.openssl("pkey -in k.pem -traditional -outform DER -out k.der");
    let der = folder.read("k.der");
    // SEQUENCE { 1, OCTET STRING } of the one that says its curve and its point too.
    let bare = [&[0x30, 0x25, 2, 1, 1, 4, 0x20], &der[7..39]].concat();
    refused(&bare, None, ErrorKind::UnsupportedKey, "EC PARAMETERS");
    let key = pem::encode(pem::EC_PRIVATE_KEY, &bare);
    let beside = |curve: &str| folder.openssl(&format!("ecparam -name {curve}")) + &key;
    reads(beside("prime256v1").as_bytes(), None, &public, "P-256 beside");
    refused(beside("secp384r1").as_bytes(), None, ErrorKind::InvalidKey, "damaged");
    refused(beside("secp521r1").as_bytes(), None, ErrorKind::UnsupportedKey, "P-521");
    // Without the zeros in front, as old OpenSSL wrote it, and with one more, as old Java did.
    let small = PrivateKey::read(
        beside("prime256v1").replace(&key, &sec1(&[&[0, 0], &[7; 30][..]].concat())).as_bytes(),
        None,
    );
    let small = small.unwrap().public_key().to_pem();
    for scalar in [vec![7; 30], [&[0; 3], &[7; 30][..]].concat()] {
        let text = beside("prime256v1").replace(&key, &sec1(&scalar));
        reads(text.as_bytes(), None, &small, "another length");
    }
    let text = beside("prime256v1").replace(&key, &sec1(&[7; 24]));
    refused(text.as_bytes(), None, ErrorKind::InvalidKey, "damaged");
    // The key's own comes first.
    folder.openssl("ec -in k.pem -no_public -out k.sec1");
    let own = folder.openssl("ecparam -name secp384r1") + &String::from_utf8(folder.read("k.sec1")).unwrap();
    reads(own.as_bytes(), None, &public, "its own curve");
}

/// A SEC1 key of nothing but its number.
fn sec1(scalar: &[u8]) -> String {
    let content = [&[2, 1, 1, 4, scalar.len() as u8], scalar].concat();
    pem::encode(pem::EC_PRIVATE_KEY, &[&[0x30, content.len() as u8], content.as_slice()].concat())
}

#[test]
fn ed25519_with_its_public_key_is_read_as_each_tool_writes_it_and_must_match() {
    let key = PrivateKey::generate(KeyAlgorithm::Ed25519, &mut rng(1)).unwrap();
    let public = key.public_key().to_pem();
    let der = der_of(&key.to_pkcs8_pem().unwrap());
    let (body, bits) = (&der[5..], &der_of(&public)[12..]);
    // RFC 8410 and ring since 0.17; ring before.
    for tagged in [[&[0x81, 0x21, 0], bits].concat(), [&[0xa1, 0x23, 3, 0x21, 0], bits].concat()] {
        let content = [&[2, 1, 1], body, &tagged].concat();
        let mut v2 = [&[0x30, content.len() as u8], content.as_slice()].concat();
        reads(&v2, None, &public, "version 2");
        *v2.last_mut().unwrap() ^= 1;
        refused(&v2, None, ErrorKind::InvalidKey, "does not belong");
    }
}

#[test]
fn public_keys_are_read_in_every_form() {
    let folder = Folder::new();
    for (name, arguments, _) in KEYS {
        let public = genpkey(&folder, name, arguments);
        folder.openssl(&format!("pkey -in {name}.pem -pubout -outform DER -out spki.der"));
        let mut files = vec![public.clone().into_bytes(), folder.read("spki.der")];
        if name == "rsa" {
            files.push(folder.openssl("rsa -in rsa.pem -RSAPublicKey_out").into_bytes());
            folder.openssl("rsa -in rsa.pem -RSAPublicKey_out -outform DER -out pkcs1.der");
            files.push(folder.read("pkcs1.der"));
        }
        for file in files {
            assert_eq!(PublicKey::read(&file).unwrap().to_pem(), public, "{name}");
        }
        let error = PublicKey::read(&folder.read(&format!("{name}.pem"))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidPem);
    }
}
