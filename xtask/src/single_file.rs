//! `www/dist/mtls-certs.html`: the page as one file, for file:// and machines without a network. Made by `xtask/single_file.mjs`, in less than
//! a second, so that nobody has to find out whether it is stale. Not committed.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::npm;
use crate::process;
use crate::project::Project;

/// Makes it anew, from `www/` and `pkg/` as they are.
pub fn make(project: &Project) -> Result<PathBuf> {
    let xtask = project.path("xtask");
    npm::install(&xtask)?;
    npm::install(&project.path("www"))?;
    let file = project.path("www/dist/mtls-certs.html");
    process::output(npm::node().arg(xtask.join("single_file.mjs")).arg(&file))
        .context("can't make the single-file version of the page")?;
    Ok(file)
}
