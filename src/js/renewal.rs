//! Renewal: prepared here, signed by whoever has the authority's key.

use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use super::arguments::{call, serial_number};
use super::authority::GivenAuthority;
use super::material::bytes;
use super::names::validity;
use super::output::{prepared_beside, set};
use super::{Export, export, now, rng};
use crate::key::PublicKey;
use crate::renewal::{self, OldCertificate, RenewalOptions};

/// What `renewCertificate` has to sign, once the old certificate's signature, `verification`, is known to be true, with
/// `chain` and `selfSigned`. `spki` is of the authority's key, `new_spki` of the certificate's where it gets another.
#[wasm_bindgen(js_name = prepareRenewal)]
pub fn prepare_renewal(options: &JsValue, spki: &[u8], new_spki: Option<Vec<u8>>) -> Export {
    export(|| {
        const KNOWN: &[&str] =
            &["certificate", "authority", "formerAuthority", "privateKey", "validity", "serialNumber"];
        let object = call(options, KNOWN)?;
        let public_key = new_spki.map(|spki| PublicKey::from_spki(&spki)).transpose();
        let renewal = RenewalOptions {
            validity: object.optional("validity", validity)?.unwrap_or_default(),
            serial_number: object.optional("serialNumber", serial_number)?,
            public_key: public_key.map_err(|error| error.at("privateKey"))?,
        };
        let authority = object.required("authority", |value| GivenAuthority::read(value, spki))?;
        let former =
            object.optional("formerAuthority", |value| renewal::former(&bytes(value)?, &authority))?;
        let issuer = former.as_ref().unwrap_or(&authority);
        let read = |value: &JsValue| OldCertificate::read_unverified(&bytes(value)?, issuer);
        let (old, signed) = object.required("certificate", read)?;
        let certificate = renewal::prepare(&old, &authority, &renewal, now()?, &mut rng())?;
        let result = prepared_beside(&signed, &certificate);
        let self_signed = old.is_of_itself(&authority, &renewal);
        let above = if self_signed { &"".into() } else { authority.chain_text() };
        result.set_chain(above);
        set(&result, "selfSigned", &self_signed.into());
        Ok(result.into())
    })
}
