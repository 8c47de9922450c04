//! The method of an operation: its arguments, and the call that it sends.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::{
    emit::{delimiter, docs, failure_type, outer_name, outer_type},
    lower::{
        client::{content_type, request_body},
        plan::{ContentPlan, OperationPlan, ParameterPlan, Plan, RustType, TypePlan},
        security::alternatives,
    },
    model::ParameterLocation,
};

pub(super) fn emit_method(operation: &OperationPlan, plan: &Plan) -> TokenStream {
    let all = &plan.types;
    let docs = docs(std::slice::from_ref(&operation.summary));
    let name = operation.name.ident();
    let arguments = emit_arguments(operation, all);
    let success = emit_success_type(operation, all);
    let failure = failure_type(operation).map(|failure| quote!(, #failure));
    let title = format!("{} {}", operation.method, operation.path);
    let fill = emit_fill(operation, plan);
    let statuses = operation.success.statuses.iter().map(|status| Literal::u16_unsuffixed(*status));
    let send = match operation.success.content {
        ContentPlan::Json(_) => quote!(json(&[#(#statuses),*])),
        ContentPlan::Raw => quote!(raw(&[#(#statuses),*])),
        ContentPlan::Empty => quote!(empty(&[#(#statuses),*])),
        ContentPlan::Enum(_) => quote!(documented()),
    };
    quote! {
        #docs
        pub async fn #name(&self, #(#arguments),*) -> Outcome<#success #failure> {
            Call::new(&self.0, #title)#(#fill)*.#send.await
        }
    }
}

fn emit_success_type(operation: &OperationPlan, all: &[TypePlan]) -> TokenStream {
    match &operation.success.content {
        ContentPlan::Json(ty) => outer_type(ty, all),
        ContentPlan::Raw => quote!(RawBody),
        ContentPlan::Empty => quote!(()),
        ContentPlan::Enum(name) => outer_name(name),
    }
}

/// The required parameters, then the optional ones, then the body.
fn emit_arguments(operation: &OperationPlan, all: &[TypePlan]) -> Vec<TokenStream> {
    let required = operation.parameters.iter().filter(|it| it.required).map(|it| {
        let name = it.name.ident();
        let ty = emit_argument_type(it, all);
        quote!(#name: #ty)
    });
    let params = operation.params.iter().map(|params| {
        let name = outer_name(&params.name);
        quote!(params: &#name)
    });
    let body = request_body(operation).map(|body| {
        let ty = outer_type(&body.ty, all);
        match (body.is_typed(), is_optional(operation)) {
            (true, false) => quote!(body: &#ty),
            (true, true) => quote!(body: Option<&#ty>),
            (false, false) => quote!(body: impl Into<Bytes>),
            (false, true) => quote!(body: Option<Bytes>),
        }
    });
    required.chain(params).chain(body).collect()
}

/// Whether the body can be left out.
fn is_optional(operation: &OperationPlan) -> bool {
    operation.request.as_ref().is_some_and(|request| request.optional)
}

fn emit_argument_type(parameter: &ParameterPlan, all: &[TypePlan]) -> TokenStream {
    let ty = outer_type(&parameter.ty, all);
    match &parameter.ty {
        _ if parameter.repeated => quote!(&[#ty]),
        RustType::String => quote!(&str),
        ty_plan if is_copy(ty_plan) => ty,
        _ => quote!(&#ty),
    }
}

/// Whether values of a type are passed by value.
fn is_copy(ty: &RustType) -> bool {
    matches!(
        ty,
        RustType::Bool
            | RustType::I32
            | RustType::I64
            | RustType::F32
            | RustType::F64
            | RustType::Timestamp
            | RustType::Date
            | RustType::Uuid
    )
}

/// The calls that fill in the request.
fn emit_fill(operation: &OperationPlan, plan: &Plan) -> Vec<TokenStream> {
    let path =
        operation.placeholders.iter().filter_map(|at| operation.parameters.get(*at)).map(|parameter| {
            let (name, values) = (&parameter.wire, emit_values(parameter));
            quote!(.path(#name, #values))
        });
    let others = operation.parameters.iter().filter(|parameter| parameter.required).filter_map(|parameter| {
        let (name, values) = (&parameter.wire, emit_values(parameter));
        match parameter.location {
            ParameterLocation::Path => None,
            ParameterLocation::Query => Some(match parameter.delimiter.map(delimiter) {
                Some(delimiter) => quote!(.query_list(#name, #delimiter, #values)),
                None => quote!(.query(#name, #values)),
            }),
            ParameterLocation::Header => Some(quote!(.header(#name, #values))),
            ParameterLocation::Cookie => Some(quote!(.cookie(#name, #values))),
        }
    });
    let params = operation.params.iter().map(|_| quote!(.params(params)));
    let accept = operation.accept.iter().map(|types| quote!(.accept(#types)));
    let redirects = operation.keep_redirects.then(|| quote!(.keep_redirects()));
    let own = alternatives(operation);
    let security = (own != plan.security).then(|| {
        let security = emit_security(&own, plan);
        quote!(.security(#security))
    });
    let body = request_body(operation).map(|body| match (content_type(body), body.json) {
        (content_type, _) if body.form => quote!(.form(#content_type, body)),
        ("application/json", true) => quote!(.body(body)),
        (content_type, true) => quote!(.body_as(#content_type, body)),
        (content_type, false) if is_optional(operation) => quote!(.raw_body(#content_type, body)),
        (content_type, false) => quote!(.raw_body(#content_type, Some(body))),
    });
    path.chain(others).chain(params).chain(accept).chain(redirects).chain(security).chain(body).collect()
}

/// The values of a parameter that is an argument: one, or several.
fn emit_values(parameter: &ParameterPlan) -> TokenStream {
    let name = parameter.name.ident();
    match parameter.repeated {
        true => quote!(#name),
        false if is_copy(&parameter.ty) => quote!([&#name]),
        false => quote!([#name]),
    }
}

/// Alternatives of credentials, by the names of their schemes.
pub(super) fn emit_security(alternatives: &[Vec<usize>], plan: &Plan) -> TokenStream {
    let alternatives = alternatives.iter().map(|schemes| {
        let schemes = schemes.iter().filter_map(|scheme| plan.schemes.get(*scheme)).map(|it| &it.wire);
        quote!(&[#(#schemes),*])
    });
    quote!(&[#(#alternatives),*])
}
