//! A draft of a field comes in, its schema goes out: constraints, options, examples and defaults.
//!
//! Enter at [`build`]. What cannot be read is reported, and the field stands without it.

use std::{collections::HashSet, ops::Range};

use serde_json::Value;

use super::{
    enumeration::Enumeration,
    fields::{Draft, Scan},
    labels::Constraint,
    limits::{innermost, limit, number},
    lines::{Kind, Piece, unescaped_json},
    shapes::{clean, unescape, unfenced},
};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::{Context, Field},
    model::{EnumValue, Schema, Text, Type},
    source::Span,
};

/// The field that a draft describes, claimed.
pub(super) fn build(cx: &mut Context<'_>, pieces: &[Piece], draft: &Draft) -> Field {
    let span = cx.span(draft.range.clone());
    let mut schema = match &draft.ty {
        Some((printed, range)) => {
            cx.claim(range.clone(), Claim::Fact);
            printed.schema.clone()
        }
        None => Schema::new(Type::Any, span),
    };
    for range in &draft.facts {
        cx.claim(range.clone(), Claim::Fact);
    }
    schema.description = describe(cx, pieces, &draft.description);
    schema.deprecated = draft.deprecated;
    let enumeration = draft.ty.as_ref().and_then(|(printed, _)| printed.enumeration);
    for (constraint, values) in &draft.constraints {
        apply(cx, &mut schema, enumeration, *constraint, values);
    }
    if let (Some(first), Some(last)) = (draft.variants.first(), draft.variants.last()) {
        cx.report(
            Diagnostic::new(
                codes::VARIANT_NOT_SHOWN,
                cx.span(first.start..last.end),
                "field with several variants",
            )
            .label("the page names them only, or shows the fields of the first")
            .help("override the type in docwright.yaml if the variants matter"),
        );
    }
    if let Some(range) = &draft.default {
        cx.claim(range.clone(), Claim::Fact);
        schema.default = default(cx.slice(range.clone()), &schema);
        if schema.default.is_none() {
            malformed(cx, range.clone(), "a default that does not fit the type");
        }
    }
    let name = draft.name.clone().map(|range| {
        cx.claim(range.clone(), Claim::Fact);
        let mut name = unescape(cx.slice(range.clone()));
        // The names of what it stands in can take a line each.
        name.retain(|c| c != '\n' && c != '\r');
        Text::new(name, cx.span(range))
    });
    if let Some(range) = &draft.unknown {
        cx.claim(range.clone(), Claim::Fact);
        let shown: String = cx.slice(range.clone()).chars().take(40).collect();
        let unknown = format!("type `{shown}`");
        cx.report(
            Diagnostic::new(codes::UNKNOWN_TYPE, cx.span(range.clone()), unknown)
                .label("not a type that is known")
                .help("any value is accepted; override the type in docwright.yaml"),
        );
    } else if name.is_some() && draft.ty.is_none() && schema.ty == Type::Any {
        cx.report(
            Diagnostic::new(codes::TYPE_LOST, span, "field without a type")
                .label("the page has lost its type; any value is accepted")
                .help("override the type in docwright.yaml"),
        );
    }
    Field { name, required: draft.required, schema, span }
}

/// The prose of pieces, claimed. Where something else stands between them, only they are claimed.
pub(super) fn describe(cx: &mut Context<'_>, pieces: &[Piece], at: &[usize]) -> Option<Text> {
    let ranges: Vec<&Piece> = at.iter().filter_map(|&at| pieces.get(at)).collect();
    let (first, last) = (ranges.first()?, ranges.last()?);
    let contiguous = at.windows(2).all(|pair| matches!(pair, [a, b] if a + 1 == *b));
    if contiguous {
        return cx.description(marked(cx, first).start..last.range.end);
    }
    let mut text = String::new();
    for piece in &ranges {
        cx.claim(piece.range.clone(), Claim::Description);
        if !text.is_empty() {
            text.push_str(if piece.gap { "\n\n" } else { "\n" });
        }
        text.push_str(cx.slice(marked(cx, piece)));
    }
    Some(Text::new(text, cx.span(first.range.start..last.range.end)))
}

/// A piece with the marks of a heading before it, which mean the same in a description.
fn marked(cx: &Context<'_>, piece: &Piece) -> Range<usize> {
    let Kind::Heading(level) = piece.kind else { return piece.range.clone() };
    let above = cx.text().get(..piece.range.start).unwrap_or_default().trim_end_matches(' ');
    let plain = above.trim_end_matches('#');
    let marks = above.len() - plain.len();
    if marks == usize::from(level) { plain.len()..piece.range.end } else { piece.range.clone() }
}

/// What labels below the type of a whole body say of it.
pub(super) fn limit_whole(cx: &mut Context<'_>, scan: &Scan, schema: &mut Schema) {
    for (label, constraint, values) in &scan.whole {
        cx.claim(label.clone(), Claim::Fact);
        apply(cx, schema, None, *constraint, values);
    }
}

fn apply(
    cx: &mut Context<'_>,
    schema: &mut Schema,
    enumeration: Option<Enumeration>,
    constraint: Constraint,
    values: &[Range<usize>],
) {
    let claim = match constraint {
        Constraint::Example | Constraint::Examples => Claim::Example,
        _ => Claim::Fact,
    };
    for range in values {
        cx.claim(range.clone(), claim);
    }
    let Some(first) = values.first().cloned() else { return };
    let text = clean(cx.slice(first.clone())).to_owned();
    match constraint {
        Constraint::Options => {
            change_enumerated(schema, enumeration, |target| options(cx, target, values));
        }
        Constraint::AllowedValue => {
            change_enumerated(schema, enumeration, |target| allowed(cx, target, first));
        }
        Constraint::Example | Constraint::Examples => {
            for range in values {
                if let Some(value) = example(cx, range.clone(), schema) {
                    schema.examples.push(value);
                }
            }
        }
        Constraint::Pattern => innermost(schema).limits.pattern = Some(text),
        _ => {
            let known = limit(schema, constraint, &text);
            if known.is_none() {
                malformed(cx, first, "a limit that cannot be read");
            }
        }
    }
}

/// Changes what options are about: the part of the type that is printed as an enumeration, or, where a copy
/// has lost that, the items of an array.
fn change_enumerated(
    schema: &mut Schema,
    enumeration: Option<Enumeration>,
    change: impl FnOnce(&mut Schema),
) {
    match enumeration.and_then(|enumeration| enumeration.within(schema)) {
        Some(target) => change(target),
        None => change(innermost(schema)),
    }
}

/// Options, separated by commas; a comma inside of back-ticks separates nothing.
fn options(cx: &Context<'_>, target: &mut Schema, values: &[Range<usize>]) {
    let mut known = HashSet::new();
    for range in values {
        for (word, at) in words(cx.slice(range.clone())) {
            let start = range.start + at;
            if known.insert(word) {
                add_option(target, word.trim_matches('`'), cx.span(start..start + word.len()));
            }
        }
    }
    type_by_options(target);
}

/// The type of a field that has lost its own, as its options show it.
fn type_by_options(target: &mut Schema) {
    if target.ty != Type::Any || target.values.is_empty() {
        return;
    }
    if target.values.iter().all(|option| option.value.is_i64()) {
        target.ty = Type::Integer;
        return;
    }
    target.ty = Type::String;
    for option in &mut target.values {
        if !option.value.is_string() {
            option.value = Value::String(option.value.to_string());
        }
    }
}

fn add_option(target: &mut Schema, word: &str, span: Span) {
    let json = serde_json::from_str::<Value>(word).ok();
    let takes_numbers = match &target.ty {
        Type::Integer | Type::Number | Type::Any => true,
        Type::Union(alternatives) => {
            alternatives.iter().any(|schema| matches!(schema.ty, Type::Integer | Type::Number))
        }
        _ => false,
    };
    let value = match (&target.ty, json) {
        (_, Some(Value::Null)) => {
            target.nullable = true;
            return;
        }
        (_, Some(value @ Value::Number(_))) if takes_numbers => value,
        (Type::Boolean, Some(value @ Value::Bool(_))) | (_, Some(value @ Value::String(_))) => value,
        _ => Value::String(word.to_owned()),
    };
    target.values.push(EnumValue { value, description: None, span });
}

/// The words between commas, without blanks, and their offsets.
fn words(text: &str) -> Vec<(&str, usize)> {
    let mut out = Vec::new();
    let mut start = 0;
    let mut ticks = false;
    let ends = text.char_indices().filter(|&(_, c)| {
        ticks ^= c == '`';
        c == ',' && !ticks
    });
    for (end, _) in ends.chain(std::iter::once((text.len(), ','))) {
        let word = text.get(start..end).unwrap_or_default();
        let trimmed = word.trim();
        if !trimmed.is_empty() {
            out.push((trimmed, start + (word.len() - word.trim_start().len())));
        }
        start = end + 1;
    }
    out
}

/// The only value: an enumeration of one. Pages can print it as the only option, too.
fn allowed(cx: &Context<'_>, target: &mut Schema, range: Range<usize>) {
    let known = target.values.len();
    add_option(target, clean(cx.slice(range.clone())), cx.span(range));
    if known == 1
        && let [first, second] = target.values.as_slice()
        && first.value == second.value
    {
        target.values.truncate(known);
    }
    type_by_options(target);
}

/// An example's value. A string may stand without its quotes.
fn example(cx: &mut Context<'_>, range: Range<usize>, schema: &Schema) -> Option<Value> {
    let text = clean(unfenced(cx.slice(range.clone())));
    match serde_json::from_str::<Value>(&unescaped_json(text)) {
        Ok(value) => Some(value),
        Err(_) if matches!(schema.ty, Type::String | Type::Any | Type::Union(_) | Type::File) => {
            Some(Value::String(text.to_owned()))
        }
        Err(_) => {
            malformed(cx, range, "an example that is not JSON");
            None
        }
    }
}

/// The default in the words of its type; hand-written pages put quotes around any.
pub(super) fn default(text: &str, schema: &Schema) -> Option<Value> {
    let text = clean(text);
    let json = serde_json::from_str::<Value>(text).ok();
    let inner = match &json {
        Some(Value::String(inner)) => inner.as_str(),
        _ => text,
    };
    match &schema.ty {
        Type::String | Type::File => Some(Value::String(unescape(inner))),
        Type::Boolean => inner.parse().ok().map(Value::Bool),
        Type::Integer | Type::Number => number(inner).map(Value::Number),
        Type::Null => Some(Value::Null),
        Type::Any | Type::Union(_) | Type::Ref(_) => json.or_else(|| Some(Value::String(text.to_owned()))),
        Type::Array(_) => serde_json::from_str(inner).ok().filter(Value::is_array),
        Type::Object(_) => serde_json::from_str(inner).ok().filter(Value::is_object),
    }
}

pub(super) fn malformed(cx: &mut Context<'_>, range: Range<usize>, what: &'static str) {
    let span = cx.span(range);
    cx.report(Diagnostic::new(codes::MALFORMED_EXAMPLE, span, what).label("left out"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_keep_commas_in_back_ticks() {
        let found: Vec<_> = words("`a,b`, c,").into_iter().map(|(word, _)| word).collect();
        assert_eq!(found, ["`a,b`", "c"]);
    }

    #[test]
    fn defaults_take_the_type_of_the_field() {
        let of = |ty| Schema { ty, ..Schema::default() };
        assert_eq!(default("\"false\"", &of(Type::Boolean)), Some(Value::Bool(false)));
        assert_eq!(default("0", &of(Type::String)), Some(Value::String("0".to_owned())));
        assert_eq!(default("soon", &of(Type::Integer)), None);
    }
}
