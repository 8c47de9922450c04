//! The server of an API: a trait to implement, an enum of documented responses for each operation, and a
//! router. What never varies is in `docwright_runtime::server`.
//!
//! Webhooks have no place in it: the vendor calls them.

mod reply;
mod route;

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, emit_rust_type};
use crate::lower::plan::{
    OperationPlan, ParameterPlan, Plan, RequestPlan, RustType, SchemeKindPlan, SchemePlan, TypePlan,
};

/// The items of an API's `server.rs`.
pub(crate) fn server(plan: &Plan) -> Vec<TokenStream> {
    let operations: Vec<&OperationPlan> = plan.operations.iter().filter(|o| !o.webhook).collect();
    let secured = operations.iter().any(|operation| operation.security.is_some());
    let mut items = imports(plan, &operations, secured);
    items.push(emit_service(plan, &operations, secured));
    items.push(route::emit_router(plan, &operations));
    items
        .extend(plan.schemes.iter().enumerate().filter(|(at, _)| is_used(*at, &operations)).map(emit_scheme));
    items.extend(secured.then(emit_caller));
    for operation in operations {
        items.push(reply::emit_reply(operation, &plan.types));
    }
    items
}

fn imports(plan: &Plan, operations: &[&OperationPlan], secured: bool) -> Vec<TokenStream> {
    let types = operations.iter().any(|operation| uses_types(operation));
    let validate = operations.iter().any(|operation| route::checks_nested(operation, &plan.types));
    let handled = !operations.is_empty();
    let reads = operations.iter().any(|operation| !operation.parameters.is_empty()).then(|| quote!(In,));
    let credentials = secured.then(|| quote!(Asked, Credentials, Denied,));
    let all = [
        (
            types,
            quote!(
                use super::types;
            ),
        ),
        (
            true,
            quote!(
                use ::axum::{
                    Router,
                    response::{IntoResponse, Response},
                };
            ),
        ),
        (
            validate,
            quote!(
                use ::docwright_runtime::Validate;
            ),
        ),
        (true, quote!(use ::docwright_runtime::server::{self, #credentials #reads Problem};)),
        (
            handled || secured,
            quote!(
                use ::std::future::Future;
            ),
        ),
    ];
    all.into_iter().filter_map(|(used, import)| used.then_some(import)).collect()
}

/// Whether an operation names a type of the types' module.
fn uses_types(operation: &OperationPlan) -> bool {
    let named = |ty: &RustType| matches!(ty, RustType::Named(_));
    let response = operation.responses.iter().flat_map(|response| &response.bodies);
    operation.params.is_some()
        || operation.parameters.iter().any(|parameter| named(&parameter.ty))
        || operation.request.as_ref().and_then(body).is_some_and(|body| body.json)
        || response.into_iter().any(|body| body.json)
}

/// Whether an operation asks for a scheme.
fn is_used(scheme: usize, operations: &[&OperationPlan]) -> bool {
    let mut asked = operations.iter().flat_map(|operation| operation.security.iter().flatten().flatten());
    asked.any(|requirement| requirement.scheme == scheme)
}

fn emit_service(plan: &Plan, operations: &[&OperationPlan], secured: bool) -> TokenStream {
    let about = format!(" The API `{}`, to be implemented: an `async fn` for each operation.", plan.module);
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
    let functions = operations.iter().map(|operation| emit_function(operation, &plan.types));
    quote! {
        #[doc = #about]
        pub trait Service: Send + Sync + 'static {
            #authenticate
            #(#functions)*
            /// The form of a refusal: problem details (RFC 9457), unless the API has its own.
            fn problem(&self, problem: Problem) -> Response {
                problem.into_response()
            }
        }
    }
}

fn emit_function(operation: &OperationPlan, all: &[TypePlan]) -> TokenStream {
    let name = operation.handler.ident();
    let reply = operation.reply.ident();
    let docs = docs(&operation.handler_docs);
    let caller = operation.security.is_some().then(|| quote!(caller: Self::Caller,));
    let parameters = required(operation).map(|parameter| {
        let name = parameter.name.ident();
        let ty = parameter_type(parameter, all);
        quote!(#name: #ty,)
    });
    let params = operation.params.as_ref().map(|params| {
        let name = params.name.ident();
        quote!(params: types::#name,)
    });
    let body = body_type(operation, all).map(|ty| quote!(body: #ty,));
    quote! {
        #docs
        fn #name(&self, #caller #(#parameters)* #params #body) -> impl Future<Output = #reply> + Send;
    }
}

/// The parameters that are arguments.
fn required(operation: &OperationPlan) -> impl Iterator<Item = &ParameterPlan> {
    operation.parameters.iter().filter(|parameter| parameter.required)
}

fn parameter_type(parameter: &ParameterPlan, all: &[TypePlan]) -> TokenStream {
    let ty = outside(&parameter.ty, all);
    if parameter.repeated { quote!(Vec<#ty>) } else { ty }
}

/// The type of the body as an argument.
fn body_type(operation: &OperationPlan, all: &[TypePlan]) -> Option<TokenStream> {
    let request = operation.request.as_ref()?;
    let body = body(request)?;
    let ty = if body.json { outside(&body.ty, all) } else { quote!(::axum::body::Bytes) };
    Some(if request.required { ty } else { quote!(Option<#ty>) })
}

/// The body that a server reads: JSON where the page documents it, otherwise the first that it documents.
fn body(request: &RequestPlan) -> Option<&crate::lower::plan::BodyPlan> {
    request.bodies.iter().find(|body| body.json).or(request.bodies.first())
}

/// A type expression outside of the types' module.
fn outside(ty: &RustType, all: &[TypePlan]) -> TokenStream {
    let inside = emit_rust_type(ty, all);
    match ty {
        RustType::Named(_) => quote!(types::#inside),
        RustType::Secret(_) => quote!(::docwright_runtime::#inside),
        _ => inside,
    }
}

fn emit_scheme((_, scheme): (usize, &SchemePlan)) -> TokenStream {
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
    quote!(const #constant: server::Scheme = server::Scheme::#value;)
}

/// The function that has credentials checked.
fn emit_caller() -> TokenStream {
    quote! {
        async fn caller<S: Service>(service: &S, asked: Asked) -> Result<S::Caller, Problem> {
            asked?.check(|credentials, permissions| service.authenticate(credentials, permissions)).await
        }
    }
}
