//! A file out of its layers: MAC, encryption, bags.

use std::borrow::Cow;

use der::asn1::{AnyRef, ObjectIdentifier};
use der::{Decode, Tag, TagNumber, Tagged};
use spki::AlgorithmIdentifierRef;
use zeroize::Zeroizing;

use super::bag::{Bags, elements, explicit, octets, sequence};
use super::entries::Contents;
use super::mac::MacData;
use super::{damaged, oid};
use crate::asn1;
use crate::ber;
use crate::error::{At, Error, ErrorKind, Result};
use crate::key::{self, Locked, Passphrase};

/// As for PEM. Java's own store of every public root is a fifth of it.
const MAX_BYTES: usize = 1 << 20;
/// What all key derivations of a file may take together, in iterations. They are counted before any is begun: a file of 80 bytes could
/// ask for hours.
const MAX_WORK: u64 = 30_000_000;
const MAX_WORK_OF_ONE: u64 = 10_000_000;

/// Reads a file (RFC 7292) of whatever tool. One without a MAC is read too, since Java writes such trust stores, and
/// [`Contents::authenticated`] tells.
///
/// # Errors
/// [`ErrorKind::Passphrase`] at `passphrase` for one that is wrong or missing; [`ErrorKind::InvalidPkcs12`] at `pkcs12` for what can't
/// be read, by name where it is something else; [`ErrorKind::InvalidKey`] for a damaged key in it.
pub fn read(input: &[u8], passphrase: Option<&str>) -> Result<Contents> {
    check_kind(input).at("pkcs12")?;
    let file = ber::to_der(input).ok_or_else(damaged).at("pkcs12")?;
    // Of the fields, only the passphrase is another than the file.
    read_file(&file, passphrase).map_err(|error| match error.field() {
        Some(_) => error,
        None => error.at("pkcs12"),
    })
}

/// Refuses by name what people take for PKCS#12.
fn check_kind(input: &[u8]) -> Result<()> {
    let refuse = |message: String| Err(Error::new(ErrorKind::InvalidPkcs12, message));
    match input {
        [] => refuse("is empty; give the bytes of a .p12 or .pfx file".to_owned()),
        [0xfe, 0xed, 0xfe, 0xed, ..] | [0xce, 0xce, 0xce, 0xce, ..] => refuse(
            "is a Java key store of the old kind; convert it: `keytool -importkeystore -srckeystore x.jks -destkeystore x.p12 -deststoretype PKCS12`"
                .to_owned(),
        ),
        [b'-', b'-', b'-', ..] => refuse("is PEM, which inspect reads; give the bytes of a .p12 or .pfx file".to_owned()),
        _ if input.len() > MAX_BYTES => {
            refuse(format!("is {} bytes long; at most 1 MiB is read", input.len()))
        }
        [b'M', b'I', ..] if input.is_ascii() => refuse("is base64; decode it and give the bytes".to_owned()),
        _ => asn1::check_alone(input).or_else(refuse),
    }
}

fn read_file(file: &[u8], passphrase: Option<&str>) -> Result<Contents> {
    let fields = sequence(AnyRef::from_der(file).map_err(|_| damaged())?)?;
    let (version, safe, mac) = match fields.as_slice() {
        [version, safe] => (version, safe, None),
        [version, safe, mac] => (version, safe, Some(MacData::read(*mac)?)),
        _ => return Err(damaged()),
    };
    if version.decode_as::<u8>() != Ok(3) {
        return Err(damaged());
    }
    let (kind, content) = content_info(*safe)?;
    if !oid::is(kind, oid::DATA) {
        return Err(unknown_content(kind));
    }
    let safe = octets(AnyRef::from_der(content).map_err(|_| damaged())?)?;
    let mut opener =
        Opener { passphrase: passphrase.map(Passphrase::Text), left: MAX_WORK, authenticated: false };
    if let Some(mac) = &mac {
        opener.verify(mac, safe)?;
    }
    let mut bags = Bags::default();
    let safe = ber::to_der(safe).ok_or_else(damaged)?;
    for content in sequence(AnyRef::from_der(&safe).map_err(|_| damaged())?)? {
        let (kind, content) = content_info(content)?;
        let content = AnyRef::from_der(content).map_err(|_| damaged())?;
        let plain = if oid::is(kind, oid::DATA) {
            Zeroizing::new(octets(content)?.to_vec())
        } else if oid::is(kind, oid::ENCRYPTED_DATA) {
            opener.encrypted_data(content)?
        } else {
            return Err(unknown_content(kind));
        };
        let plain = ber::to_der(&plain).ok_or_else(|| opener.unreadable())?;
        bags.read(&plain, &mut opener, 0)?;
    }
    Contents::new(bags, opener.authenticated)
}

fn content_info(any: AnyRef<'_>) -> Result<(ObjectIdentifier, &[u8])> {
    let fields = sequence(any)?;
    let [kind, content] = fields.as_slice() else { return Err(damaged()) };
    Ok((kind.decode_as().map_err(|_| damaged())?, explicit(content)?))
}

fn unknown_content(kind: ObjectIdentifier) -> Error {
    let what = match kind.to_string().as_str() {
        "1.2.840.113549.1.7.2" => "is signed in place of having a MAC",
        "1.2.840.113549.1.7.3" => "is encrypted for a certificate in place of a passphrase",
        _ => return damaged(),
    };
    Error::new(
        ErrorKind::InvalidPkcs12,
        format!("{what}, which is not read here; export it again with a passphrase"),
    )
}

/// Who opens what is encrypted, and how much more work may be done.
pub(super) struct Opener<'a> {
    passphrase: Option<Passphrase<'a>>,
    left: u64,
    /// Whether the passphrase is known to be the right one.
    authenticated: bool,
}

impl Opener<'_> {
    /// Checks the MAC, and with it the passphrase. None at all and an empty one are the same to people; files are written with either.
    fn verify(&mut self, mac: &MacData<'_>, contents: &[u8]) -> Result<()> {
        let candidates = match self.passphrase {
            None | Some(Passphrase::Text("")) => vec![Passphrase::Text(""), Passphrase::Absent],
            Some(passphrase) => vec![passphrase],
        };
        for candidate in candidates {
            self.spend(mac.iterations)?;
            if mac.verifies(candidate, contents) {
                self.passphrase = Some(candidate);
                self.authenticated = true;
                return Ok(());
            }
        }
        Err(match self.passphrase {
            None => missing_passphrase(),
            Some(_) => wrong_passphrase(),
        })
    }

    /// What `EncryptedData` (RFC 5652 section 8) holds.
    fn encrypted_data(&mut self, content: AnyRef<'_>) -> Result<Zeroizing<Vec<u8>>> {
        let fields = sequence(content)?;
        let [_version, info, ..] = fields.as_slice() else { return Err(damaged()) };
        let info = sequence(*info)?;
        let [_kind, algorithm, data] = info.as_slice() else { return Err(damaged()) };
        let data = match data.tag() {
            Tag::ContextSpecific { constructed: false, number: TagNumber(0) } => Cow::Borrowed(data.value()),
            // In pieces: the tag does not say that they are to be one, so `ber` leaves them.
            Tag::ContextSpecific { constructed: true, number: TagNumber(0) } => {
                let pieces = elements(data.value())?.into_iter().map(octets).collect::<Result<Vec<_>>>()?;
                Cow::Owned(pieces.concat())
            }
            _ => return Err(damaged()),
        };
        let algorithm = algorithm.decode_as().map_err(|_| damaged())?;
        self.work_for(algorithm)?;
        key::open(algorithm, self.passphrase, &data).map_err(|locked| self.refusal(locked))
    }

    /// A `PrivateKeyInfo` out of its encryption.
    pub(super) fn private_key(
        &mut self,
        algorithm: AlgorithmIdentifierRef<'_>,
        data: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>> {
        self.work_for(algorithm)?;
        key::private_key(algorithm, self.passphrase, data).map_err(|locked| self.refusal(locked))
    }

    fn work_for(&mut self, algorithm: AlgorithmIdentifierRef<'_>) -> Result<()> {
        let work = key::work(algorithm).map_err(|locked| self.refusal(locked))?;
        self.spend(work)
    }

    fn spend(&mut self, iterations: u64) -> Result<()> {
        if iterations == 0 {
            return Err(damaged());
        }
        if iterations > MAX_WORK_OF_ONE {
            return Err(too_much_work());
        }
        self.left = self.left.checked_sub(iterations).ok_or_else(too_much_work)?;
        Ok(())
    }

    /// What does not come out as it should: once the MAC was right, it is not the passphrase's fault.
    fn unreadable(&self) -> Error {
        if self.authenticated { damaged() } else { wrong_passphrase() }
    }

    fn refusal(&self, locked: Locked) -> Error {
        match locked {
            Locked::NoPassphrase => missing_passphrase(),
            Locked::WrongPassphrase => self.unreadable(),
            Locked::Damaged => damaged(),
            Locked::TooMuchWork => too_much_work(),
            Locked::Other(name) => Error::new(
                ErrorKind::InvalidPkcs12,
                format!(
                    "is encrypted with {name}, which is not read here; write it anew: \
                     `openssl pkcs12 -legacy -in x.p12 -nodes -out x.pem`, then `openssl pkcs12 -export -in x.pem -out x.p12`"
                ),
            ),
        }
    }
}

fn too_much_work() -> Error {
    let message = format!(
        "asks for more key-derivation work than is done here (over {MAX_WORK_OF_ONE} iterations, or {MAX_WORK} in all); write it anew with fewer"
    );
    Error::new(ErrorKind::InvalidPkcs12, message)
}

fn missing_passphrase() -> Error {
    Error::new(ErrorKind::Passphrase, "is missing; the file is under one").at("passphrase")
}

fn wrong_passphrase() -> Error {
    let message = "is not the file's: check it; or the file was altered after it was written";
    Error::new(ErrorKind::Passphrase, message).at("passphrase")
}
