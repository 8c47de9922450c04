//! Emission: a plan comes in, token streams go out. It cannot fail and decides nothing.
//!
//! [`module`] gives an API's module file, [`types`] its types, item by item. What never varies is
//! hand-written in `docwright-runtime`.

mod client;
mod enums;
mod manifest;
mod params;
mod responses;
mod server;
mod structs;
mod validate;

pub(crate) use client::client;
pub(crate) use manifest::manifest;
pub(crate) use server::server;

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    lower::{
        names::Name,
        plan::{Imports, OperationPlan, Plan, RustType, TypeBody, TypePlan},
    },
    model::Delimiter,
};

/// The items of an API's `mod.rs`, behind its documentation.
pub(crate) fn module() -> Vec<TokenStream> {
    vec![
        quote!(
            #[cfg(feature = "client")]
            #[allow(
                clippy::too_many_arguments,
                reason = "an operation has the arguments that are documented"
            )]
            pub mod client;
        ),
        quote!(
            #[cfg(feature = "server")]
            #[allow(
                clippy::too_many_arguments,
                reason = "an operation has the arguments that are documented"
            )]
            pub mod server;
        ),
        quote!(
            #[allow(
                missing_docs,
                clippy::large_enum_variant,
                reason = "pages have fields that they only name; a response is read or sent once"
            )]
            pub mod types;
        ),
    ]
}

/// The items of the file that declares the modules of all APIs.
pub(crate) fn root(modules: &[Name]) -> Vec<TokenStream> {
    let declare = |module: &Name| {
        let module = module.ident();
        quote!(pub mod #module;)
    };
    modules.iter().map(declare).collect()
}

/// The items of an API's `types.rs`.
pub(crate) fn types(plan: &Plan) -> Vec<TokenStream> {
    let mut items = imports(plan.imports);
    let ordered = plan.order.iter().filter_map(|id| plan.types.get(id.0));
    for ty in ordered {
        items.extend(emit_type(ty, &plan.types));
    }
    items.extend(plan.operations.iter().filter_map(|operation| params::emit_params(operation, &plan.types)));
    let is_text = |ty: &&TypePlan| matches!(&ty.body, TypeBody::Enum(plan) if !plan.integer);
    items.extend(enums::emit_texts(plan.types.iter().filter(is_text)));
    items.extend(plan.responses.iter().flat_map(|enums| responses::emit_responses(enums, &plan.types)));
    items.extend(emit_aliases(plan));
    items
}

/// The names of types besides their own, in one item because there can be many.
fn emit_aliases(plan: &Plan) -> Option<TokenStream> {
    let names = plan.aliases.iter().map(|(alias, name)| {
        let (alias, name) = (alias.ident(), name.ident());
        quote!(#name as #alias)
    });
    let names: Vec<TokenStream> = names.collect();
    match names.as_slice() {
        [] => None,
        [only] => Some(quote!(pub use self::#only;)),
        names => Some(quote!(pub use self::{#(#names),*};)),
    }
}

fn imports(imports: Imports) -> Vec<TokenStream> {
    let runtime: Vec<TokenStream> = [
        (imports.validate, quote!(Checker)),
        (imports.responses, quote!(Responses)),
        (imports.secret, quote!(Secret)),
        (imports.validate, quote!(Validate)),
        (imports.double_option, quote!(double_option)),
        (imports.nullable, quote!(nullable)),
        (imports.present, quote!(present)),
    ]
    .into_iter()
    .filter_map(|(used, name)| used.then_some(name))
    .collect();
    let runtime_import = match runtime.as_slice() {
        [only] => quote!(use ::docwright_runtime::#only;),
        names => quote!(use ::docwright_runtime::{#(#names),*};),
    };
    let all = [
        (!runtime.is_empty(), runtime_import),
        (
            imports.serde,
            quote!(
                use ::serde::{Deserialize, Serialize};
            ),
        ),
    ];
    all.into_iter().filter_map(|(used, import)| used.then_some(import)).collect()
}

/// Names that the client's and the server's modules have of their own: types of these names are qualified there.
const OUTER_NAMES: &[&str] = &[
    "Accepted",
    "Answer",
    "Api",
    "Body",
    "Builder",
    "Bytes",
    "Call",
    "Client",
    "Core",
    "Credentials",
    "Denied",
    "Future",
    "In",
    "Incoming",
    "IntoResponse",
    "Limits",
    "Outcome",
    "Problem",
    "RawBody",
    "Replies",
    "Response",
    "Router",
    "Routes",
    "Scheme",
    "Server",
    "Service",
    "Undocumented",
    "Webhooks",
];

/// A type's name in the client's and the server's modules, which import all types.
fn outer_name(name: &Name) -> TokenStream {
    let ident = name.ident();
    if OUTER_NAMES.contains(&name.as_str()) { quote!(super::types::#ident) } else { quote!(#ident) }
}

/// A type as it is named in the client's and the server's modules.
fn outer_type(ty: &RustType, all: &[TypePlan]) -> TokenStream {
    match ty {
        RustType::Named(id) => {
            all.get(id.0).map_or_else(|| quote!(::serde_json::Value), |ty| outer_name(&ty.name))
        }
        RustType::Secret(_) => {
            let inside = emit_rust_type(ty, all);
            quote!(::docwright_runtime::#inside)
        }
        _ => emit_rust_type(ty, all),
    }
}

/// What stands between values of a query.
fn delimiter(delimiter: Delimiter) -> char {
    match delimiter {
        Delimiter::Comma => ',',
        Delimiter::Space => ' ',
        Delimiter::Pipe => '|',
    }
}

/// The enum of an operation's documented errors in the client's and the server's modules.
fn failure_type(operation: &OperationPlan) -> TokenStream {
    operation.failure.as_ref().map_or_else(|| quote!(Undocumented), outer_name)
}

fn emit_type(ty: &TypePlan, all: &[TypePlan]) -> Vec<TokenStream> {
    match &ty.body {
        TypeBody::Struct(plan) => {
            let mut items = vec![structs::emit_struct(ty, plan, all)];
            items.extend(ty.validate.then(|| validate::emit_struct(ty, plan)));
            items
        }
        TypeBody::Enum(plan) if plan.integer => enums::emit_integer_enum(ty, plan),
        TypeBody::Enum(plan) => vec![enums::emit_string_enum(ty, plan)],
        TypeBody::Union(plan) => {
            let mut items = enums::emit_union(ty, plan, all);
            items.extend(ty.validate.then(|| validate::emit_union(ty, plan)));
            items
        }
        TypeBody::Alias(target, _) => {
            let name = ty.name.ident();
            let docs = docs(&ty.docs);
            let target = emit_rust_type(target, all);
            vec![quote!(#docs pub type #name = #target;)]
        }
    }
}

/// Documentation, one attribute a line: prettyplease prints each as `///`.
fn docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| {
        let line = if line.is_empty() { String::new() } else { format!(" {line}") };
        quote!(#[doc = #line])
    });
    quote!(#(#lines)*)
}

/// A type expression.
fn emit_rust_type(ty: &RustType, all: &[TypePlan]) -> TokenStream {
    match ty {
        RustType::Unit => quote!(()),
        RustType::Bool => quote!(bool),
        RustType::I32 => quote!(i32),
        RustType::I64 => quote!(i64),
        RustType::F32 => quote!(f32),
        RustType::F64 => quote!(f64),
        RustType::String => quote!(String),
        RustType::Secret(inner) if **inner == RustType::String => quote!(Secret),
        RustType::Secret(inner) => {
            let inner = emit_rust_type(inner, all);
            quote!(Secret<#inner>)
        }
        RustType::Timestamp => quote!(::jiff::Timestamp),
        RustType::Date => quote!(::jiff::civil::Date),
        RustType::Uuid => quote!(::uuid::Uuid),
        RustType::Bytes => quote!(Vec<u8>),
        RustType::File => quote!(::docwright_runtime::File),
        RustType::Value => quote!(::serde_json::Value),
        RustType::FreeForm => quote!(::serde_json::Map<String, ::serde_json::Value>),
        RustType::Vec(item) => {
            let item = emit_rust_type(item, all);
            quote!(Vec<#item>)
        }
        RustType::Map(value) => {
            let value = emit_rust_type(value, all);
            quote!(::std::collections::BTreeMap<String, #value>)
        }
        RustType::Option(inner) => {
            let inner = emit_rust_type(inner, all);
            quote!(Option<#inner>)
        }
        RustType::Boxed(inner) => {
            let inner = emit_rust_type(inner, all);
            quote!(Box<#inner>)
        }
        // A plan names only types that it holds.
        RustType::Named(id) => match all.get(id.0) {
            Some(ty) => {
                let name = ty.name.ident();
                quote!(#name)
            }
            None => quote!(::serde_json::Value),
        },
    }
}
