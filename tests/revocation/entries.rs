//! The entries of a list: who may be on it, each once, with reason and dates; and ten thousand of them.

use std::time::{Duration, Instant};

use mtls_certs::revocation::{ListOptions, Revocation, RevocationReason, RevokedSerial};
use mtls_certs::{ErrorKind, pem};
use time::macros::datetime;

use super::common::{Folder, authority, client, load};
use super::{create, details, of, refused, revoke, serials, update};

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
