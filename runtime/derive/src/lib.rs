//! Serde's `Deserialize` for the structs that docwright generates.
//!
//! What serde's own derive writes is two thirds of all that a compiler reads of a generated API: 286 lines for a struct of
//! seven fields. The derive of this crate writes what is particular to a struct, in a seventh of that, and leaves the rest to
//! `docwright-runtime`, which exports it. It reads serde's attributes, so that either derive may stand over a struct.

mod attributes;
mod rename;

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::{Data, DeriveInput, Error, Field, Fields, Result, ext::IdentExt, spanned::Spanned};

use crate::attributes::{FieldAttributes, StructAttributes};

/// Implements [`serde::Deserialize`](https://docs.rs/serde/1/serde/trait.Deserialize.html) for a struct with named fields.
///
/// It understands these of [serde's attributes](https://serde.rs/attributes.html), with their meaning there: `rename_all`
/// on the struct; `rename`, `default`, `deserialize_with` and `with` on a field. Those that only tell how to write,
/// `skip_serializing_if` and `serialize_with`, are left to `Serialize`. Any other is an error, as are type
/// parameters: there, derive serde's.
///
/// One thing differs from serde's derive: an array is no struct. Serde's would read its items as the fields, in order, which
/// no API documents.
#[proc_macro_derive(Deserialize, attributes(serde))]
pub fn derive_deserialize(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = syn::parse_macro_input!(input as DeriveInput);
    deserialize(&input).unwrap_or_else(Error::into_compile_error).into()
}

/// How one field is read.
struct Reading {
    /// Its name on the wire.
    name: String,
    /// What is done where the member comes.
    arm: TokenStream,
    /// The field, once all members came.
    field: TokenStream,
}

fn deserialize(input: &DeriveInput) -> Result<TokenStream> {
    let fields = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) => &fields.named,
            Fields::Unnamed(_) | Fields::Unit => return Err(unsupported(&input.ident)),
        },
        Data::Enum(_) | Data::Union(_) => return Err(unsupported(&input.ident)),
    };
    if !input.generics.params.is_empty() {
        return Err(unsupported(&input.generics));
    }
    let attributes = StructAttributes::read(&input.attrs)?;
    let slots: Vec<_> = (0..fields.len()).map(|place| format_ident!("__{place}")).collect();
    let (mut names, mut arms, mut read) = (Vec::new(), Vec::new(), Vec::new());
    for ((place, field), slot) in fields.iter().enumerate().zip(&slots) {
        let reading = read_field(field, place, slot, &attributes)?;
        names.push(reading.name);
        arms.push(reading.arm);
        read.push(reading.field);
    }
    let (ident, name) = (&input.ident, input.ident.unraw().to_string());
    // Whatever a struct, or the types beside it, may be called: nothing here is named without its path.
    Ok(quote! {
        #[automatically_derived]
        impl<'de> ::docwright_runtime::Struct<'de> for #ident {
            const NAME: &'static ::core::primitive::str = #name;
            const MEMBERS: &'static [&'static ::core::primitive::str] = &[#(#names),*];

            fn read<__A: ::serde::de::MapAccess<'de>>(
                __members: &mut ::docwright_runtime::Members<__A>,
            ) -> ::core::result::Result<Self, __A::Error> {
                #(let mut #slots = ::core::option::Option::None;)*
                while let ::core::option::Option::Some(__place) = __members.next_place()? {
                    match __place {
                        #(#arms)*
                        _ => __members.skip(),
                    }?;
                }
                ::core::result::Result::Ok(Self { #(#read),* })
            }
        }

        #[automatically_derived]
        impl<'de> ::serde::Deserialize<'de> for #ident {
            fn deserialize<__D: ::serde::Deserializer<'de>>(
                __deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                ::docwright_runtime::read_struct(__deserializer)
            }
        }
    })
}

fn read_field(
    field: &Field,
    place: usize,
    slot: &syn::Ident,
    on_struct: &StructAttributes,
) -> Result<Reading> {
    // The caller has seen that the fields have names.
    let ident = field.ident.as_ref().ok_or_else(|| unsupported(field))?;
    let FieldAttributes { rename, default, read_with } = FieldAttributes::read(&field.attrs)?;
    let name = rename.unwrap_or_else(|| on_struct.name(&ident.unraw().to_string()));
    let ty = &field.ty;
    let is_read_as_its_type = read_with.is_none();
    // What cannot be read is reported where it stands: a type at the field, a function in its attribute.
    let at_type = located(ty);
    let slot_at_type = syn::Ident::new(&slot.to_string(), at_type);
    let arm = match read_with {
        None => quote_spanned!(at_type=> #place => __members.value(&mut #slot_at_type),),
        Some(path) => {
            let read = quote_spanned!(located(&path)=> #path(__deserializer).map(__DeserializeWith));
            quote! {
                #place => {
                    struct __DeserializeWith(#ty);

                    impl<'de> ::serde::Deserialize<'de> for __DeserializeWith {
                        fn deserialize<__D: ::serde::Deserializer<'de>>(
                            __deserializer: __D,
                        ) -> ::core::result::Result<Self, __D::Error> {
                            #read
                        }
                    }

                    __members.value_as(&mut #slot, |__DeserializeWith(__value)| __value)
                }
            }
        }
    };
    let value = match (default, is_read_as_its_type) {
        (true, _) => quote!(#slot.unwrap_or_default()),
        (false, true) => quote_spanned!(at_type=> __members.required(#slot_at_type, #name)?),
        (false, false) => quote!(__members.required_as(#slot, #name)?),
    };
    Ok(Reading { name, arm, field: quote!(#ident: #value) })
}

/// The place of what stands in the struct, for names of what is derived.
fn located(there: &impl Spanned) -> Span {
    Span::call_site().located_at(there.span())
}

fn unsupported(tokens: impl ToTokens) -> Error {
    let message =
        "only a struct with named fields and without generics is read this way: derive `serde::Deserialize`";
    Error::new_spanned(tokens, message)
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    fn error(input: DeriveInput) -> String {
        deserialize(&input).unwrap_err().to_string()
    }

    #[test]
    fn what_is_not_read_this_way_is_left_to_serde() {
        let message = "only a struct with named fields and without generics is read this way: derive `serde::Deserialize`";
        assert_eq!(
            error(parse_quote!(
                enum Either {
                    Left,
                    Right,
                }
            )),
            message
        );
        assert_eq!(
            error(parse_quote!(
                struct Pair(u8, u8);
            )),
            message
        );
        assert_eq!(
            error(parse_quote!(
                struct Nothing;
            )),
            message
        );
        assert_eq!(
            error(parse_quote!(
                struct Page<T> {
                    items: Vec<T>,
                }
            )),
            message
        );
    }

    #[test]
    fn an_attribute_that_is_not_understood_is_not_passed_over() {
        let message = "this attribute is not understood here: derive `serde::Deserialize`";
        assert_eq!(
            error(parse_quote!(
                #[serde(deny_unknown_fields)]
                struct A {
                    a: u8,
                }
            )),
            message
        );
        assert_eq!(
            error(parse_quote!(
                struct A {
                    #[serde(flatten)]
                    a: B,
                }
            )),
            message
        );
        assert_eq!(
            error(parse_quote!(
                struct A {
                    #[serde(rename = "b", alias = "c")]
                    a: u8,
                }
            )),
            message
        );
        assert_eq!(
            error(parse_quote!(
                struct A {
                    #[serde(default = "one")]
                    a: u8,
                }
            )),
            message
        );
        assert_eq!(
            error(parse_quote!(
                #[serde(rename_all = "Train-Case")]
                struct A {
                    a: u8,
                }
            )),
            "serde has no such rule",
        );
    }
}
