//! How a run ends: what it found, why it could not go on, and the status of each.

use std::{io, path::PathBuf, process::ExitCode};

/// What a run that reached its end found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All is well.
    Clean,
    /// A document has an error, or pages and files have drifted apart.
    Faults,
}

impl Outcome {
    /// [`Outcome::Faults`] where there are any.
    pub(crate) fn faults(any: bool) -> Self {
        if any { Self::Faults } else { Self::Clean }
    }
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Clean => Self::SUCCESS,
            Outcome::Faults => Self::from(1),
        }
    }
}

/// Why a run could not go on: usage or input/output.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The arguments make no sense together.
    #[error("{0}")]
    Usage(String),
    /// A page can't be read.
    #[error("{name} can't be read: {error}")]
    Input {
        /// The page or folder, as it was typed.
        name: String,
        /// Why.
        error: io::Error,
    },
    /// A folder holds no page.
    #[error("{0} holds no page: no `.md`, `.mdx` or `.txt` file")]
    NoPages(PathBuf),
    /// Standard output can't be written.
    #[error("standard output can't be written: {0}")]
    Output(io::Error),
    /// A result has no written form.
    #[error("the result can't be written down: {0}")]
    Format(String),
}

impl Failure {
    /// The status of the process.
    pub(crate) fn status(&self) -> ExitCode {
        if self.is_broken_pipe() { ExitCode::SUCCESS } else { ExitCode::from(2) }
    }

    /// Whether it is only that nobody reads standard output any more.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
