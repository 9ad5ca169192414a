//! Exports of the wasm without in-page crypto: options checked, and what is to be signed. `pkg/signed.js` finishes it.

use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::arguments::{
    AuthorityArguments, IssueArguments, KeyPairArguments, mutual_tls_options, request_options,
};
use super::details::date;
use super::material::bytes;
use super::output::{prepared, prepared_beside, set};
use super::serials::SerialNumbers;
use super::{Export, export, now};
use crate::key::{PBKDF2_ITERATIONS, PublicKey, encrypted_private_key, locked_key, plain_key};
use crate::mutual_tls::{Party, plan};
use crate::validity::Validity;
use crate::{authority, certificate, pem, request};

/// The options of `generateKeyPair`, checked: `{ algorithm, passphrase, iterations }`.
#[wasm_bindgen(js_name = keyPairOptions)]
pub fn key_pair_options(options: &JsValue) -> Export {
    export(|| {
        let arguments = KeyPairArguments::read(options)?;
        let result = Object::new();
        set(&result, "algorithm", &arguments.algorithm.name().into());
        if let Some(passphrase) = &arguments.passphrase {
            set(&result, "passphrase", &passphrase.as_str().into());
            set(&result, "iterations", &arguments.iterations.unwrap_or(PBKDF2_ITERATIONS).into());
        }
        set(&result, "extractable", &arguments.extractable.into());
        Ok(result.into())
    })
}

/// Checks the options of `createAuthority` before a key is made, and says which: `{ algorithm }`.
#[wasm_bindgen(js_name = checkAuthority)]
pub fn check_authority(options: &JsValue) -> Export {
    export(|| {
        let arguments = AuthorityArguments::read(options)?;
        authority::check(&arguments.options, now()?)?;
        let result = Object::new();
        set(&result, "algorithm", &arguments.algorithm.name().into());
        Ok(result.into())
    })
}

/// What `createAuthority` has to sign, for the key of this SubjectPublicKeyInfo.
#[wasm_bindgen(js_name = prepareAuthority)]
pub fn prepare_authority(options: &JsValue, spki: &[u8]) -> Export {
    export(|| {
        let arguments = AuthorityArguments::read(options)?;
        let key = PublicKey::from_spki(spki).map_err(|error| error.at("privateKey"))?;
        Ok(prepared(&authority::prepare(&arguments.options, &key, now()?, &mut SerialNumbers)?).into())
    })
}

/// What `createRequest` has to sign.
#[wasm_bindgen(js_name = prepareRequest)]
pub fn prepare_request(options: &JsValue, spki: &[u8]) -> Export {
    export(|| {
        let options = request_options(options)?;
        let key = PublicKey::from_spki(spki).map_err(|error| error.at("privateKey"))?;
        Ok(prepared(&request::prepare(&options, &key)?).into())
    })
}

/// What `issueCertificate` has to sign, once the request's signature, `verification`, is known to be true. `chain` is what stands
/// behind the certificate in its chain, PEM.
#[wasm_bindgen(js_name = prepareIssue)]
pub fn prepare_issue(options: &JsValue, spki: &[u8]) -> Export {
    export(|| {
        let arguments = IssueArguments::read(options, spki)?;
        let now = now()?;
        let certificate = certificate::prepare_issue(
            &arguments.request,
            &arguments.authority,
            &arguments.options,
            now,
            &mut SerialNumbers,
        )?;
        let result = prepared_beside(&arguments.possession, &certificate);
        result.set_chain(arguments.authority.chain_text());
        Ok(result.into())
    })
}

/// Checks what the requests of `issueCertificates` share.
#[wasm_bindgen(js_name = checkIssue)]
pub fn check_issue(options: &JsValue, spki: &[u8]) -> Export {
    export(|| super::arguments::check_issue(options, spki).map(|()| JsValue::UNDEFINED))
}

/// The error of a request whose signature is false.
#[wasm_bindgen(js_name = falseSignature)]
pub fn false_signature() -> Export {
    export(|| Err(request::false_signature().at("request")))
}

/// The steps of `createMutualTls`, all checked: `{ algorithm, authorities, leaves }`.
#[wasm_bindgen(js_name = planMutualTls)]
pub fn plan_mutual_tls(options: &JsValue) -> Export {
    export(|| {
        let options = mutual_tls_options(options)?;
        let plan = plan(&options, now()?)?;
        let (authorities, leaves) = (Array::new(), Array::new());
        for step in &plan.authorities {
            authorities.push(&party(&step.path, step.party));
        }
        for step in &plan.leaves {
            let leaf = party(&step.path, step.party);
            set(&leaf, "profile", &step.profile.name().into());
            #[allow(clippy::cast_precision_loss)]
            set(&leaf, "authority", &(step.authority as f64).into());
            leaves.push(&leaf);
        }
        let result = Object::new();
        set(&result, "algorithm", &options.algorithm.name().into());
        set(&result, "validity", &window(plan.validity));
        set(&result, "authorityValidity", &window(plan.authority_validity));
        set(&result, "authorities", &authorities);
        set(&result, "leaves", &leaves);
        Ok(result.into())
    })
}

/// The DER of a private key that is PKCS#8 as it is, with the type that it says: `{ pkcs8, type }`. `undefined` for every other
/// form, and for what is no key: in-page crypto reads those, or says why not.
#[wasm_bindgen(js_name = plainKey)]
pub fn plain_key_of(material: &JsValue) -> Export {
    export(|| {
        let Some((key_type, pkcs8)) = bytes(material).ok().and_then(|input| plain_key(&input)) else {
            return Ok(JsValue::UNDEFINED);
        };
        let result = Object::new();
        set(&result, "type", &key_type.into());
        set(&result, "pkcs8", &Uint8Array::from(pkcs8.as_slice()));
        Ok(result.into())
    })
}

/// What decrypts an encrypted PKCS#8 key, `{ salt, iterations, hash, keyBits, iv, encrypted, passphrase }`, where the platform can and a
/// passphrase is given. `undefined` for every other key, as above.
#[wasm_bindgen(js_name = lockedKey)]
pub fn locked_key_of(material: &JsValue) -> JsValue {
    let given = super::inspection::inspected(material).ok();
    let Some((locked, passphrase)) =
        given.and_then(|(input, passphrase)| Some((locked_key(&input)?, passphrase?)))
    else {
        return JsValue::UNDEFINED;
    };
    let result = Object::new();
    set(&result, "salt", &Uint8Array::from(locked.salt.as_slice()));
    set(&result, "iterations", &locked.iterations.into());
    set(&result, "hash", &locked.hash.into());
    set(&result, "keyBits", &locked.key_bits.into());
    set(&result, "iv", &Uint8Array::from(locked.iv.as_slice()));
    set(&result, "encrypted", &Uint8Array::from(locked.encrypted.as_slice()));
    set(&result, "passphrase", &passphrase.as_str().into());
    result.into()
}

/// The name of a public key's type, after checking that it may stand in a certificate.
#[wasm_bindgen(js_name = publicKeyType)]
pub fn public_key_type(spki: &[u8]) -> Export {
    export(|| Ok(PublicKey::from_spki(spki)?.key_type().name().into()))
}

/// SHA-256 of a private key as it is given, with its passphrase, to know it again by. `undefined` for one in another shape.
#[wasm_bindgen(js_name = keyDigest)]
pub fn key_digest(material: &JsValue) -> Option<String> {
    let (input, passphrase) = super::inspection::inspected(material).ok()?;
    let passphrase = passphrase.as_ref().map_or(&[][..], |passphrase| passphrase.as_bytes());
    let mark = [u8::from(passphrase.is_empty())];
    let both = zeroize::Zeroizing::new([&crate::digest::sha256(&input)[..], &mark[..], passphrase].concat());
    Some(crate::hexadecimal::plain(&crate::digest::sha256(&both)))
}

/// A PKCS#8 key that was encrypted with PBKDF2-HMAC-SHA-256 and AES-256-CBC, PEM (RFC 8018 appendix A.4).
#[wasm_bindgen(js_name = encodeEncrypted)]
pub fn encode_encrypted(salt: &[u8], iv: &[u8], iterations: u32, encrypted: &[u8]) -> String {
    pem::encode(pem::ENCRYPTED_PRIVATE_KEY, &encrypted_private_key(salt, iv, iterations, encrypted))
}

/// `{ notBefore, notAfter }`, as the option `validity` takes it.
fn window(validity: Validity) -> Object {
    let result = Object::new();
    set(&result, "notBefore", &date(validity.not_before()));
    set(&result, "notAfter", &date(validity.not_after()));
    result
}

fn party(path: &str, party: &Party) -> Object {
    let result = Object::new();
    set(&result, "path", &path.into());
    set(&result, "commonName", &party.common_name().into());
    set(&result, "file", &party.file_name().into());
    result
}
