//! `inspect` and `inspectAll`: what can be told by looking, and beside it what is still to be asked of who computes.

use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;
use zeroize::Zeroizing;

use super::details::{self, plain};
use super::material::bytes;
use super::object::{OptionsObject, is_plain, string};
use super::output::set;
use super::to_verify;
use super::{Export, export, now};
use crate::error::{At, Error, ErrorKind, Result};
use crate::inspect::{Details, Inspection, KeyDetails, Oracle, same_keys};
use crate::pem::Block;
use crate::signature::Verification;

/// One thing: `{ field, details, spki, verification, key, revocationList, labelled }`. `field` is where it stands in a file of several;
/// `verification` decides its `signatureValid` or `selfSigned`; `key` is a private key whose public half is not known yet;
/// `revocationList` stands instead of `details`, for the other wasm to describe: it is `labelled` so, or only may be one.
#[wasm_bindgen]
pub fn inspect(material: &JsValue) -> Export {
    export(|| {
        let (input, passphrase) = inspected(material)?;
        let mut later = Later::default();
        let details = Inspection::new(passphrase.as_ref().map(|text| text.as_str()), now()?, &mut later)
            .one(&input)
            .at("pem")?;
        later.seen(0, &details).map(JsValue::from)
    })
}

/// All in a file, each in the same way.
#[wasm_bindgen(js_name = inspectAll)]
pub fn inspect_all(material: &JsValue) -> Export {
    export(|| {
        let (input, passphrase) = inspected(material)?;
        let mut later = Later::default();
        let all = Inspection::new(passphrase.as_ref().map(|text| text.as_str()), now()?, &mut later)
            .all(&input)
            .at("pem")?;
        let entries = Array::new();
        for (place, details) in all.iter().enumerate() {
            entries.push(&later.seen(place, details)?.into());
        }
        Ok(entries.into())
    })
}

/// The details of a key whose public half is known by now.
#[wasm_bindgen(js_name = describeKey)]
pub fn describe_key(r#type: &str, encrypted: bool, spki: &[u8]) -> Export {
    export(|| plain(&KeyDetails::described(r#type, encrypted, spki)))
}

/// For each key (a SubjectPublicKeyInfo, or nothing) the places of the others that are the same.
#[wasm_bindgen(js_name = sameKeys)]
pub fn same_keys_of(keys: Vec<JsValue>) -> Export {
    export(|| {
        let keys: Vec<_> = keys.iter().map(|key| bytes(key).ok()).collect();
        let keys: Vec<_> = keys.iter().map(|key| key.as_ref().map(|key| key.as_slice())).collect();
        plain(&same_keys(&keys))
    })
}

pub(super) type Inspected = (Zeroizing<Vec<u8>>, Option<Zeroizing<String>>);

/// PEM or DER, or `{ pem, passphrase }`.
pub(super) fn inspected(material: &JsValue) -> Result<Inspected> {
    if !is_plain(material) {
        return Ok((bytes(material).at("pem")?, None));
    }
    let object = OptionsObject::read(material, &["pem", "passphrase"])?;
    let passphrase = object.optional("passphrase", string)?.map(Zeroizing::new);
    Ok((object.required("pem", bytes)?, passphrase))
}

/// Takes down what is asked, with the place of the thing that it is about.
#[derive(Default)]
struct Later {
    place: usize,
    /// The blocks of the places, where they are PEM.
    blocks: Vec<Option<usize>>,
    verifications: Vec<(usize, Verification)>,
    keys: Vec<(usize, Zeroizing<String>)>,
    revocation_lists: Vec<(usize, Vec<u8>, bool)>,
}

impl Oracle for Later {
    fn at(&mut self, place: usize, block: Option<usize>) {
        self.place = place;
        self.blocks.push(block);
    }

    fn verify(&mut self, verification: Verification) -> bool {
        self.verifications.push((self.place, verification));
        false
    }

    fn public_half(
        &mut self,
        block: &Block,
        curve: Option<&Block>,
        _: Option<&str>,
    ) -> Result<Option<Vec<u8>>> {
        let curve = curve.map(Block::to_text).unwrap_or_default();
        self.keys.push((self.place, Zeroizing::new([curve.as_str(), block.to_text().as_str()].concat())));
        Ok(None)
    }

    /// Text of JSON goes to in-page crypto before it comes here.
    fn jwk(&mut self, _: &[u8]) -> Result<KeyDetails> {
        Err(Error::new(ErrorKind::Internal, "a JSON Web Key came where none is read"))
    }

    fn revocation_list(&mut self, block: &Block) {
        self.revocation_lists.push((self.place, block.der.to_vec(), block.label.is_some()));
    }
}

impl Later {
    fn seen(&self, place: usize, details: &Details) -> Result<Object> {
        let seen = Object::new();
        if let Some(Some(block)) = self.blocks.get(place) {
            set(&seen, "field", &format!("pem[{block}]").into());
        }
        set(&seen, "details", &details::details(details)?);
        if let Some(key) = details.public_key() {
            set(&seen, "spki", &Uint8Array::from(key.spki()));
        }
        if let Some((_, verification)) = self.verifications.iter().rfind(|(at, _)| *at == place) {
            set(&seen, "verification", &to_verify::verification(verification));
        }
        if let Some((_, key)) = self.keys.iter().rfind(|(at, _)| *at == place) {
            set(&seen, "key", &key.as_str().into());
        }
        if let Some((_, der, labelled)) = self.revocation_lists.iter().rfind(|(at, ..)| *at == place) {
            set(&seen, "revocationList", &Uint8Array::from(der.as_slice()));
            set(&seen, "labelled", &(*labelled).into());
        }
        Ok(seen)
    }
}

/// The text of a file that is JSON and no PEM.
#[wasm_bindgen(js_name = isJson)]
pub fn is_json(material: &JsValue) -> bool {
    inspected(material).is_ok_and(|(input, _)| crate::key::is_jwk(&input))
}
