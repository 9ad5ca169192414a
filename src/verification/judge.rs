//! rustls-webpki judges: it builds the path, and says no where it finds none. What it says is put into words here.

use std::net::IpAddr;
use std::time::Duration;

use rustls_pki_types::{CertificateDer, DnsName, ServerName, TrustAnchor, UnixTime};
use time::OffsetDateTime;
use webpki::{
    BorrowedCertRevocationList, CertRevocationList, EndEntityCert, Error, ExpirationPolicy, KeyUsage,
    RevocationOptionsBuilder, UnknownStatusPolicy, anchor_from_trusted_cert,
};

use super::graph::{Path, Pool};
use super::reason::VerificationCode;
use super::{Purpose, VerifyOptions, algorithms};
use crate::alt_name::AltName;

/// Whether webpki finds a path from the leaf over these intermediates to one of these anchors that `takes` takes too; and which.
///
/// # Errors
/// webpki's own.
pub(super) fn path(
    pool: &Pool<'_>,
    options: &VerifyOptions,
    crls: &[CertRevocationList<'_>],
    (intermediates, anchors): (&[usize], &[usize]),
    takes: &dyn Fn(&Path) -> bool,
) -> Result<Path, Error> {
    let der = |index: &usize| pool.get(*index).map(|one| CertificateDer::from(one.der));
    let ders: Vec<_> = intermediates.iter().filter_map(der).collect();
    let trusted: Vec<_> = anchors.iter().filter_map(|index| Some((*index, der(index)?))).collect();
    let trusted: Vec<(usize, TrustAnchor<'_>)> = trusted
        .iter()
        .map(|(index, der)| anchor_from_trusted_cert(der).map(|anchor| (*index, anchor)))
        .collect::<Result<_, _>>()?;
    let leaf = der(&0).ok_or(Error::UnknownIssuer)?;
    let leaf = EndEntityCert::try_from(&leaf)?;
    let crls: Vec<_> = crls.iter().collect();
    let revocation = RevocationOptionsBuilder::new(&crls).ok().map(|builder| {
        builder
            .with_status_policy(UnknownStatusPolicy::Deny)
            .with_expiration_policy(ExpirationPolicy::Enforce)
            .build()
    });
    let usage = || match options.purpose {
        Purpose::Server => KeyUsage::server_auth(),
        Purpose::Client => KeyUsage::client_auth(),
    };
    // One anchor at a time, so that it is known which one it was.
    let mut refusal = Error::UnknownIssuer;
    for (index, anchor) in &trusted {
        let indexes = |path: &webpki::VerifiedPath<'_>| -> Option<Path> {
            let mut indexes = vec![0];
            for one in path.intermediate_certificates() {
                let der = one.der();
                indexes.push(
                    *intermediates.iter().find(|at| pool.get(**at).is_some_and(|one| one.der == &*der))?,
                );
            }
            indexes.push(*index);
            Some(indexes)
        };
        let check = |path: &webpki::VerifiedPath<'_>| match indexes(path) {
            Some(path) if takes(&path) => Ok(()),
            _ => Err(Error::UnknownIssuer),
        };
        let anchors = std::slice::from_ref(anchor);
        let time = unix_time(options.at);
        match leaf.verify_for_usage(algorithms::ALL, anchors, &ders, time, usage(), revocation, Some(&check))
        {
            Ok(path) => return indexes(&path).ok_or(Error::UnknownIssuer),
            Err(error) if refusal == Error::UnknownIssuer => refusal = error,
            Err(_) => {}
        }
    }
    Err(refusal)
}

/// Whether the leaf is of the host; `None` where webpki can't read it.
pub(super) fn covers(leaf: &[u8], host: &AltName) -> Option<bool> {
    let der = CertificateDer::from(leaf);
    let leaf = EndEntityCert::try_from(&der).ok()?;
    let name = match host {
        AltName::Dns(name) => ServerName::DnsName(DnsName::try_from(name.as_str()).ok()?),
        AltName::Ip(IpAddr::V4(ip)) => ServerName::IpAddress((*ip).into()),
        AltName::Ip(IpAddr::V6(ip)) => ServerName::IpAddress((*ip).into()),
        _ => return None,
    };
    Some(leaf.verify_is_valid_for_subject_name(&name).is_ok())
}

/// The list as webpki reads it.
///
/// # Errors
/// In words.
pub(super) fn crl(der: &[u8]) -> Result<CertRevocationList<'_>, &'static str> {
    BorrowedCertRevocationList::from_der(der).map(CertRevocationList::from).map_err(|error| words(&error).1)
}

/// Before 1970 is 1970: dates are checked by us too, and to the second.
fn unix_time(at: OffsetDateTime) -> UnixTime {
    UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(at.unix_timestamp()).unwrap_or_default()))
}

/// A code, and what webpki means.
pub(super) fn words(error: &Error) -> (VerificationCode, &'static str) {
    use VerificationCode as Code;
    match error {
        Error::BadDer | Error::BadDerTime | Error::TrailingData(_) => {
            (Code::Malformed, "a part of it is no DER that can be read")
        }
        Error::ExtensionValueInvalid | Error::MalformedExtensions | Error::EmptyEkuExtension => {
            (Code::Malformed, "an extension can't be read, is empty, or stands there twice")
        }
        Error::MalformedDnsIdentifier => (Code::Malformed, "an alternative name is no host name"),
        Error::MalformedNameConstraint | Error::InvalidNetworkMaskConstraint => {
            (Code::Malformed, "the name constraints can't be read")
        }
        Error::InvalidSerialNumber => {
            (Code::Malformed, "the serial number is no positive integer of 20 octets at most")
        }
        Error::SignatureAlgorithmMismatch => (
            Code::Malformed,
            "it names two signature algorithms, one within what is signed and another outside",
        ),
        Error::CaUsedAsEndEntity => (Code::CaAsLeaf, "it is the certificate of an authority"),
        Error::EndEntityUsedAsCa => (Code::NotAnAuthority, "one above it is no authority"),
        Error::CertExpired { .. } => (Code::Expired, "it, or one above it, has expired"),
        Error::CertNotValidYet { .. } | Error::InvalidCertValidity => {
            (Code::NotYetValid, "it, or one above it, is not yet valid")
        }
        Error::CertNotValidForName(_) | Error::UnsupportedNameType => {
            (Code::WrongHost, "it does not cover the host")
        }
        Error::CertRevoked => (Code::Revoked, "it, or one above it, is revoked"),
        Error::UnknownRevocationStatus => (Code::CrlMissing, "no revocation list says whether it is revoked"),
        Error::CrlExpired { .. } => (Code::CrlExpired, "a revocation list is too old"),
        Error::InvalidCrlSignatureForPublicKey | Error::IssuerNotCrlSigner => (
            Code::CrlSignature,
            "a revocation list was not signed by the issuer, or the issuer may not sign one",
        ),
        Error::InvalidCrlNumber => (Code::CrlUnsupported, "its number can't be read"),
        Error::UnsupportedCrlVersion => (Code::CrlUnsupported, "it is not of version 2"),
        Error::UnsupportedDeltaCrl => (Code::CrlUnsupported, "it is a delta"),
        Error::UnsupportedIndirectCrl => (Code::CrlUnsupported, "it speaks for other issuers too (indirect)"),
        Error::UnsupportedCrlIssuingDistributionPoint
        | Error::UnsupportedRevocationReason
        | Error::UnsupportedRevocationReasonsPartitioning => {
            (Code::CrlUnsupported, "it holds a part of the revocations alone")
        }
        Error::InvalidSignatureForPublicKey => {
            (Code::BadSignature, "a signature is not that of the issuer's key")
        }
        Error::NameConstraintViolation => (
            Code::NameConstraints,
            "the name constraints above it do not allow its names; rustls compares hosts alone, and refuses other names where their kind is constrained",
        ),
        Error::PathLenConstraintViolated => (
            Code::PathLength,
            "more authorities stand below one above it than that allows; rustls counts self-issued ones too",
        ),
        Error::RequiredEkuNotFoundContext(_) => {
            (Code::WrongPurpose, "its extended key usage is for something else")
        }
        Error::UnsupportedCertVersion => (Code::X509V1, "it, or one above it, is not X.509 v3"),
        Error::UnsupportedCriticalExtension => (
            Code::CriticalExtension,
            "a critical extension is not known to rustls, which must refuse it then",
        ),
        Error::UnsupportedSignatureAlgorithmContext(_)
        | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_)
        | Error::UnsupportedCrlSignatureAlgorithmContext(_)
        | Error::UnsupportedCrlSignatureAlgorithmForPublicKeyContext(_) => (
            Code::UnsupportedSignature,
            "a signature is of a kind that is not taken here, or is written in an unusual way",
        ),
        Error::MaximumNameConstraintComparisonsExceeded
        | Error::MaximumPathBuildCallsExceeded
        | Error::MaximumPathDepthExceeded
        | Error::MaximumSignatureChecksExceeded => (
            Code::TooComplex,
            "judging it takes more than is reasonable: too many certificates, names or constraints",
        ),
        Error::UnknownIssuer => (Code::UnknownIssuer, "rustls finds no way from it to what is trusted"),
        Error::CertDistrusted => (Code::Refused, "its key is known to be compromised"),
        _ => (Code::Refused, "rustls-webpki refuses it"),
    }
}
