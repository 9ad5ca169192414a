//! Keys that no verifier takes, and keys whose halves or numbers do not belong together.

use mtls_certs::ErrorKind;
use mtls_certs::key::{KeyAlgorithm, PrivateKey, PublicKey};
use mtls_certs::pem;

use super::common::{Folder, rng};
use super::{der_of, json, refused};

#[test]
fn keys_that_verifiers_refuse_are_refused_by_name() {
    let folder = Folder::new();
    let unsupported =
        |word: &str| refused(&folder.read("k"), Some("secret"), ErrorKind::UnsupportedKey, word);
    for (arguments, word) in [
        ("-algorithm RSA -pkeyopt rsa_keygen_bits:1024", "1024 bits"),
        ("-algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_primes:3", "more than two primes"),
        ("-algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:8589934593", "exponent"),
        ("-algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048", "RSASSA-PSS"),
        ("-algorithm DH -pkeyopt group:ffdhe2048", "Diffie-Hellman"),
        ("-algorithm X25519", "X25519"),
        ("-algorithm X448", "X448"),
        ("-algorithm ED448", "Ed448"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:prime192v1", "P-192"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:secp224r1", "P-224"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:secp521r1", "P-521"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:secp256k1", "secp256k1"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:brainpoolP256r1", "brainpoolP256r1"),
        ("-algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit", "parameters"),
    ] {
        folder.openssl(&format!("genpkey {arguments} -out k"));
        unsupported(word);
        if arguments.contains("EC ") || arguments.contains("RSA ") {
            folder.openssl(&format!("genpkey {arguments} -out p8"));
            folder.openssl("pkey -in p8 -traditional -out k");
            unsupported(word);
        }
        if word != "Diffie-Hellman" {
            let public = folder.openssl("pkey -in k -pubout");
            let error = PublicKey::read(public.as_bytes()).map(|_| ());
            // Their public halves look like others'.
            if !word.contains("primes") {
                assert_eq!(error.unwrap_err().kind(), ErrorKind::UnsupportedKey, "{word}");
            }
        }
    }
    folder.openssl("dsaparam -genkey -out k 1024");
    unsupported("DSA");
    folder.openssl("pkcs8 -topk8 -nocrypt -in k -out p8");
    folder.write("k", folder.read("p8"));
    unsupported("DSA");
    folder.write("k", pem::encode("OPENSSH PRIVATE KEY", b"openssh-key-v1"));
    unsupported("ssh-keygen");
}

#[test]
fn the_way_out_of_a_refusal_works() {
    let folder = Folder::new();
    folder.openssl("ecparam -name prime256v1 -genkey -noout -param_enc explicit -out key.pem");
    refused(
        &folder.read("key.pem"),
        None,
        ErrorKind::UnsupportedKey,
        "openssl pkey -in key.pem -ec_param_enc named_curve",
    );
    folder.openssl("pkey -in key.pem -ec_param_enc named_curve -out named.pem");
    assert!(PrivateKey::read(&folder.read("named.pem"), None).is_ok());
}

#[test]
fn a_public_half_that_is_another_keys_is_refused() {
    let folder = Folder::new();
    let ours = PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng(1)).unwrap();
    let other = PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng(2)).unwrap();
    let spliced = |format: fn(&PrivateKey) -> String| {
        let (mut der, other) = (der_of(&format(&ours)), der_of(&format(&other)));
        let at = der.len() - 64;
        der[at..].copy_from_slice(&other[at..]);
        der
    };
    for format in
        [|key: &PrivateKey| key.to_pkcs8_pem().unwrap(), |key: &PrivateKey| key.to_sec1_pem().unwrap()]
    {
        refused(&spliced(format), None, ErrorKind::InvalidKey, "does not belong");
    }
    let (ours, other) = (json(&ours.to_jwk().unwrap()), json(&other.to_jwk().unwrap()));
    let mut mixed = ours.clone();
    mixed["x"] = other["x"].clone();
    mixed["y"] = other["y"].clone();
    refused(mixed.to_string().as_bytes(), None, ErrorKind::InvalidKey, "does not belong");
    // RSA's numbers, each of them.
    folder.openssl("genrsa -traditional -out k.pem 2048");
    let jwk = json(&PrivateKey::read(&folder.read("k.pem"), None).unwrap().to_jwk().unwrap());
    for member in ["n", "e", "d", "p", "q", "dp", "dq", "qi"] {
        let mut wrong = jwk.clone();
        let text = wrong[member].as_str().unwrap().to_owned();
        let first = if text.starts_with('A') { 'B' } else { 'A' };
        wrong[member] = format!("{first}{}", &text[1..]).into();
        let error = PrivateKey::read(wrong.to_string().as_bytes(), None).unwrap_err();
        assert!(
            error.kind() == ErrorKind::InvalidKey
                || (member == "n" && error.kind() == ErrorKind::UnsupportedKey),
            "{member}: {error}"
        );
    }
}
