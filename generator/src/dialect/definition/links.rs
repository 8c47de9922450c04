//! Links of responses: which operations can be called with what a response holds.

use super::Reader;
use crate::{
    model::{Link, LinkTarget, Text},
    yaml::Node,
};

const LINK: &[&str] = &["$ref", "description", "operationId", "operationRef", "parameters", "requestBody"];

impl<'n> Reader<'_, '_, 'n> {
    /// The links of a response.
    pub(super) fn links(&mut self, response: &'n Node) -> Vec<Link> {
        let mut links = Vec::new();
        self.named_members(response, "links");
        for (name, member) in response.get("links").and_then(Node::members).into_iter().flatten() {
            if name.starts_with("x-") {
                self.leave_out(name, &member.key);
                continue;
            }
            let Some(node) = self.resolved(&member.node).filter(|node| self.spend(1, node)) else { continue };
            self.unknown_members(node, LINK);
            let text = |key: &str| {
                let text = node.get(key).and_then(Node::as_str).filter(|text| !text.trim().is_empty());
                text.map(str::to_owned)
            };
            let operation = match (text("operationId"), text("operationRef")) {
                (Some(id), reference) => {
                    // OpenAPI has one of both, and which of them leads elsewhere nobody can tell.
                    if let Some(reference) = node.get("operationRef").filter(|_| reference.is_some()) {
                        self.leave_out("operationRef (beside operationId)", &reference.range);
                    }
                    LinkTarget::Id(id)
                }
                (None, Some(reference)) => LinkTarget::Reference(reference),
                (None, None) => {
                    self.malformed(node, "link without `operationId` or `operationRef`");
                    continue;
                }
            };
            self.named_members(node, "parameters");
            let span = self.span(&member.key);
            let parameters = node.get("parameters").and_then(Node::members).into_iter().flatten();
            let parameters =
                parameters.map(|(name, member)| (name.clone(), member.node.to_value())).collect();
            links.push(Link {
                name: Text::new(name.as_str(), span),
                operation,
                parameters,
                request_body: node.get("requestBody").map(Node::to_value),
                description: self.member_text(node, "description"),
                span,
            });
        }
        links
    }
}
