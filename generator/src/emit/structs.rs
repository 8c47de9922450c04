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
    let fields = plan.fields.iter().map(|field| emit_field(field, ty.in_request, all));
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

fn emit_field(field: &FieldPlan, in_request: bool, all: &[TypePlan]) -> TokenStream {
    let name = field.name.ident();
    let docs = docs(&field.docs);
    let inner = emit_rust_type(&field.ty, all);
    let absent = quote!(skip_serializing_if = "Option::is_none");
    let (ty, presence) = match field.presence(in_request) {
        Presence::Required => (inner, None),
        // Serde takes an absent `Option` for `None`, unless it is told how to read it.
        Presence::Nullable => (quote!(Option<#inner>), Some(quote!(deserialize_with = "nullable"))),
        Presence::Optional => (quote!(Option<#inner>), Some(absent)),
        Presence::Present => {
            (quote!(Option<#inner>), Some(quote!(default, #absent, deserialize_with = "present")))
        }
        Presence::DoubleOption => {
            (quote!(Option<Option<#inner>>), Some(quote!(default, #absent, with = "double_option")))
        }
    };
    let rename = field.rename.as_ref().map(|wire| quote!(rename = #wire));
    let attributes: Vec<TokenStream> = rename.into_iter().chain(presence).collect();
    let serde = (!attributes.is_empty()).then(|| quote!(#[serde(#(#attributes),*)]));
    quote! {
        #docs
        #serde
        pub #name: #ty,
    }
}
