//! `verifyCertificate` and `matchKey`.

use js_sys::{Array, Object};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::details::{date, plain};
use super::material::bytes;
use super::names::date as read_date;
use super::object::{OptionsObject, array, is_array, string};
use super::output::set;
use super::{Export, export, now};
use crate::error::{Error, ErrorKind, Result};
use crate::verification::{
    Certificates, Crls, MatchKey, Purpose, Reason, Summary, VerificationCode, VerifyOptions, match_key,
    verify,
};

/// Whether a chain is accepted: `{ ok: true, path }` or `{ ok: false, path, reasons }`.
#[wasm_bindgen(js_name = verifyCertificate)]
pub fn verify_certificate(options: &JsValue) -> Export {
    export(|| {
        let verdict = verify(&verify_options(options)?)?;
        let path: Array = verdict.path.iter().map(summary).collect::<Result<_>>()?;
        let reasons: Array = verdict.reasons.iter().map(reason).collect::<Result<_>>()?;
        let result = Object::new();
        set(&result, "ok", &verdict.reasons.is_empty().into());
        set(&result, "path", &path);
        if !verdict.reasons.is_empty() {
            set(&result, "reasons", &reasons);
        }
        Ok(result.into())
    })
}

/// Whether the pieces are of one key. `spki` is of the private key, which `pkg/` reads.
#[wasm_bindgen(js_name = matchKey)]
pub fn match_key_of(options: &JsValue, spki: Option<Vec<u8>>) -> Export {
    export(|| {
        let object = OptionsObject::read(options, &["certificate", "request", "publicKey", "privateKey"])?;
        let certificate = object.optional("certificate", bytes)?;
        let request = object.optional("request", bytes)?;
        let public_key = object.optional("publicKey", bytes)?;
        plain(&match_key(&MatchKey {
            certificate: certificate.as_ref().map(|bytes| bytes.as_slice()),
            request: request.as_ref().map(|bytes| bytes.as_slice()),
            public_key: public_key.as_ref().map(|bytes| bytes.as_slice()),
            private_key: spki.as_deref(),
        })?)
    })
}

/// Every code that a reason can have. The tests compare it with `types/verification.d.ts`.
#[wasm_bindgen(js_name = verificationCodes)]
pub fn verification_codes() -> Vec<String> {
    VerificationCode::ALL.iter().map(|code| code.text().to_owned()).collect()
}

fn verify_options(options: &JsValue) -> Result<VerifyOptions> {
    const KNOWN: &[&str] = &["certificate", "chain", "trusted", "purpose", "host", "at", "crls"];
    let object = OptionsObject::read(options, KNOWN)?;
    let certificates = |value: &JsValue| Certificates::together(files(value, Certificates::read)?);
    let purpose = object.required("purpose", |value| Purpose::from_name(&string(value)?))?;
    let host = object.optional("host", |value| VerifyOptions::host(&string(value)?))?;
    if host.is_some() && purpose == Purpose::Client {
        let message = "is what a server is called by, and the purpose is \"client\"; leave it out";
        return Err(Error::new(ErrorKind::ConflictingOptions, message).at("host"));
    }
    let at = object.optional("at", read_date)?;
    Ok(VerifyOptions {
        certificate: object.required("certificate", |value| some(value).and_then(certificates))?,
        chain: object.optional("chain", certificates)?.unwrap_or_default(),
        trusted: object.required("trusted", |value| some(value).and_then(certificates))?,
        purpose,
        host,
        at: at.map_or_else(now, Ok)?,
        crls: object.optional("crls", |value| Crls::together(files(some(value)?, Crls::read)?))?,
    })
}

/// A file, or an array of them.
fn files<T>(value: &JsValue, read: impl Fn(&[u8]) -> Result<T>) -> Result<Vec<T>> {
    let file = |value: &JsValue| read(&bytes(value)?);
    if is_array(value) { array(value, file) } else { Ok(vec![file(value)?]) }
}

/// An empty array would verify nothing, or nothing against it.
fn some(value: &JsValue) -> Result<&JsValue> {
    if is_array(value) && Array::from(value).length() == 0 {
        return Err(Error::new(ErrorKind::InvalidOption, "is an empty array; give one at least"));
    }
    Ok(value)
}

fn reason(reason: &Reason) -> Result<JsValue> {
    let object = Object::from(plain(reason)?);
    set(&object, "certificate", &summary(&reason.certificate)?);
    if let Some(revocation) = &reason.revocation {
        let details = Object::new();
        set(&details, "date", &date(revocation.date));
        if let Some(reason) = revocation.reason {
            set(&details, "reason", &reason.into());
        }
        set(&object, "revocation", &details);
    }
    Ok(object.into())
}

fn summary(certificate: &Summary) -> Result<JsValue> {
    let object = Object::from(plain(certificate)?);
    set(&object, "notBefore", &date(certificate.not_before));
    set(&object, "notAfter", &date(certificate.not_after));
    Ok(object.into())
}
