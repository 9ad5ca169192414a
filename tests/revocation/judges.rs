//! OpenSSL, webpki and Python let Amy in before and refuse her after; pkilint finds no fault.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use mtls_certs::pem;
use mtls_certs::revocation::{Revocation, RevocationReason};
use rustls_pki_types::{CertificateDer, UnixTime};
use webpki::{
    BorrowedCertRevocationList, CertRevocationList, EndEntityCert, ExpirationPolicy, OwnedCertRevocationList,
    RevocationCheckDepth, RevocationOptionsBuilder, UnknownStatusPolicy, anchor_from_trusted_cert,
};

use super::common::{Folder, authority, client, soon};
use super::{create, of, pem_der};

/// A folder with `ca.crt`, `amy.crt`, `bob.crt` and their list, on which only Amy is.
fn amy_is_revoked() -> Folder {
    let folder = Folder::new();
    let (authority, ca) = authority("my-ca", 0);
    let (amy, bob) = (client(&authority, "CN=amy-client", 31), client(&authority, "CN=bob-client", 32));
    for (name, der) in [("ca.crt", &ca), ("amy.crt", &amy), ("bob.crt", &bob)] {
        folder.write(name, pem::encode(pem::CERTIFICATE, der));
    }
    let amy = Revocation { reason: RevocationReason::KeyCompromise, ..of(&amy, &authority) };
    folder.write("ca.crl", pem::encode(pem::X509_CRL, &create(&authority, vec![amy]).unwrap()));
    folder.write("empty.crl", pem::encode(pem::X509_CRL, &create(&authority, Vec::new()).unwrap()));
    folder
}

#[test]
fn openssl_lets_amy_in_before_and_refuses_her_after() {
    let folder = amy_is_revoked();
    let verify = |list: &str, name: &str| {
        format!(
            "verify -x509_strict -purpose sslclient -attime {} -crl_check -CAfile ca.crt -CRLfile {list} {name}",
            soon()
        )
    };
    for list in ["ca.crl", "empty.crl"] {
        folder.openssl(&format!("crl -in {list} -noout -verify -CAfile ca.crt"));
        folder.openssl(&verify(list, "bob.crt"));
    }
    folder.openssl(&verify("empty.crl", "amy.crt"));
    let said = folder.openssl_refuses(&verify("ca.crl", "amy.crt"));
    assert!(said.contains("certificate revoked"), "{said}");
    // And once it has run out, nobody gets in.
    let late = verify("ca.crl", "bob.crt").replace(&soon().to_string(), &(soon() + 31 * 86_400).to_string());
    let said = folder.openssl_refuses(&late);
    assert!(said.contains("CRL has expired"), "{said}");
    let text = folder.openssl("crl -in ca.crl -noout -text");
    for expected in [
        "Version 2 (0x1)",
        "Issuer: CN = my-ca",
        "Last Update: Nov 24 11:00:00 2026 GMT",
        "Next Update: Dec 24 12:00:00 2026 GMT",
        "X509v3 CRL Number: \n                1\n",
        "Key Compromise",
        "Revocation Date: Nov 24 12:00:00 2026 GMT",
    ] {
        assert!(text.contains(expected), "{expected}: {text}");
    }
    assert!(folder.openssl("crl -in empty.crl -noout -text").contains("No Revoked Certificates"));
}

#[test]
fn webpki_refuses_amy_alone() {
    let folder = amy_is_revoked();
    let der = |name: &str| pem_der(&folder.read(name));
    let judge = |list: &str, name: &str| {
        let (list, root) = (der(list), CertificateDer::from(der("ca.crt")));
        let list = CertRevocationList::from(BorrowedCertRevocationList::from_der(&list)?.to_owned()?);
        let lists = [&list];
        let revocation = RevocationOptionsBuilder::new(&lists)
            .unwrap()
            .with_depth(RevocationCheckDepth::EndEntity)
            .with_status_policy(UnknownStatusPolicy::Deny)
            .with_expiration_policy(ExpirationPolicy::Enforce)
            .build();
        let leaf = CertificateDer::from(der(name));
        let time = UnixTime::since_unix_epoch(Duration::from_secs(soon().try_into().unwrap()));
        EndEntityCert::try_from(&leaf)?
            .verify_for_usage(
                webpki::ALL_VERIFICATION_ALGS,
                &[anchor_from_trusted_cert(&root)?],
                &[],
                time,
                webpki::KeyUsage::client_auth(),
                Some(revocation),
                None,
            )
            .map(|_| ())
    };
    assert_eq!(judge("empty.crl", "amy.crt"), Ok(()));
    assert_eq!(judge("ca.crl", "bob.crt"), Ok(()));
    assert_eq!(judge("ca.crl", "amy.crt"), Err(webpki::Error::CertRevoked));
    let empty = der("empty.crl");
    assert!(OwnedCertRevocationList::from_der(&empty).is_ok());
    assert!(OwnedCertRevocationList::from_der(&empty[..empty.len() - 1]).is_err());
}

fn python() -> PathBuf {
    std::env::var_os("MTLS_CERTS_PYTHON").map_or_else(|| PathBuf::from("python3"), PathBuf::from)
}

#[test]
fn python_verifies_the_signature_and_finds_amy() {
    let folder = amy_is_revoked();
    let judge = |list: &str, name: &str| {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/python/judge.py");
        let output = Command::new(python())
            .args([script, "revoked"])
            .arg(folder.path())
            .args(["ca.crt", list, name])
            .output()
            .unwrap();
        (
            output.status.success(),
            String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned(),
        )
    };
    let found = |list, name| judge(list, name).1.trim().to_owned();
    assert_eq!(found("ca.crl", "amy.crt"), "keyCompromise 2026-11-24T12:00:00+00:00");
    assert_eq!(found("ca.crl", "bob.crt"), "not revoked");
    assert_eq!(found("empty.crl", "amy.crt"), "not revoked");
    let mut changed = pem_der(&folder.read("ca.crl"));
    *changed.last_mut().unwrap() ^= 1;
    folder.write("changed.crl", pem::encode(pem::X509_CRL, &changed));
    let (accepted, said) = judge("changed.crl", "amy.crt");
    assert!(!accepted, "{said}");
}

#[test]
fn pkilint_finds_no_error_in_a_list() {
    let folder = amy_is_revoked();
    let lint = |name: &str| {
        let tool = python().with_file_name("lint_crl");
        let output = Command::new(&tool)
            .args(["lint", "-t", "CRL", "-p", "PKIX", "-s", "WARNING", "-f", "CSV", name])
            .current_dir(folder.path())
            .output()
            .unwrap_or_else(|error| {
                panic!("{} can't be run ({error}); `cargo xtask test` sets it up", tool.display())
            });
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(!text.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
        text.lines().skip(1).filter(|line| !line.is_empty()).map(str::to_owned).collect::<Vec<_>>()
    };
    for name in ["ca.crl", "empty.crl"] {
        let findings = lint(name);
        assert!(findings.is_empty(), "{name}: {findings:#?}");
    }
    // And it can find: OpenSSL writes a list of version 1 where nobody says otherwise.
    folder.write("v1.cnf", "[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\ndefault_md=sha256\n");
    folder.write("index.txt", "");
    folder.openssl("req -x509 -newkey rsa:2048 -nodes -keyout k -subj /CN=x -out x.crt");
    folder.openssl("ca -config v1.cnf -gencrl -crldays 1 -keyfile k -cert x.crt -out v1.crl");
    assert!(!lint("v1.crl").is_empty());
}
