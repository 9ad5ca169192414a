//! The browsers, found or installed: each is the one of an environment variable, else one that is here, else Debian's.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::setup::apt_install;
use crate::process;

/// And `certutil`, which gives it a CA to trust. Its absence is a skip of the tests that use it.
pub fn chromium() -> Result<PathBuf> {
    if process::find("certutil").is_none() {
        let _ = apt_install(&["libnss3-tools"]);
    }
    let find = || {
        let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
        let application = PathBuf::from("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome");
        names.into_iter().find_map(process::find).or_else(|| application.is_file().then_some(application))
    };
    // Fonts are only recommended by it, and a page without any can't be looked at.
    found_or_installed("CHROMIUM", find, &["chromium", "fonts-liberation"])
}

pub fn firefox() -> Result<PathBuf> {
    let find = || {
        let application = PathBuf::from("/Applications/Firefox.app/Contents/MacOS/firefox");
        let installed = ["firefox-esr", "firefox"].into_iter().find_map(process::find);
        installed.or_else(|| application.is_file().then_some(application))
    };
    found_or_installed("FIREFOX", find, &["firefox-esr"])
}

/// WebKitGTK's own small browser, and a screen for it.
pub fn webkit() -> Result<PathBuf> {
    let find = || process::find("xvfb-run").and_then(|_| mini_browser());
    found_or_installed("WEBKIT", find, &["libwebkit2gtk-4.1-0", "xvfb", "xauth"])
}

/// It is not on the PATH: `/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser` in Debian.
fn mini_browser() -> Option<PathBuf> {
    let inside = |folder: &Path| {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.path()).collect::<Vec<_>>()
    };
    let roots = inside(Path::new("/usr/lib")).into_iter().chain([PathBuf::from("/usr/libexec")]);
    roots.flat_map(|root| inside(&root)).map(|folder| folder.join("MiniBrowser")).find(|file| file.is_file())
}

fn found_or_installed(
    variable: &str,
    find: impl Fn() -> Option<PathBuf>,
    packages: &[&str],
) -> Result<PathBuf> {
    if let Some(path) = env::var_os(variable).filter(|path: &OsString| !path.is_empty()) {
        let path = PathBuf::from(path);
        return if path.is_file() {
            Ok(path)
        } else {
            bail!("{variable} is {}, which is no file", path.display())
        };
    }
    if let Some(path) = find() {
        return Ok(path);
    }
    apt_install(packages)
        .with_context(|| format!("none here; name one in the environment variable {variable}"))?;
    find().with_context(|| format!("{} was installed, and can't be found", packages.join(" ")))
}
