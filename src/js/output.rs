//! Results and errors as plain JavaScript data.

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::error::{Error, ErrorKind};
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
    fn set_tbs(this: &Prepared, bytes: Uint8Array);

    #[wasm_bindgen(method, setter)]
    fn set_algorithm(this: &Prepared, bytes: Uint8Array);

    /// PEM, behind the certificate.
    #[wasm_bindgen(method, setter)]
    pub(super) fn set_chain(this: &Prepared, pem: &str);

    /// What has to verify first.
    #[wasm_bindgen(method, setter)]
    pub(super) fn set_verification(this: &Prepared, verification: &Object);
}

/// What someone has to sign: `{ tbs, algorithm }`.
pub(super) fn prepared(certificate: &ToBeSigned) -> Prepared {
    let result: Prepared = Object::new().unchecked_into();
    result.set_tbs(certificate.der().into());
    result.set_algorithm(certificate.algorithm().into());
    result
}
