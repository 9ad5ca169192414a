//! The options of each function, parsed to the core's types.

use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

use super::convert::passphrase;
use super::extensions::{EXTENSION_OPTIONS, copy, extension_options};
use super::material::{authority, bytes, private_key};
use super::names::{PartyDefaults, alt_names, days, party, subject, validity};
use super::object::{OptionsObject, array, boolean, integer, string};
use crate::authority::{Authority, AuthorityOptions};
use crate::certificate::{IssueOptions, SerialNumber};
use crate::error::{Error, ErrorKind, Result};
use crate::key::{KeyAlgorithm, PrivateKey};
use crate::mutual_tls::{Authorities, MutualTlsOptions, Party};
use crate::profile::Profile;
use crate::request::{Request, RequestOptions, WeakSignatures};
use crate::validity::LEAF_DAYS;

pub(super) struct KeyPairArguments {
    pub algorithm: KeyAlgorithm,
    pub passphrase: Option<Zeroizing<String>>,
    pub iterations: Option<u32>,
}

impl KeyPairArguments {
    pub(super) fn read(options: &JsValue) -> Result<Self> {
        let object = OptionsObject::read(options, &["algorithm", "passphrase", "iterations"])?;
        let (passphrase, iterations) = passphrase(&object)?;
        Ok(Self {
            algorithm: object.optional("algorithm", algorithm)?.unwrap_or_default(),
            passphrase,
            iterations,
        })
    }
}

pub(super) struct AuthorityArguments {
    pub options: AuthorityOptions,
    pub algorithm: KeyAlgorithm,
    pub private_key: Option<PrivateKey>,
}

impl AuthorityArguments {
    pub(super) fn read(options: &JsValue) -> Result<Self> {
        const KNOWN: &[&str] =
            &["subject", "algorithm", "privateKey", "validity", "pathLength", "serialNumber"];
        let object = OptionsObject::read(options, &[KNOWN, EXTENSION_OPTIONS].concat())?;
        let algorithm = object.optional("algorithm", algorithm)?;
        let private_key = object.optional("privateKey", private_key)?;
        if algorithm.is_some() && private_key.is_some() {
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
            private_key,
        })
    }
}

pub(super) struct RequestArguments {
    pub options: RequestOptions,
    pub private_key: PrivateKey,
}

impl RequestArguments {
    pub(super) fn read(options: &JsValue) -> Result<Self> {
        let object = OptionsObject::read(options, &["subject", "altNames", "profile", "privateKey"])?;
        Ok(Self {
            options: RequestOptions {
                subject: object.required("subject", subject)?,
                alt_names: object.optional("altNames", alt_names)?,
                profile: object.optional("profile", profile)?,
            },
            private_key: object.required("privateKey", private_key)?,
        })
    }
}

pub(super) struct IssueArguments {
    pub request: Request,
    pub authority: Authority,
    pub options: IssueOptions,
}

impl IssueArguments {
    pub(super) fn read(options: &JsValue) -> Result<Self> {
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
        let object = OptionsObject::read(options, &[KNOWN, EXTENSION_OPTIONS].concat())?;
        let weak = match object.optional("allowWeakSignature", boolean)? {
            Some(true) => WeakSignatures::Allowed,
            _ => WeakSignatures::Refused,
        };
        Ok(Self {
            options: IssueOptions {
                profile: object.optional("profile", profile)?,
                validity: object.optional("validity", validity)?.unwrap_or_default(),
                alt_names: object.optional("altNames", alt_names)?,
                subject: object.optional("subject", subject)?,
                serial_number: object.optional("serialNumber", serial_number)?,
                path_length: object.optional("pathLength", path_length)?,
                copy: object.optional("copy", copy)?,
                extensions: extension_options(&object)?,
            },
            request: object.required("request", |value| Request::read_with(&bytes(value)?, weak))?,
            authority: object.required("authority", authority)?,
        })
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
    let object = OptionsObject::read(options, KNOWN)?;
    let read =
        |key: &str, defaults: &PartyDefaults| match object.optional(key, |value| party(value, defaults))? {
            Some(party) => Ok(party),
            None => party(&JsValue::UNDEFINED, defaults),
        };
    let refuse = |key: &str, remedy: &str| match object.get(key)? {
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

fn serial_number(value: &JsValue) -> Result<SerialNumber> {
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
