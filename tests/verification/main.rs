//! Chains with one defect each, and beside each the same chain without it. `openssl verify -x509_strict` judges both too, and where
//! its answer is another, the table says why.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;

mod certificates;
mod conforming;
mod crls;
mod paths;
mod signatures;

use common::Folder;
use mtls_certs::verification::{Certificates, Crls, Purpose, Verdict, VerifyOptions, verify};
use time::{Duration, OffsetDateTime};

const CA: &str =
    "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\n";
const IDENTIFIED: &str = "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n";
const P256: &str = "-algorithm EC -pkeyopt ec_paramgen_curve:P-256";

/// One question, put to us and to OpenSSL.
#[derive(Clone)]
struct Case {
    leaf: String,
    chain: Vec<String>,
    trusted: Vec<String>,
    purpose: Purpose,
    host: Option<&'static str>,
    at: OffsetDateTime,
    crls: Vec<String>,
}

/// A folder of openssl's certificates, `root` to begin with.
struct Pki(Folder);

impl Pki {
    fn new() -> Self {
        let pki = Self(Folder::new());
        pki.root("root", CA);
        pki
    }

    fn root(&self, name: &str, extensions: &str) {
        self.0.openssl(&format!("genpkey {P256} -out {name}.key"));
        self.self_signed(name, extensions, "");
    }

    fn self_signed(&self, name: &str, extensions: &str, arguments: &str) {
        self.0.write(
            "v3.cnf",
            format!("[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nCN={name}\n[v3]\n{extensions}"),
        );
        self.0.openssl(&format!(
            "req -x509 -new -key {name}.key -config v3.cnf -extensions v3 -days 30 {arguments} -out {name}.crt"
        ));
    }

    /// `name.crt` of a key of its own, by an issuer, with these extensions.
    fn issue(&self, name: &str, issuer: &str, extensions: &str) {
        self.0.openssl(&format!("genpkey {P256} -out {name}.key"));
        self.certify(name, issuer, extensions, "");
    }

    fn certify(&self, name: &str, issuer: &str, extensions: &str, arguments: &str) {
        self.0.openssl(&format!("req -new -key {name}.key -subj /CN={name} -out {name}.csr"));
        self.0.write("v3.ext", extensions);
        let extensions = if extensions.is_empty() { "" } else { "-extfile v3.ext" };
        self.0.openssl(&format!(
            "x509 -req -in {name}.csr -CA {issuer}.crt -CAkey {issuer}.key -CAcreateserial -days 20 {extensions} {arguments} -out {name}.crt"
        ));
    }

    /// A list of an issuer's, with what it revokes.
    fn crl(&self, issuer: &str, revoked: &[&str], file: &str, arguments: &str) {
        self.crl_numbered(issuer, revoked, file, arguments, "01");
    }

    fn crl_numbered(&self, issuer: &str, revoked: &[&str], file: &str, arguments: &str, number: &str) {
        self.0.write("number", format!("{number}\n"));
        self.crl_with(issuer, revoked, file, arguments, "");
    }

    /// `point.crl`, which is about the certificates that say that it is found there.
    fn crl_of_a_point(&self, issuer: &str, point: &str) {
        let at = format!(
            "issuingDistributionPoint=critical,@point\n[point]\nfullname=URI:http://ca.example/{point}\n"
        );
        self.0.write("number", "01\n");
        self.crl_with(issuer, &[], &format!("{point}.crl"), "-crldays 10", &at);
    }

    fn crl_with(&self, issuer: &str, revoked: &[&str], file: &str, arguments: &str, extensions: &str) {
        for leftover in ["index.txt", "index.txt.attr"] {
            self.0.write(leftover, "");
        }
        let config = "[ca]\ndefault_ca=x\n[x]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\ncrl_extensions=crl\n[crl]\nauthorityKeyIdentifier=keyid\n";
        self.0.write("ca.cnf", format!("{config}{extensions}"));
        let ca = format!("ca -config ca.cnf -cert {issuer}.crt -keyfile {issuer}.key");
        for name in revoked {
            self.0.openssl(&format!("{ca} -revoke {name}.crt -crl_reason keyCompromise"));
        }
        self.0.openssl(&format!("{ca} -gencrl {arguments} -out {file}"));
    }

    fn judge(&self, case: &Case) -> Verdict {
        verify(&self.options(case)).unwrap()
    }

    fn options(&self, case: &Case) -> VerifyOptions {
        let certificates = |names: &[String]| {
            Certificates::together(names.iter().map(|name| Certificates::read(&self.0.read(name)).unwrap()))
                .unwrap()
        };
        let crls = case.crls.iter().map(|name| Crls::read(&self.0.read(name)).unwrap());
        VerifyOptions {
            certificate: certificates(std::slice::from_ref(&case.leaf)),
            chain: certificates(&case.chain),
            trusted: certificates(&case.trusted),
            purpose: case.purpose,
            host: case.host.map(|host| VerifyOptions::host(host).unwrap()),
            at: case.at,
            crls: if case.crls.is_empty() { None } else { Some(Crls::together(crls).unwrap()) },
        }
    }

    /// What `openssl verify -x509_strict` says.
    fn openssl(&self, case: &Case) -> bool {
        let together =
            |names: &[String]| names.iter().flat_map(|name| self.0.read(name)).collect::<Vec<u8>>();
        let purpose = if case.purpose == Purpose::Server { "sslserver" } else { "sslclient" };
        let mut line = format!("verify -x509_strict -purpose {purpose} -attime {}", case.at.unix_timestamp());
        self.0.write("trusted.pem", [together(&case.trusted), together(&case.crls)].concat());
        line += " -CAfile trusted.pem -no-CApath -no-CAstore";
        if let Some(host) = case.host {
            let kind = if host.parse::<std::net::IpAddr>().is_ok() { "ip" } else { "hostname" };
            line += &format!(" -verify_{kind} {host}");
        }
        if !case.chain.is_empty() {
            self.0.write("chain.pem", together(&case.chain));
            line += " -untrusted chain.pem";
        }
        if !case.crls.is_empty() {
            line += " -crl_check -crl_check_all";
        }
        self.0.run("openssl", &format!("{line} {}", case.leaf)).status.success()
    }

    /// Accepted by both judges.
    fn accepts(&self, case: &Case) -> Verdict {
        let verdict = self.judge(case);
        assert!(verdict.reasons.is_empty(), "{}: {:#?}", case.leaf, told(&verdict));
        assert!(self.openssl(case), "{}: openssl refuses it", case.leaf);
        verdict
    }

    /// Refused with exactly these codes, and words of the message of the first; by OpenSSL too.
    fn refuses(&self, case: &Case, codes: &[&str], words: &str) -> Verdict {
        assert!(!self.openssl(case), "{}: openssl accepts it", case.leaf);
        self.refuses_alone(case, codes, words)
    }

    /// The same, where OpenSSL accepts it.
    fn refuses_unlike_openssl(&self, case: &Case, codes: &[&str], words: &str) {
        assert!(self.openssl(case), "{}: openssl refuses it too", case.leaf);
        self.refuses_alone(case, codes, words);
    }

    fn refuses_alone(&self, case: &Case, codes: &[&str], words: &str) -> Verdict {
        let verdict = self.judge(case);
        let found: Vec<_> = verdict.reasons.iter().map(|reason| reason.code.text()).collect();
        assert_eq!(found, codes, "{}: {:#?}", case.leaf, told(&verdict));
        assert!(verdict.reasons[0].message.contains(words), "{}: {:#?}", case.leaf, told(&verdict));
        verdict
    }
}

fn told(verdict: &Verdict) -> Vec<String> {
    verdict.reasons.iter().map(|reason| format!("{}: {}", reason.code.text(), reason.message)).collect()
}

fn leaf(usage: &str, names: &str) -> String {
    format!(
        "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage={usage}\nsubjectAltName={names}\n{IDENTIFIED}"
    )
}

fn server() -> String {
    leaf("serverAuth", "DNS:localhost,DNS:*.dev.example,IP:127.0.0.1")
}

fn ca(more: &str) -> String {
    format!("{CA}authorityKeyIdentifier=keyid\n{more}")
}

fn case(leaf: &str, chain: &[&str]) -> Case {
    let files = |names: &[&str]| names.iter().map(|name| format!("{name}.crt")).collect();
    Case {
        leaf: format!("{leaf}.crt"),
        chain: files(chain),
        trusted: files(&["root"]),
        purpose: Purpose::Server,
        host: Some("localhost"),
        at: OffsetDateTime::now_utc() + Duration::MINUTE,
        crls: Vec::new(),
    }
}
