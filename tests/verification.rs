//! Chains with one defect each, and beside each the same chain without it. `openssl verify -x509_strict` judges both too, and where
//! its answer is another, the table says why.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::{ALGORITHMS, Folder, guide_at};
use mtls_certs::key::KeyAlgorithm;
use mtls_certs::pem;
use mtls_certs::verification::{
    Certificates, Crls, Purpose, Verdict, VerificationCode, VerifyOptions, verify,
};
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
        for leftover in ["index.txt", "index.txt.attr"] {
            self.0.write(leftover, "");
        }
        self.0.write("number", "01\n");
        self.0.write("ca.cnf", "[ca]\ndefault_ca=x\n[x]\ndatabase=index.txt\ncrlnumber=number\ndefault_md=sha256\ncrl_extensions=crl\n[crl]\nauthorityKeyIdentifier=keyid\n");
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

#[test]
fn dates() {
    let pki = Pki::new();
    pki.issue("bob", "root", &server());
    let good = case("bob", &[]);
    let path = pki.accepts(&good).path;
    assert_eq!(path.iter().map(|one| one.subject.as_str()).collect::<Vec<_>>(), ["CN=bob", "CN=root"]);
    let late = Case { at: good.at + Duration::days(25), ..good.clone() };
    pki.refuses(&late, &["expired"], "bob: expired on ");
    let early = Case { at: good.at - Duration::days(2), ..good.clone() };
    pki.refuses(&early, &["not-yet-valid", "not-yet-valid"], "bob: is not valid before ");
    // Everything at once.
    let all = Case {
        at: good.at + Duration::days(40),
        host: Some("bob.example"),
        purpose: Purpose::Client,
        ..good
    };
    pki.refuses(&all, &["expired", "wrong-purpose", "expired", "wrong-host"], "renew it");
}

#[test]
fn purposes_and_usages() {
    let pki = Pki::new();
    pki.issue("amy", "root", &leaf("clientAuth", "DNS:localhost"));
    let good = Case { purpose: Purpose::Client, host: None, ..case("amy", &[]) };
    pki.accepts(&good);
    pki.refuses(
        &Case { purpose: Purpose::Server, ..good.clone() },
        &["wrong-purpose"],
        "this one is for a client",
    );
    pki.issue("any", "root", &leaf("anyExtendedKeyUsage", "DNS:localhost"));
    pki.refuses(&case("any", &[]), &["wrong-purpose"], "anyExtendedKeyUsage");
    pki.issue("wide", "root", &leaf("anyExtendedKeyUsage,serverAuth", "DNS:localhost"));
    pki.accepts(&case("wide", &[]));
    pki.issue("encipher", "root", &server().replace("digitalSignature", "keyEncipherment"));
    pki.refuses_unlike_openssl(&case("encipher", &[]), &["wrong-purpose"], "digitalSignature");
    // An authority's usage is a limit on those below.
    pki.issue("clients", "root", &ca("extendedKeyUsage=clientAuth\n"));
    pki.issue("below", "clients", &leaf("serverAuth,clientAuth", "DNS:localhost"));
    let below = case("below", &["clients"]);
    pki.refuses(&below, &["wrong-purpose"], "clients: is an authority whose extended key usage (clientAuth)");
    pki.accepts(&Case { purpose: Purpose::Client, host: None, ..below });
}

#[test]
fn hosts() {
    let pki = Pki::new();
    pki.issue("bob", "root", &server());
    for host in ["localhost", "LocalHost", "127.0.0.1", "a.dev.example"] {
        pki.accepts(&Case { host: Some(host), ..case("bob", &[]) });
    }
    for host in ["bob.example", "127.0.0.2", "dev.example", "a.b.dev.example", "::1", "bob"] {
        let verdict = pki.refuses(&Case { host: Some(host), ..case("bob", &[]) }, &["wrong-host"], host);
        assert!(verdict.reasons[0].message.contains("only localhost, *.dev.example, 127.0.0.1;"));
        assert_eq!(verdict.reasons[0].covers.as_ref().unwrap().len(), 3);
    }
    pki.issue("idn", "root", &leaf("serverAuth", "DNS:xn--bcher-kva.example"));
    let idn = Case { host: Some("bücher.example"), ..case("idn", &[]) };
    assert!(pki.judge(&idn).reasons.is_empty());
    assert!(!pki.judge(&Case { host: Some("bucher.example"), ..idn }).reasons.is_empty());
    // Without alternative names, the common name does not count; for OpenSSL it does.
    pki.issue(
        "localhost",
        "root",
        &server().replace("subjectAltName=DNS:localhost,DNS:*.dev.example,IP:127.0.0.1\n", ""),
    );
    pki.refuses_unlike_openssl(&case("localhost", &[]), &["wrong-host"], "the common name does not count");
    for host in ["https://localhost/", "localhost:3000", "", "*.example.com", "amy@example.com"] {
        assert!(VerifyOptions::host(host).is_err(), "{host}");
    }
}

#[test]
fn authorities_and_leaves() {
    let pki = Pki::new();
    pki.issue("middle", "root", &ca(""));
    pki.issue("bob", "middle", &server());
    pki.accepts(&case("bob", &["middle"]));
    // In the leaf's own file, in whatever order, with what nobody needs.
    pki.0.write(
        "bundle.crt",
        [pki.0.read("bob.crt"), pki.0.read("root.crt"), pki.0.read("middle.crt")].concat(),
    );
    pki.issue("other", "root", &server());
    let bundle = case("bundle", &["other", "middle", "middle"]);
    assert!(pki.judge(&bundle).reasons.is_empty());
    pki.refuses(
        &case("bob", &[]),
        &["unknown-issuer"],
        "bob: is issued by middle, but only root is trusted here; trust middle, or, if it is an intermediate, add its certificate",
    );
    pki.issue(
        "localhost",
        "root",
        &ca("subjectAltName=DNS:localhost\n").replace("keyCertSign", "digitalSignature,keyCertSign"),
    );
    pki.refuses_unlike_openssl(&case("localhost", &[]), &["ca-as-leaf"], "Firefox and rustls");
    pki.issue("server", "root", &server());
    pki.issue("under", "server", &server());
    pki.refuses(&case("under", &["server"]), &["not-an-authority"], "server: is not an authority");
    pki.issue("nosign", "root", &ca("").replace("keyCertSign,", ""));
    pki.issue("signed", "nosign", &server());
    pki.refuses(&case("signed", &["nosign"]), &["not-an-authority"], "lacks keyCertSign");
    // A trusted intermediate ends the path.
    let partial = Case { trusted: vec!["middle.crt".to_owned()], ..case("bob", &[]) };
    assert!(pki.judge(&partial).reasons.is_empty());
}

#[test]
fn what_is_trusted() {
    let pki = Pki::new();
    pki.root("stranger", CA);
    pki.issue("bob", "root", &server());
    let strange = Case { trusted: vec!["stranger.crt".to_owned()], ..case("bob", &[]) };
    pki.refuses(
        &strange,
        &["unknown-issuer"],
        "bob: is issued by root, but only stranger is trusted here; trust root",
    );
    let whole = Case { chain: vec!["root.crt".to_owned()], ..strange };
    pki.refuses(&whole, &["untrusted-root"], "root: is the root of this chain, but only stranger is trusted");
    // The authority was made anew under its old name.
    let again = Pki::new();
    pki.0.write("again.crt", again.0.read("root.crt"));
    let anew = Case { trusted: vec!["again.crt".to_owned()], ..case("bob", &[]) };
    pki.refuses(
        &anew,
        &["unknown-issuer"],
        "bob: is issued by a root whose key is not that of the root given here",
    );
    // Both are trusted: the right one is found.
    pki.accepts(&Case { trusted: vec!["again.crt".to_owned(), "root.crt".to_owned()], ..case("bob", &[]) });
    // A self-signed server is trusted itself, or not at all.
    pki.0.openssl(&format!("genpkey {P256} -out own.key"));
    pki.self_signed("own", &server(), "");
    let own = case("own", &[]);
    pki.refuses(&own, &["self-signed"], "own: has signed itself, and only root is trusted here");
    let trusted = Case { trusted: vec!["own.crt".to_owned()], ..own };
    assert_eq!(pki.accepts(&trusted).path.len(), 1);
    pki.refuses(&Case { host: Some("other"), ..trusted }, &["wrong-host"], "other");
    let itself = Case { trusted: vec!["bob.crt".to_owned()], ..case("bob", &[]) };
    pki.refuses(&itself, &["unknown-issuer"], "bob: is trusted itself, but is not self-signed");
    // The trusted one's own dates and usages count.
    pki.root("bare", "subjectKeyIdentifier=hash\n");
    pki.issue("sue", "bare", &server());
    let bare = Case { trusted: vec!["bare.crt".to_owned()], ..case("sue", &[]) };
    pki.refuses(&bare, &["not-an-authority"], "bare: is not an authority");
}

#[test]
fn constraints_of_names_and_of_lengths() {
    let pki = Pki::new();
    pki.issue(
        "narrow",
        "root",
        &ca("nameConstraints=critical,permitted;DNS:example.com,excluded;IP:10.0.0.0/255.0.0.0\n"),
    );
    pki.issue("in", "narrow", &leaf("serverAuth", "DNS:a.example.com"));
    pki.issue("out", "narrow", &leaf("serverAuth", "DNS:a.example.org"));
    pki.issue("ip", "narrow", &leaf("serverAuth", "DNS:a.example.com,IP:10.1.2.3"));
    let example = |name| Case { host: None, ..case(name, &["narrow"]) };
    pki.accepts(&example("in"));
    pki.refuses(&example("out"), &["name-constraints"], "out: holds a.example.org, which the authority may not sign for: its name constraints permit only example.com (narrow)");
    pki.refuses(&example("ip"), &["name-constraints"], "10.1.2.3");
    pki.issue("upper", "root", &ca("").replace("CA:TRUE", "CA:TRUE,pathlen:0"));
    pki.issue("direct", "upper", &server());
    pki.accepts(&case("direct", &["upper"]));
    pki.issue("lower", "upper", &ca(""));
    pki.issue("deep", "lower", &server());
    pki.refuses(&case("deep", &["lower", "upper"]), &["path-length"], "upper: allows 0 authorities");
    // webpki does not look at the trusted one's.
    pki.root("short", &CA.replace("CA:TRUE", "CA:TRUE,pathlen:0"));
    pki.issue("mid", "short", &ca(""));
    pki.issue("long", "mid", &server());
    let long = Case { trusted: vec!["short.crt".to_owned()], ..case("long", &["mid"]) };
    pki.refuses(
        &long,
        &["path-length"],
        "short: allows 0 authorities between itself and a leaf (path length), and here are 1",
    );
}

#[test]
fn keys_and_signatures() {
    let pki = Pki::new();
    for (name, key) in [
        ("rsa2048", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048"),
        ("rsa1024", "-algorithm RSA -pkeyopt rsa_keygen_bits:1024"),
        ("p521", "-algorithm EC -pkeyopt ec_paramgen_curve:P-521"),
    ] {
        pki.0.openssl(&format!("genpkey {key} -out {name}.key"));
        pki.certify(name, "root", &server(), "");
    }
    pki.accepts(&case("rsa2048", &[]));
    pki.refuses_unlike_openssl(&case("rsa1024", &[]), &["weak-key"], "RSA key of 1024 bits");
    pki.refuses_unlike_openssl(&case("p521", &[]), &["unsupported-key"], "P-521, which Chromium refuses");
    // A weak authority: what it signed can't count.
    pki.certify("rsa1024", "root", &ca(""), "");
    pki.issue("under", "rsa1024", &server());
    pki.refuses_alone(
        &case("under", &["rsa1024"]),
        &["weak-key"],
        "rsa1024: has a key that verifiers refuse",
    );
    pki.certify("rsa2048", "root", &ca(""), "");
    for (digest, good) in
        [("sha256", true), ("sha384", true), ("sha512", true), ("sha1", false), ("md5", false)]
    {
        pki.0.openssl(&format!("genpkey {P256} -out {digest}.key"));
        pki.certify(digest, "rsa2048", &server(), &format!("-{digest}"));
        let asked = case(digest, &["rsa2048"]);
        if good {
            pki.accepts(&asked);
        } else {
            pki.refuses_alone(&asked, &["weak-signature"], "which can be forged");
        }
    }
    pki.certify(
        "sha256",
        "rsa2048",
        &server(),
        "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:digest",
    );
    pki.accepts(&case("sha256", &["rsa2048"]));
    pki.certify("sha256", "rsa2048", &server(), "-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20");
    let odd = pki.judge(&case("sha256", &["rsa2048"]));
    assert_eq!(odd.reasons[0].code, VerificationCode::UnsupportedSignature, "{:?}", told(&odd));
}

#[test]
fn every_algorithm_of_ours_signs_chains() {
    for algorithm in ALGORITHMS {
        let pki = Pki(guide_at(*algorithm, false, OffsetDateTime::now_utc()));
        let bob = Case { trusted: vec!["ca.crt".to_owned()], ..case("bob_server", &[]) };
        pki.accepts(&bob);
        let amy =
            Case { leaf: "amy_client.crt".to_owned(), purpose: Purpose::Client, host: None, ..bob.clone() };
        pki.accepts(&amy);
        pki.refuses(
            &Case { purpose: Purpose::Server, host: None, ..amy },
            &["wrong-purpose"],
            "amy-client: is not for a server",
        );
        // One bit of what is signed, one of the signature.
        let der = x509_parser::pem::parse_x509_pem(&pki.0.read("bob_server.crt")).unwrap().1.contents;
        let at = der.windows(9).rposition(|window| window == b"localhost").unwrap();
        for (index, name) in [(at, "names.crt"), (der.len() - 1, "signature.crt")] {
            let mut altered = der.clone();
            altered[index] ^= 1;
            pki.0.write(name, pem::encode(pem::CERTIFICATE, &altered));
            let altered = Case { leaf: name.to_owned(), host: None, ..bob.clone() };
            pki.refuses(&altered, &["bad-signature"], "it was altered");
        }
    }
}

#[test]
fn the_guide_with_distinct_authorities() {
    let pki = Pki(guide_at(KeyAlgorithm::EcdsaP256, true, OffsetDateTime::now_utc()));
    let bob = Case { trusted: vec!["bob_ca.crt".to_owned()], ..case("bob_server", &[]) };
    let amy = Case {
        leaf: "amy_client.crt".to_owned(),
        trusted: vec!["amy_ca.crt".to_owned()],
        purpose: Purpose::Client,
        host: None,
        ..bob.clone()
    };
    pki.accepts(&bob);
    pki.accepts(&amy);
    let crosswise = Case { trusted: amy.trusted.clone(), ..bob.clone() };
    pki.refuses(
        &crosswise,
        &["unknown-issuer"],
        "localhost: is issued by bob-ca, but only amy-ca is trusted here",
    );
    let crosswise = Case { trusted: bob.trusted, ..amy };
    pki.refuses(
        &crosswise,
        &["unknown-issuer"],
        "amy-client: is issued by amy-ca, but only bob-ca is trusted here",
    );
}

#[test]
fn old_and_unusual_certificates() {
    let pki = Pki::new();
    pki.issue("bob", "root", &server());
    pki.accepts(&case("bob", &[]));
    pki.0.openssl(&format!("genpkey {P256} -out old.key"));
    pki.certify("old", "root", "", "");
    // Strict OpenSSL takes version 1; openssl 3.0 writes it where there is no extension.
    pki.refuses_alone(&Case { host: None, ..case("old", &[]) }, &["x509-v1"], "old: is X.509 v1");
    pki.refuses_alone(&case("old", &[]), &["x509-v1", "wrong-host"], "");
    let odd = |name: &str, extensions: String, code: &str, words: &str| {
        pki.issue(name, "root", &extensions);
        pki.refuses(&case(name, &[]), &[code], words);
    };
    odd("critical", format!("{}1.2.3.4=critical,DER:0500\n", server()), "critical-extension", "1.2.3.4");
    odd("noaki", server().replace("=keyid\n", "=none\n"), "not-conforming", "no authority key identifier");
    odd(
        "signs",
        server().replace("digitalSignature", "digitalSignature,keyCertSign"),
        "not-conforming",
        "only an authority may",
    );
    let authorities = [
        ("nousage", ca("").replace("keyUsage=critical,keyCertSign,cRLSign\n", ""), "without a key usage"),
        ("uncritical", ca("").replace("=critical,CA", "=CA"), "not critical"),
        ("noski", ca("").replace("=hash\n", "=none\n"), "without a subject key identifier"),
    ];
    for (name, extensions, words) in authorities {
        pki.issue(name, "root", &extensions);
        let below = format!("{name}-leaf");
        let extensions =
            if name == "noski" { server().replace("keyid\n", "issuer:always\n") } else { server() };
        pki.issue(&below, name, &extensions);
        let verdict = pki.judge(&case(&below, &[name]));
        assert!(verdict.reasons.iter().all(|reason| reason.code == VerificationCode::NotConforming));
        assert!(verdict.reasons.iter().any(|reason| reason.message.contains(words)), "{:?}", told(&verdict));
        assert!(!pki.openssl(&case(&below, &[name])), "{name}");
    }
}

#[test]
fn revocation() {
    let pki = Pki::new();
    pki.issue("middle", "root", &ca(""));
    pki.issue("bob", "middle", &server());
    pki.issue("eve", "middle", &server());
    pki.crl("root", &[], "root.crl", "-crldays 10");
    pki.crl("middle", &["eve"], "middle.crl", "-crldays 10");
    let lists = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let both = lists(&["root.crl", "middle.crl"]);
    let bob = Case { crls: both.clone(), ..case("bob", &["middle"]) };
    pki.accepts(&bob);
    let eve = Case { crls: both, ..case("eve", &["middle"]) };
    let verdict = pki.refuses(&eve, &["revoked"], "eve: was revoked by middle on ");
    let revocation = verdict.reasons[0].revocation.as_ref().unwrap();
    assert_eq!(revocation.reason, Some("keyCompromise"));
    assert!((OffsetDateTime::now_utc() - revocation.date).whole_minutes() < 10);
    pki.accepts(&Case { crls: Vec::new(), ..eve });
    pki.refuses(
        &Case { crls: lists(&["root.crl"]), ..bob.clone() },
        &["crl-missing"],
        "bob: is issued by middle, of whom no revocation list",
    );
    pki.refuses(
        &Case { crls: lists(&["middle.crl"]), ..bob.clone() },
        &["crl-missing"],
        "middle: is issued by root",
    );
    let late = Case { at: bob.at + Duration::days(12), ..bob.clone() };
    pki.refuses(&late, &["crl-expired", "crl-expired"], "was to be replaced on");
    // An intermediate that is revoked.
    pki.crl("root", &["middle"], "none.crl", "-crldays 10");
    pki.refuses(
        &Case { crls: lists(&["none.crl", "middle.crl"]), ..bob.clone() },
        &["revoked"],
        "middle: was revoked by root",
    );
    // The list of another authority of the name.
    let again = Pki::new();
    again.issue("middle", "root", &ca(""));
    again.crl("middle", &[], "middle.crl", "-crldays 10");
    pki.0.write("strange.crl", again.0.read("middle.crl"));
    let strange = Case { crls: lists(&["root.crl", "strange.crl"]), ..bob.clone() };
    pki.refuses(&strange, &["crl-signature"], "not signed by its key");
    // An authority that may not sign lists; webpki does not look at the trusted one's usage.
    pki.root("mute", &CA.replace(",cRLSign", ""));
    pki.issue("sue", "mute", &server());
    pki.crl("mute", &[], "mute.crl", "-crldays 10");
    let mute = Case { trusted: lists(&["mute.crt"]), crls: lists(&["mute.crl"]), ..case("sue", &[]) };
    pki.refuses(&mute, &["crl-signature"], "lacks cRLSign");
}

/// An authority goes on under its name with a new key: each key has its own list.
#[test]
fn lists_of_namesakes() {
    let pki = Pki::new();
    pki.issue("old", "root", &server());
    pki.crl("root", &["old"], "old.crl", "-crldays 10");
    pki.0.write("root-1.crt", pki.0.read("root.crt"));
    pki.root("root", CA);
    pki.issue("new", "root", &server());
    pki.crl("root", &[], "new.crl", "-crldays 10");
    for crls in [["old.crl", "new.crl"], ["new.crl", "old.crl"]] {
        let crls: Vec<_> = crls.iter().map(|name| (*name).to_owned()).collect();
        let trusted = vec!["root-1.crt".to_owned(), "root.crt".to_owned()];
        let new = Case { crls, trusted, ..case("new", &[]) };
        assert!(pki.judge(&new).reasons.is_empty(), "{:?}", told(&pki.judge(&new)));
        pki.refuses_alone(
            &Case { leaf: "old.crt".to_owned(), ..new },
            &["revoked"],
            "old: was revoked by root",
        );
    }
}
