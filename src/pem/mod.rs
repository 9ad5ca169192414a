//! PEM and DER: the only place that knows the labels (RFC 7468).
//!
//! Reading is lenient about what stands around a block (text, CRLF, indentation of other tools, blocks of other kinds: a key
//! and its certificate in one file) and strict about which block is wanted.

mod armour;

use std::borrow::Cow;
use zeroize::Zeroizing;

use armour::place;

use crate::asn1;
use crate::error::{Error, ErrorKind, Result};

/// A certificate, RFC 7468 section 5.
pub const CERTIFICATE: &str = "CERTIFICATE";
/// A certificate with what OpenSSL's `x509 -trustout` says about its trust.
pub(crate) const TRUSTED_CERTIFICATE: &str = "TRUSTED CERTIFICATE";
/// A certificate revocation list, RFC 7468 section 6.
pub const X509_CRL: &str = "X509 CRL";
/// A PKCS#10 certificate request, RFC 7468 section 7.
pub const CERTIFICATE_REQUEST: &str = "CERTIFICATE REQUEST";
/// Cryptographic message syntax, RFC 7468 section 8. OpenSSL and Java know it by this old label.
pub const PKCS7: &str = "PKCS7";
/// A PKCS#8 private key, RFC 7468 section 10.
pub const PRIVATE_KEY: &str = "PRIVATE KEY";
/// An encrypted PKCS#8 private key, RFC 7468 section 11.
pub const ENCRYPTED_PRIVATE_KEY: &str = "ENCRYPTED PRIVATE KEY";
/// A SubjectPublicKeyInfo, RFC 7468 section 13.
pub const PUBLIC_KEY: &str = "PUBLIC KEY";
/// A PKCS#1 private key (RFC 8017 appendix A.1.2), as `openssl genrsa` wrote it before OpenSSL 3.
pub const RSA_PRIVATE_KEY: &str = "RSA PRIVATE KEY";
/// A PKCS#1 public key (RFC 8017 appendix A.1.1).
pub const RSA_PUBLIC_KEY: &str = "RSA PUBLIC KEY";
/// A SEC1 private key (RFC 5915), as `openssl ecparam -genkey` writes it.
pub const EC_PRIVATE_KEY: &str = "EC PRIVATE KEY";
/// The curve that `openssl ecparam -genkey` writes in front of the key. It repeats what the key says.
pub const EC_PARAMETERS: &str = "EC PARAMETERS";

/// Certificates; the second label is what old tools write.
pub(crate) const CERTIFICATES: &[&str] = &[CERTIFICATE, "X509 CERTIFICATE", TRUSTED_CERTIFICATE];
/// Requests; the second label is what old tools (keytool, IIS) write.
pub(crate) const REQUESTS: &[&str] = &[CERTIFICATE_REQUEST, "NEW CERTIFICATE REQUEST"];

/// Larger input than this is nothing that is read here: refused before it is parsed. An RSA-8192 key with all its numbers is 6 kB of
/// PEM, a bundle of every public root 220 kB; a revocation list of as many entries as an option takes (100,000) is 7 MB.
const MAX_INPUT_BYTES: usize = 8 << 20;
/// A bundle of every public root holds some 150.
const MAX_BLOCKS: usize = 1000;

/// One thing read: what its label says it is, and its bytes. They may be a key, so they are wiped.
pub(crate) struct Block {
    /// `None` for bare DER, which does not say what it is.
    pub label: Option<String>,
    /// RFC 1421's headers, with which OpenSSL's traditional encryption says how it was done.
    pub headers: Vec<(String, String)>,
    pub der: Zeroizing<Vec<u8>>,
}

impl Block {
    /// The same as text: PEM with its headers, or for bare DER a PKCS#8 label, since only keys are passed on so.
    #[cfg(all(target_arch = "wasm32", not(feature = "in-page")))]
    pub(crate) fn to_text(&self) -> Zeroizing<String> {
        let label = self.label.as_deref().unwrap_or(PRIVATE_KEY);
        Zeroizing::new(armour::write(label, &self.headers, &self.der))
    }

    /// Whether it is under one of these labels; bare DER may be anything.
    pub(crate) fn is_one_of(&self, labels: &[&str]) -> bool {
        self.label.as_deref().is_none_or(|label| labels.contains(&label))
    }
}

/// Writes DER as one PEM block with LF line ends.
pub fn encode(label: &str, der: &[u8]) -> String {
    armour::write(label, &[], der)
}

/// Reads every block there is, in order, or bare DER as the only one. `what` names the thing wanted, for the message.
pub(crate) fn decode_all(input: &[u8], what: &str) -> Result<Vec<Block>> {
    if input.is_empty() {
        return Err(invalid(format!("is empty; give {what} as PEM or DER")));
    }
    if input.len() > MAX_INPUT_BYTES {
        let size = input.len();
        return Err(invalid(format!("is {size} bytes long, too large for {what}; at most 8 MiB are read")));
    }
    if place(input, b"-----BEGIN").is_none() {
        if place(input, b"-\0-\0-\0").is_some() {
            return Err(invalid("is text in UTF-16, as PowerShell's `>` writes it; save it as UTF-8"));
        }
        return if input.first() == Some(&0x30) {
            asn1::check_alone(input).map_err(invalid)?;
            Ok(vec![Block { label: None, headers: Vec::new(), der: Zeroizing::new(input.to_vec()) }])
        } else {
            Err(invalid(format!(
                "is neither PEM (no `-----BEGIN` line) nor DER; give {what} as the text of its file, from the BEGIN line to the END line"
            )))
        };
    }
    let (blocks, cut) = armour::read(input).ok_or_else(|| {
        if place(input, b"-----\\n").is_some() {
            return invalid("has `\\n` written out where its lines end; put line ends in their place");
        }
        invalid(
            "is damaged PEM; copy the file again, whole, from `-----BEGIN` to the end of the `-----END` line",
        )
    })?;
    if blocks.is_empty() {
        return Err(invalid(format!(
            "holds a BEGIN line but no whole block; give {what} from the BEGIN line to the END line"
        )));
    }
    if blocks.len() > MAX_BLOCKS {
        return Err(invalid(format!("holds {} PEM blocks; at most {MAX_BLOCKS} are read", blocks.len())));
    }
    if cut {
        return Err(invalid("holds a PEM block that is cut short; copy the file again, whole"));
    }
    Ok(blocks)
}

/// The blocks under one of `labels`, or bare DER; at least one. Blocks of other kinds may stand beside them.
pub(crate) fn decode_many(input: &[u8], labels: &[&str], what: &str) -> Result<Vec<Block>> {
    let all = decode_all(input, what)?;
    if !all.iter().any(|block| block.is_one_of(labels)) {
        let found = all.first().and_then(|block| block.label.as_deref()).map(printable).unwrap_or_default();
        let remedy = pkcs7_remedy(&found).unwrap_or_default();
        return Err(invalid(format!("holds a `{found}`, but {what} is wanted here{remedy}")));
    }
    Ok(all.into_iter().filter(|block| block.is_one_of(labels)).collect())
}

/// The one block under one of `labels`, or bare DER.
pub(crate) fn decode_one(input: &[u8], labels: &[&str], what: &str) -> Result<Block> {
    let mut blocks = decode_many(input, labels, what)?;
    match (blocks.pop(), blocks.len()) {
        (Some(block), 0) => Ok(block),
        (_, others) => Err(Error::new(
            ErrorKind::MultiplePem,
            format!("holds {} of them where one is wanted; give {what} alone", others + 1),
        )),
    }
}

/// What to do with certificates that are wrapped, which are not read here.
pub(crate) fn pkcs7_remedy(label: &str) -> Option<&'static str> {
    [PKCS7, "CMS"].contains(&label).then_some("; `openssl pkcs7 -print_certs` writes its certificates as PEM")
}

/// A label as it may stand in a message: it comes from outside.
pub(crate) fn printable(label: &str) -> String {
    label.chars().filter(|c| !c.is_control()).take(40).collect()
}

fn invalid(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidPem, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DER: &[u8] = &[0x30, 0x03, 0x02, 0x01, 0x05];

    fn certificate(input: &[u8]) -> Result<Vec<u8>> {
        decode_one(input, CERTIFICATES, "a certificate").map(|block| block.der.to_vec())
    }

    #[test]
    fn reads_back_what_it_wrote_with_text_and_other_blocks_around_and_crlf() {
        let key = encode(PRIVATE_KEY, b"0");
        let text = format!("Bag Attributes\n  x: y\n{key}{}trailing\n", encode(CERTIFICATE, DER));
        assert_eq!(certificate(text.replace('\n', "\r\n").as_bytes()).unwrap(), DER);
        assert_eq!(certificate(DER).unwrap(), DER);
    }

    #[test]
    fn headers_are_kept() {
        let text = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00ff\n\nAAAA\n-----END RSA PRIVATE KEY-----\n";
        let block = decode_one(text.as_bytes(), &[RSA_PRIVATE_KEY], "a key").unwrap();
        let header = |name: &str| (name.to_owned(), String::new());
        let names: Vec<_> = block.headers.iter().map(|(name, _)| header(name)).collect();
        assert_eq!(names, [header("Proc-Type"), header("DEK-Info")]);
        assert_eq!(block.headers[1].1, "AES-128-CBC,00ff");
    }

    #[test]
    fn refuses_with_the_reason() {
        let kind = |input: &[u8]| certificate(input).unwrap_err().kind();
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
