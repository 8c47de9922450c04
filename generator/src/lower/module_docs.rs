//! What the pages say of the whole API and of each operation, as the documentation of its module.

use super::{
    docs, named,
    plan::{OperationPlan, ParameterPlan, ResponsePlan, RustType, TypePlan},
};
use crate::model::{Api, Operation, SchemeKind};

/// What the pages say of the whole API and of each operation, as the module's documentation.
pub(super) fn module_docs(api: &Api, operations: &[OperationPlan], plans: &[TypePlan]) -> Vec<String> {
    let version =
        api.version.as_ref().map_or_else(String::new, |v| format!(", version {}", docs::code(&v.value)));
    let mut lines = vec![format!("The API {}{version}.", docs::code(&api.name))];
    for (operation, model) in operations.iter().zip(&api.operations) {
        docs::separate(&mut lines);
        lines.push(format!("# {}", docs::code(&format!("{} {}", operation.method, operation.path))));
        docs::separate(&mut lines);
        lines.extend(operation.docs.iter().cloned());
        docs::separate(&mut lines);
        lines.extend(server_docs(model));
        lines.extend(security_docs(api, model));
        for parameter in &operation.parameters {
            lines.extend(parameter_docs(parameter, plans));
        }
        for body in operation.request.iter().flat_map(|request| &request.bodies) {
            lines.push(format!("- request: {}{}", type_link(&body.ty, plans), docs::code(&body.media_type)));
        }
        for response in &operation.responses {
            lines.extend(response_docs(response, plans));
        }
    }
    lines
}

/// An operation's title and description. Some pages have no better title than the method and the path, which
/// stand beside all documentation of an operation.
pub(super) fn operation_docs(operation: &Operation) -> Vec<String> {
    let mut lines = Vec::new();
    if operation.deprecated {
        lines.push("Deprecated.".to_owned());
    }
    let endpoint = format!("{} {}", operation.method, operation.path.value);
    for text in [&operation.title, &operation.description] {
        docs::separate(&mut lines);
        lines.extend(docs::text(text.as_ref().filter(|text| text.value != endpoint)));
    }
    lines
}

/// A function of the server's trait: the operation, and what the page says of each parameter that is an
/// argument.
pub(super) fn handler_docs(title: &str, operation: &Operation, parameters: &[ParameterPlan]) -> Vec<String> {
    let mut lines = vec![format!("{}.", docs::code(title))];
    docs::separate(&mut lines);
    lines.extend(operation_docs(operation));
    docs::separate(&mut lines);
    for parameter in parameters.iter().filter(|parameter| parameter.required) {
        lines.extend(indented(format!("- {}:", docs::code(&parameter.wire)), &parameter.docs));
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

fn server_docs(operation: &Operation) -> Vec<String> {
    operation.servers.iter().map(|server| format!("- server: {}", docs::code(&server.url.value))).collect()
}

fn security_docs(api: &Api, operation: &Operation) -> Vec<String> {
    let Some(security) = &operation.security else { return Vec::new() };
    if security.is_empty() {
        return vec!["- authentication: none".to_owned()];
    }
    let describe = |name: &str, scopes: &[String]| {
        let kind = api.security_schemes.get(name).map(|scheme| match &scheme.kind {
            SchemeKind::Http { scheme } => format!("HTTP {}", docs::code(scheme)),
            SchemeKind::ApiKey { name, .. } => format!("API key {}", docs::code(name)),
            SchemeKind::OAuth2 => "OAuth 2".to_owned(),
            SchemeKind::OpenIdConnect { .. } => "OpenID Connect".to_owned(),
            SchemeKind::Unknown => "of a kind that the page does not tell".to_owned(),
        });
        let mut line = format!("{}: {}", docs::code(name), kind.unwrap_or_default());
        for scope in scopes {
            line.push_str(&format!(", permission {}", docs::code(scope)));
        }
        line
    };
    let alternatives = security.iter().map(|requirement| {
        let all: Vec<String> =
            requirement.schemes.iter().map(|(name, scopes)| describe(name, scopes)).collect();
        format!("- authentication: {}", all.join(" and "))
    });
    alternatives.collect()
}

fn parameter_docs(parameter: &ParameterPlan, plans: &[TypePlan]) -> Vec<String> {
    let location = format!("{:?}", parameter.location).to_lowercase();
    let required = if parameter.required { "" } else { ", optional" };
    let ty = match type_link(&parameter.ty, plans) {
        link if link.is_empty() => docs::code(plain_type(&parameter.ty)),
        link => link.trim_end_matches([',', ' ']).to_owned(),
    };
    let head = format!("- {location} parameter {}{required}: {ty}", docs::code(&parameter.wire));
    indented(head, &parameter.docs)
}

fn response_docs(response: &ResponsePlan, plans: &[TypePlan]) -> Vec<String> {
    let bodies: Vec<String> = response
        .bodies
        .iter()
        .map(|body| format!("{}{}", type_link(&body.ty, plans), docs::code(&body.media_type)))
        .collect();
    let body = if bodies.is_empty() { "no body".to_owned() } else { bodies.join(" or ") };
    indented(format!("- response {}: {body}", response.status), &response.docs)
}

/// An item and the lines below it.
pub(super) fn indented(head: String, below: &[String]) -> Vec<String> {
    let mut lines = vec![head];
    if !below.is_empty() {
        lines.push(String::new());
        lines.extend(
            below.iter().map(|line| if line.is_empty() { String::new() } else { format!("  {line}") }),
        );
        lines.push(String::new());
    }
    lines
}

/// A link to a named type, with the comma that follows it; empty for other types.
fn type_link(ty: &RustType, plans: &[TypePlan]) -> String {
    match named(ty).and_then(|id| plans.get(id.0)) {
        Some(plan) => format!("[`{0}`](types::{0}), ", plan.name),
        None => String::new(),
    }
}

/// What a type without a name of its own is called in prose.
fn plain_type(ty: &RustType) -> &'static str {
    match ty {
        RustType::Unit => "null",
        RustType::Bool => "bool",
        RustType::I32 => "i32",
        RustType::I64 => "i64",
        RustType::F32 => "f32",
        RustType::F64 => "f64",
        RustType::String => "String",
        RustType::Timestamp => "Timestamp",
        RustType::Date => "Date",
        RustType::Uuid => "Uuid",
        RustType::Bytes => "bytes",
        RustType::Vec(_) => "array",
        RustType::Map(_) | RustType::FreeForm => "object",
        RustType::Option(inner) | RustType::Boxed(inner) | RustType::Secret(inner) => plain_type(inner),
        RustType::Value | RustType::Named(_) => "any",
    }
}
