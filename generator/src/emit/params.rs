//! Structs of optional parameters.

use proc_macro2::TokenStream;
use quote::quote;

use super::{docs, emit_rust_type};
use crate::lower::plan::{OperationPlan, ParameterPlan, TypePlan};

/// The optional parameters of an operation, if it has any.
pub(super) fn emit_params(operation: &OperationPlan, all: &[TypePlan]) -> Option<TokenStream> {
    let params = operation.params.as_ref().filter(|params| !params.shared)?;
    let name = params.name.ident();
    let fields = operation.parameters.iter().filter(|p| !p.required).map(|p| emit_field(p, all));
    Some(quote! {
        #[derive(Debug, Clone, Default, PartialEq)]
        pub struct #name {
            #(#fields)*
        }
    })
}

fn emit_field(parameter: &ParameterPlan, all: &[TypePlan]) -> TokenStream {
    let name = parameter.name.ident();
    let docs = docs(&parameter.docs);
    let inner = emit_rust_type(&parameter.ty, all);
    let ty = if parameter.repeated { quote!(Vec<#inner>) } else { quote!(Option<#inner>) };
    quote! {
        #docs
        pub #name: #ty,
    }
}
