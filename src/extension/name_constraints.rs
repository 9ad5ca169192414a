//! Name constraints (RFC 5280 section 4.2.1.10): which names an authority may sign for.
//!
//! They are written on an authority, and obeyed when issuing under one: a verifier refuses the chain otherwise, and says only
//! that a constraint is violated. What is compared how is told by each kind below; a kind that can't be compared is refused
//! where the authority constrains it.

use x509_parser::extensions::GeneralName;
use yasna::{DERWriter, Tag};

use super::subtree::Subtree;
use crate::alt_name::AltName;
use crate::error::{Error, ErrorKind, Result};
use crate::parsed::NameSubtrees;

/// What may be signed for: something permitted of each kind that is listed there, and nothing excluded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameConstraints {
    permitted: Vec<Subtree>,
    excluded: Vec<Subtree>,
}

impl NameConstraints {
    /// Constraints of at least one subtree.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidOption`] when there is none.
    pub fn new(permitted: Vec<Subtree>, excluded: Vec<Subtree>) -> Result<Self> {
        if permitted.is_empty() && excluded.is_empty() {
            let message = "is empty; list what is permitted or excluded, or leave it out";
            return Err(Error::new(ErrorKind::InvalidOption, message));
        }
        Ok(Self { permitted, excluded })
    }

    pub(crate) fn to_der(&self) -> Vec<u8> {
        let subtrees = |writer: DERWriter<'_>, tag, subtrees: &[Subtree]| {
            writer.write_tagged_implicit(Tag::context(tag), |writer| {
                writer.write_sequence(|writer| {
                    for subtree in subtrees {
                        writer.next().write_sequence(|writer| subtree.write(writer.next()));
                    }
                });
            });
        };
        yasna::construct_der(|writer| {
            writer.write_sequence(|writer| {
                for (tag, list) in [(0, &self.permitted), (1, &self.excluded)] {
                    if !list.is_empty() {
                        subtrees(writer.next(), tag, list);
                    }
                }
            });
        })
    }

    /// As they stand in a certificate. `None` when a part of them can't be read.
    pub(crate) fn from_parsed(parsed: &NameSubtrees<'_>) -> Option<Self> {
        let read = |bases: &[GeneralName<'_>]| -> Option<Vec<Subtree>> {
            bases.iter().map(Subtree::from_general_name).collect()
        };
        Some(Self { permitted: read(&parsed.permitted)?, excluded: read(&parsed.excluded)? })
    }

    /// Whether a certificate with this name may be signed.
    ///
    /// # Errors
    /// [`ErrorKind::NameConstraints`], with the name and what stands against it.
    pub(crate) fn allow(&self, name: &AltName) -> Result<()> {
        // An internationalized mailbox is under the constraints of the others (RFC 9598 section 6).
        if let Some(mailbox) = name.internationalized_mailbox() {
            self.allow(&AltName::Email(mailbox))?;
        }
        let refuse = |why: String| {
            let message = format!("holds {name}, which the authority may not sign for: {why}");
            Err(Error::new(ErrorKind::NameConstraints, message))
        };
        if let Some(subtree) = self.excluded.iter().find(|subtree| subtree.excludes(name)) {
            return refuse(format!("its name constraints exclude {}", subtree.show()));
        }
        let permitted: Vec<_> = self.permitted.iter().filter(|subtree| subtree.concerns(name)).collect();
        if permitted.is_empty() || permitted.iter().any(|subtree| subtree.holds(name)) {
            return Ok(());
        }
        let shown: Vec<_> = permitted.iter().map(|subtree| subtree.show()).collect();
        refuse(format!("its name constraints permit only {}", shown.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::subtree::mask;
    use super::*;
    use crate::alt_name;
    use crate::name::Subject;
    use crate::parsed::Meaning;

    fn constraints(permitted: &[&str], excluded: &[&str]) -> NameConstraints {
        let read = |list: &[&str]| list.iter().map(|text| Subtree::classify(text).unwrap()).collect();
        NameConstraints::new(read(permitted), read(excluded)).unwrap()
    }

    fn allows(constraints: &NameConstraints, name: &str) -> bool {
        constraints.allow(&AltName::classify(name).unwrap()).is_ok()
    }

    #[test]
    fn domains() {
        let one = constraints(&["example.com"], &["secret.example.com"]);
        for (name, expected) in [
            ("example.com", true),
            ("a.example.com", true),
            ("*.a.example.com", true),
            ("badexample.com", false),
            ("example.org", false),
            ("secret.example.com", false),
            ("x.secret.example.com", false),
            ("*.example.com", false),
            // Another kind is not concerned.
            ("10.0.0.1", true),
            ("amy@example.org", true),
        ] {
            assert_eq!(allows(&one, name), expected, "{name}");
        }
        let none = NameConstraints::new(vec![], vec![Subtree::dns("").unwrap()]).unwrap();
        assert!(!allows(&none, "localhost") && allows(&none, "::1"));
    }

    #[test]
    fn networks_mailboxes_and_uris() {
        let networks = constraints(&["10.0.0.0/8", "2001:db8::/32"], &["10.1.0.0/16"]);
        for (name, expected) in [
            ("10.2.3.4", true),
            ("11.0.0.1", false),
            ("10.1.2.3", false),
            ("2001:db8::1", true),
            ("::1", false),
        ] {
            assert_eq!(allows(&networks, name), expected, "{name}");
        }
        let only_v4 = constraints(&["10.0.0.0/8"], &[]);
        assert!(!allows(&only_v4, "::1"));
        let mail = NameConstraints::new(
            vec![Subtree::email("example.com").unwrap(), Subtree::email(".corp.example").unwrap()],
            vec![Subtree::email("root@example.com").unwrap()],
        )
        .unwrap();
        for (name, expected) in [
            ("amy@example.com", true),
            ("amy@a.example.com", false),
            ("amy@a.corp.example", true),
            ("amy@corp.example", false),
            ("root@example.com", false),
        ] {
            assert_eq!(allows(&mail, name), expected, "{name}");
        }
        let uris = NameConstraints::new(vec![Subtree::uri("a.example").unwrap()], vec![]).unwrap();
        assert!(allows(&uris, "spiffe://a.example/amy"));
        assert!(!allows(&uris, "spiffe://b.a.example/amy") && !allows(&uris, "urn:uuid:1"));
        let excluded = NameConstraints::new(vec![], vec![Subtree::uri("evil.example").unwrap()]).unwrap();
        for uri in
            ["https://evil.example/x", "https://evil.example./x", "https://EVIL.example/", "urn:uuid:1"]
        {
            assert!(!allows(&excluded, uri), "{uri}");
        }
        assert!(allows(&excluded, "https://good.example/"));
    }

    #[test]
    fn directory_names_by_their_top() {
        let subject = |text| Subject::parse(text).unwrap();
        let one =
            NameConstraints::new(vec![Subtree::directory(&subject("O=Example  Inc,C=DE")).unwrap()], vec![])
                .unwrap();
        let allows = |text| one.allow(&AltName::directory(&subject(text)).unwrap()).is_ok();
        assert!(allows("CN=amy,O=example inc,C=DE"));
        assert!(!allows("CN=amy,O=Other,C=DE") && !allows("CN=amy"));
    }

    #[test]
    fn what_is_no_subtree() {
        for bad in
            ["", ".example.com", "*.example.com", "10.0.0.0/33", "10.0.0.1/8", "x/8", "10.0.0.0/+8", "a b"]
        {
            assert_eq!(Subtree::classify(bad).unwrap_err().kind(), ErrorKind::InvalidAltName, "{bad}");
        }
        assert!(Subtree::uri("https://a.example/").is_err());
        assert!(NameConstraints::new(vec![], vec![]).is_err());
    }

    proptest! {
        /// What is written is read back the same.
        #[test]
        fn networks_round_trip(address in any::<[u8; 16]>(), v6 in any::<bool>(), prefix in 0_usize..=128) {
            let length = if v6 { 16 } else { 4 };
            let prefix = prefix.min(length * 8);
            let masked: Vec<u8> = address.iter().zip(mask(length, prefix)).map(|(a, m)| a & m).collect();
            let ip = alt_name::ip_from_bytes(&masked).unwrap();
            let made = constraints(&[&format!("{ip}/{prefix}")], &[]);
            let der = made.to_der();
            let Meaning::NameConstraints(parsed) = Meaning::read(30, &der) else { panic!("{der:02x?}") };
            prop_assert_eq!(NameConstraints::from_parsed(&parsed), Some(made));
        }
    }
}
