//! Certificates with what belongs to them, in the shapes in which servers and clusters take them.

mod kubernetes;
mod pkcs7;

pub use kubernetes::{Secret, SecretName};
pub use pkcs7::certs_only;

use zeroize::Zeroizing;

use crate::chain::CertificateChain;
use crate::error::Result;
use crate::key::PrivateKey;

/// Key, certificate and those above it, as one PEM text. The key comes first: Postfix and stunnel want it so, and nginx, HAProxy and
/// Node find both wherever they stand.
pub fn key_and_chain(key: &PrivateKey, chain: &CertificateChain) -> Result<Zeroizing<String>> {
    let key = Zeroizing::new(key.to_pkcs8_pem()?);
    let chain = chain.to_pem();
    let mut text = Zeroizing::new(String::with_capacity(key.len() + chain.len()));
    text.push_str(&key);
    text.push_str(&chain);
    Ok(text)
}
