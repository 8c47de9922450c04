//! Completes and joins what pages say, one pass per file.
//!
//! [`join`] puts the pages of an API together. A pass then changes the API and explains in a diagnostic what
//! it inferred, and from where. Passes run in the order of [`INFERRING`] and [`CHECKING`], and the user's
//! overrides between them: each may rely on those before it.

mod answered;
mod callbacks;
mod dates;
mod duplicate_operations;
mod enum_values;
mod example_fields;
mod example_types;
mod examples;
mod join;
mod lost_names;
mod operation_ids;
mod overrides;
mod overviews;
mod path_parameters;
mod prose;
mod prose_bounds;
mod prose_defaults;
mod prose_enums;
mod prose_limits;
mod prose_types;
mod resource_differences;
mod resource_links;
mod samples;
mod schemes;
mod visit;

pub use answered::Answered;
pub(crate) use join::NamedPage;

use std::sync::Arc;

use crate::{
    config::overrides::Overrides,
    diagnostic::Diagnostic,
    model::{Api, Operation},
    source::Source,
};

/// What a configuration says about making one API of its pages.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// What becomes of pages that document one operation differently.
    pub duplicates: Duplicates,
    /// What is right where the pages are vague or wrong.
    pub overrides: Overrides,
    /// The text of the configuration, to show what of it fits no page.
    pub config: Option<Arc<Source>>,
}

/// What becomes of pages that document one operation differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Duplicates {
    /// The first stands, and the other is an error.
    #[default]
    Error,
    /// The one that was changed last stands, as far as the pages' front matter tells.
    Newest,
}

/// What resolving makes of pages.
#[derive(Debug, Clone, Default)]
pub struct Resolution {
    /// The API.
    pub api: Api,
    /// What resolving had to say.
    pub diagnostics: Vec<Diagnostic>,
    /// What readers said that other pages, or the configuration, have the answer to.
    pub answered: Answered,
    /// What of the configuration does not fit the pages.
    pub misfits: Vec<Misfit>,
}

/// Something in the configuration that does not fit the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit {
    /// The keys that lead to it, below the API's name.
    pub keys: Vec<String>,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: Option<String>,
}

/// A pass over an API.
type Pass = fn(&mut Api, &mut Vec<Diagnostic>);

const INFERRING: &[Pass] = &[
    operation_ids::resolve_operation_ids,
    callbacks::name_callbacks,
    example_fields::resolve_root_arrays,
    lost_names::recover_lost_names,
    example_fields::resolve_example_fields,
    path_parameters::resolve_path_parameters,
    prose_enums::resolve_prose_enums,
    prose_types::resolve_prose_types,
    prose_limits::resolve_prose_limits,
    // After the enumerations, because a default can be one of their values.
    prose_defaults::resolve_prose_defaults,
];

/// After everything that completes types.
const CHECKING: &[Pass] =
    &[samples::check_samples, example_types::check_example_types, enum_values::check_enum_values];

/// Makes one API of pages and the operations of each.
pub(crate) fn resolve(
    name: &str,
    pages: &[NamedPage<'_>],
    operations: Vec<Vec<Operation>>,
    settings: &Settings,
) -> Resolution {
    let mut diagnostics = Vec::new();
    let mut answered = Answered::default();
    let mut api = join::join(name, pages, operations, settings, &mut diagnostics, &mut answered);
    for pass in INFERRING {
        pass(&mut api, &mut diagnostics);
    }
    let misfits = overrides::apply(&mut api, &settings.overrides, &mut answered);
    for pass in CHECKING {
        pass(&mut api, &mut diagnostics);
    }
    diagnostics.retain(|diagnostic| !answered.covers(diagnostic));
    Resolution { api, diagnostics, answered, misfits }
}
