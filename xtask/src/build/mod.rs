//! `cargo xtask build`: the crate to `pkg/dist`.
//!
//! cargo (wasm32, release, with the standard library, paths remapped) ─▶ wasm-bindgen (`web` glue) ─▶ wasm-opt ─▶ the wasm,
//! its text form, a record.
//!
//! The same compiler on the same kind of host gives the same bytes in any folder. Of generated glue nothing is changed but what imports are called.

mod import_names;
pub mod inline;
pub mod record;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use wasm_bindgen_cli_support::Bindgen;

use crate::fresh;
use crate::npm;
use crate::pack::print_sizes;
use crate::process;
use crate::project::Project;
use crate::toolchain::{Choice, TARGET, Toolchain};
use record::{QUICK, Record};

/// One of the wasms that the package ships, all of them of the one crate.
pub struct Artifact {
    name: &'static str,
    /// How cargo is told which part of the crate it holds.
    pub features: &'static [&'static str],
    pub glue: &'static str,
    pub wasm: &'static str,
    /// The wasm as text.
    pub inline: &'static str,
}

pub const ARTIFACTS: &[Artifact] = &[
    // What every page loads.
    Artifact {
        name: "mtls_certs",
        features: &["--no-default-features"],
        glue: "mtls_certs.js",
        wasm: "mtls_certs_bg.wasm",
        inline: "wasm-inline.js",
    },
    // In-page crypto, which is loaded where the platform's is not enough.
    Artifact {
        name: "in_page",
        features: &[],
        glue: "in_page.js",
        wasm: "in_page_bg.wasm",
        inline: "in-page-inline.js",
    },
];

/// The compiler's standard library, made anew: for size, and so that a panic can be a trap.
pub const STANDARD_LIBRARY: &[&str] =
    &["-Zbuild-std=std,panic_abort", "-Zbuild-std-features=optimize_for_size"];

/// What of it every call goes through many times is made for speed: a certificate's own work takes a twelfth less, for 0.6 kB of brotli. Said
/// here and not in Cargo.toml, where cargo would miss these packages at every other command.
const FAST_ALLOCATION: &[&str] = &[
    "--config=profile.release.package.alloc.opt-level=3",
    "--config=profile.release.package.dlmalloc.opt-level=3",
];

/// A panic is a trap at once, without words that no host would show: `pkg/wasm.js` makes a fresh instance after any trap.
const TRAP_ON_PANIC: &[&str] = &["-Zunstable-options", "-Cpanic=immediate-abort"];

/// Named one by one: `--all-features` emits types that Node 20 can't read. These are what rustc's default wasm32
/// CPU uses, and every engine since 2023 has them.
const WASM_FEATURES: &[&str] = &[
    "--mvp-features",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-call-indirect-overlong",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// How much is done for speed and size.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// What is committed and published.
    Release,
    /// For the loop of editing and testing: compiled again in seconds, large and slow. The tests refuse it as committed.
    Quick,
}

impl Effort {
    fn profile(self) -> &'static str {
        match self {
            Self::Release => "release",
            Self::Quick => "quick",
        }
    }
}

/// Where the output of the tools goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Show {
    Terminal,
    OnlyOnFailure,
}

pub fn command(project: &Project, choice: Choice, effort: Effort) -> Result<()> {
    let toolchain = Toolchain::find(project, choice)?;
    into_dist(project, &toolchain, effort)?;
    if effort == Effort::Quick {
        println!("a quick build, for tests at hand: run `cargo xtask build` before committing pkg/dist");
        return Ok(());
    }
    let tarball = if project.pkg().join("package.json").exists() { Some(npm::pack(project)?) } else { None };
    print_sizes(project, tarball.as_deref())
}

/// Builds `pkg/dist` when it is stale. Without a compiler what is committed is used, and one line says so.
pub fn refresh(project: &Project) -> Result<()> {
    if fresh::is_current(project) {
        return Ok(());
    }
    match Toolchain::find(project, Choice::Best) {
        Ok(toolchain) => into_dist(project, &toolchain, Effort::Release),
        Err(error) if ARTIFACTS.iter().all(|artifact| project.dist().join(artifact.wasm).exists()) => {
            println!("using the committed pkg/dist, though the sources have changed since: {error:#}");
            Ok(())
        }
        Err(error) => Err(error.context("there is no pkg/dist, and it can't be built")),
    }
}

fn into_dist(project: &Project, toolchain: &Toolchain, effort: Effort) -> Result<()> {
    eprintln!("building pkg/dist with {}", toolchain.version);
    let made = project.target.join("dist");
    make(project, toolchain, &made, effort, Show::Terminal)?;
    fs::create_dir_all(project.dist())?;
    for entry in fs::read_dir(&made)? {
        let entry = entry?;
        fs::copy(entry.path(), project.dist().join(entry.file_name()))?;
    }
    Ok(())
}

/// Builds every file of `pkg/dist` into `out`.
pub fn make(project: &Project, toolchain: &Toolchain, out: &Path, effort: Effort, show: Show) -> Result<()> {
    npm::install(&project.path("xtask"))?;
    // Before compiling: a source that changes while it runs then counts as newer than the result.
    let sources = record::sources(project)?;
    let packages = Packages::read(project, toolchain)?;
    if out.exists() {
        fs::remove_dir_all(out).with_context(|| format!("can't empty {}", out.display()))?;
    }
    let mut wasms = BTreeMap::new();
    for artifact in ARTIFACTS {
        compile(project, toolchain, &packages, artifact, effort, show)?;
        let folder = toolchain.target_folder(project).join(TARGET).join(effort.profile());
        bindgen(&folder.join("mtls_certs.wasm"), artifact, out)?;
        if effort == Effort::Release {
            optimise(project, &out.join(artifact.wasm))?;
        }
        let wasm = fs::read(out.join(artifact.wasm))?;
        fs::write(out.join(artifact.inline), inline::module(&wasm))?;
        wasms.insert(artifact.wasm.to_owned(), record::sha256(&wasm));
    }
    let record = Record {
        sources,
        wasms,
        rustc: match effort {
            Effort::Release => toolchain.version.clone(),
            Effort::Quick => format!("{}{QUICK}", toolchain.version),
        },
        host: toolchain.host.clone(),
        wasm_bindgen: packages.version("wasm-bindgen")?,
        binaryen: npm::installed_version(&project.path("xtask"), "binaryen")?,
    };
    record.write(out)
}

fn compile(
    project: &Project,
    toolchain: &Toolchain,
    packages: &Packages,
    artifact: &Artifact,
    effort: Effort,
    show: Show,
) -> Result<()> {
    // `cargo rustc` for the one crate type: made together with an rlib, the wasm is a sixth larger.
    let flags: Vec<String> = remaps(project, toolchain, packages)
        .into_iter()
        .chain(TRAP_ON_PANIC.iter().map(ToString::to_string))
        .collect();
    let mut cargo = toolchain.cargo(project, "rustc", &flags);
    cargo.args(["--profile", effort.profile(), "--crate-type", "cdylib"]).args(artifact.features);
    if effort == Effort::Release {
        cargo.args(FAST_ALLOCATION);
    }
    execute(&mut cargo, show)
}

/// Folders of this machine are replaced in what panics and debug information say. Where several match, rustc takes
/// the last, so the narrower come later.
fn remaps(project: &Project, toolchain: &Toolchain, packages: &Packages) -> Vec<String> {
    let std_sources = toolchain.sysroot.join("lib/rustlib/src/rust");
    let std_prefix = toolchain.std_prefix();
    let mut remaps = vec![
        (project.root.clone(), "mtls-certs"),
        (toolchain.target_folder(project), "target"),
        // Twice: a distribution may link it to somewhere else, and rustc may name either.
        (std_sources.canonicalize().unwrap_or_else(|_| std_sources.clone()), &*std_prefix),
        (std_sources, &*std_prefix),
    ];
    remaps.extend(packages.registries().iter().map(|folder| (folder.into(), "registry")));
    remaps.into_iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display())).collect()
}

fn bindgen(wasm: &Path, artifact: &Artifact, out: &Path) -> Result<()> {
    let before = files(out)?;
    let mut output = Bindgen::new()
        .input_path(wasm)
        .out_name(artifact.name)
        .web(true)?
        // No `new URL(…, import.meta.url)` in the glue: bundlers would look for a file, api.js always hands in a source.
        .omit_default_module_path(true)
        // The types are hand-written, for the facade and not for the glue.
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .generate_output()
        .context("wasm-bindgen failed")?;
    let imports = &mut output.wasm_mut().imports;
    let names = import_names::shortened(imports.iter().map(|import| &*import.name));
    for import in imports.iter_mut() {
        import.name.clone_from(&names[&import.name]);
    }
    output.emit(out).context("wasm-bindgen failed")?;
    let glue = out.join(artifact.glue);
    fs::write(&glue, import_names::renamed(fs::read_to_string(&glue)?, &names)?)?;
    let made: BTreeSet<String> = files(out)?.difference(&before).cloned().collect();
    if made != BTreeSet::from([artifact.glue.to_owned(), artifact.wasm.to_owned()]) {
        bail!(
            "wasm-bindgen made {made:?}; the package ships one glue file with each wasm, so `src/js` can't use snippets"
        );
    }
    Ok(())
}

fn files(folder: &Path) -> Result<BTreeSet<String>> {
    if !folder.exists() {
        return Ok(BTreeSet::new());
    }
    fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().to_string_lossy().into_owned())).collect()
}

fn optimise(project: &Project, wasm: &Path) -> Result<()> {
    let mut wasm_opt = npm::node();
    wasm_opt.arg(project.path("xtask/node_modules/binaryen/bin/wasm-opt"));
    wasm_opt.arg(wasm).arg("-o").arg(wasm).args(WASM_FEATURES).args(["-O3", "--strip-target-features"]);
    execute(&mut wasm_opt, Show::OnlyOnFailure)
}

fn execute(command: &mut Command, show: Show) -> Result<()> {
    match show {
        Show::Terminal => process::run(command),
        Show::OnlyOnFailure => process::output(command).map(drop),
    }
}

/// What `cargo metadata` tells: where dependencies lie, and their locked versions.
#[derive(Deserialize)]
struct Packages {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    version: String,
    source: Option<String>,
    manifest_path: String,
}

impl Packages {
    fn read(project: &Project, toolchain: &Toolchain) -> Result<Self> {
        let mut cargo = toolchain.cargo_metadata(project);
        serde_json::from_str(&process::output(&mut cargo)?).context("can't read `cargo metadata`")
    }

    fn version(&self, name: &str) -> Result<String> {
        let package = self.packages.iter().find(|package| package.name == name);
        Ok(package.with_context(|| format!("{name} is no dependency"))?.version.clone())
    }

    /// The folders that hold the packages' folders; more than one when a mirror or a vendored copy is in use.
    fn registries(&self) -> BTreeSet<String> {
        let outside = self.packages.iter().filter(|package| package.source.is_some());
        let folder = |package: &Package| {
            Some(Path::new(&package.manifest_path).parent()?.parent()?.display().to_string())
        };
        outside.filter_map(folder).collect()
    }
}
