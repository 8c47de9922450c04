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
        true => split_type_line(cx, prose, types.is_some()),
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
/// a full stop, or alone.
fn split_type_line(
    cx: &Context<'_>,
    prose: Range<usize>,
    has_type: bool,
) -> (Range<usize>, Option<Range<usize>>) {
    let prose = cx.trim(prose);
    let text = cx.slice(prose.clone());
    let last = if cx.is_reflowed() { text.rfind(". ").map(|at| at + 1) } else { text.rfind('\n') };
    let start = last.map_or(0, |at| at + 1);
    let line = text.get(start..).unwrap_or_default().trim();
    // Below a heading without a type, any expression is one.
    let is_type = !line.is_empty() && is_known(line, '|');
    let is_word = has_type && line.chars().all(|c| c.is_ascii_alphabetic());
    if is_type && (is_word || !has_type || line.contains(['[', '(', '|'])) {
        let range = cx.trim(prose.start + start..prose.end);
        (prose.start..range.start, Some(range))
    } else {
        (prose, None)
    }
}
