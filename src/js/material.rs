//! PEM and DER from JavaScript: strings, bytes, and private keys with their passphrase.

use js_sys::{ArrayBuffer, JsString, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use zeroize::Zeroizing;

use super::object::{OptionsObject, string, unreadable, wrong_type};
use crate::authority::{Authority, AuthorityCertificate};
use crate::error::{At, Error, ErrorKind, Result};
use crate::key::PrivateKey;

/// The same bound as in `pem`, here before anything is copied into the wasm's memory.
const MAX_LENGTH: u32 = 1 << 20;

/// A string as UTF-8, or a `Uint8Array` (a Node `Buffer` is one). Wiped when dropped: it may be a key.
pub(super) fn bytes(value: &JsValue) -> Result<Zeroizing<Vec<u8>>> {
    if let Some(text) = value.dyn_ref::<JsString>() {
        within(text.length())?;
        return Ok(Zeroizing::new(value.as_string().unwrap_or_default().into_bytes()));
    }
    if !is_bytes(value) {
        return Err(wrong_type(value, "PEM as a string, or PEM or DER as a Uint8Array"));
    }
    let length = Reflect::get(value, &"length".into()).ok().and_then(|length| length.as_f64());
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    within(length.unwrap_or_default().min(f64::from(u32::MAX)) as u32)?;
    Ok(Zeroizing::new(Uint8Array::new(value).to_vec()))
}

/// A typed array of single bytes, of any realm: in test runners and frames, a `Buffer` is no instance of this realm's
/// `Uint8Array`.
fn is_bytes(value: &JsValue) -> bool {
    let size = || Reflect::get(value, &"BYTES_PER_ELEMENT".into()).ok().and_then(|size| size.as_f64());
    ArrayBuffer::is_view(value) && size() == Some(1.0)
}

/// A private key: PEM, DER or the text of a JWK; `{ pem, passphrase }`; or `{ jwk }` with the JWK as an object.
pub(super) fn private_key(value: &JsValue) -> Result<PrivateKey> {
    if value.is_string() || is_bytes(value) {
        return PrivateKey::read(&bytes(value)?, None);
    }
    if !value.is_object() {
        return Err(wrong_type(value, "a private key as PEM or DER, { pem, passphrase } or { jwk }"));
    }
    let object = OptionsObject::read(value, &["pem", "passphrase", "jwk"])?;
    if let Some(jwk) = object.get("jwk")? {
        for key in ["pem", "passphrase"] {
            if object.get(key)?.is_some() {
                let message =
                    "is given beside jwk, which is a key without a passphrase; leave one of them out";
                return Err(Error::new(ErrorKind::ConflictingOptions, message).at(key));
            }
        }
        return json(&jwk).and_then(|text| PrivateKey::read(&text, None)).at("jwk");
    }
    let pem = object.required("pem", bytes)?;
    let passphrase = object.optional("passphrase", string)?.map(Zeroizing::new);
    PrivateKey::read(&pem, passphrase.as_ref().map(|passphrase| passphrase.as_str()))
}

/// An object as JSON text, which the core reads.
fn json(value: &JsValue) -> Result<Zeroizing<Vec<u8>>> {
    if !value.is_object() {
        return Err(wrong_type(value, "a JSON Web Key as an object; its text goes where PEM goes"));
    }
    // Cycles, bigints and getters that throw.
    let text = js_sys::JSON::stringify(value).ok().filter(|text| text.is_string()).ok_or_else(unreadable)?;
    within(text.length())?;
    Ok(Zeroizing::new(String::from(text).into_bytes()))
}

/// `{ certificate, privateKey }` of an authority.
pub(super) fn authority(value: &JsValue) -> Result<Authority> {
    // The result of createAuthority may be handed in as it is.
    let object = OptionsObject::read(value, &["certificate", "privateKey", "details"])?;
    let key = object.required("privateKey", private_key)?;
    let read = |value: &JsValue| AuthorityCertificate::read_for(&bytes(value)?, key.public_key());
    Authority::new(object.required("certificate", read)?, key)
}

fn within(length: u32) -> Result<()> {
    if length <= MAX_LENGTH {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::InvalidPem,
        format!("is {length} long; no certificate, request or key is over 1 MiB"),
    ))
}
