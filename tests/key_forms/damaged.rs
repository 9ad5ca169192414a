//! Damaged files of every private form: an error or a key, never a panic.

use mtls_certs::key::{KeyFormat, PrivateKey, PublicKey};
use proptest::prelude::*;

use super::common::{ALGORITHMS, Folder, rng};
use super::{der_of, json};

/// Of each type one, in every private form.
fn samples() -> &'static [Vec<u8>] {
    static SAMPLES: std::sync::OnceLock<Vec<Vec<u8>>> = std::sync::OnceLock::new();
    SAMPLES.get_or_init(|| {
        let mut samples = Vec::new();
        for algorithm in ALGORITHMS {
            let key = PrivateKey::generate(*algorithm, &mut rng(5)).unwrap();
            for format in [KeyFormat::Pkcs8, KeyFormat::Pkcs1, KeyFormat::Sec1] {
                samples.extend(key.to_format(format).ok().map(|text| der_of(&text)));
            }
            let jwk = key.to_jwk().unwrap();
            samples.push(jwk.as_bytes().to_vec());
            samples.push(der_of(&key.to_encrypted_pem("secret", Some(1000), &mut rng(6)).unwrap()));
        }
        // Without its primes: the computation of them must hold against anything.
        let mut jwk = json(std::str::from_utf8(&samples[samples.len() - 2]).unwrap());
        for member in ["p", "q", "dp", "dq", "qi"] {
            jwk.as_object_mut().unwrap().remove(member);
        }
        samples.push(jwk.to_string().into_bytes());
        let folder = Folder::new();
        folder.write("k", &samples[0]);
        for scheme in ["-v2 des3", "-v1 PBE-SHA1-3DES", "-scrypt"] {
            folder.openssl(&format!(
                "pkcs8 -topk8 -inform DER -in k {scheme} -passout pass:secret -outform DER -out e"
            ));
            samples.push(folder.read("e"));
        }
        samples
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_key_is_refused_or_read_and_never_panics(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        // Mostly near the front, where the structure is.
        near in any::<bool>(),
        cut in prop::option::weighted(0.2, any::<prop::sample::Index>()),
    ) {
        let mut bytes = which.get(samples()).clone();
        let reach = if near { bytes.len().min(60) } else { bytes.len() };
        for (at, value) in &changes {
            bytes[at.index(reach)] = *value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = PrivateKey::read(&bytes, Some("secret"));
        let _ = PublicKey::read(&bytes);
    }
}
