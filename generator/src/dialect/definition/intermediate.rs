//! The form in which Mintlify exported operations in October 2025, made an OpenAPI definition of.
//!
//! `paths` holds one operation: `path`, `method`, `servers`, `request` and `response`. Parameters stand below
//! where they are sent, each with a list of schemas; a body's `schemaArray` has one entry for each alternative,
//! with `required` of the body, `requiredProperties` of its members and the `refIdentifier` of the component that
//! it was. Schemas further in are OpenAPI's own. Enter at [`convert`]; a definition in OpenAPI's form comes back
//! as it is.

use std::ops::Range;

use indexmap::IndexMap;
use serde_json::Value;

use crate::yaml::{Member, Node, NodeKind};

/// What stands in place of a media type where a response has no body.
const NO_BODY: &str = "_mintlify/placeholder";

type Members = IndexMap<String, Member>;

/// A definition in OpenAPI's form.
pub(super) fn convert(tree: Node) -> Node {
    let is_intermediate = tree.get("paths").is_some_and(|paths| {
        let names = |key: &str| paths.get(key).is_some_and(|node| node.as_str().is_some());
        names("path") && names("method")
    });
    let range = tree.range.clone();
    let NodeKind::Mapping(root) = tree.kind else { return tree };
    if !is_intermediate {
        return Node { range, kind: NodeKind::Mapping(root) };
    }
    Converter::new(root).definition(range)
}

struct Converter {
    root: Members,
    schemas: Members,
    schemes: Members,
}

impl Converter {
    fn new(mut root: Members) -> Self {
        let mut components = take_members(&mut root, "components");
        Self {
            schemas: take_members(&mut components, "schemas"),
            schemes: take_members(&mut components, "securitySchemes"),
            root,
        }
    }

    fn definition(mut self, range: Range<usize>) -> Node {
        let place = self.root.get("paths").map_or(range.clone(), |paths| paths.key.clone());
        let mut paths = take_members(&mut self.root, "paths");
        let path = paths.shift_remove("path").map(|member| member.node);
        let method = paths.shift_remove("method").map(|member| member.node);
        let (Some(path), Some(method)) = (path, method) else { return mapping(range, Members::new()) };
        let webhook =
            paths.shift_remove("type").is_some_and(|member| member.node.as_str() == Some("webhook"));
        let operation = self.operation(&place, paths);
        let verb = method.as_str().unwrap_or_default().to_ascii_lowercase();
        let item = one(&method.range, verb, operation);
        let items = one(&path.range, path.as_str().unwrap_or_default().to_owned(), item);
        let mut root = self.root;
        insert(&mut root, if webhook { "webhooks" } else { "paths" }, &place, items);
        let mut components = Members::new();
        insert(&mut components, "schemas", &place, mapping(place.clone(), self.schemas));
        insert(&mut components, "securitySchemes", &place, mapping(place.clone(), self.schemes));
        insert(&mut root, "components", &place, mapping(place.clone(), components));
        mapping(range, root)
    }

    /// The operation. What is not known here is kept, for the reader to report.
    fn operation(&mut self, place: &Range<usize>, mut paths: Members) -> Node {
        let mut request = take_members(&mut paths, "request");
        let response = take_members(&mut paths, "response");
        // Samples in programming languages.
        request.shift_remove("codeSamples");
        if let Some(security) = request.shift_remove("security") {
            let security = self.security(security.node);
            insert(&mut paths, "security", place, security);
        }
        let parameters = take_members(&mut request, "parameters");
        let parameters = self.parameters(parameters);
        insert(&mut paths, "parameters", place, sequence(place.clone(), parameters));
        let body = take_members(&mut request, "body");
        if !body.is_empty() {
            let (content, required, _) = self.content(body);
            let mut body = one(place, "content".to_owned(), content);
            if let (NodeKind::Mapping(members), true) = (&mut body.kind, required) {
                insert(members, "required", place, scalar(place.clone(), true.into()));
            }
            insert(&mut paths, "requestBody", place, body);
        }
        let mut responses = Members::new();
        for (status, member) in response {
            let node = match member.node.kind {
                NodeKind::Mapping(media) => {
                    let range = member.node.range.clone();
                    let (content, _, description) = self.content(media);
                    let mut response = one(&range, "content".to_owned(), content);
                    if let (NodeKind::Mapping(members), Some(description)) = (&mut response.kind, description)
                    {
                        let range = description.range.clone();
                        insert(members, "description", &range, description);
                    }
                    response
                }
                kind => Node { range: member.node.range, kind },
            };
            responses.insert(status, Member { key: member.key, node });
        }
        insert(&mut paths, "responses", place, mapping(place.clone(), responses));
        for (key, member) in request {
            paths.entry(key).or_insert(member);
        }
        mapping(place.clone(), paths)
    }

    fn parameters(&mut self, locations: Members) -> Vec<Node> {
        let mut out = Vec::new();
        for (location, parameters) in locations {
            let NodeKind::Mapping(parameters) = parameters.node.kind else { continue };
            for (name, Member { key, node }) in parameters {
                let range = key.start..node.range.end.max(key.end);
                let NodeKind::Mapping(mut parameter) = node.kind else { continue };
                let schemas = match parameter.shift_remove("schema") {
                    Some(Member { node: Node { kind: NodeKind::Sequence(items), .. }, .. }) => items,
                    Some(member) => vec![member.node],
                    None => Vec::new(),
                };
                let (mut alternatives, mut required) = (Vec::new(), false);
                let several = schemas.len() > 1;
                for mut schema in schemas {
                    // What is said of the first of several is said of the parameter.
                    if let (NodeKind::Mapping(members), true) = (&mut schema.kind, several)
                        && let Some(text) = members.shift_remove("description")
                    {
                        parameter.entry("description".to_owned()).or_insert(text);
                    }
                    let (schema, needed) = self.schema(schema);
                    required |= needed;
                    alternatives.push(schema);
                }
                insert(&mut parameter, "name", &key, scalar(key.clone(), name.into()));
                insert(&mut parameter, "in", &key, scalar(key.clone(), location.clone().into()));
                insert(&mut parameter, "required", &key, scalar(key.clone(), required.into()));
                let schema = any_of(&range, alternatives);
                insert(&mut parameter, "schema", &key, schema);
                out.push(mapping(range, parameter));
            }
        }
        out
    }

    /// A body's media types, whether it must be sent, and the description of what it is the body of.
    fn content(&mut self, media: Members) -> (Node, bool, Option<Node>) {
        let mut content = Members::new();
        let (mut required, mut description) = (false, None);
        let mut range = 0..0;
        for (name, Member { key, node }) in media {
            range = key.clone();
            let NodeKind::Mapping(mut entry) = node.kind else { continue };
            if let Some(text) = entry.shift_remove("description") {
                description.get_or_insert(text.node);
            }
            let schemas = match entry.shift_remove("schemaArray") {
                Some(Member { node: Node { kind: NodeKind::Sequence(items), .. }, .. }) => items,
                _ => Vec::new(),
            };
            if name == NO_BODY {
                continue;
            }
            let mut alternatives = Vec::new();
            for schema in schemas {
                let (schema, needed) = self.schema(schema);
                required |= needed;
                alternatives.push(schema);
            }
            let schema = any_of(&node.range, alternatives);
            insert(&mut entry, "schema", &key, schema);
            content.insert(name, Member { key, node: mapping(node.range, entry) });
        }
        (mapping(range, content), required, description)
    }

    /// A schema of a list, and whether it says of what it belongs to that it must be sent.
    fn schema(&mut self, node: Node) -> (Node, bool) {
        let range = node.range.clone();
        let NodeKind::Mapping(mut members) = node.kind else { return (node, false) };
        let is_flag = members.get("required").is_some_and(|member| member.node.as_bool().is_some());
        let required = is_flag
            && members.shift_remove("required").is_some_and(|member| member.node.as_bool() == Some(true));
        if let Some(names) = members.shift_remove("requiredProperties") {
            members.insert("required".to_owned(), names);
        }
        members.shift_remove("isOneOf");
        if let Some(Member { node: Node { kind: NodeKind::Scalar(Value::String(ty)), .. }, .. }) =
            members.get_mut("type")
            && let Some(inner) = ty.strip_prefix("enum<").and_then(|rest| rest.strip_suffix('>'))
        {
            *ty = inner.to_owned();
        }
        let identifier = members.shift_remove("refIdentifier").map(|member| member.node);
        let schema = mapping(range.clone(), members);
        let Some(name) = identifier.as_ref().and_then(Node::as_str).and_then(component_name) else {
            return (schema, required);
        };
        let same = match self.schemas.get(name) {
            Some(known) => known.node.to_value() == schema.to_value(),
            None => {
                self.schemas.insert(name.to_owned(), Member { key: range.clone(), node: schema.clone() });
                true
            }
        };
        if !same {
            return (schema, required);
        }
        let pointer = format!("#/components/schemas/{}", name.replace('~', "~0").replace('/', "~1"));
        (one(&range, "$ref".to_owned(), scalar(range.clone(), pointer.into())), required)
    }

    fn security(&mut self, node: Node) -> Node {
        let NodeKind::Sequence(items) = node.kind else { return node };
        let mut requirements = Vec::new();
        for item in items {
            let title = item.get("title").and_then(Node::as_str).unwrap_or_default().to_owned();
            let mut found = Vec::new();
            for location in ["query", "header", "cookie"] {
                let sent = item.get("parameters").and_then(|parameters| parameters.get(location));
                for (name, member) in sent.and_then(Node::members).into_iter().flatten() {
                    found.push((location, name, member));
                }
            }
            let parts: Vec<&str> = title.split(" & ").collect();
            let mut requirement = Members::new();
            for (at, (location, name, member)) in found.iter().enumerate() {
                let scheme_name = match (parts.len() == found.len(), parts.get(at)) {
                    (true, Some(part)) if !part.is_empty() => (*part).to_owned(),
                    _ => (*name).clone(),
                };
                let mut scheme = member.node.members().cloned().unwrap_or_default();
                if scheme.get("type").and_then(|ty| ty.node.as_str()) == Some("apiKey") {
                    insert(&mut scheme, "in", &member.key, scalar(member.key.clone(), (*location).into()));
                    let sent_as = scalar(member.key.clone(), name.as_str().into());
                    insert(&mut scheme, "name", &member.key, sent_as);
                }
                let place = member.key.clone();
                let scheme = Member { key: place.clone(), node: mapping(place.clone(), scheme) };
                self.schemes.entry(scheme_name.clone()).or_insert(scheme);
                insert(&mut requirement, &scheme_name, &place, sequence(place.clone(), Vec::new()));
            }
            requirements.push(mapping(item.range.clone(), requirement));
        }
        sequence(node.range, requirements)
    }
}

/// The component that a reference names.
fn component_name(pointer: &str) -> Option<&str> {
    pointer.rsplit('/').next().filter(|name| !name.is_empty())
}

fn take_members(members: &mut Members, key: &str) -> Members {
    match members.shift_remove(key).map(|member| member.node.kind) {
        Some(NodeKind::Mapping(inner)) => inner,
        _ => Members::new(),
    }
}

fn insert(members: &mut Members, key: &str, place: &Range<usize>, node: Node) {
    members.insert(key.to_owned(), Member { key: place.clone(), node });
}

fn one(place: &Range<usize>, key: String, node: Node) -> Node {
    mapping(place.clone(), Members::from([(key, Member { key: place.clone(), node })]))
}

/// One of several schemas; the only one where there is one.
fn any_of(range: &Range<usize>, mut alternatives: Vec<Node>) -> Node {
    match alternatives.len() {
        0 => scalar(range.clone(), Value::Null),
        1 => alternatives.pop().unwrap_or_else(|| scalar(range.clone(), Value::Null)),
        _ => one(range, "anyOf".to_owned(), sequence(range.clone(), alternatives)),
    }
}

fn mapping(range: Range<usize>, members: Members) -> Node {
    Node { range, kind: NodeKind::Mapping(members) }
}

fn sequence(range: Range<usize>, items: Vec<Node>) -> Node {
    Node { range, kind: NodeKind::Sequence(items) }
}

fn scalar(range: Range<usize>, value: Value) -> Node {
    Node { range, kind: NodeKind::Scalar(value) }
}
