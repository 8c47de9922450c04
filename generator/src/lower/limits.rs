//! Documented limits become checks, where the type can be checked.

use super::plan::{Check, RustType};
use crate::model::Schema;

/// The checks of a schema's own limits on a value of `ty`. Limits that make no sense for the type, such as
/// a length for a UUID, stay documentation alone.
pub(crate) fn checks(schema: &Schema, ty: &RustType) -> Vec<Check> {
    if let RustType::Secret(inner) = ty {
        return self::checks(schema, inner);
    }
    let limits = &schema.limits;
    let mut checks = Vec::new();
    let mut add = |check: Option<Check>| checks.extend(check);
    match ty {
        RustType::String => {
            add(limits.min_length.map(Check::MinLength));
            add(limits.max_length.map(Check::MaxLength));
        }
        RustType::I32 | RustType::I64 | RustType::F32 | RustType::F64 => {
            add(limits.minimum.clone().map(Check::Minimum));
            add(limits.maximum.clone().map(Check::Maximum));
            add(limits.exclusive_minimum.clone().map(Check::ExclusiveMinimum));
            add(limits.exclusive_maximum.clone().map(Check::ExclusiveMaximum));
            add(limits.multiple_of.clone().map(Check::MultipleOf));
        }
        RustType::Vec(_) => checks = array_checks(schema),
        RustType::Map(_) | RustType::FreeForm => {
            add(limits.min_properties.map(Check::MinProperties));
            add(limits.max_properties.map(Check::MaxProperties));
            add(limits.max_key_length.map(Check::MaxKeyLength));
        }
        _ => {}
    }
    checks
}

/// The checks of an array's own limits.
pub(crate) fn array_checks(schema: &Schema) -> Vec<Check> {
    let limits = &schema.limits;
    let lengths = [limits.min_items.map(Check::MinItems), limits.max_items.map(Check::MaxItems)];
    lengths.into_iter().chain([limits.unique_items.then_some(Check::UniqueItems)]).flatten().collect()
}
