//! Schemas, in the words of JSON Schema.

use serde_json::{Map, Value, json};

use super::{Export, TYPES, insert_text, spelled_out};
use crate::model::{Discriminator, EnumValue, Limits, Object, Schema, Type};

impl Export<'_> {
    /// Recursion is bounded by the nesting that readers allow: a component is referred to, never written out.
    pub(super) fn schema(&self, schema: &Schema) -> Value {
        let mut object = Map::new();
        self.insert_type(&mut object, schema);
        if let Some(format) = &schema.format {
            object.insert("format".into(), json!(format.value));
        }
        insert_text(&mut object, "title", schema.title.as_ref());
        insert_text(&mut object, "description", schema.description.as_ref());
        if !schema.values.is_empty() {
            let mut values: Vec<&Value> = schema.values.iter().map(|value| &value.value).collect();
            if schema.nullable {
                values.push(&Value::Null);
            }
            object.insert("enum".into(), json!(values));
            if schema.values.iter().any(|value| value.description.is_some()) {
                let described = |value: &EnumValue| {
                    value.description.as_ref().map_or_else(String::new, |text| text.value.clone())
                };
                let descriptions: Vec<String> = schema.values.iter().map(described).collect();
                object.insert("x-enum-descriptions".into(), json!(descriptions));
            }
        }
        insert_limits(&mut object, &schema.limits);
        if let Some(discriminator) = &schema.discriminator {
            object.insert("discriminator".into(), self.discriminator(discriminator));
        }
        if let Some(default) = &schema.default {
            object.insert("default".into(), default.clone());
        }
        if !schema.examples.is_empty() {
            object.insert("examples".into(), json!(schema.examples));
        }
        let flags = [
            ("deprecated", schema.deprecated),
            ("readOnly", schema.read_only),
            ("writeOnly", schema.write_only),
        ];
        for (key, _) in flags.into_iter().filter(|(_, set)| *set) {
            object.insert(key.into(), json!(true));
        }
        Value::Object(object)
    }

    fn insert_type(&self, object: &mut Map<String, Value>, schema: &Schema) {
        let name = match &schema.ty {
            Type::Any => return,
            Type::Union(alternatives) => return self.insert_union(object, alternatives, schema.nullable),
            Type::Ref(name) => return self.insert_reference(object, name, schema.nullable),
            Type::File => "string",
            ty => ty.kind(),
        };
        let ty = if schema.nullable && name != "null" { json!([name, "null"]) } else { json!(name) };
        object.insert("type".into(), ty);
        match &schema.ty {
            // A format such as `binary` says it in OpenAPI 3.0's way.
            Type::File if schema.format.is_none() => {
                object.insert("contentMediaType".into(), json!("application/octet-stream"));
            }
            Type::Array(items) => {
                object.insert("items".into(), self.schema(items));
            }
            Type::Object(members) => self.insert_members(object, members),
            _ => {}
        }
    }

    /// The pointer to a component; a component that is not there accepts anything.
    fn pointer(&self, name: &str) -> Option<String> {
        self.key(name).map(|key| format!("#/components/schemas/{key}"))
    }

    /// The key of a component.
    pub(super) fn key<'k>(&'k self, name: &'k str) -> Option<&'k str> {
        match &self.schemas {
            Some(keys) => keys.get(name).map(String::as_str),
            None => Some(name),
        }
    }

    fn insert_reference(&self, object: &mut Map<String, Value>, name: &str, nullable: bool) {
        let Some(pointer) = self.pointer(name) else { return };
        if nullable {
            object.insert("anyOf".into(), json!([{ "$ref": pointer }, { "type": "null" }]));
        } else {
            object.insert("$ref".into(), json!(pointer));
        }
    }

    fn discriminator(&self, discriminator: &Discriminator) -> Value {
        let mut object = Map::new();
        object.insert("propertyName".into(), json!(discriminator.property.value));
        let targets = discriminator.mapping.iter();
        let mapping: Map<String, Value> =
            targets.filter_map(|(value, name)| Some((value.clone(), json!(self.pointer(name)?)))).collect();
        if !mapping.is_empty() {
            object.insert("mapping".into(), Value::Object(mapping));
        }
        Value::Object(object)
    }

    fn insert_union(&self, object: &mut Map<String, Value>, alternatives: &[Schema], nullable: bool) {
        let mut schemas: Vec<Value> = alternatives.iter().map(|it| self.schema(it)).collect();
        // An alternative of one value is a keyword beside the others: a constant, not an enumeration.
        for alternative in schemas.iter_mut().filter_map(Value::as_object_mut) {
            match alternative.remove("enum") {
                Some(Value::Array(values)) if values.len() == 1 => {
                    alternative.insert("const".into(), values.into_iter().next().unwrap_or_default());
                }
                Some(values) => {
                    alternative.insert("enum".into(), values);
                }
                None => {}
            }
        }
        if nullable {
            schemas.push(json!({ "type": "null" }));
        }
        object.insert("anyOf".into(), Value::Array(schemas));
    }

    fn insert_members(&self, object: &mut Map<String, Value>, members: &Object) {
        if !members.properties.is_empty() {
            let properties: Map<String, Value> = members
                .properties
                .iter()
                .map(|(name, property)| (name.clone(), self.schema(&property.schema)))
                .collect();
            object.insert("properties".into(), Value::Object(properties));
            let required: Vec<&String> = members
                .properties
                .iter()
                .filter_map(|(name, property)| property.required.then_some(name))
                .collect();
            if !required.is_empty() {
                object.insert("required".into(), json!(required));
            }
        }
        if let Some(values) = &members.values {
            object.insert("additionalProperties".into(), spelled_out(self.schema(values), &TYPES));
        } else if members.closed {
            object.insert("additionalProperties".into(), json!(false));
        }
    }
}

fn insert_limits(object: &mut Map<String, Value>, limits: &Limits) {
    let mut insert = |key: &str, value: Option<Value>| {
        if let Some(value) = value {
            object.insert(key.into(), value);
        }
    };
    insert("minLength", limits.min_length.map(Value::from));
    insert("maxLength", limits.max_length.map(Value::from));
    insert("pattern", limits.pattern.clone().map(Value::from));
    insert("minimum", limits.minimum.clone().map(Value::from));
    insert("maximum", limits.maximum.clone().map(Value::from));
    insert("exclusiveMinimum", limits.exclusive_minimum.clone().map(Value::from));
    insert("exclusiveMaximum", limits.exclusive_maximum.clone().map(Value::from));
    insert("multipleOf", limits.multiple_of.clone().map(Value::from));
    insert("minItems", limits.min_items.map(Value::from));
    insert("maxItems", limits.max_items.map(Value::from));
    insert("uniqueItems", limits.unique_items.then_some(Value::Bool(true)));
    insert("minProperties", limits.min_properties.map(Value::from));
    insert("maxProperties", limits.max_properties.map(Value::from));
    insert("propertyNames", limits.max_key_length.map(|length| json!({ "maxLength": length })));
}
