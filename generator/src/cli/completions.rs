//! `docwright completions`: a completion script on standard output.

use clap::CommandFactory;
use clap_complete::Shell;

use super::{
    args::Args,
    exit::{Failure, Outcome},
    write_result,
};

/// Prints the script.
pub(crate) fn run(shell: Shell) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "docwright", &mut script);
    write_result(&String::from_utf8_lossy(&script))?;
    Ok(Outcome::Clean)
}
