//! What the tests need beyond Rust and Node, found or installed, each once and only when a chosen step needs it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use anyhow::{Context, Result, anyhow, bail};

use super::browsers;
use crate::build::record::sha256;
use crate::npm;
use crate::process;
use crate::project::Project;
use crate::single_file;
use crate::toolchain::{Choice, Toolchain};

/// Something outside the checkout that a step can't do without, or does less without.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// The npm packages of `tests/` and of the page.
    NpmPackages,
    /// The bundler of `xtask/`, and with it the page as one file.
    SingleFile,
    /// `openssl` and `curl`, which judge what we make, and `unzip`, which unpacks it.
    Tools,
    Chromium,
    Firefox,
    /// Safari's engine, in its GTK port.
    WebKit,
    /// The judges written in Python, in a venv under `target/`.
    Python,
    /// A JDK: `keytool` makes requests and reads keys, and `java` runs a source file, for which it needs the compiler.
    Java,
    /// GnuTLS's `certtool`, which makes requests and judges certificates.
    Gnutls,
    /// NSS's `pk12util` and `certutil`, which read and write PKCS#12.
    Nss,
    /// A compiler for wasm32.
    Wasm,
}

/// The results; an error is the one-line reason of a skip.
pub struct Setup<'a> {
    project: &'a Project,
    npm: OnceLock<Result<(), String>>,
    single_file: OnceLock<Result<(), String>>,
    tools: OnceLock<Result<(), String>>,
    chromium: OnceLock<Result<PathBuf, String>>,
    firefox: OnceLock<Result<PathBuf, String>>,
    webkit: OnceLock<Result<PathBuf, String>>,
    python: OnceLock<Result<PathBuf, String>>,
    java: OnceLock<Result<(), String>>,
    gnutls: OnceLock<Result<(), String>>,
    nss: OnceLock<Result<(), String>>,
    wasm: OnceLock<Result<Toolchain, String>>,
}

impl<'a> Setup<'a> {
    pub fn new(project: &'a Project) -> Self {
        Self {
            project,
            npm: OnceLock::new(),
            single_file: OnceLock::new(),
            tools: OnceLock::new(),
            chromium: OnceLock::new(),
            firefox: OnceLock::new(),
            webkit: OnceLock::new(),
            python: OnceLock::new(),
            java: OnceLock::new(),
            gnutls: OnceLock::new(),
            nss: OnceLock::new(),
            wasm: OnceLock::new(),
        }
    }

    pub fn check(&self, need: Need) -> Result<(), String> {
        match need {
            Need::NpmPackages => once(&self.npm, || npm_packages(self.project)).map(drop),
            Need::SingleFile => {
                once(&self.single_file, || single_file::make(self.project).map(drop)).map(drop)
            }
            Need::Tools => once(&self.tools, tools).map(drop),
            Need::Chromium => self.chromium().map(drop),
            Need::Firefox => self.firefox().map(drop),
            Need::WebKit => self.webkit().map(drop),
            Need::Python => self.python().map(drop),
            Need::Java => once(&self.java, java).map(drop),
            Need::Gnutls => once(&self.gnutls, gnutls).map(drop),
            Need::Nss => once(&self.nss, nss).map(drop),
            Need::Wasm => self.wasm().map(drop),
        }
    }

    pub fn wasm(&self) -> Result<&Toolchain, String> {
        once(&self.wasm, || Toolchain::find(self.project, Choice::Best))
    }

    pub fn chromium(&self) -> Result<&PathBuf, String> {
        once(&self.chromium, browsers::chromium)
    }

    pub fn firefox(&self) -> Result<&PathBuf, String> {
        once(&self.firefox, browsers::firefox)
    }

    pub fn webkit(&self) -> Result<&PathBuf, String> {
        once(&self.webkit, browsers::webkit)
    }

    pub fn python(&self) -> Result<&PathBuf, String> {
        once(&self.python, || python(self.project))
    }
}

/// Whether apt's lists have been fetched.
static APT: Mutex<bool> = Mutex::new(false);

/// Installs Debian packages, where that is possible: on Debian and as root.
pub fn apt_install(packages: &[&str]) -> Result<()> {
    let list = packages.join(" ");
    if !Path::new("/etc/debian_version").exists() || process::find("apt-get").is_none() {
        bail!("{list} can be installed by itself on Debian only");
    }
    if process::output(process::command("id").arg("-u"))?.trim() != "0" {
        bail!("not root, so run `sudo apt-get install {list}`");
    }
    // One at a time, as apt itself wants it.
    let mut lists_are_new = APT.lock().unwrap_or_else(PoisonError::into_inner);
    eprintln!("installing {list} with apt-get");
    let apt = |arguments: &[&str]| {
        let mut apt = process::command("apt-get");
        apt.env("DEBIAN_FRONTEND", "noninteractive").args(["-q", "-y"]).args(arguments);
        process::output(&mut apt).map_err(|error| anyhow!(first_lines(&error.to_string())))
    };
    if !*lists_are_new {
        apt(&["update"])?;
        *lists_are_new = true;
    }
    apt(&[&["install", "--no-install-recommends"], packages].concat())?;
    Ok(())
}

fn once<T>(cell: &OnceLock<Result<T, String>>, make: impl FnOnce() -> Result<T>) -> Result<&T, String> {
    cell.get_or_init(|| make().map_err(|error| format!("{error:#}"))).as_ref().map_err(Clone::clone)
}

fn npm_packages(project: &Project) -> Result<()> {
    ["tests", "www"].into_iter().try_for_each(|folder| npm::install(&project.path(folder)))
}

fn tools() -> Result<()> {
    let missing: Vec<&str> =
        ["openssl", "curl", "unzip"].into_iter().filter(|tool| process::find(tool).is_none()).collect();
    if missing.is_empty() { Ok(()) } else { apt_install(&missing) }
}

/// Run rather than looked for: macOS has a `java` on the PATH that only says where to get one.
fn java() -> Result<()> {
    let missing = || ["java", "javac", "keytool"].into_iter().find(|tool| !works(tool, "-help"));
    if missing().is_some() {
        apt_install(&["default-jdk-headless"]).context("no JDK")?;
    }
    match missing() {
        None => Ok(()),
        Some(tool) => bail!("a JDK was installed, and `{tool}` still can't be run"),
    }
}

/// macOS has a `certtool` of its own, which is another program and knows no `--version`.
fn gnutls() -> Result<()> {
    if !works("certtool", "--version") {
        apt_install(&["gnutls-bin"]).context("no GnuTLS")?;
    }
    if works("certtool", "--version") {
        Ok(())
    } else {
        bail!("gnutls-bin was installed, and `certtool` still can't be run")
    }
}

/// They have no argument that does nothing, so they are looked for and not run.
fn nss() -> Result<()> {
    let missing = || ["pk12util", "certutil"].into_iter().find(|tool| process::find(tool).is_none());
    if missing().is_some() {
        apt_install(&["libnss3-tools"]).context("no NSS tools")?;
    }
    match missing() {
        None => Ok(()),
        Some(tool) => bail!("libnss3-tools was installed, and `{tool}` is not on the PATH"),
    }
}

fn works(tool: &str, argument: &str) -> bool {
    process::find(tool).is_some_and(|tool| process::output(process::command(tool).arg(argument)).is_ok())
}

/// The venv's python. Made anew when the requirements or the interpreter changed.
fn python(project: &Project) -> Result<PathBuf> {
    let requirements = project.path("tests/python/requirements.txt");
    let list = fs::read(&requirements).with_context(|| format!("can't read {}", requirements.display()))?;
    let Some(python) = process::find("python3") else {
        apt_install(&["python3-venv"]).context("no python3")?;
        return self::python(project);
    };
    let version = process::output(
        process::command(&python).args(["-c", "import sys; print(sys.version, sys.prefix)"]),
    )?;
    let venv = project.target.join("python");
    let inside = venv.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let (stamp, wanted) = (venv.join("made-from"), sha256(&[&list, version.as_bytes()].concat()));
    if inside.is_file() && fs::read_to_string(&stamp).is_ok_and(|done| done == wanted) {
        return Ok(inside);
    }
    if process::output(process::command(&python).args(["-c", "import ensurepip, venv"])).is_err() {
        apt_install(&["python3-venv"]).context("this python3 has no venv")?;
    }
    process::output(process::command(&python).args(["-m", "venv", "--clear"]).arg(&venv))
        .map_err(|error| anyhow!("can't make a venv: {}", first_lines(&error.to_string())))?;
    let mut pip = process::command(&inside);
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps", "-r"])
        .arg(&requirements);
    process::output(&mut pip)
        .map_err(|error| anyhow!("can't install the Python judges: {}", first_lines(&error.to_string())))?;
    fs::write(&stamp, wanted)?;
    Ok(inside)
}

/// A reason is one line of the summary, not a log.
fn first_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(3).collect();
    lines.join("; ")
}
