//! The method of an operation: its arguments, the call it fills in, the response it reads.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{outcomes, outer_type};
use crate::{
    emit::docs,
    lower::{
        client::{Arm, ArmResult, ContentPlan, Outcomes, Pattern, content_type, method_docs, request_body},
        plan::{OperationPlan, ParameterPlan, PathPiece, Plan, RequirementPlan, RustType, TypePlan},
    },
    model::{HttpMethod, ParameterLocation},
};

pub(super) fn emit_method(operation: &OperationPlan, outcomes: &Outcomes<'_>, plan: &Plan) -> TokenStream {
    let all = &plan.types;
    let docs = docs(&method_docs(operation));
    let name = operation.name.ident();
    let arguments = emit_arguments(operation, all);
    let success = outcomes::success_type(outcomes, all);
    let failure = outcomes::failure_type(operation, outcomes);
    let method = emit_http_method(operation.method);
    let fill = emit_fill(operation, outcomes);
    let security = emit_security(operation, plan);
    let arms = outcomes.arms.iter().map(|arm| emit_arm(arm, operation));
    quote! {
        #docs
        pub async fn #name(&self, #(#arguments),*) -> Result<Response<#success>, Error<#failure>> {
            let mut call = self.0.call(Method::#method);
            #(#fill)*
            let response = call.send(#security).await?;
            match response.status() {
                #(#arms,)*
            }
        }
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
        let name = params.name.ident();
        quote!(params: &types::#name)
    });
    let body = request_body(operation).map(|body| {
        let ty = outer_type(&body.ty, all);
        match (body.json, is_optional(operation)) {
            (true, false) => quote!(body: &#ty),
            (true, true) => quote!(body: Option<&#ty>),
            (false, false) => quote!(body: impl Into<::docwright_runtime::client::Bytes>),
            (false, true) => quote!(body: Option<::docwright_runtime::client::Bytes>),
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

/// The statements that fill in the call.
fn emit_fill(operation: &OperationPlan, outcomes: &Outcomes<'_>) -> Vec<TokenStream> {
    let path = operation.pieces.iter().filter_map(|piece| match piece {
        PathPiece::Literal(text) => Some(quote!(call.literal(#text);)),
        PathPiece::Parameter(at) => {
            let parameter = operation.parameters.get(*at)?;
            let (name, values) = (&parameter.wire, emit_values(parameter));
            Some(quote!(call.segment(#name, #values);))
        }
    });
    let others = operation.parameters.iter().filter_map(|parameter| {
        let (name, values) = (&parameter.wire, emit_values(parameter));
        match parameter.location {
            ParameterLocation::Path => None,
            ParameterLocation::Query => Some(quote!(call.query(#name, #values);)),
            ParameterLocation::Header => Some(quote!(call.header(#name, #values);)),
            ParameterLocation::Cookie => Some(quote!(call.cookie(#name, #values);)),
        }
    });
    let accept = outcomes.accept.iter().map(|types| quote!(call.accept(#types);));
    let redirects = outcomes.redirects.then(|| quote!(call.keep_redirects();));
    let body = request_body(operation).map(|body| {
        let content_type = content_type(body);
        match (body.json, is_optional(operation)) {
            (true, false) => quote!(call.json(#content_type, body);),
            (true, true) => quote!(call.optional_json(#content_type, body);),
            (false, false) => quote!(call.raw(#content_type, body);),
            (false, true) => quote!(call.optional_raw(#content_type, body);),
        }
    });
    path.chain(others).chain(accept).chain(redirects).chain(body).collect()
}

/// A parameter's values: one, some, or several.
fn emit_values(parameter: &ParameterPlan) -> TokenStream {
    let name = parameter.name.ident();
    match (parameter.required, parameter.repeated) {
        (false, _) => quote!(&params.#name),
        (true, true) => quote!(#name),
        (true, false) if is_copy(&parameter.ty) => quote!([&#name]),
        (true, false) => quote!([#name]),
    }
}

/// The alternatives of credentials, by the names of their schemes.
fn emit_security(operation: &OperationPlan, plan: &Plan) -> TokenStream {
    let alternatives = operation.security.iter().flatten().map(|requirements: &Vec<RequirementPlan>| {
        let schemes = requirements.iter().filter_map(|it| plan.schemes.get(it.scheme)).map(|it| &it.wire);
        quote!(&[#(#schemes),*])
    });
    quote!(&[#(#alternatives),*])
}

fn emit_http_method(method: HttpMethod) -> TokenStream {
    match method {
        HttpMethod::Get => quote!(GET),
        HttpMethod::Put => quote!(PUT),
        HttpMethod::Post => quote!(POST),
        HttpMethod::Delete => quote!(DELETE),
        HttpMethod::Options => quote!(OPTIONS),
        HttpMethod::Head => quote!(HEAD),
        HttpMethod::Patch => quote!(PATCH),
        HttpMethod::Trace => quote!(TRACE),
    }
}

fn emit_arm(arm: &Arm<'_>, operation: &OperationPlan) -> TokenStream {
    let pattern = emit_pattern(arm.pattern);
    let result = match &arm.result {
        ArmResult::Success(content, variant) => {
            let read = match content {
                ContentPlan::Json(_) => quote!(json()),
                ContentPlan::Raw => quote!(raw()),
                ContentPlan::Empty => quote!(empty()),
            };
            match variant {
                Some(variant) => {
                    let (name, variant) = (operation.success.ident(), variant.ident());
                    let wrap = match content {
                        ContentPlan::Empty => quote!(|()| #name::#variant),
                        ContentPlan::Json(_) | ContentPlan::Raw => quote!(#name::#variant),
                    };
                    quote!(response.#read.map(|it| it.map(#wrap)))
                }
                None => quote!(response.#read),
            }
        }
        ArmResult::Failure(outcome) => {
            let (name, variant) = (operation.failure.ident(), outcome.response.variant.ident());
            match outcome.content {
                ContentPlan::Json(_) => quote!(response.fail(#name::#variant)),
                ContentPlan::Raw => quote!(response.fail_raw(#name::#variant)),
                ContentPlan::Empty => quote!(response.fail_empty(#name::#variant)),
            }
        }
        ArmResult::Undocumented => quote!(response.undocumented()),
    };
    quote!(#pattern => #result)
}

fn emit_pattern(pattern: Pattern) -> TokenStream {
    let number = Literal::u16_unsuffixed;
    match pattern {
        Pattern::Code(code) => {
            let code = number(code);
            quote!(#code)
        }
        Pattern::Class(class) => {
            let class = u16::from(class) * 100;
            let (first, last) = (number(class), number(class + 99));
            quote!(#first..=#last)
        }
        Pattern::Success => quote!(200..=299),
        Pattern::BelowErrors => quote!(..400),
        Pattern::Any => quote!(_),
    }
}
