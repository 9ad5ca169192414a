//! Lists and authorities of OpenSSL: what we go on from, and what we refuse.

use mtls_certs::authority::Authority;
use mtls_certs::inspect::CrlDetails;
use mtls_certs::revocation::{self, ListOptions, RevocationList, RevocationReason};
use mtls_certs::{ErrorKind, pem};

use super::common::{Folder, authority, load, resigned, rng};
use super::{create, details, pem_der, revoke};

const CONFIGURATION: &str = "\
[req]
distinguished_name=dn
[dn]
[usages]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign
[ca]
default_ca=d
[d]
database=index.txt
crlnumber=crlnumber
default_md=sha256
crl_extensions=x
[x]
issuingDistributionPoint=critical,@point
freshestCRL=URI:http://crl.example/delta
[point]
fullname=URI:http://crl.example/a.crl
";

const INDEX: &str = "\
R\t271124120000Z\t261101000000Z,keyCompromise\t0A\tunknown\t/CN=a
R\t271124120000Z\t261103000000Z,CAkeyTime,20261001000000Z\t0B\tunknown\t/CN=c
R\t271124120000Z\t261104000000Z,holdInstruction,holdInstructionReject\t0C\tunknown\t/CN=d
R\t271124120000Z\t261105000000Z\t0D\tunknown\t/CN=e
";

/// A list of OpenSSL's, under an authority of its own.
fn of_openssl(configuration: &str) -> (Folder, Authority) {
    let folder = Folder::new();
    folder.write("ca.cnf", configuration);
    folder.write("index.txt", INDEX);
    folder.write("crlnumber", "01F4\n");
    folder.openssl(
        "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -subj /O=Bob/CN=ca -days 9000 -out ca.crt",
    );
    folder.openssl("ca -config ca.cnf -gencrl -keyfile ca.key -cert ca.crt -crldays 30 -out ca.crl");
    let authority = load(&folder, "ca.crt", "ca.key");
    (folder, authority)
}

#[test]
fn we_go_on_from_a_list_of_openssl() {
    let (folder, authority) = of_openssl(CONFIGURATION);
    let now = time::OffsetDateTime::now_utc();
    let list = RevocationList::read(&folder.read("ca.crl"), authority.certificate()).unwrap();
    let options =
        ListOptions { revoked: vec![revoke("0e", RevocationReason::Superseded)], ..ListOptions::default() };
    let next = revocation::create(Some(&list), &authority, &options, now, &mut rng(9)).unwrap();
    folder.write("next.crl", pem::encode(pem::X509_CRL, &next));
    folder.openssl("crl -in next.crl -noout -verify -CAfile ca.crt");
    let before = pem_der(&folder.read("ca.crl"));
    let (before, after) = (details(&before), details(&next));
    assert_eq!(after.crl_number.as_deref(), Some("01F5"));
    let json = |details: &CrlDetails| serde_json::to_value(&details.revoked).unwrap();
    assert_eq!(json(&after).as_array().unwrap()[..4], *json(&before).as_array().unwrap());
    assert_eq!(after.revoked.len(), 5);
    let said = folder.openssl("crl -in next.crl -noout -text");
    for kept in ["http://crl.example/a.crl", "http://crl.example/delta", "Hold Instruction Reject"] {
        assert!(said.contains(kept), "{kept}: {said}");
    }
}

#[test]
fn we_refuse_to_go_on_from_what_we_can_not_keep() {
    let kind = |configuration: &str| {
        let (folder, authority) = of_openssl(configuration);
        let error = RevocationList::read(&folder.read("ca.crl"), authority.certificate()).unwrap_err();
        (error.kind(), error.message().to_owned())
    };
    for (extension, words) in
        [("onlysomereasons=keyCompromise", "some reasons only"), ("indirectCRL=TRUE", "other authorities")]
    {
        let (kind, message) = kind(&format!("{CONFIGURATION}{extension}\n"));
        assert!(kind == ErrorKind::InvalidCrl && message.contains(words), "{message}");
    }
    for (extension, words) in
        [("2.5.29.27=critical,ASN1:INTEGER:255", "delta"), ("1.2.3.4=critical,ASN1:NULL", "1.2.3.4")]
    {
        let (kind, message) = kind(&CONFIGURATION.replace("[x]\n", &format!("[x]\n{extension}\n")));
        assert!(kind == ErrorKind::InvalidCrl && message.contains(words), "{message}");
    }
    let (kind, message) = kind(&CONFIGURATION.replace("sha256", "sha1"));
    assert!(kind == ErrorKind::WeakSignature && message.contains("SHA-1"), "{message}");
}

#[test]
fn a_list_with_an_entry_of_a_critical_extension_is_not_gone_on_from() {
    let (folder, authority) = of_openssl(CONFIGURATION);
    let read = || RevocationList::read(&folder.read("ca.crl"), authority.certificate());
    assert!(read().is_ok());
    resigned::critical_entry(&folder, "ca.crl", "ca.key");
    folder.openssl("crl -in ca.crl -noout -verify -CAfile ca.crt");
    let error = read().unwrap_err();
    let told =
        error.message().contains("an entry (number 1)") && error.message().contains("critical extension");
    assert!(error.kind() == ErrorKind::InvalidCrl && told, "{error}");
}

#[test]
fn a_list_of_another_or_a_changed_one_is_not_gone_on_from() {
    let (ours, _) = authority("my-ca", 0);
    let list = create(&ours, vec![revoke("0a", RevocationReason::KeyCompromise)]).unwrap();
    let (folder, theirs) = of_openssl(CONFIGURATION);
    let kind = |list: &[u8], authority: &Authority| {
        RevocationList::read(list, authority.certificate()).unwrap_err().kind()
    };
    assert_eq!(kind(&list, &theirs), ErrorKind::WrongIssuer);
    assert_eq!(kind(&folder.read("ca.crl"), &ours), ErrorKind::WrongIssuer);
    // Whatever octet is changed: it is never taken.
    for place in 0..list.len() {
        let mut changed = list.clone();
        changed[place] ^= 0x41;
        assert!(RevocationList::read(&changed, ours.certificate()).is_err(), "octet {place}");
    }
    for length in 0..list.len() {
        assert!(RevocationList::read(&list[..length], ours.certificate()).is_err(), "{length} octets");
    }
}

#[test]
fn an_authority_needs_crl_sign() {
    let folder = Folder::new();
    folder.write("ca.cnf", CONFIGURATION);
    folder.openssl("req -x509 -newkey rsa:2048 -nodes -keyout ca.key -config ca.cnf -extensions usages -subj /CN=ca -days 9000 -out ca.crt");
    let authority = load(&folder, "ca.crt", "ca.key");
    let error = revocation::create(
        None,
        &authority,
        &ListOptions::default(),
        time::OffsetDateTime::now_utc(),
        &mut rng(9),
    )
    .unwrap_err();
    assert_eq!((error.kind(), error.field()), (ErrorKind::NotAnAuthority, Some("authority.certificate")));
    assert!(error.message().contains("cRLSign"), "{error}");
}
