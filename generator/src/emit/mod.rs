//! Emission: a plan comes in, syntax trees go out. It cannot fail and decides nothing.
//!
//! [`module`] gives an API's module file, [`types`] its types, item by item. What never varies is
//! hand-written in `docwright-runtime`.

mod client;
mod enums;
mod expr;
mod manifest;
mod params;
mod responses;
mod server;
mod signature;
mod structs;
mod syntax;
mod validate;

pub(crate) use client::client;
pub(crate) use manifest::manifest;
pub(crate) use server::server;

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Item, ItemUse, Type, UseGroup, UsePath, UseRename, UseTree, Visibility};

use self::syntax::{applied, generic, global, named, parsed, type_path};
use crate::{
    lower::{
        names::Name,
        plan::{Imports, OperationPlan, Plan, RustType, TypeBody, TypePlan},
    },
    model::QueryStyle,
};

/// The items of an API's `mod.rs`, behind its documentation.
pub(crate) fn module() -> Vec<Item> {
    let modules = [
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
    ];
    modules.into_iter().map(parsed).collect()
}

/// The items of the file that declares the modules of all APIs.
pub(crate) fn root(modules: &[Name]) -> Vec<Item> {
    let declare = |module: &Name| {
        let module = module.ident();
        parsed(quote!(pub mod #module;))
    };
    modules.iter().map(declare).collect()
}

/// The items of an API's `types.rs`.
pub(crate) fn types(plan: &Plan) -> Vec<Item> {
    let mut items: Vec<Item> = imports(plan.imports).into_iter().map(parsed).collect();
    let ordered = plan.order.iter().filter_map(|id| plan.types.get(id.0));
    for ty in ordered {
        items.extend(emit_type(ty, &plan.types));
    }
    items.extend(plan.operations.iter().flat_map(|operation| params::emit_params(operation, &plan.types)));
    items.extend(params::emit_places(&plan.operations));
    items.extend(plan.responses.iter().map(|responses| responses::emit_responses(responses, &plan.types)));
    items.extend(responses::emit_statuses(&plan.responses));
    items.extend(emit_aliases(plan));
    items
}

/// The names of types besides their own, in one item because there can be many.
fn emit_aliases(plan: &Plan) -> Option<Item> {
    let mut names = plan.aliases.iter().map(|(alias, name)| {
        let (ident, rename) = (name.ident(), alias.ident());
        UseTree::Rename(UseRename { ident, as_token: Default::default(), rename })
    });
    let tree = match (names.next()?, names.next()) {
        (only, None) => only,
        (first, Some(second)) => UseTree::Group(UseGroup {
            brace_token: Default::default(),
            items: [first, second].into_iter().chain(names).collect(),
        }),
    };
    let ident = syntax::ident("self");
    Some(Item::Use(ItemUse {
        attrs: Vec::new(),
        vis: Visibility::Public(Default::default()),
        use_token: Default::default(),
        leading_colon: None,
        tree: UseTree::Path(UsePath { ident, colon2_token: Default::default(), tree: Box::new(tree) }),
        semi_token: Default::default(),
    }))
}

fn imports(imports: Imports) -> Vec<TokenStream> {
    let runtime: Vec<TokenStream> = [
        (imports.validate, quote!(Checker)),
        (imports.deserialize, quote!(Deserialize)),
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
            imports.serialize,
            quote!(
                use ::serde::Serialize;
            ),
        ),
    ];
    all.into_iter().filter_map(|(used, import)| used.then_some(import)).collect()
}

/// Names that the client's and the server's modules have of their own: types of these names are qualified there.
const OUTER_NAMES: &[&str] = &[
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
    "IntoReply",
    "IntoResponse",
    "Limits",
    "Outcome",
    "Problem",
    "RawBody",
    "Replies",
    "RepliesWithHeaders",
    "Response",
    "Router",
    "Routes",
    "S",
    "Scheme",
    "Server",
    "Service",
    "Webhooks",
];

/// A type's name in the client's and the server's modules, which import all types.
fn outer_name(name: &Name) -> Type {
    let mut path = syn::Path::from(name.ident());
    if OUTER_NAMES.contains(&name.as_str()) {
        let outer = [syntax::ident("super"), syntax::ident("types")].into_iter().map(syn::PathSegment::from);
        path.segments = outer.chain(path.segments).collect();
    }
    type_path(path)
}

/// A type as it is named in the client's and the server's modules.
fn outer_type(ty: &RustType, all: &[TypePlan]) -> Type {
    match ty {
        RustType::Named(id) => all.get(id.0).map_or_else(value, |ty| outer_name(&ty.name)),
        RustType::Secret(inner) => {
            let secret = global(&["docwright_runtime", "Secret"]);
            type_path(match **inner {
                RustType::String => secret,
                _ => applied(secret, [emit_rust_type(inner, all)]),
            })
        }
        _ => emit_rust_type(ty, all),
    }
}

/// What stands between the values of a list in the query, or tells how the members of an object are written there.
fn delimiter(style: QueryStyle) -> char {
    match style {
        QueryStyle::Form => ',',
        QueryStyle::FormExploded => '&',
        QueryStyle::SpaceDelimited => ' ',
        QueryStyle::PipeDelimited => '|',
        QueryStyle::DeepObject | QueryStyle::DeepObjectUnexploded => '[',
        QueryStyle::Json => '{',
    }
}

/// The enum of an operation's documented errors in the client's and the server's modules, if there are any.
fn failure_type(operation: &OperationPlan) -> Option<Type> {
    operation.failure.as_ref().map(outer_name)
}

fn emit_type(ty: &TypePlan, all: &[TypePlan]) -> Vec<Item> {
    match &ty.body {
        TypeBody::Struct(plan) => {
            let mut items = vec![structs::emit_struct(ty, plan, all)];
            items.extend(ty.validate.then(|| parsed(validate::emit_struct(ty, plan))));
            items
        }
        TypeBody::Enum(plan) => vec![enums::emit_enum(ty, plan)],
        TypeBody::Union(plan) => {
            let mut items = enums::emit_union(ty, plan, all);
            items.extend(ty.validate.then(|| parsed(validate::emit_union(ty, plan))));
            items
        }
        TypeBody::Alias(target, _) => {
            let name = ty.name.ident();
            let docs = docs(&ty.docs);
            let target = emit_rust_type(target, all);
            vec![parsed(quote!(#docs pub type #name = #target;))]
        }
    }
}

/// Documentation among tokens.
fn docs(lines: &[String]) -> TokenStream {
    let docs = syntax::docs(lines);
    quote!(#(#docs)*)
}

/// A type expression.
fn emit_rust_type(ty: &RustType, all: &[TypePlan]) -> Type {
    let simple = |name| named(syntax::ident(name));
    match ty {
        RustType::Unit => signature::tuple([]),
        RustType::Bool => simple("bool"),
        RustType::I32 => simple("i32"),
        RustType::I64 => simple("i64"),
        RustType::F32 => simple("f32"),
        RustType::F64 => simple("f64"),
        RustType::String => simple("String"),
        RustType::Secret(inner) if **inner == RustType::String => simple("Secret"),
        RustType::Secret(inner) => generic("Secret", [emit_rust_type(inner, all)]),
        RustType::Timestamp => type_path(global(&["jiff", "Timestamp"])),
        RustType::Date => type_path(global(&["jiff", "civil", "Date"])),
        RustType::Uuid => type_path(global(&["uuid", "Uuid"])),
        RustType::Bytes => generic("Vec", [simple("u8")]),
        RustType::File => type_path(global(&["docwright_runtime", "File"])),
        RustType::Value => value(),
        RustType::FreeForm => type_path(applied(global(&["serde_json", "Map"]), [simple("String"), value()])),
        RustType::Vec(item) => generic("Vec", [emit_rust_type(item, all)]),
        RustType::Map(value) => map(emit_rust_type(value, all)),
        RustType::Option(inner) => generic("Option", [emit_rust_type(inner, all)]),
        RustType::Boxed(inner) => generic("Box", [emit_rust_type(inner, all)]),
        // A plan names only types that it holds.
        RustType::Named(id) => all.get(id.0).map_or_else(value, |ty| named(ty.name.ident())),
    }
}

/// A map from text to values of a type.
fn map(value: Type) -> Type {
    let map = global(&["std", "collections", "BTreeMap"]);
    type_path(applied(map, [named(syntax::ident("String")), value]))
}

/// Any JSON.
fn value() -> Type {
    type_path(global(&["serde_json", "Value"]))
}
