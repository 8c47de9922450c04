//! Objects in parameters: which of those in the query OpenAPI's styles have a form for.
//!
//! The styles are defined for objects of scalars. What holds anything else has no form that everyone reads alike.

use super::components::Components;
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Parameter, QueryStyle, Schema, Type},
};

/// Whether a style has a form for an object, or why it has none.
pub(super) fn has_form(
    components: &Components<'_>,
    schema: &Schema,
    style: QueryStyle,
) -> Result<(), &'static str> {
    let Type::Object(object) = &components.target(schema).ty else { return Err("it is not only an object") };
    let is_scalar = |schema: &Schema| {
        let ty = &components.target(schema).ty;
        matches!(ty, Type::Boolean | Type::Integer | Type::Number | Type::String)
    };
    match &object.values {
        Some(_) if !object.properties.is_empty() => Err("it has members with names and others"),
        Some(_) if style == QueryStyle::FormExploded => Err("its members could have the names of others"),
        Some(values) if is_scalar(values) => Ok(()),
        None if object.properties.is_empty() => Err("its members are not documented"),
        None if object.properties.values().all(|property| is_scalar(&property.schema)) => Ok(()),
        _ => Err("it holds more than scalars"),
    }
}

/// What there is to say of an object without a form.
pub(super) fn no_form(parameter: &Parameter, why: &str) -> Diagnostic {
    let (style, _) = parameter.style.map_or(("form", false), QueryStyle::keywords);
    Diagnostic::new(
        codes::OBJECT_AS_TEXT,
        parameter.span,
        format!("object `{}` in the query that style `{style}` has no form for", parameter.name.value),
    )
    .label(format!("{why}; it is sent as one text, which the caller writes"))
}

/// Whether a schema is an object of which pages say what it holds.
pub(super) fn has_members(components: &Components<'_>, schema: &Schema) -> bool {
    match &components.target(schema).ty {
        Type::Object(object) => object.values.is_some() || !object.properties.is_empty(),
        _ => false,
    }
}

/// What there is to say of a parameter that is an object, or an array of objects, where no style is there to write it in.
pub(super) fn untyped(parameter: &Parameter, repeated: bool) -> Diagnostic {
    let (what, it) = match repeated {
        true => ("array of objects", "each of them"),
        false => ("object", "it"),
    };
    Diagnostic::new(
        codes::OBJECT_AS_TEXT,
        parameter.span,
        format!("{what} `{}` without a style that has a form for its members", parameter.name.value),
    )
    .label(format!("{it} is sent as one text, which the caller writes"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        lower::lower,
        model::{Api, HttpMethod, Object, Operation, ParameterLocation, Property, Text},
        source::Span,
    };

    fn object(members: &[Type], values: Option<Type>) -> Schema {
        let span = Span::default();
        let named = |(at, ty): (usize, &Type)| {
            let schema = Schema::new(ty.clone(), span);
            (format!("m{at}"), Property { required: false, inferred: false, schema, span })
        };
        let properties = members.iter().enumerate().map(named).collect();
        let values = values.map(|ty| Box::new(Schema::new(ty, span)));
        Schema::new(Type::Object(Object { properties, values, ..Object::default() }), span)
    }

    #[test]
    fn objects_of_scalars_have_a_form_and_others_have_none() {
        use QueryStyle::{DeepObject, Form, FormExploded};
        let api = Api::default();
        let (components, _) = Components::new(&api);
        let has = |schema: &Schema, style| has_form(&components, schema, style).is_ok();
        let scalars = object(&[Type::String, Type::Boolean, Type::Integer, Type::Number], None);
        let map = object(&[], Some(Type::Integer));
        for style in [DeepObject, Form, FormExploded] {
            assert!(has(&scalars, style));
            // The names of a map's members are anyone's.
            assert_eq!(has(&map, style), style != FormExploded);
            for other in [
                object(&[], None),
                object(&[Type::String], Some(Type::String)),
                object(&[], Some(Type::Any)),
                object(&[Type::Any], None),
                object(&[Type::String, Type::array_of_any(Span::default())], None),
                object(std::slice::from_ref(&scalars.ty), None),
                Schema::new(Type::String, Span::default()),
            ] {
                assert!(!has(&other, style), "{other:?}");
            }
        }
    }

    #[test]
    fn objects_that_become_text_are_reported_once() {
        let span = Span::default();
        let array = |items: Schema| Schema::new(Type::Array(Box::new(items)), span);
        let scalars = || object(&[Type::String], None);
        let parameter = |name: &str, location, schema, style| Parameter {
            name: Text::new(name, span),
            location,
            required: false,
            schema,
            span,
            style,
        };
        let mut operation = Operation::new(HttpMethod::Get, Text::new("/a", span), span);
        operation.parameters = vec![
            parameter("typed", ParameterLocation::Query, scalars(), Some(QueryStyle::DeepObject)),
            parameter(
                "any",
                ParameterLocation::Query,
                object(&[Type::Any], None),
                Some(QueryStyle::DeepObject),
            ),
            parameter("header", ParameterLocation::Header, scalars(), None),
            parameter("items", ParameterLocation::Query, array(scalars()), Some(QueryStyle::Form)),
            // Nothing that it holds is documented.
            parameter("bare", ParameterLocation::Cookie, object(&[], None), None),
            parameter("texts", ParameterLocation::Query, array(Schema::new(Type::String, span)), None),
        ];
        let (_, said) = lower(&Api { operations: vec![operation], ..Api::default() });
        let said: Vec<String> = said.into_iter().map(|diagnostic| diagnostic.message).collect();
        let expected = [
            "object `any` in the query that style `deepObject` has no form for",
            "object `header` without a style that has a form for its members",
            "array of objects `items` without a style that has a form for its members",
        ];
        assert_eq!(said, expected);
    }
}
