//! The text around DER (RFC 7468, with RFC 1421's headers): where blocks begin and end, and base64 in lines of any length.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use super::Block;

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const HYPHENS: &[u8] = b"-----";

/// What of DER stands in a line: 64 characters of base64.
const LINE: usize = 48;

/// The whole blocks, in order, and whether one more begins and does not end; `None` where one of them is damaged.
pub(super) fn read(mut text: &[u8]) -> Option<(Vec<Block>, bool)> {
    let mut blocks = Vec::new();
    while let Some((_, begun)) = split(text, BEGIN) {
        let Some([label, inside, end, rest]) = whole(begun) else { return Some((blocks, true)) };
        if label.is_empty() || label != end {
            return None;
        }
        blocks.push(block(std::str::from_utf8(label).ok()?, inside)?);
        text = rest;
    }
    Some((blocks, false))
}

/// A block whose BEGIN was read: its label, what is inside, the label at its end, and what stands behind.
fn whole(begun: &[u8]) -> Option<[&[u8]; 4]> {
    let (label, behind) = split(begun, HYPHENS)?;
    let (inside, ended) = split(behind, END)?;
    let (end, rest) = split(ended, HYPHENS)?;
    Some([label, inside, end, rest])
}

fn block(label: &str, inside: &[u8]) -> Option<Block> {
    let mut headers: Vec<(String, String)> = Vec::new();
    let mut base64 = Zeroizing::new(Vec::with_capacity(inside.len()));
    for line in std::str::from_utf8(inside).ok()?.lines() {
        if base64.is_empty() && header(&mut headers, line) {
            continue;
        }
        for word in line.split_ascii_whitespace() {
            base64.extend_from_slice(word.as_bytes());
        }
    }
    let mut der = Zeroizing::new(vec![0; base64.len() / 4 * 3]);
    let length = STANDARD.decode_slice_unchecked(&*base64, &mut der).ok()?;
    der.truncate(length);
    Some(Block { label: Some(label.to_owned()), headers, der })
}

/// Whether the line is a header, or goes on with one, as a line that begins with a blank does. No base64 holds a colon.
fn header(headers: &mut Vec<(String, String)>, line: &str) -> bool {
    match (line.split_once(':'), headers.last_mut()) {
        (Some((name, value)), _) => headers.push((name.trim().to_owned(), value.trim().to_owned())),
        (None, Some((_, value))) if line.starts_with([' ', '\t']) => value.push_str(line.trim()),
        _ => return false,
    }
    true
}

/// One block with LF line ends.
pub(super) fn write(label: &str, headers: &[(String, String)], der: &[u8]) -> String {
    let mut text = String::with_capacity(2 * (label.len() + 20) + der.len() / 3 * 4 + der.len() / LINE + 10);
    text.extend(["-----BEGIN ", label, "-----\n"]);
    for (name, value) in headers {
        text.extend([name, ": ", value, "\n"]);
    }
    if !headers.is_empty() {
        text.push('\n');
    }
    let mut line = Zeroizing::new([0; LINE / 3 * 4]);
    for bytes in der.chunks(LINE) {
        // It fits, so it can't fail.
        let length = STANDARD.encode_slice(bytes, &mut *line).unwrap_or_default();
        text.push_str(line.get(..length).and_then(|line| std::str::from_utf8(line).ok()).unwrap_or_default());
        text.push('\n');
    }
    text.extend(["-----END ", label, "-----\n"]);
    text
}

/// What stands before the first of these, and behind it.
fn split<'a>(text: &'a [u8], marker: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = place(text, marker)?;
    Some((text.get(..at)?, text.get(at + marker.len()..)?))
}

/// Where the first of these is. By its first byte, since few of a text are hyphens.
pub(super) fn place(text: &[u8], marker: &[u8]) -> Option<usize> {
    let first = marker.first()?;
    let mut from = 0;
    loop {
        let rest = text.get(from..)?;
        let at = rest.iter().position(|byte| byte == first)?;
        if rest.get(at..)?.starts_with(marker) {
            return Some(from + at);
        }
        from += at + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_any_length_and_blanks_anywhere() {
        for text in [
            "-----BEGIN A-----\nMAMCAQU=\n-----END A-----\n",
            "-----BEGIN A-----MAMCAQU=-----END A-----",
            "x -----BEGIN A-----\r\n  MAM\r\n\r\n\tCAQU=  \r\n-----END A-----\r\ny",
            "-----BEGIN A-----\nM A\nM\nC\nAQU=\n\n-----END A-----",
        ] {
            let (blocks, cut) = read(text.as_bytes()).unwrap();
            assert!(!cut && blocks.len() == 1, "{text}");
            assert_eq!(*blocks[0].der, [0x30, 3, 2, 1, 5], "{text}");
            assert_eq!(blocks[0].label.as_deref(), Some("A"), "{text}");
            assert!(blocks[0].headers.is_empty(), "{text}");
        }
    }

    #[test]
    fn headers_end_at_an_empty_line_and_go_on_behind_a_blank() {
        let text = "-----BEGIN A-----\nOne: 1\n 2\nTwo :x:y \n \t\nMAMCAQU=\n-----END A-----\n";
        let (blocks, _) = read(text.as_bytes()).unwrap();
        let owned = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(blocks[0].headers, [owned("One", "12"), owned("Two", "x:y")]);
        let again = write("A", &blocks[0].headers, &blocks[0].der);
        assert_eq!(again, "-----BEGIN A-----\nOne: 12\nTwo: x:y\n\nMAMCAQU=\n-----END A-----\n");
    }

    #[test]
    fn damaged_ones_are_refused_and_cut_ones_left_out() {
        for damaged in [
            "-----BEGIN A-----\nMAMCAQU\n-----END A-----\n",
            "-----BEGIN A-----\nMAMCAQV=\n-----END A-----\n",
            "-----BEGIN A-----\nMAMCAQU=\n-----END B-----\n",
            "-----BEGIN -----\nMAMCAQU=\n-----END -----\n",
            "-----BEGIN A-----\nMAMC\nx: y\n-----END A-----\n",
            "-----BEGIN A-----\nMAM*\n-----END A-----\n",
            "-----BEGIN A-----\n-----BEGIN A-----\nMAMCAQU=\n-----END A-----\n",
        ] {
            assert!(read(damaged.as_bytes()).is_none(), "{damaged}");
        }
        for cut in ["-----BEGIN A", "-----BEGIN A-----\nMAMC", "-----BEGIN A-----\nMAMC\n-----END A"] {
            assert!(read(cut.as_bytes()).is_some_and(|(blocks, cut)| blocks.is_empty() && cut), "{cut}");
        }
        assert!(read(b"").is_some_and(|(blocks, cut)| blocks.is_empty() && !cut));
    }

    #[test]
    fn what_is_written_is_read() {
        for length in [0, 1, 2, 3, 47, 48, 49, 96, 1000] {
            let der: Vec<u8> = (0..length).map(|byte| u8::try_from(byte % 251).unwrap()).collect();
            let text = write("A", &[], &der);
            assert!(text.lines().all(|line| line.len() <= 64), "{text}");
            assert_eq!(*read(text.as_bytes()).unwrap().0[0].der, der);
        }
    }
}
