//! What `allOf`, `oneOf` and `anyOf` combine, and what stands beside a `$ref`.
//!
//! All of several schemas become one: their members are joined, of two statements of one keyword the first stands. A
//! reference that is joined with nothing but remarks stays a reference; otherwise what its component says is
//! read in. One of several becomes a union, `null` among them makes the whole nullable.
//!
//! Invariant: joining is paid for with [`Reader::spend`], so that compositions of compositions stay bounded.

use super::Reader;
use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::fields::MAX_NESTING,
    model::{Limits, Object, Property, Schema, Type},
    source::Span,
    yaml::Node,
};

/// A schema, with the names of required members that it does not have: another part of a composition may.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) schema: Schema,
    required: Vec<(String, Span)>,
}

/// A part of a composition.
pub(super) enum Part<'n> {
    /// What is read.
    Read(Box<Draft>),
    /// A component, by its name, which nothing says is needed yet.
    Component { name: String, reference: &'n Node, span: Span },
}

impl<'n> Part<'n> {
    pub(super) fn component(name: String, reference: &'n Node, span: Span) -> Self {
        Self::Component { name, reference, span }
    }
}

impl From<Draft> for Part<'_> {
    fn from(draft: Draft) -> Self {
        Self::Read(Box::new(draft))
    }
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
    fn is_remark(&self) -> bool {
        let schema = &self.schema;
        schema.ty == Type::Any
            && self.required.is_empty()
            && schema.format.is_none()
            && schema.values.is_empty()
            && schema.limits.is_empty()
    }

    /// Whether it says nothing but of what kind values are.
    fn is_kind(&self) -> bool {
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
    fn weight(&self) -> usize {
        let mut count = 0;
        let mut pending = vec![&self.schema];
        while let Some(schema) = pending.pop() {
            count += 1;
            match &schema.ty {
                Type::Array(items) => pending.push(items),
                Type::Union(alternatives) => pending.extend(alternatives),
                Type::Object(object) => {
                    pending.extend(object.properties.values().map(|property| &property.schema));
                    pending.extend(object.values.as_deref());
                }
                _ => {}
            }
        }
        count
    }
}

impl<'n> Reader<'_, '_, 'n> {
    /// All of several parts; the first is what the schema says itself.
    pub(super) fn all_of(&mut self, parts: Vec<Part<'n>>, node: &'n Node, depth: usize) -> Draft {
        let span = self.span(&node.range);
        let (mut remarks, mut rest) = (Vec::new(), Vec::new());
        for part in parts {
            match part {
                Part::Read(draft) if draft.is_remark() => remarks.push(*draft),
                part => rest.push(part),
            }
        }
        // `type: object` beside a reference to an object says nothing new.
        let components = rest.iter().filter(|part| matches!(part, Part::Component { .. })).count();
        if components == 1 && rest.len() > 1 {
            let name = rest.iter().find_map(|part| match part {
                Part::Component { name, .. } => Some(name.clone()),
                Part::Read(_) => None,
            });
            let kind = name.and_then(|name| self.draft_of(&name, depth + 1)).map(|d| d.schema.ty.kind());
            rest.retain_mut(|part| match part {
                Part::Read(draft) if draft.is_kind() && Some(draft.schema.ty.kind()) == kind => {
                    let mut remark = std::mem::take(&mut draft.schema);
                    remark.ty = Type::Any;
                    remarks.push(Draft::new(remark));
                    false
                }
                _ => true,
            });
        }
        let composed = rest.len() > 1;
        let mut joined: Option<Draft> = None;
        for part in rest {
            let draft = match part {
                Part::Read(draft) => *draft,
                Part::Component { reference, span, .. } if !composed => {
                    let name = self.component_of(reference);
                    let schema = name.map(|name| Self::referring(name, span));
                    Draft::new(schema.unwrap_or_else(|| Schema::new(Type::Any, span)))
                }
                Part::Component { name, reference, .. } => match self.draft_of(&name, depth + 1) {
                    Some(mut draft) => {
                        // What is said of the component as a whole is not said of what is made of it.
                        draft.schema.discriminator = None;
                        draft
                    }
                    None => {
                        let span = self.span(&reference.range);
                        self.contradiction(span, format!("`{name}` composed of itself"));
                        continue;
                    }
                },
            };
            joined = Some(match joined {
                None => draft,
                Some(first) => self.merge(first, draft, node, depth),
            });
        }
        let mut joined = joined.unwrap_or_else(|| Draft::new(Schema::new(Type::Any, span)));
        let own = remarks.into_iter().map(|remark| remark.schema).reduce(|mut first, next| {
            remark(&mut first, &next);
            first
        });
        if let Some(mut own) = own {
            remark(&mut own, &joined.schema);
            take_remarks(&mut joined.schema, own);
        }
        joined
    }

    /// One of several schemas, beside what the schema says itself.
    pub(super) fn one_of(&mut self, base: Draft, items: &'n [Node], node: &'n Node, depth: usize) -> Draft {
        let span = self.span(&node.range);
        let mut alternatives: Vec<Draft> = Vec::new();
        let mut null = false;
        for item in items {
            let draft = self.read_schema(item, depth + 1);
            if draft.schema.ty == Type::Null {
                null = true;
            } else if draft.schema.ty == Type::Any && !draft.required.is_empty() {
                // Which members go together is more than a model of types can say.
                let range =
                    item.get("required").map_or(item.range.clone(), |required| required.range.clone());
                self.leave_out("required (of some members or others)", &range);
            } else {
                alternatives.push(draft);
            }
        }
        let is_object =
            |draft: &Draft| matches!(draft.schema.ty, Type::Object(_) | Type::Ref(_) | Type::Union(_));
        let says_kind = matches!(base.schema.ty, Type::Object(_)) && base.is_kind();
        let plain = base.is_remark() || (says_kind && alternatives.iter().all(is_object));
        if alternatives.is_empty() {
            let mut base = base;
            match base.schema.ty {
                Type::Any if null => base.schema.ty = Type::Null,
                _ => base.schema.nullable |= null,
            }
            return base;
        }
        let mut remarks = Schema::new(Type::Any, span);
        remark(&mut remarks, &base.schema);
        if !plain {
            let mut core = base;
            take_remarks(&mut core.schema, Schema::default());
            let merged = alternatives.into_iter().map(|alternative| {
                let alternative = self.expanded(alternative, depth);
                self.merge(core.clone(), alternative, node, depth)
            });
            alternatives = merged.collect();
        }
        let mut out = self.union(alternatives, node);
        out.schema.nullable |= null && out.schema.ty != Type::Any;
        remark(&mut remarks, &out.schema);
        take_remarks(&mut out.schema, remarks);
        out.schema.span = span;
        out
    }

    fn union(&mut self, mut alternatives: Vec<Draft>, node: &'n Node) -> Draft {
        let span = self.span(&node.range);
        if alternatives.len() == 1
            && let Some(only) = alternatives.pop()
        {
            return only;
        }
        let mut kept: Vec<Schema> = Vec::with_capacity(alternatives.len());
        let mut nullable = false;
        for draft in alternatives {
            let mut schema = self.finish(draft);
            nullable |= std::mem::take(&mut schema.nullable);
            match schema.ty {
                Type::Any => {
                    self.leave_out("oneOf (beside any value)", &node.range);
                    return Draft::new(Schema::new(Type::Any, span));
                }
                Type::Union(inner) if schema.discriminator.is_none() && schema.description.is_none() => {
                    kept.extend(inner);
                }
                Type::Union(inner) => {
                    self.leave_out("oneOf (within another)", &node.range);
                    kept.extend(inner);
                }
                Type::Ref(ref name) => {
                    let known = |other: &Schema| matches!(&other.ty, Type::Ref(other) if other == name);
                    if !kept.iter().any(known) {
                        kept.push(schema);
                    }
                }
                _ => kept.push(schema),
            }
        }
        let mut schema = match kept.len() {
            1 => kept.pop().unwrap_or_default(),
            _ => Schema::new(Type::Union(kept), span),
        };
        schema.nullable |= nullable;
        Draft::new(schema)
    }

    /// What a draft says, read out of its component where it refers to one.
    fn expanded(&mut self, mut draft: Draft, depth: usize) -> Draft {
        for hop in 0..MAX_NESTING {
            let Type::Ref(name) = &draft.schema.ty else { return draft };
            let name = name.clone();
            let Some(mut read) = self.draft_of(&name, depth + hop + 1) else {
                self.contradiction(draft.schema.span, format!("`{name}` composed of itself"));
                break;
            };
            let mut own = draft.schema.clone();
            remark(&mut own, &read.schema);
            take_remarks(&mut read.schema, own);
            read.required.extend(draft.required);
            draft = read;
        }
        draft
    }

    /// Joins two schemas that both hold.
    fn merge(&mut self, first: Draft, second: Draft, node: &'n Node, depth: usize) -> Draft {
        if depth > MAX_NESTING || !self.spend(first.weight() + second.weight(), node) {
            return first;
        }
        let same = matches!((&first.schema.ty, &second.schema.ty), (Type::Ref(a), Type::Ref(b)) if a == b);
        let (mut first, mut second) = match same || first.is_remark() || second.is_remark() {
            true => (first, second),
            false => (self.expanded(first, depth), self.expanded(second, depth)),
        };
        let mut remarks = first.schema.clone();
        remark(&mut remarks, &second.schema);
        let a = std::mem::take(&mut first.schema.ty);
        let b = std::mem::take(&mut second.schema.ty);
        let ty = match (a, b) {
            (Type::Any, other) | (other, Type::Any) => other,
            (Type::Object(a), Type::Object(b)) => Type::Object(self.merge_objects(a, b, node, depth)),
            (Type::Array(a), Type::Array(b)) => {
                let items = self.merge(Draft::new(*a), Draft::new(*b), node, depth + 1);
                Type::Array(Box::new(self.finish(items)))
            }
            (Type::Integer, Type::Number) | (Type::Number, Type::Integer) => Type::Integer,
            (Type::File, Type::String) | (Type::String, Type::File) => Type::File,
            (Type::Union(alternatives), other) | (other, Type::Union(alternatives)) => {
                let other = Schema { nullable: false, ..Schema::new(other, first.schema.span) };
                let joined = alternatives.into_iter().map(|alternative| {
                    let joined =
                        self.merge(Draft::new(alternative), Draft::new(other.clone()), node, depth + 1);
                    self.finish(joined)
                });
                Type::Union(joined.collect())
            }
            (a, b) if a.kind() == b.kind() => a,
            (a, b) => {
                let span = second.schema.span;
                self.contradiction(span, format!("{} that is to be {} too", a.kind(), b.kind()));
                a
            }
        };
        let mut schema = Schema { ty, ..first.schema };
        schema.format = schema.format.or(second.schema.format);
        schema.limits = joined_limits(schema.limits, second.schema.limits);
        if schema.values.is_empty() {
            schema.values = second.schema.values;
        } else if !second.schema.values.is_empty() {
            let both = |value: &crate::model::EnumValue| {
                second.schema.values.iter().any(|other| other.value == value.value)
            };
            if schema.values.iter().any(both) {
                schema.values.retain(both);
            }
        }
        take_remarks(&mut schema, remarks);
        let mut joined = Draft::new(schema);
        for (name, span) in first.required.into_iter().chain(second.required) {
            joined.require(&name, span);
        }
        joined
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

    fn contradiction(&mut self, span: Span, what: String) {
        self.cx.report(
            Diagnostic::new(codes::SCHEMAS_CONTRADICT, span, what)
                .label("left out; what stands before it counts"),
        );
    }

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

/// Adds the remarks of another schema, where there are none yet.
fn remark(onto: &mut Schema, from: &Schema) {
    let Schema { title, description, default, discriminator, .. } = from;
    onto.title = onto.title.take().or_else(|| title.clone());
    onto.description = onto.description.take().or_else(|| description.clone());
    onto.default = onto.default.take().or_else(|| default.clone());
    onto.discriminator = onto.discriminator.take().or_else(|| discriminator.clone());
    if onto.examples.is_empty() {
        onto.examples.clone_from(&from.examples);
    }
    onto.nullable |= from.nullable;
    onto.deprecated |= from.deprecated;
    onto.read_only |= from.read_only;
    onto.write_only |= from.write_only;
}

/// Replaces a schema's remarks by those of another.
fn take_remarks(onto: &mut Schema, from: Schema) {
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
        min_properties: first.min_properties.or(second.min_properties),
        max_properties: first.max_properties.or(second.max_properties),
        max_key_length: first.max_key_length.or(second.max_key_length),
    }
}
