//! Who may renew: the authority that signed or its successor, within its name constraints.

use mtls_certs::authority::{self as authorities, Authority, AuthorityCertificate, AuthorityOptions};
use mtls_certs::extension::{ExtensionOptions, NameConstraints, Subtree};
use mtls_certs::key::KeyAlgorithm;
use mtls_certs::name::Subject;
use mtls_certs::renewal::{self, OldCertificate, RenewalOptions};
use mtls_certs::{ErrorKind, pem};
use time::Duration as Days;
use x509_parser::prelude::{FromDer, X509Certificate};

use super::common::{Folder, NOW, authority, client, load, rng};
use super::{LATER, key, refused, renew};

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
