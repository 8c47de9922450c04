//! How a run ends: what it found, why it could not go on, and the status of each.

use std::{io, process::ExitCode};

use docwright::{config::ConfigError, input::InputError, output::OutputError};

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

/// Why a run could not go on: usage or input/output, but for [`Failure::NothingRead`].
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The arguments make no sense together.
    #[error("{0}")]
    Usage(String),
    /// Standard input can't be read.
    #[error("standard input can't be read: {0}")]
    Stdin(io::Error),
    /// A page can't be read.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The configuration can't be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// There is no configuration.
    #[error("there is no `docwright.yaml` here or above; name one with `--config`, or pages with `--out`")]
    NoConfig,
    /// Where "here" is can't be told.
    #[error("the current folder can't be told: {0}")]
    CurrentFolder(io::Error),
    /// None of an API's pages could be read.
    #[error("no page of the API `{0}` could be understood; nothing was written")]
    NothingRead(String),
    /// The output folder can't be used.
    #[error(transparent)]
    OutputFolder(#[from] OutputError),
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
        match self {
            _ if self.is_broken_pipe() => ExitCode::SUCCESS,
            // The documents are at fault, not how the command was called.
            Self::NothingRead(_) => Outcome::Faults.into(),
            _ => ExitCode::from(2),
        }
    }

    /// Whether it is only that nobody reads standard output any more.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
