//! What pages say of responses besides their bodies: their headers, and where their links lead.
//!
//! Many operations give one header with each response, which is said once for all of them.

use indexmap::IndexMap;
use serde_json::Value;

use super::{
    docs::{self, Rendered},
    module_docs::item,
};
use crate::model::{Api, Link, LinkTarget, Operation, Parameter, Status};

/// The headers of an operation's responses.
pub(super) fn header_docs(api: &Api, operation: &Operation) -> Vec<String> {
    let mut rendered = Rendered::default();
    let mut headers: IndexMap<(String, Vec<String>), Vec<Status>> = IndexMap::new();
    for response in &operation.responses {
        for header in &response.headers {
            let said = docs::parameter(&header.schema, &mut rendered);
            headers.entry((name(api, header), said)).or_default().push(response.status);
        }
    }
    let lines = headers.into_iter().flat_map(|((name, said), of)| {
        let statuses: Vec<String> = of.iter().map(ToString::to_string).collect();
        let responses = if of.len() == 1 { "response" } else { "responses" };
        item(format!("- header {name} of {responses} {}:", statuses.join(", ")), &said)
    });
    lines.collect()
}

/// A header's name, and of what kind its values are.
fn name(api: &Api, header: &Parameter) -> String {
    let ty = &api.referenced(&header.schema).unwrap_or(&header.schema).ty;
    let required = if header.required { ", always there" } else { "" };
    match ty.kind() {
        "any" => docs::code(&header.name.value),
        kind => format!("{} ({kind}{required})", docs::code(&header.name.value)),
    }
}

/// The links of an operation's responses.
pub(super) fn link_docs(operation: &Operation) -> Vec<String> {
    let links = operation
        .responses
        .iter()
        .flat_map(|response| response.links.iter().map(|link| (response.status, link)));
    let lines = links.flat_map(|(status, link)| {
        let (name, target) = (docs::code(&link.name.value), target(link));
        item(format!("- response {status} leads to {target}, link {name}:"), &said(link))
    });
    lines.collect()
}

fn target(link: &Link) -> String {
    match &link.operation {
        LinkTarget::Id(id) => docs::code(id),
        LinkTarget::Reference(uri) => docs::code(uri),
    }
}

/// What is sent, and what the page says.
fn said(link: &Link) -> Vec<String> {
    let value = |value: &Value| match value {
        Value::String(text) => docs::code(text),
        other => docs::code(&other.to_string()),
    };
    let parameters =
        link.parameters.iter().map(|(name, sent)| format!("{} is {}", docs::code(name), value(sent)));
    let body = link.request_body.iter().map(|sent| format!("the body is {}", value(sent)));
    let sent: Vec<String> = parameters.chain(body).collect();
    let mut lines = docs::text(link.description.as_ref());
    if !sent.is_empty() {
        docs::append(&mut lines, &format!("{}.", sent.join(", ")));
    }
    lines
}
