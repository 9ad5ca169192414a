//! NSS, whose files are BER of indefinite length, and GnuTLS.

use mtls_certs::ErrorKind;
use mtls_certs::key::KeyAlgorithm;
use mtls_certs::pkcs12::{Target, read};

use super::common::{Folder, guide};
use super::{amy, is_amys, refused, text};

/// With an empty database beside it.
fn with_database(folder: &Folder) {
    std::fs::create_dir(folder.path().join("db")).unwrap();
    folder.run_with("certutil", &["-N", "-d", "sql:db", "--empty-password"]);
}

#[test]
fn nss_lists_and_imports_every_target_with_the_passphrase_alone() {
    for target in Target::ALL {
        let (folder, _) = amy(KeyAlgorithm::Rsa2048, *target);
        with_database(&folder);
        let listed = folder.run("pk12util", "-l amy.p12 -d sql:db -w secret -K x");
        let said = text(&listed.stdout);
        assert!(listed.status.success(), "{target:?}: {said} {}", text(&listed.stderr));
        for word in ["Key(shrouded):", "Friendly Name: Amy", "CN=amy-client", "CN=my-ca"] {
            assert!(said.contains(word), "{target:?} {word}: {said}");
        }
        let wrong = folder.run("pk12util", "-i amy.p12 -d sql:db -W wrong -K x");
        assert!(!wrong.status.success(), "{target:?}: {wrong:?}");
        folder.run_with("pk12util", &["-i", "amy.p12", "-d", "sql:db", "-w", "secret", "-K", ""]);
        assert!(text(&folder.run("certutil", "-L -d sql:db").stdout).contains("Amy"));
        assert!(text(&folder.run("certutil", "-K -d sql:db").stdout).contains("Amy"));
    }
}

#[test]
fn what_nss_writes_is_read() {
    let folder = guide(KeyAlgorithm::Rsa2048, false);
    with_database(&folder);
    folder.openssl("pkcs12 -export -inkey amy_client.key -in amy_client.crt -certfile ca.crt -name Amy -out o.p12 -passout pass:secret");
    folder.run_with("pk12util", &["-i", "o.p12", "-d", "sql:db", "-W", "secret", "-K", ""]);
    let old = "PKCS #12 V2 PBE With SHA-1 And";
    for (key, certificates) in [
        ("AES-256-CBC".to_owned(), "AES-128-CBC".to_owned()),
        // What Windows wrote, until it wrote AES.
        (format!("{old} 3KEY Triple DES-CBC"), format!("{old} 40 Bit RC2 CBC")),
        (format!("{old} 3KEY Triple DES-CBC"), format!("{old} 3KEY Triple DES-CBC")),
    ] {
        let arguments = [
            "-o",
            "n.p12",
            "-n",
            "Amy",
            "-d",
            "sql:db",
            "-W",
            "grüße",
            "-K",
            "",
            "-c",
            &key,
            "-C",
            &certificates,
        ];
        folder.run_with("pk12util", &arguments);
        let file = folder.read("n.p12");
        assert_eq!(file[..2], [0x30, 0x80], "an indefinite length");
        let contents = read(&file, Some("grüße")).unwrap_or_else(|error| panic!("{key}: {error}"));
        is_amys(&contents, &folder, &key);
        assert_eq!(contents.entries[0].friendly_name.as_deref(), Some("Amy"));
    }
    refused(&folder.read("n.p12"), Some("gruesse"), ErrorKind::Passphrase, "passphrase", "not the file's");
}

#[test]
fn gnutls_reads_every_target_and_what_it_writes_is_read() {
    for target in Target::ALL {
        let (folder, _) = amy(KeyAlgorithm::Rsa2048, *target);
        let shown = |password: &str| {
            let arguments = ["--p12-info", "--inder", "--infile", "amy.p12", "--password", password];
            std::process::Command::new("certtool")
                .args(arguments)
                .current_dir(folder.path())
                .output()
                .unwrap()
        };
        let output = shown(super::SECRET);
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(output.status.success(), "{target:?}: {said}");
        assert!(
            said.contains("BEGIN PRIVATE KEY") || said.contains("BEGIN ENCRYPTED PRIVATE KEY"),
            "{target:?}: {said}"
        );
        assert_eq!(said.matches("BEGIN CERTIFICATE").count(), 2, "{target:?}: {said}");
        let output = shown("wrong");
        let said = text(&output.stdout) + &text(&output.stderr);
        assert!(!said.contains("BEGIN CERTIFICATE"), "{target:?}: {said}");
    }
    let folder = guide(KeyAlgorithm::Rsa2048, false);
    for cipher in ["aes-256", "aes-128", "3des-pkcs12", "rc2-40"] {
        folder.run_with(
            "certtool",
            &[
                "--to-p12",
                "--load-privkey",
                "amy_client.key",
                "--load-certificate",
                "amy_client.crt",
                "--load-ca-certificate",
                "ca.crt",
                "--p12-name",
                "Amy",
                "--password",
                "secret",
                "--pkcs-cipher",
                cipher,
                "--outder",
                "--outfile",
                "g.p12",
            ],
        );
        let contents =
            read(&folder.read("g.p12"), Some("secret")).unwrap_or_else(|error| panic!("{cipher}: {error}"));
        is_amys(&contents, &folder, cipher);
        refused(&folder.read("g.p12"), Some("wrong"), ErrorKind::Passphrase, "passphrase", "not the file's");
    }
}
