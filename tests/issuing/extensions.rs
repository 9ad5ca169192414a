//! Alternative names, usages and the extensions that are added, as OpenSSL reads them.

use mtls_certs::alt_name::AltName;
use mtls_certs::certificate::IssueOptions;
use mtls_certs::extension::{ExtendedKeyUsage, Extension, ExtensionOptions, KeyUsage, Policy};
use mtls_certs::name::Subject;
use mtls_certs::profile::Profile;
use mtls_certs::request::Request;
use mtls_certs::{ErrorKind, pem};

use super::common::{Folder, soon};
use super::{issue, refused, request_for, root_named, verified_by_webpki, with_profile};

#[test]
fn every_kind_of_alternative_name_as_openssl_reads_it() {
    let folder = Folder::new();
    let (authority, pem) = root_named("root", 0, ExtensionOptions::default());
    folder.write("ca.crt", pem);
    let names = vec![
        AltName::dns("*.bob.example").unwrap(),
        AltName::dns("bücher.example").unwrap(),
        AltName::ip("10.0.0.1").unwrap(),
        AltName::ip("[2001:db8::1]").unwrap(),
        AltName::email("amy@example.com").unwrap(),
        AltName::uri("spiffe://a.example/amy").unwrap(),
        AltName::upn("amy@corp.example").unwrap(),
        AltName::registered_id("1.2.3.4").unwrap(),
        AltName::directory(&Subject::parse("CN=Amy,O=Example").unwrap()).unwrap(),
        AltName::other("1.3.6.1.5.5.7.8.5", &[0x0c, 3, b'x', b'@', b'y']).unwrap(),
    ];
    let options = IssueOptions { alt_names: Some(names), ..with_profile(Profile::Client) };
    let leaf = issue(&request_for("CN=Amy Smith", 41), &authority, &options).unwrap();
    folder.write("leaf.crt", pem::encode(pem::CERTIFICATE, &leaf));
    folder.openssl(&format!(
        "verify -x509_strict -purpose sslclient -attime {} -CAfile ca.crt leaf.crt",
        soon()
    ));
    verified_by_webpki(&leaf, &[], &String::from_utf8(folder.read("ca.crt")).unwrap()).unwrap();
    let text = folder.openssl("x509 -in leaf.crt -noout -ext subjectAltName");
    for part in [
        "DNS:*.bob.example",
        "DNS:xn--bcher-kva.example",
        "IP Address:10.0.0.1",
        "IP Address:2001:DB8:0:0:0:0:0:1",
        "email:amy@example.com",
        "URI:spiffe://a.example/amy",
        "othername: UPN::amy@corp.example",
        "Registered ID:1.2.3.4",
        "DirName:/O=Example/CN=Amy",
        "othername: XmppAddr::x@y",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    // A request of OpenSSL's that asks for the same keeps them.
    folder.write(
        "r.cnf",
        "[req]\ndistinguished_name=dn\nprompt=no\nreq_extensions=ext\n[dn]\nCN=Amy Smith\n[ext]\nsubjectAltName=@names\n\
         [names]\notherName.0=1.3.6.1.4.1.311.20.2.3;UTF8:amy@corp.example\nRID.0=1.2.3.4\ndirName.0=who\n[who]\nCN=Amy\n",
    );
    folder.openssl("req -new -newkey rsa:2048 -nodes -keyout k -config r.cnf -out r.csr");
    let request = Request::read(&folder.read("r.csr")).unwrap();
    folder.write(
        "leaf.crt",
        pem::encode(pem::CERTIFICATE, &issue(&request, &authority, &with_profile(Profile::Client)).unwrap()),
    );
    let text = folder.openssl("x509 -in leaf.crt -noout -ext subjectAltName");
    for part in ["UPN::amy@corp.example", "Registered ID:1.2.3.4", "DirName:/CN=Amy"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn added_extensions_as_openssl_reads_them() {
    let folder = Folder::new();
    let uri = |text: &str| text.to_owned();
    let (authority, pem) = root_named("root", 0, ExtensionOptions::default());
    folder.write("ca.crt", pem);
    let extensions = ExtensionOptions {
        key_usage: Some(vec![
            KeyUsage::from_name("digitalSignature").unwrap(),
            KeyUsage::from_name("keyAgreement").unwrap(),
        ]),
        extended_key_usage: Some(
            ["clientAuth", "1.3.6.1.4.1.311.20.2.2"]
                .map(|name| ExtendedKeyUsage::from_name(name).unwrap())
                .to_vec(),
        ),
        name_constraints: None,
        crl_distribution_points: vec![uri("http://ca.example/1.crl"), uri("http://ca.example/2.crl")],
        ocsp: vec![uri("http://ocsp.ca.example")],
        ca_issuers: vec![uri("http://ca.example/ca.crt")],
        certificate_policies: vec![
            Policy::new("1.2.3.4", None).unwrap(),
            Policy::new("1.2.3.5", Some("https://ca.example/cps")).unwrap(),
        ],
        extensions: vec![
            Extension::new("1.3.6.1.5.5.7.1.24", false, &[0x30, 3, 2, 1, 5]).unwrap(),
            Extension::new("1.2.3.4.5", false, &[0x0c, 1, b'x']).unwrap(),
        ],
    };
    let options = IssueOptions { extensions, ..with_profile(Profile::Client) };
    let leaf = issue(&request_for("CN=amy", 41), &authority, &options).unwrap();
    folder.write("leaf.crt", pem::encode(pem::CERTIFICATE, &leaf));
    folder.openssl(&format!(
        "verify -x509_strict -purpose sslclient -attime {} -CAfile ca.crt leaf.crt",
        soon()
    ));
    verified_by_webpki(&leaf, &[], &String::from_utf8(folder.read("ca.crt")).unwrap()).unwrap();
    let text = folder.openssl("x509 -in leaf.crt -noout -text");
    for part in [
        "Digital Signature, Key Agreement",
        "TLS Web Client Authentication, Microsoft Smartcard Login",
        "URI:http://ca.example/1.crl",
        "URI:http://ca.example/2.crl",
        "OCSP - URI:http://ocsp.ca.example",
        "CA Issuers - URI:http://ca.example/ca.crt",
        "Policy: 1.2.3.4",
        "CPS: https://ca.example/cps",
        "status_request",
        "1.2.3.4.5",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn usages_that_contradict_the_profile_are_refused() {
    let (authority, _) = root_named("root", 1, ExtensionOptions::default());
    let issue = |profile, key_usage: &[&str], extended: &[&str]| {
        let read = |list: &[&str]| {
            Some(list.iter().map(|name| KeyUsage::from_name(name).unwrap()).collect::<Vec<_>>())
        };
        let extensions = ExtensionOptions {
            key_usage: read(key_usage).filter(|list| !list.is_empty()),
            extended_key_usage: Some(
                extended.iter().map(|name| ExtendedKeyUsage::from_name(name).unwrap()).collect::<Vec<_>>(),
            )
            .filter(|list| !list.is_empty()),
            ..ExtensionOptions::default()
        };
        issue(&request_for("CN=amy", 41), &authority, &IssueOptions { extensions, ..with_profile(profile) })
    };
    let conflict = |field: &str| (ErrorKind::ConflictingOptions, field.to_owned());
    assert_eq!(refused(issue(Profile::Client, &["keyCertSign"], &[])), conflict("keyUsage"));
    assert_eq!(refused(issue(Profile::Authority, &["cRLSign"], &[])), conflict("keyUsage"));
    assert_eq!(refused(issue(Profile::Client, &[], &["serverAuth"])), conflict("extendedKeyUsage"));
    assert_eq!(refused(issue(Profile::Peer, &[], &["serverAuth"])), conflict("extendedKeyUsage"));
    assert_eq!(
        refused(issue(Profile::Client, &[], &["clientAuth", "serverAuth"])),
        conflict("extendedKeyUsage")
    );
    assert_eq!(
        refused(issue(Profile::Client, &[], &["clientAuth", "anyExtendedKeyUsage"])),
        conflict("extendedKeyUsage")
    );
    assert!(issue(Profile::Client, &[], &["clientAuth", "emailProtection"]).is_ok());
    assert!(issue(Profile::Authority, &["keyCertSign"], &["clientAuth"]).is_ok());
}
