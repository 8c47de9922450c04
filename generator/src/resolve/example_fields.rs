//! Completes bodies from the page's own JSON examples: root arrays, and children of objects.
//!
//! Page text prints an array of objects like one object, and can leave out the members of an object that
//! its example has; of an array's items it may say nothing at all. What is read from an example is marked as inferred and never required; only an object
//! without documented members gets some, and only from an example that fits the documented fields around it.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::examples::{self, Example};
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Api, Object, Schema, Type, referenced},
    source::Span,
};

type Schemas = IndexMap<String, Schema>;

/// The pass that makes arrays of bodies whose examples are arrays.
pub(super) fn resolve_root_arrays(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    let components = std::mem::take(&mut api.schemas);
    examples::for_each_body(api, |schema, example| {
        let Some(example) = example else { return };
        let ty = &target(&components, schema).ty;
        let (Type::Object(object), Value::Array(items)) = (ty, &example.json) else { return };
        let first = items.first().and_then(Value::as_object);
        if !first.is_some_and(|first| examples::fits(object, first)) {
            return;
        }
        diagnostics.push(
            Diagnostic::new(codes::TYPE_FROM_EXAMPLE, schema.span, "body whose example is an array")
                .label("the fields here are those of its items")
                .related(example.span, "the example"),
        );
        let items = std::mem::take(schema);
        let span = items.span;
        *schema = Schema::new(Type::Array(Box::new(items)), span);
    });
    api.schemas = components;
}

/// What a schema refers to, or the schema itself.
fn target<'s>(components: &'s Schemas, schema: &'s Schema) -> &'s Schema {
    referenced(components, schema).unwrap_or(schema)
}

/// The pass that gives objects the members that only the example has.
pub(super) fn resolve_example_fields(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    let mut components = std::mem::take(&mut api.schemas);
    examples::for_each_body(api, |schema, example| {
        let Some(example) = example else { return };
        let is_body = match (&target(&components, schema).ty, &example.json) {
            (Type::Object(object), Value::Object(members)) => is_example_of(object, members, example),
            (Type::Array(items), Value::Array(values)) => {
                match (&target(&components, items).ty, values.first()) {
                    (Type::Object(object), Some(Value::Object(members))) => {
                        is_example_of(object, members, example)
                    }
                    _ => false,
                }
            }
            _ => false,
        };
        if is_body {
            complete(schema, &example.json, example, &mut components, diagnostics);
        }
    });
    api.schemas = components;
}

/// Whether an example is that of a body, and no error's. A map's keys tell nothing, nor does an object of
/// which nothing is documented: then the page must say of which response the example is.
fn is_example_of(object: &Object, members: &Map<String, Value>, example: &Example) -> bool {
    if object.properties.is_empty() {
        let same_kind = |values: &Schema| members.values().all(|value| is_of(values, value));
        return match &object.values {
            Some(values) => same_kind(values),
            None => example.certain,
        };
    }
    examples::fits(object, members)
}

fn is_of(schema: &Schema, value: &Value) -> bool {
    match schema.ty {
        Type::Object(_) => value.is_object() || value.is_null(),
        Type::Array(_) => value.is_array(),
        _ => true,
    }
}

/// What there is to say of an object whose members are those of its example.
fn from_example(span: Span, members: &Map<String, Value>, example: &Example) -> Diagnostic {
    let names: Vec<String> = members.keys().take(8).map(|name| format!("`{name}`")).collect();
    let more = if members.len() > names.len() { " …" } else { "" };
    Diagnostic::new(codes::FIELD_FROM_EXAMPLE, span, "object without documented members")
        .label(format!("the example has {}{more}", names.join(", ")))
        .related(example.span, "read from this example, all of them optional")
        .help("if the object is free-form, override its type with `object` in docwright.yaml")
}

/// Fields nest no deeper than readers allow, and JSON no deeper than its parser.
fn complete(
    schema: &mut Schema,
    json: &Value,
    example: &Example,
    components: &mut Schemas,
    diagnostics: &mut Vec<Diagnostic>,
) {
    match (&mut schema.ty, json) {
        (Type::Array(items), Value::Array(values)) => {
            let object = |value: &Value| value.as_object().is_some_and(|members| !members.is_empty());
            let objects = || !values.is_empty() && values.iter().all(object);
            if items.ty == Type::Any && objects() {
                items.ty = Type::Object(Object::default());
            }
            if let Some(first) = values.first() {
                complete(items, first, example, components, diagnostics);
            }
        }
        (Type::Object(object), Value::Object(members)) => {
            if object.properties.is_empty() && object.values.is_none() {
                if !members.is_empty() {
                    diagnostics.push(from_example(schema.span, members, example));
                    object.properties = examples::members_of(members, example.span);
                }
                return;
            }
            for (name, property) in &mut object.properties {
                if let Some(json) = members.get(name) {
                    complete(&mut property.schema, json, example, components, diagnostics);
                }
            }
            if let Some(values) = &mut object.values {
                let value = members.iter().find(|(name, _)| !object.properties.contains_key(*name));
                if let Some((_, value)) = value {
                    complete(values, value, example, components, diagnostics);
                }
            }
        }
        (Type::Union(alternatives), json) => {
            let wanted = if json.is_array() { "array" } else { "object" };
            if let Some(alternative) = alternatives.iter_mut().find(|schema| schema.ty.kind() == wanted) {
                complete(alternative, json, example, components, diagnostics);
            }
        }
        (Type::Ref(name), json) => {
            // It is not there while it is completed, so that it is within itself no second time.
            if let Some(mut component) = components.get_mut(name).map(std::mem::take) {
                complete(&mut component, json, example, components, diagnostics);
                if let Some(place) = components.get_mut(name) {
                    *place = component;
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::source::Span;

    fn completed(mut schema: Schema, json: Value) -> (Schema, usize) {
        let mut diagnostics = Vec::new();
        let example = Example { json: json.clone(), span: Span::default(), certain: true, sent: false };
        complete(&mut schema, &json, &example, &mut Schemas::new(), &mut diagnostics);
        (schema, diagnostics.len())
    }

    #[test]
    fn only_undocumented_objects_get_members() {
        let (schema, count) = completed(
            Schema::new(Type::Object(Object::default()), Span::default()),
            json!({"a": 1, "b": [{"c": null}]}),
        );
        let Type::Object(object) = &schema.ty else { panic!("an object") };
        assert_eq!(object.properties.keys().collect::<Vec<_>>(), ["a", "b"]);
        assert!(object.properties.values().all(|member| member.inferred && !member.required));
        assert_eq!(count, 1);
        let again = completed(schema.clone(), json!({"a": 1, "z": 2}));
        assert_eq!(again, (schema, 0));
    }
}
