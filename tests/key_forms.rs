//! Every form of key: those that openssl and Node write are read here, those written here are read by openssl, Java and
//! Node, and what is refused is refused by name.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use common::{ALGORITHMS, Folder, rng};
use mtls_certs::ErrorKind;
use mtls_certs::key::{KeyAlgorithm, KeyFormat, PrivateKey, PublicKey};
use mtls_certs::pem;
use proptest::prelude::*;

/// What openssl makes, and Java's name of it.
const KEYS: [(&str, &str, &str); 4] = [
    ("rsa", "-algorithm RSA -pkeyopt rsa_keygen_bits:2048", "RSA"),
    ("p256", "-algorithm EC -pkeyopt ec_paramgen_curve:P-256", "EC"),
    ("p384", "-algorithm EC -pkeyopt ec_paramgen_curve:P-384", "EC"),
    ("ed25519", "-algorithm ED25519", "Ed25519"),
];

/// `openssl pkcs8 -topk8` with each scheme that is read.
const SCHEMES: [&str; 14] = [
    "-v2 aes128 -v2prf hmacWithSHA1",
    "-v2 aes-192-cbc -v2prf hmacWithSHA224",
    "-v2 aes-256-cbc -v2prf hmacWithSHA256",
    "-v2 aes-256-cbc -v2prf hmacWithSHA384",
    "-v2 aes-256-cbc -v2prf hmacWithSHA512",
    "-v2 des3 -v2prf hmacWithSHA1",
    "-scrypt",
    "-scrypt -v2 aes128",
    "-v1 PBE-SHA1-3DES",
    "-v1 PBE-SHA1-2DES",
    "-v1 PBE-SHA1-DES -provider legacy -provider default",
    "-v1 PBE-MD5-DES -provider legacy -provider default",
    "-v1 PBE-SHA1-RC2-40 -provider legacy -provider default",
    "-v1 PBE-SHA1-RC2-128 -provider legacy -provider default",
];

/// A new key of openssl in `name.pem`, and its public half.
fn genpkey(folder: &Folder, name: &str, arguments: &str) -> String {
    folder.openssl(&format!("genpkey {arguments} -out {name}.pem"));
    folder.openssl(&format!("pkey -in {name}.pem -pubout"))
}

/// Reads as the private key of `public`.
fn reads(input: &[u8], passphrase: Option<&str>, public: &str, what: &str) {
    let key = PrivateKey::read(input, passphrase).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(key.public_key().to_pem(), public, "{what}");
}

fn refused(input: &[u8], passphrase: Option<&str>, kind: ErrorKind, word: &str) {
    let error = PrivateKey::read(input, passphrase).map(|_| ()).expect_err(word);
    assert_eq!(error.kind(), kind, "{word}: {error}");
    assert!(error.message().contains(word), "{word}: {error}");
}

#[test]
fn forms_of_openssl_are_read_as_pem_and_der() {
    let folder = Folder::new();
    for (name, arguments, _) in KEYS {
        let public = genpkey(&folder, name, arguments);
        for form in ["", "-traditional"] {
            if (name, form) == ("ed25519", "-traditional") {
                continue;
            }
            folder.openssl(&format!("pkey -in {name}.pem {form} -out out.pem"));
            let text = String::from_utf8(folder.read("out.pem")).unwrap();
            let label = match (name, form) {
                ("rsa", "-traditional") => "RSA PRIVATE KEY",
                ("p256" | "p384", "-traditional") => "EC PRIVATE KEY",
                _ => "PRIVATE KEY",
            };
            assert!(text.starts_with(&format!("-----BEGIN {label}-----")), "{name} {form}");
            let what = format!("{name} {form}");
            reads(text.as_bytes(), None, &public, &what);
            // OpenSSL ignores a passphrase that is not needed, too.
            reads(text.as_bytes(), Some("not needed"), &public, &what);
            reads(text.replace('\n', "\r\n").as_bytes(), None, &public, &what);
            reads(format!("subject=CN = x\n\n{text}\ntrailing").as_bytes(), None, &public, &what);
            folder.openssl(&format!("pkey -in {name}.pem {form} -outform DER -out out.der"));
            reads(&folder.read("out.der"), None, &public, &what);
        }
    }
}

#[test]
fn a_key_is_found_beside_other_blocks_and_two_are_refused() {
    let folder = Folder::new();
    folder.openssl("ecparam -name prime256v1 -genkey -out ec.pem");
    let public = folder.openssl("pkey -in ec.pem -pubout");
    let text = String::from_utf8(folder.read("ec.pem")).unwrap();
    assert!(text.contains("BEGIN EC PARAMETERS"), "{text}");
    reads(text.as_bytes(), None, &public, "behind its parameters");
    folder.openssl("req -x509 -new -key ec.pem -subj /CN=x -out x.crt");
    let certificate = String::from_utf8(folder.read("x.crt")).unwrap();
    reads(format!("{certificate}{text}").as_bytes(), None, &public, "behind a certificate");
    reads(format!("{text}{certificate}{certificate}").as_bytes(), None, &public, "before two");
    refused(format!("{text}{text}").as_bytes(), None, ErrorKind::MultiplePem, "2");
    refused(certificate.as_bytes(), None, ErrorKind::InvalidPem, "CERTIFICATE");
    refused(public.as_bytes(), None, ErrorKind::InvalidPem, "PUBLIC KEY");
    folder.openssl("x509 -in x.crt -outform DER -out x.der");
    refused(&folder.read("x.der"), None, ErrorKind::InvalidPem, "certificate");
    folder.openssl("pkey -in ec.pem -pubout -outform DER -out pub.der");
    refused(&folder.read("pub.der"), None, ErrorKind::InvalidKey, "public key");
}

#[test]
fn a_curve_is_taken_from_the_parameters_beside_a_key_that_does_not_say_its_own() {
    let folder = Folder::new();
    let public = genpkey(&folder, "k", KEYS[1].1);
    folder.openssl("pkey -in k.pem -traditional -outform DER -out k.der");
    let der = folder.read("k.der");
    // SEQUENCE { 1, OCTET STRING } of the one that says its curve and its point too.
    let bare = [&[0x30, 0x25, 2, 1, 1, 4, 0x20], &der[7..39]].concat();
    refused(&bare, None, ErrorKind::UnsupportedKey, "EC PARAMETERS");
    let key = pem::encode(pem::EC_PRIVATE_KEY, &bare);
    let beside = |curve: &str| folder.openssl(&format!("ecparam -name {curve}")) + &key;
    reads(beside("prime256v1").as_bytes(), None, &public, "P-256 beside");
    refused(beside("secp384r1").as_bytes(), None, ErrorKind::InvalidKey, "damaged");
    refused(beside("secp521r1").as_bytes(), None, ErrorKind::UnsupportedKey, "P-521");
    // Without the zeros in front, as old OpenSSL wrote it, and with one more, as old Java did.
    let small = PrivateKey::read(
        beside("prime256v1").replace(&key, &sec1(&[&[0, 0], &[7; 30][..]].concat())).as_bytes(),
        None,
    );
    let small = small.unwrap().public_key().to_pem();
    for scalar in [vec![7; 30], [&[0; 3], &[7; 30][..]].concat()] {
        let text = beside("prime256v1").replace(&key, &sec1(&scalar));
        reads(text.as_bytes(), None, &small, "another length");
    }
    let text = beside("prime256v1").replace(&key, &sec1(&[7; 24]));
    refused(text.as_bytes(), None, ErrorKind::InvalidKey, "damaged");
    // The key's own comes first.
    folder.openssl("ec -in k.pem -no_public -out k.sec1");
    let own = folder.openssl("ecparam -name secp384r1") + &String::from_utf8(folder.read("k.sec1")).unwrap();
    reads(own.as_bytes(), None, &public, "its own curve");
}

/// A SEC1 key of nothing but its number.
fn sec1(scalar: &[u8]) -> String {
    let content = [&[2, 1, 1, 4, scalar.len() as u8], scalar].concat();
    pem::encode(pem::EC_PRIVATE_KEY, &[&[0x30, content.len() as u8], content.as_slice()].concat())
}

#[test]
fn encrypted_pkcs8_is_read_and_a_wrong_passphrase_has_its_code() {
    let folder = Folder::new();
    for (name, arguments, _) in [KEYS[0], KEYS[1]] {
        let public = genpkey(&folder, name, arguments);
        for scheme in SCHEMES {
            for form in ["PEM", "DER"] {
                folder.openssl(&format!(
                    "pkcs8 -topk8 -in {name}.pem {scheme} -passout pass:grüße -outform {form} -out e"
                ));
                let (what, file) = (format!("{name} {scheme} {form}"), folder.read("e"));
                reads(&file, Some("grüße"), &public, &what);
                refused(&file, Some("gruesse"), ErrorKind::Passphrase, "passphrase");
                refused(&file, None, ErrorKind::Passphrase, "passphrase");
            }
        }
    }
}

#[test]
fn traditional_encryption_is_read_and_a_wrong_passphrase_has_its_code() {
    let folder = Folder::new();
    for (name, arguments, _) in [KEYS[0], KEYS[1], KEYS[2]] {
        let public = genpkey(&folder, name, arguments);
        for cipher in ["aes128", "aes192", "aes256", "des3"] {
            folder
                .openssl(&format!("pkey -in {name}.pem -traditional -{cipher} -passout pass:secret -out e"));
            let (what, text) = (format!("{name} {cipher}"), String::from_utf8(folder.read("e")).unwrap());
            assert!(text.contains("Proc-Type: 4,ENCRYPTED"), "{text}");
            reads(text.as_bytes(), Some("secret"), &public, &what);
            reads(text.replace('\n', "\r\n").as_bytes(), Some("secret"), &public, &what);
            refused(text.as_bytes(), Some("wrong"), ErrorKind::Passphrase, "passphrase");
            refused(text.as_bytes(), None, ErrorKind::Passphrase, "passphrase");
            let no_iv = text.replace(',', ";");
            refused(no_iv.as_bytes(), Some("secret"), ErrorKind::InvalidKey, "damaged");
        }
    }
}

#[test]
fn keys_that_verifiers_refuse_are_refused_by_name() {
    let folder = Folder::new();
    let unsupported =
        |word: &str| refused(&folder.read("k"), Some("secret"), ErrorKind::UnsupportedKey, word);
    for (arguments, word) in [
        ("-algorithm RSA -pkeyopt rsa_keygen_bits:1024", "1024 bits"),
        ("-algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_primes:3", "more than two primes"),
        ("-algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:8589934593", "exponent"),
        ("-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048", "RSASSA-PSS"),
        ("-algorithm DH -pkeyopt group:ffdhe2048", "Diffie-Hellman"),
        ("-algorithm X25519", "X25519"),
        ("-algorithm X448", "X448"),
        ("-algorithm ED448", "Ed448"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:prime192v1", "P-192"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:secp224r1", "P-224"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:secp521r1", "P-521"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:secp256k1", "secp256k1"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP256r1", "brainpoolP256r1"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit", "parameters"),
    ] {
        folder.openssl(&format!("genpkey {arguments} -out k"));
        unsupported(word);
        if arguments.contains("EC ") || arguments.contains("RSA ") {
            folder.openssl(&format!("genpkey {arguments} -out p8"));
            folder.openssl("pkey -in p8 -traditional -out k");
            unsupported(word);
        }
        if word != "Diffie-Hellman" {
            let public = folder.openssl("pkey -in k -pubout");
            let error = PublicKey::read(public.as_bytes()).map(|_| ());
            // Their public halves look like others'.
            if !word.contains("primes") {
                assert_eq!(error.unwrap_err().kind(), ErrorKind::UnsupportedKey, "{word}");
            }
        }
    }
    folder.openssl("dsaparam -genkey -out k 1024");
    unsupported("DSA");
    folder.openssl("pkcs8 -topk8 -nocrypt -in k -out p8");
    folder.write("k", folder.read("p8"));
    unsupported("DSA");
    folder.write("k", pem::encode("OPENSSH PRIVATE KEY", b"openssh-key-v1"));
    unsupported("ssh-keygen");
}

#[test]
fn the_way_out_of_a_refusal_works() {
    let folder = Folder::new();
    folder.openssl("ecparam -name prime256v1 -genkey -noout -param_enc explicit -out key.pem");
    refused(
        &folder.read("key.pem"),
        None,
        ErrorKind::UnsupportedKey,
        "openssl pkey -in key.pem -ec_param_enc named_curve",
    );
    folder.openssl("pkey -in key.pem -ec_param_enc named_curve -out named.pem");
    assert!(PrivateKey::read(&folder.read("named.pem"), None).is_ok());
}

#[test]
fn other_encryption_is_refused_by_name() {
    let folder = Folder::new();
    genpkey(&folder, "k", KEYS[0].1);
    let legacy = "-provider legacy -provider default";
    for (line, word) in [
        (format!("pkcs8 -topk8 -v1 PBE-SHA1-RC4-128 {legacy}"), "RC4"),
        (format!("pkcs8 -topk8 -v1 PBE-MD5-RC2-64 {legacy}"), "RC2"),
        (format!("pkcs8 -topk8 -v2 rc2 {legacy}"), "RC2"),
        ("pkcs8 -topk8 -v2 camellia-256-cbc".to_owned(), "1.2.392.200011.61.1.1.1.4"),
        (format!("rsa -traditional -des {legacy}"), "DES-CBC"),
        ("rsa -traditional -camellia128".to_owned(), "CAMELLIA-128-CBC"),
    ] {
        folder.openssl(&format!("{line} -in k.pem -passout pass:secret -out e"));
        refused(&folder.read("e"), Some("secret"), ErrorKind::UnsupportedKey, word);
    }
}

#[test]
fn key_derivation_without_bound_is_refused_before_it_begins() {
    let folder = Folder::new();
    let key = PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng(1)).unwrap();
    folder.write("k", key.to_pkcs8_pem().unwrap());
    let written = |arguments: &str| {
        folder.openssl(&format!("pkcs8 -topk8 -in k {arguments} -passout pass:secret -outform DER -out e"));
        folder.read("e")
    };
    use ErrorKind::{InvalidKey, UnsupportedKey};
    // 1000 iterations become 10,000,001 and 0, the salt giving or taking the octets.
    let pbkdf2 = der_of(&key.to_encrypted_pem("secret", Some(1000), &mut rng(2)).unwrap());
    let at = pbkdf2.windows(4).position(|window| window == [2, 2, 3, 0xe8]).unwrap();
    for (salt, iterations, kind, word) in [
        (14, &[2, 4, 0, 0x98, 0x96, 0x81][..], UnsupportedKey, "work"),
        (17, &[2, 1, 0][..], InvalidKey, "damaged"),
    ] {
        let field = [&[4, salt as u8], vec![7; salt].as_slice(), iterations].concat();
        let changed = [&pbkdf2[..at - 18], &field, &pbkdf2[at + 4..]].concat();
        refused(&changed, Some("secret"), kind, word);
    }
    // N = 16384, r = 8, p = 1.
    let scrypt = written("-scrypt");
    let at = scrypt.windows(10).position(|window| window == [2, 2, 0x40, 0, 2, 1, 8, 2, 1, 1]).unwrap();
    for (offset, octet, kind, word) in [
        (9, 17, UnsupportedKey, "work"),
        (3, 1, InvalidKey, "damaged"),
        (2, 0, InvalidKey, "parameters"),
        (6, 0, InvalidKey, "damaged"),
        (9, 0, InvalidKey, "damaged"),
    ] {
        let mut changed = scrypt.clone();
        changed[at + offset] = octet;
        let error = PrivateKey::read(&changed, Some("secret")).unwrap_err();
        // An integer with a needless zero is no DER, which reads as parameters that are not known.
        assert!(error.kind() == kind || word == "parameters", "{offset}: {error}");
        assert!(error.message().contains(word), "{offset}: {error}");
    }
    // 512 MiB: N = 524288, its third octet taken from the salt.
    let length = (1..=32).find(|salt| scrypt[at - salt - 2..at - salt] == [4, *salt as u8]).unwrap();
    let salt = &scrypt[at - length..at - 1];
    let fields = [&[4, salt.len() as u8], salt, &[2, 3, 8, 0, 0]].concat();
    let changed = [&scrypt[..at - length - 2], &fields, &scrypt[at + 4..]].concat();
    refused(&changed, Some("secret"), UnsupportedKey, "work");
    // PBES1 counts with two octets, 2048: 08 00 becomes 0.
    let pbes1 = written("-v1 PBE-SHA1-3DES");
    let at = pbes1.windows(4).position(|window| window == [2, 2, 8, 0]).unwrap();
    let salt = pbes1[at - 8..at].to_vec();
    let fields = [&[4, 6], &salt[..6], &[2, 4, 0, 0x98, 0x96, 0x81]].concat();
    let changed = [&pbes1[..at - 10], &fields, &pbes1[at + 4..]].concat();
    refused(&changed, Some("secret"), UnsupportedKey, "work");
}

#[test]
fn ed25519_with_its_public_key_is_read_as_each_tool_writes_it_and_must_match() {
    let key = PrivateKey::generate(KeyAlgorithm::Ed25519, &mut rng(1)).unwrap();
    let public = key.public_key().to_pem();
    let der = der_of(&key.to_pkcs8_pem().unwrap());
    let (body, bits) = (&der[5..], &der_of(&public)[12..]);
    // RFC 8410 and ring since 0.17; ring before.
    for tagged in [[&[0x81, 0x21, 0], bits].concat(), [&[0xa1, 0x23, 3, 0x21, 0], bits].concat()] {
        let content = [&[2, 1, 1], body, &tagged].concat();
        let mut v2 = [&[0x30, content.len() as u8], content.as_slice()].concat();
        reads(&v2, None, &public, "version 2");
        *v2.last_mut().unwrap() ^= 1;
        refused(&v2, None, ErrorKind::InvalidKey, "does not belong");
    }
}

#[test]
fn a_public_half_that_is_another_keys_is_refused() {
    let folder = Folder::new();
    let ours = PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng(1)).unwrap();
    let other = PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng(2)).unwrap();
    let spliced = |format: fn(&PrivateKey) -> String| {
        let (mut der, other) = (der_of(&format(&ours)), der_of(&format(&other)));
        let at = der.len() - 64;
        der[at..].copy_from_slice(&other[at..]);
        der
    };
    for format in
        [|key: &PrivateKey| key.to_pkcs8_pem().unwrap(), |key: &PrivateKey| key.to_sec1_pem().unwrap()]
    {
        refused(&spliced(format), None, ErrorKind::InvalidKey, "does not belong");
    }
    let (ours, other) = (json(&ours.to_jwk().unwrap()), json(&other.to_jwk().unwrap()));
    let mut mixed = ours.clone();
    mixed["x"] = other["x"].clone();
    mixed["y"] = other["y"].clone();
    refused(mixed.to_string().as_bytes(), None, ErrorKind::InvalidKey, "does not belong");
    // RSA's numbers, each of them.
    folder.openssl("genrsa -traditional -out k.pem 2048");
    let jwk = json(&PrivateKey::read(&folder.read("k.pem"), None).unwrap().to_jwk().unwrap());
    for member in ["n", "e", "d", "p", "q", "dp", "dq", "qi"] {
        let mut wrong = jwk.clone();
        let text = wrong[member].as_str().unwrap().to_owned();
        let first = if text.starts_with('A') { 'B' } else { 'A' };
        wrong[member] = format!("{first}{}", &text[1..]).into();
        let error = PrivateKey::read(wrong.to_string().as_bytes(), None).unwrap_err();
        assert!(
            error.kind() == ErrorKind::InvalidKey
                || (member == "n" && error.kind() == ErrorKind::UnsupportedKey),
            "{member}: {error}"
        );
    }
}

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

#[test]
fn public_keys_are_read_in_every_form() {
    let folder = Folder::new();
    for (name, arguments, _) in KEYS {
        let public = genpkey(&folder, name, arguments);
        folder.openssl(&format!("pkey -in {name}.pem -pubout -outform DER -out spki.der"));
        let mut files = vec![public.clone().into_bytes(), folder.read("spki.der")];
        if name == "rsa" {
            files.push(folder.openssl("rsa -in rsa.pem -RSAPublicKey_out").into_bytes());
            folder.openssl("rsa -in rsa.pem -RSAPublicKey_out -outform DER -out pkcs1.der");
            files.push(folder.read("pkcs1.der"));
        }
        for file in files {
            assert_eq!(PublicKey::read(&file).unwrap().to_pem(), public, "{name}");
        }
        let error = PublicKey::read(&folder.read(&format!("{name}.pem"))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::InvalidPem);
    }
}

#[test]
fn openssl_node_and_java_read_every_form_that_we_write() {
    let folder = Folder::new();
    let (mut java, mut publics) = (String::new(), Vec::new());
    for (algorithm, (name, _, java_name)) in ALGORITHMS.iter().zip([KEYS[1], KEYS[2], KEYS[3], KEYS[0]]) {
        let key = PrivateKey::generate(*algorithm, &mut rng(3)).unwrap();
        let public = key.public_key().to_pem();
        folder.write(&format!("{name}.pub"), &public);
        for format in [KeyFormat::Pkcs8, KeyFormat::Pkcs1, KeyFormat::Sec1] {
            let text = match key.to_format(format) {
                Ok(text) => text,
                Err(error) => {
                    assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidOption, Some("format")));
                    assert!(error.message().contains(&algorithm.name()[..3]), "{error}");
                    assert_ne!(format, KeyFormat::Pkcs8);
                    continue;
                }
            };
            folder.write("k", text.as_bytes());
            assert_eq!(folder.openssl("pkey -in k -pubout"), public, "{format:?}");
            assert!(!folder.openssl("pkey -in k -check -noout").contains("invalid"), "{format:?}");
        }
        let iterations = if name == "p256" { None } else { Some(1000) };
        folder.write(&format!("{name}.p8"), key.to_pkcs8_pem().unwrap());
        folder
            .write(&format!("{name}.enc"), key.to_encrypted_pem("secret", iterations, &mut rng(4)).unwrap());
        let read = folder.openssl(&format!("pkey -in {name}.enc -passin pass:secret -pubout"));
        assert_eq!(read, public);
        folder.openssl_refuses(&format!("pkey -in {name}.enc -passin pass:wrong"));
        folder.write(
            "script.js",
            format!(
                "const c = require('crypto'), f = require('fs'); \
                 process.stdout.write(c.createPublicKey(c.createPrivateKey({{ key: f.readFileSync('{name}.enc'), passphrase: 'secret' }})).export({{ type: 'spki', format: 'pem' }}))"
            ),
        );
        let node = folder.run("node", "script.js");
        assert_eq!(String::from_utf8(node.stdout).unwrap(), public);
        java += &format!(" {name}.p8 - {java_name} {name}.enc secret {java_name}");
        publics.extend([name, name]);
    }
    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/java/ReadKey.java");
    let output = folder.run("java", &format!("{source}{java}"));
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let signatures = String::from_utf8(output.stdout).unwrap();
    assert_eq!(signatures.lines().count(), publics.len());
    folder.write("message", "message");
    for (signature, name) in signatures.lines().zip(publics) {
        folder.write("signature.b64", signature);
        folder.openssl("base64 -d -A -in signature.b64 -out signature");
        let digest = if name == "ed25519" { "-rawin" } else { "-rawin -digest sha256" };
        folder.openssl(&format!(
            "pkeyutl -verify -pubin -inkey {name}.pub {digest} -in message -sigfile signature"
        ));
    }
}

#[test]
fn iterations_and_passphrases_are_bounded() {
    let key = PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng(1)).unwrap();
    for iterations in [0, 999, 10_000_001] {
        let error = key.to_encrypted_pem("secret", Some(iterations), &mut rng(2)).unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidOption, Some("iterations")));
    }
    let error = key.to_encrypted_pem("", None, &mut rng(2)).unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::Passphrase, Some("passphrase")));
    assert_eq!(KeyFormat::from_name("der").unwrap_err().kind(), ErrorKind::InvalidOption);
    for format in KeyFormat::ALL {
        assert_eq!(KeyFormat::from_name(format.name()).unwrap(), *format);
    }
}

/// Of each type one, in every private form.
fn samples() -> &'static [Vec<u8>] {
    static SAMPLES: std::sync::OnceLock<Vec<Vec<u8>>> = std::sync::OnceLock::new();
    SAMPLES.get_or_init(|| {
        let mut samples = Vec::new();
        for algorithm in ALGORITHMS {
            let key = PrivateKey::generate(*algorithm, &mut rng(5)).unwrap();
            for format in [KeyFormat::Pkcs8, KeyFormat::Pkcs1, KeyFormat::Sec1] {
                samples.extend(key.to_format(format).ok().map(|text| der_of(&text)));
            }
            let jwk = key.to_jwk().unwrap();
            samples.push(jwk.as_bytes().to_vec());
            samples.push(der_of(&key.to_encrypted_pem("secret", Some(1000), &mut rng(6)).unwrap()));
        }
        // Without its primes: the computation of them must hold against anything.
        let mut jwk = json(std::str::from_utf8(&samples[samples.len() - 2]).unwrap());
        for member in ["p", "q", "dp", "dq", "qi"] {
            jwk.as_object_mut().unwrap().remove(member);
        }
        samples.push(jwk.to_string().into_bytes());
        let folder = Folder::new();
        folder.write("k", &samples[0]);
        for scheme in ["-v2 des3", "-v1 PBE-SHA1-3DES", "-scrypt"] {
            folder.openssl(&format!(
                "pkcs8 -topk8 -inform DER -in k {scheme} -passout pass:secret -outform DER -out e"
            ));
            samples.push(folder.read("e"));
        }
        samples
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_key_survives_every_form(seed in any::<u64>(), which in 0..3_usize, passphrase in "\\PC{1,20}") {
        let key = PrivateKey::generate(ALGORITHMS[which], &mut rng(seed)).unwrap();
        let encrypted = key.to_encrypted_pem(&passphrase, Some(1000), &mut rng(seed)).unwrap();
        let mut texts = vec![(encrypted, Some(passphrase.as_str()))];
        for format in [KeyFormat::Pkcs8, KeyFormat::Sec1, KeyFormat::Jwk] {
            texts.extend(key.to_format(format).ok().map(|text| (text.to_string(), None)));
        }
        for (text, passphrase) in texts {
            let mut files = vec![text.clone().into_bytes()];
            if text.starts_with("-----") {
                files.push(der_of(&text));
            }
            for file in files {
                let again = PrivateKey::read(&file, passphrase).unwrap();
                prop_assert_eq!(again.to_pkcs8_pem().unwrap(), key.to_pkcs8_pem().unwrap());
            }
        }
        for format in [KeyFormat::Spki, KeyFormat::PublicJwk] {
            let again = PublicKey::read(key.to_format(format).unwrap().as_bytes()).unwrap();
            prop_assert_eq!(&again, key.public_key());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_key_is_refused_or_read_and_never_panics(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        // Mostly near the front, where the structure is.
        near in any::<bool>(),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let mut bytes = which.get(samples()).clone();
        let reach = if near { bytes.len().min(60) } else { bytes.len() };
        for (at, value) in &changes {
            bytes[at.index(reach)] = *value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = PrivateKey::read(&bytes, Some("secret"));
        let _ = PublicKey::read(&bytes);
    }
}

fn der_of(text: &str) -> Vec<u8> {
    x509_parser::pem::parse_x509_pem(text.as_bytes()).unwrap().1.contents
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}
