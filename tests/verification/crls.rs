//! Revocation lists: whom they refuse, and which list counts.

use time::{Duration, OffsetDateTime};

use super::common::resigned;
use super::{CA, Case, Pki, ca, case, server, told};

#[test]
fn revocation() {
    let pki = Pki::new();
    pki.issue("middle", "root", &ca(""));
    pki.issue("bob", "middle", &server());
    pki.issue("eve", "middle", &server());
    pki.crl("root", &[], "root.crl", "-crldays 10");
    pki.crl("middle", &["eve"], "middle.crl", "-crldays 10");
    let lists = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
    let both = lists(&["root.crl", "middle.crl"]);
    let bob = Case { crls: both.clone(), ..case("bob", &["middle"]) };
    pki.accepts(&bob);
    let eve = Case { crls: both, ..case("eve", &["middle"]) };
    let verdict = pki.refuses(&eve, &["revoked"], "eve: was revoked by middle on ");
    let revocation = verdict.reasons[0].revocation.as_ref().unwrap();
    assert_eq!(revocation.reason, Some("keyCompromise"));
    assert!((OffsetDateTime::now_utc() - revocation.date).whole_minutes() < 10);
    pki.accepts(&Case { crls: Vec::new(), ..eve });
    pki.refuses(
        &Case { crls: lists(&["root.crl"]), ..bob.clone() },
        &["crl-missing"],
        "bob: is issued by middle, of whom no revocation list",
    );
    pki.refuses(
        &Case { crls: lists(&["middle.crl"]), ..bob.clone() },
        &["crl-missing"],
        "middle: is issued by root",
    );
    let late = Case { at: bob.at + Duration::days(12), ..bob.clone() };
    pki.refuses(&late, &["crl-expired", "crl-expired"], "was to be replaced on");
    // An intermediate that is revoked.
    pki.crl("root", &["middle"], "none.crl", "-crldays 10");
    pki.refuses(
        &Case { crls: lists(&["none.crl", "middle.crl"]), ..bob.clone() },
        &["revoked"],
        "middle: was revoked by root",
    );
    // The list of another authority of the name.
    let again = Pki::new();
    again.issue("middle", "root", &ca(""));
    again.crl("middle", &[], "middle.crl", "-crldays 10");
    pki.0.write("strange.crl", again.0.read("middle.crl"));
    let strange = Case { crls: lists(&["root.crl", "strange.crl"]), ..bob.clone() };
    pki.refuses(&strange, &["crl-signature"], "not signed by its key");
    // An authority that may not sign lists; webpki does not look at the trusted one's usage.
    pki.root("mute", &CA.replace(",cRLSign", ""));
    pki.issue("sue", "mute", &server());
    pki.crl("mute", &[], "mute.crl", "-crldays 10");
    let mute = Case { trusted: lists(&["mute.crt"]), crls: lists(&["mute.crl"]), ..case("sue", &[]) };
    pki.refuses(&mute, &["crl-signature"], "lacks cRLSign");
}

/// An authority goes on under its name with a new key: each key has its own list.
#[test]
fn lists_of_namesakes() {
    let pki = Pki::new();
    pki.issue("old", "root", &server());
    pki.crl("root", &["old"], "old.crl", "-crldays 10");
    pki.0.write("root-1.crt", pki.0.read("root.crt"));
    pki.root("root", CA);
    pki.issue("new", "root", &server());
    pki.crl("root", &[], "new.crl", "-crldays 10");
    for crls in [["old.crl", "new.crl"], ["new.crl", "old.crl"]] {
        let crls: Vec<_> = crls.iter().map(|name| (*name).to_owned()).collect();
        let trusted = vec!["root-1.crt".to_owned(), "root.crt".to_owned()];
        let new = Case { crls, trusted, ..case("new", &[]) };
        assert!(pki.judge(&new).reasons.is_empty(), "{:?}", told(&pki.judge(&new)));
        pki.refuses_alone(
            &Case { leaf: "old.crt".to_owned(), ..new },
            &["revoked"],
            "old: was revoked by root",
        );
    }
}

#[test]
fn lists_about_others() {
    let pki = Pki::new();
    let at = |point: &str| format!("{}crlDistributionPoints=URI:http://ca.example/{point}\n", server());
    pki.issue("bob", "root", &server());
    pki.issue("amy", "root", &at("c"));
    pki.crl_of_a_point("root", "c");
    pki.crl_of_a_point("root", "d");
    pki.crl("root", &[], "all.crl", "-crldays 10");
    let with = |name: &str, lists: &[&str]| Case {
        crls: lists.iter().map(|name| (*name).to_owned()).collect(),
        ..case(name, &[])
    };
    pki.refuses(
        &with("bob", &["c.crl"]),
        &["crl-missing"],
        "bob: is issued by root, whose revocation list is about other certificates",
    );
    pki.refuses(&with("amy", &["d.crl"]), &["crl-missing"], "amy: is issued by root, whose revocation list");
    // OpenSSL would want a list of the root for the root itself too.
    assert!(pki.judge(&with("amy", &["d.crl", "c.crl"])).reasons.is_empty());
    pki.accepts(&with("bob", &["d.crl", "all.crl"]));
}

#[test]
fn of_two_lists_of_one_second_the_later_counts() {
    let pki = Pki::new();
    pki.issue("bob", "root", &server());
    let moment = "-crldays 10 -crl_lastupdate 20260101000000Z -crl_nextupdate 20991231000000Z";
    pki.crl("root", &[], "first.crl", moment);
    pki.crl_numbered("root", &["bob"], "second.crl", moment, "02");
    for order in [["first.crl", "second.crl"], ["second.crl", "first.crl"]] {
        let both = Case { crls: order.map(str::to_owned).to_vec(), ..case("bob", &[]) };
        pki.refuses_alone(&both, &["revoked"], "bob: was revoked by root");
    }
}

#[test]
fn a_root_on_its_own_list() {
    let pki = Pki::new();
    pki.issue("bob", "root", &server());
    pki.crl("root", &["root"], "root.crl", "-crldays 10");
    let bob = Case { crls: vec!["root.crl".to_owned()], ..case("bob", &[]) };
    pki.refuses(&bob, &["revoked"], "root: was revoked by root");
    pki.crl("root", &[], "root.crl", "-crldays 10");
    pki.accepts(&bob);
}

#[test]
fn a_list_that_names_another_key() {
    let pki = Pki::new();
    pki.issue("bob", "root", &server());
    let bob = Case { crls: vec!["root.crl".to_owned()], ..case("bob", &[]) };
    pki.0.write("number", "01\n");
    let other = "authorityKeyIdentifier=DER:30:06:80:04:01:02:03:04\n";
    pki.crl_with("root", &[], "root.crl", "-crldays 10", other);
    pki.refuses(&bob, &["crl-signature"], "bob: the revocation list of root names another key");
    pki.crl("root", &[], "root.crl", "-crldays 10");
    pki.accepts(&bob);
}

/// OpenSSL refuses the whole list, also for a certificate that is not on it.
#[test]
fn a_list_with_an_entry_of_a_critical_extension() {
    let pki = Pki::new();
    pki.issue("bob", "root", &server());
    pki.issue("eve", "root", &server());
    pki.crl("root", &["eve"], "root.crl", "-crldays 10");
    let bob = Case { crls: vec!["root.crl".to_owned()], ..case("bob", &[]) };
    pki.accepts(&bob);
    resigned::critical_entry(&pki.0, "root.crl", "root.key");
    pki.refuses(
        &bob,
        &["crl-unsupported"],
        "bob: the revocation list of root has an entry with a critical extension",
    );
}
