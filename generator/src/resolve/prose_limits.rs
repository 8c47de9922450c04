//! Limits that a page tells in prose.
//!
//! `(max 100 characters)` on a string, `up to 20 items` on an array, and `up to 50 key: value pairs` on an
//! object, which thereby is a map. A limit is read only where its sentence names the unit that fits the
//! schema's type; documented limits stand. What names no unit is read in [`super::prose_bounds`].

use serde_json::Number;

use super::{
    prose::{mentions, running_sentences, sentences},
    prose_bounds::{may_bound, read_bounds},
    visit::visit_schemas,
};
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Api, Limits, Schema, Type},
    source::Span,
};

/// What all names of the unit of a text have.
const CHARACTER: &str = "char";
/// What all names of the unit of an array have, one or the other.
const ITEM: [&str; 3] = ["item", "element", "entr"];

/// The words for parts of a text, or for what a map holds: their lengths are not that of the whole.
pub(super) const PARTS: [&str; 7] = ["each", "per", "every", "individual", "key", "keys", "values"];

/// Reads the limits of all descriptions.
pub(super) fn resolve_prose_limits(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    visit_schemas(api, |place, schema| {
        let Some(description) = &schema.description else { return };
        // What names no unit is not taken apart: that is nearly everything.
        let units: &[&str] = match &schema.ty {
            Type::String => &[CHARACTER],
            Type::Array(_) => &ITEM,
            Type::Object(object) if object.properties.is_empty() => &["pair"],
            _ => &[],
        };
        let names_unit = units.iter().any(|unit| mentions(&description.value, unit));
        let may_bound = place.dialect.is_some_and(|dialect| !dialect.notes_limits())
            && may_bound(&description.value, schema);
        if !names_unit && !may_bound {
            return;
        }
        let description = description.clone();
        let before = schema.limits.clone();
        let mut is_map = false;
        match &schema.ty {
            _ if !names_unit => {}
            Type::String => read_lengths(&description.value, &mut schema.limits),
            Type::Array(_) => read_items(&description.value, &mut schema.limits),
            _ => is_map = read_map(&description.value, schema, description.span),
        }
        if may_bound {
            read_bounds(&description.value, schema);
        }
        if schema.limits != before || is_map {
            diagnostics.push(note(place.name, &before, schema, description.span));
        }
    });
}

fn note(name: Option<&str>, before: &Limits, schema: &Schema, span: Span) -> Diagnostic {
    let mut read: Vec<String> = Vec::new();
    let now = &schema.limits;
    let mut limit = |what: &str, old: Option<u64>, new: Option<u64>| {
        read.extend(new.filter(|_| old != new).map(|new| format!("{what} {new}")));
    };
    limit("at least this long:", before.min_length, now.min_length);
    limit("at most this long:", before.max_length, now.max_length);
    limit("at most this many items:", before.max_items, now.max_items);
    limit("at most this many entries:", before.max_properties, now.max_properties);
    limit("keys at most this long:", before.max_key_length, now.max_key_length);
    if let Type::Object(object) = &schema.ty {
        let longest = object.values.as_ref().and_then(|values| values.limits.max_length);
        limit("values at most this long:", None, longest);
    }
    let mut bound = |what: &str, old: &Option<Number>, new: &Option<Number>| {
        read.extend(new.iter().filter(|_| old != new).map(|new| format!("{what} {new}")));
    };
    bound("at least", &before.minimum, &now.minimum);
    bound("at most", &before.maximum, &now.maximum);
    bound("greater than", &before.exclusive_minimum, &now.exclusive_minimum);
    bound("less than", &before.exclusive_maximum, &now.exclusive_maximum);
    let of = name.map_or_else(String::new, |name| format!(" of `{name}`"));
    Diagnostic::new(codes::LIMIT_FROM_PROSE, span, format!("limits{of} told in prose"))
        .label(format!("read as {}", read.join(", ")))
        .help("override the limits in docwright.yaml if they are not right")
}

/// The lengths of a string.
fn read_lengths(description: &str, limits: &mut Limits) {
    for sentence in sentences(description).iter().filter(|it| mentions(it, CHARACTER)) {
        let sentence = sentence.to_lowercase();
        let words = words(&sentence);
        // What is said of parts of the text limits no whole.
        let part = words.iter().any(|word| PARTS.contains(word))
            || words.windows(2).any(|at| matches!(at, ["first" | "last", count] if number(count).is_some()));
        if part {
            continue;
        }
        for bound in bounds(&words, is_character) {
            match bound {
                Bound::AtMost(most) => set(&mut limits.max_length, most),
                Bound::AtLeast(least) => set(&mut limits.min_length, least),
            }
        }
    }
    if limits.min_length > limits.max_length && limits.max_length.is_some() {
        limits.min_length = None;
    }
}

fn read_items(description: &str, limits: &mut Limits) {
    let is_item =
        |word: &str| matches!(word, "item" | "items" | "element" | "elements" | "entry" | "entries");
    let names_item = |text: &&String| ITEM.iter().any(|item| mentions(text, item));
    for sentence in sentences(description).iter().filter(names_item) {
        let sentence = sentence.to_lowercase();
        let words = words(&sentence);
        if words.iter().any(|word| matches!(*word, "each" | "per" | "every")) {
            continue;
        }
        for bound in bounds(&words, is_item) {
            if let Bound::AtMost(most) = bound {
                set(&mut limits.max_items, most);
            }
        }
    }
}

/// `up to 50 key: value pairs`, and sentences about keys and values; whether the object is a map by that.
fn read_map(description: &str, schema: &mut Schema, span: Span) -> bool {
    let mut limits = Limits::default();
    let mut longest_value = None;
    let mut is_map = false;
    for sentence in running_sentences(description) {
        let sentence = sentence.to_lowercase();
        let words = words(&sentence);
        let pairs = words.windows(3).position(|at| matches!(at, ["key", "value", "pair" | "pairs"]));
        if let Some(at) = pairs {
            is_map = true;
            let before = words.get(..at).unwrap_or_default();
            if let Some(Bound::AtMost(most)) = bound_before(before) {
                set(&mut limits.max_properties, most);
            }
            continue;
        }
        let about = |names: [&str; 2]| words.iter().any(|word| names.contains(word));
        let most =
            bounds(&words, is_character).into_iter().chain(character_length(&words)).find_map(|bound| {
                match bound {
                    Bound::AtMost(most) => Some(most),
                    Bound::AtLeast(_) => None,
                }
            });
        match (about(["key", "keys"]), about(["value", "values"]), most) {
            (true, false, Some(most)) => set(&mut limits.max_key_length, most),
            (false, true, Some(most)) => set(&mut longest_value, most),
            _ => {}
        }
    }
    let Type::Object(object) = &mut schema.ty else { return false };
    if !is_map {
        return false;
    }
    schema.limits.max_properties = schema.limits.max_properties.or(limits.max_properties);
    schema.limits.max_key_length = schema.limits.max_key_length.or(limits.max_key_length);
    if let Some(longest) = longest_value.filter(|_| object.values.is_none()) {
        // Only text has characters.
        let limits = Limits { max_length: Some(longest), ..Limits::default() };
        object.values = Some(Box::new(Schema { limits: limits.into(), ..Schema::new(Type::String, span) }));
    }
    limits != Limits::default() || longest_value.is_some()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Bound {
    AtMost(u64),
    AtLeast(u64),
}

fn set(place: &mut Option<u64>, value: u64) {
    place.get_or_insert(value);
}

fn is_character(word: &str) -> bool {
    matches!(word, "character" | "characters" | "char" | "chars")
}

/// The words of a sentence in lower case, without the punctuation around them.
fn words(sentence: &str) -> Vec<&str> {
    sentence
        .split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ':' | ';' | '/' | '"' | '`' | '*'))
        .flat_map(|word| if word.contains("key-value") { vec!["key", "value"] } else { vec![word] })
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-'))
        .filter(|word| !word.is_empty() && *word != "-")
        .collect()
}

/// What is said with a number before a unit: `max 100 characters`, `100 characters maximum`.
fn bounds(words: &[&str], unit: impl Fn(&str) -> bool) -> Vec<Bound> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if !unit(word) {
            continue;
        }
        let before = words.get(..at).unwrap_or_default();
        let after = words.get(at + 1..).unwrap_or_default();
        if let [.., low, middle, high] = before
            && let (Some(low), Some(high)) = (number(low), number(high))
            && matches!(*middle, "and" | "to" | "-" | "–")
            && low < high
        {
            found.extend([Bound::AtLeast(low), Bound::AtMost(high)]);
            continue;
        }
        if let Some(bound) = bound_before(before) {
            found.push(bound);
            continue;
        }
        let count = before.last().and_then(|word| number(word));
        match (after.first().copied(), count) {
            (Some("max" | "maximum"), Some(count)) => found.push(Bound::AtMost(count)),
            (Some("min" | "minimum"), Some(count)) => found.push(Bound::AtLeast(count)),
            _ => {}
        }
    }
    found
}

/// The bound that the words end in: `… up to 50`.
fn bound_before(words: &[&str]) -> Option<Bound> {
    let (last, before) = words.split_last()?;
    let count = number(last)?;
    let before = before.iter().rev().take(6).rev().copied().collect::<Vec<_>>().join(" ");
    let before = format!(" {before}");
    let ends = |phrases: &[&str]| phrases.iter().any(|phrase| before.ends_with(phrase));
    if ends(&[
        " max",
        " maximum",
        " maximum of",
        " max of",
        " up to",
        " at most",
        " no more than",
        " not more than",
        " no longer than",
        " not exceed",
        " limited to",
        " maximum length",
        " maximum length of",
        " max length",
        " maximum length is",
        " max length is",
        " cannot exceed",
        " can't exceed",
        " length of up to",
    ]) {
        // "Not up to", "not limited to" deny it.
        return (!before.contains(" not limited to") && !before.contains(" not up to"))
            .then_some(Bound::AtMost(count));
    }
    ends(&[
        " min",
        " minimum",
        " minimum of",
        " min of",
        " at least",
        " no less than",
        " not less than",
        " no fewer than",
        " minimum length",
        " minimum length of",
        " minimum length is",
        " min length",
    ])
    .then_some(Bound::AtLeast(count))
}

/// `maximum character length … is 40`: the unit stands before the number.
fn character_length(words: &[&str]) -> Option<Bound> {
    let start =
        words.windows(2).position(|at| matches!(at, ["character" | "char", "length" | "limit" | "count"]))?;
    let most = words.get(..start)?.iter().any(|word| matches!(*word, "max" | "maximum"))
        || words.get(start + 1) == Some(&"limit");
    let is = words.iter().skip(start).position(|word| matches!(*word, "is" | "of"))? + start;
    let count = number(words.get(is + 1)?)?;
    most.then_some(Bound::AtMost(count))
}

/// A count, with or without separators of thousands.
fn number(word: &str) -> Option<u64> {
    let digits: String = word.chars().filter(|c| *c != ',').collect();
    if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit()) {
        return None;
    }
    digits.parse().ok().filter(|count| *count > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Object;

    fn lengths(text: &str) -> (Option<u64>, Option<u64>) {
        let mut limits = Limits::default();
        read_lengths(text, &mut limits);
        (limits.min_length, limits.max_length)
    }

    #[test]
    fn lengths_of_strings() {
        for text in [
            "The name (max 100 characters).",
            "Max 100 characters",
            "The name. Maximum of 100 chars.",
            "Maximum length: 100 characters",
            "It must not exceed 100 characters.",
            "Up to 100 characters long",
            "100 characters maximum",
            "The last name of the user (Max 100 characters).",
        ] {
            assert_eq!(lengths(text), (None, Some(100)), "{text}");
        }
        assert_eq!(lengths("At least 8 characters."), (Some(8), None));
        assert_eq!(lengths("Between 8 and 1,024 characters."), (Some(8), Some(1024)));
    }

    #[test]
    fn ordinary_prose_limits_nothing() {
        for text in [
            "The last 4 characters of the number",
            "Up to 50 characters per line",
            "A 32 characters token",
            "At most 5 users",
            "Keys up to 40 characters",
            "Values are strings with a maximum length of 512 characters.",
            "including but not limited to 30 characters",
        ] {
            assert_eq!(lengths(text), (None, None), "{text}");
        }
    }

    fn map(text: &str) -> (Option<u64>, Option<u64>, Option<u64>) {
        let mut schema = Schema::new(Type::Object(Object::default()), Span::default());
        read_map(text, &mut schema, Span::default());
        let Type::Object(object) = &schema.ty else { return (None, None, None) };
        let values = object.values.as_ref().and_then(|values| values.limits.max_length);
        (schema.limits.max_properties, schema.limits.max_key_length, values)
    }

    #[test]
    fn key_value_pairs_are_a_map() {
        let text = "Attach up to 20 key: value pairs.\n- Maximum character length for individual keys is 30.\n\
                    - Maximum character length for individual values is 400. (For example, a: 25)";
        assert_eq!(map(text), (Some(20), Some(30), Some(400)));
        assert_eq!(map(&text.replace('\n', " ")), (Some(20), Some(30), Some(400)));
        assert_eq!(
            map("Up to 5 key-value pairs. Keys can be up to 40 characters."),
            (Some(5), Some(40), None)
        );
        assert_eq!(
            map(
                "Set of 16 key-value pairs. Keys are strings with a maximum length of 64 characters. Values are strings \
                 with a maximum length of 512 characters."
            ),
            (None, Some(64), Some(512))
        );
        assert_eq!(map("Anything; keys of at most 40 characters."), (None, None, None));
    }
}
