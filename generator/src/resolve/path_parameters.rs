//! The parameters of path templates, and those that pages document.
//!
//! A parameter that the template has and the page does not document is added as a required string. A
//! documented one whose name differs in spelling only (`lampId` for `{lampIds}`) is that parameter, under
//! the template's name, which is the one that counts. One that is documented for the path and not in it
//! is reported.

use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::Dialect,
    model::{Api, Operation, Parameter, ParameterLocation, Schema, Text, Type},
    source::Span,
};

/// Brings templates and documented parameters together.
pub(super) fn resolve_path_parameters(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    for operation in &mut api.operations {
        resolve_operation(operation, diagnostics);
    }
}

fn resolve_operation(operation: &mut Operation, diagnostics: &mut Vec<Diagnostic>) {
    let template = template_names(&operation.path.value);
    for name in &template {
        let known = operation.parameters.iter().any(|known| is_path(known) && known.name.value == *name);
        if !known && !adopt_near(operation, name, &template, diagnostics) {
            add_undocumented(operation, name, diagnostics);
        }
    }
    for parameter in operation.parameters.iter().filter(|known| is_path(known)) {
        if !template.contains(&parameter.name.value) {
            diagnostics.push(
                Diagnostic::new(
                    codes::UNUSED_PATH_PARAMETER,
                    parameter.name.span,
                    format!("path parameter `{}` does not occur in the path", parameter.name.value),
                )
                .label("documented here")
                .related(operation.path.span, "the path does not have it"),
            );
        }
    }
}

fn is_path(parameter: &Parameter) -> bool {
    parameter.location == ParameterLocation::Path
}

/// Makes a documented parameter that is spelt nearly like `name` the path's. `false` where there is none.
fn adopt_near(
    operation: &mut Operation,
    name: &str,
    template: &[String],
    diagnostics: &mut Vec<Diagnostic>,
) -> bool {
    let stated = operation.dialect.is_some_and(Dialect::states_locations);
    let near = operation.parameters.iter_mut().find(|known| {
        let taken = is_path(known) && template.contains(&known.name.value);
        let may_be_path = is_path(known) || (known.location == ParameterLocation::Query && !stated);
        !taken && may_be_path && same_but_spelling(&known.name.value, name)
    });
    let Some(near) = near else { return false };
    diagnostics.push(
        Diagnostic::new(
            codes::PATH_PARAMETER_SPELLING,
            near.name.span,
            format!("parameter `{}` is `{{{name}}}` in the path", near.name.value),
        )
        .label("read as the path's parameter")
        .related(operation.path.span, "spelt like this here"),
    );
    name.clone_into(&mut near.name.value);
    near.location = ParameterLocation::Path;
    near.required = true;
    true
}

/// Adds a parameter that only the path has, behind the path's other ones.
fn add_undocumented(operation: &mut Operation, name: &str, diagnostics: &mut Vec<Diagnostic>) {
    let span = place_in_template(&operation.path, name);
    diagnostics.push(
        Diagnostic::new(
            codes::UNDOCUMENTED_PATH_PARAMETER,
            span,
            format!("path parameter `{name}` is not documented"),
        )
        .label("added as a required string")
        .help("override its type in docwright.yaml if it has another"),
    );
    let at = operation.parameters.iter().take_while(|known| is_path(known)).count();
    let parameter = Parameter {
        name: Text::new(name, span),
        location: ParameterLocation::Path,
        required: true,
        schema: Schema::new(Type::String, span),
        span,
        style: None,
    };
    operation.parameters.insert(at, parameter);
}

/// Where a path has a parameter; the whole path, where its text is not the page's own.
fn place_in_template(path: &Text, name: &str) -> Span {
    let Span { page, start, end } = path.span;
    let at = path.value.find(&format!("{{{name}}}")).and_then(|at| u32::try_from(at).ok());
    let length = u32::try_from(name.len() + 2).unwrap_or(u32::MAX);
    match at {
        Some(at) if end.saturating_sub(start) as usize == path.value.len() => {
            Span { page, start: start + at, end: start.saturating_add(at).saturating_add(length).min(end) }
        }
        _ => path.span,
    }
}

/// The names between braces, each once. A query template's do not count.
fn template_names(path: &str) -> Vec<String> {
    let path = path.split('?').next().unwrap_or_default();
    let mut names: Vec<String> = Vec::new();
    let mut rest = path;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        if !name.is_empty() && names.len() < 64 && !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
        rest = after;
    }
    names
}

/// Whether two names differ in case, separators or a plural only.
fn same_but_spelling(one: &str, other: &str) -> bool {
    let bare = |name: &str| {
        let bare: String =
            name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        bare.strip_suffix('s').map_or(bare.clone(), str::to_owned)
    };
    bare(one) == bare(other) && !bare(one).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::HttpMethod, source::Span};

    #[test]
    fn what_a_dialect_says_of_the_query_stays_there() {
        let span = Span::default();
        let mut operation = Operation::new(HttpMethod::Get, Text::new("/lamps/{id}", span), span);
        operation.dialect = Some(Dialect::Redocly);
        operation.parameters.push(Parameter {
            name: Text::new("id", span),
            location: Query,
            required: false,
            schema: Schema::new(Type::Integer, span),
            span,
            style: None,
        });
        resolve_operation(&mut operation, &mut Vec::new());
        let locations: Vec<_> = operation.parameters.iter().map(|known| known.location).collect();
        assert_eq!(locations, [Path, Query]);
    }

    fn check(path: &str, documented: &[(&str, ParameterLocation)], expected: &[&str], codes: &[&str]) {
        let span = Span::default();
        let mut operation = Operation::new(HttpMethod::Get, Text::new(path, span), span);
        operation.parameters = documented
            .iter()
            .map(|(name, location)| Parameter {
                name: Text::new(*name, span),
                location: *location,
                required: false,
                schema: Schema::new(Type::Integer, span),
                span,
                style: None,
            })
            .collect();
        let mut diagnostics = Vec::new();
        resolve_operation(&mut operation, &mut diagnostics);
        let found: Vec<String> = operation
            .parameters
            .iter()
            .map(|p| format!("{} {:?} {}", p.name.value, p.location, p.schema.ty.kind()))
            .collect();
        assert_eq!(found, expected);
        assert_eq!(diagnostics.iter().map(|d| d.code.name).collect::<Vec<_>>(), codes);
    }

    use ParameterLocation::{Path, Query};

    #[test]
    fn what_agrees_stays() {
        check(
            "/lamps/{id}.json",
            &[("id", Path), ("take", Query)],
            &["id Path integer", "take Query integer"],
            &[],
        );
    }

    #[test]
    fn an_undocumented_one_is_a_string() {
        check("/lamps/{id}", &[], &["id Path string"], &["undocumented-path-parameter"]);
    }

    #[test]
    fn spelling_alone_makes_no_second_parameter() {
        check(
            "/lamps/{lampIds}",
            &[("lampId", Query)],
            &["lampIds Path integer"],
            &["path-parameter-spelling"],
        );
        check(
            "/lamps/{lamp_id}",
            &[("lampId", Path)],
            &["lamp_id Path integer"],
            &["path-parameter-spelling"],
        );
    }

    #[test]
    fn one_that_the_path_lacks_is_reported() {
        check("/lamps", &[("id", Path)], &["id Path integer"], &["unused-path-parameter"]);
    }
}
