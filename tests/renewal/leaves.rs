//! A leaf renewed: what stays, the new key, dates and serial number.

use mtls_certs::alt_name::AltName;
use mtls_certs::authority::Authority;
use mtls_certs::certificate::{self, IssueOptions, SerialNumber};
use mtls_certs::extension::{Extension, ExtensionOptions, Policy};
use mtls_certs::key::KeyAlgorithm;
use mtls_certs::name::Subject;
use mtls_certs::profile::Profile;
use mtls_certs::renewal::RenewalOptions;
use mtls_certs::request::{self, Request, RequestOptions};
use mtls_certs::validity::ValidityRequest;
use mtls_certs::{ErrorKind, pem};
use time::Duration as Days;

use super::common::{Folder, NOW, authority, client, rng};
use super::{LATER, details, key, lasting, refused, renew, renew_at};

/// A certificate with something of everything.
fn server(authority: &Authority) -> Vec<u8> {
    let options = RequestOptions {
        subject: Subject::parse("CN=bob.example,OU=Zwei ü,OU=Eins,O=Bob").unwrap(),
        alt_names: Some(vec![AltName::ip("10.0.0.1").unwrap(), AltName::upn("bob@corp.example").unwrap()]),
        profile: Some(Profile::Peer),
    };
    let request = request::create(&options, &key(KeyAlgorithm::EcdsaP256, 5), &mut rng(6)).unwrap();
    let extensions = ExtensionOptions {
        crl_distribution_points: vec!["http://ca.example/ca.crl".to_owned()],
        ocsp: vec!["http://ocsp.example".to_owned()],
        certificate_policies: vec![Policy::new("1.2.3.4", None).unwrap()],
        extensions: vec![
            Extension::new("1.3.6.1.5.5.7.1.24", false, &[0x30, 3, 2, 1, 5]).unwrap(),
            Extension::new("1.2.3.5", false, &[5, 0]).unwrap(),
        ],
        ..ExtensionOptions::default()
    };
    let options = IssueOptions { extensions, ..IssueOptions::default() };
    certificate::issue(&Request::read(&request).unwrap(), authority, &options, NOW, &mut rng(7)).unwrap()
}

#[test]
fn all_that_is_the_holders_stays_and_serial_and_dates_are_new() {
    let (authority, ca) = authority("my-ca", 0);
    let old = server(&authority);
    let new = renew(&old, &authority, &RenewalOptions::default()).unwrap();
    assert_eq!(lasting(&new), lasting(&old));
    let (before, after) = (details(&old), details(&new));
    assert_ne!(before.serial_number, after.serial_number);
    assert_eq!(after.not_before, LATER - Days::hours(1));
    assert_eq!(after.not_after, LATER + Days::days(365));
    let folder = Folder::new();
    for (name, der) in [("ca.crt", &ca), ("old.crt", &old), ("new.crt", &new)] {
        folder.write(name, pem::encode(pem::CERTIFICATE, der));
    }
    for purpose in ["sslserver -verify_hostname bob.example", "sslclient"] {
        let verify = |name: &str, time: i64| {
            format!("verify -x509_strict -purpose {purpose} -attime {time} -CAfile ca.crt {name}")
        };
        // Side by side, as long as both last; and the new one on.
        let later = LATER.unix_timestamp() + 60;
        folder.openssl(&verify("old.crt", later));
        folder.openssl(&verify("new.crt", later));
        let end = (NOW + Days::days(366)).unix_timestamp();
        assert!(folder.openssl_refuses(&verify("old.crt", end)).contains("expired"));
        folder.openssl(&verify("new.crt", end));
    }
}

#[test]
fn a_new_key_of_whatever_kind() {
    let (authority, ca) = authority("my-ca", 0);
    let folder = Folder::new();
    folder.write("ca.crt", pem::encode(pem::CERTIFICATE, &ca));
    let mut old = client(&authority, "CN=amy-client", 31);
    for (algorithm, usages) in [
        (KeyAlgorithm::Rsa2048, &["digitalSignature", "keyEncipherment"][..]),
        (KeyAlgorithm::EcdsaP384, &["digitalSignature"]),
        (KeyAlgorithm::Ed25519, &["digitalSignature"]),
    ] {
        let key = key(algorithm, 41);
        let options =
            RenewalOptions { public_key: Some(key.public_key().clone()), ..RenewalOptions::default() };
        let new = renew(&old, &authority, &options).unwrap();
        let (before, after) = (details(&old), details(&new));
        assert_eq!(after.extensions.key_usage, usages, "{algorithm:?}");
        assert_eq!(after.extensions.alt_names, before.extensions.alt_names);
        assert_ne!(after.public_key.sha256, before.public_key.sha256);
        assert_ne!(after.extensions.subject_key_identifier, before.extensions.subject_key_identifier);
        folder.write("new.crt", pem::encode(pem::CERTIFICATE, &new));
        folder.write("new.key", key.to_pkcs8_pem().unwrap().as_bytes());
        let time = LATER.unix_timestamp() + 60;
        folder.openssl(&format!(
            "verify -x509_strict -purpose sslclient -attime {time} -CAfile ca.crt new.crt"
        ));
        let public = folder.openssl("pkey -in new.key -pubout");
        assert_eq!(public, folder.openssl("x509 -in new.crt -noout -pubkey"));
        old = new;
    }
    let own = RenewalOptions {
        public_key: Some(key(KeyAlgorithm::EcdsaP256, 11).public_key().clone()),
        ..RenewalOptions::default()
    };
    assert_eq!(refused(renew(&old, &authority, &own)), (ErrorKind::KeyMismatch, "privateKey".to_owned()));
}

#[test]
fn an_expired_one_is_renewed_and_the_authoritys_end_is_kept() {
    let (authority, _) = authority("my-ca", 0);
    let old = client(&authority, "CN=amy", 31);
    let after = NOW + Days::days(3000);
    let new = renew_at(&old, &authority, &RenewalOptions::default(), after).unwrap();
    assert_eq!(details(&new).not_after, after + Days::days(365));
    // Shortened where nobody asked, an error where somebody did.
    let last = NOW + Days::days(3600);
    let new = renew_at(&old, &authority, &RenewalOptions::default(), last).unwrap();
    assert_eq!(details(&new).not_after, NOW + Days::days(3650));
    let year = RenewalOptions { validity: ValidityRequest::days(365), ..RenewalOptions::default() };
    let expected = (ErrorKind::OutlivesAuthority, "validity.days".to_owned());
    assert_eq!(refused(renew_at(&old, &authority, &year, last)), expected);
    let gone = NOW + Days::days(3651);
    let expected = (ErrorKind::OutlivesAuthority, "authority.certificate".to_owned());
    assert_eq!(refused(renew_at(&old, &authority, &RenewalOptions::default(), gone)), expected);
    // As many days as it had.
    let week = RenewalOptions { validity: ValidityRequest::days(7), ..RenewalOptions::default() };
    let short = renew(&old, &authority, &week).unwrap();
    let again = renew(&short, &authority, &RenewalOptions::default()).unwrap();
    assert_eq!(details(&again).not_after, LATER + Days::days(7));
}

#[test]
fn the_serial_number_is_another() {
    let (authority, _) = authority("my-ca", 0);
    let old = client(&authority, "CN=amy", 31);
    let with = |hex: &str| RenewalOptions {
        serial_number: Some(SerialNumber::from_hex(hex).unwrap()),
        ..RenewalOptions::default()
    };
    assert_eq!(details(&renew(&old, &authority, &with("8F01")).unwrap()).serial_number, "8F01");
    let same = with(&details(&old).serial_number);
    let expected = (ErrorKind::InvalidSerialNumber, "serialNumber".to_owned());
    assert_eq!(refused(renew(&old, &authority, &same)), expected);
}
