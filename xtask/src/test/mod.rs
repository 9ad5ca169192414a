//! `cargo xtask test`: every test, with its own set-up, and one summary. A failing step doesn't stop the others.

mod browsers;
mod counts;
mod report;
pub mod setup;
mod steps;

use std::env;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::process;
use crate::project::Project;
use report::{Outcome, Report};
use setup::{Need, Setup};
use steps::{STEPS, Step};

/// No step takes a third of this on two cores; one that does hangs.
const STEP_LIMIT: Duration = Duration::from_secs(20 * 60);

pub fn list() {
    for step in STEPS {
        println!("{:10} {}", step.name, step.about);
    }
}

pub fn command(project: &Project, name: &str) -> Result<()> {
    let chosen: Vec<_> = STEPS.iter().filter(|step| step.name.contains(name)).collect();
    if chosen.is_empty() {
        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        bail!("no step is called `{name}`; there are {}", names.join(", "));
    }
    let ci = env::var_os("CI").is_some_and(|value| value == "true");
    let bench = Bench { project, setup: Setup::new(project) };
    let mut report = Report::default();
    let start = Instant::now();
    thread::scope(|scope| {
        let mut beside = Vec::new();
        // Most of it waits for the network and the disk, while the first steps compile.
        let needs = chosen.iter().flat_map(|step| step.needs.iter().chain(step.judges)).copied().collect();
        scope.spawn(|| bench.set_up_ahead(needs));
        for step in chosen {
            println!("{}: {}", step.name, step.about);
            // What it needs is set up before anything runs beside it: two set-ups of one thing would be in each other's way.
            let ready = bench.set_up(step);
            if step.beside {
                beside.push((step, scope.spawn(|| bench.outcome(step, ready))));
            } else {
                let (outcome, time) = bench.outcome(step, ready);
                report.take(step.name, outcome, time);
            }
        }
        for (step, thread) in beside {
            let (outcome, time) = thread
                .join()
                .unwrap_or_else(|_| (Outcome::failed("the step panicked".to_owned()), Duration::ZERO));
            report.take(step.name, outcome, time);
        }
    });
    if !report.print(ci, start.elapsed()) {
        std::process::exit(1);
    }
    Ok(())
}

/// What steps work with.
struct Bench<'a> {
    project: &'a Project,
    setup: Setup<'a>,
}

impl Bench<'_> {
    /// In the order of the steps. What can't be had is said by the step that needs it.
    fn set_up_ahead(&self, needs: Vec<Need>) {
        for need in needs {
            let _ = self.setup.check(need);
        }
    }

    fn set_up(&self, step: &Step) -> Result<(), String> {
        step.needs.iter().try_for_each(|need| self.setup.check(*need))
    }

    fn outcome(&self, step: &Step, ready: Result<(), String>) -> (Outcome, Duration) {
        let start = Instant::now();
        let outcome = match ready {
            Ok(()) => (step.run)(self, step),
            Err(reason) => Outcome::skipped(reason),
        };
        (outcome, start.elapsed())
    }

    /// Runs a command of a step with its output in a log: `Ok` when it succeeded, the output either way.
    fn run(&self, step: &str, command: &mut Command) -> Result<String, String> {
        let log = self.project.target.join("test-logs").join(format!("{step}.log"));
        command.current_dir(&self.project.root);
        match process::logged(command, &log, STEP_LIMIT) {
            Ok((status, output)) if status.success() => Ok(output),
            Ok((_, output)) => Err(output),
            Err(error) => Err(format!("{error:#}")),
        }
    }

    /// Hands the judges to a command, as far as this machine has them. What is missing is a skip, with its reason.
    fn lend(&self, command: &mut Command, needs: &[Need]) -> Vec<String> {
        let mut lend = |name: &str, path: Result<&std::path::PathBuf, String>| {
            path.map(|path| {
                command.env(name, path);
            })
        };
        let mut missing = Vec::new();
        for need in needs {
            let result = match need {
                Need::Python => lend("MTLS_CERTS_PYTHON", self.setup.python()),
                Need::Chromium => lend("CHROMIUM", self.setup.chromium()),
                Need::Firefox => lend("FIREFOX", self.setup.firefox()),
                Need::WebKit => lend("WEBKIT", self.setup.webkit()),
                other => self.setup.check(*other),
            };
            missing.extend(result.err().map(|reason| format!("what needs {need:?}: {reason}")));
        }
        missing
    }

    /// The files of a folder that end in `.test.mjs`, sorted; none when there is no such folder.
    fn test_files(&self, folder: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.project.path(folder)).into_iter().flatten().flatten();
        let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
        let mut files: Vec<String> =
            names.filter(|name| name.ends_with(".test.mjs")).map(|name| format!("{folder}/{name}")).collect();
        files.sort();
        files
    }

    fn log_path(&self, file: &str) -> std::path::PathBuf {
        self.project.target.join("test-logs").join(Path::new(file))
    }
}
