//! The parts of a request (RFC 2986 section 4), taken apart in strict DER with the bytes as they came.
//!
//! Not x509-parser's request: it refuses all of one for an attribute that nobody needs (a challengePassword in an unusual
//! string, no attributes at all, as old tools write) and keeps no more than the header of those that it does not know.

use x509_parser::asn1_rs::{Any, Class, Oid, Tag};
use x509_parser::error::X509Error;
use x509_parser::prelude::{FromDer, X509Name};
use x509_parser::x509::{AlgorithmIdentifier, SubjectPublicKeyInfo};

use super::invalid;
use crate::asn1;
use crate::error::Result;
use crate::parsed::ParsedExtension;

/// A request taken apart.
pub(crate) struct ParsedRequest {
    /// 0, which means version 1.
    pub version: u8,
    /// What is signed.
    pub info: Vec<u8>,
    subject: Vec<u8>,
    spki: Vec<u8>,
    pub attributes: Vec<RequestAttribute>,
    algorithm: Vec<u8>,
    /// The octets of the signature.
    pub signature: Vec<u8>,
}

/// An attribute: its type, and the DER of each value.
pub(crate) struct RequestAttribute {
    pub oid: String,
    pub values: Vec<Vec<u8>>,
}

/// PKCS#9's (RFC 2985 section 5.4.2), and Microsoft's of the same form, which old tools of Windows write.
const EXTENSION_REQUESTS: &[&str] = &["1.2.840.113549.1.9.14", "1.3.6.1.4.1.311.2.1.14"];

impl RequestAttribute {
    /// Whether it asks for extensions.
    pub fn is_extension_request(&self) -> bool {
        EXTENSION_REQUESTS.contains(&self.oid.as_str())
    }
}

impl ParsedRequest {
    /// Takes the DER of a request apart.
    ///
    /// # Errors
    /// [`crate::ErrorKind::InvalidRequest`].
    pub fn read(der: &[u8]) -> Result<Self> {
        let unreadable = |_| invalid("is no certificate request that can be read (PKCS#10); make it anew");
        let (info, algorithm, (signature, bits)) = yasna::parse_der(der, |reader| {
            reader.read_sequence(|reader| {
                Ok((reader.next().read_der()?, reader.next().read_der()?, reader.next().read_bitvec_bytes()?))
            })
        })
        .map_err(unreadable)?;
        let (version, subject, spki, attributes) = yasna::parse_der(&info, |reader| {
            reader.read_sequence(|reader| {
                let version = reader.next().read_u8()?;
                let subject = reader.next().read_der()?;
                let spki = reader.next().read_der()?;
                let attributes = reader.read_optional(|reader| reader.read_der())?;
                Ok((version, subject, spki, attributes.unwrap_or_default()))
            })
        })
        .map_err(unreadable)?;
        // x509-parser takes an algorithm under whatever tag.
        yasna::parse_der(&algorithm, |reader| {
            reader.read_sequence(|reader| {
                reader.next().read_oid()?;
                reader.read_optional(|reader| reader.read_der())
            })
        })
        .map_err(unreadable)?;
        let attributes = attributes_of(&attributes)?;
        if signature.len() * 8 != bits {
            return Err(invalid(
                "has a signature of a number of bits that is no multiple of 8; make it anew",
            ));
        }
        Ok(Self { version, info, subject, spki, attributes, algorithm, signature })
    }

    /// The subject.
    pub fn subject(&self) -> Result<X509Name<'_>> {
        whole(&self.subject, "subject")
    }

    /// The public key.
    pub fn public_key(&self) -> Result<SubjectPublicKeyInfo<'_>> {
        whole(&self.spki, "public key")
    }

    /// What it is signed with.
    pub fn algorithm(&self) -> Result<AlgorithmIdentifier<'_>> {
        whole(&self.algorithm, "signature algorithm")
    }

    /// The extensions that it asks for, as often as it does.
    pub fn extensions(&self) -> Result<Vec<ParsedExtension<'_>>> {
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

/// The one thing that the bytes are.
fn whole<'a, T: FromDer<'a, X509Error>>(der: &'a [u8], part: &str) -> Result<T> {
    match T::from_der(der) {
        Ok(([], read)) => Ok(read),
        _ => Err(invalid(format!("has a {part} that can't be read; make it anew"))),
    }
}

/// The attributes within their tag. Not in yasna, which wants the SET sorted; some tools do not sort it.
fn attributes_of(tagged: &[u8]) -> Result<Vec<RequestAttribute>> {
    if tagged.is_empty() {
        return Ok(Vec::new());
    }
    let attributes = match asn1::whole(tagged) {
        Some(set) if set.class() == Class::ContextSpecific && set.tag().0 == 0 => asn1::all(set.data),
        _ => None,
    };
    let read = attributes.and_then(|all| all.iter().map(attribute).collect::<Option<Vec<_>>>());
    read.ok_or_else(|| invalid("has attributes that can't be read; make it anew"))
}

/// SEQUENCE { type, SET OF value }.
fn attribute(sequence: &Any<'_>) -> Option<RequestAttribute> {
    let parts = asn1::all(sequence.data)?;
    let [oid, values] = parts.as_slice() else { return None };
    if sequence.tag() != Tag::Sequence || oid.tag() != Tag::Oid || values.tag() != Tag::Set {
        return None;
    }
    let values: Vec<_> = asn1::all_der(values.data)?.into_iter().map(<[u8]>::to_vec).collect();
    if values.is_empty() {
        return None;
    }
    Some(RequestAttribute { oid: asn1::oid(&Oid::new(oid.data.into())), values })
}
