//! Keys with a passphrase: every scheme of openssl, and how much work one may ask for.

use mtls_certs::ErrorKind;
use mtls_certs::key::{KeyAlgorithm, PrivateKey};

use super::common::{Folder, rng};
use super::{KEYS, der_of, genpkey, reads, refused};

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
            // Blanks at the ends of lines, the empty one among them.
            reads(text.replace('\n', " \n").as_bytes(), Some("secret"), &public, &what);
            refused(text.as_bytes(), Some("wrong"), ErrorKind::Passphrase, "passphrase");
            refused(text.as_bytes(), None, ErrorKind::Passphrase, "passphrase");
            let no_iv = text.replace(',', ";");
            refused(no_iv.as_bytes(), Some("secret"), ErrorKind::InvalidKey, "damaged");
        }
    }
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
