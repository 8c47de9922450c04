//! `Validate` for types with documented limits.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Number;

use crate::lower::plan::{Check, StructPlan, TypePlan, UnionPlan};

pub(super) fn emit_struct(ty: &TypePlan, plan: &StructPlan) -> TokenStream {
    let name = ty.name.ident();
    let fields = plan.fields.iter().filter(|field| !field.checks.is_empty()).map(|field| {
        let member = field.name.ident();
        let wire = &field.wire;
        let checks = field.checks.iter().map(|check| emit_check(check, &quote!(value)));
        let body = quote!(checker.member(#wire, |checker| { #(#checks)* }));
        match (field.required, field.nullable, ty.in_request) {
            (true, false, _) => quote!({ let value = &self.#member; #body; }),
            (false, true, true) => quote!(if let Some(Some(value)) = &self.#member { #body; }),
            _ => quote!(if let Some(value) = &self.#member { #body; }),
        }
    });
    quote! {
        impl ::docwright_runtime::Validate for #name {
            fn check(&self, checker: &mut ::docwright_runtime::Checker) {
                #(#fields)*
            }
        }
    }
}

pub(super) fn emit_union(ty: &TypePlan, plan: &UnionPlan, all: &[TypePlan]) -> TokenStream {
    let name = ty.name.ident();
    let arms = plan.variants.iter().filter_map(|variant| match &variant.ty {
        crate::lower::plan::RustType::Named(id) if all.get(id.0).is_some_and(|ty| ty.validate) => {
            let variant = variant.name.ident();
            Some(quote!(Self::#variant(value) => ::docwright_runtime::Validate::check(value, checker),))
        }
        _ => None,
    });
    quote! {
        impl ::docwright_runtime::Validate for #name {
            fn check(&self, checker: &mut ::docwright_runtime::Checker) {
                match self {
                    #(#arms)*
                    _ => {}
                }
            }
        }
    }
}

fn emit_check(check: &Check, value: &TokenStream) -> TokenStream {
    match check {
        Check::MinLength(limit) => limited("min_length", value, limit),
        Check::MaxLength(limit) => limited("max_length", value, limit),
        Check::MinItems(limit) => limited("min_items", &quote!(#value.len()), limit),
        Check::MaxItems(limit) => limited("max_items", &quote!(#value.len()), limit),
        Check::MinProperties(limit) => limited("min_properties", &quote!(#value.len()), limit),
        Check::MaxProperties(limit) => limited("max_properties", &quote!(#value.len()), limit),
        Check::MaxKeyLength(limit) => limited("max_key_length", &quote!(#value.keys()), limit),
        Check::Minimum(limit) => ranged("minimum", value, limit),
        Check::Maximum(limit) => ranged("maximum", value, limit),
        Check::ExclusiveMinimum(limit) => ranged("exclusive_minimum", value, limit),
        Check::ExclusiveMaximum(limit) => ranged("exclusive_maximum", value, limit),
        Check::Nested => quote!(::docwright_runtime::Validate::check(#value, checker);),
        Check::Each(checks) => {
            let checks = checks.iter().map(|check| emit_check(check, &quote!(value)));
            quote!(checker.each(#value, |value, checker| { #(#checks)* });)
        }
        Check::Present(checks) => {
            let checks = checks.iter().map(|check| emit_check(check, &quote!(value)));
            quote!(if let Some(value) = #value { #(#checks)* })
        }
    }
}

fn limited(method: &str, value: &TokenStream, limit: &u64) -> TokenStream {
    let method = proc_macro2::Ident::new(method, proc_macro2::Span::call_site());
    let limit = Literal::u64_unsuffixed(*limit);
    quote!(checker.#method(#value, #limit);)
}

fn ranged(method: &str, value: &TokenStream, limit: &Number) -> TokenStream {
    let method = proc_macro2::Ident::new(method, proc_macro2::Span::call_site());
    let limit = match limit.as_i64() {
        Some(integer) => quote!(#integer),
        None => {
            let number = limit.as_f64().unwrap_or(0.0);
            quote!(#number)
        }
    };
    quote!(checker.#method(*#value, #limit);)
}
