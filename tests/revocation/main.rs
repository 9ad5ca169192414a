//! Revocation lists: what is made, gone on from, and refused. OpenSSL, webpki and Python judge.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;

mod entries;
mod judges;
mod next;
mod openssl;

use common::{NOW, rng};
use mtls_certs::authority::Authority;
use mtls_certs::certificate::SerialNumber;
use mtls_certs::inspect::{self, CrlDetails};
use mtls_certs::revocation::{
    self, ListOptions, Revocation, RevocationList, RevocationReason, RevokedSerial,
};
use mtls_certs::{Error, ErrorKind};

fn serial(hex: &str) -> RevokedSerial {
    RevokedSerial::from(&SerialNumber::from_hex(hex).unwrap())
}

fn revoke(hex: &str, reason: RevocationReason) -> Revocation {
    Revocation { reason, ..Revocation::new(serial(hex)) }
}

fn of(certificate: &[u8], authority: &Authority) -> Revocation {
    Revocation::new(RevokedSerial::of_certificate(certificate, authority.certificate()).unwrap())
}

fn create(authority: &Authority, revoked: Vec<Revocation>) -> mtls_certs::Result<Vec<u8>> {
    let options = ListOptions { revoked, ..ListOptions::default() };
    revocation::create(None, authority, &options, NOW, &mut rng(9))
}

fn update(list: &[u8], authority: &Authority, options: &ListOptions) -> mtls_certs::Result<Vec<u8>> {
    let list = RevocationList::read(list, authority.certificate())?;
    revocation::create(Some(&list), authority, options, NOW, &mut rng(9))
}

fn details(list: &[u8]) -> CrlDetails {
    inspect::crl(list).unwrap()
}

fn serials(list: &[u8]) -> Vec<(String, Option<&'static str>)> {
    details(list).revoked.into_iter().map(|entry| (entry.serial_number, entry.reason)).collect()
}

fn refused<T: std::fmt::Debug>(result: mtls_certs::Result<T>) -> (ErrorKind, String) {
    let error: Error = result.unwrap_err();
    (error.kind(), error.field().unwrap_or_default().to_owned())
}

fn pem_der(text: &[u8]) -> Vec<u8> {
    x509_parser::pem::parse_x509_pem(text).unwrap().1.contents
}
