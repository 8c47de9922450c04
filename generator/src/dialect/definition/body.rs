//! The bodies of requests and responses, and the examples beside schemas.

use super::Reader;
use crate::{
    diagnostic::{Diagnostic, codes},
    media_type::may_be_json,
    model::{MediaType, Operation, RequestBody, Response, Sample, Schema, Status, Text, Type},
    source::Span,
    yaml::Node,
};

pub(super) const MEDIA: &[&str] = &["schema", "example", "examples"];

impl<'n> Reader<'_, '_, 'n> {
    /// The values of `example` and `examples`.
    pub(super) fn example_values(&mut self, node: &'n Node) -> Vec<serde_json::Value> {
        let mut values: Vec<_> = node.get("example").map(Node::to_value).into_iter().collect();
        values.extend(node.get("examples").map(|examples| self.named_examples(examples)).unwrap_or_default());
        values
    }

    /// The values of Example Objects. What is said of them has no place in the model.
    pub(super) fn named_examples(&mut self, node: &'n Node) -> Vec<serde_json::Value> {
        let mut values = Vec::new();
        if node.members().is_none() && node.scalar() != Some(&serde_json::Value::Null) {
            self.malformed(node, "`examples` that is no object");
        }
        for member in node.members().into_iter().flat_map(|members| members.values()) {
            let Some(example) = self.resolved(&member.node) else { continue };
            match (example.get("value"), example.get("externalValue")) {
                (Some(value), _) => values.push(value.to_value()),
                (None, Some(external)) => self.leave_out("externalValue", &external.range),
                (None, None) => self.malformed(example, "example without `value`"),
            }
            for (key, keyword) in
                [("summary", "summary (of an example)"), ("description", "description (of an example)")]
            {
                if let Some(said) = example.get(key) {
                    self.leave_out(keyword, &said.range);
                }
            }
        }
        values
    }

    pub(super) fn request_body(&mut self, node: &'n Node, operation: &mut Operation) -> Option<RequestBody> {
        let node = self.resolved(node)?;
        self.unknown_members(node, &["$ref", "content", "description", "required"]);
        let required = node.get("required").and_then(Node::as_bool);
        let (content, samples) = self.content(node);
        if content.is_empty() {
            if node.members().is_some_and(|members| !members.is_empty()) {
                self.malformed(node, "request body without `content`");
            }
            return None;
        }
        operation.samples.extend(samples.into_iter().map(|(json, span)| Sample::Request { json, span }));
        let description = self.member_text(node, "description");
        Some(RequestBody { required, description, content, span: self.span(&node.range) })
    }

    pub(super) fn responses(&mut self, holder: &'n Node, operation: &mut Operation) {
        for (code, member) in holder.get("responses").and_then(Node::members).into_iter().flatten() {
            let span = self.span(&member.key);
            let Ok(status) = code.parse::<Status>() else {
                if code.starts_with("x-") {
                    self.leave_out(code, &member.key);
                } else {
                    self.cx.report(
                        Diagnostic::new(codes::UNKNOWN_STATUS, span, format!("status `{code}`"))
                            .label("the response is left out"),
                    );
                }
                continue;
            };
            let mut response = Response::new(status, span);
            if let Some(node) = self.resolved(&member.node) {
                self.unknown_members(node, &["$ref", "content", "description", "headers", "links"]);
                response.description = self.member_text(node, "description");
                response.headers = self.headers(node);
                response.links = self.links(node);
                let (content, samples) = self.content(node);
                response.content = content;
                operation.samples.extend(samples.into_iter().map(|(json, span)| Sample::Response {
                    status: Some(status),
                    json,
                    span,
                }));
            }
            operation.responses.push(response);
        }
    }

    /// Reports what has no members where names lead to something. What is null says nothing.
    pub(super) fn named_members(&mut self, holder: &'n Node, key: &str) {
        let given = holder.get(key).filter(|node| node.members().is_none());
        if let Some(node) = given.filter(|node| node.scalar() != Some(&serde_json::Value::Null)) {
            self.malformed(node, format!("`{key}` that is no object"));
        }
    }

    /// The media types of a body, and the examples that stand beside their schemas.
    fn content(&mut self, node: &'n Node) -> (Vec<MediaType>, Vec<(serde_json::Value, Span)>) {
        let (mut content, mut samples) = (Vec::new(), Vec::new());
        for (name, member) in node.get("content").and_then(Node::members).into_iter().flatten() {
            let span = self.span(&member.key);
            let Some(node) = self.resolved(&member.node) else { continue };
            self.unknown_members(node, MEDIA);
            let schema = match node.get("schema") {
                Some(schema) => self.read_finished(schema, 0),
                None => Schema::new(Type::Any, span),
            };
            if may_be_json(name) {
                let examples = self.example_values(node);
                samples.extend(examples.into_iter().map(|json| (unquoted(json, &schema), span)));
            } else {
                for example in ["example", "examples"].into_iter().filter_map(|key| node.get(key)) {
                    self.leave_out("example (of a body that is not JSON)", &example.range);
                }
            }
            content.push(MediaType { name: Text::new(name.as_str(), span), inferred: false, schema });
        }
        (content, samples)
    }
}

/// The JSON that an example holds as a string, as ReadMe writes the examples of bodies.
fn unquoted(example: serde_json::Value, schema: &Schema) -> serde_json::Value {
    let Some(text) = example.as_str().filter(|_| schema.ty != Type::String) else { return example };
    match serde_json::from_str::<serde_json::Value>(text) {
        Ok(json) if json.is_object() || json.is_array() => json,
        _ => example,
    }
}
