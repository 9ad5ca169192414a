//! What a file says once its bags are put together: each key with its certificate and those above, and what is left.

use std::fmt;

use zeroize::Zeroizing;

use super::bag::{Bag, Bags};
use crate::authority::is_issued_by;
use crate::error::{Error, ErrorKind, Result};
use crate::key::{PrivateKey, PublicKey, is_private_form};
use crate::parsed::ParsedCertificate;

/// Everything of a file; nothing is left out.
#[derive(Debug)]
pub struct Contents {
    /// The keys, in the file's order.
    pub entries: Vec<Entry>,
    /// The certificates that belong to no key, and all that are marked as trusted.
    pub certificates: Vec<StoredCertificate>,
    /// What else there is and has no place here, in words: `a secret`.
    pub unread: Vec<String>,
    /// Whether the file has a MAC, so that it is known to be as it was written.
    pub authenticated: bool,
}

/// A key with what belongs to it.
pub struct Entry {
    /// PKCS#8, DER. Keys of a kind that nothing here signs with are handed out as they are.
    pub private_key: Zeroizing<Vec<u8>>,
    /// DER.
    pub certificate: Option<Vec<u8>>,
    /// DER: those above the certificate, in order.
    pub chain: Vec<Vec<u8>>,
    /// What the file calls it: Java's alias.
    pub friendly_name: Option<String>,
}

/// A certificate beside the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredCertificate {
    /// DER.
    pub certificate: Vec<u8>,
    /// What the file calls it: Java's alias.
    pub friendly_name: Option<String>,
    /// Whether Java takes it as one to trust.
    pub trusted: bool,
}

impl Contents {
    pub(super) fn new(bags: Bags, authenticated: bool) -> Result<Self> {
        let parsed: Vec<_> = bags.certificates.iter().filter_map(Certificate::parse).collect();
        let mut used = vec![false; bags.certificates.len()];
        let mut mark = |der: &[u8]| {
            for (certificate, used) in bags.certificates.iter().zip(&mut used) {
                *used |= certificate.der == der;
            }
        };
        let (own, all): (Vec<_>, Vec<_>) = parsed.into_iter().map(|one| (one.bag, one.parsed)).unzip();
        let mut issuers = Issuers { all: &all, found: vec![None; all.len()] };
        let mut entries = Vec::new();
        for key in bags.keys {
            let (private_key, public) = readable(key.der)?;
            let place = leaf(&own, &all, key.local_key_id.as_deref(), public.as_ref());
            let climbed = place.map(|place| issuers.climb(place)).unwrap_or_default();
            let der = |place: usize| all.get(place).map(|one| one.der.to_vec());
            let mut climbed = climbed.into_iter().filter_map(der).inspect(|der| mark(der));
            let certificate = climbed.next();
            let chain = climbed.collect();
            let name = place.and_then(|place| own.get(place)).and_then(|bag| bag.friendly_name.clone());
            entries.push(Entry {
                private_key,
                certificate,
                chain,
                friendly_name: key.friendly_name.or(name),
            });
        }
        drop((own, all));
        let left = bags.certificates.into_iter().zip(used).filter(|(bag, used)| !used || bag.trusted);
        let certificates = left
            .map(|(bag, _)| StoredCertificate {
                certificate: bag.der,
                friendly_name: bag.friendly_name,
                trusted: bag.trusted,
            })
            .collect();
        Ok(Self { entries, certificates, unread: bags.unread, authenticated })
    }
}

struct Certificate<'a> {
    bag: &'a Bag<Vec<u8>>,
    parsed: ParsedCertificate<'a>,
}

impl<'a> Certificate<'a> {
    /// One that can't be read belongs to no key, and is handed out as it is.
    fn parse(bag: &'a Bag<Vec<u8>>) -> Option<Self> {
        ParsedCertificate::read(&bag.der).map(|parsed| Self { bag, parsed })
    }
}

/// Who stands above whom, each looked for once: many keys can share their chains.
struct Issuers<'a, 'b> {
    all: &'b [ParsedCertificate<'a>],
    found: Vec<Option<Option<usize>>>,
}

impl Issuers<'_, '_> {
    /// The certificate at a place and those above it.
    fn climb(&mut self, leaf: usize) -> Vec<usize> {
        let mut climbed = vec![leaf];
        let mut place = leaf;
        while let Some(above) = self.of(place).filter(|above| !climbed.contains(above)) {
            climbed.push(above);
            place = above;
        }
        climbed
    }

    fn of(&mut self, place: usize) -> Option<usize> {
        let known = self.found.get_mut(place)?;
        *known.get_or_insert_with(|| {
            let below = self.all.get(place).filter(|own| !is_issued_by(own, own))?;
            self.all.iter().position(|above| is_issued_by(below, above))
        })
    }
}

/// PKCS#8 in one form, and its public half; of keys that are not supported here only the first, as it came.
fn readable(der: Zeroizing<Vec<u8>>) -> Result<(Zeroizing<Vec<u8>>, Option<PublicKey>)> {
    match PrivateKey::read(&der, None) {
        Ok(key) => Ok((key.to_pkcs8_der()?, Some(key.public_key().clone()))),
        Err(error) if error.kind() == ErrorKind::UnsupportedKey && is_private_form(&der) => Ok((der, None)),
        Err(_) => Err(Error::new(
            ErrorKind::InvalidPkcs12,
            "holds a private key that can't be read; it may be damaged",
        )),
    }
}

/// The place of a key's certificate: the key decides, and the file's own word where several are the key's, or it can't be told.
fn leaf(
    own: &[&Bag<Vec<u8>>],
    all: &[ParsedCertificate<'_>],
    id: Option<&[u8]>,
    key: Option<&PublicKey>,
) -> Option<usize> {
    let named =
        |place: &usize| id.is_some() && own.get(*place).is_some_and(|bag| bag.local_key_id.as_deref() == id);
    let Some(key) = key else { return (0..all.len()).find(named) };
    let is_of = |certificate: &ParsedCertificate<'_>| {
        PublicKey::from_spki(certificate.public_key.raw).is_ok_and(|own| own.same_key(key))
    };
    let of_key: Vec<usize> =
        all.iter().enumerate().filter(|(_, one)| is_of(one)).map(|(place, _)| place).collect();
    of_key.iter().copied().find(named).or(of_key.first().copied())
}

impl fmt::Debug for Entry {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Entry")
            .field("private_key", &"[elided]")
            .field("certificate", &self.certificate)
            .field("chain", &self.chain)
            .field("friendly_name", &self.friendly_name)
            .finish()
    }
}
