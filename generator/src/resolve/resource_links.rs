//! Links from bodies and fields to the pages of resources.
//!
//! `supply a [Lamp](doc:lamp) resource` names a type. Where the body has a table of its own, the table gives
//! its members, and how the resource differs is noted; where it has none and the resource's page is among the
//! pages, the resource does. A page that is not there is noted once.
//!
//! A resource is written out wherever a link leads to it, so that what operations say around it can complete it. One
//! whose links lead in a circle, or deeper than [`MAX_LINKS`], is a component that links refer to (`circles`).
//!
//! Invariant: at most [`MAX_SCHEMAS`] schemas are written out, and each component is there once: pages can't make an
//! API of any size.

mod circles;

use std::collections::{BTreeMap, BTreeSet};

use super::{NamedPage, resource_differences::report_differences};
use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::Dialect,
    model::{Api, MediaType, Resource, Schema, Type},
    openapi::schema_facts,
};

/// How many links lead from one resource to the next.
const MAX_LINKS: usize = 3;
/// How many schemas of resources are written out for one API; more are components.
const MAX_SCHEMAS: usize = 100_000;

/// Gives bodies and fields the shapes of the resources that they link to.
pub(super) fn resolve_resource_links(
    api: &mut Api,
    pages: &[NamedPage<'_>],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let resources = resources(pages, diagnostics);
    let slugs = pages.iter().map(|page| page.slug().to_lowercase()).collect();
    let mut links = Links {
        in_circles: circles::in_circles(&resources),
        resources,
        names: BTreeMap::new(),
        numbers: BTreeMap::new(),
        pending: Vec::new(),
        taken: api.schemas.keys().cloned().collect(),
        pages: slugs,
        missing: BTreeSet::new(),
        left: MAX_SCHEMAS,
        diagnostics,
    };
    for operation in &mut api.operations {
        for parameter in &mut operation.parameters {
            links.follow(&mut parameter.schema, &mut Vec::new());
        }
        let request = operation.request_body.iter_mut().flat_map(|body| &mut body.content);
        for media in request {
            links.body(media, true);
        }
        for media in operation.responses.iter_mut().flat_map(|response| &mut response.content) {
            links.body(media, false);
        }
    }
    let components = links.components();
    if components.is_empty() {
        return;
    }
    let dialects: BTreeMap<String, Dialect> =
        pages.iter().rev().map(|page| (page.slug().to_lowercase(), page.page.dialect)).collect();
    for (slug, name, schema) in components {
        api.resources.extend(dialects.get(&slug).map(|dialect| (name.clone(), *dialect)));
        api.schemas.insert(name, schema);
    }
}

/// The resources that pages describe, by their slugs in lower case.
fn resources<'p>(
    pages: &[NamedPage<'p>],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, &'p Resource> {
    let mut resources = BTreeMap::new();
    for page in pages {
        let Some(resource) = &page.page.resource else { continue };
        let known = resources.entry(page.slug().to_lowercase()).or_insert(resource);
        if known.name.span != resource.name.span && !same(&known.schema, &resource.schema) {
            diagnostics.push(
                Diagnostic::new(
                    codes::DUPLICATE_RESOURCE,
                    resource.name.span,
                    format!("second page of the resource `{}`", page.slug()),
                )
                .label("not used")
                .related(known.name.span, "links lead here")
                .help("leave out one of the pages, or make two APIs of them"),
            );
        }
    }
    resources
}

/// Whether two schemas say the same, wherever they stand.
fn same(one: &Schema, other: &Schema) -> bool {
    schema_facts(one) == schema_facts(other)
}

/// The links of one API, while they are followed.
struct Links<'p, 'd> {
    resources: BTreeMap<String, &'p Resource>,
    /// The slugs of resources that are not written out.
    in_circles: BTreeSet<String>,
    /// The names of the components that resources became, by their slugs.
    names: BTreeMap<String, String>,
    /// The slugs and names of the components, in the order in which links lead there.
    pending: Vec<(String, String)>,
    /// The names of all components.
    taken: BTreeSet<String>,
    /// The last number that a name was given, to tell it from another.
    numbers: BTreeMap<String, usize>,
    /// The slugs of all pages.
    pages: BTreeSet<String>,
    /// Slugs without a resource that were noted.
    missing: BTreeSet<String>,
    /// How many schemas may still be written out.
    left: usize,
    diagnostics: &'d mut Vec<Diagnostic>,
}

impl Links<'_, '_> {
    /// Follows the link of a body, or that of the items of an array that is the body.
    fn body(&mut self, media: &mut MediaType, request: bool) {
        let schema = &mut media.schema;
        let linking = match &mut schema.ty {
            Type::Array(items) if schema.resource.is_none() => items,
            _ => schema,
        };
        if let (Some(link), false) = (&linking.resource, linking.ty == Type::Any)
            && let Some(resource) = self.resources.get(&link.slug.to_lowercase())
        {
            report_differences(linking, resource, request, self.diagnostics);
        }
        self.follow(&mut media.schema, &mut Vec::new());
    }

    /// Follows the links of a schema and of all that it holds. `chain` are the slugs that led here. Schemas
    /// nest no deeper than readers allow, and links no deeper than [`MAX_LINKS`].
    fn follow(&mut self, schema: &mut Schema, chain: &mut Vec<String>) {
        let slug = schema.resource.as_ref().map(|link| link.slug.to_lowercase());
        let taken = slug.is_some_and(|slug| self.take(schema, slug, chain));
        match &mut schema.ty {
            Type::Array(items) => self.follow(items, chain),
            Type::Union(alternatives) => {
                alternatives.iter_mut().for_each(|alternative| self.follow(alternative, chain));
            }
            Type::Object(object) => {
                for property in object.properties.values_mut() {
                    self.follow(&mut property.schema, chain);
                }
                for lost in &mut object.unnamed {
                    self.follow(&mut lost.property.schema, chain);
                }
                if let Some(values) = &mut object.values {
                    self.follow(values, chain);
                }
            }
            _ => {}
        }
        if taken {
            chain.pop();
        }
    }

    /// Gives a schema without a shape of its own that of the resource it links to; `true` where the resource
    /// was put on the chain.
    fn take(&mut self, schema: &mut Schema, slug: String, chain: &mut Vec<String>) -> bool {
        let Some(resource) = self.resources.get(&slug).copied() else {
            self.note_missing(schema, slug);
            return false;
        };
        if schema.ty != Type::Any {
            return false;
        }
        // No more of it is counted than may still be written out.
        let size = resource.schema.all().take(self.left).count();
        let too_far = chain.len() >= MAX_LINKS || chain.contains(&slug) || size >= self.left;
        if too_far || self.in_circles.contains(&slug) {
            let wanted = schema.resource.as_ref().map_or("", |link| &link.name.value);
            schema.ty = Type::Ref(self.component(slug, wanted));
            return false;
        }
        self.left -= size;
        // The place and the link stay the schema's own.
        schema.ty = resource.schema.ty.clone();
        schema.limits = resource.schema.limits.clone();
        schema.description = schema.description.take().or_else(|| resource.schema.description.clone());
        chain.push(slug);
        true
    }

    /// The name of the component that a resource is: that of the link that is first to lead there, as a type of its own
    /// would have it.
    fn component(&mut self, slug: String, wanted: &str) -> String {
        if let Some(name) = self.names.get(&slug) {
            return name.clone();
        }
        let mut name = wanted.to_owned();
        let next = self.numbers.entry(name.clone()).or_insert(1);
        while !self.taken.insert(name.clone()) {
            *next += 1;
            name = format!("{wanted}_{next}");
        }
        self.names.insert(slug.clone(), name.clone());
        self.pending.push((slug, name.clone()));
        name
    }

    /// The components that links lead to: slug, name and schema of each, in the order in which they were met.
    fn components(&mut self) -> Vec<(String, String, Schema)> {
        let mut made = Vec::new();
        while let Some((slug, name)) = self.pending.get(made.len()).cloned() {
            let resource = self.resources.get(&slug);
            let mut schema = resource.map(|resource| resource.schema.clone()).unwrap_or_default();
            self.follow(&mut schema, &mut Vec::new());
            made.push((slug, name, schema));
        }
        made
    }

    fn note_missing(&mut self, schema: &Schema, slug: String) {
        let Some(link) = &schema.resource else { return };
        let there = self.pages.contains(&slug);
        if !self.missing.insert(slug) {
            return;
        }
        let known = if schema.ty == Type::Any {
            "any value is accepted"
        } else {
            "its members are those of the table here"
        };
        let (what, help) = if there {
            ("whose page describes no resource", "give the resource's page a table of its members")
        } else {
            ("without its page", "read the resource's page together with this one")
        };
        self.diagnostics.push(
            Diagnostic::new(
                codes::LINKED_PAGE_MISSING,
                link.name.span,
                format!("resource `{}` {what} `{}`", link.name.value, link.slug),
            )
            .label(format!("it names the type; {known}"))
            .help(help),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        dialect::Dialect,
        model::{HttpMethod, Object, Operation, Page, Property, ResourceLink, Response, Status, Text},
        source::Span,
    };

    fn object(members: &[(&str, Schema)]) -> Schema {
        let span = Span::default();
        let mut object = Object::default();
        for (name, schema) in members {
            let property = Property { required: false, inferred: false, schema: schema.clone(), span };
            object.properties.insert((*name).to_owned(), property);
        }
        Schema::new(Type::Object(object), span)
    }

    fn text() -> Schema {
        Schema::new(Type::String, Span::default())
    }

    fn linking(schema: Schema, slug: &str) -> Schema {
        let name = Text::new("Lamp", Span::default());
        Schema { resource: Some(Box::new(ResourceLink { name, slug: slug.to_owned() })), ..schema }
    }

    /// The members of a body and the codes of what was said, beside the pages of two resources that link to
    /// each other.
    fn resolved(body: Schema) -> (Vec<String>, Vec<&'static str>) {
        let page = |slug: &str, schema| {
            let mut page = Page::new(Dialect::ReadMe);
            page.slug = Some(Text::new(slug, Span::default()));
            page.resource = Some(Resource { name: Text::new(slug, Span::default()), schema });
            page
        };
        let lamp = object(&[("id", text()), ("room", linking(Schema::default(), "Room"))]);
        let room = object(&[("lamps", linking(Schema::default(), "lamp"))]);
        let shed = object(&[("door", text())]);
        let pages = [page("lamp", lamp), page("room", room), page("shed", shed)];
        let named: Vec<_> =
            pages.iter().map(|page| NamedPage { name: "page.md", page, has_operations: false }).collect();
        let span = Span::default();
        let mut operation = Operation::new(HttpMethod::Get, Text::default(), span);
        let mut response = Response::new(Status::Class(2), span);
        let name = Text::new("application/json", span);
        response.content.push(MediaType { name, inferred: true, schema: body });
        operation.responses.push(response);
        let mut api = Api { operations: vec![operation], ..Api::default() };
        let mut diagnostics = Vec::new();
        resolve_resource_links(&mut api, &named, &mut diagnostics);
        let components = api.schemas.iter().map(|(name, schema)| (format!("#{name}"), schema));
        let body = &api.operations[0].responses[0].content[0].schema;
        let mut names = Vec::new();
        let mut pending: Vec<(String, &Schema)> = components.chain([(String::new(), body)]).collect();
        while let Some((path, schema)) = pending.pop() {
            if let Type::Ref(name) = &schema.ty {
                names.push(format!("{path} = #{name}"));
            }
            let Type::Object(object) = &schema.ty else { continue };
            for (name, property) in &object.properties {
                let path = format!("{path}/{name}");
                pending.push((path.clone(), &property.schema));
                names.push(path);
            }
        }
        (names, diagnostics.iter().map(|diagnostic| diagnostic.code.name).collect())
    }

    #[track_caller]
    fn check(body: Schema, members: &[&str], said: &[&str]) {
        let (names, codes) = resolved(body);
        assert_eq!((names, codes), (members.iter().map(|m| (*m).to_owned()).collect(), said.to_vec()));
    }

    #[test]
    fn a_link_alone_takes_the_resource() {
        check(linking(Schema::default(), "shed"), &["/door"], &[]);
        check(object(&[("shed", linking(Schema::default(), "shed"))]), &["/shed", "/shed/door"], &[]);
    }

    #[test]
    fn resources_that_link_in_a_circle_are_components() {
        let components =
            ["#Lamp_2/lamps", "#Lamp_2/lamps = #Lamp", "#Lamp/id", "#Lamp/room", "#Lamp/room = #Lamp_2"];
        let all: Vec<&str> = [" = #Lamp"].into_iter().chain(components).collect();
        check(linking(Schema::default(), "lamp"), &all, &[]);
        let all: Vec<&str> = ["/lamp", "/lamp = #Lamp"].into_iter().chain(components).collect();
        check(object(&[("lamp", linking(Schema::default(), "lamp"))]), &all, &[]);
    }

    #[test]
    fn a_table_of_its_own_wins_and_the_difference_is_noted() {
        let own = object(&[("id", text()), ("room", text())]);
        check(linking(own, "lamp"), &["/id", "/room"], &[]);
        check(linking(object(&[("id", text())]), "lamp"), &["/id"], &["resource-differs"]);
    }

    #[test]
    fn a_missing_page_is_noted() {
        check(linking(Schema::default(), "shade"), &[], &["linked-page-missing"]);
        check(linking(object(&[("id", text())]), "shade"), &["/id"], &["linked-page-missing"]);
        check(object(&[("id", text())]), &["/id"], &[]);
    }
}
