//! The number of a list in the sequence of its authority's (RFC 5280 section 5.2.3): it grows with each.

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::asn1;
use crate::error::{Error, ErrorKind, Result};
use crate::hexadecimal;

const MOST_OCTETS: usize = 20;

/// A number of at most 20 octets, not negative.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CrlNumber {
    /// Big-endian, without zeros in front.
    octets: Vec<u8>,
}

impl CrlNumber {
    /// Reads hexadecimal digits, as `inspect` shows them.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`].
    pub fn from_hex(text: &str) -> Result<Self> {
        let octets = hexadecimal::read_number(text)
            .ok_or_else(|| invalid("is not hexadecimal; write it as 01F4, or give a number"))?;
        Self::from_octets(octets)
    }

    /// The content of an INTEGER; `None` for a negative one, or one that is too long.
    pub(super) fn from_integer(content: &[u8]) -> Option<Self> {
        let negative = content.first().is_none_or(|first| first & 0x80 != 0);
        if negative { None } else { Self::from_octets(content.to_vec()).ok() }
    }

    fn from_octets(octets: Vec<u8>) -> Result<Self> {
        let octets: Vec<u8> = octets.into_iter().skip_while(|octet| *octet == 0).collect();
        // A first bit of 1 costs an octet more, since the number is not negative.
        let length = octets.len() + usize::from(octets.first().is_some_and(|first| first & 0x80 != 0));
        if length > MOST_OCTETS {
            return Err(invalid("is longer than the 20 octets that a list's number may have"));
        }
        Ok(Self { octets })
    }

    /// The one that follows.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`] behind the last of 20 octets.
    pub(super) fn next(&self) -> Result<Self> {
        let mut octets = [&[0], self.octets.as_slice()].concat();
        for octet in octets.iter_mut().rev() {
            let overflows;
            (*octet, overflows) = octet.overflowing_add(1);
            if !overflows {
                break;
            }
        }
        Self::from_octets(octets)
    }

    /// Big-endian, without zeros in front.
    pub(super) fn octets(&self) -> &[u8] {
        &self.octets
    }

    pub(super) fn show(&self) -> String {
        asn1::integer(&[&[0], self.octets.as_slice()].concat())
    }
}

impl From<u64> for CrlNumber {
    fn from(number: u64) -> Self {
        Self { octets: number.to_be_bytes().into_iter().skip_while(|octet| *octet == 0).collect() }
    }
}

impl PartialOrd for CrlNumber {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for CrlNumber {
    fn cmp(&self, other: &Self) -> Ordering {
        self.octets.len().cmp(&other.octets.len()).then_with(|| self.octets.cmp(&other.octets))
    }
}

fn invalid(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidOption, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn they_are_read_compared_and_counted_on() {
        let number = |text| CrlNumber::from_hex(text).unwrap();
        for (text, next) in
            [("0", "01"), ("1", "02"), ("ff", "0100"), ("01:F4", "01F5"), ("00ffff", "010000")]
        {
            assert_eq!(number(text).next().unwrap().show(), next);
            assert!(number(text).next().unwrap() > number(text));
        }
        assert_eq!(number("1f4"), CrlNumber::from(500));
        assert!(number("100") > number("ff"));
        let last = number(&format!("7f{}", "ff".repeat(19)));
        assert!(last.next().is_err());
        for bad in ["", "x", "-1", &"ff".repeat(20), &"7f".repeat(21)] {
            assert_eq!(CrlNumber::from_hex(bad).unwrap_err().kind(), ErrorKind::InvalidOption, "{bad}");
        }
    }
}
