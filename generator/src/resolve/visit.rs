//! Every schema of an API, with where it stands.
//!
//! Enter at [`visit_schemas`]. Passes that read prose look at one schema at a time and do not care how
//! deep it lies.
//!
//! Invariant: the walk is iterative, so that nesting costs no stack; a schema is visited before what it
//! holds, and what a visit adds is visited too.

use crate::{
    dialect::Dialect,
    model::{Api, Schema, Type},
};

/// Where a schema stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place<'a> {
    /// The name of the field or parameter; `None` for a body, and for an array's items or a union's
    /// alternatives, which have no name of their own.
    pub(super) name: Option<&'a str>,
    /// How its page is written.
    pub(super) dialect: Option<Dialect>,
}

/// Visits all schemas that prose may complete, those of operations and then those of resources: an OpenAPI definition
/// leaves nothing to prose.
pub(super) fn visit_schemas(api: &mut Api, mut visit: impl FnMut(Place<'_>, &mut Schema)) {
    // One for all operations: most hold few schemas, and there may be thousands.
    let mut pending = Vec::new();
    for operation in api.operations.iter_mut().filter(|operation| !operation.defined) {
        let dialect = operation.dialect;
        pending.extend(operation.named_schemas_mut().rev());
        walk(dialect, &mut pending, &mut visit);
    }
    for (name, schema) in &mut api.schemas {
        if let Some(dialect) = api.resources.get(name) {
            pending.push((None, schema));
            walk(Some(*dialect), &mut pending, &mut visit);
        }
    }
}

/// Calls `visit` with the name and the schema of everything that OpenAPI definitions give, and of all components.
pub(super) fn visit_defined(api: &Api, mut visit: impl FnMut(Option<&str>, &Schema)) {
    let mut pending: Vec<(Option<&str>, &Schema)> = Vec::new();
    for operation in api.operations.iter().filter(|operation| operation.defined) {
        pending.extend(operation.named_schemas());
    }
    pending.extend(api.schemas.iter().map(|(name, schema)| (Some(name.as_str()), schema)));
    while let Some((name, schema)) = pending.pop() {
        visit(name, schema);
        match &schema.ty {
            Type::Array(items) => pending.push((None, items)),
            Type::Union(alternatives) => pending.extend(alternatives.iter().map(|schema| (None, schema))),
            Type::Object(object) => {
                let members = object.properties.iter();
                pending.extend(members.map(|(name, property)| (Some(name.as_str()), &property.schema)));
                pending.extend(object.values.iter().map(|values| (None, &**values)));
            }
            _ => {}
        }
    }
}

/// A schema and its name.
type Named<'a> = (Option<&'a str>, &'a mut Schema);

/// Visits what is pending, the last one first, and all that it holds.
fn walk<'a>(
    dialect: Option<Dialect>,
    pending: &mut Vec<Named<'a>>,
    visit: &mut impl FnMut(Place<'_>, &mut Schema),
) {
    while let Some((name, schema)) = pending.pop() {
        visit(Place { name, dialect }, schema);
        let first = pending.len();
        match &mut schema.ty {
            Type::Array(items) => pending.push((None, items)),
            Type::Union(alternatives) => pending.extend(alternatives.iter_mut().map(|schema| (None, schema))),
            Type::Object(object) => {
                for (name, property) in &mut object.properties {
                    pending.push((Some(name.as_str()), &mut property.schema));
                }
                pending.extend(object.unnamed.iter_mut().map(|lost| (None, &mut lost.property.schema)));
                pending.extend(object.values.iter_mut().map(|values| (None, &mut **values)));
            }
            _ => {}
        }
        // The stack gives the last one first; diagnostics read better in page order.
        if let Some(added) = pending.get_mut(first..) {
            added.reverse();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{HttpMethod, Object, Operation, Parameter, ParameterLocation, Property, Text},
        source::Span,
    };

    #[test]
    fn schemas_are_visited_in_page_order_with_their_names() {
        let span = Span::default();
        let mut object = Object::default();
        for name in ["a", "b"] {
            let schema = Schema::new(Type::array_of_any(span), span);
            object
                .properties
                .insert(name.to_owned(), Property { required: false, inferred: false, schema, span });
        }
        let mut operation = Operation::new(HttpMethod::Get, Text::new("/", span), span);
        operation.parameters.push(Parameter {
            name: Text::new("filter", span),
            location: ParameterLocation::Query,
            required: false,
            schema: Schema::new(Type::Object(object), span),
            span,
            style: None,
        });
        let mut api = Api { operations: vec![operation], ..Api::default() };
        let mut seen = Vec::new();
        visit_schemas(&mut api, |place, schema| {
            seen.push(format!("{} {}", place.name.unwrap_or("-"), schema.ty.kind()));
        });
        assert_eq!(seen, ["filter object", "a array", "- any", "b array", "- any"]);
    }
}
