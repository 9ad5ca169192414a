//! The authority that options give, and the last one, kept.

use std::cell::{OnceCell, RefCell};
use std::ops::Deref;
use std::rc::Rc;

use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

use super::material::bytes;
use super::object::OptionsObject;
use crate::authority::AuthorityCertificate;
use crate::error::{At, Result};
use crate::key::PublicKey;
use crate::pem;

/// An authority as it was read, for the next request to it: reading takes longer than all else that is done here.
pub(super) struct GivenAuthority {
    given: Given,
    spki: Vec<u8>,
    certificate: AuthorityCertificate,
    chain: OnceCell<JsValue>,
}

/// How its certificate was given. A text is compared where it is; bytes can change.
enum Given {
    Text(JsValue),
    Bytes(Zeroizing<Vec<u8>>),
}

thread_local! {
    static LAST: RefCell<Option<Rc<GivenAuthority>>> = const { RefCell::new(None) };
}

impl GivenAuthority {
    /// Reads `{ certificate, privateKey }`, of a key with this SubjectPublicKeyInfo.
    pub(super) fn read(value: &JsValue, spki: &[u8]) -> Result<Rc<Self>> {
        // The result of createAuthority may be handed in as it is.
        let object = OptionsObject::read_beside(value, &["certificate", "privateKey"], &["details"])?;
        object.required("privateKey", |_| Ok(()))?;
        object.required("certificate", |value| Ok(value.clone())).and_then(|given| Self::of(&given, spki))
    }

    fn of(given: &JsValue, spki: &[u8]) -> Result<Rc<Self>> {
        let last = LAST.with_borrow(Clone::clone).filter(|last| last.spki == spki);
        if let Some(last) = last.as_ref().filter(|last| last.is_text(given)) {
            return Ok(Rc::clone(last));
        }
        let input = bytes(given).at("certificate")?;
        if let Some(last) = last.filter(|last| last.is_bytes(&input)) {
            return Ok(last);
        }
        let key = PublicKey::from_spki(spki).map_err(|error| error.at("privateKey"))?;
        let certificate = AuthorityCertificate::read_for(&input, &key).at("certificate")?;
        certificate.belongs_to(&key)?;
        let given = if given.is_string() { Given::Text(given.clone()) } else { Given::Bytes(input) };
        let read = Rc::new(Self { given, spki: spki.to_vec(), certificate, chain: OnceCell::new() });
        LAST.set(Some(Rc::clone(&read)));
        Ok(read)
    }

    fn is_text(&self, given: &JsValue) -> bool {
        matches!(&self.given, Given::Text(text) if text == given)
    }

    fn is_bytes(&self, input: &[u8]) -> bool {
        matches!(&self.given, Given::Bytes(bytes) if **bytes == *input)
    }

    /// What stands behind a certificate of it in a chain, PEM.
    pub(super) fn chain_text(&self) -> &JsValue {
        self.chain.get_or_init(|| {
            let text: String =
                self.certificate.chain().iter().map(|der| pem::encode(pem::CERTIFICATE, der)).collect();
            text.into()
        })
    }
}

impl Deref for GivenAuthority {
    type Target = AuthorityCertificate;

    fn deref(&self) -> &AuthorityCertificate {
        &self.certificate
    }
}
