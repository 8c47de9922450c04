//! Enumerations become enums with short variant names.
//!
//! A text names its own variant, without the words that all values begin with: `ROLE_ADMIN` and
//! `ROLE_PARTNER` are `Admin` and `Partner`. An integer is named by what the page says it means:
//! “The user has been locked out due to …” is `LockedOut`.

use std::collections::HashSet;

use serde_json::Value;

use super::{
    docs,
    names::{Kind, Scope, words},
    plan::{EnumPlan, VariantPlan, WireValue},
};
use crate::model::{EnumValue, Schema, Type};

/// The most words of a label that name a variant.
const MAX_LABEL_WORDS: usize = 3;

/// The enum of a schema's documented values, of which those of another type than the schema's are left
/// out; `None` where none remains.
pub(crate) fn lower_enum(schema: &Schema, field: &str) -> Option<EnumPlan> {
    let integer = schema.ty == Type::Integer;
    let mut seen = HashSet::new();
    let values: Vec<(WireValue, &EnumValue)> = schema
        .values
        .iter()
        .filter_map(|value| Some((wire(value, integer)?, value)))
        .filter(|(wire, _)| seen.insert(wire.clone()))
        .collect();
    if values.is_empty() {
        return None;
    }
    let texts = if integer { integer_names(&values, field) } else { text_names(&values) };
    let mut scope = Scope::default();
    let variants = values
        .iter()
        .zip(texts)
        .map(|((wire, value), text)| VariantPlan {
            name: scope.name(Kind::Variant, &text),
            wire: wire.clone(),
            rename: None,
            docs: docs::enum_value(value),
        })
        .collect();
    let unknown = if scope.is_free(Kind::Variant, "Unknown") { "Unknown" } else { "Undocumented" };
    let unknown = scope.name(Kind::Variant, unknown);
    Some(EnumPlan { variants, unknown, integer })
}

/// Strings with a meaning of their own among the alternatives of a union.
pub(crate) fn keywords(schema: &Schema, scope: &mut Scope) -> Vec<VariantPlan> {
    let texts = schema.values.iter().filter_map(|value| Some((value.value.as_str()?, value)));
    let mut variants: Vec<VariantPlan> = texts
        .map(|(text, value)| VariantPlan {
            name: scope.name(Kind::Variant, text),
            wire: WireValue::Text(text.to_owned()),
            rename: None,
            docs: docs::enum_value(value),
        })
        .collect();
    for plan in &mut variants {
        if let WireValue::Text(wire) = &plan.wire {
            plan.rename = (plan.name.as_str() != wire).then(|| wire.clone());
        }
    }
    variants
}

fn wire(value: &EnumValue, integer: bool) -> Option<WireValue> {
    match &value.value {
        Value::String(text) if !integer => Some(WireValue::Text(text.clone())),
        Value::Number(number) if integer => number.as_i64().map(WireValue::Integer),
        _ => None,
    }
}

/// The values' own words, without those that all of them begin with. At least one word that can begin
/// an identifier is left to each.
fn text_names(values: &[(WireValue, &EnumValue)]) -> Vec<String> {
    let texts: Vec<&str> = values
        .iter()
        .map(|(wire, _)| match wire {
            WireValue::Text(text) => text.as_str(),
            WireValue::Integer(_) => "",
        })
        .collect();
    let all: Vec<Vec<String>> = texts.iter().map(|text| words(text)).collect();
    let can_start =
        |word: Option<&String>| word.is_some_and(|word| !word.starts_with(|c: char| c.is_ascii_digit()));
    let mut common = if all.len() > 1 { common_prefix(&all) } else { 0 };
    while common > 0 && !all.iter().all(|words| can_start(words.get(common))) {
        common -= 1;
    }
    if common == 0 {
        return texts.into_iter().map(str::to_owned).collect();
    }
    all.iter().map(|words| words.get(common..).unwrap_or_default().join(" ")).collect()
}

fn common_prefix(all: &[Vec<String>]) -> usize {
    let Some((first, rest)) = all.split_first() else { return 0 };
    let shared = |words: &Vec<String>| first.iter().zip(words).take_while(|(a, b)| a == b).count();
    rest.iter().map(shared).min().unwrap_or(0)
}

fn integer_names(values: &[(WireValue, &EnumValue)], field: &str) -> Vec<String> {
    let labels: Vec<Vec<String>> = values
        .iter()
        .map(|(_, value)| value.description.as_ref().map_or_else(Vec::new, |text| words(&text.value)))
        .collect();
    let short = short_labels(labels, field);
    let distinct: HashSet<&String> = short.iter().collect();
    let usable = distinct.len() == short.len() && short.iter().all(|label| !label.is_empty());
    if usable {
        return short;
    }
    values
        .iter()
        .map(|(wire, _)| match wire {
            WireValue::Integer(value) if *value < 0 => format!("minus {}", value.unsigned_abs()),
            WireValue::Integer(value) => format!("value {value}"),
            WireValue::Text(text) => text.clone(),
        })
        .collect()
}

/// Words that carry no meaning of their own at the start of a label.
const FILLERS: &[&str] =
    &["a", "an", "the", "is", "are", "was", "were", "has", "have", "had", "been", "be", "it"];

/// Words from which on a label explains more than it names.
const EXPLAINERS: &[&str] = &[
    "about", "after", "and", "as", "at", "because", "before", "but", "by", "due", "for", "from", "if", "in",
    "of", "on", "or", "since", "so", "that", "to", "until", "when", "where", "which", "while", "with",
    "without",
];

/// What tells labels apart, in few words: without what all begin or end with, the field's name at the
/// end, fillers at the start, and everything from the first explaining word on.
fn short_labels(mut labels: Vec<Vec<String>>, field: &str) -> Vec<String> {
    let field_words = words(field);
    let common = if labels.len() > 1 { common_prefix(&labels) } else { 0 };
    for label in &mut labels {
        label.drain(..common.min(label.len().saturating_sub(1)));
        let explains = |word: &String| EXPLAINERS.contains(&word.as_str());
        if let Some(at) = label.iter().skip(1).position(explains) {
            label.truncate(at + 1);
        }
        let fillers = label.iter().take_while(|word| FILLERS.contains(&word.as_str())).count();
        label.drain(..fillers.min(label.len().saturating_sub(1)));
        if label.len() > field_words.len() && label.ends_with(&field_words) {
            label.truncate(label.len() - field_words.len());
        }
        label.truncate(MAX_LABEL_WORDS);
    }
    labels.into_iter().map(|label| label.join(" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::Text, source::Span};

    fn variants(ty: Type, field: &str, values: &[(Value, &str)]) -> Vec<String> {
        let span = Span::default();
        let mut schema = Schema::new(ty, span);
        schema.values = values
            .iter()
            .map(|(value, label)| EnumValue {
                value: value.clone(),
                description: Some(Text::new(*label, span)).filter(|text| !text.value.is_empty()),
                span,
            })
            .collect();
        let plan = lower_enum(&schema, field).unwrap();
        plan.variants.iter().map(|variant| variant.name.to_string()).collect()
    }

    #[test]
    fn common_words_are_left_out() {
        let values = [("ROLE_ADMIN".into(), ""), ("ROLE_PARTNER".into(), "")];
        assert_eq!(variants(Type::String, "role", &values), ["Admin", "Partner"]);
        let values = [("v1".into(), ""), ("v2".into(), "")];
        assert_eq!(variants(Type::String, "version", &values), ["V1", "V2"]);
        let values = [("a".into(), ""), ("a_b".into(), "")];
        assert_eq!(variants(Type::String, "x", &values), ["A", "AB"]);
    }

    #[test]
    fn labels_name_integers() {
        let roles = [(0.into(), "Administrator role"), (1.into(), "Client role")];
        assert_eq!(variants(Type::Integer, "role", &roles), ["Administrator", "Client"]);
        let states = [
            (0.into(), "The user is active"),
            (1.into(), "The user has been locked out due to invalid login attempts"),
            (2.into(), "The user has been disabled"),
        ];
        assert_eq!(variants(Type::Integer, "status", &states), ["Active", "LockedOut", "Disabled"]);
    }

    #[test]
    fn integers_without_telling_labels_are_named_by_value() {
        let values = [(0.into(), ""), ((-1).into(), "")];
        assert_eq!(variants(Type::Integer, "x", &values), ["Value0", "Minus1"]);
        let same = [(0.into(), "on"), (1.into(), "on")];
        assert_eq!(variants(Type::Integer, "x", &same), ["Value0", "Value1"]);
    }

    #[test]
    fn values_that_meet_are_numbered_and_unknown_gives_way() {
        let values = [("a-b".into(), ""), ("a_b".into(), ""), ("unknown".into(), ""), ("".into(), "")];
        assert_eq!(variants(Type::String, "x", &values), ["AB", "AB2", "Unknown", "Empty"]);
    }
}
