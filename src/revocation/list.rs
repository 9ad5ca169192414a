//! A list that there is already, to go on from. It is taken apart here rather than by x509-parser, which passes over entries that it
//! can't read: they would be missing in the next list, and their certificates valid again.

use std::borrow::Cow;
use std::collections::HashMap;

use time::OffsetDateTime;
use x509_parser::asn1_rs::{Any, Class, FromDer, Tag};
use x509_parser::prelude::X509Name;
use x509_parser::time::ASN1Time;
use x509_parser::x509::AlgorithmIdentifier;

use super::entry::Entry;
use super::number::CrlNumber;
use crate::asn1;
use crate::authority::{self, AuthorityCertificate, Signed};
use crate::error::{Error, ErrorKind, Result};
use crate::pem;
use crate::request::WeakSignatures;
use crate::signature::Verification;

const CRL_NUMBER: &str = "2.5.29.20";
const DELTA_INDICATOR: &str = "2.5.29.27";
const ISSUING_DISTRIBUTION_POINT: &str = "2.5.29.28";
const AUTHORITY_KEY_IDENTIFIER: &str = "2.5.29.35";

/// A list that the authority has signed, as much of it as the next one needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevocationList {
    pub(super) number: Option<CrlNumber>,
    pub(super) this_update: OffsetDateTime,
    pub(super) entries: Vec<Entry>,
    /// Its extensions but those that each list has anew, whole.
    pub(super) extensions: Vec<Vec<u8>>,
}

impl RevocationList {
    /// Reads a list of this authority's, PEM or DER, whatever tool made it.
    ///
    /// # Errors
    /// [`ErrorKind::WrongIssuer`] for another's; [`ErrorKind::InvalidCrl`], also for lists that can't be gone on from: delta lists and
    /// indirect ones; [`ErrorKind::WeakSignature`], [`ErrorKind::InvalidPem`], [`ErrorKind::MultiplePem`].
    pub fn read(input: &[u8], authority: &AuthorityCertificate) -> Result<Self> {
        let (list, signed) = Self::read_unverified(input, authority)?;
        if signed.verify() { Ok(list) } else { Err(authority::false_signature()) }
    }

    /// The same, with the check of the signature left to the caller.
    pub fn read_unverified(input: &[u8], authority: &AuthorityCertificate) -> Result<(Self, Verification)> {
        let der = pem::decode_one(input, &[pem::X509_CRL], "a certificate revocation list")?.der;
        let parts = Parts::read(&der)
            .ok_or_else(|| invalid("is no certificate revocation list that can be read (X.509)"))?;
        let (Ok(([], issuer)), Ok(([], algorithm))) =
            (X509Name::from_der(parts.issuer), AlgorithmIdentifier::from_der(parts.algorithm))
        else {
            return Err(invalid("has an issuer or a signature algorithm that can't be read"));
        };
        // A list decides who gets in, so MD5 and SHA-1 do not do.
        let weak = WeakSignatures::Refused;
        let signed = Signed {
            issuer: &issuer,
            algorithm: &algorithm,
            message: parts.tbs,
            signature: parts.signature,
            weak,
        };
        let verification = authority.verification(&signed)?;
        Ok((parts.to_list()?, verification))
    }

    /// The entries by serial number.
    pub(super) fn places(&self) -> HashMap<&[u8], usize> {
        self.entries.iter().enumerate().map(|(place, entry)| (entry.serial.as_slice(), place)).collect()
    }
}

/// CertificateList (RFC 5280 section 5.1), in its parts.
struct Parts<'a> {
    tbs: &'a [u8],
    issuer: &'a [u8],
    algorithm: &'a [u8],
    this_update: &'a [u8],
    /// Each whole.
    entries: Vec<&'a [u8]>,
    extensions: Vec<&'a [u8]>,
    signature: &'a [u8],
}

impl<'a> Parts<'a> {
    fn read(der: &'a [u8]) -> Option<Self> {
        let outer = children(sequence(der)?)?;
        let [tbs, algorithm, signature] = outer.as_slice() else { return None };
        let signature = asn1::whole(signature).filter(|any| any.tag() == Tag::BitString)?.data;
        let (0, signature) = signature.split_first().map(|(unused, bits)| (*unused, bits))? else {
            return None;
        };
        let all = children(sequence(tbs)?)?;
        let mut rest = all.iter().copied().peekable();
        // Version 2 is written as 1; version 1 is not written.
        let _version = rest.next_if(|part| *part == [2, 1, 1]);
        let inner = rest.next()?;
        let issuer = rest.next()?;
        let this_update = rest.next_if(|part| is_time(part))?;
        let _next_update = rest.next_if(|part| is_time(part));
        let entries = match rest.next_if(|part| tagged(part) == Some((Class::Universal, 16))) {
            Some(entries) => children(sequence(entries)?)?,
            None => Vec::new(),
        };
        let extensions = match rest.next_if(|part| tagged(part) == Some((Class::ContextSpecific, 0))) {
            Some(extensions) => children(sequence(asn1::whole(extensions)?.data)?)?,
            None => Vec::new(),
        };
        let whole = rest.next().is_none() && inner == *algorithm;
        whole.then_some(Self { tbs, issuer, algorithm, this_update, entries, extensions, signature })
    }

    fn to_list(&self) -> Result<RevocationList> {
        let Ok(([], this_update)) = ASN1Time::from_der(self.this_update) else {
            return Err(invalid("has a date that can't be read"));
        };
        let mut list = RevocationList {
            number: None,
            this_update: this_update.to_datetime(),
            entries: Vec::with_capacity(self.entries.len()),
            extensions: Vec::new(),
        };
        for (place, der) in self.entries.iter().enumerate() {
            let number = place + 1;
            let entry = Entry::read(der).ok_or_else(|| {
                invalid(format!("has an entry (number {number}) that can't be read, is for another authority's certificate, or has a critical extension"))
            })?;
            list.entries.push(entry);
        }
        if list.places().len() < list.entries.len() {
            return Err(invalid("names a certificate twice"));
        }
        self.extensions.iter().try_for_each(|extension| take(&mut list, extension))?;
        Ok(list)
    }
}

/// What the next list is to hold of an extension.
fn take(list: &mut RevocationList, extension: &[u8]) -> Result<()> {
    let unreadable = || invalid("has an extension that can't be read");
    let parts = sequence(extension).and_then(asn1::all).ok_or_else(unreadable)?;
    let (oid, critical, value) = match parts.as_slice() {
        [oid, value] => (oid, false, value),
        [oid, critical, value] => (oid, critical.data != [0], value),
        _ => return Err(unreadable()),
    };
    match asn1::oid(&oid.as_oid().map_err(|_| unreadable())?).as_str() {
        CRL_NUMBER => {
            let number = asn1::whole(value.data).and_then(|number| CrlNumber::from_integer(number.data));
            list.number = Some(number.ok_or_else(|| invalid("has a number that is negative or too long"))?);
            return Ok(());
        }
        AUTHORITY_KEY_IDENTIFIER => return Ok(()),
        DELTA_INDICATOR => {
            return Err(invalid("is a delta list, which holds changes alone; give the complete one"));
        }
        ISSUING_DISTRIBUTION_POINT => covers_all_reasons(value)?,
        other if critical => {
            return Err(invalid(format!(
                "has a critical extension {other} that is not known here, and what it means for the next list neither"
            )));
        }
        _ => {}
    }
    list.extensions.push(extension.to_vec());
    Ok(())
}

/// An issuing distribution point (RFC 5280 section 5.2.5) may leave out no more than a kind of certificates: it has no onlySomeReasons
/// \[3\], indirectCRL \[4\], onlyContainsAttributeCerts \[5\].
fn covers_all_reasons(value: &Any<'_>) -> Result<()> {
    let parts = sequence(value.data).and_then(asn1::all);
    match parts
        .ok_or_else(|| invalid("has a distribution point that can't be read"))?
        .iter()
        .all(|part| part.tag().0 <= 2)
    {
        true => Ok(()),
        false => Err(invalid(
            "is for some reasons only, or for other authorities' certificates too; give a complete list of this authority's",
        )),
    }
}

/// The content of a SEQUENCE.
fn sequence(der: &[u8]) -> Option<&[u8]> {
    asn1::whole(der)
        .filter(|any| any.class() == Class::Universal && any.tag() == Tag::Sequence)
        .map(|any| any.data)
}

/// The elements of a content, each whole.
fn children(mut content: &[u8]) -> Option<Vec<&[u8]>> {
    let mut found = Vec::new();
    while !content.is_empty() {
        let element = asn1::first_element(content);
        let (rest, _) = Any::from_der(content).ok()?;
        found.push(element);
        content = rest;
    }
    Some(found)
}

fn tagged(der: &[u8]) -> Option<(Class, u32)> {
    asn1::whole(der).map(|any| (any.class(), any.tag().0))
}

fn is_time(der: &[u8]) -> bool {
    asn1::whole(der).is_some_and(|any| matches!(any.tag(), Tag::UtcTime | Tag::GeneralizedTime))
}

fn invalid(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidCrl, message)
}
