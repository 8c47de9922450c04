//! What a body's own table says otherwise than the resource that it links to.
//!
//! The table counts. A request need not send all that a resource has, and a link whose type is open says
//! nothing that could differ; everything else is noted, with both places.

use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Property, Resource, Schema, Type},
};

/// How many members a message names.
const MAX_NAMED: usize = 5;

/// Notes how a body's members differ from those of its resource.
pub(super) fn report_differences(
    body: &Schema,
    resource: &Resource,
    request: bool,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let (Type::Object(own), Type::Object(linked)) = (&body.ty, &resource.schema.ty) else { return };
    if own.properties.is_empty() {
        return;
    }
    let added: Vec<(&String, &Property)> =
        own.properties.iter().filter(|(name, _)| !linked.properties.contains_key(*name)).collect();
    let left_out: Vec<(&String, &Property)> = linked
        .properties
        .iter()
        .filter(|(name, _)| !request && !own.properties.contains_key(*name))
        .collect();
    let other_type: Vec<(&String, &Property, &Property)> = own
        .properties
        .iter()
        .filter_map(|(name, property)| Some((name, property, linked.properties.get(name)?)))
        .filter(|(_, one, other)| types_differ(&one.schema, &other.schema))
        .collect();
    let mut said = Vec::new();
    if !added.is_empty() {
        said.push(format!("adds {}", listed(added.iter().map(|(name, _)| *name))));
    }
    if !left_out.is_empty() {
        said.push(format!("leaves out {}", listed(left_out.iter().map(|(name, _)| *name))));
    }
    for (name, one, other) in other_type.iter().take(MAX_NAMED) {
        let (one, other) = (&one.schema.ty, &other.schema.ty);
        said.push(format!("has `{name}` as {}, not {}", one.kind(), other.kind()));
    }
    if said.is_empty() {
        return;
    }
    // The first place of each side that tells the difference.
    let here = other_type.first().map(|(_, one, _)| one.span).or(added.first().map(|(_, one)| one.span));
    let there = other_type.first().map(|(.., other)| other.span);
    let there = there.or(left_out.first().map(|(_, other)| other.span)).unwrap_or(resource.name.span);
    let name = &resource.name.value;
    diagnostics.push(
        Diagnostic::new(
            codes::RESOURCE_DIFFERS,
            here.unwrap_or(body.span),
            format!("body unlike the resource `{name}`: it {}", said.join(", ")),
        )
        .label("this table stands")
        .related(there, format!("the resource `{name}`")),
    );
}

/// Whether two members can't hold the same values.
fn types_differ(one: &Schema, other: &Schema) -> bool {
    let open = one.ty == Type::Any || other.ty == Type::Any;
    !open && one.ty.kind() != other.ty.kind()
}

fn listed<'n>(names: impl Iterator<Item = &'n String> + Clone) -> String {
    let shown: Vec<String> = names.clone().take(MAX_NAMED).map(|name| format!("`{name}`")).collect();
    match names.count() - shown.len() {
        0 => shown.join(" and "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
