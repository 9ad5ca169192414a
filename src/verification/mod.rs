//! Verification: whether a chain would be accepted, and if not, everything that is wrong with it, in words.
//!
//! rustls-webpki builds the path and is the judge of `ok` (`judge`), with in-page crypto for the signatures (`algorithms`). What it
//! leaves out is looked at here, for each certificate in its place (`examined`), so that what is accepted is what every
//! verifier accepts: the trust anchor's own dates and usages, the strength of keys, what OpenSSL's `-x509_strict` and Python
//! check. Where the judge says no, the likeliest way to something trusted (`graph`) is examined, and all that is wrong with it is
//! told at once; whatever webpki refuses beyond that is told in its words, so that there is always a reason.

mod algorithms;
mod constrained;
mod examined;
mod extensions;
mod graph;
mod host;
mod judge;
mod known;
mod match_key;
mod material;
mod reason;
mod revocation;
mod scope;
mod trust;

use time::OffsetDateTime;

pub use known::Summary;
pub use match_key::{KeyMatch, MatchKey, match_key};
pub use material::{Certificates, Crls};
pub use reason::{Reason, Revocation, VerificationCode};

use crate::alt_name::AltName;
use crate::error::{Error, ErrorKind, Result};
use examined::Examination;
use graph::{Graph, Link, Path, Pool};
use known::Known;

/// What a certificate is to be used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A TLS server shows it.
    Server,
    /// A TLS client shows it.
    Client,
}

/// What is to be verified.
#[derive(Clone, Debug)]
pub struct VerifyOptions {
    /// The leaf, and behind it what came in the same file.
    pub certificate: Certificates,
    /// What may lie between it and what is trusted, in whatever order.
    pub chain: Certificates,
    /// The authorities that are trusted.
    pub trusted: Certificates,
    /// As what it is used.
    pub purpose: Purpose,
    /// The host that is called, of a server.
    pub host: Option<AltName>,
    /// The moment that counts.
    pub at: OffsetDateTime,
    /// Where given, every certificate below the anchor must be known not to be revoked.
    pub crls: Option<Crls>,
}

/// The answer: accepted where there are no reasons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// The certificates from the leaf to the anchor, as far as the way leads.
    pub path: Vec<Summary>,
    /// All that is wrong.
    pub reasons: Vec<Reason>,
}

impl Purpose {
    /// By its name in options.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`].
    pub fn from_name(name: &str) -> Result<Self> {
        match name {
            "server" => Ok(Self::Server),
            "client" => Ok(Self::Client),
            _ => Err(Error::new(ErrorKind::InvalidOption, "is neither \"server\" nor \"client\"")),
        }
    }
}

impl VerifyOptions {
    /// A host as callers write it: a DNS name, international ones too, or an IP address, in brackets too.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidAltName`].
    pub fn host(text: &str) -> Result<AltName> {
        if text.is_empty() {
            return Err(Error::new(ErrorKind::InvalidAltName, "is empty; give a host name or an IP address"));
        }
        match AltName::classify(text)? {
            AltName::Dns(name) if name.starts_with('*') => {
                Err(Error::new(ErrorKind::InvalidAltName, "is a wildcard; give one host that it is to cover"))
            }
            host if host.is_host() => Ok(host),
            _ => Err(Error::new(
                ErrorKind::InvalidAltName,
                "is no host; give a host name or an IP address alone",
            )),
        }
    }
}

/// Whether the chain is accepted.
///
/// # Errors
/// [`ErrorKind::InvalidOption`] where there is no certificate. What is wrong with the certificates is no error but the answer.
pub fn verify(options: &VerifyOptions) -> Result<Verdict> {
    let pool = pool(options)?;
    let Some(leaf) = pool.get(0) else {
        return Err(Error::new(ErrorKind::MissingOption, "is missing; give the certificate to verify"));
    };
    let mut graph = Graph::new(&pool);
    let lists = revocation::Lists::new(options);
    let (path, mut reasons) = match accepted(&pool, &graph, options, &lists) {
        Some(path) => (path, Vec::new()),
        None => refused(&pool, &mut graph, options, &lists),
    };
    reasons.extend(host::wrong(leaf, options));
    let path = path.iter().filter_map(|index| pool.get(*index)).map(|one| one.summary.clone());
    let mut path: Vec<_> = path.collect();
    // One that is trusted itself is its own anchor.
    path.dedup();
    Ok(Verdict { path, reasons })
}

/// Certificates that are there twice count once; what is trusted need not be in the chain.
fn pool(options: &VerifyOptions) -> Result<Pool<'_>> {
    let mut all: Vec<Known<'_>> = Vec::new();
    let trusted: Vec<&[u8]> = options.trusted.ders().collect();
    for (index, der) in options.certificate.ders().chain(options.chain.ders()).enumerate() {
        if index == 0 || !(trusted.contains(&der) || all.iter().any(|known| known.der == der)) {
            all.push(Known::new(der)?);
        }
    }
    let first_trusted = all.len();
    for der in trusted {
        if !all.iter().skip(first_trusted).any(|known| known.der == der) {
            all.push(Known::new(der)?);
        }
    }
    Ok(Pool { all, first_trusted })
}

/// The path that webpki builds over all that is useful, where every certificate of it passes here too.
fn accepted(
    pool: &Pool<'_>,
    graph: &Graph<'_, '_>,
    options: &VerifyOptions,
    lists: &revocation::Lists<'_>,
) -> Option<Path> {
    // Beyond this its search could take seconds; no honest chain comes near.
    const MAX_USEFUL: usize = 32;
    let (intermediates, anchors) = graph.useful();
    if intermediates.len() > MAX_USEFUL || anchors.len() > MAX_USEFUL {
        return None;
    }
    let examination = Examination { pool, graph, options, lists };
    let takes = |path: &Path| examination.reasons(path).is_empty();
    judge::path(pool, options, &lists.webpki(&[]), (&intermediates, &anchors), &takes).ok()
}

/// The way with the fewest faults, and these.
fn refused(
    pool: &Pool<'_>,
    graph: &mut Graph<'_, '_>,
    options: &VerifyOptions,
    lists: &revocation::Lists<'_>,
) -> (Path, Vec<Reason>) {
    let paths = graph.paths();
    let graph = &*graph;
    let examination = Examination { pool, graph, options, lists };
    let mut best: Option<(Path, Vec<Reason>)> = None;
    for path in paths {
        let mut reasons = examination.reasons(&path);
        reasons.extend(beyond(&examination, &path, &reasons));
        if reasons.is_empty() {
            return (path, reasons);
        }
        if best.as_ref().is_none_or(|(_, fewest)| reasons.len() < fewest.len()) {
            best = Some((path, reasons));
        }
    }
    let (path, mut reasons) = best.unwrap_or_default();
    if let Some(leaf) = pool.get(0).filter(|_| graph.exhausted && !reasons.is_empty()) {
        let message = format!(
            "{}: there are more ways from it upwards than are tried; give the certificates of its own chain alone",
            leaf.name
        );
        reasons.push(Reason::new(VerificationCode::TooComplex, &leaf.summary, message));
    }
    (path, reasons)
}

/// What webpki says of this one path, where that is not said already.
fn beyond(
    Examination { pool, graph, options, lists }: &Examination<'_, '_, '_>,
    path: &Path,
    told: &[Reason],
) -> Option<Reason> {
    let leaf = pool.get(0)?;
    let (anchors, intermediates): (Vec<_>, Vec<_>) =
        path.iter().skip(1).partition(|index| pool.is_trusted(**index));
    let known: Vec<_> = path.iter().filter_map(|index| pool.get(*index)).collect();
    let way: Vec<_> = known.iter().copied().zip(known.iter().copied().skip(1)).collect();
    let crls = lists.webpki(&way);
    let error = judge::path(pool, options, &crls, (&intermediates, &anchors), &|_| true).err()?;
    let (code, words) = judge::words(&error);
    // webpki takes a key that is too weak for a false signature; and among certificates of one name it tries other links too, and tells
    // of those.
    let whole = path.windows(2).all(|pair| match pair {
        [below, above] => graph.link(*below, *above) != Some(Link::Broken),
        _ => false,
    });
    if whole && code == VerificationCode::BadSignature {
        let refused = VerificationCode::Refused;
        let message = format!("{}: rustls-webpki refuses it", leaf.name);
        return told.is_empty().then(|| Reason::new(refused, &leaf.summary, message));
    }
    let is_of_a_list = |reason: &Reason| {
        use VerificationCode as Code;
        matches!(
            reason.code,
            Code::CrlNotYetValid | Code::CrlSignature | Code::CrlUnsupported | Code::CrlExpired
        )
    };
    // That no way was found is what the reasons explain, and that no list is there what is wrong with the one that is.
    let is_known = told.iter().any(|reason| reason.code == code)
        || (code == VerificationCode::CrlMissing && told.iter().any(is_of_a_list))
        || (!told.is_empty()
            && matches!(code, VerificationCode::UnknownIssuer | VerificationCode::UnsupportedSignature));
    (!is_known).then(|| Reason::new(code, &leaf.summary, format!("{}: {words}", leaf.name)))
}
