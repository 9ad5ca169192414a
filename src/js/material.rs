//! PEM and DER from JavaScript: strings and bytes.

use js_sys::{ArrayBuffer, JsString, Reflect, Symbol, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use zeroize::Zeroizing;

use super::object::wrong_type;
use crate::error::{Error, ErrorKind, Result};

/// The same bound as in `pem`, here before anything is copied into the wasm's memory.
const MAX_LENGTH: u32 = 8 << 20;

/// A string as UTF-8, a `Uint8Array` (a Node `Buffer` is one) or an `ArrayBuffer`. Wiped when dropped: it may be a key.
pub(super) fn bytes(value: &JsValue) -> Result<Zeroizing<Vec<u8>>> {
    if let Some(text) = value.dyn_ref::<JsString>() {
        within(text.length())?;
        return Ok(Zeroizing::new(value.as_string().unwrap_or_default().into_bytes()));
    }
    let length = byte_length(value)
        .ok_or_else(|| wrong_type(value, "PEM as a string, or PEM or DER as bytes (a Uint8Array)"))?;
    within(length)?;
    // Also what is left of bytes that were transferred to a worker, which can't be copied.
    if length == 0 {
        return Ok(Zeroizing::new(Vec::new()));
    }
    Ok(Zeroizing::new(Uint8Array::new(value).to_vec()))
}

/// A typed array of single bytes or a buffer, of any realm: in test runners and frames, a `Buffer` is no instance of this
/// realm's `Uint8Array`.
pub(super) fn is_bytes(value: &JsValue) -> bool {
    let size = || Reflect::get(value, &"BYTES_PER_ELEMENT".into()).ok().and_then(|size| size.as_f64());
    if ArrayBuffer::is_view(value) { size() == Some(1.0) } else { is_buffer(value) }
}

fn is_buffer(value: &JsValue) -> bool {
    let tag = || Reflect::get(value, &Symbol::to_string_tag()).ok().and_then(|tag| tag.as_string());
    value.is_object() && tag().is_some_and(|tag| ["ArrayBuffer", "SharedArrayBuffer"].contains(&tag.as_str()))
}

/// How many they are, if it is bytes.
pub(super) fn byte_length(value: &JsValue) -> Option<u32> {
    if !is_bytes(value) {
        return None;
    }
    let length = Reflect::get(value, &"byteLength".into()).ok().and_then(|length| length.as_f64());
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Some(length.unwrap_or_default().min(f64::from(u32::MAX)) as u32)
}

fn within(length: u32) -> Result<()> {
    if length <= MAX_LENGTH {
        return Ok(());
    }
    Err(Error::new(ErrorKind::InvalidPem, format!("is {length} long; at most 8 MiB are read")))
}
