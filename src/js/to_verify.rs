//! A signature that somebody else verifies: the platform, or in-page crypto.

use std::cell::RefCell;

use js_sys::{Object, Uint8Array};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use crate::key::{KeyType, Numbers};
use crate::signature::{Scheme, Verification};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(extends = Object)]
    type ToVerify;

    #[wasm_bindgen(method, setter)]
    fn set_kind(this: &ToVerify, kind: &JsValue);

    #[wasm_bindgen(method, setter)]
    fn set_bytes(this: &ToVerify, bytes: &Uint8Array);

    #[wasm_bindgen(method, setter, js_name = messageLength)]
    fn set_message_length(this: &ToVerify, length: usize);

    #[wasm_bindgen(method, setter, js_name = signatureLength)]
    fn set_signature_length(this: &ToVerify, length: usize);

    #[wasm_bindgen(method, setter, js_name = spkiLength)]
    fn set_spki_length(this: &ToVerify, length: usize);

    #[wasm_bindgen(method, setter, js_name = pointLength)]
    fn set_point_length(this: &ToVerify, length: usize);

    #[wasm_bindgen(method, setter)]
    fn set_modulus(this: &ToVerify, bytes: Uint8Array);

    #[wasm_bindgen(method, setter)]
    fn set_exponent(this: &ToVerify, bytes: Uint8Array);
}

/// A signature to verify, as `pkg/signature.js` takes it apart.
pub(super) fn verification(verification: &Verification) -> Object {
    verification_in(&verification_parts(verification).concat().as_slice().into(), verification)
}

/// The message, the signature and the key's SubjectPublicKeyInfo: they stand in that order, one behind the other.
pub(super) fn verification_parts(verification: &Verification) -> [&[u8]; 3] {
    [&verification.message, &verification.signature, verification.public_key.spki()]
}

/// The same of bytes that begin with them. `kind` is the type of the key and the scheme. Of a key that is written in the usual way, its bare
/// numbers are there too: a curve's point, with which it ends, or `modulus` and `exponent`.
pub(super) fn verification_in(bytes: &Uint8Array, verification: &Verification) -> Object {
    let object: ToVerify = Object::new().unchecked_into();
    object.set_kind(&kind(verification.public_key.key_type(), verification.scheme));
    object.set_bytes(bytes);
    object.set_message_length(verification.message.len());
    object.set_signature_length(verification.signature.len());
    object.set_spki_length(verification.public_key.spki().len());
    match verification.public_key.numbers() {
        Some(Numbers::Point(point)) => object.set_point_length(point.len()),
        Some(Numbers::Rsa { modulus, exponent }) => {
            object.set_modulus(modulus.into());
            object.set_exponent(exponent.into());
        }
        None => {}
    }
    object.into()
}

/// The two as a string of JavaScript's, made once for those that follow each other.
fn kind(key: KeyType, scheme: Scheme) -> JsValue {
    thread_local! {
        static LAST: RefCell<Option<(KeyType, Scheme, JsValue)>> = const { RefCell::new(None) };
    }
    LAST.with_borrow_mut(|last| match last {
        Some((known_key, known_scheme, kind)) if (*known_key, *known_scheme) == (key, scheme) => kind.clone(),
        _ => {
            let kind = JsValue::from(format!("{} {}", key.name(), scheme.code()));
            *last = Some((key, scheme, kind.clone()));
            kind
        }
    })
}
