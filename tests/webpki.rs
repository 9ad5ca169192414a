//! rustls-webpki judges: the path builder of rustls, which takes no certificate without alternative names.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::time::Duration;

use common::{ALGORITHMS, Folder, guide, soon};
use mtls_certs::key::KeyAlgorithm;
use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use webpki::{EndEntityCert, Error, KeyUsage, anchor_from_trusted_cert};

enum Role {
    Server,
    Client,
}

fn judge(folder: &Folder, leaf: &str, ca: &str, role: Role, time: i64) -> Result<(), Error> {
    let der = |name: &str| {
        CertificateDer::from(x509_parser::pem::parse_x509_pem(&folder.read(name)).unwrap().1.contents)
    };
    let (leaf, ca) = (der(leaf), der(ca));
    let anchors = [anchor_from_trusted_cert(&ca)?];
    let usage = match role {
        Role::Server => KeyUsage::server_auth(),
        Role::Client => KeyUsage::client_auth(),
    };
    let time = UnixTime::since_unix_epoch(Duration::from_secs(time.try_into().unwrap()));
    let leaf = EndEntityCert::try_from(&leaf)?;
    leaf.verify_for_usage(webpki::ALL_VERIFICATION_ALGS, &anchors, &[], time, usage, None, None)?;
    if matches!(role, Role::Server) {
        leaf.verify_is_valid_for_subject_name(&ServerName::try_from("localhost").unwrap())?;
        leaf.verify_is_valid_for_subject_name(&ServerName::try_from("127.0.0.1").unwrap())?;
    }
    Ok(())
}

#[test]
fn accepts_the_guide_with_every_algorithm() {
    for algorithm in ALGORITHMS {
        let folder = guide(*algorithm, false);
        judge(&folder, "bob_server.crt", "ca.crt", Role::Server, soon()).unwrap();
        judge(&folder, "amy_client.crt", "ca.crt", Role::Client, soon()).unwrap();
    }
}

#[test]
fn accepts_distinct_authorities_and_refuses_them_crosswise() {
    let folder = guide(KeyAlgorithm::EcdsaP256, true);
    judge(&folder, "bob_server.crt", "bob_ca.crt", Role::Server, soon()).unwrap();
    judge(&folder, "amy_client.crt", "amy_ca.crt", Role::Client, soon()).unwrap();
    let crosswise = judge(&folder, "bob_server.crt", "amy_ca.crt", Role::Server, soon());
    assert_eq!(crosswise, Err(Error::UnknownIssuer));
    assert_eq!(
        judge(&folder, "amy_client.crt", "bob_ca.crt", Role::Client, soon()),
        Err(Error::UnknownIssuer)
    );
}

#[test]
fn refuses_the_other_role_the_expired_and_the_authority_itself() {
    let folder = guide(KeyAlgorithm::EcdsaP256, false);
    let role = judge(&folder, "amy_client.crt", "ca.crt", Role::Server, soon()).unwrap_err();
    assert!(matches!(role, Error::RequiredEkuNotFoundContext(_)), "{role:?}");
    let late = soon() + 366 * 86_400;
    let expired = judge(&folder, "bob_server.crt", "ca.crt", Role::Server, late).unwrap_err();
    assert!(matches!(expired, Error::CertExpired { .. }), "{expired:?}");
    let authority = judge(&folder, "ca.crt", "ca.crt", Role::Server, soon());
    assert_eq!(authority, Err(Error::CaUsedAsEndEntity));
}
