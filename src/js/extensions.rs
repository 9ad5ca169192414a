//! The options that add to a certificate: key usages, name constraints, revocation lists, policies, and any extension.

use wasm_bindgen::JsValue;

use super::names::{alt_name_of_kind, subject};
use super::object::{OptionsObject, array, boolean, der, is_array, string, wrong_type};
use crate::alt_name::check_location;
use crate::copying::Copied;
use crate::error::{Error, ErrorKind, Result};
use crate::extension::{
    ExtendedKeyUsage, Extension, ExtensionOptions, KeyUsage, NameConstraints, Policy, Subtree,
};

/// The names of these options, for functions that take them.
pub(super) const EXTENSION_OPTIONS: &[&str] = &[
    "keyUsage",
    "extendedKeyUsage",
    "nameConstraints",
    "crlDistributionPoints",
    "authorityInfoAccess",
    "certificatePolicies",
    "extensions",
];

pub(super) fn extension_options(object: &OptionsObject) -> Result<ExtensionOptions> {
    let (ocsp, ca_issuers) =
        object.optional("authorityInfoAccess", authority_info_access)?.unwrap_or_default();
    Ok(ExtensionOptions {
        key_usage: object.optional("keyUsage", |value| {
            let usages = some_of(value, |value| KeyUsage::from_name(&string(value)?))?;
            KeyUsage::check(&usages).map(|()| usages)
        })?,
        extended_key_usage: object.optional("extendedKeyUsage", |value| {
            some_of(value, |value| ExtendedKeyUsage::from_name(&string(value)?))
        })?,
        name_constraints: object.optional("nameConstraints", name_constraints)?,
        crl_distribution_points: object.optional("crlDistributionPoints", uris)?.unwrap_or_default(),
        ocsp,
        ca_issuers,
        certificate_policies: object
            .optional("certificatePolicies", |value| array(value, policy))?
            .unwrap_or_default(),
        extensions: object.optional("extensions", |value| array(value, extension))?.unwrap_or_default(),
    })
}

/// `copy`: what is taken from a request.
pub(super) fn copy(value: &JsValue) -> Result<Vec<Copied>> {
    array(value, |value| Copied::from_name(&string(value)?))
}

/// An array that is not empty: an extension without content is none. And not so long that looking for twins would take long.
fn some_of<T: PartialEq>(value: &JsValue, read: impl Fn(&JsValue) -> Result<T>) -> Result<Vec<T>> {
    const MAX_USAGES: usize = 100;
    let all = array(value, read)?;
    if all.len() > MAX_USAGES {
        let message = format!("holds {} usages; a certificate gets at most {MAX_USAGES}", all.len());
        return Err(Error::new(ErrorKind::InvalidOption, message));
    }
    if all.is_empty() {
        return Err(Error::new(
            ErrorKind::InvalidOption,
            "is empty; list what the key may do, or leave it out",
        ));
    }
    distinct(all)
}

/// The list, if it holds nothing twice: an extension may not.
fn distinct<T: PartialEq>(all: Vec<T>) -> Result<Vec<T>> {
    let twice =
        all.iter().enumerate().find(|(index, one)| all.iter().take(*index).any(|other| other == *one));
    match twice {
        Some((index, _)) => {
            let error = Error::new(ErrorKind::ConflictingOptions, "is given twice; leave one of them out");
            Err(error.at(&format!("[{index}]")))
        }
        None => Ok(all),
    }
}

fn name_constraints(value: &JsValue) -> Result<NameConstraints> {
    let object = OptionsObject::read(value, &["permitted", "excluded"])?;
    let list = |key| object.optional(key, |value| array(value, subtree)).map(Option::unwrap_or_default);
    NameConstraints::new(list("permitted")?, list("excluded")?)
}

fn subtree(value: &JsValue) -> Result<Subtree> {
    const KINDS: &[&str] = &["dns", "ip", "email", "uri", "directoryName"];
    if value.is_string() {
        return Subtree::classify(&string(value)?);
    }
    alt_name_of_kind(value, KINDS, |kind, value| match kind {
        "directoryName" => Subtree::directory(&subject(value)?),
        "dns" => Subtree::dns(&string(value)?),
        "ip" => Subtree::ip(&string(value)?),
        "email" => Subtree::email(&string(value)?),
        _ => Subtree::uri(&string(value)?),
    })
}

fn authority_info_access(value: &JsValue) -> Result<(Vec<String>, Vec<String>)> {
    let object = OptionsObject::read(value, &["ocsp", "caIssuers"])?;
    let list = |key| object.optional(key, uris).map(Option::unwrap_or_default);
    Ok((list("ocsp")?, list("caIssuers")?))
}

/// A URI, or an array of them.
fn uris(value: &JsValue) -> Result<Vec<String>> {
    if !value.is_string() && !is_array(value) {
        return Err(wrong_type(value, "a URI, or an array of URIs"));
    }
    if value.is_string() { Ok(vec![uri(value)?]) } else { array(value, uri) }
}

fn uri(value: &JsValue) -> Result<String> {
    let text = string(value)?;
    match check_location(&text) {
        Ok(()) => Ok(text),
        Err(error) => Err(Error::new(ErrorKind::InvalidOption, error.message().to_owned())),
    }
}

/// `"1.2.3"`, or `{ oid, cps }`.
fn policy(value: &JsValue) -> Result<Policy> {
    if value.is_string() {
        return Policy::new(&string(value)?, None).map_err(|error| error.of_no_field());
    }
    let object = OptionsObject::read(value, &["oid", "cps"])?;
    let cps = object.optional("cps", string)?;
    Policy::new(&object.required("oid", string)?, cps.as_deref())
}

fn extension(value: &JsValue) -> Result<Extension> {
    let object = OptionsObject::read(value, &["oid", "critical", "value"])?;
    let critical = object.optional("critical", boolean)?.unwrap_or_default();
    Extension::new(&object.required("oid", string)?, critical, &object.required("value", der)?)
}
