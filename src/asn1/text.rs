//! Values as text, for whatever bytes there are: no assumption holds of what is only looked at.

use x509_parser::asn1_rs::{Any, Oid};

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
    let mut text = String::with_capacity(4 * content.len());
    for arc in content.split_inclusive(|byte| byte & 0x80 == 0) {
        // An arc is written without zeros in front (X.690 section 8.19.2), or one extension could go by two names.
        let ends = arc.last().is_some_and(|last| last & 0x80 == 0);
        if !ends || arc.first() == Some(&0x80) {
            return None;
        }
        if !text.is_empty() {
            text.push('.');
            push_decimal(&mut text, arc)?;
            continue;
        }
        // The first is two: forty times the one, and the other.
        let both = number(arc)?;
        let first = (both / 40).min(2);
        push_number(&mut text, first);
        text.push('.');
        push_number(&mut text, both - first * 40);
    }
    Some(text).filter(|text| !text.is_empty())
}

/// Of groups of seven bits, where it is of no more than 63.
fn number(arc: &[u8]) -> Option<u64> {
    (arc.len() <= 9).then(|| arc.iter().fold(0, |number, byte| number << 7 | u64::from(byte & 0x7f)))
}

/// In decimal digits. Not by `format!`: every certificate that is read comes through here several times.
fn push_number(text: &mut String, number: u64) {
    if number >= 10 {
        push_number(text, number / 10);
    }
    text.push(char::from(b'0' + (number % 10) as u8));
}

/// An arc in decimal digits, up to the 128 bits of a UUID (X.667).
fn push_decimal(text: &mut String, arc: &[u8]) -> Option<()> {
    const LONGEST: usize = 19;
    if let Some(number) = number(arc) {
        push_number(text, number);
        return Some(());
    }
    if arc.len() > LONGEST {
        return None;
    }
    // The last digit comes first.
    let mut digits: Vec<u8> = Vec::new();
    for byte in arc {
        let mut carry = u16::from(byte & 0x7f);
        for digit in &mut digits {
            let sum = u16::from(*digit) * 128 + carry;
            (*digit, carry) = ((sum % 10) as u8, sum / 10);
        }
        while carry > 0 {
            digits.push((carry % 10) as u8);
            carry /= 10;
        }
    }
    text.extend(digits.iter().rev().map(|digit| char::from(b'0' + digit)));
    Some(())
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
            // A UUID, as in X.667, and 64 bits.
            (
                &[
                    0x69, 0x83, 0xf0, 0x9d, 0xa7, 0xeb, 0xcf, 0xde, 0xe0, 0xc7, 0xa1, 0xa7, 0xb2, 0xc0, 0x94,
                    0x8c, 0xc8, 0xf9, 0xd7, 0x76,
                ],
                "2.25.329800735698586629295641978511506172918",
            ),
            (
                &[0x69, 0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
                "2.25.18446744073709551615",
            ),
            (&[0x69, 0x84, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0], "2.25.36893488147419103232"),
        ] {
            assert_eq!(oid(&Oid::new(content.into())), text);
        }
        let long = [vec![0x2a], vec![0xff; 100_000], vec![0x7f]].concat();
        assert!(oid(&Oid::new(long.as_slice().into())).starts_with("2A:FF:"));
    }
}
