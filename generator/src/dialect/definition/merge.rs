//! Two schemas that both hold become one.
//!
//! Members are joined, and descriptions that differ; of two other statements of one keyword the first stands, and what
//! contradicts it is reported. Enter at `Reader::merge`.
//!
//! Invariant: joining is paid for with [`Reader::spend`], so that compositions of compositions stay bounded.

use std::collections::HashSet;

use super::{
    Reader,
    draft::{Draft, take_remarks},
};
use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::fields::MAX_NESTING,
    model::{EnumValue, Limits, Object, Property, Schema, Text, Type},
    source::Span,
    yaml::Node,
};

/// The longest description that two are joined to, in bytes, so that compositions of compositions stay bounded.
const MAX_DESCRIPTION: usize = 16 << 10;

impl<'n> Reader<'_, '_, 'n> {
    /// Joins two schemas that both hold.
    pub(super) fn merge(&mut self, first: Draft, second: Draft, node: &'n Node, depth: usize) -> Draft {
        if depth > MAX_NESTING || !self.spend(first.weight() + second.weight(), node) {
            return first;
        }
        let same = matches!((&first.schema.ty, &second.schema.ty), (Type::Ref(a), Type::Ref(b)) if a == b);
        let (mut first, mut second) = match same || first.is_remark() || second.is_remark() {
            true => (first, second),
            false => (self.expanded(first, depth), self.expanded(second, depth)),
        };
        let a = std::mem::take(&mut first.schema.ty);
        let b = std::mem::take(&mut second.schema.ty);
        let ty = match (a, b) {
            (Type::Null, _) if second.schema.nullable => Type::Null,
            (_, Type::Null) if first.schema.nullable => Type::Null,
            (a, b) => self.merge_types((a, first.schema.span), (b, second.schema.span), node, depth),
        };
        // Remarks are a schema without its type.
        let mut remarks = first.schema.clone();
        self.remark_described(&mut remarks, &second.schema);
        remarks.nullable &= ty != Type::Null;
        let mut schema = Schema { ty, ..first.schema };
        schema.format = schema.format.or(second.schema.format);
        schema.limits = joined_limits(schema.limits.into_inner(), second.schema.limits.into_inner()).into();
        if schema.values.is_empty() {
            schema.values = second.schema.values;
        } else if !second.schema.values.is_empty() {
            let others: HashSet<String> =
                second.schema.values.iter().map(|other| other.value.to_string()).collect();
            let both = |value: &EnumValue| others.contains(&value.value.to_string());
            if schema.values.iter().any(both) {
                schema.values.retain(both);
            }
        }
        if schema.ty == Type::Null {
            // Of null, all others say nothing.
            schema = Schema { ty: Type::Null, span: schema.span, ..Schema::default() };
        }
        take_remarks(&mut schema, remarks);
        let mut joined = Draft::new(schema);
        for (name, span) in first.required.into_iter().chain(second.required) {
            joined.require(&name, span);
        }
        joined
    }

    /// What both of two types are, each with its place.
    fn merge_types(&mut self, a: (Type, Span), b: (Type, Span), node: &'n Node, depth: usize) -> Type {
        let ((a, at), (b, second_at)) = (a, b);
        match (a, b) {
            (Type::Any, other) | (other, Type::Any) => other,
            (Type::Object(a), Type::Object(b)) => Type::Object(self.merge_objects(a, b, node, depth)),
            (Type::Array(a), Type::Array(b)) => {
                let items = self.merge(Draft::new(*a), Draft::new(*b), node, depth + 1);
                Type::Array(Box::new(self.finish(items)))
            }
            (Type::Integer, Type::Number) | (Type::Number, Type::Integer) => Type::Integer,
            (Type::File, Type::String) | (Type::String, Type::File) => Type::File,
            (Type::Union(alternatives), other) | (other, Type::Union(alternatives)) => {
                let other = Draft::new(Schema::new(other, at));
                let joined = alternatives.into_iter().map(|alternative| {
                    let joined = self.merge(Draft::new(alternative), other.clone(), node, depth + 1);
                    self.finish(joined)
                });
                Type::Union(joined.collect())
            }
            (a, b) if a.kind() == b.kind() => a,
            (a, b) => {
                self.contradiction(second_at, format!("{} that is to be {} too", a.kind(), b.kind()));
                a
            }
        }
    }

    fn merge_objects(&mut self, mut first: Object, second: Object, node: &'n Node, depth: usize) -> Object {
        for (name, property) in second.properties {
            let Some(known) = first.properties.get_mut(&name) else {
                first.properties.insert(name, property);
                continue;
            };
            let mine = std::mem::take(&mut known.schema);
            let (required, span) = (known.required || property.required, known.span);
            let joined = self.merge(Draft::new(mine), Draft::new(property.schema), node, depth + 1);
            let schema = self.finish(joined);
            first.properties.insert(name, Property { required, inferred: false, schema, span });
        }
        first.values = first.values.or(second.values);
        // Each part of a composition would exclude the members of the others.
        first.closed &= second.closed;
        first
    }

    /// What two descriptions of one schema say, as paragraphs.
    pub(super) fn both_described(&mut self, first: Option<Text>, second: Option<Text>) -> Option<Text> {
        let (Some(first), Some(second)) = (&first, &second) else { return first.or(second) };
        let (one, other) = (first.value.trim(), second.value.trim());
        if one.contains(other) {
            return Some(first.clone());
        }
        if other.contains(one) {
            return Some(second.clone());
        }
        if one.len() + other.len() > MAX_DESCRIPTION {
            self.contradiction(second.span, "description that is too long beside another".to_owned());
            return Some(first.clone());
        }
        Some(Text::new(format!("{one}\n\n{other}"), first.span))
    }

    /// What a draft says, read out of its component where it refers to one.
    pub(super) fn expanded(&mut self, mut draft: Draft, depth: usize) -> Draft {
        for hop in 0..MAX_NESTING {
            let Type::Ref(name) = &draft.schema.ty else { return draft };
            let name = name.clone();
            let Some(mut read) = self.draft_of(&name, depth + hop + 1) else {
                self.contradiction(draft.schema.span, format!("`{name}` composed of itself"));
                break;
            };
            // What is said of the component as a whole is not said of what refers to it.
            let mut own = draft.schema;
            if own.title.is_some() {
                self.leave_unsaid(&name, "title", read.schema.title.take());
            }
            if own.description.is_some() {
                self.leave_unsaid(&name, "description", read.schema.description.take());
            }
            self.remark_described(&mut own, &read.schema);
            take_remarks(&mut read.schema, own);
            read.required.extend(draft.required);
            draft = read;
        }
        draft
    }

    /// Notes what a component says that something else is made of which says it itself.
    pub(super) fn leave_unsaid(&mut self, component: &str, keyword: &'static str, said: Option<Text>) {
        if let Some(said) = said {
            self.unsaid.entry((component.to_owned(), keyword)).or_insert(said.span);
        }
    }

    /// Reports what a schema cannot be, because of what another says.
    pub(super) fn contradiction(&mut self, span: Span, what: String) {
        self.cx.report(
            Diagnostic::new(codes::SCHEMAS_CONTRADICT, span, what)
                .label("left out; what stands before it counts"),
        );
    }
}

fn joined_limits(first: Limits, second: Limits) -> Limits {
    Limits {
        min_length: first.min_length.or(second.min_length),
        max_length: first.max_length.or(second.max_length),
        pattern: first.pattern.or(second.pattern),
        minimum: first.minimum.or(second.minimum),
        maximum: first.maximum.or(second.maximum),
        exclusive_minimum: first.exclusive_minimum.or(second.exclusive_minimum),
        exclusive_maximum: first.exclusive_maximum.or(second.exclusive_maximum),
        multiple_of: first.multiple_of.or(second.multiple_of),
        min_items: first.min_items.or(second.min_items),
        max_items: first.max_items.or(second.max_items),
        unique_items: first.unique_items || second.unique_items,
        min_properties: first.min_properties.or(second.min_properties),
        max_properties: first.max_properties.or(second.max_properties),
        max_key_length: first.max_key_length.or(second.max_key_length),
    }
}
