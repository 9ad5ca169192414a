//! Distribution points of revocation lists as plain data.

use super::decoded::{Decoded, fields};
use super::general_name::alt_names;
use super::name;
use crate::extension::usage::set_bits;
use crate::parsed::distribution_point::{self, DistributionPoint, IssuingPoint, PointName};

/// Where revocation lists are (RFC 5280 section 4.2.1.13).
pub(super) fn distribution_points(value: &[u8]) -> Option<Decoded> {
    let point = |point: DistributionPoint<'_>| {
        fields(&mut [
            ("name", point.name.as_ref().map(point_name)),
            ("reasons", point.reasons.map(reasons)),
            ("crlIssuer", point.crl_issuer.as_deref().map(|names| Decoded::from(alt_names(names)))),
        ])
    };
    Some(Decoded::List(distribution_point::distribution_points(value)?.into_iter().map(point).collect()))
}

/// What a revocation list covers (RFC 5280 section 5.2.5).
pub(super) fn issuing_distribution_point(value: &[u8]) -> Option<Decoded> {
    let point = IssuingPoint::read(value)?;
    Some(fields(&mut [
        ("name", point.name.as_ref().map(point_name)),
        ("onlyContainsUserCerts", Some(Decoded::from(point.only_user_certificates))),
        ("onlyContainsCACerts", Some(Decoded::from(point.only_authorities))),
        ("onlySomeReasons", point.only_some_reasons.map(reasons)),
        ("indirectCRL", Some(Decoded::from(point.indirect))),
        ("onlyContainsAttributeCerts", Some(Decoded::from(point.only_attribute_certificates))),
    ]))
}

/// General names, or RFC 4514 text where the name is relative to the issuer's.
fn point_name(name: &PointName<'_>) -> Decoded {
    match name {
        PointName::Full(names) => Decoded::from(alt_names(names)),
        PointName::Relative(relative) => Decoded::from(name::relative(relative)),
    }
}

/// ReasonFlags (RFC 5280 section 4.2.1.13), which are numbered otherwise than reason codes. Bit 0 says nothing.
fn reasons(flags: u16) -> Decoded {
    const FROM_BIT_1: [&str; 8] = [
        "keyCompromise",
        "cACompromise",
        "affiliationChanged",
        "superseded",
        "cessationOfOperation",
        "certificateHold",
        "privilegeWithdrawn",
        "aACompromise",
    ];
    Decoded::from(set_bits(flags >> 1, &FROM_BIT_1).copied().collect::<Vec<_>>())
}
