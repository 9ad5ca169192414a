//! Mailboxes (RFC 5321 section 4.1.2): the domain as a host name, and what stands in front of it.

use super::host::host;
use super::invalid;
use crate::error::Result;

/// The mailbox, its domain in A-labels.
pub(super) fn mailbox(text: &str) -> Result<String> {
    let (local, domain) =
        text.rsplit_once('@').ok_or_else(|| invalid("is no e-mail address: it has no `@`"))?;
    let domain = host(domain)?;
    if !is_local_part(local) {
        return Err(invalid(
            "is no e-mail address: in front of the `@` stand letters, digits and !#$%&'*+-/=?^_`{|}~, with single dots between them, 64 at most",
        ));
    }
    Ok(format!("{local}@{domain}"))
}

/// What stands in front of the `@` (RFC 5321 sections 4.1.2 and 4.5.3.1.1): atoms between dots, or a string in quotes.
fn is_local_part(text: &str) -> bool {
    let is_atext = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte);
    let fits = match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(quoted) => !quoted.is_empty() && is_quoted_text(quoted.as_bytes()),
        None => text.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atext)),
    };
    fits && text.len() <= 64
}

/// Printable, with `\` before a quote and before itself.
fn is_quoted_text(mut text: &[u8]) -> bool {
    loop {
        text = match text {
            [] => return true,
            [b'\\', b' '..=b'~', rest @ ..] => rest,
            [b'"' | b'\\', ..] => return false,
            [b' '..=b'~', rest @ ..] => rest,
            _ => return false,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::super::AltName;
    use crate::error::ErrorKind;

    #[test]
    fn mailboxes() {
        for good in [
            "amy@example.com",
            "a@localhost",
            "a.b+c@example.com",
            "!#$%&'*+-/=?^_`{|}~@example.com",
            "\"a b@c\"@example.com",
            r#""a\"\\"@example.com"#,
            &format!("{}@example.com", "a".repeat(64)),
        ] {
            assert_eq!(AltName::email(good), Ok(AltName::Email(good.to_owned())), "{good}");
        }
        for bad in [
            "amy",
            "@example.com",
            "amy@",
            ".a@example.com",
            "a.@example.com",
            "a..b@example.com",
            "a b@example.com",
            "é@example.com",
            "a@b@example.com",
            "\"@example.com",
            "\"\"@example.com",
            "\"a\"b\"@example.com",
            "\"a\\\"@example.com",
            "\"é\"@example.com",
            "Amy <amy@example.com>",
            "a@*.example.com",
            &format!("{}@example.com", "a".repeat(65)),
        ] {
            assert_eq!(
                AltName::email(bad).map_err(|error| error.kind()),
                Err(ErrorKind::InvalidAltName),
                "{bad}"
            );
        }
    }
}
