//! What pages say of responses besides their bodies: their headers, and where their links lead.
//!
//! Many operations give one header with each response, which is said once for all of them.

use indexmap::IndexMap;
use serde_json::Value;

use super::{
    docs::{self, Rendered},
    module_docs::item,
};
use crate::model::{Api, EnumValue, Link, LinkTarget, Operation, Parameter, Schema, Status, Type};

/// How many values or members of a header are listed.
const MAX_LISTED: usize = 50;

/// The headers of an operation's responses.
pub(super) fn header_docs(api: &Api, operation: &Operation) -> Vec<String> {
    let mut rendered = Rendered::default();
    let mut headers: IndexMap<(String, Vec<String>), Vec<Status>> = IndexMap::new();
    for response in &operation.responses {
        for header in &response.headers {
            let said = header_said(api, &header.schema, &mut rendered);
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

/// What a reference leads to: a header has no type that says it.
fn resolved<'s>(api: &'s Api, schema: &'s Schema) -> &'s Schema {
    api.referenced(schema).unwrap_or(schema)
}

/// A header's name, of what kind its values are, and whether it is always there.
fn name(api: &Api, header: &Parameter) -> String {
    let kind = match &resolved(api, &header.schema).ty {
        Type::Any => None,
        Type::Array(items) => match resolved(api, items).ty.kind() {
            "any" => Some("array".to_owned()),
            kind => Some(format!("array of {kind}")),
        },
        ty => Some(ty.kind().to_owned()),
    };
    let required = header.required.then(|| "always there".to_owned());
    let notes: Vec<String> = kind.into_iter().chain(required).collect();
    match notes.is_empty() {
        true => docs::code(&header.name.value),
        false => format!("{} ({})", docs::code(&header.name.value), notes.join(", ")),
    }
}

/// What the page says of a header.
fn header_said(api: &Api, place: &Schema, rendered: &mut Rendered) -> Vec<String> {
    let schema = resolved(api, place);
    let mut lines = docs::text(place.title.as_ref().or(schema.title.as_ref()));
    let said = docs::referring(place, schema, rendered);
    if !said.is_empty() {
        docs::separate(&mut lines);
        lines.extend(said);
    }
    // Those of other kinds are among what is said of any place.
    if matches!(schema.ty, Type::String | Type::Integer) {
        append_list(&mut lines, "One of", schema.values.iter().map(value));
    }
    match &schema.ty {
        Type::Array(items) => {
            let item = resolved(api, items);
            if matches!(items.ty, Type::Ref(_)) {
                docs::each("item", item).iter().for_each(|fact| docs::append(&mut lines, fact));
            }
            append_list(&mut lines, "Each item is one of", item.values.iter().map(value));
        }
        Type::Object(object) => {
            let members = object.properties.iter().map(|(name, member)| {
                let kind = resolved(api, &member.schema).ty.kind();
                if kind == "any" { docs::code(name) } else { format!("{} ({kind})", docs::code(name)) }
            });
            append_list(&mut lines, "Members:", members);
        }
        _ => {}
    }
    lines
}

/// A documented value, and what it means.
fn value(value: &EnumValue) -> String {
    let meaning = docs::enum_value(value).join(" ");
    let value = shown(&value.value);
    if meaning.is_empty() { value } else { format!("{value} ({meaning})") }
}

/// Adds a sentence that is a list, if there is anything in it. What many headers refer to is not repeated without end.
fn append_list(lines: &mut Vec<String>, before: &str, all: impl ExactSizeIterator<Item = String>) {
    let more = all.len().saturating_sub(MAX_LISTED);
    let mut listed: Vec<String> = all.take(MAX_LISTED).collect();
    if more > 0 {
        listed.push(format!("and {more} more"));
    }
    if !listed.is_empty() {
        docs::append(lines, &format!("{before} {}.", listed.join(", ")));
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => docs::code(text),
        other => docs::code(&other.to_string()),
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
    let parameters =
        link.parameters.iter().map(|(name, sent)| format!("{} is {}", docs::code(name), shown(sent)));
    let body = link.request_body.iter().map(|sent| format!("the body is {}", shown(sent)));
    let sent: Vec<String> = parameters.chain(body).collect();
    let mut lines = docs::text(link.description.as_ref());
    if !sent.is_empty() {
        docs::append(&mut lines, &format!("{}.", sent.join(", ")));
    }
    lines
}
