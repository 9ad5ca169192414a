//! Results and errors as plain JavaScript data.

use js_sys::{Array, Date, Object, Reflect};
use serde::Serialize;
use time::OffsetDateTime;
use wasm_bindgen::JsValue;

use crate::error::{Error, ErrorKind, Result};
use crate::inspect::{CertificateDetails, CrlDetails, Details, Entry};

/// Sets a property of an object that we have just made, which can't fail.
pub(super) fn set(object: &Object, key: &str, value: &JsValue) {
    let _ = Reflect::set(object, &key.into(), value);
}

/// `{ code, field, message }`.
pub(super) fn error(error: &Error) -> JsValue {
    let object = Object::new();
    set(&object, "code", &error.kind().code().into());
    if let Some(field) = error.field() {
        set(&object, "field", &field.into());
    }
    set(&object, "message", &error.to_string().into());
    object.into()
}

/// Plain data of anything that serializes.
pub(super) fn plain(value: &impl Serialize) -> Result<JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    value
        .serialize(&serializer)
        .map_err(|_| Error::new(ErrorKind::Internal, "the details could not be written"))
}

/// A certificate's details, with its dates as `Date`, which serde does not know.
pub(super) fn certificate(details: &CertificateDetails) -> Result<JsValue> {
    let object = Object::from(plain(details)?);
    set(&object, "notBefore", &date(details.not_before));
    set(&object, "notAfter", &date(details.not_after));
    Ok(object.into())
}

/// A revocation list's details, the same way.
fn crl(details: &CrlDetails) -> Result<JsValue> {
    let object = Object::from(plain(details)?);
    set(&object, "thisUpdate", &date(details.this_update));
    if let Some(next_update) = details.next_update {
        set(&object, "nextUpdate", &date(next_update));
    }
    let revoked = Array::from(&Reflect::get(&object, &"revoked".into()).unwrap_or_default());
    for (entry, details) in revoked.iter().zip(&details.revoked) {
        set(&Object::from(entry), "date", &date(details.date));
    }
    Ok(object.into())
}

pub(super) fn details(details: &Details) -> Result<JsValue> {
    match details {
        Details::Certificate(details) => certificate(details),
        Details::Request(details) => plain(details),
        Details::Crl(details) => crl(details),
        Details::Key(details) => plain(details),
    }
}

/// One of several, with the places of those that have the same key.
pub(super) fn entry(entry: &Entry) -> Result<JsValue> {
    let object = Object::from(details(&entry.details)?);
    set(&object, "sameKeyAs", &plain(&entry.same_key_as)?);
    Ok(object.into())
}

fn date(at: OffsetDateTime) -> JsValue {
    #[allow(clippy::cast_precision_loss)]
    let millis = at.unix_timestamp() as f64 * 1000.0;
    Date::new(&millis.into()).into()
}
