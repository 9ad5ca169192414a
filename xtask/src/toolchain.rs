//! A compiler for wasm32-unknown-unknown: found, or installed.
//!
//! Two can do it: the pinned one of rust-toolchain.toml, and, for machines where rustup can't fetch, Debian's `rustc-web`. Both build
//! the standard library from its sources.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};

use crate::build::STANDARD_LIBRARY;
use crate::build::record::Record;
use crate::process;
use crate::project::Project;
use crate::test::setup::apt_install;

pub const TARGET: &str = "wasm32-unknown-unknown";

/// The component of rustup that holds its sources.
const STD_SOURCES: &str = "rust-src";

const DEBIAN_PACKAGES: &[&str] = &["rustc-web", "cargo-web", "rust-web-src", "lld-22"];
const DEBIAN_FILES: &[&str] = &[
    "/usr/bin/rustc",
    "/usr/bin/cargo",
    "/usr/lib/rustlib/src/rust/library/Cargo.lock",
    "/usr/bin/wasm-ld-22",
];

/// A download of the sources takes seconds; one that hangs must not hold up a machine that has another way.
const RUSTUP_LIMIT: Duration = Duration::from_secs(90);

/// Which compiler the user asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The one that made what is committed, so that bytes can be compared; else the pinned one; else Debian's.
    Best,
    Rustup,
    Debian,
}

impl Choice {
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "rustup" => Ok(Self::Rustup),
            "debian" => Ok(Self::Debian),
            _ => bail!("--toolchain takes `rustup` or `debian`, not `{name}`"),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `cargo` on the PATH: rustup's pinned toolchain, or a distribution's own that has the target.
    Pinned,
    /// Debian's packages. Nothing of rustup may leak into it.
    Debian,
}

#[derive(Debug)]
pub struct Toolchain {
    kind: Kind,
    channel: String,
    /// First line of `rustc -vV`.
    pub version: String,
    /// The triple it runs on. The bytes are promised for one version on one host.
    pub host: String,
    commit: String,
    pub sysroot: PathBuf,
}

impl Toolchain {
    /// Finds or installs one. The error says in one line why there is none.
    pub fn find(project: &Project, choice: Choice) -> Result<Self> {
        let channel = pinned_channel(project)?;
        let pinned = || Self::ask(Kind::Pinned, &channel).and_then(Self::with_std_sources);
        let debian = || Self::debian(&channel);
        match choice {
            Choice::Rustup => pinned().or_else(|_| add_std_sources(&channel).and_then(|()| pinned())),
            Choice::Debian => debian().or_else(|_| apt_install(DEBIAN_PACKAGES).and_then(|()| debian())),
            Choice::Best => {
                let found: Vec<Self> = [pinned(), debian()].into_iter().flatten().collect();
                if let Some(best) = prefer(found, Record::read(&project.dist()).ok().as_ref()) {
                    return Ok(best);
                }
                let first = match add_std_sources(&channel).and_then(|()| pinned()) {
                    Ok(toolchain) => return Ok(toolchain),
                    Err(error) => error,
                };
                let second = match apt_install(DEBIAN_PACKAGES).and_then(|()| debian()) {
                    Ok(toolchain) => return Ok(toolchain),
                    Err(error) => error,
                };
                Err(anyhow!("no compiler for {TARGET} ({first:#}; {second:#})"))
            }
        }
    }

    /// Whether it is the compiler that the record names, so that its bytes must be the recorded ones.
    pub fn made(&self, record: &Record) -> bool {
        self.version == record.rustc && self.host == record.host
    }

    /// Whether `cargo clippy` exists for it. Debian's packages have none.
    pub fn has_clippy(&self) -> bool {
        self.kind == Kind::Pinned
    }

    /// A cargo command that compiles for wasm, free of flags and profiles from the user's environment, which would
    /// change the bytes.
    pub fn cargo(&self, project: &Project, subcommand: &str, rustflags: &[String]) -> Command {
        let mut cargo = self.bare_cargo(project);
        cargo.env("CARGO_ENCODED_RUSTFLAGS", rustflags.join("\u{1f}")).args([
            subcommand,
            "--locked",
            "--package",
            "mtls-certs",
            "--lib",
            "--target",
            TARGET,
        ]);
        cargo.args(STANDARD_LIBRARY);
        if self.kind == Kind::Debian {
            cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", "wasm-ld-22");
        }
        cargo
    }

    /// `cargo metadata` of the workspace; it fetches what is missing.
    pub fn cargo_metadata(&self, project: &Project) -> Command {
        let mut cargo = self.bare_cargo(project);
        cargo.args(["metadata", "--locked", "--format-version", "1", "--filter-platform", TARGET]);
        cargo
    }

    pub fn target_folder(&self, project: &Project) -> PathBuf {
        project.target.join(match self.kind {
            Kind::Pinned => "wasm",
            Kind::Debian => "wasm-debian",
        })
    }

    /// Where panics of the standard library say they are, whether or not its sources lie in the sysroot.
    pub fn std_prefix(&self) -> String {
        format!("/rustc/{}", self.commit)
    }

    fn bare_cargo(&self, project: &Project) -> Command {
        let mut cargo = match self.kind {
            Kind::Pinned => process::command("cargo"),
            Kind::Debian => process::command("/usr/bin/cargo"),
        };
        self.environment(&mut cargo);
        for (name, _) in env::vars_os() {
            let name = name.to_string_lossy();
            if ["CARGO_PROFILE_", "CARGO_BUILD_", "CARGO_TARGET_"]
                .iter()
                .any(|prefix| name.starts_with(prefix))
            {
                cargo.env_remove(&*name);
            }
        }
        // A target folder of its own: no waiting for the lock of a native build beside it.
        cargo.current_dir(&project.root).env_remove("CARGO_INCREMENTAL");
        cargo.env("CARGO_TARGET_DIR", self.target_folder(project));
        cargo
    }

    fn debian(channel: &str) -> Result<Self> {
        if let Some(missing) = DEBIAN_FILES.iter().find(|file| !Path::new(file).exists()) {
            bail!("{missing} is missing");
        }
        Self::ask(Kind::Debian, channel)
    }

    fn ask(kind: Kind, channel: &str) -> Result<Self> {
        let mut empty = Self {
            kind,
            channel: channel.to_owned(),
            version: String::new(),
            host: String::new(),
            commit: String::new(),
            sysroot: PathBuf::new(),
        };
        let told = process::output(empty.rustc().arg("-vV"))?;
        empty.version = told.lines().next().unwrap_or_default().to_owned();
        empty.host = field(&told, "host: ")?;
        empty.commit = field(&told, "commit-hash: ")?;
        empty.sysroot = process::output(empty.rustc().args(["--print", "sysroot"]))?.trim().into();
        Ok(empty)
    }

    fn with_std_sources(self) -> Result<Self> {
        if !self.sysroot.join("lib/rustlib/src/rust/library/Cargo.lock").is_file() {
            bail!("{} has no {STD_SOURCES}", self.version);
        }
        Ok(self)
    }

    fn rustc(&self) -> Command {
        let mut rustc = match self.kind {
            Kind::Pinned => process::command("rustc"),
            Kind::Debian => process::command("/usr/bin/rustc"),
        };
        self.environment(&mut rustc);
        rustc
    }

    fn environment(&self, command: &mut Command) {
        for name in ["RUSTC", "RUSTC_WRAPPER", "RUSTC_WORKSPACE_WRAPPER", "RUSTFLAGS"] {
            command.env_remove(name);
        }
        // -Zbuild-std is not stable. The compiler is pinned, so that what is not stable stays as it is.
        command.env("RUSTC_BOOTSTRAP", "1");
        match self.kind {
            // The pinned one even under `cargo +other xtask`.
            Kind::Pinned => command.env("RUSTUP_TOOLCHAIN", &self.channel),
            // LD_LIBRARY_PATH: `cargo run` put rustup's libraries there.
            Kind::Debian => command
                .env_remove("RUSTUP_TOOLCHAIN")
                .env_remove("LD_LIBRARY_PATH")
                .env("RUSTC", "/usr/bin/rustc")
                .env("RUSTDOC", "/usr/bin/rustdoc"),
        };
    }
}

fn prefer(found: Vec<Toolchain>, committed: Option<&Record>) -> Option<Toolchain> {
    let maker = committed.and_then(|record| found.iter().position(|toolchain| toolchain.made(record)));
    found.into_iter().nth(maker.unwrap_or(0))
}

fn pinned_channel(project: &Project) -> Result<String> {
    let text = fs::read_to_string(project.path("rust-toolchain.toml"))?;
    let line = text.lines().find_map(|line| line.trim().strip_prefix("channel"));
    let value = line.and_then(|line| line.split('"').nth(1));
    Ok(value.context("rust-toolchain.toml names no channel")?.to_owned())
}

fn add_std_sources(channel: &str) -> Result<()> {
    if process::find("rustup").is_none() {
        bail!("there is no rustup to add {STD_SOURCES} with");
    }
    let log = env::temp_dir().join(format!("mtls-certs-rustup-{}.log", std::process::id()));
    let mut rustup = process::command("rustup");
    rustup.env("RUST_BACKTRACE", "0").args(["component", "add", "--toolchain", channel, STD_SOURCES]);
    let result = process::logged(&mut rustup, &log, RUSTUP_LIMIT);
    let _ = fs::remove_file(&log);
    match result {
        Ok((status, _)) if status.success() => Ok(()),
        Ok((_, text)) => bail!("`rustup component add` failed: {}", last_line(&text)),
        Err(error) => bail!("`rustup component add` failed: {}", last_line(&error.to_string())),
    }
}

fn last_line(text: &str) -> String {
    text.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("it said nothing").trim().to_owned()
}

fn field(told: &str, name: &str) -> Result<String> {
    let value = told.lines().find_map(|line| line.strip_prefix(name));
    Ok(value.with_context(|| format!("`rustc -vV` names no {name}"))?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn toolchain(kind: Kind, version: &str) -> Toolchain {
        let (channel, commit, host) = (String::new(), String::new(), "host".to_owned());
        Toolchain { kind, channel, version: version.to_owned(), host, commit, sysroot: PathBuf::new() }
    }

    #[test]
    fn the_compiler_that_made_the_committed_files_is_preferred() {
        let both = || vec![toolchain(Kind::Pinned, "one"), toolchain(Kind::Debian, "two")];
        let record = |rustc: &str| Record { rustc: rustc.into(), host: "host".into(), ..Record::default() };
        let chosen = |record: Option<&Record>| prefer(both(), record).map(|toolchain| toolchain.kind);
        assert_eq!(chosen(Some(&record("two"))), Some(Kind::Debian));
        assert_eq!(chosen(Some(&record("one"))), Some(Kind::Pinned));
        assert_eq!(chosen(Some(&record("three"))), Some(Kind::Pinned));
        assert_eq!(chosen(None), Some(Kind::Pinned));
        assert!(prefer(Vec::new(), None).is_none());
    }
}
