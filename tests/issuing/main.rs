//! What is issued beyond the guide: intermediates, name constraints, extensions, what a request may ask for. OpenSSL and webpki
//! judge; what we refuse, a verifier would have refused too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;

mod chains;
mod dates;
mod extensions;
mod name_constraints;
mod requests;

use std::time::Duration;

use common::{NOW, rng, soon};
use mtls_certs::authority::{self, Authority, AuthorityCertificate, AuthorityOptions};
use mtls_certs::certificate::{self, IssueOptions};
use mtls_certs::extension::ExtensionOptions;
use mtls_certs::key::{KeyAlgorithm, PrivateKey};
use mtls_certs::name::Subject;
use mtls_certs::profile::Profile;
use mtls_certs::request::{self, Request, RequestOptions};
use mtls_certs::{Error, ErrorKind, pem};
use rustls_pki_types::{CertificateDer, UnixTime};
use webpki::{EndEntityCert, anchor_from_trusted_cert};

fn key(seed: u64) -> PrivateKey {
    PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng(seed)).unwrap()
}

fn root(options: AuthorityOptions) -> (Authority, String) {
    let der = authority::create(&options, &key(1), NOW, &mut rng(2)).unwrap();
    (
        Authority::new(AuthorityCertificate::read(&der).unwrap(), key(1)).unwrap(),
        pem::encode(pem::CERTIFICATE, &der),
    )
}

fn root_named(name: &str, path_length: u8, extensions: ExtensionOptions) -> (Authority, String) {
    let subject = Subject::common_name(name).unwrap();
    root(AuthorityOptions { subject, path_length, extensions, ..AuthorityOptions::default() })
}

fn request_for(subject: &str, seed: u64) -> Request {
    let options = RequestOptions { subject: Subject::parse(subject).unwrap(), ..RequestOptions::default() };
    Request::read(&request::create(&options, &key(seed), &mut rng(3)).unwrap()).unwrap()
}

fn issue(request: &Request, authority: &Authority, options: &IssueOptions) -> mtls_certs::Result<Vec<u8>> {
    certificate::issue(request, authority, options, NOW, &mut rng(5))
}

fn with_profile(profile: Profile) -> IssueOptions {
    IssueOptions { profile: Some(profile), ..IssueOptions::default() }
}

fn refused(result: mtls_certs::Result<Vec<u8>>) -> (ErrorKind, String) {
    let error: Error = result.unwrap_err();
    (error.kind(), error.field().unwrap_or_default().to_owned())
}

fn verified_by_webpki(leaf: &[u8], intermediates: &[Vec<u8>], root: &str) -> Result<(), webpki::Error> {
    let root = CertificateDer::from(x509_parser::pem::parse_x509_pem(root.as_bytes()).unwrap().1.contents);
    let intermediates: Vec<_> =
        intermediates.iter().map(|der| CertificateDer::from(der.as_slice())).collect();
    let leaf = CertificateDer::from(leaf);
    let time = UnixTime::since_unix_epoch(Duration::from_secs(soon().try_into().unwrap()));
    EndEntityCert::try_from(&leaf)?
        .verify_for_usage(
            webpki::ALL_VERIFICATION_ALGS,
            &[anchor_from_trusted_cert(&root)?],
            &intermediates,
            time,
            webpki::KeyUsage::client_auth(),
            None,
            None,
        )
        .map(|_| ())
}
