//! Why a certificate is revoked (RFC 5280 section 5.3.1).

use crate::error::{Error, ErrorKind, Result};

/// The reason of an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RevocationReason {
    /// None is said: the entry then has no reason, as the RFC wants.
    #[default]
    Unspecified,
    /// Its private key is in other hands.
    KeyCompromise,
    /// So is that of the authority that it is the certificate of.
    CaCompromise,
    /// Its holder has another name or role.
    AffiliationChanged,
    /// There is another in its place.
    Superseded,
    /// It is not needed any more.
    CessationOfOperation,
    /// For a while: the one reason that can be lifted.
    CertificateHold,
    /// Its holder may no longer do what it says.
    PrivilegeWithdrawn,
    /// An attribute authority's key is in other hands.
    AaCompromise,
}

impl RevocationReason {
    /// Every reason.
    pub const ALL: &[RevocationReason] = &[
        Self::Unspecified,
        Self::KeyCompromise,
        Self::CaCompromise,
        Self::AffiliationChanged,
        Self::Superseded,
        Self::CessationOfOperation,
        Self::CertificateHold,
        Self::PrivilegeWithdrawn,
        Self::AaCompromise,
    ];

    /// The RFC's name for it, which `inspect` shows too.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unspecified => "unspecified",
            Self::KeyCompromise => "keyCompromise",
            Self::CaCompromise => "cACompromise",
            Self::AffiliationChanged => "affiliationChanged",
            Self::Superseded => "superseded",
            Self::CessationOfOperation => "cessationOfOperation",
            Self::CertificateHold => "certificateHold",
            Self::PrivilegeWithdrawn => "privilegeWithdrawn",
            Self::AaCompromise => "aACompromise",
        }
    }

    /// The reason of that name.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`].
    pub fn from_name(name: &str) -> Result<Self> {
        let known = Self::ALL.iter().copied().find(|reason| reason.name() == name);
        known.ok_or_else(|| {
            let message = match name {
                "removeFromCRL" => {
                    "is for delta lists, which are not made here; to lift a hold, list the certificate in `removed` of updateRevocationList".to_owned()
                }
                _ => {
                    let names: Vec<_> = Self::ALL.iter().map(|reason| reason.name()).collect();
                    format!("is no reason for a revocation; choose among {}", names.join(", "))
                }
            };
            Error::new(ErrorKind::InvalidOption, message)
        })
    }

    pub(super) const fn code(self) -> u8 {
        match self {
            Self::Unspecified => 0,
            Self::KeyCompromise => 1,
            Self::CaCompromise => 2,
            Self::AffiliationChanged => 3,
            Self::Superseded => 4,
            Self::CessationOfOperation => 5,
            Self::CertificateHold => 6,
            Self::PrivilegeWithdrawn => 9,
            Self::AaCompromise => 10,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_name() {
        for reason in RevocationReason::ALL {
            assert_eq!(RevocationReason::from_name(reason.name()), Ok(*reason));
        }
        for bad in ["", "removeFromCRL", "keycompromise", "7"] {
            assert_eq!(
                RevocationReason::from_name(bad).unwrap_err().kind(),
                ErrorKind::InvalidOption,
                "{bad}"
            );
        }
    }
}
