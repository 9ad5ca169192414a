//! Certificate requests (PKCS#10, RFC 2986): make one; read one and check that its sender holds the key.

use rand_core::CryptoRng;
use rcgen::{CertificateParams, DistinguishedName, DnType};
use x509_parser::certification_request::X509CertificationRequest;
use x509_parser::cri_attributes::ParsedCriAttribute;
use x509_parser::oid_registry::{OID_X509_EXT_EXTENDED_KEY_USAGE, OID_X509_EXT_SUBJECT_ALT_NAME};
use x509_parser::prelude::{FromDer, ParsedExtension, X509Extension, X509Name};

use crate::alt_name::AltName;
use crate::error::{At, Error, ErrorKind, Result};
use crate::inspect::name;
use crate::key::{Hash, KeyType, PrivateKey, PublicKey};
use crate::name::Subject;
use crate::naming;
use crate::pem;
use crate::profile::Profile;
use crate::signing::{self, ToBeSigned};

const WHAT: &str = "a certificate request";

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
    let alt_names = naming::requested(common_name, options.alt_names.as_deref(), options.profile)?;
    naming::require_some(options.subject.is_empty(), &alt_names).at("subject")?;
    let mut params = CertificateParams::default();
    params.distinguished_name = placeholder(options.subject.is_empty());
    params.subject_alt_names = alt_names.iter().map(AltName::to_san_type).collect::<Result<_>>()?;
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
pub fn create(options: &RequestOptions, key: &PrivateKey, rng: &mut dyn CryptoRng) -> Result<Vec<u8>> {
    let prepared = prepare(options, key.public_key())?;
    Ok(prepared.finish(&prepared.sign(key, rng)?))
}

/// A request that was read, whose signature proves possession of the key.
#[derive(Clone, Debug)]
pub struct Request {
    pub(crate) subject: Vec<u8>,
    pub(crate) common_name: Option<String>,
    pub(crate) public_key: PublicKey,
    /// An unusable name is an error only for who needs the names.
    pub(crate) alt_names: Result<Vec<AltName>>,
    pub(crate) profile: Option<Profile>,
}

impl Request {
    /// Reads a request, PEM or DER, and checks its signature over the bytes as they came.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidPem`], [`ErrorKind::MultiplePem`], [`ErrorKind::InvalidRequest`],
    /// [`ErrorKind::UnsupportedKey`], [`ErrorKind::RequestSignature`].
    pub fn read(input: &[u8]) -> Result<Self> {
        let der = pem::decode_one(input, pem::REQUESTS, WHAT)?.der;
        let parsed = parse(&der)?;
        let info = &parsed.certification_request_info;
        let public_key = PublicKey::from_spki(info.subject_pki.raw)?;
        verify_possession(&parsed, &public_key)?;
        check_subject(&info.subject)?;
        let mut alt_names = Ok(Vec::new());
        let mut profile = None;
        for extension in requested_extensions(&parsed)? {
            match strictly_parsed(extension)? {
                ParsedExtension::SubjectAlternativeName(names) => {
                    alt_names = names.general_names.iter().map(AltName::from_general_name).collect();
                }
                ParsedExtension::ExtendedKeyUsage(usage) => {
                    profile = Profile::from_usages(usage.server_auth, usage.client_auth);
                }
                _ => {}
            }
        }
        Ok(Self {
            subject: info.subject.as_raw().to_vec(),
            common_name: common_name(&info.subject),
            public_key,
            alt_names,
            profile,
        })
    }

    /// The key that the certificate will be for.
    pub fn public_key(&self) -> &PublicKey {
        &self.public_key
    }
}

pub(crate) fn parse(der: &[u8]) -> Result<X509CertificationRequest<'_>> {
    let (rest, parsed) = X509CertificationRequest::from_der(der).map_err(|_| {
        Error::new(
            ErrorKind::InvalidRequest,
            "is no certificate request that can be read (PKCS#10); make it anew",
        )
    })?;
    if rest.is_empty() {
        Ok(parsed)
    } else {
        Err(Error::new(ErrorKind::InvalidRequest, "has bytes behind the end of the certificate request"))
    }
}

/// The extensions that a request asks for, once each.
pub(crate) fn requested_extensions<'a>(
    request: &'a X509CertificationRequest<'a>,
) -> Result<Vec<&'a X509Extension<'a>>> {
    let info = &request.certification_request_info;
    let mut extensions: Vec<&X509Extension<'_>> = Vec::new();
    for attribute in info.iter_attributes() {
        let ParsedCriAttribute::ExtensionRequest(requested) = attribute.parsed_attribute() else { continue };
        for extension in &requested.extensions {
            if extensions.iter().any(|other| other.oid == extension.oid) {
                return Err(invalid("asks for the same extension twice; make it anew"));
            }
            extensions.push(extension);
        }
    }
    Ok(extensions)
}

/// An extension of those that count here must be read in full: what is passed over would be missing in the certificate.
fn strictly_parsed<'a>(extension: &'a X509Extension<'_>) -> Result<&'a ParsedExtension<'a>> {
    let parsed = extension.parsed_extension();
    let counts = [OID_X509_EXT_SUBJECT_ALT_NAME, OID_X509_EXT_EXTENDED_KEY_USAGE].contains(&extension.oid);
    let whole = yasna::parse_der(extension.value, |reader| reader.read_der()).is_ok();
    if counts && (!whole || matches!(parsed, ParsedExtension::ParseError { .. })) {
        return Err(invalid(
            "asks for alternative names or an extended key usage that can't be read; make it anew",
        ));
    }
    Ok(parsed)
}

/// The subject goes into the certificate as it came, so what no certificate may hold is refused.
fn check_subject(subject: &X509Name<'_>) -> Result<()> {
    const UTF8_STRING: u32 = 12;
    if subject.iter_rdn().any(|relative| relative.iter().next().is_none()) {
        return Err(invalid("has a subject with an empty relative name; make it anew"));
    }
    for attribute in subject.iter_attributes() {
        let readable = attribute.as_str().is_ok() || attribute.attr_value().tag().0 != UTF8_STRING;
        let text = name::text(attribute);
        if !readable || text.is_empty() || text.chars().any(char::is_control) {
            return Err(invalid(
                "has a subject with an attribute that is empty, damaged or holds control characters",
            ));
        }
    }
    Ok(())
}

/// The first common name.
pub(crate) fn common_name(subject: &X509Name<'_>) -> Option<String> {
    subject.iter_common_name().next().map(name::text)
}

fn invalid(message: &str) -> Error {
    Error::new(ErrorKind::InvalidRequest, message)
}

/// A distinguished name that rcgen takes for full or empty; the real one replaces it. rcgen marks the alternative names
/// critical for an empty one, as RFC 5280 section 4.1.2.6 wants.
pub(crate) fn placeholder(empty: bool) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    if !empty {
        name.push(DnType::CommonName, "");
    }
    name
}

pub(crate) fn verify_possession(request: &X509CertificationRequest<'_>, key: &PublicKey) -> Result<()> {
    let oid = request.signature_algorithm.algorithm.to_id_string();
    let hash = hash_of(&oid, key.key_type()).ok_or_else(|| {
        Error::new(
            ErrorKind::RequestSignature,
            format!(
                "is signed with {}, which is not supported for its {} key; sign it with PKCS#1 v1.5 or ECDSA, and SHA-256",
                algorithm_name(&oid),
                key.key_type().name()
            ),
        )
    })?;
    let message = request.certification_request_info.raw;
    if signature(request.as_raw()).is_some_and(|signature| key.verify(hash, message, &signature)) {
        Ok(())
    } else {
        Err(Error::new(
            ErrorKind::RequestSignature,
            "has a signature that does not verify: it was changed, or not signed with its own key; make it anew",
        ))
    }
}

/// The signature's octets. What stands outside of the signed part must be DER too, which x509-parser does not insist on:
/// an algorithm's OID under another tag, a BIT STRING with unused bits.
fn signature(request: &[u8]) -> Option<Vec<u8>> {
    let parsed = yasna::parse_der(request, |reader| {
        reader.read_sequence(|reader| {
            reader.next().read_der()?;
            reader.next().read_sequence(|reader| {
                reader.next().read_oid()?;
                reader.read_optional(|reader| reader.read_null())
            })?;
            reader.next().read_bitvec_bytes()
        })
    });
    parsed.ok().filter(|(octets, bits)| octets.len() * 8 == *bits).map(|(octets, _)| octets)
}

/// The hash of a signature algorithm, where the key can have made it. Any SHA-2 with either curve (RFC 5758); no SHA-1.
fn hash_of(oid: &str, key: KeyType) -> Option<Hash> {
    match (oid, key) {
        ("1.2.840.113549.1.1.11", KeyType::Rsa { .. }) => Some(Hash::Sha256),
        ("1.2.840.113549.1.1.12", KeyType::Rsa { .. }) => Some(Hash::Sha384),
        ("1.2.840.113549.1.1.13", KeyType::Rsa { .. }) => Some(Hash::Sha512),
        ("1.2.840.10045.4.3.2", KeyType::EcdsaP256 | KeyType::EcdsaP384) => Some(Hash::Sha256),
        ("1.2.840.10045.4.3.3", KeyType::EcdsaP256 | KeyType::EcdsaP384) => Some(Hash::Sha384),
        ("1.2.840.10045.4.3.4", KeyType::EcdsaP256 | KeyType::EcdsaP384) => Some(Hash::Sha512),
        // Ed25519 hashes by itself; the value is not looked at.
        ("1.3.101.112", KeyType::Ed25519) => Some(Hash::Sha512),
        _ => None,
    }
}

/// The usual name of a signature algorithm, else its OID.
pub(crate) fn algorithm_name(oid: &str) -> String {
    match oid {
        "1.2.840.113549.1.1.4" => "RSA with MD5",
        "1.2.840.113549.1.1.5" => "RSA with SHA-1",
        "1.2.840.113549.1.1.10" => "RSA-PSS",
        "1.2.840.113549.1.1.11" => "RSA with SHA-256",
        "1.2.840.113549.1.1.12" => "RSA with SHA-384",
        "1.2.840.113549.1.1.13" => "RSA with SHA-512",
        "1.2.840.10045.4.1" => "ECDSA with SHA-1",
        "1.2.840.10045.4.3.2" => "ECDSA with SHA-256",
        "1.2.840.10045.4.3.3" => "ECDSA with SHA-384",
        "1.2.840.10045.4.3.4" => "ECDSA with SHA-512",
        "1.3.101.112" => "Ed25519",
        other => other,
    }
    .to_owned()
}
