//! Randomness for serial numbers, drawn from the platform for many at once: a call takes Node as long as a sixth of a certificate.

use std::cell::RefCell;
use std::convert::Infallible;

use rand_core::{Rng, TryCryptoRng, TryRng};

use super::rng;

/// Serial numbers are public, so what waits here is no secret worth protecting; each byte is used once all the same.
const POOL: usize = 16 * 32;

thread_local! {
    static WAITING: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// The platform's random source, in portions.
pub(super) struct SerialNumbers;

impl SerialNumbers {
    fn fill(bytes: &mut [u8]) {
        WAITING.with_borrow_mut(|waiting| {
            if bytes.len() > POOL {
                return rng().fill_bytes(bytes);
            }
            if waiting.len() < bytes.len() {
                let mut drawn = vec![0; POOL];
                rng().fill_bytes(&mut drawn);
                *waiting = drawn;
            }
            let left = waiting.len() - bytes.len();
            bytes.copy_from_slice(waiting.get(left..).unwrap_or_default());
            waiting.truncate(left);
        });
    }
}

impl TryRng for SerialNumbers {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        Self::fill(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        Self::fill(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        Self::fill(bytes);
        Ok(())
    }
}

impl TryCryptoRng for SerialNumbers {}
