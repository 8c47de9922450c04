//! Checks that examples are of the types that the page documents for them.
//!
//! Examples of single fields and the JSON of whole bodies are compared with the fields: the kind of value,
//! the values of an enumeration, and the keys that no field documents. Nothing is changed: what is documented
//! counts. Enter at [`check_example_types`].
//!
//! Invariants: a field is reported once, however often an example repeats it, and a page at most
//! [`MAX_REPORTED`] times; what documentation products print in place of a value is no example of another
//! type.

use std::collections::{BTreeMap, HashSet};

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::{
    examples::{self, Example, fits},
    visit::{visit_defined, visit_schemas},
};
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Api, Object, Sample, Schema, Type, referenced},
    source::{PageId, Span},
};

/// The most diagnostics for one page; one more tells how many there are beyond.
const MAX_REPORTED: usize = 50;
/// How many unions within unions are looked into.
const MAX_REFERENCES: usize = 8;
/// The longest value that a message shows, in characters.
const MAX_SHOWN: usize = 40;

type Schemas = IndexMap<String, Schema>;

/// The pass.
pub(super) fn check_example_types(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    let components = std::mem::take(&mut api.schemas);
    let mut check = Check { components: &components, found: Vec::new(), reported: HashSet::new() };
    visit_schemas(api, |place, schema| {
        let values: Vec<&Value> = schema.examples.iter().collect();
        let from = Origin { example: None, keys: false };
        check.values(place.name.unwrap_or_default(), schema, &values, false, from);
    });
    examples::for_each_body(api, |schema, example| {
        if let Some(example) = example.filter(|example| is_of(&components, schema, example)) {
            let from = Origin { example: Some(example.span), keys: !example.sent };
            check.values("", schema, &[&example.json], true, from);
        }
    });
    let found = check.found;
    api.schemas = components;
    diagnostics.extend(limited(check_defined(api, found)));
}

/// Checks the examples of OpenAPI definitions.
fn check_defined(api: &Api, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut check = Check { components: &api.schemas, found, reported: HashSet::new() };
    visit_defined(api, |name, schema| {
        let values: Vec<&Value> = schema.examples.iter().collect();
        let from = Origin { example: None, keys: false };
        check.values(name.unwrap_or_default(), schema, &values, false, from);
    });
    for operation in api.operations.iter().filter(|operation| operation.defined) {
        for sample in &operation.samples {
            let (content, json, span) = match sample {
                Sample::Request { json, span } => {
                    (operation.request_body.as_ref().map(|body| &body.content), json, span)
                }
                Sample::Response { status, json, span } => {
                    let response = operation.responses.iter().find(|it| Some(it.status) == *status);
                    (response.map(|response| &response.content), json, span)
                }
                Sample::Curl { .. } => continue,
            };
            // An example stands in its media type.
            let media = content.into_iter().flatten().find(|media| media.name.span == *span);
            if let Some(media) = media {
                let from = Origin { example: Some(*span), keys: true };
                check.values("", &media.schema, &[json], true, from);
            }
        }
    }
    check.found
}

/// Whether an example is that of a body, and no error's.
fn is_of(components: &Schemas, schema: &Schema, example: &Example) -> bool {
    let target = |schema| referenced(components, schema).map_or_else(|| &schema.ty, |target| &target.ty);
    let ty = target(schema);
    let (object, json) = match (ty, &example.json) {
        (Type::Array(items), Value::Array(values)) => (target(items), values.first()),
        (Type::Array(items), json) => (target(items), Some(json)),
        (ty, json) => (ty, Some(json)),
    };
    match (object, json) {
        (Type::Object(object), Some(Value::Object(members))) if !object.properties.is_empty() => {
            fits(object, members)
        }
        _ => example.certain,
    }
}

/// Where values come from.
#[derive(Debug, Clone, Copy)]
struct Origin {
    /// The place of the body's example; `None` for an example of the field itself.
    example: Option<Span>,
    /// Whether keys that no field documents are reported here.
    keys: bool,
}

struct Check<'a> {
    components: &'a Schemas,
    found: Vec<Diagnostic>,
    reported: HashSet<Span>,
}

impl Check<'_> {
    /// Compares all values that stand at one place with the schema of the place. Fields nest no deeper than
    /// readers allow.
    fn values(&mut self, path: &str, schema: &Schema, values: &[&Value], null_counts: bool, from: Origin) {
        if values.is_empty() || schema.ty == Type::Any {
            return;
        }
        let components = self.components;
        let accepts = |value: &Value| accepts(components, schema, value, MAX_REFERENCES);
        let wrong = values.iter().find(|value| !accepts(value) && (null_counts || !value.is_null()));
        if let Some(value) = wrong {
            self.mismatch(path, schema, value, from);
        }
        let schema = referenced(components, schema).unwrap_or(schema);
        match &schema.ty {
            Type::Array(items) => {
                let inner: Vec<&Value> =
                    values.iter().filter_map(|value| value.as_array()).flatten().collect();
                self.values(path, items, &inner, true, from);
            }
            Type::Object(object) => {
                let inner: Vec<&Map<String, Value>> =
                    values.iter().filter_map(|value| value.as_object()).collect();
                self.members(path, object, &inner, from);
            }
            Type::Union(alternatives) => {
                // Where several alternatives are of one kind, nothing tells which of them a value is.
                for kind in ["object", "array"] {
                    let targets = alternatives.iter().map(|it| referenced(components, it).unwrap_or(it));
                    let mut of_kind = targets.filter(|schema| schema.ty.kind() == kind);
                    if let (Some(only), None) = (of_kind.next(), of_kind.next()) {
                        let inner: Vec<&Value> =
                            values.iter().copied().filter(|value| kind_of(value) == kind).collect();
                        self.values(path, only, &inner, true, from);
                    }
                }
            }
            _ => {}
        }
    }

    fn members(&mut self, path: &str, object: &Object, values: &[&Map<String, Value>], from: Origin) {
        for (name, property) in &object.properties {
            let inner: Vec<&Value> = values.iter().filter_map(|members| members.get(name)).collect();
            if !inner.is_empty() {
                self.values(&below(path, name), &property.schema, &inner, property.required, from);
            }
        }
        let mut seen = HashSet::new();
        let others = values.iter().flat_map(|members| members.iter());
        let others: Vec<(&String, &Value)> =
            others.filter(|(name, _)| !object.properties.contains_key(*name)).collect();
        if let Some(schema) = &object.values {
            let inner: Vec<&Value> = others.iter().map(|(_, value)| *value).collect();
            self.values(&below(path, "{key}"), schema, &inner, true, from);
        } else if let (Some(example), false) = (from.example, object.properties.is_empty()) {
            if !from.keys && path.is_empty() {
                return;
            }
            for (name, _) in others.into_iter().filter(|(name, _)| seen.insert(name.as_str())) {
                self.found.push(
                    Diagnostic::new(
                        codes::EXAMPLE_MISMATCH,
                        example,
                        format!("example with `{}`, which no field documents", below(path, name)),
                    )
                    .label("this example")
                    .help("add the field in a corrected copy of the page if it is meant"),
                );
            }
        }
    }

    fn mismatch(&mut self, path: &str, schema: &Schema, value: &Value, from: Origin) {
        if !self.reported.insert(schema.span) {
            return;
        }
        let of = if path.is_empty() { "of a body".to_owned() } else { format!("of `{path}`") };
        let shown = value.to_string();
        let shown: String = match shown.chars().count() > MAX_SHOWN {
            true => shown.chars().take(MAX_SHOWN).chain(['…']).collect(),
            false => shown,
        };
        let diagnostic = if kind_fits(self.components, schema, value, MAX_REFERENCES) {
            Diagnostic::new(
                codes::EXAMPLE_MISMATCH,
                schema.span,
                format!("example {of} that is none of its values: {shown}"),
            )
            .label("this has other values")
        } else {
            Diagnostic::new(
                codes::EXAMPLE_MISMATCH,
                schema.span,
                format!("example {of} of another type: {shown}"),
            )
            .label(format!("documented as {}", kinds(referenced(self.components, schema).unwrap_or(schema))))
        };
        let diagnostic = match from.example {
            Some(example) => diagnostic.related(example, "the example"),
            None => diagnostic,
        };
        self.found.push(diagnostic.help("what is documented is used"));
    }
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// The kinds of a schema, for a message.
fn kinds(schema: &Schema) -> String {
    match &schema.ty {
        Type::Union(alternatives) => {
            alternatives.iter().map(|schema| schema.ty.kind()).collect::<Vec<_>>().join(" or ")
        }
        ty => ty.kind().to_owned(),
    }
}

/// Whether a value can stand where a schema does. What an object or an array holds is looked at apart. As many
/// unions within unions as `fuel` says are looked into.
fn accepts(components: &Schemas, schema: &Schema, value: &Value, fuel: usize) -> bool {
    let target = referenced(components, schema).unwrap_or(schema);
    if is_placeholder(value) || (value.is_null() && (schema.nullable || target.nullable)) || fuel == 0 {
        return true;
    }
    if let Type::Union(alternatives) = &target.ty {
        return alternatives.iter().any(|alternative| accepts(components, alternative, value, fuel - 1));
    }
    kind_fits(components, target, value, fuel)
        && (target.values.is_empty() || target.values.iter().any(|known| known.value == *value))
}

fn kind_fits(components: &Schemas, schema: &Schema, value: &Value, fuel: usize) -> bool {
    if fuel == 0 {
        return true;
    }
    match &referenced(components, schema).unwrap_or(schema).ty {
        Type::Any | Type::File | Type::Ref(_) => true,
        Type::Null => value.is_null(),
        Type::Boolean => value.is_boolean(),
        Type::Integer => value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|n| n.fract() == 0.0),
        Type::Number => value.is_number(),
        Type::String => value.is_string(),
        Type::Array(_) => value.is_array(),
        Type::Object(_) => value.is_object(),
        Type::Union(alternatives) => {
            alternatives.iter().any(|schema| kind_fits(components, schema, value, fuel - 1))
        }
    }
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Array(_) => "array",
        Value::Object(_) => "object",
        _ => "scalar",
    }
}

/// What documentation products print where they have no example: `<string>`, `<any>`.
fn is_placeholder(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.starts_with('<') && text.ends_with('>'))
}

/// The first of each page, and how many more there are.
fn limited(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    crate::diagnostic::sort(&mut found);
    let mut kept = Vec::new();
    let mut counts: BTreeMap<PageId, (usize, Span)> = BTreeMap::new();
    for diagnostic in found {
        let (count, last) = counts.entry(diagnostic.span.page).or_default();
        *count += 1;
        *last = diagnostic.span;
        if *count <= MAX_REPORTED {
            kept.push(diagnostic);
        }
    }
    for (count, last) in counts.into_values().filter(|(count, _)| *count > MAX_REPORTED) {
        let more = count - MAX_REPORTED;
        kept.push(
            Diagnostic::new(
                codes::EXAMPLE_MISMATCH,
                last,
                format!("{more} more examples that do not fit what is documented"),
            )
            .label("the last of them"),
        );
    }
    kept
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::EnumValue;

    fn accepts(schema: &Schema, value: &Value) -> bool {
        super::accepts(&Schemas::new(), schema, value, MAX_REFERENCES)
    }

    fn of(ty: Type) -> Schema {
        Schema::new(ty, Span::default())
    }

    #[test]
    fn values_fit_their_kind() {
        assert!(accepts(&of(Type::Integer), &json!(3.0)));
        assert!(!accepts(&of(Type::Integer), &json!(3.5)));
        assert!(!accepts(&of(Type::Boolean), &json!("true")));
        assert!(accepts(&of(Type::Integer), &json!("<integer>")));
        assert!(!accepts(&of(Type::String), &Value::Null));
        assert!(accepts(&Schema { nullable: true, ..of(Type::String) }, &Value::Null));
    }

    #[test]
    fn an_enumeration_beside_other_types_is_one_choice() {
        let mut size = of(Type::String);
        size.values = vec![EnumValue { value: json!("small"), description: None, span: Span::default() }];
        let schema = of(Type::Union(vec![size, of(Type::Integer)]));
        assert!(accepts(&schema, &json!("small")));
        assert!(accepts(&schema, &json!(7)));
        assert!(!accepts(&schema, &json!("large")));
    }

    #[test]
    fn a_page_is_reported_so_often_and_no_more() {
        let at = |page, start| Span::new(PageId(page), start..start + 1);
        let found = (0..70).map(|n| Diagnostic::new(codes::EXAMPLE_MISMATCH, at(0, n), "x"));
        let found = found.chain([Diagnostic::new(codes::EXAMPLE_MISMATCH, at(1, 0), "y")]);
        let kept = limited(found.collect());
        assert_eq!(kept.len(), MAX_REPORTED + 2);
        assert!(kept.iter().any(|d| d.message.starts_with("20 more")));
    }
}
