//! The limits of a schema, and the keywords that say nothing of the type beside them.
//!
//! JSON Schema lets `minLength` stand beside `type: integer`, where it limits nothing. Whoever wrote it meant something, so
//! that it is not dropped without a word. Enter at `Reader::read_limits` and `Reader::report_misplaced`.

use serde_json::{Number, Value};

use super::Reader;
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Limits, Schema, Type},
    yaml::Node,
};

/// Whether a keyword says something of a type.
type SaysOf = fn(&Type) -> bool;

/// Limits, members and items, each with the types of which it says something; any value can be of all of them.
const KEYWORDS: [(&str, SaysOf); 17] = [
    ("properties", |ty| matches!(ty, Type::Object(_))),
    ("additionalProperties", |ty| matches!(ty, Type::Object(_))),
    ("items", |ty| matches!(ty, Type::Array(_))),
    ("prefixItems", |ty| matches!(ty, Type::Array(_))),
    ("minLength", |ty| matches!(ty, Type::String | Type::File)),
    ("maxLength", |ty| matches!(ty, Type::String | Type::File)),
    ("pattern", |ty| matches!(ty, Type::String)),
    ("minItems", |ty| matches!(ty, Type::Array(_))),
    ("maxItems", |ty| matches!(ty, Type::Array(_))),
    ("uniqueItems", |ty| matches!(ty, Type::Array(_))),
    ("minProperties", |ty| matches!(ty, Type::Object(_))),
    ("maxProperties", |ty| matches!(ty, Type::Object(_))),
    ("minimum", |ty| matches!(ty, Type::Integer | Type::Number)),
    ("maximum", |ty| matches!(ty, Type::Integer | Type::Number)),
    ("exclusiveMinimum", |ty| matches!(ty, Type::Integer | Type::Number)),
    ("exclusiveMaximum", |ty| matches!(ty, Type::Integer | Type::Number)),
    ("multipleOf", |ty| matches!(ty, Type::Integer | Type::Number)),
];

impl<'n> Reader<'_, '_, 'n> {
    /// The limits that stand beside a type, and limit it.
    pub(super) fn read_limits(&mut self, node: &'n Node, ty: &Type) -> Limits {
        let mut limits = Limits::default();
        let mut length = |key: &str| {
            let limit = node.get(key)?;
            let value = limit.scalar()?;
            let whole = value.as_u64().or_else(|| value.as_f64().and_then(whole));
            if whole.is_none() {
                self.malformed(limit, format!("`{key}` that is no length"));
            }
            whole
        };
        if matches!(ty, Type::String | Type::Any | Type::File) {
            limits.min_length = length("minLength");
            limits.max_length = length("maxLength");
        }
        if matches!(ty, Type::Array(_) | Type::Any) {
            limits.min_items = length("minItems");
            let is_closed = node.get("items").and_then(Node::as_bool) == Some(false);
            let first = node.get("prefixItems").map(Node::items).unwrap_or_default();
            let closed = is_closed.then_some(first.len() as u64);
            limits.max_items = [length("maxItems"), closed].into_iter().flatten().min();
            limits.unique_items = node.get("uniqueItems").and_then(Node::as_bool) == Some(true);
        }
        if matches!(ty, Type::Object(_) | Type::Any) {
            limits.min_properties = length("minProperties");
            limits.max_properties = length("maxProperties");
            let names = node.get("propertyNames");
            if let Some(names) = names {
                limits.max_key_length = names.get("maxLength").and_then(|n| n.scalar()?.as_u64());
                if limits.max_key_length.is_none() || names.members().is_some_and(|members| members.len() > 1)
                {
                    let range = names.range.clone();
                    self.leave_out("propertyNames", &range);
                }
            }
        }
        if matches!(ty, Type::String | Type::Any) {
            limits.pattern = node.get("pattern").and_then(Node::as_str).map(str::to_owned);
        }
        if matches!(ty, Type::Integer | Type::Number | Type::Any) {
            let number = |key: &str| node.get(key).and_then(|n| as_number(n.scalar()?));
            // OpenAPI 3.0 says with a boolean that a limit is exclusive.
            let exclusive = |key: &str| node.get(key).and_then(Node::as_bool) == Some(true);
            let (minimum, maximum) = (number("minimum"), number("maximum"));
            match exclusive("exclusiveMinimum") {
                true => limits.exclusive_minimum = minimum,
                false => {
                    limits.minimum = minimum;
                    limits.exclusive_minimum = number("exclusiveMinimum");
                }
            }
            match exclusive("exclusiveMaximum") {
                true => limits.exclusive_maximum = maximum,
                false => {
                    limits.maximum = maximum;
                    limits.exclusive_maximum = number("exclusiveMaximum");
                }
            }
            limits.multiple_of = number("multipleOf").filter(|n| n.as_f64().is_some_and(|n| n > 0.0));
        }
        limits
    }

    /// Reports the keywords of a schema that say nothing of any of its alternatives.
    pub(super) fn report_misplaced(&mut self, node: &'n Node, alternatives: &[Schema]) {
        for (name, member) in node.members().into_iter().flatten() {
            let Some((_, says_of)) = KEYWORDS.iter().find(|(keyword, _)| keyword == name) else { continue };
            let says_nothing = name == "uniqueItems" && member.node.as_bool() == Some(false);
            if says_nothing
                || alternatives.iter().any(|schema| matches!(schema.ty, Type::Any) || says_of(&schema.ty))
            {
                continue;
            }
            let kinds: Vec<&str> = alternatives.iter().map(|schema| schema.ty.kind()).collect();
            let span = self.span(&member.key);
            self.cx.report(
                Diagnostic::new(
                    codes::KEYWORD_NOT_READ,
                    span,
                    format!("`{name}` beside the type `{}`", kinds.join(" | ")),
                )
                .label("left out: it says nothing of such a value"),
            );
        }
    }
}

fn whole(number: f64) -> Option<u64> {
    // Beyond 2^53 not every whole number has a float.
    (number.fract() == 0.0 && (0.0..9e15).contains(&number)).then_some(number as u64)
}

fn as_number(value: &Value) -> Option<Number> {
    match value {
        Value::Number(number) => Some(number.clone()),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
}
