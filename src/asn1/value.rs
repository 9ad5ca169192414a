//! Values of a known type, in strict DER (X.690 section 11).

use time::OffsetDateTime;
use x509_parser::asn1_rs::{Any, Tag};

use super::content;
use crate::date;

/// An INTEGER that is not negative, without the zero in front that its sign takes (X.690 section 8.3).
pub(crate) fn unsigned<'a>(element: &Any<'a>) -> Option<&'a [u8]> {
    unsigned_content(content(element, Tag::Integer)?)
}

fn unsigned_content(number: &[u8]) -> Option<&[u8]> {
    match number {
        [0] => Some(&[0]),
        [0, rest @ ..] if rest.first().is_some_and(|first| first & 0x80 != 0) => Some(rest),
        [0, ..] | [] => None,
        [first, ..] if first & 0x80 != 0 => None,
        number => Some(number),
    }
}

/// An INTEGER from 0 to 2³² − 1.
pub(crate) fn small(element: &Any<'_>) -> Option<u32> {
    small_content(content(element, Tag::Integer)?)
}

/// The same by its content.
pub(crate) fn small_content(number: &[u8]) -> Option<u32> {
    let number = unsigned_content(number).filter(|number| number.len() <= 4)?;
    Some(number.iter().fold(0, |number, byte| number << 8 | u32::from(*byte)))
}

/// A BOOLEAN.
pub(crate) fn boolean(element: &Any<'_>) -> Option<bool> {
    truth(content(element, Tag::Boolean)?)
}

/// The content of a BOOLEAN (X.690 section 11.1).
pub(crate) fn truth(content: &[u8]) -> Option<bool> {
    match content {
        [0] => Some(false),
        [0xff] => Some(true),
        _ => None,
    }
}

/// The first 16 bits of a BIT STRING, by its content; the first bit is the lowest. Bits that are not its own must be 0 (X.690 section 11.2).
pub(crate) fn flags(content: &[u8]) -> Option<u16> {
    let (unused, bits) = content.split_first()?;
    let own = bits.last().map_or(0, |last| last.trailing_zeros().min(7));
    let at = |place: usize| bits.get(place).map_or(0, |byte| u16::from(byte.reverse_bits()));
    (u32::from(*unused) <= own).then(|| at(1) << 8 | at(0))
}

/// A UTCTime or a GeneralizedTime, also of the forms that RFC 5280 section 4.1.2.5 forbids and old tools write: without seconds, with
/// fractions of one, or with an offset.
pub(crate) fn time(element: &Any<'_>) -> Option<OffsetDateTime> {
    match element.tag() {
        Tag::UtcTime => date::utc_time(content(element, Tag::UtcTime)?),
        _ => date::generalized_time(content(element, Tag::GeneralizedTime)?),
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::super::whole;
    use super::*;

    #[test]
    fn unsigned_numbers() {
        let read = |der: &[u8]| whole(der).and_then(|element| unsigned(&element).map(<[u8]>::to_vec));
        assert_eq!(read(&[2, 1, 0]), Some(vec![0]));
        assert_eq!(read(&[2, 1, 0x7f]), Some(vec![0x7f]));
        assert_eq!(read(&[2, 2, 0, 0x80]), Some(vec![0x80]));
        for refused in [&[2, 0][..], &[2, 1, 0x80], &[2, 2, 0, 1], &[2, 2, 0, 0], &[4, 1, 1], &[0x82, 1, 1]] {
            assert_eq!(read(refused), None, "{refused:02x?}");
        }
    }

    #[test]
    fn times() {
        let read = |tag: u8, text: &str| {
            let der = [&[tag, u8::try_from(text.len()).unwrap()], text.as_bytes()].concat();
            time(&whole(&der).unwrap())
        };
        for (tag, text, at) in [
            (0x17, "261124120102Z", datetime!(2026-11-24 12:01:02 UTC)),
            (0x17, "491231235959Z", datetime!(2049-12-31 23:59:59 UTC)),
            (0x17, "500101000000Z", datetime!(1950-01-01 0:00 UTC)),
            (0x17, "2611241201Z", datetime!(2026-11-24 12:01 UTC)),
            (0x17, "370116130016+0000", datetime!(2037-01-16 13:00:16 UTC)),
            (0x17, "260101003000+0130", datetime!(2025-12-31 23:00 UTC)),
            (0x17, "261231233000-0130", datetime!(2027-01-01 1:00 UTC)),
            (0x18, "99991231235959Z", datetime!(9999-12-31 23:59:59 UTC)),
            (0x18, "20261124120102.25Z", datetime!(2026-11-24 12:01:02 UTC)),
            (0x18, "00000101000000Z", datetime!(0000-01-01 0:00 UTC)),
        ] {
            assert_eq!(read(tag, text), Some(at), "{text}");
        }
        for (tag, text) in [
            (0x17, ""),
            (0x17, "261124120102"),
            (0x17, "20261124120102Z"),
            (0x17, "261324120102Z"),
            (0x17, "260230120102Z"),
            (0x17, "261124240102Z"),
            (0x17, "261124120102ZZ"),
            (0x17, "26112412010 Z"),
            (0x17, "261124120102+01"),
            (0x18, "261124120102Z"),
            (0x18, "20261124120102.25"),
            (0x0c, "20261124120102Z"),
        ] {
            assert_eq!(read(tag, text), None, "{text}");
        }
    }

    #[test]
    fn flags_of_a_bit_string() {
        for (content, read) in [
            (&[0][..], Some(0)),
            (&[7, 0x80], Some(1)),
            (&[5, 0xa0], Some(0b101)),
            (&[7, 0x06, 0x80], Some(0b1_0110_0000)),
            (&[0, 0, 0, 0xff], Some(0)),
            (&[], None),
            (&[1], None),
            (&[6, 0x06], None),
            (&[8, 0], None),
        ] {
            assert_eq!(flags(content), read, "{content:02x?}");
        }
    }
}
