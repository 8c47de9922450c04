//! What is written: an operation, of everything that some dialect can express, and its model as JSON.

use serde_json::{Map, Value, json};

/// An operation.
#[derive(Debug, Clone)]
pub(crate) struct Spec {
    pub(crate) method: &'static str,
    /// The parts of the path; those of `path` in braces are added behind each.
    pub(crate) segments: Vec<String>,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) path: Vec<Field>,
    pub(crate) query: Vec<Field>,
    pub(crate) headers: Vec<Field>,
    pub(crate) body: Vec<Field>,
    pub(crate) responses: Vec<(u16, Vec<Field>)>,
}

/// A field or parameter.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) ty: Ty,
    pub(crate) nullable: bool,
    pub(crate) required: bool,
    pub(crate) description: Option<String>,
    pub(crate) values: Vec<Value>,
    pub(crate) example: Option<Value>,
    pub(crate) range: Option<(i64, i64)>,
    pub(crate) length: Option<(u32, u32)>,
    pub(crate) children: Vec<Field>,
}

/// A type.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Ty {
    Any,
    String(Option<&'static str>),
    Integer(Option<&'static str>),
    Number(Option<&'static str>),
    Boolean,
    Object,
    /// `None`: of anything.
    Array(Option<Box<Ty>>),
    /// At least two, each of another kind, none of them `Any` or a union.
    Union(Vec<Ty>),
}

impl Ty {
    /// What a type is called where nothing more is said.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::String(_) => "string",
            Self::Integer(_) => "integer",
            Self::Number(_) => "number",
            Self::Boolean => "boolean",
            Self::Object => "object",
            Self::Array(_) => "array",
            Self::Union(_) => "union",
        }
    }

    fn model(&self, children: &[Field]) -> Value {
        let object =
            || if children.is_empty() { json!({}) } else { json!({ "properties": properties(children) }) };
        let (ty, format) = match self {
            Self::Any => (json!("any"), None),
            Self::String(format) => (json!("string"), *format),
            Self::Integer(format) => (json!("integer"), *format),
            Self::Number(format) => (json!("number"), *format),
            Self::Boolean => (json!("boolean"), None),
            Self::Object => (json!({ "object": object() }), None),
            Self::Array(None) if children.is_empty() => (json!({ "array": { "type": "any" } }), None),
            Self::Array(None) => (json!({ "array": { "type": { "object": object() } } }), None),
            Self::Array(Some(items)) => (json!({ "array": items.model(children) }), None),
            Self::Union(all) => {
                (json!({ "union": all.iter().map(|ty| ty.model(&[])).collect::<Vec<_>>() }), None)
            }
        };
        let mut schema = Map::from_iter([("type".to_owned(), ty)]);
        schema.extend(format.map(|format| ("format".to_owned(), json!(format))));
        Value::Object(schema)
    }

    /// Whether a dialect that names no items and no formats can say it.
    pub(crate) fn plain(&self) -> Self {
        match self {
            Self::String(_) => Self::String(None),
            Self::Integer(_) => Self::Integer(None),
            Self::Number(_) => Self::Number(None),
            Self::Array(_) => Self::Array(None),
            Self::Union(all) => Self::Union(all.iter().map(Self::plain).collect()),
            other => other.clone(),
        }
    }
}

impl Field {
    /// The schema, without the spans.
    pub(crate) fn schema(&self) -> Value {
        let mut schema = self.ty.model(&self.children);
        let mut set =
            |key: &str, value: Value| drop(schema.as_object_mut().unwrap().insert(key.to_owned(), value));
        if self.nullable {
            set("nullable", json!(true));
        }
        if let Some(description) = &self.description {
            set("description", json!(description));
        }
        if !self.values.is_empty() {
            set("enum", self.values.iter().map(|value| json!({ "value": value })).collect());
        }
        if let Some((from, to)) = self.range {
            set("minimum", json!(from));
            set("maximum", json!(to));
        }
        if let Some((from, to)) = self.length {
            set("minLength", json!(from));
            set("maxLength", json!(to));
        }
        if let Some(example) = &self.example {
            set("examples", json!([example]));
        }
        schema
    }

    pub(crate) fn parameter(&self, location: &str) -> Value {
        let mut out = json!({ "name": self.name, "in": location, "schema": self.schema() });
        if self.required || location == "path" {
            out["required"] = json!(true);
        }
        out
    }

    /// Changes a field and all below it.
    pub(crate) fn each(&mut self, change: &impl Fn(&mut Self)) {
        change(self);
        self.children.iter_mut().for_each(|child| child.each(change));
    }
}

/// The members of an object.
pub(crate) fn properties(fields: &[Field]) -> Value {
    let property = |field: &Field| {
        let mut out = Map::new();
        if field.required {
            out.insert("required".to_owned(), json!(true));
        }
        out.insert("schema".to_owned(), field.schema());
        (field.name.clone(), Value::Object(out))
    };
    Value::Object(fields.iter().map(property).collect())
}

/// The schema of a body.
pub(crate) fn object(fields: &[Field]) -> Value {
    json!({ "type": { "object": if fields.is_empty() { json!({}) } else { json!({ "properties": properties(fields) }) } } })
}

impl Spec {
    /// The path template.
    pub(crate) fn path(&self) -> String {
        let mut path = String::new();
        for (at, segment) in self.segments.iter().enumerate() {
            path += &format!("/{segment}");
            if let Some(parameter) = self.path.get(at) {
                path += &format!("/{{{}}}", parameter.name);
            }
        }
        path
    }

    pub(crate) fn parameters(&self) -> Vec<Value> {
        let places = [(&self.path, "path"), (&self.query, "query"), (&self.headers, "header")];
        places.iter().flat_map(|(fields, place)| fields.iter().map(|field| field.parameter(place))).collect()
    }

    /// Changes every field.
    pub(crate) fn each(&mut self, change: &impl Fn(&mut Field)) {
        let responses = self.responses.iter_mut().map(|(_, fields)| fields);
        let lists =
            [&mut self.path, &mut self.query, &mut self.headers, &mut self.body].into_iter().chain(responses);
        for list in lists {
            list.iter_mut().for_each(|field| field.each(change));
        }
    }

    /// Takes what lies below parameters, which have no members.
    pub(crate) fn flatten_parameters(&mut self) {
        for field in [&mut self.path, &mut self.query, &mut self.headers].into_iter().flatten() {
            field.children.clear();
        }
    }
}
