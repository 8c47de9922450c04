//! Enumerations and unions.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::{Attribute, Item, Variant};

use super::{
    emit_rust_type,
    syntax::{self, call, docs, enumeration, list, parsed, variant},
};
use crate::lower::plan::{
    EnumPlan, MarksPlan, RustType, TypePlan, UnionPlan, UnionVariant, VariantPlan, WireValue,
};

/// An open enumeration, which a macro of the runtime defines: `text_enum!`, or `integer_enum!`.
pub(super) fn emit_enum(ty: &TypePlan, plan: &EnumPlan) -> Item {
    let (docs, name, unknown) = (docs(&ty.docs), ty.name.ident(), plan.unknown.ident());
    let variants = plan.variants.iter().map(|plan| {
        let (docs, name, value) = (syntax::docs(&plan.docs), plan.name.ident(), wire_literal(&plan.wire));
        quote!(#(#docs)* #name = #value)
    });
    let (of, kept) = match plan.integer {
        true => ("integer_enum", quote!(i64)),
        false => ("text_enum", quote!(String)),
    };
    let tokens = quote!(#(#docs)* pub enum #name { #(#variants),*; #unknown(#kept) });
    call(&["docwright_runtime", of], tokens)
}

/// `#[serde(untagged)]`.
fn untagged() -> Attribute {
    list("serde", quote!(untagged))
}

/// One of several types: keywords are unit variants, which serde tries by name; the others follow
/// untagged, in order.
pub(super) fn emit_union(ty: &TypePlan, plan: &UnionPlan, all: &[TypePlan]) -> Vec<Item> {
    if let Some(marks) = &plan.marks {
        return emit_objects(ty, plan, marks, all);
    }
    let mut attrs = docs(&ty.docs);
    attrs.push(list("derive", quote!(Debug, Clone, PartialEq, Serialize, ::serde::Deserialize)));
    let keywords = plan.keywords.iter().map(emit_unit_variant);
    let variants = plan.variants.iter().map(|plan| {
        let mut attrs = docs(&plan.docs);
        attrs.push(untagged());
        variant(attrs, plan.name.ident(), [emit_rust_type(&plan.ty, all)])
    });
    let mut items = vec![enumeration(attrs, ty.name.ident(), keywords.chain(variants))];
    if ty.in_parameter {
        items.extend(emit_union_text(ty, plan).map(parsed));
    }
    items
}

/// One of several objects: the runtime's macro implements serde's traits.
fn emit_objects(ty: &TypePlan, plan: &UnionPlan, marks: &MarksPlan, all: &[TypePlan]) -> Vec<Item> {
    let name = ty.name.ident();
    let mut attrs = docs(&ty.docs);
    attrs.push(list("derive", quote!(Debug, Clone, PartialEq)));
    let variants = plan
        .variants
        .iter()
        .map(|plan| variant(docs(&plan.docs), plan.name.ident(), [emit_rust_type(&plan.ty, all)]));
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
        enumeration(attrs, name.clone(), variants),
        parsed(quote!(::docwright_runtime::one_of! { #name, #told, #rest })),
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

            fn from_str(text: &str) -> Result<Self, ::docwright_runtime::NoVariant> {
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

fn emit_unit_variant(plan: &VariantPlan) -> Variant {
    let mut attrs = docs(&plan.docs);
    attrs.extend(plan.rename.as_ref().map(|wire| list("serde", quote!(rename = #wire))));
    variant(attrs, plan.name.ident(), [])
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
