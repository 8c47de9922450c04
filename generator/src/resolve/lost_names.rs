//! Recovers the names that fields have lost on their page from the page's own example.
//!
//! A reader leaves a field without a name among [`Object::unnamed`]. Its place among its siblings, the keys
//! of the example that no field documents, and what is left of it (type, options) tell which key it is; only
//! where they leave exactly one choice, the field gets the name. It is marked as inferred and never required.
//! A field that nothing tells is dropped with a diagnostic.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::examples::{self, Example};
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Api, Object, Property, Schema, Type, UnnamedProperty},
    source::Span,
};

/// The most lost fields of one object that are looked for: each is compared with the keys around it.
const MAX_LOST: usize = 64;

/// The pass.
pub(super) fn recover_lost_names(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    examples::for_each_body(api, |schema, example| {
        let json = example.map(|example| &example.json);
        walk(schema, json, example, diagnostics);
    });
    for schema in api.schemas.values_mut() {
        walk(schema, None, None, diagnostics);
    }
}

/// Fields nest no deeper than readers allow.
fn walk(
    schema: &mut Schema,
    json: Option<&Value>,
    example: Option<&Example>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    match &mut schema.ty {
        Type::Array(items) => walk(items, json.and_then(|json| json.get(0)), example, diagnostics),
        Type::Union(alternatives) => {
            for alternative in alternatives {
                walk(alternative, json, example, diagnostics);
            }
        }
        Type::Object(object) => {
            let members = json.and_then(Value::as_object).filter(|members| examples::fits(object, members));
            recover(object, members, example.map(|example| example.span), diagnostics);
            for (name, property) in &mut object.properties {
                let json = members.and_then(|members| members.get(name));
                walk(&mut property.schema, json, example, diagnostics);
            }
            if let Some(values) = &mut object.values {
                walk(values, None, None, diagnostics);
            }
        }
        _ => {}
    }
}

/// Gives an object's unnamed members their names, or drops them.
fn recover(
    object: &mut Object,
    example: Option<&Map<String, Value>>,
    example_span: Option<Span>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let unnamed = std::mem::take(&mut object.unnamed);
    if unnamed.is_empty() {
        return;
    }
    let names = example.map_or_else(Vec::new, |example| names(object, &unnamed, example));
    let mut inserted = 0;
    for (at, UnnamedProperty { index, property }) in unnamed.into_iter().enumerate() {
        let found = names.get(at).copied().flatten();
        let Some((name, value)) = found else {
            diagnostics.push(lost(property.span, example.is_some()));
            continue;
        };
        diagnostics.push(recovered(property.span, name, example_span));
        let property = named(property, value);
        let place = (index + inserted).min(object.properties.len());
        object.properties.shift_insert(place, name.to_owned(), property);
        inserted += 1;
    }
}

type Named<'e> = Option<(&'e str, &'e Value)>;

/// The key of each unnamed member, where exactly one is possible.
fn names<'e>(
    object: &Object,
    unnamed: &[UnnamedProperty],
    example: &'e Map<String, Value>,
) -> Vec<Named<'e>> {
    let keys: Vec<(&str, &Value)> = example.iter().map(|(key, value)| (key.as_str(), value)).collect();
    // For each documented member, where the example has it.
    let positions: HashMap<&str, usize> = keys.iter().enumerate().map(|(at, (key, _))| (*key, at)).collect();
    let places: Vec<Option<usize>> =
        object.properties.keys().map(|name| positions.get(name.as_str()).copied()).collect();
    let mut taken: HashSet<&str> = HashSet::new();
    let mut out: Vec<Named<'e>> = Vec::with_capacity(unnamed.len());
    let mut group_start = 0;
    while let Some(first) = unnamed.get(group_start).filter(|_| group_start < MAX_LOST) {
        let rest = unnamed.get(group_start..).unwrap_or_default();
        let length = rest.iter().take_while(|other| other.index == first.index).count().max(1);
        let group = rest.get(..length).unwrap_or_default();
        let before =
            places.iter().take(first.index).rev().find_map(|place| *place).map_or(0, |place| place + 1);
        let after = places.iter().skip(first.index).find_map(|place| *place).unwrap_or(keys.len());
        // Documentation and example that are ordered differently have no gap to look in.
        let gap = if before <= after { before..after } else { 0..keys.len() };
        let open = keys.get(gap).unwrap_or_default().iter().copied();
        let open: Vec<(&str, &Value)> =
            open.filter(|(key, _)| !object.properties.contains_key(*key) && !taken.contains(key)).collect();
        for found in choose(group, &open) {
            taken.extend(found.map(|(key, _)| key));
            out.push(found);
        }
        group_start += length;
    }
    out
}

/// Matches unnamed neighbours with the open keys at their place.
fn choose<'e>(group: &[UnnamedProperty], open: &[(&'e str, &'e Value)]) -> Vec<Named<'e>> {
    let fits = |lost: &UnnamedProperty, value: &Value| fits(&lost.property.schema, value);
    if group.len() == open.len() && group.iter().zip(open).all(|(lost, (_, value))| fits(lost, value)) {
        return open.iter().map(|&pair| Some(pair)).collect();
    }
    group
        .iter()
        .take(MAX_LOST)
        .map(|lost| {
            let mut fitting = open.iter().filter(|(_, value)| fits(lost, value));
            let only = fitting.next().filter(|_| fitting.next().is_none())?;
            // Another lost field must not fit the same key.
            let rivals = group.iter().take(MAX_LOST).filter(|other| fits(other, only.1)).count();
            (rivals == 1).then_some(*only)
        })
        .chain(group.iter().skip(MAX_LOST).map(|_| None))
        .collect()
}

/// Whether an example's value can be that of a field of which only a part is left.
fn fits(schema: &Schema, value: &Value) -> bool {
    if !schema.values.is_empty() {
        let known = |value: &Value| schema.values.iter().any(|known| known.value == *value);
        return match value {
            Value::Array(items) => items.iter().all(known),
            value => known(value),
        };
    }
    match (&schema.ty, value) {
        (Type::Any | Type::Union(_) | Type::Ref(_), _) | (_, Value::Null) => true,
        (Type::Boolean, value) => value.is_boolean(),
        (Type::Integer | Type::Number, value) => value.is_number(),
        (Type::String | Type::File, value) => value.is_string(),
        (Type::Array(_), value) => value.is_array(),
        (Type::Object(_), value) => value.is_object(),
        (Type::Null, _) => false,
    }
}

/// The member with the type that its options or the example show.
fn named(property: Property, value: &Value) -> Property {
    let Property { mut schema, span, .. } = property;
    let shown = examples::schema_of(value, schema.span);
    if let (false, Value::Array(_)) = (schema.values.is_empty(), value) {
        // The options are those of the items, the rest is the array's.
        let (ty, values) = (std::mem::take(&mut schema.ty), std::mem::take(&mut schema.values));
        let items = Schema { ty, values, span: schema.span, ..Schema::default() };
        schema.ty = Type::Array(Box::new(items));
    } else if schema.ty == Type::Any {
        schema.ty = shown.ty;
    }
    Property { required: false, inferred: true, schema, span }
}

fn recovered(span: Span, name: &str, example: Option<Span>) -> Diagnostic {
    let diagnostic =
        Diagnostic::new(codes::NAME_FROM_EXAMPLE, span, format!("field `{name}` that has lost its name"))
            .label("this is left of it")
            .help("the field is optional, as nothing says that it is required");
    match example {
        Some(example) => {
            diagnostic.related(example, format!("no field documents `{name}` of this example, and it fits"))
        }
        None => diagnostic,
    }
}

fn lost(span: Span, has_example: bool) -> Diagnostic {
    let label = if has_example {
        "left out: no single key of the example fits it"
    } else {
        "left out: no example has it"
    };
    Diagnostic::new(codes::NAME_LOST, span, "field without a name")
        .label(label)
        .help("add the field in a corrected copy of the page")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::EnumValue;

    fn property(ty: Type) -> Property {
        let schema = Schema { ty, ..Schema::default() };
        Property { required: true, inferred: false, schema, span: Span::default() }
    }

    fn check(named: &[&str], lost: &[(usize, Property)], example: &Value, expected: &[&str]) {
        let mut object = Object::default();
        for name in named {
            object.properties.insert((*name).to_owned(), property(Type::String));
        }
        object.unnamed = lost
            .iter()
            .map(|(index, property)| UnnamedProperty { index: *index, property: property.clone() })
            .collect();
        let mut diagnostics = Vec::new();
        recover(&mut object, example.as_object(), None, &mut diagnostics);
        assert_eq!(object.properties.keys().collect::<Vec<_>>(), expected);
        assert_eq!(diagnostics.len(), lost.len());
    }

    fn option(value: &str) -> Property {
        let mut property = property(Type::String);
        property.schema.values =
            vec![EnumValue { value: json!(value), description: None, span: Span::default() }];
        property
    }

    #[test]
    fn the_place_among_siblings_tells_the_name() {
        let example = json!({"a": "x", "lost": 1, "b": "x", "other": 2});
        check(&["a", "b"], &[(1, property(Type::Any))], &example, &["a", "lost", "b"]);
    }

    #[test]
    fn options_tell_the_name_among_several() {
        let example = json!({"a": "x", "one": "red", "two": "blue"});
        check(&["a"], &[(1, option("blue"))], &example, &["a", "two"]);
    }

    #[test]
    fn neighbours_are_matched_in_order() {
        let example = json!({"a": "x", "one": 1, "two": true});
        let lost = [(1, property(Type::Integer)), (1, property(Type::Any))];
        check(&["a"], &lost, &example, &["a", "one", "two"]);
    }

    #[test]
    fn what_nothing_tells_is_dropped() {
        let example = json!({"a": "x", "one": 1, "two": 2});
        check(&["a"], &[(1, property(Type::Integer))], &example, &["a"]);
        check(&["a"], &[(1, property(Type::Boolean))], &json!({"a": "x", "one": 1}), &["a"]);
    }

    #[test]
    fn a_recovered_field_is_inferred_and_optional() {
        let named = named(property(Type::Any), &json!(1.5));
        assert_eq!((named.required, named.inferred, named.schema.ty), (false, true, Type::Number));
    }
}
