//! Renewal: what stays, what is new, and what is refused. OpenSSL and webpki judge.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::time::Duration;

use common::{Folder, NOW, authority, client, load, rng};
use mtls_certs::alt_name::AltName;
use mtls_certs::authority::{self as authorities, Authority, AuthorityCertificate, AuthorityOptions};
use mtls_certs::certificate::{self, IssueOptions, SerialNumber};
use mtls_certs::extension::{Extension, ExtensionOptions, NameConstraints, Policy, Subtree};
use mtls_certs::inspect::{self, CertificateDetails};
use mtls_certs::key::{KeyAlgorithm, PrivateKey};
use mtls_certs::name::Subject;
use mtls_certs::profile::Profile;
use mtls_certs::renewal::{self, OldCertificate, RenewalOptions};
use mtls_certs::request::{self, Request, RequestOptions};
use mtls_certs::validity::ValidityRequest;
use mtls_certs::{Error, ErrorKind, pem};
use rustls_pki_types::{CertificateDer, UnixTime};
use time::{Duration as Days, OffsetDateTime};
use webpki::{EndEntityCert, anchor_from_trusted_cert};
use x509_parser::prelude::{FromDer, X509Certificate};

/// Most of a year later.
const LATER: OffsetDateTime = time::macros::datetime!(2027-10-01 9:00 UTC);

fn key(algorithm: KeyAlgorithm, seed: u64) -> PrivateKey {
    PrivateKey::generate(algorithm, &mut rng(seed)).unwrap()
}

fn renew(old: &[u8], authority: &Authority, options: &RenewalOptions) -> mtls_certs::Result<Vec<u8>> {
    renew_at(old, authority, options, LATER)
}

fn renew_at(
    old: &[u8],
    authority: &Authority,
    options: &RenewalOptions,
    now: OffsetDateTime,
) -> mtls_certs::Result<Vec<u8>> {
    let old = OldCertificate::read(old, authority.certificate())?;
    renewal::renew(&old, authority, options, now, &mut rng(77))
}

fn details(der: &[u8]) -> CertificateDetails {
    inspect::certificate(der, LATER).unwrap()
}

fn refused<T: std::fmt::Debug>(result: mtls_certs::Result<T>) -> (ErrorKind, String) {
    let error: Error = result.unwrap_err();
    (error.kind(), error.field().unwrap_or_default().to_owned())
}

/// All that is said but what has to be new.
fn lasting(der: &[u8]) -> serde_json::Value {
    let mut value = serde_json::to_value(details(der)).unwrap();
    for new in ["serialNumber", "daysLeft", "fingerprints"] {
        value.as_object_mut().unwrap().remove(new);
    }
    value
}

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
    let expected = (ErrorKind::OutlivesAuthority, "validity".to_owned());
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

#[test]
fn nobody_renews_what_the_authority_did_not_sign() {
    let (authority, _) = authority("my-ca", 0);
    let old = client(&authority, "CN=amy", 31);
    let folder = Folder::new();
    folder.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out o.key");
    for name in ["my-ca", "other"] {
        folder.openssl(&format!("req -x509 -new -key o.key -subj /CN={name} -days 9000 -out o.crt"));
        let theirs = load(&folder, "o.crt", "o.key");
        assert_eq!(
            refused(renew(&old, &theirs, &RenewalOptions::default())).0,
            ErrorKind::WrongIssuer,
            "{name}"
        );
    }
    // Whatever octet is changed of what is signed, and of the signature.
    let (_, parsed) = X509Certificate::from_der(&old).unwrap();
    let behind = 4 + parsed.tbs_certificate.as_ref().len();
    let signature = old.len() - parsed.signature_value.data.len();
    for place in (0..behind).chain(signature..old.len()) {
        let mut changed = old.clone();
        changed[place] ^= 0x41;
        assert!(OldCertificate::read(&changed, authority.certificate()).is_err(), "octet {place}");
    }
}

#[test]
fn under_the_new_key_of_an_authority_what_its_old_key_signed() {
    let (old_authority, _) = authority("my-ca", 0);
    let amy = client(&old_authority, "CN=amy", 31);
    let new_key = key(KeyAlgorithm::EcdsaP384, 51);
    let options =
        AuthorityOptions { subject: Subject::common_name("my-ca").unwrap(), ..AuthorityOptions::default() };
    let ca = authorities::create(&options, &new_key, LATER - Days::days(1), &mut rng(52)).unwrap();
    let successor = Authority::new(AuthorityCertificate::read(&ca).unwrap(), new_key).unwrap();
    assert_eq!(refused(renew(&amy, &successor, &RenewalOptions::default())).0, ErrorKind::WrongIssuer);
    let old = OldCertificate::read(&amy, old_authority.certificate()).unwrap();
    let new = renewal::renew(&old, &successor, &RenewalOptions::default(), LATER, &mut rng(53)).unwrap();
    let folder = Folder::new();
    folder.write("ca.crt", pem::encode(pem::CERTIFICATE, &ca));
    folder.write("new.crt", pem::encode(pem::CERTIFICATE, &new));
    let time = LATER.unix_timestamp() + 60;
    folder.openssl(&format!("verify -x509_strict -purpose sslclient -attime {time} -CAfile ca.crt new.crt"));
}

#[test]
fn a_root_renewed_with_its_key_keeps_its_leaves_valid() {
    for openssl in [false, true] {
        let folder = Folder::new();
        let (root, ca) = if openssl {
            folder.openssl(
                "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -subj /O=Bob/CN=ca -addext keyUsage=critical,keyCertSign,cRLSign -days 400 -out ca.crt",
            );
            (load(&folder, "ca.crt", "ca.key"), pem_der(&folder.read("ca.crt")))
        } else {
            authority("my-ca", 0)
        };
        let now = if openssl { OffsetDateTime::now_utc() + Days::minutes(1) } else { LATER };
        let request = request_for("CN=amy", 31);
        let client = IssueOptions {
            profile: Some(Profile::Client),
            validity: ValidityRequest::days(300),
            ..IssueOptions::default()
        };
        let leaf = certificate::issue(&request, &root, &client, now, &mut rng(32)).unwrap();
        let new = renew_at(&ca, &root, &RenewalOptions::default(), now).unwrap();
        let (before, after) = (details(&ca), details(&new));
        assert_eq!(lasting(&new), lasting(&ca));
        assert!(after.self_signed && before.serial_number != after.serial_number);
        assert!(after.not_after > before.not_after);
        folder.write("new-ca.crt", pem::encode(pem::CERTIFICATE, &new));
        folder.write("amy.crt", pem::encode(pem::CERTIFICATE, &leaf));
        let time = now.unix_timestamp() + 60;
        let verify =
            format!("verify -x509_strict -purpose sslclient -attime {time} -CAfile new-ca.crt amy.crt");
        folder.openssl(&verify);
        webpki_accepts(&leaf, &new, time).unwrap();
        // And it signs on.
        let renewed = Authority::new(AuthorityCertificate::read(&new).unwrap(), {
            if openssl {
                PrivateKey::read(&folder.read("ca.key"), None).unwrap()
            } else {
                key(KeyAlgorithm::EcdsaP256, 11)
            }
        });
        let leaf = renew_at(&leaf, &renewed.unwrap(), &RenewalOptions::default(), now).unwrap();
        folder.write("amy.crt", pem::encode(pem::CERTIFICATE, &leaf));
        folder.openssl(&verify);
    }
}

#[test]
fn an_expired_root_is_renewed_by_itself() {
    let (root, ca) = authority("my-ca", 0);
    let late = NOW + Days::days(4000);
    let new = renew_at(&ca, &root, &RenewalOptions::default(), late).unwrap();
    assert_eq!(details(&new).not_after, late + Days::days(3650));
    let own = AuthorityCertificate::read(&new).unwrap();
    assert!(own.chain().is_empty(), "it is a root");
}

#[test]
fn an_intermediate_is_renewed_within_what_its_root_allows() {
    let (root, ca) = authority("root", 1);
    let options = IssueOptions { profile: Some(Profile::Authority), ..IssueOptions::default() };
    let middle =
        certificate::issue(&request_for("CN=middle", 61), &root, &options, NOW, &mut rng(62)).unwrap();
    let new = renew(&middle, &root, &RenewalOptions::default()).unwrap();
    assert_eq!(lasting(&new), lasting(&middle));
    // What it signed before is valid under the new one.
    let authority = |der: &[u8]| {
        Authority::new(AuthorityCertificate::read(der).unwrap(), key(KeyAlgorithm::EcdsaP256, 61)).unwrap()
    };
    let leaf = client(&authority(&middle), "CN=amy", 63);
    let folder = Folder::new();
    for (name, der) in [("root.crt", &ca), ("middle.crt", &new), ("amy.crt", &leaf)] {
        folder.write(name, pem::encode(pem::CERTIFICATE, der));
    }
    let time = LATER.unix_timestamp() + 60;
    folder.openssl(&format!(
        "verify -x509_strict -purpose sslclient -attime {time} -CAfile root.crt -untrusted middle.crt amy.crt"
    ));
    // A leaf is no issuer, and this one's authority has no room: its root became one of path length 0.
    let options =
        AuthorityOptions { subject: Subject::common_name("root").unwrap(), ..AuthorityOptions::default() };
    let narrow = authorities::create(&options, &key(KeyAlgorithm::EcdsaP256, 11), NOW, &mut rng(64)).unwrap();
    let narrow =
        Authority::new(AuthorityCertificate::read(&narrow).unwrap(), key(KeyAlgorithm::EcdsaP256, 11))
            .unwrap();
    let expected = (ErrorKind::PathLength, "certificate".to_owned());
    assert_eq!(refused(renew(&middle, &narrow, &RenewalOptions::default())), expected);
}

#[test]
fn an_authoritys_successor_is_signed_by_its_old_key() {
    let (root, ca) = authority("my-ca", 0);
    let new_key = key(KeyAlgorithm::EcdsaP384, 71);
    let options =
        RenewalOptions { public_key: Some(new_key.public_key().clone()), ..RenewalOptions::default() };
    let cross = renew(&ca, &root, &options).unwrap();
    let folder = Folder::new();
    let successor = Authority::new(AuthorityCertificate::read(&cross).unwrap(), new_key).unwrap();
    let leaf = renew(&client(&root, "CN=amy", 31), &root, &RenewalOptions::default()).unwrap();
    let old = OldCertificate::read(&leaf, root.certificate()).unwrap();
    let leaf = renewal::renew(&old, &successor, &RenewalOptions::default(), LATER, &mut rng(72)).unwrap();
    for (name, der) in [("ca.crt", &ca), ("cross.crt", &cross), ("amy.crt", &leaf)] {
        folder.write(name, pem::encode(pem::CERTIFICATE, der));
    }
    let time = LATER.unix_timestamp() + 60;
    // Who trusts the old root alone takes what the new key signs.
    folder.openssl(&format!(
        "verify -x509_strict -purpose sslclient -attime {time} -CAfile ca.crt -untrusted cross.crt amy.crt"
    ));
    folder.openssl_refuses(&format!("verify -purpose sslclient -attime {time} -CAfile ca.crt amy.crt"));
}

#[test]
fn name_constraints_are_obeyed() {
    let (root, _) = authority("root", 1);
    let amy = client(&root, "CN=amy.example.com", 31);
    let constrained = |permitted: &str| {
        let options = AuthorityOptions {
            subject: Subject::common_name("root").unwrap(),
            extensions: ExtensionOptions {
                name_constraints: Some(
                    NameConstraints::new(vec![Subtree::classify(permitted).unwrap()], Vec::new()).unwrap(),
                ),
                ..ExtensionOptions::default()
            },
            ..AuthorityOptions::default()
        };
        let der =
            authorities::create(&options, &key(KeyAlgorithm::EcdsaP256, 11), NOW, &mut rng(12)).unwrap();
        Authority::new(AuthorityCertificate::read(&der).unwrap(), key(KeyAlgorithm::EcdsaP256, 11)).unwrap()
    };
    assert!(renew(&amy, &constrained("example.com"), &RenewalOptions::default()).is_ok());
    let expected = (ErrorKind::NameConstraints, "certificate".to_owned());
    assert_eq!(refused(renew(&amy, &constrained("example.org"), &RenewalOptions::default())), expected);
}

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
        (SERVER.replace("DNS:bob.example", "DNS:bob example"), "", "alternative name"),
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

fn request_for(subject: &str, seed: u64) -> Request {
    let options = RequestOptions { subject: Subject::parse(subject).unwrap(), ..RequestOptions::default() };
    let key = key(KeyAlgorithm::EcdsaP256, seed);
    Request::read(&request::create(&options, &key, &mut rng(3)).unwrap()).unwrap()
}

fn webpki_accepts(leaf: &[u8], root: &[u8], time: i64) -> Result<(), webpki::Error> {
    let (leaf, root) = (CertificateDer::from(leaf), CertificateDer::from(root));
    let time = UnixTime::since_unix_epoch(Duration::from_secs(time.try_into().unwrap()));
    EndEntityCert::try_from(&leaf)?
        .verify_for_usage(
            webpki::ALL_VERIFICATION_ALGS,
            &[anchor_from_trusted_cert(&root)?],
            &[],
            time,
            webpki::KeyUsage::client_auth(),
            None,
            None,
        )
        .map(|_| ())
}

fn pem_der(text: &[u8]) -> Vec<u8> {
    x509_parser::pem::parse_x509_pem(text).unwrap().1.contents
}
