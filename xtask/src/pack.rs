//! `cargo xtask pack`: the tarball that `npm publish` would send; and the sizes that users pay for.

use std::path::Path;

use anyhow::Result;

use crate::build;
use crate::npm;
use crate::process;
use crate::project::Project;

pub fn command(project: &Project) -> Result<()> {
    build::refresh(project)?;
    npm::check_node()?;
    let tarball = npm::pack(project)?;
    println!("{}", tarball.display());
    print_sizes(project, Some(&tarball))
}

/// Prints the wasm and the tarball: raw, gzip -9, brotli 11. Measured by Node's zlib, which is here anyway.
pub fn print_sizes(project: &Project, tarball: Option<&Path>) -> Result<()> {
    let mut script = npm::node();
    script.arg(project.path("xtask/sizes.mjs"));
    script.args(build::ARTIFACTS.iter().map(|artifact| project.dist().join(artifact.wasm)));
    if let Some(tarball) = tarball {
        script.arg(tarball);
    }
    print!("{}", process::output(&mut script)?);
    Ok(())
}
