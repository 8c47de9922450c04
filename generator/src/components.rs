//! Component schemas of several definitions become those of one API.
//!
//! Enter at [`join`]. Pages that document operations of one API repeat the components that they share. Components
//! of one name that say the same, all the way down, are one; those that differ are kept apart: the later gets a number,
//! as do the components that refer to it.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;

use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Object, Operation, Property, Schema, Text, Type},
};

type Schemas = IndexMap<String, Schema>;

/// Adds `new` to `known`, and lets the operations refer to what came of it. Gives what there was to say.
pub(crate) fn join(known: &mut Schemas, new: Schemas, operations: &mut [Operation]) -> Vec<Diagnostic> {
    let mut said = Vec::new();
    let names = final_names(known, &new);
    let renamed: HashMap<&str, &str> =
        names.iter().filter(|(a, b)| a != b).map(|(a, b)| (*a, &**b)).collect();
    if !renamed.is_empty() {
        for operation in operations {
            for schema in operation.schemas_mut() {
                rename(schema, &renamed);
            }
        }
    }
    let mut added = Vec::new();
    for (name, schema) in &new {
        let Some(last) = names.get(name.as_str()).filter(|last| !known.contains_key(*last)) else { continue };
        let mut schema = schema.clone();
        rename(&mut schema, &renamed);
        if last != name
            && let Some(first) = known.get(name)
        {
            said.push(
                Diagnostic::new(
                    codes::COMPONENT_DIFFERS,
                    schema.span,
                    format!("component `{name}` that differs from another of that name"),
                )
                .label(format!("called `{last}` here"))
                .related(first.span, "the other"),
            );
        }
        added.push((last.clone(), schema));
    }
    known.extend(added);
    said
}

/// The components that operations refer to, and those that these do.
pub(crate) fn referred(mut schemas: Schemas, operations: &[Operation]) -> Schemas {
    let mut found: HashSet<String> = HashSet::new();
    let mut pending: Vec<String> = Vec::new();
    let mut note = |pending: &mut Vec<String>, name: &str| {
        if found.insert(name.to_owned()) {
            pending.push(name.to_owned());
        }
    };
    for schema in operations.iter().flat_map(Operation::schemas) {
        references(schema, &mut |name| note(&mut pending, name));
    }
    while let Some(name) = pending.pop() {
        if let Some(schema) = schemas.get(&name) {
            references(schema, &mut |name| note(&mut pending, name));
        }
    }
    schemas.retain(|name, _| found.contains(name));
    schemas
}

/// The names that the components of `new` get: their own where no other has it that says something else.
fn final_names<'n>(known: &Schemas, new: &'n Schemas) -> HashMap<&'n str, String> {
    let mut last: HashMap<&'n str, String> = HashMap::new();
    let mut rest: Vec<&'n str> = new.keys().map(String::as_str).collect();
    let mut users: HashMap<&'n str, Vec<&'n str>> = HashMap::new();
    for (name, schema) in new {
        references(schema, &mut |target| {
            if let Some((target, _)) = new.get_key_value(target) {
                users.entry(target.as_str()).or_default().push(name);
            }
        });
    }
    let mut taken: HashSet<String> = HashSet::new();
    for round in 1.. {
        if rest.is_empty() {
            break;
        }
        let candidate = |name: &str| if round == 1 { name.to_owned() } else { format!("{name}_{round}") };
        for &name in &rest {
            last.insert(name, candidate(name));
        }
        // Those that differ, then those that refer to them.
        let differs = |name: &&str| {
            let candidate = last.get(name).map_or("", String::as_str);
            let differs = |(other, mine): (&Schema, &Schema)| !same(other, mine, &last);
            // A number can make a name that another component has of its own.
            let is_another = round > 1 && (new.contains_key(candidate) || taken.contains(candidate));
            is_another || known.get(candidate).zip(new.get(*name)).is_some_and(differs)
        };
        let mut pending: Vec<&'n str> = rest.iter().copied().filter(differs).collect();
        let here: HashSet<&str> = rest.iter().copied().collect();
        let mut out: HashSet<&'n str> = pending.iter().copied().collect();
        while let Some(name) = pending.pop() {
            for &user in users.get(name).into_iter().flatten() {
                // What is new under its own name stays so, whatever it refers to.
                let is_new = last.get(user).is_some_and(|candidate| !known.contains_key(candidate));
                if here.contains(user) && !is_new && out.insert(user) {
                    pending.push(user);
                }
            }
        }
        taken.extend(
            rest.iter().filter(|name| !out.contains(*name)).filter_map(|name| last.get(name).cloned()),
        );
        rest.retain(|name| out.contains(name));
    }
    last
}

/// Calls `visit` with the name of each component that a schema refers to. Recursion is bounded by the nesting that
/// readers allow; so it is below.
fn references(schema: &Schema, visit: &mut impl FnMut(&str)) {
    for target in schema.discriminator.iter().flat_map(|discriminator| discriminator.mapping.values()) {
        visit(target);
    }
    match &schema.ty {
        Type::Ref(name) => visit(name),
        Type::Array(items) => references(items, visit),
        Type::Union(alternatives) => alternatives.iter().for_each(|schema| references(schema, visit)),
        Type::Object(object) => {
            object.properties.values().for_each(|property| references(&property.schema, visit));
            object.values.iter().for_each(|values| references(values, visit));
        }
        _ => {}
    }
}

fn rename(schema: &mut Schema, names: &HashMap<&str, &str>) {
    let renamed = |name: &mut String| {
        if let Some(last) = names.get(name.as_str()) {
            *name = (*last).to_owned();
        }
    };
    if let Some(discriminator) = &mut schema.discriminator {
        discriminator.mapping.values_mut().for_each(renamed);
    }
    match &mut schema.ty {
        Type::Ref(name) => renamed(name),
        Type::Array(items) => rename(items, names),
        Type::Union(alternatives) => alternatives.iter_mut().for_each(|schema| rename(schema, names)),
        Type::Object(object) => {
            object.properties.values_mut().for_each(|property| rename(&mut property.schema, names));
            object.values.iter_mut().for_each(|values| rename(values, names));
        }
        _ => {}
    }
}

/// Whether two schemas say the same, places aside; `names` are those that the second's references will have.
fn same(first: &Schema, second: &Schema, names: &HashMap<&str, String>) -> bool {
    let Schema {
        ty,
        nullable,
        format,
        title,
        description,
        values,
        limits,
        default,
        examples,
        resource: _,
        discriminator,
        deprecated,
        read_only,
        write_only,
        // Pages do not say these.
        rename: _,
        overridden: _,
        span: _,
    } = first;
    let text =
        |a: &Option<Text>, b: &Option<Text>| a.as_ref().map(|a| &a.value) == b.as_ref().map(|b| &b.value);
    let flags = [*nullable, *deprecated, *read_only, *write_only];
    let other = [second.nullable, second.deprecated, second.read_only, second.write_only];
    let same_values = values.len() == second.values.len()
        && values
            .iter()
            .zip(&second.values)
            .all(|(a, b)| a.value == b.value && text(&a.description, &b.description));
    let named = |name: &str| names.get(name).map_or_else(|| name.to_owned(), Clone::clone);
    let same_discriminator = match (discriminator, &second.discriminator) {
        (None, None) => true,
        (Some(a), Some(b)) => {
            a.property.value == b.property.value
                && a.mapping.len() == b.mapping.len()
                && a.mapping.iter().zip(&b.mapping).all(|((x, a), (y, b))| x == y && *a == named(b))
        }
        _ => false,
    };
    flags == other
        && text(format, &second.format)
        && text(title, &second.title)
        && text(description, &second.description)
        && *limits == second.limits
        && *default == second.default
        && *examples == second.examples
        && same_values
        && same_discriminator
        && match (ty, &second.ty) {
            (Type::Ref(a), Type::Ref(b)) => *a == named(b),
            (Type::Array(a), Type::Array(b)) => same(a, b, names),
            (Type::Union(a), Type::Union(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b, names))
            }
            (Type::Object(a), Type::Object(b)) => same_object(a, b, names),
            (a, b) => a.kind() == b.kind(),
        }
}

fn same_object(first: &Object, second: &Object, names: &HashMap<&str, String>) -> bool {
    let same_property =
        |a: &Property, b: &Property| a.required == b.required && same(&a.schema, &b.schema, names);
    first.closed == second.closed
        && first.properties.len() == second.properties.len()
        && first
            .properties
            .iter()
            .zip(&second.properties)
            .all(|((x, a), (y, b))| x == y && same_property(a, b))
        && match (&first.values, &second.values) {
            (None, None) => true,
            (Some(a), Some(b)) => same(a, b, names),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::HttpMethod, source::Span};

    fn reference(name: &str) -> Schema {
        Schema::new(Type::Ref(name.to_owned()), Span::default())
    }

    fn list_of(name: &str) -> Schema {
        Schema::new(Type::Array(Box::new(reference(name))), Span::default())
    }

    fn plain(ty: Type) -> Schema {
        Schema::new(ty, Span::default())
    }

    fn schemas<const N: usize>(entries: [(&str, Schema); N]) -> Schemas {
        entries.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
    }

    /// The names after each join, and what the operation of the last refers to.
    fn joined(all: Vec<Schemas>) -> (Vec<String>, String, usize) {
        let mut known = Schemas::new();
        let mut operation = Operation::new(HttpMethod::Get, Text::default(), Span::default());
        let mut said = 0;
        for new in all {
            let mut parameter = Operation::new(HttpMethod::Get, Text::default(), Span::default());
            parameter.parameters.push(crate::model::Parameter {
                name: Text::default(),
                location: crate::model::ParameterLocation::Query,
                required: false,
                schema: reference("A"),
                span: Span::default(),
                style: None,
            });
            operation = parameter;
            said += join(&mut known, new, std::slice::from_mut(&mut operation)).len();
        }
        let target = match &operation.parameters[0].schema.ty {
            Type::Ref(name) => name.clone(),
            ty => ty.kind().to_owned(),
        };
        (known.into_keys().collect(), target, said)
    }

    #[test]
    fn equal_components_are_one() {
        let page = || schemas([("A", list_of("B")), ("B", list_of("A"))]);
        assert_eq!(joined(vec![page(), page()]), (vec!["A".into(), "B".into()], "A".into(), 0));
    }

    #[test]
    fn what_differs_further_down_is_kept_apart_once() {
        let first = || schemas([("A", list_of("B")), ("B", plain(Type::String))]);
        let other = || schemas([("A", list_of("B")), ("B", plain(Type::Integer))]);
        let names = ["A", "B", "A_2", "B_2"].map(str::to_owned).to_vec();
        assert_eq!(joined(vec![first(), other(), other()]), (names.clone(), "A_2".into(), 2));
        assert_eq!(joined(vec![first(), other(), first()]), (names, "A".into(), 2));
    }

    #[test]
    fn numbers_do_not_take_names_of_others() {
        let first = || schemas([("A", plain(Type::String))]);
        let other = || schemas([("A", plain(Type::Integer)), ("A_2", plain(Type::Boolean))]);
        let (names, target, _) = joined(vec![first(), other()]);
        assert_eq!((names, target), (vec!["A".into(), "A_3".into(), "A_2".into()], "A_3".into()));
    }
}
