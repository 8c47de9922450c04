//! Examples of fields, which are shown with a struct and are no part of what it is recognised by.
//!
//! What a described member has as an example is an instance of what is said of it: shapes that differ in nothing else
//! are one type, which shows the examples of all. Where an example is all that a page says of a member, it is
//! documentation like any other, and what the member is known by.

use foldhash::fast::RandomState;
use indexmap::IndexSet;
use serde_json::Value;

use super::{
    docs,
    plan::{TypeBody, TypeId},
    types::Types,
};
use crate::model::Schema;

/// Examples of a struct's fields: the number of the field, and JSON.
pub(super) type Examples = IndexSet<(usize, String), RandomState>;

/// The examples of a member that are part of what it is known by.
pub(super) fn telling(schema: &Schema) -> &[Value] {
    if schema.description.is_some() { &[] } else { &schema.examples }
}

/// The examples of a member that are shown apart; those that are all that is said go into its documentation.
pub(super) fn shown(schema: &Schema, docs: &mut Vec<String>) -> Vec<String> {
    let telling = telling(schema);
    docs::examples(docs, telling.iter().map(docs::json));
    if telling.is_empty() { schema.examples.iter().map(docs::json).collect() } else { Vec::new() }
}

impl Types<'_> {
    /// Shows examples with the fields of a struct, behind those that were shown before.
    pub(super) fn show(&mut self, id: TypeId, examples: Examples) {
        if !examples.is_empty() {
            self.examples.entry(id).or_default().extend(examples);
        }
    }

    /// Puts the examples of all fields behind what else is said of them.
    pub(super) fn document_examples(&mut self) {
        for (id, mut examples) in std::mem::take(&mut self.examples) {
            let Some(TypeBody::Struct(plan)) = self.plans.get_mut(id.0).map(|plan| &mut plan.body) else {
                continue;
            };
            examples.sort_by_key(|(field, _)| *field);
            let mut examples = examples.into_iter().peekable();
            for (number, field) in plan.fields.iter_mut().enumerate() {
                let of_field = std::iter::from_fn(|| examples.next_if(|(at, _)| *at == number));
                docs::examples(&mut field.docs, of_field.map(|(_, example)| example));
            }
        }
    }
}
