//! What can be typed: the one definition behind parsing, help and completions.

use std::{io::IsTerminal, path::PathBuf};

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use docwright::diagnostic::render::{Format, Renderer};

use super::report::{Messages, Verbosity};

/// What a first look at `--help` leaves open.
const AFTER_HELP: &str = "\
A `docwright.yaml` says which pages make which API, and where the code goes:

  out: src/vendors
  apis:
    billing:
      pages: [docs/billing]    # files, or folders of pages

The exit status is 0 where all is well, 1 where a page has an error (what the rest says is written) or code has drifted, 2 for \
wrong usage and for input or output that fails.";

/// Reads API reference pages and writes typed Rust.
#[derive(Debug, Parser)]
#[command(name = "docwright", version, disable_help_subcommand = true, after_long_help = AFTER_HELP)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,

    /// How diagnostics look
    #[arg(long, global = true, value_enum, default_value = "full", value_name = "FORMAT")]
    message_format: MessageFormat,

    /// Show errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,

    /// Show notes too: what was inferred, and from where
    #[arg(short, long, global = true)]
    verbose: bool,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Write the code that the pages describe
    Generate {
        #[command(flatten)]
        target: Target,
        /// Print what would be written and removed, and touch nothing
        #[arg(long)]
        dry_run: bool,
        /// Replace and remove generated files that were edited, too
        #[arg(long)]
        force: bool,
    },
    /// Compare the code with the pages; write nothing
    Check {
        #[command(flatten)]
        target: Target,
    },
    /// Print an OpenAPI 3.1 document
    Openapi {
        #[command(flatten)]
        pages: Pages,
        /// How the document is written
        #[arg(long, value_enum, default_value = "json", value_name = "FORMAT")]
        format: DocumentFormat,
    },
    /// Print the model of the pages as YAML
    Model {
        #[command(flatten)]
        pages: Pages,
    },
    /// Print for each page what was read, inferred and not understood
    Explain {
        #[command(flatten)]
        pages: Pages,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// What to generate, and where to.
#[derive(Debug, clap::Args)]
pub(crate) struct Target {
    /// Pages, folders of pages, or `-` for standard input; without any, `docwright.yaml` says which
    #[arg(value_name = "PAGE|DIR", requires = "out")]
    pub(crate) pages: Vec<PathBuf>,

    /// The configuration [default: `docwright.yaml` here or in a folder above]
    #[arg(long, value_name = "FILE", conflicts_with_all = ["pages", "out", "name", "krate"])]
    pub(crate) config: Option<PathBuf>,

    /// The output folder for the named pages
    #[arg(long, value_name = "DIR", requires = "pages")]
    pub(crate) out: Option<PathBuf>,

    /// The API's name, and its module's
    /// [default: after the first page or folder, `api_…` where that is no name, `api` for `-`]
    #[arg(long, value_name = "API", requires = "pages")]
    pub(crate) name: Option<String>,

    /// The output folder is a whole crate of this name, with its `Cargo.toml`
    #[arg(id = "krate", long = "crate", value_name = "NAME", requires = "pages")]
    pub(crate) krate: Option<String>,

    /// Where the crate finds `docwright-runtime`, as long as no registry has it
    #[arg(long, value_name = "DIR", requires = "krate")]
    pub(crate) runtime_path: Option<PathBuf>,
}

/// Pages that were named.
#[derive(Debug, clap::Args)]
pub(crate) struct Pages {
    /// Pages, folders of pages, or `-` for standard input; without any, `docwright.yaml` says which
    #[arg(value_name = "PAGE|DIR")]
    pub(crate) pages: Vec<PathBuf>,

    /// The configuration [default: `docwright.yaml` here or in a folder above]
    #[arg(long, value_name = "FILE", conflicts_with = "pages")]
    pub(crate) config: Option<PathBuf>,

    /// The API's name; which one, where `docwright.yaml` has several
    /// [default: after the first page or folder, `api_…` where that is no name, `api` for `-`]
    #[arg(long, value_name = "API")]
    pub(crate) name: Option<String>,
}

/// How an OpenAPI document is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum DocumentFormat {
    /// JSON, indented.
    Json,
    /// YAML.
    Yaml,
}

/// How diagnostics look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    /// One line each
    Short,
    /// Drawn over the page's text
    Full,
    /// One JSON object a line
    Json,
}

impl Args {
    /// What is shown on standard error, and how.
    pub(crate) fn messages(&self) -> Messages {
        let format = match self.message_format {
            MessageFormat::Short => Format::Short,
            MessageFormat::Full => Format::Full,
            MessageFormat::Json => Format::Json,
        };
        let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        let terminal = std::io::stderr().is_terminal() && !dumb;
        let styled = terminal && !set("NO_COLOR");
        let watched = terminal && !self.quiet && format != Format::Json;
        let verbosity = match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (_, true) => Verbosity::Verbose,
            _ => Verbosity::Normal,
        };
        Messages { renderer: Renderer { format, styled }, verbosity, watched }
    }
}
