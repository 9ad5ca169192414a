//! What lies under a passphrase: how the passphrase is taken, and why something stays closed. Keys have their words for it here;
//! PKCS#12 files have theirs.

use super::forms::damaged;
use crate::error::{Error, ErrorKind};

/// A passphrase.
#[derive(Clone, Copy)]
pub(crate) enum Passphrase<'a> {
    /// As it was typed, an empty one too.
    Text(&'a str),
    /// None at all, for which some writers of PKCS#12 leave out even the two octets that end every text.
    Absent,
}

impl<'a> Passphrase<'a> {
    /// PBES1 and PBES2 take it in UTF-8.
    pub(super) fn utf8(self) -> &'a str {
        match self {
            Self::Text(text) => text,
            Self::Absent => "",
        }
    }
}

/// Why it stays closed.
#[derive(Debug)]
pub(crate) enum Locked {
    NoPassphrase,
    /// It shows itself in the padding, or in what comes out not being what it should.
    WrongPassphrase,
    Damaged,
    /// The key derivation would stop the page.
    TooMuchWork,
    /// Encrypted with something that is not done here, by name.
    Other(String),
}

impl From<Locked> for Error {
    fn from(locked: Locked) -> Self {
        match locked {
            Locked::NoPassphrase => {
                Self::new(ErrorKind::Passphrase, "is encrypted; give its passphrase: { pem, passphrase }")
            }
            Locked::WrongPassphrase => {
                Self::new(ErrorKind::Passphrase, "can't be decrypted with this passphrase; check it")
            }
            Locked::Damaged => damaged(),
            Locked::TooMuchWork => Self::new(
                ErrorKind::UnsupportedKey,
                "asks for more key-derivation work than is done here; convert it: `openssl pkcs8 -in key.pem | openssl pkcs8 -topk8`",
            ),
            Locked::Other(name) => Self::new(
                ErrorKind::UnsupportedKey,
                format!(
                    "is encrypted with {name}, which is not supported; encrypt it anew: \
                     `openssl pkey -in key.pem | openssl pkcs8 -topk8` (with `-provider legacy -provider default` for old ciphers)"
                ),
            ),
        }
    }
}
