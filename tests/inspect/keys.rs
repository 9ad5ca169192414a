//! Keys of every kind, by name and size.

use mtls_certs::ErrorKind;
use mtls_certs::inspect::{self, Details, KeyDetails};
use serde_json::json;

use crate::common::{Folder, NOW};
use crate::json;

fn key(folder: &Folder, name: &str, passphrase: Option<&str>) -> mtls_certs::Result<KeyDetails> {
    inspect::inspect(&folder.read(name), passphrase, NOW).map(|details| match details {
        Details::Key(details) => details,
        other => panic!("{other:?}"),
    })
}

#[test]
fn public_keys_are_named_also_those_that_nothing_here_would_use() {
    let folder = Folder::new();
    folder.openssl("dsaparam -genkey -noout -out dsa.key 1024");
    let curve = |name: &str| format!("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:{name} -out k");
    for (make, algorithm, bits) in [
        (curve("P-256"), "ecdsa-p256", Some(256)),
        (curve("P-384"), "ecdsa-p384", Some(384)),
        (curve("P-521"), "ecdsa-p521", Some(521)),
        (curve("P-224"), "ecdsa-p224", Some(224)),
        (curve("secp256k1"), "ecdsa-secp256k1", Some(256)),
        (curve("brainpoolP384r1"), "ecdsa-brainpoolP384r1", Some(384)),
        (curve("sect233k1"), "ecdsa-1.3.132.0.26", None),
        ("genpkey -algorithm ED25519 -out k".into(), "ed25519", Some(255)),
        ("genpkey -algorithm ED448 -out k".into(), "ed448", Some(448)),
        ("genpkey -algorithm X25519 -out k".into(), "x25519", Some(255)),
        ("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out k".into(), "rsa-1024", Some(1024)),
        ("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2041 -out k".into(), "rsa-2041", Some(2041)),
        ("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out k".into(), "rsa-2048", Some(2048)),
        (
            "genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out k".into(),
            "rsa-pss-2048",
            Some(2048),
        ),
        ("pkey -in dsa.key -out k".into(), "dsa-1024", Some(1024)),
    ] {
        folder.openssl(&make);
        folder.openssl("pkey -in k -pubout -out k.pub");
        folder.openssl("pkey -in k -pubout -outform DER -out k.der");
        let digest =
            folder.openssl("dgst -sha256 -c k.der").trim().rsplit_once(' ').unwrap().1.to_uppercase();
        let mut expected = json!({
            "type": "publicKey",
            "encrypted": false,
            "publicKey": { "algorithm": algorithm, "sha256": digest },
        });
        if let Some(bits) = bits {
            expected["publicKey"]["bits"] = json!(bits);
        }
        assert_eq!(json(key(&folder, "k.pub", None).unwrap()), expected);
        assert_eq!(json(key(&folder, "k.der", None).unwrap()), expected);
    }
}

#[test]
fn a_public_key_of_pkcs1_is_the_same_key() {
    let folder = Folder::new();
    folder.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out k");
    folder.openssl("pkey -in k -pubout -out k.pub");
    folder.openssl("rsa -in k -RSAPublicKey_out -out k.rsa");
    assert!(String::from_utf8(folder.read("k.rsa")).unwrap().contains("RSA PUBLIC KEY"));
    assert_eq!(json(key(&folder, "k.rsa", None).unwrap()), json(key(&folder, "k.pub", None).unwrap()));
}

#[test]
fn an_encrypted_key_shows_what_the_passphrase_opens() {
    let folder = Folder::new();
    folder.openssl("genpkey -algorithm ED25519 -out k");
    folder.openssl("pkcs8 -topk8 -in k -v2 aes-256-cbc -iter 1000 -passout pass:horse -out k8");
    folder.openssl(
        "pkcs8 -topk8 -in k -v2 aes-256-cbc -iter 1000 -passout pass:horse -outform DER -out k8.der",
    );
    folder.openssl("pkey -in k -pubout -out k.pub");
    let public = json(key(&folder, "k.pub", None).unwrap().public_key);
    for name in ["k8", "k8.der"] {
        assert_eq!(
            json(key(&folder, name, None).unwrap()),
            json!({ "type": "privateKey", "encrypted": true })
        );
        assert_eq!(
            json(key(&folder, name, Some("horse")).unwrap()),
            json!({ "type": "privateKey", "encrypted": true, "publicKey": public })
        );
        assert_eq!(key(&folder, name, Some("mare")).unwrap_err().kind(), ErrorKind::Passphrase, "{name}");
    }
    // A passphrase that is not needed does no harm.
    assert_eq!(
        json(key(&folder, "k", Some("horse")).unwrap()),
        json!({ "type": "privateKey", "encrypted": false, "publicKey": public })
    );
}

#[test]
fn refuses_damaged_ones() {
    let kind = |text: &str| inspect::inspect(text.as_bytes(), None, NOW).unwrap_err().kind();
    for label in ["PUBLIC KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY"] {
        let text = format!("-----BEGIN {label}-----\nAAAA\n-----END {label}-----\n");
        assert_eq!(kind(&text), ErrorKind::InvalidKey, "{label}");
    }
}
