//! What an authority has signed: told by the issuer's name and by the signature, which is left to verify.

use x509_parser::prelude::{FromDer, X509Name};
use x509_parser::x509::AlgorithmIdentifier;

use super::AuthorityCertificate;
use crate::error::{Error, ErrorKind, Result};
use crate::inspect::NameDetails;
use crate::inspect::name::normalized;
use crate::parsed::ParsedCertificate;
use crate::request::WeakSignatures;
use crate::signature::{self, Scheme, Verification};

/// A certificate or a revocation list, as much of it as its signature is about.
pub(crate) struct Signed<'a> {
    pub issuer: &'a X509Name<'a>,
    pub algorithm: &'a AlgorithmIdentifier<'a>,
    pub message: &'a [u8],
    pub signature: &'a [u8],
    /// Whether MD5 and SHA-1 are taken: where something follows from the thing that the authority would not do otherwise, they prove
    /// too little.
    pub weak: WeakSignatures,
}

impl<'a> Signed<'a> {
    /// # Errors
    /// [`ErrorKind::InvalidCertificate`] where the two places that name the algorithm differ (RFC 5280 section 4.1.1.2).
    pub(crate) fn certificate(parsed: &'a ParsedCertificate<'a>, weak: WeakSignatures) -> Result<Self> {
        if parsed.signed_algorithm != parsed.signature_algorithm || parsed.signature.1 != 0 {
            let message = "names two signature algorithms, or has a signature that is damaged; give the file again, whole";
            return Err(Error::new(ErrorKind::InvalidCertificate, message));
        }
        Ok(Self {
            issuer: &parsed.issuer,
            algorithm: &parsed.signature_algorithm,
            message: parsed.to_be_signed,
            signature: parsed.signature.0,
            weak,
        })
    }
}

impl AuthorityCertificate {
    /// The signature that this authority is said to have made.
    ///
    /// # Errors
    /// [`ErrorKind::WrongIssuer`] for what another one signed, [`ErrorKind::WeakSignature`].
    pub(crate) fn verification(&self, signed: &Signed<'_>) -> Result<Verification> {
        let refuse = |message| Err(Error::new(ErrorKind::WrongIssuer, message));
        if !self.is_called(signed.issuer) {
            let (theirs, own) = (NameDetails::new(signed.issuer).text, self.name());
            return refuse(format!(
                "was issued by {theirs}, and this authority is {own}; give the authority that issued it"
            ));
        }
        let algorithm = || signature::described(signed.algorithm);
        let Some(scheme) = Scheme::read(signed.algorithm, self.public_key.key_type()) else {
            let (algorithm, key) = (algorithm(), self.public_key.key_type().name());
            return refuse(format!(
                "is signed with {algorithm}, which the authority's key ({key}) can't have made; another key of the same name has"
            ));
        };
        if scheme.is_weak() && signed.weak == WeakSignatures::Refused {
            let message = format!("is signed with {}, which proves nothing today; make it anew", algorithm());
            return Err(Error::new(ErrorKind::WeakSignature, message));
        }
        Ok(Verification {
            public_key: self.public_key.clone(),
            scheme,
            message: signed.message.to_vec(),
            signature: signed.signature.to_vec(),
        })
    }

    /// Whether the other one has the same name, in whatever strings.
    pub(crate) fn is_namesake(&self, other: &Self) -> bool {
        X509Name::from_der(&other.subject).is_ok_and(|(_, name)| self.is_called(&name))
    }

    fn is_called(&self, name: &X509Name<'_>) -> bool {
        if name.as_raw() == self.subject {
            return true;
        }
        // Another tool may have written the same name in other strings.
        X509Name::from_der(&self.subject).is_ok_and(|(_, own)| normalized(&own) == normalized(name))
    }

    /// RFC 4514.
    pub(crate) fn name(&self) -> String {
        NameDetails::of_der(&self.subject).map(|name| name.text).unwrap_or_default()
    }
}

/// For what has the authority's name on it, and whose [`Verification`] says no.
pub(crate) fn false_signature() -> Error {
    Error::new(
        ErrorKind::WrongIssuer,
        "has a signature that is not this authority's: it was changed, or another key of the same name signed it",
    )
}
