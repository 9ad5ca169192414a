//! GnuTLS's certtool: its requests and its keys.

use mtls_certs::ErrorKind;

use super::common::Folder;
use super::{Bench, read_key};

#[test]
fn gnutls_certtool() {
    let bench = Bench::new();
    for key in [
        "--key-type=rsa --bits=2048",
        "--key-type=ecdsa --curve=secp256r1",
        "--key-type=ecdsa --curve=secp384r1",
        "--key-type=ed25519",
    ] {
        bench.certtool_request(key);
        let details = bench.issues_and_refuses_changed("r.csr");
        assert_eq!(details.subject.text, "CN=amy,O=Amy", "{key}");
        // RSA of 2048 bits is "medium" to GnuTLS.
        let profile = if key.contains("rsa") { "medium" } else { "high" };
        let verify =
            format!("--verify --verify-profile={profile} --load-ca-certificate=ca.crt --infile=r.crt");
        bench.certtool(&format!("{verify} --verify-purpose=1.3.6.1.5.5.7.3.2"));
        let output = bench.folder.run("certtool", &format!("{verify} --verify-purpose=1.3.6.1.5.5.7.3.1"));
        assert!(!output.status.success(), "a client's certificate is none for a server: {output:?}");
    }
}

/// certtool writes PKCS#1, SEC1 and PKCS#8, each behind a page of text; and PKCS#8 with a passphrase.
#[test]
fn keys_of_gnutls_are_read() {
    let bench = Bench::new();
    for (key, label) in [
        ("--key-type=rsa --bits=2048", "BEGIN RSA PRIVATE KEY"),
        ("--key-type=ecdsa --curve=secp256r1", "BEGIN EC PRIVATE KEY"),
        ("--key-type=ecdsa --curve=secp384r1 --pkcs8 --password=secret", "BEGIN ENCRYPTED PRIVATE KEY"),
        ("--key-type=ed25519", "BEGIN PRIVATE KEY"),
    ] {
        bench.certtool(&format!("--generate-privkey {key} --outfile=amy.key"));
        let text = bench.folder.read("amy.key");
        assert!(String::from_utf8_lossy(&text).contains(label), "{key} is no {label}");
        let passphrase = key.contains("secret").then_some("secret");
        let read = read_key(&text, passphrase).unwrap_or_else(|error| panic!("{label}: {error}"));
        let public = bench.folder.openssl("pkey -in amy.key -passin pass:secret -pubout");
        assert_eq!(read.public_key().to_pem(), public, "{label}");
        if passphrase.is_some() {
            assert_eq!(read_key(&text, Some("wrong")).unwrap_err().kind(), ErrorKind::Passphrase);
            assert_eq!(read_key(&text, None).unwrap_err().kind(), ErrorKind::Passphrase);
        }
    }
    let cut = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----\n";
    assert_eq!(read_key(cut.as_bytes(), None).unwrap_err().kind(), ErrorKind::InvalidKey);
}

/// GnuTLS writes the number as an INTEGER has it: with a zero in front where its first bit is set, so an octet longer than
/// RFC 5915 says. Half of its keys are so; this one always is.
#[test]
fn a_key_of_gnutls_with_a_zero_in_front_is_read() {
    let folder = Folder::new();
    folder.write("amy.key", GNUTLS_KEY);
    let public = folder.openssl("pkey -in amy.key -pubout");
    assert_eq!(read_key(GNUTLS_KEY.as_bytes(), None).unwrap().public_key().to_pem(), public);
}

const GNUTLS_KEY: &str = "\
-----BEGIN EC PRIVATE KEY-----
MHgCAQEEIQCaMMUlUErigkMYZYwI6hUuXobUcMSxTyiOPi2QHfLSv6AKBggqhkjO
PQMBB6FEA0IABLsjuVTK2Y9rNLzNYwSgwWGFo9h677V4OHgM6LcAbObc1BK2r2Mv
BNQokU28ai9tSl6Efs8NDfaYiJopumRlrJM=
-----END EC PRIVATE KEY-----
";
