//! Renewal: what stays, what is new, and what is refused. OpenSSL and webpki judge.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;

mod authorities;
mod issuers;
mod leaves;
mod openssl;

use common::rng;
use mtls_certs::authority::Authority;
use mtls_certs::inspect::{self, CertificateDetails};
use mtls_certs::key::{KeyAlgorithm, PrivateKey};
use mtls_certs::renewal::{self, OldCertificate, RenewalOptions};
use mtls_certs::{Error, ErrorKind};
use time::OffsetDateTime;

/// Most of a year later.
const LATER: OffsetDateTime = time::macros::datetime!(2027-10-01 9:00 UTC);

fn key(algorithm: KeyAlgorithm, seed: u64) -> PrivateKey {
    PrivateKey::generate(algorithm, &mut rng(seed)).unwrap()
}

fn renew(old: &[u8], authority: &Authority, options: &RenewalOptions) -> mtls_certs::Result<Vec<u8>> {
    renew_at(old, authority, options, LATER)
}

fn renew_at(
    old: &[u8],
    authority: &Authority,
    options: &RenewalOptions,
    now: OffsetDateTime,
) -> mtls_certs::Result<Vec<u8>> {
    let old = OldCertificate::read(old, authority.certificate())?;
    renewal::renew(&old, authority, options, now, &mut rng(77))
}

fn details(der: &[u8]) -> CertificateDetails {
    inspect::certificate(der, LATER).unwrap()
}

fn refused<T: std::fmt::Debug>(result: mtls_certs::Result<T>) -> (ErrorKind, String) {
    let error: Error = result.unwrap_err();
    (error.kind(), error.field().unwrap_or_default().to_owned())
}

/// All that is said but what has to be new.
fn lasting(der: &[u8]) -> serde_json::Value {
    let mut value = serde_json::to_value(details(der)).unwrap();
    for new in ["serialNumber", "daysLeft", "fingerprints"] {
        value.as_object_mut().unwrap().remove(new);
    }
    value
}
