//! JSON Web Keys: with Node both ways, and what is refused.

use mtls_certs::ErrorKind;
use mtls_certs::key::{KeyAlgorithm, PrivateKey, PublicKey};

use super::common::{Folder, rng};
use super::{KEYS, genpkey, json, reads, refused};

#[test]
fn jwk_of_node_is_read_and_ours_by_node() {
    let folder = Folder::new();
    let node = |script: &str| {
        let script = format!("const c = require('crypto'), f = require('fs'); {script}");
        folder.write("script.js", script);
        let output = folder.run("node", "script.js");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    for (name, arguments, _) in KEYS {
        let public = genpkey(&folder, name, arguments);
        let theirs = node(&format!(
            "const k = c.createPrivateKey(f.readFileSync('{name}.pem')); \
             console.log(JSON.stringify({{ ...k.export({{ format: 'jwk' }}), kid: 'x', ext: true }}))"
        ));
        reads(theirs.as_bytes(), None, &public, name);
        reads(format!("\n  {theirs}\n").as_bytes(), None, &public, name);
        let key = PrivateKey::read(theirs.as_bytes(), None).unwrap();
        let mut expected = json(&theirs);
        for member in ["kid", "ext"] {
            expected.as_object_mut().unwrap().remove(member);
        }
        assert_eq!(json(&key.to_jwk().unwrap()), expected, "{name}");
        folder.write("ours.jwk", key.to_jwk().unwrap().as_bytes());
        folder.write("public.jwk", key.public_key().to_jwk().unwrap());
        let read = node(
            "const spki = { type: 'spki', format: 'pem' }, jwk = (x) => ({ key: JSON.parse(f.readFileSync(x)), format: 'jwk' }); \
             process.stdout.write(c.createPublicKey(c.createPrivateKey(jwk('ours.jwk'))).export(spki) \
             + c.createPublicKey(jwk('public.jwk')).export(spki))",
        );
        assert_eq!(read, format!("{public}{public}"), "{name}");
        let ours = PublicKey::read(&folder.read("public.jwk")).unwrap();
        assert_eq!(ours.to_pem(), public);
    }
}

#[test]
fn jwk_of_rsa_without_the_numbers_that_follow_from_the_others_is_read() {
    let folder = Folder::new();
    let public = genpkey(&folder, "k", KEYS[0].1);
    let mut jwk = json(&PrivateKey::read(&folder.read("k.pem"), None).unwrap().to_jwk().unwrap());
    let whole = jwk.clone();
    let without = |jwk: &mut serde_json::Value, members: &[&str]| {
        members.iter().for_each(|member| drop(jwk.as_object_mut().unwrap().remove(*member)));
    };
    without(&mut jwk, &["dp", "dq", "qi"]);
    reads(jwk.to_string().as_bytes(), None, &public, "without CRT");
    without(&mut jwk, &["p", "q"]);
    reads(jwk.to_string().as_bytes(), None, &public, "without primes");
    for d in ["", "AA", "AQAB"] {
        jwk["d"] = d.into();
        refused(jwk.to_string().as_bytes(), None, ErrorKind::InvalidKey, "p, q");
    }
    let mut half = whole.clone();
    without(&mut half, &["q"]);
    refused(half.to_string().as_bytes(), None, ErrorKind::InvalidKey, "`q`");
    let mut more = whole;
    more["oth"] = serde_json::json!([{}]);
    refused(more.to_string().as_bytes(), None, ErrorKind::UnsupportedKey, "more than two primes");
}

#[test]
fn jwk_is_refused_with_the_reason() {
    let key = PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng(1)).unwrap();
    let jwk = json(&key.to_jwk().unwrap());
    let with = |member: &str, value: serde_json::Value| {
        let mut jwk = jwk.clone();
        jwk[member] = value;
        jwk.to_string()
    };
    use ErrorKind::{InvalidKey, UnsupportedKey};
    let padded = format!("{}=", jwk["d"].as_str().unwrap());
    for (text, kind, word) in [
        ("{".to_owned(), InvalidKey, "JSON"),
        ("{}".to_owned(), InvalidKey, "`kty`"),
        (with("d", padded.into()), InvalidKey, "`d`"),
        (with("x", "AAAA".into()), InvalidKey, "`x` is not 32"),
        (with("x", serde_json::Value::Null), InvalidKey, "`x`"),
        (with("y", 5.into()), InvalidKey, "no string"),
        (with("d", serde_json::Value::Null), InvalidKey, "public key"),
        (format!("{{\"keys\":[{jwk}]}}"), InvalidKey, "set"),
        (with("crv", "P-521".into()), UnsupportedKey, "P-521"),
        (with("crv", "secp256k1".into()), UnsupportedKey, "secp256k1"),
        (with("kty", "oct".into()), UnsupportedKey, "symmetric"),
        ("{\"kty\":\"OKP\",\"crv\":\"X25519\",\"d\":\"\"}".to_owned(), UnsupportedKey, "X25519"),
    ] {
        refused(text.as_bytes(), None, kind, word);
    }
    let public = json(&key.public_key().to_jwk().unwrap());
    assert_eq!(public.as_object().unwrap().len(), 4);
    assert!(PublicKey::read(public.to_string().as_bytes()).is_ok());
    let error = PublicKey::read(jwk.to_string().as_bytes()).unwrap_err();
    assert!(error.message().contains("private"), "{error}");
}
