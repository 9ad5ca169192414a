//! Windows' certreq, put together here as it writes.

use mtls_certs::alt_name::AltName;
use mtls_certs::certificate::IssueOptions;
use mtls_certs::{ErrorKind, pem};
use yasna::models::ObjectIdentifier;
use yasna::{DERWriter, Tag};

use super::{Bench, changed, client};

/// certreq puts attributes of its own around the extension request, in an order that is not DER's for a SET, and writes the
/// old label and CRLF.
#[test]
fn windows_certreq() {
    let bench = Bench::new();
    bench.folder.write(
        "req.cnf",
        "[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nC=DE\nO=Amy\nCN=amy\n\
         [ext]\nkeyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=clientAuth\n\
         subjectAltName=DNS:amy.example,otherName:1.3.6.1.4.1.311.20.2.3;UTF8:amy@amy.example\n\
         subjectKeyIdentifier=hash\n1.3.6.1.4.1.311.20.2=ASN1:BMPSTRING:WebServer\n",
    );
    bench.folder.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out k");
    bench.folder.openssl("req -new -key k -config req.cnf -reqexts ext -outform DER -out plain.csr");
    let info = windows_info(&bench.folder.read("plain.csr"));
    bench.folder.write("info", &info);
    bench.folder.openssl("dgst -sha256 -sign k -out signature info");
    let request = signed(&info, &bench.folder.read("signature"));
    let text = pem::encode("NEW CERTIFICATE REQUEST", &request).replace('\n', "\r\n");
    bench.folder.write("w.csr", text);
    bench.folder.openssl("req -in w.csr -noout -verify");

    // Without names of the caller's, the principal name in it decides: it is taken over, or refused; it is never lost.
    let options =
        IssueOptions { alt_names: Some(vec![AltName::classify("amy.example").unwrap()]), ..client() };
    let details = bench.issues_with("w.csr", &options);
    assert_eq!(details.subject.text, "CN=amy,O=Amy,C=DE");
    assert_eq!(details.extensions.extended_key_usage, ["clientAuth"]);
    // Nothing of Microsoft's goes into the certificate.
    let foreign = |oid: &str| oid.starts_with("1.3.6.1.4.1.311.");
    assert!(!details.extensions.extensions.iter().any(|extension| foreign(&extension.oid)), "{details:?}");
    bench.folder.write("changed.csr", pem::encode(pem::CERTIFICATE_REQUEST, &changed(&request)));
    bench.refuses("changed.csr", ErrorKind::RequestSignature);
}

/// The CertificationRequestInfo of a request, with certreq's attributes around its own.
fn windows_info(request: &[u8]) -> Vec<u8> {
    let (version, subject, key, extensions) = yasna::parse_der(request, |reader| {
        reader.read_sequence(|reader| {
            let parts = reader.next().read_sequence(|reader| {
                let mut part = || reader.next().read_der();
                let (version, subject, key) = (part()?, part()?, part()?);
                let attributes = reader.next().read_tagged_implicit(Tag::context(0), |reader| {
                    reader.collect_set_of(|reader| reader.read_der())
                })?;
                Ok((version, subject, key, attributes.into_iter().next().unwrap()))
            })?;
            reader.next().read_der()?;
            reader.next().read_der()?;
            Ok(parts)
        })
    })
    .unwrap();
    let attribute = |numbers: &[u64], value: &dyn Fn(DERWriter<'_>)| {
        yasna::construct_der(|writer| {
            writer.write_sequence(|writer| {
                writer.next().write_oid(&ObjectIdentifier::from_slice(numbers));
                writer.next().write_set(|writer| value(writer.next()));
            });
        })
    };
    let os_version =
        attribute(&[1, 3, 6, 1, 4, 1, 311, 13, 2, 3], &|writer| writer.write_ia5_string("10.0.20348.2"));
    let client_info = attribute(&[1, 3, 6, 1, 4, 1, 311, 21, 20], &|writer| {
        writer.write_sequence(|writer| {
            writer.next().write_u32(5);
            writer.next().write_utf8_string("amy-pc.amy.example");
            writer.next().write_utf8_string("AMY\\amy");
            writer.next().write_utf8_string("certreq.exe");
        });
    });
    let provider = attribute(&[1, 3, 6, 1, 4, 1, 311, 13, 2, 2], &|writer| {
        writer.write_sequence(|writer| {
            writer.next().write_u32(1);
            writer.next().write_bmp_string("Microsoft RSA SChannel Cryptographic Provider");
            writer.next().write_bitvec_bytes(&[], 0);
        });
    });
    yasna::construct_der(|writer| {
        writer.write_sequence(|writer| {
            for part in [&version, &subject, &key] {
                writer.next().write_der(part);
            }
            // As a SEQUENCE, since yasna would sort a SET.
            writer.next().write_tagged_implicit(Tag::context(0), |writer| {
                writer.write_sequence(|writer| {
                    for part in [&os_version, &client_info, &extensions, &provider] {
                        writer.next().write_der(part);
                    }
                });
            });
        });
    })
}

fn signed(info: &[u8], signature: &[u8]) -> Vec<u8> {
    yasna::construct_der(|writer| {
        writer.write_sequence(|writer| {
            writer.next().write_der(info);
            writer.next().write_sequence(|writer| {
                writer.next().write_oid(&ObjectIdentifier::from_slice(&[1, 2, 840, 113549, 1, 1, 11]));
                writer.next().write_null();
            });
            writer.next().write_bitvec_bytes(signature, signature.len() * 8);
        });
    })
}
