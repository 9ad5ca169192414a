//! The steps, in the order that they run: what is quick to say no comes first.

use std::fs;
use std::process::Command;

use super::Bench;
use super::counts::{self, Counts};
use super::report::Outcome;
use super::setup::Need;
use crate::build::{ARTIFACTS, Artifact};
use crate::fresh::{self, Rebuilt};
use crate::npm;
use crate::process;

pub struct Step {
    pub name: &'static str,
    pub about: &'static str,
    /// Without these the step is skipped.
    pub needs: &'static [Need],
    /// The judges that it is lent. Without one the step runs, and what the judge would have judged is skipped.
    pub judges: &'static [Need],
    /// Runs while those after it do: it keeps one core busy, and they do not keep two.
    pub beside: bool,
    pub run: fn(&Bench, &Step) -> Outcome,
}

pub const STEPS: &[Step] = &[
    Step {
        name: "format",
        about: "rustfmt changes nothing",
        needs: &[],
        judges: &[],
        beside: false,
        run: format,
    },
    Step {
        name: "lint",
        about: "clippy, warnings denied",
        needs: &[],
        judges: &[],
        beside: false,
        run: lint,
    },
    Step {
        name: "lint-wasm",
        about: "the same for the wasm build",
        needs: &[Need::Wasm],
        judges: &[],
        beside: false,
        run: lint_wasm,
    },
    Step {
        name: "docs",
        about: "rustdoc, warnings denied",
        needs: &[],
        judges: &[],
        beside: false,
        run: docs,
    },
    Step {
        name: "dist",
        about: "pkg/dist is of the sources here",
        needs: &[],
        judges: &[],
        beside: false,
        run: dist,
    },
    Step {
        name: "native",
        about: "cargo test, foreign verifiers among them",
        needs: &[],
        judges: &[Need::Tools, Need::Python, Need::Java, Need::Gnutls, Need::Nss],
        beside: false,
        run: native,
    },
    Step {
        name: "rebuild",
        about: "a build gives pkg/dist, byte for byte",
        needs: &[Need::Wasm, Need::SingleFile],
        judges: &[],
        beside: true,
        run: rebuild,
    },
    Step {
        name: "types",
        about: "tsc on index.d.ts",
        needs: &[Need::NpmPackages],
        judges: &[],
        beside: false,
        run: types,
    },
    Step {
        name: "node",
        about: "the package in Node and on other hosts, app_bob, curl",
        needs: &[Need::NpmPackages],
        judges: &[Need::Tools, Need::Python, Need::Java, Need::Gnutls],
        beside: false,
        run: node,
    },
    Step {
        name: "browser",
        about: "the page in Chromium; the package in Firefox and WebKit, and as bundlers pack it",
        needs: &[Need::NpmPackages, Need::SingleFile, Need::Chromium],
        judges: &[Need::Tools, Need::Chromium, Need::Firefox, Need::WebKit],
        beside: false,
        run: browser,
    },
    Step {
        name: "publint",
        about: "publint --strict on the package",
        needs: &[Need::NpmPackages],
        judges: &[],
        beside: false,
        run: publint,
    },
    Step {
        name: "attw",
        about: "its types as TypeScript resolves them",
        needs: &[Need::NpmPackages],
        judges: &[],
        beside: false,
        run: attw,
    },
];

fn format(bench: &Bench, _: &Step) -> Outcome {
    Outcome::single(bench.run("format", cargo().args(["fmt", "--all", "--check"])))
}

fn lint(bench: &Bench, _: &Step) -> Outcome {
    let mut clippy = cargo();
    clippy.args(["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]);
    Outcome::single(bench.run("lint", &mut clippy))
}

/// Debian's compiler comes without clippy; there rustc's own warnings are denied. `--release` shares the compiled
/// macros of the build.
fn lint_wasm(bench: &Bench, _: &Step) -> Outcome {
    let toolchain = match bench.setup.wasm() {
        Ok(toolchain) => toolchain,
        Err(reason) => return Outcome::skipped(reason),
    };
    let lint = |artifact: &Artifact| {
        let mut cargo = if toolchain.has_clippy() {
            let mut clippy = toolchain.cargo(bench.project, "clippy", &[]);
            clippy.arg("--release").args(artifact.features).args(["--", "-D", "warnings"]);
            clippy
        } else {
            let mut check = toolchain.cargo(bench.project, "check", &["-Dwarnings".to_owned()]);
            check.arg("--release").args(artifact.features);
            check
        };
        bench.run("lint-wasm", &mut cargo)
    };
    Outcome::single(ARTIFACTS.iter().map(lint).collect())
}

fn docs(bench: &Bench, _: &Step) -> Outcome {
    let mut doc = cargo();
    doc.env("RUSTDOCFLAGS", "-D warnings").args(["doc", "--workspace", "--no-deps", "--locked"]);
    Outcome::single(bench.run("docs", &mut doc))
}

/// The sources are the recorded ones; the files agree with each other.
fn dist(bench: &Bench, _: &Step) -> Outcome {
    [fresh::matches_sources(bench.project), fresh::agrees_with_itself(bench.project)]
        .map(|result| Outcome::single(result.map(|()| String::new()).map_err(|error| format!("{error:#}"))))
        .into_iter()
        .collect()
}

fn rebuild(bench: &Bench, _: &Step) -> Outcome {
    let toolchain = match bench.setup.wasm() {
        Ok(toolchain) => toolchain,
        Err(reason) => return Outcome::skipped(reason),
    };
    Outcome::single(match fresh::rebuild(bench.project, toolchain) {
        Ok(Rebuilt::SameBytes) => Ok(String::new()),
        Ok(Rebuilt::OtherCompiler { committed }) => {
            println!("  built, but bytes compare only with {committed}; here is {}", toolchain.version);
            Ok(String::new())
        }
        Err(error) => Err(format!("{error:#}")),
    })
}

fn native(bench: &Bench, step: &Step) -> Outcome {
    let mut test = cargo();
    let missing = bench.lend(&mut test, step.judges);
    test.args(["test", "--workspace", "--locked", "--no-fail-fast"]);
    counted(bench.run("native", &mut test), missing, counts::libtest)
}

fn types(bench: &Bench, _: &Step) -> Outcome {
    // A page's libraries, and a Node project's.
    let check = |project: &str| {
        let mut tsc = npm::tool(&bench.project.path("tests"), "tsc");
        Outcome::single(bench.run("types", tsc.args(["--noEmit", "-p", project])))
    };
    ["tests/types", "tests/types/node"].into_iter().map(check).collect()
}

fn node(bench: &Bench, step: &Step) -> Outcome {
    node_tests(bench, step, "tests/js", &[])
}

/// One file at a time: two browsers on two cores make each other's time limits fail.
fn browser(bench: &Bench, step: &Step) -> Outcome {
    node_tests(bench, step, "tests/browser", &["--test-concurrency=1"])
}

fn publint(bench: &Bench, _: &Step) -> Outcome {
    let mut publint = npm::tool(&bench.project.path("tests"), "publint");
    Outcome::single(bench.run("publint", publint.args(["--strict", "pkg"])))
}

/// `esm-only`: Node 20.19 loads the package with `require()` too, which attw takes for a fault; and resolvers older
/// than `exports` are not promised. `./wasm` and `./in-page.wasm` are binaries and have no types.
fn attw(bench: &Bench, _: &Step) -> Outcome {
    let mut attw = npm::tool(&bench.project.path("tests"), "attw");
    attw.args([
        "--pack",
        "pkg",
        "--profile",
        "esm-only",
        "--exclude-entrypoints",
        "./wasm",
        "./in-page.wasm",
    ]);
    Outcome::single(bench.run("attw", &mut attw))
}

fn node_tests(bench: &Bench, step: &Step, folder: &str, arguments: &[&str]) -> Outcome {
    let files = bench.test_files(folder);
    if files.is_empty() {
        return Outcome::failed(format!("{folder} holds no *.test.mjs"));
    }
    let tap = bench.log_path(&format!("{}.tap", step.name));
    let mut node = npm::node();
    let missing = bench.lend(&mut node, step.judges);
    node.args(["--test", "--test-timeout=600000"]).args(arguments);
    node.args(["--test-reporter=spec", "--test-reporter-destination=stdout", "--test-reporter=tap"]);
    node.arg(format!("--test-reporter-destination={}", tap.display())).args(files);
    let _ = fs::remove_file(&tap);
    let result = bench.run(step.name, &mut node);
    let told = fs::read_to_string(&tap).unwrap_or_default();
    let mut outcome = counted(result, missing, |_| counts::tap(&told));
    for file in counts::files_without_tests(&told) {
        outcome.output += &format!("\nno test in {file}");
    }
    outcome
}

/// The runner's own counts. One that failed without counting a failure (it didn't compile) or ran nothing has failed.
fn counted(result: Result<String, String>, missing: Vec<String>, count: impl Fn(&str) -> Counts) -> Outcome {
    let failed = result.is_err();
    let mut output = result.unwrap_or_else(|output| output);
    let mut counts = count(&output);
    if counts.passed + counts.failed == 0 {
        output += "\nno test ran";
        counts.failed = 1;
    } else if failed && counts.failed == 0 {
        counts.failed = 1;
    }
    counts.skipped.extend(missing);
    Outcome { counts, output }
}

/// The cargo that runs xtask, and so the same toolchain.
fn cargo() -> Command {
    process::command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}
