//! Component schemas become one type each, under their own names.
//!
//! [`Components`] says which components get a type, and reserves the names before any other is made, so that no
//! operation takes one. A type is defined when it is first referred to and lowered later, never within what
//! refers to it, so that recursion costs no stack. What needs no type of its own, such as a string with a
//! format, is written out wherever it is referred to; an array or map that holds itself holds any value.

use std::{borrow::Cow, collections::HashMap};

use indexmap::IndexMap;

use super::{
    docs, enums,
    names::{Kind, Name, Scope},
    place::{Called, Place},
    plan::{Check, RustType, TypeBody, TypeId, TypePlan},
    types::Types,
};
use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::Dialect,
    model::{Api, Schema, Type},
};

/// How many components that need no type are written out within each other.
const MAX_INLINED: usize = 24;

/// The components of an API.
#[derive(Debug)]
pub(crate) struct Components<'a> {
    schemas: &'a IndexMap<String, Schema>,
    /// Those that pages of resources describe.
    resources: &'a IndexMap<String, Dialect>,
    /// The names of the types of those that get one.
    names: HashMap<&'a str, Name>,
}

impl<'a> Components<'a> {
    /// The components of an API, and the scope that holds their types' names.
    pub(crate) fn new(api: &'a Api) -> (Self, Scope) {
        let mut scope = Scope::default();
        let mut components = Self { schemas: &api.schemas, resources: &api.resources, names: HashMap::new() };
        for (name, schema) in &api.schemas {
            if components.gets_type(schema) {
                components.names.insert(name, scope.name(Kind::Type, name));
            }
        }
        (components, scope)
    }

    fn gets_type(&self, schema: &Schema) -> bool {
        match &schema.ty {
            Type::Object(object) => !object.properties.is_empty(),
            Type::Integer | Type::String => enums::lower_enum(schema, "").is_some(),
            Type::Union(alternatives) => self.apart(schema, alternatives).is_ok(),
            _ => false,
        }
    }

    /// The component that a reference stands for, and its name.
    fn component(&self, schema: &Schema) -> Option<(&'a str, &'a Schema)> {
        let Type::Ref(name) = &schema.ty else { return None };
        let (mut name, mut target) = self.schemas.get_key_value(name)?;
        for _ in 0..MAX_INLINED {
            let Type::Ref(next) = &target.ty else { return Some((name, target)) };
            (name, target) = self.schemas.get_key_value(next)?;
        }
        None
    }

    /// The schema that a reference stands for, or the schema itself.
    pub(super) fn target<'s>(&self, schema: &'s Schema) -> &'s Schema
    where
        'a: 's,
    {
        self.component(schema).map_or(schema, |(_, target)| target)
    }

    /// Whether null is a value.
    pub(super) fn is_nullable(&self, schema: &Schema) -> bool {
        schema.nullable || self.target(schema).nullable
    }

    /// The name of the component that a reference stands for.
    pub(super) fn name_of(&self, schema: &Schema) -> Option<&'a str> {
        self.component(schema).map(|(name, _)| name)
    }

    /// What is known of a place: what is said there, and what its component says where that has no type to say it
    /// on.
    pub(super) fn described<'s>(&self, schema: &'s Schema) -> Cow<'s, Schema> {
        match self.component(schema) {
            Some((name, target)) if !self.names.contains_key(name) => {
                let mut whole = target.clone();
                whole.description = schema.description.clone().or(whole.description);
                whole.default = schema.default.clone().or(whole.default);
                whole.examples.splice(..0, schema.examples.iter().cloned());
                whole.nullable |= schema.nullable;
                whole.deprecated |= schema.deprecated;
                Cow::Owned(whole)
            }
            _ => Cow::Borrowed(schema),
        }
    }
}

/// What is written out for a component without a type.
type Inlined = (RustType, Vec<Check>);

/// What became of the components so far.
#[derive(Debug, Default)]
pub(super) struct Lowered<'a> {
    types: HashMap<&'a str, TypeId>,
    /// Types that are defined and not yet lowered.
    pending: Vec<(&'a str, TypeId)>,
    /// Components without a type, by name and whether they are parameters; `None` while they are lowered.
    inlined: HashMap<(&'a str, bool), Option<Inlined>>,
    depth: usize,
}

impl<'a> Types<'a> {
    /// The type of a reference.
    pub(super) fn lower_reference(&mut self, schema: &Schema, place: Place<'_>) -> (RustType, Vec<Check>) {
        let components = self.components;
        let Some((name, target)) = components.component(schema) else { return (RustType::Value, Vec::new()) };
        let is_union = matches!(target.ty, Type::Union(_));
        if let Some(type_name) = components.names.get(name).filter(|_| !(is_union && place.parameter)) {
            let id = self.component_type(name, target, type_name, place);
            // Of pages that call a resource by other words, each names it as if it were alone.
            if let Some(link) = &schema.resource {
                self.also_called(id, Called::Words(&link.name.value));
            }
            // Whether there is a limit is known when all types are.
            let nested = !matches!(target.ty, Type::Integer | Type::String);
            return (RustType::Named(id), nested.then_some(Check::Nested).into_iter().collect());
        }
        let key = (name, place.parameter);
        let (ty, checks) = match self.lowered.inlined.get(&key) {
            Some(Some(known)) => known.clone(),
            None if self.lowered.depth < MAX_INLINED => {
                self.lowered.inlined.insert(key, None);
                self.lowered.depth += 1;
                let inside = Place { name: Called::Words(name), field: "", ..place };
                let read = self.lower(target, inside);
                self.lowered.depth -= 1;
                self.lowered.inlined.insert(key, Some(read.clone()));
                read
            }
            _ => {
                self.report(
                    Diagnostic::new(
                        codes::RECURSION_AS_ANY,
                        target.span,
                        format!("component `{name}` that holds itself"),
                    )
                    .label("any value is accepted within it"),
                );
                (RustType::Value, Vec::new())
            }
        };
        self.mark_use(&ty, place);
        (ty, checks)
    }

    fn component_type(
        &mut self,
        name: &'a str,
        target: &Schema,
        type_name: &Name,
        place: Place<'_>,
    ) -> TypeId {
        if let Some(&id) = self.lowered.types.get(name) {
            self.mark_use(&RustType::Named(id), place);
            return id;
        }
        let docs = docs::description(target, &mut self.rendered);
        let id = self.push(TypePlan {
            name: type_name.clone(),
            docs,
            body: TypeBody::Alias(RustType::Value, Vec::new()),
            in_request: place.in_request,
            in_response: !place.in_request && !place.parameter,
            default: false,
            in_parameter: false,
            validate: false,
        });
        self.lowered.types.insert(name, id);
        self.lowered.pending.push((name, id));
        id
    }

    /// Whether a component without a type is being written out.
    pub(super) fn is_writing_out(&self) -> bool {
        self.lowered.depth > 0
    }

    /// Lowers the components that a schema refers to, before anything else is: what they hold is named after them.
    pub(super) fn lower_referred(&mut self, schema: &Schema) {
        let components = self.components;
        if components.schemas.is_empty() {
            return;
        }
        let mut pending = vec![schema];
        while let Some(schema) = pending.pop() {
            match &schema.ty {
                Type::Ref(_) => {
                    let Some((name, target)) = components.component(schema) else { continue };
                    if let Some(type_name) = components.names.get(name) {
                        // Neither a request's nor a response's: that is told where it is used.
                        let place = Place {
                            name: Called::Words(name),
                            field: "",
                            in_request: false,
                            parameter: true,
                        };
                        self.component_type(name, target, type_name, place);
                    }
                }
                _ => pending.extend(schema.parts()),
            }
        }
        self.lower_pending();
    }

    /// Lowers the components that were referred to, and those that they refer to.
    pub(super) fn lower_pending(&mut self) {
        let components = self.components;
        while let Some((name, id)) = self.lowered.pending.pop() {
            let Some(schema) = components.schemas.get(name) else { continue };
            let place = Place { name: Called::Words(name), field: "", in_request: false, parameter: false };
            let body = match &schema.ty {
                Type::Object(object) => {
                    let (body, examples) = self.struct_body(object, place);
                    self.show(id, examples);
                    body
                }
                Type::Union(alternatives) => TypeBody::Union(self.union_plan(schema, alternatives, place)),
                _ => match enums::lower_enum(schema, "") {
                    Some(plan) => TypeBody::Enum(plan),
                    None => continue,
                },
            };
            // A table of an operation's own can repeat a resource.
            if components.resources.contains_key(name) {
                self.make_known(id, &body, schema);
            }
            self.set_body(id, body);
        }
    }
}
