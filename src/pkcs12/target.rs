//! For whom a file is: which decides its algorithms.

use super::mac::MacHash;
use crate::error::{Error, ErrorKind, Result};

/// The reader that a file is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Target {
    /// OpenSSL 1.1 and 3, Node, NSS, GnuTLS, Java from 8u301, Windows from 10 1709 and Server 2019, Android from 14.
    #[default]
    Modern,
    /// macOS and iOS of any version.
    Apple,
    /// Windows Server 2016 and older.
    Windows2016,
    /// Java from 8u301 and 11.0.12.
    Java,
    /// Android of any version.
    Android,
}

/// How keys and certificates are encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cipher {
    /// PBES2: AES-256-CBC, PBKDF2-HMAC-SHA-256.
    Aes256,
    /// PKCS#12's own: triple DES, SHA-1.
    TripleDes,
}

/// .NET's `X509CertificateLoader` takes 300,000 each and 1,000,000 in all; a file of ours has three: MAC, certificates, key. All three are
/// the same, since who guesses passphrases tries the cheapest.
pub(super) const ITERATIONS: u32 = 250_000;

impl Target {
    /// All of them, in the order in which they are offered.
    pub const ALL: &[Target] = &[Self::Modern, Self::Apple, Self::Windows2016, Self::Java, Self::Android];

    /// The name under which options speak of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Modern => "modern",
            Self::Apple => "apple",
            Self::Windows2016 => "windows-2016",
            Self::Java => "java",
            Self::Android => "android",
        }
    }

    /// The target of that name.
    pub fn from_name(name: &str) -> Result<Self> {
        Self::ALL.iter().copied().find(|target| target.name() == name).ok_or_else(|| {
            let names = Self::ALL.iter().map(|target| target.name()).collect::<Vec<_>>().join(", ");
            Error::new(
                ErrorKind::InvalidOption,
                format!("is no reader of PKCS#12 that is known here; choose one of {names}"),
            )
        })
    }

    /// The table. Never RC2-40, which OpenSSL 3 and Node refuse and anybody breaks; always a MAC, since Node, NSS and GnuTLS read no
    /// file without; never PBMAC1 (RFC 9579), which only the newest read. The MAC's salt is of 8 octets: 16 made Apple's importers fail.
    pub(super) const fn algorithms(self) -> (Cipher, MacHash) {
        match self {
            // What every reader of today takes, and nothing that is broken.
            Self::Modern => (Cipher::Aes256, MacHash::Sha256),
            // What keytool itself writes since 8u301. Before, Java knew the MAC with SHA-1 alone.
            Self::Java => (Cipher::Aes256, MacHash::Sha256),
            // Reports of which versions read AES contradict each other; Keychain itself writes this.
            Self::Apple => (Cipher::TripleDes, MacHash::Sha1),
            // AES came with Windows 10 1709 and Server 2019.
            Self::Windows2016 => (Cipher::TripleDes, MacHash::Sha1),
            // Up to 13 it says "wrong password" to AES.
            Self::Android => (Cipher::TripleDes, MacHash::Sha1),
        }
    }

    /// Checks the passphrase of a new file.
    pub(super) fn check_passphrase(self, passphrase: &str) -> Result<()> {
        let refuse = |message: &'static str| Err(Error::new(ErrorKind::Passphrase, message).at("passphrase"));
        if passphrase.is_empty() {
            return refuse("is empty, which Android and others refuse; give one");
        }
        if passphrase.contains('\0') {
            return refuse("holds a NUL, at which OpenSSL and others end it; leave it out");
        }
        if self == Self::Java && !passphrase.is_ascii() {
            return refuse(
                "has characters outside of ASCII, with which Java reads no PKCS#12 file; choose letters, digits and signs of ASCII",
            );
        }
        Ok(())
    }
}
