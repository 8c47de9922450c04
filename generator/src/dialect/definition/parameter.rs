//! Parameters and headers: what they hold, and how it is written.

use std::{
    collections::{HashMap, HashSet, hash_map::Entry},
    ops::Range,
};

use super::{Reader, body::MEDIA};
use crate::{
    diagnostic::{Diagnostic, codes},
    media_type::is_json,
    model::{Operation, Parameter, ParameterLocation, QueryStyle, Schema, Text, Type},
    yaml::Node,
};

const PARAMETER: &[&str] = &[
    "$ref",
    "content",
    "deprecated",
    "description",
    "example",
    "examples",
    "explode",
    "in",
    "name",
    "required",
    "schema",
    "style",
];
const HEADER: &[&str] = &[
    "$ref",
    "content",
    "deprecated",
    "description",
    "example",
    "examples",
    "explode",
    "required",
    "schema",
    "style",
];

/// How many schemas are gone through, one to the next, to tell what kind of values a parameter has.
const MAX_KINDS: usize = 8;

impl<'n> Reader<'_, '_, 'n> {
    /// Adds the parameters that a path item or an operation lists; those of the operation replace the others.
    pub(super) fn parameters(&mut self, holder: &'n Node, operation: &mut Operation) {
        let place = |parameter: &Parameter| (parameter.location, parameter.name.value.clone());
        let mut known: HashMap<_, usize> =
            operation.parameters.iter().enumerate().map(|(at, parameter)| (place(parameter), at)).collect();
        for node in holder.get("parameters").map(Node::items).unwrap_or_default() {
            let Some(node) = self.resolved(node) else { continue };
            let Some(parameter) = self.parameter(node) else { continue };
            match known.entry(place(&parameter)) {
                Entry::Occupied(known) => {
                    if let Some(known) = operation.parameters.get_mut(*known.get()) {
                        *known = parameter;
                    }
                }
                Entry::Vacant(new) => {
                    new.insert(operation.parameters.len());
                    operation.parameters.push(parameter);
                }
            }
        }
    }

    fn parameter(&mut self, node: &'n Node) -> Option<Parameter> {
        let name = self.member_text(node, "name");
        let location = match node.get("in").and_then(Node::as_str) {
            Some("path") => Some(ParameterLocation::Path),
            Some("query") => Some(ParameterLocation::Query),
            Some("header") => Some(ParameterLocation::Header),
            Some("cookie") => Some(ParameterLocation::Cookie),
            _ => None,
        };
        let (Some(name), Some(location)) = (name, location) else {
            self.malformed(node, "parameter without `name`, or without a known `in`");
            return None;
        };
        if location == ParameterLocation::Header && !is_token(&name.value) {
            self.malformed(node, "header whose name HTTP cannot carry");
            return None;
        }
        self.unknown_members(node, PARAMETER);
        let style = self.style(node, location);
        let (schema, is_json) = self.value(node);
        let can_be_json = matches!(location, ParameterLocation::Query | ParameterLocation::Header);
        let style = match node.get("content").filter(|_| is_json) {
            Some(_) if can_be_json => Some(QueryStyle::Json),
            Some(content) => {
                self.leave_out("content (of a parameter of the path or a cookie)", &content.range);
                style
            }
            None => style,
        };
        let required = node.get("required").and_then(Node::as_bool) == Some(true);
        Some(Parameter { name, location, required, schema, span: self.span(&node.range), style })
    }

    /// How arrays and objects are written. Other ways to write values than by default are noted.
    fn style(&mut self, node: &'n Node, location: ParameterLocation) -> Option<QueryStyle> {
        let usual = match location {
            ParameterLocation::Query | ParameterLocation::Cookie => "form",
            ParameterLocation::Path | ParameterLocation::Header => "simple",
        };
        let members = node.members();
        let member = |key: &str| members.and_then(|members| members.get(key));
        let kind = node.get("schema").and_then(|schema| self.kind(schema));
        let style = member("style");
        let explode = member("explode").filter(|explode| explode.node.as_bool() != Some(usual == "form"));
        let named = style.and_then(|style| style.node.as_str()).unwrap_or(usual);
        let exploded = member("explode").and_then(|explode| explode.node.as_bool());
        let kind_there = kind.filter(|_| location == ParameterLocation::Query).unwrap_or_default();
        match (named, kind_there, exploded) {
            ("form", "array" | "object", Some(false)) => return Some(QueryStyle::Form),
            ("form", "object", _) => return Some(QueryStyle::FormExploded),
            ("spaceDelimited", "array" | "object", None | Some(false)) => {
                return Some(QueryStyle::SpaceDelimited);
            }
            ("pipeDelimited", "array" | "object", None | Some(false)) => {
                return Some(QueryStyle::PipeDelimited);
            }
            ("deepObject", "object", Some(false)) => {
                if let Some(explode) = member("explode") {
                    self.undefined_explode(&explode.key);
                }
                return Some(QueryStyle::DeepObjectUnexploded);
            }
            ("deepObject", "object", _) => return Some(QueryStyle::DeepObject),
            // With a pair for each value there is nothing between values.
            ("spaceDelimited" | "pipeDelimited", "array", Some(true)) => return None,
            _ => {}
        }
        if let Some(style) = style.filter(|_| named != usual) {
            self.leave_out("style", &style.key);
        }
        // A scalar is written in one way, and so is an array in style `simple`.
        let is_one = match kind {
            Some("array") => named == "simple",
            kind => matches!(kind, Some("string" | "integer" | "number" | "boolean")),
        };
        if let Some(explode) = explode.filter(|_| !is_one) {
            self.leave_out("explode", &explode.key);
        }
        None
    }

    /// Reports a way to write an object that OpenAPI has no form for.
    fn undefined_explode(&mut self, explode: &Range<usize>) {
        let span = self.span(explode);
        self.cx.report(
            Diagnostic::new(
                codes::STYLE_UNDEFINED,
                span,
                "`explode: false` beside the style `deepObject`",
            )
            .label("OpenAPI leaves open how that is written: read as a pair `name[member]=value` for each member"),
        );
    }

    /// The kind of values of a schema, as far as it names one, or the schema that it refers to.
    fn kind(&self, schema: &'n Node) -> Option<&'n str> {
        let mut schema = schema;
        for _ in 0..MAX_KINDS {
            let all = schema.get("allOf").map(Node::items).unwrap_or_default();
            schema = match (schema.get("$ref"), all) {
                (Some(reference), _) => self.pointed(reference.as_str()?)?,
                _ if schema.get("type").is_some() => break,
                (None, [first, ..]) => first,
                _ => match ["anyOf", "oneOf"].iter().find_map(|key| only_value(schema.get(key)?)) {
                    Some(only) => only,
                    None => break,
                },
            };
        }
        let has = |key: &str| schema.get(key).is_some();
        match schema.get("type") {
            // With `null`, it is the other one.
            Some(ty) if ty.scalar().is_none() => {
                let mut kinds = ty.items().iter().filter_map(Node::as_str).filter(|kind| *kind != "null");
                kinds.next().filter(|_| kinds.next().is_none())
            }
            Some(ty) => ty.as_str(),
            None if has("properties") || has("additionalProperties") => Some("object"),
            None if has("items") => Some("array"),
            None => None,
        }
    }

    /// The schema of a parameter or header, with what stands beside it, and whether it is written as JSON.
    fn value(&mut self, node: &'n Node) -> (Schema, bool) {
        let mut media_types = node.get("content").and_then(Node::members).into_iter().flatten();
        let content = media_types.next();
        for (media, member) in media_types {
            self.leave_out(&format!("content ({media}, beside another media type)"), &member.key);
        }
        if let Some(content) = node.get("content").filter(|_| content.is_none()) {
            self.malformed(content, "`content` of a parameter or header without a media type");
        }
        let schema = node.get("schema").or_else(|| content.and_then(|(_, media)| media.node.get("schema")));
        let mut schema = match schema {
            Some(schema) => self.read_finished(schema, 0),
            None => Schema::new(Type::Any, self.span(&node.range)),
        };
        // Where there is a schema, `content` has no place.
        let is_json = content.is_some_and(|(media, _)| is_json(media)) && node.get("schema").is_none();
        if let Some((media, member)) = content {
            match is_json {
                true => self.unknown_members(&member.node, MEDIA),
                false => self.leave_out(&format!("content ({media}, of a parameter)"), &member.key),
            }
        }
        Self::describe(&mut schema, self.member_text(node, "description"));
        schema.deprecated |= node.get("deprecated").and_then(Node::as_bool) == Some(true);
        let media = content.map(|(_, member)| &member.node).filter(|_| is_json);
        let beside: Vec<_> =
            [Some(node), media].into_iter().flatten().flat_map(|node| self.example_values(node)).collect();
        let mut known: HashSet<String> = schema.examples.iter().map(ToString::to_string).collect();
        schema.examples.extend(beside.into_iter().filter(|value| known.insert(value.to_string())));
        (schema, is_json)
    }

    /// The headers of a response.
    pub(super) fn headers(&mut self, node: &'n Node) -> Vec<Parameter> {
        let mut headers = Vec::new();
        self.named_members(node, "headers");
        for (name, member) in node.get("headers").and_then(Node::members).into_iter().flatten() {
            let Some(node) = self.resolved(&member.node) else { continue };
            if node.members().is_none() || !is_token(name) {
                let what = if is_token(name) { "that is no object" } else { "whose name HTTP cannot carry" };
                self.malformed(&member.node, format!("header {what}"));
                continue;
            }
            self.unknown_members(node, HEADER);
            self.style(node, ParameterLocation::Header);
            headers.push(Parameter {
                name: Text::new(name.as_str(), self.span(&member.key)),
                location: ParameterLocation::Header,
                required: node.get("required").and_then(Node::as_bool) == Some(true),
                schema: self.header_value(node),
                span: self.span(&member.key),
                style: None,
            });
        }
        headers
    }

    /// The schema of a response's header, whose style is not read.
    fn header_value(&mut self, node: &'n Node) -> Schema {
        let (schema, is_json) = self.value(node);
        if let Some(content) = node.get("content").filter(|_| is_json) {
            self.leave_out("content (of a header)", &content.range);
        }
        schema
    }
}

/// The only alternative beside `null`.
fn only_value(alternatives: &Node) -> Option<&Node> {
    let is_null = |node: &Node| match node.get("type").and_then(Node::scalar) {
        Some(serde_json::Value::Null) => true,
        ty => ty.and_then(serde_json::Value::as_str) == Some("null"),
    };
    let mut others = alternatives.items().iter().filter(|node| !is_null(node));
    others.next().filter(|_| others.next().is_none())
}

/// Whether HTTP can carry a header of this name (RFC 9110, section 5.6.2).
pub(in crate::dialect) fn is_token(name: &str) -> bool {
    let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !name.is_empty() && name.bytes().all(is_token)
}
