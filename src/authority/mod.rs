//! Certificate authorities: make one; load one, after checking that it may sign and that its key matches.

mod certificate;
#[cfg(feature = "in-page")]
mod signed;

#[cfg(feature = "in-page")]
use std::fmt;

use rand_core::CryptoRng;
use time::OffsetDateTime;

pub use certificate::AuthorityCertificate;
#[cfg(feature = "in-page")]
pub(crate) use certificate::{ascend, is_issued_by, parse_block};
#[cfg(feature = "in-page")]
pub(crate) use signed::{Signed, false_signature};

use crate::asn1;
use crate::certificate::{self as leaf, NewCertificate, SerialNumber};
use crate::error::{At, Error, ErrorKind, Result};
use crate::extension::ExtensionOptions;
#[cfg(feature = "in-page")]
use crate::key::PrivateKey;
use crate::key::PublicKey;
use crate::name::Subject;
use crate::parsed::ParsedCertificate;
use crate::profile::Profile;
use crate::serial_number::random_serial_number;
use crate::signing::ToBeSigned;
use crate::validity::{self, Validity, ValidityRequest};

const WHAT: &str = "a certificate";

/// What a new authority is to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthorityOptions {
    /// The subject. It needs a common name: iOS lists an authority by nothing else.
    pub subject: Subject,
    /// Default: ten years.
    pub validity: ValidityRequest,
    /// How many authorities may stand between this one and a leaf. Default 0: it signs leaves alone.
    pub path_length: u8,
    /// Default: 16 random bytes.
    pub serial_number: Option<SerialNumber>,
    /// What is added to what an authority's certificate holds by default.
    pub extensions: ExtensionOptions,
}

/// Makes a self-signed certificate for `key`, DER: the root of a chain.
///
/// # Errors
/// [`ErrorKind::InvalidSubject`] and [`ErrorKind::InvalidValidity`], with the option's path.
#[cfg(feature = "in-page")]
pub fn create(
    options: &AuthorityOptions,
    key: &PrivateKey,
    now: OffsetDateTime,
    rng: &mut dyn CryptoRng,
) -> Result<Vec<u8>> {
    let prepared = prepare(options, key.public_key(), now, rng)?;
    Ok(prepared.finish(&prepared.sign(key, rng)?))
}

/// The to-be-signed bytes of what [`create`] makes.
pub fn prepare(
    options: &AuthorityOptions,
    public_key: &PublicKey,
    now: OffsetDateTime,
    rng: &mut dyn CryptoRng,
) -> Result<ToBeSigned> {
    let validity = check(options, now)?;
    let subject = options.subject.to_der();
    let key_identifier = public_key.key_identifier();
    let new = NewCertificate {
        subject: &subject,
        alt_names: &[],
        profile: Profile::Authority,
        path_length: Some(options.path_length),
        validity,
        serial_number: options.serial_number.clone().unwrap_or_else(|| random_serial_number(rng)),
        public_key,
        key_identifier: key_identifier.clone(),
        extensions: &options.extensions,
        copied: &[],
    };
    let issuer = leaf::Issuer { name: &subject, key_identifier, public_key };
    leaf::prepare(&new, &issuer)
}

/// Whether it can be made, before there is a key: when it is valid.
pub(crate) fn check(options: &AuthorityOptions, now: OffsetDateTime) -> Result<Validity> {
    if options.subject.first_common_name().is_none() {
        return Err(Error::new(
            ErrorKind::InvalidSubject,
            "is missing; an authority is listed and found by its common name",
        )
        .at("commonName")
        .at("subject"));
    }
    options.validity.resolve(now, validity::AUTHORITY_DAYS, None).at("validity")
}

/// An authority with its key: it can sign.
#[cfg(feature = "in-page")]
pub struct Authority {
    pub(crate) certificate: AuthorityCertificate,
    pub(crate) key: PrivateKey,
}

#[cfg(feature = "in-page")]
impl Authority {
    /// Puts a certificate and its key together.
    ///
    /// # Errors
    /// [`ErrorKind::KeyMismatch`] when they do not belong together.
    pub fn new(certificate: AuthorityCertificate, key: PrivateKey) -> Result<Self> {
        certificate.belongs_to(key.public_key())?;
        Ok(Self { certificate, key })
    }

    /// The certificate.
    pub fn certificate(&self) -> &AuthorityCertificate {
        &self.certificate
    }
}

#[cfg(feature = "in-page")]
impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

pub(crate) fn parse(der: &[u8]) -> Result<ParsedCertificate<'_>> {
    ParsedCertificate::read(der).ok_or_else(|| {
        let goes_on = ParsedCertificate::read(asn1::first_element(der)).is_some();
        let message = if goes_on {
            "has bytes behind the end of the certificate"
        } else {
            "is no certificate that can be read (X.509)"
        };
        Error::new(ErrorKind::InvalidCertificate, message)
    })
}
