//! A schema while it is read: what it says so far, and what it asks of the schemas that it is composed with.
//!
//! A [`Draft`] becomes a schema with `Reader::finish`. Remarks are what a schema says besides what values are: they are
//! carried from one schema to another by `Reader::remark` and [`take_remarks`].

use std::mem::take;

use super::Reader;
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Schema, Type},
    source::Span,
};

/// A schema, with the names of required members that it does not have: another part of a composition may.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) schema: Schema,
    pub(super) required: Vec<(String, Span)>,
}

impl Draft {
    pub(super) fn new(schema: Schema) -> Self {
        Self { schema, required: Vec::new() }
    }

    /// Marks a member that is always there.
    pub(super) fn require(&mut self, name: &str, span: Span) {
        if !mark(&mut self.schema, name) {
            self.required.push((name.to_owned(), span));
        }
    }

    /// Whether it says nothing of values.
    pub(super) fn is_remark(&self) -> bool {
        let schema = &self.schema;
        schema.ty == Type::Any
            && self.required.is_empty()
            && schema.format.is_none()
            && schema.values.is_empty()
            && schema.limits.is_empty()
    }

    /// Whether it says nothing but of what kind values are.
    pub(super) fn is_kind(&self) -> bool {
        let open = match &self.schema.ty {
            Type::Object(object) => object.properties.is_empty() && object.values.is_none() && !object.closed,
            Type::Array(items) => items.ty == Type::Any,
            Type::Union(_) | Type::Ref(_) => false,
            _ => true,
        };
        let schema = &self.schema;
        open && self.required.is_empty()
            && schema.format.is_none()
            && schema.values.is_empty()
            && schema.limits.is_empty()
    }

    /// How many schemas it holds.
    pub(super) fn weight(&self) -> usize {
        self.schema.all().count()
    }
}

impl Reader<'_, '_, '_> {
    /// The schema in its final form. Required members that it does not have are reported.
    pub(super) fn finish(&mut self, draft: Draft) -> Schema {
        for (name, span) in draft.required {
            // What is composed in several ways lacks it in all of them.
            if !self.lacking.insert(span) {
                continue;
            }
            self.cx.report(
                Diagnostic::new(
                    codes::MALFORMED_DEFINITION,
                    span,
                    format!("required member `{name}` that the schema does not have"),
                )
                .label("left out"),
            );
        }
        draft.schema
    }

    /// Adds the remarks of another schema, where there are none yet. Those that are left out are noted, but descriptions, which
    /// are joined ([`Self::both_described`]).
    pub(super) fn remark(&mut self, onto: &mut Schema, from: &Schema) {
        match (&onto.title, &from.title) {
            (Some(one), Some(other)) if one.value != other.value => {
                self.note_left_out("title (beside another one)", other.span);
            }
            (None, Some(title)) => onto.title = Some(title.clone()),
            _ => {}
        }
        match (&onto.default, &from.default) {
            (Some(one), Some(other)) if one != other => {
                self.contradiction(from.span, "`default` beside another one".to_owned());
            }
            (None, Some(default)) => onto.default = Some(default.clone()),
            _ => {}
        }
        match (&onto.discriminator, &from.discriminator) {
            (Some(one), Some(other)) if one != other => {
                self.contradiction(other.property.span, "`discriminator` beside another one".to_owned());
            }
            (None, Some(discriminator)) => onto.discriminator = Some(discriminator.clone()),
            _ => {}
        }
        // What is an example of a part is none of the whole.
        if onto.examples.is_empty() {
            onto.examples.clone_from(&from.examples);
        } else if !from.examples.is_empty() && onto.examples != from.examples {
            self.note_left_out("example (beside another one)", from.span);
        }
        onto.nullable |= from.nullable;
        onto.deprecated |= from.deprecated;
        onto.read_only |= from.read_only;
        onto.write_only |= from.write_only;
    }

    /// The same, with descriptions that differ as paragraphs.
    pub(super) fn remark_described(&mut self, onto: &mut Schema, from: &Schema) {
        self.remark(onto, from);
        onto.description = self.both_described(onto.description.take(), from.description.clone());
    }
}

/// Marks a member as required; `false` where the schema does not have it.
fn mark(schema: &mut Schema, name: &str) -> bool {
    match &mut schema.ty {
        Type::Object(object) => match object.properties.get_mut(name) {
            Some(property) => {
                property.required = true;
                true
            }
            None => false,
        },
        Type::Union(alternatives) => {
            // Each of them is marked, not only the first that has it.
            alternatives.iter_mut().filter_map(|alternative| mark(alternative, name).then_some(())).count()
                > 0
        }
        _ => false,
    }
}

/// Takes a schema's remarks away.
pub(super) fn split_remarks(schema: &mut Schema) -> Schema {
    let core = Schema {
        ty: take(&mut schema.ty),
        format: schema.format.take(),
        values: take(&mut schema.values),
        limits: take(&mut schema.limits),
        span: schema.span,
        ..Schema::default()
    };
    std::mem::replace(schema, core)
}

/// Replaces a schema's remarks by those of another.
pub(super) fn take_remarks(onto: &mut Schema, from: Schema) {
    onto.title = from.title;
    onto.description = from.description;
    onto.default = from.default;
    onto.discriminator = from.discriminator;
    onto.examples = from.examples;
    onto.nullable = from.nullable && onto.ty != Type::Any;
    onto.deprecated = from.deprecated;
    onto.read_only = from.read_only;
    onto.write_only = from.write_only;
}
