//! What is written: an operation, of everything that some dialect can express, and its model as JSON.

use std::collections::HashSet;

use proptest::{collection::vec, option, prelude::*, sample::select};
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

/// Words of prose; some of them mean something to Markdown, JSON, Rust or a reader.
const WORDS: &[&str] = &[
    "the",
    "user",
    "of",
    "a",
    "berth",
    "Größe",
    "имя",
    "名前",
    "“quoted”",
    "\"quoted\"",
    "it's",
    "`code`",
    "x < y",
    "[link](https://a.example/b)",
    "*emphasis*",
    "50%",
    "{braces}",
    "a.b.c",
    "(string)",
    "required",
    "and/or",
    "1",
    "#5",
];

fn sentence() -> impl Strategy<Value = String> {
    vec(select(WORDS), 2..8).prop_map(|words| format!("Says {}.", words.join(" ")))
}

/// Paragraphs, lists, tables and code.
fn description() -> impl Strategy<Value = String> {
    let list = vec(sentence(), 1..4)
        .prop_map(|items| items.iter().map(|item| format!("- {item}")).collect::<Vec<_>>().join("\n"));
    let table = vec(sentence(), 1..3).prop_map(|rows| {
        let rows = rows.iter().map(|row| format!("\n| {row} | b |"));
        format!("| A | B |\n|---|---|{}", rows.collect::<String>())
    });
    let code = sentence().prop_map(|line| format!("```\nlet x = 1;\n{line}\n```"));
    let block = prop_oneof![4 => sentence(), 1 => list, 1 => table, 1 => code];
    (sentence(), vec(block, 0..3))
        .prop_map(|(first, rest)| std::iter::once(first).chain(rest).collect::<Vec<_>>().join("\n\n"))
}

/// Names as vendors have them, and as nobody should.
fn name() -> impl Strategy<Value = String> {
    const ODD: &[&str] = &[
        "type",
        "self",
        "Self",
        "crate",
        "async",
        "fn",
        "_links",
        "api.version",
        "a.b.c",
        "x-y",
        "2fa",
        "$ref",
        "größe",
        "имя",
        "名前",
        "fields[]",
        "urn:ietf:params:2.0:User",
        "+1",
        "CamelCase",
        "UPPER_CASE",
        "it's",
        "say\"so\"",
        "Location Name(Required)",
        "r#type",
        "option",
        "string",
        "required",
        "default",
        "a/b",
        "{key}s",
    ];
    prop_oneof![3 => "[a-z][a-z0-9_]{0,7}", 1 => select(ODD).prop_map(str::to_owned)]
}

fn scalar() -> impl Strategy<Value = Ty> {
    prop_oneof![
        3 => option::of(select(&["uuid", "date-time", "uri", "email"][..])).prop_map(Ty::String),
        2 => option::of(select(&["int32", "int64"][..])).prop_map(Ty::Integer),
        1 => option::of(select(&["double", "float"][..])).prop_map(Ty::Number),
        1 => Just(Ty::Boolean),
    ]
}

fn ty() -> impl Strategy<Value = Ty> {
    let union = vec(prop_oneof![3 => scalar(), 1 => Just(Ty::Object), 1 => Just(Ty::Array(None))], 2..4)
        .prop_map(|all| {
            // An integer is a number.
            let mut kinds = HashSet::new();
            let mut all: Vec<Ty> =
                all.into_iter().filter(|ty| kinds.insert(ty.kind().replace("integer", "number"))).collect();
            if all.len() > 1 { Ty::Union(all) } else { all.remove(0) }
        });
    prop_oneof![
        6 => scalar(),
        1 => Just(Ty::Any),
        2 => Just(Ty::Object),
        2 => option::of(scalar().prop_map(Box::new)).prop_map(Ty::Array),
        1 => union,
    ]
}

fn value(ty: &Ty) -> BoxedStrategy<Value> {
    match ty {
        Ty::Integer(_) => any::<i32>().prop_map(Value::from).boxed(),
        Ty::Boolean => any::<bool>().prop_map(Value::from).boxed(),
        Ty::Number(_) => (-1000..1000_i32).prop_map(|tenths| json!(f64::from(tenths) / 8.0)).boxed(),
        _ => prop_oneof![3 => "[a-z_]{1,8}", 1 => select(WORDS).prop_map(str::to_owned)]
            .prop_map(Value::from)
            .boxed(),
    }
}

fn leaf() -> impl Strategy<Value = Field> {
    let parts = (name(), ty(), any::<bool>(), any::<bool>(), option::of(description()));
    parts.prop_flat_map(|(name, ty, nullable, required, description)| {
        let is_scalar = matches!(ty, Ty::String(_) | Ty::Integer(_));
        let values = vec(value(&ty), if is_scalar { 0..4 } else { 0..1 });
        let example = option::weighted(0.3, value(&ty));
        let bounds =
            (option::weighted(0.3, (-99..0_i64, 0..999_i64)), option::weighted(0.3, (1..9_u32, 9..99_u32)));
        (values, example, bounds).prop_map(move |(mut values, example, (range, length))| {
            let mut known = HashSet::new();
            values.retain(|value| known.insert(value.to_string()));
            let is_number = matches!(ty, Ty::Integer(_) | Ty::Number(_)) && values.is_empty();
            let is_text = matches!(ty, Ty::String(None)) && values.is_empty();
            let is_container = matches!(ty, Ty::Object | Ty::Array(_) | Ty::Union(_) | Ty::Any);
            Field {
                name: name.clone(),
                nullable: nullable && ty != Ty::Any,
                required,
                description: description.clone(),
                example: example.filter(|_| values.is_empty() && !is_container),
                values,
                range: range.filter(|_| is_number),
                length: length.filter(|_| is_text),
                children: Vec::new(),
                ty: ty.clone(),
            }
        })
    })
}

/// Fields down to a depth of six.
fn fields(most: usize) -> impl Strategy<Value = Vec<Field>> {
    let tree = leaf().prop_recursive(6, 12, 3, |inner| {
        (leaf(), vec(inner, 1..3), any::<bool>()).prop_map(|(mut field, children, list)| {
            field.ty = if list { Ty::Array(None) } else { Ty::Object };
            (field.values, field.example, field.range, field.length) = (Vec::new(), None, None, None);
            field.children = distinct(children);
            field
        })
    });
    vec(tree, 0..most).prop_map(distinct)
}

/// Leaves out fields of a name that is another's, or begins with another's and a dot.
fn distinct(fields: Vec<Field>) -> Vec<Field> {
    let mut kept: Vec<Field> = Vec::new();
    for field in fields {
        let meets = |other: &Field| {
            let (a, b) = (field.name.trim_end_matches("[]"), other.name.trim_end_matches("[]"));
            a == b || a.starts_with(&format!("{b}.")) || b.starts_with(&format!("{a}."))
        };
        if !kept.iter().any(meets) {
            kept.push(field);
        }
    }
    kept
}

pub(crate) fn specs() -> impl Strategy<Value = Spec> {
    let head = (
        select(&["GET", "PUT", "POST", "PATCH", "DELETE"][..]),
        vec("[a-z][a-z0-9-]{0,6}", 1..4),
        vec(select(&["Update", "the", "berth", "of", "“x”", "Größe", "it's"][..]), 1..4),
        option::of(description()),
    );
    let path = vec(("[a-z][a-zA-Z_]{0,6}", leaf()), 0..3).prop_map(|parameters| {
        let named = parameters.into_iter().map(|(name, field)| Field { name, required: true, ..field });
        distinct(named.collect())
    });
    let bodies =
        (fields(4), fields(3), fields(6), vec((select(&[200_u16, 201, 400, 404, 500][..]), fields(4)), 0..3));
    (head, path, bodies).prop_map(
        |((method, segments, title, description), path, (query, headers, body, responses))| {
            let mut known = HashSet::new();
            let path = path.into_iter().take(segments.len()).collect();
            let responses = responses.into_iter().filter(|(status, _)| known.insert(*status)).collect();
            let title = format!("Update {}", title.join(" "));
            let mut spec =
                Spec { method, segments, title, description, path, query, headers, body, responses };
            spec.flatten_parameters();
            spec
        },
    )
}
