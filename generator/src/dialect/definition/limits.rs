//! Limits that say nothing of the type beside them.
//!
//! JSON Schema lets `minLength` stand beside `type: integer`, where it limits nothing. Whoever wrote it meant something, so
//! that it is not dropped without a word. Enter at `Reader::report_misplaced`.

use super::Reader;
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Schema, Type},
    yaml::Node,
};

/// Whether a limit says something of a type.
type Limits = fn(&Type) -> bool;

/// The limits, each with the types that it limits; any value can be of all of them.
const LIMITS: [(&str, Limits); 12] = [
    ("minLength", |ty| matches!(ty, Type::String | Type::File)),
    ("maxLength", |ty| matches!(ty, Type::String | Type::File)),
    ("pattern", |ty| matches!(ty, Type::String)),
    ("minItems", |ty| matches!(ty, Type::Array(_))),
    ("maxItems", |ty| matches!(ty, Type::Array(_))),
    ("minProperties", |ty| matches!(ty, Type::Object(_))),
    ("maxProperties", |ty| matches!(ty, Type::Object(_))),
    ("minimum", |ty| matches!(ty, Type::Integer | Type::Number)),
    ("maximum", |ty| matches!(ty, Type::Integer | Type::Number)),
    ("exclusiveMinimum", |ty| matches!(ty, Type::Integer | Type::Number)),
    ("exclusiveMaximum", |ty| matches!(ty, Type::Integer | Type::Number)),
    ("multipleOf", |ty| matches!(ty, Type::Integer | Type::Number)),
];

impl<'n> Reader<'_, '_, 'n> {
    /// Reports the limits of a schema that none of its alternatives can have.
    pub(super) fn report_misplaced(&mut self, node: &'n Node, alternatives: &[Schema]) {
        for (name, member) in node.members().into_iter().flatten() {
            let Some((_, limits)) = LIMITS.iter().find(|(limit, _)| limit == name) else { continue };
            if alternatives.iter().any(|schema| matches!(schema.ty, Type::Any) || limits(&schema.ty)) {
                continue;
            }
            let kinds: Vec<&str> = alternatives.iter().map(|schema| schema.ty.kind()).collect();
            let span = self.span(&member.key);
            self.cx.report(
                Diagnostic::new(
                    codes::KEYWORD_NOT_READ,
                    span,
                    format!("`{name}` beside the type `{}`", kinds.join(" | ")),
                )
                .label("left out: it limits no such value"),
            );
        }
    }
}
