//! What a certificate has of its request, as far as the authority takes it; and what is wrong with that, said of the request.

use super::IssueOptions;
use crate::alt_name::AltName;
use crate::copying::Copied;
use crate::error::{Error, ErrorKind, Result};
use crate::extension::{Extension, KeyUsage};
use crate::naming;
use crate::profile::Profile;
use crate::request::{Request, RequestedExtension};

/// The request's key usage, which may be no authority's for a leaf, and must be one's for an authority.
pub(super) fn copied_key_usage(request: &Request, profile: Profile) -> Result<Option<Vec<KeyUsage>>> {
    let Some(usages) = &request.key_usage else { return Ok(None) };
    let refuse = |message: &'static str| Err(Error::new(ErrorKind::InvalidRequest, message).at("request"));
    let signs = |usage: &KeyUsage| usage.is_an_authoritys();
    KeyUsage::check(usages).map_err(|error| of_the_request("asks for a key usage", &error))?;
    let key = request.public_key.key_type();
    if let Some(usage) = KeyUsage::impossible(usages, key) {
        let message =
            format!("asks for {usage}, which {} keys can't do; take keyUsage out of copy", key.name());
        return Err(Error::new(ErrorKind::InvalidRequest, message).at("request"));
    }
    match profile {
        Profile::Authority if !usages.iter().any(signs) => refuse(
            "asks for a key usage without keyCertSign, and is to be an authority's; take keyUsage out of copy",
        ),
        Profile::Authority => Ok(Some(usages.clone())),
        _ if usages.iter().any(|usage| usage.is_an_authoritys()) => {
            refuse("asks for an authority's key usage, and is to be a leaf's; take keyUsage out of copy")
        }
        _ => Ok(Some(usages.clone())),
    }
}

/// The extensions that the caller wants of the request by their OID, unless the caller gives them.
pub(super) fn copied_extensions(request: &Request, options: &IssueOptions) -> Result<Vec<Extension>> {
    let given = |oid: &str| options.extensions.extensions.iter().any(|one| one.oid().to_string() == oid);
    let wanted = |oid: &str| options.copies(&Copied::Extension(oid.to_owned())) && !given(oid);
    let copy = |one: &RequestedExtension| {
        Extension::copied(&one.oid, one.critical, &one.value).ok_or_else(|| {
            let message = format!("asks for an extension {} that is not DER; take it out of copy", one.oid);
            Error::new(ErrorKind::InvalidRequest, message).at("request")
        })
    };
    request.extensions.iter().filter(|one| wanted(&one.oid)).map(copy).collect()
}

/// The alternative names: the caller's, else the request's, with the common name.
pub(super) fn names(
    request: &Request,
    options: &IssueOptions,
    common_name: Option<&str>,
    profile: Profile,
) -> Result<Vec<AltName>> {
    let copies = options.copies(&Copied::AltNames);
    let listed = match &options.alt_names {
        Some(names) => names.clone(),
        // An authority is called by its subject; a request's host names mean a leaf.
        None if profile == Profile::Authority => Vec::new(),
        None if copies => request
            .alt_names
            .clone()
            .map_err(|error| of_the_request("asks for an alternative name", &error))?,
        None => Vec::new(),
    };
    match (&options.subject, &options.alt_names) {
        (Some(_), _) => naming::requested(common_name, Some(&listed), Some(profile)),
        (None, None) if copies => naming::issued(common_name, Some(&listed), profile),
        // Who lists the names, or takes none from the request, does not want the one in its common name either.
        (None, _) => naming::issued(None, Some(&listed), profile),
    }
}

/// Where the caller gave neither subject nor names, what is wrong with them is the request's.
pub(super) fn blame(error: Error, options: &IssueOptions) -> Error {
    let given = match error.field() {
        Some(field) if field.starts_with("subject") => options.subject.is_some(),
        Some(field) if field.starts_with("altNames") => {
            options.alt_names.is_some() || options.subject.is_some()
        }
        _ => true,
    };
    if given {
        return error;
    }
    let what = if error.field().is_some_and(|field| field.starts_with("subject")) {
        "has a subject"
    } else {
        "asks for a name"
    };
    of_the_request(what, &error)
}

/// What is wrong with a part of the request. Where a message speaks of the part alone, it says which.
fn of_the_request(what: &str, error: &Error) -> Error {
    let message = error.message();
    let said = if message.starts_with("is ") { format!("{what} that {message}") } else { message.to_owned() };
    Error::new(error.kind(), said).at("request")
}
