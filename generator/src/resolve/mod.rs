//! Completes and joins what pages say, one pass per file.
//!
//! A pass changes the API and explains in a diagnostic what it inferred, and from where. Passes run in
//! the order of [`PASSES`]; each may rely on those before it.

mod duplicate_operations;
mod example_fields;
mod example_types;
mod examples;
mod lost_names;
mod operation_ids;
mod path_parameters;
mod prose;
mod prose_defaults;
mod prose_enums;
mod prose_limits;
mod prose_types;
mod resource_links;
mod samples;
mod visit;

use crate::{
    components,
    diagnostic::Diagnostic,
    model::{Api, Operation, Page},
};

/// A pass over an API.
type Pass = fn(&mut Api, &mut Vec<Diagnostic>);

const PASSES: &[Pass] = &[
    duplicate_operations::drop_duplicate_operations,
    example_fields::resolve_root_arrays,
    lost_names::recover_lost_names,
    example_fields::resolve_example_fields,
    path_parameters::resolve_path_parameters,
    prose_enums::resolve_prose_enums,
    prose_types::resolve_prose_types,
    prose_limits::resolve_prose_limits,
    // After the enumerations, because a default can be one of their values.
    prose_defaults::resolve_prose_defaults,
    samples::check_samples,
    // After everything that completes types.
    example_types::check_example_types,
    operation_ids::resolve_operation_ids,
];

/// Makes one API of pages.
pub(crate) fn resolve<'p>(name: &str, pages: impl Iterator<Item = &'p Page>) -> (Api, Vec<Diagnostic>) {
    let mut api = Api { name: name.to_owned(), ..Api::default() };
    let mut diagnostics = Vec::new();
    let mut resources = resource_links::Resources::new();
    for page in pages {
        if let (Some(slug), Some(resource)) = (&page.slug, &page.resource) {
            resources.entry(&slug.value).or_insert(resource);
        }
        for (scheme_name, scheme) in &page.security_schemes {
            api.security_schemes.entry(scheme_name.clone()).or_insert_with(|| scheme.clone());
        }
        let operations = page.operations.iter().cloned();
        let mut operations: Vec<Operation> =
            operations.map(|operation| Operation { dialect: Some(page.dialect), ..operation }).collect();
        diagnostics.extend(components::join(&mut api.schemas, page.schemas.clone(), &mut operations));
        api.operations.append(&mut operations);
    }
    api.version = api.operations.iter().find_map(|operation| operation.version.clone());
    resource_links::resolve_resource_links(&mut api, &resources, &mut diagnostics);
    for pass in PASSES {
        pass(&mut api, &mut diagnostics);
    }
    (api, diagnostics)
}
