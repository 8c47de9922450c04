//! `Validate` for types with documented limits.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use serde_json::Number;

use crate::lower::plan::{Check, RustType, StructPlan, TypePlan, UnionPlan};

pub(super) fn emit_struct(ty: &TypePlan, plan: &StructPlan) -> TokenStream {
    let name = ty.name.ident();
    let fields = plan.fields.iter().filter(|field| !field.checks.is_empty()).map(|field| {
        let member = field.name.ident();
        let wire = &field.wire;
        let required = field.required && !field.nullable;
        let value = if required { Place::field(&member) } else { Place::borrowed() };
        let checks = field.checks.iter().map(|check| emit_check(check, &value));
        let body = quote!({
            let at = &mut checker.member(#wire);
            #(#checks)*
        });
        match (required, field.nullable && !field.required && ty.in_request) {
            (true, _) => body,
            (false, true) => quote!(if let Some(Some(value)) = &self.#member #body),
            (false, false) => quote!(if let Some(value) = &self.#member #body),
        }
    });
    quote! {
        impl Validate for #name {
            fn check(&self, checker: &mut Checker) {
                #(#fields)*
            }
        }
    }
}

pub(super) fn emit_union(ty: &TypePlan, plan: &UnionPlan, all: &[TypePlan]) -> TokenStream {
    let name = ty.name.ident();
    let arms = plan.variants.iter().filter_map(|variant| match &variant.ty {
        RustType::Named(id) if all.get(id.0).is_some_and(|ty| ty.validate) => {
            let variant = variant.name.ident();
            Some(quote!(Self::#variant(value) => Validate::check(value, checker),))
        }
        _ => None,
    });
    quote! {
        impl Validate for #name {
            fn check(&self, checker: &mut Checker) {
                match self {
                    #(#arms)*
                    _ => {}
                }
            }
        }
    }
}

/// A value that is checked: by value, by reference, and as what a method is called on.
pub(super) struct Place {
    value: TokenStream,
    reference: TokenStream,
    receiver: TokenStream,
}

impl Place {
    /// A field of `self`.
    fn field(name: &Ident) -> Self {
        Self { value: quote!(self.#name), reference: quote!(&self.#name), receiver: quote!(self.#name) }
    }

    /// The variable `value`, which is a reference.
    pub(super) fn borrowed() -> Self {
        Self { value: quote!(*value), reference: quote!(value), receiver: quote!(value) }
    }
}

pub(super) fn emit_check(check: &Check, place: &Place) -> TokenStream {
    let Place { reference, receiver, .. } = place;
    match check {
        Check::MinLength(limit) => limited("min_length", reference, *limit),
        Check::MaxLength(limit) => limited("max_length", reference, *limit),
        Check::MinItems(limit) => limited("min_items", &quote!(#receiver.len()), *limit),
        Check::MaxItems(limit) => limited("max_items", &quote!(#receiver.len()), *limit),
        Check::MinProperties(limit) => limited("min_properties", &quote!(#receiver.len()), *limit),
        Check::MaxProperties(limit) => limited("max_properties", &quote!(#receiver.len()), *limit),
        Check::MaxKeyLength(limit) => limited("max_key_length", &quote!(#receiver.keys()), *limit),
        Check::Minimum(limit) => ranged("minimum", place, limit),
        Check::Maximum(limit) => ranged("maximum", place, limit),
        Check::ExclusiveMinimum(limit) => ranged("exclusive_minimum", place, limit),
        Check::ExclusiveMaximum(limit) => ranged("exclusive_maximum", place, limit),
        Check::Nested => quote!(Validate::check(#reference, at);),
        Check::Each(checks) => {
            let inner = Place::borrowed();
            let checks = checks.iter().map(|check| emit_check(check, &inner));
            quote!(at.each(#reference, |value, at| { #(#checks)* });)
        }
        Check::Present(checks) => {
            let checks = checks.iter().map(|check| emit_check(check, &Place::borrowed()));
            quote!(if let Some(value) = #reference { #(#checks)* })
        }
    }
}

fn limited(method: &str, value: &TokenStream, limit: u64) -> TokenStream {
    let method = Ident::new(method, Span::call_site());
    let limit = Literal::u64_unsuffixed(limit);
    quote!(at.#method(#value, #limit);)
}

fn ranged(method: &str, place: &Place, limit: &Number) -> TokenStream {
    let method = Ident::new(method, Span::call_site());
    let value = &place.value;
    let limit = match limit.as_i64() {
        Some(integer) => quote!(#integer),
        None => {
            let number = limit.as_f64().unwrap_or(0.0);
            quote!(#number)
        }
    };
    quote!(at.#method(#value, #limit);)
}
