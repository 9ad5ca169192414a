//! Host names: international ones converted to A-labels, and the rules of RFC 1035 and RFC 5890.

use super::invalid;
use crate::error::Result;

/// A host name in A-labels: labels of letters, digits, hyphens (and underscores, which container networks use), at most
/// 63 characters each and 253 together (RFC 1035 section 2.3.4), not all digits at the end.
pub(super) fn host(text: &str) -> Result<String> {
    if text.is_empty() {
        return Err(invalid("is empty; give a host name"));
    }
    if let Some(bad) = text.chars().find(|c| c.is_whitespace() || "/\\?#@:*[]%".contains(*c)) {
        let bad = if bad.is_whitespace() { "a space".to_owned() } else { format!("`{bad}`") };
        return Err(invalid(format!("is no host name: it holds {bad}")));
    }
    let ascii = if text.is_ascii() && !has_a_label(text) {
        text.to_ascii_lowercase()
    } else {
        to_ascii(text).ok_or_else(|| invalid("is no host name: it can't be converted to A-labels (IDNA)"))?
    };
    let labels: Vec<&str> = ascii.split('.').collect();
    for label in &labels {
        let bytes = label.as_bytes();
        let characters = bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(byte));
        let ends = bytes.first() != Some(&b'-') && bytes.last() != Some(&b'-');
        if label.is_empty() {
            return Err(invalid("is no host name: a label between two dots is empty"));
        }
        if label.len() > 63 {
            return Err(invalid("is no host name: a label is longer than 63 characters"));
        }
        if !characters || !ends {
            return Err(invalid(
                "is no host name: a label may hold letters, digits and hyphens, with no hyphen at its ends",
            ));
        }
    }
    if ascii.len() > 253 {
        return Err(invalid("is no host name: it is longer than 253 characters"));
    }
    if labels.last().is_some_and(|last| is_number(last)) {
        return Err(invalid(
            "is no host name: its last label is a number; an IPv4 address has four parts up to 255",
        ));
    }
    Ok(ascii)
}

/// Whether a URL parser takes it for a part of an IPv4 address, `0x7f` too (WHATWG URL section 3.5).
fn is_number(label: &str) -> bool {
    match label.strip_prefix("0x") {
        Some(digits) => digits.bytes().all(|byte| byte.is_ascii_hexdigit()),
        None => label.bytes().all(|byte| byte.is_ascii_digit()),
    }
}

fn has_a_label(text: &str) -> bool {
    text.split('.').any(|label| label.get(..4).is_some_and(|prefix| prefix.eq_ignore_ascii_case("xn--")))
}

/// UTS 46, as browsers do it.
#[cfg(not(target_arch = "wasm32"))]
fn to_ascii(text: &str) -> Option<String> {
    idna::domain_to_ascii(text).ok()
}

/// The host's own, which every host has: the tables would be a quarter of the wasm.
#[cfg(target_arch = "wasm32")]
fn to_ascii(text: &str) -> Option<String> {
    crate::js::domain_to_ascii(text)
}
