//! Revocation lists as `openssl ca -gencrl` makes them.

use mtls_certs::ErrorKind;
use mtls_certs::inspect::{self, CrlDetails, Details};
use serde_json::json;
use time::macros::datetime;

use crate::common::{Folder, NOW};
use crate::{decoded, json};

const CONFIGURATION: &str = "\
[ca]
default_ca=d
[d]
database=index.txt
crlnumber=crlnumber
default_md=sha256
crl_extensions=x
[x]
authorityKeyIdentifier=keyid:always
issuingDistributionPoint=critical,@point
freshestCRL=URI:http://crl.example/delta
2.5.29.27=critical,ASN1:INTEGER:255
[point]
fullname=URI:http://crl.example/a.crl
onlysomereasons=keyCompromise,superseded
indirectCRL=TRUE
";

/// Tabs between the fields: state, end, revocation, serial number, file, subject.
const INDEX: &str = "\
R\t271124120000Z\t261101000000Z,keyCompromise\t0A\tunknown\t/CN=a
R\t271124120000Z\t261102000000Z,superseded\tFF01\tunknown\t/CN=b
R\t271124120000Z\t261103000000Z,CAkeyTime,20261001000000Z\t0B\tunknown\t/CN=c
R\t271124120000Z\t261104000000Z,holdInstruction,holdInstructionReject\t0C\tunknown\t/CN=d
R\t271124120000Z\t261105000000Z\t0D\tunknown\t/CN=e
V\t271124120000Z\t\t0E\tunknown\t/CN=f
";

fn crl(folder: &Folder, name: &str) -> CrlDetails {
    match inspect::inspect(&folder.read(name), None, NOW).unwrap() {
        Details::Crl(details) => *details,
        other => panic!("{other:?}"),
    }
}

fn list(index: &str, arguments: &str) -> Folder {
    let folder = Folder::new();
    folder.write("ca.cnf", CONFIGURATION);
    folder.write("index.txt", index);
    folder.write("crlnumber", "01F4\n");
    folder.openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -subj /O=Bob/CN=ca -out ca.crt");
    folder.openssl(&format!(
        "ca -config ca.cnf -gencrl -keyfile ca.key -cert ca.crt -crl_lastupdate 20261106000000Z -crl_nextupdate 20261206000000Z {arguments} -out ca.crl"
    ));
    folder
}

#[test]
fn shows_who_was_revoked_when_and_why() {
    let folder = list(INDEX, "");
    let details = crl(&folder, "ca.crl");
    assert_eq!((details.r#type, details.version), ("crl", 2));
    assert_eq!(details.issuer.text, "CN=ca,O=Bob");
    assert_eq!(details.this_update, datetime!(2026-11-06 0:00 UTC));
    assert_eq!(details.next_update, Some(datetime!(2026-12-06 0:00 UTC)));
    assert_eq!(details.crl_number.as_deref(), Some("01F4"));
    assert_eq!(details.signature_algorithm, "RSA with SHA-256");
    let revoked: Vec<_> = details
        .revoked
        .iter()
        .map(|entry| (entry.serial_number.as_str(), entry.date.day(), entry.reason))
        .collect();
    assert_eq!(
        revoked,
        [
            ("0A", 1, Some("keyCompromise")),
            ("0B", 3, Some("cACompromise")),
            ("0C", 4, Some("certificateHold")),
            ("0D", 5, None),
            ("FF01", 2, Some("superseded")),
        ]
    );
    assert_eq!(
        decoded(&details.revoked[1].extensions, "invalidityDate"),
        (false, json!("2026-10-01T00:00:00Z"))
    );
    assert_eq!(decoded(&details.revoked[0].extensions, "reasonCode"), (false, json!("keyCompromise")));
    let said = folder.openssl("crl -in ca.crl -noout -fingerprint -sha256 -crlnumber");
    assert!(said.contains(&details.fingerprints.sha256), "{said}");
    let said = folder.openssl("x509 -in ca.crt -noout -ext subjectKeyIdentifier");
    assert!(said.contains(details.authority_key_identifier.as_deref().unwrap()), "{said}");
}

#[test]
fn its_extensions_are_decoded() {
    let details = crl(&list(INDEX, ""), "ca.crl");
    let is = |name: &str, critical, value| {
        assert_eq!(decoded(&details.extensions, name), (critical, value), "{name}");
    };
    is(
        "issuingDistributionPoint",
        true,
        json!({
            "name": [{ "uri": "http://crl.example/a.crl" }],
            "onlyContainsUserCerts": false,
            "onlyContainsCACerts": false,
            "onlySomeReasons": ["keyCompromise", "superseded"],
            "indirectCRL": true,
            "onlyContainsAttributeCerts": false,
        }),
    );
    is("cRLNumber", false, json!("01F4"));
    is("deltaCRLIndicator", true, json!("FF"));
    is("freshestCRL", false, json!([{ "name": [{ "uri": "http://crl.example/delta" }] }]));
    is(
        "authorityKeyIdentifier",
        false,
        json!({ "keyIdentifier": details.authority_key_identifier.as_deref().unwrap() }),
    );
}

#[test]
fn one_that_revokes_nothing_and_bare_der() {
    let folder = list("", "");
    let details = crl(&folder, "ca.crl");
    assert!(details.revoked.is_empty());
    folder.openssl("crl -in ca.crl -outform DER -out ca.der");
    assert_eq!(json(crl(&folder, "ca.der")), json(details));
}

#[test]
fn refuses_what_is_none() {
    let folder = list("", "");
    folder.openssl("crl -in ca.crl -outform DER -out ca.der");
    let der = folder.read("ca.der");
    let kind = |der: &[u8]| inspect::crl(der).unwrap_err().kind();
    assert_eq!(kind(&der[..der.len() - 1]), ErrorKind::InvalidCrl);
    assert_eq!(kind(&[der.as_slice(), &[0]].concat()), ErrorKind::InvalidCrl);
    assert_eq!(kind(&[0x30, 0]), ErrorKind::InvalidCrl);
}
