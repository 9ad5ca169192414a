//! Revocation lists that no tool writes: changed, and signed anew by openssl.

use super::Folder;

/// A reason code, as an extension's content: keyCompromise, not critical.
const REASON: &[u8] = &[0x06, 0x03, 0x55, 0x1d, 0x15, 0x04, 0x03, 0x0a, 0x01, 0x01];
/// After its object identifier.
const CRITICAL_GOES: usize = 5;
const TRUE: &[u8] = &[0x01, 0x01, 0xff];

/// The PEM list in `file`, of an entry for a compromised key, with that entry's reason code critical: `file` again.
pub fn critical_entry(folder: &Folder, file: &str, key: &str) {
    let list = folder.openssl_bytes(&format!("crl -in {file} -outform DER"));
    let parts = children(content(&list));
    let [to_be_signed, algorithm, _] = parts.as_slice() else { panic!("{file} is no revocation list") };
    let places: Vec<_> =
        to_be_signed.windows(REASON.len()).enumerate().filter(|(_, at)| *at == REASON).collect();
    let [(place, _)] = places.as_slice() else { panic!("{file} has {} reasons", places.len()) };
    let changed = inserted(to_be_signed, place + CRITICAL_GOES, TRUE);
    folder.write("changed.tbs", &changed);
    let signature = folder.openssl_bytes(&format!("dgst -sha256 -sign {key} changed.tbs"));
    let signature = element(0x03, &[&[0], signature.as_slice()].concat());
    folder.write("changed.der", element(0x30, &[&changed, *algorithm, &signature].concat()));
    folder.openssl(&format!("crl -inform DER -in changed.der -out {file}"));
}

/// `bytes` at a place within a constructed element, of which all lengths around it are written anew.
fn inserted(der: &[u8], place: usize, bytes: &[u8]) -> Vec<u8> {
    let mut start = der.len() - content(der).len();
    let mut made = Vec::new();
    for child in children(content(der)) {
        let end = start + child.len();
        match child[0] & 0x20 {
            0x20 if start < place && place < end => made.extend(inserted(child, place - start, bytes)),
            _ if start == place => made.extend([bytes, child].concat()),
            _ => made.extend(child),
        }
        start = end;
    }
    element(der[0], &made)
}

fn content(element: &[u8]) -> &[u8] {
    let (header, length) = header(element);
    &element[header..header + length]
}

fn children(mut content: &[u8]) -> Vec<&[u8]> {
    let mut found = Vec::new();
    while !content.is_empty() {
        let (header, length) = header(content);
        let (child, rest) = content.split_at(header + length);
        found.push(child);
        content = rest;
    }
    found
}

/// How long its tag and length are, and its content.
fn header(element: &[u8]) -> (usize, usize) {
    match element[1] {
        short @ 0..0x80 => (2, usize::from(short)),
        long => {
            let octets = usize::from(long & 0x7f);
            let length =
                element[2..2 + octets].iter().fold(0, |length, octet| length << 8 | usize::from(*octet));
            (2 + octets, length)
        }
    }
}

fn element(tag: u8, content: &[u8]) -> Vec<u8> {
    let octets: Vec<u8> = content.len().to_be_bytes().into_iter().skip_while(|octet| *octet == 0).collect();
    match content.len() {
        short @ 0..0x80 => [&[tag, short as u8], content].concat(),
        _ => [&[tag, 0x80 | octets.len() as u8], octets.as_slice(), content].concat(),
    }
}
