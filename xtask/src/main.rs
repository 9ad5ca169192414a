//! The project's own commands, run as `cargo xtask NAME`. Nothing to install but Rust and Node.
//!
//! - [`mod@build`]: the crate to `pkg/dist`, the same bytes from the same compiler in any folder
//! - [`mod@single_file`]: the page as one file
//! - [`serve`]: the page, on localhost
//! - [`mod@test`]: every test with its own set-up, and one summary
//! - [`mod@bench`]: the package measured beside its peers
//! - [`pack`]: the npm package as it would be published

mod bench;
mod build;
mod fresh;
mod npm;
mod pack;
mod process;
mod project;
mod serve;
mod single_file;
mod test;
mod toolchain;

use anyhow::{Context, Result, bail};
use build::Effort;
use project::Project;
use toolchain::Choice;

const HELP: &str = "\
cargo xtask <command>

  build [--toolchain rustup|debian]   compile the crate to pkg/dist, print its size, make the single-file page
  build --quick                       the same in seconds, large and slow: for tests while editing, never to be committed
  serve [--port 8080]                 build what is stale, serve the page on localhost (port 0: any free one)
  test [NAME]                         set up and run every test, or the steps whose name contains NAME
  test --list                         the names of the steps
  bench [NAME] [--quick] [--write]    measure beside the peers; the rows whose name contains NAME; into BENCHMARKS.md
  bench --list                        the names of the rows
  pack                                build what is stale, npm pack into target/

With CI=true a skipped test counts as failed.";

fn main() {
    if let Err(error) = run(std::env::args().skip(1).collect()) {
        eprintln!("cargo xtask: {error:#}");
        std::process::exit(1);
    }
}

fn run(args: Vec<String>) -> Result<()> {
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let project = Project::locate()?;
    match args[..] {
        [] | ["help" | "-h" | "--help", ..] | [_, "-h" | "--help"] => {
            println!("{HELP}");
            Ok(())
        }
        ["build"] => build(&project, Choice::Best, Effort::Release),
        ["build", "--quick"] => build(&project, Choice::Best, Effort::Quick),
        ["build", "--toolchain", name] => build(&project, Choice::named(name)?, Effort::Release),
        ["serve"] => serve::command(&project, serve::DEFAULT_PORT),
        ["serve", "--port", port] => serve::command(&project, parse_port(port)?),
        ["test", "--list"] => {
            test::list();
            Ok(())
        }
        ["test"] => test::command(&project, ""),
        ["test", name] if !name.starts_with('-') => test::command(&project, name),
        ["bench", ref arguments @ ..] => bench::command(&project, arguments),
        ["pack"] => pack::command(&project),
        _ => bail!("can't read `{}`\n\n{HELP}", args.join(" ")),
    }
}

fn build(project: &Project, choice: Choice, effort: Effort) -> Result<()> {
    build::command(project, choice, effort)?;
    let file = single_file::make(project)?;
    println!("{}", file.strip_prefix(&project.root).unwrap_or(&file).display());
    Ok(())
}

fn parse_port(text: &str) -> Result<u16> {
    text.parse().with_context(|| format!("--port takes a number from 0 to 65535, not `{text}`"))
}
