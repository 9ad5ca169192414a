//! Mutual TLS certificates, made where you stand: keys, certificate requests and CA-signed certificates that every
//! verifier accepts by default.
//!
//! The flow, which is also the order in which to read:
//!
//! ```text
//! options, parsed to types that cannot be wrong     name, alt_name, validity, profile, extension, key
//!   -> rcgen's parameters -> to-be-signed bytes     request, authority, certificate (prepare)
//!   -> a signer                                     key (in-page), or whoever else: it is only bytes
//!   -> DER -> PEM, and plain data about it          signing (finish), pem, inspect
//! ```
//!
//! [`renewal`] and [`revocation`] are for what comes after; [`mutual_tls`] is the whole of the guide "Using MTLS" in one call.
//! The crate knows no clock and no random source: `now` and a CSPRNG are handed in. It knows no JavaScript either, but for the
//! module `js`, which exists on wasm32 alone.

// The wasm with in-page crypto uses a part of what is there for the other, whose lint finds what neither uses.
#![cfg_attr(all(target_arch = "wasm32", feature = "in-page"), allow(dead_code))]
// Natively, without in-page crypto nothing inspects.
#![cfg_attr(not(any(target_arch = "wasm32", feature = "in-page")), allow(dead_code, unused_imports))]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic))]

pub mod alt_name;
mod asn1;
pub mod authority;
#[cfg(feature = "in-page")]
mod ber;
#[cfg(feature = "in-page")]
pub mod bundle;
pub mod certificate;
#[cfg(feature = "in-page")]
pub mod chain;
pub mod copying;
mod date;
mod digest;
pub mod error;
pub mod extension;
mod hexadecimal;
pub mod inspect;
pub mod key;
pub mod mutual_tls;
pub mod name;
mod naming;
mod oid;
mod parsed;
pub mod pem;
#[cfg(feature = "in-page")]
pub mod pkcs12;
pub mod profile;
#[cfg(feature = "in-page")]
pub mod renewal;
pub mod request;
#[cfg(feature = "in-page")]
pub mod revocation;
mod serial_number;
mod signature;
mod signing;
pub mod validity;
#[cfg(feature = "in-page")]
pub mod verification;

#[cfg(target_arch = "wasm32")]
mod js;
#[cfg(test)]
mod testing;

pub use error::{Error, ErrorKind, Result};
pub use signature::Verification;
pub use signing::ToBeSigned;
