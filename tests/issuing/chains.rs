//! Intermediates: the chain to send with a leaf, and the length that the upper authority allows.

use mtls_certs::authority::{Authority, AuthorityCertificate};
use mtls_certs::certificate::IssueOptions;
use mtls_certs::extension::ExtensionOptions;
use mtls_certs::profile::Profile;
use mtls_certs::{ErrorKind, pem};

use super::common::{Folder, soon};
use super::{issue, key, refused, request_for, root_named, verified_by_webpki, with_profile};

fn below(
    authority: &Authority,
    name: &str,
    seed: u64,
    path_length: Option<u8>,
) -> mtls_certs::Result<Vec<u8>> {
    let options = IssueOptions { path_length, ..with_profile(Profile::Authority) };
    issue(&request_for(name, seed), authority, &options)
}

#[test]
fn intermediates_and_the_chain_to_send() {
    let folder = Folder::new();
    let (root, root_pem) = root_named("root", 2, ExtensionOptions::default());
    let upper = below(&root, "CN=upper", 21, Some(1)).unwrap();
    let load = |bundle: &[Vec<u8>], seed| {
        let text: String = bundle.iter().map(|der| pem::encode(pem::CERTIFICATE, der)).collect();
        AuthorityCertificate::read_for(text.as_bytes(), key(seed).public_key())
            .and_then(|certificate| Authority::new(certificate, key(seed)))
    };
    let upper_authority = load(std::slice::from_ref(&upper), 21).unwrap();
    let lower = below(&upper_authority, "CN=lower", 22, None).unwrap();
    let root_der = x509_parser::pem::parse_x509_pem(root_pem.as_bytes()).unwrap().1.contents;
    // Whatever the order in the file, and with the root or without.
    for bundle in [
        vec![lower.clone(), upper.clone(), root_der.clone()],
        vec![root_der.clone(), upper.clone(), lower.clone()],
        vec![upper.clone(), lower.clone(), lower.clone()],
    ] {
        let lower_authority = load(&bundle, 22).unwrap();
        assert_eq!(lower_authority.certificate().chain(), [lower.clone(), upper.clone()]);
        let leaf =
            issue(&request_for("CN=amy", 23), &lower_authority, &with_profile(Profile::Client)).unwrap();
        let chain: String = lower_authority
            .certificate()
            .chain()
            .iter()
            .map(|der| pem::encode(pem::CERTIFICATE, der))
            .collect();
        folder.write("root.crt", &root_pem);
        folder.write("chain.crt", chain);
        folder.write("leaf.crt", pem::encode(pem::CERTIFICATE, &leaf));
        let verify = format!("verify -x509_strict -purpose sslclient -attime {} -CAfile root.crt", soon());
        folder.openssl(&format!("{verify} -untrusted chain.crt leaf.crt"));
        folder.openssl_refuses(&format!("{verify} leaf.crt"));
        verified_by_webpki(&leaf, lower_authority.certificate().chain(), &root_pem).unwrap();
        assert_eq!(verified_by_webpki(&leaf, &[], &root_pem), Err(webpki::Error::UnknownIssuer));
    }
    // Room for more there is not, whether the upper ones are in the file or not.
    let lower_authority = load(std::slice::from_ref(&lower), 22).unwrap();
    assert_eq!(refused(below(&lower_authority, "CN=x", 24, None)), (ErrorKind::PathLength, "profile".into()));
    assert_eq!(refused(below(&root, "CN=x", 24, Some(2))), (ErrorKind::PathLength, "pathLength".into()));
    assert!(below(&root, "CN=x", 24, Some(1)).is_ok());
    // What does not belong to the chain was given by mistake.
    let stranger = below(&root, "CN=stranger", 25, None).unwrap();
    let error = load(&[lower, stranger], 22).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidCertificate);
    assert!(error.message().contains("CN=stranger"), "{error}");
    assert_eq!(load(&[upper], 22).unwrap_err().kind(), ErrorKind::KeyMismatch);
    let leaf_length = IssueOptions { path_length: Some(0), ..with_profile(Profile::Client) };
    let leaf = issue(&request_for("CN=amy", 23), &root, &leaf_length);
    assert_eq!(refused(leaf), (ErrorKind::ConflictingOptions, "pathLength".into()));
}

#[test]
fn constraints_of_a_path_that_the_upper_authority_does_not_leave() {
    let (root, _) = root_named("root", 1, ExtensionOptions::default());
    let middle = below(&root, "CN=middle", 21, None).unwrap();
    // A chain that no verifier takes: made with a root of more room, given with the real one.
    let (roomy, _) = root_named("root", 3, ExtensionOptions::default());
    let deep = below(&roomy, "CN=middle", 21, Some(2)).unwrap();
    let deep_authority = Authority::new(AuthorityCertificate::read(&deep).unwrap(), key(21)).unwrap();
    let deeper = below(&deep_authority, "CN=deeper", 22, Some(1)).unwrap();
    let text: String = [deeper, middle].iter().map(|der| pem::encode(pem::CERTIFICATE, der)).collect();
    let error = AuthorityCertificate::read_for(text.as_bytes(), key(22).public_key()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::PathLength);
}
