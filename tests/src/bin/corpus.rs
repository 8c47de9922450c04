//! Generates every API below a folder into a crate of its own, compiles it, and reports.
//!
//! The status is 0 where every crate compiles without a warning, 1 where one does not, 2 where something can't be
//! read or written.

use std::{
    io::{self, IsTerminal, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::Parser;
use docwright_tests::{
    corpus::{
        compile::Workspace,
        find::find,
        measure::{Counts, measure},
        report::{Line, Report},
    },
    repository,
};

/// Generates every API below a folder into a crate of its own, compiles it, and reports
#[derive(Debug, Parser)]
struct Args {
    /// A folder of folders; the topmost that directly hold pages are APIs
    folder: PathBuf,
    /// The folders so many levels down are APIs, with all pages below them
    #[arg(long, value_name = "LEVELS")]
    depth: Option<usize>,
    /// Where the crates go, and stay [default: a temporary folder]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Only the APIs whose folder's path contains this
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// Generate and count, but do not compile
    #[arg(long)]
    no_check: bool,
    /// Print JSON instead of a table
    #[arg(long)]
    json: bool,
}

fn main() -> ExitCode {
    let args = Args::parse();
    match run(&args).and_then(|report| print(&args, &report).map(|()| report.is_well())) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(args: &Args) -> io::Result<Report> {
    let temporary = tempfile::tempdir()?;
    let out = args.out.as_deref().unwrap_or(temporary.path());
    std::fs::create_dir_all(out)?;
    let out = out.canonicalize()?;
    let runtime = repository().canonicalize()?.join("runtime");
    let mut found = find(&args.folder, args.depth)?;
    if let Some(only) = &args.only {
        found.retain(|api| api.folder.to_string_lossy().contains(only.as_str()));
    }
    let mut lines = Vec::new();
    for api in &found {
        progress("generating", &api.krate);
        let name = if api.folder.as_os_str().is_empty() { &args.folder } else { &api.folder };
        let (counts, failure) = match measure(api, &args.folder, &out, &runtime) {
            Ok(counts) => (counts, None),
            Err(error) => (Counts::default(), Some(error.to_string())),
        };
        lines.push(Line { api: name.display().to_string(), failure, counts, check: None });
    }
    let mut nothing = None;
    if !args.no_check {
        progress("building", "dependencies");
        let generated = || found.iter().zip(&lines).filter(|(_, line)| line.failure.is_none());
        let crates: Vec<_> = generated().map(|(api, _)| api.krate.as_str()).collect();
        let (workspace, empty) = Workspace::new(&out, &crates, &runtime)?;
        nothing = Some(empty);
        for (api, line) in found.iter().zip(&mut lines).filter(|(_, line)| line.failure.is_none()) {
            progress("checking", &api.krate);
            line.check = Some(workspace.check(&api.krate)?);
        }
    }
    Ok(Report::new(lines, nothing))
}

fn print(args: &Args, report: &Report) -> io::Result<()> {
    let text = if args.json {
        serde_json::to_string_pretty(report).map_err(io::Error::other)? + "\n"
    } else {
        report.table()
    };
    io::stdout().lock().write_all(text.as_bytes())
}

fn progress(doing: &str, what: &str) {
    if io::stderr().is_terminal() {
        eprintln!("{doing} {what}");
    }
}
