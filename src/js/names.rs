//! Subjects, alternative names, validity and parties from JavaScript.

use js_sys::{Array, Function, Reflect};
use time::OffsetDateTime;
use wasm_bindgen::{JsCast, JsValue};

use super::object::{OptionsObject, array, integer, string, wrong_type};
use crate::alt_name::AltName;
use crate::error::{At, Error, ErrorKind, Result};
use crate::mutual_tls::Party;
use crate::name::{AttributeType, Subject};
use crate::validity::{ValidityRequest, date_from_millis, parse_date};

/// `Subject`: each attribute a string, those that repeat also an array.
pub(super) fn subject(value: &JsValue) -> Result<Subject> {
    let known: Vec<_> = AttributeType::ALL.iter().map(|attribute| attribute.option()).collect();
    if !value.is_object() {
        return Err(wrong_type(value, "an object such as { commonName: \"localhost\" }"));
    }
    let object = OptionsObject::read(value, &known)?;
    let mut subject = Subject::default();
    for attribute in AttributeType::ALL.iter().copied() {
        let option = attribute.option();
        let Some(value) = object.get(option)? else { continue };
        if attribute.repeats() && Array::is_array(&value) {
            for (index, text) in array(&value, string).at(option)?.into_iter().enumerate() {
                let path = format!("{option}[{index}]");
                subject
                    .push(attribute, &text)
                    .map_err(|error| Error::new(error.kind(), error.message()).at(&path))?;
            }
        } else {
            subject.push(attribute, &string(&value).at(option)?)?;
        }
    }
    Ok(subject)
}

/// `AltName[]`.
pub(super) fn alt_names(value: &JsValue) -> Result<Vec<AltName>> {
    array(value, alt_name)
}

fn alt_name(value: &JsValue) -> Result<AltName> {
    const KINDS: &[&str] = &["dns", "ip", "email", "uri"];
    if let Some(text) = value.as_string() {
        return AltName::classify(&text);
    }
    if !value.is_object() {
        return Err(wrong_type(value, "a string, or one of { dns }, { ip }, { email }, { uri }"));
    }
    let object = OptionsObject::read(value, KINDS)?;
    let mut given = Vec::new();
    for kind in KINDS {
        if let Some(text) = object.optional(kind, string)? {
            given.push((*kind, text));
        }
    }
    match given.as_slice() {
        [(kind, text)] => match *kind {
            "dns" => AltName::dns(text),
            "ip" => AltName::ip(text),
            "email" => AltName::email(text),
            _ => AltName::uri(text),
        }
        .at(kind),
        [] => Err(Error::new(
            ErrorKind::MissingOption,
            "is empty; give one of { dns }, { ip }, { email }, { uri }",
        )),
        _ => Err(Error::new(
            ErrorKind::ConflictingOptions,
            "names several kinds at once; give an entry for each",
        )),
    }
}

/// `Validity`.
pub(super) fn validity(value: &JsValue) -> Result<ValidityRequest> {
    let object = OptionsObject::read(value, &["days", "notBefore", "notAfter"])?;
    Ok(ValidityRequest {
        days: object.optional("days", days)?,
        not_before: object.optional("notBefore", date)?,
        not_after: object.optional("notAfter", date)?,
    })
}

/// Days, as far as X.509's years reach.
pub(super) fn days(value: &JsValue) -> Result<u32> {
    const DAYS_TO_THE_YEAR_9999: u32 = 2_950_000;
    integer(value, ErrorKind::InvalidValidity, 1..=DAYS_TO_THE_YEAR_9999)
}

fn date(value: &JsValue) -> Result<OffsetDateTime> {
    if value.is_string() {
        return parse_date(&string(value)?);
    }
    match time_of(value) {
        Some(millis) => date_from_millis(millis),
        None => Err(wrong_type(value, "a Date, or a string such as 2027-01-31")),
    }
}

/// What a `Date` of any realm says by its `getTime`.
fn time_of(value: &JsValue) -> Option<f64> {
    let get_time = Reflect::get(value, &"getTime".into()).ok()?;
    get_time.dyn_ref::<Function>()?.call0(value).ok()?.as_f64()
}

/// `Party`, with what it is where nothing is said.
pub(super) struct PartyDefaults {
    pub common_name: Option<&'static str>,
    pub file_name: Option<&'static str>,
    /// An authority is not called by any name.
    pub takes_alt_names: bool,
}

pub(super) fn party(value: &JsValue, defaults: &PartyDefaults) -> Result<Party> {
    let object = OptionsObject::read(value, &["commonName", "altNames", "name"])?;
    let common_name = match (object.optional("commonName", string)?, defaults.common_name) {
        (Some(name), _) => name,
        (None, Some(name)) => name.to_owned(),
        (None, None) => object.required("commonName", string)?,
    };
    let file_name = object.optional("name", string)?;
    let alt_names = object.optional("altNames", alt_names)?;
    if alt_names.is_some() && !defaults.takes_alt_names {
        return Err(Error::new(
            ErrorKind::ConflictingOptions,
            "is for servers and clients; an authority is not called by any name",
        )
        .at("altNames"));
    }
    Party::new(&common_name, file_name.as_deref().or(defaults.file_name), alt_names)
}
