//! Which part of a printed type its options are about.
//!
//! A type can hold an enumeration beside other alternatives: `enum<string> | integer`. Reading a type gives
//! the schema and an [`Enumeration`]; [`Enumeration::within`] finds it in the schema again, whose
//! alternatives may have been joined in between.

use crate::model::{Schema, Type};

/// Which part of a type is an enumeration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Enumeration {
    /// The kind of its values.
    kind: &'static str,
    /// How many arrays hold it.
    arrays: usize,
}

impl Enumeration {
    /// An enumeration whose values are those of a schema.
    pub(super) fn of(schema: &Schema) -> Self {
        Self { kind: schema.ty.kind(), arrays: 0 }
    }

    /// Says that one more array holds it.
    pub(super) fn in_array(&mut self) {
        self.arrays += 1;
    }

    /// The enumeration's own schema within that of the whole type.
    pub(super) fn within(self, schema: &mut Schema) -> Option<&mut Schema> {
        if self.arrays == 0 && schema.ty.kind() == self.kind {
            return Some(schema);
        }
        match &mut schema.ty {
            Type::Array(items) => Self { arrays: self.arrays.checked_sub(1)?, ..self }.within(items),
            Type::Union(alternatives) => {
                alternatives.iter_mut().find_map(|alternative| self.within(alternative))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::types::{read_type, tests::show};
    use crate::{model::Text, source::Span};

    #[test]
    fn the_enumeration_of_a_union_is_found() {
        let found = |text: &str| {
            let printed = read_type(text, Span::default()).unwrap();
            let mut schema = printed.schema;
            printed.enumeration.unwrap().within(&mut schema).unwrap().format =
                Some(Text::new("e", Span::default()));
            show(&schema)
        };
        assert_eq!(found("enum<string> | integer"), "string<e>|integer");
        assert_eq!(found("string | enum<string>[]"), "string|[string<e>]");
        assert_eq!(found("integer | array<enum<string>> | null"), "integer|[string<e>]?");
        assert_eq!(found("enum<string | integer>[]"), "[string|integer<e>]");
    }
}
