//! Certificate authorities: make one; load one, after checking that it may sign and that its key matches.

use std::fmt;

use rand_core::CryptoRng;
use time::OffsetDateTime;
use x509_parser::prelude::{FromDer, X509Certificate, X509Version};

use crate::certificate::{self, NewCertificate};
use crate::error::{At, Error, ErrorKind, Result};
use crate::key::{PrivateKey, PublicKey};
use crate::name::Subject;
use crate::pem;
use crate::profile::Profile;
use crate::validity::{self, Validity, ValidityRequest};

const WHAT: &str = "a certificate";

/// What a new authority is to be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AuthorityOptions {
    /// The subject. It needs a common name: iOS lists an authority by nothing else.
    pub subject: Subject,
    /// Default: ten years.
    pub validity: ValidityRequest,
    /// How many authorities may stand between this one and a leaf. Default 0: it signs leaves alone.
    pub path_length: u8,
}

/// Makes a self-signed certificate for `key`, DER: the root of a chain.
///
/// # Errors
/// [`ErrorKind::InvalidSubject`] and [`ErrorKind::InvalidValidity`], with the option's path.
pub fn create(
    options: &AuthorityOptions,
    key: &PrivateKey,
    now: OffsetDateTime,
    rng: &mut dyn CryptoRng,
) -> Result<Vec<u8>> {
    if options.subject.first_common_name().is_none() {
        return Err(Error::new(
            ErrorKind::InvalidSubject,
            "is missing; an authority is listed and found by its common name",
        )
        .at("commonName")
        .at("subject"));
    }
    let validity = options.validity.resolve(now, validity::AUTHORITY_DAYS, None).at("validity")?;
    let public_key = key.public_key();
    let subject = options.subject.to_der();
    let new = NewCertificate {
        subject: &subject,
        alt_names: &[],
        profile: Profile::Authority,
        path_length: Some(options.path_length),
        validity,
        serial_number: certificate::random_serial_number(rng),
        public_key,
    };
    let issuer =
        certificate::Issuer { name: &subject, key_identifier: public_key.key_identifier(), public_key };
    let prepared = certificate::prepare(&new, &issuer)?;
    Ok(prepared.finish(&prepared.sign(key, rng)?))
}

/// The certificate of an authority that may sign others, as much of it as issuing needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorityCertificate {
    pub(crate) subject: Vec<u8>,
    pub(crate) key_identifier: Vec<u8>,
    pub(crate) public_key: PublicKey,
    pub(crate) validity: Validity,
    pub(crate) path_length: Option<u32>,
    /// What its extended key usage allows below it, where it has one: servers, clients.
    limits: Option<(bool, bool)>,
}

impl AuthorityCertificate {
    /// Reads it, PEM or DER, whatever tool made it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidCertificate`], [`ErrorKind::NotAnAuthority`], [`ErrorKind::UnsupportedKey`],
    /// [`ErrorKind::InvalidPem`], [`ErrorKind::MultiplePem`].
    pub fn read(input: &[u8]) -> Result<Self> {
        let der = read_certificate(input)?;
        let parsed = parse(&der)?;
        let path_length = may_sign(&parsed)?;
        let public_key = PublicKey::from_spki(parsed.public_key().raw)?;
        let key_identifier = parsed
            .iter_extensions()
            .find_map(|extension| match extension.parsed_extension() {
                x509_parser::extensions::ParsedExtension::SubjectKeyIdentifier(identifier) => {
                    Some(identifier.0.to_vec())
                }
                _ => None,
            })
            .unwrap_or_else(|| public_key.key_identifier());
        let dates = parsed.validity();
        Ok(Self {
            subject: parsed.subject().as_raw().to_vec(),
            key_identifier,
            validity: Validity::from_certificate(
                dates.not_before.to_datetime(),
                dates.not_after.to_datetime(),
            ),
            path_length,
            limits: limits(&parsed)?,
            public_key,
        })
    }

    /// Whether certificates of this profile verify below it: OpenSSL and browsers take an authority's extended key usage
    /// as a limit.
    pub(crate) fn allows(&self, profile: Profile) -> Result<()> {
        let (servers, clients) = self.limits.unwrap_or((true, true));
        let allowed = match profile {
            Profile::Server => servers,
            Profile::Client => clients,
            Profile::Peer => servers && clients,
            Profile::Authority => true,
        };
        if allowed {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::NotAnAuthority,
            format!("is not one for this: its extended key usage excludes the profile {}", profile.name()),
        )
        .at("certificate"))
    }

    pub(crate) fn issuer(&self) -> certificate::Issuer<'_> {
        certificate::Issuer {
            name: &self.subject,
            key_identifier: self.key_identifier.clone(),
            public_key: &self.public_key,
        }
    }
}

/// An authority with its key: it can sign.
pub struct Authority {
    pub(crate) certificate: AuthorityCertificate,
    pub(crate) key: PrivateKey,
}

impl Authority {
    /// Puts a certificate and its key together.
    ///
    /// # Errors
    /// [`ErrorKind::KeyMismatch`] when they do not belong together.
    pub fn new(certificate: AuthorityCertificate, key: PrivateKey) -> Result<Self> {
        if !certificate.public_key.same_key(key.public_key()) {
            return Err(Error::new(
                ErrorKind::KeyMismatch,
                "is not the key of the authority's certificate; give the two that were made together",
            )
            .at("privateKey"));
        }
        Ok(Self { certificate, key })
    }

    /// The certificate.
    pub fn certificate(&self) -> &AuthorityCertificate {
        &self.certificate
    }
}

impl fmt::Debug for Authority {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authority").field("certificate", &self.certificate).finish_non_exhaustive()
    }
}

/// The DER of a certificate, from PEM or DER.
pub(crate) fn read_certificate(input: &[u8]) -> Result<Vec<u8>> {
    pem::decode_one(input, pem::CERTIFICATES, WHAT).map(|block| block.der.to_vec())
}

pub(crate) fn parse(der: &[u8]) -> Result<X509Certificate<'_>> {
    let (rest, parsed) = X509Certificate::from_der(der).map_err(|_| {
        Error::new(ErrorKind::InvalidCertificate, "is no certificate that can be read (X.509)")
    })?;
    if rest.is_empty() {
        Ok(parsed)
    } else {
        Err(Error::new(ErrorKind::InvalidCertificate, "has bytes behind the end of the certificate"))
    }
}

fn limits(certificate: &X509Certificate<'_>) -> Result<Option<(bool, bool)>> {
    match certificate.extended_key_usage() {
        Ok(usage) => Ok(usage
            .map(|usage| usage.value)
            .map(|usage| (usage.any || usage.server_auth, usage.any || usage.client_auth))),
        Err(_) => {
            Err(Error::new(ErrorKind::InvalidCertificate, "has an extended key usage that can't be read"))
        }
    }
}

/// Checks what a verifier of the chain would, and returns the path length.
fn may_sign(certificate: &X509Certificate<'_>) -> Result<Option<u32>> {
    let refuse = |why: &str| {
        Err(Error::new(
            ErrorKind::NotAnAuthority,
            format!("{why}; give the certificate of a CA (createAuthority)"),
        ))
    };
    if certificate.version() != X509Version::V3 {
        return refuse("is X.509 v1, which can't say that it is an authority");
    }
    let constraints = match certificate.basic_constraints() {
        Ok(Some(constraints)) if constraints.value.ca => constraints.value,
        Ok(_) => return refuse("is not an authority: it has no basic constraints with CA:TRUE"),
        Err(_) => return refuse("has basic constraints that can't be read"),
    };
    match certificate.key_usage() {
        Ok(None) => {}
        Ok(Some(usage)) if usage.value.key_cert_sign() => {}
        Ok(Some(_)) => return refuse("may not sign certificates: its key usage lacks keyCertSign"),
        Err(_) => return refuse("has a key usage that can't be read"),
    }
    if certificate.subject().iter_rdn().next().is_none() {
        return refuse("has an empty subject, which no issuer may have");
    }
    Ok(constraints.path_len_constraint)
}
