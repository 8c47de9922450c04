//! Objects that are lowered once, although pages repeat them.
//!
//! What an object's members are does not depend on where it stands, only what the types in it are called. So that an
//! object that is alike one before gets that one's type, and each type in it the name that it would have had here:
//! every operation names its types as if it were alone.

use foldhash::HashMap;

use super::{
    alike::{Alike, Class},
    docs,
    names::Kind,
    place::{Called, Place},
    plan::{RustType, TypeId},
    types::Types,
};
use crate::model::{Object, Schema};

/// What is known of the objects that were lowered before.
#[derive(Debug, Default)]
pub(super) struct Repeated<'a> {
    alike: Alike<'a>,
    /// What became of each class of objects.
    lowered: HashMap<Class, Lowered>,
    /// The types in the object that is being lowered.
    parts: Vec<Part>,
    /// How many objects are being lowered, one in the other.
    depth: usize,
}

/// What became of an object.
#[derive(Debug)]
struct Lowered {
    id: TypeId,
    /// The types in it, in the order in which they were named.
    parts: Vec<Part>,
    /// The operation that named them last.
    operation: usize,
}

/// A type in an object.
#[derive(Debug)]
struct Part {
    id: TypeId,
    /// What it is called, behind what the object is called, unless that is `whole`.
    words: String,
    whole: bool,
    /// The class of the object that it was made of, which has parts of its own.
    class: Option<Class>,
}

impl<'a> Repeated<'a> {
    /// Nothing is lowered yet.
    pub(super) fn new(alike: Alike<'a>) -> Self {
        Self { alike, ..Self::default() }
    }
}

impl Types<'_> {
    /// The type of an object with members.
    pub(super) fn lower_struct(&mut self, schema: &Schema, object: &Object, place: Place<'_>) -> RustType {
        // Within components that are written out, what is lowered depends on which of them hold it.
        let comparable = !self.is_writing_out() && !place.parameter;
        let class = self.repeated.alike.class(schema).filter(|_| comparable);
        if let Some(id) = class.and_then(|class| self.lower_again(class, place)) {
            return RustType::Named(id);
        }
        let met = self.meet();
        let Some(class) = class else {
            let (body, examples) = self.struct_body(object, place);
            let id = self.define(met, body, schema, place);
            self.show(id, examples);
            return RustType::Named(id);
        };
        let reports = self.reports;
        let around = std::mem::take(&mut self.repeated.parts);
        self.repeated.depth += 1;
        let (body, examples) = self.struct_body(object, Place { name: Called::Owner(&place.name), ..place });
        self.repeated.depth -= 1;
        let parts = std::mem::replace(&mut self.repeated.parts, around);
        let docs = docs::description(schema, &mut self.rendered);
        let id = self.define_documented(met, body, docs, place);
        self.show(id, examples);
        self.keep_part(id, place.name, Some(class));
        // What is said of an object is said wherever it stands.
        if self.reports == reports {
            self.repeated.lowered.insert(class, Lowered { id, parts, operation: self.operation });
        }
        RustType::Named(id)
    }

    /// The type of an object that is alike one before. Where it is used spreads to what it holds when all types are known.
    fn lower_again(&mut self, class: Class, place: Place<'_>) -> Option<TypeId> {
        let id = self.repeated.lowered.get(&class)?.id;
        self.name_parts(class, place.name);
        self.mark_use(&RustType::Named(id), place);
        self.name_again(id, place.name);
        self.keep_part(id, place.name, Some(class));
        Some(id)
    }

    /// Names the types in an object again, unless this operation did so. Recursion is bounded by the nesting of objects.
    fn name_parts(&mut self, class: Class, owner: Called<'_>) {
        let operation = self.operation;
        let Some(lowered) = self.repeated.lowered.get_mut(&class) else { return };
        if std::mem::replace(&mut lowered.operation, operation) == operation {
            return;
        }
        let parts = std::mem::take(&mut lowered.parts);
        for part in &parts {
            let name =
                if part.whole { Called::Words(&part.words) } else { Called::Within(&owner, &part.words) };
            if let Some(class) = part.class {
                self.name_parts(class, name);
            }
            self.name_again(part.id, name);
        }
        if let Some(lowered) = self.repeated.lowered.get_mut(&class) {
            lowered.parts = parts;
        }
    }

    /// Gives a type that several operations have the name that it would have if this operation were alone: the
    /// names that a page makes stay, whichever pages are read with it.
    pub(super) fn name_again(&mut self, id: TypeId, name: Called<'_>) {
        let Some(last) = self.named_in.get_mut(id.0) else { return };
        if std::mem::replace(last, self.operation) == self.operation {
            return;
        }
        self.also_called(id, name);
    }

    /// Gives a type another name, where no type has it.
    pub(super) fn also_called(&mut self, id: TypeId, name: Called<'_>) {
        if let Some(name) = self.scope.free_name(Kind::Type, &name.words()) {
            self.aliases.insert(name, id);
        }
    }

    /// Keeps that a type is in the object that is being lowered.
    pub(super) fn keep_part(&mut self, id: TypeId, name: Called<'_>, class: Option<Class>) {
        if self.repeated.depth > 0 && !self.is_writing_out() {
            let (words, whole) = name.own_words();
            self.repeated.parts.push(Part { id, words, whole, class });
        }
    }
}
