//! Certificates, and the extensions of whatever has some, as they are read (RFC 5280 sections 4.1 and 4.2).
//!
//! x509-parser reads names, keys, general names and the frame of revocation lists. Certificates, and what an extension says, are taken
//! apart here, in strict DER: x509-parser goes by a table of all the parsers that it has, which was a ninth of the wasm, and passes over
//! what stands behind a value and over constraints that it can't read.

mod certificate;
pub(crate) mod distribution_point;
mod extension;

pub(crate) use certificate::{ParsedCertificate, algorithm, whole};
pub(crate) use extension::{
    AuthorityKeyIdentifier, KeyUsageBits, Meaning, NameSubtrees, ParsedExtension, Purposes, general_names,
};
