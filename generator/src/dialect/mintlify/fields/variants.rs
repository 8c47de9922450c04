//! Lists below a field: the names of its variants, and what its description counts.

use super::Draft;
use crate::{
    dialect::mintlify::{intro::is_option, lines::Piece},
    model::Type,
};

/// Whether a line below a field is of a list that belongs to it, be it of its variants or of what its description says: what
/// begins with a bullet or a comma begins no field.
pub(super) fn is_listed(draft: &Draft, text: &str) -> bool {
    is_option(text) || (text.starts_with(['•', ',']) && !draft.constraints.is_empty())
}

/// Takes a line of such a list: what has a bullet and no title says nothing but that there are several.
pub(super) fn take_listed(draft: &mut Draft, at: usize, piece: &Piece, text: &str) {
    let variant = is_variant(draft, text);
    if variant {
        draft.variants.push(piece.range.clone());
    }
    match variant && is_option(text) && text.starts_with(['*', '-', '•']) {
        true => draft.facts.push(piece.range.clone()),
        false => draft.description.push(at),
    }
}

/// Whether a line of a list names one of a field's variants: as the product calls those without a title, or a bullet behind
/// a union, where no description can stand.
fn is_variant(draft: &Draft, text: &str) -> bool {
    const MAX_LENGTH: usize = 80;
    let mut ty = draft.ty.as_ref().map(|(printed, _)| &printed.schema.ty);
    while let Some(Type::Array(items)) = ty {
        ty = Some(&items.ty);
    }
    match ty {
        Some(Type::Union(_)) => is_option(text) || (text.starts_with('•') && text.len() <= MAX_LENGTH),
        Some(Type::Object(_) | Type::Any) | None => is_option(text),
        _ => false,
    }
}
