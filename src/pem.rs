//! PEM and DER: the only place that knows the labels (RFC 7468).
//!
//! Reading is lenient about what stands around a block (text, CRLF, indentation of other tools) and strict about which
//! block it is. The `pem` crate rather than `der::pem`: the latter takes only lines of exactly 64 characters.

use crate::error::{Error, ErrorKind, Result};

/// A certificate, RFC 7468 section 5.
pub const CERTIFICATE: &str = "CERTIFICATE";
/// A PKCS#10 certificate request, RFC 7468 section 7.
pub const CERTIFICATE_REQUEST: &str = "CERTIFICATE REQUEST";
/// A PKCS#8 private key, RFC 7468 section 10.
pub const PRIVATE_KEY: &str = "PRIVATE KEY";
/// An encrypted PKCS#8 private key, RFC 7468 section 11.
pub const ENCRYPTED_PRIVATE_KEY: &str = "ENCRYPTED PRIVATE KEY";
/// A SubjectPublicKeyInfo, RFC 7468 section 13.
pub const PUBLIC_KEY: &str = "PUBLIC KEY";

/// Larger input than this is no certificate, request or key: refused before it is parsed. An RSA-8192 key with all its
/// numbers is 6 kB of PEM; a bundle of every public root is 220 kB.
const MAX_INPUT_BYTES: usize = 1 << 20;

/// One thing read: what its label says it is, and its bytes.
pub(crate) struct Block {
    /// `None` for bare DER, which does not say what it is.
    pub label: Option<String>,
    pub der: Vec<u8>,
}

/// Writes DER as one PEM block with LF line ends.
pub fn encode(label: &str, der: &[u8]) -> String {
    let config = pem::EncodeConfig::new().set_line_ending(pem::LineEnding::LF);
    pem::encode_config(&pem::Pem::new(label, der), config)
}

/// Reads exactly one block, or bare DER. `what` names the thing wanted, for the message.
pub(crate) fn decode_one(input: &[u8], what: &str) -> Result<Block> {
    if input.is_empty() {
        return Err(invalid(format!("is empty; give {what} as PEM or DER")));
    }
    if input.len() > MAX_INPUT_BYTES {
        let size = input.len();
        return Err(invalid(format!("is {size} bytes long, too large for {what}; at most 1 MiB is read")));
    }
    if count(input, b"-----BEGIN") == 0 {
        return if input.first() == Some(&0x30) {
            Ok(Block { label: None, der: input.to_vec() })
        } else {
            Err(invalid(format!(
                "is neither PEM (no `-----BEGIN` line) nor DER; give {what} as the text of its file, from the BEGIN line to the END line"
            )))
        };
    }
    let mut blocks = pem::parse_many(input).map_err(|_| {
        invalid(
            "is damaged PEM; copy the file again, whole, from `-----BEGIN` to the end of the `-----END` line",
        )
    })?;
    if count(input, b"-----BEGIN ") != blocks.len() {
        return Err(invalid("holds a PEM block that is cut short; copy the file again, whole"));
    }
    match (blocks.pop(), blocks.len()) {
        (Some(block), 0) => Ok(Block { label: Some(block.tag().to_owned()), der: block.into_contents() }),
        (None, _) => Err(invalid(format!(
            "holds a BEGIN line but no whole block; give {what} from the BEGIN line to the END line"
        ))),
        (Some(_), others) => Err(Error::new(
            ErrorKind::MultiplePem,
            format!("holds {} PEM blocks where one is wanted; give {what} alone", others + 1),
        )),
    }
}

/// Reads exactly one block under one of `labels`, or bare DER.
pub(crate) fn decode_as(input: &[u8], labels: &[&str], what: &str) -> Result<Vec<u8>> {
    let block = decode_one(input, what)?;
    match block.label {
        Some(label) if !labels.contains(&label.as_str()) => {
            Err(invalid(format!("holds a `{}`, but {what} is wanted here", printable(&label))))
        }
        _ => Ok(block.der),
    }
}

/// A label as it may stand in a message: it comes from outside.
pub(crate) fn printable(label: &str) -> String {
    label.chars().filter(|c| !c.is_control()).take(40).collect()
}

fn invalid(message: impl Into<String>) -> Error {
    Error::new(ErrorKind::InvalidPem, message)
}

fn count(haystack: &[u8], needle: &[u8]) -> usize {
    haystack.windows(needle.len()).filter(|window| *window == needle).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DER: &[u8] = &[0x30, 0x03, 0x02, 0x01, 0x05];

    #[test]
    fn reads_back_what_it_wrote_with_text_around_and_crlf() {
        let text =
            format!("Bag Attributes\n  x: y\n{}trailing\n", encode(CERTIFICATE, DER)).replace('\n', "\r\n");
        assert_eq!(decode_as(text.as_bytes(), &[CERTIFICATE], "a certificate").unwrap(), DER);
        assert_eq!(decode_as(DER, &[CERTIFICATE], "a certificate").unwrap(), DER);
    }

    #[test]
    fn refuses_with_the_reason() {
        let kind = |input: &[u8]| decode_as(input, &[CERTIFICATE], "a certificate").unwrap_err().kind();
        let one = encode(CERTIFICATE, DER);
        assert_eq!(kind(b""), ErrorKind::InvalidPem);
        assert_eq!(kind(b"hello"), ErrorKind::InvalidPem);
        assert_eq!(kind(b"-----BEGIN CERTIFICATE-----\nAAAA"), ErrorKind::InvalidPem);
        assert_eq!(kind(one.replace("MAMC", "MA*C").as_bytes()), ErrorKind::InvalidPem);
        assert_eq!(kind(encode(PRIVATE_KEY, DER).as_bytes()), ErrorKind::InvalidPem);
        assert_eq!(kind(format!("{one}{one}").as_bytes()), ErrorKind::MultiplePem);
        assert_eq!(kind(format!("{one}{}", &one[..40]).as_bytes()), ErrorKind::InvalidPem);
        assert_eq!(kind(&vec![0x30; MAX_INPUT_BYTES + 1]), ErrorKind::InvalidPem);
    }
}
