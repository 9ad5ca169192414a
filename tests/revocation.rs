//! Revocation lists: what is made, gone on from, and refused. OpenSSL, webpki and Python judge.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod common;

use std::path::PathBuf;
use std::process::Command;
use std::time::{Duration, Instant};

use common::{Folder, NOW, authority, client, load, rng, soon};
use mtls_certs::authority::Authority;
use mtls_certs::certificate::SerialNumber;
use mtls_certs::inspect::{self, CrlDetails};
use mtls_certs::revocation::{
    self, CrlNumber, ListOptions, Revocation, RevocationList, RevocationReason, RevokedSerial,
};
use mtls_certs::validity::ValidityRequest;
use mtls_certs::{Error, ErrorKind, pem};
use rustls_pki_types::{CertificateDer, UnixTime};
use time::macros::datetime;
use webpki::{
    BorrowedCertRevocationList, CertRevocationList, EndEntityCert, ExpirationPolicy, OwnedCertRevocationList,
    RevocationCheckDepth, RevocationOptionsBuilder, UnknownStatusPolicy, anchor_from_trusted_cert,
};

fn serial(hex: &str) -> RevokedSerial {
    RevokedSerial::from(&SerialNumber::from_hex(hex).unwrap())
}

fn revoke(hex: &str, reason: RevocationReason) -> Revocation {
    Revocation { reason, ..Revocation::new(serial(hex)) }
}

fn of(certificate: &[u8], authority: &Authority) -> Revocation {
    Revocation::new(RevokedSerial::of_certificate(certificate, authority.certificate()).unwrap())
}

fn create(authority: &Authority, revoked: Vec<Revocation>) -> mtls_certs::Result<Vec<u8>> {
    let options = ListOptions { revoked, ..ListOptions::default() };
    revocation::create(None, authority, &options, NOW, &mut rng(9))
}

fn update(list: &[u8], authority: &Authority, options: &ListOptions) -> mtls_certs::Result<Vec<u8>> {
    let list = RevocationList::read(list, authority.certificate())?;
    revocation::create(Some(&list), authority, options, NOW, &mut rng(9))
}

fn details(list: &[u8]) -> CrlDetails {
    inspect::crl(list).unwrap()
}

fn serials(list: &[u8]) -> Vec<(String, Option<&'static str>)> {
    details(list).revoked.into_iter().map(|entry| (entry.serial_number, entry.reason)).collect()
}

fn refused<T: std::fmt::Debug>(result: mtls_certs::Result<T>) -> (ErrorKind, String) {
    let error: Error = result.unwrap_err();
    (error.kind(), error.field().unwrap_or_default().to_owned())
}

/// A folder with `ca.crt`, `amy.crt`, `bob.crt` and their list, on which only Amy is.
fn amy_is_revoked() -> Folder {
    let folder = Folder::new();
    let (authority, ca) = authority("my-ca", 0);
    let (amy, bob) = (client(&authority, "CN=amy-client", 31), client(&authority, "CN=bob-client", 32));
    for (name, der) in [("ca.crt", &ca), ("amy.crt", &amy), ("bob.crt", &bob)] {
        folder.write(name, pem::encode(pem::CERTIFICATE, der));
    }
    let amy = Revocation { reason: RevocationReason::KeyCompromise, ..of(&amy, &authority) };
    folder.write("ca.crl", pem::encode(pem::X509_CRL, &create(&authority, vec![amy]).unwrap()));
    folder.write("empty.crl", pem::encode(pem::X509_CRL, &create(&authority, Vec::new()).unwrap()));
    folder
}

#[test]
fn openssl_lets_amy_in_before_and_refuses_her_after() {
    let folder = amy_is_revoked();
    let verify = |list: &str, name: &str| {
        format!(
            "verify -x509_strict -purpose sslclient -attime {} -crl_check -CAfile ca.crt -CRLfile {list} {name}",
            soon()
        )
    };
    for list in ["ca.crl", "empty.crl"] {
        folder.openssl(&format!("crl -in {list} -noout -verify -CAfile ca.crt"));
        folder.openssl(&verify(list, "bob.crt"));
    }
    folder.openssl(&verify("empty.crl", "amy.crt"));
    let said = folder.openssl_refuses(&verify("ca.crl", "amy.crt"));
    assert!(said.contains("certificate revoked"), "{said}");
    // And once it has run out, nobody gets in.
    let late = verify("ca.crl", "bob.crt").replace(&soon().to_string(), &(soon() + 31 * 86_400).to_string());
    let said = folder.openssl_refuses(&late);
    assert!(said.contains("CRL has expired"), "{said}");
    let text = folder.openssl("crl -in ca.crl -noout -text");
    for expected in [
        "Version 2 (0x1)",
        "Issuer: CN = my-ca",
        "Last Update: Nov 24 11:00:00 2026 GMT",
        "Next Update: Dec 24 12:00:00 2026 GMT",
        "X509v3 CRL Number: \n                1\n",
        "Key Compromise",
        "Revocation Date: Nov 24 12:00:00 2026 GMT",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(folder.openssl("crl -in empty.crl -noout -text").contains("No Revoked Certificates"));
}

#[test]
fn webpki_refuses_amy_alone() {
    let folder = amy_is_revoked();
    let der = |name: &str| pem_der(&folder.read(name));
    let judge = |list: &str, name: &str| {
        let (list, root) = (der(list), CertificateDer::from(der("ca.crt")));
        let list = CertRevocationList::from(BorrowedCertRevocationList::from_der(&list)?.to_owned()?);
        let lists = [&list];
        let revocation = RevocationOptionsBuilder::new(&lists)
            .unwrap()
            .with_depth(RevocationCheckDepth::EndEntity)
            .with_status_policy(UnknownStatusPolicy::Deny)
            .with_expiration_policy(ExpirationPolicy::Enforce)
            .build();
        let leaf = CertificateDer::from(der(name));
        let time = UnixTime::since_unix_epoch(Duration::from_secs(soon().try_into().unwrap()));
        EndEntityCert::try_from(&leaf)?
            .verify_for_usage(
                webpki::ALL_VERIFICATION_ALGS,
                &[anchor_from_trusted_cert(&root)?],
                &[],
                time,
                webpki::KeyUsage::client_auth(),
                Some(revocation),
                None,
            )
            .map(|_| ())
    };
    assert_eq!(judge("empty.crl", "amy.crt"), Ok(()));
    assert_eq!(judge("ca.crl", "bob.crt"), Ok(()));
    assert_eq!(judge("ca.crl", "amy.crt"), Err(webpki::Error::CertRevoked));
    let empty = der("empty.crl");
    assert!(OwnedCertRevocationList::from_der(&empty).is_ok());
    assert!(OwnedCertRevocationList::from_der(&empty[..empty.len() - 1]).is_err());
}

fn python() -> PathBuf {
    std::env::var_os("MTLS_CERTS_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from)
}

#[test]
fn python_verifies_the_signature_and_finds_amy() {
    let folder = amy_is_revoked();
    let judge = |list: &str, name: &str| {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/python/judge.py");
        let output = Command::new(python())
            .args([script, "revoked"])
            .arg(folder.path())
            .args(["ca.crt", list, name])
            .output()
            .unwrap();
        (
            output.status.success(),
            String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned(),
        )
    };
    let found = |list, name| judge(list, name).1.trim().to_owned();
    assert_eq!(found("ca.crl", "amy.crt"), "keyCompromise 2026-11-24T12:00:00+00:00");
    assert_eq!(found("ca.crl", "bob.crt"), "not revoked");
    assert_eq!(found("empty.crl", "amy.crt"), "not revoked");
    let mut changed = pem_der(&folder.read("ca.crl"));
    *changed.last_mut().unwrap() ^= 1;
    folder.write("changed.crl", pem::encode(pem::X509_CRL, &changed));
    let (accepted, said) = judge("changed.crl", "amy.crt");
    assert!(!accepted, "{said}");
}

#[test]
fn pkilint_finds_no_error_in_a_list() {
    let folder = amy_is_revoked();
    let lint = |name: &str| {
        let tool = python().with_file_name("lint_crl");
        let output = Command::new(&tool)
            .args(["lint", "-t", "CRL", "-p", "PKIX", "-s", "WARNING", "-f", "CSV", name])
            .current_dir(folder.path())
            .output()
            .unwrap_or_else(|error| {
                panic!("{} can't be run ({error}); `cargo xtask test` sets it up", tool.display())
            });
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(!text.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        text.lines().skip(1).filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    for name in ["ca.crl", "empty.crl"] {
        let findings = lint(name);
        assert!(findings.is_empty(), "{name}: {findings:#?}");
    }
    // And it can find: OpenSSL writes a list of version 1 where nobody says otherwise.
    folder.write("v1.cnf", "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ndefault_md=sha256\n");
    folder.write("index.txt", "");
    folder.openssl("req -x509 -newkey rsa:2048 -nodes -keyout k -subj /CN=x -out x.crt");
    folder.openssl("ca -config v1.cnf -gencrl -crldays 1 -keyfile k -cert x.crt -out v1.crl");
    assert!(!lint("v1.crl").is_empty());
}

#[test]
fn every_reason_and_date_is_shown_again() {
    let (authority, _) = authority("my-ca", 0);
    let revoked: Vec<_> = RevocationReason::ALL
        .iter()
        .enumerate()
        .map(|(index, reason)| revoke(&format!("{:02x}", index + 0x7e), *reason))
        .collect();
    let list = create(&authority, revoked).unwrap();
    let reasons: Vec<_> =
        serials(&list).into_iter().map(|(_, reason)| reason.unwrap_or("unspecified")).collect();
    assert_eq!(reasons, RevocationReason::ALL.iter().map(|reason| reason.name()).collect::<Vec<_>>());
    assert_eq!(serials(&list)[2].0, "80");
    // An unspecified reason is none (RFC 5280 section 5.3.1).
    assert!(details(&list).revoked[0].extensions.is_empty());

    let dated = Revocation {
        date: Some(datetime!(2026-11-01 8:00 UTC)),
        invalidity_date: Some(datetime!(2026-10-01 8:00 UTC)),
        ..revoke("01", RevocationReason::KeyCompromise)
    };
    let list = create(&authority, vec![dated.clone()]).unwrap();
    let entry = &details(&list).revoked[0];
    assert_eq!(entry.date, datetime!(2026-11-01 8:00 UTC));
    let invalidity = entry.extensions.iter().find(|one| one.oid == "2.5.29.24").unwrap();
    assert_eq!(invalidity.decoded, Some("2026-10-01T08:00:00Z".into()));
    let tomorrow = Some(datetime!(2026-11-25 12:00 UTC));
    for (option, late) in [
        ("date", Revocation { date: tomorrow, ..dated.clone() }),
        ("invalidityDate", Revocation { invalidity_date: tomorrow, ..dated }),
    ] {
        let expected = (ErrorKind::InvalidValidity, format!("revoked[0].{option}"));
        assert_eq!(refused(create(&authority, vec![late])), expected);
    }
}

#[test]
fn who_was_issued_by_another_is_not_revoked_here() {
    let (ours, _) = authority("my-ca", 0);
    let folder = Folder::new();
    folder.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out o.key");
    for (subject, file) in [("/CN=my-ca", "namesake.crt"), ("/CN=other", "other.crt")] {
        folder.openssl(&format!("req -x509 -new -key o.key -subj {subject} -days 9000 -out {file}"));
        let theirs = load(&folder, file, "o.key");
        let error = RevokedSerial::of_certificate(&folder.read(file), ours.certificate()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::WrongIssuer, "{file}");
        assert!(RevokedSerial::of_certificate(&folder.read(file), theirs.certificate()).is_ok());
    }
    let amy = client(&ours, "CN=amy", 31);
    assert!(RevokedSerial::of_certificate(&amy, ours.certificate()).is_ok());
    let mut changed = amy.clone();
    *changed.last_mut().unwrap() ^= 1;
    let error = RevokedSerial::of_certificate(&changed, ours.certificate()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::WrongIssuer);
    assert!(error.message().contains("signature"), "{error}");
}

#[test]
fn each_certificate_is_listed_once() {
    let (authority, _) = authority("my-ca", 0);
    let amy = client(&authority, "CN=amy", 31);
    let hex =
        details(&create(&authority, vec![of(&amy, &authority)]).unwrap()).revoked[0].serial_number.clone();
    let twice = vec![of(&amy, &authority), revoke(&hex, RevocationReason::Superseded)];
    let expected = (ErrorKind::ConflictingOptions, "revoked[1].serialNumber".to_owned());
    assert_eq!(refused(create(&authority, twice)), expected);
    let list = create(&authority, vec![of(&amy, &authority)]).unwrap();
    let again = ListOptions { revoked: vec![of(&amy, &authority)], ..ListOptions::default() };
    let expected = (ErrorKind::ConflictingOptions, "revoked[0].certificate".to_owned());
    assert_eq!(refused(update(&list, &authority, &again)), expected);
}

#[test]
fn the_next_list_keeps_all_and_its_number_grows() {
    let (authority, _) = authority("my-ca", 0);
    let first = create(&authority, vec![revoke("0a", RevocationReason::KeyCompromise)]).unwrap();
    let more =
        ListOptions { revoked: vec![revoke("0b", RevocationReason::Unspecified)], ..ListOptions::default() };
    let second = update(&first, &authority, &more).unwrap();
    assert_eq!(serials(&second), [("0A".to_owned(), Some("keyCompromise")), ("0B".to_owned(), None)]);
    assert_eq!(details(&second).crl_number.as_deref(), Some("02"));
    let third = update(&second, &authority, &ListOptions::default()).unwrap();
    assert_eq!((serials(&third), details(&third).crl_number.as_deref()), (serials(&second), Some("03")));

    let numbered =
        |number: u64| ListOptions { number: Some(CrlNumber::from(number)), ..ListOptions::default() };
    let far = update(&third, &authority, &numbered(500)).unwrap();
    assert_eq!(details(&far).crl_number.as_deref(), Some("01F4"));
    for number in [0, 3, 499, 500] {
        let expected = (ErrorKind::InvalidOption, "number".to_owned());
        assert_eq!(refused(update(&far, &authority, &numbered(number))), expected, "{number}");
    }
    let zero = revocation::create(None, &authority, &numbered(0), NOW, &mut rng(9)).unwrap();
    assert_eq!(details(&zero).crl_number.as_deref(), Some("0"));
}

#[test]
fn a_hold_is_lifted_or_becomes_final_and_nothing_else_is_undone() {
    let (authority, _) = authority("my-ca", 0);
    let held = Revocation {
        date: Some(datetime!(2026-11-01 8:00 UTC)),
        ..revoke("0a", RevocationReason::CertificateHold)
    };
    let list = create(&authority, vec![held, revoke("0b", RevocationReason::Superseded)]).unwrap();
    let lift = |hex: &str| ListOptions { removed: vec![serial(hex)], ..ListOptions::default() };
    assert_eq!(
        serials(&update(&list, &authority, &lift("0a")).unwrap()),
        [("0B".to_owned(), Some("superseded"))]
    );
    let expected = (ErrorKind::InvalidOption, "removed[0].serialNumber".to_owned());
    for hex in ["0b", "0c"] {
        assert_eq!(refused(update(&list, &authority, &lift(hex))), expected, "{hex}");
    }
    let add = |reason| ListOptions { revoked: vec![revoke("0a", reason)], ..ListOptions::default() };
    let last = update(&list, &authority, &add(RevocationReason::KeyCompromise)).unwrap();
    assert_eq!(serials(&last)[0], ("0A".to_owned(), Some("keyCompromise")));
    assert_eq!(details(&last).revoked[0].date, datetime!(2026-11-01 8:00 UTC));
    let expected = (ErrorKind::ConflictingOptions, "revoked[0].serialNumber".to_owned());
    assert_eq!(refused(update(&list, &authority, &add(RevocationReason::CertificateHold))), expected);
    let both = ListOptions { removed: vec![serial("0a")], ..add(RevocationReason::KeyCompromise) };
    assert_eq!(refused(update(&list, &authority, &both)), expected);
    let twice = ListOptions { removed: vec![serial("0a"), serial("0a")], ..ListOptions::default() };
    assert_eq!(refused(update(&list, &authority, &twice)).1, "removed[1].serialNumber");
}

#[test]
fn when_a_list_is_good() {
    let (authority, _) = authority("my-ca", 0);
    let made = |validity| {
        let options = ListOptions { validity, ..ListOptions::default() };
        revocation::create(None, &authority, &options, NOW, &mut rng(9))
    };
    let week = details(&made(ValidityRequest::days(7)).unwrap());
    assert_eq!(week.next_update, Some(datetime!(2026-12-01 12:00 UTC)));
    let expected = (ErrorKind::OutlivesAuthority, "validity.days".to_owned());
    assert_eq!(refused(made(ValidityRequest::days(3651))), expected);
    let later =
        ValidityRequest { not_before: Some(datetime!(2050-01-01 0:00 UTC)), ..ValidityRequest::default() };
    assert_eq!(refused(made(later)).0, ErrorKind::OutlivesAuthority);
    // The next is not dated before the one before: not by default, and not when asked for.
    let today = ValidityRequest { not_before: Some(NOW), ..ValidityRequest::default() };
    let list = made(today).unwrap();
    let next = update(&list, &authority, &ListOptions::default()).unwrap();
    assert_eq!(details(&next).this_update, NOW);
    let earlier = ValidityRequest { not_before: Some(datetime!(2026-11-24 11:30 UTC)), ..today };
    let options = ListOptions { validity: earlier, ..ListOptions::default() };
    let expected = (ErrorKind::InvalidValidity, "validity.notBefore".to_owned());
    assert_eq!(refused(update(&list, &authority, &options)), expected);
}

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

#[test]
fn ten_thousand_entries_take_moments() {
    let (authority, ca) = authority("my-ca", 0);
    let revoked = |range: std::ops::Range<u32>| {
        range.map(|n| revoke(&format!("40{n:030x}"), RevocationReason::Superseded)).collect::<Vec<_>>()
    };
    let begun = Instant::now();
    let list = create(&authority, revoked(0..10_000)).unwrap();
    let more = ListOptions { revoked: revoked(10_000..10_100), ..ListOptions::default() };
    let next = update(&list, &authority, &more).unwrap();
    assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    assert_eq!(details(&next).revoked.len(), 10_100);
    let folder = Folder::new();
    folder.write("ca.crt", pem::encode(pem::CERTIFICATE, &ca));
    folder.write("ca.crl", pem::encode(pem::X509_CRL, &next));
    folder.openssl("crl -in ca.crl -noout -verify -CAfile ca.crt");
}

fn pem_der(text: &[u8]) -> Vec<u8> {
    x509_parser::pem::parse_x509_pem(text).unwrap().1.contents
}
