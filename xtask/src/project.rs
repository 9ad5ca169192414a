//! Where things lie in the checkout.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The folders of this checkout. No path is compiled in, so a binary never acts on another clone.
pub struct Project {
    pub root: PathBuf,
    pub target: PathBuf,
}

impl Project {
    pub fn locate() -> Result<Self> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR").context("run this as `cargo xtask`")?;
        let root = Path::new(&manifest).parent().context("xtask/ has no parent folder")?.to_path_buf();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => env::current_dir()?.join(folder),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// The npm package as it is published.
    pub fn pkg(&self) -> PathBuf {
        self.root.join("pkg")
    }

    /// The built part of the package; committed.
    pub fn dist(&self) -> PathBuf {
        self.root.join("pkg/dist")
    }

    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }
}
