//! What was typed becomes what to do.

use clap_complete::Shell;

use super::{
    args::{Command, DocumentFormat},
    exit::Failure,
    input::PageArguments,
};

/// What to do.
#[derive(Debug)]
pub(crate) enum Task {
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
            Command::Openapi { pages, format } => Self::Openapi { pages: PageArguments::new(pages)?, format },
            Command::Model { pages } => Self::Model { pages: PageArguments::new(pages)? },
            Command::Completions { shell } => Self::Completions { shell },
        })
    }
}
