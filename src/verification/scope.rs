//! Which certificates a revocation list is about (RFC 5280 sections 5.2.5 and 6.3.3): all of its issuer's, unless it says otherwise.

use x509_parser::extensions::{DistributionPointName, IssuingDistributionPoint};
use x509_parser::prelude::{CertificateRevocationList, ParsedExtension};

use super::known::Known;
use crate::asn1;

/// What a list is about, where not about all that its issuer issued.
pub(super) const ISSUING_POINT: &str = "2.5.29.28";
const DISTRIBUTION_POINTS: &str = "2.5.29.31";

/// Whether the list is about that certificate. One that says so in a way that can't be read is about none.
pub(super) fn covers(list: &CertificateRevocationList<'_>, one: &Known<'_>, is_authority: bool) -> bool {
    let extension = list.extensions().iter().find(|extension| asn1::oid(&extension.oid) == ISSUING_POINT);
    let Some(extension) = extension else { return true };
    let ParsedExtension::IssuingDistributionPoint(point) = extension.parsed_extension() else { return false };
    let excluded = if is_authority { point.only_contains_user_certs } else { point.only_contains_ca_certs };
    !(excluded || point.only_contains_attribute_certs) && is_named_by(point, one)
}

/// Whether the certificate names the point at which the list is found, by one of its names; where it is found at none, any will do.
fn is_named_by(point: &IssuingDistributionPoint<'_>, one: &Known<'_>) -> bool {
    let Some(at) = &point.distribution_point else { return true };
    let extension = one.extension(DISTRIBUTION_POINTS).map(|extension| extension.parsed_extension());
    let Some(ParsedExtension::CRLDistributionPoints(named)) = extension else { return false };
    let mut names = named.points.iter().filter_map(|named| named.distribution_point.as_ref());
    names.any(|name| match (at, name) {
        (DistributionPointName::FullName(at), DistributionPointName::FullName(names)) => {
            at.iter().any(|name| names.contains(name))
        }
        (at, name) => at == name,
    })
}
