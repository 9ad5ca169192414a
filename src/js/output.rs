//! Results and errors as plain JavaScript data.

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;

use crate::error::Error;
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
    set(&object, "message", &error.to_string().into());
    object.into()
}

/// What someone has to sign: `{ tbs, algorithm }`.
pub(super) fn prepared(certificate: &ToBeSigned) -> Object {
    let result = Object::new();
    set(&result, "tbs", &Uint8Array::from(certificate.der()));
    set(&result, "algorithm", &Uint8Array::from(certificate.algorithm()));
    result
}
