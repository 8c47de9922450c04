//! Makes objects of flat lists of fields whose names are dotted paths.
//!
//! Several dialects list nested fields flat: `parent`, then `parent.child`. A name may hold dots of its
//! own, so the parent of a field is the longest *declared* name before a dot; a field without a declared
//! parent keeps its whole name. A parent that is an array hands its children to its items.

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use indexmap::{IndexMap, map::Entry};
use serde_json::Value;

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

/// Where a field stands among the others.
#[derive(Default)]
struct Node {
    /// Where in the whole name the name below its parent begins.
    own_name: usize,
    children: Vec<usize>,
    depth: usize,
}

/// The object that a list of fields describes, parents before children. Repeated names are reported,
/// and so are fields nested deeper than the limit.
pub(crate) fn assemble(cx: &mut Context<'_>, fields: Vec<Field>) -> Object {
    // One for each field, in the same order.
    let mut nodes: Vec<Node> = Vec::with_capacity(fields.len());
    let mut roots: Vec<usize> = Vec::new();
    let mut declared: HashMap<&str, usize> = HashMap::with_capacity(fields.len());
    let mut too_deep: Option<Span> = None;
    let most = cx.limits().nesting.min(DEEPEST);
    for (at, field) in fields.iter().enumerate() {
        nodes.push(Node::default());
        let Some(Text { value: full, .. }) = &field.name else {
            roots.push(at);
            continue;
        };
        if let Some(first) = declared.get(full.as_str()).and_then(|&first| fields.get(first)) {
            report_duplicate(cx, full, field.span, first.span);
            continue;
        }
        let parent = parent_of(full, &declared, &fields);
        match parent.and_then(|(parent, own_name)| Some((nodes.get_mut(parent)?, own_name))) {
            Some((parent, _)) if parent.depth >= most => {
                too_deep = too_deep.or(Some(field.span));
                continue;
            }
            Some((parent, own_name)) => {
                parent.children.push(at);
                let depth = parent.depth + 1;
                if let Some(node) = nodes.last_mut() {
                    *node = Node { own_name, children: Vec::new(), depth };
                }
            }
            None => roots.push(at),
        }
        declared.insert(full, at);
    }
    if let Some(span) = too_deep {
        cx.report(
            Diagnostic::new(codes::NESTING_TOO_DEEP, span, format!("fields nested deeper than {most}"))
                .label("this one and all deeper ones are left out")
                .help(raise(LimitName::Nesting)),
        );
    }
    let mut fields: Vec<Option<Field>> = fields.into_iter().map(Some).collect();
    object(&roots, &nodes, &mut fields)
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

/// The declared field with the longest name before a dot of `name` that can have members, and where the rest begins.
fn parent_of(name: &str, declared: &HashMap<&str, usize>, fields: &[Field]) -> Option<(usize, usize)> {
    // Names are bounded, so that a hostile one full of dots costs little.
    let dots = name.rmatch_indices('.').take(4 * DEEPEST);
    dots.filter_map(|(dot, _)| {
        let before = name.get(..dot)?;
        // The brackets may be the name's own, or a mark of an array.
        let at = *declared.get(before).or_else(|| declared.get(before.trim_end_matches("[]")))?;
        let container = fields.get(at).is_some_and(|field| can_have_members(&field.schema));
        (container && dot + 1 < name.len()).then_some((at, dot + 1))
    })
    .next()
}

pub(crate) fn can_have_members(schema: &Schema) -> bool {
    match &schema.ty {
        Type::Any | Type::Object(_) | Type::Null => true,
        Type::Array(items) => can_have_members(items),
        Type::Union(alternatives) => alternatives.iter().any(can_have_members),
        _ => false,
    }
}

/// Recursion is bounded by [`DEEPEST`].
fn object(members: &[usize], nodes: &[Node], fields: &mut [Option<Field>]) -> Object {
    let mut out = Object { properties: IndexMap::with_capacity(members.len()), ..Object::default() };
    for &at in members {
        let (Some(node), Some(field)) = (nodes.get(at), fields.get_mut(at).and_then(Option::take)) else {
            continue;
        };
        let Field { name, required, mut schema, span } = field;
        if !node.children.is_empty() {
            let members = object(&node.children, nodes, fields);
            give_members(&mut schema, members);
        }
        let property = Property { required, inferred: false, schema, span };
        let name = name.map(|mut name| {
            name.value.drain(..node.own_name);
            name
        });
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
    let mut known = HashSet::with_capacity(values.len());
    let first: Vec<bool> = values.iter().map(|value| known.insert(Written::new(&value.value))).collect();
    let values = values.into_iter().zip(first).filter(|(_, first)| *first);
    schema.values.extend(values.map(|(value, _)| value));
}

/// A value as JSON writes it, by which values are told apart.
#[derive(PartialEq, Eq, Hash)]
enum Written<'v> {
    Text(&'v str),
    Other(String),
}

impl<'v> Written<'v> {
    fn new(value: &'v Value) -> Self {
        match value {
            Value::String(text) => Self::Text(text),
            other => Self::Other(other.to_string()),
        }
    }
}

fn kind_of_all(values: &[EnumValue]) -> Type {
    let all = |is: fn(&Value) -> bool| values.iter().all(|value| is(&value.value));
    match values {
        [] => Type::Any,
        _ if all(Value::is_string) => Type::String,
        _ if all(|value| value.is_i64() || value.is_u64()) => Type::Integer,
        _ if all(Value::is_number) => Type::Number,
        _ if all(Value::is_boolean) => Type::Boolean,
        _ => Type::Any,
    }
}
