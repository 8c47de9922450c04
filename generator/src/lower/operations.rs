//! Operations become plans that a client and a server are emitted from.
//!
//! An operation is lowered once for both: its path in pieces, its parameters with types that have a text
//! form, its bodies and responses with the names of their types and variants.

use std::collections::hash_map::Entry;

use foldhash::{HashMap, HashSet};

use super::{
    alike::Alike,
    components::Components,
    docs, limits,
    names::{Kind, Name, Scope},
    objects,
    outcomes::{Enums, ResponsePlan},
    place::{Called, Place},
    plan::{BodyPlan, Check, OperationPlan, ParameterPlan, ParamsPlan, RequestPlan, RustType},
    security::{self, Numbers},
    shape::same_shape,
    status::{is_success, status_name},
    types::Types,
};
use crate::{
    model::{
        HttpMethod, MediaType, Operation, Parameter, ParameterLocation, QueryStyle, Response, Schema, Type,
    },
    path_template,
};

/// The operations of one API, while they are lowered.
#[derive(Debug)]
pub(super) struct Operations<'a> {
    components: &'a Components<'a>,
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

    /// The parameters whose values have a text form of their own type; the others are text. A path
    /// parameter that the path does not have is left out: resolving reported it.
    fn lower_parameters(&mut self, operation: &Operation, secured: bool) -> Vec<ParameterPlan> {
        let mut scope = Scope::default();
        // Names that functions use for something else.
        for taken in ["self", "body", "params", "call", "caller", "limits", "request", "service"] {
            scope.name(Kind::Value, taken);
        }
        let in_path: HashSet<&str> =
            path_template::placeholders(&operation.path.value).map(|(_, name)| name).collect();
        let ambiguous = objects::ambiguous_names(self.components, operation);
        let mut parameters: Vec<ParameterPlan> = operation
            .parameters
            .iter()
            .filter(|parameter| {
                parameter.location != ParameterLocation::Path
                    || in_path.contains(parameter.name.value.as_str())
            })
            .filter(|parameter| !is_spoken_for(parameter, operation, secured))
            .map(|parameter| self.lower_parameter(&mut scope, operation, parameter, &ambiguous))
            .collect();
        // A server reads the path first.
        parameters.sort_by_key(|parameter| parameter.location != ParameterLocation::Path);
        parameters
    }

    fn lower_parameter(
        &mut self,
        scope: &mut Scope,
        operation: &Operation,
        parameter: &Parameter,
        ambiguous: &HashSet<&str>,
    ) -> ParameterPlan {
        let wire = &parameter.name.value;
        let name = format!("{} {wire}", operation.id);
        let place = Place { name: Called::Words(&name), field: wire, in_request: false, parameter: true };
        let components = self.components;
        let is_json = parameter.style == Some(QueryStyle::Json);
        let (repeated, schema) = match &components.target(&parameter.schema).ty {
            Type::Array(items) if !is_json => (true, &**items),
            _ => (false, &parameter.schema),
        };
        let object = match (is_json, repeated) {
            // As in a body, absent and null are told apart in it.
            (true, _) => Some(self.types.lower_inner(schema, Place { in_request: true, ..place })),
            (false, true) => None,
            (false, false) => self.lower_query_object(parameter, place, ambiguous),
        };
        let of_list = |style: &QueryStyle| {
            matches!(style, QueryStyle::Form | QueryStyle::SpaceDelimited | QueryStyle::PipeDelimited)
        };
        let style = parameter.style.filter(|style| object.is_some() || repeated && of_list(style));
        let (ty, checks) = match object {
            Some(object) => object,
            None if has_text_form(components, schema) => self.types.lower(schema, place),
            None => {
                let has_style = parameter.style.is_some() && !repeated;
                if !has_style && objects::has_members(components, schema) {
                    self.types.report(objects::untyped(parameter, repeated));
                }
                (RustType::String, Vec::new())
            }
        };
        // A secret is sent as text, whatever it is: nothing but its text form is ever looked at.
        let (ty, checks) = match ty {
            RustType::Secret(inner) if !is_json => {
                let checked = *inner == RustType::String && !repeated;
                (RustType::Secret(Box::new(RustType::String)), if checked { checks } else { Vec::new() })
            }
            ty => (ty, checks),
        };
        let is_object = style.is_some() && !repeated;
        if let RustType::Named(id) = ty
            && !is_object
        {
            self.types.mark_parameter(id);
        }
        let mut checks: Vec<Check> =
            checks.into_iter().filter(|check| is_object || !matches!(check, Check::Nested)).collect();
        if repeated {
            let each = (!checks.is_empty()).then_some(Check::Each(checks));
            let all = limits::array_checks(components.target(&parameter.schema));
            checks = all.into_iter().chain(each).collect();
        }
        ParameterPlan {
            name: scope.name(Kind::Value, parameter.schema.rename.as_deref().unwrap_or(wire)),
            wire: wire.clone(),
            location: parameter.location,
            required: parameter.required || parameter.location == ParameterLocation::Path,
            repeated,
            style,
            checks,
            ty,
            docs: docs::parameter(&components.described(&parameter.schema), &mut self.types.rendered),
        }
    }

    /// The type of an object in the query, and the limits on it, where its style has a form for its members. Where it has
    /// none, which is reported, the parameter is text.
    fn lower_query_object(
        &mut self,
        parameter: &Parameter,
        place: Place<'_>,
        ambiguous: &HashSet<&str>,
    ) -> Option<(RustType, Vec<Check>)> {
        // The configuration can say that it is a scalar.
        let style = parameter.style.filter(|_| !has_text_form(self.components, &parameter.schema))?;
        let lowered = objects::has_form(self.components, &parameter.schema, style, ambiguous)
            .map(|()| self.types.lower(&parameter.schema, place));
        match lowered {
            Ok(lowered @ (RustType::Named(_) | RustType::Map(_) | RustType::FreeForm, _)) => {
                return Some(lowered);
            }
            Ok(_) => self.types.report(objects::no_form(parameter, &"it is a secret".into())),
            Err(why) => self.types.report(objects::no_form(parameter, &why)),
        }
        None
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
        let form = in_request && is_form(&media_type) && self.components.objects(&media.schema).is_some();
        BodyPlan { json: is_json(&media_type), form, media_type, ty: RustType::Named(id) }
    }
}

/// The names of a response's variants: one for each media type, the first of which is named already.
fn media_variants(first: &Name, response: &Response, scope: &mut Scope) -> Vec<Name> {
    let subtype = |media: &MediaType| media.name.value.rsplit('/').next().unwrap_or_default().to_owned();
    let others = response.content.iter().skip(1).map(subtype);
    let others = others.map(|subtype| scope.name(Kind::Variant, &format!("{first} {subtype}")));
    std::iter::once(first.clone()).chain(others).collect()
}

/// Whether a media type is JSON (RFC 8259, and the `+json` suffix of RFC 6839), or any.
fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json") || essence == "*/*"
}

/// Whether a media type is one of HTML's forms.
fn is_form(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    matches!(essence.as_str(), "multipart/form-data" | "application/x-www-form-urlencoded")
}

/// Whether a header says what the request's body or credentials say already.
fn is_spoken_for(parameter: &Parameter, operation: &Operation, secured: bool) -> bool {
    let is = |name| parameter.name.value.eq_ignore_ascii_case(name);
    parameter.location == ParameterLocation::Header
        && (is("Content-Type") && operation.request_body.is_some() || is("Authorization") && secured)
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

/// Whether values of a schema can be written as text in one way only.
fn has_text_form(components: &Components<'_>, schema: &Schema) -> bool {
    match &components.target(schema).ty {
        Type::Boolean | Type::Integer | Type::Number | Type::String => true,
        Type::Union(alternatives) => {
            let is_scalar =
                |ty: &Type| matches!(ty, Type::Boolean | Type::Integer | Type::Number | Type::String);
            alternatives.iter().all(|alternative| is_scalar(&components.target(alternative).ty))
        }
        Type::Any | Type::Null | Type::File | Type::Array(_) | Type::Object(_) | Type::Ref(_) => false,
    }
}

/// The parameters of the path in the order of the template. A placeholder without a parameter is text.
fn placeholders(template: &str, parameters: &[ParameterPlan]) -> Vec<usize> {
    let mut known: HashMap<&str, usize> = HashMap::default();
    for (at, parameter) in
        parameters.iter().enumerate().filter(|(_, p)| p.location == ParameterLocation::Path)
    {
        known.entry(&parameter.wire).or_insert(at);
    }
    path_template::placeholders(template).filter_map(|(_, name)| known.get(name).copied()).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn found(template: &str, names: &[&str]) -> Vec<usize> {
        let mut scope = Scope::default();
        let parameters: Vec<ParameterPlan> = names
            .iter()
            .map(|name| ParameterPlan {
                name: scope.name(Kind::Value, name),
                wire: (*name).to_owned(),
                location: ParameterLocation::Path,
                required: true,
                repeated: false,
                style: None,
                ty: RustType::String,
                checks: Vec::new(),
                docs: Vec::new(),
            })
            .collect();
        placeholders(template, &parameters)
    }

    #[test]
    fn placeholders_are_found_in_the_order_of_the_template() {
        assert_eq!(found("/users/{id}.json", &["id"]), [0]);
        assert_eq!(found("/a/{c}/{b}?d={d}", &["b", "c", "d"]), [1, 0]);
        assert_eq!(found("/a/{unknown}/{b}/{", &["b"]), [0]);
        assert_eq!(found("/a/{{b}}", &["b"]), [0]);
    }
}
