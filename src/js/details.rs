//! Details as plain JavaScript data.

use js_sys::{Array, Date, Object, Reflect, Uint8Array};
use serde::Serialize;
use time::OffsetDateTime;
use wasm_bindgen::JsValue;

use super::output::set;
use crate::error::{Error, ErrorKind, Result};
use crate::inspect::{CertificateDetails, CrlDetails, Details};
use crate::key::Numbers;
use crate::signature::Verification;

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

/// A signature to verify: `{ spki, type, scheme, message, signature }`, and the key's bare numbers, `point` or `modulus` and
/// `exponent`, where it is written in the usual way.
pub(super) fn verification(verification: &Verification) -> Object {
    let object = Object::new();
    set(&object, "spki", &Uint8Array::from(verification.public_key.spki()));
    match verification.public_key.numbers() {
        Some(Numbers::Point(point)) => set(&object, "point", &Uint8Array::from(point)),
        Some(Numbers::Rsa { modulus, exponent }) => {
            set(&object, "modulus", &Uint8Array::from(modulus));
            set(&object, "exponent", &Uint8Array::from(exponent));
        }
        None => {}
    }
    set(&object, "type", &verification.public_key.key_type().name().into());
    set(&object, "scheme", &verification.scheme.code().into());
    set(&object, "message", &Uint8Array::from(verification.message.as_slice()));
    set(&object, "signature", &Uint8Array::from(verification.signature.as_slice()));
    object
}

pub(super) fn date(at: OffsetDateTime) -> JsValue {
    #[allow(clippy::cast_precision_loss)]
    let millis = at.unix_timestamp() as f64 * 1000.0;
    Date::new(&millis.into()).into()
}
