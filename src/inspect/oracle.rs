//! What can't be told by looking: whether a signature verifies, and the public half of a private key. Who computes tells it,
//! now or later.

use super::KeyDetails;
use crate::error::Result;
use crate::pem::Block;
use crate::signature::Verification;

pub(crate) trait Oracle {
    /// What follows is about the thing of this place among those of a file, which is in the block of that number, if it is PEM.
    fn at(&mut self, _place: usize, _block: Option<usize>) {}

    /// Whether the signature verifies.
    fn verify(&mut self, verification: Verification) -> bool;

    /// The SubjectPublicKeyInfo of the private key of a block, on the curve beside it where it says none; `None` where it is told
    /// later.
    fn public_half(
        &mut self,
        block: &Block,
        curve: Option<&Block>,
        passphrase: Option<&str>,
    ) -> Result<Option<Vec<u8>>>;

    /// What a JSON Web Key is.
    fn jwk(&mut self, input: &[u8]) -> Result<KeyDetails>;

    /// Takes down a revocation list, which is told later.
    #[cfg(not(feature = "in-page"))]
    fn revocation_list(&mut self, block: &Block);
}

/// In-page crypto, which tells it at once.
#[cfg(feature = "in-page")]
pub(crate) struct InPage;

#[cfg(feature = "in-page")]
impl Oracle for InPage {
    fn verify(&mut self, verification: Verification) -> bool {
        verification.verify()
    }

    fn public_half(
        &mut self,
        block: &Block,
        curve: Option<&Block>,
        passphrase: Option<&str>,
    ) -> Result<Option<Vec<u8>>> {
        let key = crate::key::PrivateKey::from_block(block, curve, passphrase)?;
        Ok(Some(key.public_key().spki().to_vec()))
    }

    fn jwk(&mut self, input: &[u8]) -> Result<KeyDetails> {
        use crate::key::{PrivateKey, PublicKey};
        match PrivateKey::read(input, None) {
            Ok(key) => Ok(KeyDetails::described("privateKey", false, key.public_key().spki())),
            Err(error) => match PublicKey::read(input) {
                Ok(key) => Ok(KeyDetails::described("publicKey", false, key.spki())),
                Err(_) => Err(error),
            },
        }
    }
}
