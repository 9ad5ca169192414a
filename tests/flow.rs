//! The core by itself: fixed clock, seeded randomness, and what comes out in full.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::{NOW, authority, guide, rng};
use mtls_certs::ErrorKind;
use mtls_certs::alt_name::AltName;
use mtls_certs::authority::{Authority, AuthorityCertificate};
use mtls_certs::certificate::{self, IssueOptions, SerialNumber};
use mtls_certs::inspect::{self, Details};
use mtls_certs::key::{KeyAlgorithm, PrivateKey};
use mtls_certs::name::{AttributeType, Subject};
use mtls_certs::profile::Profile;
use mtls_certs::request::{self, Request, RequestOptions};
use mtls_certs::validity::ValidityRequest;
use time::macros::datetime;

fn key(seed: u64) -> PrivateKey {
    PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng(seed)).unwrap()
}

fn request_for(common_name: &str, profile: Option<Profile>) -> Request {
    let options =
        RequestOptions { subject: Subject::common_name(common_name).unwrap(), alt_names: None, profile };
    Request::read(&request::create(&options, &key(20), &mut rng(1)).unwrap()).unwrap()
}

fn issue(request: &Request, options: &IssueOptions) -> mtls_certs::Result<inspect::CertificateDetails> {
    let (authority, _) = authority("my-ca", 0);
    inspect::certificate(&certificate::issue(request, &authority, options, NOW, &mut rng(2))?, NOW)
}

#[test]
fn the_default_profile_in_full() {
    let folder = guide(KeyAlgorithm::EcdsaP256, false);
    let read = |name| match inspect::inspect(&folder.read(name), None, NOW).unwrap() {
        Details::Certificate(details) => details,
        other => panic!("{other:?}"),
    };
    let (ca, server, client) = (read("ca.crt"), read("bob_server.crt"), read("amy_client.crt"));

    assert_eq!((ca.version, server.version, client.version), (3, 3, 3));
    assert_eq!(ca.subject.text, "CN=my-ca");
    assert_eq!((server.issuer.text.as_str(), client.issuer.text.as_str()), ("CN=my-ca", "CN=my-ca"));
    let constraints =
        |details: &inspect::CertificateDetails| details.extensions.basic_constraints.clone().unwrap();
    assert_eq!((constraints(&ca).ca, constraints(&ca).path_length), (true, Some(0)));
    assert_eq!((constraints(&server).ca, constraints(&server).path_length), (false, None));
    assert_eq!(ca.extensions.key_usage, ["keyCertSign", "cRLSign"]);
    assert_eq!(server.extensions.key_usage, ["digitalSignature"]);
    assert!(ca.extensions.extended_key_usage.is_empty());
    assert_eq!(server.extensions.extended_key_usage, ["serverAuth"]);
    assert_eq!(client.extensions.extended_key_usage, ["clientAuth"]);
    assert_eq!(
        format!("{:?}", server.extensions.alt_names),
        r#"[Dns("localhost"), Ip("127.0.0.1"), Ip("::1")]"#
    );
    assert_eq!(format!("{:?}", client.extensions.alt_names), r#"[Dns("amy-client")]"#);
    assert_eq!(server.extensions.authority_key_identifier, ca.extensions.subject_key_identifier);
    assert!(server.extensions.subject_key_identifier.is_some());
    assert_eq!(server.not_before, datetime!(2026-11-24 11:00 UTC));
    assert_eq!(server.not_after, datetime!(2027-11-24 12:00 UTC));
    assert_eq!(ca.not_after, datetime!(2036-11-21 12:00 UTC));
    for details in [&ca, &server, &client] {
        assert_eq!(details.serial_number.len(), 32, "16 bytes");
        assert!(u8::from_str_radix(&details.serial_number[..2], 16).unwrap() < 0x80, "positive");
        let critical: Vec<_> =
            details.extensions.extensions.iter().filter(|e| e.critical).map(|e| e.oid.as_str()).collect();
        assert_eq!(critical.len(), 2, "{critical:?}");
        assert!(critical.contains(&"2.5.29.15") && critical.contains(&"2.5.29.19"), "{critical:?}");
    }
    let serials = [&ca, &server, &client].map(|details| details.serial_number.clone());
    assert!(serials[0] != serials[1] && serials[1] != serials[2] && serials[0] != serials[2]);
}

#[test]
fn rsa_leaves_may_encipher_keys_and_others_may_not() {
    let usage = |algorithm| {
        let folder = guide(algorithm, false);
        match inspect::inspect(&folder.read("amy_client.crt"), None, NOW).unwrap() {
            Details::Certificate(details) => details.extensions.key_usage,
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(usage(KeyAlgorithm::Rsa2048), ["digitalSignature", "keyEncipherment"]);
    assert_eq!(usage(KeyAlgorithm::Ed25519), ["digitalSignature"]);
}

#[test]
fn the_same_clock_and_randomness_give_the_same_bytes() {
    for algorithm in [KeyAlgorithm::EcdsaP256, KeyAlgorithm::Ed25519] {
        let (one, two) = (guide(algorithm, true), guide(algorithm, true));
        for name in ["amy_ca.crt", "bob_server.key", "amy_client.crt"] {
            assert_eq!(one.read(name), two.read(name), "{name}");
        }
    }
}

#[test]
fn the_role_is_never_guessed() {
    let error = issue(&request_for("localhost", None), &IssueOptions::default()).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::ProfileRequired, Some("profile")));
    let asked = issue(&request_for("localhost", Some(Profile::Peer)), &IssueOptions::default()).unwrap();
    assert_eq!(asked.extensions.extended_key_usage, ["serverAuth", "clientAuth"]);
    let decided = IssueOptions { profile: Some(Profile::Client), ..IssueOptions::default() };
    let overruled = issue(&request_for("localhost", Some(Profile::Server)), &decided).unwrap();
    assert_eq!(overruled.extensions.extended_key_usage, ["clientAuth"]);
}

#[test]
fn a_request_cannot_make_itself_an_authority() {
    let greedy = request_for("evil", Some(Profile::Authority));
    let error = issue(&greedy, &IssueOptions::default()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ProfileRequired);
    let decided = IssueOptions { profile: Some(Profile::Client), ..IssueOptions::default() };
    let details = issue(&greedy, &decided).unwrap();
    assert!(!details.extensions.basic_constraints.unwrap().ca);
    assert_eq!(details.extensions.key_usage, ["digitalSignature"]);
}

#[test]
fn an_authority_below_another_needs_room() {
    let below = request_for("below", None);
    let options = IssueOptions { profile: Some(Profile::Authority), ..IssueOptions::default() };
    let error = issue(&below, &options).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::PathLength, Some("profile")));
    let (above, _) = authority("root", 1);
    let der = certificate::issue(&below, &above, &options, NOW, &mut rng(3)).unwrap();
    let constraints = inspect::certificate(&der, NOW).unwrap().extensions.basic_constraints.unwrap();
    assert_eq!((constraints.ca, constraints.path_length), (true, Some(0)));
}

#[test]
fn an_authority_has_a_common_name() {
    let options = RequestOptions {
        subject: Subject::default(),
        alt_names: Some(vec![AltName::classify("a.example").unwrap()]),
        profile: None,
    };
    let request = Request::read(&request::create(&options, &key(20), &mut rng(1)).unwrap()).unwrap();
    let (above, _) = authority("root", 1);
    let options = IssueOptions { profile: Some(Profile::Authority), ..IssueOptions::default() };
    let error = certificate::issue(&request, &above, &options, NOW, &mut rng(3)).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidSubject, Some("request")));
}

#[test]
fn what_the_caller_decides_replaces_what_the_request_says() {
    let mut subject = Subject::default();
    for (attribute, value) in [
        (AttributeType::OrganizationalUnit, "One"),
        (AttributeType::OrganizationalUnit, "Two"),
        (AttributeType::CommonName, "other.example"),
    ] {
        subject.push(attribute, value).unwrap();
    }
    let options = IssueOptions {
        profile: Some(Profile::Server),
        subject: Some(subject),
        alt_names: Some(vec![AltName::classify("10.0.0.1").unwrap()]),
        serial_number: Some(SerialNumber::from_hex("4f:00:1a").unwrap()),
        validity: ValidityRequest::days(7),
        ..IssueOptions::default()
    };
    let details = issue(&request_for("localhost", None), &options).unwrap();
    assert_eq!(details.subject.text, "CN=other.example,OU=Two,OU=One");
    assert_eq!(details.serial_number, "4F001A");
    assert_eq!(format!("{:?}", details.extensions.alt_names), r#"[Dns("other.example"), Ip("10.0.0.1")]"#);
    assert_eq!(details.not_after, datetime!(2026-12-01 12:00 UTC));
}

#[test]
fn a_leaf_is_told_apart_from_its_authority() {
    let client = |name| {
        issue(
            &request_for(name, None),
            &IssueOptions { profile: Some(Profile::Client), ..IssueOptions::default() },
        )
    };
    let error = client("my-ca").unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidSubject, Some("request")));
    assert!(client("my-client").is_ok());
}

#[test]
fn an_empty_subject_needs_names_and_makes_them_critical() {
    let ask = |alt_names| {
        let options =
            RequestOptions { subject: Subject::default(), alt_names, profile: Some(Profile::Client) };
        request::create(&options, &key(20), &mut rng(1))
    };
    let error = ask(None).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidSubject, Some("subject")));
    let der = ask(Some(vec![AltName::classify("amy@example.com").unwrap()])).unwrap();
    let details = issue(&Request::read(&der).unwrap(), &IssueOptions::default()).unwrap();
    let alt_names =
        details.extensions.extensions.iter().find(|extension| extension.oid == "2.5.29.17").unwrap();
    assert!(alt_names.critical);
    assert_eq!(details.subject.text, "");
}

#[test]
fn a_changed_request_is_refused_wherever_it_was_changed() {
    let options = RequestOptions {
        subject: Subject::common_name("localhost").unwrap(),
        alt_names: None,
        profile: Some(Profile::Server),
    };
    let der = request::create(&options, &key(20), &mut rng(1)).unwrap();
    assert!(Request::read(&der).is_ok());
    for at in 0..der.len() {
        let mut changed = der.clone();
        changed[at] ^= 1;
        let error = Request::read(&changed)
            .expect_err(&format!("a request with byte {at} of {der:02x?} changed was read"));
        let expected = [
            ErrorKind::RequestSignature,
            ErrorKind::InvalidRequest,
            ErrorKind::InvalidKey,
            ErrorKind::UnsupportedKey,
            ErrorKind::InvalidPem,
        ];
        assert!(expected.contains(&error.kind()), "byte {at}: {error:?}");
    }
    for length in 0..der.len() {
        assert!(Request::read(&der[..length]).is_err(), "cut to {length}");
    }
}

#[test]
fn an_authority_must_be_one_and_have_its_key() {
    let folder = guide(KeyAlgorithm::EcdsaP256, false);
    let error = AuthorityCertificate::read(&folder.read("bob_server.crt")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotAnAuthority);
    let certificate = AuthorityCertificate::read(&folder.read("ca.crt")).unwrap();
    let other = PrivateKey::read(&folder.read("amy_client.key"), None).unwrap();
    let error = Authority::new(certificate.clone(), other).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::KeyMismatch, Some("privateKey")));
    let own = PrivateKey::read(&folder.read("ca.key"), None).unwrap();
    assert!(Authority::new(certificate, own).is_ok());
}
