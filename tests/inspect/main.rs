//! What `inspect` says of things that OpenSSL made, against literal facts and against what OpenSSL says.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;

mod certificates;
mod crls;
mod damaged;
mod extensions;
mod files;
mod keys;
mod requests;

use common::{Folder, NOW};
use mtls_certs::inspect::{self, CertificateDetails, Details, ExtensionDetails};
use serde_json::Value;

fn json(value: impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

fn certificate(folder: &Folder, name: &str) -> CertificateDetails {
    match inspect::inspect(&folder.read(name), None, NOW).unwrap() {
        Details::Certificate(details) => *details,
        other => panic!("{other:?}"),
    }
}

/// Of those with this name: critical or not, and decoded.
fn decoded(extensions: &[ExtensionDetails], name: &str) -> (bool, Value) {
    let mut found = extensions.iter().filter(|extension| extension.name == Some(name));
    let extension = found.next().unwrap_or_else(|| panic!("no {name}"));
    assert!(found.next().is_none(), "{name} twice");
    (extension.critical, json(&extension.decoded))
}

/// A folder with a P-256 key `k` and an OpenSSL configuration whose section `[x]` holds these lines.
fn folder_with(lines: &str) -> Folder {
    let folder = Folder::new();
    folder.openssl("genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k");
    folder.write("x.cnf", format!("[req]\ndistinguished_name=dn\nprompt=no\n[dn]\nCN=bob\n[x]\n{lines}"));
    folder
}
