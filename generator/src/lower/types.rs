//! Schemas become types.
//!
//! [`Types`] collects an API's types. A type is recognised by what it is, not by its name: equal shapes
//! with equal documentation become one type (`known`), under the name that was asked for first. Objects (`structs`) come in through `again`.
//! Members are lowered before what holds them, so that comparing one level is enough. Components are types of
//! their own (`components`), and may hold each other; what follows from that is settled in `cycles` when all
//! types are known.

use std::collections::BTreeMap;

use foldhash::HashMap;
use indexmap::IndexSet;

use super::{
    again::Repeated,
    alike::Alike,
    components::{Components, Lowered},
    cycles,
    docs::{self, Rendered},
    enums,
    examples::Examples,
    known::Known,
    limits, named,
    names::{Kind, Name, Scope},
    place::{Called, Place},
    plan::{Check, RustType, TypeBody, TypeId, TypePlan},
    scalars::{integer, is_secret, number, string},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Schema, Type},
};

/// The types of one API, while they are collected.
#[derive(Debug)]
pub(crate) struct Types<'a> {
    pub(super) components: &'a Components<'a>,
    pub(super) lowered: Lowered<'a>,
    pub(super) repeated: Repeated<'a>,
    pub(super) rendered: Rendered,
    pub(super) scope: Scope,
    pub(super) plans: Vec<TypePlan>,
    /// When each type was first met, from the outside in: the order in which they are written.
    met: Vec<usize>,
    next: usize,
    known: Known,
    /// The number of the operation that is lowered.
    pub(super) operation: usize,
    /// For each type, the operation that named it last.
    pub(super) named_in: Vec<usize>,
    /// The names of types besides their own.
    pub(super) aliases: BTreeMap<Name, TypeId>,
    diagnostics: IndexSet<Diagnostic>,
    /// How often something was reported, known or not.
    pub(super) reports: usize,
    /// What is shown of structs, besides what they are recognised by.
    pub(super) examples: HashMap<TypeId, Examples>,
}

/// All types of an API.
#[derive(Debug)]
pub(crate) struct Finished {
    /// The types.
    pub(crate) types: Vec<TypePlan>,
    /// The order in which to write them.
    pub(crate) order: Vec<TypeId>,
    /// The names of types that several operations have, besides their own.
    pub(crate) aliases: BTreeMap<Name, TypeId>,
    /// What there was to say.
    pub(crate) diagnostics: Vec<Diagnostic>,
}

impl<'a> Types<'a> {
    /// No types yet; the scope holds the names of components.
    pub(crate) fn new(components: &'a Components<'a>, alike: Alike<'a>, scope: Scope) -> Self {
        Self {
            components,
            lowered: Lowered::default(),
            repeated: Repeated::new(alike),
            rendered: Rendered::default(),
            scope,
            plans: Vec::new(),
            met: Vec::new(),
            next: 0,
            known: Known::default(),
            named_in: Vec::new(),
            operation: 0,
            aliases: BTreeMap::new(),
            diagnostics: IndexSet::new(),
            reports: 0,
            examples: HashMap::default(),
        }
    }

    /// The type of a schema, and the limits on its values. Recursion is bounded by the nesting that
    /// readers allow, and by that of components without a type.
    pub(crate) fn lower(&mut self, schema: &Schema, place: Place<'_>) -> (RustType, Vec<Check>) {
        let ty = match &schema.ty {
            Type::Ref(_) => {
                let (ty, checks) = self.lower_reference(schema, place);
                return (self.guarded(ty, place), checks);
            }
            Type::Any => RustType::Value,
            Type::Null => RustType::Unit,
            Type::Boolean => RustType::Bool,
            Type::File => RustType::File,
            Type::Integer | Type::String if !schema.values.is_empty() => self.lower_enum(schema, place),
            Type::Integer => integer(schema),
            Type::Number => number(schema),
            Type::String => string(schema),
            Type::Array(items) => {
                let (ty, checks) = self.lower_holder(schema, items, RustType::Vec, place);
                return (self.guarded(ty, place), checks);
            }
            Type::Object(object) => {
                let (ty, checks) = self.lower_object(schema, object, place);
                return (self.guarded(ty, place), checks);
            }
            Type::Union(alternatives) => self.lower_union(schema, alternatives, place),
        };
        let mut checks = limits::checks(schema, &ty);
        checks.extend(self.nested(&ty));
        (self.guarded(ty, place), checks)
    }

    /// The type, as a secret if its field's name says so. Documented values and the members of a struct
    /// are none, or guard themselves.
    fn guarded(&self, ty: RustType, place: Place<'_>) -> RustType {
        let open = match &ty {
            RustType::Bool | RustType::Unit | RustType::Secret(_) => false,
            RustType::Named(id) => {
                self.plans.get(id.0).is_some_and(|plan| matches!(plan.body, TypeBody::Union(_)))
            }
            _ => true,
        };
        if open && is_secret(place.field) { RustType::Secret(Box::new(ty)) } else { ty }
    }

    /// The type of a schema where no `Option` stands outside: of an item, or of a map's value.
    pub(super) fn lower_inner(&mut self, schema: &Schema, place: Place<'_>) -> (RustType, Vec<Check>) {
        let (ty, checks) = self.lower(schema, place);
        if self.components.is_nullable(schema) {
            let checks = if checks.is_empty() { checks } else { vec![Check::Present(checks)] };
            (RustType::Option(Box::new(ty)), checks)
        } else {
            (ty, checks)
        }
    }

    /// The type of what holds any number of values, as a list or a map does.
    pub(super) fn lower_holder(
        &mut self,
        schema: &Schema,
        held: &Schema,
        holder: fn(Box<RustType>) -> RustType,
        place: Place<'_>,
    ) -> (RustType, Vec<Check>) {
        let name = Called::Item(&place.name, place.field);
        let (item, item_checks) = self.lower_inner(held, Place { name, field: "", ..place });
        let ty = holder(Box::new(item));
        let mut checks = limits::checks(schema, &ty);
        if !item_checks.is_empty() {
            checks.push(Check::Each(item_checks));
        }
        (ty, checks)
    }

    fn lower_enum(&mut self, schema: &Schema, place: Place<'_>) -> RustType {
        let met = self.meet();
        match enums::lower_enum(schema, place.field) {
            Some(plan) => RustType::Named(self.define(met, TypeBody::Enum(plan), schema, place)),
            // No value is of the documented type: resolving reported it, the type stands.
            None if schema.ty == Type::Integer => integer(schema),
            None => string(schema),
        }
    }

    /// Gives a body's type a name of its own where it has none.
    pub(crate) fn alias(
        &mut self,
        ty: RustType,
        checks: Vec<Check>,
        schema: &Schema,
        place: Place<'_>,
    ) -> TypeId {
        if let RustType::Named(id) = ty {
            return id;
        }
        let met = self.meet();
        let docs = docs::alias(&self.components.described(schema), &mut self.rendered);
        self.define_documented(met, TypeBody::Alias(ty, checks), docs, place)
    }

    pub(super) fn meet(&mut self) -> usize {
        self.next += 1;
        self.next
    }

    pub(super) fn define(&mut self, met: usize, body: TypeBody, schema: &Schema, place: Place<'_>) -> TypeId {
        let docs = docs::description(schema, &mut self.rendered);
        let id = self.define_documented(met, body, docs, place);
        self.keep_part(id, place.name, None);
        id
    }

    pub(super) fn define_documented(
        &mut self,
        met: usize,
        body: TypeBody,
        docs: Vec<String>,
        place: Place<'_>,
    ) -> TypeId {
        let alone = matches!(body, TypeBody::Alias(..)).then_some(self.operation);
        let said = (docs, place.parameter, alone);
        let hash = self.known.hash(&body, &said);
        if let Some(id) = self.known.find(hash, &self.plans, &body, &said) {
            self.mark_use(&RustType::Named(id), place);
            self.name_again(id, place.name);
            return id;
        }
        let id = TypeId(self.plans.len());
        self.plans.push(TypePlan {
            name: self.scope.name(Kind::Type, &place.name.words()),
            // What the page says of a member stands there.
            docs: if place.field.is_empty() { said.0.clone() } else { Vec::new() },
            default: false,
            validate: self.has_limits(&body),
            body,
            in_request: place.in_request,
            in_response: !place.in_request && !place.parameter,
            in_parameter: false,
        });
        self.met.push(met);
        self.named_in.push(self.operation);
        self.known.insert(hash, id, said);
        id
    }

    /// Makes a component's type one that others can turn out to be.
    pub(super) fn make_known(&mut self, id: TypeId, body: &TypeBody, schema: &Schema) {
        let said = (docs::description(schema, &mut self.rendered), false, None);
        let hash = self.known.hash(body, &said);
        self.known.insert(hash, id, said);
    }

    /// From here on, types are those of the next operation.
    pub(crate) fn begin_operation(&mut self) {
        self.operation += 1;
    }

    /// Adds a type that is its own, whatever it looks like.
    pub(super) fn push(&mut self, plan: TypePlan) -> TypeId {
        let met = self.meet();
        self.met.push(met);
        self.named_in.push(self.operation);
        self.plans.push(plan);
        TypeId(self.plans.len() - 1)
    }

    /// Says what a type is.
    pub(super) fn set_body(&mut self, id: TypeId, body: TypeBody) {
        if let Some(plan) = self.plans.get_mut(id.0) {
            plan.body = body;
        }
    }

    /// Says that a type is used at another place too.
    pub(super) fn mark_use(&mut self, ty: &RustType, place: Place<'_>) {
        if let Some(plan) = named(ty).and_then(|id| self.plans.get_mut(id.0)) {
            plan.in_request |= place.in_request;
            plan.in_response |= !place.in_request && !place.parameter;
        }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.reports += 1;
        self.diagnostics.insert(diagnostic);
    }

    pub(super) fn nested(&self, ty: &RustType) -> Option<Check> {
        match ty {
            RustType::Named(id) => {
                self.plans.get(id.0).is_some_and(|plan| plan.validate).then_some(Check::Nested)
            }
            _ => None,
        }
    }

    fn has_limits(&self, body: &TypeBody) -> bool {
        match body {
            TypeBody::Struct(plan) => {
                plan.fields.iter().any(|field| !field.checks.is_empty())
                    || plan.extra.as_ref().is_some_and(|extra| !extra.checks.is_empty())
            }
            TypeBody::Union(plan) => plan.variants.iter().any(|variant| !variant.checks.is_empty()),
            TypeBody::Enum(_) | TypeBody::Alias(..) => false,
        }
    }

    /// Says that a type is a parameter's.
    pub(crate) fn mark_parameter(&mut self, id: TypeId) {
        let mut pending = vec![id];
        while let Some(plan) = pending.pop().and_then(|id| self.plans.get_mut(id.0)) {
            let known = std::mem::replace(&mut plan.in_parameter, true);
            if let (TypeBody::Union(body), false) = (&plan.body, known) {
                pending.extend(body.variants.iter().filter_map(|variant| named(&variant.ty)));
            }
        }
    }

    /// A name in the scope of the types, for a type that is no schema's.
    pub(crate) fn reserve(&mut self, name: &str) -> Name {
        self.scope.name(Kind::Type, name)
    }

    /// Whether a type of that name is still to come.
    pub(crate) fn is_free(&self, name: &str) -> bool {
        self.scope.is_free(Kind::Type, name)
    }

    /// The types, the order in which to write them, and what there was to say.
    pub(crate) fn finish(mut self) -> Finished {
        self.lower_pending();
        cycles::settle(&mut self.plans);
        self.document_examples();
        let mut order: Vec<TypeId> = (0..self.plans.len()).map(TypeId).collect();
        order.sort_by_key(|id| self.met.get(id.0).copied());
        Finished {
            types: self.plans,
            order,
            aliases: self.aliases,
            diagnostics: self.diagnostics.into_iter().collect(),
        }
    }
}
