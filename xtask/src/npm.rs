//! Node and npm: locked packages, their programs, and `npm pack`.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::build::record::sha256;
use crate::process;
use crate::project::Project;

/// The oldest Node that the package supports, and so the oldest that its tools run on.
const NODE: (u32, u32) = (20, 19);

/// Installs the folder's packages exactly as locked, unless that was done for this very lock file.
pub fn install(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let wanted = sha256(&fs::read(&lock).with_context(|| format!("can't read {}", lock.display()))?);
    let stamp = folder.join("node_modules/.installed-from-lock");
    if fs::read_to_string(&stamp).is_ok_and(|done| done == wanted) {
        return Ok(());
    }
    check_node()?;
    // Without lifecycle scripts: no package here needs one, and none should run one unseen.
    process::output(npm().args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder))
        .with_context(|| format!("can't install the npm packages of {}", folder.display()))?;
    fs::write(&stamp, wanted)?;
    Ok(())
}

pub fn check_node() -> Result<()> {
    let version = process::output(node().arg("--version"))
        .with_context(|| format!("Node {}.{} or newer is needed", NODE.0, NODE.1))?;
    let mut numbers =
        version.trim().trim_start_matches('v').split('.').map_while(|part| part.parse::<u32>().ok());
    match (numbers.next(), numbers.next()) {
        (Some(major), Some(minor)) if (major, minor) >= NODE => Ok(()),
        _ => bail!("Node {}.{} or newer is needed; `node` is {}", NODE.0, NODE.1, version.trim()),
    }
}

pub fn node() -> Command {
    process::command("node")
}

/// A program that a package of `folder` brings.
pub fn tool(folder: &Path, name: &str) -> Command {
    let file = if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() };
    process::command(folder.join("node_modules/.bin").join(file))
}

pub fn installed_version(folder: &Path, package: &str) -> Result<String> {
    #[derive(Deserialize)]
    struct Manifest {
        version: String,
    }
    let path = folder.join("node_modules").join(package).join("package.json");
    let text = fs::read_to_string(&path).with_context(|| format!("can't read {}", path.display()))?;
    Ok(serde_json::from_str::<Manifest>(&text)?.version)
}

/// Packs `pkg/` into `target/package/` and returns the tarball.
pub fn pack(project: &Project) -> Result<PathBuf> {
    #[derive(Deserialize)]
    struct Packed {
        filename: String,
    }
    /// A list, and of newer npms an object by name.
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Printed {
        List(Vec<Packed>),
        ByName(BTreeMap<String, Packed>),
    }
    let folder = project.target.join("package");
    fs::create_dir_all(&folder)?;
    let printed = process::output(
        npm()
            .args(["pack", "--json", "--ignore-scripts", "--pack-destination"])
            .arg(&folder)
            .current_dir(project.pkg()),
    )?;
    let packed: Printed =
        serde_json::from_str(&printed).context("can't read what `npm pack --json` printed")?;
    let first = match &packed {
        Printed::List(list) => list.first(),
        Printed::ByName(packages) => packages.values().next(),
    };
    let first = first.context("`npm pack` made nothing")?;
    Ok(folder.join(&first.filename))
}

fn npm() -> Command {
    process::command(if cfg!(windows) { "npm.cmd" } else { "npm" })
}
