//! Which form a key in DER has, told by its structure and not by its label, which people's tools often get wrong; and whether
//! a passphrase is needed to look into it.

use x509_parser::asn1_rs::{Any, Class, Tag};

use crate::asn1;
use crate::pem::Block;

/// What a DER structure is, by the types of what stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Pkcs8,
    EncryptedPkcs8,
    Pkcs1,
    Sec1,
    /// As OpenSSL's `dsa` writes it.
    Dsa,
    /// A SubjectPublicKeyInfo.
    Spki,
    /// An RSA public key (PKCS#1).
    Pkcs1Public,
    /// A certificate, request or revocation list.
    Signed,
}

/// The form, or `None` where it is no whole DER, or none of these.
pub(super) fn form(der: &[u8]) -> Option<Form> {
    const INTEGER: Tag = Tag::Integer;
    const SEQUENCE: Tag = Tag::Sequence;
    const OCTETS: Tag = Tag::OctetString;
    const BITS: Tag = Tag::BitString;
    // What is no universal type is none that is looked for.
    let tag = |element: &Any<'_>| if element.class() == Class::Universal { element.tag() } else { Tag(0) };
    let tags: Vec<Tag> = asn1::members(&asn1::whole(der)?)?.iter().map(tag).collect();
    match tags.as_slice() {
        [INTEGER, SEQUENCE, OCTETS, ..] => Some(Form::Pkcs8),
        [SEQUENCE, OCTETS] => Some(Form::EncryptedPkcs8),
        [INTEGER, OCTETS, ..] => Some(Form::Sec1),
        [INTEGER, INTEGER] => Some(Form::Pkcs1Public),
        [INTEGER, INTEGER, INTEGER, INTEGER, INTEGER, INTEGER] => Some(Form::Dsa),
        [INTEGER, INTEGER, INTEGER, ..] => Some(Form::Pkcs1),
        [SEQUENCE, BITS] => Some(Form::Spki),
        [SEQUENCE, SEQUENCE, BITS] => Some(Form::Signed),
        _ => None,
    }
}

/// Whether a passphrase is needed to look into a private key.
pub(crate) fn is_encrypted(block: &Block) -> bool {
    is_private(block) && (is_traditionally_encrypted(block) || form(&block.der) == Some(Form::EncryptedPkcs8))
}

/// OpenSSL's own encryption of before PKCS#8, which stands in the headers.
pub(super) fn is_traditionally_encrypted(block: &Block) -> bool {
    let says = |(name, value): &(String, String)| {
        name == "Proc-Type" && value.split(',').any(|word| word.trim() == "ENCRYPTED")
    };
    block.headers.iter().any(says)
}

pub(super) fn is_private(block: &Block) -> bool {
    block.label.as_deref().is_none_or(|label| label.ends_with("PRIVATE KEY"))
}

/// Whether it has the structure of a private key.
pub(crate) fn is_private_form(der: &[u8]) -> bool {
    matches!(form(der), Some(Form::Pkcs8 | Form::EncryptedPkcs8 | Form::Pkcs1 | Form::Sec1 | Form::Dsa))
}

/// Whether it has the structure of a certificate, request or revocation list.
#[cfg(not(feature = "in-page"))]
pub(crate) fn is_signed_form(der: &[u8]) -> bool {
    form(der) == Some(Form::Signed)
}

/// Whether the text is JSON, as a JSON Web Key is.
pub(crate) fn is_jwk(input: &[u8]) -> bool {
    without_mark(input).trim_ascii_start().first() == Some(&b'{')
}

/// Without the byte order mark that editors of Windows put in front.
pub(crate) fn without_mark(input: &[u8]) -> &[u8] {
    input.strip_prefix(b"\xef\xbb\xbf").unwrap_or(input)
}
