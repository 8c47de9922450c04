//! The router: what each operation reads of a request, in the order in which it is checked.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::super::{
    delimiter, outer_name,
    validate::{Place, emit_check},
};
use super::{Part, body_type, is_open, parameter_type, required};
use crate::lower::{
    client::request_body,
    outcomes::number,
    plan::{BodyPlan, Check, OperationPlan, ParameterPlan, Plan, ReplyPlan, RustType, TypeBody, TypePlan},
};

pub(super) fn emit_router(plan: &Plan, operations: &[&OperationPlan], part: Part) -> TokenStream {
    let realm = &plan.name;
    let mutable = (!operations.is_empty()).then(|| quote!(mut));
    let routes = operations.iter().map(|operation| emit_route(operation, plan, part));
    if part == Part::Webhooks {
        return quote! {
            /// A router that answers every request with what a service replies, or with a refusal. Each webhook is at
            /// the path that `path` gives for its documented name; of several at one path, the first answers.
            pub fn webhooks<S: Webhooks>(service: S, path: impl Fn(&'static str) -> &'static str) -> Router {
                let mut app = Routes::new(#realm, service, S::problem);
                #(#routes)*
                app.into_router()
            }
        };
    }
    // A statement each: a chain of calls is nested as deep as there are operations, for whoever parses it.
    quote! {
        /// A router that answers every request with what a service replies, or with a refusal. It can be
        /// nested below a base path.
        pub fn router<S: Service>(service: S) -> Router {
            let #mutable app = Routes::new(#realm, service, S::problem);
            #(#routes)*
            app.into_router()
        }
    }
}

fn emit_route(operation: &OperationPlan, plan: &Plan, part: Part) -> TokenStream {
    let method = operation.method.to_string();
    let title = format!("{method} {}", operation.path);
    let at = match part {
        Part::Operations => quote!(at(#title)),
        Part::Webhooks => {
            let name = &operation.path;
            quote!(webhook(#method, path(#name)))
        }
    };
    let name = operation.handler.ident();
    let caller = operation.security.as_ref().map(|_| {
        let accepted = emit_accepted(operation, plan);
        let check = part.caller();
        quote!(let caller = #check(&*service, &request, &[#accepted]).await?;)
    });
    let lets = required(operation).map(|parameter| {
        let name = parameter.name.ident();
        let read = emit_read(parameter);
        // The trait's function says the type, where nothing asks for it before.
        let ty = (!parameter.checks.is_empty()).then(|| parameter_type(parameter, &plan.types));
        let ty = ty.map(|ty| quote!(: #ty));
        quote!(let #name #ty = #read;)
    });
    let params = operation.params.as_ref().map(|params| {
        let name = outer_name(&params.name);
        let fields = operation.parameters.iter().filter(|parameter| !parameter.required).map(|parameter| {
            let field = parameter.name.ident();
            let read = emit_read(parameter);
            quote!(#field: #read,)
        });
        quote!(let params = #name { #(#fields)* };)
    });
    let body = emit_body(operation, &plan.types);
    let limits = emit_limits(operation, &plan.types);
    let arguments = operation.security.iter().map(|_| quote!(caller,));
    let arguments = arguments.chain(required(operation).map(|parameter| {
        let name = parameter.name.ident();
        quote!(#name,)
    }));
    let arguments = arguments.chain(params.iter().map(|_| quote!(params,)));
    let arguments = arguments.chain(body.iter().map(|_| quote!(body,)));
    let reads = operation.security.is_some() || !operation.parameters.is_empty();
    let request = match (&body, reads) {
        (Some(_), _) => quote!(mut request),
        (None, true) => quote!(request),
        (None, false) => quote!(_),
    };
    let reply = quote!(service.#name(#(#arguments)*).await);
    let answer = if is_open(operation) {
        quote!(Ok(#reply))
    } else {
        let answer = emit_answer(&operation.reply);
        quote!(#reply.#answer)
    };
    quote! {
        app.#at.to(|service, #request| async move {
            #caller
            #(#lets)*
            #params
            #body
            #limits
            #answer
        });
    }
}

/// What makes a response of a reply.
fn emit_answer(reply: &ReplyPlan) -> TokenStream {
    let (status, body) = match reply {
        ReplyPlan::Open => return quote!(open()),
        ReplyPlan::Enum(_) => return quote!(documented()),
        ReplyPlan::One(status, body) => (number(*status), body),
    };
    let number = Literal::u16_unsuffixed(status);
    let open = status < 100;
    match body {
        None if open => quote!(with(|status| server::empty(server::class(#number, status)?))),
        None => quote!(empty(#number)),
        Some(BodyPlan { media_type, json: true, .. }) if open => {
            quote!(with(|(status, body)| server::json(server::class(#number, status)?, #media_type, &body)))
        }
        Some(BodyPlan { media_type, .. }) if open => {
            quote!(with(|(status, body)| server::body(server::class(#number, status)?, #media_type, body)))
        }
        Some(BodyPlan { media_type, json: true, .. }) if media_type == "application/json" => {
            quote!(json(#number))
        }
        Some(BodyPlan { media_type, json: true, .. }) => quote!(json_as(#number, #media_type)),
        Some(BodyPlan { media_type, .. }) => quote!(body(#number, #media_type)),
    }
}

/// Whether an operation's answer names the runtime's module.
pub(super) fn names_module(operation: &OperationPlan) -> bool {
    matches!(operation.reply, ReplyPlan::One(status, _) if number(status) < 100)
}

/// The alternatives of credentials, each with its permissions.
fn emit_accepted(operation: &OperationPlan, plan: &Plan) -> TokenStream {
    let alternatives = operation.security.iter().flatten().map(|requirements| {
        let schemes = requirements.iter().filter_map(|requirement| plan.schemes.get(requirement.scheme));
        let schemes = schemes.map(|scheme| scheme.constant.ident());
        let permissions = requirements.iter().flat_map(|requirement| &requirement.permissions);
        quote!((&[#(#schemes),*], &[#(#permissions),*]))
    });
    quote!(#(#alternatives),*)
}

fn emit_read(parameter: &ParameterPlan) -> TokenStream {
    let wire = &parameter.wire;
    let place = Ident::new(&format!("{:?}", parameter.location), Span::call_site());
    let how = match (parameter.repeated, parameter.required) {
        (true, true) => "several",
        (true, false) => "repeated",
        (false, true) => "required",
        (false, false) => "optional",
    };
    let how = Ident::new(how, Span::call_site());
    match parameter.delimiter.map(delimiter) {
        Some(delimiter) => quote!(request.#how(In::QueryList(#delimiter), #wire)?),
        None => quote!(request.#how(In::#place, #wire)?),
    }
}

fn emit_body(operation: &OperationPlan, all: &[TypePlan]) -> Option<TokenStream> {
    let request = operation.request.as_ref()?;
    let ty = match body_checks(operation, all).as_slice() {
        [] | [Check::Nested] => None,
        _ => body_type(operation, all).map(|ty| quote!(: #ty)),
    };
    let body = request_body(operation)?;
    let media_type = &body.media_type;
    let how = match (body.json, request.required) {
        (_, true) if body.form => "form",
        (_, false) if body.form => "optional_form",
        (true, true) => "json",
        (true, false) => "optional_json",
        (false, true) => "bytes",
        (false, false) => "optional_bytes",
    };
    let how = Ident::new(how, Span::call_site());
    Some(quote!(let body #ty = request.#how(#media_type).await?;))
}

/// The checks of documented limits, if there are any.
fn emit_limits(operation: &OperationPlan, all: &[TypePlan]) -> Option<TokenStream> {
    let checked: Vec<&ParameterPlan> =
        operation.parameters.iter().filter(|parameter| !parameter.checks.is_empty()).collect();
    let parameters = checked.iter().map(|parameter| {
        let name = parameter.name.ident();
        let wire = &parameter.wire;
        let value = if parameter.required { quote!(&#name) } else { quote!(&params.#name) };
        let checks = emit_checks(&parameter_checks(parameter));
        quote!(.parameter(#wire, #value, |value, at| { #checks }))
    });
    let body = body_checks(operation, all);
    let body = (!body.is_empty()).then(|| {
        if body == [Check::Nested] {
            return quote!(.body(&body));
        }
        let checks = emit_checks(&body);
        quote!(.body_by(&body, |value, at| { #checks }))
    });
    (!checked.is_empty() || body.is_some())
        .then(|| quote!(Limits::default() #(#parameters)* #body .check()?;))
}

fn emit_checks(checks: &[Check]) -> TokenStream {
    let checks = checks.iter().map(|check| emit_check(check, &Place::borrowed()));
    quote!(#(#checks);*)
}

fn parameter_checks(parameter: &ParameterPlan) -> Vec<Check> {
    match (parameter.repeated, parameter.required) {
        (true, _) => vec![Check::Each(parameter.checks.clone())],
        (false, false) => vec![Check::Present(parameter.checks.clone())],
        (false, true) => parameter.checks.clone(),
    }
}

/// The limits of the body, as an argument has it.
fn body_checks(operation: &OperationPlan, all: &[TypePlan]) -> Vec<Check> {
    let Some(request) = &operation.request else { return Vec::new() };
    let ty = match request_body(operation) {
        Some(body) if body.is_typed() => &body.ty,
        _ => return Vec::new(),
    };
    let RustType::Named(id) = ty else { return Vec::new() };
    let checks = match all.get(id.0) {
        Some(TypePlan { body: TypeBody::Alias(_, checks), .. }) => checks.clone(),
        Some(TypePlan { validate: true, .. }) => vec![Check::Nested],
        _ => Vec::new(),
    };
    // An optional body is checked as its type is.
    if request.required || matches!(checks.as_slice(), [] | [Check::Nested]) {
        return checks;
    }
    vec![Check::Present(checks)]
}

/// Whether an operation has limits to check.
pub(super) fn has_limits(operation: &OperationPlan, all: &[TypePlan]) -> bool {
    operation.parameters.iter().any(|it| !it.checks.is_empty()) || !body_checks(operation, all).is_empty()
}

/// Whether an operation's limits name the trait `Validate`.
pub(super) fn checks_nested(operation: &OperationPlan, all: &[TypePlan]) -> bool {
    let checks = body_checks(operation, all);
    checks != [Check::Nested] && checks.iter().any(is_nested)
}

fn is_nested(check: &Check) -> bool {
    match check {
        Check::Nested => true,
        Check::Each(checks) | Check::Present(checks) => checks.iter().any(is_nested),
        _ => false,
    }
}
