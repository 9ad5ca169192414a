//! The way from a leaf to what is trusted, and what the authorities on it allow.

use mtls_certs::key::KeyAlgorithm;
use mtls_certs::verification::Purpose;
use time::OffsetDateTime;

use super::common::guide_at;
use super::{CA, Case, P256, Pki, ca, case, leaf, server};

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
