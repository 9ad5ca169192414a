//! Distribution points of revocation lists as plain data.

use x509_parser::asn1_rs::Any;
use x509_parser::extensions::{
    CRLDistributionPoint, CRLDistributionPoints, DistributionPointName, IssuingDistributionPoint, ReasonFlags,
};
use x509_parser::prelude::FromDer;
use x509_parser::x509::{AttributeTypeAndValue, RelativeDistinguishedName};

use super::decoded::{Decoded, fields};
use super::general_name::alt_names;
use super::name;
use crate::asn1::elements;
use crate::extension::usage::set_bits;

/// Where revocation lists are (RFC 5280 section 4.2.1.13).
pub(super) fn distribution_points(points: &CRLDistributionPoints<'_>, value: &[u8]) -> Decoded {
    let raw = elements(value).first().map(|whole| elements(whole.data)).unwrap_or_default();
    let point = |(point, raw): (&CRLDistributionPoint<'_>, &Any<'_>)| {
        fields([
            ("name", distribution_point_name(point.distribution_point.as_ref(), raw)),
            ("reasons", point.reasons.as_ref().map(|flags| Decoded::from(reasons(flags)))),
            ("crlIssuer", point.crl_issuer.as_deref().map(|names| Decoded::from(alt_names(names)))),
        ])
    };
    Decoded::from(points.iter().zip(&raw).map(point).collect::<Vec<_>>())
}

/// General names, or RFC 4514 text where the name is relative to the issuer's. The latter is read here: x509-parser
/// expects a SET inside of its tag, which is implicit.
fn distribution_point_name(name: Option<&DistributionPointName<'_>>, point: &Any<'_>) -> Option<Decoded> {
    match name {
        Some(DistributionPointName::FullName(names)) => Some(Decoded::from(alt_names(names))),
        Some(DistributionPointName::NameRelativeToCRLIssuer(relative)) => {
            Some(Decoded::from(name::relative(relative)))
        }
        None => {
            let wrapper = elements(point.data).into_iter().next().filter(|first| first.tag().0 == 0)?;
            let relative = elements(wrapper.data).into_iter().next().filter(|name| name.tag().0 == 1)?;
            let (mut attributes, mut bytes) = (Vec::new(), relative.data);
            while let Ok((rest, attribute)) = AttributeTypeAndValue::from_der(bytes) {
                attributes.push(attribute);
                bytes = rest;
            }
            Some(Decoded::from(name::relative(&RelativeDistinguishedName::new(attributes))))
        }
    }
}

/// What a revocation list covers (RFC 5280 section 5.2.5).
pub(super) fn issuing_distribution_point(point: &IssuingDistributionPoint<'_>, raw: &Any<'_>) -> Decoded {
    fields([
        ("name", distribution_point_name(point.distribution_point.as_ref(), raw)),
        ("onlyContainsUserCerts", Some(Decoded::from(point.only_contains_user_certs))),
        ("onlyContainsCACerts", Some(Decoded::from(point.only_contains_ca_certs))),
        ("onlySomeReasons", point.only_some_reasons.as_ref().map(|flags| Decoded::from(reasons(flags)))),
        ("indirectCRL", Some(Decoded::from(point.indirect_crl))),
        ("onlyContainsAttributeCerts", Some(Decoded::from(point.only_contains_attribute_certs))),
    ])
}

/// ReasonFlags (RFC 5280 section 4.2.1.13), which are numbered otherwise than reason codes. Bit 0 says nothing.
fn reasons(flags: &ReasonFlags) -> Vec<&'static str> {
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
    set_bits(flags.flags >> 1, &FROM_BIT_1).copied().collect()
}
