//! `pkg/dist/build.json`: from which sources, and by which tools, the files beside it were made.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::project::Project;

pub const RECORD: &str = "build.json";

/// How the compiler's line ends in the record of a quick build.
pub const QUICK: &str = " (a quick build)";

/// What decides the bytes: the crate, its locked dependencies, its compiler, wasm-opt's lock, and this recipe.
/// Cargo.lock also lists what only xtask and the tests use: a needless rebuild now and then is cheaper than a rule.
const SOURCES: &[&str] =
    &["Cargo.lock", "Cargo.toml", "rust-toolchain.toml", "src", "xtask/package-lock.json", "xtask/src/build"];

#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Record {
    /// SHA-256 of the sources, see [`sources`].
    pub sources: String,
    /// SHA-256 of each wasm.
    pub wasms: BTreeMap<String, String>,
    /// First line of `rustc -vV`.
    pub rustc: String,
    pub host: String,
    pub wasm_bindgen: String,
    pub binaryen: String,
}

impl Record {
    pub fn read(dist: &Path) -> Result<Self> {
        let path = dist.join(RECORD);
        let text = fs::read_to_string(&path).with_context(|| format!("can't read {}", path.display()))?;
        serde_json::from_str(&text).with_context(|| format!("can't read {}", path.display()))
    }

    /// Made for the tests at hand, and not to be committed.
    pub fn is_quick(&self) -> bool {
        self.rustc.ends_with(QUICK)
    }

    pub fn write(&self, dist: &Path) -> Result<()> {
        Ok(fs::write(dist.join(RECORD), serde_json::to_string_pretty(self)? + "\n")?)
    }
}

/// One SHA-256 over names and contents of the sources, in the order of their names. Line ends count as LF, so that
/// a checkout with CRLF has the same digest; times and modes don't count.
pub fn sources(project: &Project) -> Result<String> {
    let mut files = Vec::new();
    for source in SOURCES {
        collect(&project.path(source), source, &mut files)?;
    }
    files.sort();
    let mut digest = Sha256::new();
    for (name, path) in files {
        let text = lf(&fs::read(&path).with_context(|| format!("can't read {}", path.display()))?);
        digest.update(format!("{name}\0{}\0", text.len()));
        digest.update(&text);
    }
    Ok(hex(&digest.finalize()))
}

pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The text with LF line ends.
pub fn lf(text: &[u8]) -> Vec<u8> {
    let mut rest = text.iter().copied().peekable();
    let mut out = Vec::with_capacity(text.len());
    while let Some(byte) = rest.next() {
        if byte != b'\r' || rest.peek() != Some(&b'\n') {
            out.push(byte);
        }
    }
    out
}

fn collect(path: &Path, name: &str, files: &mut Vec<(String, PathBuf)>) -> Result<()> {
    if !path.is_dir() {
        files.push((name.to_owned(), path.to_path_buf()));
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let file = entry.file_name().to_string_lossy().into_owned();
        // What editors leave behind is no source.
        if !file.starts_with('.') && !file.ends_with('~') {
            collect(&entry.path(), &format!("{name}/{file}"), files)?;
        }
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_count_as_lf() {
        assert_eq!(lf(b"a\r\nb\rc\n\r"), b"a\nb\rc\n\r");
    }

    #[test]
    fn sha256_is_the_standard_one() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
