//! What a row says of its field's values, in columns of their own: format, default, example, possible values.
//!
//! Cells come in, the schema is completed ([`read_values`]); [`listed`] reads the values that a text lists.

use std::{borrow::Cow, collections::HashSet};

use super::{
    requirement::{Requirement, is_condition, requirement_cell, says_more},
    rows::Cells,
    types::is_type_name,
};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::{Context, fields::set_values},
    model::{EnumValue, Schema, Text, Type},
    source::Span,
};

/// Format, default, example and values, where they have columns of their own.
///
/// `names` are those of the table's fields: a description that lists some is about these.
pub(super) fn read_values(
    cx: &mut Context<'_>,
    cells: &Cells<'_>,
    schema: &mut Schema,
    names: &HashSet<String>,
) {
    if let Some(cell) = cells.format {
        cx.claim(cell.range.clone(), Claim::Fact);
        let format = Text::new(cell.plain().trim(), cx.span(cell.range.clone()));
        schema.format.get_or_insert(format);
    }
    if let Some(cell) = cells.nullable {
        cx.claim(cell.range.clone(), Claim::Fact);
        let text = cell.plain();
        let (nullable, told) = nullable(&text);
        schema.nullable |= schema.ty != Type::Any && nullable;
        if !told {
            remark(schema, &format!("Nullable: {}", text.trim()), cx.span(cell.range.clone()));
        }
    }
    if let Some(cell) = cells.default {
        cx.claim(cell.range.clone(), Claim::Fact);
        let text = cell.plain();
        schema.default = schema.ty.parse_value(text.trim()).filter(|_| !is_placeholder(&text));
        if schema.default.is_none() && !says_nothing(&text) {
            remark(schema, &format!("Default: {}", text.trim()), cx.span(cell.range.clone()));
        }
    }
    if let Some(cell) = cells.example {
        cx.claim(cell.range.clone(), Claim::Example);
        let values = match schema.ty {
            Type::Array(_) | Type::Object(_) => None,
            _ => set_apart(&cell.text),
        };
        let whole = cell.plain();
        let values = values.unwrap_or_else(|| vec![whole.trim()]);
        schema.examples.extend(values.into_iter().filter_map(|value| schema.ty.parse_value(value)));
    }
    if let Some(cell) = cells.values {
        cx.claim(cell.range.clone(), Claim::Fact);
        let span = cx.span(cell.range.clone());
        let text = cell.plain();
        let values =
            listed(&separated(&text), value_type(&schema.ty), span).filter(|values| are_values(values));
        match values {
            Some(values) => set_values(schema, values),
            None => remark(schema, &text, span),
        }
    }
    if let (Some(cell), true) = (cells.description, schema.values.is_empty() && schema.ty == Type::String) {
        let span = cx.span(cell.range.clone());
        let values = only_values(&cell.text, span);
        let names_field = |value: &EnumValue| value.value.as_str().is_some_and(|value| names.contains(value));
        if let Some(values) = values.filter(|values| !values.iter().any(names_field)) {
            let shown: Vec<String> = values.iter().take(8).map(|value| value.value.to_string()).collect();
            let more = if values.len() > shown.len() { ", …" } else { "" };
            cx.report(
                Diagnostic::new(codes::ENUM_FROM_PROSE, span, "values told in prose")
                    .label(format!("read as {}{more}", shown.join(", ")))
                    .help("override the values in docwright.yaml if these are not all, or not right"),
            );
            set_values(schema, values);
        }
    }
}

/// The values of a cell that has nothing but values in quotes or as code: `` `red`, `blue` ``, `"a" or "b"`.
fn set_apart(cell: &str) -> Option<Vec<&str>> {
    let mut values = Vec::new();
    let mut rest = cell.trim();
    while let Some(mark) = rest.chars().next() {
        let inner = rest.strip_prefix(['`', '"'])?;
        let (value, after) = inner.split_once(mark)?;
        // Quotes tell a text from a number.
        let quoted = rest.get(..value.len() + 2).filter(|_| mark == '"');
        values.push(quoted.unwrap_or(value));
        rest = after.trim_start();
        let joined = [",", ";", "|", "/", "<br>", "<br/>", "or ", "and "];
        while let Some(next) = joined.iter().find_map(|word| rest.strip_prefix(word)) {
            rest = next.trim_start();
        }
        // `"say ""no"""` is one text.
        if rest.len() == after.len() && !rest.is_empty() {
            return None;
        }
    }
    (values.len() <= MOST_VALUES).then_some(values).filter(|values| !values.is_empty())
}

/// What a cell says of whether a field can be null, and whether that is all it says.
fn nullable(text: &str) -> (bool, bool) {
    let bare = text.trim().trim_matches(['*', '_', '`']).to_lowercase();
    if matches!(bare.as_str(), "nullable" | "null" | "can be null" | "may be null") {
        return (true, true);
    }
    if matches!(bare.as_str(), "not nullable" | "not null" | "non-null" | "never null") {
        return (false, true);
    }
    // The words that answer whether a field is required answer this, too. `Yes, when it is off` and `No, unless it is off`
    // say when it is null.
    let answer = requirement_cell(text);
    (is_condition(text) && answer.is_some() || answer == Some(Requirement::Required), !says_more(text))
}

/// Whether a default only says that there is none.
pub(super) fn is_placeholder(text: &str) -> bool {
    let word = text.trim().to_lowercase();
    matches!(word.as_str(), "null" | "nil" | "none" | "empty" | "undefined" | "`null`") || says_nothing(text)
}

/// The values that a description's first sentence consists of, each as code: `` `on`, `off` or `auto`. Which. ``
fn only_values(description: &str, span: Span) -> Option<Vec<EnumValue>> {
    let mut values: Vec<EnumValue> = Vec::new();
    let mut rest = description.trim();
    loop {
        let (word, after) = rest.strip_prefix('`')?.split_once('`')?;
        let value = !word.is_empty() && !word.contains(char::is_whitespace) && !is_pattern(word);
        if !value || matches!(word, "null" | "undefined") || values.len() > MOST_VALUES {
            return None;
        }
        values.push(EnumValue { value: serde_json::Value::String(word.to_owned()), description: None, span });
        let joined = after.trim_start_matches([' ', ',', '|', '/']);
        let next = joined.strip_prefix("or ").map_or(joined, str::trim_start);
        if next.starts_with('`') && next.len() < after.len() {
            rest = next;
            continue;
        }
        let ends = after.is_empty() || after.starts_with(['.', '\n', ';']);
        return (ends && values.len() > 1).then_some(values);
    }
}

/// Whether a word is how a date or a time is written: `YYYY-MM-DD`.
fn is_pattern(word: &str) -> bool {
    let word = word.to_lowercase();
    ["yyyy", "mm-dd", "dd-mm", "mm/dd", "dd/mm", "mm/yy", "hh:mm", "%y", "%h"]
        .iter()
        .any(|part| word.contains(part))
}

/// More values than this are no enumeration of a sentence.
const MOST_VALUES: usize = 64;

/// A list without the words around its values: `One of a, b or c` is `a, b, c`.
fn separated(text: &str) -> Cow<'_, str> {
    const LEAD: &str = "one of";
    let text = text.trim();
    let lead = text.get(..LEAD.len()).is_some_and(|lead| lead.eq_ignore_ascii_case(LEAD));
    let rest = text.get(LEAD.len()..).filter(|rest| lead && rest.starts_with([' ', ':']));
    let text = rest.map_or(text, |rest| rest.trim_start_matches([':', ' ']));
    if text.contains(" or ") { Cow::Owned(text.replace(" or ", ", ")) } else { Cow::Borrowed(text) }
}

/// Whether what a cell lists are values: no sentence about them, no explanation of each, no type, no dash for none.
fn are_values(values: &[EnumValue]) -> bool {
    const MOST_WORDS: usize = 4;
    let range = |text: &str| text.split_once('-').is_some_and(|(from, to)| is_number(from) && is_number(to));
    let value = |value: &EnumValue| {
        value.value.as_str().is_none_or(|text| {
            let explained = text.contains(": ") || text.contains("; ");
            let sentence = text.split_whitespace().count() > MOST_WORDS || text.ends_with('.');
            !explained && !sentence && !says_nothing(text)
        })
    };
    let alone = match values {
        [only] => only.value.as_str().is_some_and(|text| is_type_name(text) || range(text)),
        _ => false,
    };
    !alone && values.iter().all(value)
}

/// Whether a cell only fills its place.
fn says_nothing(text: &str) -> bool {
    matches!(text.trim().to_lowercase().as_str(), "" | "n/a" | "na" | "-" | "–" | "—" | "any" | "*")
}

fn is_number(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// Keeps what is said of values with the description.
fn remark(schema: &mut Schema, text: &str, span: Span) {
    if says_nothing(text) {
        return;
    }
    match &mut schema.description {
        Some(description) => description.value.push_str(&format!("\n\n{}", text.trim())),
        none => *none = Some(Text::new(text.trim(), span)),
    }
}

/// The type whose values a field has: its items' where it is an array.
fn value_type(ty: &Type) -> &Type {
    match ty {
        Type::Array(items) => value_type(&items.ty),
        ty => ty,
    }
}

/// The values that a text lists, in parentheses or not; `None` where one of them is none of the type.
pub(super) fn listed(text: &str, ty: &Type, span: Span) -> Option<Vec<EnumValue>> {
    let text = text.trim().trim_matches(['(', ')']);
    let quotes = ['"', '\'', '`', '\u{201c}', '\u{201d}', '[', ']'];
    let words =
        text.split([',', '\n', '|']).map(|word| word.trim().trim_matches(quotes)).filter(|w| !w.is_empty());
    let value = |word: &str| Some(EnumValue { value: ty.parse_value(word)?, description: None, span });
    words.map(value).collect()
}
