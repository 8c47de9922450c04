//! How the alternatives of a union are told apart.
//!
//! Values of different kinds JSON itself tells apart. Objects are told apart by one member's value, where the page
//! names that member (a discriminator) or documents different values for it; otherwise by members that one alternative
//! requires and no other has. Whatever else would have to be tried in order, where an object may fit several: such a
//! union has no type, and the reason is said.

use std::collections::{BTreeSet, HashMap};

use indexmap::IndexSet;
use serde_json::Value;

use super::components::Components;
use crate::model::{Discriminator, Object, Schema, Type};

/// How many schemas a union within a union may hold.
const MAX_WITHIN: usize = 256;

/// A schema whose values are objects, and those objects.
type Within<'s> = (&'s Schema, Vec<&'s Object>);

/// How alternatives are told apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Apart {
    /// By the kinds of JSON.
    Kinds,
    /// All of them are objects.
    Objects(Marks),
    /// By the kinds of JSON, of which several are objects: those are a union within.
    Mixed,
}

/// What tells objects apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Marks {
    /// The values of a member, for each alternative; whether it has the member itself.
    Values { member: String, alternatives: Vec<(Vec<String>, bool)> },
    /// A member, for each alternative; at most one has none.
    Names(Vec<Option<String>>),
}

impl Components<'_> {
    /// How the alternatives of a union are told apart, or why they are not.
    pub(super) fn apart(&self, schema: &Schema, alternatives: &[Schema]) -> Result<Apart, &'static str> {
        let (mut objects, mut kinds) = (Vec::new(), Vec::new());
        for alternative in alternatives {
            match self.objects(alternative) {
                Some(within) => objects.push((alternative, within)),
                None => kinds.push(self.target(alternative).ty.kind()),
            }
        }
        if kinds.iter().any(|kind| ["file", "any", "union", "null", "reference"].contains(kind)) {
            return Err("one of the alternatives is open");
        }
        if kinds.iter().filter(|kind| **kind == "array").count() > 1 {
            return Err("several of the alternatives are arrays");
        }
        let one_struct = match objects.as_slice() {
            [] => true,
            [(only, _)] => matches!(self.target(only).ty, Type::Object(_)),
            _ => false,
        };
        if one_struct {
            return Ok(Apart::Kinds);
        }
        let marks = self.marks(schema, &objects)?;
        Ok(if kinds.is_empty() { Apart::Objects(marks) } else { Apart::Mixed })
    }

    /// The objects of a schema, if all of its values are objects: itself, or those of a union.
    pub(super) fn objects<'s>(&'s self, schema: &'s Schema) -> Option<Vec<&'s Object>> {
        let mut objects = Vec::new();
        let mut pending = vec![schema];
        let mut seen = 0;
        // A union that holds itself adds nothing to itself.
        let mut names = BTreeSet::new();
        while let Some(schema) = pending.pop() {
            seen += 1;
            if self.name_of(schema).is_some_and(|name| !names.insert(name)) {
                continue;
            }
            match &self.target(schema).ty {
                Type::Object(object) => objects.push(object),
                Type::Union(inner) if seen + pending.len() + inner.len() <= MAX_WITHIN => {
                    pending.extend(inner.iter().rev());
                }
                _ => return None,
            }
        }
        Some(objects)
    }

    fn marks(&self, schema: &Schema, objects: &[Within<'_>]) -> Result<Marks, &'static str> {
        let named = schema.discriminator.as_ref().and_then(|named| self.by_discriminator(named, objects));
        if let Some(marks) = named.or_else(|| self.by_value(objects)) {
            return Ok(marks);
        }
        self.by_name(objects)
    }

    /// By the member that the page names.
    fn by_discriminator(&self, discriminator: &Discriminator, objects: &[Within<'_>]) -> Option<Marks> {
        let member = discriminator.property.value.as_str();
        let mut mapped: HashMap<&str, Vec<String>> = HashMap::new();
        for (value, name) in &discriminator.mapping {
            mapped.entry(name).or_default().push(value.clone());
        }
        let mut alternatives = Vec::with_capacity(objects.len());
        for (object, leaves) in objects {
            let holds = leaves.iter().all(|leaf| leaf.properties.contains_key(member));
            if !holds && leaves.len() != 1 {
                return None;
            }
            let names = [referred(object), self.name_of(object)];
            let values = names.into_iter().flatten().find_map(|name| mapped.get(name)).cloned();
            let values = values
                .or_else(|| self.values(leaves, member))
                .or_else(|| names.into_iter().flatten().next().map(|name| vec![name.to_owned()]))?;
            alternatives.push((values, holds));
        }
        are_distinct(&alternatives)
            .then(|| Marks::Values { member: discriminator.property.value.clone(), alternatives })
    }

    /// By a member that all have, with different documented values.
    fn by_value(&self, objects: &[Within<'_>]) -> Option<Marks> {
        let (_, first) = objects.first()?;
        let first = first.first()?;
        first.properties.keys().find_map(|member| {
            let values = objects.iter().map(|(_, leaves)| Some((self.values(leaves, member)?, true)));
            let alternatives: Vec<_> = values.collect::<Option<_>>()?;
            are_distinct(&alternatives).then(|| Marks::Values { member: member.clone(), alternatives })
        })
    }

    /// The documented values of a member of all of several objects.
    fn values(&self, leaves: &[&Object], member: &str) -> Option<Vec<String>> {
        let mut values = IndexSet::new();
        for leaf in leaves {
            let schema = self.target(&leaf.properties.get(member)?.schema);
            if schema.values.is_empty() {
                return None;
            }
            for value in &schema.values {
                values.insert(match &value.value {
                    Value::String(text) => text.clone(),
                    value @ (Value::Number(_) | Value::Bool(_)) => value.to_string(),
                    _ => return None,
                });
            }
        }
        Some(values.into_iter().collect())
    }

    /// By a member that one requires and no other has.
    fn by_name(&self, objects: &[Within<'_>]) -> Result<Marks, &'static str> {
        let mut all = Vec::with_capacity(objects.len());
        for (object, _) in objects {
            let Type::Object(object) = &self.target(object).ty else {
                return Err("a union within it has no member that tells its alternatives apart");
            };
            // Any name may be one of a map's.
            if object.values.as_ref().is_some_and(|values| values.ty != Type::Any)
                || object.properties.is_empty()
            {
                return Err("one of the alternatives is an object with any names");
            }
            all.push(object);
        }
        let mut owners: HashMap<&str, usize> = HashMap::new();
        for name in all.iter().flat_map(|object| object.properties.keys()) {
            *owners.entry(name).or_default() += 1;
        }
        let mark = |object: &&Object| {
            let mut own = object.properties.iter().filter(|(name, _)| owners.get(name.as_str()) == Some(&1));
            own.find(|(_, property)| property.required).map(|(name, _)| name.clone())
        };
        let marks: Vec<Option<String>> = all.iter().map(mark).collect();
        match marks.iter().filter(|mark| mark.is_none()).count() {
            0 | 1 => Ok(Marks::Names(marks)),
            _ => Err("several of the alternatives require no member that no other has"),
        }
    }
}

/// The name that a reference is by, which another component of other name may stand behind.
fn referred(schema: &Schema) -> Option<&str> {
    match &schema.ty {
        Type::Ref(name) => Some(name),
        _ => None,
    }
}

/// Whether each alternative has values, and no two the same.
fn are_distinct(alternatives: &[(Vec<String>, bool)]) -> bool {
    let mut seen = BTreeSet::new();
    alternatives.iter().all(|(values, _)| !values.is_empty() && values.iter().all(|value| seen.insert(value)))
}
