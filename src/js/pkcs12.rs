//! `createPkcs12`, `createTrustStore`, `readPkcs12`, `createBundle` and `createKubernetesSecret`. A key comes as PKCS#8, which `pkg/`
//! has read.

use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use super::material::{bytes, is_bytes};
use super::object::{OptionsObject, array, integer, is_array, string, wrong_type};
use super::output::set;
use super::{Export, export, rng};
use crate::bundle::{self, Secret, SecretName};
use crate::chain::CertificateChain;
use crate::error::{Error, ErrorKind, Result};
use crate::key::{MAX_ITERATIONS, MIN_ITERATIONS, PrivateKey};
use crate::pem;
use crate::pkcs12::{self, Entry, IdentityOptions, Target, TrustStoreOptions};

type File = Zeroizing<Vec<u8>>;

/// `createPkcs12`.
#[wasm_bindgen(js_name = createPkcs12)]
pub fn create_pkcs12(options: &JsValue, pkcs8: &[u8]) -> Export {
    export(|| {
        const KNOWN: &[&str] =
            &["certificate", "privateKey", "chain", "passphrase", "friendlyName", "for", "iterations"];
        let object = OptionsObject::read(options, KNOWN)?;
        let passphrase = object.required("passphrase", passphrase)?;
        let friendly_name = object.optional("friendlyName", string)?;
        let target = object.optional("for", |value| Target::from_name(&string(value)?))?;
        let iterations = iterations(&object)?;
        let key = private_key(&object, pkcs8)?;
        let chain = chain(&object, Some(&key))?;
        let options = IdentityOptions {
            target: target.unwrap_or_default(),
            passphrase: &passphrase,
            friendly_name: friendly_name.as_deref(),
            iterations,
        };
        let file = pkcs12::create(&key, &chain, &options, &mut rng())?;
        Ok(Uint8Array::from(file.as_slice()).into())
    })
}

/// `createTrustStore`.
#[wasm_bindgen(js_name = createTrustStore)]
pub fn create_trust_store(options: &JsValue) -> Export {
    export(|| {
        let object = OptionsObject::read(options, &["certificates", "passphrase", "iterations"])?;
        let passphrase = object.required("passphrase", passphrase)?;
        let iterations = iterations(&object)?;
        let certificates = object.required("certificates", files)?;
        let options = TrustStoreOptions { passphrase: &passphrase, iterations };
        let file = pkcs12::create_trust_store(&certificates, &options, &mut rng())?;
        Ok(Uint8Array::from(file.as_slice()).into())
    })
}

/// `readPkcs12`.
#[wasm_bindgen(js_name = readPkcs12)]
pub fn read_pkcs12(options: &JsValue) -> Export {
    export(|| {
        let object = OptionsObject::read(options, &["pkcs12", "passphrase"])?;
        let passphrase = object.optional("passphrase", passphrase)?;
        let file = object.required("pkcs12", pkcs12_file)?;
        let contents = pkcs12::read(&file, passphrase.as_ref().map(|text| text.as_str()))?;
        let result = Object::new();
        if let [only] = contents.entries.as_slice() {
            set_entry(&result, only);
        }
        let entries = contents.entries.iter().map(|entry| {
            let object = Object::new();
            set_entry(&object, entry);
            object
        });
        set(&result, "entries", &entries.collect::<Array>().into());
        let certificates = contents.certificates.iter().map(|stored| {
            let object = Object::new();
            set(&object, "certificate", &pem::encode(pem::CERTIFICATE, &stored.certificate).into());
            set_name(&object, stored.friendly_name.as_deref());
            set(&object, "trusted", &stored.trusted.into());
            object
        });
        set(&result, "certificates", &certificates.collect::<Array>().into());
        let unread = contents.unread.iter().map(|what| JsValue::from_str(what));
        set(&result, "unread", &unread.collect::<Array>().into());
        set(&result, "authenticated", &contents.authenticated.into());
        Ok(result.into())
    })
}

/// `createBundle`.
#[wasm_bindgen(js_name = createBundle)]
pub fn create_bundle(options: &JsValue, pkcs8: &[u8]) -> Export {
    export(|| {
        let object = OptionsObject::read(options, &["format", "certificate", "chain", "privateKey"])?;
        let format = object.required("format", string)?;
        if format != "key-and-chain" && object.get("privateKey").is_some() {
            let message = "goes into the format key-and-chain alone; leave it out";
            return Err(Error::new(ErrorKind::ConflictingOptions, message).at("privateKey"));
        }
        let pkcs7 = || bundle::certs_only(&certificate(&object)?, &above(&object)?);
        Ok(match format.as_str() {
            "chain" => chain(&object, None)?.to_pem().into(),
            "key-and-chain" => {
                let key = private_key(&object, pkcs8)?;
                bundle::key_and_chain(&key, &chain(&object, Some(&key))?)?.as_str().into()
            }
            "pkcs7" => pem::encode(pem::PKCS7, &pkcs7()?).into(),
            "pkcs7-der" => Uint8Array::from(pkcs7()?.as_slice()).into(),
            _ => {
                let message = "is no format; choose one of chain, key-and-chain, pkcs7, pkcs7-der";
                return Err(Error::new(ErrorKind::InvalidOption, message).at("format"));
            }
        })
    })
}

/// `createKubernetesSecret`.
#[wasm_bindgen(js_name = createKubernetesSecret)]
pub fn create_kubernetes_secret(options: &JsValue, pkcs8: &[u8]) -> Export {
    export(|| {
        const KNOWN: &[&str] = &["name", "namespace", "certificate", "chain", "privateKey", "ca"];
        let object = OptionsObject::read(options, KNOWN)?;
        let name = object.required("name", string)?;
        let name = SecretName::new(&name, object.optional("namespace", string)?.as_deref())?;
        let ca = object.optional("ca", bytes)?;
        let of_a_leaf = ["certificate", "chain", "privateKey"].iter().any(|key| object.get(key).is_some());
        let secret = match &ca {
            Some(ca) if !of_a_leaf => Secret::authority(name, ca)?,
            _ => {
                let key = private_key(&object, pkcs8)?;
                Secret::tls(name, &key, &chain(&object, Some(&key))?, ca.as_ref().map(|ca| ca.as_slice()))?
            }
        };
        Ok(secret.to_yaml().as_str().into())
    })
}

fn set_entry(object: &Object, entry: &Entry) {
    let key = Zeroizing::new(pem::encode(pem::PRIVATE_KEY, &entry.private_key));
    set(object, "privateKey", &key.as_str().into());
    if let Some(certificate) = &entry.certificate {
        set(object, "certificate", &pem::encode(pem::CERTIFICATE, certificate).into());
    }
    let chain: String = entry.chain.iter().map(|above| pem::encode(pem::CERTIFICATE, above)).collect();
    set(object, "chain", &chain.into());
    set_name(object, entry.friendly_name.as_deref());
}

fn set_name(object: &Object, name: Option<&str>) {
    if let Some(name) = name {
        set(object, "friendlyName", &name.into());
    }
}

fn private_key(object: &OptionsObject, pkcs8: &[u8]) -> Result<PrivateKey> {
    object.required("privateKey", |_| PrivateKey::read(pkcs8, None))
}

fn chain(object: &OptionsObject, key: Option<&PrivateKey>) -> Result<CertificateChain> {
    CertificateChain::read(&certificate(object)?, &above(object)?, key.map(PrivateKey::public_key))
}

fn certificate(object: &OptionsObject) -> Result<File> {
    object.required("certificate", bytes)
}

fn above(object: &OptionsObject) -> Result<Vec<File>> {
    Ok(object.optional("chain", files)?.unwrap_or_default())
}

/// One file, or an array of them.
fn files(value: &JsValue) -> Result<Vec<File>> {
    if is_array(value) { array(value, bytes) } else { Ok(vec![bytes(value)?]) }
}

/// `pkg/` makes an ArrayBuffer a Uint8Array.
fn pkcs12_file(value: &JsValue) -> Result<File> {
    if !is_bytes(value) {
        return Err(wrong_type(value, "the bytes of a .p12 or .pfx file, as a Uint8Array or ArrayBuffer"));
    }
    bytes(value).map_err(|_| Error::new(ErrorKind::InvalidPkcs12, "is over 1 MiB long, more than is read"))
}

fn passphrase(value: &JsValue) -> Result<Zeroizing<String>> {
    string(value).map(Zeroizing::new)
}

fn iterations(object: &OptionsObject) -> Result<Option<u32>> {
    let range = MIN_ITERATIONS..=MAX_ITERATIONS;
    object.optional("iterations", |value| integer(value, ErrorKind::InvalidOption, range))
}
