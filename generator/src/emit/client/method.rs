//! The method of an operation: its arguments, and the call that it sends.

use quote::quote;
use syn::{Block, Expr, FnArg, FnModifiers, ImplItem, ImplItemFn, Stmt, Type, Visibility};

use crate::{
    emit::{
        delimiter,
        expr::{self, MOST_STEPS, array, call, character, integer, name, reference, text},
        failure_type, outer_name, outer_type, signature,
        syntax::{docs, generic, ident, named},
    },
    lower::{
        client::{content_type, request_body},
        plan::{ContentPlan, OperationPlan, ParameterPlan, Plan, RustType, TypePlan},
        security::alternatives,
    },
    model::ParameterLocation,
};

pub(super) fn emit_method(operation: &OperationPlan, plan: &Plan) -> ImplItem {
    let all = &plan.types;
    let success = emit_success_type(operation, all);
    let outcome = generic("Outcome", [success].into_iter().chain(failure_type(operation)));
    let mut sig = signature::method(operation.name.ident(), emit_arguments(operation, all), outcome);
    sig.asyncness = Some(Default::default());
    ImplItem::Fn(ImplItemFn {
        attrs: docs(std::slice::from_ref(&operation.summary)),
        vis: Visibility::Public(Default::default()),
        modifiers: FnModifiers::default(),
        sig,
        block: Block { brace_token: Default::default(), stmts: emit_call(operation, plan) },
    })
}

/// The request, filled in and sent.
fn emit_call(operation: &OperationPlan, plan: &Plan) -> Vec<Stmt> {
    let title = text(&format!("{} {}", operation.method, operation.path));
    let core = reference(expr::field(name(ident("self")), 0));
    let mut request = call(expr::scoped("Call", ident("new")), [core, title]);
    let mut statements = Vec::new();
    let mut steps = emit_steps(operation, plan).into_iter().peekable();
    while steps.peek().is_some() {
        let some = steps.by_ref().take(MOST_STEPS);
        request = some.fold(request, |call, (step, arguments)| expr::method(call, step, arguments));
        statements.push(expr::variable(ident("call"), request));
        request = name(ident("call"));
    }
    statements.push(Stmt::Expr(emit_send(request, operation), None));
    statements
}

/// A request is sent, and what is documented is awaited.
fn emit_send(call: Expr, operation: &OperationPlan) -> Expr {
    let statuses = || [reference(array(operation.success.statuses.iter().map(|status| integer(*status))))];
    expr::awaited(match operation.success.content {
        ContentPlan::Json(_) => expr::method(call, "json", statuses()),
        ContentPlan::Raw => expr::method(call, "raw", statuses()),
        ContentPlan::Empty => expr::method(call, "empty", statuses()),
        ContentPlan::Enum(_) => expr::method(call, "documented", []),
    })
}

fn emit_success_type(operation: &OperationPlan, all: &[TypePlan]) -> Type {
    match &operation.success.content {
        ContentPlan::Json(ty) => outer_type(ty, all),
        ContentPlan::Raw => named(ident("RawBody")),
        ContentPlan::Empty => signature::tuple([]),
        ContentPlan::Enum(name) => outer_name(name),
    }
}

/// The required parameters, then the optional ones, then the body.
fn emit_arguments(operation: &OperationPlan, all: &[TypePlan]) -> Vec<FnArg> {
    let required = operation.parameters.iter().filter(|it| it.required);
    let required = required.map(|it| signature::argument(it.name.ident(), emit_argument_type(it, all)));
    let params = operation
        .params
        .iter()
        .map(|params| signature::argument(ident("params"), signature::reference(outer_name(&params.name))));
    let body = request_body(operation).map(|body| {
        let ty = || signature::reference(outer_type(&body.ty, all));
        let ty = match (body.is_typed(), is_optional(operation)) {
            (true, false) => ty(),
            (true, true) => generic("Option", [ty()]),
            (false, false) => signature::parsed(quote!(impl Into<Bytes>)),
            (false, true) => generic("Option", [named(ident("Bytes"))]),
        };
        signature::argument(ident("body"), ty)
    });
    required.chain(params).chain(body).collect()
}

/// Whether the body can be left out.
fn is_optional(operation: &OperationPlan) -> bool {
    operation.request.as_ref().is_some_and(|request| request.optional)
}

fn emit_argument_type(parameter: &ParameterPlan, all: &[TypePlan]) -> Type {
    match &parameter.ty {
        ty if parameter.repeated => signature::reference(signature::slice(outer_type(ty, all))),
        RustType::String => signature::reference(named(ident("str"))),
        RustType::Vec(item) => signature::reference(signature::slice(outer_type(item, all))),
        ty if is_copy(ty) => outer_type(ty, all),
        ty => signature::reference(outer_type(ty, all)),
    }
}

/// Whether values of a type are passed by value.
fn is_copy(ty: &RustType) -> bool {
    matches!(
        ty,
        RustType::Bool
            | RustType::I32
            | RustType::I64
            | RustType::F32
            | RustType::F64
            | RustType::Timestamp
            | RustType::Date
            | RustType::Uuid
    )
}

/// A call of the runtime's, with its arguments.
type Step = (&'static str, Vec<Expr>);

/// The calls that fill in a request.
fn emit_steps(operation: &OperationPlan, plan: &Plan) -> Vec<Step> {
    let placed = operation.placeholders.iter().filter_map(|at| operation.parameters.get(*at));
    let mut steps: Vec<Step> =
        placed.map(|parameter| ("path", vec![text(&parameter.wire), emit_values(parameter)])).collect();
    for parameter in operation.parameters.iter().filter(|parameter| parameter.required) {
        let (wire, values) = (text(&parameter.wire), emit_values(parameter));
        match (parameter.location, parameter.style.map(delimiter)) {
            (ParameterLocation::Path, _) => {}
            (ParameterLocation::Query, Some(delimiter)) => {
                let step = if parameter.is_object() { "query_object" } else { "query_list" };
                steps.push((step, vec![wire, character(delimiter), values]));
            }
            (ParameterLocation::Query, None) => steps.push(("query", vec![wire, values])),
            (ParameterLocation::Header, Some(_)) => steps.push(("header_json", vec![wire, values])),
            (ParameterLocation::Header, _) if parameter.repeated => {
                steps.push(("header_list", vec![wire, values]));
            }
            (ParameterLocation::Header, _) => steps.push(("header", vec![wire, values])),
            (ParameterLocation::Cookie, _) => steps.push(("cookie", vec![wire, values])),
        }
    }
    steps.extend(operation.params.iter().map(|_| ("params", vec![name(ident("params"))])));
    steps.extend(operation.accept.iter().map(|types| ("accept", vec![text(types)])));
    steps.extend(operation.keep_redirects.then(|| ("keep_redirects", Vec::new())));
    let own = alternatives(operation);
    steps.extend((own != plan.security).then(|| ("security", vec![emit_security(&own, plan)])));
    steps.extend(request_body(operation).map(|body| {
        let argument = name(ident("body"));
        match (content_type(body), body.json) {
            (content_type, _) if body.form => ("form", vec![text(content_type), argument]),
            ("application/json", true) => ("body", vec![argument]),
            (content_type, true) => ("body_as", vec![text(content_type), argument]),
            (content_type, false) if is_optional(operation) => {
                ("raw_body", vec![text(content_type), argument])
            }
            (content_type, false) => {
                ("raw_body", vec![text(content_type), call(name(ident("Some")), [argument])])
            }
        }
    }));
    steps
}

/// The values of a parameter that is an argument: one, or several.
fn emit_values(parameter: &ParameterPlan) -> Expr {
    let value = name(parameter.name.ident());
    match parameter.repeated {
        true => value,
        false if is_copy(&parameter.ty) => array([reference(value)]),
        false => array([value]),
    }
}

/// Alternatives of credentials, by the names of their schemes.
pub(super) fn emit_security(alternatives: &[Vec<usize>], plan: &Plan) -> Expr {
    let alternatives = alternatives.iter().map(|schemes| {
        let schemes = schemes.iter().filter_map(|scheme| plan.schemes.get(*scheme));
        reference(array(schemes.map(|scheme| text(&scheme.wire))))
    });
    reference(array(alternatives))
}
