//! The values that a schema names: `enum` and `const`, and what is said of each.
//!
//! Enter at `Reader::read_values`.

use serde_json::Value;

use super::Reader;
use crate::{
    dialect::fields::set_values,
    model::{EnumValue, Schema, Type},
    yaml::{Node, NodeKind},
};

impl<'n> Reader<'_, '_, 'n> {
    /// The documented values; where the schema has a type, values that are written without quotes are of it.
    pub(super) fn read_values(&mut self, node: &'n Node, schema: &mut Schema) {
        let constant = node.get("const").into_iter();
        let items: Vec<&'n Node> =
            node.get("enum").map(Node::items).unwrap_or_default().iter().chain(constant).collect();
        if items.is_empty() {
            return;
        }
        let described = node.get("x-enum-descriptions").or_else(|| node.get("x-enumDescriptions"));
        let typed = !matches!(schema.ty, Type::Any);
        let mut values = Vec::with_capacity(items.len());
        for (at, item) in items.into_iter().enumerate() {
            let value = item.to_value();
            let value = match (&schema.ty, value) {
                (Type::String, value @ (Value::Number(_) | Value::Bool(_))) => {
                    let written = self.cx.slice(self.base + item.range.start..self.base + item.range.end);
                    let plain = !written.is_empty() && !written.contains(['\n', ' ']);
                    Value::String(if plain { written.to_owned() } else { value.to_string() })
                }
                // Null is a value only where the type has it.
                (_, Value::Null) if typed => continue,
                (_, value) => value,
            };
            let description = described.and_then(|described| {
                let text = match &described.kind {
                    NodeKind::Sequence(items) => items.get(at)?,
                    NodeKind::Mapping(members) => {
                        &members.get(value.as_str().unwrap_or(&value.to_string()))?.node
                    }
                    NodeKind::Scalar(_) => return None,
                };
                self.text(text)
            });
            values.push(EnumValue { value, description, span: self.span(&item.range) });
        }
        match &mut schema.ty {
            Type::Union(alternatives) => {
                for alternative in alternatives {
                    let of_kind = values.iter().filter(|value| is_of(&alternative.ty, &value.value)).cloned();
                    alternative.values = of_kind.collect();
                }
            }
            Type::Any if values.iter().all(|value| value.value.is_null()) => schema.ty = Type::Null,
            // Values that no keyword of the type fits are the reader's to keep, the type's to ignore.
            Type::Array(_) | Type::Object(_) => schema.values = values,
            _ => set_values(schema, values),
        }
    }
}

fn is_of(ty: &Type, value: &Value) -> bool {
    match ty {
        Type::String => value.is_string(),
        Type::Integer => value.is_i64() || value.is_u64(),
        Type::Number => value.is_number(),
        Type::Boolean => value.is_boolean(),
        _ => false,
    }
}
