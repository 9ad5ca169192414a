//! Secrets for Kubernetes: `kubernetes.io/tls`, which ingresses and gateways take, and one of an authority's certificate alone.

use base64ct::{Base64, Encoding};
use zeroize::Zeroizing;

use crate::authority::parse_block;
use crate::chain::CertificateChain;
use crate::error::{At, Error, ErrorKind, Result};
use crate::key::PrivateKey;
use crate::pem;

/// What a secret is called, and where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretName {
    name: String,
    namespace: Option<String>,
}

impl SecretName {
    /// Reads a name, which is a subdomain of RFC 1123, and a namespace, which is one label of it.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`] at `name` or `namespace`.
    pub fn new(name: &str, namespace: Option<&str>) -> Result<Self> {
        let refuse = |what: &str| {
            Error::new(ErrorKind::InvalidOption, format!("is no name that Kubernetes takes; give {what}"))
        };
        if name.len() > 253 || !name.split('.').all(is_label) {
            let what = "at most 253 small letters, digits, `-` and `.`, each part beginning and ending with a letter or digit";
            return Err(refuse(what).at("name"));
        }
        if namespace.is_some_and(|namespace| namespace.len() > 63 || !is_label(namespace)) {
            let what =
                "at most 63 small letters, digits and `-`, beginning and ending with a letter or digit";
            return Err(refuse(what).at("namespace"));
        }
        Ok(Self { name: name.to_owned(), namespace: namespace.map(str::to_owned) })
    }
}

fn is_label(label: &str) -> bool {
    let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    !label.is_empty() && label.chars().all(inner) && !label.starts_with('-') && !label.ends_with('-')
}

/// A secret, as YAML.
pub struct Secret {
    name: SecretName,
    kind: &'static str,
    /// In the order of the alphabet, as kubectl writes them.
    data: Vec<(&'static str, Zeroizing<String>)>,
}

impl Secret {
    /// `kubernetes.io/tls`: the key and the certificate with those above it; beside them the authority's certificates, where given, as
    /// cert-manager writes them.
    ///
    /// # Errors
    /// As [`Secret::authority`].
    pub fn tls(
        name: SecretName,
        key: &PrivateKey,
        chain: &CertificateChain,
        authority: Option<&[u8]>,
    ) -> Result<Self> {
        let mut data = Vec::new();
        if let Some(authority) = authority {
            data.push(("ca.crt", certificates(authority)?));
        }
        data.push(("tls.crt", Zeroizing::new(chain.to_pem())));
        data.push(("tls.key", Zeroizing::new(key.to_pkcs8_pem()?)));
        Ok(Self { name, kind: "kubernetes.io/tls", data })
    }

    /// `Opaque`, with `ca.crt` alone: PEM or DER, one certificate or several.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidCertificate`] and [`ErrorKind::InvalidPem`] at `ca`.
    pub fn authority(name: SecretName, authority: &[u8]) -> Result<Self> {
        Ok(Self { name, kind: "Opaque", data: vec![("ca.crt", certificates(authority)?)] })
    }

    /// The file for `kubectl apply -f`. Names are quoted: YAML would take `1e3` for a number and `null` for nothing.
    pub fn to_yaml(&self) -> Zeroizing<String> {
        let mut lines = vec!["apiVersion: v1".to_owned(), "kind: Secret".to_owned(), "metadata:".to_owned()];
        lines.push(format!("  name: \"{}\"", self.name.name));
        lines.extend(self.name.namespace.iter().map(|namespace| format!("  namespace: \"{namespace}\"")));
        lines.push(format!("type: {}", self.kind));
        lines.push("data:".to_owned());
        let values: Vec<_> = self.data.iter().map(|(key, text)| (key, base64(text))).collect();
        let size = values.iter().map(|(key, value)| key.len() + value.len() + 8).sum::<usize>();
        let head = lines.join("\n") + "\n";
        let mut yaml = Zeroizing::new(String::with_capacity(head.len() + size));
        yaml.push_str(&head);
        for (key, value) in &values {
            for part in ["  ", key, ": ", value, "\n"] {
                yaml.push_str(part);
            }
        }
        yaml
    }
}

fn base64(text: &str) -> Zeroizing<String> {
    Zeroizing::new(Base64::encode_string(text.as_bytes()))
}

/// The certificates of a file, PEM, without what else stands in it.
fn certificates(input: &[u8]) -> Result<Zeroizing<String>> {
    let read = || {
        let blocks = pem::decode_many(input, pem::CERTIFICATES, "a certificate")?;
        let pem = |block| Ok(pem::encode(pem::CERTIFICATE, parse_block(block)?.der));
        blocks.iter().map(pem).collect::<Result<String>>()
    };
    read().map(Zeroizing::new).at("ca")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_subdomains_and_namespaces_labels() {
        for name in ["a", "bob-tls", "1e3", "null", "a.b-c.d", &["a"; 127].join(".")] {
            assert!(SecretName::new(name, None).is_ok(), "{name}");
        }
        let long = "a".repeat(254);
        for name in ["", "Bob", "a_b", "-a", "a-", "a..b", ".a", "a.-b", "a b", "a\nb", "ä", "a\"b", &long] {
            let error = SecretName::new(name, None).unwrap_err();
            assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidOption, Some("name")), "{name}");
        }
        assert!(SecretName::new("a", Some("kube-system")).is_ok());
        for namespace in ["", "a.b", "A", &"a".repeat(64)] {
            assert_eq!(
                SecretName::new("a", Some(namespace)).unwrap_err().field(),
                Some("namespace"),
                "{namespace}"
            );
        }
    }
}
