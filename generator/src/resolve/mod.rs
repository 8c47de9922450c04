//! Completes and joins what pages say, one pass per file.
//!
//! A pass changes the API and explains in a diagnostic what it inferred, and from where. Passes run in
//! the order of [`PASSES`]; each may rely on those before it.

mod example_fields;
mod examples;
mod lost_names;
mod operation_ids;
mod samples;

use crate::{
    diagnostic::Diagnostic,
    model::{Api, Page},
};

/// A pass over an API.
type Pass = fn(&mut Api, &mut Vec<Diagnostic>);

const PASSES: &[Pass] = &[
    example_fields::resolve_root_arrays,
    lost_names::recover_lost_names,
    example_fields::resolve_example_fields,
    samples::check_samples,
    operation_ids::resolve_operation_ids,
];

/// Makes one API of pages.
pub(crate) fn resolve<'p>(name: &str, pages: impl Iterator<Item = &'p Page>) -> (Api, Vec<Diagnostic>) {
    let mut api = Api { name: name.to_owned(), ..Api::default() };
    let mut diagnostics = Vec::new();
    for page in pages {
        for (scheme_name, scheme) in &page.security_schemes {
            api.security_schemes.entry(scheme_name.clone()).or_insert_with(|| scheme.clone());
        }
        api.operations.extend(page.operations.iter().cloned());
    }
    api.version = api.operations.iter().find_map(|operation| operation.version.clone());
    for pass in PASSES {
        pass(&mut api, &mut diagnostics);
    }
    (api, diagnostics)
}
