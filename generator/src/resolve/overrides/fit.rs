//! Whether what an override says of a field fits the field's type.
//!
//! A default that is no value of the type, and limits that limit nothing or leave nothing, are slips: what would be
//! generated of them is not what was meant. Enter at [`faults`], after the override was set.

use std::cmp::Ordering;

use serde_json::{Number, Value};

use super::field::Fault;
use crate::{
    config::overrides::FieldOverride,
    model::{Limits, Schema, Type},
};

/// What of an override does not fit the schema that it has become part of.
pub(super) fn faults(schema: &Schema, wanted: &FieldOverride) -> Vec<Fault> {
    let mut faults = Vec::new();
    if let Some(Some(default)) = &wanted.default
        && !fits(schema, default)
    {
        let values = if schema.values.is_empty() { "of type" } else { "an enumeration of type" };
        let message =
            format!("the field is {values} {}, and `{default}` is none of its values", schema.ty.kind());
        faults.push(Fault { key: "default", message });
    }
    let given = given(wanted);
    for (key, of) in &given {
        if !any_of(schema, of.is) {
            let message =
                format!("the field is of type {}, and `{key}` limits {}", schema.ty.kind(), of.what);
            faults.push(Fault { key, message });
        }
    }
    faults.extend(crossed(&schema.limits, &given));
    faults
}

/// Whether the type is one of those that are asked for, or may be.
fn any_of(schema: &Schema, is: fn(&Type) -> bool) -> bool {
    match &schema.ty {
        Type::Any | Type::Ref(_) => true,
        Type::Union(alternatives) => alternatives.iter().any(|schema| any_of(schema, is)),
        ty => is(ty),
    }
}

/// Whether a value is one of a schema's. Recursion is bounded by the schema's nesting.
fn fits(schema: &Schema, value: &Value) -> bool {
    if value.is_null() {
        return schema.nullable || matches!(schema.ty, Type::Any | Type::Null | Type::Ref(_));
    }
    let is_listed = schema.values.is_empty() || schema.values.iter().any(|known| known.value == *value);
    let is_of_type = match (&schema.ty, value) {
        (Type::Any | Type::Ref(_), _) => true,
        (Type::Boolean, value) => value.is_boolean(),
        (Type::Integer, value) => value.is_i64() || value.is_u64(),
        (Type::Number, value) => value.is_number(),
        (Type::String | Type::File, value) => value.is_string(),
        (Type::Array(items), Value::Array(values)) => values.iter().all(|value| fits(items, value)),
        (Type::Object(object), Value::Object(members)) => members.iter().all(|(name, value)| {
            let member = object.properties.get(name).map(|property| &property.schema);
            member.or(object.values.as_deref()).is_none_or(|schema| fits(schema, value))
        }),
        (Type::Union(alternatives), value) => alternatives.iter().any(|schema| fits(schema, value)),
        (Type::Null | Type::Array(_) | Type::Object(_), _) => false,
    };
    is_listed && is_of_type
}

/// What a limit is of.
struct Limited {
    what: &'static str,
    is: fn(&Type) -> bool,
}

const TEXTS: &Limited = &Limited { what: "text", is: |ty| matches!(ty, Type::String | Type::File) };
const NUMBERS: &Limited = &Limited { what: "numbers", is: |ty| matches!(ty, Type::Integer | Type::Number) };
const ARRAYS: &Limited = &Limited { what: "arrays", is: |ty| matches!(ty, Type::Array(_)) };
const OBJECTS: &Limited = &Limited { what: "objects", is: |ty| matches!(ty, Type::Object(_)) };

/// A limit that an override gives: its key, and what it is of.
type Given = (&'static str, &'static Limited);

fn given(wanted: &FieldOverride) -> Vec<Given> {
    fn is_set<T>(limit: &Option<Option<T>>) -> bool {
        matches!(limit, Some(Some(_)))
    }
    let all = [
        (is_set(&wanted.min_length), "minLength", TEXTS),
        (is_set(&wanted.max_length), "maxLength", TEXTS),
        (is_set(&wanted.pattern), "pattern", TEXTS),
        (is_set(&wanted.minimum), "minimum", NUMBERS),
        (is_set(&wanted.maximum), "maximum", NUMBERS),
        (is_set(&wanted.exclusive_minimum), "exclusiveMinimum", NUMBERS),
        (is_set(&wanted.exclusive_maximum), "exclusiveMaximum", NUMBERS),
        (is_set(&wanted.multiple_of), "multipleOf", NUMBERS),
        (is_set(&wanted.min_items), "minItems", ARRAYS),
        (is_set(&wanted.max_items), "maxItems", ARRAYS),
        (wanted.unique_items == Some(Some(true)), "uniqueItems", ARRAYS),
        (is_set(&wanted.min_properties), "minProperties", OBJECTS),
        (is_set(&wanted.max_properties), "maxProperties", OBJECTS),
    ];
    all.into_iter().filter(|(is_set, ..)| *is_set).map(|(_, key, of)| (key, of)).collect()
}

/// A limit: its key, what it is, and whether values must lie beyond it.
type Bound = (&'static str, Option<Number>, bool);

/// Limits of which the override gives one, and that no value is within.
fn crossed(limits: &Limits, given: &[Given]) -> Vec<Fault> {
    let count = |count: Option<u64>| count.map(Number::from);
    let bounds: [(&[Bound], &[Bound]); 4] = [
        (
            &[("minLength", count(limits.min_length), false)],
            &[("maxLength", count(limits.max_length), false)],
        ),
        (
            &[
                ("minimum", limits.minimum.clone(), false),
                ("exclusiveMinimum", limits.exclusive_minimum.clone(), true),
            ],
            &[
                ("maximum", limits.maximum.clone(), false),
                ("exclusiveMaximum", limits.exclusive_maximum.clone(), true),
            ],
        ),
        (&[("minItems", count(limits.min_items), false)], &[("maxItems", count(limits.max_items), false)]),
        (
            &[("minProperties", count(limits.min_properties), false)],
            &[("maxProperties", count(limits.max_properties), false)],
        ),
    ];
    let is_given = |key: &str| given.iter().any(|(given, _)| *given == key);
    let mut faults = Vec::new();
    for (lower, upper) in bounds {
        for (low_key, low, low_exclusive) in lower {
            for (high_key, high, high_exclusive) in upper {
                let (Some(low), Some(high)) = (low, high) else { continue };
                let is_empty = match compare(low, high) {
                    Ordering::Less => false,
                    Ordering::Equal => *low_exclusive || *high_exclusive,
                    Ordering::Greater => true,
                };
                let key = [low_key, high_key].into_iter().find(|key| is_given(key));
                if let Some(key) = key.filter(|_| is_empty) {
                    let message = format!("no value is within `{low_key}` {low} and `{high_key}` {high}");
                    faults.push(Fault { key, message });
                }
            }
        }
    }
    let zero = limits.multiple_of.as_ref().filter(|of| of.as_f64().is_none_or(|of| of <= 0.0));
    if let Some(of) = zero.filter(|_| is_given("multipleOf")) {
        let message = format!("nothing is a multiple of {of}: `multipleOf` is greater than 0");
        faults.push(Fault { key: "multipleOf", message });
    }
    faults
}

/// Whole numbers are compared exactly.
fn compare(a: &Number, b: &Number) -> Ordering {
    match (a.as_i128(), b.as_i128()) {
        (Some(a), Some(b)) => a.cmp(&b),
        _ => a.as_f64().partial_cmp(&b.as_f64()).unwrap_or(Ordering::Equal),
    }
}
