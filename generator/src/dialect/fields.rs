//! Makes objects of flat lists of fields whose names are dotted paths.
//!
//! Several dialects list nested fields flat: `parent`, then `parent.child`. A name may hold dots of its
//! own, so the parent of a field is the longest *declared* name before a dot; a field without a declared
//! parent keeps its whole name. A parent that is an array hands its children to its items.

use std::collections::{HashMap, HashSet};

use indexmap::{IndexMap, map::Entry};

use super::Context;
use crate::{
    diagnostic::{Diagnostic, codes},
    limits::{DEEPEST, LimitName, raise},
    model::{EnumValue, Object, Property, Schema, Text, Type, UnnamedProperty},
    source::Span,
};

/// How deep the type of one field may nest, as it is written.
pub(crate) const MAX_NESTING: usize = 48;

/// The last segment of a name that stands for all keys of a map.
const ANY_KEY: [&str; 2] = ["{key}", "additionalProperties"];

/// One line of a list of fields.
#[derive(Debug, Clone)]
pub(crate) struct Field {
    /// The whole dotted name; `None` where the page has lost it.
    pub(crate) name: Option<Text>,
    /// Whether the page says that it is always there.
    pub(crate) required: bool,
    /// Its values.
    pub(crate) schema: Schema,
    /// Where it stands.
    pub(crate) span: Span,
}

struct Node {
    /// The name below its parent.
    name: Option<Text>,
    field: Field,
    children: Vec<usize>,
    depth: usize,
}

/// The object that a list of fields describes, parents before children. Repeated names are reported,
/// and so are fields nested deeper than the limit.
pub(crate) fn assemble(cx: &mut Context<'_>, fields: Vec<Field>) -> Object {
    let mut nodes: Vec<Node> = Vec::with_capacity(fields.len());
    let mut roots: Vec<usize> = Vec::new();
    let mut declared: HashMap<String, usize> = HashMap::new();
    let mut too_deep: Option<Span> = None;
    let most = cx.limits().nesting.min(DEEPEST);
    for field in fields {
        let at = nodes.len();
        let Some(full) = field.name.clone() else {
            nodes.push(Node { name: None, field, children: Vec::new(), depth: 0 });
            roots.push(at);
            continue;
        };
        if let Some(first) = declared.get(&full.value).and_then(|&first| nodes.get(first)) {
            report_duplicate(cx, &full.value, field.span, first.field.span);
            continue;
        }
        let parent = parent_of(&full.value, &declared, &nodes);
        let (name, depth) = match parent {
            Some((parent, rest)) => {
                let depth = nodes.get(parent).map_or(0, |node| node.depth + 1);
                (Text::new(rest, full.span), depth)
            }
            None => (full.clone(), 0),
        };
        if depth > most {
            too_deep = too_deep.or(Some(field.span));
            continue;
        }
        let parent = parent.map(|(parent, _)| parent);
        nodes.push(Node { name: Some(name), field, children: Vec::new(), depth });
        match parent.and_then(|parent| nodes.get_mut(parent)) {
            Some(parent) => parent.children.push(at),
            None => roots.push(at),
        }
        declared.insert(full.value, at);
    }
    if let Some(span) = too_deep {
        cx.report(
            Diagnostic::new(codes::NESTING_TOO_DEEP, span, format!("fields nested deeper than {most}"))
                .label("this one and all deeper ones are left out")
                .help(raise(LimitName::Nesting)),
        );
    }
    let mut nodes: Vec<Option<Node>> = nodes.into_iter().map(Some).collect();
    object(&roots, &mut nodes)
}

/// The object that a list of fields describes where the dialect shows no nesting: dots belong to names.
/// Repeated names are reported.
pub(crate) fn assemble_flat(cx: &mut Context<'_>, fields: Vec<Field>) -> Object {
    let mut out = Object::default();
    for Field { name, required, schema, span } in fields {
        let property = Property { required, inferred: false, schema, span };
        let Some(name) = name else {
            out.unnamed.push(UnnamedProperty { index: out.properties.len(), property });
            continue;
        };
        match out.properties.entry(name.value) {
            Entry::Occupied(first) => report_duplicate(cx, first.key(), span, first.get().span),
            Entry::Vacant(entry) => {
                entry.insert(property);
            }
        }
    }
    out
}

fn report_duplicate(cx: &mut Context<'_>, name: &str, span: Span, first: Span) {
    cx.report(
        Diagnostic::new(codes::DUPLICATE_FIELD, span, format!("field `{name}` documented twice"))
            .label("this one is left out")
            .related(first, "this one stands")
            .help("rename one of them in a corrected copy of the page if both are meant"),
    );
}

/// The declared field with the longest name before a dot of `name` that can have members, and the rest.
fn parent_of<'n>(
    name: &'n str,
    declared: &HashMap<String, usize>,
    nodes: &[Node],
) -> Option<(usize, &'n str)> {
    // Names are bounded, so that a hostile one full of dots costs little.
    let dots = name.rmatch_indices('.').take(4 * DEEPEST);
    dots.filter_map(|(dot, _)| {
        let before = name.get(..dot)?;
        let rest = name.get(dot + 1..)?;
        // The brackets may be the name's own, or a mark of an array.
        let at = *declared.get(before).or_else(|| declared.get(before.trim_end_matches("[]")))?;
        let container = nodes.get(at).is_some_and(|node| can_have_members(&node.field.schema));
        (container && !rest.is_empty()).then_some((at, rest))
    })
    .next()
}

fn can_have_members(schema: &Schema) -> bool {
    match &schema.ty {
        Type::Any | Type::Object(_) | Type::Null => true,
        Type::Array(items) => can_have_members(items),
        Type::Union(alternatives) => alternatives.iter().any(can_have_members),
        _ => false,
    }
}

/// Recursion is bounded by [`DEEPEST`].
fn object(members: &[usize], nodes: &mut [Option<Node>]) -> Object {
    let mut out = Object::default();
    for &at in members {
        let Some(node) = nodes.get_mut(at).and_then(Option::take) else { continue };
        let Node { name, field, children, .. } = node;
        let mut schema = field.schema;
        if !children.is_empty() {
            let members = object(&children, nodes);
            give_members(&mut schema, members);
        }
        let property = Property { required: field.required, inferred: false, schema, span: field.span };
        match name {
            None => out.unnamed.push(UnnamedProperty { index: out.properties.len(), property }),
            Some(name) if ANY_KEY.contains(&name.value.as_str()) => {
                out.values.get_or_insert_with(|| Box::new(property.schema));
            }
            Some(name) => insert(&mut out.properties, name, property),
        }
    }
    out
}

/// Two full names can still meet below one parent (`a.b` and `a[].b`): the first stands.
fn insert(properties: &mut IndexMap<String, Property>, name: Text, property: Property) {
    if let Entry::Vacant(entry) = properties.entry(name.value) {
        entry.insert(property);
    }
}

/// Gives members to the object of a schema, or to its items; a type that has none becomes an object.
pub(crate) fn give_members(schema: &mut Schema, members: Object) {
    match &mut schema.ty {
        Type::Object(object) => {
            for (name, property) in members.properties {
                object.properties.entry(name).or_insert(property);
            }
            object.values = object.values.take().or(members.values);
            object.unnamed.extend(members.unnamed);
        }
        Type::Array(items) => give_members(items, members),
        Type::Union(alternatives) => {
            let object = alternatives.iter().position(|a| matches!(a.ty, Type::Object(_)));
            let at = object.or_else(|| alternatives.iter().position(can_have_members));
            if let Some(alternative) = at.and_then(|at| alternatives.get_mut(at)) {
                give_members(alternative, members);
            }
        }
        other => {
            schema.nullable |= *other == Type::Null;
            *other = Type::Object(members);
        }
    }
}

/// Gives a schema its documented values. On an array they are those of its items; `null` among them
/// makes the schema nullable; where the type is open, values of one kind tell it.
pub(crate) fn set_values(schema: &mut Schema, values: Vec<EnumValue>) {
    if let Type::Array(items) = &mut schema.ty {
        return set_values(items, values);
    }
    let (null, values): (Vec<_>, Vec<_>) = values.into_iter().partition(|value| value.value.is_null());
    if schema.ty == Type::Any {
        schema.ty = kind_of_all(&values);
    }
    schema.nullable |= !null.is_empty() && schema.ty != Type::Any;
    let mut known: HashSet<String> = HashSet::new();
    schema.values.extend(values.into_iter().filter(|value| known.insert(value.value.to_string())));
}

fn kind_of_all(values: &[EnumValue]) -> Type {
    let all = |is: fn(&serde_json::Value) -> bool| values.iter().all(|value| is(&value.value));
    match values {
        [] => Type::Any,
        _ if all(serde_json::Value::is_string) => Type::String,
        _ if all(|value| value.is_i64() || value.is_u64()) => Type::Integer,
        _ if all(serde_json::Value::is_number) => Type::Number,
        _ if all(serde_json::Value::is_boolean) => Type::Boolean,
        _ => Type::Any,
    }
}
