//! Names across tools: subjects of every form as OpenSSL reads them, and authorities with odd names that go on here.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::{Folder, NOW, rng, soon};
use mtls_certs::authority::{self, Authority, AuthorityCertificate, AuthorityOptions};
use mtls_certs::certificate::{self, IssueOptions};
use mtls_certs::key::{KeyAlgorithm, PrivateKey};
use mtls_certs::name::Subject;
use mtls_certs::pem;
use mtls_certs::profile::Profile;
use mtls_certs::request::{self, Request, RequestOptions};
use x509_parser::prelude::{FromDer, X509Certificate};

fn key(seed: u64) -> PrivateKey {
    PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng(seed)).unwrap()
}

#[test]
fn subjects_as_openssl_reads_them_and_writes_them() {
    let folder = Folder::new();
    folder.write("k", key(1).to_pkcs8_pem().unwrap());
    for text in [
        "/C=DE/ST=Bayern/L=München/O=Größe, Söhne/OU=One/OU=Two/CN=x.example",
        "/DC=com/DC=example/UID=amy/CN=Amy Smith/emailAddress=amy@example.com",
        "/O=Example/CN=Amy+UID=amy+serialNumber=7",
        "/O=a\\/b\\+c/CN=x",
        "/postalCode=80331/street=Weg 1/title=Dr./GN=Amy/SN=Smith/initials=A.S./pseudonym=a/dnQualifier=7/CN=x",
        "/2.5.4.97=VATDE-1/2.5.4.41=own/CN=x",
    ] {
        let options = RequestOptions { subject: Subject::parse(text).unwrap(), ..RequestOptions::default() };
        folder.write("r.csr", request::create(&options, &key(1), &mut rng(3)).unwrap());
        folder.openssl("req -in r.csr -inform DER -noout -verify");
        let ours = folder.openssl(
            "req -in r.csr -inform DER -noout -subject -nameopt RFC2253,sname,utf8,-esc_msb,-dn_rev",
        );
        // As OpenSSL makes it of the same text: the same names, values, string types and order.
        folder
            .run_with("openssl", &["req", "-new", "-utf8", "-key", "k", "-subj", text, "-out", "theirs.csr"]);
        let theirs =
            folder.openssl("req -in theirs.csr -noout -subject -nameopt RFC2253,sname,utf8,-esc_msb,-dn_rev");
        assert_eq!(ours, theirs, "{text}");
        let subject = |name: &str, form: &str| {
            let der = folder.openssl_bytes(&format!("req -in {name} -inform {form} -outform DER"));
            let (_, request) =
                x509_parser::certification_request::X509CertificationRequest::from_der(&der).unwrap();
            request.certification_request_info.subject.as_raw().to_vec()
        };
        assert_eq!(subject("r.csr", "DER"), subject("theirs.csr", "PEM"), "{text}");
    }
}

#[test]
fn an_authority_of_any_name_goes_on_and_its_name_is_kept_byte_for_byte() {
    let folder = Folder::new();
    for text in [
        "CN=ca,OU=Two,OU=One,O=Example",
        "CN=ca,DC=example,DC=com",
        "CN=ca+OU=b+serialNumber=1,O=Example",
        // TeletexString, BMPString, UniversalString, an empty UTF8String, an empty PrintableString.
        "CN=ca,O=#140446fc7220",
        "CN=ca,O=#1e0400420042",
        "CN=ca,O=#1c040000004f",
        "CN=ca,2.5.4.41=#0c00,2.5.4.15=#1300",
        "CN=ca,1.2.3.4=#300302010a",
    ] {
        let options =
            AuthorityOptions { subject: Subject::parse(text).unwrap(), ..AuthorityOptions::default() };
        let der = authority::create(&options, &key(1), NOW, &mut rng(2)).unwrap();
        let authority = Authority::new(AuthorityCertificate::read(&der).unwrap(), key(1)).unwrap();
        let asked =
            RequestOptions { subject: Subject::common_name("amy").unwrap(), ..RequestOptions::default() };
        let request = Request::read(&request::create(&asked, &key(2), &mut rng(3)).unwrap()).unwrap();
        let issue = IssueOptions { profile: Some(Profile::Client), ..IssueOptions::default() };
        let leaf = certificate::issue(&request, &authority, &issue, NOW, &mut rng(4)).unwrap();
        folder.write("ca.crt", pem::encode(pem::CERTIFICATE, &der));
        folder.write("leaf.crt", pem::encode(pem::CERTIFICATE, &leaf));
        folder.openssl(&format!("verify -purpose sslclient -attime {} -CAfile ca.crt leaf.crt", soon()));
        let (_, ca) = X509Certificate::from_der(&der).unwrap();
        let (_, leaf) = X509Certificate::from_der(&leaf).unwrap();
        assert_eq!(leaf.issuer().as_raw(), ca.subject().as_raw(), "{text}");
    }
}

#[test]
fn an_authority_that_openssl_named_oddly_goes_on() {
    let folder = Folder::new();
    folder.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ca.key");
    // The masks give TeletexString and BMPString, as OpenSSL 0.9 wrote them.
    for (mask, organization) in [("default", "Größe"), ("MASK:0x800", "Ωmega"), ("utf8only", "Größe")] {
        folder.write(
            "ca.cnf",
            format!(
                "[req]\ndistinguished_name=dn\nprompt=no\nutf8=yes\nstring_mask={mask}\nx509_extensions=ext\n\
                 [dn]\nO={organization}\n0.OU=One\n+1.OU=Two\nCN=odd\n[ext]\nbasicConstraints=critical,CA:TRUE\nsubjectKeyIdentifier=hash\n"
            ),
        );
        folder.openssl("req -x509 -new -utf8 -config ca.cnf -key ca.key -days 3650 -out ca.crt");
        let key = PrivateKey::read(&folder.read("ca.key"), None).unwrap();
        let authority =
            Authority::new(AuthorityCertificate::read(&folder.read("ca.crt")).unwrap(), key).unwrap();
        folder.openssl("req -new -newkey rsa:2048 -nodes -keyout amy.key -subj /CN=amy -out amy.csr");
        let request = Request::read(&folder.read("amy.csr")).unwrap();
        let issue = IssueOptions { profile: Some(Profile::Client), ..IssueOptions::default() };
        let now = time::OffsetDateTime::now_utc();
        let leaf = certificate::issue(&request, &authority, &issue, now, &mut rng(4)).unwrap();
        folder.write("amy.crt", pem::encode(pem::CERTIFICATE, &leaf));
        folder.openssl("verify -purpose sslclient -CAfile ca.crt amy.crt");
    }
}
