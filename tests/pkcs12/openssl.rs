//! OpenSSL: what it reads of ours, and what its versions wrote.

use mtls_certs::ErrorKind;
use mtls_certs::key::KeyAlgorithm;
use mtls_certs::pkcs12::{Target, read};

use super::common::{Folder, guide};
use super::{SECRET, amy, is_amys, refused, text};

/// What `openssl pkcs12 -info` says of each target.
const SAID_BY_OPENSSL: &[(Target, &str, &str)] = &[
    (
        Target::Modern,
        "MAC: sha256, Iteration 1000",
        "PBES2, PBKDF2, AES-256-CBC, Iteration 1000, PRF hmacWithSHA256",
    ),
    (Target::Apple, "MAC: sha1, Iteration 1000", "pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 1000"),
    (Target::Windows2016, "MAC: sha1, Iteration 1000", "pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 1000"),
    (
        Target::Java,
        "MAC: sha256, Iteration 1000",
        "PBES2, PBKDF2, AES-256-CBC, Iteration 1000, PRF hmacWithSHA256",
    ),
    (Target::Android, "MAC: sha1, Iteration 1000", "pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 1000"),
];

#[test]
fn every_target_is_what_the_table_says_for_openssl_and_comes_back() {
    assert_eq!(SAID_BY_OPENSSL.len(), Target::ALL.len());
    for (target, mac, encryption) in SAID_BY_OPENSSL {
        let (folder, file) = amy(KeyAlgorithm::EcdsaP256, *target);
        let output = folder.run("openssl", "pkcs12 -info -in amy.p12 -passin file:secret -nodes");
        let said = text(&output.stderr);
        assert!(output.status.success(), "{target:?}: {said}");
        assert!(
            said.contains(mac) && said.contains("MAC length: ") && said.contains("salt length: 8"),
            "{target:?}: {said}"
        );
        assert!(said.contains(&format!("PKCS7 Encrypted data: {encryption}")), "{target:?}: {said}");
        assert!(said.contains(&format!("Shrouded Keybag: {encryption}")), "{target:?}: {said}");
        let shown = text(&output.stdout);
        assert_eq!(shown.matches("localKeyID").count(), 2, "{shown}");
        assert_eq!(shown.matches("friendlyName: Amy").count(), 2, "{shown}");
        for name in ["amy_client.crt", "ca.crt"] {
            assert!(shown.contains(&text(&folder.read(name))), "{target:?}: {shown}");
        }
        assert!(
            folder
                .openssl_refuses("pkcs12 -in amy.p12 -passin pass:wrong -nodes")
                .contains("invalid password")
        );

        let contents = read(&file, Some(SECRET)).unwrap();
        is_amys(&contents, &folder, target.name());
        assert!(contents.authenticated);
        assert_eq!(contents.entries[0].friendly_name.as_deref(), Some("Amy"));
        refused(&file, Some("wrong"), ErrorKind::Passphrase, "passphrase", "not the file's");
        refused(&file, None, ErrorKind::Passphrase, "passphrase", "missing");
    }
}

/// As `openssl pkcs12 -export` writes it.
fn exported(folder: &Folder, arguments: &str) -> Vec<u8> {
    folder.openssl(&format!(
        "pkcs12 -export -inkey amy_client.key -in amy_client.crt -certfile ca.crt -name Amy -out o.p12 {arguments}"
    ));
    folder.read("o.p12")
}

#[test]
fn what_openssl_1_and_3_write_is_read() {
    for algorithm in [KeyAlgorithm::EcdsaP256, KeyAlgorithm::Rsa2048] {
        let folder = guide(algorithm, false);
        let legacy = "-provider legacy -provider default";
        for arguments in [
            String::new(),
            format!("-legacy {legacy}"),
            "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1".to_owned(),
            format!("-keypbe PBE-SHA1-RC2-128 -certpbe PBE-SHA1-RC2-40 -macalg sha1 {legacy}"),
            "-keypbe PBE-SHA1-2DES -certpbe NONE".to_owned(),
            "-keypbe NONE -certpbe aes-128-cbc -macalg sha512".to_owned(),
            "-keypbe aes-192-cbc -certpbe des-ede3-cbc -macalg sha384".to_owned(),
            "-keypbe NONE -certpbe NONE -macalg sha224".to_owned(),
            "-noiter -nomaciter".to_owned(),
            // Attributes of Windows' beside the key and in it.
            "-CSP x -LMK -keyex".to_owned(),
            "-iter 100000".to_owned(),
        ] {
            let file = exported(&folder, &format!("-passout pass:grüße😀 {arguments}"));
            let contents =
                read(&file, Some("grüße😀")).unwrap_or_else(|error| panic!("{arguments}: {error}"));
            is_amys(&contents, &folder, &arguments);
            assert_eq!(contents.entries[0].friendly_name.as_deref(), Some("Amy"));
            assert!(contents.authenticated);
            refused(&file, Some("gruesse"), ErrorKind::Passphrase, "passphrase", "not the file's");
            refused(&file, None, ErrorKind::Passphrase, "passphrase", "missing");
        }
        // Without a passphrase.
        let file = exported(&folder, "-passout pass:");
        for passphrase in [None, Some("")] {
            is_amys(&read(&file, passphrase).unwrap(), &folder, "an empty passphrase");
        }
        refused(&file, Some("wrong"), ErrorKind::Passphrase, "passphrase", "not the file's");
        // Without a MAC it is read, and said.
        let file = exported(&folder, "-passout pass:secret -nomac");
        let contents = read(&file, Some("secret")).unwrap();
        is_amys(&contents, &folder, "without a MAC");
        assert!(!contents.authenticated);
        refused(&file, Some("wrong"), ErrorKind::Passphrase, "passphrase", "not the file's");
        refused(&file, None, ErrorKind::Passphrase, "passphrase", "missing");
    }
}
