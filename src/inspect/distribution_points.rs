//! Distribution points of revocation lists as plain data.

use serde_json::Value;
use x509_parser::asn1_rs::Any;
use x509_parser::extensions::{
    CRLDistributionPoint, CRLDistributionPoints, DistributionPointName, IssuingDistributionPoint, ReasonFlags,
};
use x509_parser::prelude::FromDer;
use x509_parser::x509::{AttributeTypeAndValue, RelativeDistinguishedName};

use super::decoded::{data, object};
use super::general_name::alt_names;
use super::name;
use crate::asn1::elements;

/// Where revocation lists are (RFC 5280 section 4.2.1.13).
pub(super) fn distribution_points(points: &CRLDistributionPoints<'_>, value: &[u8]) -> Value {
    let raw = elements(value).first().map(|whole| elements(whole.data)).unwrap_or_default();
    let point = |(point, raw): (&CRLDistributionPoint<'_>, &Any<'_>)| {
        object([
            ("name", distribution_point_name(point.distribution_point.as_ref(), raw)),
            ("reasons", point.reasons.as_ref().map(|flags| data(reasons(flags)))),
            ("crlIssuer", point.crl_issuer.as_deref().map(|names| data(alt_names(names)))),
        ])
    };
    data(points.iter().zip(&raw).map(point).collect::<Vec<_>>())
}

/// General names, or RFC 4514 text where the name is relative to the issuer's. The latter is read here: x509-parser
/// expects a SET inside of its tag, which is implicit.
fn distribution_point_name(name: Option<&DistributionPointName<'_>>, point: &Any<'_>) -> Option<Value> {
    match name {
        Some(DistributionPointName::FullName(names)) => Some(data(alt_names(names))),
        Some(DistributionPointName::NameRelativeToCRLIssuer(relative)) => {
            Some(data(name::relative(relative)))
        }
        None => {
            let wrapper = elements(point.data).into_iter().next().filter(|first| first.tag().0 == 0)?;
            let relative = elements(wrapper.data).into_iter().next().filter(|name| name.tag().0 == 1)?;
            let (mut attributes, mut bytes) = (Vec::new(), relative.data);
            while let Ok((rest, attribute)) = AttributeTypeAndValue::from_der(bytes) {
                attributes.push(attribute);
                bytes = rest;
            }
            Some(data(name::relative(&RelativeDistinguishedName::new(attributes))))
        }
    }
}

/// What a revocation list covers (RFC 5280 section 5.2.5).
pub(super) fn issuing_distribution_point(point: &IssuingDistributionPoint<'_>, raw: &Any<'_>) -> Value {
    object([
        ("name", distribution_point_name(point.distribution_point.as_ref(), raw)),
        ("onlyContainsUserCerts", Some(data(point.only_contains_user_certs))),
        ("onlyContainsCACerts", Some(data(point.only_contains_ca_certs))),
        ("onlySomeReasons", point.only_some_reasons.as_ref().map(|flags| data(reasons(flags)))),
        ("indirectCRL", Some(data(point.indirect_crl))),
        ("onlyContainsAttributeCerts", Some(data(point.only_contains_attribute_certs))),
    ])
}

/// ReasonFlags (RFC 5280 section 4.2.1.13) are numbered otherwise than reason codes.
fn reasons(flags: &ReasonFlags) -> Vec<&'static str> {
    [
        (flags.key_compromise(), "keyCompromise"),
        (flags.ca_compromise(), "cACompromise"),
        (flags.affilation_changed(), "affiliationChanged"),
        (flags.superseded(), "superseded"),
        (flags.cessation_of_operation(), "cessationOfOperation"),
        (flags.certificate_hold(), "certificateHold"),
        (flags.privelege_withdrawn(), "privilegeWithdrawn"),
        (flags.aa_compromise(), "aACompromise"),
    ]
    .into_iter()
    .filter_map(|(set, name)| set.then_some(name))
    .collect()
}
