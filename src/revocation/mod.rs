//! Certificate revocation lists (RFC 5280 section 5): make one, and the next one of a list.
//!
//! rcgen writes the frame of a list; entries and extensions are put in place of its own, since those of a list that is gone on from
//! must stay as they are, whatever tool wrote them.

mod entry;
mod list;
mod number;
mod reason;

use std::collections::HashMap;

use rand_core::CryptoRng;
use rcgen::{CertificateRevocationListParams, KeyIdMethod, RevokedCertParams};
use time::{Duration, OffsetDateTime};
use yasna::Tag;

pub use entry::{Revocation, RevokedSerial};
pub use list::RevocationList;
pub use number::CrlNumber;
pub use reason::RevocationReason;

use crate::authority::{Authority, AuthorityCertificate};
use crate::certificate::Issuer;
use crate::error::{At, Error, ErrorKind, Result};
use crate::extension::Extension;
use crate::signing::{self, ToBeSigned};
use crate::validity::{Validity, ValidityRequest, show};
use entry::Entry;

/// How long a list is good for where nothing is said. Verifiers refuse everybody once it has run out, so it has to outlast a holiday;
/// and until then they may go on with it, so it is no longer than that. OpenSSL's `default_crl_days` says the same.
pub const LIST_DAYS: u32 = 30;

/// What a list is to hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListOptions {
    /// The certificates to revoke; of a list that is gone on from, those that are added.
    pub revoked: Vec<Revocation>,
    /// Of a list that is gone on from: those whose hold is lifted.
    pub removed: Vec<RevokedSerial>,
    /// Default: the number behind that of the list before, else 1.
    pub number: Option<CrlNumber>,
    /// `not_before` is when the list was made, `not_after` when the next one comes. Default: from an hour ago, for [`LIST_DAYS`],
    /// shortened to the authority's own end: nobody can verify it after that.
    pub validity: ValidityRequest,
}

/// Makes a list, DER: prepare, sign, finish. `previous` is the one that it goes on from.
///
/// # Errors
/// [`ErrorKind::NotAnAuthority`] without cRLSign; [`ErrorKind::ConflictingOptions`] for a certificate that is listed already;
/// [`ErrorKind::InvalidOption`] for a number that does not grow, or a hold that is none; [`ErrorKind::InvalidValidity`],
/// [`ErrorKind::OutlivesAuthority`].
pub fn create(
    previous: Option<&RevocationList>,
    authority: &Authority,
    options: &ListOptions,
    now: OffsetDateTime,
    rng: &mut dyn CryptoRng,
) -> Result<Vec<u8>> {
    let prepared = prepare(previous, authority.certificate(), options, now)?;
    Ok(prepared.finish(&prepared.sign(&authority.key, rng)?))
}

/// The to-be-signed bytes of what [`create`] makes.
pub fn prepare(
    previous: Option<&RevocationList>,
    authority: &AuthorityCertificate,
    options: &ListOptions,
    now: OffsetDateTime,
) -> Result<ToBeSigned> {
    authority.allows_lists().at("authority")?;
    let number = number(previous, options)?;
    let window = window(previous, authority, options, now)?;
    let entries = entries(previous, options, now)?;
    let kept = previous.map(|list| list.extensions.as_slice()).unwrap_or_default();
    write(&number, &window, &entries, kept, &authority.issuer())
}

fn number(previous: Option<&RevocationList>, options: &ListOptions) -> Result<CrlNumber> {
    let before = previous.and_then(|list| list.number.as_ref());
    match (&options.number, before) {
        (Some(number), Some(before)) if number <= before => {
            let (number, before) = (number.show(), before.show());
            let message = format!(
                "is {number} (hexadecimal), and the list before has {before}; give a larger one, or leave it out"
            );
            Err(Error::new(ErrorKind::InvalidOption, message).at("number"))
        }
        (Some(number), _) => Ok(number.clone()),
        (None, Some(before)) => before.next().at("number"),
        (None, None) => Ok(CrlNumber::from(1)),
    }
}

/// Within the authority's, and not before the list before: verifiers take the one that was made last.
fn window(
    previous: Option<&RevocationList>,
    authority: &AuthorityCertificate,
    options: &ListOptions,
    now: OffsetDateTime,
) -> Result<Validity> {
    let window = options.validity.resolve_under(now, LIST_DAYS, &authority.validity)?;
    let Some(before) = previous.map(|list| list.this_update).filter(|before| *before >= window.not_before())
    else {
        return Ok(window);
    };
    // Of two of one second, verifiers take whichever comes first.
    let next = before + Duration::seconds(1);
    if options.validity.not_before.is_none() && next < window.not_after() {
        return Ok(Validity::from_certificate(next, window.not_after()));
    }
    let message = format!("is not after the list before was made ({}); give a later one", show(before));
    Err(Error::new(ErrorKind::InvalidValidity, message).at("validity.notBefore"))
}

/// Those of the list before, less those whose hold is lifted, and the new ones.
fn entries(
    previous: Option<&RevocationList>,
    options: &ListOptions,
    now: OffsetDateTime,
) -> Result<Vec<Entry>> {
    let now = crate::validity::checked(now)?;
    let before = previous.map(|list| list.entries.as_slice()).unwrap_or_default();
    let places = previous.map(RevocationList::places).unwrap_or_default();
    let mut entries: Vec<Option<Entry>> = before.iter().cloned().map(Some).collect();
    for (index, removed) in options.removed.iter().enumerate() {
        lift(removed, &places, &mut entries).at(removed.option).at(&format!("removed[{index}]"))?;
    }
    let mut new: HashMap<&[u8], usize> = HashMap::new();
    for (index, revocation) in options.revoked.iter().enumerate() {
        let serial = &revocation.serial;
        let listed = |message: String| Error::new(ErrorKind::ConflictingOptions, message).at(serial.option);
        let mut revoke = || {
            if let Some(earlier) = new.insert(&serial.content, index) {
                return Err(listed(format!(
                    "({}) is revoked[{earlier}] too; list each certificate once",
                    serial.show()
                )));
            }
            let place = places.get(serial.content.as_slice()).and_then(|place| entries.get_mut(*place));
            match place {
                // What was on hold can be revoked for good, and is since it was on hold (X.509 section 8.5.2.2).
                Some(Some(held))
                    if held.is_on_hold() && revocation.reason != RevocationReason::CertificateHold =>
                {
                    *held = revocation.to_entry(held.date, now)?;
                }
                Some(Some(_)) => {
                    return Err(listed(format!("({}) is on the list already; leave it out", serial.show())));
                }
                Some(None) => {
                    return Err(listed(format!(
                        "({}) is in removed too; choose one of the two",
                        serial.show()
                    )));
                }
                None => entries.push(Some(revocation.to_entry(now, now)?)),
            }
            Ok(())
        };
        revoke().at(&format!("revoked[{index}]"))?;
    }
    Ok(entries.into_iter().flatten().collect())
}

/// Takes a certificate off the list, which only one on hold may be (RFC 5280 section 5.3.1).
fn lift(
    removed: &RevokedSerial,
    places: &HashMap<&[u8], usize>,
    entries: &mut [Option<Entry>],
) -> Result<()> {
    let refuse = |message: &'static str| {
        Err(Error::new(ErrorKind::InvalidOption, format!("({}) {message}", removed.show())))
    };
    let place = places.get(removed.content.as_slice()).and_then(|place| entries.get_mut(*place));
    match place {
        None => refuse("is not on the list; leave it out"),
        Some(None) => refuse("is there twice; leave one of them out"),
        Some(Some(entry)) if !entry.is_on_hold() => {
            refuse("is revoked for good: only certificateHold can be lifted; issue a new certificate instead")
        }
        Some(entry) => {
            *entry = None;
            Ok(())
        }
    }
}

/// Elements of a TBSCertList (RFC 5280 section 5.1.2), counted with the version and nextUpdate. The extensions stand behind the
/// entries, of which there is no list where there is none.
const ISSUER: usize = 2;
const REVOKED: usize = 5;

const AUTHORITY_KEY_IDENTIFIER: &[u64] = &[2, 5, 29, 35];
const CRL_NUMBER: &[u64] = &[2, 5, 29, 20];

fn write(
    number: &CrlNumber,
    window: &Validity,
    entries: &[Entry],
    kept: &[Vec<u8>],
    issuer: &Issuer<'_>,
) -> Result<ToBeSigned> {
    let revoked = yasna::construct_der(|writer| {
        writer.write_sequence(|writer| entries.iter().for_each(|entry| writer.next().write_der(&entry.der)));
    });
    let extensions = yasna::construct_der(|writer| {
        writer.write_tagged(Tag::context(0), |writer| {
            writer.write_sequence(|writer| {
                own_extensions(number, issuer).iter().for_each(|extension| extension.write(writer.next()));
                kept.iter().for_each(|extension| writer.next().write_der(extension));
            });
        });
    });
    let placeholder = RevokedCertParams {
        serial_number: 1_u64.into(),
        revocation_time: window.not_before(),
        reason_code: None,
        invalidity_date: None,
    };
    let params = CertificateRevocationListParams {
        this_update: window.not_before(),
        next_update: window.not_after(),
        crl_number: 1_u64.into(),
        issuing_distribution_point: None,
        revoked_certs: if entries.is_empty() { Vec::new() } else { vec![placeholder] },
        key_identifier_method: KeyIdMethod::PreSpecified(issuer.key_identifier.clone()),
    };
    let replacements = if entries.is_empty() {
        vec![(ISSUER, issuer.name), (REVOKED, extensions.as_slice())]
    } else {
        vec![(ISSUER, issuer.name), (REVOKED, revoked.as_slice()), (REVOKED + 1, extensions.as_slice())]
    };
    let issuer_params = issuer.params();
    signing::prepare(
        issuer.public_key,
        |recorder| {
            let issuer = rcgen::Issuer::from_params(&issuer_params, recorder);
            params.signed_by(&issuer).map(|list| list.der().to_vec())
        },
        &replacements,
    )
}

/// Those that every list has (RFC 5280 sections 5.2.1 and 5.2.3).
fn own_extensions(number: &CrlNumber, issuer: &Issuer<'_>) -> [Extension; 2] {
    let key = yasna::construct_der(|writer| {
        writer.write_sequence(|writer| {
            writer
                .next()
                .write_tagged_implicit(Tag::context(0), |writer| writer.write_bytes(&issuer.key_identifier));
        });
    });
    let number = yasna::construct_der(|writer| writer.write_bigint_bytes(number.octets(), true));
    [Extension::known(AUTHORITY_KEY_IDENTIFIER, false, key), Extension::known(CRL_NUMBER, false, number)]
}
