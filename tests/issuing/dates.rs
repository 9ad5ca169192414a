//! Dates, whatever they are.

use mtls_certs::authority::{self, AuthorityOptions};
use mtls_certs::name::Subject;
use mtls_certs::validity::ValidityRequest;
use mtls_certs::{ErrorKind, inspect};
use proptest::prelude::*;

use super::common::{NOW, rng};
use super::key;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever dates a certificate is given, on either side of 2050 where their encoding changes, are read back.
    #[test]
    fn dates_round_trip(start in 0_i64..250_000_000_000, length in 1_i64..3_000_000_000) {
        let not_before = time::OffsetDateTime::from_unix_timestamp(start - 631_152_000).unwrap();
        let not_after = not_before + time::Duration::seconds(length);
        let options = AuthorityOptions {
            subject: Subject::common_name("ca").unwrap(),
            validity: ValidityRequest { days: None, not_before: Some(not_before), not_after: Some(not_after) },
            ..AuthorityOptions::default()
        };
        let made = authority::create(&options, &key(1), NOW, &mut rng(2));
        if not_after.year() > 9999 {
            prop_assert_eq!(made.unwrap_err().kind(), ErrorKind::InvalidValidity);
        } else {
            let details = inspect::certificate(&made.unwrap(), NOW).unwrap();
            prop_assert_eq!((details.not_before, details.not_after), (not_before, not_after));
        }
    }
}
