//! Distribution points of revocation lists (RFC 5280 sections 4.2.1.13 and 5.2.5) as they are read.

use x509_parser::asn1_rs::{Any, Class};
use x509_parser::extensions::GeneralName;
use x509_parser::prelude::FromDer;
use x509_parser::x509::{AttributeTypeAndValue, RelativeDistinguishedName};

use super::extension::general_names_of;
use crate::asn1;

/// Where a revocation list is.
pub(crate) struct DistributionPoint<'a> {
    pub name: Option<PointName<'a>>,
    /// ReasonFlags; the first bit is the lowest.
    pub reasons: Option<u16>,
    pub crl_issuer: Option<Vec<GeneralName<'a>>>,
}

/// What a revocation list covers.
pub(crate) struct IssuingPoint<'a> {
    pub name: Option<PointName<'a>>,
    pub only_user_certificates: bool,
    pub only_authorities: bool,
    /// ReasonFlags.
    pub only_some_reasons: Option<u16>,
    pub indirect: bool,
    pub only_attribute_certificates: bool,
}

/// DistributionPointName.
#[derive(PartialEq)]
pub(crate) enum PointName<'a> {
    Full(Vec<GeneralName<'a>>),
    /// To the name of the issuer.
    Relative(RelativeDistinguishedName<'a>),
}

/// Those of an extension's value; `None` where it is no list of them.
pub(crate) fn distribution_points(value: &[u8]) -> Option<Vec<DistributionPoint<'_>>> {
    asn1::members(&asn1::whole(value)?)?.iter().map(DistributionPoint::read).collect()
}

impl<'a> DistributionPoint<'a> {
    fn read(point: &Any<'a>) -> Option<Self> {
        let [name, reasons, crl_issuer] = asn1::tagged(point)?;
        Some(Self {
            name: asn1::optional(name, PointName::read)?,
            reasons: asn1::optional(reasons, |flags| asn1::flags(asn1::primitive(flags)?))?,
            crl_issuer: asn1::optional(crl_issuer, |names| general_names_of(asn1::inside(names)?))?,
        })
    }
}

impl<'a> IssuingPoint<'a> {
    pub fn read(value: &'a [u8]) -> Option<Self> {
        let [name, user, authorities, reasons, indirect, attributes] = asn1::tagged(&asn1::whole(value)?)?;
        let flag = |one: Option<Any<'a>>| {
            let flag = asn1::optional(one, |one| asn1::truth(asn1::primitive(one)?))?;
            Some(flag.unwrap_or_default())
        };
        Some(Self {
            name: asn1::optional(name, PointName::read)?,
            only_user_certificates: flag(user)?,
            only_authorities: flag(authorities)?,
            only_some_reasons: asn1::optional(reasons, |flags| asn1::flags(asn1::primitive(flags)?))?,
            indirect: flag(indirect)?,
            only_attribute_certificates: flag(attributes)?,
        })
    }
}

impl<'a> PointName<'a> {
    /// A CHOICE, within the tag of its place.
    fn read(wrapper: &Any<'a>) -> Option<Self> {
        let name = asn1::tagged_one(wrapper).filter(|name| name.class() == Class::ContextSpecific)?;
        match name.tag().0 {
            0 => return general_names_of(asn1::inside(&name)?).map(Self::Full),
            1 => {}
            _ => return None,
        }
        // It has the tag in place of its own as a SET.
        let (mut attributes, mut left) = (Vec::new(), asn1::inside(&name)?);
        while !left.is_empty() {
            let (rest, attribute) = AttributeTypeAndValue::from_der(left).ok()?;
            attributes.push(attribute);
            left = rest;
        }
        Some(Self::Relative(RelativeDistinguishedName::new(attributes)))
    }
}
