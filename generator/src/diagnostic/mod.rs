//! What a run has to say: values first, drawing apart.
//!
//! A [`Diagnostic`] names a [`Code`] of the catalogue in [`codes`], a place, what was found (message), why
//! the place matters (label) and what to do (help). Stages collect them; nothing is printed here.
//! [`render`] draws them over the page's text.
//!
//! Style: lower case, no full stop; the message says what was found, the label why here, the help what to do.

pub mod codes;
pub mod render;

use std::borrow::Cow;

use serde::Serialize;

use crate::source::Span;

/// How much a diagnostic matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something was inferred or is worth knowing; the result is right as far as the page tells.
    Note,
    /// Something on the page is contradictory, or could not be understood and was left out.
    Warning,
    /// The page can't be used as it is.
    Error,
}

impl Severity {
    /// Its name, lower case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One kind of diagnostic: a stable name, how much it matters, and what it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Code {
    /// The stable name, kebab-case.
    pub name: &'static str,
    /// The severity that diagnostics of this code have.
    pub severity: Severity,
    /// What the code means, one sentence.
    pub summary: &'static str,
}

/// A message about a place on a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// The kind.
    pub code: Code,
    /// Where.
    pub span: Span,
    /// What was found.
    pub message: String,
    /// Why this place, drawn under the text.
    pub label: Option<Cow<'static, str>>,
    /// What to do.
    pub help: Option<Cow<'static, str>>,
    /// Other places that matter, with why.
    pub related: Vec<(Span, Cow<'static, str>)>,
}

impl Diagnostic {
    /// A diagnostic with neither label nor help yet.
    #[must_use]
    pub fn new(code: Code, span: Span, message: impl Into<String>) -> Self {
        Self { code, span, message: message.into(), label: None, help: None, related: Vec::new() }
    }

    /// Says why this place matters.
    #[must_use]
    pub fn label(mut self, label: impl Into<Cow<'static, str>>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Points at another place.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<Cow<'static, str>>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// The severity of its code.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity
    }
}

/// Sorts by page and position, keeping the order of what starts at the same place.
pub fn sort(diagnostics: &mut [Diagnostic]) {
    diagnostics.sort_by_key(|d| (d.span.page, d.span.start));
}
