//! Requests and keys of the tools that people have: Java's keytool, GnuTLS's certtool, Go, and what Windows' certreq and
//! cert-manager write. Each is issued and judged, and beside it stands one with a changed signature, which is refused.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::process::Command;

use common::{Folder, rng};
use mtls_certs::alt_name::AltName;
use mtls_certs::authority::{self, Authority, AuthorityCertificate, AuthorityOptions};
use mtls_certs::certificate::{self, IssueOptions};
use mtls_certs::inspect::{self, CertificateDetails};
use mtls_certs::key::{KeyAlgorithm, PrivateKey};
use mtls_certs::name::Subject;
use mtls_certs::profile::Profile;
use mtls_certs::request::Request;
use mtls_certs::{ErrorKind, pem};
use time::OffsetDateTime;
use yasna::models::ObjectIdentifier;
use yasna::{DERWriter, Tag};

#[test]
fn java_keytool() {
    let bench = Bench::new();
    for (algorithm, extensions) in [
        ("RSA -keysize 2048", ""),
        ("EC -groupname secp256r1", "-ext san=dns:amy.example,ip:10.0.0.1 -ext eku=clientAuth"),
        ("EC -groupname secp384r1", "-ext ku:critical=digitalSignature"),
        ("Ed25519", "-ext san=email:amy@amy.example"),
    ] {
        bench.keytool_request(algorithm, extensions);
        let details = bench.issues_and_refuses_changed("r.csr");
        assert_eq!(details.subject.text, "CN=amy,OU=Two,OU=One,O=Amy,C=DE", "{algorithm}");
        let names: Vec<_> = details.extensions.alt_names.iter().map(|name| format!("{name:?}")).collect();
        assert_eq!(
            names.contains(&r#"Dns("amy.example")"#.to_owned()),
            extensions.contains("amy.example,"),
            "{names:?}"
        );
        assert_eq!(
            names.contains(&r#"Ip("10.0.0.1")"#.to_owned()),
            extensions.contains("10.0.0.1"),
            "{names:?}"
        );
    }
}

/// An ordinary RSA key that signs with PSS, as it may in TLS 1.3.
#[test]
fn java_keytool_with_pss_signatures() {
    let bench = Bench::new();
    bench.keytool_request("RSA -keysize 2048", "-sigalg RSASSA-PSS");
    bench.issues_and_refuses_changed("r.csr");
}

/// A key that may do nothing but PSS: browsers have no cipher for it.
#[test]
fn keys_bound_to_pss_are_refused_by_name() {
    let bench = Bench::new();
    bench.keytool_request("RSASSA-PSS -keysize 2048", "");
    bench.refuses("r.csr", ErrorKind::UnsupportedKey);
    bench.certtool_request("--key-type=rsa-pss --bits=2048");
    bench.refuses("r.csr", ErrorKind::UnsupportedKey);
    bench.folder.openssl("genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out k");
    bench.folder.openssl("req -new -key k -subj /CN=amy -out r.csr");
    bench.refuses("r.csr", ErrorKind::UnsupportedKey);
}

#[test]
fn gnutls_certtool() {
    let bench = Bench::new();
    for key in [
        "--key-type=rsa --bits=2048",
        "--key-type=ecdsa --curve=secp256r1",
        "--key-type=ecdsa --curve=secp384r1",
        "--key-type=ed25519",
    ] {
        bench.certtool_request(key);
        let details = bench.issues_and_refuses_changed("r.csr");
        assert_eq!(details.subject.text, "CN=amy,O=Amy", "{key}");
        // RSA of 2048 bits is "medium" to GnuTLS.
        let profile = if key.contains("rsa") { "medium" } else { "high" };
        let verify =
            format!("--verify --verify-profile={profile} --load-ca-certificate=ca.crt --infile=r.crt");
        bench.certtool(&format!("{verify} --verify-purpose=1.3.6.1.5.5.7.3.2"));
        let output = bench.folder.run("certtool", &format!("{verify} --verify-purpose=1.3.6.1.5.5.7.3.1"));
        assert!(!output.status.success(), "a client's certificate is none for a server: {output:?}");
    }
}

/// certtool writes PKCS#1, SEC1 and PKCS#8, each behind a page of text; and PKCS#8 with a passphrase.
#[test]
fn keys_of_gnutls_are_read() {
    let bench = Bench::new();
    for (key, label) in [
        ("--key-type=rsa --bits=2048", "BEGIN RSA PRIVATE KEY"),
        ("--key-type=ecdsa --curve=secp256r1", "BEGIN EC PRIVATE KEY"),
        ("--key-type=ecdsa --curve=secp384r1 --pkcs8 --password=secret", "BEGIN ENCRYPTED PRIVATE KEY"),
        ("--key-type=ed25519", "BEGIN PRIVATE KEY"),
    ] {
        bench.certtool(&format!("--generate-privkey {key} --outfile=amy.key"));
        let text = bench.folder.read("amy.key");
        assert!(String::from_utf8_lossy(&text).contains(label), "{key} is no {label}");
        let passphrase = key.contains("secret").then_some("secret");
        let read = read_key(&text, passphrase).unwrap_or_else(|error| panic!("{label}: {error}"));
        let public = bench.folder.openssl("pkey -in amy.key -passin pass:secret -pubout");
        assert_eq!(read.public_key().to_pem(), public, "{label}");
        if passphrase.is_some() {
            assert_eq!(read_key(&text, Some("wrong")).unwrap_err().kind(), ErrorKind::Passphrase);
            assert_eq!(read_key(&text, None).unwrap_err().kind(), ErrorKind::Passphrase);
        }
    }
    let cut = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2Vw\n-----END PRIVATE KEY-----\n";
    assert_eq!(read_key(cut.as_bytes(), None).unwrap_err().kind(), ErrorKind::InvalidKey);
}

/// GnuTLS writes the number as an INTEGER has it: with a zero in front where its first bit is set, so an octet longer than
/// RFC 5915 says. Half of its keys are so; this one always is.
#[test]
fn a_key_of_gnutls_with_a_zero_in_front_is_read() {
    let folder = Folder::new();
    folder.write("amy.key", GNUTLS_KEY);
    let public = folder.openssl("pkey -in amy.key -pubout");
    assert_eq!(read_key(GNUTLS_KEY.as_bytes(), None).unwrap().public_key().to_pem(), public);
}

const GNUTLS_KEY: &str = "\
-----BEGIN EC PRIVATE KEY-----
MHgCAQEEIQCaMMUlUErigkMYZYwI6hUuXobUcMSxTyiOPi2QHfLSv6AKBggqhkjO
PQMBB6FEA0IABLsjuVTK2Y9rNLzNYwSgwWGFo9h677V4OHgM6LcAbObc1BK2r2Mv
BNQokU28ai9tSl6Efs8NDfaYiJopumRlrJM=
-----END EC PRIVATE KEY-----
";

/// Out of the keystore by way of openssl, which puts "Bag Attributes" in front and the certificate behind.
#[test]
fn keys_of_java_are_read() {
    let bench = Bench::new();
    for algorithm in ["RSA -keysize 2048", "EC -groupname secp256r1", "Ed25519"] {
        bench.keytool_request(algorithm, "");
        bench.folder.openssl("pkcs12 -in store.p12 -passin pass:secret -nodes -out amy.pem");
        let text = bench.folder.read("amy.pem");
        assert!(String::from_utf8_lossy(&text).contains("Bag Attributes"));
        let public = bench.folder.openssl("pkey -in amy.pem -pubout");
        assert_eq!(read_key(&text, None).unwrap().public_key().to_pem(), public, "{algorithm}");
    }
}

#[test]
fn go() {
    if Command::new("go").arg("version").output().is_err() {
        println!("passed over: there is no Go here");
        return;
    }
    let bench = Bench::new();
    bench.folder.write("main.go", GO);
    bench.tool("go", "run main.go");
    for name in ["rsa.csr", "p256.csr", "p384.csr", "ed25519.csr"] {
        let details = bench.issues_and_refuses_changed(name);
        assert_eq!(details.subject.text, "CN=amy,O=Amy", "{name}");
        assert!(!details.extensions.alt_names.is_empty());
    }
}

const GO: &str = r#"package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"net"
	"os"
)

func must[T any](value T, err error) T {
	if err != nil {
		panic(err)
	}
	return value
}

func main() {
	_, edwards, err := ed25519.GenerateKey(rand.Reader)
	keys := map[string]crypto.Signer{
		"rsa":     must(rsa.GenerateKey(rand.Reader, 2048)),
		"p256":    must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader)),
		"p384":    must(ecdsa.GenerateKey(elliptic.P384(), rand.Reader)),
		"ed25519": must(edwards, err),
	}
	for name, key := range keys {
		template := &x509.CertificateRequest{
			Subject:     pkix.Name{CommonName: "amy", Organization: []string{"Amy"}},
			DNSNames:    []string{"amy.example"},
			IPAddresses: []net.IP{net.ParseIP("10.0.0.1")},
		}
		der := must(x509.CreateCertificateRequest(rand.Reader, template, key))
		block := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE REQUEST", Bytes: der})
		if err := os.WriteFile(name+".csr", block, 0o600); err != nil {
			panic(err)
		}
	}
}
"#;

/// certreq puts attributes of its own around the extension request, in an order that is not DER's for a SET, and writes the
/// old label and CRLF.
#[test]
fn windows_certreq() {
    let bench = Bench::new();
    bench.folder.write(
        "req.cnf",
        "[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nC=DE\nO=Amy\nCN=amy\n\
         [ext]\nkeyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=clientAuth\n\
         subjectAltName=DNS:amy.example,otherName:1.3.6.1.4.1.311.20.2.3;UTF8:amy@amy.example\n\
         subjectKeyIdentifier=hash\n1.3.6.1.4.1.311.20.2=ASN1:BMPSTRING:WebServer\n",
    );
    bench.folder.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out k");
    bench.folder.openssl("req -new -key k -config req.cnf -reqexts ext -outform DER -out plain.csr");
    let info = windows_info(&bench.folder.read("plain.csr"));
    bench.folder.write("info", &info);
    bench.folder.openssl("dgst -sha256 -sign k -out signature info");
    let request = signed(&info, &bench.folder.read("signature"));
    let text = pem::encode("NEW CERTIFICATE REQUEST", &request).replace('\n', "\r\n");
    bench.folder.write("w.csr", text);
    bench.folder.openssl("req -in w.csr -noout -verify");

    // Without names of the caller's, the principal name in it decides: it is taken over, or refused; it is never lost.
    let options =
        IssueOptions { alt_names: Some(vec![AltName::classify("amy.example").unwrap()]), ..client() };
    let details = bench.issues_with("w.csr", &options);
    assert_eq!(details.subject.text, "CN=amy,O=Amy,C=DE");
    assert_eq!(details.extensions.extended_key_usage, ["clientAuth"]);
    // Nothing of Microsoft's goes into the certificate.
    let foreign = |oid: &str| oid.starts_with("1.3.6.1.4.1.311.");
    assert!(!details.extensions.extensions.iter().any(|extension| foreign(&extension.oid)), "{details:?}");
    bench.folder.write("changed.csr", pem::encode(pem::CERTIFICATE_REQUEST, &changed(&request)));
    bench.refuses("changed.csr", ErrorKind::RequestSignature);
}

/// The CertificationRequestInfo of a request, with certreq's attributes around its own.
fn windows_info(request: &[u8]) -> Vec<u8> {
    let (version, subject, key, extensions) = yasna::parse_der(request, |reader| {
        reader.read_sequence(|reader| {
            let parts = reader.next().read_sequence(|reader| {
                let mut part = || reader.next().read_der();
                let (version, subject, key) = (part()?, part()?, part()?);
                let attributes = reader.next().read_tagged_implicit(Tag::context(0), |reader| {
                    reader.collect_set_of(|reader| reader.read_der())
                })?;
                Ok((version, subject, key, attributes.into_iter().next().unwrap()))
            })?;
            reader.next().read_der()?;
            reader.next().read_der()?;
            Ok(parts)
        })
    })
    .unwrap();
    let attribute = |numbers: &[u64], value: &dyn Fn(DERWriter<'_>)| {
        yasna::construct_der(|writer| {
            writer.write_sequence(|writer| {
                writer.next().write_oid(&ObjectIdentifier::from_slice(numbers));
                writer.next().write_set(|writer| value(writer.next()));
            });
        })
    };
    let os_version =
        attribute(&[1, 3, 6, 1, 4, 1, 311, 13, 2, 3], &|writer| writer.write_ia5_string("10.0.20348.2"));
    let client_info = attribute(&[1, 3, 6, 1, 4, 1, 311, 21, 20], &|writer| {
        writer.write_sequence(|writer| {
            writer.next().write_u32(5);
            writer.next().write_utf8_string("amy-pc.amy.example");
            writer.next().write_utf8_string("AMY\\amy");
            writer.next().write_utf8_string("certreq.exe");
        });
    });
    let provider = attribute(&[1, 3, 6, 1, 4, 1, 311, 13, 2, 2], &|writer| {
        writer.write_sequence(|writer| {
            writer.next().write_u32(1);
            writer.next().write_bmp_string("Microsoft RSA SChannel Cryptographic Provider");
            writer.next().write_bitvec_bytes(&[], 0);
        });
    });
    yasna::construct_der(|writer| {
        writer.write_sequence(|writer| {
            for part in [&version, &subject, &key] {
                writer.next().write_der(part);
            }
            // As a SEQUENCE, since yasna would sort a SET.
            writer.next().write_tagged_implicit(Tag::context(0), |writer| {
                writer.write_sequence(|writer| {
                    for part in [&os_version, &client_info, &extensions, &provider] {
                        writer.next().write_der(part);
                    }
                });
            });
        });
    })
}

fn signed(info: &[u8], signature: &[u8]) -> Vec<u8> {
    yasna::construct_der(|writer| {
        writer.write_sequence(|writer| {
            writer.next().write_der(info);
            writer.next().write_sequence(|writer| {
                writer.next().write_oid(&ObjectIdentifier::from_slice(&[1, 2, 840, 113549, 1, 1, 11]));
                writer.next().write_null();
            });
            writer.next().write_bitvec_bytes(signature, signature.len() * 8);
        });
    })
}

/// cert-manager asks (through Go) with an empty subject, so that the alternative names are critical, and with the usages.
#[test]
fn cert_manager() {
    let bench = Bench::new();
    bench.folder.write(
        "req.cnf",
        "[req]\ndistinguished_name=dn\nprompt=no\n[dn]\n\
         [ext]\nsubjectAltName=critical,DNS:amy.example,DNS:*.amy.example,URI:spiffe://cluster.local/ns/amy/sa/default\n\
         keyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=clientAuth\n",
    );
    for key in [
        "-algorithm RSA -pkeyopt rsa_keygen_bits:2048",
        "-algorithm EC -pkeyopt ec_paramgen_curve:P-256",
        "-algorithm ED25519",
    ] {
        bench.folder.openssl(&format!("genpkey {key} -out k"));
        bench.folder.openssl("req -new -key k -config req.cnf -subj / -reqexts ext -out r.csr");
        let details = bench.issues_with("r.csr", &IssueOptions::default());
        assert_eq!(details.subject.text, "");
        let names = details.extensions.extensions.iter().find(|extension| extension.oid == "2.5.29.17");
        assert!(names.is_some_and(|names| names.critical), "RFC 5280 section 4.1.2.6");
        assert_eq!(details.extensions.alt_names.len(), 3);
        bench.refuses_changed("r.csr");
    }
}

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
