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

/// The enum of responses, and what makes HTTP of it.
pub(super) fn emit_reply(operation: &OperationPlan, all: &[TypePlan]) -> [TokenStream; 2] {
    let name = operation.reply.ident();
    let about = format!(" The responses of [`{}`](Service::{}).", operation.handler, operation.handler);
    let replies: Vec<Reply<'_>> = operation.responses.iter().flat_map(replies).collect();
    let variants = replies.iter().map(|reply| emit_variant(reply, all));
    let arms = replies.iter().map(emit_arm);
    let definition = quote! {
        #[doc = #about]
        #[derive(Debug)]
        pub enum #name {
            #(#variants)*
            /// Any other response: the page leaves it open.
            Undocumented(Response),
        }
    };
    let answer = quote! {
        impl server::Answer for #name {
            fn answer(self) -> Result<Response, Problem> {
                match self {
                    #(#arms)*
                    Self::Undocumented(response) => server::open(response),
                }
            }
        }
    };
    [definition, answer]
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
            let code = Literal::u16_suffixed(code);
            (quote!(#code), None)
        }
        Status::Class(class) => {
            let class = Literal::u8_unsuffixed(class);
            (quote!(server::class(#class, status)?), Some(quote!(status,)))
        }
        Status::Default => (quote!(status), Some(quote!(status,))),
    };
    match reply.body {
        None => {
            let fields = bound.map(|bound| quote!((#bound)));
            quote!(Self::#name #fields => server::empty(#status),)
        }
        Some(BodyPlan { media_type, json: true, .. }) => {
            quote!(Self::#name(#bound body) => server::json(#status, #media_type, &body),)
        }
        Some(BodyPlan { media_type, .. }) => {
            quote!(Self::#name(#bound body) => server::body(#status, #media_type, body),)
        }
    }
}
