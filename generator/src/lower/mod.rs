//! Lowering: a resolved API comes in, a plan of what to write goes out. The only stage that decides.
//!
//! Enter at [`lower`]. Names are made in [`names`], types in [`types`]; [`plan`] is what comes out.

mod docs;
mod enums;
mod limits;
pub(crate) mod names;
pub(crate) mod plan;
mod rename;
mod types;

use std::collections::HashMap;

use self::{
    names::{Kind, Name, Scope},
    plan::{
        BodyPlan, Imports, OperationPlan, ParameterPlan, Plan, Presence, ResponsePlan, RustType, TypeBody,
        TypeId, TypePlan,
    },
    types::{Place, Types},
};
use crate::{
    diagnostic::Diagnostic,
    model::{Api, MediaType, Operation, Parameter, Response, SchemeKind, Status},
};

/// The plan of an API, and what there was to say.
pub(crate) fn lower(api: &Api) -> (Plan, Vec<Diagnostic>) {
    let mut types = Types::default();
    let mut functions = Scope::default();
    let mut uses: HashMap<TypeId, Vec<Use>> = HashMap::new();
    let operations: Vec<OperationPlan> = api
        .operations
        .iter()
        .map(|operation| {
            let name = functions.name(Kind::Value, &operation.id);
            lower_operation(&mut types, &mut uses, operation, name)
        })
        .collect();
    let (mut plans, order, diagnostics) = types.finish();
    document(&mut plans, &uses);
    let docs = module_docs(api, &operations, &plans);
    let module = Scope::default().name(Kind::Value, &api.name);
    (Plan { module, docs, imports: imports(&plans), types: plans, order, operations }, diagnostics)
}

/// [`Use::what`] of a request's body.
const REQUEST: &str = "request";

/// Where a type is a body.
struct Use {
    /// [`REQUEST`], or the response's status.
    what: String,
    operation: String,
}

fn lower_operation(
    types: &mut Types,
    uses: &mut HashMap<TypeId, Vec<Use>>,
    operation: &Operation,
    name: Name,
) -> OperationPlan {
    let title = format!("{} {}", operation.method, operation.path.value);
    let mut scope = Scope::default();
    let parameters =
        operation.parameters.iter().map(|p| lower_parameter(types, &mut scope, operation, p)).collect();
    let mut lower_content = |content: &[MediaType], fallback: &str, what: String, in_request: bool| {
        let lowered = content.iter().enumerate().map(|(at, media)| {
            // Only a body in several media types needs them in its types' names.
            let subtype = media.name.value.rsplit('/').next().filter(|_| at > 0).unwrap_or_default();
            let (plan, id) = lower_body(types, media, &format!("{fallback} {subtype}"), in_request);
            uses.entry(id).or_default().push(Use { what: what.clone(), operation: title.clone() });
            plan
        });
        lowered.collect::<Vec<BodyPlan>>()
    };
    let body = operation.request_body.as_ref().map_or_else(Vec::new, |body| {
        lower_content(&body.content, &format!("{} request", operation.id), REQUEST.to_owned(), true)
    });
    let error_names = error_names(operation);
    let responses = operation
        .responses
        .iter()
        .map(|response| {
            let fallback = format!("{} {}", operation.id, response_name(operation, response, &error_names));
            let what = response.status.to_string();
            let body = lower_content(&response.content, &fallback, what, false);
            ResponsePlan { status: response.status, body }
        })
        .collect();
    OperationPlan {
        name,
        method: operation.method,
        path: operation.path.value.clone(),
        webhook: operation.webhook,
        docs: operation_docs(operation),
        parameters,
        body,
        responses,
    }
}

fn lower_parameter(
    types: &mut Types,
    scope: &mut Scope,
    operation: &Operation,
    parameter: &Parameter,
) -> ParameterPlan {
    let wire = &parameter.name.value;
    let name = format!("{} {wire}", operation.id);
    let place = Place { name: &name, field: wire, in_request: false };
    let (ty, checks) = types.lower(&parameter.schema, place);
    ParameterPlan {
        name: scope.name(Kind::Value, wire),
        wire: wire.clone(),
        location: parameter.location,
        required: parameter.required,
        ty,
        checks,
        docs: docs::parameter(wire, &parameter.schema),
    }
}

/// A body's type always has a name: that of the linked resource where no other type took it before.
fn lower_body(types: &mut Types, media: &MediaType, fallback: &str, in_request: bool) -> (BodyPlan, TypeId) {
    let resource = media.schema.resource.as_ref().map(|link| link.name.value.as_str());
    let name = resource.filter(|name| types.is_free(name)).unwrap_or(fallback);
    let place = Place { name, field: "", in_request };
    let (ty, checks) = types.lower(&media.schema, place);
    let id = types.alias(ty, checks, &media.schema, place);
    (BodyPlan { media_type: media.name.value.clone(), ty: RustType::Named(id) }, id)
}

/// The names of error responses: `error` where all of an operation's errors have one shape, otherwise the
/// status each.
fn error_names(operation: &Operation) -> Vec<(Status, &'static str)> {
    let errors: Vec<&Response> =
        operation.responses.iter().filter(|r| !is_success(r.status) && !r.content.is_empty()).collect();
    let shape = |response: &Response| {
        // Shapes are compared as they are lowered: equal types are one, whatever pages they stand on.
        let mut types = Types::default();
        let place = Place { name: "x", field: "", in_request: false };
        response.content.first().map(|media| {
            let (ty, _) = types.lower(&media.schema, place);
            let bodies: Vec<TypeBody> = types.finish().0.into_iter().map(|plan| plan.body).collect();
            (ty, bodies)
        })
    };
    let mut shapes = errors.iter().map(|response| shape(response));
    let first = shapes.next();
    if errors.is_empty() || !shapes.all(|other| Some(&other) == first.as_ref()) {
        return Vec::new();
    }
    errors.iter().map(|response| (response.status, "error")).collect()
}

fn response_name(operation: &Operation, response: &Response, error_names: &[(Status, &str)]) -> String {
    if let Some((_, name)) = error_names.iter().find(|(status, _)| *status == response.status) {
        return (*name).to_owned();
    }
    let successes =
        operation.responses.iter().filter(|r| is_success(r.status) && !r.content.is_empty()).count();
    if is_success(response.status) && successes == 1 {
        return "response".into();
    }
    status_name(response.status)
}

fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Class(2))
}

/// The reason phrase of RFC 9110 and its kin, or the number.
fn status_name(status: Status) -> String {
    let name = match status {
        Status::Default => "default",
        Status::Class(1) => "informational",
        Status::Class(2) => "success",
        Status::Class(3) => "redirection",
        Status::Class(4) => "client error",
        Status::Class(_) => "server error",
        Status::Code(code) => match code {
            200 => "ok",
            201 => "created",
            202 => "accepted",
            204 => "no content",
            206 => "partial content",
            207 => "multi status",
            304 => "not modified",
            400 => "bad request",
            401 => "unauthorized",
            402 => "payment required",
            403 => "forbidden",
            404 => "not found",
            405 => "method not allowed",
            406 => "not acceptable",
            408 => "request timeout",
            409 => "conflict",
            410 => "gone",
            412 => "precondition failed",
            413 => "content too large",
            415 => "unsupported media type",
            422 => "unprocessable content",
            429 => "too many requests",
            500 => "internal server error",
            501 => "not implemented",
            502 => "bad gateway",
            503 => "service unavailable",
            504 => "gateway timeout",
            other => return format!("status {other}"),
        },
    };
    name.to_owned()
}

/// Gives every type documentation: what the page says, and where it is a body or whose member it is.
fn document(plans: &mut [TypePlan], uses: &HashMap<TypeId, Vec<Use>>) {
    let mut owners: HashMap<TypeId, (String, String)> = HashMap::new();
    for plan in plans.iter() {
        for (wire, ty) in members(&plan.body) {
            if let Some(id) = named(ty) {
                owners.entry(id).or_insert_with(|| (wire.to_owned(), plan.name.to_string()));
            }
        }
    }
    for (at, plan) in plans.iter_mut().enumerate() {
        let id = TypeId(at);
        if let Some(uses) = uses.get(&id) {
            docs::separate(&mut plan.docs);
            plan.docs.extend(use_docs(uses));
        } else if plan.docs.is_empty() {
            plan.docs.push(match owners.get(&id) {
                Some((wire, owner)) => format!("{} of [`{owner}`].", docs::code(wire)),
                None => "A parameter.".to_owned(),
            });
        }
    }
}

/// What the types need in scope.
fn imports(plans: &[TypePlan]) -> Imports {
    let mut imports = Imports::default();
    for plan in plans {
        imports.serde |= !matches!(plan.body, TypeBody::Alias(..));
        imports.validate |= plan.validate;
        for (_, ty) in members(&plan.body) {
            imports.secret |= *innermost(ty) == RustType::Secret;
        }
        if let TypeBody::Struct(body) = &plan.body {
            for field in &body.fields {
                let presence = field.presence(plan.in_request);
                imports.double_option |= presence == Presence::DoubleOption;
                imports.present |= presence == Presence::Present;
            }
        }
    }
    imports
}

/// Where a type is a body: one sentence for each operation.
fn use_docs(uses: &[Use]) -> Vec<String> {
    let mut operations: Vec<(&str, Vec<&str>)> = Vec::new();
    for used in uses {
        match operations.iter_mut().find(|(operation, _)| *operation == used.operation) {
            Some((_, whats)) => whats.push(&used.what),
            None => operations.push((&used.operation, vec![&used.what])),
        }
    }
    let sentence = |(operation, whats): &(&str, Vec<&str>)| {
        let mut words: Vec<String> = Vec::new();
        words.extend(whats.contains(&REQUEST).then(|| "request body".to_owned()));
        let statuses: Vec<&str> = whats.iter().filter(|what| **what != REQUEST).copied().collect();
        match statuses.split_last() {
            None => {}
            Some((only, [])) => words.push(format!("response {only}")),
            Some((last, before)) => words.push(format!("responses {} and {last}", before.join(", "))),
        }
        let mut sentence = words.join(" and ");
        if let Some(first) = sentence.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        format!("{sentence} of {}.", docs::code(operation))
    };
    match operations.as_slice() {
        [only] => vec![sentence(only)],
        all => all.iter().map(|entry| format!("- {}", sentence(entry))).collect(),
    }
}

fn members(body: &TypeBody) -> Vec<(&str, &RustType)> {
    match body {
        TypeBody::Struct(plan) => {
            let extra = plan.extra.iter().map(|(name, ty)| (name.as_str(), ty));
            plan.fields.iter().map(|field| (field.wire.as_str(), &field.ty)).chain(extra).collect()
        }
        TypeBody::Union(plan) => plan.variants.iter().map(|v| (v.name.as_str(), &v.ty)).collect(),
        TypeBody::Alias(ty, _) => vec![("items", ty)],
        TypeBody::Enum(_) => Vec::new(),
    }
}

fn named(ty: &RustType) -> Option<TypeId> {
    match innermost(ty) {
        RustType::Named(id) => Some(*id),
        _ => None,
    }
}

/// The type inside of arrays, maps and options.
fn innermost(ty: &RustType) -> &RustType {
    match ty {
        RustType::Vec(inner) | RustType::Map(inner) | RustType::Option(inner) => innermost(inner),
        ty => ty,
    }
}

/// What the pages say of the whole API and of each operation, as the module's documentation.
fn module_docs(api: &Api, operations: &[OperationPlan], plans: &[TypePlan]) -> Vec<String> {
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
        for body in &operation.body {
            lines.push(format!("- request: {}{}", type_link(&body.ty, plans), docs::code(&body.media_type)));
        }
        for (response, model) in operation.responses.iter().zip(&model.responses) {
            lines.extend(response_docs(response, model, plans));
        }
    }
    lines
}

fn operation_docs(operation: &Operation) -> Vec<String> {
    let mut lines = Vec::new();
    if operation.deprecated {
        lines.push("Deprecated.".to_owned());
    }
    for text in [&operation.title, &operation.description] {
        docs::separate(&mut lines);
        lines.extend(docs::text(text.as_ref()));
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

fn response_docs(response: &ResponsePlan, model: &Response, plans: &[TypePlan]) -> Vec<String> {
    let bodies: Vec<String> = response
        .body
        .iter()
        .map(|body| format!("{}{}", type_link(&body.ty, plans), docs::code(&body.media_type)))
        .collect();
    let body = if bodies.is_empty() { "no body".to_owned() } else { bodies.join(" or ") };
    indented(format!("- response {}: {body}", response.status), &docs::text(model.description.as_ref()))
}

/// An item and the lines below it.
fn indented(head: String, below: &[String]) -> Vec<String> {
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
        RustType::String | RustType::Secret => "String",
        RustType::Timestamp => "Timestamp",
        RustType::Date => "Date",
        RustType::Uuid => "Uuid",
        RustType::Bytes => "bytes",
        RustType::Vec(_) => "array",
        RustType::Map(_) | RustType::FreeForm => "object",
        RustType::Option(inner) => plain_type(inner),
        RustType::Value | RustType::Named(_) => "any",
    }
}
