//! Which objects are alike: the same members with the same documentation, wherever they stand.
//!
//! Pages repeat themselves: most objects of an API are those of another page, word by word. [`Alike`] gives each object
//! the number of its class, so that what is alike is lowered once (`again`). Two are alike where all that is said of
//! them is the same but for its place. The objects in them are compared by their classes, which are known before, so
//! that no schema is looked at more than twice.

use std::{
    hash::{BuildHasher, Hash, Hasher},
    mem::discriminant,
};

use foldhash::{HashMap, fast::RandomState};
use serde_json::{Number, Value};

use crate::model::{Api, EnumValue, Limits, Object, Property, Schema, Type};

/// The number of a class of objects.
pub(super) type Class = usize;

/// The classes of an API's objects with named members.
#[derive(Debug, Default)]
pub(super) struct Alike<'a> {
    hashing: RandomState,
    /// The classes with a hash: more than one only by chance.
    hashed: HashMap<u64, Vec<Class>>,
    /// The first object of each class.
    firsts: Vec<&'a Schema>,
    /// The class of each object, by its place in memory, which is its own for `'a`.
    classes: HashMap<*const Schema, Class>,
}

impl<'a> Alike<'a> {
    /// The classes of all objects in bodies and components.
    pub(super) fn new(api: &'a Api) -> Self {
        let mut alike = Self::default();
        for operation in &api.operations {
            let request = operation.request_body.iter().flat_map(|body| &body.content);
            let responses = operation.responses.iter().flat_map(|response| &response.content);
            request.chain(responses).for_each(|media| alike.add(&media.schema));
        }
        api.schemas.values().for_each(|schema| alike.add(schema));
        alike
    }

    /// The class of an object; `None` for what has no named members, and for copies of what the API has.
    pub(super) fn class(&self, schema: &Schema) -> Option<Class> {
        self.classes.get(&std::ptr::from_ref(schema)).copied()
    }

    /// Recursion is bounded by the nesting that readers allow.
    fn add(&mut self, schema: &'a Schema) {
        match &schema.ty {
            Type::Array(items) => self.add(items),
            Type::Union(alternatives) => alternatives.iter().for_each(|it| self.add(it)),
            Type::Object(object) => {
                object.properties.values().for_each(|property| self.add(&property.schema));
                object.values.iter().for_each(|values| self.add(values));
                if !object.properties.is_empty() {
                    self.classify(schema);
                }
            }
            _ => {}
        }
    }

    fn classify(&mut self, schema: &'a Schema) {
        let mut state = self.hashing.build_hasher();
        self.hash(schema, &mut state);
        let hash = state.finish();
        let mut known = self.hashed.get(&hash).into_iter().flatten().copied();
        let known = known.find(|&class| self.firsts.get(class).is_some_and(|it| self.same(it, schema)));
        let class = known.unwrap_or(self.firsts.len());
        if known.is_none() {
            self.hashed.entry(hash).or_default().push(class);
            self.firsts.push(schema);
        }
        self.classes.insert(schema, class);
    }

    fn hash(&self, schema: &Schema, state: &mut impl Hasher) {
        state.write_u64(bits(schema));
        texts(schema).into_iter().flatten().for_each(|text| text.hash(state));
        marks(schema).into_iter().for_each(|marks| marks.hash(state));
        if !schema.limits.is_empty() {
            schema.limits.hash(state);
        }
        schema.values.iter().for_each(|value| hash_enum_value(value, state));
        schema.default.iter().chain(&schema.examples).for_each(|value| hash_value(value, state));
        match &schema.ty {
            Type::Array(items) => self.hash_inner(items, state),
            Type::Union(alternatives) => {
                state.write_usize(alternatives.len());
                alternatives.iter().for_each(|it| self.hash_inner(it, state));
            }
            Type::Object(object) => {
                (object.properties.len(), object.values.is_some(), object.closed).hash(state);
                for (name, property) in &object.properties {
                    (name, property.required, property.inferred).hash(state);
                    self.hash_inner(&property.schema, state);
                }
                object.values.iter().for_each(|values| self.hash_inner(values, state));
            }
            Type::Ref(name) => name.hash(state),
            _ => {}
        }
    }

    fn hash_inner(&self, schema: &Schema, state: &mut impl Hasher) {
        match self.class(schema) {
            Some(class) => state.write_usize(class),
            None => self.hash(schema, state),
        }
    }

    fn same(&self, a: &Schema, b: &Schema) -> bool {
        let same_enum_value = |a: &EnumValue, b: &EnumValue| {
            let (a_text, b_text) = (a.description.as_ref(), b.description.as_ref());
            same_value(&a.value, &b.value) && a_text.map(|text| &text.value) == b_text.map(|text| &text.value)
        };
        bits(a) == bits(b)
            && texts(a) == texts(b)
            && marks(a) == marks(b)
            && a.limits == b.limits
            && all(numbers(&a.limits), numbers(&b.limits), |a, b| same_numbers(a.as_ref(), b.as_ref()))
            && all(&a.values, &b.values, same_enum_value)
            && a.default.iter().zip(&b.default).all(|(a, b)| same_value(a, b))
            && all(&a.examples, &b.examples, same_value)
            && match (&a.ty, &b.ty) {
                (Type::Array(a), Type::Array(b)) => self.same_inner(a, b),
                (Type::Union(a), Type::Union(b)) => all(a, b, |a, b| self.same_inner(a, b)),
                (Type::Object(a), Type::Object(b)) => self.same_object(a, b),
                (Type::Ref(a), Type::Ref(b)) => a == b,
                // The kinds are the same, and hold nothing.
                _ => true,
            }
    }

    fn same_inner(&self, a: &Schema, b: &Schema) -> bool {
        match (self.class(a), self.class(b)) {
            (None, None) => self.same(a, b),
            (a, b) => a == b,
        }
    }

    fn same_object(&self, a: &Object, b: &Object) -> bool {
        let same_member = |(a_name, a): (&String, &Property), (b_name, b): (&String, &Property)| {
            a_name == b_name
                && (a.required, a.inferred) == (b.required, b.inferred)
                && self.same_inner(&a.schema, &b.schema)
        };
        let same_rest = match (&a.values, &b.values) {
            (Some(a), Some(b)) => self.same_inner(a, b),
            (a, b) => a.is_none() && b.is_none(),
        };
        same_rest && a.closed == b.closed && all(&a.properties, &b.properties, same_member)
    }
}

/// What is said of a schema itself in so many bits: its kind, what is set, and which texts it has.
fn bits(schema: &Schema) -> u64 {
    let flags = [
        schema.nullable,
        schema.deprecated,
        schema.read_only,
        schema.write_only,
        schema.overridden,
        schema.default.is_some(),
        schema.discriminator.is_some(),
    ];
    let texts = texts(schema).map(|text| text.is_some());
    let set = flags.into_iter().chain(texts).fold(0, |bits, is_set| bits << 1 | u64::from(is_set));
    let kind = match &schema.ty {
        Type::Any => 0,
        Type::Null => 1,
        Type::Boolean => 2,
        Type::Integer => 3,
        Type::Number => 4,
        Type::String => 5,
        Type::File => 6,
        Type::Array(_) => 7,
        Type::Object(_) => 8,
        Type::Union(_) => 9,
        Type::Ref(_) => 10,
    };
    set << 8 | kind
}

/// The texts that a schema may have.
fn texts(schema: &Schema) -> [Option<&str>; 6] {
    let resource = schema.resource.as_ref();
    [
        schema.format.as_ref().map(|it| it.value.as_str()),
        schema.title.as_ref().map(|it| it.value.as_str()),
        schema.description.as_ref().map(|it| it.value.as_str()),
        schema.rename.as_deref(),
        resource.map(|it| it.name.value.as_str()),
        resource.map(|it| it.slug.as_str()),
    ]
}

/// A discriminator's member, and its values in their order.
fn marks(schema: &Schema) -> Option<(&str, Vec<(&String, &String)>)> {
    schema.discriminator.as_ref().map(|it| (it.property.value.as_str(), it.mapping.iter().collect()))
}

/// The limits that are numbers.
fn numbers(limits: &Limits) -> [&Option<Number>; 5] {
    let Limits { minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of, .. } = limits;
    [minimum, maximum, exclusive_minimum, exclusive_maximum, multiple_of]
}

fn same_numbers(a: Option<&Number>, b: Option<&Number>) -> bool {
    // Zero equals its negative, which is written otherwise.
    let negative = |number: Option<&Number>| number.and_then(Number::as_f64).map(f64::is_sign_negative);
    a == b && negative(a) == negative(b)
}

fn hash_enum_value(value: &EnumValue, state: &mut impl Hasher) {
    hash_value(&value.value, state);
    value.description.as_ref().map(|text| &text.value).hash(state);
}

/// With the order of members, unlike `Value`'s own, because examples are written as they are. Recursion is bounded by
/// the nesting that parsers allow.
fn hash_value(value: &Value, state: &mut impl Hasher) {
    discriminant(value).hash(state);
    match value {
        Value::Null => {}
        Value::Bool(value) => value.hash(state),
        Value::Number(number) => number.hash(state),
        Value::String(text) => text.hash(state),
        Value::Array(items) => {
            state.write_usize(items.len());
            items.iter().for_each(|item| hash_value(item, state));
        }
        Value::Object(members) => {
            state.write_usize(members.len());
            for (name, value) in members {
                name.hash(state);
                hash_value(value, state);
            }
        }
    }
}

fn same_value(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => same_numbers(Some(a), Some(b)),
        (Value::Array(a), Value::Array(b)) => all(a, b, same_value),
        (Value::Object(a), Value::Object(b)) => {
            all(a, b, |(a_name, a), (b_name, b)| a_name == b_name && same_value(a, b))
        }
        (a, b) => a == b,
    }
}

/// Whether there are as many of both, and each is the same as its counterpart.
fn all<T, I: ExactSizeIterator<Item = T>>(
    a: impl IntoIterator<Item = T, IntoIter = I>,
    b: impl IntoIterator<Item = T, IntoIter = I>,
    same: impl Fn(T, T) -> bool,
) -> bool {
    let (a, b) = (a.into_iter(), b.into_iter());
    a.len() == b.len() && a.zip(b).all(|(a, b)| same(a, b))
}

#[cfg(test)]
mod tests {
    use indexmap::IndexMap;

    use super::*;
    use crate::{
        model::Text,
        source::{PageId, Span},
    };

    fn span(start: u32) -> Span {
        Span { page: PageId(0), start, end: start + 1 }
    }

    /// An object with one member, which `change` changes.
    fn object(at: u32, change: impl FnOnce(&mut Schema)) -> Schema {
        let mut member = Schema::new(Type::Number, span(at));
        member.description = Some(Text::new("What it is.", span(at)));
        change(&mut member);
        holding("a", member)
    }

    fn holding(name: &str, schema: Schema) -> Schema {
        let at = schema.span;
        let member = Property { required: true, inferred: false, schema, span: at };
        let properties = IndexMap::from([(name.to_owned(), member)]);
        Schema::new(Type::Object(Object { properties, ..Object::default() }), at)
    }

    /// The classes of schemas, in their order.
    fn classes(schemas: Vec<Schema>) -> Vec<Option<Class>> {
        let named = schemas.into_iter().enumerate().map(|(at, schema)| (at.to_string(), schema));
        let api = Api { schemas: named.collect(), ..Api::default() };
        let alike = Alike::new(&api);
        api.schemas.values().map(|schema| alike.class(schema)).collect()
    }

    #[test]
    fn where_an_object_stands_makes_no_difference() {
        assert_eq!(classes(vec![object(1, |_| {}), object(9, |_| {})]), [Some(0), Some(0)]);
    }

    #[test]
    fn what_is_said_of_an_object_makes_a_difference() {
        let example = |json: &str| -> Value { serde_json::from_str(json).unwrap() };
        let schemas = vec![
            object(1, |_| {}),
            object(1, |member| member.description = None),
            object(1, |member| member.title = Some(Text::new("What it is.", span(1)))),
            object(1, |member| member.ty = Type::Integer),
            object(1, |member| member.nullable = true),
            object(1, |member| member.limits.minimum = Some(0.into())),
            object(1, |member| member.limits.minimum = Number::from_f64(0.0)),
            object(1, |member| member.limits.minimum = Number::from_f64(-0.0)),
            object(1, |member| member.default = Some(1.into())),
            object(1, |member| member.examples = vec![1.into()]),
            object(1, |member| member.examples = vec![example("{\"a\": 1, \"b\": 2}")]),
            object(1, |member| member.examples = vec![example("{\"b\": 2, \"a\": 1}")]),
        ];
        let all: Vec<Option<Class>> = (0..schemas.len()).map(Some).collect();
        assert_eq!(classes(schemas), all);
    }

    #[test]
    fn objects_differ_where_those_in_them_do() {
        let outer = |inner: Schema| holding("b", Schema::new(Type::Array(Box::new(inner)), span(5)));
        let schemas = vec![
            outer(object(1, |_| {})),
            outer(object(3, |_| {})),
            outer(object(1, |member| member.deprecated = true)),
        ];
        // Those within have numbers of their own.
        assert_eq!(classes(schemas), [Some(1), Some(1), Some(3)]);
    }

    #[test]
    fn what_has_no_members_has_no_class() {
        let map = Object { values: Some(Box::default()), ..Object::default() };
        let schemas = vec![Schema::new(Type::Object(map), span(1)), Schema::new(Type::String, span(2))];
        assert_eq!(classes(schemas), [None, None]);
    }
}
