//! Arbitrary operations: names and texts that mean something to Markdown, JSON, Rust or a reader among them.

use std::collections::HashSet;

use proptest::{collection::vec, option, prelude::*, sample::select};
use serde_json::{Value, json};

use crate::spec::{Field, Spec, Ty};

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
