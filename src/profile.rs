//! What a certificate is for, and what follows from it: key usage, extended key usage, basic constraints.
//!
//! The extensions are what every verifier accepts (Chromium and Java refuse an RSA key usage without digitalSignature,
//! OpenSSL strict wants them critical, everybody refuses the other role's extended key usage).

use rcgen::{BasicConstraints, ExtendedKeyUsagePurpose, IsCa, KeyUsagePurpose};

use crate::error::{Error, ErrorKind, Result};
use crate::key::KeyType;

/// The role of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Profile {
    /// A TLS server: serverAuth.
    Server,
    /// A TLS client: clientAuth.
    Client,
    /// Both, for services that call each other.
    Peer,
    /// A certificate authority.
    Authority,
}

impl Profile {
    /// Every profile.
    pub const ALL: &[Profile] = &[Self::Server, Self::Client, Self::Peer, Self::Authority];

    /// The name under which options speak of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Server => "server",
            Self::Client => "client",
            Self::Peer => "peer",
            Self::Authority => "authority",
        }
    }

    /// The profile of that name.
    pub fn from_name(name: &str) -> Result<Self> {
        Self::ALL.iter().copied().find(|profile| profile.name() == name).ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidOption,
                "is not a profile; choose one of server, client, peer, authority",
            )
        })
    }

    /// The profile that an extended key usage of these two stands for.
    pub(crate) fn from_roles(servers_and_clients: (bool, bool)) -> Option<Self> {
        match servers_and_clients {
            (true, true) => Some(Self::Peer),
            (true, false) => Some(Self::Server),
            (false, true) => Some(Self::Client),
            (false, false) => None,
        }
    }

    /// Whether it is for servers, and for clients.
    pub(crate) fn roles(self) -> (bool, bool) {
        match self {
            Self::Server => (true, false),
            Self::Client => (false, true),
            Self::Peer => (true, true),
            Self::Authority => (false, false),
        }
    }

    /// Whether its holder is called by a name that the caller checks.
    pub(crate) fn serves(self) -> bool {
        matches!(self, Self::Server | Self::Peer)
    }

    pub(crate) fn extended_key_usages(self) -> Vec<ExtendedKeyUsagePurpose> {
        match self {
            Self::Server => vec![ExtendedKeyUsagePurpose::ServerAuth],
            Self::Client => vec![ExtendedKeyUsagePurpose::ClientAuth],
            Self::Peer => vec![ExtendedKeyUsagePurpose::ServerAuth, ExtendedKeyUsagePurpose::ClientAuth],
            // An authority with an extended key usage limits all below it; verifiers differ in how.
            Self::Authority => Vec::new(),
        }
    }

    pub(crate) fn key_usages(self, key_type: KeyType) -> Vec<KeyUsagePurpose> {
        match (self, key_type) {
            (Self::Authority, _) => vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign],
            // keyEncipherment is the RSA key exchange of TLS 1.2, which no other key can do.
            (_, KeyType::Rsa { .. }) => {
                vec![KeyUsagePurpose::DigitalSignature, KeyUsagePurpose::KeyEncipherment]
            }
            _ => vec![KeyUsagePurpose::DigitalSignature],
        }
    }

    pub(crate) fn basic_constraints(self, path_length: Option<u8>) -> IsCa {
        match (self, path_length) {
            (Self::Authority, Some(length)) => IsCa::Ca(BasicConstraints::Constrained(length)),
            (Self::Authority, None) => IsCa::Ca(BasicConstraints::Unconstrained),
            _ => IsCa::ExplicitNoCa,
        }
    }
}
