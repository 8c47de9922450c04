//! Enumerations and unions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{docs, emit_rust_type, structs::rename_all};
use crate::lower::plan::{
    EnumPlan, MarksPlan, RustType, TypePlan, UnionPlan, UnionVariant, VariantPlan, WireValue,
};

/// An open enumeration of strings: serde matches the documented values and keeps any other. Its text form is what
/// serde makes of it: see [`emit_texts`].
pub(super) fn emit_string_enum(ty: &TypePlan, plan: &EnumPlan) -> TokenStream {
    let name = ty.name.ident();
    let docs = docs(&ty.docs);
    let rename_all = rename_all(plan.rename_all);
    let variants = plan.variants.iter().map(emit_unit_variant);
    let unknown = plan.unknown.ident();
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #rename_all
        pub enum #name {
            #(#variants)*
            #[serde(untagged)]
            #unknown(String),
        }
    }
}

/// `Display` and `FromStr` of all enumerations of strings.
pub(super) fn emit_texts<'p>(all: impl Iterator<Item = &'p TypePlan>) -> Option<TokenStream> {
    let names: Vec<_> = all.map(|ty| ty.name.ident()).collect();
    (!names.is_empty()).then(|| quote!(::docwright_runtime::text_form! { #(#names),* }))
}

/// An open enumeration of integers, which serde reads and writes through `i64`.
pub(super) fn emit_integer_enum(ty: &TypePlan, plan: &EnumPlan) -> Vec<TokenStream> {
    let name = ty.name.ident();
    let docs = docs(&ty.docs);
    let variants = plan.variants.iter().map(emit_unit_variant);
    let unknown = plan.unknown.ident();
    let names: Vec<_> = plan.variants.iter().map(|variant| variant.name.ident()).collect();
    let values: Vec<_> = plan.variants.iter().map(|variant| wire_literal(&variant.wire)).collect();
    let definition = quote! {
        #docs
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(from = "i64", into = "i64")]
        pub enum #name {
            #(#variants)*
            #unknown(i64),
        }
    };
    let from = quote! {
        impl From<i64> for #name {
            fn from(value: i64) -> Self {
                match value {
                    #(#values => Self::#names,)*
                    other => Self::#unknown(other),
                }
            }
        }
    };
    let into = quote! {
        impl From<#name> for i64 {
            fn from(value: #name) -> Self {
                match value {
                    #(#name::#names => #values,)*
                    #name::#unknown(other) => other,
                }
            }
        }
    };
    let display = quote! {
        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                i64::from(*self).fmt(f)
            }
        }
    };
    let parse = ty.in_parameter.then(|| {
        quote! {
            impl ::std::str::FromStr for #name {
                type Err = ::docwright_runtime::NoVariant;

                fn from_str(text: &str) -> Result<Self, Self::Err> {
                    ::docwright_runtime::parse(text).map(i64::into).ok_or(::docwright_runtime::NoVariant)
                }
            }
        }
    });
    [definition, from, into, display].into_iter().chain(parse).collect()
}

/// One of several types: keywords are unit variants, which serde tries by name; the others follow
/// untagged, in order.
pub(super) fn emit_union(ty: &TypePlan, plan: &UnionPlan, all: &[TypePlan]) -> Vec<TokenStream> {
    if let Some(marks) = &plan.marks {
        return emit_objects(ty, plan, marks, all);
    }
    let name = ty.name.ident();
    let docs = docs(&ty.docs);
    let keywords = plan.keywords.iter().map(emit_unit_variant);
    let variants = plan.variants.iter().map(|variant| {
        let name = variant.name.ident();
        let docs = self::docs(&variant.docs);
        let ty = emit_rust_type(&variant.ty, all);
        quote! {
            #docs
            #[serde(untagged)]
            #name(#ty),
        }
    });
    let definition = quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        pub enum #name {
            #(#keywords)*
            #(#variants)*
        }
    };
    let mut items = vec![definition];
    if ty.in_parameter {
        items.extend(emit_union_text(ty, plan));
    }
    items
}

/// One of several objects: the runtime's macro implements serde's traits.
fn emit_objects(ty: &TypePlan, plan: &UnionPlan, marks: &MarksPlan, all: &[TypePlan]) -> Vec<TokenStream> {
    let name = ty.name.ident();
    let docs = docs(&ty.docs);
    let variants = plan.variants.iter().map(|variant| {
        let name = variant.name.ident();
        let docs = self::docs(&variant.docs);
        let ty = emit_rust_type(&variant.ty, all);
        quote!(#docs #name(#ty),)
    });
    let told = marks.told.iter().map(|(texts, variant)| {
        let variant = variant.ident();
        quote!(#(#texts)|* => #variant)
    });
    let untold = marks.untold.iter().map(|(text, variant)| {
        let variant = variant.ident();
        quote!(#text => #variant)
    });
    let rest = marks.rest.ident();
    let told = match &marks.member {
        Some(member) => quote!(value #member, { #(#told),* }, [#(#untold),*]),
        None => quote!(members, { #(#told),* }),
    };
    vec![
        quote! {
            #docs
            #[derive(Debug, Clone, PartialEq)]
            pub enum #name {
                #(#variants)*
            }
        },
        quote!(::docwright_runtime::one_of! { #name, #told, #rest }),
    ]
}

/// The text form of a union of types that have one: a keyword, or the first type that can read it.
fn emit_union_text(ty: &TypePlan, plan: &UnionPlan) -> [TokenStream; 2] {
    let name = ty.name.ident();
    let keywords: Vec<_> = plan.keywords.iter().map(|variant| variant.name.ident()).collect();
    let words: Vec<_> = plan.keywords.iter().map(|variant| wire_literal(&variant.wire)).collect();
    let variants: Vec<_> = plan.variants.iter().map(|variant| variant.name.ident()).collect();
    // Any text is a string: it comes last and always fits.
    let is_string = |variant: &&UnionVariant| variant.ty == RustType::String;
    let others =
        plan.variants.iter().filter(|variant| !is_string(variant)).map(|variant| variant.name.ident());
    let rest = match plan.variants.iter().find(is_string).map(|variant| variant.name.ident()) {
        Some(string) => quote!(Ok(Self::#string(text.to_owned()))),
        None => quote!(Err(::docwright_runtime::NoVariant)),
    };
    let display = quote! {
        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                match self {
                    #(Self::#keywords => f.write_str(#words),)*
                    #(Self::#variants(value) => value.fmt(f),)*
                }
            }
        }
    };
    let parse = quote! {
        impl ::std::str::FromStr for #name {
            type Err = ::docwright_runtime::NoVariant;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                #(if text == #words {
                    return Ok(Self::#keywords);
                })*
                #(if let Some(value) = ::docwright_runtime::parse(text) {
                    return Ok(Self::#others(value));
                })*
                #rest
            }
        }
    };
    [display, parse]
}

fn emit_unit_variant(variant: &VariantPlan) -> TokenStream {
    let name = variant.name.ident();
    let docs = docs(&variant.docs);
    let rename = variant.rename.as_ref().map(|wire| quote!(#[serde(rename = #wire)]));
    quote! {
        #docs
        #rename
        #name,
    }
}

fn wire_literal(value: &WireValue) -> TokenStream {
    match value {
        WireValue::Text(text) => quote!(#text),
        WireValue::Integer(number) => {
            let literal = Literal::i64_unsuffixed(*number);
            quote!(#literal)
        }
    }
}
