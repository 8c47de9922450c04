//! The fields of a tree come in, named schemas go out.
//!
//! Enter at [`Build::field`]. A type is what the product prints, or what vendors write for it; one that is not known is
//! reported and accepts any value. Fields within a field are its members, or those of its items.

use std::ops::Range;

use super::tree::{Node, Side, Tree};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::{
        Context, Field, assemble,
        mintlify::{constraints, labels::Section, sections, types::read_type},
    },
    model::{Object, ParameterLocation, Schema, Status, Text, Type},
    source::Span,
};

/// The attributes that say where a parameter is sent.
const LOCATIONS: [(&str, Option<ParameterLocation>); 5] = [
    ("path", Some(ParameterLocation::Path)),
    ("query", Some(ParameterLocation::Query)),
    ("header", Some(ParameterLocation::Header)),
    ("cookie", Some(ParameterLocation::Cookie)),
    ("body", None),
];

/// The attributes that are read, or only arrange the page.
const READ: [&str; 8] = ["name", "type", "required", "deprecated", "default", "id", "key", "className"];

/// Makes schemas of a tree's fields.
pub(super) struct Build<'t, 'a> {
    tree: &'t Tree<'a>,
}

impl<'t, 'a> Build<'t, 'a> {
    pub(super) fn new(tree: &'t Tree<'a>) -> Self {
        Self { tree }
    }

    /// Where a field of the request is sent, `None` for the body: its attribute says it, or the section that it stands in.
    pub(super) fn location(node: &Node<'_>) -> Result<Option<ParameterLocation>, ()> {
        let named = LOCATIONS.iter().find(|(name, _)| value(node, name).is_some());
        if let Some((_, location)) = named {
            return Ok(*location);
        }
        match node.section {
            Some(Section::Parameters(location)) => Ok(Some(location)),
            Some(Section::Authorizations) => Ok(Some(ParameterLocation::Header)),
            Some(Section::Body) => Ok(None),
            _ => Err(()),
        }
    }

    /// The field at a place of the tree, whose nesting is bounded.
    pub(super) fn field(&self, cx: &mut Context<'_>, at: usize) -> Field {
        let Some(node) = self.tree.nodes.get(at) else {
            return Field { name: None, required: false, schema: Schema::default(), span: cx.span(0..0) };
        };
        let end = node.prose.last().map_or(node.tag.end, |prose| prose.end.max(node.tag.end));
        let span = cx.span(node.tag.start..end);
        let name = self.name(cx, node);
        let mut schema = self.schema(cx, node);
        schema.span = span;
        for prose in &node.prose {
            if let Some(text) = cx.description(prose.clone()) {
                match &mut schema.description {
                    Some(description) => {
                        description.value.push_str("\n\n");
                        description.value.push_str(&text.value);
                    }
                    none => *none = Some(text),
                }
            }
        }
        self.others(cx, node, &mut schema);
        schema.deprecated = is_set(cx, node, "deprecated");
        if let Some(range) = value(node, "default").filter(|range| !cx.slice(range.clone()).trim().is_empty())
        {
            cx.claim(range.clone(), Claim::Fact);
            schema.default = constraints::default(cx.slice(range.clone()).trim(), &schema);
            if schema.default.is_none() {
                constraints::malformed(cx, range, "a default that does not fit the type");
            }
        }
        let children: Vec<Field> = node.children.iter().map(|&child| self.field(cx, child)).collect();
        if !children.is_empty() {
            let object = assemble(cx, children);
            hold(cx, &mut schema, object);
        }
        Field { name, required: is_set(cx, node, "required"), schema, span }
    }

    fn name(&self, cx: &mut Context<'_>, node: &Node<'_>) -> Option<Text> {
        let place = match node.side {
            Side::Request => LOCATIONS.iter().find_map(|(name, _)| value(node, name)),
            Side::Response => None,
        };
        let range = place.or_else(|| value(node, "name"))?;
        let range = cx.trim(range);
        (!range.is_empty()).then(|| cx.fact(range))
    }

    /// What other attributes say is documentation: `placeholder`, `pre`, `post`.
    fn others(&self, cx: &mut Context<'_>, node: &Node<'_>, schema: &mut Schema) {
        for (name, value) in &node.attributes {
            let Some(value) = value.clone().map(|value| cx.trim(value)).filter(|value| !value.is_empty())
            else {
                continue;
            };
            if READ.contains(name) || LOCATIONS.iter().any(|(location, _)| location == name) {
                continue;
            }
            cx.claim(value.clone(), Claim::Description);
            let text = format!("`{name}`: {}", cx.slice(value.clone()));
            let text = Text::new(text, cx.span(value));
            sections::append(&mut schema.description, Some(text), true);
        }
    }

    fn schema(&self, cx: &mut Context<'_>, node: &Node<'_>) -> Schema {
        let Some(range) = value(node, "type").map(|range| cx.trim(range)).filter(|range| !range.is_empty())
        else {
            return Schema::new(Type::Any, cx.span(node.tag.clone()));
        };
        cx.claim(range.clone(), Claim::Fact);
        let span = cx.span(range.clone());
        let text = cx.slice(range);
        if let Some(printed) = read_type(text, span) {
            return printed.schema;
        }
        by_hand(&text.to_ascii_lowercase(), span, 0).unwrap_or_else(|| {
            let shown: String = text.chars().take(40).collect();
            cx.report(
                Diagnostic::new(codes::UNKNOWN_TYPE, span, format!("type `{shown}`"))
                    .label("not a type that is known")
                    .help("any value is accepted; override the type in docwright.yaml"),
            );
            Schema::new(Type::Any, span)
        })
    }
}

/// The names of path parameters, and where they stand.
pub(super) fn path_parameters<'a>(cx: &Context<'a>, tree: &Tree<'_>) -> Vec<(Range<usize>, &'a str)> {
    let ranges = tree.nodes.iter().filter_map(|node| value(node, "path"));
    ranges.map(|range| (range.clone(), cx.slice(range).trim())).collect()
}

/// Whether a field has a name.
pub(super) fn has_name(node: &Node<'_>) -> bool {
    let placed = node.side == Side::Request && LOCATIONS.iter().any(|(name, _)| value(node, name).is_some());
    placed || value(node, "name").is_some()
}

/// The status that a field of a response has for a name, and where it stands; its type is no type then.
pub(super) fn status(cx: &Context<'_>, node: &Node<'_>) -> Option<(Status, Range<usize>)> {
    let name = cx.trim(value(node, "name")?);
    let status = match cx.slice(name.clone()).parse() {
        Ok(status @ Status::Code(_)) => status,
        _ => return None,
    };
    let ty = value(node, "type").map_or("", |ty| cx.slice(ty));
    (node.children.is_empty() && read_type(ty, Span::default()).is_none()).then_some((status, name))
}

/// The types that people write: `array of strings`, `list[string]`, `array<object>`.
fn by_hand(text: &str, span: Span, depth: usize) -> Option<Schema> {
    const LISTS: [&str; 2] = ["array", "list"];
    const MAPS: [&str; 3] = ["record<", "map<", "dict<"];
    let text = text.trim();
    if let Some(printed) = read_type(text, span) {
        return Some(printed.schema);
    }
    if depth > 4 {
        return None;
    }
    let rest = LISTS.iter().find_map(|list| text.strip_prefix(list));
    if let Some(rest) = rest {
        let rest = rest.trim();
        let wrapped = [('<', '>'), ('[', ']'), ('(', ')')]
            .into_iter()
            .find_map(|(open, close)| rest.strip_prefix(open)?.strip_suffix(close));
        let items = wrapped.or_else(|| rest.strip_prefix("of "))?;
        let items =
            by_hand(items, span, depth + 1).or_else(|| by_hand(items.strip_suffix('s')?, span, depth + 1))?;
        return Some(Schema::new(Type::Array(Box::new(items)), span));
    }
    if MAPS.iter().any(|map| text.starts_with(map)) && text.ends_with('>') {
        return Some(Schema::new(Type::Object(Object::default()), span));
    }
    if text == "date" {
        return read_type("string<date>", span).map(|printed| printed.schema);
    }
    if text.contains(" or ") {
        return read_type(&text.replace(" or ", " | "), span).map(|printed| printed.schema);
    }
    // `string (uri)`, `string (optional)`.
    let (ty, note) = text.split_once(" (")?;
    let format = note.strip_suffix(')').filter(|note| FORMATS.contains(note));
    let formatted = format.and_then(|format| read_type(&format!("{ty}<{format}>"), span));
    formatted.or_else(|| read_type(ty, span)).map(|printed| printed.schema)
}

/// What people put in brackets behind a type.
const FORMATS: [&str; 8] = ["uri", "url", "uuid", "email", "date", "date-time", "int32", "int64"];

/// Puts members into what can hold them; what cannot is an object, because it has members.
fn hold(cx: &mut Context<'_>, schema: &mut Schema, object: Object) {
    match &mut schema.ty {
        Type::Array(items) => return hold(cx, items, object),
        ty => {
            if !matches!(ty, Type::Any | Type::Object(_)) {
                cx.report(
                    Diagnostic::new(
                        codes::UNKNOWN_TYPE,
                        schema.span,
                        "field with fields, whose type has none",
                    )
                    .label("read as an object")
                    .help("override the type in docwright.yaml if it is none"),
                );
            }
            *ty = Type::Object(object);
        }
    }
    schema.format = None;
}

/// Where the value of an attribute stands.
fn value(node: &Node<'_>, name: &str) -> Option<Range<usize>> {
    node.attributes.iter().find(|(known, _)| *known == name).and_then(|(_, value)| value.clone())
}

/// Whether an attribute is there, and not said to be false.
fn is_set(cx: &Context<'_>, node: &Node<'_>, name: &str) -> bool {
    node.attributes.iter().any(|(known, value)| {
        let denied = value.clone().is_some_and(|value| cx.slice(value).trim().eq_ignore_ascii_case("false"));
        *known == name && !denied
    })
}
