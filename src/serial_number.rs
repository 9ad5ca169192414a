//! Serial numbers: read, and drawn at random.

use rand_core::CryptoRng;

use crate::error::{Error, ErrorKind, Result};
use crate::hexadecimal;

/// A serial number (RFC 5280 section 4.1.2.2): positive, at most 20 octets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SerialNumber(Vec<u8>);

impl SerialNumber {
    /// Reads hexadecimal digits, with or without colons.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidSerialNumber`].
    pub fn from_hex(text: &str) -> Result<Self> {
        let invalid = |message: &'static str| Err(Error::new(ErrorKind::InvalidSerialNumber, message));
        let Some(octets) = hexadecimal::read_number(text) else {
            return invalid("is not hexadecimal; write it as 4F:00:1A or 4f001a");
        };
        let octets: Vec<u8> = octets.into_iter().skip_while(|octet| *octet == 0).collect();
        // A first bit of 1 costs an octet more, since the number is positive.
        match octets.len() + usize::from(octets.first().is_some_and(|octet| octet & 0x80 != 0)) {
            0 => invalid("is zero; a serial number is positive"),
            1..=20 => Ok(Self(octets)),
            _ => invalid("is longer than the 20 octets that a serial number may have"),
        }
    }

    pub(crate) fn to_rcgen(&self) -> rcgen::SerialNumber {
        self.0.clone().into()
    }

    /// The content of the INTEGER that it is: a first bit of 1 would make it negative.
    pub(crate) fn to_integer(&self) -> Vec<u8> {
        let negative = self.0.first().is_some_and(|first| first & 0x80 != 0);
        if negative { [&[0], self.0.as_slice()].concat() } else { self.0.clone() }
    }
}

/// 16 random bytes, positive and always of that length: 126 bits that nobody can guess.
pub(crate) fn random_serial_number(rng: &mut dyn CryptoRng) -> SerialNumber {
    let mut bytes = [0_u8; 16];
    rng.fill_bytes(&mut bytes);
    bytes[0] = bytes[0] & 0x3f | 0x40;
    SerialNumber(bytes.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serial_numbers() {
        assert_eq!(SerialNumber::from_hex("00:4f:00").unwrap(), SerialNumber(vec![0x4f, 0]));
        assert_eq!(SerialNumber::from_hex("f").unwrap(), SerialNumber(vec![0x0f]));
        assert!(SerialNumber::from_hex(&"7f".repeat(20)).is_ok());
        for bad in ["", "0", "00", "xyz", "-1", "1:2:3", &"ff".repeat(20), &"7f".repeat(21)] {
            assert_eq!(
                SerialNumber::from_hex(bad).unwrap_err().kind(),
                ErrorKind::InvalidSerialNumber,
                "{bad}"
            );
        }
    }
}
