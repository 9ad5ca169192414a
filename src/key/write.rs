//! The forms in which keys go out.

use rand_core::CryptoRng;
use zeroize::Zeroizing;

use super::public::damaged;
use super::{KeyType, PrivateKey, PublicKey, encrypted, in_page, jwk};
use crate::error::{Error, ErrorKind, Result};
use crate::pem;

/// A form of a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyFormat {
    /// PKCS#8 PEM, `PRIVATE KEY`, or `ENCRYPTED PRIVATE KEY` under a passphrase.
    Pkcs8,
    /// PKCS#1 PEM, `RSA PRIVATE KEY`: what software from before 2010 wants.
    Pkcs1,
    /// SEC1 PEM, `EC PRIVATE KEY`: the same for elliptic curves.
    Sec1,
    /// A private JSON Web Key.
    Jwk,
    /// The public key, PEM, `PUBLIC KEY`.
    Spki,
    /// The public key as JSON Web Key.
    PublicJwk,
}

impl KeyFormat {
    /// Every format, in the order in which they are offered.
    pub const ALL: &[KeyFormat] =
        &[Self::Pkcs8, Self::Pkcs1, Self::Sec1, Self::Jwk, Self::Spki, Self::PublicJwk];

    /// The name under which options speak of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pkcs8 => "pkcs8",
            Self::Pkcs1 => "pkcs1",
            Self::Sec1 => "sec1",
            Self::Jwk => "jwk",
            Self::Spki => "spki",
            Self::PublicJwk => "public-jwk",
        }
    }

    /// The format of that name.
    pub fn from_name(name: &str) -> Result<Self> {
        Self::ALL.iter().copied().find(|format| format.name() == name).ok_or_else(|| {
            let names = names(Self::ALL.iter().copied());
            Error::new(ErrorKind::InvalidOption, format!("is not a format; choose one of {names}"))
        })
    }

    /// Whether it is a JSON text rather than PEM.
    pub fn is_json(self) -> bool {
        matches!(self, Self::Jwk | Self::PublicJwk)
    }

    fn fits(self, key_type: KeyType) -> bool {
        match self {
            Self::Pkcs1 => matches!(key_type, KeyType::Rsa { .. }),
            Self::Sec1 => matches!(key_type, KeyType::EcdsaP256 | KeyType::EcdsaP384),
            _ => true,
        }
    }
}

impl PrivateKey {
    /// The key in a form, not encrypted; for the public ones, its public half.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`] at `format` for a form that keys of this type do not have.
    pub fn to_format(&self, format: KeyFormat) -> Result<Zeroizing<String>> {
        match format {
            KeyFormat::Pkcs8 => self.to_pkcs8_pem().map(Zeroizing::new),
            KeyFormat::Pkcs1 => self.to_pkcs1_pem().map(Zeroizing::new),
            KeyFormat::Sec1 => self.to_sec1_pem().map(Zeroizing::new),
            KeyFormat::Jwk => self.to_jwk(),
            KeyFormat::Spki => Ok(Zeroizing::new(self.public_key().to_pem())),
            KeyFormat::PublicJwk => self.public_key().to_jwk().map(Zeroizing::new),
        }
    }

    /// PKCS#8, DER.
    pub(crate) fn to_pkcs8_der(&self) -> Result<Zeroizing<Vec<u8>>> {
        self.secret.to_pkcs8()
    }

    /// PKCS#8 PEM.
    pub fn to_pkcs8_pem(&self) -> Result<String> {
        Ok(pem::encode(pem::PRIVATE_KEY, &self.secret.to_pkcs8()?))
    }

    /// PKCS#8 PEM, encrypted with a passphrase (PBES2 with PBKDF2-HMAC-SHA-256 and AES-256-CBC, RFC 8018), as
    /// OpenSSL 3, Java 17 and Node read it. `iterations` is PBKDF2's, 600 000 unless given.
    ///
    /// # Errors
    /// [`ErrorKind::Passphrase`] for an empty passphrase; [`ErrorKind::InvalidOption`] at `iterations` outside of 1000 to
    /// 10 000 000.
    pub fn to_encrypted_pem(
        &self,
        passphrase: &str,
        iterations: Option<u32>,
        rng: &mut dyn CryptoRng,
    ) -> Result<String> {
        let encrypted = encrypted::encrypt(&self.secret.to_pkcs8()?, passphrase, iterations, rng)?;
        Ok(pem::encode(pem::ENCRYPTED_PRIVATE_KEY, &encrypted))
    }

    /// PKCS#1 PEM (RFC 8017 appendix A.1.2), for RSA keys.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`] at `format` for other keys.
    pub fn to_pkcs1_pem(&self) -> Result<String> {
        let der = self.secret.to_pkcs1().ok_or_else(|| self.has_no(KeyFormat::Pkcs1))??;
        Ok(pem::encode(pem::RSA_PRIVATE_KEY, &der))
    }

    /// SEC1 PEM (RFC 5915), for ECDSA keys.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`] at `format` for other keys.
    pub fn to_sec1_pem(&self) -> Result<String> {
        let der = self.secret.to_sec1().ok_or_else(|| self.has_no(KeyFormat::Sec1))??;
        Ok(pem::encode(pem::EC_PRIVATE_KEY, &der))
    }

    /// A private JSON Web Key (RFC 7517), as JSON text.
    pub fn to_jwk(&self) -> Result<Zeroizing<String>> {
        let public = self.public_key();
        let bits = in_page::uncompressed(public).ok_or_else(damaged)?;
        jwk::write_private(&self.secret.to_raw()?, public.key_type(), &bits)
    }

    fn has_no(&self, format: KeyFormat) -> Error {
        let key_type = self.public_key().key_type();
        let has = names(KeyFormat::ALL.iter().copied().filter(|format| format.fits(key_type)));
        Error::new(
            ErrorKind::InvalidOption,
            format!(
                "is {}, which a key of {} does not have; choose one of {has}",
                format.name(),
                key_type.name()
            ),
        )
        .at("format")
    }
}

impl PublicKey {
    /// The key in a form that holds no more than it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`] at `format` for one that holds the private key.
    #[cfg(target_arch = "wasm32")]
    pub(crate) fn to_format(&self, format: KeyFormat) -> Result<Zeroizing<String>> {
        match format {
            KeyFormat::Spki => Ok(Zeroizing::new(self.to_pem())),
            KeyFormat::PublicJwk => self.to_jwk().map(Zeroizing::new),
            other => {
                let message = format!("is {}, which holds the private key", other.name());
                Err(Error::new(ErrorKind::InvalidOption, message).at("format"))
            }
        }
    }

    /// A public JSON Web Key (RFC 7517), as JSON text.
    pub fn to_jwk(&self) -> Result<String> {
        let bits = in_page::uncompressed(self).ok_or_else(damaged)?;
        jwk::write_public(self.key_type(), &bits)
    }
}

fn names(formats: impl Iterator<Item = KeyFormat>) -> String {
    formats.map(KeyFormat::name).collect::<Vec<_>>().join(", ")
}
