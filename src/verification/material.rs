//! What verification is given: certificates and revocation lists in files, each of several.

use x509_parser::prelude::{CertificateRevocationList, FromDer};

use crate::asn1;
use crate::authority;
use crate::error::{Error, ErrorKind, Result};
use crate::pem::{self, Block};

/// More certificates than this are no chain, and more than any system trusts.
pub const MAX_CERTIFICATES: usize = 1000;
/// A chain is of less than ten, and each has one list.
pub const MAX_CRLS: usize = 100;

/// Certificates, each known to be one.
#[derive(Clone, Debug, Default)]
pub struct Certificates(Vec<Vec<u8>>);

impl Certificates {
    /// Reads all certificates of a file, PEM or DER; there must be one.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidPem`], [`ErrorKind::InvalidCertificate`].
    pub fn read(input: &[u8]) -> Result<Self> {
        let blocks = pem::decode_many(input, pem::CERTIFICATES, "a certificate")?;
        Ok(Self(blocks.iter().map(certificate).collect::<Result<_>>()?))
    }

    /// Those of several files as one.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`] where they are too many.
    pub fn together(files: impl IntoIterator<Item = Self>) -> Result<Self> {
        let all: Vec<_> = files.into_iter().flat_map(|file| file.0).collect();
        if all.len() > MAX_CERTIFICATES {
            let message = format!("holds {} certificates; at most {MAX_CERTIFICATES} are taken", all.len());
            return Err(Error::new(ErrorKind::InvalidOption, message));
        }
        Ok(Self(all))
    }

    pub(super) fn ders(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(Vec::as_slice)
    }
}

/// Revocation lists, each known to be one.
#[derive(Clone, Debug, Default)]
pub struct Crls(Vec<Vec<u8>>);

impl Crls {
    /// Reads all lists of a file, PEM or DER; there must be one.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidPem`], [`ErrorKind::InvalidCrl`].
    pub fn read(input: &[u8]) -> Result<Self> {
        let blocks = pem::decode_many(input, &[pem::X509_CRL], "a revocation list")?;
        Ok(Self(blocks.iter().map(|block| crl(&block.der)).collect::<Result<_>>()?))
    }

    /// Those of several files as one.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`] where they are too many.
    pub fn together(files: impl IntoIterator<Item = Self>) -> Result<Self> {
        let all: Vec<_> = files.into_iter().flat_map(|file| file.0).collect();
        if all.len() > MAX_CRLS {
            let message = format!("holds {} revocation lists; at most {MAX_CRLS} are taken", all.len());
            return Err(Error::new(ErrorKind::InvalidOption, message));
        }
        Ok(Self(all))
    }

    pub(super) fn ders(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(Vec::as_slice)
    }
}

/// OpenSSL's `TRUSTED CERTIFICATE` has its own words on trust behind the certificate.
fn certificate(block: &Block) -> Result<Vec<u8>> {
    let der = match block.label.as_deref() {
        Some(pem::TRUSTED_CERTIFICATE) => asn1::first_element(&block.der),
        _ => &block.der,
    };
    authority::parse(der)?;
    Ok(der.to_vec())
}

fn crl(der: &[u8]) -> Result<Vec<u8>> {
    match CertificateRevocationList::from_der(der) {
        Ok(([], _)) => Ok(der.to_vec()),
        _ => Err(Error::new(ErrorKind::InvalidCrl, "is no revocation list that can be read (X.509)")),
    }
}
