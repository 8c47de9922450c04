//! Structs of optional parameters, and where their fields travel.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Field, Item};

use super::{
    delimiter, emit_rust_type,
    syntax::{self, docs, generic, list, parsed, structure},
    validate,
};
use crate::{
    lower::plan::{OperationPlan, ParameterPlan, TypePlan},
    model::ParameterLocation,
};

/// The optional parameters of an operation, if it has any, and what checks their limits.
pub(super) fn emit_params(operation: &OperationPlan, all: &[TypePlan]) -> Vec<Item> {
    let Some(params) = operation.params.as_ref().filter(|params| !params.shared) else { return Vec::new() };
    let name = params.name.ident();
    let fields = optional(operation).map(|parameter| emit_field(parameter, all));
    let derives = list("derive", quote!(Debug, Clone, Default, PartialEq));
    let limited: Vec<_> = optional(operation).filter(|parameter| !parameter.checks.is_empty()).collect();
    let checks = (!limited.is_empty()).then(|| parsed(validate::emit_params(&name, &limited)));
    std::iter::once(structure(vec![derives], name, fields)).chain(checks).collect()
}

fn optional(operation: &OperationPlan) -> impl Iterator<Item = &ParameterPlan> {
    operation.parameters.iter().filter(|parameter| !parameter.required)
}

fn emit_field(parameter: &ParameterPlan, all: &[TypePlan]) -> Field {
    let container = if parameter.repeated { "Vec" } else { "Option" };
    let ty = generic(container, [emit_rust_type(&parameter.ty, all)]);
    syntax::field(docs(&parameter.docs), parameter.name.ident(), ty)
}

/// Where the fields of all structs of optional parameters travel, for client and server.
pub(super) fn emit_places(operations: &[OperationPlan]) -> Option<Item> {
    let structs = operations.iter().filter_map(|operation| {
        let params = operation.params.as_ref().filter(|params| !params.shared)?;
        let name = params.name.ident();
        let fields = optional(operation).map(emit_place);
        Some(quote!(#name { #(#fields),* }))
    });
    let structs: Vec<TokenStream> = structs.collect();
    (!structs.is_empty()).then(|| parsed(quote!(::docwright_runtime::parameters! { #(#structs),* })))
}

fn emit_place(parameter: &ParameterPlan) -> TokenStream {
    let (name, wire) = (parameter.name.ident(), &parameter.wire);
    let place = match (parameter.location, parameter.style.map(delimiter)) {
        (ParameterLocation::Header, Some(_)) => quote!(header_json),
        (_, Some(delimiter)) if parameter.is_object() => quote!(query_object #delimiter),
        (_, Some(delimiter)) => quote!(query_list #delimiter),
        (ParameterLocation::Header, None) if parameter.repeated => quote!(header_list),
        (ParameterLocation::Header, None) => quote!(header),
        (ParameterLocation::Cookie, None) => quote!(cookie),
        // A parameter of the path is not optional.
        (ParameterLocation::Query | ParameterLocation::Path, None) => quote!(query),
    };
    // What a macro makes text of is the identifier as it is written: raw ones are no names of the wire.
    let other = (name != wire).then(|| quote!(as #wire));
    quote!(#place #name #other)
}
