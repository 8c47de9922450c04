//! Whether two schemas say the same, wherever they stand.

use super::examples::telling;
use crate::model::{EnumValue, Object, Property, Schema, Text, Type};

/// Whether two bodies have the same values, with the same documentation of their members.
pub(super) fn same_shape(a: &Schema, b: &Schema) -> bool {
    same_type(&a.ty, &b.ty) && same_values(&a.values, &b.values)
}

/// Recursion is bounded by the nesting that readers allow.
fn same_schema(a: &Schema, b: &Schema) -> bool {
    let resource = |schema: &Schema| schema.resource.as_ref().map(|link| link.name.value.clone());
    same_shape(a, b)
        && (a.nullable, a.deprecated) == (b.nullable, b.deprecated)
        && (a.read_only, a.write_only) == (b.read_only, b.write_only)
        && (same_text(a.format.as_ref(), b.format.as_ref()))
        && (same_text(a.description.as_ref(), b.description.as_ref()))
        && a.limits == b.limits
        && a.default == b.default
        && telling(a) == telling(b)
        && resource(a) == resource(b)
}

fn same_type(a: &Type, b: &Type) -> bool {
    match (a, b) {
        (Type::Array(a), Type::Array(b)) => same_schema(a, b),
        (Type::Object(a), Type::Object(b)) => same_object(a, b),
        (Type::Union(a), Type::Union(b)) => all(a.iter(), b.iter(), same_schema),
        (Type::Array(_) | Type::Object(_) | Type::Union(_), _) => false,
        (a, b) => a == b,
    }
}

fn same_object(a: &Object, b: &Object) -> bool {
    let same_member = |(a_name, a): (&String, &Property), (b_name, b): (&String, &Property)| {
        a_name == b_name
            && (a.required, a.inferred) == (b.required, b.inferred)
            && same_schema(&a.schema, &b.schema)
    };
    let same_rest = match (&a.values, &b.values) {
        (Some(a), Some(b)) => same_schema(a, b),
        (a, b) => a.is_none() && b.is_none(),
    };
    same_rest && a.closed == b.closed && all(a.properties.iter(), b.properties.iter(), same_member)
}

fn same_values(a: &[EnumValue], b: &[EnumValue]) -> bool {
    all(a.iter(), b.iter(), |a, b| {
        a.value == b.value && same_text(a.description.as_ref(), b.description.as_ref())
    })
}

fn same_text(a: Option<&Text>, b: Option<&Text>) -> bool {
    a.map(|text| &text.value) == b.map(|text| &text.value)
}

fn all<T>(
    a: impl ExactSizeIterator<Item = T>,
    b: impl ExactSizeIterator<Item = T>,
    same: impl Fn(T, T) -> bool,
) -> bool {
    a.len() == b.len() && a.zip(b).all(|(a, b)| same(a, b))
}
