//! Requests of OpenSSL: what is copied out of them, and how they may be signed.

use mtls_certs::certificate::IssueOptions;
use mtls_certs::copying::Copied;
use mtls_certs::extension::ExtensionOptions;
use mtls_certs::profile::Profile;
use mtls_certs::request::{Request, WeakSignatures};
use mtls_certs::{Error, ErrorKind, pem};

use super::common::Folder;
use super::{issue, root_named, with_profile};

#[test]
fn of_a_request_is_copied_what_the_caller_says() {
    let folder = Folder::new();
    let (authority, _) = root_named("root", 0, ExtensionOptions::default());
    folder.write(
        "r.cnf",
        "[req]\ndistinguished_name=dn\nprompt=no\nreq_extensions=ext\n[dn]\nCN=Amy Smith\n\
         [ext]\nsubjectAltName=DNS:amy.example\nextendedKeyUsage=clientAuth\nkeyUsage=digitalSignature,dataEncipherment\n\
         tlsfeature=status_request\nbasicConstraints=CA:TRUE\nsubjectKeyIdentifier=hash\nnsComment=hello\n",
    );
    folder.openssl("req -new -newkey rsa:2048 -nodes -keyout k -config r.cnf -out r.csr");
    let request = Request::read(&folder.read("r.csr")).unwrap();
    let text = |copy: Option<&[&str]>, profile| {
        let copy = copy.map(|names| names.iter().map(|name| Copied::from_name(name).unwrap()).collect());
        let der = issue(&request, &authority, &IssueOptions { copy, profile, ..IssueOptions::default() })?;
        folder.write("leaf.crt", pem::encode(pem::CERTIFICATE, &der));
        Ok::<_, Error>(folder.openssl("x509 -in leaf.crt -noout -text"))
    };
    let default = text(None, None).unwrap();
    assert!(default.contains("DNS:amy.example") && default.contains("CA:FALSE"), "{default}");
    for absent in ["status_request", "Data Encipherment", "hello"] {
        assert!(!default.contains(absent), "{default}");
    }
    let all = text(
        Some(&["altNames", "extendedKeyUsage", "keyUsage", "1.3.6.1.5.5.7.1.24", "2.16.840.1.113730.1.13"]),
        None,
    );
    let all = all.unwrap();
    for present in
        ["DNS:amy.example", "Digital Signature, Data Encipherment", "status_request", "hello", "CA:FALSE"]
    {
        assert!(all.contains(present), "{present}: {all}");
    }
    let none = text(Some(&[]), Some(Profile::Client)).unwrap();
    assert!(!none.contains("DNS:amy.example"), "{none}");
    let error = text(Some(&["altNames"]), None).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ProfileRequired);
}

#[test]
fn signatures_of_requests_strong_and_weak() {
    let folder = Folder::new();
    let (authority, _) = root_named("root", 0, ExtensionOptions::default());
    folder.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.key");
    folder.openssl("ecparam -name prime256v1 -genkey -noout -out p256.key");
    folder.openssl("ecparam -name secp384r1 -genkey -noout -out p384.key");
    let make = |key: &str, digest: &str, pss: &str| {
        folder.openssl(&format!("req -new -key {key}.key -subj /CN=amy -{digest} {pss} -out r.csr"));
        folder.read("r.csr")
    };
    const PSS: &str = "-sigopt rsa_padding_mode:pss";
    for (key, digest, sigopt) in [
        ("rsa", "sha224", ""),
        ("rsa", "sha256", ""),
        ("rsa", "sha384", ""),
        ("rsa", "sha512", ""),
        ("rsa", "sha256", PSS),
        ("rsa", "sha384", "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20"),
        ("rsa", "sha512", PSS),
        ("p256", "sha224", ""),
        ("p256", "sha256", ""),
        ("p256", "sha384", ""),
        ("p256", "sha512", ""),
        ("p384", "sha224", ""),
        ("p384", "sha256", ""),
        ("p384", "sha384", ""),
        ("p384", "sha512", ""),
    ] {
        let request = Request::read(&make(key, digest, sigopt))
            .unwrap_or_else(|e| panic!("{key} {digest} {sigopt}: {e}"));
        issue(&request, &authority, &with_profile(Profile::Client)).unwrap();
        let text = String::from_utf8(folder.read("r.csr")).unwrap();
        let mut der = x509_parser::pem::parse_x509_pem(text.as_bytes()).unwrap().1.contents;
        *der.last_mut().unwrap() ^= 1;
        assert_eq!(
            Request::read(&der).unwrap_err().kind(),
            ErrorKind::RequestSignature,
            "{key} {digest} {sigopt}"
        );
    }
    for (key, digest, sigopt) in [
        ("rsa", "sha1", ""),
        ("rsa", "md5", ""),
        ("rsa", "sha1", PSS),
        ("p256", "sha1", ""),
        ("p384", "sha1", ""),
    ] {
        let request = make(key, digest, sigopt);
        let error = Request::read(&request).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WeakSignature, "{key} {digest} {sigopt}: {error}");
        let read = Request::read_with(&request, WeakSignatures::Allowed)
            .unwrap_or_else(|error| panic!("{key} {digest} {sigopt}: {error}"));
        issue(&read, &authority, &with_profile(Profile::Client)).unwrap();
        let mut der = x509_parser::pem::parse_x509_pem(&request).unwrap().1.contents;
        *der.last_mut().unwrap() ^= 1;
        let error = Request::read_with(&der, WeakSignatures::Allowed).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RequestSignature);
    }
}
