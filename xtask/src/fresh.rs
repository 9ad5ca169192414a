//! Whether `pkg/dist` is what the sources beside it give.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::build::record::{self, RECORD, Record};
use crate::build::{ARTIFACTS, Artifact, Effort, Show, inline, make};
use crate::project::Project;
use crate::toolchain::Toolchain;

/// Every file of `pkg/dist`.
fn all_files() -> impl Iterator<Item = &'static str> {
    let of = |artifact: &'static Artifact| [artifact.glue, artifact.wasm, artifact.inline];
    ARTIFACTS.iter().flat_map(of).chain([RECORD])
}
const REMEDY: &str = "run `cargo xtask build` and commit pkg/dist";

/// Cheap: nothing is compiled.
pub fn is_current(project: &Project) -> bool {
    matches_sources(project).and_then(|()| agrees_with_itself(project)).is_ok()
}

/// The record names the sources that lie here.
pub fn matches_sources(project: &Project) -> Result<()> {
    let record = Record::read(&project.dist()).context(REMEDY)?;
    ensure!(!record.is_quick(), "pkg/dist is a quick build, which is large and slow: {REMEDY}");
    ensure!(
        record.sources == record::sources(project)?,
        "pkg/dist was built from other sources than the ones here: {REMEDY}"
    );
    Ok(())
}

/// The files are those that the record describes, and no others.
pub fn agrees_with_itself(project: &Project) -> Result<()> {
    let dist = project.dist();
    let record = Record::read(&dist).context(REMEDY)?;
    for Artifact { wasm: name, inline, .. } in ARTIFACTS {
        let wasm = read(&dist, name)?;
        ensure!(
            record.wasms.get(*name) == Some(&record::sha256(&wasm)),
            "pkg/dist/{name} is not the wasm that {RECORD} records: {REMEDY}"
        );
        let text = String::from_utf8_lossy(&record::lf(&read(&dist, inline)?)).into_owned();
        let inlined = inline::bytes(&text).with_context(|| format!("pkg/dist/{inline}: {REMEDY}"))?;
        ensure!(inlined == wasm, "pkg/dist/{inline} holds other bytes than {name}: {REMEDY}");
    }
    let unknown: BTreeSet<String> = fs::read_dir(&dist)?
        .map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned()))
        .collect::<Result<BTreeSet<_>>>()?
        .into_iter()
        .filter(|name| !all_files().any(|known| known == name))
        .collect();
    ensure!(unknown.is_empty(), "pkg/dist holds what the build doesn't make: {unknown:?}; remove it");
    Ok(())
}

/// What a rebuild showed.
pub enum Rebuilt {
    SameBytes,
    /// Another compiler: it builds, but its bytes are its own.
    OtherCompiler {
        committed: String,
    },
}

/// Builds into `target/` and compares every file, if the compiler is the one that made what is committed.
pub fn rebuild(project: &Project, toolchain: &Toolchain) -> Result<Rebuilt> {
    let (dist, made) = (project.dist(), project.target.join("dist-check"));
    make(project, toolchain, &made, Effort::Release, Show::OnlyOnFailure)?;
    let record = Record::read(&dist).context(REMEDY)?;
    if !toolchain.made(&record) {
        return Ok(Rebuilt::OtherCompiler { committed: record.rustc });
    }
    for file in all_files() {
        let (mut ours, mut committed) = (read(&made, file)?, read(&dist, file)?);
        if !file.ends_with(".wasm") {
            (ours, committed) = (record::lf(&ours), record::lf(&committed));
        }
        if ours != committed {
            bail!("pkg/dist/{file} is not what {} makes of the sources here: {REMEDY}", toolchain.version);
        }
    }
    Ok(Rebuilt::SameBytes)
}

fn read(folder: &Path, file: &str) -> Result<Vec<u8>> {
    fs::read(folder.join(file))
        .with_context(|| format!("can't read {file} in {}; {REMEDY}", folder.display()))
}
