//! Finds the field that an override names.
//!
//! Fields are named by their names joined with dots (`address.street`), or by a JSON pointer
//! (`/address/street`). Names that hold dots themselves are found too: the longest that fits counts. The fields
//! of an array's items and of a union's alternatives are named like those of an object; `*` names the items of
//! an array and the values of a map themselves, and `.` the whole body.

use indexmap::IndexMap;

use super::field::Field;
use crate::model::{Object, Parameter, Schema, Type, referenced};

/// What names a body itself.
pub(super) const BODY: &str = ".";

/// The most candidates that are compared with a name that fits none.
const MAX_PLACES: usize = 2_000;

/// Where fields are looked for.
#[derive(Debug)]
pub(super) enum Root<'a> {
    /// In a body.
    Body(&'a mut Schema),
    /// In a parameter, which is the first name.
    Parameter(&'a mut Parameter),
}

/// One step from a schema to one that it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Property(String),
    Items,
    Values,
    Alternative(usize),
}

impl Root<'_> {
    /// The places of all fields.
    pub(super) fn places(&self) -> Vec<String> {
        let (start, schema) = match self {
            Self::Body(schema) => (String::new(), &**schema),
            Self::Parameter(parameter) => (parameter.name.value.clone(), &parameter.schema),
        };
        let mut found = Vec::new();
        let mut pending = vec![(start, schema)];
        while let Some((place, schema)) = pending.pop() {
            if found.len() >= MAX_PLACES {
                break;
            }
            if !place.is_empty() {
                found.push(place.clone());
            }
            match &schema.ty {
                Type::Array(items) => pending.push((place, items)),
                Type::Union(alternatives) => {
                    pending.extend(alternatives.iter().map(|schema| (place.clone(), schema)));
                }
                Type::Object(object) => {
                    for (name, property) in &object.properties {
                        let dot = if place.is_empty() { "" } else { "." };
                        pending.push((format!("{place}{dot}{name}"), &property.schema));
                    }
                }
                _ => {}
            }
        }
        // An array and its items have one place.
        found.sort();
        found.dedup();
        found
    }
}

/// How deep references and members are gone through to a field.
const MAX_WAY: usize = 64;
/// How many schemas are looked at for one: alternatives that refer to each other are no end of ways.
const MAX_LOOKED_AT: usize = 4_000;

impl Root<'_> {
    /// Writes out the components that references on the way to a place stand for: what is changed there is changed
    /// for this operation alone.
    pub(super) fn write_out(&mut self, place: &str, components: &IndexMap<String, Schema>) {
        let (schema, rest) = match self {
            Self::Body(schema) if place == BODY => (&mut **schema, Rest::Dotted("")),
            Self::Body(schema) => (&mut **schema, Rest::new(place)),
            Self::Parameter(parameter) => match Rest::new(place).after(&parameter.name.value) {
                Some(rest) => (&mut parameter.schema, rest),
                None => return,
            },
        };
        if !components.is_empty()
            && let Some(written) = written_out(schema, &rest, components, MAX_WAY, &mut { MAX_LOOKED_AT })
        {
            *schema = written;
        }
    }
}

/// A schema with the references on the way to a place written out; `None` where there is no such place.
fn written_out(
    schema: &Schema,
    rest: &Rest<'_>,
    components: &IndexMap<String, Schema>,
    way: usize,
    left: &mut usize,
) -> Option<Schema> {
    let way = way.checked_sub(1)?;
    *left = left.checked_sub(1)?;
    let mut out = schema.clone();
    if let Some(target) = referenced(components, schema) {
        out = Schema {
            nullable: schema.nullable || target.nullable,
            description: schema.description.clone().or_else(|| target.description.clone()),
            default: schema.default.clone().or_else(|| target.default.clone()),
            span: schema.span,
            ..target.clone()
        };
        return if rest.is_empty() { Some(out) } else { written_out(&out, rest, components, way, left) };
    }
    if rest.is_empty() {
        return Some(out);
    }
    match &mut out.ty {
        Type::Array(items) => {
            let rest = rest.after_any().unwrap_or_else(|| rest.clone());
            **items = written_out(items, &rest, components, way, left)?;
        }
        Type::Union(alternatives) => {
            let (at, written) = alternatives
                .iter()
                .enumerate()
                .find_map(|(at, it)| Some((at, written_out(it, rest, components, way, left)?)))?;
            *alternatives.get_mut(at)? = written;
        }
        Type::Object(object) => {
            let fits = |name: &String| rest.after(name).map(|rest| (name.clone(), rest));
            let mut names: Vec<(String, Rest<'_>)> = object.properties.keys().filter_map(fits).collect();
            names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
            let named = names.into_iter().find_map(|(name, rest)| {
                let property = object.properties.get(&name)?;
                let written = written_out(&property.schema, &rest, components, way, left)?;
                Some((name, written))
            });
            match named {
                Some((name, written)) => object.properties.get_mut(&name)?.schema = written,
                None => {
                    let values = object.values.as_deref_mut()?;
                    *values = written_out(values, &rest.after_any()?, components, way, left)?;
                }
            }
        }
        _ => return None,
    }
    Some(out)
}

/// The field of a root at a place, if there is one.
pub(super) fn route<'f>(root: &'f mut Root<'_>, place: &str) -> Option<Field<'f>> {
    if place.is_empty() {
        return None;
    }
    match root {
        Root::Body(schema) => {
            let steps = if place == BODY { Vec::new() } else { steps(schema, &Rest::new(place))? };
            walk(Field::of_schema(schema), &steps)
        }
        Root::Parameter(parameter) => {
            let rest = Rest::new(place).after(&parameter.name.value)?;
            let steps = if rest.is_empty() { Vec::new() } else { steps(&parameter.schema, &rest)? };
            walk(Field::of_parameter(parameter), &steps)
        }
    }
}

/// The object that has the field at a place as a member, and the member's name.
pub(super) fn owner<'f>(root: &'f mut Root<'_>, place: &str) -> Option<(&'f Object, String)> {
    let (field, steps) = match root {
        Root::Body(schema) => {
            let steps = steps(schema, &Rest::new(place))?;
            (Field::of_schema(schema), steps)
        }
        Root::Parameter(parameter) => {
            let steps = steps(&parameter.schema, &Rest::new(place).after(&parameter.name.value)?)?;
            (Field::of_parameter(parameter), steps)
        }
    };
    // The first step is the last one on the way.
    let (Step::Property(name), way) = steps.split_first()? else { return None };
    match &walk(field, way)?.schema.ty {
        Type::Object(object) => Some((object, name.clone())),
        _ => None,
    }
}

/// Whether a place is that of a parameter itself.
pub(super) fn is_whole(parameter: &Parameter, place: &str) -> bool {
    Rest::new(place).after(&parameter.name.value).is_some_and(|rest| rest.is_empty())
}

/// What of a place is still to be found.
#[derive(Debug, Clone)]
enum Rest<'p> {
    /// Names joined with dots.
    Dotted(&'p str),
    /// The names of a JSON pointer, unescaped, the next one last.
    Pointer(Vec<String>),
}

impl<'p> Rest<'p> {
    fn new(place: &'p str) -> Self {
        match place.strip_prefix('/') {
            Some(pointer) => {
                let names = pointer.split('/').map(|name| name.replace("~1", "/").replace("~0", "~"));
                Self::Pointer(names.rev().collect())
            }
            None => Self::Dotted(place),
        }
    }

    fn is_empty(&self) -> bool {
        match self {
            Self::Dotted(text) => text.is_empty(),
            Self::Pointer(names) => names.is_empty(),
        }
    }

    /// What follows a name; `None` where another one stands.
    fn after(&self, name: &str) -> Option<Self> {
        match self {
            Self::Dotted(text) => {
                let rest = text.strip_prefix(name)?;
                // `tags[]` is `tags.*`.
                let rest = match rest.strip_prefix("[]") {
                    Some("") => "*",
                    Some(rest) => return rest.strip_prefix('.').map(Self::Dotted),
                    None => rest,
                };
                let ends = rest.is_empty() || rest == "*";
                if ends { Some(Self::Dotted(rest)) } else { rest.strip_prefix('.').map(Self::Dotted) }
            }
            Self::Pointer(names) => {
                let (last, rest) = names.split_last()?;
                (last == name).then(|| Self::Pointer(rest.to_vec()))
            }
        }
    }

    /// What follows a `*`, or the number of an item.
    fn after_any(&self) -> Option<Self> {
        let numbered = match self {
            Self::Dotted(_) => None,
            Self::Pointer(names) => {
                names.last().filter(|name| !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit()))
            }
        };
        self.after(numbered.map_or("*", String::as_str))
    }
}

/// The steps to a field. Recursion is bounded by the schema's nesting, and each schema is looked at once.
fn steps(schema: &Schema, rest: &Rest<'_>) -> Option<Vec<Step>> {
    if rest.is_empty() {
        return Some(Vec::new());
    }
    let onwards = |step: Step, schema: &Schema, rest: &Rest<'_>| {
        let mut steps = steps(schema, rest)?;
        steps.push(step);
        Some(steps)
    };
    match &schema.ty {
        Type::Array(items) => {
            let rest = rest.after_any().unwrap_or_else(|| rest.clone());
            onwards(Step::Items, items, &rest)
        }
        Type::Union(alternatives) => alternatives
            .iter()
            .enumerate()
            .find_map(|(at, alternative)| onwards(Step::Alternative(at), alternative, rest)),
        Type::Object(object) => {
            let fits = |name: &String| rest.after(name).map(|rest| (name.clone(), rest));
            let mut names: Vec<(String, Rest<'_>)> = object.properties.keys().filter_map(fits).collect();
            names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
            let named = names.into_iter().find_map(|(name, rest)| {
                let property = object.properties.get(&name)?;
                onwards(Step::Property(name), &property.schema, &rest)
            });
            named.or_else(|| onwards(Step::Values, object.values.as_deref()?, &rest.after_any()?))
        }
        _ => None,
    }
}

/// Goes the steps, the first of which is the last.
fn walk<'f>(field: Field<'f>, steps: &[Step]) -> Option<Field<'f>> {
    let mut field = field;
    for step in steps.iter().rev() {
        field = match (step, &mut field.schema.ty) {
            (Step::Property(name), Type::Object(object)) => {
                Field::of_property(object.properties.get_mut(name)?)
            }
            (Step::Values, Type::Object(object)) => Field::of_schema(object.values.as_deref_mut()?),
            (Step::Items, Type::Array(items)) => Field::of_schema(items),
            (Step::Alternative(at), Type::Union(alternatives)) => {
                Field::of_schema(alternatives.get_mut(*at)?)
            }
            _ => return None,
        };
    }
    Some(field)
}

/// A help that names what is nearest to a name, if there is anything.
pub(super) fn nearest_of<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<String> {
    let mut known: Vec<(usize, &str)> =
        known.map(|known| (strsim::damerau_levenshtein(name, known), known)).collect();
    known.sort_unstable();
    let nearest: Vec<String> = known.iter().take(3).map(|(_, name)| format!("`{name}`")).collect();
    (!nearest.is_empty()).then(|| format!("nearest: {}", nearest.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::Property, source::Span};

    fn object(members: Vec<(&str, Type)>) -> Type {
        let span = Span::default();
        let mut object = Object::default();
        for (name, ty) in members {
            let property = Property { required: false, inferred: false, schema: Schema::new(ty, span), span };
            object.properties.insert(name.to_owned(), property);
        }
        Type::Object(object)
    }

    fn array(items: Type) -> Type {
        Type::Array(Box::new(Schema::new(items, Span::default())))
    }

    #[track_caller]
    fn check(place: &str, kind: Option<&str>) {
        let values = Some(Box::new(Schema::new(Type::Boolean, Span::default())));
        let map = Object { values, ..Object::default() };
        let groups = object(vec![("id", Type::Integer), ("a/b", Type::Null)]);
        let mut body = Schema::new(
            object(vec![
                ("groups", array(groups)),
                ("api.version", Type::Number),
                ("api", object(vec![("name", Type::String), ("version", Type::Null)])),
                ("flags", Type::Object(map)),
            ]),
            Span::default(),
        );
        let found = route(&mut Root::Body(&mut body), place).map(|field| field.schema.ty.kind());
        assert_eq!(found, kind, "{place}");
    }

    #[test]
    fn places_are_dotted_or_pointers() {
        for place in ["groups.id", "groups[].id", "groups.*.id", "/groups/id", "/groups/*/id", "/groups/0/id"]
        {
            check(place, Some("integer"));
        }
        for place in ["groups.*", "groups[]", "/groups/*"] {
            check(place, Some("object"));
        }
        check(".", Some("object"));
        check("groups", Some("array"));
        check("api.version", Some("number"));
        check("/api/version", Some("null"));
        check("api.name", Some("string"));
        check("/groups/a~1b", Some("null"));
        check("flags.*", Some("boolean"));
    }

    #[test]
    fn other_places_are_none() {
        for place in ["", "group", "groups.idx", "groupsid", "/groups.id", "api.name.x", "*", "/", "flags.on"]
        {
            check(place, None);
        }
    }
}
