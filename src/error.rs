//! The one error of the crate: what kind, which field, what to do.
//!
//! The kinds are a closed set. Each has a stable code that JavaScript callers branch on; `ErrorKind::ALL` exists so that
//! a test can compare the set with `index.d.ts`, exhaustively.

use std::borrow::Cow;
use std::fmt;

/// The result of everything here that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

macro_rules! error_kinds {
    ($($(#[doc = $doc:literal])+ $kind:ident = $code:literal,)+) => {
        /// What went wrong, in general. [`Error`] says where and what to do.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum ErrorKind { $($(#[doc = $doc])+ $kind,)+ }

        impl ErrorKind {
            /// Every kind there is, in the order of their declaration.
            pub const ALL: &[ErrorKind] = &[$(ErrorKind::$kind,)+];

            /// The stable code, as JavaScript sees it.
            pub const fn code(self) -> &'static str {
                match self { $(ErrorKind::$kind => $code,)+ }
            }
        }
    };
}

error_kinds! {
    /// An option that the function does not have: mostly a slip of the pen.
    UnknownOption = "ERR_UNKNOWN_OPTION",
    /// An option that is needed and was not given.
    MissingOption = "ERR_MISSING_OPTION",
    /// An option of the wrong type.
    InvalidType = "ERR_INVALID_TYPE",
    /// An option of the right type whose value is outside of what is allowed.
    InvalidOption = "ERR_INVALID_OPTION",
    /// Two options that can't both be meant.
    ConflictingOptions = "ERR_CONFLICTING_OPTIONS",
    /// A subject attribute that can't stand in a certificate (empty, too long, wrong characters).
    InvalidSubject = "ERR_INVALID_SUBJECT",
    /// An alternative name that is no DNS name, IP address, e-mail address or URI.
    InvalidAltName = "ERR_INVALID_ALT_NAME",
    /// Dates that can't be: reversed, not a date, outside of the years 1950 to 9999.
    InvalidValidity = "ERR_INVALID_VALIDITY",
    /// A window that the authority's own does not cover.
    OutlivesAuthority = "ERR_OUTLIVES_AUTHORITY",
    /// A serial number that is no positive integer of at most 20 octets.
    InvalidSerialNumber = "ERR_INVALID_SERIAL_NUMBER",
    /// Text that is not PEM, or a block of another kind than wanted.
    InvalidPem = "ERR_INVALID_PEM",
    /// Several blocks where one is wanted.
    MultiplePem = "ERR_MULTIPLE_PEM",
    /// A private or public key that can't be read.
    InvalidKey = "ERR_INVALID_KEY",
    /// A key of a kind or size that is not supported.
    UnsupportedKey = "ERR_UNSUPPORTED_KEY",
    /// An encrypted private key without, or with the wrong, passphrase.
    Passphrase = "ERR_PASSPHRASE",
    /// A certificate request that can't be read.
    InvalidRequest = "ERR_INVALID_REQUEST",
    /// A certificate request whose signature does not verify.
    RequestSignature = "ERR_REQUEST_SIGNATURE",
    /// A certificate that can't be read.
    InvalidCertificate = "ERR_INVALID_CERTIFICATE",
    /// A certificate revocation list that can't be read.
    InvalidCrl = "ERR_INVALID_CRL",
    /// A PKCS#12 file that can't be read.
    InvalidPkcs12 = "ERR_INVALID_PKCS12",
    /// A certificate that may not sign others.
    NotAnAuthority = "ERR_NOT_AN_AUTHORITY",
    /// A private key and a certificate that do not belong together.
    KeyMismatch = "ERR_KEY_MISMATCH",
    /// A certificate or a revocation list that the authority has not signed.
    WrongIssuer = "ERR_WRONG_ISSUER",
    /// Neither the caller nor the request says what the certificate is for.
    ProfileRequired = "ERR_PROFILE_REQUIRED",
    /// An authority below one whose path length allows none.
    PathLength = "ERR_PATH_LENGTH",
    /// A name that the name constraints of an authority do not let it sign for.
    NameConstraints = "ERR_NAME_CONSTRAINTS",
    /// A certificate request signed with MD5 or SHA-1, which prove possession no longer.
    WeakSignature = "ERR_WEAK_SIGNATURE",
    /// Crypto of the platform's was asked for, and it does not offer it.
    CryptoUnavailable = "ERR_CRYPTO_UNAVAILABLE",
    /// A key that no script can read is to be written down.
    NotExtractable = "ERR_NOT_EXTRACTABLE",
    /// The WebAssembly module could not be loaded.
    Load = "ERR_LOAD",
    /// A fault of this library. The next call works.
    Internal = "ERR_INTERNAL",
}

/// Why nothing was made: a kind with a stable code, the path of the option concerned, and a message that says which
/// field, what is wrong and what to do. It never holds any part of a private key.
///
/// One pointer: results are passed on everywhere, and failures are rare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error(Box<Failure>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Failure {
    kind: ErrorKind,
    field: Option<String>,
    message: Cow<'static, str>,
}

impl Error {
    /// An error of a kind, not yet of a field.
    pub fn new(kind: ErrorKind, message: impl Into<Cow<'static, str>>) -> Self {
        Self::boxed(kind, message.into())
    }

    #[cold]
    #[inline(never)]
    fn boxed(kind: ErrorKind, message: Cow<'static, str>) -> Self {
        Self(Box::new(Failure { kind, field: None, message }))
    }

    /// The same error, said of `path`. A path that it already has is taken to lie below: an error at `altNames[0]`
    /// becomes one at `server.altNames[0]`.
    #[cold]
    #[inline(never)]
    #[must_use]
    pub fn at(mut self, path: &str) -> Self {
        self.0.field = Some(match self.0.field.take() {
            Some(below) if below.starts_with('[') => [path, &below].concat(),
            Some(below) => [path, ".", &below].concat(),
            None => path.to_owned(),
        });
        self
    }

    /// The same error, said of no field.
    #[must_use]
    pub(crate) fn of_no_field(mut self) -> Self {
        self.0.field = None;
        self
    }

    /// The kind.
    pub fn kind(&self) -> ErrorKind {
        self.0.kind
    }

    /// The option concerned, as a path: `server.altNames[0]`.
    pub fn field(&self) -> Option<&str> {
        self.0.field.as_deref()
    }

    /// What is wrong and what to do, without the field.
    pub fn message(&self) -> &str {
        &self.0.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.field() {
            Some(field) => write!(f, "{field}: {}", self.message()),
            None => f.write_str(self.message()),
        }
    }
}

impl std::error::Error for Error {}

/// `.at(path)` on a result, so that a parser names its field where it knows it.
pub(crate) trait At<T> {
    fn at(self, path: &str) -> Result<T>;
}

impl<T> At<T> for Result<T> {
    #[inline]
    fn at(self, path: &str) -> Result<T> {
        self.map_err(|error| error.at(path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_distinct() {
        let codes: std::collections::HashSet<_> = ErrorKind::ALL.iter().map(|kind| kind.code()).collect();
        assert_eq!(codes.len(), ErrorKind::ALL.len());
    }

    #[test]
    fn paths_nest() {
        let error = Error::new(ErrorKind::InvalidAltName, "is empty").at("[0]").at("altNames").at("server");
        assert_eq!(error.field(), Some("server.altNames[0]"));
        assert_eq!(error.to_string(), "server.altNames[0]: is empty");
    }
}
