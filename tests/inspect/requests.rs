//! Requests: their attributes, and the extensions that they ask for in either of two ways.

use mtls_certs::ErrorKind;
use mtls_certs::inspect::{self, Details, RequestDetails};
use serde_json::json;
use yasna::models::ObjectIdentifier;
use yasna::{DERWriter, DERWriterSet};

use crate::common::{Folder, NOW};
use crate::{folder_with, json};

fn request(folder: &Folder, name: &str) -> RequestDetails {
    match inspect::inspect(&folder.read(name), None, NOW).unwrap() {
        Details::Request(details) => *details,
        other => panic!("{other:?}"),
    }
}

#[test]
fn attributes_of_openssl() {
    let folder = folder_with(
        "subjectAltName=DNS:localhost\n[a]\nchallengePassword=secret12\nunstructuredName=Bücher\n1.3.6.1.4.1.311.13.2.3=10.0.1\n",
    );
    let configuration = String::from_utf8(folder.read("x.cnf")).unwrap();
    folder.write(
        "x.cnf",
        configuration.replace("prompt=no", "prompt=no\nutf8=yes\nattributes=a\nreq_extensions=x"),
    );
    folder.openssl("req -new -key k -config x.cnf -out r.csr");
    let details = request(&folder, "r.csr");
    assert_eq!(details.signature_valid, Some(true));
    assert_eq!(json(&details.extensions.alt_names), json!([{ "dns": "localhost" }]));
    let texts: Vec<_> =
        details.attributes.iter().map(|attribute| (attribute.name, attribute.text.as_deref())).collect();
    assert_eq!(texts.len(), 3, "not the extension request");
    for expected in [
        (Some("challengePassword"), Some("secret12")),
        (Some("unstructuredName"), Some("Bücher")),
        (Some("msOsVersion"), Some("10.0.1")),
    ] {
        assert!(texts.contains(&expected), "{texts:?}");
    }
    let password =
        details.attributes.iter().find(|attribute| attribute.name == Some("challengePassword")).unwrap();
    assert_eq!(password.oid, "1.2.840.113549.1.9.7");
    assert_eq!(password.value, "0C:08:73:65:63:72:65:74:31:32");
    folder.openssl("req -in r.csr -outform DER -out r.der");
    assert_eq!(json(request(&folder, "r.der")), json(details));
}

fn attribute(set: &mut DERWriterSet<'_>, oid: &[u64], value: impl FnOnce(DERWriter<'_>)) {
    set.next().write_sequence(|writer| {
        writer.next().write_oid(&ObjectIdentifier::from_slice(oid));
        writer.next().write_set(|set| value(set.next()));
    });
}

/// What Windows' certreq sends, which no tool here makes.
#[test]
fn attributes_of_windows() {
    const MICROSOFT: [u64; 7] = [1, 3, 6, 1, 4, 1, 311];
    let microsoft = |rest: &[u64]| [MICROSOFT.as_slice(), rest].concat();
    let folder = folder_with("");
    folder.openssl("req -new -key k -config x.cnf -outform DER -out r.der");
    folder.openssl("pkey -in k -pubout -outform DER -out k.der");
    let der = yasna::construct_der(|writer| {
        writer.write_sequence(|writer| {
            writer.next().write_sequence(|writer| {
                writer.next().write_u8(0);
                writer.next().write_sequence(|_| {});
                writer.next().write_der(&folder.read("k.der"));
                writer.next().write_tagged_implicit(yasna::Tag::context(0), |writer| {
                    writer.write_set(|set| {
                        attribute(set, &microsoft(&[13, 2, 3]), |value| {
                            value.write_ia5_string("10.0.19045.2")
                        });
                        attribute(set, &microsoft(&[21, 20]), |value| {
                            value.write_sequence(|writer| {
                                writer.next().write_u8(5);
                                writer.next().write_utf8_string("PC");
                                writer.next().write_utf8_string("CORP\\amy");
                                writer.next().write_utf8_string("certreq");
                            });
                        });
                        attribute(set, &microsoft(&[13, 2, 2]), |value| {
                            value.write_sequence(|writer| {
                                writer.next().write_u8(1);
                                writer.next().write_bmp_string("Microsoft Software KSP");
                                writer.next().write_bitvec_bytes(&[0], 8);
                            });
                        });
                        attribute(set, &microsoft(&[13, 2, 1]), |value| {
                            value.write_sequence(|writer| {
                                writer.next().write_bmp_string("CertificateTemplate");
                                writer.next().write_bmp_string("WebServer");
                            });
                        });
                        attribute(set, &[1, 2, 3, 4], |value| value.write_u8(7));
                        attribute(set, &microsoft(&[2, 1, 14]), |value| {
                            value.write_sequence(|writer| {
                                writer.next().write_sequence(|writer| {
                                    writer.next().write_oid(&ObjectIdentifier::from_slice(&[2, 5, 29, 37]));
                                    writer.next().write_bytes(&[0x30, 6, 6, 4, 0x55, 0x1d, 0x25, 0]);
                                });
                            });
                        });
                    });
                });
            });
            writer.next().write_sequence(|writer| {
                writer.next().write_oid(&ObjectIdentifier::from_slice(&[1, 2, 840, 10045, 4, 3, 2]));
            });
            writer.next().write_bitvec_bytes(&[0], 8);
        });
    });
    let details = inspect::request(&der).unwrap();
    assert_eq!(details.signature_valid, Some(false));
    assert_eq!(details.extensions.extended_key_usage, ["anyExtendedKeyUsage"]);
    let mut texts: Vec<_> = details
        .attributes
        .iter()
        .map(|attribute| (attribute.name.unwrap_or(&attribute.oid), attribute.text.as_deref()))
        .collect();
    texts.sort_unstable();
    assert_eq!(
        texts,
        [
            ("1.2.3.4", None),
            ("msEnrollmentCspProvider", Some("Microsoft Software KSP")),
            ("msEnrollmentNameValuePair", Some("CertificateTemplate=WebServer")),
            ("msOsVersion", Some("10.0.19045.2")),
            ("msRequestClientInfo", Some("PC CORP\\amy certreq")),
        ]
    );
}

#[test]
fn weak_and_foreign_ones_are_described() {
    let folder = Folder::new();
    for (key, algorithm, signature, valid) in [
        ("rsa:2048", "rsa-2048", "RSA with SHA-256", true),
        ("rsa:1024", "rsa-1024", "RSA with SHA-256", false),
        ("ec -pkeyopt ec_paramgen_curve:P-521", "ecdsa-p521", "ECDSA with SHA-256", false),
        ("ed25519", "ed25519", "Ed25519", true),
    ] {
        folder.openssl(&format!("req -new -newkey {key} -nodes -keyout k -subj /CN=x -out r.csr"));
        let details = request(&folder, "r.csr");
        assert_eq!(details.public_key.algorithm, algorithm);
        assert_eq!(
            (details.signature_algorithm.as_str(), details.signature_valid.unwrap_or_default()),
            (signature, valid)
        );
        assert!(details.attributes.is_empty());
    }
}

#[test]
fn refuses_what_is_none() {
    assert_eq!(inspect::request(&[0x30, 0]).unwrap_err().kind(), ErrorKind::InvalidRequest);
}
