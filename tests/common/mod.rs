//! Shared by the native tests: the guide's files in a folder of their own, and foreign tools run on them.
#![allow(dead_code, clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

pub mod resigned;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use mtls_certs::authority::{self, Authority, AuthorityCertificate, AuthorityOptions};
use mtls_certs::certificate::{self, IssueOptions};
use mtls_certs::key::{KeyAlgorithm, PrivateKey};
use mtls_certs::mutual_tls::{Authorities, MutualTlsOptions, Party, create};
use mtls_certs::name::Subject;
use mtls_certs::profile::Profile;
use mtls_certs::request::{self, Request, RequestOptions};
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;
use tempfile::TempDir;
use time::OffsetDateTime;
use time::macros::datetime;

/// The fixed clock. Judges are told the time, so that the tests pass in any year.
pub const NOW: OffsetDateTime = datetime!(2026-11-24 12:00 UTC);

pub const ALGORITHMS: &[KeyAlgorithm] =
    &[KeyAlgorithm::EcdsaP256, KeyAlgorithm::EcdsaP384, KeyAlgorithm::Ed25519, KeyAlgorithm::Rsa2048];

pub fn rng(seed: u64) -> ChaCha20Rng {
    ChaCha20Rng::seed_from_u64(seed)
}

/// A folder that is deleted when dropped.
pub struct Folder(TempDir);

impl Folder {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path().join(name), content).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join(name)).unwrap()
    }

    /// Runs a tool in the folder, the words of `line` as its arguments.
    pub fn run(&self, program: &str, line: &str) -> Output {
        Command::new(program).args(line.split_whitespace()).current_dir(self.path()).output().unwrap_or_else(
            |error| panic!("{program} can't be run ({error}); `cargo xtask test` installs it"),
        )
    }

    /// `openssl` with these arguments, which must succeed. Returns what it printed.
    pub fn openssl(&self, line: &str) -> String {
        let output = self.run("openssl", line);
        assert!(output.status.success(), "openssl {line}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// The same for arguments that hold spaces: each as it is. It must succeed.
    pub fn run_with(&self, program: &str, arguments: &[&str]) {
        let output = Command::new(program).args(arguments).current_dir(self.path()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program} {arguments:?}: {said}");
    }

    /// The same for output that is no text.
    pub fn openssl_bytes(&self, line: &str) -> Vec<u8> {
        let output = self.run("openssl", line);
        assert!(output.status.success(), "openssl {line}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    }

    /// `openssl` with these arguments, which must fail. Returns what it printed, on both streams.
    pub fn openssl_refuses(&self, line: &str) -> String {
        let output = self.run("openssl", line);
        assert!(!output.status.success(), "openssl {line} was to refuse, and said {output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
    }
}

/// The guide's files, with one authority or with two, made at [`NOW`].
pub fn guide(algorithm: KeyAlgorithm, distinct: bool) -> Folder {
    guide_at(algorithm, distinct, NOW)
}

/// The same for judges that know no time but the machine's.
pub fn guide_at(algorithm: KeyAlgorithm, distinct: bool, now: OffsetDateTime) -> Folder {
    let party = |name, file| Party::new(name, Some(file), None).unwrap();
    let authorities = if distinct {
        Authorities::Distinct { server: party("bob-ca", "bob_ca"), client: party("amy-ca", "amy_ca") }
    } else {
        Authorities::One(party("my-ca", "ca"))
    };
    let options = MutualTlsOptions {
        authorities,
        algorithm,
        days: 365,
        server: party("localhost", "bob_server"),
        clients: vec![party("amy-client", "amy_client")],
    };
    let folder = Folder::new();
    for (name, text) in create(&options, now, &mut rng(7)).unwrap().files {
        folder.write(&name, text);
    }
    folder
}

/// An authority of ours, and its certificate in DER.
pub fn authority(name: &str, path_length: u8) -> (Authority, Vec<u8>) {
    let key = PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng(11)).unwrap();
    let options = AuthorityOptions {
        subject: Subject::common_name(name).unwrap(),
        path_length,
        ..AuthorityOptions::default()
    };
    let der = authority::create(&options, &key, NOW, &mut rng(12)).unwrap();
    (Authority::new(AuthorityCertificate::read(&der).unwrap(), key).unwrap(), der)
}

/// `-attime` for openssl: an hour after [`NOW`].
pub fn soon() -> i64 {
    NOW.unix_timestamp() + 3600
}

/// A client's certificate of an authority, DER, with a key of its own.
pub fn client(authority: &Authority, subject: &str, seed: u64) -> Vec<u8> {
    let key = PrivateKey::generate(KeyAlgorithm::EcdsaP256, &mut rng(seed)).unwrap();
    let options = RequestOptions { subject: Subject::parse(subject).unwrap(), ..RequestOptions::default() };
    let request = Request::read(&request::create(&options, &key, &mut rng(3)).unwrap()).unwrap();
    let options = IssueOptions { profile: Some(Profile::Client), ..IssueOptions::default() };
    certificate::issue(&request, authority, &options, NOW, &mut rng(seed + 1000)).unwrap()
}

/// An authority that OpenSSL made, from files of the folder.
pub fn load(folder: &Folder, certificate: &str, key: &str) -> Authority {
    let key = PrivateKey::read(&folder.read(key), None).unwrap();
    let certificate = AuthorityCertificate::read_for(&folder.read(certificate), key.public_key()).unwrap();
    Authority::new(certificate, key).unwrap()
}
