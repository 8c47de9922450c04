//! What was typed becomes what to do.

use clap_complete::Shell;

use super::{
    args::{Command, DocumentFormat},
    exit::Failure,
    input::PageArguments,
    target::TargetPlan,
};

/// What to do.
#[derive(Debug)]
pub(crate) enum Task {
    /// Write code.
    Generate {
        /// Of what, and where to.
        target: TargetPlan,
        /// Whether only to say what would be written.
        dry_run: bool,
        /// Whether edited files are overwritten.
        force: bool,
    },
    /// Compare code.
    Check {
        /// Of what, and where.
        target: TargetPlan,
    },
    /// Print what was read of each page.
    Explain {
        /// The pages.
        pages: PageArguments,
    },
    /// Print an OpenAPI document.
    Openapi {
        /// The pages.
        pages: PageArguments,
        /// How.
        format: DocumentFormat,
    },
    /// Print the model.
    Model {
        /// The pages.
        pages: PageArguments,
    },
    /// Print a completion script.
    Completions {
        /// For which shell.
        shell: Shell,
    },
}

impl Task {
    /// Decides.
    pub(crate) fn new(command: Command) -> Result<Self, Failure> {
        Ok(match command {
            Command::Generate { target, dry_run, force } => {
                Self::Generate { target: TargetPlan::new(target)?, dry_run, force }
            }
            Command::Check { target } => Self::Check { target: TargetPlan::new(target)? },
            Command::Explain { pages } => Self::Explain { pages: PageArguments::new(pages)? },
            Command::Openapi { pages, format } => Self::Openapi { pages: PageArguments::new(pages)?, format },
            Command::Model { pages } => Self::Model { pages: PageArguments::new(pages)? },
            Command::Completions { shell } => Self::Completions { shell },
        })
    }
}
