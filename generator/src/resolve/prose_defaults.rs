//! Defaults that a page tells in prose.
//!
//! `(default: 30 seconds`, `default value is false`, `Defaults to "all".` A default is read only where it fits
//! the schema's type, and where no condition follows. A text must be quoted, or one of the documented
//! values: `defaults to today` is no text `today`.

use serde_json::Value;

use super::{
    prose::{after_phrase, mentions, running_sentences, unquoted},
    visit::visit_schemas,
};
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Api, Schema, Type},
};

/// What all phrases have.
const WORD: &str = "default";

const PHRASES: [&str; 12] = [
    "default value is set to",
    "default value is",
    "default value:",
    "default value of",
    "default is set to",
    "default is",
    "default:",
    "default =",
    "defaults to",
    "defaulted to",
    "default to",
    "by default it is",
];

/// Reads the defaults of all descriptions.
pub(super) fn resolve_prose_defaults(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    visit_schemas(api, |place, schema| {
        if schema.default.is_some() {
            return;
        }
        let Some(description) = schema.description.as_ref().filter(|it| mentions(&it.value, WORD)) else {
            return;
        };
        let description = description.clone();
        let Some(default) = read_default(&description.value, schema) else { return };
        let of = place.name.map_or_else(String::new, |name| format!(" of `{name}`"));
        diagnostics.push(
            Diagnostic::new(
                codes::DEFAULT_FROM_PROSE,
                description.span,
                format!("default{of} told in prose"),
            )
            .label(format!("read as {default}"))
            .help("override the default in docwright.yaml if it is not right"),
        );
        schema.default = Some(default);
    });
}

fn read_default(description: &str, schema: &Schema) -> Option<Value> {
    running_sentences(description).iter().filter(|it| mentions(it, WORD)).find_map(|sentence| {
        let after = after_phrase(sentence, &PHRASES)?.trim_start();
        let (word, rest) = first_word(after);
        if conditional(rest) {
            return None;
        }
        let value = schema.ty.parse_value(word)?;
        let known = schema.values.iter().any(|known| known.value == value);
        match &schema.ty {
            Type::Boolean | Type::Integer | Type::Number if schema.values.is_empty() || known => Some(value),
            Type::String if known || (schema.values.is_empty() && unquoted(word).is_some()) => Some(value),
            _ => None,
        }
    })
}

/// The first word, or all that it quotes, and what follows.
fn first_word(text: &str) -> (&str, &str) {
    let quote = text.chars().next().filter(|c| matches!(c, '`' | '"' | '\''));
    let end = match quote.and_then(|quote| text.get(1..)?.find(quote)) {
        Some(close) => close + 2,
        None => {
            text.find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ')' | ']')).unwrap_or(text.len())
        }
    };
    let (word, rest) = text.split_at(end);
    (if quote.is_some() { word } else { word.trim_end_matches(['.', ':', '!', '*']) }, rest)
}

/// Whether the default holds in some cases only.
fn conditional(rest: &str) -> bool {
    let words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(12).any(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "if" | "when" | "unless" | "otherwise" | "for" | "depending" | "or" | "plus" | "minus" | "times"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::EnumValue, source::Span};

    fn check(ty: Type, text: &str, expected: Option<Value>) {
        let schema = Schema::new(ty, Span::default());
        assert_eq!(read_default(text, &schema), expected, "{text}");
    }

    #[test]
    fn defaults_that_fit_the_type() {
        check(Type::Integer, "Waiting time (default: 30 seconds, maximum: 60 seconds)", Some(30.into()));
        check(Type::Boolean, "Whether it is on, default value is false.", Some(false.into()));
        check(Type::Integer, "The default is 20.", Some(20.into()));
        check(Type::Number, "Defaults to 0.5.", Some(0.5.into()));
        check(Type::String, "Defaults to `all`.", Some("all".into()));
    }

    #[test]
    fn prose_that_states_no_default() {
        for text in [
            "Defaults to 20 if `a` is set.",
            "Defaults to the limit",
            "No default",
            "Defaults to 1000ms",
            "default: 10 or 20",
        ] {
            check(Type::Integer, text, None);
        }
        check(Type::String, "Defaults to today.", None);
        check(Type::Boolean, "The default is 1.", None);
    }

    #[test]
    fn a_documented_value_needs_no_quotes() {
        let span = Span::default();
        let value = |text: &str| EnumValue { value: text.into(), description: None, span };
        let schema = Schema { values: vec![value("ASC"), value("DESC")], ..Schema::new(Type::String, span) };
        assert_eq!(read_default("Defaults to ASC.", &schema), Some("ASC".into()));
        assert_eq!(read_default("Defaults to UP.", &schema), None);
    }
}
