//! The whole guide in one call: the authorities, the server's and the clients' keys, requests and certificates, by the
//! names of the guide's files.

use std::collections::BTreeSet;

use rand_core::CryptoRng;
use time::OffsetDateTime;

use crate::alt_name::AltName;
use crate::authority::{self, Authority, AuthorityCertificate, AuthorityOptions};
use crate::certificate::{self, IssueOptions};
use crate::error::{At, Error, ErrorKind, Result};
use crate::inspect::{self, CertificateDetails};
use crate::key::{KeyAlgorithm, PrivateKey};
use crate::name::Subject;
use crate::pem;
use crate::profile::Profile;
use crate::request::{self, Request, RequestOptions};
use crate::validity::{self, ValidityRequest};

/// One who holds a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    common_name: String,
    alt_names: Option<Vec<AltName>>,
    file_name: String,
}

impl Party {
    /// A party of a common name whose files begin with `file_name`; without one, with the common name in letters,
    /// digits and underscores (`amy-client` becomes `amy_client`).
    ///
    /// # Errors
    /// [`ErrorKind::InvalidSubject`] at `commonName`, [`ErrorKind::InvalidOption`] at `name`.
    pub fn new(common_name: &str, file_name: Option<&str>, alt_names: Option<Vec<AltName>>) -> Result<Self> {
        Subject::common_name(common_name)?;
        let file_name = match file_name {
            Some(name) => checked_file_name(name)?.to_owned(),
            None => derived_file_name(common_name)?,
        };
        Ok(Self { common_name: common_name.to_owned(), alt_names, file_name })
    }

    fn file(&self, extension: &str) -> String {
        format!("{}.{extension}", self.file_name)
    }
}

/// Who signs whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Authorities {
    /// One authority signs all.
    One(Party),
    /// Bob's authority signs the server, Amy's signs the clients; each side trusts the other's.
    Distinct {
        /// Signs the server; the clients trust it.
        server: Party,
        /// Signs the clients; the server trusts it.
        client: Party,
    },
}

/// The guide, with its choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MutualTlsOptions {
    /// Who signs.
    pub authorities: Authorities,
    /// The algorithm of every key.
    pub algorithm: KeyAlgorithm,
    /// How long the leaves are valid. The authorities are for ten years, or as long as the leaves if that is longer.
    pub days: u32,
    /// Bob.
    pub server: Party,
    /// Amy, and others like her.
    pub clients: Vec<Party>,
}

/// Everything that was made, in the order of the guide's steps.
#[derive(Debug)]
pub struct MutualTls {
    /// PEM by file name.
    pub files: Vec<(String, String)>,
    /// What each certificate says, by file name.
    pub details: Vec<(String, CertificateDetails)>,
}

/// Makes all of it, or nothing.
///
/// # Errors
/// With the path of the option concerned: `server.commonName`, `clients[1].name`, `days`.
pub fn create(options: &MutualTlsOptions, now: OffsetDateTime, rng: &mut dyn CryptoRng) -> Result<MutualTls> {
    check(options, now)?;
    let mut made = MutualTls { files: Vec::new(), details: Vec::new() };
    let leaf = Leaf { algorithm: options.algorithm, days: options.days };
    match &options.authorities {
        Authorities::One(party) => {
            let one = leaf.authority(&mut made, party, now, rng).at("authority")?;
            leaf.issue(&mut made, &options.server, Profile::Server, &one, now, rng).at("server")?;
            for (index, client) in options.clients.iter().enumerate() {
                leaf.issue(&mut made, client, Profile::Client, &one, now, rng).at(&client_path(index))?;
            }
        }
        Authorities::Distinct { server, client } => {
            let servers = leaf.authority(&mut made, server, now, rng).at("serverAuthority")?;
            let clients = leaf.authority(&mut made, client, now, rng).at("clientAuthority")?;
            leaf.issue(&mut made, &options.server, Profile::Server, &servers, now, rng).at("server")?;
            for (index, client) in options.clients.iter().enumerate() {
                leaf.issue(&mut made, client, Profile::Client, &clients, now, rng).at(&client_path(index))?;
            }
        }
    }
    Ok(made)
}

/// What all leaves share.
struct Leaf {
    algorithm: KeyAlgorithm,
    days: u32,
}

impl Leaf {
    fn authority(
        &self,
        made: &mut MutualTls,
        party: &Party,
        now: OffsetDateTime,
        rng: &mut dyn CryptoRng,
    ) -> Result<Authority> {
        let key = PrivateKey::generate(self.algorithm, rng)?;
        let options = AuthorityOptions {
            subject: Subject::common_name(&party.common_name)?,
            validity: ValidityRequest::days(self.days.max(validity::AUTHORITY_DAYS)),
            ..AuthorityOptions::default()
        };
        let der = authority::create(&options, &key, now, rng)?;
        made.files.push((party.file("key"), key.to_pkcs8_pem()?));
        made.certificate(party, &der, now)?;
        Authority::new(AuthorityCertificate::read(&der)?, key)
    }

    /// The steps of one party: key, request, certificate.
    fn issue(
        &self,
        made: &mut MutualTls,
        party: &Party,
        profile: Profile,
        authority: &Authority,
        now: OffsetDateTime,
        rng: &mut dyn CryptoRng,
    ) -> Result<()> {
        let key = PrivateKey::generate(self.algorithm, rng)?;
        let asked = RequestOptions {
            subject: Subject::common_name(&party.common_name)?,
            alt_names: party.alt_names.clone(),
            profile: Some(profile),
        };
        let request = request::create(&asked, &key, rng).map_err(without_subject)?;
        let options = IssueOptions { validity: ValidityRequest::days(self.days), ..IssueOptions::default() };
        let issued = certificate::issue(&Request::read(&request)?, authority, &options, now, rng)?;
        made.files.push((party.file("key"), key.to_pkcs8_pem()?));
        made.files.push((party.file("csr"), pem::encode(pem::CERTIFICATE_REQUEST, &request)));
        made.certificate(party, &issued, now)
    }
}

impl MutualTls {
    fn certificate(&mut self, party: &Party, der: &[u8], now: OffsetDateTime) -> Result<()> {
        self.files.push((party.file("crt"), pem::encode(pem::CERTIFICATE, der)));
        self.details.push((party.file("crt"), inspect::certificate(der, now)?));
        Ok(())
    }
}

/// Everything that can be wrong is found before the first key is made.
fn check(options: &MutualTlsOptions, now: OffsetDateTime) -> Result<()> {
    ValidityRequest::days(options.days).resolve(now, options.days, None)?;
    if options.clients.is_empty() {
        return Err(Error::new(ErrorKind::InvalidOption, "is empty; give at least one client").at("clients"));
    }
    let mut parties: Vec<(String, &Party)> = match &options.authorities {
        Authorities::One(one) => vec![("authority".to_owned(), one)],
        Authorities::Distinct { server, client } => {
            vec![("serverAuthority".to_owned(), server), ("clientAuthority".to_owned(), client)]
        }
    };
    let authorities = parties.len();
    parties.push(("server".to_owned(), &options.server));
    parties.extend(options.clients.iter().enumerate().map(|(index, client)| (client_path(index), client)));
    let mut files = BTreeSet::new();
    for (path, party) in &parties {
        // Two files that differ by case alone are one on many disks.
        if !files.insert(party.file_name.to_lowercase()) {
            let message =
                format!("gives the file name `{}` a second time; give another name", party.file_name);
            return Err(Error::new(ErrorKind::ConflictingOptions, message).at("name").at(path));
        }
    }
    for (path, party) in parties.iter().skip(authorities) {
        let above = if *path == "server" || authorities == 1 { parties.first() } else { parties.get(1) };
        if above.is_some_and(|(_, authority)| authority.common_name == party.common_name) {
            let message = "is its authority's too, and verifiers would take the certificate for self-signed; change one";
            return Err(Error::new(ErrorKind::InvalidSubject, message).at("commonName").at(path));
        }
    }
    if let (Some((_, first)), Some((path, second)), 2) = (parties.first(), parties.get(1), authorities)
        && first.common_name == second.common_name
    {
        let message =
            "is the other authority's too; distinct authorities need distinct names to be told apart";
        return Err(Error::new(ErrorKind::InvalidSubject, message).at("commonName").at(path));
    }
    let server = &options.server;
    request::check_names(Some(&server.common_name), server.alt_names.as_deref(), Profile::Server)
        .map_err(without_subject)
        .at("server")
}

fn client_path(index: usize) -> String {
    format!("clients[{index}]")
}

/// A party has its common name directly, not within a subject.
fn without_subject(error: Error) -> Error {
    match error.field().and_then(|field| field.strip_prefix("subject.")) {
        Some(field) => Error::new(error.kind(), error.message()).at(field),
        None => error,
    }
}

fn checked_file_name(name: &str) -> Result<&str> {
    let fine = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
    if name.is_empty() || name.len() > 100 || name.starts_with(['.', '-']) || !name.bytes().all(fine) {
        return Err(Error::new(
            ErrorKind::InvalidOption,
            "is no base for file names; use letters, digits, `_`, `-` and `.`, and begin with a letter, digit or `_`",
        )
        .at("name"));
    }
    Ok(name)
}

fn derived_file_name(common_name: &str) -> Result<String> {
    let name: String = common_name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    let name = name.trim_matches('_');
    if name.is_empty() {
        return Err(Error::new(
            ErrorKind::MissingOption,
            "is needed: the common name has no ASCII letter or digit to make a file name of",
        )
        .at("name"));
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{NOW, rng};

    fn options() -> MutualTlsOptions {
        MutualTlsOptions {
            authorities: Authorities::One(Party::new("my-ca", Some("ca"), None).unwrap()),
            algorithm: KeyAlgorithm::EcdsaP256,
            days: 365,
            server: Party::new("localhost", Some("bob_server"), None).unwrap(),
            clients: vec![Party::new("amy-client", None, None).unwrap()],
        }
    }

    fn refusal(change: impl FnOnce(&mut MutualTlsOptions)) -> (ErrorKind, String) {
        let mut options = options();
        change(&mut options);
        let error = create(&options, NOW, &mut rng(1)).unwrap_err();
        (error.kind(), error.field().unwrap_or_default().to_owned())
    }

    #[test]
    fn makes_the_files_of_the_guide_in_its_order() {
        let made = create(&options(), NOW, &mut rng(1)).unwrap();
        let names: Vec<_> = made.files.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(
            names,
            [
                "ca.key",
                "ca.crt",
                "bob_server.key",
                "bob_server.csr",
                "bob_server.crt",
                "amy_client.key",
                "amy_client.csr",
                "amy_client.crt",
            ]
        );
        assert_eq!(made.details.len(), 3);
    }

    #[test]
    fn refuses_with_the_path() {
        let party = |name: &str, file: &str| Party::new(name, Some(file), None).unwrap();
        for days in [0, 2_920_000] {
            assert_eq!(refusal(|o| o.days = days), (ErrorKind::InvalidValidity, "days".into()));
        }
        assert_eq!(refusal(|o| o.clients.clear()), (ErrorKind::InvalidOption, "clients".into()));
        assert_eq!(
            refusal(|o| o.server = party("ex ample.com", "bob_server")),
            (ErrorKind::InvalidAltName, "server.commonName".into())
        );
        assert_eq!(
            refusal(|o| o.clients.push(party("amy-two", "AMY_client"))),
            (ErrorKind::ConflictingOptions, "clients[1].name".into())
        );
        assert_eq!(
            refusal(|o| o.clients = vec![party("my-ca", "x")]),
            (ErrorKind::InvalidSubject, "clients[0].commonName".into())
        );
    }

    #[test]
    fn file_names_stay_in_their_folder() {
        for bad in ["../x", "a/b", "", ".x", "a b", "C:\\x"] {
            let error = Party::new("x", Some(bad), None).unwrap_err();
            assert_eq!((error.kind(), error.field()), (ErrorKind::InvalidOption, Some("name")), "{bad}");
        }
        assert_eq!(Party::new("Émile", None, None).unwrap().file_name, "mile");
        assert_eq!(Party::new("Ω", None, None).unwrap_err().kind(), ErrorKind::MissingOption);
    }
}
