//! PKCS#12 (RFC 7292): a key with its certificates in one file under a passphrase, and Java's trust stores, which are certificates
//! alone.
//!
//! Not the crate p12-keystore, which has the same aim: ARCHITECTURE.md says why. Of `pkcs12`, the key derivation; structures are
//! written with yasna, as all others here, and read where they lie, so that no copy of a key is left behind.

mod bag;
mod create;
mod entries;
mod mac;
mod read;
mod target;
mod write;

pub use create::{IdentityOptions, TrustStoreOptions, create, create_trust_store};
pub use entries::{Contents, Entry, StoredCertificate};
pub use read::read;
pub use target::Target;

use crate::error::{Error, ErrorKind};

/// id-data and id-encryptedData (RFC 5652), and the kinds of bags and their attributes (RFC 7292 section 4.2, RFC 2985 section 5.5).
mod oid {
    pub(super) const DATA: &[u64] = &[1, 2, 840, 113_549, 1, 7, 1];
    pub(super) const ENCRYPTED_DATA: &[u64] = &[1, 2, 840, 113_549, 1, 7, 6];
    pub(super) const KEY_BAG: &[u64] = &[1, 2, 840, 113_549, 1, 12, 10, 1, 1];
    pub(super) const SHROUDED_KEY_BAG: &[u64] = &[1, 2, 840, 113_549, 1, 12, 10, 1, 2];
    pub(super) const CERTIFICATE_BAG: &[u64] = &[1, 2, 840, 113_549, 1, 12, 10, 1, 3];
    pub(super) const SAFE_CONTENTS_BAG: &[u64] = &[1, 2, 840, 113_549, 1, 12, 10, 1, 6];
    pub(super) const X509_CERTIFICATE: &[u64] = &[1, 2, 840, 113_549, 1, 9, 22, 1];
    pub(super) const FRIENDLY_NAME: &[u64] = &[1, 2, 840, 113_549, 1, 9, 20];
    pub(super) const LOCAL_KEY_ID: &[u64] = &[1, 2, 840, 113_549, 1, 9, 21];
    /// Oracle's mark of a certificate that Java's key stores hold as trusted.
    pub(super) const TRUSTED_KEY_USAGE: &[u64] = &[2, 16, 840, 1, 113_894, 746_875, 1, 1];
    pub(super) const ANY_EXTENDED_KEY_USAGE: &[u64] = &[2, 5, 29, 37, 0];

    /// Whether what was read is one of them.
    pub(super) fn is(read: der::asn1::ObjectIdentifier, wanted: &[u64]) -> bool {
        read.arcs().map(u64::from).eq(wanted.iter().copied())
    }
}

fn damaged() -> Error {
    Error::new(
        ErrorKind::InvalidPkcs12,
        "is no PKCS#12 file that can be read; it may be damaged or cut short",
    )
}
