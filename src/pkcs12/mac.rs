//! The MAC over a file (RFC 7292 section 4 and appendix B): it shows a wrong passphrase, and that nothing was altered.

use der::asn1::{AnyRef, OctetStringRef};
use der::{Tag, Tagged};
use hmac::{Hmac, KeyInit, Mac as _};
use pkcs12::kdf::Pkcs12KeyType;
use rand_core::CryptoRng;
use sha1::Sha1;
use sha2::digest::FixedOutputReset;
use sha2::digest::block_api::{BlockSizeUser, EagerHash};
use sha2::{Digest, Sha224, Sha256, Sha384, Sha512};
use spki::AlgorithmIdentifierRef;
use yasna::models::ObjectIdentifier;

use super::bag::sequence;
use super::damaged;
use crate::error::{Error, ErrorKind, Result};
use crate::key::{Passphrase, pkcs12_key};

/// The hash of a MAC, and of its key derivation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MacHash {
    Sha1,
    Sha224,
    Sha256,
    Sha384,
    Sha512,
}

const HASHES: &[(MacHash, &[u64])] = &[
    (MacHash::Sha1, &[1, 3, 14, 3, 2, 26]),
    (MacHash::Sha224, &[2, 16, 840, 1, 101, 3, 4, 2, 4]),
    (MacHash::Sha256, &[2, 16, 840, 1, 101, 3, 4, 2, 1]),
    (MacHash::Sha384, &[2, 16, 840, 1, 101, 3, 4, 2, 2]),
    (MacHash::Sha512, &[2, 16, 840, 1, 101, 3, 4, 2, 3]),
];
const PBMAC1: &str = "1.2.840.113549.1.5.14";

/// `MacData`, DER, over the contents of the authenticated safe.
pub(super) fn write(
    hash: MacHash,
    passphrase: &str,
    iterations: u32,
    contents: &[u8],
    rng: &mut dyn CryptoRng,
) -> Result<Vec<u8>> {
    let mut salt = [0_u8; 8];
    rng.fill_bytes(&mut salt);
    let oid =
        HASHES.iter().find(|(known, _)| *known == hash).map(|(_, oid)| ObjectIdentifier::from_slice(oid));
    let internal = || Error::new(ErrorKind::Internal, "the MAC could not be made");
    let (oid, mac) = oid
        .zip(hash.compute(Passphrase::Text(passphrase), &salt, iterations, contents))
        .ok_or_else(internal)?;
    Ok(yasna::construct_der(|writer| {
        writer.write_sequence(|writer| {
            writer.next().write_sequence(|writer| {
                writer.next().write_sequence(|writer| {
                    writer.next().write_oid(&oid);
                    writer.next().write_null();
                });
                writer.next().write_bytes(&mac);
            });
            writer.next().write_bytes(&salt);
            writer.next().write_u32(iterations);
        });
    }))
}

/// The MAC of a file.
pub(super) struct MacData<'a> {
    hash: MacHash,
    digest: &'a [u8],
    salt: &'a [u8],
    pub iterations: u64,
}

impl<'a> MacData<'a> {
    pub(super) fn read(data: AnyRef<'a>) -> Result<Self> {
        let fields = sequence(data)?;
        let (info, salt, iterations) = match fields.as_slice() {
            [info, salt] => (info, salt, 1),
            [info, salt, iterations] if iterations.tag() == Tag::Integer => {
                // A number that is negative or has over 64 bits is no count.
                (info, salt, iterations.decode_as::<u64>().map_err(|_| damaged())?)
            }
            _ => return Err(damaged()),
        };
        let info = sequence(*info)?;
        let [algorithm, digest] = info.as_slice() else { return Err(damaged()) };
        let algorithm: AlgorithmIdentifierRef<'_> = algorithm.decode_as().map_err(|_| damaged())?;
        // All else of a file is under the MAC; nothing may be changed here unseen either.
        if algorithm.parameters.is_some_and(|parameters| parameters != AnyRef::NULL)
            && algorithm.oid.to_string() != PBMAC1
        {
            return Err(damaged());
        }
        let octets = |any: &AnyRef<'a>| {
            any.decode_as::<&OctetStringRef>().map(OctetStringRef::as_bytes).map_err(|_| damaged())
        };
        let hash = HASHES.iter().find(|(_, oid)| super::oid::is(algorithm.oid, oid)).map(|(hash, _)| *hash);
        let hash = hash.ok_or_else(|| {
            let name = match algorithm.oid.to_string() {
                oid if oid == PBMAC1 => "PBMAC1 (RFC 9579)".to_owned(),
                oid => format!("the hash {oid}"),
            };
            let message = format!("has a MAC with {name}, which is not known here; write it anew: `openssl pkcs12 -in x.p12 -nodes -out x.pem`, then `openssl pkcs12 -export -in x.pem -out y.p12`");
            Error::new(ErrorKind::InvalidPkcs12, message)
        })?;
        Ok(Self { hash, digest: octets(digest)?, salt: octets(salt)?, iterations })
    }

    /// Whether it is the MAC of the contents under the passphrase. `iterations` must have been found acceptable.
    pub(super) fn verifies(&self, passphrase: Passphrase<'_>, contents: &[u8]) -> bool {
        let iterations = u32::try_from(self.iterations).unwrap_or(u32::MAX);
        let computed = self.hash.compute(passphrase, self.salt, iterations, contents);
        // What is compared is no secret: whoever has the file has the MAC.
        computed.is_some_and(|computed| computed == self.digest)
    }
}

impl MacHash {
    fn compute(
        self,
        passphrase: Passphrase<'_>,
        salt: &[u8],
        iterations: u32,
        contents: &[u8],
    ) -> Option<Vec<u8>> {
        match self {
            Self::Sha1 => compute::<Sha1>(passphrase, salt, iterations, contents),
            Self::Sha224 => compute::<Sha224>(passphrase, salt, iterations, contents),
            Self::Sha256 => compute::<Sha256>(passphrase, salt, iterations, contents),
            Self::Sha384 => compute::<Sha384>(passphrase, salt, iterations, contents),
            Self::Sha512 => compute::<Sha512>(passphrase, salt, iterations, contents),
        }
    }
}

fn compute<D: Digest + FixedOutputReset + BlockSizeUser + EagerHash>(
    passphrase: Passphrase<'_>,
    salt: &[u8],
    iterations: u32,
    contents: &[u8],
) -> Option<Vec<u8>> {
    let length = <D as Digest>::output_size();
    let key = pkcs12_key::<D>(Pkcs12KeyType::Mac, passphrase, salt, iterations, length);
    let mut mac = Hmac::<D>::new_from_slice(&key).ok()?;
    mac.update(contents);
    Some(mac.finalize().into_bytes().to_vec())
}
