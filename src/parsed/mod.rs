//! Certificates, and the extensions of whatever has some, as they are read (RFC 5280 sections 4.1 and 4.2).
//!
//! x509-parser reads the frame, names, keys, dates and general names. What an extension says is read here, in strict DER: x509-parser
//! reads them by a table of all parsers that it has, which was a tenth of the wasm, and passes over what stands behind a value and over
//! constraints that it can't read.

mod certificate;
pub(crate) mod distribution_point;
mod extension;

pub(crate) use certificate::{ParsedCertificate, algorithm, whole};
pub(crate) use extension::{
    AuthorityKeyIdentifier, KeyUsageBits, Meaning, NameSubtrees, ParsedExtension, Purposes, general_names,
};
