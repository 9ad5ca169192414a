//! Options objects: read by name, with the path of what is wrong, and no key that nobody knows.
//!
//! Not serde: serde-wasm-bindgen ignores `deny_unknown_fields`, and its errors do not say where they are.

use std::ops::RangeInclusive;

use js_sys::{JsString, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};

use super::material::{byte_length, bytes};

use crate::error::{At, Error, ErrorKind, Result};
use crate::hexadecimal;

/// A plain object whose keys are all known.
pub(super) struct OptionsObject {
    /// The options that are there, each read once: a getter can't say one thing now and another later, and what is absent costs
    /// nothing.
    entries: Vec<(String, JsValue)>,
}

impl OptionsObject {
    /// Reads `value`; `undefined` and `null` are an object without keys.
    pub(super) fn read(value: &JsValue, known: &[&str]) -> Result<Self> {
        Self::read_with(value, known, &[], |_| false)
    }

    /// The same, where `ignored` may be there and are not looked at: reading them could take long.
    pub(super) fn read_beside(value: &JsValue, known: &[&str], ignored: &[&str]) -> Result<Self> {
        Self::read_with(value, known, ignored, |_| false)
    }

    /// The same, where keys that `also` takes are known too.
    pub(super) fn read_open(value: &JsValue, known: &[&str], also: fn(&str) -> bool) -> Result<Self> {
        Self::read_with(value, known, &[], also)
    }

    fn read_with(value: &JsValue, known: &[&str], ignored: &[&str], also: fn(&str) -> bool) -> Result<Self> {
        if value.is_undefined() || value.is_null() {
            return Ok(Self { entries: Vec::new() });
        }
        if !is_plain(value) {
            return Err(Error::new(
                ErrorKind::InvalidType,
                format!("is {}; give a plain object with the options {}", type_of(value), known.join(", ")),
            ));
        }
        let mut entries = Vec::new();
        for name in Reflect::own_keys(value).map_err(|_| unreadable())?.iter() {
            let key = name.as_string().unwrap_or_else(|| "[symbol]".to_owned());
            if ignored.contains(&key.as_str()) {
                continue;
            }
            if !known.contains(&key.as_str()) && !also(&key) {
                return Err(Error::new(
                    ErrorKind::UnknownOption,
                    format!("is not an option here; the options are {}", known.join(", ")),
                )
                .at(shown_name(&key)));
            }
            let option = Reflect::get(value, &name).map_err(|_| unreadable().at(&key))?;
            if !option.is_undefined() && !option.is_null() {
                entries.push((key, option));
            }
        }
        Ok(Self { entries })
    }

    /// The keys of the options that are there, in their order.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.entries.iter().map(|(key, _)| key.as_str())
    }

    /// The option's value, unless it is absent, `undefined` or `null`.
    pub(super) fn get(&self, key: &str) -> Option<&JsValue> {
        self.entries.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// An option read by `read`, with its path on any error.
    pub(super) fn optional<T>(
        &self,
        key: &str,
        read: impl FnOnce(&JsValue) -> Result<T>,
    ) -> Result<Option<T>> {
        self.get(key).map(|value| read(value).at(key)).transpose()
    }

    /// The same for one that must be there.
    pub(super) fn required<T>(&self, key: &str, read: impl FnOnce(&JsValue) -> Result<T>) -> Result<T> {
        self.optional(key, read)?
            .ok_or_else(|| Error::new(ErrorKind::MissingOption, "is missing; this function needs it").at(key))
    }
}

/// The name of an option that there is not, if it may be a name: it could also be a key that came to the wrong place.
fn shown_name(name: &str) -> &str {
    let is_name = name.len() <= 40
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.$[]".contains(&byte));
    if is_name { name } else { "[a name that is none]" }
}

/// A string, of a length that an option may have; PEM is read by `material`.
pub(super) fn string(value: &JsValue) -> Result<String> {
    const MAX_LENGTH: u32 = 10_000;
    let text: &JsString = value.dyn_ref().ok_or_else(|| wrong_type(value, "a string"))?;
    if text.length() > MAX_LENGTH {
        let message = format!("is {} characters long; no option takes more than {MAX_LENGTH}", text.length());
        return Err(Error::new(ErrorKind::InvalidOption, message));
    }
    let text = value.as_string().ok_or_else(|| wrong_type(value, "a string"))?;
    // What has no UTF-8 becomes U+FFFD on the way.
    if text.contains(char::REPLACEMENT_CHARACTER) && JsValue::from_str(&text) != *value {
        let message = "holds half of a character (a lone surrogate), which no certificate can hold";
        return Err(Error::new(ErrorKind::InvalidOption, message));
    }
    Ok(text)
}

/// An object of `{}` or of `Object.create(null)`, of any realm. Not a Date, Map or Promise, whose content would be
/// passed over in silence.
pub(super) fn is_plain(value: &JsValue) -> bool {
    if !value.is_object() || is_array(value) {
        return false;
    }
    let prototype = |of: &JsValue| match Reflect::get_prototype_of(of) {
        Ok(prototype) => Some(JsValue::from(prototype)),
        Err(_) => None,
    };
    match prototype(value) {
        Some(first) if first.is_null() => true,
        Some(first) => prototype(&first).is_some_and(|second| second.is_null()),
        None => false,
    }
}

pub(super) fn unreadable() -> Error {
    Error::new(ErrorKind::InvalidType, "can't be read: reading it threw an error of its own")
}

/// `true` or `false`.
pub(super) fn boolean(value: &JsValue) -> Result<bool> {
    value.as_bool().ok_or_else(|| wrong_type(value, "true or false"))
}

/// DER: bytes, or hexadecimal digits as `inspect` shows them (`0C:01:41`).
pub(super) fn der(value: &JsValue) -> Result<Vec<u8>> {
    const MAX_BYTES: u32 = 64 << 10;
    let too_long =
        || Error::new(ErrorKind::InvalidOption, "is longer than the 64 KiB that a value may have here");
    let Some(text) = value.dyn_ref::<JsString>() else {
        let length = byte_length(value)
            .ok_or_else(|| wrong_type(value, "DER as a Uint8Array or as hexadecimal digits"))?;
        return if length > MAX_BYTES { Err(too_long()) } else { Ok(bytes(value)?.to_vec()) };
    };
    // Two digits and a colon each.
    if text.length() > 3 * MAX_BYTES {
        return Err(too_long());
    }
    let text = value.as_string().unwrap_or_default();
    let octets = hexadecimal::read(&text).ok_or_else(|| {
        Error::new(
            ErrorKind::InvalidOption,
            "is not hexadecimal; write DER as 0C:01:41, or give a Uint8Array",
        )
    })?;
    if octets.len() > MAX_BYTES as usize { Err(too_long()) } else { Ok(octets) }
}

/// A whole number of a range.
pub(super) fn integer(value: &JsValue, kind: ErrorKind, range: RangeInclusive<u32>) -> Result<u32> {
    let number = value.as_f64().ok_or_else(|| wrong_type(value, "a number"))?;
    let (min, max) = (*range.start(), *range.end());
    if number.fract() != 0.0 || !(f64::from(min)..=f64::from(max)).contains(&number) {
        let shown = shown(number);
        return Err(Error::new(kind, format!("is {shown}; give a whole number from {min} to {max}")));
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    Ok(number as u32)
}

/// A number as JavaScript writes it: `1e+300` and not its 301 digits.
fn shown(number: f64) -> String {
    let text = js_sys::Number::from(number).to_string_with_radix(10);
    text.ok()
        .and_then(|text| text.as_string())
        .filter(|_| !number.is_nan())
        .unwrap_or_else(|| "no number".to_owned())
}

/// An array, each element read with its index on any error.
pub(super) fn array<T>(value: &JsValue, mut read: impl FnMut(&JsValue) -> Result<T>) -> Result<Vec<T>> {
    let mut all = Vec::new();
    for_each(value, &mut |element| read(element).map(|one| all.push(one)))?;
    Ok(all)
}

/// The part of it that is the same for every type.
fn for_each(value: &JsValue, take: &mut dyn FnMut(&JsValue) -> Result<()>) -> Result<()> {
    if !is_array(value) {
        return Err(wrong_type(value, "an array"));
    }
    const MAX_LENGTH: u32 = 100_000;
    // By reflection: the length of a Proxy's can throw.
    let length = Reflect::get(value, &"length".into()).ok().and_then(|length| length.as_f64());
    let length = length.ok_or_else(unreadable)?;
    if length > f64::from(MAX_LENGTH) {
        let message = format!("has {} elements; at most {MAX_LENGTH} are taken", shown(length));
        return Err(Error::new(ErrorKind::InvalidOption, message));
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let length = length as u32;
    for index in 0..length {
        let element = Reflect::get_u32(value, index).map_err(|_| unreadable());
        element.and_then(|element| take(&element)).map_err(|error| error.at(&format!("[{index}]")))?;
    }
    Ok(())
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Array, js_name = isArray, catch)]
    fn array_is_array(value: &JsValue) -> std::result::Result<bool, JsValue>;
}

/// `Array.isArray`, which throws for a revoked Proxy.
pub(super) fn is_array(value: &JsValue) -> bool {
    array_is_array(value).unwrap_or_default()
}

pub(super) fn wrong_type(value: &JsValue, wanted: &str) -> Error {
    Error::new(ErrorKind::InvalidType, format!("is {}; give {wanted}", type_of(value)))
}

/// What a value is, in words, without showing it: it might be a key.
fn type_of(value: &JsValue) -> String {
    if is_array(value) {
        return "an array".to_owned();
    }
    match value.js_typeof().as_string().as_deref() {
        _ if value.is_null() => "null",
        Some("undefined") => "undefined",
        Some("object") => return class_of(value),
        Some("function") => "a function",
        Some("boolean") => "a boolean",
        Some("bigint") => "a bigint",
        Some("symbol") => "a symbol",
        Some("number") => "a number",
        Some("string") => "a string",
        _ => "of an unknown type",
    }
    .to_owned()
}

/// The class of an object, as far as it says so.
fn class_of(value: &JsValue) -> String {
    let of = |value: &JsValue, key: &str| Reflect::get(value, &key.into()).ok();
    let name = of(value, "constructor").and_then(|class| of(&class, "name")?.as_string());
    match name.as_deref() {
        Some("Promise") => "a Promise that was not awaited".to_owned(),
        Some(name) if !["", "Object"].contains(&name) && name == shown_name(name) => {
            format!("an object of the class {name}")
        }
        _ => "an object".to_owned(),
    }
}
