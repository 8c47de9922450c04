//! The `docwright` command: reads the arguments, runs one subcommand, maps the outcome to a status.
//!
//! Results go to standard output, everything else to standard error. Everything that is worth calling
//! from elsewhere lives in the library; here is only what a terminal needs.

mod cli;

use std::process::ExitCode;

#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    cli::run()
}
