//! Requests and keys of the tools that people have: Java's keytool, GnuTLS's certtool, Go, and what Windows' certreq and
//! cert-manager write. Each is issued and judged, and beside it stands one with a changed signature, which is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;

mod gnutls;
mod go;
mod java;
mod windows;

use common::{Folder, rng};
use mtls_certs::authority::{self, Authority, AuthorityCertificate, AuthorityOptions};
use mtls_certs::certificate::{self, IssueOptions};
use mtls_certs::inspect::{self, CertificateDetails};
use mtls_certs::key::{KeyAlgorithm, PrivateKey};
use mtls_certs::name::Subject;
use mtls_certs::profile::Profile;
use mtls_certs::request::Request;
use mtls_certs::{ErrorKind, pem};
use time::OffsetDateTime;

fn client() -> IssueOptions {
    IssueOptions { profile: Some(Profile::Client), ..IssueOptions::default() }
}

fn read_key(text: &[u8], passphrase: Option<&str>) -> mtls_certs::Result<PrivateKey> {
    PrivateKey::read(text, passphrase)
}

/// A folder, with an authority of ours in it that is valid now: certtool knows no other time.
struct Bench {
    folder: Folder,
    authority: Authority,
    now: OffsetDateTime,
}

impl Bench {
    fn new() -> Self {
        let now = OffsetDateTime::now_utc();
        let key = PrivateKey::generate(KeyAlgorithm::EcdsaP384, &mut rng(21)).unwrap();
        let options = AuthorityOptions {
            subject: Subject::common_name("my-ca").unwrap(),
            ..AuthorityOptions::default()
        };
        let der = authority::create(&options, &key, now, &mut rng(22)).unwrap();
        let folder = Folder::new();
        folder.write("ca.crt", pem::encode(pem::CERTIFICATE, &der));
        let authority = Authority::new(AuthorityCertificate::read(&der).unwrap(), key).unwrap();
        Self { folder, authority, now }
    }

    fn keytool_request(&self, algorithm: &str, extensions: &str) {
        let _ = std::fs::remove_file(self.folder.path().join("store.p12"));
        let store = "-alias amy -keystore store.p12 -storetype PKCS12 -storepass secret";
        // The JVM's start is most of the time that this takes.
        let quick = "-J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC";
        let dname = "CN=amy,OU=Two,OU=One,O=Amy,C=DE";
        self.tool("keytool", &format!("{quick} -genkeypair {store} -keyalg {algorithm} -dname {dname}"));
        self.tool("keytool", &format!("{quick} -certreq {store} {extensions} -file r.csr"));
    }

    fn certtool_request(&self, key: &str) {
        self.folder.write(
            "request.cfg",
            "cn = \"amy\"\norganization = \"Amy\"\ndns_name = \"amy.example\"\nip_address = \"10.0.0.1\"\n\
             email = \"amy@amy.example\"\nchallenge_password = \"secret\"\ntls_www_client\nsigning_key\n",
        );
        self.certtool(&format!("--generate-privkey {key} --outfile=amy.key"));
        self.certtool("--generate-request --load-privkey=amy.key --template=request.cfg --outfile=r.csr");
    }

    fn certtool(&self, line: &str) {
        self.tool("certtool", line);
    }

    fn tool(&self, program: &str, line: &str) {
        let output = self.folder.run(program, line);
        let said = String::from_utf8_lossy(&output.stdout) + String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program} {line}: {said}");
    }

    /// A client's certificate for the request, which stands the strict checks for that role and for no other.
    fn issues_with(&self, name: &str, options: &IssueOptions) -> CertificateDetails {
        let request =
            Request::read(&self.folder.read(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let der = certificate::issue(&request, &self.authority, options, self.now, &mut rng(23))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        self.folder.write("r.crt", pem::encode(pem::CERTIFICATE, &der));
        self.folder.openssl("verify -x509_strict -purpose sslclient -CAfile ca.crt r.crt");
        self.folder.openssl_refuses("verify -x509_strict -purpose sslserver -CAfile ca.crt r.crt");
        let asked = self.folder.openssl(&format!("req -in {name} -noout -pubkey"));
        assert_eq!(asked, self.folder.openssl("x509 -in r.crt -noout -pubkey"), "byte for byte the key sent");
        inspect::certificate(&der, self.now).unwrap()
    }

    fn issues_and_refuses_changed(&self, name: &str) -> CertificateDetails {
        self.refuses_changed(name);
        self.issues_with(name, &client())
    }

    fn refuses_changed(&self, name: &str) {
        self.folder.openssl(&format!("req -in {name} -outform DER -out changed.der"));
        self.folder.write("changed.csr", changed(&self.folder.read("changed.der")));
        self.refuses("changed.csr", ErrorKind::RequestSignature);
    }

    fn refuses(&self, name: &str, kind: ErrorKind) {
        let error = Request::read(&self.folder.read(name)).unwrap_err();
        assert_eq!(error.kind(), kind, "{error}");
    }
}

/// One bit of the signature, which ends a request.
fn changed(request: &[u8]) -> Vec<u8> {
    let mut changed = request.to_vec();
    *changed.last_mut().unwrap() ^= 1;
    changed
}
