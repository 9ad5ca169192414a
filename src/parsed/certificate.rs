//! A certificate as it is read.

use time::OffsetDateTime;
use x509_parser::asn1_rs::{Oid, Tag};
use x509_parser::error::X509Error;
use x509_parser::prelude::{FromDer, X509Name};
use x509_parser::x509::{AlgorithmIdentifier, SubjectPublicKeyInfo};

use super::extension::{BasicConstraints, KeyUsageBits, Meaning, NameSubtrees, ParsedExtension, Purposes};
use crate::asn1;

/// A certificate and what its extensions say.
#[derive(Clone, Debug)]
pub(crate) struct ParsedCertificate<'a> {
    /// The DER of all of it.
    pub der: &'a [u8],
    /// What is signed: the DER of the TBSCertificate.
    pub to_be_signed: &'a [u8],
    /// 1, 2 or 3, and more than there are.
    pub version: u32,
    /// The content of the INTEGER.
    pub serial_number: &'a [u8],
    /// What it is signed with, as that is signed too: it must not differ (RFC 5280 section 4.1.1.2).
    #[cfg(feature = "in-page")]
    pub signed_algorithm: AlgorithmIdentifier<'a>,
    pub issuer: X509Name<'a>,
    pub not_before: OffsetDateTime,
    pub not_after: OffsetDateTime,
    pub subject: X509Name<'a>,
    pub public_key: SubjectPublicKeyInfo<'a>,
    pub extensions: Vec<ParsedExtension<'a>>,
    pub signature_algorithm: AlgorithmIdentifier<'a>,
    /// The bits, and how many of the last octet are none of it.
    pub signature: (&'a [u8], u8),
}

/// An extension that is there twice, or is not the DER of its type.
pub(crate) struct Unreadable;

impl<'a> ParsedCertificate<'a> {
    /// `None` for what is no certificate, or goes on behind its end.
    pub fn read(der: &'a [u8]) -> Option<Self> {
        let [to_be_signed, algorithm, signature] = parts(der)?.try_into().ok()?;
        let signature = asn1::whole(signature)?;
        let (unused @ ..8, signature) = asn1::content(&signature, Tag::BitString)?.split_first()? else {
            return None;
        };
        let mut parts = parts(to_be_signed)?.into_iter().peekable();
        let version = match parts.next_if(|part| has_tag(part, 0)) {
            Some(tagged) => asn1::small(&asn1::tagged_one(&asn1::whole(tagged)?)?)?,
            None => 0,
        };
        let serial_number = asn1::content(&asn1::whole(parts.next()?)?, Tag::Integer)?;
        #[cfg_attr(not(feature = "in-page"), expect(unused_variables))]
        let signed_algorithm = self::algorithm(parts.next()?)?;
        let (issuer, validity) = (whole(parts.next()?)?, asn1::sequence::<2>(parts.next()?)?);
        let [not_before, not_after] = validity.map(|time| asn1::time(&time));
        let (subject, public_key) = (whole(parts.next()?)?, whole(parts.next()?)?);
        // What v2 had: unique identifiers of issuer and subject.
        for tag in [1, 2] {
            parts.next_if(|part| has_tag(part, tag));
        }
        let extensions = match parts.next_if(|part| has_tag(part, 3)) {
            Some(tagged) => ParsedExtension::all(asn1::inside(&asn1::whole(tagged)?)?)?,
            None => Vec::new(),
        };
        parts.next().is_none().then_some(Self {
            der,
            to_be_signed,
            version: version.saturating_add(1),
            serial_number,
            #[cfg(feature = "in-page")]
            signed_algorithm,
            issuer,
            not_before: not_before?,
            not_after: not_after?,
            subject,
            public_key,
            extensions,
            signature_algorithm: self::algorithm(algorithm)?,
            signature: (signature, *unused),
        })
    }

    /// The first that this takes.
    pub fn find<'s, T>(&'s self, take: impl Fn(&'s Meaning<'a>) -> Option<T>) -> Option<T> {
        self.extensions.iter().find_map(|extension| take(&extension.meaning))
    }

    pub fn subject_key_identifier(&self) -> Option<&'a [u8]> {
        self.find(|meaning| match meaning {
            Meaning::SubjectKeyIdentifier(identifier) => Some(*identifier),
            _ => None,
        })
    }

    /// Of its issuer's key.
    pub fn authority_key_identifier(&self) -> Option<&'a [u8]> {
        self.find(|meaning| match meaning {
            Meaning::AuthorityKeyIdentifier(identifier) => identifier.key_identifier,
            _ => None,
        })
    }

    pub fn key_usage(&self) -> Result<Option<KeyUsageBits>, Unreadable> {
        self.only(15, |meaning| match meaning {
            Meaning::KeyUsage(usage) => Some(*usage),
            _ => None,
        })
    }

    pub fn basic_constraints(&self) -> Result<Option<BasicConstraints>, Unreadable> {
        self.only(19, |meaning| match meaning {
            Meaning::BasicConstraints(constraints) => Some(*constraints),
            _ => None,
        })
    }

    pub fn name_constraints(&self) -> Result<Option<&NameSubtrees<'a>>, Unreadable> {
        self.only(30, |meaning| match meaning {
            Meaning::NameConstraints(subtrees) => Some(subtrees),
            _ => None,
        })
    }

    pub fn extended_key_usage(&self) -> Result<Option<&Purposes<'a>>, Unreadable> {
        self.only(37, |meaning| match meaning {
            Meaning::ExtendedKeyUsage(purposes) => Some(purposes),
            _ => None,
        })
    }

    /// The only one of that number in id-ce.
    fn only<'s, T>(
        &'s self,
        id_ce: u8,
        take: impl Fn(&'s Meaning<'a>) -> Option<T>,
    ) -> Result<Option<T>, Unreadable> {
        let mut all = self.extensions.iter().filter(|extension| extension.id_ce() == Some(id_ce));
        match (all.next(), all.next()) {
            (None, _) => Ok(None),
            (Some(one), None) => take(&one.meaning).map(Some).ok_or(Unreadable),
            (Some(_), Some(_)) => Err(Unreadable),
        }
    }
}

/// Those of a SEQUENCE, each with its header.
fn parts(sequence: &[u8]) -> Option<Vec<&[u8]>> {
    asn1::all_der(asn1::content(&asn1::whole(sequence)?, Tag::Sequence)?)
}

fn has_tag(part: &[u8], number: u32) -> bool {
    asn1::whole(part).is_some_and(|part| asn1::is_context(&part, number))
}

/// An AlgorithmIdentifier (RFC 5280 section 4.1.1.2).
pub(crate) fn algorithm(der: &[u8]) -> Option<AlgorithmIdentifier<'_>> {
    let parts = asn1::members(&asn1::whole(der)?)?;
    let (oid, parameters) = match parts.as_slice() {
        [oid] => (oid, None),
        [oid, parameters] => (oid, Some(parameters.clone())),
        _ => return None,
    };
    Some(AlgorithmIdentifier::new(Oid::new(asn1::content(oid, Tag::Oid)?.into()), parameters))
}

/// The one thing that the bytes are.
pub(crate) fn whole<'a, T: FromDer<'a, X509Error>>(der: &'a [u8]) -> Option<T> {
    T::from_der(der).ok().filter(|(rest, _)| rest.is_empty()).map(|(_, read)| read)
}

#[cfg(all(test, feature = "in-page"))]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::authority::{AuthorityOptions, create};
    use crate::key::{KeyAlgorithm, PrivateKey};
    use crate::name::Subject;
    use crate::testing::{NOW, rng};

    #[test]
    fn what_is_no_der_of_a_certificate_is_none() {
        let key = PrivateKey::generate(KeyAlgorithm::Ed25519, &mut rng(1)).unwrap();
        let options =
            AuthorityOptions { subject: Subject::common_name("my-ca").unwrap(), ..Default::default() };
        let der = create(&options, &key, NOW, &mut rng(2)).unwrap();
        let parsed = ParsedCertificate::read(&der).unwrap();
        assert_eq!((parsed.version, parsed.der, parsed.signature.1), (3, der.as_slice(), 0));
        assert_eq!(parsed.to_be_signed, parts(&der).unwrap()[0]);
        assert_eq!(parsed.not_before, datetime!(2026-11-24 11:00 UTC));
        let changed = |from: &[u8], to: &[u8]| {
            let at = der.windows(from.len()).rposition(|bytes| bytes == from).unwrap();
            let mut der = der.clone();
            der[at..at + to.len()].copy_from_slice(to);
            ParsedCertificate::read(&der).is_none()
        };
        assert!(ParsedCertificate::read(&[der.as_slice(), &[0]].concat()).is_none());
        // The unused bits of the signature, its type, and the version's.
        assert!(changed(&[3, 0x41, 0], &[3, 0x41, 8]) && changed(&[3, 0x41, 0], &[4, 0x41]));
        assert!(changed(&[0xa0, 3, 2, 1, 2], &[0xa0, 3, 4]) && changed(&[0xa0, 3, 2, 1, 2], &[0xa4]));
        // The algorithm's OBJECT IDENTIFIER, and the type of a date.
        assert!(
            changed(&[0x30, 5, 6, 3, 0x2b, 0x65, 0x70], &[0x30, 5, 0x26]) && changed(b"\x17\x0d26", &[0x16])
        );
        // The tag of the extensions, and what stands in it.
        let is_tag = |bytes: &[u8]| matches!(bytes, [0xa3, outer, 0x30, inner] if *outer == inner + 2);
        let extensions = der.windows(4).find(|bytes| is_tag(bytes)).unwrap();
        assert!(changed(extensions, &[0xa4]) && changed(extensions, &[0xa3, extensions[1], 0x31]));
    }
}
