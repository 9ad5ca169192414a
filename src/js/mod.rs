//! The only place that knows JavaScript. Each export is a few lines: read the options, call the core, write the result.
//!
//! Plain data crosses the border: strings, bytes, plain objects, dates. Exports are synchronous, since in-page crypto is;
//! `pkg/api.js` makes them async. A failure crosses as the plain object `{ code, field, message }`, which `api.js` turns
//! into a `CertificateError`: an exported class would have to be freed, and its `instanceof` would depend on the instance.

mod arguments;
mod convert;
mod extensions;
mod material;
mod names;
mod object;
mod output;

use js_sys::{Array, ArrayBuffer, Object};
use rand_core::{CryptoRng, UnwrapErr};
use time::OffsetDateTime;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use crate::error::{At, Error, ErrorKind, Result};
use crate::key::PrivateKey;
use crate::validity::date_from_millis;
use crate::{authority, certificate, inspect, mutual_tls, pem, request};
use arguments::{AuthorityArguments, IssueArguments, KeyPairArguments, RequestArguments, mutual_tls_options};
use convert::ConvertArguments;
use object::{OptionsObject, string};

type Export = std::result::Result<JsValue, JsValue>;

/// A panic ends this instance: the glue makes a fresh one before the next call.
#[wasm_bindgen(start)]
fn start() {
    std::panic::set_hook(Box::new(|_| wasm_bindgen::handler::schedule_reinit()));
}

/// For faults that no panic hook sees (memory exhausted, stack overflow): `api.js` calls it for any exception that is
/// not one of ours.
#[wasm_bindgen(js_name = scheduleReinit)]
pub fn schedule_reinit() {
    wasm_bindgen::handler::schedule_reinit();
}

/// Every code that an error can have. The tests compare it with `index.d.ts`.
#[wasm_bindgen(js_name = errorCodes)]
pub fn error_codes() -> Vec<String> {
    ErrorKind::ALL.iter().map(|kind| kind.code().to_owned()).collect()
}

/// `generateKeyPair`.
#[wasm_bindgen(js_name = generateKeyPair)]
pub fn generate_key_pair(options: &JsValue) -> Export {
    export(|| {
        let arguments = KeyPairArguments::read(options)?;
        let key = PrivateKey::generate(arguments.algorithm, &mut rng())?;
        let private_key = match &arguments.passphrase {
            Some(passphrase) => key.to_encrypted_pem(passphrase, arguments.iterations, &mut rng())?,
            None => key.to_pkcs8_pem()?,
        };
        let result = Object::new();
        output::set(&result, "algorithm", &arguments.algorithm.name().into());
        output::set(&result, "privateKey", &private_key.into());
        output::set(&result, "publicKey", &key.public_key().to_pem().into());
        Ok(result.into())
    })
}

/// `convertKey`.
#[wasm_bindgen(js_name = convertKey)]
pub fn convert_key(options: &JsValue) -> Export {
    export(|| {
        let arguments = ConvertArguments::read(options)?;
        let key = match &arguments.passphrase {
            Some(passphrase) => Zeroizing::new(arguments.private_key.to_encrypted_pem(
                passphrase,
                arguments.iterations,
                &mut rng(),
            )?),
            None => arguments.private_key.to_format(arguments.format)?,
        };
        let result = Object::new();
        let value = if arguments.format.is_json() { json(&key)? } else { key.as_str().into() };
        output::set(&result, "key", &value);
        Ok(result.into())
    })
}

/// `createAuthority`.
#[wasm_bindgen(js_name = createAuthority)]
pub fn create_authority(options: &JsValue) -> Export {
    export(|| {
        let arguments = AuthorityArguments::read(options)?;
        let key = match arguments.private_key {
            Some(key) => key,
            None => PrivateKey::generate(arguments.algorithm, &mut rng())?,
        };
        let der = authority::create(&arguments.options, &key, now()?, &mut rng())?;
        let result = issued(&der)?;
        output::set(&result, "privateKey", &key.to_pkcs8_pem()?.into());
        Ok(result.into())
    })
}

/// `createRequest`.
#[wasm_bindgen(js_name = createRequest)]
pub fn create_request(options: &JsValue) -> Export {
    export(|| {
        let arguments = RequestArguments::read(options)?;
        let der = request::create(&arguments.options, &arguments.private_key, &mut rng())?;
        let result = Object::new();
        output::set(&result, "request", &pem::encode(pem::CERTIFICATE_REQUEST, &der).into());
        output::set(&result, "details", &output::plain(&inspect::request(&der)?)?);
        Ok(result.into())
    })
}

/// `issueCertificate`.
#[wasm_bindgen(js_name = issueCertificate)]
pub fn issue_certificate(options: &JsValue) -> Export {
    export(|| {
        let arguments = IssueArguments::read(options)?;
        let der = certificate::issue(
            &arguments.request,
            &arguments.authority,
            &arguments.options,
            now()?,
            &mut rng(),
        )?;
        let result = issued(&der)?;
        let chain: Vec<_> = std::iter::once(&der).chain(arguments.authority.certificate().chain()).collect();
        let chain: String = chain.into_iter().map(|der| pem::encode(pem::CERTIFICATE, der)).collect();
        output::set(&result, "chain", &chain.into());
        Ok(result.into())
    })
}

/// `createMutualTls`.
#[wasm_bindgen(js_name = createMutualTls)]
pub fn create_mutual_tls(options: &JsValue) -> Export {
    export(|| {
        let made = mutual_tls::create(&mutual_tls_options(options)?, now()?, &mut rng())?;
        let (files, details) = (Object::new(), Object::new());
        for (name, text) in &made.files {
            output::set(&files, name, &text.into());
        }
        for (name, certificate) in &made.details {
            output::set(&details, name, &output::certificate(certificate)?);
        }
        let result = Object::new();
        output::set(&result, "files", &files);
        output::set(&result, "details", &details);
        Ok(result.into())
    })
}

/// `inspect`.
#[wasm_bindgen(js_name = inspect)]
pub fn inspect_material(material: &JsValue) -> Export {
    export(|| {
        let (pem, passphrase) = pem_with_passphrase(material)?;
        let details =
            inspect::inspect(&pem, passphrase.as_ref().map(|text| text.as_str()), now()?).at("pem")?;
        output::details(&details)
    })
}

/// `inspectAll`.
#[wasm_bindgen(js_name = inspectAll)]
pub fn inspect_all(material: &JsValue) -> Export {
    export(|| {
        let (pem, passphrase) = pem_with_passphrase(material)?;
        let entries =
            inspect::inspect_all(&pem, passphrase.as_ref().map(|text| text.as_str()), now()?).at("pem")?;
        let all = Array::new();
        for entry in &entries {
            all.push(&output::entry(entry)?);
        }
        Ok(all.into())
    })
}

/// PEM or DER of whatever kind, or `{ pem, passphrase }`.
fn pem_with_passphrase(material: &JsValue) -> Result<(Zeroizing<Vec<u8>>, Option<Zeroizing<String>>)> {
    if !material.is_object() || ArrayBuffer::is_view(material) {
        return Ok((material::bytes(material).at("pem")?, None));
    }
    let object = OptionsObject::read(material, &["pem", "passphrase"])?;
    let pem = object.required("pem", material::bytes)?;
    Ok((pem, object.optional("passphrase", string)?.map(Zeroizing::new)))
}

fn export(work: impl FnOnce() -> Result<JsValue>) -> Export {
    work().map_err(|error| output::error(&error))
}

fn issued(der: &[u8]) -> Result<Object> {
    let result = Object::new();
    output::set(&result, "certificate", &pem::encode(pem::CERTIFICATE, der).into());
    output::set(&result, "details", &output::certificate(&inspect::certificate(der, now()?)?)?);
    Ok(result)
}

/// The object of a JSON text.
fn json(text: &str) -> Result<JsValue> {
    js_sys::JSON::parse(text)
        .map_err(|_| Error::new(ErrorKind::Internal, "the JSON Web Key could not be written"))
}

fn now() -> Result<OffsetDateTime> {
    date_from_millis(js_sys::Date::now())
        .map_err(|_| Error::new(ErrorKind::Internal, "this machine's clock shows no date"))
}

/// The platform's random source (`crypto.getRandomValues`). Without one nothing can be made: that traps.
fn rng() -> impl CryptoRng {
    UnwrapErr(getrandom::SysRng)
}
