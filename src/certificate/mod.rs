//! Certificates: issue one from a request under an authority.
//!
//! Of a request it takes the public key, the subject and, unless the caller says otherwise, the alternative names.
//! Everything else is the authority's decision: a request can't make itself an authority, nor choose its dates or serial
//! number.

mod of_request;

use std::borrow::Cow;

use rand_core::CryptoRng;
use rcgen::{CertificateParams, DistinguishedName, ExtendedKeyUsagePurpose, KeyIdMethod, KeyUsagePurpose};
use time::OffsetDateTime;

use crate::alt_name::AltName;
#[cfg(feature = "in-page")]
use crate::authority::Authority;
use crate::authority::AuthorityCertificate;
use crate::copying::Copied;
use crate::error::{At, Error, ErrorKind, Result};
use crate::extension::{self, ExtendedKeyUsage, Extension, ExtensionOptions, KeyUsage};
use crate::key::PublicKey;
use crate::name::{self, Subject};
use crate::naming;
use crate::profile::Profile;
use crate::request::Request;
use crate::serial_number::random_serial_number;
use crate::signing::{self, ToBeSigned};
use crate::validity::{self, Validity, ValidityRequest};

use of_request::{blame, copied_extensions, copied_key_usage, names};

pub use crate::serial_number::SerialNumber;

/// What the authority decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct IssueOptions {
    /// The role. Default: the one that the request asks for by its extended key usage.
    pub profile: Option<Profile>,
    /// Default: 365 days, shortened to the authority's own end.
    pub validity: ValidityRequest,
    /// Of an authority: how many may stand between it and a leaf. Default: 0.
    pub path_length: Option<u8>,
    /// In place of the request's alternative names.
    pub alt_names: Option<Vec<AltName>>,
    /// In place of the request's subject.
    pub subject: Option<Subject>,
    /// Default: 16 random bytes.
    pub serial_number: Option<SerialNumber>,
    /// What is taken from the request. Default: [`Copied::DEFAULT`].
    pub copy: Option<Vec<Copied>>,
    /// What is added to what the profile holds by default.
    pub extensions: ExtensionOptions,
}

impl IssueOptions {
    fn copies(&self, what: &Copied) -> bool {
        self.copy.as_deref().unwrap_or(Copied::DEFAULT).contains(what)
    }
}

/// Issues a certificate, DER: prepare, sign, finish.
///
/// # Errors
/// [`ErrorKind::ProfileRequired`] when nobody says what it is for; [`ErrorKind::OutlivesAuthority`],
/// [`ErrorKind::PathLength`], [`ErrorKind::NameConstraints`] and [`ErrorKind::NotAnAuthority`] for what the authority does not allow;
/// [`ErrorKind::InvalidAltName`], [`ErrorKind::InvalidSubject`], [`ErrorKind::ConflictingOptions`], [`ErrorKind::InvalidRequest`].
#[cfg(feature = "in-page")]
pub fn issue(
    request: &Request,
    authority: &Authority,
    options: &IssueOptions,
    now: OffsetDateTime,
    rng: &mut dyn CryptoRng,
) -> Result<Vec<u8>> {
    let prepared = prepare_issue(request, &authority.certificate, options, now, rng)?;
    Ok(prepared.finish(&prepared.sign(&authority.key, rng)?))
}

/// The to-be-signed bytes of what [`issue`] issues.
pub fn prepare_issue(
    request: &Request,
    authority: &AuthorityCertificate,
    options: &IssueOptions,
    now: OffsetDateTime,
    rng: &mut dyn CryptoRng,
) -> Result<ToBeSigned> {
    let asked = request.profile.filter(|_| options.copies(&Copied::ExtendedKeyUsage));
    let profile = options.profile.or(asked).ok_or_else(|| {
        Error::new(
            ErrorKind::ProfileRequired,
            "is needed: the request does not say what it is for; give server, client or peer (or authority)",
        )
        .at("profile")
    })?;
    let (subject, common_name) = match &options.subject {
        Some(subject) => (subject.to_der(), subject.first_common_name().map(Cow::into_owned)),
        None => (request.subject.clone(), request.common_name.clone()),
    };
    let alt_names = names(request, options, common_name.as_deref(), profile)
        .and_then(|names| {
            naming::require_some(name::is_empty_der(&subject), &names).at("subject").map(|()| names)
        })
        .map_err(|error| blame(error, options))?;
    if profile == Profile::Authority && common_name.is_none() {
        let message =
            "has no common name, by which an authority is listed and found; give a subject with one";
        return Err(blame(Error::new(ErrorKind::InvalidSubject, message).at("subject"), options));
    }
    authority.allows(profile).at("authority")?;
    authority.allows_names(&subject, &alt_names, profile).map_err(|error| blame(error, options))?;
    if subject == authority.subject {
        return Err(Error::new(
            ErrorKind::InvalidSubject,
            "is the authority's own, and verifiers would take the certificate for self-signed; give another commonName",
        )
        .at("subject"))
        .map_err(|error| blame(error, options));
    }
    if request.public_key.same_key(&authority.public_key) {
        return Err(Error::new(
            ErrorKind::InvalidRequest,
            "is for the authority's own key; make a key of its own for each party",
        )
        .at("request"));
    }
    let default_days =
        if profile == Profile::Authority { validity::AUTHORITY_DAYS } else { validity::LEAF_DAYS };
    let mut extensions = options.extensions.clone();
    if extensions.key_usage.is_none() && options.copies(&Copied::KeyUsage) {
        extensions.key_usage = copied_key_usage(request, profile)?;
    }
    let copied = copied_extensions(request, options)?;
    let new = NewCertificate {
        subject: &subject,
        alt_names: &alt_names,
        profile,
        path_length: path_length_below(profile, authority.room_below, options.path_length)?,
        validity: options.validity.resolve_under(now, default_days, &authority.validity)?,
        serial_number: serial_number(options, authority, rng)?,
        public_key: &request.public_key,
        key_identifier: request.public_key.key_identifier(),
        extensions: &extensions,
        copied: &copied,
    };
    prepare(&new, &authority.issuer())
}

/// A self-signed authority has given itself a number already (RFC 5280 section 4.1.2.2); NSS trusts neither of two that are the same.
fn serial_number(
    options: &IssueOptions,
    authority: &AuthorityCertificate,
    rng: &mut dyn CryptoRng,
) -> Result<SerialNumber> {
    match &options.serial_number {
        Some(number) if authority.own_serial.as_deref() == Some(&*number.to_integer()) => {
            let message =
                "is the authority's own, and each that it gives is another; give another, or leave it out";
            Err(Error::new(ErrorKind::InvalidSerialNumber, message).at("serialNumber"))
        }
        Some(number) => Ok(number.clone()),
        None => Ok(random_serial_number(rng)),
    }
}

/// A certificate about to be made, all decided.
pub(crate) struct NewCertificate<'a> {
    pub subject: &'a [u8],
    pub alt_names: &'a [AltName],
    pub profile: Profile,
    pub path_length: Option<u8>,
    pub validity: Validity,
    pub serial_number: SerialNumber,
    pub public_key: &'a PublicKey,
    /// Of that key.
    pub key_identifier: Vec<u8>,
    pub extensions: &'a ExtensionOptions,
    /// Beside those, from the request.
    pub copied: &'a [Extension],
}

impl NewCertificate<'_> {
    fn key_usages(&self) -> Result<Vec<KeyUsagePurpose>> {
        let conflict = |message: Cow<'static, str>| {
            Err(Error::new(ErrorKind::ConflictingOptions, message).at("keyUsage"))
        };
        let Some(usages) = &self.extensions.key_usage else {
            return Ok(self.profile.key_usages(self.public_key.key_type()));
        };
        if self.profile == Profile::Authority && !usages.iter().any(|usage| usage.signs_certificates()) {
            return conflict("lacks keyCertSign, without which an authority signs nothing".into());
        }
        if self.profile != Profile::Authority && usages.iter().any(|usage| usage.is_an_authoritys()) {
            return conflict(
                "holds keyCertSign or cRLSign, which only profile: \"authority\" may have".into(),
            );
        }
        let key = self.public_key.key_type();
        if let Some(usage) = KeyUsage::impossible(usages, key) {
            return conflict(
                format!("holds {usage}, which {} keys can't do; leave it out", key.name()).into(),
            );
        }
        Ok(usages.iter().map(|usage| usage.0).collect())
    }

    fn extended_key_usages(&self) -> Result<Vec<ExtendedKeyUsagePurpose>> {
        let Some(usages) = &self.extensions.extended_key_usage else {
            return Ok(self.profile.extended_key_usages());
        };
        // An authority may limit those below it as it likes. A leaf's role is its profile's: what follows from it (names, what the
        // authority allows) was checked for that.
        let any = usages.iter().any(ExtendedKeyUsage::is_any);
        let differs = ExtendedKeyUsage::roles(usages) != self.profile.roles();
        if any && self.profile == Profile::Authority {
            let message = "holds anyExtendedKeyUsage, which OpenSSL and Node take for none of the others; list what those below may be";
            return Err(Error::new(ErrorKind::ConflictingOptions, message).at("extendedKeyUsage"));
        }
        if self.profile != Profile::Authority && (any || differs) {
            let message = format!(
                "does not hold the roles of the profile {} and no other; change one of the two (never anyExtendedKeyUsage, which OpenSSL and Node refuse)",
                self.profile.name()
            );
            return Err(Error::new(ErrorKind::ConflictingOptions, message).at("extendedKeyUsage"));
        }
        Ok(usages.iter().map(ExtendedKeyUsage::to_rcgen).collect())
    }

    fn custom_extensions(&self) -> Result<Vec<rcgen::CustomExtension>> {
        if self.extensions.name_constraints.is_some() && self.profile != Profile::Authority {
            let message = "is for authorities; it says what they may sign for";
            return Err(Error::new(ErrorKind::ConflictingOptions, message).at("nameConstraints"));
        }
        let alt_names = extension::subject_alt_name(self.alt_names, name::is_empty_der(self.subject));
        let written = self.extensions.written()?;
        Ok(alt_names.iter().chain(&written).chain(self.copied).map(Extension::to_rcgen).collect())
    }
}

/// Who signs: the name byte for byte, the key identifier that the certificate below repeats, and the key.
pub(crate) struct Issuer<'a> {
    pub name: &'a [u8],
    pub key_identifier: Vec<u8>,
    pub public_key: &'a PublicKey,
}

impl Issuer<'_> {
    /// As rcgen knows it: an empty name, in whose place the real one is put.
    pub(crate) fn params(&self) -> CertificateParams {
        let mut params = CertificateParams::default();
        params.distinguished_name = DistinguishedName::new();
        params.key_identifier_method = KeyIdMethod::PreSpecified(self.key_identifier.clone());
        params
    }
}

/// Elements of a TBSCertificate (RFC 5280 section 4.1), counted with the version.
const ISSUER: usize = 3;
const SUBJECT: usize = 5;
const SUBJECT_PUBLIC_KEY_INFO: usize = 6;

/// The to-be-signed bytes of a certificate.
pub(crate) fn prepare(new: &NewCertificate<'_>, issuer: &Issuer<'_>) -> Result<ToBeSigned> {
    let mut params = CertificateParams::default();
    params.custom_extensions = new.custom_extensions()?;
    params.is_ca = new.profile.basic_constraints(new.path_length);
    params.key_usages = new.key_usages()?;
    params.extended_key_usages = new.extended_key_usages()?;
    params.key_identifier_method = KeyIdMethod::PreSpecified(new.key_identifier.clone());
    params.use_authority_key_identifier_extension = true;
    let frame = Frame {
        subject: new.subject,
        validity: new.validity,
        serial_number: &new.serial_number,
        public_key: new.public_key,
    };
    frame.prepare(params, issuer)
}

/// A certificate without its extensions.
pub(crate) struct Frame<'a> {
    pub subject: &'a [u8],
    pub validity: Validity,
    pub serial_number: &'a SerialNumber,
    pub public_key: &'a PublicKey,
}

impl Frame<'_> {
    /// The to-be-signed bytes, with the extensions of `params`.
    pub(crate) fn prepare(&self, mut params: CertificateParams, issuer: &Issuer<'_>) -> Result<ToBeSigned> {
        params.not_before = self.validity.not_before();
        params.not_after = self.validity.not_after();
        params.serial_number = Some(self.serial_number.to_rcgen());
        params.distinguished_name = DistinguishedName::new();
        let issuer_params = issuer.params();
        signing::prepare(
            issuer.public_key,
            |recorder| {
                let issuer = rcgen::Issuer::from_params(&issuer_params, recorder);
                params.signed_by(self.public_key, &issuer).map(|certificate| certificate.der().to_vec())
            },
            &[
                (ISSUER, issuer.name),
                (SUBJECT, self.subject),
                (SUBJECT_PUBLIC_KEY_INFO, self.public_key.spki()),
            ],
        )
    }
}

/// An authority below another has one less below itself; where nothing is said, the safest, 0.
fn path_length_below(profile: Profile, room: Option<u32>, asked: Option<u8>) -> Result<Option<u8>> {
    if profile != Profile::Authority {
        return match asked {
            Some(_) => {
                let message = "is for profile: \"authority\"; nothing stands below a leaf";
                Err(Error::new(ErrorKind::ConflictingOptions, message).at("pathLength"))
            }
            None => Ok(None),
        };
    }
    let length = asked.unwrap_or(0);
    match room.map(|room| room.checked_sub(1)) {
        Some(None) => Err(Error::new(
            ErrorKind::PathLength,
            "is authority, but this authority's path length of 0 allows none below it; make it with pathLength: 1",
        )
        .at("profile")),
        Some(Some(most)) if u32::from(length) > most => Err(Error::new(
            ErrorKind::PathLength,
            format!("is {length}, but the authorities above leave room for {most} only"),
        )
        .at("pathLength")),
        _ => Ok(Some(length)),
    }
}
