//! The options of `convertKey`.

use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

use super::material::private_key;
use super::object::{OptionsObject, integer, string};
use crate::error::{Error, ErrorKind, Result};
use crate::key::{KeyFormat, MAX_ITERATIONS, MIN_ITERATIONS, PrivateKey};

pub(super) struct ConvertArguments {
    pub private_key: PrivateKey,
    pub format: KeyFormat,
    /// Only with PKCS#8, the one form whose encryption is sound.
    pub passphrase: Option<Zeroizing<String>>,
    pub iterations: Option<u32>,
}

impl ConvertArguments {
    pub(super) fn read(options: &JsValue) -> Result<Self> {
        let object = OptionsObject::read(options, &["privateKey", "format", "passphrase", "iterations"])?;
        let format = object.required("format", |value| KeyFormat::from_name(&string(value)?))?;
        let (passphrase, iterations) = passphrase(&object)?;
        if passphrase.is_some() && format != KeyFormat::Pkcs8 {
            let message = format!("encrypts PKCS#8 alone, and the format is {}; leave it out", format.name());
            return Err(Error::new(ErrorKind::ConflictingOptions, message).at("passphrase"));
        }
        Ok(Self { private_key: object.required("privateKey", private_key)?, format, passphrase, iterations })
    }
}

/// `passphrase`, and the `iterations` of its key derivation.
pub(super) fn passphrase(object: &OptionsObject) -> Result<(Option<Zeroizing<String>>, Option<u32>)> {
    let passphrase = object.optional("passphrase", string)?.map(Zeroizing::new);
    let range = MIN_ITERATIONS..=MAX_ITERATIONS;
    let iterations =
        object.optional("iterations", |value| integer(value, ErrorKind::InvalidOption, range))?;
    if iterations.is_some() && passphrase.is_none() {
        return Err(Error::new(
            ErrorKind::ConflictingOptions,
            "is of the encryption, which needs a passphrase; give one, or leave it out",
        )
        .at("iterations"));
    }
    Ok((passphrase, iterations))
}
