//! The only place that knows JavaScript. Each export is a few lines: read the options, call the core, write the result.
//!
//! The package ships two wasms of this crate. The one without in-page crypto (`certificates`) reads options, prepares what is to
//! be signed, and inspects. The other is in-page crypto and the forms of keys (`keys`), which is loaded when the
//! platform can't do what is asked, and what most pages never do: `pkcs12` and bundles, `revocation`, `renewal`, `verification`. `pkg/` puts the two
//! and the platform's crypto together.
//!
//! Plain data crosses the border: strings, bytes, plain objects, dates. A failure crosses as the plain object
//! `{ code, field, message }`, which `pkg/` turns into a `CertificateError`: an exported class would have to be freed, and its
//! `instanceof` would depend on the instance.

mod arguments;
mod authority;
mod details;
mod extensions;
mod material;
mod names;
mod object;
mod output;
#[cfg(not(feature = "in-page"))]
mod serials;
mod to_verify;
mod unicode;

#[cfg(not(feature = "in-page"))]
mod certificates;
#[cfg(not(feature = "in-page"))]
mod inspection;
#[cfg(feature = "in-page")]
mod keys;
#[cfg(feature = "in-page")]
mod pkcs12;
#[cfg(feature = "in-page")]
mod renewal;
#[cfg(feature = "in-page")]
mod revocation;
#[cfg(feature = "in-page")]
mod verification;

pub(crate) use unicode::{domain_to_ascii, lowercase};

use rand_core::{CryptoRng, UnwrapErr};
use time::OffsetDateTime;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::{Error, ErrorKind, Result};
use crate::validity::date_from_millis;

type Export = std::result::Result<JsValue, JsValue>;

/// A fresh instance before the next call. `pkg/` calls it for any exception that is not one of ours: a panic, which is a trap here, memory
/// exhausted, stack overflow.
#[wasm_bindgen(js_name = scheduleReinit)]
pub fn schedule_reinit() {
    wasm_bindgen::handler::schedule_reinit();
}

/// Every code that an error can have. The tests compare it with `index.d.ts`.
#[wasm_bindgen(js_name = errorCodes)]
pub fn error_codes() -> Vec<String> {
    ErrorKind::ALL.iter().map(|kind| kind.code().to_owned()).collect()
}

fn export(work: impl FnOnce() -> Result<JsValue>) -> Export {
    work().map_err(|error| output::error(&error))
}

/// The platform's random source (`crypto.getRandomValues`). Without one nothing can be made: that traps.
fn rng() -> impl CryptoRng {
    UnwrapErr(getrandom::SysRng)
}

fn now() -> Result<OffsetDateTime> {
    date_from_millis(js_sys::Date::now())
        .map_err(|_| Error::new(ErrorKind::Internal, "this machine's clock shows no date"))
}
