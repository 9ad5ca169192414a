//! Material that was made to hurt: an error or a refusal, never a panic, and soon.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::time::{Duration, Instant};

use common::{NOW, guide, rng};
use mtls_certs::authority::{self, Authority, AuthorityCertificate, AuthorityOptions};
use mtls_certs::certificate::{self, IssueOptions};
use mtls_certs::key::{KeyAlgorithm, PrivateKey};
use mtls_certs::name::Subject;
use mtls_certs::profile::Profile;
use mtls_certs::request::{self, Request, RequestOptions};
use mtls_certs::verification::{
    Certificates, Crls, MatchKey, Purpose, Verdict, VerificationCode, VerifyOptions, match_key, verify,
};
use mtls_certs::{ErrorKind, Result, pem};
use proptest::prelude::*;

fn verdict(certificate: &[u8], chain: Certificates, trusted: Certificates) -> Result<Verdict> {
    verify(&VerifyOptions {
        certificate: Certificates::read(certificate)?,
        chain,
        trusted,
        purpose: Purpose::Server,
        host: Some(VerifyOptions::host("localhost")?),
        at: NOW,
        crls: None,
    })
}

fn der(text: &[u8]) -> Vec<u8> {
    x509_parser::pem::parse_x509_pem(text).unwrap().1.contents
}

fn key(seed: u64) -> PrivateKey {
    PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng(seed)).unwrap()
}

/// A self-signed authority of ours.
fn root(name: &str, seed: u64) -> (Authority, Vec<u8>) {
    let der = root_of(name, seed, seed);
    (Authority::new(AuthorityCertificate::read(&der).unwrap(), key(seed)).unwrap(), der)
}

/// One of many certificates for a key.
fn root_of(name: &str, seed: u64, number: u64) -> Vec<u8> {
    let subject = Subject::common_name(name).unwrap();
    let options = AuthorityOptions { subject, path_length: 200, ..AuthorityOptions::default() };
    authority::create(&options, &key(seed), NOW, &mut rng(number)).unwrap()
}

/// An authority where a path length is given, else a server.
fn issue(name: &str, seed: u64, authority: &Authority, path_length: Option<u8>) -> Vec<u8> {
    let options =
        RequestOptions { subject: Subject::common_name(name).unwrap(), ..RequestOptions::default() };
    let request = Request::read(&request::create(&options, &key(seed), &mut rng(seed)).unwrap()).unwrap();
    let profile = if path_length.is_some() { Profile::Authority } else { Profile::Server };
    let options = IssueOptions { profile: Some(profile), path_length, ..IssueOptions::default() };
    certificate::issue(&request, authority, &options, NOW, &mut rng(seed)).unwrap()
}

fn files(ders: &[Vec<u8>]) -> Certificates {
    Certificates::together(ders.iter().map(|der| Certificates::read(der).unwrap())).unwrap()
}

fn within(limit: Duration, work: impl FnOnce() -> Verdict) -> Verdict {
    let started = Instant::now();
    let verdict = work();
    assert!(started.elapsed() < limit, "took {:?}", started.elapsed());
    verdict
}

#[test]
fn every_byte_of_a_certificate_counts() {
    let folder = guide(KeyAlgorithm::EcdsaP256, false);
    let (bob, ca) = (der(&folder.read("bob_server.crt")), der(&folder.read("ca.crt")));
    let trusted = || files(std::slice::from_ref(&ca));
    assert!(verdict(&bob, Certificates::default(), trusted()).unwrap().reasons.is_empty());
    for index in 0..bob.len() {
        for change in [0x01, 0x80] {
            let mut altered = bob.clone();
            altered[index] ^= change;
            match verdict(&altered, Certificates::default(), trusted()) {
                Ok(verdict) => {
                    assert!(!verdict.reasons.is_empty(), "byte {index} was changed");
                    assert!(verdict.reasons.iter().all(|reason| !reason.message.is_empty()));
                }
                Err(error) => {
                    assert!(
                        matches!(error.kind(), ErrorKind::InvalidCertificate | ErrorKind::InvalidPem),
                        "byte {index}: {error}"
                    );
                }
            }
        }
        assert!(verdict(&bob[..index], Certificates::default(), trusted()).is_err());
    }
}

#[test]
fn an_altered_trust_anchor_is_no_anchor_or_still_itself() {
    let folder = guide(KeyAlgorithm::EcdsaP256, false);
    let (bob, ca) = (der(&folder.read("bob_server.crt")), der(&folder.read("ca.crt")));
    for index in 0..ca.len() {
        let mut altered = ca.clone();
        altered[index] ^= 1;
        // Its own signature proves nothing, so that some changes change nothing; none may panic.
        let _ = Certificates::read(&altered).and_then(|ca| verdict(&bob, Certificates::default(), ca));
    }
}

#[test]
fn too_many_certificates_are_an_error() {
    let folder = guide(KeyAlgorithm::EcdsaP256, false);
    let text = folder.read("ca.crt");
    let many = text.repeat(10_000);
    assert_eq!(Certificates::read(&many).unwrap_err().kind(), ErrorKind::InvalidPem);
    let most = Certificates::read(&text.repeat(1000)).unwrap();
    let error = Certificates::together([most.clone(), most.clone()]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidOption);
    assert!(error.message().contains("2000 certificates"), "{error}");
    // A thousand times the same is one.
    let verdict = verdict(&folder.read("bob_server.crt"), most.clone(), most).unwrap();
    assert!(verdict.reasons.is_empty(), "{:?}", verdict.reasons);
    let crl = pem::encode(pem::X509_CRL, &[0x30, 0]);
    assert_eq!(Crls::read(crl.as_bytes()).unwrap_err().kind(), ErrorKind::InvalidCrl);
}

/// A ladder: each rung is certified by the one above.
#[test]
fn long_chains_end() {
    let (top, top_der) = root("top", 1);
    let (mut above, mut chain) = (top, Vec::new());
    for rung in 0..12_u8 {
        let der = issue(&format!("rung-{rung}"), 10 + u64::from(rung), &above, Some(100 - rung));
        above = Authority::new(AuthorityCertificate::read(&der).unwrap(), key(10 + u64::from(rung))).unwrap();
        chain.push(der);
    }
    let leaf = issue("localhost", 99, &above, None);
    let verdict =
        within(Duration::from_secs(10), || verdict(&leaf, files(&chain), files(&[top_der])).unwrap());
    assert!(!verdict.reasons.is_empty());
    assert!(verdict.path.len() <= 8);
}

/// Authorities of one name and of different names that all certify each other, with and without a way out.
#[test]
fn meshes_end() {
    for (exit, one_name) in [(true, false), (false, false), (true, true), (false, true)] {
        let name = |index: u64| if one_name { "mesh".to_owned() } else { format!("mesh-{index}") };
        let roots: Vec<_> = (0..7).map(|index| root(&name(index), 20 + index).0).collect();
        let mut chain = Vec::new();
        for index in 0..7 {
            for (other, authority) in roots.iter().enumerate() {
                // A request's key of its own: an authority under its own name is refused when issuing.
                if other as u64 != index && !one_name {
                    chain.push(issue(&name(index), 20 + index, authority, Some(100)));
                }
            }
        }
        if one_name {
            chain = (0..40).map(|index| root("mesh", 100 + index).1).collect();
        }
        let leaf = issue("localhost", 98, &roots[0], None);
        let (out, out_der) = root("exit", 97);
        if exit {
            chain.push(issue(&name(6), 26, &out, Some(100)));
        }
        let verdict =
            within(Duration::from_secs(20), || verdict(&leaf, files(&chain), files(&[out_der])).unwrap());
        assert_eq!(verdict.reasons.is_empty(), exit && !one_name, "{exit} {one_name}: {:?}", verdict.reasons);
    }
}

#[test]
fn nothing_is_taken_for_everything() {
    let folder = guide(KeyAlgorithm::EcdsaP256, false);
    let bob = folder.read("bob_server.crt");
    let verdict = verdict(&bob, Certificates::default(), Certificates::default()).unwrap();
    assert_eq!(verdict.reasons[0].code, VerificationCode::UnknownIssuer);
    let error = match_key(&MatchKey { certificate: Some(&bob), ..MatchKey::default() }).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::MissingOption);
}

#[test]
fn keys_match_or_not() {
    let (folder, other) = (guide(KeyAlgorithm::EcdsaP256, false), guide(KeyAlgorithm::Rsa2048, false));
    let spki = |folder: &common::Folder, name: &str| {
        PrivateKey::read(&folder.read(name), None).unwrap().public_key().spki().to_vec()
    };
    let (certificate, request) = (folder.read("bob_server.crt"), folder.read("bob_server.csr"));
    let matches = |private_key: &[u8]| {
        let (certificate, request) = (Some(certificate.as_slice()), Some(request.as_slice()));
        let pieces = MatchKey { certificate, request, private_key: Some(private_key), ..MatchKey::default() };
        match_key(&pieces).unwrap().matches
    };
    assert!(matches(&spki(&folder, "bob_server.key")));
    assert!(!matches(&spki(&folder, "amy_client.key")));
    assert!(!matches(&spki(&other, "bob_server.key")));
    // A point compressed is the same point.
    folder.openssl("ec -in bob_server.key -pubout -conv_form compressed -out compressed.pub");
    let public = folder.read("compressed.pub");
    let pieces =
        MatchKey { certificate: Some(&certificate), public_key: Some(&public), ..MatchKey::default() };
    assert!(match_key(&pieces).unwrap().matches);
    let pieces = MatchKey { certificate: Some(&request), public_key: Some(&public), ..MatchKey::default() };
    let error = match_key(&pieces).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidPem, Some("certificate")));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn damaged_chains_are_never_accepted(at in 0..500_usize, with in any::<Vec<u8>>(), cut in 0..8_usize) {
        let folder = guide(KeyAlgorithm::EcdsaP256, false);
        let (mut bob, ca) = (der(&folder.read("bob_server.crt")), der(&folder.read("ca.crt")));
        let at = at.min(bob.len());
        let end = (at + cut).min(bob.len());
        let before = bob.clone();
        bob.splice(at..end, with);
        let accepted = verdict(&bob, Certificates::default(), files(&[ca])).is_ok_and(|verdict| verdict.reasons.is_empty());
        prop_assert_eq!(accepted, bob == before);
    }
}

/// As many certificates of the issuer's name as are taken.
#[test]
fn namesakes_end() {
    let (authority, own) = root("mesh", 1);
    let leaf = issue("localhost", 2, &authority, None);
    let others: Vec<_> = (0..900).map(|seed| root_of("mesh", 3, 1000 + seed)).collect();
    let refused =
        within(Duration::from_secs(20), || verdict(&leaf, files(&others), files(&others[..100])).unwrap());
    assert!(!refused.reasons.is_empty());
    let with_own = [&others[..900], &[own]].concat();
    let accepted =
        within(Duration::from_secs(20), || verdict(&leaf, files(&others), files(&with_own)).unwrap());
    assert!(accepted.reasons.is_empty(), "{:?}", accepted.reasons);
}
