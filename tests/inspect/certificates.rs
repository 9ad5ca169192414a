//! The facts of certificates beside their extensions.

use mtls_certs::key::KeyAlgorithm;
use mtls_certs::{ErrorKind, inspect, pem};
use time::Duration;

use crate::common::{Folder, NOW, guide};
use crate::{certificate, folder_with};

fn line(folder: &Folder, arguments: &str) -> String {
    let said = folder.openssl(&format!("x509 -in c.crt -noout {arguments}"));
    said.trim().split_once('=').unwrap().1.to_owned()
}

#[test]
fn says_what_openssl_says() {
    let folder = folder_with("basicConstraints=CA:FALSE\n");
    folder.openssl("req -x509 -new -key k -config x.cnf -extensions x -days 30 -sha384 -out c.crt");
    let details = certificate(&folder, "c.crt");
    assert_eq!(details.fingerprints.sha256, line(&folder, "-fingerprint -sha256"));
    assert_eq!(details.fingerprints.sha1, line(&folder, "-fingerprint -sha1"));
    assert_eq!(details.serial_number, line(&folder, "-serial"));
    assert_eq!(details.signature_algorithm, "ECDSA with SHA-384");
    assert_eq!(details.version, 3);
    let format = time::macros::format_description!(
        "[month repr:short] [day padding:space] [hour]:[minute]:[second] [year] GMT"
    );
    assert_eq!(details.not_before.format(format).unwrap(), line(&folder, "-startdate"));
    assert_eq!(details.not_after.format(format).unwrap(), line(&folder, "-enddate"));
}

#[test]
fn days_left_are_whole_and_negative_once_it_has_expired() {
    let folder = guide(KeyAlgorithm::EcdsaP256, false);
    let der = der_of(&folder, "bob_server.crt");
    let left = |now| inspect::certificate(&der, now).unwrap().days_left;
    let end = inspect::certificate(&der, NOW).unwrap().not_after;
    assert_eq!(left(NOW), 365);
    assert_eq!(left(end - Duration::days(1)), 1);
    assert_eq!(left(end - Duration::seconds(86_399)), 0);
    assert_eq!(left(end), 0);
    assert_eq!(left(end + Duration::SECOND), -1);
    assert_eq!(left(end + Duration::days(10)), -10);
}

fn der_of(folder: &Folder, name: &str) -> Vec<u8> {
    folder.openssl(&format!("x509 -in {name} -outform DER -out c.der"));
    folder.read("c.der")
}

#[test]
fn self_signed_is_a_matter_of_names_and_signature() {
    let folder = guide(KeyAlgorithm::EcdsaP384, false);
    assert!(certificate(&folder, "ca.crt").self_signed);
    assert!(!certificate(&folder, "bob_server.crt").self_signed);
    // A signature that does not verify, under the same names.
    let mut der = der_of(&folder, "ca.crt");
    *der.last_mut().unwrap() ^= 1;
    assert!(!inspect::certificate(&der, NOW).unwrap().self_signed);
    // Where it can't be verified the names decide.
    for key in ["-newkey rsa:1024", "-newkey ec -pkeyopt ec_paramgen_curve:P-521", "-newkey rsa:2048 -sha1"] {
        folder.openssl(&format!("req -x509 {key} -nodes -keyout k -subj /CN=x -out c.crt"));
        assert!(certificate(&folder, "c.crt").self_signed, "{key}");
    }
    for key in ["-newkey ed25519", "-newkey rsa:2048 -sha512", "-newkey rsa:3072 -sha384"] {
        folder.openssl(&format!("req -x509 {key} -nodes -keyout k -subj /CN=x -out c.crt"));
        assert!(certificate(&folder, "c.crt").self_signed, "{key}");
        let mut der = der_of(&folder, "c.crt");
        *der.last_mut().unwrap() ^= 1;
        assert!(!inspect::certificate(&der, NOW).unwrap().self_signed, "{key}, damaged");
    }
    // The same name over another key.
    folder.openssl("req -new -newkey rsa:2048 -nodes -keyout o -subj /CN=x -out o.csr");
    folder.openssl("x509 -req -in o.csr -CA c.crt -CAkey k -out c.crt");
    assert!(!certificate(&folder, "c.crt").self_signed);
}

#[test]
fn serial_numbers_are_written_as_node_writes_them() {
    let folder = folder_with("");
    // What `new X509Certificate(pem).serialNumber` of Node 20 is.
    for (given, node) in [
        ("-5", "-05"),
        ("0", "0"),
        ("-128", "-80"),
        ("128", "80"),
        ("-129", "-81"),
        ("0x0102030405", "0102030405"),
    ] {
        folder.openssl(&format!("req -x509 -new -key k -subj /CN=x -set_serial {given} -out c.crt"));
        assert_eq!(certificate(&folder, "c.crt").serial_number, node);
        let script = "console.log(new(require('crypto').X509Certificate)(require('fs').readFileSync('c.crt')).serialNumber)";
        let said = folder.run("node", &format!("-e {script}"));
        assert_eq!(String::from_utf8(said.stdout).unwrap().trim(), node);
    }
}

#[test]
fn version_one_has_no_extensions() {
    let folder = folder_with("");
    folder.openssl("req -new -key k -subj /CN=x -out r.csr");
    folder.openssl("x509 -req -in r.csr -signkey k -out c.crt");
    let details = certificate(&folder, "c.crt");
    assert_eq!((details.version, details.self_signed), (1, true));
    assert!(details.extensions.extensions.is_empty());
    assert!(details.extensions.crl_distribution_points.is_none());
}

#[test]
fn a_trusted_certificate_of_openssl_is_read_without_its_trust() {
    let folder = folder_with("");
    folder.openssl("req -x509 -new -key k -subj /CN=x -out c.crt");
    folder.openssl("x509 -in c.crt -trustout -addtrust serverAuth -out t.crt");
    assert!(String::from_utf8(folder.read("t.crt")).unwrap().contains("TRUSTED CERTIFICATE"));
    assert_eq!(
        certificate(&folder, "t.crt").fingerprints.sha256,
        certificate(&folder, "c.crt").fingerprints.sha256
    );
}

#[test]
fn names_of_every_string_type_and_several_attributes_at_once() {
    let folder = Folder::new();
    folder.write(
        "x.cnf",
        "[req]\ndistinguished_name=dn\nprompt=no\nutf8=yes\nstring_mask=MASK:0x804\n[dn]\nO=Bücher\n+OU=b\nCN=c\n",
    );
    // 0x100 UniversalString, 0x800 BMPString, 0x4 T61String, 0x2000 UTF8String
    for mask in ["0x100", "0x800", "0x4", "0x2000"] {
        let text = String::from_utf8(folder.read("x.cnf")).unwrap();
        let at = text.find("MASK:").unwrap();
        let end = at + text[at..].find('\n').unwrap();
        folder.write("x.cnf", format!("{}MASK:{mask}{}", &text[..at], &text[end..]));
        folder.openssl("req -x509 -newkey rsa:2048 -nodes -keyout k -config x.cnf -out c.crt");
        let details = certificate(&folder, "c.crt");
        let text = &details.subject.text;
        assert!(text == "CN=c,O=Bücher+OU=b" || text == "CN=c,OU=b+O=Bücher", "{mask}: {text}");
        assert_eq!(details.subject.common_name.as_deref(), Some("c"));
    }
}

#[test]
fn refuses_what_is_no_certificate() {
    let kind = |der: &[u8]| {
        let pem = pem::encode(pem::CERTIFICATE, der);
        inspect::inspect(pem.as_bytes(), None, NOW).unwrap_err().kind()
    };
    let folder = guide(KeyAlgorithm::EcdsaP256, false);
    let der = der_of(&folder, "ca.crt");
    assert_eq!(kind(&der[..der.len() - 1]), ErrorKind::InvalidCertificate);
    assert_eq!(kind(&[der.as_slice(), &[0]].concat()), ErrorKind::InvalidCertificate);
    assert_eq!(kind(&[0x30, 0]), ErrorKind::InvalidCertificate);
    let message = |file: &[u8]| inspect::inspect(file, None, NOW).unwrap_err().to_string();
    assert!(message(&[der.as_slice(), b"\n"].concat()).contains("goes on behind the end of its DER"));
    folder.openssl("crl2pkcs7 -nocrl -certfile ca.crt -outform DER -out ca.p7b");
    assert!(message(&folder.read("ca.p7b")).contains("openssl pkcs7 -inform DER -print_certs"));
}
