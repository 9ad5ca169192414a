//! OpenSSL judges what we make, strictly; and each step works across the two tools.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::{ALGORITHMS, Folder, NOW, guide, rng, soon};
use mtls_certs::authority::{Authority, AuthorityCertificate};
use mtls_certs::certificate::{self, IssueOptions};
use mtls_certs::key::{KeyAlgorithm, PrivateKey};
use mtls_certs::profile::Profile;
use mtls_certs::request::Request;
use mtls_certs::{ErrorKind, inspect, pem};
use x509_parser::prelude::{FromDer, X509Certificate};

const SERVER: &str = "verify -x509_strict -purpose sslserver -verify_hostname localhost";
const CLIENT: &str = "verify -x509_strict -purpose sslclient";

#[test]
fn accepts_the_guide_strictly_with_every_algorithm() {
    for algorithm in ALGORITHMS {
        let (folder, time) = (guide(*algorithm, false), soon());
        folder.openssl(&format!("{SERVER} -attime {time} -CAfile ca.crt bob_server.crt"));
        folder
            .openssl(&format!("{SERVER} -verify_ip 127.0.0.1 -attime {time} -CAfile ca.crt bob_server.crt"));
        folder.openssl(&format!("{CLIENT} -attime {time} -CAfile ca.crt amy_client.crt"));
        for name in ["ca", "bob_server", "amy_client"] {
            let key = folder.openssl(&format!("pkey -in {name}.key -pubout"));
            assert_eq!(key, folder.openssl(&format!("x509 -in {name}.crt -noout -pubkey")), "{name}");
        }
        folder.openssl("req -in bob_server.csr -noout -verify");
    }
}

#[test]
fn refuses_what_it_should() {
    let (folder, time) = (guide(KeyAlgorithm::EcdsaP256, true), soon());
    folder.openssl(&format!("{SERVER} -attime {time} -CAfile bob_ca.crt bob_server.crt"));
    folder.openssl(&format!("{CLIENT} -attime {time} -CAfile amy_ca.crt amy_client.crt"));
    let refused = |line: &str, why: &str| {
        let said = folder.openssl_refuses(line);
        assert!(said.contains(why), "{line}: {said}");
    };
    refused(
        &format!("{SERVER} -attime {time} -CAfile amy_ca.crt bob_server.crt"),
        "unable to get local issuer",
    );
    refused(
        &format!("{CLIENT} -attime {time} -CAfile bob_ca.crt amy_client.crt"),
        "unable to get local issuer",
    );
    refused(&format!("{CLIENT} -attime {time} -CAfile bob_ca.crt bob_server.crt"), "purpose");
    refused(
        &format!(
            "verify -purpose sslserver -verify_hostname bob.example -attime {time} -CAfile bob_ca.crt bob_server.crt"
        ),
        "hostname mismatch",
    );
    let late = time + 366 * 86_400;
    refused(&format!("{SERVER} -attime {late} -CAfile bob_ca.crt bob_server.crt"), "expired");
    let early = time - 3 * 3600;
    refused(&format!("{SERVER} -attime {early} -CAfile bob_ca.crt bob_server.crt"), "not yet valid");
}

#[test]
fn we_sign_what_openssl_requests() {
    let folder = guide(KeyAlgorithm::EcdsaP256, false);
    let authority = load(&folder, "ca.crt", "ca.key");
    for (name, key) in [
        ("rsa", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048"),
        ("p256", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256"),
        ("p384", "-algorithm EC -pkeyopt ec_paramgen_curve:P-384"),
        ("ed25519", "-algorithm ED25519"),
    ] {
        folder.openssl(&format!("genpkey {key} -out {name}.key"));
        for (variant, arguments, digest) in [
            ("plain", "", ""),
            ("san", "-addext subjectAltName=DNS:localhost,IP:10.0.0.1", ""),
            ("sha512", "-addext extendedKeyUsage=serverAuth", "-sha512"),
        ] {
            folder.openssl(&format!(
                "req -new -key {name}.key -subj /O=Bob/CN=localhost {arguments} {digest} -out r.csr"
            ));
            let request =
                Request::read(&folder.read("r.csr")).unwrap_or_else(|e| panic!("{name} {variant}: {e}"));
            let options = IssueOptions { profile: Some(Profile::Server), ..IssueOptions::default() };
            let der = certificate::issue(&request, &authority, &options, NOW, &mut rng(5)).unwrap();
            folder.write("r.crt", pem::encode(pem::CERTIFICATE, &der));
            folder.openssl(&format!("{SERVER} -attime {} -CAfile ca.crt r.crt", soon()));
            let details = inspect::certificate(&der, NOW).unwrap();
            assert_eq!(details.subject.text, "CN=localhost,O=Bob");
            assert_eq!(details.extensions.alt_names.len(), if variant == "san" { 2 } else { 3 }, "{variant}");
            // Byte for byte the key that was sent.
            let key = folder.openssl(&format!("pkey -in {name}.key -pubout"));
            assert_eq!(key, folder.openssl("x509 -in r.crt -noout -pubkey"));
        }
    }
}

#[test]
fn we_refuse_requests_that_openssl_would_not_trust_either() {
    let folder = Folder::new();
    folder.openssl("req -new -newkey rsa:1024 -nodes -keyout k -subj /CN=x -out r.csr");
    assert_eq!(Request::read(&folder.read("r.csr")).unwrap_err().kind(), ErrorKind::UnsupportedKey);
    folder.openssl("req -new -newkey rsa:2048 -sha1 -nodes -keyout k -subj /CN=x -out r.csr");
    let error = Request::read(&folder.read("r.csr")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WeakSignature);
    assert!(error.message().contains("SHA-1"), "{error}");
    folder.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out k");
    folder.openssl("req -new -key k -subj /CN=x -out r.csr");
    let error = Request::read(&folder.read("r.csr")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::UnsupportedKey);
    assert!(error.message().contains("P-521"), "{error}");
}

#[test]
fn we_refuse_requests_whose_extensions_or_subject_cannot_be_read() {
    let folder = Folder::new();
    let kind = || Request::read(&folder.read("r.csr")).unwrap_err().kind();
    for extension in
        ["subjectAltName=DER:04020000", "subjectAltName=DER:3003820161ff", "extendedKeyUsage=DER:0500"]
    {
        folder.openssl(&format!(
            "req -new -newkey rsa:2048 -nodes -keyout k -subj /CN=bob -addext {extension} -out r.csr"
        ));
        assert_eq!(kind(), ErrorKind::InvalidRequest, "{extension}");
    }
    folder.write("ctl.cnf", "[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nCN=a\\nb\n");
    folder.openssl("req -new -newkey rsa:2048 -nodes -keyout k -config ctl.cnf -out r.csr");
    assert_eq!(kind(), ErrorKind::InvalidRequest);
}

#[test]
fn an_authority_is_used_within_its_extended_key_usage() {
    let folder = Folder::new();
    folder.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ca.key");
    folder.openssl("req -x509 -new -key ca.key -subj /CN=ca -addext extendedKeyUsage=clientAuth -out ca.crt");
    let authority = load(&folder, "ca.crt", "ca.key");
    folder.openssl("req -new -newkey rsa:2048 -nodes -keyout k -subj /CN=localhost -out r.csr");
    let request = Request::read(&folder.read("r.csr")).unwrap();
    let issue = |profile| {
        let options = IssueOptions { profile: Some(profile), ..IssueOptions::default() };
        certificate::issue(&request, &authority, &options, time::OffsetDateTime::now_utc(), &mut rng(5))
    };
    let error = issue(Profile::Server).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::NotAnAuthority, Some("authority.certificate")));
    folder.write("r.crt", pem::encode(pem::CERTIFICATE, &issue(Profile::Client).unwrap()));
    folder.openssl("verify -purpose sslclient -CAfile ca.crt r.crt");
    folder.openssl_refuses("verify -purpose sslserver -CAfile ca.crt r.crt");
}

#[test]
fn a_key_with_a_compressed_point_is_the_same_key() {
    let folder = Folder::new();
    folder.openssl("ecparam -name prime256v1 -genkey -noout -out ec.key");
    folder.openssl("ec -in ec.key -conv_form compressed -out compressed.key");
    folder.openssl("pkcs8 -topk8 -nocrypt -in compressed.key -out ca.key");
    folder.openssl("req -x509 -new -key ca.key -subj /CN=ca -out ca.crt");
    load(&folder, "ca.crt", "ca.key");
}

#[test]
fn openssl_signs_what_we_request() {
    let folder = guide(KeyAlgorithm::EcdsaP384, false);
    folder.write("leaf.cnf", "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n");
    for (name, verify) in [("bob_server", SERVER), ("amy_client", CLIENT)] {
        folder.openssl(&format!(
            "x509 -req -in {name}.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 365 -copy_extensions copy -out {name}.crt"
        ));
        // OpenSSL dates it by the machine's clock, and leaves out the key identifiers that strict checks want.
        let verify = verify.replace(" -x509_strict", "");
        folder.openssl(&format!("{verify} -CAfile ca.crt -no_check_time {name}.crt"));
    }
}

#[test]
fn we_continue_with_an_authority_of_openssl() {
    let folder = Folder::new();
    folder.write(
        "ca.cnf",
        "[req]\ndistinguished_name=dn\nprompt=no\nx509_extensions=ext\nstring_mask=default\n\
         [dn]\nC=DE\nO=Größe \\, Söhne\n0.OU=One\n1.OU=Two\nCN=openssl-ca\n\
         [ext]\nbasicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n",
    );
    for key in
        ["-algorithm RSA -pkeyopt rsa_keygen_bits:2048", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256"]
    {
        folder.openssl(&format!("genpkey {key} -out ca.key"));
        folder.openssl("req -x509 -new -utf8 -config ca.cnf -key ca.key -days 3650 -out ca.crt");
        let authority = load(&folder, "ca.crt", "ca.key");
        folder.openssl("req -new -newkey rsa:2048 -nodes -keyout amy.key -subj /CN=amy-client -out amy.csr");
        let request = Request::read(&folder.read("amy.csr")).unwrap();
        let options = IssueOptions { profile: Some(Profile::Client), ..IssueOptions::default() };
        let now = time::OffsetDateTime::now_utc();
        let der = certificate::issue(&request, &authority, &options, now, &mut rng(5)).unwrap();
        folder.write("amy.crt", pem::encode(pem::CERTIFICATE, &der));
        folder.openssl(&format!("{CLIENT} -CAfile ca.crt amy.crt"));
        let ca = pem_to_der(&folder.read("ca.crt"));
        let (_, ca) = X509Certificate::from_der(&ca).unwrap();
        let (_, leaf) = X509Certificate::from_der(&der).unwrap();
        assert_eq!(leaf.issuer().as_raw(), ca.subject().as_raw(), "the issuer, byte for byte");
        // It was made a moment ago: our hour against skew must not reach before it.
        assert!(leaf.validity().not_before >= ca.validity().not_before);
    }
}

#[test]
fn encrypted_keys_are_read_both_ways() {
    let folder = Folder::new();
    let key = PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng(1)).unwrap();
    folder.write("ours.key", key.to_encrypted_pem("secret", None, &mut rng(2)).unwrap());
    let public = folder.openssl("pkey -in ours.key -passin pass:secret -pubout");
    assert_eq!(public, key.public_key().to_pem());
    folder.openssl_refuses("pkey -in ours.key -passin pass:wrong -pubout");
    folder.openssl(
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -aes-256-cbc -pass pass:secret -out theirs.key",
    );
    assert!(PrivateKey::read(&folder.read("theirs.key"), Some("secret")).is_ok());
    let error = PrivateKey::read(&folder.read("theirs.key"), Some("wrong")).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Passphrase);
}

fn load(folder: &Folder, certificate: &str, key: &str) -> Authority {
    let certificate = AuthorityCertificate::read(&folder.read(certificate)).unwrap();
    Authority::new(certificate, PrivateKey::read(&folder.read(key), None).unwrap()).unwrap()
}

fn pem_to_der(text: &[u8]) -> Vec<u8> {
    x509_parser::pem::parse_x509_pem(text).unwrap().1.contents
}
