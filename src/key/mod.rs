//! Keys: which there are, every form in which they come and go, and who signs with them.
//!
//! A form is read in two steps: out of its wrapping into [`raw::RawKey`] (`read`, `forms`, `jwk`, and under a passphrase
//! `encrypted`, `pbes1`, `traditional`), then into a key that computes, where everything in it is checked. `in_page`
//! and `verify` are the only files that know the crypto crates of the keys.

mod algorithm;
mod encrypted;
mod forms;
mod in_page;
mod jwk;
mod pbes1;
mod private;
mod public;
mod raw;
mod read;
mod traditional;
mod unsupported;
mod verify;
mod write;

pub use algorithm::{KeyAlgorithm, KeyType};
pub use private::PrivateKey;
pub use public::PublicKey;
pub use write::KeyFormat;

#[cfg(target_arch = "wasm32")]
pub(crate) use encrypted::{MAX_ITERATIONS, MIN_ITERATIONS};
pub(crate) use in_page::{digest_sha1, digest_sha256};
pub(crate) use jwk::is_jwk;
pub(crate) use read::is_encrypted;
pub(crate) use verify::Hash;
