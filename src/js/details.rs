//! Details as plain JavaScript data.

#[cfg(feature = "in-page")]
use js_sys::{Array, Reflect};
use js_sys::{Date, Object};
use serde::Serialize;
use time::OffsetDateTime;
use wasm_bindgen::JsValue;

use super::output::set;
use crate::error::{Error, ErrorKind, Result};
#[cfg(feature = "in-page")]
use crate::inspect::CrlDetails;
#[cfg(not(feature = "in-page"))]
use crate::inspect::Details;
use crate::inspect::{CertificateDetails, ExtensionsDetails};

/// Plain data of anything that serializes.
pub(super) fn plain(value: &impl Serialize) -> Result<JsValue> {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_maps_as_objects(true);
    value
        .serialize(&serializer)
        .map_err(|_| Error::new(ErrorKind::Internal, "the details could not be written"))
}

/// A certificate's details, with its dates as `Date`, which serde does not know.
pub(super) fn certificate(details: &CertificateDetails) -> Result<JsValue> {
    let object = with_extensions(plain(details)?, &details.extensions)?;
    set(&object, "notBefore", &date(details.not_before));
    set(&object, "notAfter", &date(details.not_after));
    Ok(object.into())
}

/// What the extensions say stands among the rest. serde's `flatten`, as it is natively, takes a writer of its own: a hundredth of the wasm.
fn with_extensions(details: JsValue, extensions: &ExtensionsDetails) -> Result<Object> {
    Ok(Object::assign(&Object::from(details), &Object::from(plain(extensions)?)))
}

/// A revocation list's details, the same way.
#[cfg(feature = "in-page")]
pub(super) fn crl(details: &CrlDetails) -> Result<JsValue> {
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

#[cfg(not(feature = "in-page"))]
pub(super) fn details(details: &Details) -> Result<JsValue> {
    match details {
        Details::Certificate(details) => certificate(details),
        Details::Request(details) => Ok(with_extensions(plain(details)?, &details.extensions)?.into()),
        Details::Crl => Ok(JsValue::UNDEFINED),
        Details::Key(details) => plain(details),
    }
}

pub(super) fn date(at: OffsetDateTime) -> JsValue {
    #[allow(clippy::cast_precision_loss)]
    let millis = at.unix_timestamp() as f64 * 1000.0;
    Date::new(&millis.into()).into()
}
