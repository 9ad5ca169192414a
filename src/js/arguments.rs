//! The options of each function, parsed to the core's types.

use std::rc::Rc;

use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

use super::authority::GivenAuthority;
use super::extensions::{EXTENSION_OPTIONS, copy, extension_options};
use super::material::bytes;
use super::names::{PartyDefaults, alt_names, days, party, subject, validity};
use super::object::{OptionsObject, array, boolean, integer, string, wrong_type};
use crate::authority::AuthorityOptions;
use crate::certificate::{IssueOptions, SerialNumber};
use crate::error::{Error, ErrorKind, Result};
use crate::key::{KeyAlgorithm, MAX_ITERATIONS, MIN_ITERATIONS};
use crate::mutual_tls::{Authorities, MutualTlsOptions, Party};
use crate::profile::Profile;
use crate::request::{Request, RequestOptions, WeakSignatures};
use crate::signature::Verification;
use crate::validity::LEAF_DAYS;

/// Options that are about the call: whose crypto, and how to stop it. `pkg/` follows them.
const CALL: &[&str] = &["crypto", "signal"];

pub(super) struct KeyPairArguments {
    pub algorithm: KeyAlgorithm,
    pub passphrase: Option<Zeroizing<String>>,
    pub iterations: Option<u32>,
    pub extractable: bool,
}

impl KeyPairArguments {
    pub(super) fn read(options: &JsValue) -> Result<Self> {
        let object = call(options, &["algorithm", "passphrase", "iterations", "extractable"])?;
        let extractable = object.optional("extractable", boolean)?.unwrap_or(true);
        let passphrase = object.optional("passphrase", string)?.map(Zeroizing::new);
        if passphrase.as_ref().is_some_and(|passphrase| passphrase.is_empty()) {
            return Err(Error::new(ErrorKind::Passphrase, "is empty; leave it out for an unencrypted key")
                .at("passphrase"));
        }
        let iterations = object.optional("iterations", |value| {
            integer(value, ErrorKind::InvalidOption, MIN_ITERATIONS..=MAX_ITERATIONS)
        })?;
        let conflict = |field: &str, message: &'static str| {
            Err(Error::new(ErrorKind::ConflictingOptions, message).at(field))
        };
        if iterations.is_some() && passphrase.is_none() {
            let message = "is of the encryption, which needs a passphrase; give one, or leave it out";
            return conflict("iterations", message);
        }
        if !extractable && passphrase.is_some() {
            return conflict(
                "passphrase",
                "is for a key that is written down, and extractable: false makes one that never is",
            );
        }
        Ok(Self {
            algorithm: object.optional("algorithm", algorithm)?.unwrap_or_default(),
            passphrase,
            iterations,
            extractable,
        })
    }
}

pub(super) struct AuthorityArguments {
    pub options: AuthorityOptions,
    pub algorithm: KeyAlgorithm,
}

impl AuthorityArguments {
    pub(super) fn read(options: &JsValue) -> Result<Self> {
        const KNOWN: &[&str] =
            &["subject", "algorithm", "privateKey", "validity", "pathLength", "serialNumber"];
        let object = call(options, &[KNOWN, EXTENSION_OPTIONS].concat())?;
        let algorithm = object.optional("algorithm", algorithm)?;
        if algorithm.is_some() && object.get("privateKey").is_some() {
            return Err(Error::new(
                ErrorKind::ConflictingOptions,
                "is given beside privateKey, which has one already; leave it out",
            )
            .at("algorithm"));
        }
        Ok(Self {
            options: AuthorityOptions {
                subject: object.required("subject", subject)?,
                validity: object.optional("validity", validity)?.unwrap_or_default(),
                path_length: object.optional("pathLength", path_length)?.unwrap_or_default(),
                serial_number: object.optional("serialNumber", serial_number)?,
                extensions: extension_options(&object)?,
            },
            algorithm: algorithm.unwrap_or_default(),
        })
    }
}

/// The options of `createRequest`; its key is read by `pkg/`.
pub(super) fn request_options(options: &JsValue) -> Result<RequestOptions> {
    let object = call(options, &["subject", "altNames", "profile", "privateKey"])?;
    let options = RequestOptions {
        subject: object.required("subject", subject)?,
        alt_names: object.optional("altNames", alt_names)?,
        profile: object.optional("profile", profile)?,
    };
    object.required("privateKey", |_| Ok(()))?;
    Ok(options)
}

pub(super) struct IssueArguments {
    pub request: Request,
    /// That the request's sender holds its key, still to be verified.
    pub possession: Verification,
    pub authority: Rc<GivenAuthority>,
    pub options: IssueOptions,
}

impl IssueArguments {
    /// `spki` is of the authority's key, which `pkg/` reads.
    pub(super) fn read(options: &JsValue, spki: &[u8]) -> Result<Self> {
        const KNOWN: &[&str] = &[
            "request",
            "authority",
            "profile",
            "validity",
            "pathLength",
            "altNames",
            "subject",
            "serialNumber",
            "copy",
            "allowWeakSignature",
        ];
        let object = call(options, &[KNOWN, EXTENSION_OPTIONS].concat())?;
        let weak = match object.optional("allowWeakSignature", boolean)? {
            Some(true) => WeakSignatures::Allowed,
            _ => WeakSignatures::Refused,
        };
        let options = IssueOptions {
            profile: object.optional("profile", profile)?,
            validity: object.optional("validity", validity)?.unwrap_or_default(),
            alt_names: object.optional("altNames", alt_names)?,
            subject: object.optional("subject", subject)?,
            serial_number: object.optional("serialNumber", serial_number)?,
            path_length: object.optional("pathLength", path_length)?,
            copy: object.optional("copy", copy)?,
            extensions: extension_options(&object)?,
        };
        let read = |value: &JsValue| Request::read_unverified(&bytes(value)?, weak);
        let (request, possession) = object.required("request", read)?;
        let authority = object.required("authority", |value| GivenAuthority::read(value, spki))?;
        Ok(Self { request, possession, authority, options })
    }
}

/// The options of `issueCertificates` but for the requests themselves.
pub(super) fn check_issue(options: &JsValue, spki: &[u8]) -> Result<()> {
    const KNOWN: &[&str] = &[
        "authority",
        "requests",
        "onProgress",
        "onIssued",
        "profile",
        "validity",
        "pathLength",
        "copy",
        "allowWeakSignature",
    ];
    let object = call(options, &[KNOWN, EXTENSION_OPTIONS].concat())?;
    object.optional("profile", profile)?;
    object.optional("validity", validity)?;
    object.optional("pathLength", path_length)?;
    object.optional("copy", copy)?;
    object.optional("allowWeakSignature", boolean)?;
    extension_options(&object)?;
    for callback in ["onProgress", "onIssued"] {
        object.optional(callback, |value| match value.is_function() {
            true => Ok(()),
            false => Err(wrong_type(value, "a function")),
        })?;
    }
    object.required("requests", |value| array(value, |_| Ok(())))?;
    object.required("authority", |value| GivenAuthority::read(value, spki)).map(|_| ())
}

/// The options object of a function, with those about the call.
pub(super) fn call(options: &JsValue, known: &[&str]) -> Result<OptionsObject> {
    let object = OptionsObject::read(options, &[known, CALL].concat())?;
    check_crypto(&object)?;
    Ok(object)
}

/// Whose crypto, if it is said.
pub(super) fn check_crypto(object: &OptionsObject) -> Result<()> {
    match object.optional("crypto", string)?.as_deref() {
        None | Some("webcrypto" | "in-page") => Ok(()),
        Some(_) => {
            Err(Error::new(ErrorKind::InvalidOption, "is neither \"webcrypto\" nor \"in-page\"").at("crypto"))
        }
    }
}

const ONE_AUTHORITY: PartyDefaults =
    PartyDefaults { common_name: Some("my-ca"), file_name: Some("ca"), takes_alt_names: false };
const SERVER_AUTHORITY: PartyDefaults =
    PartyDefaults { common_name: Some("bob-ca"), file_name: Some("bob_ca"), takes_alt_names: false };
const CLIENT_AUTHORITY: PartyDefaults =
    PartyDefaults { common_name: Some("amy-ca"), file_name: Some("amy_ca"), takes_alt_names: false };
const SERVER: PartyDefaults =
    PartyDefaults { common_name: Some("localhost"), file_name: Some("bob_server"), takes_alt_names: true };
/// A client that is listed says who it is; its files are named after it.
const CLIENT: PartyDefaults = PartyDefaults { common_name: None, file_name: None, takes_alt_names: true };

/// The options of `createMutualTls`; every default is the guide's.
pub(super) fn mutual_tls_options(options: &JsValue) -> Result<MutualTlsOptions> {
    const KNOWN: &[&str] = &[
        "authorities",
        "algorithm",
        "days",
        "authority",
        "serverAuthority",
        "clientAuthority",
        "server",
        "clients",
    ];
    let object = call(options, KNOWN)?;
    let read =
        |key: &str, defaults: &PartyDefaults| match object.optional(key, |value| party(value, defaults))? {
            Some(party) => Ok(party),
            None => party(&JsValue::UNDEFINED, defaults),
        };
    let refuse = |key: &str, remedy: &'static str| match object.get(key) {
        Some(_) => Err(Error::new(ErrorKind::ConflictingOptions, remedy).at(key)),
        None => Ok(()),
    };
    let authorities = match object.optional("authorities", string)?.as_deref() {
        None | Some("one") => {
            for key in ["serverAuthority", "clientAuthority"] {
                refuse(key, "is for authorities: \"distinct\"; with one authority use the option authority")?;
            }
            Authorities::One(read("authority", &ONE_AUTHORITY)?)
        }
        Some("distinct") => {
            refuse("authority", "is for authorities: \"one\"; use serverAuthority and clientAuthority")?;
            Authorities::Distinct {
                server: read("serverAuthority", &SERVER_AUTHORITY)?,
                client: read("clientAuthority", &CLIENT_AUTHORITY)?,
            }
        }
        Some(_) => {
            return Err(
                Error::new(ErrorKind::InvalidOption, "is neither \"one\" nor \"distinct\"").at("authorities")
            );
        }
    };
    let clients = match object.optional("clients", |value| array(value, |value| party(value, &CLIENT)))? {
        Some(clients) => clients,
        None => vec![Party::new("amy-client", Some("amy_client"), None)?],
    };
    Ok(MutualTlsOptions {
        authorities,
        algorithm: object.optional("algorithm", algorithm)?.unwrap_or_default(),
        days: object.optional("days", days)?.unwrap_or(LEAF_DAYS),
        server: read("server", &SERVER)?,
        clients,
    })
}

pub(super) fn serial_number(value: &JsValue) -> Result<SerialNumber> {
    SerialNumber::from_hex(&string(value)?)
}

fn path_length(value: &JsValue) -> Result<u8> {
    let length = integer(value, ErrorKind::InvalidOption, 0..=255)?;
    Ok(u8::try_from(length).unwrap_or(u8::MAX))
}

fn algorithm(value: &JsValue) -> Result<KeyAlgorithm> {
    KeyAlgorithm::from_name(&string(value)?)
}

fn profile(value: &JsValue) -> Result<Profile> {
    Profile::from_name(&string(value)?)
}
