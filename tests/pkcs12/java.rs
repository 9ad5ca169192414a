//! Java: `keytool` reads each target and writes key stores of several aliases; JSSE trusts by a trust store.

use mtls_certs::ErrorKind;
use mtls_certs::key::{KeyAlgorithm, PrivateKey};
use mtls_certs::pem;
use mtls_certs::pkcs12::{Target, TrustStoreOptions, create_trust_store, read};

use super::common::{Folder, guide_at, rng};
use super::{FEW, amy, refused, text};

/// The JVM's start is most of the time that this takes.
const QUICK: &str = "-J-XX:TieredStopAtLevel=1 -J-XX:+UseSerialGC";

/// What `keytool` prints; whether it did what it was asked, its words say better than its status.
fn keytool(folder: &Folder, line: &str) -> (bool, String) {
    let output = folder.run("keytool", &format!("{QUICK} -J-Duser.language=en {line}"));
    (output.status.success(), text(&output.stdout) + &text(&output.stderr))
}

#[test]
fn keytool_lists_every_target_with_the_passphrase_alone() {
    for target in Target::ALL {
        let (folder, _) = amy(KeyAlgorithm::EcdsaP256, *target);
        let (done, said) =
            keytool(&folder, "-list -v -storetype PKCS12 -keystore amy.p12 -storepass:file secret");
        assert!(done, "{target:?}: {said}");
        for word in [
            "Your keystore contains 1 entry",
            "Alias name: amy",
            "PrivateKeyEntry",
            "chain length: 2",
            "CN=amy-client",
            "CN=my-ca",
        ] {
            assert!(said.contains(word), "{target:?} {word}: {said}");
        }
        let (done, said) =
            keytool(&folder, "-list -storetype PKCS12 -keystore amy.p12 -storepass wronghorse");
        assert!(!done && said.contains("password was incorrect"), "{target:?}: {said}");
        // The key comes out too.
        let (done, said) = keytool(
            &folder,
            "-importkeystore -noprompt -srckeystore amy.p12 -srcstorepass:file secret -destkeystore copy.p12 -deststorepass secret",
        );
        assert!(done, "{target:?}: {said}");
        let copy = read(&folder.read("copy.p12"), Some("secret")).unwrap();
        super::is_amys(&copy, &folder, "Java's copy");
        assert_eq!(copy.entries[0].friendly_name.as_deref(), Some("amy"));
    }
}

#[test]
fn key_stores_of_keytool_are_read_with_every_alias() {
    let folder = Folder::new();
    let store = "-keystore s.p12 -storetype PKCS12 -storepass secret";
    for (alias, algorithm) in [
        ("one", "EC -groupname secp256r1"),
        ("two", "RSA -keysize 2048"),
        ("three", "EC -groupname secp521r1"),
    ] {
        let (done, said) = keytool(
            &folder,
            &format!("-genkeypair {store} -alias {alias} -keyalg {algorithm} -dname CN={alias}"),
        );
        assert!(done, "{said}");
    }
    let (done, said) = keytool(&folder, &format!("-exportcert {store} -alias one -file one.der"));
    assert!(done, "{said}");
    let (done, said) =
        keytool(&folder, &format!("-importcert -noprompt {store} -alias trusted-one -file one.der"));
    assert!(done, "{said}");
    let (done, said) =
        keytool(&folder, &format!("-genseckey {store} -alias hidden -keyalg AES -keysize 128"));
    assert!(done, "{said}");

    let contents = read(&folder.read("s.p12"), Some("secret")).unwrap();
    let names: Vec<_> = contents.entries.iter().map(|entry| entry.friendly_name.clone().unwrap()).collect();
    assert_eq!(names, ["one", "two", "three"]);
    for entry in &contents.entries {
        assert!(entry.certificate.is_some() && entry.chain.is_empty());
        let pem = pem::encode(pem::PRIVATE_KEY, &entry.private_key);
        folder.write("key.pem", pem.as_bytes());
        folder.write("crt.pem", pem::encode(pem::CERTIFICATE, entry.certificate.as_ref().unwrap()));
        assert_eq!(
            folder.openssl("pkey -in key.pem -pubout"),
            folder.openssl("x509 -in crt.pem -noout -pubkey")
        );
        // P-521 is handed out as it is, though nothing here signs with it.
        let ours = PrivateKey::read(pem.as_bytes(), None);
        assert_eq!(ours.is_ok(), entry.friendly_name.as_deref() != Some("three"));
    }
    let [trusted] = contents.certificates.as_slice() else { panic!("{contents:?}") };
    assert_eq!((trusted.friendly_name.as_deref(), trusted.trusted), (Some("trusted-one"), true));
    assert_eq!(trusted.certificate, folder.read("one.der"));
    assert_eq!(contents.unread, ["a secret"]);
    refused(&folder.read("s.p12"), Some("wrong"), ErrorKind::Passphrase, "passphrase", "not the file's");

    // As JDKs ship theirs since 18: without MAC and encryption, and so readable without a passphrase.
    let bare = "-J-Dkeystore.pkcs12.macAlgorithm=NONE -J-Dkeystore.pkcs12.certProtectionAlgorithm=NONE";
    let import = "-importcert -noprompt -keystore bare.p12 -storetype PKCS12 -storepass secret -alias bare -file one.der";
    let (done, said) = keytool(&folder, &format!("{bare} {import}"));
    assert!(done, "{said}");
    for passphrase in [None, Some("whatever")] {
        let contents = read(&folder.read("bare.p12"), passphrase).unwrap();
        assert!(!contents.authenticated && contents.entries.is_empty() && contents.certificates[0].trusted);
    }

    let old = "-keystore old.jks -storetype JKS -storepass secret -keypass secret";
    let (done, said) = keytool(&folder, &format!("-genkeypair {old} -alias one -keyalg RSA -dname CN=one"));
    assert!(done, "{said}");
    refused(
        &folder.read("old.jks"),
        Some("secret"),
        ErrorKind::InvalidPkcs12,
        "pkcs12",
        "keytool -importkeystore",
    );
}

#[test]
fn java_trusts_by_a_trust_store_and_by_no_other() {
    let now = time::OffsetDateTime::now_utc();
    let folder = guide_at(KeyAlgorithm::EcdsaP256, true, now);
    let options = TrustStoreOptions { passphrase: "changeit", iterations: FEW };
    let both = [folder.read("bob_ca.crt"), folder.read("amy_ca.crt"), folder.read("bob_ca.crt")];
    let file = create_trust_store(&both, &options, &mut rng(1)).unwrap();
    folder.write("both.p12", &file);
    folder.write("amy.p12", create_trust_store(&both[1..2], &options, &mut rng(2)).unwrap());
    let (done, said) = keytool(&folder, "-list -keystore both.p12 -storepass changeit");
    assert!(done && said.contains("contains 2 entries"), "{said}");
    assert!(said.contains("bob-ca") && said.contains("amy-ca"), "{said}");
    assert_eq!(said.matches("trustedCertEntry").count(), 2, "{said}");
    let (done, said) = keytool(&folder, "-list -keystore both.p12 -storepass changed");
    assert!(!done && said.contains("password was incorrect"), "{said}");

    let source = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/java/Trusts.java");
    let output =
        folder.run("java", &format!("{source} changeit both.p12 bob_server.crt amy.p12 bob_server.crt"));
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert_eq!(text(&output.stdout), "trusted\nrefused\n");

    let contents = read(&file, Some("changeit")).unwrap();
    assert!(contents.entries.is_empty());
    let names: Vec<_> =
        contents.certificates.iter().map(|one| (one.friendly_name.as_deref(), one.trusted)).collect();
    assert_eq!(names, [(Some("bob-ca"), true), (Some("amy-ca"), true)]);

    let refused = |passphrase, kind, field| {
        let options = TrustStoreOptions { passphrase, iterations: FEW };
        let error = create_trust_store(&both, &options, &mut rng(1)).unwrap_err();
        assert_eq!((error.kind(), error.field()), (kind, Some(field)));
    };
    refused("", ErrorKind::Passphrase, "passphrase");
    refused("grüße", ErrorKind::Passphrase, "passphrase");
    let none: [Vec<u8>; 0] = [];
    assert_eq!(create_trust_store(&none, &options, &mut rng(1)).unwrap_err().field(), Some("certificates"));
    let key = [both[0].clone(), folder.read("bob_ca.key")];
    assert_eq!(create_trust_store(&key, &options, &mut rng(1)).unwrap_err().field(), Some("certificates[1]"));
}

/// Java would say of the whole file that its password is wrong.
#[test]
fn what_java_can_not_read_is_named() {
    let folder = Folder::new();
    let options = TrustStoreOptions { passphrase: "changeit", iterations: FEW };
    let make = "req -x509 -nodes -keyout k.key -days 30 -newkey";
    folder.openssl(&format!("{make} ec -pkeyopt ec_paramgen_curve:P-256 -subj /CN=good -out good.crt"));
    folder.openssl(&format!("{make} ec -pkeyopt ec_paramgen_curve:P-256 -subj / -out empty.crt"));
    let explicit = "-pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit";
    folder.openssl(&format!("{make} ec {explicit} -subj /CN=explicit -out explicit.crt"));
    let good = folder.read("good.crt");
    assert!(create_trust_store(&[&good], &options, &mut rng(3)).is_ok());
    let import = |name: &str| {
        keytool(
            &folder,
            &format!(
                "-importcert -noprompt -keystore t.p12 -storepass changeit -alias {name} -file {name}.crt"
            ),
        )
    };
    assert!(import("good").0);
    for (name, words) in [("empty", "empty issuer"), ("explicit", "by its parameters")] {
        let error = create_trust_store(&[&good, &folder.read(&format!("{name}.crt"))], &options, &mut rng(3))
            .unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidCertificate, Some("certificates[1]")));
        assert!(error.message().contains(words), "{error}");
        assert!(!import(name).0, "keytool takes {name}");
    }
}
