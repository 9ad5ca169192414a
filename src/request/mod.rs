//! Certificate requests (PKCS#10, RFC 2986): make one; read one and check that its sender holds the key.

mod parsed;

use std::borrow::Cow;

#[cfg(feature = "in-page")]
use rand_core::CryptoRng;
use rcgen::{CertificateParams, DistinguishedName};
use x509_parser::prelude::X509Name;

use crate::alt_name::AltName;
use crate::asn1;
use crate::error::{At, Error, ErrorKind, Result};
use crate::extension::{self, Extension, KeyUsage};
use crate::inspect::name as details;
#[cfg(feature = "in-page")]
use crate::key::PrivateKey;
use crate::key::PublicKey;
use crate::name::{self, Subject};
use crate::naming;
use crate::parsed::{Meaning, ParsedExtension};
use crate::pem;
use crate::profile::Profile;
use crate::signature::{self, Scheme, Verification};
use crate::signing::{self, ToBeSigned};

pub(crate) use parsed::{ParsedRequest, RequestAttribute};

const WHAT: &str = "a certificate request";
const MOST_EXTENSIONS: usize = 100;
/// Numbers in id-ce of extensions that count here.
const KEY_USAGE: u8 = 15;
const ALT_NAMES: u8 = 17;
const EXTENDED_KEY_USAGE: u8 = 37;

/// What to ask for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RequestOptions {
    /// The subject. It may be empty when there are alternative names.
    pub subject: Subject,
    /// Alternative names; `None` leaves them to the common name.
    pub alt_names: Option<Vec<AltName>>,
    /// The role asked for, written as extended key usage.
    pub profile: Option<Profile>,
}

/// The to-be-signed bytes of a request for `key`.
pub fn prepare(options: &RequestOptions, key: &PublicKey) -> Result<ToBeSigned> {
    let common_name = options.subject.first_common_name();
    let alt_names = naming::requested(common_name.as_deref(), options.alt_names.as_deref(), options.profile)?;
    naming::require_some(options.subject.is_empty(), &alt_names).at("subject")?;
    let mut params = CertificateParams::default();
    // The subject is put in its place.
    params.distinguished_name = DistinguishedName::new();
    params.custom_extensions = extension::subject_alt_name(&alt_names, options.subject.is_empty())
        .iter()
        .map(Extension::to_rcgen)
        .collect();
    if let Some(profile) = options.profile {
        params.extended_key_usages = profile.extended_key_usages();
        params.key_usages = profile.key_usages(key.key_type());
        params.is_ca = profile.basic_constraints(None);
    }
    let subject = options.subject.to_der();
    signing::prepare(
        key,
        |recorder| params.serialize_request(recorder).map(|request| request.der().to_vec()),
        &[(1, &subject), (2, key.spki())],
    )
}

/// Whether the names can be asked for, before a key exists.
pub(crate) fn check_names(
    common_name: Option<&str>,
    listed: Option<&[AltName]>,
    profile: Profile,
) -> Result<()> {
    naming::requested(common_name, listed, Some(profile)).map(|_| ())
}

/// Makes a request: prepare, sign, finish.
///
/// # Errors
/// [`ErrorKind::InvalidAltName`] and [`ErrorKind::InvalidSubject`], with the option's path.
#[cfg(feature = "in-page")]
pub fn create(options: &RequestOptions, key: &PrivateKey, rng: &mut dyn CryptoRng) -> Result<Vec<u8>> {
    let prepared = prepare(options, key.public_key())?;
    Ok(prepared.finish(&prepared.sign(key, rng)?))
}

/// Whether a request signed with MD5 or SHA-1 is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WeakSignatures {
    /// No: somebody else could have made the signature.
    #[default]
    Refused,
    /// Yes: the caller knows by other means whose it is.
    Allowed,
}

/// A request that was read, whose signature proves possession of the key.
#[derive(Clone, Debug)]
pub struct Request {
    pub(crate) subject: Vec<u8>,
    pub(crate) common_name: Option<String>,
    pub(crate) public_key: PublicKey,
    /// An unusable name is an error only for who needs the names.
    pub(crate) alt_names: Result<Vec<AltName>>,
    /// What its extended key usage says.
    pub(crate) profile: Option<Profile>,
    pub(crate) key_usage: Option<Vec<KeyUsage>>,
    /// The others, for who asks for them by OID.
    pub(crate) extensions: Vec<RequestedExtension>,
}

/// An extension that a request asks for, as it stands there.
#[derive(Clone, Debug)]
pub(crate) struct RequestedExtension {
    pub oid: String,
    pub critical: bool,
    pub value: Vec<u8>,
}

impl Request {
    /// Reads a request, PEM or DER, and checks its signature over the bytes as they came.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidPem`], [`ErrorKind::MultiplePem`], [`ErrorKind::InvalidRequest`],
    /// [`ErrorKind::UnsupportedKey`], [`ErrorKind::RequestSignature`], [`ErrorKind::WeakSignature`].
    #[cfg(feature = "in-page")]
    pub fn read(input: &[u8]) -> Result<Self> {
        Self::read_with(input, WeakSignatures::Refused)
    }

    /// The same, with a say on weak signatures.
    #[cfg(feature = "in-page")]
    pub fn read_with(input: &[u8], weak: WeakSignatures) -> Result<Self> {
        let (request, possession) = Self::read_unverified(input, weak)?;
        if possession.verify() { Ok(request) } else { Err(false_signature()) }
    }

    /// The same, with the check of the signature left to the caller: a certificate is for a request whose signature verified.
    pub fn read_unverified(input: &[u8], weak: WeakSignatures) -> Result<(Self, Verification)> {
        let der = pem::decode_one(input, pem::REQUESTS, WHAT)?.der;
        let parsed = ParsedRequest::read(&der)?;
        let public_key = PublicKey::from_spki(parsed.public_key.raw)?;
        let possession = possession(&parsed, public_key.clone(), weak)?;
        let mut request = Self {
            subject: parsed.subject.as_raw().to_vec(),
            common_name: common_name(&parsed.subject),
            public_key,
            alt_names: Ok(Vec::new()),
            profile: None,
            key_usage: None,
            extensions: Vec::new(),
        };
        request.content(&parsed).map(|()| (request, possession))
    }

    fn content(&mut self, parsed: &ParsedRequest<'_>) -> Result<()> {
        if parsed.version != 0 {
            return Err(invalid("is of a version that PKCS#10 does not have; make it anew"));
        }
        // The subject goes into the certificate as it came, so what no certificate may hold is refused.
        if let Some(fault) = name::fault(&parsed.subject) {
            return Err(invalid(format!("has a subject {fault}; make it anew")));
        }
        let extensions = parsed.extensions()?;
        if extensions.len() > MOST_EXTENSIONS {
            let message = format!(
                "asks for {} extensions; no request needs more than {MOST_EXTENSIONS}",
                extensions.len()
            );
            return Err(invalid(message));
        }
        for (index, extension) in extensions.iter().enumerate() {
            if extensions.iter().take(index).any(|other| other.oid == extension.oid) {
                return Err(invalid("asks for the same extension twice; make it anew"));
            }
            self.take(extension)?;
        }
        Ok(())
    }

    fn take(&mut self, extension: &ParsedExtension<'_>) -> Result<()> {
        match &extension.meaning {
            Meaning::SubjectAltName(names) => {
                self.alt_names = names.iter().map(AltName::from_general_name).collect();
            }
            Meaning::ExtendedKeyUsage(purposes) => {
                self.profile = Profile::from_roles(purposes.roles());
            }
            // A key usage of nothing says nothing.
            Meaning::KeyUsage(usage) => {
                self.key_usage = Some(KeyUsage::all_of(*usage)).filter(|all| !all.is_empty());
            }
            Meaning::Damaged
                if matches!(extension.id_ce(), Some(KEY_USAGE | ALT_NAMES | EXTENDED_KEY_USAGE)) =>
            {
                let message = "asks for alternative names or a key usage that can't be read; make it anew";
                return Err(invalid(message));
            }
            _ => self.extensions.push(RequestedExtension {
                oid: asn1::oid(&extension.oid),
                critical: extension.critical,
                value: extension.value.to_vec(),
            }),
        }
        Ok(())
    }

    /// The key that the certificate will be for.
    pub fn public_key(&self) -> &PublicKey {
        &self.public_key
    }
}

/// The first common name.
pub(crate) fn common_name(subject: &X509Name<'_>) -> Option<String> {
    subject.iter_common_name().next().map(details::text)
}

fn invalid(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidRequest, message)
}

/// What there is to verify of a request's signature, with its own key and over the bytes as they came.
pub(crate) fn possession(
    request: &ParsedRequest<'_>,
    key: PublicKey,
    weak: WeakSignatures,
) -> Result<Verification> {
    let name = || signature::described(&request.algorithm);
    let scheme = Scheme::read(&request.algorithm, key.key_type()).ok_or_else(|| {
        Error::new(
            ErrorKind::RequestSignature,
            format!(
                "is signed with {}, which is not supported for its {} key; sign it with {}",
                name(),
                key.key_type().name(),
                key.key_type().usual_signature()
            ),
        )
    })?;
    if scheme.is_weak() && weak == WeakSignatures::Refused {
        return Err(Error::new(
            ErrorKind::WeakSignature,
            format!(
                "is signed with {}, which proves nothing today; make it anew with SHA-256, or give allowWeakSignature: true if you know whose it is",
                name()
            ),
        ));
    }
    let (message, signature) = (request.info.to_vec(), request.signature.to_vec());
    Ok(Verification { public_key: key, scheme, message, signature })
}

/// For a request whose [`Verification`] says no.
pub(crate) fn false_signature() -> Error {
    Error::new(
        ErrorKind::RequestSignature,
        "has a signature that does not verify: it was changed, or not signed with its own key; make it anew",
    )
}
