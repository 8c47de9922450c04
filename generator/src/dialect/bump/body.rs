//! Reads a body: its type, its prose, its fields.
//!
//! The type stands in the heading, or on a bare line (`object`) where a body has no fields. Enter at
//! [`read_body`].

use std::ops::Range;

use crate::{
    claims::Claim,
    dialect::{
        Context, Field,
        fields::{assemble_flat, give_members},
        types::{is_known, read_types},
    },
    model::{Schema, Text, Type},
    source::Span,
};

/// A body that was read.
pub(super) struct Body {
    /// Its schema.
    pub(super) schema: Schema,
    /// What the page says about it.
    pub(super) description: Option<Text>,
}

/// Reads the body whose heading gives `types` and whose text before its fields is `prose`.
pub(super) fn read_body(
    cx: &mut Context<'_>,
    types: Option<Range<usize>>,
    prose: Range<usize>,
    fields: Vec<Field>,
    span: Span,
) -> Body {
    let (prose, bare) = match fields.is_empty() {
        true => split_type_line(cx, prose, types.clone()),
        false => (prose, None),
    };
    let description = cx.description(prose);
    if let Some(bare) = bare.clone() {
        cx.claim(bare, Claim::Fact);
    }
    let mut schema = match types.or(bare) {
        Some(types) => read_types(cx, types, '|'),
        None => Schema::new(Type::Any, span),
    };
    if !fields.is_empty() {
        let members = assemble_flat(cx, fields);
        give_members(&mut schema, members);
    }
    Body { schema, description }
}

/// Parts prose from the bare type after it. On a page that has kept its lines the type is the last line.
/// On one that has not, it is the last word, and then only where it cannot be a word of the prose: after
/// a full stop, alone, or where it is the heading's own type and no word.
fn split_type_line(
    cx: &Context<'_>,
    prose: Range<usize>,
    types: Option<Range<usize>>,
) -> (Range<usize>, Option<Range<usize>>) {
    let has_type = types.is_some();
    let prose = cx.trim(prose);
    let text = cx.slice(prose.clone());
    let repeated = types.map(|types| cx.slice(types)).filter(|types| is_no_word(types));
    let repeated = repeated.and_then(|types| text.strip_suffix(types)).filter(|before| before.ends_with(' '));
    let start = match repeated {
        Some(before) if cx.is_reflowed() => before.len(),
        _ if cx.is_reflowed() => text.rfind(". ").map_or(0, |at| at + 2),
        _ => text.rfind('\n').map_or(0, |at| at + 1),
    };
    let line = text.get(start..).unwrap_or_default().trim();
    // Below a heading without a type, any expression is one.
    let is_type = !line.is_empty() && is_known(line, '|');
    let is_word = has_type && line.chars().all(|c| c.is_ascii_alphabetic());
    if is_type && (is_word || !has_type || is_no_word(line)) {
        let range = cx.trim(prose.start + start..prose.end);
        (prose.start..range.start, Some(range))
    } else {
        (prose, None)
    }
}

/// Whether a type expression cannot be a word of prose.
fn is_no_word(types: &str) -> bool {
    types.contains(['[', '(', '|'])
}
