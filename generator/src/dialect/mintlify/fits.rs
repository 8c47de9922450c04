//! Tells whether a constraint can belong to the field above it.
//!
//! Where it cannot, another field stood between, which has lost its name and type. Enter at [`fits`].

use std::ops::Range;

use super::{fields::Draft, labels::Constraint, shapes::clean};
use crate::{
    dialect::Context,
    model::{Schema, Type},
};

/// Whether a constraint can belong to a field.
pub(super) fn fits(cx: &Context<'_>, draft: &Draft, constraint: Constraint, values: &[Range<usize>]) -> bool {
    if draft.constraints.iter().any(|(known, _)| *known == constraint) {
        return false;
    }
    let Some((ty, _)) = &draft.ty else { return true };
    let items = items(&ty.schema);
    match constraint {
        Constraint::Options => {
            // `enum<…>` stands where there are options, unless a copy has lost it; then a description
            // between type and options is rather that of a field that has lost its name.
            let by_hand = match items.ty {
                Type::String | Type::Any | Type::Union(_) => items.format.is_none(),
                Type::Integer | Type::Number => values.iter().all(|range| {
                    let words = cx.slice(range.clone()).split(',');
                    words.map(clean).all(|word| word.is_empty() || word.parse::<f64>().is_ok())
                }),
                _ => false,
            };
            ty.enumeration.is_some() || (by_hand && draft.description.is_empty())
        }
        Constraint::Range | Constraint::MultipleOf => {
            matches!(items.ty, Type::Integer | Type::Number | Type::Any | Type::Union(_))
        }
        Constraint::StringLength | Constraint::MaxLength | Constraint::MinLength | Constraint::Pattern => {
            matches!(items.ty, Type::String | Type::Any | Type::Union(_) | Type::File)
        }
        Constraint::Longest | Constraint::Shortest => {
            matches!(items.ty, Type::String | Type::Any | Type::Union(_) | Type::File)
                || matches!(ty.schema.ty, Type::Array(_))
        }
        Constraint::ArrayLength | Constraint::MaxItems | Constraint::MinItems => {
            matches!(ty.schema.ty, Type::Array(_) | Type::Any | Type::Union(_))
        }
        Constraint::MaxProperties | Constraint::MinProperties => {
            matches!(items.ty, Type::Object(_) | Type::Any | Type::Union(_))
        }
        Constraint::AllowedValue | Constraint::Example | Constraint::Examples => true,
    }
}

/// The innermost items of an array; the schema itself where it is none.
fn items(schema: &Schema) -> &Schema {
    let mut schema = schema;
    while let Type::Array(items) = &schema.ty {
        schema = items;
    }
    schema
}
