//! Certificate requests as data.

use serde::Serialize;
use x509_parser::asn1_rs::Any;

use super::oracle::Oracle;
use super::{ExtensionsDetails, NameDetails, PublicKeyDetails};
use crate::asn1::{self, elements};
use crate::error::Result;
use crate::hexadecimal::colons;
use crate::key::PublicKey;
use crate::request::{self, ParsedRequest, RequestAttribute, WeakSignatures};
use crate::signature;

/// A request as data.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestDetails {
    /// `"request"`.
    pub r#type: &'static str,
    /// Whom it is for.
    pub subject: NameDetails,
    /// Its key.
    pub public_key: PublicKeyDetails,
    /// What it is signed with.
    pub signature_algorithm: String,
    /// Whether the signature verifies, so that its sender holds the key; `None` where that can't be told here (a key or signature of another
    /// kind).
    pub signature_valid: Option<bool>,
    /// The extensions that it asks for.
    #[cfg_attr(target_arch = "wasm32", serde(skip))]
    #[cfg_attr(not(target_arch = "wasm32"), serde(flatten))]
    pub extensions: ExtensionsDetails,
    /// What else is said in it, but for the extension request.
    pub attributes: Vec<RequestAttributeDetails>,
}

/// An attribute of a request (RFC 2985 section 5.4).
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct RequestAttributeDetails {
    /// The OID.
    pub oid: String,
    /// Its usual name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<&'static str>,
    /// The DER of its values one behind the other, hexadecimal `AA:BB:…`.
    pub value: String,
    /// The values as text, where they are that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// Describes a request, DER. A signature that does not verify is data here, not an error.
#[cfg(feature = "in-page")]
pub fn request(der: &[u8]) -> Result<RequestDetails> {
    request_with(der, &mut super::oracle::InPage)
}

pub(crate) fn request_with(der: &[u8], oracle: &mut dyn Oracle) -> Result<RequestDetails> {
    let parsed = ParsedRequest::read(der)?;
    let signature_valid = PublicKey::from_spki(parsed.public_key.raw).ok().and_then(|key| {
        match request::possession(&parsed, key, WeakSignatures::Allowed) {
            Ok(possession) => Some(oracle.verify(possession)),
            // Of a key of another kind than its own.
            Err(_) if signature::is_known(&asn1::oid(&parsed.algorithm.algorithm)) => Some(false),
            Err(_) => None,
        }
    });
    let others = parsed.attributes.iter().filter(|attribute| !attribute.is_extension_request());
    Ok(RequestDetails {
        r#type: "request",
        subject: NameDetails::new(&parsed.subject),
        public_key: PublicKeyDetails::new(&parsed.public_key),
        signature_algorithm: signature::algorithm_name(&asn1::oid(&parsed.algorithm.algorithm)),
        signature_valid,
        extensions: ExtensionsDetails::new(&parsed.extensions()?),
        attributes: others.map(attribute).collect(),
    })
}

fn attribute(attribute: &RequestAttribute<'_>) -> RequestAttributeDetails {
    let oid = attribute.oid.clone();
    let value = |der: &&[u8]| asn1::whole(der).and_then(|value| text(&oid, &value));
    let all: Option<Vec<String>> = attribute.values.iter().map(value).collect();
    let text = all.filter(|all| !all.is_empty()).map(|all| all.join(", "));
    RequestAttributeDetails {
        name: attribute_name(&oid),
        value: colons(&attribute.values.concat()),
        text,
        oid,
    }
}

fn text(oid: &str, value: &Any<'_>) -> Option<String> {
    let strings = || elements(value.data).iter().filter_map(asn1::string).collect::<Vec<_>>();
    match oid {
        // EnrollmentNameValuePair (MS-WCCE section 2.2.2.7.10): a name and a value.
        "1.3.6.1.4.1.311.13.2.1" => Some(strings().join("=")),
        // CSPProvider (2.2.2.7.2): a key's use, a provider, a signature.
        "1.3.6.1.4.1.311.13.2.2" => strings().into_iter().next(),
        // ClientId (2.2.2.7.4): a number, the machine, the user, the program.
        "1.3.6.1.4.1.311.21.20" => Some(strings().join(" ")),
        _ => asn1::string(value),
    }
}

fn attribute_name(oid: &str) -> Option<&'static str> {
    Some(match oid {
        "1.2.840.113549.1.9.1" => "emailAddress",
        "1.2.840.113549.1.9.2" => "unstructuredName",
        "1.2.840.113549.1.9.7" => "challengePassword",
        "1.2.840.113549.1.9.8" => "unstructuredAddress",
        "1.2.840.113549.1.9.13" => "signingDescription",
        "1.2.840.113549.1.9.15" => "smimeCapabilities",
        "1.2.840.113549.1.9.20" => "friendlyName",
        "1.2.840.113549.1.9.21" => "localKeyId",
        "1.3.6.1.4.1.311.13.1" => "msRenewalCertificate",
        "1.3.6.1.4.1.311.13.2.1" => "msEnrollmentNameValuePair",
        "1.3.6.1.4.1.311.13.2.2" => "msEnrollmentCspProvider",
        "1.3.6.1.4.1.311.13.2.3" => "msOsVersion",
        "1.3.6.1.4.1.311.21.13" => "msArchivedKey",
        "1.3.6.1.4.1.311.21.20" => "msRequestClientInfo",
        _ => return None,
    })
}
