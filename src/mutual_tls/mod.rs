//! The whole guide in one call: the authorities, the server's and the clients' keys, requests and certificates, by the
//! names of the guide's files.

#[cfg(feature = "in-page")]
mod create;

use std::collections::BTreeSet;

use time::OffsetDateTime;

use crate::alt_name::AltName;
use crate::error::{At, Error, ErrorKind, Result};
use crate::key::KeyAlgorithm;
use crate::name::Subject;
use crate::profile::Profile;
use crate::request;
use crate::validity::{self, Validity, ValidityRequest};

#[cfg(feature = "in-page")]
pub use create::{MutualTls, create};

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

    /// The common name.
    pub fn common_name(&self) -> &str {
        &self.common_name
    }

    /// What its files' names begin with.
    pub fn file_name(&self) -> &str {
        &self.file_name
    }

    #[cfg(feature = "in-page")]
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

/// Who is made, in which order: authorities, then leaves. All are valid from one moment on, however long it takes to make them.
pub(crate) struct Plan<'a> {
    pub authority_validity: Validity,
    pub validity: Validity,
    pub authorities: Vec<AuthorityStep<'a>>,
    pub leaves: Vec<LeafStep<'a>>,
}

/// An authority to make.
pub(crate) struct AuthorityStep<'a> {
    /// The option that is about it: `serverAuthority`.
    pub path: String,
    pub party: &'a Party,
}

/// A leaf to make.
pub(crate) struct LeafStep<'a> {
    /// The option that is about it: `clients[0]`.
    pub path: String,
    pub party: &'a Party,
    pub profile: Profile,
    /// Which of the authorities signs it.
    pub authority: usize,
}

/// The plan, with everything that can be wrong found before the first key is made.
pub(crate) fn plan<'a>(options: &'a MutualTlsOptions, now: OffsetDateTime) -> Result<Plan<'a>> {
    let from_now = |days| ValidityRequest::days(days).resolve(now, days, None);
    let validity = from_now(options.days)?;
    // An authority's is never shorter than what it signs.
    let authority_validity = from_now(options.days.max(validity::AUTHORITY_DAYS))?;
    if options.clients.is_empty() {
        return Err(Error::new(ErrorKind::InvalidOption, "is empty; give at least one client").at("clients"));
    }
    let authority = |path: &str, party: &'a Party| AuthorityStep { path: path.to_owned(), party };
    let authorities = match &options.authorities {
        Authorities::One(one) => vec![authority("authority", one)],
        Authorities::Distinct { server, client } => {
            vec![authority("serverAuthority", server), authority("clientAuthority", client)]
        }
    };
    let last = authorities.len() - 1;
    let server = LeafStep {
        path: "server".to_owned(),
        party: &options.server,
        profile: Profile::Server,
        authority: 0,
    };
    let client = |(index, party)| LeafStep {
        path: client_path(index),
        party,
        profile: Profile::Client,
        authority: last,
    };
    let leaves = std::iter::once(server).chain(options.clients.iter().enumerate().map(client)).collect();
    let plan = Plan { authority_validity, validity, authorities, leaves };
    plan.check()?;
    Ok(plan)
}

impl Plan<'_> {
    fn check(&self) -> Result<()> {
        let parties = self.authorities.iter().map(|step| (&step.path, step.party));
        let parties = parties.chain(self.leaves.iter().map(|step| (&step.path, step.party)));
        let mut files = BTreeSet::new();
        for (path, party) in parties {
            // Two files that differ by case alone are one on many disks.
            if !files.insert(party.file_name.to_ascii_lowercase()) {
                let message =
                    format!("gives the file name `{}` a second time; give another name", party.file_name);
                return Err(Error::new(ErrorKind::ConflictingOptions, message).at("name").at(path));
            }
        }
        for LeafStep { path, party, profile, authority } in &self.leaves {
            let above = self.authorities.get(*authority);
            if above.is_some_and(|above| above.party.common_name == party.common_name) {
                let message = "is its authority's too, and verifiers would take the certificate for self-signed; change one";
                return Err(Error::new(ErrorKind::InvalidSubject, message).at("commonName").at(path));
            }
            request::check_names(Some(&party.common_name), party.alt_names.as_deref(), *profile)
                .map_err(without_subject)
                .at(path)?;
        }
        match self.authorities.as_slice() {
            [first, second] if first.party.common_name == second.party.common_name => {
                let message =
                    "is the other authority's too; distinct authorities need distinct names to be told apart";
                Err(Error::new(ErrorKind::InvalidSubject, message).at("commonName").at(&second.path))
            }
            _ => Ok(()),
        }
    }
}

fn client_path(index: usize) -> String {
    format!("clients[{index}]")
}

/// A party has its common name directly, not within a subject.
fn without_subject(error: Error) -> Error {
    match error.field().and_then(|field| field.strip_prefix("subject.")).map(str::to_owned) {
        Some(field) => error.of_no_field().at(&field),
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
