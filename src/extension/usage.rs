//! Key usage and extended key usage by their names (RFC 5280 sections 4.2.1.3 and 4.2.1.12).

use rcgen::{ExtendedKeyUsagePurpose, KeyUsagePurpose};
use yasna::models::ObjectIdentifier;

use crate::asn1;
use crate::error::{Error, ErrorKind, Result};
use crate::key::KeyType;
use crate::oid;
use crate::parsed::{KeyUsageBits, Purposes};

/// One bit of the key usage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyUsage(pub(crate) KeyUsagePurpose);

/// One purpose of the extended key usage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExtendedKeyUsage(ObjectIdentifier);

/// In the order of their bits.
const KEY_USAGES: [(&str, KeyUsagePurpose); 9] = [
    ("digitalSignature", KeyUsagePurpose::DigitalSignature),
    ("nonRepudiation", KeyUsagePurpose::ContentCommitment),
    ("keyEncipherment", KeyUsagePurpose::KeyEncipherment),
    ("dataEncipherment", KeyUsagePurpose::DataEncipherment),
    ("keyAgreement", KeyUsagePurpose::KeyAgreement),
    ("keyCertSign", KeyUsagePurpose::KeyCertSign),
    ("cRLSign", KeyUsagePurpose::CrlSign),
    ("encipherOnly", KeyUsagePurpose::EncipherOnly),
    ("decipherOnly", KeyUsagePurpose::DecipherOnly),
];

impl KeyUsage {
    /// By the name that `inspect` shows.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`].
    pub fn from_name(name: &str) -> Result<Self> {
        KEY_USAGES.iter().find(|(known, _)| *known == name).map(|(_, usage)| Self(*usage)).ok_or_else(|| {
            let names = KEY_USAGES.map(|(name, _)| name).join(", ");
            Error::new(ErrorKind::InvalidOption, format!("is no key usage; choose among {names}"))
        })
    }

    /// Whether they can stand together: the last two say of a key agreement for what alone it is (RFC 5280 section 4.2.1.3).
    ///
    /// # Errors
    /// [`ErrorKind::ConflictingOptions`].
    pub fn check(usages: &[Self]) -> Result<()> {
        let holds = |purpose: KeyUsagePurpose| usages.iter().any(|usage| usage.0 == purpose);
        let message = match (holds(KeyUsagePurpose::EncipherOnly), holds(KeyUsagePurpose::DecipherOnly)) {
            (true, true) => "holds both encipherOnly and decipherOnly; choose one",
            (true, false) | (false, true) if !holds(KeyUsagePurpose::KeyAgreement) => {
                "holds encipherOnly or decipherOnly without keyAgreement, of which they say more; verifiers can't read that"
            }
            _ => return Ok(()),
        };
        Err(Error::new(ErrorKind::ConflictingOptions, message))
    }

    /// The first of them that a key of this type can't be put to, by its name: RSA keys agree on nothing (RFC 3279 section 2.3.1), those
    /// of curves encipher nothing (RFC 8813 section 3), and Ed25519's do neither (RFC 9295 section 3).
    pub(crate) fn impossible(usages: &[Self], key: KeyType) -> Option<&'static str> {
        let rsa = matches!(key, KeyType::Rsa { .. });
        let impossible = |usage: &Self| match usage.0 {
            KeyUsagePurpose::KeyEncipherment | KeyUsagePurpose::DataEncipherment => !rsa,
            KeyUsagePurpose::KeyAgreement => rsa || key == KeyType::Ed25519,
            _ => false,
        };
        let first = usages.iter().find(|usage| impossible(usage))?;
        KEY_USAGES.iter().find(|(_, usage)| *usage == first.0).map(|(name, _)| *name)
    }

    /// Whether it is what makes an authority.
    pub(crate) fn signs_certificates(self) -> bool {
        self.0 == KeyUsagePurpose::KeyCertSign
    }

    /// Whether only an authority may do it.
    pub(crate) fn is_an_authoritys(self) -> bool {
        self.signs_certificates() || self.0 == KeyUsagePurpose::CrlSign
    }

    /// The bits that are set, in their order.
    pub(crate) fn all_of(bits: KeyUsageBits) -> Vec<Self> {
        set_bits(bits.0, &KEY_USAGES).map(|(_, usage)| Self(*usage)).collect()
    }

    /// The same as names.
    pub(crate) fn names(bits: KeyUsageBits) -> Vec<&'static str> {
        set_bits(bits.0, &KEY_USAGES).map(|(name, _)| *name).collect()
    }
}

/// Of a table of a BIT STRING's bits, the first first, those that are set.
pub(crate) fn set_bits<T>(flags: u16, bits: &[T]) -> impl Iterator<Item = &T> {
    bits.iter().enumerate().filter(move |(bit, _)| flags >> bit & 1 == 1).map(|(_, meaning)| meaning)
}

/// In the order in which they are told.
const EXTENDED_KEY_USAGES: [(&str, &str); 7] = [
    (SERVER_AUTH, "serverAuth"),
    (CLIENT_AUTH, "clientAuth"),
    ("1.3.6.1.5.5.7.3.3", "codeSigning"),
    ("1.3.6.1.5.5.7.3.4", "emailProtection"),
    ("1.3.6.1.5.5.7.3.8", "timeStamping"),
    ("1.3.6.1.5.5.7.3.9", "OCSPSigning"),
    (ANY, "anyExtendedKeyUsage"),
];
const SERVER_AUTH: &str = "1.3.6.1.5.5.7.3.1";
const CLIENT_AUTH: &str = "1.3.6.1.5.5.7.3.2";
const ANY: &str = "2.5.29.37.0";

impl ExtendedKeyUsage {
    /// By the name that `inspect` shows, or by its OID.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`].
    pub fn from_name(name: &str) -> Result<Self> {
        let named = EXTENDED_KEY_USAGES.iter().find(|(_, known)| *known == name).map(|(oid, _)| *oid);
        oid::parse(named.unwrap_or(name)).map(Self).ok_or_else(|| {
            let names = EXTENDED_KEY_USAGES.map(|(_, name)| name).join(", ");
            let message = format!("is no extended key usage; choose among {names}, or give an OID");
            Error::new(ErrorKind::InvalidOption, message)
        })
    }

    pub(crate) fn to_rcgen(&self) -> ExtendedKeyUsagePurpose {
        ExtendedKeyUsagePurpose::Other(self.0.components().clone())
    }

    /// Whether it is anyExtendedKeyUsage.
    pub(crate) fn is_any(&self) -> bool {
        self.0.to_string() == ANY
    }

    /// Names where there are such, else OIDs; the known ones first.
    pub(crate) fn names(purposes: &Purposes<'_>) -> Vec<String> {
        let oids: Vec<String> = purposes.0.iter().map(|oid| asn1::oid_text(oid)).collect();
        let known = EXTENDED_KEY_USAGES.iter().filter(|(known, _)| oids.iter().any(|oid| oid == known));
        let mut names: Vec<String> = known.map(|(_, name)| (*name).to_owned()).collect();
        for oid in oids {
            if !EXTENDED_KEY_USAGES.iter().any(|(known, _)| *known == oid) && !names.contains(&oid) {
                names.push(oid);
            }
        }
        names
    }

    /// What it says about the two roles of TLS: servers, clients.
    pub(crate) fn roles(all: &[Self]) -> (bool, bool) {
        let holds = |oid: &str| all.iter().any(|one| one.0.to_string() == oid);
        (holds(SERVER_AUTH), holds(CLIENT_AUTH))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_name_and_by_oid() {
        let usage = |name| ExtendedKeyUsage::from_name(name);
        assert_eq!(usage("serverAuth"), usage("1.3.6.1.5.5.7.3.1"));
        assert_eq!(ExtendedKeyUsage::roles(&[usage("serverAuth").unwrap()]), (true, false));
        assert!(usage("2.5.29.37.0").unwrap().is_any() && !usage("serverAuth").unwrap().is_any());
        assert!(usage("1.3.6.1.4.1.311.20.2.2").is_ok());
        assert_eq!(usage("serverauth").unwrap_err().kind(), ErrorKind::InvalidOption);
        assert!(KeyUsage::from_name("keyAgreement").is_ok());
        assert_eq!(KeyUsage::from_name("everything").unwrap_err().kind(), ErrorKind::InvalidOption);
    }
}
