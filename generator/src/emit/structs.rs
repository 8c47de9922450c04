//! Structs with serde attributes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, emit_rust_type};
use crate::lower::plan::{FieldPlan, Presence, RenameRule, StructPlan, TypePlan};

pub(super) fn emit_struct(ty: &TypePlan, plan: &StructPlan, all: &[TypePlan]) -> TokenStream {
    let name = ty.name.ident();
    let docs = docs(&ty.docs);
    let default = ty.default.then(|| quote!(Default,));
    let rename_all = rename_all(plan.rename_all);
    // Where it saves attributes, the struct says for all fields that what is absent is not written.
    let skipped =
        plan.fields.iter().filter(|field| field.presence(ty.in_request).is_skipped()).take(2).count() == 2;
    let skip = skipped.then(|| quote!(#[::docwright_runtime::skip_serializing_none]));
    let fields = plan.fields.iter().map(|field| emit_field(field, ty.in_request, skipped, all));
    let extra = plan.extra.iter().map(|extra| {
        let name = extra.name.ident();
        let value = emit_rust_type(&extra.ty, all);
        quote! {
            /// All other members.
            #[serde(flatten)]
            pub #name: ::std::collections::BTreeMap<String, #value>,
        }
    });
    quote! {
        #docs
        #skip
        #[derive(Debug, Clone, #default PartialEq, Serialize, Deserialize)]
        #rename_all
        pub struct #name {
            #(#fields)*
            #(#extra)*
        }
    }
}

/// `#[serde(rename_all = …)]`, where there is a rule.
pub(super) fn rename_all(rule: Option<RenameRule>) -> Option<TokenStream> {
    let rule = match rule? {
        RenameRule::Camel => "camelCase",
        RenameRule::Kebab => "kebab-case",
        RenameRule::Pascal => "PascalCase",
        RenameRule::ScreamingSnake => "SCREAMING_SNAKE_CASE",
        RenameRule::ScreamingKebab => "SCREAMING-KEBAB-CASE",
        RenameRule::Snake => "snake_case",
        RenameRule::Lower => "lowercase",
        RenameRule::Upper => "UPPERCASE",
    };
    Some(quote!(#[serde(rename_all = #rule)]))
}

fn emit_field(field: &FieldPlan, in_request: bool, skipped: bool, all: &[TypePlan]) -> TokenStream {
    let name = field.name.ident();
    let docs = docs(&field.docs);
    let inner = emit_rust_type(&field.ty, all);
    let presence = field.presence(in_request);
    let ty = match presence {
        Presence::Required => inner,
        Presence::Nullable | Presence::Optional | Presence::Present => quote!(Option<#inner>),
        Presence::DoubleOption => quote!(Option<Option<#inner>>),
    };
    // Serde takes an absent `Option` for `None`, unless it is told how to read it.
    let read = match presence {
        Presence::Required | Presence::Optional => None,
        Presence::Nullable => Some(quote!(deserialize_with = "nullable")),
        Presence::Present => Some(quote!(default, deserialize_with = "present")),
        Presence::DoubleOption => Some(quote!(default, with = "double_option")),
    };
    let skip = (presence.is_skipped() && !skipped).then(|| quote!(skip_serializing_if = "Option::is_none"));
    let always = (presence == Presence::Nullable && skipped).then(|| quote!(#[serialize_always]));
    let rename = field.rename.as_ref().map(|wire| quote!(rename = #wire));
    let attributes: Vec<TokenStream> = [rename, read, skip].into_iter().flatten().collect();
    let serde = (!attributes.is_empty()).then(|| quote!(#[serde(#(#attributes),*)]));
    quote! {
        #docs
        #always
        #serde
        pub #name: #ty,
    }
}
