//! The structures of a new file (RFC 7292 section 4).

use rand_core::CryptoRng;
use yasna::models::ObjectIdentifier;
use yasna::{DERWriter, Tag};

use super::target::{Cipher, Target};
use super::{mac, oid};
use crate::error::Result;
use crate::key::{Sealed, seal, seal_triple_des};

/// What is written beside a key or a certificate.
#[derive(Default)]
pub(super) struct Attributes<'a> {
    pub friendly_name: Option<&'a str>,
    pub local_key_id: Option<&'a [u8]>,
    pub trusted: bool,
}

impl Attributes<'_> {
    fn are_none(&self) -> bool {
        self.friendly_name.is_none() && self.local_key_id.is_none() && !self.trusted
    }
}

/// How one file is encrypted.
pub(super) struct Protection<'a> {
    pub target: Target,
    pub passphrase: &'a str,
    pub iterations: u32,
}

impl Protection<'_> {
    pub(super) fn seal(&self, plain: &[u8], rng: &mut dyn CryptoRng) -> Result<Sealed> {
        match self.target.algorithms().0 {
            Cipher::Aes256 => seal(plain, self.passphrase, self.iterations, rng),
            Cipher::TripleDes => seal_triple_des(plain, self.passphrase, self.iterations, rng),
        }
    }

    /// The file of these contents, each a `ContentInfo`: under a MAC.
    pub(super) fn file(&self, contents: &[Vec<u8>], rng: &mut dyn CryptoRng) -> Result<Vec<u8>> {
        let safe = sequence(contents);
        let hash = self.target.algorithms().1;
        let mac = mac::write(hash, self.passphrase, self.iterations, &safe, rng)?;
        Ok(yasna::construct_der(|writer| {
            writer.write_sequence(|writer| {
                writer.next().write_u8(3);
                writer.next().write_der(&data(&safe));
                writer.next().write_der(&mac);
            });
        }))
    }
}

/// A `ContentInfo` of what is encrypted already, or of octets under a MAC.
pub(super) fn data(octets: &[u8]) -> Vec<u8> {
    content_info(oid::DATA, |writer| writer.write_bytes(octets))
}

/// A `ContentInfo` of encrypted data (RFC 5652 section 8).
pub(super) fn encrypted_data(sealed: &Sealed) -> Vec<u8> {
    content_info(oid::ENCRYPTED_DATA, |writer| {
        writer.write_sequence(|writer| {
            writer.next().write_u8(0);
            writer.next().write_sequence(|writer| {
                write_oid(writer.next(), oid::DATA);
                writer.next().write_der(&sealed.algorithm);
                writer
                    .next()
                    .write_tagged_implicit(Tag::context(0), |writer| writer.write_bytes(&sealed.data));
            });
        });
    })
}

/// A bag of an encrypted private key.
pub(super) fn key_bag(sealed: &Sealed, attributes: &Attributes<'_>) -> Vec<u8> {
    bag(oid::SHROUDED_KEY_BAG, attributes, |writer| {
        writer.write_sequence(|writer| {
            writer.next().write_der(&sealed.algorithm);
            writer.next().write_bytes(&sealed.data);
        });
    })
}

/// A bag of a certificate, DER.
pub(super) fn certificate_bag(certificate: &[u8], attributes: &Attributes<'_>) -> Vec<u8> {
    bag(oid::CERTIFICATE_BAG, attributes, |writer| {
        writer.write_sequence(|writer| {
            write_oid(writer.next(), oid::X509_CERTIFICATE);
            writer.next().write_tagged(Tag::context(0), |writer| writer.write_bytes(certificate));
        });
    })
}

/// Elements one behind the other, as one.
pub(super) fn sequence(elements: &[Vec<u8>]) -> Vec<u8> {
    yasna::construct_der(|writer| {
        writer.write_sequence(|writer| elements.iter().for_each(|element| writer.next().write_der(element)));
    })
}

fn content_info(kind: &[u64], content: impl FnOnce(DERWriter<'_>)) -> Vec<u8> {
    yasna::construct_der(|writer| {
        writer.write_sequence(|writer| {
            write_oid(writer.next(), kind);
            writer.next().write_tagged(Tag::context(0), content);
        });
    })
}

fn bag(kind: &[u64], attributes: &Attributes<'_>, value: impl FnOnce(DERWriter<'_>)) -> Vec<u8> {
    yasna::construct_der(|writer| {
        writer.write_sequence(|writer| {
            write_oid(writer.next(), kind);
            writer.next().write_tagged(Tag::context(0), value);
            if !attributes.are_none() {
                write_attributes(writer.next(), attributes);
            }
        });
    })
}

fn write_attributes(writer: DERWriter<'_>, attributes: &Attributes<'_>) {
    writer.write_set_of(|set| {
        let mut attribute = |kind: &[u64], value: &dyn Fn(DERWriter<'_>)| {
            set.next().write_sequence(|writer| {
                write_oid(writer.next(), kind);
                writer.next().write_set(|values| value(values.next()));
            });
        };
        if let Some(name) = attributes.friendly_name {
            attribute(oid::FRIENDLY_NAME, &|writer| writer.write_bmp_string(name));
        }
        if let Some(id) = attributes.local_key_id {
            attribute(oid::LOCAL_KEY_ID, &|writer| writer.write_bytes(id));
        }
        if attributes.trusted {
            attribute(oid::TRUSTED_KEY_USAGE, &|writer| write_oid(writer, oid::ANY_EXTENDED_KEY_USAGE));
        }
    });
}

fn write_oid(writer: DERWriter<'_>, arcs: &[u64]) {
    writer.write_oid(&ObjectIdentifier::from_slice(arcs));
}
