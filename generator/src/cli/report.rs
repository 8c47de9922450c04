//! The way to standard error: what is shown, how, and what the status has to remember.

use std::{
    io::{self, Write},
    time::Instant,
};

use docwright::{
    config::ConfigError,
    diagnostic::{Diagnostic, Severity, render::Renderer},
    source::Source,
};

use super::{
    exit::{Failure, Outcome},
    progress::Progress,
};

/// How much is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verbosity {
    /// Errors.
    Quiet,
    /// Errors and warnings.
    Normal,
    /// Notes too.
    Verbose,
}

/// What is shown, and how.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Messages {
    /// How.
    pub(crate) renderer: Renderer,
    /// How much.
    pub(crate) verbosity: Verbosity,
    /// Whether somebody watches who can be shown how far the work is.
    pub(crate) watched: bool,
}

/// Shows messages, and remembers errors.
#[derive(Debug)]
pub(crate) struct Reporter {
    messages: Messages,
    errors: usize,
    started: Instant,
}

impl Reporter {
    /// Nothing was reported yet.
    pub(crate) fn new(messages: Messages) -> Self {
        Self { messages, errors: 0, started: Instant::now() }
    }

    /// Shows diagnostics about `sources`, as far as the verbosity lets through; counts errors.
    pub(crate) fn diagnostics(&mut self, diagnostics: &[Diagnostic], sources: &[&Source]) {
        let least = match self.messages.verbosity {
            Verbosity::Quiet => Severity::Error,
            Verbosity::Normal => Severity::Warning,
            Verbosity::Verbose => Severity::Note,
        };
        for diagnostic in diagnostics {
            self.errors += usize::from(diagnostic.severity() == Severity::Error);
            if diagnostic.severity() >= least {
                show(&self.messages.renderer.render(diagnostic, sources));
            }
        }
    }

    /// How far the work is will be shown as other messages are.
    pub(crate) fn progress(&self) -> Progress {
        Progress { since: self.messages.watched.then_some(self.started) }
    }

    /// Shows why the run could not go on.
    pub(crate) fn failure(&mut self, failure: &Failure) {
        let renderer = &self.messages.renderer;
        show(&match failure {
            Failure::Config(ConfigError::Invalid { text, diagnostic }) => {
                renderer.render(diagnostic, &[text])
            }
            _ => renderer.render_plain(Severity::Error, &failure.to_string()),
        });
    }

    /// Shows an error that is about no place on a page.
    pub(crate) fn error(&mut self, message: &str) {
        self.errors += 1;
        show(&self.messages.renderer.render_plain(Severity::Error, message));
    }

    /// Says what was done, or what to do; not in quiet runs.
    pub(crate) fn status(&self, message: &str) {
        if self.messages.verbosity != Verbosity::Quiet {
            show(&self.messages.renderer.render_plain(Severity::Note, message));
        }
    }

    /// Whether anything that was reported is an error.
    pub(crate) fn outcome(&self) -> Outcome {
        Outcome::faults(self.errors > 0)
    }
}

/// Writes to standard error. Where that is closed, there is nowhere left to complain.
fn show(text: &str) {
    let mut out = io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
