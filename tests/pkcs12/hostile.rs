//! Files that are damaged, or made to harm: an error each, never a panic, and never hours of work.

use std::time::{Duration, Instant};

use mtls_certs::ErrorKind;
use mtls_certs::key::KeyAlgorithm;
use mtls_certs::pkcs12::{Target, read};
use proptest::prelude::*;

use super::common::guide;
use super::{SECRET, amy, refused};

#[test]
fn every_cut_and_every_changed_octet_is_an_error() {
    for target in [Target::Modern, Target::Android] {
        let (_, file) = amy(KeyAlgorithm::EcdsaP256, target);
        for length in 0..file.len() {
            assert!(read(&file[..length], Some(SECRET)).is_err(), "{length} octets");
        }
        assert!(read(&[file.as_slice(), &[0]].concat(), Some(SECRET)).is_err());
        for at in (0..file.len()).step_by(3) {
            let mut changed = file.clone();
            changed[at] ^= 0x55;
            let error = read(&changed, Some(SECRET)).map(|_| ()).expect_err(&format!("octet {at}"));
            assert!(
                matches!(error.kind(), ErrorKind::InvalidPkcs12 | ErrorKind::Passphrase),
                "{at}: {error}"
            );
        }
    }
}

/// Without MAC and encryption every change arrives at the structures inside.
#[test]
fn changes_that_no_mac_catches_are_read_or_refused() {
    let folder = guide(KeyAlgorithm::EcdsaP256, false);
    folder.openssl("pkcs12 -export -inkey amy_client.key -in amy_client.crt -certfile ca.crt -name Amy -out o.p12 -passout pass: -nomac -keypbe NONE -certpbe NONE");
    let file = folder.read("o.p12");
    assert!(read(&file, None).is_ok());
    let (mut accepted, mut refusals) = (0, 0);
    for at in 0..file.len() {
        for value in [0, 0x24, 0x30, 0x7f, 0x80, 0xa0, 0xff] {
            let mut changed = file.clone();
            changed[at] = value;
            match read(&changed, None) {
                Ok(_) => accepted += 1,
                Err(error) => {
                    assert_ne!(error.kind(), ErrorKind::Internal, "{at}: {error}");
                    refusals += 1;
                }
            }
        }
    }
    assert!(accepted > 100 && refusals > 100, "{accepted} read, {refusals} refused");
}

#[test]
fn key_derivation_without_bound_is_refused_before_it_begins() {
    let (_, file) = amy(KeyAlgorithm::EcdsaP256, Target::Android);
    // 1000 iterations in two octets; the MAC's are the last.
    let found: Vec<usize> = (0..=file.len() - 4).filter(|at| file[*at..*at + 4] == [2, 2, 3, 0xe8]).collect();
    assert_eq!(found.len(), 3, "certificates, key, MAC");
    let begun = Instant::now();
    let mac = found[2];
    assert_eq!(mac + 4, file.len());
    for (count, word) in [
        (&[2, 4, 0x7f, 0xff, 0xff, 0xff][..], "work"),
        (&[2, 4, 0, 0x98, 0x96, 0x81], "work"),
        (&[2, 9, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], "work"),
        (&[2, 1, 0], "damaged"),
        (&[2, 1, 0xff], "damaged"),
        (&[2, 12, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], "damaged"),
    ] {
        refused(&with_mac_count(&file, count), Some(SECRET), ErrorKind::InvalidPkcs12, "pkcs12", word);
    }
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

/// The file with another count of the MAC's iterations, all lengths as they must be.
fn with_mac_count(file: &[u8], count: &[u8]) -> Vec<u8> {
    // SEQUENCE { 3, authSafe, SEQUENCE { DigestInfo, salt, count } }, its outer header of four octets.
    let inner = &file[4..file.len() - 4];
    let mac = (0..inner.len())
        .rev()
        .find(|at| inner[*at] == 0x30 && inner[*at + 1] as usize == inner.len() + 4 - at - 2);
    let mac = mac.unwrap();
    let fields = &inner[mac + 2..];
    let data = [&[0x30, (fields.len() + count.len()) as u8], fields, count].concat();
    let content = [&inner[..mac], &data].concat();
    [&[0x30, 0x82, (content.len() >> 8) as u8, content.len() as u8], content.as_slice()].concat()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(read(&bytes, Some("x")).is_err());
        let nested = [&[0x30, 0x80, 2, 1, 3, 0x30, 0x80], bytes.as_slice()].concat();
        let _ = read(&nested, None);
    }
}
