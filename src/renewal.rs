//! Renewal: a certificate issued with the one before in place of a request.
//!
//! Of the old one the holder's part is kept byte for byte: subject, key (unless a new one is given) and every extension, also those that
//! nobody here knows. Serial number, dates and key identifiers are new. What the authority allows is obeyed as in issuing.

use std::borrow::Cow;
use std::collections::HashSet;

use rand_core::CryptoRng;
use rcgen::{CertificateParams, KeyUsagePurpose};
use time::OffsetDateTime;
use time::macros::datetime;
use yasna::Tag;

use crate::alt_name::AltName;
use crate::asn1;
use crate::authority::{self, Authority, AuthorityCertificate, Signed};
use crate::certificate::{Frame, SerialNumber};
use crate::error::{At, Error, ErrorKind, Result};
use crate::extension::{Extension, KeyUsage};
use crate::inspect::is_damaged;
use crate::key::{KeyType, PublicKey};
use crate::name;
use crate::parsed::{Meaning, ParsedCertificate, ParsedExtension};
use crate::pem;
use crate::profile::Profile;
use crate::request::WeakSignatures;
use crate::serial_number::random_serial_number;
use crate::signature::Verification;
use crate::signing::ToBeSigned;
use crate::validity::{Validity, ValidityRequest};

const SUBJECT_KEY_IDENTIFIER: &str = "2.5.29.14";
const KEY_USAGE: &str = "2.5.29.15";
const AUTHORITY_KEY_IDENTIFIER: &str = "2.5.29.35";
/// They speak of the old certificate alone: when its key may be used (privateKeyUsagePeriod), and who has logged it (its SCTs).
const OF_THE_OLD_ALONE: &[&str] = &["2.5.29.16", "1.3.6.1.4.1.11129.2.4.2"];

/// What is to be new.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RenewalOptions {
    /// Default: as many days as the old one had, in whole days and at least one, shortened to the authority's own end.
    pub validity: ValidityRequest,
    /// Default: 16 random bytes.
    pub serial_number: Option<SerialNumber>,
    /// Default: the old one's.
    pub public_key: Option<PublicKey>,
}

/// A certificate that the authority has issued, expired or not.
#[derive(Clone, Debug)]
pub struct OldCertificate {
    subject: Vec<u8>,
    spki: Vec<u8>,
    /// The content of the INTEGER.
    serial: Vec<u8>,
    validity: Validity,
    is_authority: bool,
    /// The role of a leaf that has one.
    profile: Option<Profile>,
    alt_names: Vec<AltName>,
    key_usage: Vec<KeyUsage>,
    /// In their order.
    extensions: Vec<(String, Extension)>,
}

impl OldCertificate {
    /// Reads it, PEM or DER. `issuer` is the authority that signed it: the one that renews it, or the same with an older key.
    ///
    /// # Errors
    /// [`ErrorKind::WrongIssuer`] for one that it did not sign; [`ErrorKind::InvalidCertificate`] for one that can't be renewed, with
    /// the reason; [`ErrorKind::WeakSignature`], [`ErrorKind::InvalidPem`], [`ErrorKind::MultiplePem`].
    pub fn read(input: &[u8], issuer: &AuthorityCertificate) -> Result<Self> {
        let (old, signed) = Self::read_unverified(input, issuer)?;
        if signed.verify() { Ok(old) } else { Err(authority::false_signature()) }
    }

    /// The same, with the check of the signature left to the caller.
    pub fn read_unverified(input: &[u8], issuer: &AuthorityCertificate) -> Result<(Self, Verification)> {
        let block = pem::decode_one(input, pem::CERTIFICATES, "the certificate to renew")?;
        let parsed = authority::parse_block(&block)?;
        let verification = issuer.verification(&Signed::certificate(&parsed, WeakSignatures::Refused)?)?;
        Self::of(&parsed).map(|old| (old, verification))
    }

    fn of(parsed: &ParsedCertificate<'_>) -> Result<Self> {
        if parsed.version != 3 {
            return Err(invalid(
                "is X.509 v1, which has no names and no usages to keep; issue a new one from a request",
            ));
        }
        if let Some(fault) = name::fault(&parsed.subject) {
            return Err(invalid(format!("has a subject {fault}; issue a new one from a request")));
        }
        let mut old = Self {
            subject: parsed.subject.as_raw().to_vec(),
            spki: parsed.public_key.raw.to_vec(),
            serial: parsed.serial_number.to_vec(),
            validity: Validity::from_certificate(parsed.not_before, parsed.not_after),
            is_authority: false,
            profile: None,
            alt_names: Vec::new(),
            key_usage: Vec::new(),
            extensions: Vec::new(),
        };
        let mut seen = HashSet::new();
        for extension in &parsed.extensions {
            let oid = asn1::oid(&extension.oid);
            let copy = Extension::copied(&oid, extension.critical, extension.value);
            let Some(copy) = copy.filter(|_| seen.insert(oid.clone())) else {
                return Err(invalid(format!(
                    "has an extension {oid} that is damaged or there twice; issue a new one from a request"
                )));
            };
            old.take(extension).ok_or_else(|| {
                invalid(format!("has an extension {oid} that can't be read; issue a new one from a request"))
            })??;
            old.extensions.push((oid, copy));
        }
        if !old.is_authority && old.key_usage.iter().any(|usage| usage.is_an_authoritys()) {
            return Err(invalid(
                "is no authority's, and has an authority's key usage, which verifiers refuse; issue a new one from a request",
            ));
        }
        Ok(old)
    }

    /// What has to be known of an extension. `None` for one of those that can't be read.
    fn take(&mut self, extension: &ParsedExtension<'_>) -> Option<Result<()>> {
        match &extension.meaning {
            _ if is_damaged(extension) => return None,
            Meaning::BasicConstraints(constraints) => self.is_authority = constraints.ca,
            Meaning::KeyUsage(usage) => self.key_usage = KeyUsage::all_of(*usage),
            Meaning::ExtendedKeyUsage(purposes) => self.profile = Profile::from_roles(purposes.roles()),
            Meaning::SubjectAltName(names) => {
                self.alt_names.clear();
                for (index, name) in names.iter().enumerate() {
                    let Ok(name) = AltName::from_general_name(name) else {
                        let (place, all) = (index + 1, names.len());
                        return Some(Err(invalid(format!(
                            "has an alternative name (number {place} of {all}, as `inspect` shows them) that no certificate from here could hold, of an unusual kind or damaged; issue a new one from a request"
                        ))));
                    };
                    self.alt_names.push(name);
                }
            }
            _ => {}
        }
        Some(Ok(()))
    }

    /// Whole days, as an option would say them; an end that is none (the year 9999) stays within the years that there are.
    fn days(&self, now: OffsetDateTime) -> u32 {
        const LAST: OffsetDateTime = datetime!(9999-12-31 0:00 UTC);
        let days = (self.validity.not_after() - self.validity.not_before()).whole_days();
        u32::try_from(days.min((LAST - now).whole_days()).max(1)).unwrap_or(1)
    }

    /// The extensions of the new one.
    fn renewed(
        &self,
        key: &PublicKey,
        self_signed: bool,
        authority: &AuthorityCertificate,
    ) -> Result<CertificateParams> {
        let kept = self.public_key().ok();
        let same_key = kept.as_ref().is_some_and(|kept| kept.same_key(key));
        // Whoever was signed by this key repeats its identifier, however that was computed.
        let own = self.extensions.iter().find(|(oid, _)| same_key && oid == SUBJECT_KEY_IDENTIFIER);
        let subject_key =
            own.map_or_else(|| subject_key_identifier(&key.key_identifier()), |(_, own)| own.clone());
        let issuer_key = authority_key_identifier(&authority.key_identifier);
        let usages = self.key_usage_for(key, kept.as_ref())?;
        let mut all = Vec::new();
        for (oid, extension) in &self.extensions {
            match oid.as_str() {
                AUTHORITY_KEY_IDENTIFIER => all.push(&issuer_key),
                SUBJECT_KEY_IDENTIFIER => all.push(&subject_key),
                // Written anew below.
                KEY_USAGE if usages.is_some() => {}
                other if OF_THE_OLD_ALONE.contains(&other) => {}
                _ => all.push(extension),
            }
        }
        let has = |wanted: &str| self.extensions.iter().any(|(oid, _)| oid == wanted);
        // An authority that had none has signed with whatever identifier others computed for its key: with none it still fits them all.
        let stays_without = self.is_authority && same_key;
        if !has(SUBJECT_KEY_IDENTIFIER) && !stays_without {
            all.push(&subject_key);
        }
        // Of itself it says nothing (RFC 5280 section 4.2.1.1).
        if !has(AUTHORITY_KEY_IDENTIFIER) && !self_signed {
            all.push(&issuer_key);
        }
        let mut params = CertificateParams::default();
        params.custom_extensions = all.into_iter().map(Extension::to_rcgen).collect();
        params.key_usages = usages.unwrap_or_default();
        Ok(params)
    }

    /// Whether the new one is signed by its own key.
    pub(crate) fn is_of_itself(&self, authority: &AuthorityCertificate, options: &RenewalOptions) -> bool {
        let own_key = self.key_for(options).is_ok_and(|key| key.same_key(&authority.public_key));
        self.is_authority && self.subject == authority.subject && own_key
    }

    fn key_for(&self, options: &RenewalOptions) -> Result<PublicKey> {
        if let Some(key) = &options.public_key {
            return Ok(key.clone());
        }
        self.public_key().map_err(|error| {
            let message = format!("{}; give a new privateKey", error.message());
            Error::new(error.kind(), message).at("certificate")
        })
    }

    fn public_key(&self) -> Result<PublicKey> {
        PublicKey::from_spki(&self.spki)
    }

    /// Less what a key of another kind than the old one can't do; `None` where it stays as it is. What was the default stays the
    /// default.
    fn key_usage_for(
        &self,
        key: &PublicKey,
        old: Option<&PublicKey>,
    ) -> Result<Option<Vec<KeyUsagePurpose>>> {
        let is_rsa = |key: &PublicKey| matches!(key.key_type(), KeyType::Rsa { .. });
        let rsa = is_rsa(key);
        let mut usages: Vec<KeyUsagePurpose> = self.key_usage.iter().map(|usage| usage.0).collect();
        if usages.is_empty() || old.is_some_and(|old| is_rsa(old) == rsa) {
            return Ok(None);
        }
        if rsa && usages == [KeyUsagePurpose::DigitalSignature] {
            usages.push(KeyUsagePurpose::KeyEncipherment);
        }
        usages.retain(|usage| match usage {
            // RFC 8813 section 3: RSA alone encrypts, and curves alone agree on keys.
            KeyUsagePurpose::KeyEncipherment | KeyUsagePurpose::DataEncipherment => rsa,
            KeyUsagePurpose::KeyAgreement | KeyUsagePurpose::EncipherOnly | KeyUsagePurpose::DecipherOnly => {
                !rsa
            }
            _ => true,
        });
        if usages.is_empty() {
            let message = format!(
                "is {}, which can do nothing of what the certificate's key usage says; give a key of the old one's kind",
                key.key_type().name()
            );
            return Err(Error::new(ErrorKind::ConflictingOptions, message).at("privateKey"));
        }
        Ok(Some(usages))
    }
}

/// The authority with the key that it had before, which signed the old certificate: its certificate, PEM or DER.
///
/// # Errors
/// [`ErrorKind::WrongIssuer`] for one of another name; as for [`AuthorityCertificate::read`].
pub fn former(input: &[u8], authority: &AuthorityCertificate) -> Result<AuthorityCertificate> {
    let former = AuthorityCertificate::read(input)?;
    if former.is_namesake(authority) {
        return Ok(former);
    }
    let message = format!(
        "is of {}, and this authority is {}; give the certificate that it had before, with the key that signed the old one",
        former.name(),
        authority.name()
    );
    Err(Error::new(ErrorKind::WrongIssuer, message))
}

/// Renews a certificate, DER: prepare, sign, finish. One that `authority` is of itself is signed with its own key again: those that it
/// issued stay valid under the new one.
///
/// # Errors
/// As for issuing: [`ErrorKind::OutlivesAuthority`], [`ErrorKind::PathLength`], [`ErrorKind::NameConstraints`],
/// [`ErrorKind::NotAnAuthority`] for what the authority does not allow; [`ErrorKind::InvalidSerialNumber`] for the old one's;
/// [`ErrorKind::UnsupportedKey`] for a key that verifiers refuse by now; [`ErrorKind::ConflictingOptions`].
pub fn renew(
    old: &OldCertificate,
    authority: &Authority,
    options: &RenewalOptions,
    now: OffsetDateTime,
    rng: &mut dyn CryptoRng,
) -> Result<Vec<u8>> {
    let prepared = prepare(old, authority.certificate(), options, now, rng)?;
    Ok(prepared.finish(&prepared.sign(&authority.key, rng)?))
}

/// The to-be-signed bytes of what [`renew`] makes.
pub fn prepare(
    old: &OldCertificate,
    authority: &AuthorityCertificate,
    options: &RenewalOptions,
    now: OffsetDateTime,
    rng: &mut dyn CryptoRng,
) -> Result<ToBeSigned> {
    let key = old.key_for(options)?;
    let self_signed = old.is_of_itself(authority, options);
    if !self_signed {
        allowed(old, authority, &key, options)?;
    }
    let serial_number = match &options.serial_number {
        Some(number) if number.to_integer() == old.serial => {
            let message = "is the old certificate's, and each of an authority's has its own; give another, or leave it out";
            return Err(Error::new(ErrorKind::InvalidSerialNumber, message).at("serialNumber"));
        }
        Some(number) => number.clone(),
        None => random_serial_number(rng),
    };
    let extensions = old.renewed(&key, self_signed, authority)?;
    let frame = Frame {
        subject: &old.subject,
        validity: match self_signed {
            true => options.validity.resolve(now, old.days(now), None).at("validity")?,
            false => options.validity.resolve_under(now, old.days(now), &authority.validity)?,
        },
        serial_number: &serial_number,
        public_key: &key,
    };
    frame.prepare(extensions, &authority.issuer())
}

/// What issuing looks at too.
fn allowed(
    old: &OldCertificate,
    authority: &AuthorityCertificate,
    key: &PublicKey,
    options: &RenewalOptions,
) -> Result<()> {
    if key.same_key(&authority.public_key) {
        let field = if options.public_key.is_some() { "privateKey" } else { "certificate" };
        let message = "is for the authority's own key; make a key of its own for each party";
        return Err(Error::new(ErrorKind::KeyMismatch, message).at(field));
    }
    let of_certificate = |error: Error| error.of_no_field().at("certificate");
    // An authority of the same name, with a new key, is its successor: it stands beside it, not below.
    let successor = old.is_authority && old.subject == authority.subject;
    if old.subject == authority.subject && !successor {
        let message = "has the authority's own subject, and verifiers would take it for self-signed; issue a new one from a request";
        return Err(invalid(message).at("certificate"));
    }
    let profile = if old.is_authority { Profile::Authority } else { old.profile.unwrap_or(Profile::Client) };
    if old.is_authority && !successor && authority.room_below == Some(0) {
        let message = "is an authority's, but the path length of 0 above it allows none below; renew it under the one that issued it";
        return Err(Error::new(ErrorKind::PathLength, message).at("certificate"));
    }
    // One without a role has it from the authority's.
    if old.is_authority || old.profile.is_some() {
        authority.allows(profile).at("authority")?;
    }
    authority.allows_names(&old.subject, &old.alt_names, profile).map_err(of_certificate)
}

fn authority_key_identifier(identifier: &[u8]) -> Extension {
    let value = yasna::construct_der(|writer| {
        writer.write_sequence(|writer| {
            writer.next().write_tagged_implicit(Tag::context(0), |writer| writer.write_bytes(identifier));
        });
    });
    Extension::known(&[2, 5, 29, 35], false, value)
}

fn subject_key_identifier(identifier: &[u8]) -> Extension {
    Extension::known(&[2, 5, 29, 14], false, yasna::construct_der(|writer| writer.write_bytes(identifier)))
}

fn invalid(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidCertificate, message)
}
