//! BER to DER: Windows and NSS write PKCS#12 with indefinite lengths and with octet strings in pieces (X.690 sections 8.1.3.6 and
//! 8.7.3), which the decoders of DER refuse.

use x509_parser::asn1_rs::{Class, FromBer, Header, Length, Tag};
use zeroize::Zeroizing;

/// Such files nest about ten deep in each of their layers.
const MAX_DEPTH: usize = 40;
const OCTET_STRING: u8 = 0x04;
const END_OF_CONTENTS: &[u8] = &[0, 0];

/// One element, with all lengths definite and as short as can be, and octet strings in one piece; `None` where it is damaged, or
/// bytes stand behind it. It may hold a key, so it is wiped, and never moved: a length can take more octets than an indefinite one, but
/// only those of contents over 64 kB.
pub(crate) fn to_der(ber: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
    let mut der = Zeroizing::new(Vec::with_capacity(ber.len() + ber.len() / 1024 + 4096));
    match element(ber, MAX_DEPTH, &mut der)? {
        [] => Some(der),
        _ => None,
    }
}

/// Appends the first element of `ber`, and returns what stands behind it.
fn element<'a>(ber: &'a [u8], depth: usize, der: &mut Vec<u8>) -> Option<&'a [u8]> {
    let (behind, header) = Header::from_ber(ber).ok()?;
    let start = der.len();
    let rest = contents(behind, &header, depth, der)?;
    let tag = if is_octet_string(&header) { &[OCTET_STRING] } else { header.raw_tag()? };
    let length = der.len() - start;
    der.extend_from_slice(tag);
    write_length(length, der);
    // The header goes in front of the contents.
    let written = der.len() - start - length;
    der.get_mut(start..)?.rotate_right(written);
    Some(rest)
}

/// Appends what an element holds; for an octet string in pieces, what the pieces hold.
fn contents<'a>(ber: &'a [u8], header: &Header<'_>, depth: usize, der: &mut Vec<u8>) -> Option<&'a [u8]> {
    let (mut inside, behind) = match header.length() {
        Length::Definite(length) => ber.split_at_checked(length)?,
        Length::Indefinite => (ber, &[][..]),
    };
    if !header.constructed() {
        der.extend_from_slice(inside);
        return Some(behind);
    }
    let depth = depth.checked_sub(1)?;
    loop {
        match header.length() {
            Length::Definite(_) if inside.is_empty() => return Some(behind),
            Length::Indefinite if inside.starts_with(END_OF_CONTENTS) => {
                return inside.get(END_OF_CONTENTS.len()..);
            }
            _ if is_octet_string(header) => {
                let (behind, piece) =
                    Header::from_ber(inside).ok().filter(|(_, piece)| is_octet_string(piece))?;
                inside = contents(behind, &piece, depth, der)?;
            }
            _ => inside = element(inside, depth, der)?,
        }
    }
}

fn is_octet_string(header: &Header<'_>) -> bool {
    header.class() == Class::Universal && header.tag() == Tag::OctetString
}

fn write_length(length: usize, der: &mut Vec<u8>) {
    match u8::try_from(length) {
        Ok(short @ 0..0x80) => der.push(short),
        _ => {
            let octets = length.to_be_bytes();
            let zeros = octets.iter().take_while(|octet| **octet == 0).count();
            der.push(0x80 | u8::try_from(octets.len() - zeros).unwrap_or_default());
            der.extend(octets.iter().skip(zeros));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn der(ber: &[u8]) -> Option<Vec<u8>> {
        to_der(ber).map(|der| der.to_vec())
    }

    #[test]
    fn der_stays_as_it_is() {
        let long = [&[0x30, 0x82, 1, 4, 4, 0x82, 1, 0][..], &[7; 256]].concat();
        for bytes in [&[0x30, 0][..], &[2, 1, 5], &[0x30, 5, 0xa0, 3, 4, 1, 9], &[0x1f, 0x81, 1, 1, 0], &long]
        {
            assert_eq!(der(bytes).as_deref(), Some(bytes));
        }
    }

    #[test]
    fn indefinite_lengths_and_pieces_go() {
        for (ber, wanted) in [
            (&[0x30, 0x80, 2, 1, 5, 0, 0][..], &[0x30, 3, 2, 1, 5][..]),
            (&[0x30, 0x81, 3, 2, 1, 5], &[0x30, 3, 2, 1, 5]),
            (&[0x24, 0x80, 4, 1, 1, 4, 2, 2, 3, 0, 0], &[4, 3, 1, 2, 3]),
            (&[0x24, 0x80, 0x24, 0x80, 4, 1, 1, 0, 0, 4, 1, 2, 0, 0], &[4, 2, 1, 2]),
            (&[0x24, 6, 4, 1, 1, 4, 1, 2], &[4, 2, 1, 2]),
            (&[0x24, 0x80, 0, 0], &[4, 0]),
            // Implicitly tagged pieces stay pieces: the tag does not say what it stands for.
            (&[0xa0, 0x80, 4, 1, 1, 4, 1, 2, 0, 0], &[0xa0, 6, 4, 1, 1, 4, 1, 2]),
        ] {
            assert_eq!(der(ber).as_deref(), Some(wanted), "{ber:?}");
        }
    }

    #[test]
    fn damaged_and_deep_ones_are_refused() {
        for ber in [
            &[][..],
            &[0x30],
            &[0x30, 0x80],
            &[0x30, 0x80, 2, 1, 5],
            &[0x30, 2, 2, 1, 5],
            &[2, 1, 5, 0],
            &[4, 0x80, 1, 0, 0],
            &[0x24, 0x80, 2, 1, 1, 0, 0],
            &[0x30, 0xff, 1],
            &[4, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1],
        ] {
            assert_eq!(der(ber), None, "{ber:?}");
        }
        let nested = |depth| [[0x30, 0x80].repeat(depth), [0, 0].repeat(depth)].concat();
        assert!(der(&nested(40)).is_some());
        assert!(der(&nested(41)).is_none());
        assert!(der(&[0x30, 0x80].repeat(100_000)).is_none());
    }
}
