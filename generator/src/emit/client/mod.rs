//! The client of an API.
//!
//! A plan comes in; the client, what it can be built with, and a method for each operation ([`method`]) go out. All that does not vary is in `docwright-runtime`.

mod method;

use proc_macro2::TokenStream;
use quote::quote;
use syn::Item;

use super::{docs, syntax::parsed};
use crate::lower::{
    client::{client_docs, lower_credentials, request_body},
    plan::{BodyPlan, ContentPlan, OperationPlan, Plan, RustType, SchemeKindPlan, SchemePlan},
};

/// The items of an API's `client.rs`.
pub(crate) fn client(plan: &Plan) -> Vec<Item> {
    // What a vendor calls is none of a client's business.
    let operations: Vec<_> = plan.operations.iter().filter(|operation| !operation.webhook).collect();
    let first = imports(&operations).into_iter().chain(emit_client(plan, &operations));
    let mut items: Vec<Item> = first.chain(emit_credentials(&plan.schemes)).map(parsed).collect();
    let mut client = parsed(quote! {
        impl Client {
            /// Sets up a client.
            #[must_use]
            pub fn builder() -> Builder<Self> {
                Builder::new()
            }
        }
    });
    if let Item::Impl(client) = &mut client {
        client.items.extend(operations.iter().map(|operation| method::emit_method(operation, plan)));
    }
    items.push(client);
    items
}

fn imports(operations: &[&OperationPlan]) -> Vec<TokenStream> {
    let mut names = vec![quote!(Api), quote!(Builder)];
    let bytes =
        operations.iter().any(|operation| request_body(operation).is_some_and(|body| !body.is_typed()));
    names.extend(bytes.then(|| quote!(Bytes)));
    names.extend((!operations.is_empty()).then(|| quote!(Call)));
    names.push(quote!(Core));
    names.extend((!operations.is_empty()).then(|| quote!(Outcome)));
    let raw = operations.iter().any(|operation| operation.success.content == ContentPlan::Raw);
    names.extend(raw.then(|| quote!(RawBody)));
    names.push(quote!(Server));
    let runtime = quote!(
        use ::docwright_runtime::client::{#(#names),*};
    );
    let types = uses_types(operations).then(|| {
        quote!(
            use super::types::*;
        )
    });
    std::iter::once(runtime).chain(types).collect()
}

/// Whether an operation names a generated type.
fn uses_types(operations: &[&OperationPlan]) -> bool {
    operations.iter().any(|operation| {
        operation.params.is_some()
            || operation.failure.is_some()
            || matches!(operation.success.content, ContentPlan::Json(_) | ContentPlan::Enum(_))
            || request_body(operation).is_some_and(BodyPlan::is_typed)
            || operation.parameters.iter().any(|it| it.required && matches!(it.ty, RustType::Named(_)))
    })
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
    let security = (!plan.security.is_empty()).then(|| {
        let security = method::emit_security(&plan.security, plan);
        quote!(const SECURITY: &'static [&'static [&'static str]] = #security;)
    });
    let api = quote! {
        impl Api for Client {
            const SERVER: Option<Server> = #server;
            #security

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
