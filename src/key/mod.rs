//! Keys: which there are, every form in which they come and go, and who signs with them.
//!
//! A public key is read by its structure (`public`). A private key is read in two steps: out of its wrapping into
//! `raw::RawKey` (`read`, `forms`, `jwk`, and under a passphrase `encrypted`, `pbes1`, `traditional`), then into a key that
//! computes, where everything in it is checked. `in_page` and `verify` are the only files that know the crypto crates of the
//! keys; without the feature `in-page`, nothing here computes.

mod algorithm;
mod curves;
mod form;
mod public;
mod unsupported;

#[cfg(feature = "in-page")]
mod encrypted;
#[cfg(feature = "in-page")]
mod forms;
#[cfg(feature = "in-page")]
mod in_page;
#[cfg(feature = "in-page")]
mod jwk;
#[cfg(feature = "in-page")]
mod locked;
#[cfg(feature = "in-page")]
mod pbes1;
#[cfg(all(target_arch = "wasm32", not(feature = "in-page")))]
mod platform;
#[cfg(feature = "in-page")]
mod private;
#[cfg(feature = "in-page")]
mod raw;
#[cfg(feature = "in-page")]
mod read;
#[cfg(feature = "in-page")]
mod traditional;
#[cfg(feature = "in-page")]
mod verify;
#[cfg(feature = "in-page")]
mod write;

pub use algorithm::{KeyAlgorithm, KeyType};
#[cfg(feature = "in-page")]
pub use private::PrivateKey;
pub use public::PublicKey;
#[cfg(feature = "in-page")]
pub use write::KeyFormat;

pub(crate) use algorithm::Hash;
#[cfg(all(target_arch = "wasm32", not(feature = "in-page")))]
pub(crate) use algorithm::PBKDF2_ITERATIONS;
#[cfg(target_arch = "wasm32")]
pub(crate) use algorithm::{MAX_ITERATIONS, MIN_ITERATIONS};
pub(crate) use curves::curve;
#[cfg(feature = "in-page")]
pub(crate) use encrypted::{Sealed, check_iterations, open, parts, private_key, seal, work};
#[cfg(not(feature = "in-page"))]
pub(crate) use form::is_signed_form;
pub(crate) use form::{is_encrypted, is_jwk, is_private_form};
#[cfg(feature = "in-page")]
pub(crate) use locked::{Locked, Passphrase};
#[cfg(feature = "in-page")]
pub(crate) use pbes1::{pkcs12_key, seal_triple_des};
#[cfg(all(target_arch = "wasm32", not(feature = "in-page")))]
pub(crate) use platform::{encrypted_private_key, locked_key, plain_key};
#[cfg(target_arch = "wasm32")]
pub(crate) use public::Numbers;
