//! Reads an API, writes its crate, and counts on the way.

use std::{
    collections::BTreeMap,
    path::Path,
    time::{Duration, Instant},
};

use docwright::{
    claims,
    diagnostic::Diagnostic,
    input::{InputError, read_apis, read_path},
    limits::Limits,
    output::{OutputError, Plan},
    pipeline::{Files, Layout, Package, generate},
};
use serde::Serialize;

use super::find::Found;

/// What was counted of an API, or of several.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Counts {
    /// Pages.
    pub pages: usize,
    /// Pages that no reader took.
    pub unread_pages: usize,
    /// Bytes of the pages' text.
    pub bytes: usize,
    /// Operations.
    pub operations: usize,
    /// Lines of the pages' text that are not blank.
    pub text_lines: usize,
    /// Those on which something is that nothing claimed.
    pub unclaimed_lines: usize,
    /// Diagnostics, by severity and code.
    pub diagnostics: BTreeMap<String, BTreeMap<String, usize>>,
    /// Types.
    pub types: usize,
    /// Lines of Rust, all of them.
    pub rust_lines: usize,
    /// Of these: documentation and comments.
    pub rust_doc_lines: usize,
    /// Of these: by file.
    pub rust_lines_by_part: BTreeMap<String, usize>,
    /// From bytes to a model, with how the pages are joined, in seconds.
    pub read_seconds: f64,
    /// From the model to formatted text, in seconds.
    pub generate_seconds: f64,
}

/// Why there is no crate.
#[derive(Debug)]
pub enum MeasureError {
    /// A page can't be read.
    Input(InputError),
    /// The crate can't be written.
    Output(OutputError),
}

impl std::fmt::Display for MeasureError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Input(error) => error.fmt(f),
            Self::Output(error) => error.fmt(f),
        }
    }
}

/// Reads an API, whose folder lies in `root`, and writes its crate below `out`, in a folder of the crate's name. Its runtime is that of this
/// repository.
///
/// # Errors
///
/// Where a page can't be read, or the crate can't be written.
pub fn measure(api: &Found, root: &Path, out: &Path, runtime: &Path) -> Result<Counts, MeasureError> {
    let inputs =
        read_path(&root.join(&api.folder), &api.folder, Limits::default()).map_err(MeasureError::Input)?;
    let mut counts = Counts { pages: inputs.len(), ..Counts::default() };
    let started = Instant::now();
    let reading = read_apis(vec![(api.api.clone(), inputs)]);
    counts.read_seconds = started.elapsed().as_secs_f64();
    let models = reading.models();
    let started = Instant::now();
    let (files, said) = generate(&models, &layout(&api.krate, runtime));
    counts.generate_seconds = started.elapsed().as_secs_f64();

    for page in &reading.pages {
        let text = page.source.text();
        let claims::Lines { written, unclaimed } = page.claims.lines(text);
        counts.bytes += text.len();
        counts.text_lines += written;
        counts.unclaimed_lines += unclaimed;
        counts.unread_pages += usize::from(page.page.is_none());
    }
    counts.operations = models.iter().map(|api| api.operations.len()).sum();
    for diagnostic in reading.diagnostics.iter().chain(&said) {
        counts.count_diagnostic(diagnostic);
    }
    counts.count_files(&files);
    Plan::new(&out.join(&api.krate), &files).and_then(|plan| plan.write()).map_err(MeasureError::Output)?;
    Ok(counts)
}

/// The layout of a crate that is compiled here.
pub(super) fn layout(name: &str, runtime: &Path) -> Layout {
    let runtime_path = Some(runtime.display().to_string());
    Layout { package: Some(Package { name: name.to_owned(), runtime_path }), ..Layout::default() }
}

impl Counts {
    fn count_diagnostic(&mut self, diagnostic: &Diagnostic) {
        let severity = diagnostic.severity().as_str().to_owned();
        let codes = self.diagnostics.entry(severity).or_default();
        *codes.entry(diagnostic.code.name.to_owned()).or_default() += 1;
    }

    fn count_files(&mut self, files: &Files) {
        let rust = files.iter().filter(|(path, _)| path.extension().is_some_and(|ending| ending == "rs"));
        for (path, text) in rust {
            let part = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            // Only a type of its own is declared at the margin, and only in this file.
            let types = ["pub struct ", "pub enum ", "pub type "];
            let is_type = |line: &str| part == "types" && types.iter().any(|start| line.starts_with(start));
            self.types += text.lines().filter(|line| is_type(line)).count();
            self.rust_doc_lines += text.lines().filter(|line| line.trim_start().starts_with("//")).count();
            self.rust_lines += text.lines().count();
            *self.rust_lines_by_part.entry(part).or_default() += text.lines().count();
        }
    }

    /// Adds what was counted of another API.
    pub fn add(&mut self, other: &Self) {
        self.pages += other.pages;
        self.unread_pages += other.unread_pages;
        self.bytes += other.bytes;
        self.operations += other.operations;
        self.text_lines += other.text_lines;
        self.unclaimed_lines += other.unclaimed_lines;
        for (severity, codes) in &other.diagnostics {
            let all = self.diagnostics.entry(severity.clone()).or_default();
            for (code, count) in codes {
                *all.entry(code.clone()).or_default() += count;
            }
        }
        self.types += other.types;
        self.rust_lines += other.rust_lines;
        self.rust_doc_lines += other.rust_doc_lines;
        for (part, lines) in &other.rust_lines_by_part {
            *self.rust_lines_by_part.entry(part.clone()).or_default() += lines;
        }
        self.read_seconds += other.read_seconds;
        self.generate_seconds += other.generate_seconds;
    }

    /// From bytes to formatted text.
    #[must_use]
    pub fn time(&self) -> Duration {
        Duration::from_secs_f64(self.read_seconds + self.generate_seconds)
    }
}
