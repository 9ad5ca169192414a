//! An extension's value as data, in one type for all, which `types/details.d.ts` declares `unknown`: a type for each would be a promise for
//! each, and the ones to program against stand in `ExtensionsDetails` by themselves.

use serde::{Serialize, Serializer};

use super::general_name::AltNameDetails;

/// An extension's value as data. Not `serde_json::Value`: its maps and its ways to be written cost a page 2 kB.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
#[serde(untagged)]
#[non_exhaustive]
pub enum Decoded {
    /// A BOOLEAN.
    Flag(bool),
    /// A small INTEGER.
    Number(u32),
    /// Whatever is text, and numbers that may be large, in hexadecimal digits.
    Text(String),
    /// A general name.
    Name(AltNameDetails),
    /// A SEQUENCE OF or SET OF.
    List(Vec<Decoded>),
    /// A SEQUENCE: what there is of it, by name.
    #[serde(serialize_with = "as_map")]
    Fields(Vec<(&'static str, Decoded)>),
}

fn as_map<S: Serializer>(fields: &[(&'static str, Decoded)], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(fields.iter().map(|(name, value)| (name, value)))
}

impl From<bool> for Decoded {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl From<u32> for Decoded {
    fn from(number: u32) -> Self {
        Self::Number(number)
    }
}

impl From<&str> for Decoded {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Decoded {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<AltNameDetails> for Decoded {
    fn from(name: AltNameDetails) -> Self {
        Self::Name(name)
    }
}

impl<T: Into<Decoded>> From<Vec<T>> for Decoded {
    fn from(all: Vec<T>) -> Self {
        Self::List(all.into_iter().map(Into::into).collect())
    }
}

/// Of these fields those that there are.
pub(super) fn fields(fields: &mut [(&'static str, Option<Decoded>)]) -> Decoded {
    let mut all = Vec::new();
    for (name, value) in fields {
        if let Some(value) = value.take() {
            all.push((*name, value));
        }
    }
    Decoded::Fields(all)
}
