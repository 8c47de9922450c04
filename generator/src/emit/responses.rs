//! Enums of documented responses.

use proc_macro2::Literal;
use quote::quote;
use syn::{Item, Variant};

use super::{
    emit_rust_type,
    syntax::{self, docs, enumeration, global, list, named, parsed, type_path},
};
use crate::lower::{
    outcomes::number,
    plan::{CasePlan, ResponsesPlan, TypePlan},
};

/// An enum.
pub(super) fn emit_responses(plan: &ResponsesPlan, all: &[TypePlan]) -> Item {
    let derives = list("derive", quote!(Debug, Clone, PartialEq));
    let variants = plan.cases.iter().map(|case| emit_variant(case, all));
    enumeration(vec![derives], plan.name.ident(), variants)
}

/// What HTTP knows of the variants of all enums.
pub(super) fn emit_statuses(all: &[ResponsesPlan]) -> Option<Item> {
    let enums = all.iter().map(|plan| {
        let name = plan.name.ident();
        let cases = plan.cases.iter().map(|case| {
            let status = Literal::u16_unsuffixed(number(case.status));
            let media_type = case.body.as_ref().map(|body| body.media_type.as_str());
            let own = media_type.filter(|media_type| *media_type != "application/json");
            let variant = case.variant.ident();
            let open = (number(case.status) < 100).then(|| syntax::ident("status"));
            let body = case.body.as_ref().map(|body| syntax::ident(if body.json { "body" } else { "raw" }));
            let parts: Vec<_> = open.into_iter().chain(body).collect();
            let parts = (!parts.is_empty()).then(|| quote!((#(#parts),*)));
            quote!(#status #own #variant #parts)
        });
        quote!(#name { #(#cases),* })
    });
    (!all.is_empty()).then(|| parsed(quote!(::docwright_runtime::responses! { #(#enums),* })))
}

fn emit_variant(case: &CasePlan, all: &[TypePlan]) -> Variant {
    // Where the page leaves the status open, the variant holds it.
    let status = (number(case.status) < 100).then(|| named(syntax::ident("u16")));
    let body = case.body.as_ref().map(|body| {
        if body.json {
            emit_rust_type(&body.ty, all)
        } else {
            type_path(global(&["docwright_runtime", "RawBody"]))
        }
    });
    syntax::variant(docs(&case.docs), case.variant.ident(), status.into_iter().chain(body))
}
