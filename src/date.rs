//! Moments as text: RFC 3339, as options give them and results show them; and as DER has them (RFC 5280 section 4.1.2.5).
//!
//! Not by time's descriptions of formats, which would be three times as large in the wasm as this.

use time::{Date, Duration, Month, OffsetDateTime};

/// Reads RFC 3339 (`2027-01-31T12:00:00Z`), or a day (`2027-01-31`, its first moment in UTC).
pub(crate) fn read(text: &str) -> Option<OffsetDateTime> {
    const DAY: usize = "2027-01-31".len();
    let mut text = text.to_ascii_uppercase().into_bytes();
    // As many write it, and RFC 3339 section 5.6 allows.
    text.iter_mut().skip(DAY).take(1).filter(|byte| **byte == b' ').for_each(|byte| *byte = b'T');
    let mut marks: Vec<(usize, u8)> = vec![(4, b'-'), (7, b'-')];
    if text.len() > DAY {
        marks.extend([(10, b'T'), (13, b':'), (16, b':')]);
    }
    if text.len() > DAY && text.last() != Some(&b'Z') {
        marks.push((text.len().checked_sub(3)?, b':'));
    }
    if !marks.iter().all(|(at, mark)| text.get(*at) == Some(mark)) {
        return None;
    }
    let bare = text.iter().enumerate().filter(|(at, _)| !marks.iter().any(|(mark, _)| mark == at));
    let mut bare: Vec<u8> = bare.map(|(_, byte)| *byte).collect();
    if text.len() == DAY {
        bare.extend(b"000000Z");
    }
    generalized_time(&bare)
}

/// RFC 3339 in UTC. `None` outside of the years 0 to 9999, where an offset can lead.
pub(crate) fn written(at: OffsetDateTime) -> Option<String> {
    let milliseconds = at.millisecond();
    let at = OffsetDateTime::from_unix_timestamp(at.unix_timestamp()).ok()?;
    let (year, month, day) = at.to_calendar_date();
    let (hour, minute, second) = at.to_hms();
    let month = u8::from(month);
    let fraction = if milliseconds == 0 { String::new() } else { format!(".{milliseconds:03}") };
    let fraction = fraction.trim_end_matches('0');
    (0..=9999)
        .contains(&year)
        .then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}Z"))
}

/// The content of a GeneralizedTime.
pub(crate) fn generalized_time(content: &[u8]) -> Option<OffsetDateTime> {
    moment(content, 4)
}

/// The content of a UTCTime, whose years are those from 1950 to 2049.
pub(crate) fn utc_time(content: &[u8]) -> Option<OffsetDateTime> {
    moment(content, 2)
}

fn moment(mut text: &[u8], digits_of_year: usize) -> Option<OffsetDateTime> {
    let text = &mut text;
    let year = match (number(text, digits_of_year)?, digits_of_year) {
        (year @ ..50, 2) => 2000 + year,
        (year, 2) => 1900 + year,
        (year, _) => year,
    };
    let month = Month::try_from(small_number(text)?).ok()?;
    let day = Date::from_calendar_date(year.into(), month, small_number(text)?).ok()?;
    let (hour, minute) = (small_number(text)?, small_number(text)?);
    let second = if text.first().is_some_and(u8::is_ascii_digit) { small_number(text)? } else { 0 };
    if let Some((b'.' | b',', fraction)) = text.split_first() {
        let end = fraction.iter().position(|byte| !byte.is_ascii_digit())?;
        *text = fraction.get(end..)?;
    }
    let at = day.with_hms(hour, minute, second).ok()?.assume_utc();
    let (zone, rest) = text.split_first()?;
    *text = rest;
    let east = match zone {
        b'Z' => Duration::ZERO,
        b'+' => Duration::minutes(offset(text)?),
        b'-' => -Duration::minutes(offset(text)?),
        _ => return None,
    };
    at.checked_sub(east).filter(|_| text.is_empty())
}

/// Hours and minutes, in minutes.
fn offset(text: &mut &[u8]) -> Option<i64> {
    let (hours @ ..24, minutes @ ..60) = (number(text, 2)?, number(text, 2)?) else { return None };
    Some(i64::from(hours * 60 + minutes))
}

fn small_number(text: &mut &[u8]) -> Option<u8> {
    u8::try_from(number(text, 2)?).ok()
}

/// Of exactly so many digits.
fn number(text: &mut &[u8], digits: usize) -> Option<u16> {
    let (number, rest) = text.split_at_checked(digits)?;
    *text = rest;
    number
        .iter()
        .try_fold(0, |number, digit| digit.is_ascii_digit().then(|| number * 10 + u16::from(digit - b'0')))
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    #[test]
    fn rfc_3339_is_read() {
        for (text, at) in [
            ("2027-01-31", datetime!(2027-01-31 0:00 UTC)),
            ("2027-01-31T12:00:01Z", datetime!(2027-01-31 12:00:01 UTC)),
            ("2027-01-31 12:00:01Z", datetime!(2027-01-31 12:00:01 UTC)),
            ("2027-01-31t12:00:01z", datetime!(2027-01-31 12:00:01 UTC)),
            ("2027-01-31T12:00:00.123456789Z", datetime!(2027-01-31 12:00 UTC)),
            ("2027-01-31T12:00:00+01:30", datetime!(2027-01-31 10:30 UTC)),
            ("2027-01-31T23:30:00.5-01:30", datetime!(2027-02-01 1:00 UTC)),
        ] {
            assert_eq!(read(text), Some(at), "{text}");
        }
        for text in [
            "",
            "2027",
            "tomorrow",
            "2027-1-31",
            "2027-02-30",
            "20270131",
            "2027-01-31T",
            "2027-01-31T12",
            "2027-01-31T12:00",
            "2027-01-31T12:00Z",
            "2027-01-31T12:00:00",
            "2027-01-31T12:00:00+0100",
            "2027-01-31T12:00:00+24:00",
            "2027-01-31T12:00:00.Z5Z",
            "2027-01-31T24:00:00Z",
            "2027-01-31  12:00:00Z",
            "+027-01-31",
            "2027-01-31é",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read() {
        for (at, text) in [
            (datetime!(2026-11-24 12:00 +1), "2026-11-24T11:00:00Z"),
            (datetime!(0001-02-03 4:05:06 UTC), "0001-02-03T04:05:06Z"),
            (datetime!(9999-12-31 23:59:59.250 UTC), "9999-12-31T23:59:59.25Z"),
        ] {
            assert_eq!(written(at).as_deref(), Some(text));
            assert_eq!(read(text), Some(at.replace_nanosecond(0).unwrap()));
        }
        // At the edge of time.
        assert_eq!(written(datetime!(9999-12-31 23:59 -12)), None);
        assert_eq!(written(datetime!(-0001-01-01 0:00 UTC)), None);
    }
}
