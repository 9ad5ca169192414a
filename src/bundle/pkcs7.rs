//! PKCS#7 that holds certificates alone (RFC 2315 section 9.1, RFC 5652 section 5; `.p7b`): what Windows and Java import.

use yasna::Tag;
use yasna::models::ObjectIdentifier;

use crate::authority::parse_block;
use crate::error::{At, Result};
use crate::pem;

const SIGNED_DATA: &[u64] = &[1, 2, 840, 113_549, 1, 7, 2];
const DATA: &[u64] = &[1, 2, 840, 113_549, 1, 7, 1];

/// The DER of every certificate of `certificate` and of the files of `chain`, PEM or DER, whether they make a chain or not. What is there
/// twice is written once.
///
/// # Errors
/// [`ErrorKind::InvalidCertificate`](crate::ErrorKind::InvalidCertificate) and [`ErrorKind::InvalidPem`](crate::ErrorKind::InvalidPem).
pub fn certs_only(certificate: &[u8], chain: &[impl AsRef<[u8]>]) -> Result<Vec<u8>> {
    let mut certificates = Vec::new();
    add(certificate, &mut certificates).at("certificate")?;
    for (index, file) in chain.iter().enumerate() {
        let path = if chain.len() == 1 { "chain".to_owned() } else { format!("chain[{index}]") };
        add(file.as_ref(), &mut certificates).at(&path)?;
    }
    Ok(write(&certificates))
}

fn add(input: &[u8], certificates: &mut Vec<Vec<u8>>) -> Result<()> {
    for block in pem::decode_many(input, pem::CERTIFICATES, "a certificate")? {
        let der = parse_block(&block)?.der.to_vec();
        if !certificates.contains(&der) {
            certificates.push(der);
        }
    }
    Ok(())
}

/// In the order in which they come, as OpenSSL does it, though DER would sort a set: some readers take the first for the leaf.
fn write(certificates: &[Vec<u8>]) -> Vec<u8> {
    yasna::construct_der(|writer| {
        writer.write_sequence(|writer| {
            writer.next().write_oid(&ObjectIdentifier::from_slice(SIGNED_DATA));
            writer.next().write_tagged(Tag::context(0), |writer| {
                writer.write_sequence(|writer| {
                    writer.next().write_u8(1);
                    writer.next().write_set(|_| {});
                    writer.next().write_sequence(|writer| {
                        writer.next().write_oid(&ObjectIdentifier::from_slice(DATA));
                    });
                    writer.next().write_tagged_implicit(Tag::context(0), |writer| {
                        writer.write_sequence(|writer| {
                            certificates.iter().for_each(|der| writer.next().write_der(der));
                        });
                    });
                    writer.next().write_set(|_| {});
                });
            });
        });
    })
}
