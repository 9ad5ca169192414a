//! What of a request goes into the certificate, beyond its key and its subject. The rest is the authority's decision.

use crate::error::{Error, ErrorKind, Result};
use crate::extension;
use crate::oid;

/// One thing that is taken from a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Copied {
    /// The alternative names.
    AltNames,
    /// The extended key usage, as the role where no profile is given.
    ExtendedKeyUsage,
    /// The key usage, in place of the profile's.
    KeyUsage,
    /// Another extension, by its OID, as it stands there.
    Extension(String),
}

impl Copied {
    /// What is taken where nothing is said.
    pub const DEFAULT: &[Copied] = &[Copied::AltNames, Copied::ExtendedKeyUsage];

    /// By the name of the extension, or by its OID.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`], also for the extensions by which a request would decide in the authority's place.
    pub fn from_name(name: &str) -> Result<Self> {
        Ok(match name {
            "altNames" | "2.5.29.17" => Self::AltNames,
            "extendedKeyUsage" | "2.5.29.37" => Self::ExtendedKeyUsage,
            "keyUsage" | "2.5.29.15" => Self::KeyUsage,
            other if oid::parse(other).is_none() => {
                let message = "is nothing that can be copied; choose altNames, extendedKeyUsage, keyUsage, or give an extension's OID";
                return Err(Error::new(ErrorKind::InvalidOption, message));
            }
            other => match extension::written_here(other) {
                Some(what) => {
                    let message = format!("{what}; a request doesn't decide it");
                    return Err(Error::new(ErrorKind::InvalidOption, message));
                }
                None => Self::Extension(other.to_owned()),
            },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_copied() {
        assert_eq!(Copied::from_name("altNames"), Ok(Copied::AltNames));
        assert_eq!(
            Copied::from_name("1.3.6.1.5.5.7.1.24"),
            Ok(Copied::Extension("1.3.6.1.5.5.7.1.24".into()))
        );
        for bad in ["", "subject", "basicConstraints", "2.5.29.19", "2.5.29.30", "2.5.29.14", "1.x"] {
            assert_eq!(Copied::from_name(bad).unwrap_err().kind(), ErrorKind::InvalidOption, "{bad}");
        }
    }
}
