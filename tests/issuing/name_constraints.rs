//! Name constraints: we refuse what OpenSSL and webpki would refuse.

use mtls_certs::alt_name::AltName;
use mtls_certs::authority::{Authority, AuthorityCertificate};
use mtls_certs::certificate::{self, IssueOptions};
use mtls_certs::extension::{ExtensionOptions, NameConstraints, Subtree};
use mtls_certs::key::PrivateKey;
use mtls_certs::name::Subject;
use mtls_certs::profile::Profile;
use mtls_certs::{ErrorKind, pem};

use super::common::{Folder, rng, soon};
use super::{issue, key, refused, request_for, root_named, verified_by_webpki, with_profile};

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
