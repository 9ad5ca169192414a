//! What a list says of one certificate (RFC 5280 section 5.3), made here or as another tool wrote it.

use time::OffsetDateTime;
use x509_parser::asn1_rs::{Any, FromDer, Tag};
use x509_parser::time::ASN1Time;
use yasna::DERWriter;
use yasna::models::{GeneralizedTime, UTCTime};
use yasna::tags::TAG_INTEGER;

use super::reason::RevocationReason;
use crate::asn1;
use crate::authority::{self, AuthorityCertificate, Signed};
use crate::certificate::SerialNumber;
use crate::error::{At, Error, ErrorKind, Result};
use crate::extension::Extension;
use crate::pem;
use crate::request::WeakSignatures;
use crate::signature::Verification;
use crate::validity::{checked, show};

const REASON_CODE: &[u64] = &[2, 5, 29, 21];
const INVALIDITY_DATE: &[u64] = &[2, 5, 29, 24];
/// Of another issuer than the list's, in an indirect list.
const CERTIFICATE_ISSUER: &str = "2.5.29.29";

/// Which certificate: its serial number, however it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevokedSerial {
    /// The content of the INTEGER.
    pub(super) content: Vec<u8>,
    /// The option that it was given by.
    pub(super) option: &'static str,
}

impl RevokedSerial {
    /// Of a certificate, PEM or DER, that the authority has issued.
    ///
    /// # Errors
    /// [`ErrorKind::WrongIssuer`] for one that it has not; [`ErrorKind::InvalidCertificate`], [`ErrorKind::InvalidPem`],
    /// [`ErrorKind::MultiplePem`].
    pub fn of_certificate(input: &[u8], authority: &AuthorityCertificate) -> Result<Self> {
        let (serial, issued) = Self::of_unverified(input, authority)?;
        if issued.verify() { Ok(serial) } else { Err(authority::false_signature()) }
    }

    /// The same, with the check of the signature left to the caller. One with MD5 or SHA-1 is taken: those are to be revoked first.
    pub fn of_unverified(input: &[u8], authority: &AuthorityCertificate) -> Result<(Self, Verification)> {
        let block = pem::decode_one(input, pem::CERTIFICATES, "a certificate")?;
        let parsed = authority::parse_block(&block)?;
        let issued = authority.verification(&Signed::certificate(&parsed, WeakSignatures::Allowed)?)?;
        Ok((Self { content: parsed.serial_number.to_vec(), option: "certificate" }, issued))
    }

    pub(super) fn show(&self) -> String {
        asn1::integer(&self.content)
    }
}

impl From<&SerialNumber> for RevokedSerial {
    fn from(number: &SerialNumber) -> Self {
        Self { content: number.to_integer(), option: "serialNumber" }
    }
}

/// A certificate to revoke.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// Which.
    pub serial: RevokedSerial,
    /// Why.
    pub reason: RevocationReason,
    /// Since when. Default: now; of one that was on hold, when that began (X.509 section 8.5.2.2).
    pub date: Option<OffsetDateTime>,
    /// Since when its key may have been in other hands, which can be earlier.
    pub invalidity_date: Option<OffsetDateTime>,
}

impl Revocation {
    /// For no reason that is said, from now on.
    pub fn new(serial: RevokedSerial) -> Self {
        Self { serial, reason: RevocationReason::default(), date: None, invalidity_date: None }
    }

    pub(super) fn to_entry(&self, default_date: OffsetDateTime, now: OffsetDateTime) -> Result<Entry> {
        let date = past(self.date.unwrap_or(default_date), now).at("date")?;
        let invalid = self.invalidity_date.map(|at| past(at, now)).transpose().at("invalidityDate")?;
        let mut extensions = Vec::new();
        if self.reason != RevocationReason::Unspecified {
            let code = yasna::construct_der(|writer| writer.write_enum(self.reason.code().into()));
            extensions.push(Extension::known(REASON_CODE, false, code));
        }
        if let Some(at) = invalid {
            // Never as UTCTime, whatever the year (RFC 5280 section 5.3.2).
            let time = GeneralizedTime::from_datetime(at);
            let value = yasna::construct_der(|writer| writer.write_generalized_time(&time));
            extensions.push(Extension::known(INVALIDITY_DATE, false, value));
        }
        let der = yasna::construct_der(|writer| {
            writer.write_sequence(|writer| {
                // Not as a number: another tool's may be negative.
                let content = &self.serial.content;
                writer.next().write_tagged_implicit(TAG_INTEGER, |writer| writer.write_bytes(content));
                write_time(date, writer.next());
                if !extensions.is_empty() {
                    writer.next().write_sequence(|writer| {
                        extensions.iter().for_each(|one| one.write(writer.next()));
                    });
                }
            });
        });
        let reason = Some(self.reason.code()).filter(|code| *code != 0);
        Ok(Entry { serial: self.serial.content.clone(), date, reason, der })
    }
}

/// A verifier looks at no date: who is listed is refused. One in the future would be a promise that nobody keeps.
fn past(at: OffsetDateTime, now: OffsetDateTime) -> Result<OffsetDateTime> {
    let at = checked(at)?;
    if at <= now {
        return Ok(at);
    }
    let message = format!(
        "is {}, in the future; verifiers refuse who is listed from then on, so list it when the day has come",
        show(at)
    );
    Err(Error::new(ErrorKind::InvalidValidity, message))
}

/// UTCTime to the year 2049, then GeneralizedTime (RFC 5280 section 5.1.2.4).
fn write_time(at: OffsetDateTime, writer: DERWriter<'_>) {
    if at.year() < 2050 {
        writer.write_utctime(&UTCTime::from_datetime(at));
    } else {
        writer.write_generalized_time(&GeneralizedTime::from_datetime(at));
    }
}

/// An entry of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// The content of the INTEGER.
    pub serial: Vec<u8>,
    pub date: OffsetDateTime,
    pub reason: Option<u8>,
    /// All of it.
    pub der: Vec<u8>,
}

impl Entry {
    /// As it stands in a list. `None` for what can't be read.
    pub(super) fn read(der: &[u8]) -> Option<Self> {
        let sequence = asn1::whole(der).filter(|any| any.tag() == Tag::Sequence)?;
        let parts = asn1::all_der(sequence.data)?;
        let (serial, date, extensions) = match parts.as_slice() {
            [serial, date] => (serial, date, None),
            [serial, date, extensions] => (serial, date, Some(extensions)),
            _ => return None,
        };
        let serial = asn1::whole(serial).filter(|any| any.tag() == Tag::Integer && !any.data.is_empty())?;
        let Ok(([], date)) = ASN1Time::from_der(date) else { return None };
        let mut entry =
            Self { serial: serial.data.to_vec(), date: date.to_datetime(), reason: None, der: der.to_vec() };
        if let Some(extensions) = extensions {
            let all = asn1::whole(extensions).filter(|any| any.tag() == Tag::Sequence)?;
            for extension in asn1::all(all.data)? {
                entry.take(&extension)?;
            }
        }
        Some(entry)
    }

    fn take(&mut self, extension: &Any<'_>) -> Option<()> {
        let parts = asn1::all(extension.data)?;
        let oid = asn1::oid(&parts.first()?.as_oid().ok()?);
        // OpenSSL and Node refuse a list with one, whatever it says.
        let is_critical = matches!(parts.as_slice(), [_, critical, _] if critical.data != [0]);
        if is_critical {
            return None;
        }
        let value = parts.last().filter(|value| value.tag() == Tag::OctetString)?;
        if oid == CERTIFICATE_ISSUER {
            return None;
        }
        if oid == "2.5.29.21" {
            let code = asn1::whole(value.data).filter(|code| code.tag() == Tag::Enumerated)?;
            self.reason = Some(*code.data.first()?);
        }
        Some(())
    }

    pub(super) fn is_on_hold(&self) -> bool {
        self.reason == Some(RevocationReason::CertificateHold.code())
    }
}
