//! Which alternative names a certificate gets, from its common name, its role, and what was listed.
//!
//! Verifiers look at alternative names alone: a server without any is refused by Chromium and rustls, a client without
//! any by Python's cryptography. So the common name is always among them where it can be one.

use crate::alt_name::AltName;
use crate::error::{At, Error, ErrorKind, Result};
use crate::profile::Profile;

/// The names that a request asks for. Nothing of the caller's is dropped; a common name that is a name is added.
///
/// # Errors
/// A server whose common name is no host name (at `subject.commonName`): nobody could reach it under it.
pub(crate) fn requested(
    common_name: Option<&str>,
    listed: Option<&[AltName]>,
    profile: Option<Profile>,
) -> Result<Vec<AltName>> {
    match profile {
        Some(Profile::Authority) => Ok(listed.unwrap_or_default().to_vec()),
        Some(profile) if profile.serves() => server(common_name, listed, Strictness::CommonNameMustServe),
        Some(_) => with_common_name(common_name, listed.unwrap_or_default()),
        // It may yet become a server's.
        None => Ok(with_loopback(with_common_name(common_name, listed.unwrap_or_default())?, listed)),
    }
}

/// The names of a certificate that is issued over a request's own subject: the caller's, else the request's, and the
/// common name. Over a subject of the caller's, they are as [`requested`].
pub(crate) fn issued(
    common_name: Option<&str>,
    listed: Option<&[AltName]>,
    profile: Profile,
) -> Result<Vec<AltName>> {
    match profile {
        Profile::Authority => Ok(listed.unwrap_or_default().to_vec()),
        // The common name is the request's, not the caller's: "Bob's server" is fine beside real names.
        profile if profile.serves() => server(common_name, listed, Strictness::AnyNameWillDo),
        _ => with_common_name(common_name, listed.unwrap_or_default()),
    }
}

/// A subject without attributes needs alternative names (RFC 5280 section 4.1.2.6).
pub(crate) fn require_some(subject_is_empty: bool, alt_names: &[AltName]) -> Result<()> {
    if subject_is_empty && alt_names.is_empty() {
        return Err(Error::new(
            ErrorKind::InvalidSubject,
            "is empty and there are no alternative names; give a commonName",
        ));
    }
    Ok(())
}

#[derive(PartialEq)]
enum Strictness {
    CommonNameMustServe,
    AnyNameWillDo,
}

fn server(
    common_name: Option<&str>,
    listed: Option<&[AltName]>,
    strictness: Strictness,
) -> Result<Vec<AltName>> {
    let names = with_common_name(common_name, listed.unwrap_or_default())?;
    if let Some(common_name) = common_name
        && (strictness == Strictness::CommonNameMustServe || !names.iter().any(AltName::is_host))
    {
        host_name(common_name).at("subject.commonName")?;
    }
    if !names.iter().any(AltName::is_host) {
        return Err(Error::new(
            ErrorKind::InvalidAltName,
            "holds no DNS name or IP address, and a server is called by one; list them in altNames",
        )
        .at("altNames"));
    }
    Ok(with_loopback(names, listed))
}

/// `localhost` alone is also called by its addresses, unless names were listed.
fn with_loopback(mut names: Vec<AltName>, listed: Option<&[AltName]>) -> Vec<AltName> {
    if listed.unwrap_or_default().is_empty() && names == [AltName::Dns("localhost".to_owned())] {
        names.extend(AltName::loopback());
    }
    names
}

/// The common name of a server, which is a DNS name or an IP address.
fn host_name(common_name: &str) -> Result<()> {
    let fault = match AltName::classify(common_name) {
        Ok(name) if name.is_host() => return Ok(()),
        Ok(_) => "is no host name".to_owned(),
        Err(error) => error.message().to_owned(),
    };
    let remedy = "give the DNS name or IP address by which clients call the server";
    Err(Error::new(ErrorKind::InvalidAltName, format!("{fault}; {remedy}")))
}

/// More names than this are an attack on whoever compares them, not a server's.
const MAX_NAMES: usize = 1000;

fn with_common_name(common_name: Option<&str>, listed: &[AltName]) -> Result<Vec<AltName>> {
    if listed.len() > MAX_NAMES {
        let message = format!("holds {} names; a certificate gets at most {MAX_NAMES} here", listed.len());
        return Err(Error::new(ErrorKind::InvalidAltName, message).at("altNames"));
    }
    let own = common_name.and_then(|name| AltName::classify(name).ok());
    let mut names: Vec<AltName> = Vec::new();
    for name in own.iter().chain(listed) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(names: &[AltName]) -> String {
        format!("{names:?}")
    }

    #[test]
    fn localhost_gets_its_addresses_unless_names_are_listed() {
        let alone = issued(Some("localhost"), None, Profile::Server).unwrap();
        assert_eq!(text(&alone), r#"[Dns("localhost"), Ip(127.0.0.1), Ip(::1)]"#);
        let listed = [AltName::dns("bob.example").unwrap()];
        let both = issued(Some("localhost"), Some(&listed), Profile::Server).unwrap();
        assert_eq!(text(&both), r#"[Dns("localhost"), Dns("bob.example")]"#);
        assert_eq!(text(&issued(Some("localhost"), None, Profile::Client).unwrap()), r#"[Dns("localhost")]"#);
    }

    #[test]
    fn a_client_is_called_by_a_common_name_that_can_be_a_name() {
        let names = |name| issued(Some(name), None, Profile::Client).unwrap();
        assert_eq!(text(&names("amy-client")), r#"[Dns("amy-client")]"#);
        assert_eq!(text(&names("amy@example.com")), r#"[Email("amy@example.com")]"#);
        assert_eq!(text(&names("Amy Smith")), "[]");
    }

    #[test]
    fn a_server_needs_a_host_name() {
        let error = requested(Some("ex ample.com"), None, Some(Profile::Server)).unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidAltName, Some("subject.commonName")));
        let error = issued(None, None, Profile::Server).unwrap_err();
        assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidAltName, Some("altNames")));
        let listed = [AltName::dns("bob.example").unwrap()];
        assert!(issued(Some("Bob's server"), Some(&listed), Profile::Server).is_ok());
        assert!(requested(Some("Bob's server"), Some(&listed), Some(Profile::Server)).is_err());
    }
}
