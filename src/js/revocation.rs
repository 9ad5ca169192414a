//! Revocation lists: prepared here, signed by whoever has the authority's key.

use std::rc::Rc;

use js_sys::{Array, BigInt, Object};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::arguments::{call, serial_number};
use super::authority::GivenAuthority;
use super::details;
use super::material::bytes;
use super::names::{date, validity};
use super::object::{OptionsObject, array, string, wrong_type};
use super::output::{prepared, set};
use super::to_verify::verification;
use super::{Export, export, now};
use crate::authority::{AuthorityCertificate, false_signature};
use crate::error::{Error, ErrorKind, Result};
use crate::inspect;
use crate::revocation::{
    self, CrlNumber, ListOptions, Revocation, RevocationList, RevocationReason, RevokedSerial,
};
use crate::signature::Verification;

/// What `createRevocationList` (or, from a list that there is, `updateRevocationList`) has to sign, once the signatures in
/// `verifications` are known to be the authority's. `spki` is of the authority's key.
#[wasm_bindgen(js_name = prepareRevocationList)]
pub fn prepare_revocation_list(options: &JsValue, spki: &[u8], is_update: bool) -> Export {
    export(|| {
        let arguments = ListArguments::read(options, spki, is_update)?;
        let list = arguments.previous.as_ref();
        let prepared =
            prepared(&revocation::prepare(list, &arguments.authority, &arguments.options, now()?)?);
        let verifications: Array = arguments.signed.iter().map(of_field).collect();
        set(&prepared, "verifications", &verifications);
        Ok(prepared.into())
    })
}

/// What a revocation list says, DER. What is not `labelled` as one may be something else.
#[wasm_bindgen(js_name = describeRevocationList)]
pub fn describe_revocation_list(der: &[u8], labelled: bool) -> Export {
    export(|| match inspect::crl(der) {
        Err(_) if !labelled => Err(inspect::unknown_der()),
        read => details::crl(&read?),
    })
}

/// The error of a certificate or list whose signature is not the authority's.
#[wasm_bindgen(js_name = notIssued)]
pub fn not_issued(field: &str) -> Export {
    export(|| Err(false_signature().at(field)))
}

/// With the option that it is of, `field`.
fn of_field((field, signed): &(String, Verification)) -> Object {
    let object = verification(signed);
    set(&object, "field", &field.into());
    object
}

struct ListArguments {
    previous: Option<RevocationList>,
    authority: Rc<GivenAuthority>,
    options: ListOptions,
    /// Signatures that are said to be the authority's, and the options that they are of.
    signed: Vec<(String, Verification)>,
}

impl ListArguments {
    fn read(options: &JsValue, spki: &[u8], is_update: bool) -> Result<Self> {
        const KNOWN: &[&str] = &["authority", "revoked", "number", "validity"];
        const OF_AN_UPDATE: &[&str] = &["revocationList", "removed"];
        let more = if is_update { OF_AN_UPDATE } else { &[] };
        let object = call(options, &[KNOWN, more].concat())?;
        let authority = object.required("authority", |value| GivenAuthority::read(value, spki))?;
        let number = object.optional("number", number)?;
        let validity = object.optional("validity", validity)?.unwrap_or_default();
        let mut signed = Vec::new();
        let previous = if is_update {
            let read = |value: &JsValue| RevocationList::read_unverified(&bytes(value)?, &authority);
            let (list, by) = object.required("revocationList", read)?;
            signed.push(("revocationList".to_owned(), by));
            Some(list)
        } else {
            None
        };
        let mut all = |key: &str| -> Result<Vec<Revocation>> {
            let read = |value: &JsValue| entry(value, &authority, key == "revoked");
            let entries = object.optional(key, |value| array(value, read))?.unwrap_or_default();
            let mut revocations = Vec::with_capacity(entries.len());
            for (index, (revocation, by)) in entries.into_iter().enumerate() {
                signed.extend(by.map(|by| (format!("{key}[{index}].certificate"), by)));
                revocations.push(revocation);
            }
            Ok(revocations)
        };
        let revoked = all("revoked")?;
        let removed = all("removed")?.into_iter().map(|entry| entry.serial).collect();
        Ok(Self { previous, authority, options: ListOptions { revoked, removed, number, validity }, signed })
    }
}

/// An element of `revoked`, or of `removed`, which says no more than which certificate.
fn entry(
    value: &JsValue,
    authority: &AuthorityCertificate,
    says_why: bool,
) -> Result<(Revocation, Option<Verification>)> {
    let known: &[&str] = if says_why {
        &["serialNumber", "certificate", "reason", "date", "invalidityDate"]
    } else {
        &["serialNumber", "certificate"]
    };
    if !value.is_object() {
        return Err(wrong_type(value, "an object such as { serialNumber: \"4F00\" } or { certificate }"));
    }
    let object = OptionsObject::read(value, known)?;
    let number = object.optional("serialNumber", serial_number)?;
    let certificate =
        object.optional("certificate", |value| RevokedSerial::of_unverified(&bytes(value)?, authority))?;
    let (serial, signed) = match (number, certificate) {
        (Some(number), None) => (RevokedSerial::from(&number), None),
        (None, Some((serial, signed))) => (serial, Some(signed)),
        (Some(_), Some(_)) => {
            let message = "is given beside certificate, which has one; leave one of them out";
            return Err(Error::new(ErrorKind::ConflictingOptions, message).at("serialNumber"));
        }
        (None, None) => {
            let message = "says no certificate; give its serialNumber, or the certificate";
            return Err(Error::new(ErrorKind::MissingOption, message));
        }
    };
    let reason = |value: &JsValue| RevocationReason::from_name(&string(value)?);
    let revocation = Revocation {
        serial,
        reason: object.optional("reason", reason)?.unwrap_or_default(),
        date: object.optional("date", date)?,
        invalidity_date: object.optional("invalidityDate", date)?,
    };
    Ok((revocation, signed))
}

/// A whole number, a bigint, or hexadecimal digits as `inspect` shows them.
fn number(value: &JsValue) -> Result<CrlNumber> {
    const LARGEST_SAFE: f64 = 9_007_199_254_740_991.0;
    if value.is_string() {
        return CrlNumber::from_hex(&string(value)?);
    }
    if value.is_bigint() {
        let digits = BigInt::from(value.clone()).to_string(16).ok().and_then(|text| text.as_string());
        return CrlNumber::from_hex(digits.as_deref().unwrap_or_default()).map_err(|error| {
            let message = "is negative, or longer than the 20 octets that a list's number may have";
            Error::new(error.kind(), message)
        });
    }
    let Some(number) = value.as_f64() else {
        return Err(wrong_type(value, "a number, a bigint, or hexadecimal digits"));
    };
    if number.fract() != 0.0 || !(0.0..=LARGEST_SAFE).contains(&number) {
        let message = "is no whole number from 0 to 2^53 - 1; give a larger one as a bigint";
        return Err(Error::new(ErrorKind::InvalidOption, message));
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Ok(CrlNumber::from(number as u64))
}
