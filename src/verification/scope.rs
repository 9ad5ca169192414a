//! Which certificates a revocation list is about (RFC 5280 sections 5.2.5 and 6.3.3): all of its issuer's, unless it says otherwise.

use x509_parser::prelude::CertificateRevocationList;

use super::known::Known;
use crate::asn1;
use crate::parsed::distribution_point::{IssuingPoint, PointName, distribution_points};

/// What a list is about, where not about all that its issuer issued.
pub(super) const ISSUING_POINT: &str = "2.5.29.28";
const DISTRIBUTION_POINTS: &str = "2.5.29.31";

/// Whether the list is about that certificate. One that says so in a way that can't be read is about none.
pub(super) fn covers(list: &CertificateRevocationList<'_>, one: &Known<'_>, is_authority: bool) -> bool {
    let extension = list.extensions().iter().find(|extension| asn1::oid(&extension.oid) == ISSUING_POINT);
    let Some(extension) = extension else { return true };
    let Some(point) = IssuingPoint::read(extension.value) else { return false };
    let excluded = if is_authority { point.only_user_certificates } else { point.only_authorities };
    !(excluded || point.only_attribute_certificates) && is_named_by(&point, one)
}

/// Whether the certificate names the point at which the list is found, by one of its names; where it is found at none, any will do.
fn is_named_by(point: &IssuingPoint<'_>, one: &Known<'_>) -> bool {
    let Some(at) = &point.name else { return true };
    let named = one.extension(DISTRIBUTION_POINTS).and_then(|extension| distribution_points(extension.value));
    named.iter().flatten().filter_map(|named| named.name.as_ref()).any(|name| match (at, name) {
        (PointName::Full(at), PointName::Full(names)) => at.iter().any(|name| names.contains(name)),
        (at, name) => at == name,
    })
}
