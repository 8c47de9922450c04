//! From arguments to a status: parse, decide what to do, do it.
//!
//! [`args`] says what can be typed, [`task`] turns it into what to do, one file for each subcommand does
//! it. [`report`] is the only way to standard error, [`exit`] the only place that knows statuses.

mod args;
mod check;
mod completions;
mod exit;
mod explain;
mod generate;
mod input;
mod model;
mod openapi;
mod progress;
mod report;
mod runtime;
mod target;
mod task;

use std::{
    io::{self, Write},
    process::ExitCode,
};

use clap::Parser;

use exit::{Failure, Outcome};
use report::Reporter;
use task::Task;

/// Runs the command that was typed.
pub(crate) fn run() -> ExitCode {
    let args = args::Args::parse();
    let mut reporter = Reporter::new(args.messages());
    let done = Task::new(args.command).and_then(|task| run_task(task, &mut reporter));
    match done {
        Ok(outcome) => outcome.into(),
        Err(failure) => {
            let status = failure.status();
            // A reader that went away is how pipelines end; there is nobody to tell.
            if !failure.is_broken_pipe() {
                reporter.failure(&failure);
            }
            status
        }
    }
}

fn run_task(task: Task, reporter: &mut Reporter) -> Result<Outcome, Failure> {
    match task {
        Task::Generate { target, dry_run, force } => generate::run(&target, dry_run, force, reporter),
        Task::Check { target } => check::run(&target, reporter),
        Task::Explain { pages } => explain::run(&pages, reporter),
        Task::Openapi { pages, format } => openapi::run(&pages, format, reporter),
        Task::Model { pages } => model::run(&pages, reporter),
        Task::Completions { shell } => completions::run(shell),
    }
}

/// Writes a result to standard output.
fn write_result(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(Failure::Output)
}
