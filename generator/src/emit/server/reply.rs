//! The documented responses of an operation.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::docs;
use super::outside;
use crate::{
    lower::{
        names::Name,
        plan::{BodyPlan, OperationPlan, ResponsePlan, TypePlan},
    },
    model::Status,
};

/// The enum of responses; any response, where the page documents none.
pub(super) fn emit_reply(operation: &OperationPlan, all: &[TypePlan]) -> TokenStream {
    let name = operation.reply.ident();
    if operation.responses.is_empty() {
        let handler = &operation.handler;
        let about = format!(" Any response of [`{handler}`](Service::{handler}): the page documents none.");
        return quote!(#[doc = #about] pub type #name = Response;);
    }
    let about = format!(" The responses of [`{}`](Service::{}).", operation.handler, operation.handler);
    let variants = operation.responses.iter().flat_map(replies).map(|reply| emit_variant(&reply, all));
    quote! {
        #[doc = #about]
        #[derive(Debug)]
        pub enum #name {
            #(#variants)*
            /// Any other response: the page leaves it open.
            Undocumented(Response),
        }
    }
}

/// What makes HTTP of a reply.
pub(super) fn emit_respond(operation: &OperationPlan, reply: &TokenStream) -> TokenStream {
    if operation.responses.is_empty() {
        return quote!(server::open(#reply));
    }
    let arms = operation.responses.iter().flat_map(replies).map(|reply| emit_arm(&reply));
    quote! {
        match #reply {
            #(#arms)*
            Reply::Undocumented(response) => server::open(response),
        }
    }
}

/// A variant: a response in one media type.
struct Reply<'p> {
    variant: &'p Name,
    response: &'p ResponsePlan,
    body: Option<&'p BodyPlan>,
}

fn replies(response: &ResponsePlan) -> impl Iterator<Item = Reply<'_>> {
    response.variants.iter().enumerate().map(move |(at, variant)| Reply {
        variant,
        response,
        body: response.bodies.get(at),
    })
}

fn emit_variant(reply: &Reply<'_>, all: &[TypePlan]) -> TokenStream {
    let name = reply.variant.ident();
    let status = reply.response.status;
    let docs = if reply.response.docs.is_empty() {
        let line = format!(" Status {status}.");
        quote!(#[doc = #line])
    } else {
        docs(&reply.response.docs)
    };
    let status = (!matches!(status, Status::Code(_))).then(|| quote!(::axum::http::StatusCode,));
    let body =
        reply.body.map(|body| if body.json { outside(&body.ty, all) } else { quote!(::axum::body::Body) });
    let fields = (status.is_some() || body.is_some()).then(|| quote!((#status #body)));
    quote!(#docs #name #fields,)
}

fn emit_arm(reply: &Reply<'_>) -> TokenStream {
    let name = reply.variant.ident();
    let (status, bound) = match reply.response.status {
        Status::Code(code) => {
            let code = Literal::u16_unsuffixed(code);
            (quote!(#code), None)
        }
        Status::Class(class) => {
            let class = Literal::u8_unsuffixed(class);
            (quote!(server::class(#class, status)?), Some(quote!(status,)))
        }
        Status::Default => (quote!(status.as_u16()), Some(quote!(status,))),
    };
    let body = reply.body.map(|_| quote!(body));
    let fields = (bound.is_some() || body.is_some()).then(|| quote!((#bound #body)));
    let response = match reply.body {
        None => quote!(empty(#status)),
        Some(BodyPlan { media_type, json: true, .. }) if media_type == "application/json" => {
            quote!(json(#status, &body))
        }
        Some(BodyPlan { media_type, json: true, .. }) => quote!(json_as(#status, #media_type, &body)),
        Some(BodyPlan { media_type, .. }) => quote!(body(#status, #media_type, body)),
    };
    quote!(Reply::#name #fields => server::#response,)
}
