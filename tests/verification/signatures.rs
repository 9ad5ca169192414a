//! Keys and signatures: strong, weak and altered.

use mtls_certs::pem;
use mtls_certs::verification::{Purpose, VerificationCode};
use time::OffsetDateTime;

use super::common::{ALGORITHMS, guide_at};
use super::{Case, P256, Pki, ca, case, server, told};

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
