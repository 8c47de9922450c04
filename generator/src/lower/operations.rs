//! Operations become plans that a client and a server are emitted from.
//!
//! An operation is lowered once for both: its path in pieces, its parameters with types that have a text
//! form, its bodies and responses with the names of their types and variants.

use std::collections::HashMap;

use super::{
    components::Components,
    docs,
    module_docs::{handler_docs, operation_docs},
    names::{Kind, Name, Scope},
    plan::{
        BodyPlan, Check, OperationPlan, ParameterPlan, ParamsPlan, PathPiece, RequestPlan, ResponsePlan,
        RustType, SchemePlan, TypeBody, TypeId,
    },
    security,
    status::{is_success, status_name},
    type_docs::{REQUEST, Use},
    types::{Place, Types},
};
use crate::model::{MediaType, Operation, Parameter, ParameterLocation, Response, Schema, Status, Type};

/// The operations of one API, while they are lowered.
#[derive(Debug)]
pub(super) struct Operations<'a> {
    components: &'a Components<'a>,
    /// The types that they use.
    pub(super) types: Types<'a>,
    /// Where types are bodies.
    pub(super) uses: HashMap<TypeId, Vec<Use>>,
    functions: Scope,
    /// The names of the functions of the server's trait.
    handlers: Scope,
    /// The names of the enums of responses, in the client's and the server's module.
    enums: Scope,
}

impl<'a> Operations<'a> {
    /// No operations yet; the scope holds the names of components.
    pub(super) fn new(components: &'a Components<'a>, names: Scope) -> Self {
        let mut operations = Self {
            components,
            types: Types::new(components, names),
            uses: HashMap::new(),
            functions: Scope::default(),
            handlers: Scope::default(),
            enums: Scope::default(),
        };
        // The client has a function of that name.
        operations.functions.name(Kind::Value, "builder");
        operations
    }

    pub(super) fn lower_operation(&mut self, operation: &Operation, schemes: &[SchemePlan]) -> OperationPlan {
        self.types.begin_operation();
        let title = format!("{} {}", operation.method, operation.path.value);
        let security = security::lower_requirements(operation, schemes);
        let bodies = operation.request_body.iter().flat_map(|body| &body.content);
        for media in bodies.chain(operation.responses.iter().flat_map(|response| &response.content)) {
            self.types.lower_referred(&media.schema);
        }
        let parameters = self.lower_parameters(operation, security.is_some());
        let request = operation.request_body.as_ref().map(|body| RequestPlan {
            required: body.required == Some(true),
            optional: body.required == Some(false),
            bodies: self.lower_content(&title, &body.content, &format!("{} request", operation.id), None),
        });
        let error_names = error_names(operation, self.components);
        let mut variants = Scope::default();
        let responses = operation
            .responses
            .iter()
            .map(|response| {
                let name = response_name(operation, response, &error_names);
                let fallback = format!("{} {name}", operation.id);
                let variant = variants.name(Kind::Variant, &status_name(response.status));
                ResponsePlan {
                    status: response.status,
                    variants: media_variants(&variant, response, &mut variants),
                    variant,
                    docs: docs::text(response.description.as_ref()),
                    bodies: self.lower_content(&title, &response.content, &fallback, Some(response.status)),
                }
            })
            .collect();
        let optional = parameters.iter().any(|parameter| !parameter.required);
        let params = optional.then(|| ParamsPlan {
            name: self.types.reserve(&format!("{} params", operation.id)),
            docs: vec![format!("Optional parameters of {}.", docs::code(&title))],
        });
        self.types.lower_pending();
        OperationPlan {
            name: self.functions.name(Kind::Value, &operation.id),
            success: self.enums.name(Kind::Type, &format!("{} success", operation.id)),
            failure: self.enums.name(Kind::Type, &format!("{} failure", operation.id)),
            reply: self.enums.name(Kind::Type, &format!("{} reply", operation.id)),
            handler: self.handler_name(&operation.id),
            handler_docs: handler_docs(&title, operation, &parameters),
            params,
            method: operation.method,
            path: operation.path.value.clone(),
            pieces: path_pieces(&operation.path.value, &parameters),
            webhook: operation.webhook,
            docs: operation_docs(operation),
            parameters,
            request,
            responses,
            security,
        }
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
        for taken in ["self", "body", "params", "caller", "call", "request", "service"] {
            scope.name(Kind::Value, taken);
        }
        operation
            .parameters
            .iter()
            .filter(|parameter| {
                parameter.location != ParameterLocation::Path
                    || operation.path.value.contains(&format!("{{{}}}", parameter.name.value))
            })
            .filter(|parameter| !is_spoken_for(parameter, operation, secured))
            .map(|parameter| self.lower_parameter(&mut scope, operation, parameter))
            .collect()
    }

    fn lower_parameter(
        &mut self,
        scope: &mut Scope,
        operation: &Operation,
        parameter: &Parameter,
    ) -> ParameterPlan {
        let wire = &parameter.name.value;
        let name = format!("{} {wire}", operation.id);
        let place = Place { name: &name, field: wire, in_request: false, parameter: true };
        let components = self.components;
        let (repeated, schema) = match &components.target(&parameter.schema).ty {
            Type::Array(items) => (true, &**items),
            _ => (false, &parameter.schema),
        };
        let (ty, checks) = if has_text_form(components, schema) {
            self.types.lower(schema, place)
        } else {
            (RustType::String, Vec::new())
        };
        // A secret is sent as text, whatever it is: nothing but its text form is ever looked at.
        let ty =
            if matches!(ty, RustType::Secret(_)) { RustType::Secret(Box::new(RustType::String)) } else { ty };
        if let RustType::Named(id) = ty {
            self.types.mark_parameter(id);
        }
        ParameterPlan {
            name: scope.name(Kind::Value, parameter.schema.rename.as_deref().unwrap_or(wire)),
            wire: wire.clone(),
            location: parameter.location,
            required: parameter.required || parameter.location == ParameterLocation::Path,
            repeated,
            checks: checks.into_iter().filter(|check| !matches!(check, Check::Nested)).collect(),
            ty,
            docs: docs::parameter(wire, &components.described(&parameter.schema)),
        }
    }

    /// The types of a body, one for each media type: of the request where there is no status.
    fn lower_content(
        &mut self,
        operation: &str,
        content: &[MediaType],
        fallback: &str,
        status: Option<Status>,
    ) -> Vec<BodyPlan> {
        let mut bodies = Vec::with_capacity(content.len());
        for (at, media) in content.iter().enumerate() {
            // Only a body in several media types needs them in its types' names.
            let subtype = media.name.value.rsplit('/').next().filter(|_| at > 0).unwrap_or_default();
            let (body, id) = self.lower_body(media, &format!("{fallback} {subtype}"), status.is_none());
            let what = status.map_or_else(|| REQUEST.to_owned(), |status| status.to_string());
            self.uses.entry(id).or_default().push(Use { what, operation: operation.to_owned() });
            bodies.push(body);
        }
        bodies
    }

    /// A body's type always has a name: that of the linked resource where no other type took it before.
    fn lower_body(&mut self, media: &MediaType, fallback: &str, in_request: bool) -> (BodyPlan, TypeId) {
        let resource = media.schema.resource.as_ref().map(|link| link.name.value.as_str());
        let resource = resource.or_else(|| self.components.name_of(&media.schema));
        let wanted = media.schema.rename.as_deref().or(resource);
        let name = wanted.filter(|name| self.types.is_free(name)).unwrap_or(fallback);
        let place = Place { name, field: "", in_request, parameter: false };
        let (ty, checks) = self.types.lower(&media.schema, place);
        let id = self.types.alias(ty, checks, &media.schema, place);
        let media_type = media.name.value.clone();
        (BodyPlan { json: is_json(&media_type), media_type, ty: RustType::Named(id) }, id)
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

/// Whether a header says what the request's body or credentials say already.
fn is_spoken_for(parameter: &Parameter, operation: &Operation, secured: bool) -> bool {
    let is = |name| parameter.name.value.eq_ignore_ascii_case(name);
    parameter.location == ParameterLocation::Header
        && (is("Content-Type") && operation.request_body.is_some() || is("Authorization") && secured)
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

/// The path template in pieces. A placeholder without a parameter stays as it is.
fn path_pieces(template: &str, parameters: &[ParameterPlan]) -> Vec<PathPiece> {
    let path = template.split('?').next().unwrap_or_default();
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        literal.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            literal.push('{');
            rest = after;
            continue;
        };
        let is_it = |p: &ParameterPlan| p.location == ParameterLocation::Path && p.wire == name;
        match parameters.iter().position(is_it) {
            Some(at) => {
                if !literal.is_empty() {
                    pieces.push(PathPiece::Literal(std::mem::take(&mut literal)));
                }
                pieces.push(PathPiece::Parameter(at));
            }
            None => literal.push_str(&format!("{{{name}}}")),
        }
        rest = after;
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        pieces.push(PathPiece::Literal(literal));
    }
    pieces
}

/// The names of error responses: `error` where all of an operation's errors have one shape, otherwise the
/// status each.
fn error_names(operation: &Operation, components: &Components<'_>) -> Vec<(Status, &'static str)> {
    let errors: Vec<&Response> =
        operation.responses.iter().filter(|r| !is_success(r.status) && !r.content.is_empty()).collect();
    let shape = |response: &Response| {
        // Shapes are compared as they are lowered: equal types are one, whatever pages they stand on.
        let mut types = Types::new(components, Scope::default());
        let place = Place { name: "x", field: "", in_request: false, parameter: false };
        response.content.first().map(|media| {
            let (ty, _) = types.lower(&media.schema, place);
            let bodies: Vec<(Name, TypeBody)> = types.into_bodies();
            (ty, bodies)
        })
    };
    // One error has nothing to differ from.
    if errors.len() > 1 {
        let mut shapes = errors.iter().map(|response| shape(response));
        let first = shapes.next();
        if !shapes.all(|other| Some(&other) == first.as_ref()) {
            return Vec::new();
        }
    }
    errors.iter().map(|response| (response.status, "error")).collect()
}

fn response_name(operation: &Operation, response: &Response, error_names: &[(Status, &str)]) -> String {
    if let Some((_, name)) = error_names.iter().find(|(status, _)| *status == response.status) {
        return (*name).to_owned();
    }
    let successes =
        operation.responses.iter().filter(|r| is_success(r.status) && !r.content.is_empty()).count();
    if is_success(response.status) && successes == 1 {
        return "response".into();
    }
    status_name(response.status)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(template: &str, names: &[&str]) -> Vec<String> {
        let mut scope = Scope::default();
        let parameters: Vec<ParameterPlan> = names
            .iter()
            .map(|name| ParameterPlan {
                name: scope.name(Kind::Value, name),
                wire: (*name).to_owned(),
                location: ParameterLocation::Path,
                required: true,
                repeated: false,
                ty: RustType::String,
                checks: Vec::new(),
                docs: Vec::new(),
            })
            .collect();
        path_pieces(template, &parameters)
            .into_iter()
            .map(|piece| match piece {
                PathPiece::Literal(text) => text,
                PathPiece::Parameter(at) => format!("#{at}"),
            })
            .collect()
    }

    #[test]
    fn templates_are_taken_apart() {
        assert_eq!(pieces("/users/{id}.json", &["id"]), ["/users/", "#0", ".json"]);
        assert_eq!(pieces("/a/{b}/{c}?d={d}", &["b", "c"]), ["/a/", "#0", "/", "#1"]);
        assert_eq!(pieces("/a/{unknown}/{", &["b"]), ["/a/{unknown}/{"]);
    }
}
