//! Parameters: the types of their values, and how these are written.
//!
//! What has a text form in one way only has a type of its own; an object has one where its style has a form for its
//! members ([`objects`]). Everything else is text that the caller writes.

use foldhash::{HashMap, HashSet};

use super::{
    components::Components,
    docs, limits,
    names::{Kind, Scope},
    objects,
    operations::Operations,
    place::{Called, Place},
    plan::{Check, ParameterPlan, RustType},
};
use crate::{
    model::{Operation, Parameter, ParameterLocation, QueryStyle, Schema, Type},
    path_template,
};

impl Operations<'_> {
    /// The parameters whose values have a text form of their own type; the others are text. A path
    /// parameter that the path does not have is left out: resolving reported it.
    pub(super) fn lower_parameters(&mut self, operation: &Operation, secured: bool) -> Vec<ParameterPlan> {
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

/// The parameters of the path in the order of the template. A placeholder without a parameter is text.
pub(super) fn placeholders(template: &str, parameters: &[ParameterPlan]) -> Vec<usize> {
    let mut known: HashMap<&str, usize> = HashMap::default();
    for (at, parameter) in
        parameters.iter().enumerate().filter(|(_, p)| p.location == ParameterLocation::Path)
    {
        known.entry(&parameter.wire).or_insert(at);
    }
    path_template::placeholders(template).filter_map(|(_, name)| known.get(name).copied()).collect()
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
