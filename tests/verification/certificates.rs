//! What a certificate itself says: its dates, usages and names, its version and its extensions.

use mtls_certs::verification::{Purpose, VerificationCode, VerifyOptions};
use time::Duration;

use super::{Case, P256, Pki, ca, case, leaf, server, told};

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
