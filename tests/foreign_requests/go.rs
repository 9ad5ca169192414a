//! Go, and cert-manager, which asks through it.

use std::process::Command;

use mtls_certs::certificate::IssueOptions;

use super::Bench;

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
