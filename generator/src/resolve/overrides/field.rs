//! Sets what an override says of one field.

use serde_json::Value;

use super::{super::Answered, fit};
use crate::{
    config::{TypeExpression, overrides::FieldOverride},
    diagnostic::{Code, codes},
    model::{
        EnumValue, Limits, Object, Parameter, ParameterLocation, Property, QueryStyle, Rare, Schema, Text,
        Type,
    },
    source::Span,
};

/// What is said of types.
const TYPES: &[Code] = &[
    codes::TYPE_FROM_PROSE,
    codes::TYPE_FROM_EXAMPLE,
    codes::FIELD_FROM_EXAMPLE,
    codes::UNKNOWN_TYPE,
    codes::TYPE_LOST,
    codes::UNDOCUMENTED_PATH_PARAMETER,
    codes::EXAMPLE_MISMATCH,
    codes::LINKED_PAGE_MISSING,
];
/// What is said of the values of enumerations.
const VALUES: &[Code] = &[codes::ENUM_FROM_PROSE, codes::ENUM_REFERENCE_MISSING, codes::EXAMPLE_MISMATCH];
/// What is said of limits.
const LIMITS: &[Code] = &[codes::LIMIT_FROM_PROSE];
/// What is said of defaults.
const DEFAULTS: &[Code] = &[codes::DEFAULT_FROM_PROSE];

/// A field, a parameter or a body.
#[derive(Debug)]
pub(super) struct Field<'f> {
    pub(super) schema: &'f mut Schema,
    /// Whether it must be there, for what can be left out.
    required: Option<&'f mut bool>,
    inferred: Option<&'f mut bool>,
    /// How a parameter is written in the query.
    style: Option<&'f mut Option<QueryStyle>>,
    /// Whether it is a parameter that is always there.
    in_path: bool,
    /// Whether it is the body of a request, which the operation requires or not.
    pub(super) whole_request: bool,
    /// Where it is documented.
    span: Option<Span>,
}

/// What of an override does not fit its field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The key.
    pub(super) key: &'static str,
    /// What is wrong.
    pub(super) message: String,
}

impl<'f> Field<'f> {
    pub(super) fn of_schema(schema: &'f mut Schema) -> Self {
        Self {
            schema,
            required: None,
            inferred: None,
            style: None,
            in_path: false,
            whole_request: false,
            span: None,
        }
    }

    pub(super) fn of_property(property: &'f mut Property) -> Self {
        Self {
            required: Some(&mut property.required),
            inferred: Some(&mut property.inferred),
            span: Some(property.span),
            ..Self::of_schema(&mut property.schema)
        }
    }

    pub(super) fn of_parameter(parameter: &'f mut Parameter) -> Self {
        Self {
            required: Some(&mut parameter.required),
            style: Some(&mut parameter.style),
            in_path: parameter.location == ParameterLocation::Path,
            span: Some(parameter.span),
            ..Self::of_schema(&mut parameter.schema)
        }
    }

    /// Sets what the override says, and answers what was said of it.
    pub(super) fn set(self, wanted: &FieldOverride, answered: &mut Answered) -> Vec<Fault> {
        let mut faults = Vec::new();
        let places = [Some(self.schema.span), self.span, self.schema.description.as_ref().map(|d| d.span)];
        let link = self.schema.resource.as_ref().map(|link| link.name.span);
        let mut settle = |codes| {
            for place in places.into_iter().chain([link]).flatten() {
                answered.settle(codes, place);
            }
        };
        let schema = self.schema;
        if let Some(wanted) = &wanted.ty {
            settle(TYPES);
            let before = schema.ty.kind();
            set_type(schema, wanted);
            // A style is one of lists, or one of objects.
            if let (Some(style), true) = (self.style, schema.ty.kind() != before) {
                *style = None;
            }
        }
        if let Some(values) = &wanted.values {
            settle(VALUES);
            faults.extend(set_values(schema, values));
        }
        if let Some(required) = wanted.required {
            match self.required {
                Some(_) if self.in_path && !required => {
                    faults
                        .push(Fault { key: "required", message: "a path always has its parameters".into() });
                }
                Some(place) => *place = required,
                None if self.whole_request => {}
                None => faults.push(Fault {
                    key: "required",
                    message: "nothing here that could be left out: a field or a parameter can be".into(),
                }),
            }
        }
        if let Some(nullable) = wanted.nullable {
            // Any value includes null.
            schema.nullable = nullable && !matches!(schema.ty, Type::Any | Type::Null);
        }
        if let Some(format) = &wanted.format {
            schema.format = format.as_ref().map(|format| Text::new(format, schema.span));
        }
        if let Some(description) = &wanted.description {
            schema.description = Some(Text::new(description, schema.span));
        }
        if let Some(default) = &wanted.default {
            settle(DEFAULTS);
            schema.default.clone_from(default);
        }
        if let Some(name) = &wanted.rename {
            schema.rename = Some(name.0.clone());
        }
        schema.deprecated = wanted.deprecated.unwrap_or(schema.deprecated);
        if set_limits(&mut schema.limits, wanted) {
            settle(LIMITS);
        }
        faults.extend(fit::faults(schema, wanted));
        schema.overridden = true;
        if let Some(inferred) = self.inferred {
            *inferred = false;
        }
        faults
    }
}

/// Sets a type, and keeps what is documented of objects and items. Facts about values of another type go.
fn set_type(schema: &mut Schema, wanted: &TypeExpression) {
    let old = std::mem::take(schema);
    let kept = Kept::of(&old);
    let new = build(wanted, &kept, old.span);
    let same = new.ty.kind() == old.ty.kind();
    *schema = Schema { ty: new.ty, nullable: new.nullable || old.nullable && same, ..old };
    if schema.ty == Type::Any {
        schema.nullable = false;
    }
    if !same {
        schema.format = None;
        schema.values = Vec::new();
        schema.limits = Rare::default();
        schema.default = None;
    }
}

/// What the page documents of an object or of items.
struct Kept {
    object: Option<Object>,
    items: Option<Schema>,
}

impl Kept {
    fn of(schema: &Schema) -> Self {
        let items = match &schema.ty {
            Type::Array(items) => Some((**items).clone()),
            _ => None,
        };
        let mut schema = schema.clone();
        let object = schema.object_mut().map(std::mem::take).map(|mut object| {
            // What only an example has is not documented.
            object.properties.retain(|_, property| !property.inferred);
            object
        });
        Self { object, items }
    }
}

/// Expressions nest no deeper than the configuration allows.
fn build(wanted: &TypeExpression, kept: &Kept, span: Span) -> Schema {
    let ty = match wanted {
        TypeExpression::Any => Type::Any,
        TypeExpression::Null => Type::Null,
        TypeExpression::Boolean => Type::Boolean,
        TypeExpression::Integer => Type::Integer,
        TypeExpression::Number => Type::Number,
        TypeExpression::String => Type::String,
        TypeExpression::File => Type::File,
        TypeExpression::Object => Type::Object(kept.object.clone().unwrap_or_default()),
        TypeExpression::Array(None) => match &kept.items {
            Some(items) => Type::Array(Box::new(items.clone())),
            None => Type::array_of_any(span),
        },
        TypeExpression::Array(Some(items)) => {
            let built = build(items, kept, span);
            let items = match &kept.items {
                Some(old) if old.ty.kind() == built.ty.kind() => Schema { ty: built.ty, ..old.clone() },
                _ => built,
            };
            Type::Array(Box::new(items))
        }
        TypeExpression::Map(values) => {
            let values = Some(Box::new(build(values, kept, span)));
            Type::Object(Object { values, ..Object::default() })
        }
        TypeExpression::Union(alternatives) => {
            let alternatives = alternatives.iter().map(|wanted| build(wanted, kept, span)).collect();
            return Schema::one_of(alternatives, span);
        }
    };
    Schema::new(ty, span)
}

/// Sets the values; those of an array are the values of its items.
fn set_values(schema: &mut Schema, values: &[Value]) -> Option<Fault> {
    if let Type::Array(items) = &mut schema.ty {
        return set_values(items, values);
    }
    let fault = |message: String| Some(Fault { key: "enum", message });
    let given: Vec<&Value> = values.iter().filter(|value| !value.is_null()).collect();
    if schema.ty == Type::Any && !given.is_empty() {
        schema.ty = if given.iter().all(|value| value.is_string()) {
            Type::String
        } else if given.iter().all(|value| value.is_i64() || value.is_u64()) {
            Type::Integer
        } else {
            return fault("the field is of any type: set `type` too".into());
        };
    }
    let fits = |value: &&&Value| match schema.ty {
        Type::String => value.is_string(),
        Type::Integer => value.is_i64() || value.is_u64(),
        Type::Number => value.is_number(),
        Type::Boolean => value.is_boolean(),
        _ => false,
    };
    if let Some(odd) = given.iter().find(|value| !fits(value)) {
        return fault(format!(
            "the field is of type {}, and `{odd}` is none of its values",
            schema.ty.kind()
        ));
    }
    schema.nullable |= values.len() > given.len();
    let span = schema.span;
    // What the page says of a value is kept.
    let known = std::mem::take(&mut schema.values);
    schema.values = given
        .into_iter()
        .map(|value| {
            let known = known.iter().find(|known| known.value == *value).cloned();
            known.unwrap_or_else(|| EnumValue { value: value.clone(), description: None, span })
        })
        .collect();
    schema.overridden = true;
    None
}

/// Sets limits; whether there were any to set.
fn set_limits(limits: &mut Limits, wanted: &FieldOverride) -> bool {
    if let Some(unique) = wanted.unique_items {
        limits.unique_items = unique.unwrap_or(false);
    }
    let set = [
        wanted.unique_items.is_some(),
        set(&mut limits.min_length, wanted.min_length.as_ref()),
        set(&mut limits.max_length, wanted.max_length.as_ref()),
        set(&mut limits.pattern, wanted.pattern.as_ref()),
        set(&mut limits.minimum, wanted.minimum.as_ref()),
        set(&mut limits.maximum, wanted.maximum.as_ref()),
        set(&mut limits.exclusive_minimum, wanted.exclusive_minimum.as_ref()),
        set(&mut limits.exclusive_maximum, wanted.exclusive_maximum.as_ref()),
        set(&mut limits.multiple_of, wanted.multiple_of.as_ref()),
        set(&mut limits.min_items, wanted.min_items.as_ref()),
        set(&mut limits.max_items, wanted.max_items.as_ref()),
        set(&mut limits.min_properties, wanted.min_properties.as_ref()),
        set(&mut limits.max_properties, wanted.max_properties.as_ref()),
    ];
    set.contains(&true)
}

fn set<T: Clone>(limit: &mut Option<T>, wanted: Option<&Option<T>>) -> bool {
    if let Some(wanted) = wanted {
        limit.clone_from(wanted);
    }
    wanted.is_some()
}
