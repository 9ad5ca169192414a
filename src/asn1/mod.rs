//! DER's elements; their values, typed (`value`) and as text (`text`).

mod text;
mod value;

use x509_parser::asn1_rs::{Any, Class, Tag};
use x509_parser::prelude::FromDer;

pub(crate) use text::{dotted, integer, is_string, latin1, oid, oid_text, string};
pub(crate) use value::{boolean, flags, small, small_content, time, truth, unsigned};

/// Few SEQUENCEs hold more, so that their elements are moved but once.
const USUAL_MOST: usize = 8;

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
    let mut found = Vec::with_capacity(USUAL_MOST);
    while !bytes.is_empty() {
        let (rest, element) = Any::from_der(bytes).ok()?;
        found.push(element);
        bytes = rest;
    }
    Some(found)
}

/// The same, each with its header.
pub(crate) fn all_der(mut bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut found = Vec::with_capacity(USUAL_MOST);
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

/// Whether it has a tag of that number that has its meaning in its place alone.
pub(crate) fn is_context(element: &Any<'_>, number: u32) -> bool {
    element.class() == Class::ContextSpecific && element.tag().0 == number
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

/// Whether the bytes are one element with, in it and in all below, the shortest lengths there are (X.690 section 10.1). asn1-rs passes
/// over others, and verifiers do not.
pub(crate) fn has_shortest_lengths(der: &[u8]) -> bool {
    /// Deeper than any key.
    const DEEPEST: usize = 8;
    whole(der).is_some() && all_shortest(der, DEEPEST)
}

fn all_shortest(bytes: &[u8], depth: usize) -> bool {
    let one = |der: &[u8]| {
        whole(der).is_some_and(|element| {
            let inside =
                !element.header.is_constructed() || (depth > 0 && all_shortest(element.data, depth - 1));
            is_shortest(der, &element) && inside
        })
    };
    all_der(bytes).is_some_and(|all| all.into_iter().all(one))
}

/// Whether the bytes are one element, whose own length is the shortest there is.
pub(crate) fn is_one(der: &[u8]) -> bool {
    whole(der).is_some_and(|element| is_shortest(der, &element))
}

fn is_shortest(der: &[u8], element: &Any<'_>) -> bool {
    let header = match element.data.len() {
        0..=0x7f => 2,
        0x80..=0xff => 3,
        0x100..=0xffff => 4,
        0x1_0000..=0xff_ffff => 5,
        _ => 6,
    };
    der.len() - element.data.len() == header
}

/// The elements in a SEQUENCE that is all of the bytes, each with its header; all of these with the shortest lengths there are.
pub(crate) fn strict_parts(sequence: &[u8]) -> Option<Vec<&[u8]>> {
    let parts = all_der(content(&whole(sequence)?, Tag::Sequence)?)?;
    (is_one(sequence) && parts.iter().all(|part| is_one(part))).then_some(parts)
}

/// The first element with its header, without what stands behind it.
pub(crate) fn first_element(bytes: &[u8]) -> &[u8] {
    match Any::from_der(bytes) {
        Ok((rest, _)) => bytes.get(..bytes.len() - rest.len()).unwrap_or(bytes),
        Err(_) => bytes,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
