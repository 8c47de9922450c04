//! Documented limits of what a route reads: which of its arguments have some, and the closures that check them.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Type;

use super::{body_type, parameter_type, required};
use crate::{
    emit::validate::{Place, emit_check},
    lower::{
        client::request_body,
        plan::{Check, OperationPlan, ParameterPlan, RustType, TypeBody, TypePlan},
    },
};

/// What checks a parameter, if it has limits.
pub(super) fn emit_parameter_check(parameter: &ParameterPlan, all: &[TypePlan]) -> Option<TokenStream> {
    let place = if parameter.repeated { Place::borrowed() } else { Place::of(&parameter.ty) };
    emit_closure(&parameter.checks, &place, &parameter_type(parameter, all))
}

/// What checks the body, if it has limits that its type does not check itself.
pub(super) fn emit_body_check(operation: &OperationPlan, all: &[TypePlan]) -> Option<TokenStream> {
    emit_closure(&body_checks(operation, all), &Place::borrowed(), &body_type(operation, all)?)
}

fn emit_closure(checks: &[Check], place: &Place, ty: &Type) -> Option<TokenStream> {
    let emitted = checks.iter().map(|check| emit_check(check, place));
    match checks {
        [] => None,
        [Check::Present(_)] => Some(quote!(|value: &#ty, at| { #(#emitted)* })),
        [_] => Some(quote!(|value: &#ty, at| #(#emitted)*)),
        _ => Some(quote!(|value: &#ty, at| { #(#emitted;)* })),
    }
}

/// Whether an operation's optional parameters have limits, which their struct checks.
pub(super) fn is_params_validated(operation: &OperationPlan) -> bool {
    operation.parameters.iter().any(|parameter| !parameter.required && !parameter.checks.is_empty())
}

/// Whether the body's type checks its limits itself.
pub(super) fn is_body_validated(operation: &OperationPlan, all: &[TypePlan]) -> bool {
    matches!(body_plan(operation, all), Some(TypePlan { body, validate: true, .. })
        if !matches!(body, TypeBody::Alias(..)))
}

/// The limits of the body that its type does not check itself.
fn body_checks(operation: &OperationPlan, all: &[TypePlan]) -> Vec<Check> {
    let Some(TypePlan { body: TypeBody::Alias(_, checks), .. }) = body_plan(operation, all) else {
        return Vec::new();
    };
    let required = operation.request.as_ref().is_some_and(|request| request.required);
    if required || checks.is_empty() {
        return checks.clone();
    }
    vec![Check::Present(checks.clone())]
}

fn body_plan<'p>(operation: &OperationPlan, all: &'p [TypePlan]) -> Option<&'p TypePlan> {
    match &request_body(operation)? {
        body if !body.is_typed() => None,
        body => match body.ty {
            RustType::Named(id) => all.get(id.0),
            _ => None,
        },
    }
}

/// Whether what checks an operation's arguments names the trait `Validate`.
pub(super) fn checks_nested(operation: &OperationPlan, all: &[TypePlan]) -> bool {
    body_checks(operation, all).iter().chain(required(operation).flat_map(|it| &it.checks)).any(is_nested)
}

fn is_nested(check: &Check) -> bool {
    match check {
        Check::Nested => true,
        Check::Each(checks) | Check::Present(checks) => checks.iter().any(is_nested),
        _ => false,
    }
}
