//! Checks that the values of enumerations are of their types: a value of another type can be no variant.
//!
//! Enter at [`check_enum_values`]. Nothing is changed, and the first such value of an enumeration speaks for all of them.

use super::visit::{visit_defined, visit_schemas};
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Api, Schema, Type},
};

/// The pass.
pub(super) fn check_enum_values(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    visit_schemas(api, |_, schema| diagnostics.extend(misfit(schema)));
    visit_defined(api, |_, schema| diagnostics.extend(misfit(schema)));
}

/// What there is to say of an enumeration, if it has values that are not of its type.
fn misfit(schema: &Schema) -> Option<Diagnostic> {
    let (is_of, ty): (fn(&serde_json::Value) -> bool, _) = match schema.ty {
        Type::String => (serde_json::Value::is_string, "a string"),
        Type::Integer => (serde_json::Value::is_i64, "an integer of 64 bits"),
        _ => return None,
    };
    let mut others = schema.values.iter().filter(|value| !is_of(&value.value));
    let first = others.next()?;
    let label = match others.count() {
        0 => format!("not {ty}, as the enumeration is"),
        more => format!("not {ty}, as the enumeration is; the same goes for {more} more"),
    };
    Some(
        Diagnostic::new(
            codes::ENUM_VALUE_MISMATCH,
            first.span,
            "value that is not of its enumeration's type",
        )
        .label(label)
        .help("override the field's `type` or `enum` in docwright.yaml"),
    )
}
