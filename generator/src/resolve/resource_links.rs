//! Links from bodies to the pages of resources.
//!
//! `supply a [Lamp](doc:lamp) resource` names the body's type. Where the body has a table of its own, the
//! table gives its members; where it has none and the resource's page is among the pages, the resource
//! does. A page that is not there is noted once.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Api, Resource, Schema, Type},
};

/// The resources that pages describe, by their slugs.
pub(super) type Resources<'p> = BTreeMap<&'p str, &'p Resource>;

/// Gives bodies the shapes of the resources that they link to.
pub(super) fn resolve_resource_links(
    api: &mut Api,
    resources: &Resources<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut missing = BTreeSet::new();
    for operation in &mut api.operations {
        let request = operation.request_body.iter_mut().flat_map(|body| &mut body.content);
        let responses = operation.responses.iter_mut().flat_map(|response| &mut response.content);
        for media in request.chain(responses) {
            // The link stands on the body, or on the items of an array that is the body.
            if media.schema.resource.is_some() {
                resolve_link(&mut media.schema, resources, &mut missing, diagnostics);
            } else if let Type::Array(items) = &mut media.schema.ty {
                resolve_link(items, resources, &mut missing, diagnostics);
            }
        }
    }
}

fn resolve_link(
    schema: &mut Schema,
    resources: &Resources<'_>,
    missing: &mut BTreeSet<String>,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(link) = schema.resource.clone() else { return };
    match resources.get(link.slug.as_str()) {
        Some(resource) if schema.ty == Type::Any => take(schema, &resource.schema),
        Some(_) => {}
        None if missing.insert(link.slug.clone()) => {
            let known = if schema.ty == Type::Any {
                "any value is accepted"
            } else {
                "its members are those of the table here"
            };
            diagnostics.push(
                Diagnostic::new(
                    codes::LINKED_PAGE_MISSING,
                    link.name.span,
                    format!("resource `{}` without its page `{}`", link.name.value, link.slug),
                )
                .label(format!("it names the type; {known}"))
                .help("read the resource's page together with this one"),
            );
        }
        None => {}
    }
}

/// Takes the resource's shape; the place and the link stay the body's.
fn take(schema: &mut Schema, resource: &Schema) {
    schema.ty = resource.ty.clone();
    schema.limits = resource.limits.clone();
    schema.description = schema.description.take().or_else(|| resource.description.clone());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Object, Property, ResourceLink, Text},
        source::Span,
    };

    fn object(names: &[&str]) -> Schema {
        let span = Span::default();
        let mut object = Object::default();
        for name in names {
            let schema = Schema::new(Type::String, span);
            object
                .properties
                .insert((*name).to_owned(), Property { required: false, inferred: false, schema, span });
        }
        Schema::new(Type::Object(object), span)
    }

    fn check(mut body: Schema, expected: &[&str], notes: usize) {
        let page = Resource { name: Text::new("Lamp", Span::default()), schema: object(&["id", "name"]) };
        let resources = Resources::from([("lamp", &page)]);
        let mut diagnostics = Vec::new();
        resolve_link(&mut body, &resources, &mut BTreeSet::new(), &mut diagnostics);
        let names: Vec<&str> = match &body.ty {
            Type::Object(object) => object.properties.keys().map(String::as_str).collect(),
            _ => Vec::new(),
        };
        assert_eq!((names, diagnostics.len()), (expected.to_vec(), notes));
    }

    fn linking(schema: Schema, slug: &str) -> Schema {
        let name = Text::new("Lamp", Span::default());
        Schema { resource: Some(ResourceLink { name, slug: slug.to_owned() }), ..schema }
    }

    #[test]
    fn a_link_alone_takes_the_resource() {
        check(linking(Schema::default(), "lamp"), &["id", "name"], 0);
    }

    #[test]
    fn a_table_of_its_own_wins() {
        check(linking(object(&["name"]), "lamp"), &["name"], 0);
    }

    #[test]
    fn a_missing_page_is_noted() {
        check(linking(Schema::default(), "shade"), &[], 1);
        check(linking(object(&["name"]), "shade"), &["name"], 1);
        check(object(&["name"]), &["name"], 0);
    }
}
