//! What is written here: openssl, Node and Java read it, and so do we.

use mtls_certs::ErrorKind;
use mtls_certs::key::{KeyAlgorithm, KeyFormat, PrivateKey, PublicKey};
use proptest::prelude::*;

use super::common::{ALGORITHMS, Folder, rng};
use super::{KEYS, der_of};

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
