//! How a run ends: what it found, why it could not go on, and the status of each.

use std::{io, path::PathBuf, process::ExitCode};

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
    #[error(
        "there is no `docwright.yaml` here or in a folder above; name one with `--config`, or name pages"
    )]
    NoConfig,
    /// Where "here" is can't be told.
    #[error("the current folder can't be told: {0}")]
    CurrentFolder(io::Error),
    /// None of an API's pages could be read.
    #[error("no page of the API `{0}` could be understood")]
    NothingRead(String),
    /// The output folder holds what these pages do not give, and no configuration says that it is gone.
    #[error(
        "{} holds generated code that is not of these pages: {others}; list all APIs of the folder in a \
         `docwright.yaml`, choose another folder, or remove what is not needed any more",
        folder.display()
    )]
    Others {
        /// The output folder.
        folder: PathBuf,
        /// What it holds.
        others: String,
    },
    /// It could not go on before anything was written, though that was the intent.
    #[error("{0}; nothing was written")]
    Unwritten(Box<Failure>),
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
            Self::Unwritten(failure) => failure.status(),
            _ => ExitCode::from(2),
        }
    }

    /// Says of what has to do with the output folder that nothing was written there.
    pub(crate) fn unwritten(self) -> Self {
        match self {
            Self::NothingRead(_) | Self::OutputFolder(_) | Self::Others { .. } => {
                Self::Unwritten(Box::new(self))
            }
            _ => self,
        }
    }

    /// Whether it is only that nobody reads standard output any more.
    pub(crate) fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }
}
