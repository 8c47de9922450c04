//! The enums of an operation's documented responses, and the types that its method gives.

use proc_macro2::TokenStream;
use quote::quote;

use super::outer_type;
use crate::{
    emit::docs,
    lower::{
        client::{ContentPlan, Outcome, Outcomes, SuccessPlan, response_docs},
        names::Name,
        plan::{OperationPlan, TypePlan},
    },
};

/// What a success holds.
pub(super) fn success_type(outcomes: &Outcomes<'_>, all: &[TypePlan]) -> TokenStream {
    match &outcomes.success {
        SuccessPlan::One(content) => content_type(content, all).unwrap_or_else(|| quote!(())),
        SuccessPlan::Several(name, _) => {
            let name = name.ident();
            quote!(#name)
        }
    }
}

/// What a documented error holds.
pub(super) fn failure_type(operation: &OperationPlan, outcomes: &Outcomes<'_>) -> TokenStream {
    if outcomes.failures.is_empty() {
        return quote!(Infallible);
    }
    let name = operation.failure.ident();
    quote!(#name)
}

/// The enum of documented successes, where they differ.
pub(super) fn emit_success(
    operation: &OperationPlan,
    outcomes: &Outcomes<'_>,
    all: &[TypePlan],
) -> Option<TokenStream> {
    match &outcomes.success {
        SuccessPlan::One(_) => None,
        SuccessPlan::Several(name, several) => Some(emit_enum("successes", name, operation, several, all)),
    }
}

/// The enum of documented errors, where there are any.
pub(super) fn emit_failure(
    operation: &OperationPlan,
    outcomes: &Outcomes<'_>,
    all: &[TypePlan],
) -> Option<TokenStream> {
    let failures = &outcomes.failures;
    (!failures.is_empty()).then(|| emit_enum("errors", &operation.failure, operation, failures, all))
}

fn emit_enum(
    what: &str,
    name: &Name,
    operation: &OperationPlan,
    outcomes: &[Outcome<'_>],
    all: &[TypePlan],
) -> TokenStream {
    let enum_docs = format!(" The documented {what} of [`Client::{}`].", operation.name.unraw());
    let name = name.ident();
    let variants = outcomes.iter().map(|outcome| {
        let docs = docs(&response_docs(outcome.response));
        let variant = outcome.response.variant.ident();
        let content = content_type(&outcome.content, all).map(|ty| quote!((#ty)));
        quote!(#docs #variant #content)
    });
    quote! {
        #[doc = #enum_docs]
        #[derive(Debug, Clone, PartialEq)]
        pub enum #name {
            #(#variants,)*
        }
    }
}

fn content_type(content: &ContentPlan<'_>, all: &[TypePlan]) -> Option<TokenStream> {
    match content {
        ContentPlan::Json(ty) => Some(outer_type(ty, all)),
        ContentPlan::Raw => Some(quote!(RawBody)),
        ContentPlan::Empty => None,
    }
}
