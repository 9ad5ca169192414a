//! Days or dates, resolved to a window that can't be inverted and lies within the authority's.

use std::borrow::Cow;
use time::{Duration, OffsetDateTime};

use crate::date;
use crate::error::{At, Error, ErrorKind, Result};

/// Against clocks that run behind.
const SKEW: Duration = Duration::hours(1);
/// The guide's, and below the 825 days beyond which Apple refuses a server.
pub const LEAF_DAYS: u32 = 365;
/// An authority is installed by hand in many places: ten years, as the others do.
pub const AUTHORITY_DAYS: u32 = 3650;
/// The years that X.509 can write (RFC 5280 section 4.1.2.5).
const YEARS: std::ops::RangeInclusive<i32> = 1950..=9999;

/// When a certificate is valid, both ends included, in whole seconds of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    not_before: OffsetDateTime,
    not_after: OffsetDateTime,
}

/// What was asked for: each part may be left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ValidityRequest {
    /// Days from now, or from `not_before` where that is given.
    pub days: Option<u32>,
    /// The first moment. Default: an hour before now.
    pub not_before: Option<OffsetDateTime>,
    /// The last moment. Not together with `days`.
    pub not_after: Option<OffsetDateTime>,
}

impl Validity {
    /// The first moment.
    pub fn not_before(&self) -> OffsetDateTime {
        self.not_before
    }

    /// The last moment.
    pub fn not_after(&self) -> OffsetDateTime {
        self.not_after
    }

    fn not_expired(&self, now: OffsetDateTime) -> Result<()> {
        if now < self.not_after {
            return Ok(());
        }
        let end = show(self.not_after);
        let message = format!("ended at {end}; renew it, and what it has issued goes on under the new one");
        Err(Error::new(ErrorKind::OutlivesAuthority, message))
    }

    fn covers(&self, at: OffsetDateTime) -> bool {
        (self.not_before..self.not_after).contains(&at)
    }

    /// What asks for exactly this window.
    #[cfg(feature = "in-page")]
    pub(crate) fn to_request(self) -> ValidityRequest {
        ValidityRequest { days: None, not_before: Some(self.not_before), not_after: Some(self.not_after) }
    }

    /// What lies within both.
    pub(crate) fn within(&self, other: &Self) -> Self {
        Self {
            not_before: self.not_before.max(other.not_before),
            not_after: self.not_after.min(other.not_after),
        }
    }

    /// A window read from a certificate.
    pub(crate) fn from_certificate(not_before: OffsetDateTime, not_after: OffsetDateTime) -> Self {
        Self { not_before, not_after }
    }
}

impl ValidityRequest {
    /// So many days from now.
    pub fn days(days: u32) -> Self {
        Self { days: Some(days), ..Self::default() }
    }

    /// The window asked for. Where `within` is given (the authority's), a default end is shortened to fit and one that
    /// was asked for explicitly must fit. Days from now fit as long as they do with the hour before now that they are given besides: as
    /// many for an authority and, a little later, for what it signs.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidValidity`] for a window that can't be, [`ErrorKind::OutlivesAuthority`] for one that does
    /// not fit, [`ErrorKind::ConflictingOptions`] for both `days` and `not_after`.
    pub fn resolve(
        &self,
        now: OffsetDateTime,
        default_days: u32,
        within: Option<&Validity>,
    ) -> Result<Validity> {
        let mut not_before = checked(self.not_before.unwrap_or(now - SKEW)).at("notBefore")?;
        let mut start = self.not_before.unwrap_or(now);
        if let Some(authority) = within {
            if self.not_before.is_none() {
                authority.not_expired(now)?;
                not_before = not_before.max(authority.not_before);
                start = start.max(authority.not_before);
            }
            outlives(!authority.covers(not_before), "notBefore", "begins", not_before, authority)?;
        }
        let mut not_after = self.end(start, default_days)?;
        if let Some(authority) = within {
            let grace = match (self.not_after, self.days, self.not_before) {
                (None, None, _) => Duration::MAX,
                (None, Some(_), None) => SKEW,
                _ => Duration::ZERO,
            };
            if not_after - authority.not_after <= grace {
                not_after = not_after.min(authority.not_after);
            }
            outlives(not_after > authority.not_after, self.end_field(), "ends", not_after, authority)?;
        }
        if not_after <= not_before {
            let (from, to) = (show(not_before), show(not_after));
            let message = format!("ends at {to}, which is not after it begins at {from}; give a later end");
            return Err(invalid(message).at(self.end_field()));
        }
        Ok(Validity { not_before, not_after })
    }

    /// The same under an authority, with what is wrong said of the option `validity`, or of an authority that has ended.
    pub(crate) fn resolve_under(
        &self,
        now: OffsetDateTime,
        default_days: u32,
        authority: &Validity,
    ) -> Result<Validity> {
        if self.not_before.is_none() {
            authority.not_expired(now).at("authority.certificate")?;
        }
        self.resolve(now, default_days, Some(authority)).at("validity")
    }

    fn end(&self, start: OffsetDateTime, default_days: u32) -> Result<OffsetDateTime> {
        if let (Some(_), Some(_)) = (self.days, self.not_after) {
            return Err(Error::new(
                ErrorKind::ConflictingOptions,
                "is given beside notAfter; give one of them",
            )
            .at("days"));
        }
        if let Some(not_after) = self.not_after {
            return checked(not_after).at("notAfter");
        }
        if self.days == Some(0) {
            return Err(invalid("is 0; give at least 1").at("days"));
        }
        let days = Duration::days(self.days.unwrap_or(default_days).into());
        let beyond =
            |_| invalid("reaches beyond the year 9999, which a certificate can't hold; end it earlier");
        let end = start.checked_add(days).ok_or_else(out_of_years).and_then(checked);
        end.map_err(beyond).at(self.end_field())
    }

    fn end_field(&self) -> &'static str {
        if self.days.is_some() { "days" } else { "notAfter" }
    }
}

/// Reads a date as options give it as text: RFC 3339 (`2027-01-31T12:00:00Z`), or a day (`2027-01-31`, its first
/// moment in UTC).
pub fn parse_date(text: &str) -> Result<OffsetDateTime> {
    date::read(text).ok_or_else(|| {
        invalid("is not a date; write it as 2027-01-31 or 2027-01-31T12:00:00Z, or give a Date")
    })
}

/// A moment from milliseconds since 1970, as a JavaScript `Date` counts.
pub fn date_from_millis(millis: f64) -> Result<OffsetDateTime> {
    let seconds = (millis / 1000.0).floor();
    if !seconds.is_finite() {
        return Err(invalid("is an Invalid Date; check how it was made"));
    }
    // Beyond the years that `time` knows, an error like any other year out of range.
    #[allow(clippy::cast_possible_truncation)]
    OffsetDateTime::from_unix_timestamp(seconds as i64).map_err(|_| out_of_years())
}

/// Whole seconds of UTC, in a year that X.509 can write.
pub(crate) fn checked(at: OffsetDateTime) -> Result<OffsetDateTime> {
    let at = OffsetDateTime::from_unix_timestamp(at.unix_timestamp()).map_err(|_| out_of_years())?;
    if YEARS.contains(&at.year()) { Ok(at) } else { Err(out_of_years()) }
}

fn outlives(does: bool, field: &str, verb: &str, at: OffsetDateTime, authority: &Validity) -> Result<()> {
    if !does {
        return Ok(());
    }
    let (from, to) = (show(authority.not_before), show(authority.not_after));
    let message = format!(
        "{verb} at {}, but the authority's own certificate is valid from {from} to {to} only; stay within that",
        show(at)
    );
    Err(Error::new(ErrorKind::OutlivesAuthority, message).at(field))
}

pub(crate) fn show(at: OffsetDateTime) -> String {
    date::written(at).unwrap_or_default()
}

fn out_of_years() -> Error {
    invalid("is outside of the years 1950 to 9999 that a certificate can hold")
}

fn invalid(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidValidity, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const NOW: OffsetDateTime = datetime!(2026-11-24 12:00:00.9 UTC);

    fn authority() -> Validity {
        ValidityRequest::default().resolve(NOW, 30, None).unwrap()
    }

    #[test]
    fn defaults_are_an_hour_back_and_whole_seconds() {
        let window = ValidityRequest::default().resolve(NOW, LEAF_DAYS, None).unwrap();
        assert_eq!(window.not_before, datetime!(2026-11-24 11:00:00 UTC));
        assert_eq!(window.not_after, datetime!(2027-11-24 12:00:00 UTC));
    }

    #[test]
    fn a_default_end_is_shortened_and_an_explicit_one_must_fit() {
        let within = Some(&authority());
        let window = ValidityRequest::default().resolve(NOW, LEAF_DAYS, within).unwrap();
        assert_eq!(window, authority());
        let error = ValidityRequest::days(31).resolve(NOW, LEAF_DAYS, within).unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::OutlivesAuthority, Some("days")));
        assert!(ValidityRequest::days(30).resolve(NOW, LEAF_DAYS, within).is_ok());
        let later =
            |minutes| ValidityRequest::days(30).resolve(NOW + Duration::minutes(minutes), LEAF_DAYS, within);
        assert_eq!(later(59).unwrap().not_after, authority().not_after);
        assert_eq!(later(61).unwrap_err().field(), Some("days"));
        let from_now = ValidityRequest { not_before: Some(NOW), ..ValidityRequest::days(31) };
        assert!(from_now.resolve(NOW, LEAF_DAYS, within).is_err());
        let early =
            ValidityRequest { not_before: Some(datetime!(2020-01-01 0:00 UTC)), ..Default::default() };
        let error = early.resolve(NOW, LEAF_DAYS, within).unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::OutlivesAuthority, Some("notBefore")));
        let late = ValidityRequest { not_before: Some(datetime!(2050-01-01 0:00 UTC)), ..Default::default() };
        let error = late.resolve(NOW, LEAF_DAYS, within).unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::OutlivesAuthority, Some("notBefore")));
    }

    #[test]
    fn under_an_authority_yet_to_begin_a_leaf_begins_with_it() {
        let from = datetime!(2030-01-01 0:00 UTC);
        let within = Validity { not_before: from, not_after: datetime!(2039-01-01 0:00 UTC) };
        let window = ValidityRequest::default().resolve(NOW, LEAF_DAYS, Some(&within)).unwrap();
        assert_eq!(window, Validity { not_before: from, not_after: datetime!(2031-01-01 0:00 UTC) });
    }

    #[test]
    fn an_expired_authority_is_said_to_be() {
        let later = NOW + Duration::days(40);
        let error = ValidityRequest::default().resolve(later, LEAF_DAYS, Some(&authority())).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::OutlivesAuthority);
        assert!(error.message().contains("2026-12-24"), "{error}");
    }

    #[test]
    fn impossible_windows_are_refused() {
        let resolve =
            |request: ValidityRequest| request.resolve(NOW, LEAF_DAYS, None).map_err(|error| error.kind());
        let reversed = ValidityRequest {
            not_before: Some(datetime!(2027-01-02 0:00 UTC)),
            not_after: Some(datetime!(2027-01-01 0:00 UTC)),
            ..Default::default()
        };
        assert_eq!(resolve(reversed), Err(ErrorKind::InvalidValidity));
        assert_eq!(resolve(ValidityRequest::days(0)), Err(ErrorKind::InvalidValidity));
        assert_eq!(resolve(ValidityRequest::days(u32::MAX)), Err(ErrorKind::InvalidValidity));
        let both =
            ValidityRequest { days: Some(1), not_after: Some(NOW + Duration::days(1)), ..Default::default() };
        assert_eq!(resolve(both), Err(ErrorKind::ConflictingOptions));
        assert_eq!(
            date_from_millis(253_402_300_800_000.0).and_then(checked).unwrap_err().kind(),
            ErrorKind::InvalidValidity
        );
        assert_eq!(date_from_millis(f64::NAN).unwrap_err().kind(), ErrorKind::InvalidValidity);
    }

    #[test]
    fn dates_as_text() {
        assert_eq!(parse_date("2027-01-31").unwrap(), datetime!(2027-01-31 0:00 UTC));
        assert_eq!(parse_date("2027-01-31T12:00:00+01:00").unwrap(), datetime!(2027-01-31 11:00 UTC));
        for bad in ["31.1.2027", "2027-1-31", "2027-02-30", "2027-01-31T12:00:00", "2027-01-3é", ""] {
            assert!(parse_date(bad).is_err(), "{bad}");
        }
    }
}
