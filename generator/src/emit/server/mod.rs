//! The server of an API: a trait to implement, and a router. What never varies is in `docwright_runtime::server`.
//!
//! What the vendor calls has a trait and a router of its own ([`Part::Webhooks`]): the receiver chooses its paths.

mod crowded;
mod limits;
mod route;

use foldhash::HashSet;
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::{FnModifiers, Item, TraitItem, TraitItemFn, Type};

use super::{
    failure_type, outer_name, outer_type,
    signature::{self, argument},
    syntax::{applied, docs, generic, global, ident, named, parsed, scoped, type_path},
};
use crate::lower::{
    client::request_body,
    outcomes::number,
    plan::{
        BodyPlan, OperationPlan, ParameterPlan, Plan, ReplyPlan, RustType, SchemeKindPlan, SchemePlan,
        TypePlan,
    },
};

/// The items of an API's `server.rs`.
pub(crate) fn server(plan: &Plan) -> Vec<Item> {
    let all: Vec<&OperationPlan> = plan.operations.iter().collect();
    let (webhooks, operations): (Vec<_>, Vec<_>) = all.iter().copied().partition(|o| o.webhook);
    let mut items: Vec<Item> = imports(plan, &all).into_iter().map(parsed).collect();
    let mut parts = Vec::new();
    // An API that documents nothing has a server of nothing.
    if !operations.is_empty() || webhooks.is_empty() {
        parts.push((Part::Operations, operations));
    }
    if !webhooks.is_empty() {
        parts.push((Part::Webhooks, webhooks));
    }
    for (part, operations) in &parts {
        let secured = operations.iter().any(|operation| operation.security.is_some());
        items.push(emit_service(plan, operations, secured, *part));
        items.push(route::emit_router(plan, operations, secured, *part));
    }
    let asked = asked_schemes(&all);
    let used = plan.schemes.iter().enumerate().filter(|(at, _)| asked.contains(at));
    items.extend(used.map(|(_, scheme)| parsed(emit_scheme(scheme))));
    items
}

/// What a trait and its router are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// What the vendor serves.
    Operations,
    /// What the vendor calls.
    Webhooks,
}

impl Part {
    /// The name of the trait.
    fn service(self) -> Ident {
        Ident::new(if self == Self::Operations { "Service" } else { "Webhooks" }, Span::call_site())
    }
}

fn imports(plan: &Plan, operations: &[&OperationPlan]) -> Vec<TokenStream> {
    let any = |is: &dyn Fn(&OperationPlan) -> bool| operations.iter().any(|operation| is(operation));
    let types = any(&uses_types).then(|| {
        quote!(
            use super::types::*;
        )
    });
    let raw = any(&|o| matches!(&o.reply, ReplyPlan::One(_, Some(body)) if !body.json));
    let raw = raw.then(|| quote!(body::Body,));
    let nested = any(&|operation| limits::checks_nested(operation, &plan.types));
    let validate = nested.then(|| {
        quote!(
            use ::docwright_runtime::Validate;
        )
    });
    let secured = any(&|operation| operation.security.is_some());
    let open = any(&is_open);
    let future = (secured || open).then(|| {
        quote!(
            use ::std::future::Future;
        )
    });
    let crowded = |operation: &OperationPlan| crowded::is_crowded(operation);
    let placed = |operation: &OperationPlan| {
        required(operation).any(|it| it.repeated || it.is_object() || crowded(operation))
    };
    let limited = |o: &OperationPlan| crowded(o) && crowded::has_limits(o, plan);
    let names = [
        (any(&|operation| crowded(operation) && !is_open(operation)), quote!(Answer)),
        (secured, quote!(Credentials)),
        (secured, quote!(Denied)),
        (any(&placed), quote!(In)),
        (any(&crowded), quote!(Incoming)),
        (any(&|operation| crowded(operation) && !is_open(operation)), quote!(IntoReply)),
        (any(&limited), quote!(Limits)),
        (true, quote!(Problem)),
        (any(&|operation| !is_open(operation) && !operation.headers), quote!(Replies)),
        (any(&|operation| !is_open(operation) && operation.headers), quote!(RepliesWithHeaders)),
        (true, quote!(Routes)),
        (!asked_schemes(operations).is_empty(), quote!(Scheme)),
    ];
    let names = names.into_iter().filter_map(|(used, name)| used.then_some(name));
    let axum = quote!(
        use ::axum::{
            Router,
            #raw
            response::{IntoResponse, Response},
        };
    );
    let runtime = quote!(use ::docwright_runtime::server::{#(#names),*};);
    types.into_iter().chain([axum]).chain(validate).chain([runtime]).chain(future).collect()
}

/// Whether an operation names a type of the types' module.
fn uses_types(operation: &OperationPlan) -> bool {
    let reply = match &operation.reply {
        ReplyPlan::One(_, body) => body.as_ref().is_some_and(|body| body.json),
        ReplyPlan::Enum(_) => true,
        ReplyPlan::Open => false,
    };
    reply
        || operation.params.is_some()
        || operation.failure.is_some()
        || operation.parameters.iter().any(|parameter| matches!(parameter.ty, RustType::Named(_)))
        || request_body(operation).is_some_and(BodyPlan::is_typed)
}

/// The numbers of the schemes that operations ask for.
fn asked_schemes(operations: &[&OperationPlan]) -> HashSet<usize> {
    let asked = operations.iter().flat_map(|operation| operation.security.iter().flatten().flatten());
    asked.map(|requirement| requirement.scheme).collect()
}

fn emit_service(plan: &Plan, operations: &[&OperationPlan], secured: bool, part: Part) -> Item {
    let name = part.service();
    let about = match part {
        Part::Operations => {
            format!(" The API `{}`, to be implemented: an `async fn` for each operation.", plan.module)
        }
        Part::Webhooks => {
            format!(
                " What the API `{}` calls, to be implemented: an `async fn` for each webhook.",
                plan.module
            )
        }
    };
    let authenticate = secured.then(|| {
        quote! {
            /// Who sends a request: what [`authenticate`](Self::authenticate) makes of credentials.
            type Caller: Send;

            /// Checks the credentials of a request, before anything else of it is read. The permissions are
            /// those that the operation's page asks for.
            fn authenticate(
                &self,
                credentials: Credentials,
                permissions: &'static [&'static str],
            ) -> impl Future<Output = Result<Self::Caller, Denied>> + Send;
        }
    });
    let mut service = parsed(quote! {
        #[doc = #about]
        pub trait #name: Send + Sync + 'static {
            #authenticate
            /// The form of a refusal: problem details (RFC 9457), unless the API has its own.
            fn problem(&self, problem: Problem) -> Response {
                problem.into_response()
            }
        }
    });
    if let Item::Trait(service) = &mut service {
        let functions = operations.iter().map(|operation| emit_function(operation, &plan.types));
        let end = service.items.len().saturating_sub(1);
        service.items.splice(end..end, functions);
    }
    service
}

fn emit_function(operation: &OperationPlan, all: &[TypePlan]) -> TraitItem {
    let caller =
        operation.security.is_some().then(|| argument(ident("caller"), scoped("Self", ident("Caller"))));
    let parameters =
        required(operation).map(|parameter| argument(parameter.name.ident(), parameter_type(parameter, all)));
    let params = operation.params.iter().map(|params| argument(ident("params"), outer_name(&params.name)));
    let body = body_type(operation, all).map(|ty| argument(ident("body"), ty));
    let arguments = caller.into_iter().chain(parameters).chain(params).chain(body);
    TraitItem::Fn(TraitItemFn {
        attrs: docs(std::slice::from_ref(&operation.summary)),
        modifiers: FnModifiers::default(),
        sig: signature::method(operation.handler.ident(), arguments, emit_reply(operation, all)),
        default: None,
        semi_token: Some(Default::default()),
    })
}

/// What a function gives, as an `async fn`: any response, where the page documents none.
fn emit_reply(operation: &OperationPlan, all: &[TypePlan]) -> Type {
    if is_open(operation) {
        return signature::parsed(quote!(impl Future<Output = Response> + Send));
    }
    let outcome = [emit_success(&operation.reply, all)].into_iter().chain(failure_type(operation));
    signature::implements(applied(ident(replies(operation)).into(), outcome))
}

/// The trait of what a function gives.
fn replies(operation: &OperationPlan) -> &'static str {
    if operation.headers { "RepliesWithHeaders" } else { "Replies" }
}

/// Whether the page documents no response.
fn is_open(operation: &OperationPlan) -> bool {
    matches!(operation.reply, ReplyPlan::Open) && operation.failure.is_none()
}

/// What a function gives where all goes well. A status that the page leaves open stands before the body.
fn emit_success(reply: &ReplyPlan, all: &[TypePlan]) -> Type {
    let body = |body: &BodyPlan| match body.json {
        true => outer_type(&body.ty, all),
        false => named(ident("Body")),
    };
    let status = || named(ident("u16"));
    match reply {
        ReplyPlan::One(status_plan, Some(plan)) if number(*status_plan) < 100 => {
            signature::tuple([status(), body(plan)])
        }
        ReplyPlan::One(status_plan, None) if number(*status_plan) < 100 => status(),
        ReplyPlan::One(_, Some(plan)) => body(plan),
        ReplyPlan::One(_, None) => signature::tuple([]),
        ReplyPlan::Enum(name) => outer_name(name),
        ReplyPlan::Open => named(ident("Response")),
    }
}

/// The parameters that are arguments.
fn required(operation: &OperationPlan) -> impl Iterator<Item = &ParameterPlan> {
    operation.parameters.iter().filter(|parameter| parameter.required)
}

fn parameter_type(parameter: &ParameterPlan, all: &[TypePlan]) -> Type {
    let ty = outer_type(&parameter.ty, all);
    if parameter.repeated { generic("Vec", [ty]) } else { ty }
}

/// The type of the body as an argument.
fn body_type(operation: &OperationPlan, all: &[TypePlan]) -> Option<Type> {
    let body = request_body(operation)?;
    let ty = match body.is_typed() {
        true => outer_type(&body.ty, all),
        false => type_path(global(&["axum", "body", "Bytes"])),
    };
    let required = operation.request.as_ref().is_some_and(|request| request.required);
    Some(if required { ty } else { generic("Option", [ty]) })
}

fn emit_scheme(scheme: &SchemePlan) -> TokenStream {
    let constant = scheme.constant.ident();
    let wire = &scheme.wire;
    let value = match &scheme.kind {
        SchemeKindPlan::Basic => quote!(basic(#wire)),
        SchemeKindPlan::Bearer => quote!(bearer(#wire)),
        SchemeKindPlan::Header(name) => quote!(header(#wire, #name)),
        SchemeKindPlan::Query(name) => quote!(query(#wire, #name)),
        SchemeKindPlan::Cookie(name) => quote!(cookie(#wire, #name)),
        SchemeKindPlan::Undescribed => quote!(undescribed(#wire)),
    };
    quote!(const #constant: Scheme = Scheme::#value;)
}
