//! The router: for each operation what is read of a request, and the function that is called with it.

use quote::quote;
use syn::{Expr, Item, Stmt};

use super::{
    Part,
    crowded::{self, is_crowded},
    is_open,
    limits::{emit_body_check, emit_parameter_check, is_body_validated, is_params_validated},
    required,
};
use crate::{
    emit::{
        delimiter,
        expr::{self, array, call, character, integer, method, name, pair, reference, scoped, text},
        syntax::{ident, parsed},
    },
    lower::{
        client::request_body,
        outcomes::number,
        plan::{BodyPlan, OperationPlan, ParameterPlan, Plan, ReplyPlan, RequirementPlan},
        security::usual,
    },
    model::ParameterLocation,
};

/// The function that makes a router of a service.
pub(super) fn emit_router(plan: &Plan, operations: &[&OperationPlan], secured: bool, part: Part) -> Item {
    let realm = &plan.name;
    let mutable = (!operations.is_empty()).then(|| quote!(mut));
    let usual = usual(operations);
    let authenticated = secured.then(|| {
        let accepted = emit_accepted(usual, plan);
        quote!(.authenticated_by(S::authenticate, #accepted))
    });
    let app = quote!(let #mutable app = Routes::new(#realm, service, S::problem)#authenticated;);
    let mut router = match part {
        Part::Operations => parsed(quote! {
            /// A router that answers every request with what a service replies, or with a refusal. It can be
            /// nested below a base path.
            pub fn router<S: Service>(service: S) -> Router {
                #app
                app.into_router()
            }
        }),
        Part::Webhooks => parsed(quote! {
            /// A router that answers every request with what a service replies, or with a refusal. Each webhook is at
            /// the path that `path` gives for its documented name; of several at one path, the first answers.
            pub fn webhooks<S: Webhooks>(service: S, path: impl Fn(&'static str) -> &'static str) -> Router {
                #app
                app.into_router()
            }
        }),
    };
    if let Item::Fn(function) = &mut router {
        // A statement each: a chain of all calls would be nested as deep as there are operations, for whoever parses it.
        let routes = operations.iter().map(|operation| {
            let route = emit_route(operation, plan, part, usual);
            Stmt::Expr(route, Some(Default::default()))
        });
        let statements = &mut function.block.stmts;
        let end = statements.len().saturating_sub(1);
        statements.splice(end..end, routes);
    }
    router
}

fn emit_route(operation: &OperationPlan, plan: &Plan, part: Part, usual: &[Vec<RequirementPlan>]) -> Expr {
    let verb = operation.method.to_string();
    let app = name(ident("app"));
    let own = operation.security.as_deref().filter(|accepted| part == Part::Webhooks || *accepted != usual);
    let mut route = match part {
        Part::Operations => {
            let at = if operation.security.is_some() && own.is_none() { "secured" } else { "at" };
            method(app, at, [text(&format!("{verb} {}", operation.path))])
        }
        Part::Webhooks => {
            let path = call(name(ident("path")), [text(&operation.path)]);
            method(app, "webhook", [text(&verb), path])
        }
    };
    if let Some(accepted) = own {
        route = method(route, "secured", [emit_accepted(accepted, plan)]);
    }
    if is_crowded(operation) {
        let function = crowded::emit_function(operation, plan, part);
        return method(method(route, "request", []), "outcome", [function]);
    }
    for parameter in required(operation) {
        let check = emit_parameter_check(parameter, &plan.types).map(expr::parsed);
        route = emit_parameter(route, parameter);
        route = check.into_iter().fold(route, |route, check| method(route, "limit", [check]));
    }
    if operation.params.is_some() {
        route = method(route, "params", []);
    }
    if is_params_validated(operation) {
        route = method(route, "validated", []);
    }
    if let Some(body) = request_body(operation) {
        let reader = format!("{}_body", body_kind(operation, body));
        route = method(route, &reader, [text(&body.media_type)]);
    }
    if is_body_validated(operation, &plan.types) {
        route = method(route, "validated", []);
    }
    if let Some(check) = emit_body_check(operation, &plan.types) {
        route = method(route, "limit", [expr::parsed(check)]);
    }
    let handler = scoped("S", operation.handler.ident());
    if is_open(operation) {
        return method(route, "response", [handler]);
    }
    let (answer, arguments) = emit_reply(&operation.reply);
    method(route, answer, arguments.into_iter().chain([handler]))
}

/// The alternatives of credentials, each with its permissions.
fn emit_accepted(alternatives: &[Vec<RequirementPlan>], plan: &Plan) -> Expr {
    let alternatives = alternatives.iter().map(|requirements| {
        let schemes = requirements.iter().filter_map(|requirement| plan.schemes.get(requirement.scheme));
        let schemes = schemes.map(|scheme| name(scheme.constant.ident()));
        let permissions = requirements.iter().flat_map(|requirement| &requirement.permissions);
        let permissions = permissions.map(|permission| text(permission));
        pair(reference(array(schemes)), reference(array(permissions)))
    });
    reference(array(alternatives))
}

/// The reader of a parameter that is an argument.
fn emit_parameter(route: Expr, parameter: &ParameterPlan) -> Expr {
    let wire = text(&parameter.wire);
    if parameter.repeated || parameter.is_object() {
        let reader = if parameter.repeated { "several" } else { "object" };
        return method(route, reader, [emit_place(parameter), wire]);
    }
    let place = match parameter.location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    };
    method(route, place, [wire])
}

/// Where a parameter travels.
pub(super) fn emit_place(parameter: &ParameterPlan) -> Expr {
    let place = match (parameter.location, parameter.style.map(delimiter)) {
        (ParameterLocation::Header, Some(_)) => "HeaderJson",
        (_, Some(delimiter)) => {
            let kind = if parameter.is_object() { "QueryObject" } else { "QueryList" };
            return call(scoped("In", ident(kind)), [character(delimiter)]);
        }
        (ParameterLocation::Path, None) => "Path",
        (ParameterLocation::Query, None) => "Query",
        (ParameterLocation::Header, None) => "Header",
        (ParameterLocation::Cookie, None) => "Cookie",
    };
    scoped("In", ident(place))
}

/// What a body is read as, and whether it may be missing.
pub(super) fn body_kind(operation: &OperationPlan, body: &BodyPlan) -> &'static str {
    let required = operation.request.as_ref().is_some_and(|request| request.required);
    match (body.form, body.json, required) {
        (true, _, true) => "form",
        (true, _, false) => "optional_form",
        (false, true, true) => "json",
        (false, true, false) => "optional_json",
        (false, false, true) => "raw",
        (false, false, false) => "optional_raw",
    }
}

/// What makes a response of a reply, and its arguments.
pub(super) fn emit_reply(reply: &ReplyPlan) -> (&'static str, Vec<Expr>) {
    let (status, body) = match reply {
        ReplyPlan::Open => return ("open", Vec::new()),
        ReplyPlan::Enum(_) => return ("documented", Vec::new()),
        ReplyPlan::One(status, body) => (number(*status), body),
    };
    // Less than a code is a class, in which the service chooses one.
    let open = status < 100;
    let status = integer(status);
    let Some(body) = body else {
        return (if open { "open_empty" } else { "empty" }, vec![status]);
    };
    let answer = match (open, body.json) {
        (true, true) => "open_json",
        (true, false) => "open_body",
        (false, true) if body.media_type == "application/json" => return ("json", vec![status]),
        (false, true) => "json_as",
        (false, false) => "body",
    };
    (answer, vec![status, text(&body.media_type)])
}
