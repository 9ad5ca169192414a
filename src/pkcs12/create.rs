//! New files: a key with its certificates, and certificates to trust.

use rand_core::CryptoRng;
use x509_parser::asn1_rs::{Any, Tag};

use super::target::{ITERATIONS, Target};
use super::write::{Attributes, Protection, certificate_bag, data, encrypted_data, key_bag, sequence};
use crate::asn1;
use crate::authority::parse_block;
use crate::chain::CertificateChain;
use crate::digest::sha256;
use crate::error::{At, Error, ErrorKind, Result};
use crate::inspect::NameDetails;
use crate::key::{PrivateKey, check_iterations};
use crate::name;
use crate::parsed::ParsedCertificate;
use crate::pem;

/// What a file of a key is to be.
#[derive(Clone, Debug, Default)]
pub struct IdentityOptions<'a> {
    /// Who is to read it.
    pub target: Target,
    /// Not empty; for Java, ASCII.
    pub passphrase: &'a str,
    /// What importers show: Java's alias. The certificate's common name unless given.
    pub friendly_name: Option<&'a str>,
    /// Of each key derivation, 1000 to 10 000 000; 250 000 unless given.
    pub iterations: Option<u32>,
}

/// What a trust store is to be.
#[derive(Clone, Debug, Default)]
pub struct TrustStoreOptions<'a> {
    /// Not empty, ASCII.
    pub passphrase: &'a str,
    /// As in [`IdentityOptions`].
    pub iterations: Option<u32>,
}

/// A PKCS#12 file (RFC 7292) of a key, its certificate and those above it.
///
/// # Errors
/// [`ErrorKind::Passphrase`], [`ErrorKind::InvalidOption`], each at its option.
pub fn create(
    key: &PrivateKey,
    chain: &CertificateChain,
    options: &IdentityOptions<'_>,
    rng: &mut dyn CryptoRng,
) -> Result<Vec<u8>> {
    let protection = protection(options.target, options.passphrase, options.iterations)?;
    options.friendly_name.map(check_friendly_name).transpose()?;
    let name = options.friendly_name.or(chain.common_name());
    // Any octets do that key and certificate share; OpenSSL takes the certificate's SHA-1.
    let hash = sha256(&chain.leaf);
    let local_key_id = hash.get(..20);
    let own = Attributes { friendly_name: name, local_key_id, trusted: false };
    let mut certificates = vec![certificate_bag(&chain.leaf, &own)];
    certificates.extend(chain.above.iter().map(|above| certificate_bag(above, &Attributes::default())));
    let certificates = protection.seal(&sequence(&certificates), rng)?;
    let key = protection.seal(&key.to_pkcs8_der()?, rng)?;
    let contents = [encrypted_data(&certificates), data(&sequence(&[key_bag(&key, &own)]))];
    protection.file(&contents, rng)
}

/// A PKCS#12 file of certificates that Java trusts: `certificates` are files, PEM or DER, of one or several each.
///
/// # Errors
/// As [`create`]; [`ErrorKind::InvalidCertificate`] and [`ErrorKind::InvalidPem`] at `certificates`.
pub fn create_trust_store(
    certificates: &[impl AsRef<[u8]>],
    options: &TrustStoreOptions<'_>,
    rng: &mut dyn CryptoRng,
) -> Result<Vec<u8>> {
    let protection = protection(Target::Java, options.passphrase, options.iterations)?;
    let mut trusted: Vec<(String, Vec<u8>)> = Vec::new();
    for (index, file) in certificates.iter().enumerate() {
        let path = if certificates.len() == 1 {
            "certificates".to_owned()
        } else {
            format!("certificates[{index}]")
        };
        for block in pem::decode_many(file.as_ref(), pem::CERTIFICATES, "a certificate").at(&path)? {
            let parsed = parse_block(&block).at(&path)?;
            check_for_java(&parsed).at(&path)?;
            if trusted.iter().all(|(_, known)| known != parsed.der) {
                let name = alias(&NameDetails::new(&parsed.subject), &trusted);
                trusted.push((name, parsed.der.to_vec()));
            }
        }
    }
    if trusted.is_empty() {
        return Err(Error::new(ErrorKind::InvalidOption, "is empty; give the certificates to trust")
            .at("certificates"));
    }
    let bag = |(name, der): &(String, Vec<u8>)| {
        let attributes = Attributes { friendly_name: Some(name), local_key_id: None, trusted: true };
        certificate_bag(der, &attributes)
    };
    let bags: Vec<_> = trusted.iter().map(bag).collect();
    let sealed = protection.seal(&sequence(&bags), rng)?;
    protection.file(&[encrypted_data(&sealed)], rng)
}

const EC_PUBLIC_KEY: &str = "1.2.840.10045.2.1";

/// Of a file with one certificate that Java can't read it reads nothing, and says that the password is wrong.
fn check_for_java(certificate: &ParsedCertificate<'_>) -> Result<()> {
    let refuse = |message: &'static str| Err(Error::new(ErrorKind::InvalidCertificate, message));
    if name::is_empty_der(certificate.issuer.as_raw()) {
        return refuse("has an empty issuer, with which Java reads none of the file; leave it out");
    }
    let algorithm = &certificate.public_key.algorithm;
    let is_named = |parameters: &Any<'_>| parameters.tag() == Tag::Oid;
    if asn1::oid(&algorithm.algorithm) == EC_PUBLIC_KEY
        && !algorithm.parameters.as_ref().is_some_and(is_named)
    {
        return refuse(
            "has a key on a curve given by its parameters, with which Java reads none of the file; leave it out",
        );
    }
    Ok(())
}

/// The name under which Java knows it. It makes no difference between small letters and capitals, and keeps one of each name.
fn alias(subject: &NameDetails, taken: &[(String, Vec<u8>)]) -> String {
    let name = subject.common_name.as_deref().unwrap_or(&subject.text);
    let name: String = name.chars().filter(|c| !c.is_control()).take(200).collect();
    let name = if name.is_empty() { "certificate".to_owned() } else { name.to_lowercase() };
    let free = |name: &String| taken.iter().all(|(other, _)| other != name);
    let numbered = (2..=taken.len() + 1).map(|number| format!("{name} {number}"));
    std::iter::once(name.clone()).chain(numbered).find(free).unwrap_or(name)
}

fn protection(target: Target, passphrase: &str, iterations: Option<u32>) -> Result<Protection<'_>> {
    target.check_passphrase(passphrase)?;
    let iterations = iterations.unwrap_or(ITERATIONS);
    check_iterations(iterations)?;
    Ok(Protection { target, passphrase, iterations })
}

fn check_friendly_name(name: &str) -> Result<()> {
    const MAX_LENGTH: usize = 200;
    if name.is_empty() || name.chars().count() > MAX_LENGTH || name.chars().any(char::is_control) {
        let message =
            format!("is no name: give 1 to {MAX_LENGTH} characters without line ends, or leave it out");
        return Err(Error::new(ErrorKind::InvalidOption, message).at("friendlyName"));
    }
    Ok(())
}
