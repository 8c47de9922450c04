//! `Validate` for types with documented limits.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;
use serde_json::Number;

use crate::lower::plan::{Check, ParameterPlan, RustType, StructPlan, TypePlan, UnionPlan};

pub(super) fn emit_struct(ty: &TypePlan, plan: &StructPlan) -> TokenStream {
    let name = ty.name.ident();
    let fields = plan.fields.iter().filter(|field| !field.checks.is_empty()).map(|field| {
        let member = field.name.ident();
        let wire = &field.wire;
        let required = field.required && !field.nullable;
        let place = if required { Place::field(&member) } else { Place::borrowed() };
        let value = if matches!(field.ty, RustType::Secret(_)) { place.exposed() } else { place };
        let checks = field.checks.iter().map(|check| emit_check(check, &value));
        let body = quote!({
            let at = &mut checker.member(#wire);
            #(#checks;)*
        });
        match (required, field.nullable && !field.required && ty.in_request) {
            (true, _) => body,
            (false, true) => quote!(if let Some(Some(value)) = &self.#member #body),
            (false, false) => quote!(if let Some(value) = &self.#member #body),
        }
    });
    let extra = plan.extra.iter().filter(|extra| !extra.checks.is_empty()).map(|extra| {
        let member = extra.name.ident();
        let each = emit_each(&extra.checks);
        quote!(checker.each(&self.#member, #each);)
    });
    quote! {
        impl Validate for #name {
            fn check(&self, checker: &mut Checker) {
                #(#fields)*
                #(#extra)*
            }
        }
    }
}

/// Optional parameters with limits.
pub(super) fn emit_params(name: &Ident, limited: &[&ParameterPlan]) -> TokenStream {
    let fields = limited.iter().map(|parameter| {
        let (member, wire) = (parameter.name.ident(), &parameter.wire);
        match parameter.checks.as_slice() {
            [Check::Each(checks)] if parameter.repeated => {
                let each = emit_each(checks);
                return quote!(checker.member(#wire).each(&self.#member, #each););
            }
            checks if parameter.repeated => {
                let checks = checks.iter().map(|check| emit_check(check, &Place::borrowed()));
                // Without values, the parameter is not there.
                return quote!(if !self.#member.is_empty() {
                    let (value, at) = (&self.#member, &mut checker.member(#wire));
                    #(#checks;)*
                });
            }
            _ => {}
        }
        let place = Place::of(&parameter.ty);
        let checks = parameter.checks.iter().map(|check| emit_check(check, &place));
        quote!(if let Some(value) = &self.#member {
            let at = &mut checker.member(#wire);
            #(#checks;)*
        })
    });
    quote! {
        impl Validate for #name {
            fn check(&self, checker: &mut Checker) {
                #(#fields)*
            }
        }
    }
}

pub(super) fn emit_union(ty: &TypePlan, plan: &UnionPlan) -> TokenStream {
    let name = ty.name.ident();
    let limited: Vec<_> = plan.variants.iter().filter(|variant| !variant.checks.is_empty()).collect();
    let bodies = limited.iter().map(|variant| {
        let checks = variant.checks.iter().map(|check| emit_check(check, &Place::borrowed()));
        quote!({ #(#checks;)* })
    });
    let names = limited.iter().map(|variant| variant.name.ident());
    // One variant of several takes an `if`, all of them a `match` without a rest.
    let body = match limited.len() {
        1 if plan.keywords.len() + plan.variants.len() > 1 => {
            quote!(#(if let Self::#names(value) = self #bodies)*)
        }
        all if all == plan.keywords.len() + plan.variants.len() => {
            quote!(match self { #(Self::#names(value) => #bodies)* })
        }
        _ => quote!(match self { #(Self::#names(value) => #bodies)* _ => {} }),
    };
    quote! {
        impl Validate for #name {
            fn check(&self, at: &mut Checker) {
                #body
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

    /// The variable `value`, which is a reference to a type: what is inside of it, where it is a secret.
    pub(super) fn of(ty: &RustType) -> Self {
        if matches!(ty, RustType::Secret(_)) { Self::borrowed().exposed() } else { Self::borrowed() }
    }

    /// What is inside of a secret.
    fn exposed(self) -> Self {
        let exposed = self.receiver;
        let exposed = quote!(#exposed.expose());
        Self { value: quote!(*#exposed), reference: exposed.clone(), receiver: exposed }
    }
}

pub(super) fn emit_check(check: &Check, place: &Place) -> TokenStream {
    let Place { reference, receiver, .. } = place;
    match check {
        Check::MinLength(limit) => limited("min_length", reference, *limit),
        Check::MaxLength(limit) => limited("max_length", reference, *limit),
        Check::MinItems(limit) => limited("min_items", &quote!(#receiver.len()), *limit),
        Check::MaxItems(limit) => limited("max_items", &quote!(#receiver.len()), *limit),
        Check::UniqueItems => quote!(at.unique_items(#reference)),
        Check::MinProperties(limit) => limited("min_properties", &quote!(#receiver.len()), *limit),
        Check::MaxProperties(limit) => limited("max_properties", &quote!(#receiver.len()), *limit),
        Check::MaxKeyLength(limit) => limited("max_key_length", &quote!(#receiver.keys()), *limit),
        Check::Minimum(limit) => ranged("minimum", place, limit),
        Check::Maximum(limit) => ranged("maximum", place, limit),
        Check::ExclusiveMinimum(limit) => ranged("exclusive_minimum", place, limit),
        Check::ExclusiveMaximum(limit) => ranged("exclusive_maximum", place, limit),
        Check::MultipleOf(limit) => ranged("multiple_of", place, limit),
        Check::Nested => quote!(Validate::check(#reference, at)),
        Check::Each(checks) => {
            let each = emit_each(checks);
            quote!(at.each(#reference, #each))
        }
        Check::Present(checks) => {
            let checks = checks.iter().map(|check| emit_check(check, &Place::borrowed()));
            quote!(if let Some(value) = #reference { #(#checks;)* })
        }
    }
}

/// What is called for each item.
fn emit_each(checks: &[Check]) -> TokenStream {
    let place = Place::borrowed();
    match checks {
        [Check::Nested] => quote!(Validate::check),
        [only] => {
            let check = emit_check(only, &place);
            quote!(|value, at| #check)
        }
        checks => {
            let checks = checks.iter().map(|check| emit_check(check, &place));
            quote!(|value, at| { #(#checks;)* })
        }
    }
}

fn limited(method: &str, value: &TokenStream, limit: u64) -> TokenStream {
    let method = Ident::new(method, Span::call_site());
    let limit = Literal::u64_unsuffixed(limit);
    quote!(at.#method(#value, #limit))
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
    quote!(at.#method(#value, #limit))
}
