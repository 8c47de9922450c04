//! Operations with more arguments than a route can collect: a function in their route reads them.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Expr;

use super::{
    Part, body_type, is_open,
    limits::{emit_body_check, emit_parameter_check, is_body_validated, is_params_validated},
    parameter_type, required,
    route::{body_kind, emit_place, emit_reply},
};
use crate::{
    emit::{
        expr::{self, MOST_STEPS},
        outer_name,
        syntax::ident,
    },
    lower::{
        client::request_body,
        plan::{OperationPlan, Plan},
    },
};

/// How many arguments a route can collect: for functions of as many, the runtime implements `Handler`. Of the pages in
/// `tests/apis/depot`, one has an operation of as many, one of one more.
const MAX_ARGUMENTS: usize = 16;

/// Whether an operation has more arguments.
pub(super) fn is_crowded(operation: &OperationPlan) -> bool {
    let caller = usize::from(operation.security.is_some());
    let params = usize::from(operation.params.is_some());
    let body = usize::from(operation.request.is_some());
    caller + required(operation).count() + params + body > MAX_ARGUMENTS
}

/// The function that reads the request and calls the one of the service: a block of its own, in which its name means
/// nothing else.
pub(super) fn emit_function(operation: &OperationPlan, plan: &Plan, part: Part) -> Expr {
    let (name, service) = (operation.handler.ident(), part.service());
    let reads = emit_reads(operation, plan);
    let limits = emit_limits(operation, plan);
    let caller = operation.security.as_ref().map(|_| ident("caller"));
    let given = caller.as_ref().map(|caller| quote!(#caller: S::Caller,));
    let body = operation.request.as_ref().map(|_| ident("body"));
    let mutable = body.as_ref().map(|_| quote!(mut));
    let arguments: Vec<Ident> = caller
        .into_iter()
        .chain(required(operation).map(|parameter| parameter.name.ident()))
        .chain(operation.params.as_ref().map(|_| ident("params")))
        .chain(body)
        .collect();
    let called = expr::parsed(quote!(service.#name(#(#arguments),*).await));
    let answer = if is_open(operation) {
        quote!(Ok(#called))
    } else {
        let (word, arguments) = emit_reply(&operation.reply);
        let reply = expr::method(called, "into_reply", []);
        let answer = expr::method(reply, word, arguments);
        quote!(#answer)
    };
    expr::parsed(quote!({
        async fn answer<S: #service>(
            service: &S,
            #given
            #mutable request: Incoming,
        ) -> Result<Response, Problem> {
            #reads
            #limits
            #answer
        }
        answer::<S>
    }))
}

/// All that is read of the request, in the order in which it is checked.
fn emit_reads(operation: &OperationPlan, plan: &Plan) -> TokenStream {
    let parameters = required(operation).map(|parameter| {
        let (name, wire) = (parameter.name.ident(), &parameter.wire);
        let ty = parameter_type(parameter, &plan.types);
        let how = ident(match parameter.repeated {
            true => "several",
            false if parameter.is_object() => "object",
            false => "required",
        });
        let place = emit_place(parameter);
        quote!(let #name: #ty = request.#how(#place, #wire)?;)
    });
    let params = operation.params.as_ref().map(|params| {
        let ty = outer_name(&params.name);
        quote!(let params: #ty = request.params()?;)
    });
    let body = request_body(operation).zip(body_type(operation, &plan.types)).map(|(body, ty)| {
        let how = ident(body_kind(operation, body));
        let media_type = &body.media_type;
        quote!(let body: #ty = request.#how(#media_type).await?;)
    });
    quote!(#(#parameters)* #params #body)
}

/// Whether an operation has limits to check.
pub(super) fn has_limits(operation: &OperationPlan, plan: &Plan) -> bool {
    emit_limits(operation, plan).is_some()
}

/// The checks of documented limits, if there are any.
fn emit_limits(operation: &OperationPlan, plan: &Plan) -> Option<TokenStream> {
    let parameters = required(operation).filter_map(|parameter| {
        let (name, wire) = (parameter.name.ident(), &parameter.wire);
        let check = emit_parameter_check(parameter, &plan.types)?;
        Some(quote!(.parameter(#wire, &#name, #check)))
    });
    let params = is_params_validated(operation).then(|| quote!(.parameters(&params)));
    let body = is_body_validated(operation, &plan.types).then(|| quote!(.body(&body)));
    let body_by = emit_body_check(operation, &plan.types).map(|check| quote!(.body_by(&body, #check)));
    let limits: Vec<TokenStream> = parameters.chain(params).chain(body).chain(body_by).collect();
    let mut chunks = limits.chunks(MOST_STEPS);
    let first = chunks.next()?;
    let others = chunks.map(|some| quote!(let limits = limits #(#some)*;));
    Some(quote!(let limits = Limits::default() #(#first)*; #(#others)* limits.check()?;))
}
