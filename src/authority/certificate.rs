//! The certificate of an authority, alone or with those above it: what a verifier of the chain would check, before anything
//! is signed.

use super::{WHAT, parse};
use crate::alt_name::AltName;
use crate::asn1;
use crate::certificate::Issuer;
use crate::error::{At, Error, ErrorKind, Result};
use crate::extension::NameConstraints;
use crate::inspect::NameDetails;
use crate::inspect::name::normalized;
use crate::key::PublicKey;
use crate::name;
use crate::parsed::{ParsedCertificate, ParsedExtension};
use crate::pem::{self, Block};
use crate::profile::Profile;
use crate::validity::Validity;

/// The certificate of an authority that may sign others, as much of it as issuing needs, and what those above it allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorityCertificate {
    pub(crate) subject: Vec<u8>,
    pub(crate) key_identifier: Vec<u8>,
    pub(crate) public_key: PublicKey,
    /// Within that of all above.
    pub(crate) validity: Validity,
    /// How many authorities may stand below it; any number where nobody says.
    pub(crate) room_below: Option<u32>,
    /// Its own serial number, where it has signed itself: the content of the INTEGER.
    pub(crate) own_serial: Option<Vec<u8>>,
    /// Whether its key usage lets it sign revocation lists.
    #[cfg(feature = "in-page")]
    signs_lists: bool,
    /// What extended key usages leave below it: servers, clients.
    allowed_roles: (bool, bool),
    constraints: Vec<NameConstraints>,
    /// What a server sends behind its own certificate, DER: this one and those above, without a root.
    chain: Vec<Vec<u8>>,
}

impl AuthorityCertificate {
    /// Reads it, PEM or DER, whatever tool made it. In a file of several it is the first; the others must be those above it, in
    /// whatever order.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidCertificate`], [`ErrorKind::NotAnAuthority`], [`ErrorKind::UnsupportedKey`],
    /// [`ErrorKind::InvalidPem`].
    pub fn read(input: &[u8]) -> Result<Self> {
        Self::read_chain(input, None)
    }

    /// The same, but the one of the key, wherever it stands in the file.
    pub fn read_for(input: &[u8], key: &PublicKey) -> Result<Self> {
        Self::read_chain(input, Some(key))
    }

    fn read_chain(input: &[u8], key: Option<&PublicKey>) -> Result<Self> {
        const LONGEST: usize = 20;
        let blocks = pem::decode_many(input, pem::CERTIFICATES, WHAT)?;
        if blocks.len() > LONGEST {
            let message =
                format!("holds {} certificates; give the authority's and those above it", blocks.len());
            return Err(invalid(message));
        }
        let parsed = blocks.iter().map(parse_block).collect::<Result<Vec<_>>>()?;
        let is_of = |one: &ParsedCertificate<'_>| match (key, PublicKey::from_spki(one.public_key.raw)) {
            (Some(key), Ok(own)) => own.same_key(key),
            _ => false,
        };
        let own = match (parsed.iter().position(is_of), key, parsed.first()) {
            // None is the key's: which one is meant nobody can say, and `belongs_to` will.
            (None, Some(_), Some(first)) => return Self::of(first),
            (own, ..) => own.unwrap_or_default(),
        };
        let climbed = climb(own, &parsed)?;
        let [issuer, above @ ..] = climbed.as_slice() else {
            return Err(invalid("holds no certificate".to_owned()));
        };
        above.iter().try_fold(Self::of(issuer)?, |below, above| below.under(above))
    }

    /// Whether it is the certificate of this key.
    ///
    /// # Errors
    /// [`ErrorKind::KeyMismatch`] at `privateKey`.
    pub fn belongs_to(&self, key: &PublicKey) -> Result<()> {
        if self.public_key.same_key(key) {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::KeyMismatch,
            "is not the key of the authority's certificate; give the two that were made together",
        )
        .at("privateKey"))
    }

    /// One certificate by itself.
    fn of(parsed: &ParsedCertificate<'_>) -> Result<Self> {
        let room_below = may_sign(parsed)?;
        let public_key = PublicKey::from_spki(parsed.public_key.raw)?;
        let identifier = parsed.subject_key_identifier().map(<[u8]>::to_vec);
        Ok(Self {
            subject: parsed.subject.as_raw().to_vec(),
            key_identifier: identifier.unwrap_or_else(|| public_key.key_identifier()),
            validity: validity(parsed),
            room_below,
            own_serial: is_root(parsed).then(|| parsed.serial_number.to_vec()),
            #[cfg(feature = "in-page")]
            signs_lists: !matches!(parsed.key_usage(), Ok(Some(usage)) if !usage.crl_sign()),
            allowed_roles: allowed_roles(parsed)?,
            constraints: constraints(parsed)?.into_iter().collect(),
            chain: if is_root(parsed) { Vec::new() } else { vec![parsed.der.to_vec()] },
            public_key,
        })
    }

    /// The same, under another one: what both allow.
    fn under(mut self, above: &ParsedCertificate<'_>) -> Result<Self> {
        let between = u32::try_from(self.chain.len()).unwrap_or(u32::MAX);
        if let Some(room) = may_sign(above)? {
            // It counts those between it and the leaf (RFC 5280 section 4.2.1.9).
            let Some(left) = room.checked_sub(between) else {
                let name = NameDetails::new(&above.subject).text;
                let message = format!(
                    "is of a chain that no verifier takes: the path length of {name} allows less below it"
                );
                return Err(Error::new(ErrorKind::PathLength, message));
            };
            self.room_below = Some(self.room_below.map_or(left, |own| own.min(left)));
        }
        let (servers, clients) = allowed_roles(above)?;
        self.allowed_roles = (self.allowed_roles.0 && servers, self.allowed_roles.1 && clients);
        self.constraints.extend(constraints(above)?);
        self.validity = self.validity.within(&validity(above));
        if !is_root(above) {
            self.chain.push(above.der.to_vec());
        }
        Ok(self)
    }

    /// The certificates that go with one that it issued, DER: its own and those above it, without a root, which whoever verifies has.
    pub fn chain(&self) -> &[Vec<u8>] {
        &self.chain
    }

    /// Whether certificates of this profile verify below it: OpenSSL and browsers take an authority's extended key usage
    /// as a limit.
    pub(crate) fn allows(&self, profile: Profile) -> Result<()> {
        let (servers, clients) = self.allowed_roles;
        let (serves, calls) = profile.roles();
        if (servers || !serves) && (clients || !calls) {
            return Ok(());
        }
        Err(Error::new(
            ErrorKind::NotAnAuthority,
            format!("is not one for this: its extended key usage excludes the profile {}", profile.name()),
        )
        .at("certificate"))
    }

    /// Whether it may sign revocation lists (RFC 5280 section 4.2.1.3): verifiers look.
    #[cfg(feature = "in-page")]
    pub(crate) fn allows_lists(&self) -> Result<()> {
        if self.signs_lists {
            return Ok(());
        }
        let message =
            "may not sign revocation lists: its key usage lacks cRLSign; make the authority with that usage";
        Err(Error::new(ErrorKind::NotAnAuthority, message).at("certificate"))
    }

    /// Whether its name constraints, and those above it, allow the names.
    ///
    /// # Errors
    /// [`ErrorKind::NameConstraints`] at `subject` or `altNames`.
    pub(crate) fn allows_names(&self, subject: &[u8], alt_names: &[AltName], profile: Profile) -> Result<()> {
        if self.constraints.is_empty() {
            return Ok(());
        }
        let details = NameDetails::of_der(subject);
        let attributes: Vec<_> = details.iter().flat_map(|details| &details.attributes).collect();
        let values = |wanted: &str| {
            attributes
                .iter()
                .filter(|one| one.r#type == wanted)
                .map(|one| one.value.as_str())
                .collect::<Vec<_>>()
        };
        // E-mail addresses in a subject are under the constraints too (RFC 5280 section 4.2.1.10).
        let mailboxes = values("emailAddress").into_iter().map(|value| AltName::Email(value.to_owned()));
        // So are, for OpenSSL, all the common names of a leaf that can be host names.
        let common_names = if profile == Profile::Authority { Vec::new() } else { values("commonName") };
        let hosts = common_names.into_iter().filter_map(|value| AltName::dns(value).ok());
        let directory = (!name::is_empty_der(subject)).then(|| AltName::Directory(subject.to_vec()));
        let of_subject: Vec<_> = directory.into_iter().chain(mailboxes).chain(hosts).collect();
        for constraints in &self.constraints {
            of_subject.iter().try_for_each(|name| constraints.allow(name)).at("subject")?;
            alt_names.iter().try_for_each(|name| constraints.allow(name)).at("altNames")?;
        }
        Ok(())
    }

    pub(crate) fn issuer(&self) -> Issuer<'_> {
        Issuer {
            name: &self.subject,
            key_identifier: self.key_identifier.clone(),
            public_key: &self.public_key,
        }
    }
}

/// OpenSSL's `TRUSTED CERTIFICATE` has its own words on trust behind the certificate.
pub(crate) fn parse_block(block: &Block) -> Result<ParsedCertificate<'_>> {
    match block.label.as_deref() {
        Some(pem::TRUSTED_CERTIFICATE) => parse(asn1::first_element(&block.der)),
        _ => parse(&block.der),
    }
}

/// The one at `own` and those above it, in order. Any that is left over is an error: it was given for something.
fn climb<'a, 'b>(own: usize, all: &'b [ParsedCertificate<'a>]) -> Result<Vec<&'b ParsedCertificate<'a>>> {
    let (climbed, left) = ascend(own, all);
    match left.first() {
        None => Ok(climbed),
        Some(other) => Err(invalid(format!(
            "holds the certificate of {} too, which is not above the authority's; give the authority's and those above it",
            NameDetails::new(&other.subject).text
        ))),
    }
}

/// The one at `own` and those above it, in order; and those that are left over. What is there twice counts once.
pub(crate) fn ascend<'a, 'b>(
    own: usize,
    all: &'b [ParsedCertificate<'a>],
) -> (Ascent<'a, 'b>, Ascent<'a, 'b>) {
    let mut left: Vec<&ParsedCertificate<'_>> = Vec::new();
    for (index, one) in all.iter().enumerate() {
        let again =
            index == own || all.iter().take(index).chain(all.get(own)).any(|other| other.der == one.der);
        if !again {
            left.push(one);
        }
    }
    let mut climbed: Vec<_> = all.get(own).into_iter().collect();
    while let Some(top) = climbed.last().filter(|top| !is_root(top)) {
        let Some(next) = left.iter().position(|above| is_issued_by(top, above)) else { break };
        climbed.push(left.swap_remove(next));
    }
    (climbed, left)
}

type Ascent<'a, 'b> = Vec<&'b ParsedCertificate<'a>>;

/// By name, and by key identifiers where both say them. Not by signature: nothing here is trusted for it, the chain is the
/// caller's own, and a wrong step can only make it allow less.
pub(crate) fn is_issued_by(below: &ParsedCertificate<'_>, above: &ParsedCertificate<'_>) -> bool {
    let (wanted, own) = (below.authority_key_identifier(), above.subject_key_identifier());
    let fits = !matches!((wanted, own), (Some(wanted), Some(own)) if wanted != own);
    normalized(&below.issuer) == normalized(&above.subject) && fits
}

/// Of itself. One of the same name that an older key signed has that one above it.
fn is_root(certificate: &ParsedCertificate<'_>) -> bool {
    is_issued_by(certificate, certificate)
}

fn validity(certificate: &ParsedCertificate<'_>) -> Validity {
    Validity::from_certificate(certificate.not_before, certificate.not_after)
}

fn allowed_roles(certificate: &ParsedCertificate<'_>) -> Result<(bool, bool)> {
    match certificate.extended_key_usage() {
        // OpenSSL and Node do not take anyExtendedKeyUsage for these.
        Ok(Some(purposes)) => Ok(purposes.roles()),
        Ok(None) => Ok((true, true)),
        Err(_) => Err(invalid("has an extended key usage that can't be read".to_owned())),
    }
}

fn constraints(certificate: &ParsedCertificate<'_>) -> Result<Option<NameConstraints>> {
    let unreadable =
        || invalid("has name constraints that can't be read, and they must be obeyed".to_owned());
    match certificate.name_constraints() {
        Ok(None) => Ok(None),
        Ok(Some(subtrees)) => NameConstraints::from_parsed(subtrees).map(Some).ok_or_else(unreadable),
        Err(_) => Err(unreadable()),
    }
}

/// Checks what a verifier of the chain would, and returns the path length.
fn may_sign(certificate: &ParsedCertificate<'_>) -> Result<Option<u32>> {
    let refuse = |why: &str| {
        Err(Error::new(
            ErrorKind::NotAnAuthority,
            format!("{why}; give the certificate of a CA (createAuthority)"),
        ))
    };
    if certificate.version != 3 {
        return refuse("is X.509 v1, which can't say that it is an authority");
    }
    let constraints = match certificate.basic_constraints() {
        Ok(Some(constraints)) if constraints.ca => constraints,
        Ok(_) => return refuse("is not an authority: it has no basic constraints with CA:TRUE"),
        Err(_) => return refuse("has basic constraints that can't be read"),
    };
    match certificate.key_usage() {
        Ok(None) => {}
        Ok(Some(usage)) if usage.key_cert_sign() => {}
        Ok(Some(_)) => return refuse("may not sign certificates: its key usage lacks keyCertSign"),
        Err(_) => return refuse("has a key usage that can't be read"),
    }
    if !name::is_whole_der(certificate.subject.as_raw()) {
        return Err(invalid("has a subject with a part that can't be read".to_owned()));
    }
    if let Some(oid) = unknown_critical(certificate) {
        return refuse(&format!("has a critical extension {oid} that verifiers do not know, and so refuse"));
    }
    if certificate.subject.iter_rdn().next().is_none() {
        return refuse("has an empty subject, which no issuer may have");
    }
    Ok(constraints.path_length)
}

/// RFC 5280 section 4.2: who does not know a critical extension refuses the certificate.
fn unknown_critical(certificate: &ParsedCertificate<'_>) -> Option<String> {
    let unknown = |extension: &&ParsedExtension<'_>| extension.critical && !extension.is_known();
    certificate.extensions.iter().find(unknown).map(|extension| asn1::oid(&extension.oid))
}

fn invalid(message: String) -> Error {
    Error::new(ErrorKind::InvalidCertificate, message)
}
