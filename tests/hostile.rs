//! Requests and authorities that try to get past us: what they ask for is refused, or left out, as a verifier would want it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::{Folder, rng};
use mtls_certs::alt_name::AltName;
use mtls_certs::authority::{Authority, AuthorityCertificate};
use mtls_certs::certificate::{self, IssueOptions};
use mtls_certs::copying::Copied;
use mtls_certs::key::PrivateKey;
use mtls_certs::profile::Profile;
use mtls_certs::request::Request;
use mtls_certs::{ErrorKind, Result, pem};
use time::OffsetDateTime;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn tlv(tag: u8, content: &[u8]) -> Vec<u8> {
    assert!(content.len() < 128);
    [&[tag, u8::try_from(content.len()).unwrap()], content].concat()
}

/// A CA of OpenSSL's, with these extensions beside the usual ones.
fn ca(folder: &Folder, extensions: &str) -> Result<Authority> {
    folder.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ca.key");
    folder.openssl(&format!("req -x509 -new -key ca.key -subj /CN=ca -days 9000 {extensions} -out ca.crt"));
    load(folder, "ca.crt", "ca.key")
}

fn load(folder: &Folder, certificates: &str, key: &str) -> Result<Authority> {
    let key = PrivateKey::read(&folder.read(key), None)?;
    Authority::new(AuthorityCertificate::read_for(&folder.read(certificates), key.public_key())?, key)
}

fn request(folder: &Folder, subject: &str, extensions: &[&str]) -> Result<Request> {
    folder.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out r.key");
    let mut arguments = vec!["req", "-new", "-key", "r.key", "-subj", subject, "-out", "r.csr"];
    for extension in extensions {
        arguments.extend(["-addext", extension]);
    }
    folder.run_with("openssl", &arguments);
    Request::read(&folder.read("r.csr"))
}

fn issue(request: &Request, authority: &Authority, options: IssueOptions) -> Result<Vec<u8>> {
    certificate::issue(request, authority, &options, OffsetDateTime::now_utc(), &mut rng(5))
}

fn client() -> IssueOptions {
    IssueOptions { profile: Some(Profile::Client), ..IssueOptions::default() }
}

fn text(folder: &Folder, der: &[u8]) -> String {
    folder.write("leaf.crt", pem::encode(pem::CERTIFICATE, der));
    folder.openssl("x509 -in leaf.crt -noout -text")
}

#[test]
fn a_directory_name_that_is_not_whole_gets_into_no_certificate() {
    let folder = Folder::new();
    let authority = ca(&folder, "").unwrap();
    let attribute = |value: &[u8]| tlv(0x30, &[&[6, 3, 0x55, 4, 3][..], value].concat());
    let good = tlv(0x31, &attribute(&tlv(0x0c, b"q")));
    for (name, fine) in [
        (tlv(0x30, &good), true),
        (tlv(0x30, &tlv(0x31, &[])), false),
        (tlv(0x30, &[good.clone(), tlv(0x31, &[])].concat()), false),
        (tlv(0x30, &[good.clone(), tlv(0x31, &tlv(0x30, &[5, 0]))].concat()), false),
        (tlv(0x30, &tlv(0x31, &attribute(&tlv(0x0c, b"a\0b")))), false),
        (tlv(0x30, &tlv(0x31, &attribute(&tlv(0x0c, b"")))), false),
        (tlv(0x30, &[]), false),
    ] {
        let san = format!("subjectAltName=DER:{}", hex(&tlv(0x30, &tlv(0xa4, &name))));
        let issued = request(&folder, "/CN=Amy Smith", &[&san])
            .and_then(|request| issue(&request, &authority, client()));
        match (issued, fine) {
            (Ok(der), true) => assert!(text(&folder, &der).contains("DirName"), "{name:x?}"),
            (Err(error), false) => {
                let kind = error.kind();
                assert!(
                    matches!(kind, ErrorKind::InvalidAltName | ErrorKind::InvalidRequest),
                    "{name:x?}: {error}"
                );
            }
            (other, _) => panic!("{name:x?}: {other:?}"),
        }
    }
}

#[test]
fn a_subject_that_no_certificate_may_hold_is_told() {
    let folder = Folder::new();
    let error = request(&folder, "/O=Example/CN=a\tb", &[]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(error.message().contains(r"`CN=a\09b`"), "{error}");
}

#[test]
fn name_constraints_that_are_damaged_are_not_taken_for_none() {
    let folder = Folder::new();
    let subtree = |base: &[u8]| tlv(0x30, base);
    let good = subtree(&tlv(0x82, b"good.example"));
    for (constraints, read) in [
        (tlv(0x30, &tlv(0xa0, &good)), true),
        (tlv(0x30, &tlv(0xa0, &[good.clone(), subtree(&[0x0c, 0])].concat())), false),
        (tlv(0x30, &tlv(0xa0, &[])), false),
        (tlv(0x30, &tlv(0x80, &good)), false),
    ] {
        let made = ca(&folder, &format!("-addext nameConstraints=critical,DER:{}", hex(&constraints)));
        match (made, read) {
            (Ok(authority), true) => {
                let evil = request(&folder, "/CN=evil.example", &[]).unwrap();
                assert_eq!(
                    issue(&evil, &authority, client()).unwrap_err().kind(),
                    ErrorKind::NameConstraints
                );
            }
            (Err(error), false) => {
                assert_eq!(error.kind(), ErrorKind::InvalidCertificate, "{constraints:x?}")
            }
            (other, _) => panic!("{constraints:x?}: {other:?}"),
        }
    }
}

#[test]
fn every_common_name_is_under_the_constraints() {
    let folder = Folder::new();
    let authority = ca(&folder, "-addext nameConstraints=critical,permitted;DNS:good.example").unwrap();
    for (subject, fine) in [
        ("/CN=Some One/CN=evil.example", false),
        ("/CN=Some One/CN=a.good.example", true),
        ("/CN=Some One/CN=Another One", true),
    ] {
        let request = request(&folder, subject, &["subjectAltName=IP:10.0.0.1"]).unwrap();
        let issued = issue(&request, &authority, client());
        assert_eq!(issued.is_ok(), fine, "{subject}: {issued:?}");
        if let Err(error) = issued {
            assert_eq!(error.kind(), ErrorKind::NameConstraints);
        }
    }
}

#[test]
fn who_lists_the_names_gets_no_other_from_the_request() {
    let folder = Folder::new();
    let authority = ca(&folder, "").unwrap();
    let request = request(&folder, "/CN=stranger.example", &["subjectAltName=DNS:other.example"]).unwrap();
    let names = |options: IssueOptions| text(&folder, &issue(&request, &authority, options).unwrap());
    let default = names(client());
    assert!(default.contains("DNS:stranger.example") && default.contains("DNS:other.example"), "{default}");
    let listed =
        names(IssueOptions { alt_names: Some(vec![AltName::dns("good.example").unwrap()]), ..client() });
    assert!(
        listed.contains("DNS:good.example")
            && !listed.contains("DNS:stranger")
            && !listed.contains("DNS:other"),
        "{listed}"
    );
    let none = names(IssueOptions { copy: Some(Vec::new()), ..client() });
    assert!(!none.contains("DNS:"), "{none}");
}

#[test]
fn a_copied_key_usage_is_a_leafs() {
    let folder = Folder::new();
    let authority = ca(&folder, "").unwrap();
    let issue_copying = |usage: &str, profile| {
        let request = request(&folder, "/CN=amy", &[usage]).unwrap();
        let options = IssueOptions {
            profile: Some(profile),
            copy: Some(vec![Copied::KeyUsage]),
            ..IssueOptions::default()
        };
        issue(&request, &authority, options)
    };
    let empty = text(&folder, &issue_copying("keyUsage=DER:03020700", Profile::Client).unwrap());
    assert!(empty.contains("Digital Signature"), "{empty}");
    for (usage, profile) in [
        ("keyUsage=keyCertSign", Profile::Client),
        ("keyUsage=digitalSignature", Profile::Authority),
        // OpenSSL's own configuration asks for it, whatever the key is.
        ("keyUsage=digitalSignature,keyEncipherment", Profile::Client),
    ] {
        let error = issue_copying(usage, profile).unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidRequest, Some("request")), "{usage}");
    }
}

#[test]
fn a_request_of_very_many_extensions_is_refused_at_once() {
    let folder = Folder::new();
    let extensions: Vec<String> = (0..150).map(|i| format!("1.2.3.{i}=DER:0500")).collect();
    let extensions: Vec<&str> = extensions.iter().map(String::as_str).collect();
    let error = request(&folder, "/CN=amy", &extensions).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert!(request(&folder, "/CN=amy", &extensions[..90]).is_ok());
}

#[test]
fn a_chain_is_climbed_by_names_as_verifiers_compare_them() {
    let folder = Folder::new();
    folder.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out root.key");
    for (mask, file) in [("utf8only", "utf8.crt"), ("nombstr", "printable.crt")] {
        folder.write(
            "ca.cnf",
            format!("[req]\ndistinguished_name=dn\nprompt=no\nstring_mask={mask}\nx509_extensions=ext\n[dn]\nCN=root\n[ext]\nbasicConstraints=critical,CA:TRUE\nsubjectKeyIdentifier=hash\n"),
        );
        folder.openssl(&format!("req -x509 -new -config ca.cnf -key root.key -days 9000 -out {file}"));
    }
    folder.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out middle.key");
    folder.openssl("req -new -key middle.key -subj /CN=middle -out middle.csr");
    folder.write(
        "ext.cnf",
        "basicConstraints=critical,CA:TRUE\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n",
    );
    folder.openssl("x509 -req -in middle.csr -CA printable.crt -CAkey root.key -CAcreateserial -days 8000 -extfile ext.cnf -out middle.crt");
    folder.openssl("verify -CAfile utf8.crt middle.crt");
    let bundle = [folder.read("middle.crt"), folder.read("utf8.crt")].concat();
    folder.write("bundle.crt", bundle);
    assert_eq!(load(&folder, "bundle.crt", "middle.key").unwrap().certificate().chain().len(), 1);
    // The key of neither: that is what is wrong, not the bundle.
    folder.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out other.key");
    assert_eq!(load(&folder, "bundle.crt", "other.key").unwrap_err().kind(), ErrorKind::KeyMismatch);
    // A root's new key, certified by its old one, is sent along.
    folder.write("new.cnf", "[req]\ndistinguished_name=dn\nprompt=no\nstring_mask=nombstr\n[dn]\nCN=root\n");
    folder.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out new.key");
    folder.openssl("req -new -key new.key -config new.cnf -out new.csr");
    folder.openssl(
        "x509 -req -in new.csr -CA printable.crt -CAkey root.key -days 8000 -extfile ext.cnf -out new.crt",
    );
    assert_eq!(load(&folder, "new.crt", "new.key").unwrap().certificate().chain().len(), 1);
    assert_eq!(load(&folder, "printable.crt", "root.key").unwrap().certificate().chain().len(), 0);
    // As `x509 -trustout` writes it.
    folder.openssl("x509 -in middle.crt -addtrust clientAuth -trustout -out trusted.crt");
    load(&folder, "trusted.crt", "middle.key").unwrap();
}

#[test]
fn an_authority_that_verifiers_refuse_is_refused() {
    let folder = Folder::new();
    let error = ca(&folder, "-addext 1.2.3.4=critical,DER:0500").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotAnAuthority);
    assert!(error.message().contains("1.2.3.4"), "{error}");
    assert!(ca(&folder, "-addext 1.2.3.4=DER:0500").is_ok());
}
