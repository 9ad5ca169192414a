//! What OpenSSL issued: renewed, or refused with the reason.

use mtls_certs::key::KeyAlgorithm;
use mtls_certs::renewal::{OldCertificate, RenewalOptions};
use mtls_certs::{ErrorKind, pem};
use time::{Duration as Days, OffsetDateTime};

use super::common::{Folder, load};
use super::{details, key, refused, renew_at};

#[test]
fn what_openssl_issued_is_renewed_or_refused_with_the_reason() {
    let folder = Folder::new();
    folder.openssl(
        "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -subj /O=Bob/CN=ca -addext keyUsage=critical,keyCertSign -days 9000 -out ca.crt",
    );
    folder.openssl("req -new -newkey rsa:2048 -nodes -keyout k -subj /O=Bob/CN=bob.example -out r.csr");
    let authority = load(&folder, "ca.crt", "ca.key");
    let now = OffsetDateTime::now_utc() + Days::minutes(1);
    let attempt = |extensions: &str, arguments: &str| {
        folder.write("e.cnf", extensions);
        folder.openssl(&format!(
            "x509 -req -in r.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 90 -extfile e.cnf {arguments} -out old.crt"
        ));
        renew_at(&folder.read("old.crt"), &authority, &RenewalOptions::default(), now)
    };
    const SERVER: &str = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=serverAuth\nsubjectAltName=DNS:bob.example\n";
    // Without key identifiers, which it gets.
    let new = attempt(SERVER, "").unwrap();
    folder.write("new.crt", pem::encode(pem::CERTIFICATE, &new));
    folder.openssl(&format!(
        "verify -x509_strict -purpose sslserver -verify_hostname bob.example -attime {} -CAfile ca.crt new.crt",
        now.unix_timestamp()
    ));
    assert_eq!(details(&new).not_after.date(), (now + Days::days(90)).date());
    // With the kinds of identifiers that are not repeated, and with what nobody knows, which is.
    let new = attempt(&format!("{SERVER}subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid,issuer:always\n1.2.3.4=critical,DER:0500\n2.5.29.16=DER:3000\n"), "").unwrap();
    let oids: Vec<_> =
        details(&new).extensions.extensions.into_iter().map(|one| (one.oid, one.critical)).collect();
    assert!(oids.contains(&("1.2.3.4".to_owned(), true)) && !oids.iter().any(|(oid, _)| oid == "2.5.29.16"));
    folder.write("new.crt", pem::encode(pem::CERTIFICATE, &new));
    let text = folder.openssl("x509 -in new.crt -noout -ext authorityKeyIdentifier");
    assert!(!text.contains("serial"), "{text}");

    for (extensions, arguments, words) in [
        (SERVER.replace("DNS:bob.example", "DNS:bob.example,DNS:bob example"), "", "number 2 of 2"),
        (SERVER.replace("digitalSignature", "keyCertSign"), "", "authority's key usage"),
        (format!("{SERVER}1.2.3.4=DER:05"), "", "1.2.3.4"),
    ] {
        let error = attempt(&extensions, arguments).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidCertificate, "{error}");
        assert!(error.message().contains(words), "{error}");
    }
    let error = attempt(SERVER, "-sha1").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WeakSignature, "{error}");
    folder.openssl("x509 -req -in r.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 90 -out old.crt");
    let error = OldCertificate::read(&folder.read("old.crt"), authority.certificate()).unwrap_err();
    assert!(error.kind() == ErrorKind::InvalidCertificate && error.message().contains("v1"), "{error}");
}

#[test]
fn a_key_that_verifiers_refuse_by_now_needs_a_new_one() {
    let folder = Folder::new();
    folder.openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -subj /CN=ca -days 9000 -out ca.crt");
    folder.openssl("req -new -newkey rsa:1024 -nodes -keyout k -subj /CN=amy -out r.csr");
    folder
        .write("e.cnf", "extendedKeyUsage=clientAuth\nkeyUsage=critical,digitalSignature,keyEncipherment\n");
    folder.openssl(
        "x509 -req -in r.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 90 -extfile e.cnf -out old.crt",
    );
    let authority = load(&folder, "ca.crt", "ca.key");
    let now = OffsetDateTime::now_utc() + Days::minutes(1);
    let old = folder.read("old.crt");
    let expected = (ErrorKind::UnsupportedKey, "certificate".to_owned());
    assert_eq!(refused(renew_at(&old, &authority, &RenewalOptions::default(), now)), expected);
    let new = key(KeyAlgorithm::EcdsaP256, 81).public_key().clone();
    let options = RenewalOptions { public_key: Some(new), ..RenewalOptions::default() };
    let new = renew_at(&old, &authority, &options, now).unwrap();
    assert_eq!(details(&new).extensions.key_usage, ["digitalSignature"]);
}
