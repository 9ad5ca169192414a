//! Subjects, alternative names, validity and parties from JavaScript.

use js_sys::{Function, Reflect};
use time::OffsetDateTime;
use wasm_bindgen::{JsCast, JsValue};

use super::object::{OptionsObject, array, der, integer, is_array, string, wrong_type};
use crate::alt_name::AltName;
use crate::error::{At, Error, ErrorKind, Result};
use crate::mutual_tls::Party;
use crate::name::{Attribute, AttributeType, Subject};
use crate::oid;
use crate::validity::{ValidityRequest, date_from_millis, parse_date};

/// `Subject`: RFC 4514 or OpenSSL's text, an object of attributes, or an array of relative names in their order.
pub(super) fn subject(value: &JsValue) -> Result<Subject> {
    if value.is_string() {
        return Subject::parse(&string(value)?);
    }
    if is_array(value) {
        let mut subject = Subject::default();
        for (index, attributes) in array(value, relative_name)?.into_iter().enumerate() {
            subject.push_relative_name(attributes).at(&format!("[{index}]"))?;
        }
        return Ok(subject);
    }
    if !value.is_object() {
        return Err(wrong_type(
            value,
            "an object such as { commonName: \"localhost\" }, or a text such as CN=localhost",
        ));
    }
    let (object, options) = attributes_object(value)?;
    let mut subject = Subject::default();
    for option in &options {
        let Some(value) = object.get(option) else { continue };
        let repeats = AttributeType::from_name(option).is_none_or(AttributeType::repeats);
        if repeats && is_array(value) {
            for (index, text) in array(value, string).at(option)?.iter().enumerate() {
                let path = format!("{option}[{index}]");
                let made = attribute(option, text).map_err(|error| error.of_no_field().at(&path))?;
                subject.push_relative_name(vec![made])?;
            }
        } else {
            subject.push_relative_name(vec![attribute(option, &string(value).at(option)?)?])?;
        }
    }
    Ok(subject)
}

/// One relative name of several attributes.
fn relative_name(value: &JsValue) -> Result<Vec<Attribute>> {
    if !value.is_object() {
        return Err(wrong_type(value, "an object such as { commonName: \"localhost\" }"));
    }
    let (object, options) = attributes_object(value)?;
    let mut attributes = Vec::new();
    for option in &options {
        if let Some(text) = object.optional(option, string)? {
            attributes.push(attribute(option, &text)?);
        }
    }
    Ok(attributes)
}

/// The object, and its attributes in the order in which a certificate holds them: the known ones, then those by OID.
fn attributes_object(value: &JsValue) -> Result<(OptionsObject, Vec<String>)> {
    let known: Vec<_> = AttributeType::ALL.iter().map(|attribute| attribute.option()).collect();
    let object = OptionsObject::read_open(value, &known, oid::looks_like_one)?;
    let known = known.into_iter().filter(|key| object.get(key).is_some());
    let by_oid = object.keys().filter(|key| oid::looks_like_one(key));
    let options = known.chain(by_oid).map(str::to_owned).collect();
    Ok((object, options))
}

fn attribute(option: &str, text: &str) -> Result<Attribute> {
    match AttributeType::from_name(option) {
        Some(known) => Attribute::new(known, text),
        None => Attribute::by_oid(option, text),
    }
}

/// `AltName[]`.
pub(super) fn alt_names(value: &JsValue) -> Result<Vec<AltName>> {
    array(value, alt_name)
}

fn alt_name(value: &JsValue) -> Result<AltName> {
    const KINDS: &[&str] =
        &["dns", "ip", "email", "uri", "upn", "registeredId", "directoryName", "otherName"];
    if value.is_string() {
        return AltName::classify(&string(value)?);
    }
    alt_name_of_kind(value, KINDS, |kind, value| match kind {
        "directoryName" => AltName::directory(&subject(value)?),
        "otherName" => {
            let object = OptionsObject::read(value, &["oid", "value"])?;
            AltName::other(&object.required("oid", string)?, &object.required("value", der)?)
        }
        "dns" => AltName::dns(&string(value)?),
        "ip" => AltName::ip(&string(value)?),
        "email" => AltName::email(&string(value)?),
        "upn" => AltName::upn(&string(value)?),
        "registeredId" => AltName::registered_id(&string(value)?),
        _ => AltName::uri(&string(value)?),
    })
}

/// An object of one key, which says the kind.
pub(super) fn alt_name_of_kind<T>(
    value: &JsValue,
    kinds: &[&str],
    read: impl FnOnce(&str, &JsValue) -> Result<T>,
) -> Result<T> {
    let shown = || kinds.iter().map(|kind| format!("{{ {kind} }}")).collect::<Vec<_>>().join(", ");
    if !value.is_object() {
        return Err(wrong_type(value, &format!("a string, or one of {}", shown())));
    }
    let object = OptionsObject::read(value, kinds)?;
    let mut given = Vec::new();
    for kind in kinds {
        given.extend(object.get(kind).map(|value| (*kind, value)));
    }
    match given.as_slice() {
        [(kind, value)] => read(kind, value).at(kind),
        [] => Err(Error::new(ErrorKind::MissingOption, format!("is empty; give one of {}", shown()))),
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

pub(super) fn date(value: &JsValue) -> Result<OffsetDateTime> {
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
