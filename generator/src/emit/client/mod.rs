//! The client of an API.
//!
//! A plan comes in; the client, what it can be built with, a method for each operation ([`method`]) and the
//! enums of documented responses ([`outcomes`]) go out. All that does not vary is in `docwright-runtime`.

mod method;
mod outcomes;

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, emit_rust_type};
use crate::lower::{
    client::{Outcomes, client_docs, lower_credentials, lower_outcomes, uses_types},
    plan::{OperationPlan, Plan, RustType, SchemeKindPlan, SchemePlan, TypePlan},
};

/// The items of an API's `client.rs`.
pub(crate) fn client(plan: &Plan) -> Vec<TokenStream> {
    // What a vendor calls is none of a client's business.
    let operations: Vec<_> = plan.operations.iter().filter(|operation| !operation.webhook).collect();
    let outcomes: Vec<_> = operations.iter().map(|operation| lower_outcomes(operation)).collect();
    let mut items = imports(&operations, &outcomes);
    items.extend(emit_client(plan, &operations));
    items.extend(emit_credentials(&plan.schemes));
    let methods = operations
        .iter()
        .zip(&outcomes)
        .map(|(operation, outcomes)| method::emit_method(operation, outcomes, plan));
    items.push(quote! {
        impl Client {
            /// Sets up a client.
            #[must_use]
            pub fn builder() -> Builder<Self> {
                Builder::new()
            }
            #(#methods)*
        }
    });
    for (operation, outcomes) in operations.iter().zip(&outcomes) {
        items.extend(outcomes::emit_success(operation, outcomes, &plan.types));
        items.extend(outcomes::emit_failure(operation, outcomes, &plan.types));
    }
    items
}

fn imports(operations: &[&OperationPlan], outcomes: &[Outcomes<'_>]) -> Vec<TokenStream> {
    let mut names = vec![quote!(Api), quote!(Builder), quote!(Core)];
    if !operations.is_empty() {
        names.extend([quote!(Error), quote!(Method)]);
    }
    names.extend(outcomes.iter().any(Outcomes::holds_raw).then(|| quote!(RawBody)));
    names.extend((!operations.is_empty()).then(|| quote!(Response)));
    let mut imports = vec![quote!(
        use ::docwright_runtime::client::{#(#names),*, Server};
    )];
    imports.extend(outcomes.iter().any(|it| it.failures.is_empty()).then(|| {
        quote!(
            use ::std::convert::Infallible;
        )
    }));
    imports.extend(uses_types(operations).then(|| {
        quote!(
            use super::types;
        )
    }));
    imports
}

fn emit_client(plan: &Plan, operations: &[&OperationPlan]) -> [TokenStream; 2] {
    let docs = docs(&client_docs(plan));
    let unused = operations
        .is_empty()
        .then(|| quote!(#[allow(dead_code, reason = "the pages document no operation to call")]));
    let server = match &plan.server {
        Some(server) => {
            let url = &server.url;
            let variables = server.variables.iter().map(|(name, default)| quote!((#name, #default)));
            quote!(Some(Server { url: #url, variables: &[#(#variables),*] }))
        }
        None => quote!(None),
    };
    let client = quote! {
        #docs
        #unused
        #[derive(Debug, Clone)]
        pub struct Client(Core);
    };
    let api = quote! {
        impl Api for Client {
            const SERVER: Option<Server> = #server;

            fn new(core: Core) -> Self {
                Self(core)
            }
        }
    };
    [client, api]
}

/// What the client can be given: a trait for each kind of credential that the pages document.
fn emit_credentials(schemes: &[SchemePlan]) -> Vec<TokenStream> {
    let credentials = lower_credentials(schemes);
    let named = |name: TokenStream, schemes: &[&SchemePlan]| {
        let schemes: Vec<&str> = schemes.iter().map(|scheme| scheme.wire.as_str()).collect();
        (!schemes.is_empty()).then(|| {
            quote! {
                impl ::docwright_runtime::client::#name for Client {
                    const SCHEMES: &'static [&'static str] = &[#(#schemes),*];
                }
            }
        })
    };
    let keys: Vec<_> = credentials.keys.iter().map(|scheme| emit_key(scheme)).collect();
    let keys = match keys.as_slice() {
        [] => None,
        [key] => Some(quote! {
            impl ::docwright_runtime::client::ApiKey for Client {
                const KEY: ::docwright_runtime::client::Key = #key;
            }
        }),
        keys => Some(quote! {
            impl ::docwright_runtime::client::ApiKeys for Client {
                const KEYS: &'static [::docwright_runtime::client::Key] = &[#(#keys),*];
            }
        }),
    };
    [named(quote!(Basic), &credentials.basic), named(quote!(Bearer), &credentials.bearer), keys]
        .into_iter()
        .flatten()
        .collect()
}

fn emit_key(scheme: &SchemePlan) -> TokenStream {
    let wire = &scheme.wire;
    let place = match &scheme.kind {
        SchemeKindPlan::Header(name) => quote!(Header(#name)),
        SchemeKindPlan::Query(name) => quote!(Query(#name)),
        SchemeKindPlan::Cookie(name) => quote!(Cookie(#name)),
        // These are no keys.
        SchemeKindPlan::Basic | SchemeKindPlan::Bearer | SchemeKindPlan::Undescribed => {
            return TokenStream::new();
        }
    };
    quote! {
        ::docwright_runtime::client::Key {
            scheme: #wire,
            place: ::docwright_runtime::client::KeyPlace::#place,
        }
    }
}

/// A type as it is named outside of the types' module.
fn outer_type(ty: &RustType, all: &[TypePlan]) -> TokenStream {
    let emitted = emit_rust_type(ty, all);
    match ty {
        RustType::Named(_) => quote!(types::#emitted),
        RustType::Secret(_) => quote!(::docwright_runtime::Secret),
        _ => emitted,
    }
}
