//! Making all that was planned, by in-page crypto.

use rand_core::CryptoRng;
use time::OffsetDateTime;

use super::{MutualTlsOptions, Party, plan, without_subject};
use crate::authority::{self, Authority, AuthorityCertificate, AuthorityOptions};
use crate::certificate::{self, IssueOptions};
use crate::error::{At, Error, ErrorKind, Result};
use crate::inspect::{self, CertificateDetails};
use crate::key::{KeyAlgorithm, PrivateKey};
use crate::name::Subject;
use crate::pem;
use crate::profile::Profile;
use crate::request::{self, Request, RequestOptions};
use crate::validity::Validity;

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
    let plan = plan(options, now)?;
    let mut made = MutualTls { files: Vec::new(), details: Vec::new() };
    let leaf = Leaf {
        algorithm: options.algorithm,
        authority_validity: plan.authority_validity,
        validity: plan.validity,
    };
    let mut authorities = Vec::new();
    for step in &plan.authorities {
        authorities.push(leaf.authority(&mut made, step.party, now, rng).at(&step.path)?);
    }
    for step in &plan.leaves {
        let missing = || Error::new(ErrorKind::Internal, "a leaf without an authority was planned");
        let authority = authorities.get(step.authority).ok_or_else(missing)?;
        leaf.issue(&mut made, step.party, step.profile, authority, now, rng).at(&step.path)?;
    }
    Ok(made)
}

/// What all leaves share.
struct Leaf {
    algorithm: KeyAlgorithm,
    authority_validity: Validity,
    validity: Validity,
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
            validity: self.authority_validity.to_request(),
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
        let options = IssueOptions { validity: self.validity.to_request(), ..IssueOptions::default() };
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
