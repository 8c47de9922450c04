//! The parameters of path templates, and those that pages document.
//!
//! A parameter that the template has and the page does not document is added as a required string. A
//! documented one whose name differs in spelling only (`lampId` for `{lampIds}`) is that parameter, under
//! the template's name, which is the one that counts. One that is documented for the path and not in it
//! is reported.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::Dialect,
    model::{Api, Operation, Parameter, ParameterLocation, Schema, Text, Type},
    path_template::placeholders,
    source::Span,
};

/// Brings templates and documented parameters together.
pub(super) fn resolve_path_parameters(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    for operation in &mut api.operations {
        resolve_operation(operation, diagnostics);
    }
}

fn resolve_operation(operation: &mut Operation, diagnostics: &mut Vec<Diagnostic>) {
    let path = operation.path.value.clone();
    let mut template: IndexMap<&str, usize> = IndexMap::new();
    for (at, name) in placeholders(&path) {
        template.entry(name).or_insert(at);
    }
    let known: HashSet<&str> = operation
        .parameters
        .iter()
        .filter(|known| is_path(known))
        .map(|known| known.name.value.as_str())
        .collect();
    let unknown: Vec<(&str, usize)> =
        template.iter().filter(|(name, _)| !known.contains(**name)).map(|(name, at)| (*name, *at)).collect();
    let mut near = if unknown.is_empty() { HashMap::new() } else { near_names(operation, &template) };
    let mut added = Vec::new();
    for (name, at) in unknown {
        // The first one that is documented is taken first.
        match near.get_mut(&bare(name)).and_then(Vec::pop).and_then(|near| operation.parameters.get_mut(near))
        {
            Some(parameter) => adopt(parameter, name, operation.path.span, diagnostics),
            None => added.push(undocumented(&operation.path, name, at, diagnostics)),
        }
    }
    // Behind the path's other ones.
    let end = operation.parameters.iter().take_while(|known| is_path(known)).count();
    operation.parameters.splice(end..end, added);
    for parameter in operation.parameters.iter().filter(|known| is_path(known)) {
        if !template.contains_key(parameter.name.value.as_str()) {
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

/// The documented parameters that may be the path's under another spelling, by what all spellings have in common: their
/// places, the last one first.
fn near_names(operation: &Operation, template: &IndexMap<&str, usize>) -> HashMap<String, Vec<usize>> {
    let stated = operation.dialect.is_some_and(Dialect::states_locations);
    let mut near: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, known) in operation.parameters.iter().enumerate().rev() {
        let taken = is_path(known) && template.contains_key(known.name.value.as_str());
        let may_be_path = is_path(known) || (known.location == ParameterLocation::Query && !stated);
        if !taken && may_be_path {
            near.entry(bare(&known.name.value)).or_default().push(at);
        }
    }
    near.remove("");
    near
}

/// Makes a documented parameter that is spelt nearly like `name` the path's.
fn adopt(near: &mut Parameter, name: &str, path: Span, diagnostics: &mut Vec<Diagnostic>) {
    diagnostics.push(
        Diagnostic::new(
            codes::PATH_PARAMETER_SPELLING,
            near.name.span,
            format!("parameter `{}` is `{{{name}}}` in the path", near.name.value),
        )
        .label("read as the path's parameter")
        .related(path, "spelt like this here"),
    );
    name.clone_into(&mut near.name.value);
    near.location = ParameterLocation::Path;
    near.required = true;
}

/// A parameter that only the path has.
fn undocumented(path: &Text, name: &str, at: usize, diagnostics: &mut Vec<Diagnostic>) -> Parameter {
    let span = place_in_template(path, name, at);
    diagnostics.push(
        Diagnostic::new(
            codes::UNDOCUMENTED_PATH_PARAMETER,
            span,
            format!("path parameter `{name}` is not documented"),
        )
        .label("added as a required string")
        .help("override its type in docwright.yaml if it has another"),
    );
    Parameter {
        name: Text::new(name, span),
        location: ParameterLocation::Path,
        required: true,
        schema: Schema::new(Type::String, span),
        span,
        style: None,
    }
}

/// Where on the page a path has a parameter, whose brace opens at an offset of the path; the whole path, where its text is
/// not the page's own.
fn place_in_template(path: &Text, name: &str, at: usize) -> Span {
    let Span { page, start, end } = path.span;
    if end.saturating_sub(start) as usize != path.value.len() {
        return path.span;
    }
    // A path as long as its span has no offset beyond it.
    let after = |offset: usize| start.saturating_add(u32::try_from(offset).unwrap_or(u32::MAX)).min(end);
    Span { page, start: after(at), end: after(at + name.len() + "{}".len()) }
}

/// A name without what spellings differ in: case, separators and a plural.
fn bare(name: &str) -> String {
    let mut bare: String =
        name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if bare.ends_with('s') {
        bare.pop();
    }
    bare
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
