//! Exports of the wasm with in-page crypto: keys in every form, signatures made and verified.

use std::cell::RefCell;

use js_sys::{JSON, Object, Reflect, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use super::arguments::check_crypto;
use super::material::{bytes, is_bytes};
use super::object::{OptionsObject, integer, is_plain, string, unreadable, wrong_type};
use super::output::set;
use super::{Export, export, rng};
use crate::error::{At, Error, ErrorKind, Result};
use crate::key::{KeyAlgorithm, KeyFormat, MAX_ITERATIONS, MIN_ITERATIONS, PrivateKey, PublicKey, is_jwk};
use crate::signature::Scheme;

thread_local! {
    /// The last key that signed, by its PKCS#8: an authority signs many times, and an RSA key takes a while to read.
    static LAST: RefCell<Option<(Zeroizing<Vec<u8>>, PrivateKey)>> = const { RefCell::new(None) };
}

/// A new key: `{ type, pkcs8, spki }`.
#[wasm_bindgen(js_name = generateKey)]
pub fn generate_key(algorithm: &str) -> Export {
    export(|| known(&PrivateKey::generate(KeyAlgorithm::from_name(algorithm)?, &mut rng())?))
}

/// The RSA key of two primes: `{ type, pkcs8, spki }`.
#[wasm_bindgen(js_name = keyOfPrimes)]
pub fn key_of_primes(p: Vec<u8>, q: Vec<u8>) -> Export {
    let (p, q) = (Zeroizing::new(p), Zeroizing::new(q));
    export(|| known(&PrivateKey::from_primes(&p, &q)?))
}

/// A private key in any form: PEM, DER or JWK, or `{ pem, passphrase }`, or `{ jwk }`.
#[wasm_bindgen(js_name = readKey)]
pub fn read_key(material: &JsValue) -> Export {
    export(|| known(&private_key(material)?))
}

/// A JSON Web Key: `{ type: "privateKey" | "publicKey", spki }`.
#[wasm_bindgen(js_name = readJwk)]
pub fn read_jwk(material: &JsValue) -> Export {
    export(|| {
        let input = match OptionsObject::read(material, &["pem", "passphrase"]) {
            Ok(object) if material.is_object() => object.required("pem", bytes)?,
            _ => bytes(material)?,
        };
        let (r#type, key) = match PrivateKey::read(&input, None) {
            Ok(key) => ("privateKey", key.public_key().clone()),
            Err(error) => ("publicKey", PublicKey::read(&input).map_err(|_| error)?),
        };
        let result = Object::new();
        set(&result, "type", &r#type.into());
        set(&result, "spki", &Uint8Array::from(key.spki()));
        Ok(result.into())
    })
}

/// Signs with a PKCS#8 key, in X.509's encoding of the signature.
#[wasm_bindgen]
pub fn sign(pkcs8: &[u8], message: &[u8]) -> Export {
    export(|| {
        LAST.with_borrow_mut(|last| {
            let key = match last.take() {
                Some((of, key)) if of.as_slice() == pkcs8 => key,
                _ => PrivateKey::read(pkcs8, None)?,
            };
            let signature = key.sign(message, &mut rng())?;
            *last = Some((Zeroizing::new(pkcs8.to_vec()), key));
            Ok(Uint8Array::from(signature.as_slice()).into())
        })
    })
}

/// Wipes the key that is kept.
#[wasm_bindgen]
pub fn forget() {
    LAST.with_borrow_mut(Option::take);
}

/// Whether a signature is that of the key of a SubjectPublicKeyInfo.
#[wasm_bindgen]
pub fn verify(spki: &[u8], scheme: &str, message: &[u8], signature: &[u8]) -> bool {
    match (PublicKey::from_spki(spki), Scheme::from_code(scheme)) {
        (Ok(key), Some(scheme)) => key.verify(scheme, message, signature),
        _ => false,
    }
}

/// `convertKey`. `spki` is of a key that no script can read, of which there is the public half alone.
#[wasm_bindgen(js_name = convertKey)]
pub fn convert_key(options: &JsValue, spki: Option<Vec<u8>>) -> Export {
    export(|| {
        let object =
            OptionsObject::read(options, &["privateKey", "format", "passphrase", "iterations", "crypto"])?;
        check_crypto(&object)?;
        let format = object.required("format", |value| KeyFormat::from_name(&string(value)?))?;
        let passphrase = object.optional("passphrase", string)?.map(Zeroizing::new);
        let range = MIN_ITERATIONS..=MAX_ITERATIONS;
        let iterations =
            object.optional("iterations", |value| integer(value, ErrorKind::InvalidOption, range))?;
        check_encryption(format, passphrase.is_some(), iterations.is_some())?;
        let text = match (spki, &passphrase) {
            (Some(spki), _) => PublicKey::from_spki(&spki)?.to_format(format)?,
            (None, Some(passphrase)) => {
                let key = object.required("privateKey", private_key)?;
                Zeroizing::new(key.to_encrypted_pem(passphrase.as_str(), iterations, &mut rng())?)
            }
            (None, None) => object.required("privateKey", private_key)?.to_format(format)?,
        };
        let value =
            if format.is_json() { JSON::parse(&text).unwrap_or_default() } else { text.as_str().into() };
        let result = Object::new();
        set(&result, "key", &value);
        Ok(result.into())
    })
}

/// A PKCS#8 key under a passphrase, PEM.
#[wasm_bindgen(js_name = encryptKey)]
pub fn encrypt_key(pkcs8: &[u8], passphrase: &str, iterations: Option<u32>) -> Export {
    export(|| Ok(PrivateKey::read(pkcs8, None)?.to_encrypted_pem(passphrase, iterations, &mut rng())?.into()))
}

fn check_encryption(format: KeyFormat, passphrase: bool, iterations: bool) -> Result<()> {
    let conflict =
        |field: &str, message: String| Err(Error::new(ErrorKind::ConflictingOptions, message).at(field));
    if passphrase && format != KeyFormat::Pkcs8 {
        let message = format!("encrypts PKCS#8 alone, and the format is {}; leave it out", format.name());
        return conflict("passphrase", message);
    }
    if iterations && !passphrase {
        let message = "is of the encryption, which needs a passphrase; give one, or leave it out";
        return conflict("iterations", message.to_owned());
    }
    Ok(())
}

fn known(key: &PrivateKey) -> Result<JsValue> {
    let result = Object::new();
    set(&result, "type", &key.public_key().key_type().name().into());
    set(&result, "pkcs8", &Uint8Array::from(key.to_pkcs8_der()?.as_slice()));
    set(&result, "spki", &Uint8Array::from(key.public_key().spki()));
    Ok(result.into())
}

/// A private key: PEM, DER or JWK text, `{ pem, passphrase }`, or `{ jwk }`.
fn private_key(value: &JsValue) -> Result<PrivateKey> {
    if value.is_string() || is_bytes(value) {
        return PrivateKey::read(&bytes(value)?, None);
    }
    if !is_plain(value) {
        return Err(wrong_type(
            value,
            "a private key as PEM or DER, { pem, passphrase }, { jwk }, or a CryptoKeyPair",
        ));
    }
    if Reflect::has(value, &"privateKey".into()).unwrap_or_default() {
        let message = "is a whole key pair or authority; give its privateKey";
        return Err(Error::new(ErrorKind::InvalidType, message));
    }
    let object = OptionsObject::read(value, &["pem", "passphrase", "jwk"])?;
    let Some(jwk) = object.get("jwk") else {
        let pem = object.required("pem", bytes)?;
        let passphrase = object.optional("passphrase", string)?.map(Zeroizing::new);
        return PrivateKey::read(&pem, passphrase.as_ref().map(|passphrase| passphrase.as_str()));
    };
    for key in ["pem", "passphrase"] {
        if object.get(key).is_some() {
            let message = "is given beside jwk, which is the key; leave it out";
            return Err(Error::new(ErrorKind::ConflictingOptions, message).at(key));
        }
    }
    read_jwk_object(jwk).at("jwk")
}

/// A JSON Web Key as an object, which goes the way of its text.
fn read_jwk_object(jwk: &JsValue) -> Result<PrivateKey> {
    if !jwk.is_object() {
        return Err(wrong_type(jwk, "a JSON Web Key as an object; its text goes where PEM goes"));
    }
    // Cycles, bigints and getters that throw.
    let text = JSON::stringify(jwk).ok().filter(|text| text.is_string()).ok_or_else(unreadable)?;
    let text = bytes(&text)?;
    if !is_jwk(&text) {
        return Err(wrong_type(jwk, "a JSON Web Key as an object, which JSON.stringify writes as one"));
    }
    PrivateKey::read(&text, None)
}
