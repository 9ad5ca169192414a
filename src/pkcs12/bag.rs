//! What stands in a file, bag by bag (RFC 7292 section 4.2), read where it lies.

use der::asn1::{AnyRef, ObjectIdentifier, OctetStringRef};
use der::{Decode, Reader, SliceReader, Tag, TagNumber, Tagged};
use x509_parser::asn1_rs;
use zeroize::Zeroizing;

use super::read::Opener;
use super::{damaged, oid};
use crate::asn1;
use crate::error::{Error, ErrorKind, Result};
use crate::key;

/// More than any key store of a person or a server; .NET takes 200 of each.
const MAX_KEYS: usize = 200;
/// Java's store of every public root holds some 150. Whose issuer is whose is looked for among all.
const MAX_CERTIFICATES: usize = 500;
/// Bags in bags; nobody writes them.
const MAX_DEPTH: usize = 4;

/// Everything of a file, in its order.
#[derive(Default)]
pub(super) struct Bags {
    pub keys: Vec<Bag<Zeroizing<Vec<u8>>>>,
    pub certificates: Vec<Bag<Vec<u8>>>,
    /// What else there is, in words.
    pub unread: Vec<String>,
}

/// A key (PKCS#8) or a certificate, DER, and what is written beside it.
pub(super) struct Bag<T> {
    pub der: T,
    pub friendly_name: Option<String>,
    pub local_key_id: Option<Vec<u8>>,
    pub trusted: bool,
}

impl Bags {
    /// Takes in `SafeContents`, DER.
    pub(super) fn read(&mut self, contents: &[u8], opener: &mut Opener<'_>, depth: usize) -> Result<()> {
        for bag in sequence(AnyRef::from_der(contents).map_err(|_| damaged())?)? {
            let fields = sequence(bag)?;
            let (kind, value, attributes) = match fields.as_slice() {
                [kind, value] => (kind, value, None),
                [kind, value, attributes] => (kind, value, Some(*attributes)),
                _ => return Err(damaged()),
            };
            let kind = kind.decode_as::<ObjectIdentifier>().map_err(|_| damaged())?;
            let value = explicit(value)?;
            self.read_bag(kind, value, attributes, opener, depth)?;
        }
        Ok(())
    }

    fn read_bag(
        &mut self,
        kind: ObjectIdentifier,
        value: &[u8],
        attributes: Option<AnyRef<'_>>,
        opener: &mut Opener<'_>,
        depth: usize,
    ) -> Result<()> {
        if oid::is(kind, oid::KEY_BAG) {
            self.keys.push(Bag::new(Zeroizing::new(value.to_vec()), attributes)?);
        } else if oid::is(kind, oid::SHROUDED_KEY_BAG) {
            let (algorithm, data) = key::parts(value).map_err(|_| damaged())?;
            self.keys.push(Bag::new(opener.private_key(algorithm, data)?, attributes)?);
        } else if oid::is(kind, oid::CERTIFICATE_BAG) {
            let fields = sequence(AnyRef::from_der(value).map_err(|_| damaged())?)?;
            let [kind, certificate] = fields.as_slice() else { return Err(damaged()) };
            let kind = kind.decode_as::<ObjectIdentifier>().map_err(|_| damaged())?;
            if oid::is(kind, oid::X509_CERTIFICATE) {
                let certificate = octets(AnyRef::from_der(explicit(certificate)?).map_err(|_| damaged())?)?;
                self.certificates.push(Bag::new(certificate.to_vec(), attributes)?);
            } else {
                self.unread.push(format!("a certificate of the kind {kind}"));
            }
        } else if oid::is(kind, oid::SAFE_CONTENTS_BAG) {
            if depth >= MAX_DEPTH {
                return Err(damaged());
            }
            self.read(value, opener, depth + 1)?;
        } else {
            self.unread.push(match kind.to_string().as_str() {
                "1.2.840.113549.1.12.10.1.4" => "a revocation list".to_owned(),
                "1.2.840.113549.1.12.10.1.5" => "a secret".to_owned(),
                other => format!("a bag of the kind {other}"),
            });
        }
        for (count, most, what) in [
            (self.keys.len(), MAX_KEYS, "private keys"),
            (self.certificates.len(), MAX_CERTIFICATES, "certificates"),
            (self.unread.len(), MAX_CERTIFICATES, "other things"),
        ] {
            if count > most {
                let message = format!("holds over {most} {what}, more than is read here");
                return Err(Error::new(ErrorKind::InvalidPkcs12, message));
            }
        }
        Ok(())
    }
}

impl<T> Bag<T> {
    fn new(der: T, attributes: Option<AnyRef<'_>>) -> Result<Self> {
        let mut bag = Self { der, friendly_name: None, local_key_id: None, trusted: false };
        let Some(attributes) = attributes else { return Ok(bag) };
        for attribute in set(attributes)? {
            let fields = sequence(attribute)?;
            let [kind, values] = fields.as_slice() else { return Err(damaged()) };
            let kind = kind.decode_as::<ObjectIdentifier>().map_err(|_| damaged())?;
            // One that has none says nothing.
            let Some(value) = set(*values)?.first().copied() else { continue };
            if oid::is(kind, oid::FRIENDLY_NAME) {
                bag.friendly_name = text(value).filter(|text| !text.is_empty());
            } else if oid::is(kind, oid::LOCAL_KEY_ID) {
                bag.local_key_id = Some(octets(value)?.to_vec());
            } else if oid::is(kind, oid::TRUSTED_KEY_USAGE) {
                bag.trusted = true;
            }
        }
        Ok(bag)
    }
}

/// A BMPString; UTF8String and others of those who know better.
fn text(value: AnyRef<'_>) -> Option<String> {
    let tag = asn1_rs::Tag(value.tag().number().value());
    asn1::string(&asn1_rs::Any::from_tag_and_data(tag, value.value()))
}

/// The elements of a SEQUENCE.
pub(super) fn sequence(any: AnyRef<'_>) -> Result<Vec<AnyRef<'_>>> {
    if any.tag() == Tag::Sequence { elements(any.value()) } else { Err(damaged()) }
}

fn set(any: AnyRef<'_>) -> Result<Vec<AnyRef<'_>>> {
    if any.tag() == Tag::Set { elements(any.value()) } else { Err(damaged()) }
}

/// The elements that stand one behind the other. Those of a set may stand in any order, as some write them.
pub(super) fn elements(bytes: &[u8]) -> Result<Vec<AnyRef<'_>>> {
    let mut reader = SliceReader::new(bytes).map_err(|_| damaged())?;
    let mut found = Vec::new();
    while !reader.is_finished() {
        found.push(AnyRef::decode(&mut reader).map_err(|_| damaged())?);
    }
    Ok(found)
}

/// What stands in `[0]`, with its header.
pub(super) fn explicit<'a>(any: &AnyRef<'a>) -> Result<&'a [u8]> {
    match any.tag() {
        Tag::ContextSpecific { constructed: true, number: TagNumber(0) } => Ok(any.value()),
        _ => Err(damaged()),
    }
}

pub(super) fn octets(any: AnyRef<'_>) -> Result<&[u8]> {
    any.decode_as::<&OctetStringRef>().map(OctetStringRef::as_bytes).map_err(|_| damaged())
}
