//! For build scripts: pages come in, one file in `OUT_DIR` goes out.
//!
//! Enter at [`Builder`]. [`Builder::build`] talks to Cargo and ends the process where it can't go on;
//! [`Builder::try_build`] does neither, and gives everything that there would be to say.
//!
//! Invariants: nothing is printed but by [`Builder::build`]; nothing is written where a page has an error; no
//! line of a page can become a directive to Cargo.

#[cfg(test)]
mod tests;

use std::{
    env,
    io::{self, Write},
    path::{Path, PathBuf},
    process,
};

use crate::{
    config::{ApiConfig, Config, ConfigError, FALLBACK_NAME, NameError, check_api_name, name_after},
    diagnostic::{
        Diagnostic, Severity,
        render::{Format, Renderer},
    },
    input::{ApiInput, InputError, read_configured, read_paths},
    limits::{LimitError, Limits},
    output::{OutputError, Plan},
    pipeline::{Files, Parts, Settings, generate_included},
    source::Source,
};

/// Generates the code of one API from a build script.
///
/// ```no_run
/// // build.rs
/// fn main() {
///     docwright::Builder::new().pages("docs/users.md").client().build();
/// }
/// ```
///
/// The crate then has a module `users`, with the modules `users::types` and `users::client` in it:
///
/// ```ignore
/// include!(concat!(env!("OUT_DIR"), "/users.rs"));
/// ```
///
/// Without feature `cli`, which is on by default, docwright brings along nothing that a build script has no
/// use for. The generated code needs `docwright-runtime`, with its features `client` and `server` as far as
/// these are asked for, and the crates of its types: `serde`, `serde_json`, `jiff`, `uuid`. A server
/// needs `axum` too.
///
/// Several APIs take several builders; each writes a file of its own.
#[expect(clippy::needless_doctest_main, reason = "a build script is a main function")]
#[derive(Debug, Clone, Default)]
#[must_use = "a builder does nothing until `build` or `try_build` is called"]
pub struct Builder {
    pages: Vec<PathBuf>,
    name: Option<String>,
    out_dir: Option<PathBuf>,
    parts: Parts,
    config: Option<PathBuf>,
    limits: Option<Limits>,
}

/// What a builder did.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Generated {
    /// The file that holds the module.
    pub file: PathBuf,
    /// What the code depends on: pages and folders of pages as they were named, and the configuration.
    pub inputs: Vec<PathBuf>,
    /// What reading the pages gave reason to warn of, each on one line, with its place.
    pub warnings: Vec<String>,
}

/// Why nothing was generated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// No page was named.
    #[error("no page is named: call `Builder::pages`")]
    NoPages,
    /// Cargo did not say where to.
    #[error("`OUT_DIR` is not set: outside of a build script, call `Builder::out_dir`")]
    NoOutDir,
    /// The API can't have that name.
    #[error("{error}: `{name}`")]
    Name {
        /// The name.
        name: String,
        /// What is wrong with it.
        error: NameError,
    },
    /// A limit can't be what it is set to.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// The configuration can't be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The configuration does not tell which of its APIs is meant.
    #[error("name one of the APIs of {} with `Builder::name`: {names}", file.display())]
    WhichApi {
        /// The configuration.
        file: PathBuf,
        /// The names of its APIs.
        names: String,
    },
    /// A path that Cargo can't be told of, because directives end with the line.
    #[error("the path {0:?} has a line break in it")]
    LineBreak(PathBuf),
    /// A page can't be read from disk.
    #[error(transparent)]
    Input(#[from] InputError),
    /// A page has errors: all of them, drawn over its text.
    #[error("{0}")]
    Pages(String),
    /// The file can't be written.
    #[error(transparent)]
    Output(#[from] OutputError),
}

impl Builder {
    /// A builder that knows no page yet and generates types only.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a page, or all pages of a folder and the folders below it. A relative path starts where the build
    /// script runs: in the folder of the package.
    pub fn pages(mut self, path: impl Into<PathBuf>) -> Self {
        self.pages.push(path.into());
        self
    }

    /// Takes what a `docwright.yaml` says of the API: its overrides, how its pages are joined, and, where
    /// [`Builder::pages`] is not called, its pages. The API is that of [`Builder::name`], or the only one that
    /// the file has.
    ///
    /// ```no_run
    /// // build.rs
    /// docwright::Builder::new().config("docwright.yaml").name("billing").client().build();
    /// ```
    pub fn config(mut self, file: impl Into<PathBuf>) -> Self {
        self.config = Some(file.into());
        self
    }

    /// Names the API, its module and its file. Otherwise they are named after the first page or folder.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Generates a client too, in the module `client`.
    pub fn client(mut self) -> Self {
        self.parts.client = true;
        self
    }

    /// Generates a server too, in the module `server`.
    pub fn server(mut self) -> Self {
        self.parts.server = true;
        self
    }

    /// Sets how much is read, where the pages are honest and still beyond [`Limits::default`]. It goes before the limits
    /// of a configuration.
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = Some(limits);
        self
    }

    /// Sets the folder to write to. Otherwise it is the one that Cargo gives to a build script: `OUT_DIR`.
    pub fn out_dir(mut self, folder: impl Into<PathBuf>) -> Self {
        self.out_dir = Some(folder.into());
        self
    }

    /// Generates, tells Cargo when to do so again, and passes warnings on to it. Where a page has an error, or
    /// something can't be read or written, says so on standard error and ends the process, which fails the
    /// build.
    pub fn build(self) {
        match self.try_build() {
            Ok(generated) => {
                // Where Cargo does not listen any more, there is nobody left to tell.
                let _ = io::stdout().lock().write_all(generated.directives().as_bytes());
            }
            Err(error) => {
                let text = match &error {
                    BuildError::Pages(drawn) => drawn.clone(),
                    error => Renderer::default().render_plain(Severity::Error, &error.to_string()),
                };
                let _ = io::stderr().lock().write_all(text.as_bytes());
                process::exit(1);
            }
        }
    }

    /// Generates and prints nothing: [`Generated::directives`] has what Cargo should be told.
    ///
    /// ```
    /// # let folder = tempfile::tempdir()?;
    /// # let page = folder.path().join("lending.md");
    /// # std::fs::write(&page, "# Lend a book\n\nEndpoint: POST /books/{isbn}\nVersion: 1.0\n\n\
    /// #     ## Path parameters:\n\n  - `isbn` (string, required)\n")?;
    /// let generated = docwright::Builder::new().pages(&page).out_dir(folder.path()).try_build()?;
    /// assert_eq!(generated.file, folder.path().join("lending.rs"));
    /// assert!(std::fs::read_to_string(&generated.file)?.contains("pub mod lending {"));
    /// assert!(generated.directives().starts_with("cargo::rerun-if-changed="));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where a page has an error, or something can't be read or written.
    pub fn try_build(self) -> Result<Generated, BuildError> {
        let configured = self.config.as_deref().map(|file| configured(file, self.name.as_deref()));
        let configured = configured.transpose()?;
        let mut inputs: Vec<PathBuf> = self.pages.clone();
        let mut name = self.name;
        let mut settings = Settings::default();
        let mut limits = self.limits.unwrap_or_default();
        limits.check()?;
        if let Some((config, found, api)) = configured {
            if inputs.is_empty() {
                inputs = api.pages.iter().map(|page| config.path(page)).collect();
            }
            name = Some(found);
            settings = api.settings;
            limits = self.limits.unwrap_or(config.limits);
        }
        let name = match (name, inputs.first()) {
            (Some(name), _) => name,
            (None, first) => first.map_or_else(|| FALLBACK_NAME.to_owned(), |path| name_after(path)),
        };
        check_api_name(&name).map_err(|error| BuildError::Name { name: name.clone(), error })?;
        let out_dir = self.out_dir.or_else(|| env::var_os("OUT_DIR").map(PathBuf::from));
        let out_dir = out_dir.ok_or(BuildError::NoOutDir)?;
        let (text, warnings) = generate(&name, &inputs, settings, self.parts, limits)?;
        let file = PathBuf::from(&name).with_extension("rs");
        let files = Files::from([(file.clone(), text)]);
        // An unchanged file keeps its time, and the crate need not be compiled again.
        Plan::shared(&out_dir, &files)?.write()?;
        inputs.extend(self.config);
        Ok(Generated { file: out_dir.join(file), inputs, warnings })
    }
}

impl Generated {
    /// What Cargo should be told, one directive a line: when to run the build script again, and warnings.
    #[must_use]
    pub fn directives(&self) -> String {
        let inputs = self.inputs.iter().map(|path| format!("cargo::rerun-if-changed={}\n", path.display()));
        let warnings = self.warnings.iter().map(|warning| format!("cargo::warning={warning}\n"));
        inputs.chain(warnings).collect()
    }
}

/// What a configuration says of one API.
fn configured(file: &Path, name: Option<&str>) -> Result<(Config, String, ApiConfig), BuildError> {
    check_path(file)?;
    let config = Config::load(file)?;
    match config.api(name).map(|(name, api)| (name.to_owned(), api.clone())) {
        Some((name, api)) => Ok((config, name, api)),
        None => Err(BuildError::WhichApi { file: file.to_owned(), names: config.api_names() }),
    }
}

/// The text of the file, and what to warn of.
fn generate(
    name: &str,
    paths: &[PathBuf],
    settings: Settings,
    parts: Parts,
    limits: Limits,
) -> Result<(String, Vec<String>), BuildError> {
    if paths.is_empty() {
        return Err(BuildError::NoPages);
    }
    paths.iter().try_for_each(|path| check_path(path))?;
    let pages = read_paths(paths.iter().map(|path| (path.clone(), path.clone())), limits)?;
    let mut reading = read_configured(vec![ApiInput { name: name.to_owned(), pages, settings }]);
    let api = reading.apis.pop().map(|read| read.api).unwrap_or_default();
    let (text, lowering) = generate_included(&api, parts);
    reading.diagnostics.extend(lowering);
    let errors = drawn(&reading.diagnostics, &reading.sources(), Severity::Error, Format::Full);
    if !errors.is_empty() {
        return Err(BuildError::Pages(errors.concat()));
    }
    let warnings = drawn(&reading.diagnostics, &reading.sources(), Severity::Warning, Format::Short);
    // The short form is one line, in which page text can't break out.
    Ok((text, warnings.into_iter().map(|line| line.trim_end().to_owned()).collect()))
}

fn drawn(diagnostics: &[Diagnostic], sources: &[&Source], severity: Severity, format: Format) -> Vec<String> {
    let renderer = Renderer { format, styled: false };
    let wanted = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity);
    wanted.map(|diagnostic| renderer.render(diagnostic, sources)).collect()
}

fn check_path(path: &Path) -> Result<(), BuildError> {
    let breaks = path.to_string_lossy().contains(['\n', '\r']);
    if breaks { Err(BuildError::LineBreak(path.to_owned())) } else { Ok(()) }
}
