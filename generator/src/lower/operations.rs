//! Operations become plans that a client and a server are emitted from.
//!
//! An operation is lowered once for both: its path in pieces, its parameters with types that have a text
//! form, its bodies and responses with the names of their types and variants.

use std::collections::hash_map::Entry;

use foldhash::HashMap;

use super::{
    alike::Alike,
    components::Components,
    docs,
    names::{Kind, Name, Scope},
    outcomes::{Enums, ResponsePlan},
    parameters::placeholders,
    place::{Called, Place},
    plan::{BodyPlan, OperationPlan, ParameterPlan, ParamsPlan, RequestPlan, RustType},
    security::{self, Numbers},
    shape::same_shape,
    status::{is_success, status_name},
    types::Types,
};
use crate::{
    diagnostic::{Diagnostic, codes},
    media_type::{is_form, may_be_json},
    model::{HttpMethod, MediaType, Operation, Parameter, Response, Schema, Type},
};

/// The operations of one API, while they are lowered.
#[derive(Debug)]
pub(super) struct Operations<'a> {
    pub(super) components: &'a Components<'a>,
    /// The types that they use.
    pub(super) types: Types<'a>,
    functions: Scope,
    /// The names of the functions of the server's trait.
    handlers: Scope,
    /// The enums of responses, in the types' module.
    pub(super) enums: Enums,
    /// The structs of optional parameters.
    params: HashMap<Vec<ParameterPlan>, Name>,
}

/// A lowered operation, and its responses for the documentation.
#[derive(Debug)]
pub(super) struct Lowered {
    pub(super) plan: OperationPlan,
    pub(super) responses: Vec<ResponsePlan>,
}

impl<'a> Operations<'a> {
    /// No operations yet; the scope holds the names of components.
    pub(super) fn new(components: &'a Components<'a>, alike: Alike<'a>, names: Scope) -> Self {
        let mut operations = Self {
            components,
            types: Types::new(components, alike, names),
            params: HashMap::default(),
            functions: Scope::default(),
            handlers: Scope::default(),
            enums: Enums::default(),
        };
        // The client has a function of that name.
        operations.functions.name(Kind::Value, "builder");
        operations
    }

    pub(super) fn lower_operation(&mut self, operation: &Operation, schemes: &Numbers<'_>) -> Lowered {
        self.types.begin_operation();
        let security = security::lower_requirements(operation, schemes);
        let bodies = operation.request_body.iter().flat_map(|body| &body.content);
        for media in bodies.chain(operation.responses.iter().flat_map(|response| &response.content)) {
            self.types.lower_referred(&media.schema);
        }
        let parameters = self.lower_parameters(operation, security.is_some());
        let id = Called::Words(&operation.id);
        let request = operation.request_body.as_ref().map(|body| RequestPlan {
            required: body.required == Some(true),
            optional: body.required == Some(false),
            bodies: self.lower_content(&body.content, Called::Part(&id, "request"), true),
        });
        let responses = self.lower_responses(operation);
        let types = &mut self.types;
        let reserve = |what: &str| types.reserve(&format!("{} {what}", operation.id));
        let outcomes = self.enums.lower_outcomes(operation.method, &responses, reserve);
        let optional = parameters.iter().any(|parameter| !parameter.required);
        let params = optional.then(|| self.lower_params(operation, &parameters));
        self.types.lower_pending();
        let plan = OperationPlan {
            name: self.functions.name(Kind::Value, &operation.id),
            handler: self.handler_name(&operation.id),
            // Its section is known when all are.
            summary: String::new(),
            params,
            method: operation.method,
            path: operation.path.value.clone(),
            placeholders: placeholders(&operation.path.value, &parameters),
            webhook: operation.webhook,
            parameters,
            request,
            success: outcomes.success,
            reply: outcomes.reply,
            headers: operation.responses.iter().any(|response| has_headers(operation.method, response)),
            failure: outcomes.failure,
            accept: outcomes.accept,
            keep_redirects: outcomes.keep_redirects,
            security,
        };
        Lowered { plan, responses }
    }

    /// The struct of optional parameters. Those of equal parameters are one: what they are called, where they travel,
    /// what they may be and what is said of them.
    fn lower_params(&mut self, operation: &Operation, parameters: &[ParameterPlan]) -> ParamsPlan {
        let name = self.types.reserve(&format!("{} params", operation.id));
        let optional = parameters.iter().filter(|parameter| !parameter.required).cloned().collect();
        match self.params.entry(optional) {
            Entry::Occupied(known) => {
                self.enums.aliases.insert(name.clone(), known.get().clone());
                ParamsPlan { name, shared: true }
            }
            Entry::Vacant(new) => {
                new.insert(name.clone());
                ParamsPlan { name, shared: false }
            }
        }
    }

    fn lower_responses(&mut self, operation: &Operation) -> Vec<ResponsePlan> {
        let one_error = has_one_error(operation);
        let id = Called::Words(&operation.id);
        let mut variants = Scope::default();
        let mut lower = |response: &Response| {
            let name = response_name(operation, response, one_error);
            let variant = variants.name(Kind::Variant, &status_name(response.status));
            ResponsePlan {
                status: response.status,
                variants: media_variants(&variant, response, &mut variants),
                docs: docs::text(response.description.as_ref()),
                bodies: self.lower_content(&response.content, Called::Part(&id, &name), false),
            }
        };
        operation.responses.iter().map(&mut lower).collect()
    }

    /// A name in the server's trait.
    fn handler_name(&mut self, id: &str) -> Name {
        // Functions that the trait has of its own.
        for taken in ["authenticate", "problem"] {
            if self.handlers.is_free(Kind::Value, taken) {
                self.handlers.name(Kind::Value, taken);
            }
        }
        self.handlers.name(Kind::Value, id)
    }

    /// The types of a body, one for each media type.
    fn lower_content(
        &mut self,
        content: &[MediaType],
        fallback: Called<'_>,
        in_request: bool,
    ) -> Vec<BodyPlan> {
        let mut bodies = Vec::with_capacity(content.len());
        for (at, media) in content.iter().enumerate() {
            // Only a body in several media types needs them in its types' names.
            let subtype = media.name.value.rsplit('/').next().filter(|_| at > 0);
            let name = subtype.map_or(fallback, |subtype| Called::Part(&fallback, subtype));
            bodies.push(self.lower_body(media, name, in_request));
        }
        bodies
    }

    /// Whether a schema has members that are fields of a form: it is an object, or one of several, and none of these is
    /// another union, whose members would be read before it is known what their texts mean.
    fn has_fields(&self, schema: &Schema) -> bool {
        let is_object = |schema: &Schema| matches!(self.components.target(schema).ty, Type::Object(_));
        match &self.components.target(schema).ty {
            Type::Union(alternatives) => alternatives.iter().all(is_object),
            _ => is_object(schema),
        }
    }

    /// A body's type always has a name: that of the linked resource where no other type took it before.
    fn lower_body(&mut self, media: &MediaType, fallback: Called<'_>, in_request: bool) -> BodyPlan {
        let resource = media.schema.resource.as_ref().map(|link| link.name.value.as_str());
        let resource = resource.or_else(|| self.components.name_of(&media.schema));
        let wanted = media.schema.rename.as_deref().or(resource);
        let name = wanted.filter(|name| self.types.is_free(name)).map_or(fallback, Called::Words);
        let place = Place { name, field: "", in_request, parameter: false };
        let (ty, checks) = self.types.lower(&media.schema, place);
        let ty = if ty == RustType::File { RustType::Bytes } else { ty };
        let id = self.types.alias(ty, checks, &media.schema, place);
        let media_type = media.name.value.clone();
        let is_form = in_request && is_form(&media_type);
        let form = is_form && self.has_fields(&media.schema);
        if is_form && !form && self.components.target(&media.schema).ty != Type::Any {
            self.types.report(no_fields(media));
        }
        BodyPlan { json: may_be_json(&media_type), form, media_type, ty: RustType::Named(id) }
    }
}

/// What there is to say of a form that is no object.
fn no_fields(media: &MediaType) -> Diagnostic {
    Diagnostic::new(
        codes::FORM_AS_BYTES,
        media.schema.span,
        format!(
            "form of the media type `{}` that is neither an object nor one of several objects",
            media.name.value
        ),
    )
    .label("only objects have fields: it is sent as bytes, which the caller writes")
}

/// The names of a response's variants: one for each media type, the first of which is named already.
fn media_variants(first: &Name, response: &Response, scope: &mut Scope) -> Vec<Name> {
    let subtype = |media: &MediaType| media.name.value.rsplit('/').next().unwrap_or_default().to_owned();
    let others = response.content.iter().skip(1).map(subtype);
    let others = others.map(|subtype| scope.name(Kind::Variant, &format!("{first} {subtype}")));
    std::iter::once(first.clone()).chain(others).collect()
}

/// Whether a reply has headers that a service can say. What HTTP says of a body is the server's, unless there is none
/// (`WithHeaders` in the runtime), and OpenAPI has `Content-Type` ignored.
fn has_headers(method: HttpMethod, response: &Response) -> bool {
    let is_said = |header: &Parameter| {
        let is = |name| header.name.value.eq_ignore_ascii_case(name);
        let of_body = is("Content-Type") || is("Content-Length");
        !is("Transfer-Encoding") && (!of_body || method == HttpMethod::Head)
    };
    response.headers.iter().any(is_said)
}

/// What a response's type is called: `error` where all of an operation's errors have one shape, otherwise the status
/// each.
fn response_name(operation: &Operation, response: &Response, one_error: bool) -> String {
    if one_error && !is_success(response.status) && !response.content.is_empty() {
        return "error".to_owned();
    }
    let successes =
        operation.responses.iter().filter(|r| is_success(r.status) && !r.content.is_empty()).count();
    if is_success(response.status) && successes == 1 {
        return "response".into();
    }
    status_name(response.status)
}

/// Whether all of an operation's errors have one shape. Equal descriptions become one type, whatever pages they stand
/// on; where they stand is no part of that.
fn has_one_error(operation: &Operation) -> bool {
    let errors = operation.responses.iter().filter(|r| !is_success(r.status));
    let mut shapes = errors.filter_map(|response| response.content.first()).map(|media| &media.schema);
    let Some(first) = shapes.next() else { return false };
    shapes.all(|other| same_shape(first, other))
}
