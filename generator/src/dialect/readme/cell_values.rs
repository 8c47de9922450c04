//! What a row says of its field's values, in columns of their own: format, default, example, possible values.
//!
//! Cells come in, the schema is completed ([`read_values`]); [`listed`] reads the values that a text lists.

use super::rows::Cells;
use crate::{
    claims::Claim,
    dialect::{Context, fields::set_values},
    model::{EnumValue, Schema, Text, Type},
    source::Span,
};

/// Format, default, example and values, where they have columns of their own.
pub(super) fn read_values(cx: &mut Context<'_>, cells: &Cells<'_>, schema: &mut Schema) {
    if let Some(cell) = cells.format {
        cx.claim(cell.range.clone(), Claim::Fact);
        let format = Text::new(cell.plain().trim(), cx.span(cell.range.clone()));
        schema.format.get_or_insert(format);
    }
    if let Some(cell) = cells.default {
        cx.claim(cell.range.clone(), Claim::Fact);
        schema.default = schema.ty.parse_value(cell.plain().trim());
    }
    if let Some(cell) = cells.example {
        cx.claim(cell.range.clone(), Claim::Example);
        schema.examples.extend(schema.ty.parse_value(cell.plain().trim()));
    }
    if let Some(cell) = cells.values {
        cx.claim(cell.range.clone(), Claim::Fact);
        let span = cx.span(cell.range.clone());
        let values = listed(&cell.plain(), value_type(&schema.ty), span);
        values.into_iter().for_each(|values| set_values(schema, values));
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
