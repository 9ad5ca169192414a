//! Authorities renewed: roots with their key or a new one, and intermediates; what they signed stays valid.

use std::time::Duration;

use mtls_certs::authority::{self as authorities, Authority, AuthorityCertificate, AuthorityOptions};
use mtls_certs::certificate::{self, IssueOptions};
use mtls_certs::key::{KeyAlgorithm, PrivateKey};
use mtls_certs::name::Subject;
use mtls_certs::profile::Profile;
use mtls_certs::renewal::{self, OldCertificate, RenewalOptions};
use mtls_certs::request::{self, Request, RequestOptions};
use mtls_certs::validity::ValidityRequest;
use mtls_certs::{ErrorKind, pem};
use rustls_pki_types::{CertificateDer, UnixTime};
use time::{Duration as Days, OffsetDateTime};
use webpki::{EndEntityCert, anchor_from_trusted_cert};

use super::common::{Folder, NOW, authority, client, load, rng};
use super::{LATER, details, key, lasting, refused, renew, renew_at};

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

/// Java and Python name the issuer's key by its SHA-1, also where its certificate has no identifier to compare that with.
#[test]
fn a_root_without_a_key_identifier_is_renewed_without_one() {
    let folder = Folder::new();
    folder.openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -subj /CN=ca -addext subjectKeyIdentifier=none -addext authorityKeyIdentifier=none -days 400 -out ca.crt");
    folder.openssl("req -new -newkey rsa:2048 -nodes -keyout amy.key -subj /CN=amy -out amy.csr");
    folder.write("amy.ext", "authorityKeyIdentifier=DER:30:06:80:04:01:02:03:04\n");
    folder.openssl("x509 -req -in amy.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -extfile amy.ext -out amy.crt");
    folder.openssl("verify -CAfile ca.crt amy.crt");
    let now = OffsetDateTime::now_utc() + Days::minutes(1);
    let old = pem_der(&folder.read("ca.crt"));
    let new = renew_at(&old, &load(&folder, "ca.crt", "ca.key"), &RenewalOptions::default(), now).unwrap();
    folder.write("new-ca.crt", pem::encode(pem::CERTIFICATE, &new));
    let time = now.unix_timestamp() + 60;
    folder.openssl(&format!("verify -attime {time} -CAfile new-ca.crt amy.crt"));
    assert!(!folder.openssl("x509 -in new-ca.crt -noout -text").contains("Subject Key Identifier"));
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
