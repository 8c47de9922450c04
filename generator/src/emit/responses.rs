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

/// The enum, and what HTTP knows of its variants.
pub(super) fn emit_responses(plan: &ResponsesPlan, all: &[TypePlan]) -> [Item; 2] {
    let name = plan.name.ident();
    let variants = plan.cases.iter().map(|case| emit_variant(case, all));
    let statuses = plan.cases.iter().map(|case| Literal::u16_unsuffixed(number(case.status)));
    let media_type =
        |case: &CasePlan| case.body.as_ref().map_or(String::new(), |body| body.media_type.clone());
    let own = |media_type: &String| !matches!(media_type.as_str(), "" | "application/json");
    let media_types: Vec<String> = plan.cases.iter().map(media_type).collect();
    let media_types = media_types
        .iter()
        .any(own)
        .then(|| quote!(const MEDIA_TYPES: &'static [&'static str] = &[#(#media_types),*];));
    let derives = list("derive", quote!(Debug, Clone, PartialEq, Serialize, Deserialize));
    let definition = enumeration(vec![derives], name.clone(), variants);
    let statuses = parsed(quote! {
        impl Responses for #name {
            const STATUSES: &'static [u16] = &[#(#statuses),*];
            #media_types
        }
    });
    [definition, statuses]
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
