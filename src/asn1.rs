//! ASN.1 values as text, for whatever bytes there are: no assumption holds of what is only looked at.

use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};
use x509_parser::asn1_rs::{Any, Class, Oid, Tag};
use x509_parser::prelude::FromDer;

use crate::hexadecimal;

/// The content of an INTEGER as OpenSSL and Node write serial numbers: pairs of hexadecimal digits, `-` in front of a
/// negative one, and `0` for zero.
pub(crate) fn integer(content: &[u8]) -> String {
    let negative = content.first().is_some_and(|first| first & 0x80 != 0);
    let mut magnitude = content.to_vec();
    if negative {
        let mut carry = true;
        for byte in magnitude.iter_mut().rev() {
            (*byte, carry) = (!*byte).overflowing_add(u8::from(carry));
        }
    }
    let digits: String =
        magnitude.iter().skip_while(|byte| **byte == 0).flat_map(|byte| hexadecimal::digits(*byte)).collect();
    match (digits.is_empty(), negative) {
        (true, _) => "0".to_owned(),
        (false, true) => format!("-{digits}"),
        (false, false) => digits,
    }
}

/// `1.2.840.113549`; the hexadecimal of its content where that is no object identifier. Not `Oid::to_id_string`: it
/// takes 2.999 for 3.16.55, and its time grows with the square of an arc's length.
pub(crate) fn oid(oid: &Oid<'_>) -> String {
    oid_text(oid.as_bytes())
}

/// The same of an object identifier's content.
pub(crate) fn oid_text(content: &[u8]) -> String {
    dotted(content).unwrap_or_else(|| hexadecimal::colons(content))
}

/// `1.2.840.113549`; `None` where the content is no object identifier's.
pub(crate) fn dotted(content: &[u8]) -> Option<String> {
    if content.last()? & 0x80 != 0 {
        return None;
    }
    let (mut arcs, mut arc) = (Vec::new(), 0_u128);
    let mut first = true;
    for byte in content {
        // An arc is written without zeros in front (X.690 section 8.19.2), or one extension could go by two names.
        if std::mem::replace(&mut first, byte & 0x80 == 0) && *byte == 0x80 {
            return None;
        }
        arc = arc.checked_mul(128)? + u128::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            if arcs.is_empty() {
                let first = (arc / 40).min(2);
                arcs.push(first.to_string());
                arc -= first * 40;
            }
            arcs.push(arc.to_string());
            arc = 0;
        }
    }
    Some(arcs.join("."))
}

/// The elements that stand one behind the other, up to the first that can't be read.
pub(crate) fn elements(mut bytes: &[u8]) -> Vec<Any<'_>> {
    let mut found = Vec::new();
    while let Ok((rest, element)) = Any::from_der(bytes) {
        found.push(element);
        bytes = rest;
    }
    found
}

/// The one element that the bytes are.
pub(crate) fn whole(bytes: &[u8]) -> Option<Any<'_>> {
    match Any::from_der(bytes) {
        Ok(([], element)) => Some(element),
        _ => None,
    }
}

/// Whether a file of DER ends where its element does, and is not wrapped; else what is wrong with it.
pub(crate) fn check_alone(file: &[u8]) -> Result<(), String> {
    /// signedData (RFC 2315 section 14).
    const SIGNED_DATA: &[u8] = &[0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
    match Any::from_der(file) {
        Ok(([], element)) if element.data.starts_with(SIGNED_DATA) => {
            Err("is PKCS#7; `openssl pkcs7 -inform DER -print_certs` writes its certificates as PEM"
                .to_owned())
        }
        Ok((behind, _)) if !behind.is_empty() => {
            let more = behind.len();
            Err(format!(
                "goes on behind the end of its DER (more bytes: {more}); copy the file again, as a binary one"
            ))
        }
        _ => Ok(()),
    }
}

/// The elements that stand one behind the other; `None` where one can't be read. Nothing is copied: they may be a key's.
pub(crate) fn all(mut bytes: &[u8]) -> Option<Vec<Any<'_>>> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let (rest, element) = Any::from_der(bytes).ok()?;
        found.push(element);
        bytes = rest;
    }
    Some(found)
}

/// The same, each with its header.
pub(crate) fn all_der(mut bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut found = Vec::new();
    while !bytes.is_empty() {
        let (rest, _) = Any::from_der(bytes).ok()?;
        found.push(bytes.get(..bytes.len() - rest.len())?);
        bytes = rest;
    }
    Some(found)
}

/// The elements in a SEQUENCE that is all of the bytes, where they are so many.
pub(crate) fn sequence<const N: usize>(der: &[u8]) -> Option<[Any<'_>; N]> {
    members(&whole(der)?)?.try_into().ok()
}

/// The elements in a SEQUENCE of which each may be left out, and has the number of its place for a tag: `[0]`, `[1]` and so on.
pub(crate) fn tagged<'a, const N: usize>(sequence: &Any<'a>) -> Option<[Option<Any<'a>>; N]> {
    let mut places = [const { None }; N];
    put_in_places(members(sequence)?, &mut places).then_some(places)
}

/// Whether each has one, and none comes before another that stands in front of it.
fn put_in_places<'a>(elements: Vec<Any<'a>>, places: &mut [Option<Any<'a>>]) -> bool {
    let mut next = 0;
    elements.into_iter().all(|element| {
        let tag = element.tag().0;
        let in_order = element.class() == Class::ContextSpecific && tag >= next;
        next = tag.saturating_add(1);
        match places.get_mut(tag as usize) {
            Some(place) if in_order => {
                *place = Some(element);
                true
            }
            _ => false,
        }
    })
}

/// What stands in a tag in place of that of a SEQUENCE or SET, or around another one.
pub(crate) fn inside<'a>(tagged: &Any<'a>) -> Option<&'a [u8]> {
    tagged.header.is_constructed().then_some(tagged.data)
}

/// The one element that stands in a tag around it.
pub(crate) fn tagged_one<'a>(tagged: &Any<'a>) -> Option<Any<'a>> {
    whole(inside(tagged)?)
}

/// What stands in a tag in place of another's: of a string, a number, a BOOLEAN.
pub(crate) fn primitive<'a>(tagged: &Any<'a>) -> Option<&'a [u8]> {
    (!tagged.header.is_constructed()).then_some(tagged.data)
}

/// What is read of a part that may be left out; `None` where it is there and can't be read.
pub(crate) fn optional<'a, T>(
    part: Option<Any<'a>>,
    read: impl Fn(&Any<'a>) -> Option<T>,
) -> Option<Option<T>> {
    match part {
        Some(part) => read(&part).map(Some),
        None => Some(None),
    }
}

/// The elements in a SEQUENCE.
pub(crate) fn members<'a>(sequence: &Any<'a>) -> Option<Vec<Any<'a>>> {
    all(content(sequence, Tag::Sequence)?)
}

/// The content of an element that must be of this type.
pub(crate) fn content<'a>(element: &Any<'a>, tag: Tag) -> Option<&'a [u8]> {
    let header = &element.header;
    let is_of_type = header.class() == Class::Universal && header.tag() == tag;
    (is_of_type && header.is_constructed() == (tag == Tag::Sequence)).then_some(element.data)
}

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

/// Whether the bytes are one element with, in it and in all below, the shortest lengths there are (X.690 section 10.1). asn1-rs passes
/// over others, and verifiers do not.
pub(crate) fn has_shortest_lengths(der: &[u8]) -> bool {
    /// Deeper than any key.
    const DEEPEST: usize = 8;
    whole(der).is_some() && all_shortest(der, DEEPEST)
}

fn all_shortest(mut bytes: &[u8], depth: usize) -> bool {
    while !bytes.is_empty() {
        let Ok((rest, element)) = Any::from_der(bytes) else { return false };
        let header = bytes.len() - rest.len() - element.data.len();
        let shortest = match element.data.len() {
            0..=0x7f => 2,
            0x80..=0xff => 3,
            0x100..=0xffff => 4,
            0x1_0000..=0xff_ffff => 5,
            _ => 6,
        };
        let inside = !element.header.is_constructed() || (depth > 0 && all_shortest(element.data, depth - 1));
        if header != shortest || !inside {
            return false;
        }
        bytes = rest;
    }
    true
}

/// The first element with its header, without what stands behind it.
pub(crate) fn first_element(bytes: &[u8]) -> &[u8] {
    match Any::from_der(bytes) {
        Ok((rest, _)) => bytes.get(..bytes.len() - rest.len()).unwrap_or(bytes),
        Err(_) => bytes,
    }
}

/// A string of any of ASN.1's types; `None` where it is none, or damaged.
pub(crate) fn string(value: &Any<'_>) -> Option<String> {
    match value.tag().0 {
        // UTF8String, NumericString, PrintableString, IA5String, VisibleString
        12 | 18 | 19 | 22 | 26 => std::str::from_utf8(value.data).ok().map(str::to_owned),
        // TeletexString is Latin-1 in practice.
        20 => Some(latin1(value.data)),
        // UniversalString: UTF-32
        28 => {
            Some(value.data.as_chunks().0.iter().map(|four| character(u32::from_be_bytes(*four))).collect())
        }
        // BMPString: UCS-2, in practice UTF-16
        30 => {
            let units = value.data.as_chunks().0.iter().map(|two| u16::from_be_bytes(*two));
            Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
        }
        _ => None,
    }
}

/// Whether it is of one of the string types.
pub(crate) fn is_string(value: &Any<'_>) -> bool {
    matches!(value.tag().0, 12 | 18 | 19 | 20 | 22 | 26 | 28 | 30)
}

pub(crate) fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

fn character(code: u32) -> char {
    char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER)
}

/// RFC 3339 in UTC. `None` outside of the years 0 to 9999, where an offset can lead.
pub(crate) fn date(at: OffsetDateTime) -> Option<String> {
    at.checked_to_offset(UtcOffset::UTC)?.format(&Rfc3339).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_as_node_writes_serial_numbers() {
        for (content, text) in [
            (&[][..], "0"),
            (&[0], "0"),
            (&[5], "05"),
            (&[0, 0x80], "80"),
            (&[0xfb], "-05"),
            (&[0x80], "-80"),
            (&[0xff, 0x7f], "-81"),
            (&[0xff, 0xff], "-01"),
            (&[0xff, 0x00], "-0100"),
            (&[1, 0], "0100"),
        ] {
            assert_eq!(integer(content), text, "{content:?}");
        }
    }

    #[test]
    fn object_identifiers() {
        for (content, text) in [
            (&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d][..], "1.2.840.113549"),
            (&[0x88, 0x37], "2.999"),
            (&[0x55, 4, 3], "2.5.4.3"),
            (&[0], "0.0"),
            (&[], ""),
            (&[0x2a, 0x80, 3], "2A:80:03"),
            (&[0x2a, 0x86], "2A:86"),
        ] {
            assert_eq!(oid(&Oid::new(content.into())), text);
        }
        let long = [vec![0x2a], vec![0xff; 100_000], vec![0x7f]].concat();
        assert!(oid(&Oid::new(long.as_slice().into())).starts_with("2A:FF:"));
    }

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
    fn lengths_are_the_shortest_all_the_way_down() {
        let long = [&[0x04, 0x81, 0x80][..], &[0; 0x80]].concat();
        let within =
            |inside: &[u8]| [&[0x30, 0x81, u8::try_from(inside.len()).unwrap()][..], inside].concat();
        assert!(has_shortest_lengths(&long) && has_shortest_lengths(&within(&long)));
        assert!(has_shortest_lengths(&[0x30, 2, 5, 0]) && has_shortest_lengths(&[0x30, 0]));
        for refused in
            [&[0x30, 0x81, 2, 5, 0][..], &[0x30, 3, 5, 0x81, 0], &[0x30, 2, 5], &[0x30, 2, 5, 0, 5, 0], &[]]
        {
            assert!(!has_shortest_lengths(refused), "{refused:02x?}");
        }
        // An encoding within an OCTET STRING is its own.
        assert!(has_shortest_lengths(&[4, 3, 5, 0x81, 0]));
        let deep = (0..200).fold(Vec::new(), |inside: Vec<u8>, _| {
            let length = u16::try_from(inside.len()).unwrap().to_be_bytes();
            [&[0x30, 0x82, length[0], length[1]][..], &inside].concat()
        });
        assert!(!has_shortest_lengths(&deep));
    }

    #[test]
    fn dates_at_the_edge_of_time() {
        use time::macros::datetime;
        assert_eq!(date(datetime!(2026-11-24 12:00 +1)).unwrap(), "2026-11-24T11:00:00Z");
        assert_eq!(date(datetime!(9999-12-31 23:59 -12)), None);
    }
}
