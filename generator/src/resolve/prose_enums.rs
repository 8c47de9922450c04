//! Enumerations that a page tells in prose.
//!
//! Three shapes are read: labelled values one a line (`0: Administrator role`, bullets of any kind before
//! them), labelled numbers in a sentence (`0 is Administrator, 1 is Client.`), and values listed after a
//! phrase that announces them (`Available values are ASC and DESC.`). The schema's own type decides what
//! a value is; a schema that lists its values already is left alone.
//!
//! [`lines`] reads the first shape, [`sentences`] the others; [`announcement`] knows the phrases.
//!
//! Invariant: whatever does not fit a shape wholly gives no enumeration at all.

mod announcement;
mod lines;
mod sentences;

use serde_json::Value;

use self::{
    lines::labelled_lines,
    sentences::{announced, numbers_in_sentence},
};
use super::{
    prose::{self, unquoted},
    visit::visit_schemas,
};
use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::Dialect,
    model::{Api, EnumValue, Schema, Text, Type},
    source::Span,
};

/// The most values that prose lists.
const MAX_VALUES: usize = 200;
/// The longest value.
const MAX_VALUE: usize = 64;

type Labelled = (Value, Option<String>);

/// Reads the enumerations of all descriptions.
pub(super) fn resolve_prose_enums(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    visit_schemas(api, |place, schema| {
        if place.dialect.is_some_and(Dialect::notes_enumerations) {
            return;
        }
        let Some(description) = schema.description.clone() else { return };
        let target = match &mut schema.ty {
            Type::Array(items) => items.as_mut(),
            _ => schema,
        };
        if !target.values.is_empty() || !matches!(target.ty, Type::Integer | Type::String) {
            return;
        }
        let Some(found) = read_enum(place.name, &description.value, &target.ty) else { return };
        diagnostics.push(note(place.name, &found, description.span));
        give(target, found, description.span);
    });
}

fn give(schema: &mut Schema, found: Vec<Labelled>, span: Span) {
    let value = |(value, label): Labelled| {
        let description = label.map(|label| Text::new(label, span));
        EnumValue { value, description, span }
    };
    schema.values = found.into_iter().map(value).collect();
}

fn note(name: Option<&str>, found: &[Labelled], span: Span) -> Diagnostic {
    let shown: Vec<String> = found.iter().take(8).map(|(value, _)| value.to_string()).collect();
    let more = if found.len() > shown.len() { ", …" } else { "" };
    let of = name.map_or_else(String::new, |name| format!(" of `{name}`"));
    Diagnostic::new(codes::ENUM_FROM_PROSE, span, format!("values{of} told in prose"))
        .label(format!("read as {}{more}", shown.join(", ")))
        .help("override the values in docwright.yaml if these are not all, or not right")
}

fn read_enum(name: Option<&str>, description: &str, ty: &Type) -> Option<Vec<Labelled>> {
    let lines = prose::lines(description);
    let found = labelled_lines(name, &lines, ty).or_else(|| {
        let sentences = prose::sentences(description);
        let numbers = || sentences.iter().find_map(|sentence| numbers_in_sentence(sentence, ty));
        announced(name, &sentences, ty).or_else(numbers)
    })?;
    let distinct =
        found.iter().enumerate().all(|(at, (value, _))| found.iter().skip(at + 1).all(|(v, _)| v != value));
    (distinct && (2..=MAX_VALUES).contains(&found.len())).then_some(found)
}

/// `VALUE: label`, `VALUE - label`, `VALUE = label`.
fn labelled(line: &str, ty: &Type) -> Option<Labelled> {
    let separator = [": ", " - ", " – ", " — ", " = ", "="]
        .into_iter()
        .filter_map(|s| Some((line.find(s)?, s.len())))
        .min();
    let (at, length) = separator?;
    let (value, label) = (line.get(..at)?.trim(), line.get(at + length..)?.trim());
    let value = match ty {
        Type::Integer => Value::from(unquoted(value).unwrap_or(value).parse::<i64>().ok()?),
        _ => Value::String(token(value)?.to_owned()),
    };
    let label = label.trim_end_matches([',', ';']).trim();
    (!label.is_empty()).then(|| (value, Some(label.to_owned())))
}

/// A value: quoted, or one word such as `ASC`, `order-asc`, `v1.0`.
fn token(text: &str) -> Option<&str> {
    let text = text.trim().trim_end_matches([',', ';']);
    if let Some(inner) = unquoted(text) {
        return (inner.len() <= MAX_VALUE).then_some(inner);
    }
    let fits = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | '+' | ':');
    (!text.is_empty()
        && text.len() <= MAX_VALUE
        && text.chars().all(fits)
        && text.contains(char::is_alphanumeric))
    .then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(ty: Type, description: &str, expected: &str) {
        let found = read_enum(Some("kind"), description, &ty).unwrap_or_default();
        let show = |(value, label): &Labelled| match label {
            Some(label) => format!("{value}={label}"),
            None => value.to_string(),
        };
        assert_eq!(found.iter().map(show).collect::<Vec<_>>().join(" | "), expected, "{description}");
    }

    #[test]
    fn labelled_numbers_one_a_line() {
        let expected = "0=Reader role | 1=Writer role";
        check(Type::Integer, "The role. Available values:  \n0: Reader role  \n1: Writer role", expected);
        check(
            Type::Integer,
            "The role. Available values:  \n  _ 0: Reader role  \n  _ 1: Writer role ",
            expected,
        );
        check(Type::Integer, "Values:\n  _ 0: Reader role  \n  \\* 1: Writer role", expected);
        check(Type::Integer, "- 0 - Reader role\n- 1 - Writer role", expected);
        check(Type::Integer, "Available values: 0: Reader role 1: Writer role", expected);
        check(Type::Integer, "0: Reader\n  role\n1: Writer role", expected);
    }

    #[test]
    fn labelled_numbers_in_a_sentence() {
        check(Type::Integer, "Filter by role. 0 is Reader, 1 is Writer.", "0=Reader | 1=Writer");
        check(
            Type::Integer,
            "0 is Active, 1 is Locked Out, 2 is Disabled.",
            "0=Active | 1=Locked Out | 2=Disabled",
        );
        check(Type::Integer, "Role (0 = Reader, 1 = Writer)", "0=Reader | 1=Writer");
    }

    #[test]
    fn listed_values() {
        check(Type::String, "Sort order. Available values are ASC and DESC.", "\"ASC\" | \"DESC\"");
        check(
            Type::String,
            "Available values are Name, Status, Network and Kind.",
            "\"Name\" | \"Status\" | \"Network\" | \"Kind\"",
        );
        check(Type::String, "The kind can be one of a, b.", "\"a\" | \"b\"");
        check(Type::String, "The kind (possible values: a, b) of it", "\"a\" | \"b\"");
        check(Type::String, "Its kind, allowed values are a and b", "\"a\" | \"b\"");
        check(Type::String, "Must be one of `a b`, \"c\", or d.", "\"a b\" | \"c\" | \"d\"");
        check(
            Type::String,
            "Possible values: up (ascending), down (descending)",
            "\"up\"=ascending | \"down\"=descending",
        );
        check(Type::Integer, "Allowed values are 1, 2 and 3.", "1 | 2 | 3");
        check(Type::String, "The kind. One of: `a`, `b`.", "\"a\" | \"b\"");
        check(Type::String, "Can be `a`, `b` or `c`.", "\"a\" | \"b\" | \"c\"");
        check(Type::String, "Either \"a\" or \"b\"", "\"a\" | \"b\"");
        check(
            Type::String,
            "Allowed values:\n- `on`: switched on\n- `off`: switched off",
            "\"on\"=switched on | \"off\"=switched off",
        );
        check(Type::String, "Allowed values:\n- on\n- off\n\nMore text.", "\"on\" | \"off\"");
    }

    #[test]
    fn ordinary_prose_lists_nothing() {
        for text in [
            "The number of users. 0 is unlimited, 1 is the minimum.",
            "0 is the lowest, 100 is the highest.",
            "0 is off, 100 is fully on.",
            "Number of records to take from the result list.",
            "At 10: 30 people, at 11: 20 people",
            "Between 1 and 10",
            "1: only one",
            "Ratio of 16:9 or 4:3",
        ] {
            check(Type::Integer, text, "");
        }
        for text in [
            "Available values are described in the guide.",
            "Possible values are many, see below.",
            "Note: a\nHint: b",
            "The name, e.g. a, b and c.",
            "Available values are A.",
            "Can be long or short.",
            "Can be `a` or empty",
            "One of the orders that `a` and `b` have",
            "It must be `a` if `b` is set",
            "Available values are A, A.",
            "Filter by field.\n\nuserStatus can be one of the following:\n- ON\n- OFF",
            "Sizes possible values: a, b",
        ] {
            check(Type::String, text, "");
        }
    }
}
