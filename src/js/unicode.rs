//! What takes tables of all the world's letters, which every platform has: international domain names by its URL parser (UTS 46,
//! WHATWG URL section 3.3), and small letters.

use js_sys::JsString;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = URL)]
    type Url;

    #[wasm_bindgen(constructor, js_class = "URL", catch)]
    fn new(url: &str) -> Result<Url, JsValue>;

    #[wasm_bindgen(method, getter)]
    fn hostname(this: &Url) -> String;
}

/// A host name in A-labels; `None` for what is none. The caller has seen to it that nothing in it ends a host in a URL.
pub(crate) fn domain_to_ascii(name: &str) -> Option<String> {
    let hostname = Url::new(&format!("http://{name}")).ok()?.hostname();
    Some(hostname).filter(|hostname| !hostname.is_empty())
}

/// `String.prototype.toLowerCase`.
pub(crate) fn lowercase(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}
