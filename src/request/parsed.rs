//! The parts of a request (RFC 2986 section 4), taken apart in strict DER with the bytes as they came.
//!
//! Not x509-parser's request: it refuses all of one for an attribute that nobody needs (a challengePassword in an unusual
//! string, no attributes at all, as old tools write) and keeps no more than the header of those that it does not know.

use x509_parser::asn1_rs::{Any, Tag};
use x509_parser::prelude::X509Name;
use x509_parser::x509::{AlgorithmIdentifier, SubjectPublicKeyInfo};

use super::invalid;
use crate::asn1;
use crate::error::Result;
use crate::parsed::{ParsedExtension, algorithm, whole};

/// A request taken apart.
pub(crate) struct ParsedRequest<'a> {
    /// 0, which means version 1.
    pub version: u32,
    /// What is signed.
    pub info: &'a [u8],
    pub subject: X509Name<'a>,
    pub public_key: SubjectPublicKeyInfo<'a>,
    pub attributes: Vec<RequestAttribute<'a>>,
    /// What it is signed with.
    pub algorithm: AlgorithmIdentifier<'a>,
    /// The octets of the signature.
    pub signature: &'a [u8],
}

/// An attribute: its type, and the DER of each value.
pub(crate) struct RequestAttribute<'a> {
    pub oid: String,
    pub values: Vec<&'a [u8]>,
}

/// PKCS#9's (RFC 2985 section 5.4.2), and Microsoft's of the same form, which old tools of Windows write.
const EXTENSION_REQUESTS: &[&str] = &["1.2.840.113549.1.9.14", "1.3.6.1.4.1.311.2.1.14"];

impl RequestAttribute<'_> {
    /// Whether it asks for extensions.
    pub fn is_extension_request(&self) -> bool {
        EXTENSION_REQUESTS.contains(&self.oid.as_str())
    }
}

impl<'a> ParsedRequest<'a> {
    /// Takes the DER of a request apart.
    ///
    /// # Errors
    /// [`crate::ErrorKind::InvalidRequest`].
    pub fn read(der: &'a [u8]) -> Result<Self> {
        let unreadable = || invalid("is no certificate request that can be read (PKCS#10); make it anew");
        let unreadable_part =
            |part| move || invalid(format!("has a {part} that can't be read; make it anew"));
        let [info, signed_with, signature]: [&[u8]; 3] =
            asn1::strict_parts(der).and_then(|parts| parts.try_into().ok()).ok_or_else(unreadable)?;
        let (version, subject, public_key, attributes) =
            match asn1::strict_parts(info).ok_or_else(unreadable)?.as_slice() {
                [version, subject, public_key] => (*version, *subject, *public_key, None),
                [version, subject, public_key, attributes] => {
                    (*version, *subject, *public_key, Some(*attributes))
                }
                _ => return Err(unreadable()),
            };
        let version =
            asn1::whole(version).and_then(|version| asn1::small(&version)).ok_or_else(unreadable)?;
        let signature = asn1::whole(signature);
        let signature = signature.and_then(|bits| asn1::content(&bits, Tag::BitString)?.split_first());
        let attributes = attributes.map_or(Ok(Vec::new()), attributes_of)?;
        let (0, signature) = signature.ok_or_else(unreadable)? else {
            return Err(invalid(
                "has a signature of a number of bits that is no multiple of 8; make it anew",
            ));
        };
        Ok(Self {
            version,
            info,
            subject: whole(subject).ok_or_else(unreadable_part("subject"))?,
            public_key: whole(public_key).ok_or_else(unreadable_part("public key"))?,
            attributes,
            algorithm: algorithm(signed_with).ok_or_else(unreadable_part("signature algorithm"))?,
            signature,
        })
    }

    /// The extensions that it asks for, as often as it does.
    pub fn extensions(&self) -> Result<Vec<ParsedExtension<'a>>> {
        let asking = self.attributes.iter().filter(|attribute| attribute.is_extension_request());
        let mut all = Vec::new();
        for value in asking.flat_map(|attribute| &attribute.values) {
            let requested = ParsedExtension::all(value)
                .ok_or_else(|| invalid("asks for extensions that can't be read; make it anew"))?;
            all.extend(requested);
        }
        Ok(all)
    }
}

/// The attributes within their tag. Some tools do not sort them, as DER would have it.
fn attributes_of(tagged: &[u8]) -> Result<Vec<RequestAttribute<'_>>> {
    let set = asn1::whole(tagged).filter(|set| asn1::is_context(set, 0));
    let attributes = set.and_then(|set| asn1::all(asn1::inside(&set)?)?.iter().map(attribute).collect());
    attributes.ok_or_else(|| invalid("has attributes that can't be read; make it anew"))
}

/// SEQUENCE { type, SET OF value }.
fn attribute<'a>(sequence: &Any<'a>) -> Option<RequestAttribute<'a>> {
    let [oid, values] = asn1::members(sequence)?.try_into().ok()?;
    let values = asn1::all_der(values.data).filter(|_| values.tag() == Tag::Set)?;
    let oid = asn1::oid_text(asn1::content(&oid, Tag::Oid)?);
    (!values.is_empty()).then_some(RequestAttribute { oid, values })
}
