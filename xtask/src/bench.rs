//! `cargo xtask bench`: the package beside its peers. `bench/main.mjs` measures; this sets up what it needs.

use anyhow::Result;

use crate::build;
use crate::npm;
use crate::process;
use crate::project::Project;
use crate::test::setup::Setup;

/// The arguments are those of `bench/main.mjs`. Without Chromium its rows are left out, and the tables say why.
pub fn command(project: &Project, arguments: &[&str]) -> Result<()> {
    let folder = project.path("bench");
    let bench = || {
        let mut node = npm::node();
        node.arg(folder.join("main.mjs")).args(arguments);
        node
    };
    npm::install(&folder)?;
    // A name that no row has, or an option that doesn't exist, is told before anything is built.
    process::output(bench().arg("--list"))?;
    let mut node = bench();
    if !arguments.contains(&"--list") {
        build::refresh(project)?;
        match Setup::new(project).chromium() {
            Ok(path) => node.env("CHROMIUM", path),
            Err(reason) => node.arg(format!("--without-chromium={reason}")),
        };
    }
    process::run(&mut node)
}
