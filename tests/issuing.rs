//! What is issued beyond the guide: intermediates, name constraints, extensions, what a request may ask for. OpenSSL and webpki
//! judge; what we refuse, a verifier would have refused too.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::time::Duration;

use common::{Folder, NOW, rng, soon};
use mtls_certs::alt_name::AltName;
use mtls_certs::authority::{self, Authority, AuthorityCertificate, AuthorityOptions};
use mtls_certs::certificate::{self, IssueOptions};
use mtls_certs::copying::Copied;
use mtls_certs::extension::{
    ExtendedKeyUsage, Extension, ExtensionOptions, KeyUsage, NameConstraints, Policy, Subtree,
};
use mtls_certs::key::{KeyAlgorithm, PrivateKey};
use mtls_certs::name::Subject;
use mtls_certs::profile::Profile;
use mtls_certs::request::{self, Request, RequestOptions, WeakSignatures};
use mtls_certs::validity::ValidityRequest;
use mtls_certs::{Error, ErrorKind, inspect, pem};
use proptest::prelude::*;
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

fn below(
    authority: &Authority,
    name: &str,
    seed: u64,
    path_length: Option<u8>,
) -> mtls_certs::Result<Vec<u8>> {
    let options = IssueOptions { path_length, ..with_profile(Profile::Authority) };
    issue(&request_for(name, seed), authority, &options)
}

#[test]
fn intermediates_and_the_chain_to_send() {
    let folder = Folder::new();
    let (root, root_pem) = root_named("root", 2, ExtensionOptions::default());
    let upper = below(&root, "CN=upper", 21, Some(1)).unwrap();
    let load = |bundle: &[Vec<u8>], seed| {
        let text: String = bundle.iter().map(|der| pem::encode(pem::CERTIFICATE, der)).collect();
        AuthorityCertificate::read_for(text.as_bytes(), key(seed).public_key())
            .and_then(|certificate| Authority::new(certificate, key(seed)))
    };
    let upper_authority = load(std::slice::from_ref(&upper), 21).unwrap();
    let lower = below(&upper_authority, "CN=lower", 22, None).unwrap();
    let root_der = x509_parser::pem::parse_x509_pem(root_pem.as_bytes()).unwrap().1.contents;
    // Whatever the order in the file, and with the root or without.
    for bundle in [
        vec![lower.clone(), upper.clone(), root_der.clone()],
        vec![root_der.clone(), upper.clone(), lower.clone()],
        vec![upper.clone(), lower.clone(), lower.clone()],
    ] {
        let lower_authority = load(&bundle, 22).unwrap();
        assert_eq!(lower_authority.certificate().chain(), [lower.clone(), upper.clone()]);
        let leaf =
            issue(&request_for("CN=amy", 23), &lower_authority, &with_profile(Profile::Client)).unwrap();
        let chain: String = lower_authority
            .certificate()
            .chain()
            .iter()
            .map(|der| pem::encode(pem::CERTIFICATE, der))
            .collect();
        folder.write("root.crt", &root_pem);
        folder.write("chain.crt", chain);
        folder.write("leaf.crt", pem::encode(pem::CERTIFICATE, &leaf));
        let verify = format!("verify -x509_strict -purpose sslclient -attime {} -CAfile root.crt", soon());
        folder.openssl(&format!("{verify} -untrusted chain.crt leaf.crt"));
        folder.openssl_refuses(&format!("{verify} leaf.crt"));
        verified_by_webpki(&leaf, lower_authority.certificate().chain(), &root_pem).unwrap();
        assert_eq!(verified_by_webpki(&leaf, &[], &root_pem), Err(webpki::Error::UnknownIssuer));
    }
    // Room for more there is not, whether the upper ones are in the file or not.
    let lower_authority = load(std::slice::from_ref(&lower), 22).unwrap();
    assert_eq!(refused(below(&lower_authority, "CN=x", 24, None)), (ErrorKind::PathLength, "profile".into()));
    assert_eq!(refused(below(&root, "CN=x", 24, Some(2))), (ErrorKind::PathLength, "pathLength".into()));
    assert!(below(&root, "CN=x", 24, Some(1)).is_ok());
    // What does not belong to the chain was given by mistake.
    let stranger = below(&root, "CN=stranger", 25, None).unwrap();
    let error = load(&[lower, stranger], 22).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidCertificate);
    assert!(error.message().contains("CN=stranger"), "{error}");
    assert_eq!(load(&[upper], 22).unwrap_err().kind(), ErrorKind::KeyMismatch);
    let leaf_length = IssueOptions { path_length: Some(0), ..with_profile(Profile::Client) };
    let leaf = issue(&request_for("CN=amy", 23), &root, &leaf_length);
    assert_eq!(refused(leaf), (ErrorKind::ConflictingOptions, "pathLength".into()));
}

#[test]
fn constraints_of_a_path_that_the_upper_authority_does_not_leave() {
    let (root, _) = root_named("root", 1, ExtensionOptions::default());
    let middle = below(&root, "CN=middle", 21, None).unwrap();
    // A chain that no verifier takes: made with a root of more room, given with the real one.
    let (roomy, _) = root_named("root", 3, ExtensionOptions::default());
    let deep = below(&roomy, "CN=middle", 21, Some(2)).unwrap();
    let deep_authority = Authority::new(AuthorityCertificate::read(&deep).unwrap(), key(21)).unwrap();
    let deeper = below(&deep_authority, "CN=deeper", 22, Some(1)).unwrap();
    let text: String = [deeper, middle].iter().map(|der| pem::encode(pem::CERTIFICATE, der)).collect();
    let error = AuthorityCertificate::read_for(text.as_bytes(), key(22).public_key()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PathLength);
}

#[test]
fn name_constraints_are_obeyed_before_a_verifier_would_say_so() {
    let folder = Folder::new();
    let constraints = NameConstraints::new(
        vec![
            Subtree::dns("example.com").unwrap(),
            Subtree::ip("10.0.0.0/8").unwrap(),
            Subtree::directory(&Subject::parse("O=Example").unwrap()).unwrap(),
        ],
        vec![Subtree::dns("secret.example.com").unwrap(), Subtree::email("evil.example").unwrap()],
    )
    .unwrap();
    let extensions = ExtensionOptions { name_constraints: Some(constraints), ..ExtensionOptions::default() };
    // Two authorities of one name and key: one constrained, one not.
    let (constrained, constrained_pem) = root_named("root", 0, extensions);
    let (free, free_pem) = root_named("root", 0, ExtensionOptions::default());
    folder.write("constrained.crt", &constrained_pem);
    folder.write("free.crt", &free_pem);
    let verify = format!("verify -purpose sslclient -attime {} -CAfile", soon());
    for (subject, names, field) in [
        ("CN=a.example.com,O=Example", "a.example.com", None),
        ("CN=Amy Smith,O=Example", "10.1.2.3", None),
        ("CN=Amy Smith,O=Example", "amy@good.example", None),
        ("CN=Amy Smith,O=Example", "a.example.org", Some("altNames")),
        ("CN=Amy Smith,O=Example", "secret.example.com", Some("altNames")),
        ("CN=Amy Smith,O=Example", "11.1.2.3", Some("altNames")),
        ("CN=Amy Smith,O=Example", "amy@evil.example", Some("altNames")),
        ("CN=Amy Smith,O=Other", "a.example.com", Some("request")),
    ] {
        let options = IssueOptions {
            alt_names: Some(vec![AltName::classify(names).unwrap()]),
            ..with_profile(Profile::Client)
        };
        let request = request_for(subject, 31);
        let ours = issue(&request, &constrained, &options);
        // The same leaf from the authority without constraints shows what verifiers say of it.
        let leaf = issue(&request, &free, &options).unwrap();
        folder.write("leaf.crt", pem::encode(pem::CERTIFICATE, &leaf));
        folder.openssl(&format!("{verify} free.crt leaf.crt"));
        match field {
            None => {
                ours.unwrap_or_else(|error| panic!("{subject} {names}: {error}"));
                folder.openssl(&format!("{verify} constrained.crt leaf.crt"));
            }
            Some(field) => {
                assert_eq!(
                    refused(ours),
                    (ErrorKind::NameConstraints, field.to_owned()),
                    "{subject} {names}"
                );
                let said = folder.openssl_refuses(&format!("{verify} constrained.crt leaf.crt"));
                assert!(said.contains("subtree violation"), "{names}: {said}");
            }
        }
    }
    let leaf = IssueOptions {
        extensions: ExtensionOptions {
            name_constraints: Some(
                NameConstraints::new(vec![Subtree::dns("x.example").unwrap()], vec![]).unwrap(),
            ),
            ..ExtensionOptions::default()
        },
        ..with_profile(Profile::Client)
    };
    let refusal = refused(issue(&request_for("CN=x", 31), &free, &leaf));
    assert_eq!(refusal, (ErrorKind::ConflictingOptions, "nameConstraints".into()));
}

#[test]
fn webpki_draws_the_line_where_we_do() {
    // It compares domains and networks; whatever else is constrained it refuses.
    let constraints = NameConstraints::new(
        vec![Subtree::dns("example.com").unwrap(), Subtree::ip("10.0.0.0/8").unwrap()],
        vec![Subtree::dns("secret.example.com").unwrap()],
    )
    .unwrap();
    let extensions = ExtensionOptions { name_constraints: Some(constraints), ..ExtensionOptions::default() };
    let (constrained, pem) = root_named("root", 0, extensions);
    let (free, _) = root_named("root", 0, ExtensionOptions::default());
    for name in [
        "a.example.com",
        "example.com",
        "*.a.example.com",
        "*.example.com",
        "10.1.2.3",
        "11.1.2.3",
        "::1",
        "a.example.org",
        "badexample.com",
        "secret.example.com",
        "x.secret.example.com",
    ] {
        let options = IssueOptions {
            alt_names: Some(vec![AltName::classify(name).unwrap()]),
            ..with_profile(Profile::Client)
        };
        let request = request_for("CN=Amy Smith", 31);
        let leaf = issue(&request, &free, &options).unwrap();
        let ours = issue(&request, &constrained, &options);
        let theirs = verified_by_webpki(&leaf, &[], &pem);
        assert_eq!(ours.is_ok(), theirs.is_ok(), "{name}: {ours:?} {theirs:?}");
    }
}

#[test]
fn constraints_of_an_openssl_authority_and_of_those_above_are_obeyed() {
    let folder = Folder::new();
    folder.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ca.key");
    folder.openssl("req -x509 -new -key ca.key -subj /CN=ca -days 9000 -addext nameConstraints=critical,permitted;DNS:.example.com,excluded;IP:0.0.0.0/0.0.0.0 -out ca.crt");
    let read = |name: &str| folder.read(name);
    let key_of = |name: &str| PrivateKey::read(&folder.read(name), None).unwrap();
    let authority =
        Authority::new(AuthorityCertificate::read(&read("ca.crt")).unwrap(), key_of("ca.key")).unwrap();
    let now = time::OffsetDateTime::now_utc();
    let issue = |authority: &Authority, name: &str, profile| {
        certificate::issue(&request_for(name, 31), authority, &with_profile(profile), now, &mut rng(6))
    };
    assert!(issue(&authority, "CN=a.example.com", Profile::Client).is_ok());
    assert_eq!(refused(issue(&authority, "CN=a.example.org", Profile::Client)).0, ErrorKind::NameConstraints);
    assert_eq!(refused(issue(&authority, "CN=10.0.0.1", Profile::Client)).0, ErrorKind::NameConstraints);
    // The middle one has none of its own: they are its root's.
    let middle = issue(&authority, "CN=middle", Profile::Authority).unwrap();
    let bundle =
        format!("{}{}", pem::encode(pem::CERTIFICATE, &middle), String::from_utf8(read("ca.crt")).unwrap());
    let middle = AuthorityCertificate::read_for(bundle.as_bytes(), key(31).public_key()).unwrap();
    let middle = Authority::new(middle, key(31)).unwrap();
    let leaf = |name: &str| {
        certificate::issue(&request_for(name, 32), &middle, &with_profile(Profile::Client), now, &mut rng(7))
    };
    assert!(leaf("CN=a.example.com").is_ok());
    assert_eq!(refused(leaf("CN=a.example.org")).0, ErrorKind::NameConstraints);
}

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

#[test]
fn of_a_request_is_copied_what_the_caller_says() {
    let folder = Folder::new();
    let (authority, _) = root_named("root", 0, ExtensionOptions::default());
    folder.write(
        "r.cnf",
        "[req]\ndistinguished_name=dn\nprompt=no\nreq_extensions=ext\n[dn]\nCN=Amy Smith\n\
         [ext]\nsubjectAltName=DNS:amy.example\nextendedKeyUsage=clientAuth\nkeyUsage=digitalSignature,keyAgreement\n\
         tlsfeature=status_request\nbasicConstraints=CA:TRUE\nsubjectKeyIdentifier=hash\nnsComment=hello\n",
    );
    folder.openssl("req -new -newkey rsa:2048 -nodes -keyout k -config r.cnf -out r.csr");
    let request = Request::read(&folder.read("r.csr")).unwrap();
    let text = |copy: Option<&[&str]>, profile| {
        let copy = copy.map(|names| names.iter().map(|name| Copied::from_name(name).unwrap()).collect());
        let der = issue(&request, &authority, &IssueOptions { copy, profile, ..IssueOptions::default() })?;
        folder.write("leaf.crt", pem::encode(pem::CERTIFICATE, &der));
        Ok::<_, Error>(folder.openssl("x509 -in leaf.crt -noout -text"))
    };
    let default = text(None, None).unwrap();
    assert!(default.contains("DNS:amy.example") && default.contains("CA:FALSE"), "{default}");
    for absent in ["status_request", "Key Agreement", "hello"] {
        assert!(!default.contains(absent), "{default}");
    }
    let all = text(
        Some(&["altNames", "extendedKeyUsage", "keyUsage", "1.3.6.1.5.5.7.1.24", "2.16.840.1.113730.1.13"]),
        None,
    );
    let all = all.unwrap();
    for present in
        ["DNS:amy.example", "Digital Signature, Key Agreement", "status_request", "hello", "CA:FALSE"]
    {
        assert!(all.contains(present), "{present}: {all}");
    }
    let none = text(Some(&[]), Some(Profile::Client)).unwrap();
    assert!(!none.contains("DNS:amy.example"), "{none}");
    let error = text(Some(&["altNames"]), None).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::ProfileRequired);
}

#[test]
fn signatures_of_requests_strong_and_weak() {
    let folder = Folder::new();
    let (authority, _) = root_named("root", 0, ExtensionOptions::default());
    folder.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.key");
    folder.openssl("ecparam -name prime256v1 -genkey -noout -out p256.key");
    folder.openssl("ecparam -name secp384r1 -genkey -noout -out p384.key");
    let make = |key: &str, digest: &str, pss: &str| {
        folder.openssl(&format!("req -new -key {key}.key -subj /CN=amy -{digest} {pss} -out r.csr"));
        folder.read("r.csr")
    };
    const PSS: &str = "-sigopt rsa_padding_mode:pss";
    for (key, digest, sigopt) in [
        ("rsa", "sha224", ""),
        ("rsa", "sha256", ""),
        ("rsa", "sha384", ""),
        ("rsa", "sha512", ""),
        ("rsa", "sha256", PSS),
        ("rsa", "sha384", "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20"),
        ("rsa", "sha512", PSS),
        ("p256", "sha224", ""),
        ("p256", "sha256", ""),
        ("p256", "sha384", ""),
        ("p256", "sha512", ""),
        ("p384", "sha224", ""),
        ("p384", "sha256", ""),
        ("p384", "sha384", ""),
        ("p384", "sha512", ""),
    ] {
        let request = Request::read(&make(key, digest, sigopt))
            .unwrap_or_else(|e| panic!("{key} {digest} {sigopt}: {e}"));
        issue(&request, &authority, &with_profile(Profile::Client)).unwrap();
        let text = String::from_utf8(folder.read("r.csr")).unwrap();
        let mut der = x509_parser::pem::parse_x509_pem(text.as_bytes()).unwrap().1.contents;
        *der.last_mut().unwrap() ^= 1;
        assert_eq!(
            Request::read(&der).unwrap_err().kind(),
            ErrorKind::RequestSignature,
            "{key} {digest} {sigopt}"
        );
    }
    for (key, digest, sigopt) in [
        ("rsa", "sha1", ""),
        ("rsa", "md5", ""),
        ("rsa", "sha1", PSS),
        ("p256", "sha1", ""),
        ("p384", "sha1", ""),
    ] {
        let request = make(key, digest, sigopt);
        let error = Request::read(&request).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WeakSignature, "{key} {digest} {sigopt}: {error}");
        let read = Request::read_with(&request, WeakSignatures::Allowed)
            .unwrap_or_else(|error| panic!("{key} {digest} {sigopt}: {error}"));
        issue(&read, &authority, &with_profile(Profile::Client)).unwrap();
        let mut der = x509_parser::pem::parse_x509_pem(&request).unwrap().1.contents;
        *der.last_mut().unwrap() ^= 1;
        let error = Request::read_with(&der, WeakSignatures::Allowed).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::RequestSignature);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever dates a certificate is given, on either side of 2050 where their encoding changes, are read back.
    #[test]
    fn dates_round_trip(start in 0_i64..250_000_000_000, length in 1_i64..3_000_000_000) {
        let not_before = time::OffsetDateTime::from_unix_timestamp(start - 631_152_000).unwrap();
        let not_after = not_before + time::Duration::seconds(length);
        let options = AuthorityOptions {
            subject: Subject::common_name("ca").unwrap(),
            validity: ValidityRequest { days: None, not_before: Some(not_before), not_after: Some(not_after) },
            ..AuthorityOptions::default()
        };
        let made = authority::create(&options, &key(1), NOW, &mut rng(2));
        if not_after.year() > 9999 {
            prop_assert_eq!(made.unwrap_err().kind(), ErrorKind::InvalidValidity);
        } else {
            let details = inspect::certificate(&made.unwrap(), NOW).unwrap();
            prop_assert_eq!((details.not_before, details.not_after), (not_before, not_after));
        }
    }
}
