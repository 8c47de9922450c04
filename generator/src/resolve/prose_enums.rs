//! Enumerations that a page tells in prose.
//!
//! Three shapes are read: labelled values one a line (`0: Administrator role`, bullets of any kind before
//! them), labelled numbers in a sentence (`0 is Administrator, 1 is Client.`), and values listed after a
//! phrase that announces them (`Available values are ASC and DESC.`). The schema's own type decides what
//! a value is; a schema that lists its values already is left alone.
//!
//! Invariant: whatever does not fit a shape wholly gives no enumeration at all.

use serde_json::Value;

use super::{
    prose::{after_phrase, lines, sentences, unquoted, without_bullet},
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

/// What announces a list of values.
const PHRASES: [&str; 18] = [
    "available values are",
    "available values:",
    "possible values are",
    "possible values:",
    "allowed values are",
    "allowed values:",
    "valid values are",
    "valid values:",
    "accepted values are",
    "accepted values:",
    "supported values are",
    "supported values:",
    "permitted values are",
    "permitted values:",
    "must be one of",
    "can be one of",
    "should be one of",
    "one of the following:",
];

/// The words that can stand before such a phrase and still speak of the field itself.
const SUBJECTS: [&str; 14] = [
    "the",
    "its",
    "it",
    "this",
    "value",
    "values",
    "field",
    "parameter",
    "property",
    "and",
    "currently",
    "must",
    "be",
    "can",
];

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
        .help("set the values in the configuration if these are not all, or not right")
}

fn read_enum(name: Option<&str>, description: &str, ty: &Type) -> Option<Vec<Labelled>> {
    let lines = lines(description);
    let found = labelled_lines(name, &lines, ty).or_else(|| {
        let sentences = sentences(description);
        let numbers = || sentences.iter().find_map(|sentence| numbers_in_sentence(sentence, ty));
        announced(name, &sentences, ty).or_else(numbers)
    })?;
    let distinct =
        found.iter().enumerate().all(|(at, (value, _))| found.iter().skip(at + 1).all(|(v, _)| v != value));
    (distinct && (2..=MAX_VALUES).contains(&found.len())).then_some(found)
}

/// What follows a phrase that announces the values of the field, and not those of another thing: before
/// it stands nothing, the field's name, or the end of another clause.
fn announcement<'t>(name: Option<&str>, text: &'t str) -> Option<&'t str> {
    let list = after_phrase(text, &PHRASES)?;
    let reach = text.len() - list.len();
    let phrase = PHRASES.iter().filter(|phrase| {
        text.get(..reach).is_some_and(|before| before.to_ascii_lowercase().ends_with(*phrase))
    });
    let before = text.get(..reach - phrase.map(|phrase| phrase.len()).max()?)?.trim_end();
    let inside = before.ends_with('(');
    let clause = before.rsplit([',', ';', '(', ':', '.']).next().unwrap_or_default();
    let own = clause.split_whitespace().map(without_bullet).all(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '_');
        word.is_empty() || Some(word) == name || SUBJECTS.contains(&word.to_lowercase().as_str())
    });
    let list = if inside { list.split(')').next().unwrap_or(list) } else { list };
    own.then_some(list)
}

/// `0: Administrator role` one a line. Lines between two values go on with the label before; text values
/// are read only below a line that announces them.
fn labelled_lines(name: Option<&str>, lines: &[String], ty: &Type) -> Option<Vec<Labelled>> {
    let announced = lines.iter().position(|line| {
        announcement(name, line)
            .is_some_and(|rest| matches!(rest.trim(), "" | ":" | "the following:" | "the following values:"))
    });
    let start = announced.map_or(0, |at| at + 1);
    let lines = lines.iter().skip(start).take(4 * MAX_VALUES);
    match ty {
        Type::Integer => numbered_lines(lines),
        _ if announced.is_some() => bulleted_lines(lines),
        _ => None,
    }
}

fn numbered_lines<'l>(lines: impl Iterator<Item = &'l String>) -> Option<Vec<Labelled>> {
    let mut found: Vec<Labelled> = Vec::new();
    let mut pending = String::new();
    for line in lines {
        match (labelled(without_bullet(line), &Type::Integer), found.last_mut()) {
            (Some(value), last) => {
                if let Some((_, Some(label))) = last {
                    label.push_str(&pending);
                }
                pending.clear();
                found.push(value);
            }
            // A label goes on only if another value follows.
            (None, Some(_)) => {
                pending.push(' ');
                pending.push_str(line);
            }
            (None, None) => {}
        }
    }
    (found.len() >= 2).then_some(found)
}

/// Text values, all with a bullet or none; the list ends at the first line that is no value.
fn bulleted_lines<'l>(lines: impl Iterator<Item = &'l String>) -> Option<Vec<Labelled>> {
    let mut found: Vec<Labelled> = Vec::new();
    let mut bullets = None;
    for line in lines {
        let bare = without_bullet(line);
        let bulleted = bare != line.trim_start();
        if *bullets.get_or_insert(bulleted) != bulleted {
            break;
        }
        let word = || token(bare).filter(|_| bulleted).map(|word| (Value::String(word.to_owned()), None));
        match labelled(bare, &Type::String).or_else(word) {
            Some(value) => found.push(value),
            None => break,
        }
    }
    (found.len() >= 2).then_some(found)
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

/// Values listed after a phrase: `Available values are ASC and DESC.`
fn announced(name: Option<&str>, sentences: &[String], ty: &Type) -> Option<Vec<Labelled>> {
    sentences.iter().find_map(|sentence| {
        let list = announcement(name, sentence)?;
        let list = list.trim_start_matches(':').trim().trim_end_matches('.');
        let list =
            list.strip_prefix("the following:").unwrap_or(list).replace(" and ", ", ").replace(" or ", ", ");
        let parts: Vec<&str> =
            list.split([',', '|', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
        if *ty == Type::Integer && parts.len() == 1 {
            return numbers_in_row(&list);
        }
        parts.into_iter().map(|part| listed(part, ty)).collect()
    })
}

/// One value of a list, with what stands in parentheses behind it.
fn listed(part: &str, ty: &Type) -> Option<Labelled> {
    let part = part.strip_prefix("and ").or_else(|| part.strip_prefix("or ")).unwrap_or(part);
    let (word, label) = match part.strip_suffix(')').and_then(|part| part.split_once(" (")) {
        Some((word, label)) => (word.trim(), Some(label.trim().to_owned())),
        None => (part, None),
    };
    match ty {
        Type::Integer => match word.parse::<i64>() {
            Ok(number) => Some((Value::from(number), label)),
            Err(_) => labelled(word, ty),
        },
        _ => Some((Value::String(token(word)?.to_owned()), label)),
    }
}

/// `0: Administrator role 1: Client role`, whose line breaks are lost.
fn numbers_in_row(list: &str) -> Option<Vec<Labelled>> {
    let mut found: Vec<Labelled> = Vec::new();
    for word in list.split_whitespace() {
        let number = word.strip_suffix(':').and_then(|number| number.parse::<i64>().ok());
        match (number, found.last_mut()) {
            (Some(number), _) => found.push((Value::from(number), Some(String::new()))),
            (None, Some((_, Some(label)))) if !matches!(word, "-" | "*" | "_") => {
                if !label.is_empty() {
                    label.push(' ');
                }
                label.push_str(word);
            }
            (None, Some(_)) => {}
            (None, None) => return None,
        }
    }
    found.iter().all(|(_, label)| label.as_ref().is_some_and(|label| !label.is_empty())).then_some(found)
}

/// `0 is Administrator, 1 is Client.`: consecutive numbers, each with a short label.
fn numbers_in_sentence(sentence: &str, ty: &Type) -> Option<Vec<Labelled>> {
    if *ty != Type::Integer {
        return None;
    }
    let sentence = sentence.trim_end_matches('.');
    let start = sentence.find(|c: char| c.is_ascii_digit())?;
    let before = sentence.get(..start)?.trim_end().to_lowercase();
    if !(before.is_empty() || before.ends_with([':', '(']) || before.ends_with("where")) {
        return None;
    }
    let list = sentence.get(start..)?.trim_end_matches(')').replace(" and ", ", ");
    let mut found: Vec<Labelled> = Vec::new();
    for clause in list.split([',', ';']).map(str::trim).filter(|clause| !clause.is_empty()) {
        let (number, label) = clause
            .split_once(" is ")
            .or_else(|| clause.split_once(" means "))
            .or_else(|| clause.split_once(" for "))
            .or_else(|| clause.split_once(" = "))
            .or_else(|| clause.split_once(" - "))
            .or_else(|| clause.split_once(": "))
            .or_else(|| clause.split_once('='))?;
        let number = number.trim().parse::<i64>().ok()?;
        let label = label.trim();
        if label.is_empty() || label.split_whitespace().count() > 5 || measures(label) {
            return None;
        }
        found.push((Value::from(number), Some(label.to_owned())));
    }
    let consecutive = found.windows(2).all(|pair| match pair {
        [(first, _), (second, _)] => first.as_i64().zip(second.as_i64()).is_some_and(|(a, b)| b == a + 1),
        _ => false,
    });
    (found.len() >= 2 && consecutive).then_some(found)
}

/// Whether a label places a number on a scale: then the numbers are ends of a range, not names.
fn measures(label: &str) -> bool {
    const WORDS: [&str; 22] = [
        "lowest",
        "highest",
        "minimum",
        "maximum",
        "min",
        "max",
        "default",
        "unlimited",
        "first",
        "last",
        "smallest",
        "largest",
        "best",
        "worst",
        "least",
        "most",
        "slowest",
        "fastest",
        "lower",
        "higher",
        "beginning",
        "start",
    ];
    label.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
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
            "Available values are A, A.",
            "Filter by field.\n\nuserStatus can be one of the following:\n- ON\n- OFF",
            "Sizes possible values: a, b",
        ] {
            check(Type::String, text, "");
        }
    }
}
