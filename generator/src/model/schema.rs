//! Schemas: the types of fields, parameters and bodies, in the words of JSON Schema.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::{Number, Value};

use super::{Limits, Rare, Text, is_false};
use crate::source::Span;

/// A schema. `Schema::default()` accepts anything: the page leaves the type open.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Schema {
    /// What kinds of values.
    #[serde(rename = "type")]
    pub ty: Type,
    /// Whether `null` is a value too. Never set on [`Type::Any`], which includes it.
    #[serde(skip_serializing_if = "is_false")]
    pub nullable: bool,
    /// The documented format, verbatim: `date-time`, `int64`, `uri` …
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<Text>,
    /// A short name that the page gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
    /// What the page says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// The documented values, never empty; `null` among them is `nullable` instead.
    #[serde(rename = "enum", skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<EnumValue>,
    /// Documented limits.
    #[serde(flatten)]
    pub limits: Rare<Limits>,
    /// The documented default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<Value>,
    /// Documented examples.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Value>,
    /// The resource that the page links to for this type.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resource: Option<Box<ResourceLink>>,
    /// Which member tells the alternatives apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub discriminator: Option<Box<Discriminator>>,
    /// Whether the page calls it deprecated.
    #[serde(skip_serializing_if = "is_false")]
    pub deprecated: bool,
    /// Whether only responses have it.
    #[serde(skip_serializing_if = "is_false")]
    pub read_only: bool,
    /// Whether only requests have it.
    #[serde(skip_serializing_if = "is_false")]
    pub write_only: bool,
    /// The name in Rust that the configuration gives it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rename: Option<String>,
    /// Whether the configuration says something of it that the page says otherwise, or does not say.
    #[serde(skip_serializing_if = "is_false")]
    pub overridden: bool,
    /// Where the type stands; the field's place where the page gives no type.
    pub span: Span,
}

/// The kinds of values that a schema accepts.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Type {
    /// Any JSON value.
    #[default]
    Any,
    /// Only `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// A string.
    String,
    /// The bytes of a file, in a multipart body.
    File,
    /// An array, with the schema of its items.
    Array(Box<Schema>),
    /// An object.
    Object(Object),
    /// One of several schemas, at least two, none of them `Any`, `Null` or a union.
    Union(Vec<Schema>),
    /// What the component of that name accepts: a key of [`super::Api::schemas`]. What the schema says beside
    /// it counts for this place alone.
    Ref(String),
}

/// An object's members. Without properties and with [`Object::values`] open it is free-form.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Object {
    /// Named members, in page order.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub properties: IndexMap<String, Property>,
    /// The schema of all other members: a map's values. `None` where the page says nothing of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub values: Option<Box<Schema>>,
    /// Whether the page says that there are no other members.
    #[serde(skip_serializing_if = "is_false")]
    pub closed: bool,
    /// Members whose names the page has lost, until resolving recovers or drops them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub unnamed: Vec<UnnamedProperty>,
}

/// A named member of an object.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Property {
    /// Whether it is always there.
    #[serde(skip_serializing_if = "is_false")]
    pub required: bool,
    /// Whether it, or its name, was inferred.
    #[serde(skip_serializing_if = "is_false")]
    pub inferred: bool,
    /// Its values; holds the description too.
    pub schema: Schema,
    /// Where it is documented.
    pub span: Span,
}

/// A member whose name the page has lost.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct UnnamedProperty {
    /// How many named members stand before it.
    pub index: usize,
    /// What is left of it.
    pub property: Property,
}

/// A documented value of an enumeration.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EnumValue {
    /// The value on the wire.
    pub value: Value,
    /// What the page says the value means, verbatim.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Where it stands.
    pub span: Span,
}

/// The member whose value tells which of several schemas an object is of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Discriminator {
    /// The member's name.
    pub property: Text,
    /// Its values, each with the name of the component that it stands for. A value that is not listed is that
    /// component's name.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub mapping: IndexMap<String, String>,
}

/// A link to the page of a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResourceLink {
    /// The link's text, which names the resource.
    pub name: Text,
    /// The slug of the resource's page.
    pub slug: String,
}

impl Schema {
    /// A schema of one type, at a place.
    #[must_use]
    pub fn new(ty: Type, span: Span) -> Self {
        Self { ty, span, ..Self::default() }
    }

    /// The named schemas and those of items, alternatives and values, that it holds itself. What it refers to is not in it.
    pub(crate) fn parts(&self) -> impl Iterator<Item = &Self> {
        let (items, alternatives, object) = match &self.ty {
            Type::Array(items) => (Some(&**items), None, None),
            Type::Union(alternatives) => (None, Some(alternatives), None),
            Type::Object(object) => (None, None, Some(object)),
            _ => (None, None, None),
        };
        let members = object.into_iter().flat_map(|object| {
            let properties = object.properties.values().map(|property| &property.schema);
            properties.chain(object.values.as_deref())
        });
        items.into_iter().chain(alternatives.into_iter().flatten()).chain(members)
    }

    /// The schema, and all that it holds at any depth. It is iterative, so that nesting costs no stack.
    pub fn all(&self) -> impl Iterator<Item = &Self> {
        let mut pending = vec![self];
        std::iter::from_fn(move || {
            let schema = pending.pop()?;
            pending.extend(schema.parts());
            Some(schema)
        })
    }

    /// One of several schemas. `null` among them makes the result nullable, equal ones count once,
    /// integer with number is number, and all kinds of values together are [`Type::Any`].
    #[must_use]
    pub fn one_of(alternatives: Vec<Self>, span: Span) -> Self {
        let mut nullable = false;
        let mut kept: Vec<Self> = Vec::new();
        let mut pending: Vec<Self> = alternatives.into_iter().rev().collect();
        while let Some(schema) = pending.pop() {
            nullable |= schema.nullable || schema.ty == Type::Null;
            match schema.ty {
                Type::Null => {}
                Type::Any => return Self::new(Type::Any, span),
                Type::Union(inner) => pending.extend(inner.into_iter().rev()),
                _ => {
                    let schema = Self { nullable: false, ..schema };
                    if !kept.iter().any(|known| known.same_kind(&schema)) {
                        kept.push(schema);
                    }
                }
            }
        }
        let kind = |wanted: &str| kept.iter().any(|schema| schema.ty.kind() == wanted);
        if ["object", "array", "boolean", "string"].into_iter().all(kind) && kind("number") {
            return Self::new(Type::Any, span);
        }
        if kind("number") {
            kept.retain(|schema| schema.ty != Type::Integer || !schema.values.is_empty());
        }
        match (kept.len(), kept.pop()) {
            (_, None) => Self::new(if nullable { Type::Null } else { Type::Any }, span),
            (1, Some(only)) => Self { nullable, ..only.alone(span) },
            (_, Some(last)) => {
                kept.push(last);
                Self { nullable, ..Self::new(Type::Union(kept), span) }
            }
        }
    }

    /// What [`Schema::one_of`] makes of one alternative alone, which is no union.
    pub(crate) fn alone(self, span: Span) -> Self {
        match self.ty {
            Type::Null | Type::Any => Self::new(self.ty, span),
            _ => Self { span, ..self },
        }
    }

    /// The object of this schema: itself, or an alternative of a union, or an array's items at any depth.
    #[must_use]
    pub(crate) fn object_mut(&mut self) -> Option<&mut Object> {
        match &mut self.ty {
            Type::Object(object) => Some(object),
            Type::Array(items) => items.object_mut(),
            Type::Union(alternatives) => alternatives.iter_mut().find_map(Self::object_mut),
            _ => None,
        }
    }

    fn same_kind(&self, other: &Self) -> bool {
        let same_type = match (&self.ty, &other.ty) {
            (Type::Array(items), Type::Array(others)) => items.same_kind(others),
            (Type::Ref(name), Type::Ref(other)) => name == other,
            (Type::Object(object), Type::Object(others)) => {
                object.properties.is_empty() && others.properties.is_empty()
            }
            (ty, other) => ty.kind() == other.kind(),
        };
        same_type
            && self.format.as_ref().map(|f| &f.value) == other.format.as_ref().map(|f| &f.value)
            && self.values.len() == other.values.len()
            && self.values.iter().zip(&other.values).all(|(a, b)| a.value == b.value)
    }
}

impl Type {
    /// The JSON Schema name of the kind; `any`, `file`, `union` and `reference` beside them.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Null => "null",
            Self::Boolean => "boolean",
            Self::Integer => "integer",
            Self::Number => "number",
            Self::String => "string",
            Self::File => "file",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
            Self::Union(_) => "union",
            Self::Ref(_) => "reference",
        }
    }

    /// The value that a text denotes for this type, as pages write defaults and values; `None` where it
    /// is none of the type. A text stays a string where the type is open.
    #[must_use]
    pub(crate) fn parse_value(&self, text: &str) -> Option<Value> {
        let text = text.trim();
        let unquoted = text
            .strip_prefix(['"', '\'', '`'])
            .and_then(|text| text.strip_suffix(['"', '\'', '`']))
            .unwrap_or(text);
        if unquoted.is_empty() {
            return None;
        }
        let parsed = || serde_json::from_str::<Value>(text).ok();
        match self {
            Self::Boolean => match unquoted.to_ascii_lowercase().as_str() {
                "true" => Some(Value::Bool(true)),
                "false" => Some(Value::Bool(false)),
                _ => None,
            },
            Self::Integer => unquoted.parse::<i64>().ok().map(Value::from),
            Self::Number => serde_json::from_str::<Number>(unquoted).ok().map(Value::Number),
            Self::String => Some(Value::String(unquoted.to_owned())),
            Self::Any | Self::Ref(_) => Some(parsed().unwrap_or_else(|| Value::String(unquoted.to_owned()))),
            Self::Array(_) => parsed().filter(Value::is_array),
            Self::Object(_) => parsed().filter(Value::is_object),
            Self::Union(alternatives) => alternatives.iter().find_map(|schema| schema.ty.parse_value(text)),
            Self::Null | Self::File => None,
        }
    }

    /// An array whose items the page leaves open.
    #[must_use]
    pub(crate) fn array_of_any(span: Span) -> Self {
        Self::Array(Box::new(Schema::new(Self::Any, span)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_of(types: &[Type]) -> Schema {
        let span = Span::default();
        Schema::one_of(types.iter().map(|ty| Schema::new(ty.clone(), span)).collect(), span)
    }

    #[test]
    fn null_makes_nullable_and_repeats_count_once() {
        let schema = one_of(&[Type::String, Type::Null, Type::String, Type::Null]);
        assert_eq!((schema.ty, schema.nullable), (Type::String, true));
        assert_eq!(one_of(&[Type::Null]).ty, Type::Null);
    }

    #[test]
    fn all_kinds_together_are_any() {
        let object = Type::Object(Object::default());
        let array = Type::array_of_any(Span::default());
        let schema =
            one_of(&[object, Type::Null, array, Type::Boolean, Type::Integer, Type::Number, Type::String]);
        assert_eq!((schema.ty, schema.nullable), (Type::Any, false));
    }

    #[test]
    fn different_kinds_are_a_union() {
        let schema = one_of(&[Type::String, Type::Integer]);
        assert!(matches!(schema.ty, Type::Union(inner) if inner.len() == 2));
        assert_eq!(one_of(&[Type::Integer, Type::Number]).ty, Type::Number);
    }
}
