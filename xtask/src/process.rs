//! Running other programs: an environment of its own, errors that name the command and show what it printed.

use std::env;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

/// A command without what `cargo run` leaves in the environment of xtask: children that are cargo themselves would
/// take those values for the user's.
pub fn command(program: impl AsRef<Path>) -> Command {
    let mut command = Command::new(program.as_ref());
    for (name, _) in env::vars_os() {
        let name = name.to_string_lossy();
        let ours =
            ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_"].iter().any(|prefix| name.starts_with(prefix));
        if ours || name == "CARGO" || name == "OUT_DIR" || name == "RUST_RECURSION_COUNT" {
            command.env_remove(&*name);
        }
    }
    command.stdin(Stdio::null());
    command
}

/// Runs with the output on the terminal.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("can't start `{}`", shown(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", shown(command));
    }
    Ok(())
}

/// Runs and returns standard output; what it printed to standard error comes with the error.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command.output().with_context(|| format!("can't start `{}`", shown(command)))?;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        bail!("`{}` failed ({}): {}", shown(command), output.status, errors.trim());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs with all output in the file `log`, no longer than `limit`.
///
/// A file and not a pipe: a grandchild that outlives its parent holds a pipe open and would make us wait for ever.
pub fn logged(command: &mut Command, log: &Path, limit: Duration) -> Result<(ExitStatus, String)> {
    if let Some(folder) = log.parent() {
        fs::create_dir_all(folder)?;
    }
    let file = File::create(log).with_context(|| format!("can't write {}", log.display()))?;
    command.stdout(file.try_clone()?).stderr(file);
    let mut child = command.spawn().with_context(|| format!("can't start `{}`", shown(command)))?;
    let status = wait(&mut child, limit)?;
    let mut text = String::from_utf8_lossy(&fs::read(log)?).into_owned();
    let Some(status) = status else {
        text.push_str(&format!("\nended after {} s, the limit of one step\n", limit.as_secs()));
        bail!("{text}");
    };
    Ok((status, text))
}

/// The path of a program on the PATH.
pub fn find(program: &str) -> Option<PathBuf> {
    let paths = env::var_os("PATH")?;
    env::split_paths(&paths)
        .map(|folder| folder.join(format!("{program}{}", env::consts::EXE_SUFFIX)))
        .find(|path| path.is_file())
}

fn wait(child: &mut Child, limit: Duration) -> Result<Option<ExitStatus>> {
    let start = Instant::now();
    while start.elapsed() < limit {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        thread::sleep(Duration::from_millis(50));
    }
    // Asked politely first: node's test runner then ends the processes that it started, a browser among them.
    if cfg!(unix) {
        let _ = Command::new("kill").arg(child.id().to_string()).status();
        thread::sleep(Duration::from_secs(5));
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}
