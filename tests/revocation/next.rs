//! The next list: what it keeps and undoes, its number, and when it is good.

use mtls_certs::ErrorKind;
use mtls_certs::revocation::{self, CrlNumber, ListOptions, Revocation, RevocationReason};
use mtls_certs::validity::ValidityRequest;
use time::Duration;
use time::macros::datetime;

use super::common::{NOW, authority, rng};
use super::{create, details, refused, revoke, serial, serials, update};

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
    assert_eq!(details(&next).this_update, NOW + Duration::seconds(1));
    let earlier = ValidityRequest { not_before: Some(datetime!(2026-11-24 11:30 UTC)), ..today };
    let options = ListOptions { validity: earlier, ..ListOptions::default() };
    let expected = (ErrorKind::InvalidValidity, "validity.notBefore".to_owned());
    assert_eq!(refused(update(&list, &authority, &options)), expected);
}
