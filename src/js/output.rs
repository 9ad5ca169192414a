//! Results and errors as plain JavaScript data.

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::to_verify::{verification_in, verification_parts};
use crate::error::{Error, ErrorKind};
use crate::signature::Verification;
use crate::signing::ToBeSigned;

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
    // Of no option: it is what the function was called with.
    let subject =
        if error.field().is_none() && error.kind() != ErrorKind::Internal { "the argument " } else { "" };
    set(&object, "message", &format!("{subject}{error}").into());
    object.into()
}

#[wasm_bindgen]
extern "C" {
    /// What every certificate takes is set by name: `set` carries the name over each time, which takes longer than all else in it.
    #[wasm_bindgen(extends = Object)]
    pub(super) type Prepared;

    #[wasm_bindgen(method, setter)]
    fn set_bytes(this: &Prepared, bytes: &Uint8Array);

    #[wasm_bindgen(method, setter)]
    fn set_start(this: &Prepared, at: usize);

    #[wasm_bindgen(method, setter)]
    fn set_length(this: &Prepared, length: usize);

    /// PEM, behind the certificate.
    #[wasm_bindgen(method, setter)]
    pub(super) fn set_chain(this: &Prepared, pem: &JsValue);

    /// What has to verify first.
    #[wasm_bindgen(method, setter)]
    pub(super) fn set_verification(this: &Prepared, verification: &Object);
}

/// What someone has to sign: `{ bytes, start, length }`. From `start` on stands the certificate's content but for the signature, of which
/// so much is signed.
pub(super) fn prepared(certificate: &ToBeSigned) -> Prepared {
    prepared_in(&certificate.unsigned().into(), 0, certificate)
}

/// The same, with a signature that has to verify first, in the same bytes: each array of JavaScript's takes about a microsecond.
pub(super) fn prepared_beside(verification: &Verification, certificate: &ToBeSigned) -> Prepared {
    let parts = verification_parts(verification);
    let bytes = [&parts[..], &[certificate.unsigned()]].concat().concat();
    let start = bytes.len() - certificate.unsigned().len();
    let bytes = bytes.as_slice().into();
    let result = prepared_in(&bytes, start, certificate);
    result.set_verification(&verification_in(&bytes, verification));
    result
}

fn prepared_in(bytes: &Uint8Array, start: usize, certificate: &ToBeSigned) -> Prepared {
    let result: Prepared = Object::new().unchecked_into();
    result.set_bytes(bytes);
    result.set_start(start);
    result.set_length(certificate.der().len());
    result
}
