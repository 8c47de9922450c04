//! What `allOf`, `oneOf` and `anyOf` combine, and what stands beside a `$ref`.
//!
//! All of several schemas become one, joined in `merge`. A reference that is joined with nothing but remarks stays a
//! reference; otherwise what its component says is read in. One of several becomes a union, `null` among them makes the
//! whole nullable.

use super::{
    Reader,
    draft::{Draft, split_remarks, take_remarks},
};
use crate::{
    model::{Schema, Text, Type},
    source::Span,
    yaml::Node,
};

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

impl<'n> Reader<'_, '_, 'n> {
    /// All of several parts; the first is what the schema says itself.
    pub(super) fn all_of(&mut self, parts: Vec<Part<'n>>, node: &'n Node, depth: usize) -> Draft {
        let span = self.span(&node.range);
        let (mut remarks, mut rest) = (Vec::new(), Vec::new());
        // What the parts say themselves, in their order.
        let mut said: Option<Text> = None;
        for part in parts {
            if let Part::Read(draft) = &part {
                said = self.both_described(said, draft.schema.description.clone());
            }
            match part {
                Part::Read(draft) if draft.is_remark() => remarks.push(draft.schema),
                part => rest.push(part),
            }
        }
        self.take_kinds(&mut rest, &mut remarks, depth);
        let own = || {
            rest.iter().filter_map(|part| match part {
                Part::Read(draft) => Some(&draft.schema),
                Part::Component { .. } => None,
            })
        };
        let is_said = own().any(|schema| schema.title.is_some() || schema.description.is_some());
        let is_titled = is_said || remarks.iter().any(|remark| remark.title.is_some());
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
                Part::Component { name, reference, .. } => {
                    let Some(mut draft) = self.draft_of(&name, depth + 1) else {
                        let span = self.span(&reference.range);
                        self.contradiction(span, format!("`{name}` composed of itself"));
                        continue;
                    };
                    // What is said of the component as a whole is not said of what is made of it.
                    draft.schema.discriminator = None;
                    if is_titled {
                        self.leave_unsaid(&name, "title", draft.schema.title.take());
                    }
                    if is_said || said.is_some() {
                        self.leave_unsaid(&name, "description", draft.schema.description.take());
                    }
                    draft
                }
            };
            joined = Some(match joined {
                None => draft,
                Some(first) => self.merge(first, draft, node, depth),
            });
        }
        let mut joined = joined.unwrap_or_else(|| Draft::new(Schema::new(Type::Any, span)));
        let own = remarks.into_iter().reduce(|mut first, next| {
            self.remark(&mut first, &next);
            first
        });
        if let Some(mut own) = own {
            self.remark(&mut own, &joined.schema);
            own.description = own.description.or(joined.schema.description.take());
            take_remarks(&mut joined.schema, own);
        }
        joined.schema.description = said.or(joined.schema.description);
        joined
    }

    /// Makes a remark of `type: object` beside a reference to an object, and the like: it says nothing new.
    fn take_kinds(&mut self, parts: &mut Vec<Part<'n>>, remarks: &mut Vec<Schema>, depth: usize) {
        let mut components = parts.iter().filter_map(|part| match part {
            Part::Component { name, .. } => Some(name.clone()),
            Part::Read(_) => None,
        });
        let (Some(name), None) = (components.next(), components.next()) else { return };
        if parts.len() == 1 {
            return;
        }
        let kind = self.draft_of(&name, depth + 1).map(|draft| draft.schema.ty.kind());
        parts.retain_mut(|part| match part {
            Part::Read(draft) if draft.is_kind() && Some(draft.schema.ty.kind()) == kind => {
                remarks.push(Schema { ty: Type::Any, ..std::mem::take(&mut draft.schema) });
                false
            }
            _ => true,
        });
    }

    /// One of several schemas, beside what the schema says itself.
    pub(super) fn one_of(&mut self, base: Draft, items: &'n [Node], node: &'n Node, depth: usize) -> Draft {
        let span = self.span(&node.range);
        let mut alternatives: Vec<Draft> = Vec::new();
        let mut null = false;
        // What null means, where that is said.
        let mut of_null: Option<Text> = None;
        for item in items {
            let draft = self.read_schema(item, depth + 1);
            if draft.schema.ty == Type::Null {
                null = true;
                let said = self.both_described(draft.schema.title, draft.schema.description);
                of_null = self.both_described(of_null, said);
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
            say_of_null(&mut base.schema, of_null);
            return base;
        }
        let mut core = base;
        let mut remarks = split_remarks(&mut core.schema);
        if !plain {
            let merged = alternatives.into_iter().map(|alternative| {
                let alternative = self.expanded(alternative, depth);
                self.merge(core.clone(), alternative, node, depth)
            });
            alternatives = merged.collect();
        }
        let mut out = self.union(alternatives, node);
        out.schema.nullable |= null && out.schema.ty != Type::Any;
        self.remark_described(&mut remarks, &out.schema);
        take_remarks(&mut out.schema, remarks);
        say_of_null(&mut out.schema, of_null);
        out.schema.span = span;
        out
    }

    /// One of several schemas, which is the only one where there is one.
    pub(super) fn union(&mut self, mut alternatives: Vec<Draft>, node: &'n Node) -> Draft {
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
}

/// Adds to what a schema says what its null means.
fn say_of_null(schema: &mut Schema, of_null: Option<Text>) {
    let Some(of_null) = of_null else { return };
    let said = format!("`null`: {}", of_null.value);
    schema.description = Some(match schema.description.take() {
        Some(own) => Text::new(format!("{}\n\n{said}", own.value), own.span),
        None => Text::new(said, of_null.span),
    });
}
