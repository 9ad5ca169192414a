//! Python judges: cryptography's path builder, ssl with the strict flags of Python 3.13, and pkilint.
//! `cargo xtask test` makes the environment and names its interpreter in MTLS_CERTS_PYTHON.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::path::PathBuf;
use std::process::{Command, Output};

use common::{ALGORITHMS, Folder, NOW, authority, guide, guide_at, rng, soon};
use mtls_certs::alt_name::AltName;
use mtls_certs::certificate::{self, IssueOptions};
use mtls_certs::key::{KeyAlgorithm, PrivateKey};
use mtls_certs::name::Subject;
use mtls_certs::pem;
use mtls_certs::profile::Profile;
use mtls_certs::request::{self, Request, RequestOptions};

fn python() -> PathBuf {
    std::env::var_os("MTLS_CERTS_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from)
}

fn judge(folder: &Folder, command: &str, rest: &[&str]) -> Output {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/python/judge.py");
    Command::new(python()).arg(script).arg(command).arg(folder.path()).args(rest).output().unwrap()
}

fn accepts(folder: &Folder, command: &str, rest: &[&str]) {
    let output = judge(folder, command, rest);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn refuses(folder: &Folder, command: &str, rest: &[&str], why: &str) {
    let output = judge(folder, command, rest);
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains(why), "{said}");
}

#[test]
fn cryptography_accepts_both_roles_and_refuses_them_crosswise() {
    let time = soon().to_string();
    for algorithm in ALGORITHMS.iter().filter(|algorithm| **algorithm != KeyAlgorithm::Ed25519) {
        // Ed25519: its path builder keeps to the algorithms of the public web.
        accepts(&guide(*algorithm, false), "verify", &["ca.crt", "ca.crt", &time]);
    }
    let folder = guide(KeyAlgorithm::EcdsaP256, true);
    accepts(&folder, "verify", &["bob_ca.crt", "amy_ca.crt", &time]);
    refuses(&folder, "verify", &["amy_ca.crt", "amy_ca.crt", &time], "VerificationError");
    refuses(&folder, "verify", &["bob_ca.crt", "bob_ca.crt", &time], "VerificationError");
}

#[test]
fn cryptography_verifies_every_kind_of_alternative_name() {
    let (authority, ca) = authority("my-ca", 0);
    let key = PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng(1)).unwrap();
    let options = RequestOptions {
        subject: Subject::parse("CN=Amy Smith,O=Example").unwrap(),
        alt_names: Some(vec![
            AltName::dns("*.bob.example").unwrap(),
            AltName::dns("bücher.example").unwrap(),
            AltName::ip("10.0.0.1").unwrap(),
            AltName::ip("::1").unwrap(),
            AltName::email("amy@example.com").unwrap(),
            AltName::uri("spiffe://a.example/amy").unwrap(),
            AltName::upn("amy@corp.example").unwrap(),
            AltName::registered_id("1.2.3.4").unwrap(),
            AltName::directory(&Subject::parse("CN=Amy,O=Example").unwrap()).unwrap(),
        ]),
        profile: Some(Profile::Client),
    };
    let request = Request::read(&request::create(&options, &key, &mut rng(2)).unwrap()).unwrap();
    let leaf = certificate::issue(&request, &authority, &IssueOptions::default(), NOW, &mut rng(3)).unwrap();
    let folder = Folder::new();
    folder.write("ca.crt", pem::encode(pem::CERTIFICATE, &ca));
    folder.write("leaf.crt", pem::encode(pem::CERTIFICATE, &leaf));
    let output = judge(&folder, "names", &["ca.crt", "leaf.crt", &soon().to_string()]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    for expected in [
        "DNSName *.bob.example",
        "DNSName xn--bcher-kva.example",
        "IPAddress 10.0.0.1",
        "IPAddress ::1",
        "RFC822Name amy@example.com",
        "UniformResourceIdentifier spiffe://a.example/amy",
        "OtherName b'\\x0c\\x10amy@corp.example'",
        "RegisteredID 1.2.3.4",
        "DirectoryName CN=Amy,O=Example",
    ] {
        assert!(said.lines().any(|line| line == expected), "{expected}: {said}");
    }
    let late = (soon() + 366 * 86_400).to_string();
    refuses(&folder, "names", &["ca.crt", "leaf.crt", &late], "VerificationError");
}

#[test]
fn strict_ssl_contexts_shake_hands_and_refuse_another_authority() {
    for algorithm in ALGORITHMS {
        let folder = guide_at(*algorithm, true, time::OffsetDateTime::now_utc());
        accepts(&folder, "handshake", &["bob_ca.crt", "amy_ca.crt"]);
        refuses(&folder, "handshake", &["bob_ca.crt", "bob_ca.crt"], "UNKNOWN_CA");
        refuses(&folder, "handshake", &["amy_ca.crt", "amy_ca.crt"], "CERTIFICATE_VERIFY_FAILED");
    }
}

#[test]
fn pkilint_finds_no_error() {
    for algorithm in [KeyAlgorithm::EcdsaP256, KeyAlgorithm::Rsa2048] {
        let folder = guide(algorithm, false);
        for name in ["ca.crt", "bob_server.crt", "amy_client.crt"] {
            let findings = lint(&folder, name);
            assert!(findings.is_empty(), "{name}: {findings:#?}");
        }
    }
    // And it can find: who may sign certificates without being an authority.
    let folder = Folder::new();
    folder.write(
        "bad.cnf",
        "[req]\ndistinguished_name=dn\nprompt=no\nx509_extensions=ext\n[dn]\nCN=x\n\
         [ext]\nbasicConstraints=CA:FALSE\nkeyUsage=keyCertSign\n",
    );
    folder.openssl("req -x509 -newkey rsa:2048 -nodes -keyout k -config bad.cnf -out bad.crt -days 1");
    assert!(!lint(&folder, "bad.crt").is_empty());
}

/// pkilint's findings of severity ERROR or worse, but for the one that every certificate for `localhost` has.
fn lint(folder: &Folder, name: &str) -> Vec<String> {
    let tool = python().with_file_name("lint_pkix_cert");
    let output = Command::new(&tool)
        .args(["lint", "-s", "ERROR", "-f", "CSV", name])
        .current_dir(folder.path())
        .output()
        .unwrap_or_else(|error| {
            panic!("{} can't be run ({error}); `cargo xtask test` sets it up", tool.display())
        });
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(!text.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    text.lines()
        .skip(1)
        .filter(|line| !line.is_empty() && !line.contains("pkix.invalid_domain_name_syntax"))
        .map(str::to_owned)
        .collect()
}
