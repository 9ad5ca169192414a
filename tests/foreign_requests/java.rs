//! Java's keytool, and keys that are bound to PSS, whoever made them.

use mtls_certs::ErrorKind;

use super::{Bench, read_key};

#[test]
fn java_keytool() {
    let bench = Bench::new();
    for (algorithm, extensions) in [
        ("RSA -keysize 2048", ""),
        ("EC -groupname secp256r1", "-ext san=dns:amy.example,ip:10.0.0.1 -ext eku=clientAuth"),
        ("EC -groupname secp384r1", "-ext ku:critical=digitalSignature"),
        ("Ed25519", "-ext san=email:amy@amy.example"),
    ] {
        bench.keytool_request(algorithm, extensions);
        let details = bench.issues_and_refuses_changed("r.csr");
        assert_eq!(details.subject.text, "CN=amy,OU=Two,OU=One,O=Amy,C=DE", "{algorithm}");
        let names: Vec<_> = details.extensions.alt_names.iter().map(|name| format!("{name:?}")).collect();
        assert_eq!(
            names.contains(&r#"Dns("amy.example")"#.to_owned()),
            extensions.contains("amy.example,"),
            "{names:?}"
        );
        assert_eq!(
            names.contains(&r#"Ip("10.0.0.1")"#.to_owned()),
            extensions.contains("10.0.0.1"),
            "{names:?}"
        );
    }
}

/// An ordinary RSA key that signs with PSS, as it may in TLS 1.3.
#[test]
fn java_keytool_with_pss_signatures() {
    let bench = Bench::new();
    bench.keytool_request("RSA -keysize 2048", "-sigalg RSASSA-PSS");
    bench.issues_and_refuses_changed("r.csr");
}

/// A key that may do nothing but PSS: browsers have no cipher for it.
#[test]
fn keys_bound_to_pss_are_refused_by_name() {
    let bench = Bench::new();
    bench.keytool_request("RSASSA-PSS -keysize 2048", "");
    bench.refuses("r.csr", ErrorKind::UnsupportedKey);
    bench.certtool_request("--key-type=rsa-pss --bits=2048");
    bench.refuses("r.csr", ErrorKind::UnsupportedKey);
    bench.folder.openssl("genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out k");
    bench.folder.openssl("req -new -key k -subj /CN=amy -out r.csr");
    bench.refuses("r.csr", ErrorKind::UnsupportedKey);
}

/// Out of the keystore by way of openssl, which puts "Bag Attributes" in front and the certificate behind.
#[test]
fn keys_of_java_are_read() {
    let bench = Bench::new();
    for algorithm in ["RSA -keysize 2048", "EC -groupname secp256r1", "Ed25519"] {
        bench.keytool_request(algorithm, "");
        bench.folder.openssl("pkcs12 -in store.p12 -passin pass:secret -nodes -out amy.pem");
        let text = bench.folder.read("amy.pem");
        assert!(String::from_utf8_lossy(&text).contains("Bag Attributes"));
        let public = bench.folder.openssl("pkey -in amy.pem -pubout");
        assert_eq!(read_key(&text, None).unwrap().public_key().to_pem(), public, "{algorithm}");
    }
}
