//! What OpenSSL looks at beyond the table of most verifiers: each is refused by both judges, and without it accepted by both.

use mtls_certs::verification::Purpose;

use super::{CA, Case, IDENTIFIED, P256, Pki, ca, case, leaf, server};

#[test]
fn an_issuer_named_by_its_serial_number() {
    let pki = Pki::new();
    let with_serial = format!("{}authorityKeyIdentifier=keyid,issuer:always\n", server());
    let named = with_serial.replace("authorityKeyIdentifier=keyid\n", "");
    pki.issue("bob", "root", &named);
    pki.issue("eve", "root", &server());
    pki.accepts(&case("bob", &[]));
    // The authority is renewed: same name, same key, another serial number.
    pki.self_signed("root", CA, "");
    pki.accepts(&case("eve", &[]));
    pki.refuses(
        &case("bob", &[]),
        &["unknown-issuer"],
        "bob: is issued by a root whose serial number or issuer is not that of the root given here",
    );
}

#[test]
fn a_root_that_names_another_as_its_issuer() {
    let pki = Pki::new();
    pki.0.openssl(&format!("genpkey {P256} -out odd.key"));
    let lost = format!("{CA}authorityKeyIdentifier=DER:30:06:80:04:01:02:03:04\n");
    pki.self_signed("odd", &lost, "");
    pki.issue("bob", "odd", &server());
    let odd = Case { trusted: vec!["odd.crt".to_owned()], ..case("bob", &[]) };
    pki.refuses(&odd, &["not-conforming"], "odd: names another certificate than itself as its issuer's");
    pki.self_signed("odd", &ca(""), "");
    pki.accepts(&odd);
}

#[test]
fn usages_of_authorities_and_of_netscape() {
    let pki = Pki::new();
    let any = format!("{CA}extendedKeyUsage=anyExtendedKeyUsage\n");
    pki.root("any", &any);
    pki.issue("bob", "any", &server());
    let under_any = Case { trusted: vec!["any.crt".to_owned()], ..case("bob", &[]) };
    pki.refuses(&under_any, &["wrong-purpose"], "any: is an authority whose extended key usage");
    pki.self_signed("any", &format!("{CA}extendedKeyUsage=anyExtendedKeyUsage,serverAuth\n"), "");
    pki.accepts(&under_any);
    pki.issue("amy", "root", &format!("{}nsCertType=client\n", server()));
    pki.refuses(&case("amy", &[]), &["wrong-purpose"], "amy: has a Netscape certificate type");
    pki.issue("amy", "root", &format!("{}nsCertType=client,server\n", server()));
    // Java and OpenSSL know it, rustls does not look at what is not critical.
    pki.accepts(&case("amy", &[]));
}

#[test]
fn constraints_and_common_names() {
    let pki = Pki::new();
    pki.root("narrow", &format!("{CA}nameConstraints=critical,permitted;DNS:example.com\n"));
    let trusted = vec!["narrow.crt".to_owned()];
    let client = |name: &str| Case {
        trusted: trusted.clone(),
        purpose: Purpose::Client,
        host: None,
        ..case(name, &[])
    };
    let by_mail = leaf("clientAuth", "email:amy@example.com");
    pki.issue("evil.com", "narrow", &by_mail);
    pki.refuses(&client("evil.com"), &["name-constraints"], "evil.com: holds evil.com");
    pki.issue("amy.example.com", "narrow", &by_mail);
    pki.accepts(&client("amy.example.com"));
    // No host name for either: it has no dot.
    pki.issue("amy", "narrow", &by_mail);
    pki.accepts(&client("amy"));
    // Where a DNS name is listed, the common name does not count.
    pki.issue("other.com", "narrow", &leaf("clientAuth", "DNS:amy.example.com"));
    pki.accepts(&client("other.com"));
}

#[test]
fn mailboxes_in_every_script_are_constrained() {
    let pki = Pki::new();
    pki.root("narrow", &format!("{CA}nameConstraints=critical,excluded;email:evil.com\n"));
    let case = Case {
        trusted: vec!["narrow.crt".to_owned()],
        purpose: Purpose::Client,
        host: None,
        ..case("amy", &[])
    };
    let mailbox = |text: &str| leaf("clientAuth", &format!("otherName:1.3.6.1.5.5.7.8.9;UTF8:{text}"));
    pki.issue("amy", "narrow", &mailbox("amy@evil.com"));
    pki.refuses(&case, &["name-constraints"], "amy: holds amy@evil.com");
    pki.issue("amy", "narrow", &mailbox("amy@good.com"));
    pki.accepts(&case);
}

#[test]
fn extensions_by_themselves() {
    let pki = Pki::new();
    let refused = |extensions: &str, code: &str, words: &str| {
        pki.issue("odd", "root", extensions);
        pki.refuses(&case("odd", &[]), &[code], words);
    };
    let length = server().replace("CA:FALSE", "CA:FALSE,pathlen:0");
    refused(&length, "not-conforming", "odd: is no authority and has a path length");
    let none = server().replace("DNS:localhost,DNS:*.dev.example,IP:127.0.0.1", "DER:30:00");
    pki.issue("odd", "root", &none);
    let nobody = Case { host: None, ..case("odd", &[]) };
    pki.refuses(&nobody, &["not-conforming"], "odd: has alternative names, and none among them");
    let java = |extensions: &str, code: &str, words: &str| {
        pki.issue("odd", "root", extensions);
        pki.refuses_unlike_openssl(&case("odd", &[]), &[code], words);
    };
    let points = "crlDistributionPoints=critical,URI:http://ca.example/crl\n";
    java(&format!("{}{points}", server()), "critical-extension", "odd: has a critical extension 2.5.29.31");
    let twice = "1.2.3.4=DER:05:00\n1.2.3.5=DER:05:00\n";
    pki.issue("odd", "root", &format!("{}{twice}", server()));
    pki.accepts(&case("odd", &[]));
    // openssl writes nothing twice: one octet makes the second the first's like, which the signature then tells besides.
    pki.0.openssl("x509 -in odd.crt -outform DER -out odd.crt");
    let mut der = pki.0.read("odd.crt");
    let second = der.windows(5).position(|oid| oid == [6, 3, 0x2a, 3, 5]).unwrap();
    der[second + 4] = 4;
    pki.0.write("odd.crt", der);
    let told = super::told(&pki.judge(&case("odd", &[])));
    assert!(told[0].starts_with("malformed: odd: has the extension 1.2.3.4 twice"), "{told:#?}");
    pki.0.openssl(&format!("genpkey {P256} -out odd.key"));
    pki.0.openssl("ec -in odd.key -conv_form compressed -out odd.key");
    pki.certify("odd", "root", &server(), "");
    pki.refuses_unlike_openssl(
        &case("odd", &[]),
        &["unsupported-key"],
        "odd: has a key whose point is compressed",
    );
}

#[test]
fn nobody_at_all() {
    let pki = Pki::new();
    let nameless = format!(
        "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=clientAuth\n{IDENTIFIED}"
    );
    let client = Case { purpose: Purpose::Client, host: None, ..case("amy", &[]) };
    pki.0.openssl(&format!("genpkey {P256} -out amy.key"));
    pki.0.openssl("req -new -key amy.key -subj / -out amy.csr");
    let sign = |extensions: &str| {
        pki.0.write("v3.ext", extensions);
        pki.0.openssl("x509 -req -in amy.csr -CA root.crt -CAkey root.key -CAcreateserial -days 20 -extfile v3.ext -out amy.crt");
    };
    sign(&nameless);
    pki.refuses(&client, &["not-conforming"], "has an empty subject and no alternative names");
    sign(&format!("{nameless}subjectAltName=critical,email:amy@example.com\n"));
    pki.accepts(&client);
}

#[test]
fn more_authorities_than_are_walked() {
    let pki = Pki::new();
    let mut above = "root".to_owned();
    let mut chain = Vec::new();
    for number in 0..7 {
        let name = format!("i{number}");
        pki.issue(&name, &above, &ca(""));
        chain.insert(0, format!("{name}.crt"));
        above = name;
    }
    pki.issue("bob", &above, &server());
    let seven = Case { chain: chain.clone(), ..case("bob", &[]) };
    let verdict = pki.judge(&seven);
    assert!(
        verdict.reasons.iter().any(|reason| reason.code.text() == "too-complex"),
        "{:#?}",
        super::told(&verdict)
    );
    pki.issue("amy", "i5", &server());
    pki.accepts(&Case { chain: chain.split_off(1), ..case("amy", &[]) });
}
