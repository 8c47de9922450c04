//! Structs with serde attributes.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, emit_rust_type};
use crate::lower::plan::{FieldPlan, RenameRule, RustType, StructPlan, TypePlan};

pub(super) fn emit_struct(ty: &TypePlan, plan: &StructPlan, all: &[TypePlan]) -> TokenStream {
    let name = ty.name.ident();
    let docs = docs(&ty.docs);
    let default = ty.default.then(|| quote!(Default,));
    let rename_all = rename_all(plan.rename_all);
    let fields = plan.fields.iter().map(|field| emit_field(field, ty.in_request, all));
    let extra = plan.extra.iter().map(|(name, value)| {
        let name = name.ident();
        let value = emit_rust_type(value, all);
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
    let mut attributes: Vec<TokenStream> = Vec::new();
    if let Some(wire) = &field.rename {
        attributes.push(quote!(rename = #wire));
    }
    let holds_null = matches!(field.ty, RustType::Value | RustType::Unit);
    let ty = match (field.required, field.nullable) {
        (true, false) => inner,
        (true, true) => {
            // Serde takes an absent `Option` for `None`, unless it is told how to read it.
            attributes.push(quote!(deserialize_with = "Option::deserialize"));
            quote!(Option<#inner>)
        }
        (false, nullable) => {
            attributes.push(quote!(default));
            attributes.push(quote!(skip_serializing_if = "Option::is_none"));
            if nullable && in_request {
                attributes.push(quote!(with = "::serde_with::rust::double_option"));
                quote!(Option<Option<#inner>>)
            } else {
                if holds_null {
                    attributes.push(quote!(deserialize_with = "::docwright_runtime::present"));
                } else {
                    // Serde's own default for an `Option`.
                    attributes.retain(|attribute| attribute.to_string() != "default");
                }
                quote!(Option<#inner>)
            }
        }
    };
    let serde = (!attributes.is_empty()).then(|| quote!(#[serde(#(#attributes),*)]));
    quote! {
        #docs
        #serde
        pub #name: #ty,
    }
}
