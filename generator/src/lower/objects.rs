//! Objects in parameters: which of those in the query OpenAPI's styles have a form for.
//!
//! The styles are defined for objects of scalars. What holds anything else has no form that everyone reads alike. Where pages
//! leave open what the members are, scalars among them have one, and a client refuses to send others.

use foldhash::HashSet;

use super::components::Components;
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Operation, Parameter, ParameterLocation, QueryStyle, Schema, Type},
    source::Span,
};

/// Why a style has no form for an object.
pub(super) struct NoForm {
    why: String,
    /// The member that it has no form for.
    at: Option<Span>,
}

impl From<&str> for NoForm {
    fn from(why: &str) -> Self {
        Self { why: why.to_owned(), at: None }
    }
}

/// The names that several of an operation's parameters would have in the query, where objects are written as a pair for each
/// member: nothing tells there whose a pair is.
pub(super) fn ambiguous_names<'o>(
    components: &'o Components<'_>,
    operation: &'o Operation,
) -> HashSet<&'o str> {
    let in_query = || operation.parameters.iter().filter(|one| one.location == ParameterLocation::Query);
    let mut ambiguous = HashSet::default();
    if in_query().all(|parameter| parameter.style != Some(QueryStyle::FormExploded)) {
        return ambiguous;
    }
    let mut names: HashSet<&str> = HashSet::default();
    for parameter in in_query() {
        let mut add = |name: &'o str| {
            if !names.insert(name) {
                ambiguous.insert(name);
            }
        };
        match (&components.target(&parameter.schema).ty, parameter.style) {
            (Type::Object(object), Some(QueryStyle::FormExploded)) => {
                object.properties.keys().for_each(|name| add(name));
            }
            _ => add(&parameter.name.value),
        }
    }
    ambiguous
}

/// Whether a style has a form for an object, or why it has none. `ambiguous` are the [`ambiguous_names`].
pub(super) fn has_form(
    components: &Components<'_>,
    schema: &Schema,
    style: QueryStyle,
    ambiguous: &HashSet<&str>,
) -> Result<(), NoForm> {
    let Type::Object(object) = &components.target(schema).ty else {
        return Err("it is not only an object".into());
    };
    let is_scalar = |schema: &Schema| {
        let ty = &components.target(schema).ty;
        matches!(ty, Type::Boolean | Type::Integer | Type::Number | Type::String)
    };
    match &object.values {
        // Serde keeps what has no name of its own until all is read, when it is known to be a text and nothing else.
        Some(values)
            if !object.properties.is_empty()
                && !matches!(components.target(values).ty, Type::Any | Type::String) =>
        {
            return Err("it has members with names, and others that are no texts".into());
        }
        Some(_) if style == QueryStyle::FormExploded => {
            return Err("its members could have the names of others".into());
        }
        Some(values) if components.target(values).ty == Type::Any => {}
        Some(values) if !is_scalar(values) => return Err("its members are no scalars".into()),
        None if object.properties.is_empty() && style == QueryStyle::FormExploded => {
            return Err("its members are not documented, and could have the names of others".into());
        }
        _ => {}
    }
    for (name, property) in &object.properties {
        let member =
            |what: &str| NoForm { why: format!("its member `{name}` {what}"), at: Some(property.span) };
        if !is_scalar(&property.schema) {
            return Err(member("is no scalar"));
        }
        if style == QueryStyle::FormExploded && ambiguous.contains(name.as_str()) {
            return Err(member("has the name of another parameter"));
        }
    }
    Ok(())
}

/// What there is to say of an object without a form.
pub(super) fn no_form(parameter: &Parameter, NoForm { why, at }: &NoForm) -> Diagnostic {
    let (style, _) = parameter.style.and_then(QueryStyle::keywords).unwrap_or(("form", false));
    let diagnostic = Diagnostic::new(
        codes::OBJECT_AS_TEXT,
        at.unwrap_or(parameter.span),
        format!("object `{}` in the query that style `{style}` has no form for", parameter.name.value),
    )
    .label(format!("{why}; it is sent as one text, which the caller writes"));
    match at {
        Some(_) => diagnostic.related(parameter.span, "the parameter"),
        None => diagnostic,
    }
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
        model::{Api, HttpMethod, Object, Property, Text},
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
        let has = |schema: &Schema, style| has_form(&components, schema, style, &HashSet::default()).is_ok();
        let scalars = object(&[Type::String, Type::Boolean, Type::Integer, Type::Number], None);
        let map = object(&[], Some(Type::Integer));
        for style in [DeepObject, Form, FormExploded] {
            assert!(has(&scalars, style));
            // The names of a map's members are anyone's.
            for open in [&map, &object(&[], None), &object(&[], Some(Type::Any))] {
                assert_eq!(has(open, style), style != FormExploded, "{open:?}");
            }
            // So are those of members beside others.
            for mixed in
                [object(&[Type::Integer], Some(Type::String)), object(&[Type::String], Some(Type::Any))]
            {
                assert_eq!(has(&mixed, style), style != FormExploded, "{mixed:?}");
            }
            for other in [
                object(&[Type::String], Some(Type::Integer)),
                object(&[], Some(Type::array_of_any(Span::default()))),
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
            // Both of these have a member `m0`, and the second has one that is a parameter.
            parameter("one", ParameterLocation::Query, scalars(), Some(QueryStyle::FormExploded)),
            parameter(
                "two",
                ParameterLocation::Query,
                object(&[Type::String, Type::String], None),
                Some(QueryStyle::FormExploded),
            ),
            parameter("m1", ParameterLocation::Query, Schema::new(Type::String, span), None),
        ];
        let (_, said) = lower(&Api { operations: vec![operation], ..Api::default() });
        let said: Vec<String> = said.into_iter().map(|diagnostic| diagnostic.message).collect();
        let expected = [
            "object `any` in the query that style `deepObject` has no form for",
            "object `header` without a style that has a form for its members",
            "array of objects `items` without a style that has a form for its members",
            "object `one` in the query that style `form` has no form for",
            "object `two` in the query that style `form` has no form for",
        ];
        assert_eq!(said, expected);
    }
}
