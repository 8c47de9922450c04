//! Pages in the product's own source, as vendors write them and as its `.md` export gives them where no OpenAPI definition
//! stands behind the page: `<ParamField body="name" type="string" required>` and `<ResponseField name="id">`.
//!
//! Enter at [`read`], where [`is_source`]. [`events`] finds the components, [`tree`] nests the fields, [`fields`] makes
//! schemas of them, [`endpoint`] finds method and path.
//!
//! Invariant: a field goes where its attribute says. One whose response says no status is a success, unless its heading
//! is that of a failure: then nothing tells its status, and it is left out.

mod endpoint;
mod events;
mod fields;
mod tree;

use std::ops::Range;

use self::{
    events::Event,
    fields::Build,
    tree::{Head, Sample as Code, Side, Tree},
};
use super::{
    embedded,
    intro::Intro,
    labels::{self, Section},
    sections, security,
    shapes::unquote,
};
use crate::{
    claims::Claim,
    curl,
    diagnostic::{Diagnostic, codes},
    dialect::{Context, Field, FrontMatter, assemble, saved::names_origin},
    model::{
        ApiKeyLocation, Object, Operation, Page, ParameterLocation, RequestBody, Response, Sample, Schema,
        SecurityRequirement, Status, Text, Type,
    },
    source::Span,
};

/// What the product's source is told by, at the beginning of a line.
pub(super) const COMPONENTS: [&str; 2] = ["<ParamField", "<ResponseField"];

/// Whether a page, whose front matter has been read, is in the product's source.
pub(super) fn is_source(text: &str, front: &FrontMatter) -> bool {
    endpoint::stated(front).is_some() || has_component(text, front.end)
}

/// Whether a text has one of the product's components from `start` on, outside of code and comments.
pub(super) fn has_component(text: &str, start: usize) -> bool {
    let field = |event: &Event<'_>| matches!(event, Event::Tag(tag) if tree::side(tag.name).is_some());
    // Most pages have none, and need not be split for it.
    COMPONENTS.iter().any(|name| memchr::memmem::find(text.as_bytes(), name.as_bytes()).is_some())
        && events::events(text, start).iter().any(|(_, event)| field(event))
}

/// Whether front matter is that of a page of an operation.
pub(super) fn names_operation(line: &str) -> bool {
    let value = ["api:", "openapi:"].iter().find_map(|key| line.strip_prefix(key));
    value.is_some_and(|value| endpoint::method_and_path(value.trim().trim_matches(['"', '\''])).is_some())
}

/// Reads the page.
pub(super) fn read(cx: &mut Context<'_>, page: &mut Page, front: &FrontMatter) {
    let tree = tree::grow(cx, front.end, events::events(cx.text(), front.end));
    let found = match endpoint::find(cx, front, &tree) {
        Ok(found) => found,
        Err(diagnostic) => return cx.report(*diagnostic),
    };
    if tree.roots.is_empty() && front.api.is_none() {
        let span = found.span;
        return cx.report(
            Diagnostic::new(codes::OPERATION_ELSEWHERE, span, "page that only names an operation")
                .label("an OpenAPI file that is not part of the page has its definition")
                .help("save the page's `.md` export instead, which holds the definition"),
        );
    }
    if let Some(diagnostic) = lossy(cx, &tree) {
        return cx.report(diagnostic);
    }
    let mut operation = Operation::new(found.method, found.path.clone(), found.span);
    if let Some(range) = &found.claimed {
        cx.claim(range.clone(), Claim::Fact);
    }
    operation.servers.extend(found.server.clone());
    for range in tree.furniture.iter().chain(tree.nodes.iter().map(|node| &node.tag)) {
        cx.claim(range.clone(), Claim::Furniture);
    }
    title(cx, page, &tree, &mut operation);
    operation.description.clone_from(&front.description);
    for code in &tree.samples {
        sample(cx, code, &mut operation);
    }
    request(cx, page, &tree, &mut operation);
    responses(cx, &tree, &mut operation);
    if let Some(range) = tree.too_deep.clone() {
        let span = cx.span(range);
        cx.report(
            Diagnostic::new(codes::NESTING_TOO_DEEP, span, "fields nested too deep")
                .label("this one and all deeper ones are left out"),
        );
    }
    elsewhere(cx, &tree);
    prose(cx, &tree, found.claimed.as_ref(), &mut operation);
    operation.slug.clone_from(&page.slug);
    page.operations.push(operation);
}

/// The refusal of a page that has lost more names than it has kept.
fn lossy(cx: &Context<'_>, tree: &Tree<'_>) -> Option<Diagnostic> {
    let lost = |node: &&tree::Node<'_>| !fields::has_name(node);
    let first = tree.nodes.iter().find(lost)?;
    let count = tree.nodes.iter().filter(lost).count();
    // One without a name can be a whole body.
    if count < 2 || 2 * count <= tree.nodes.len() {
        return None;
    }
    let message = format!("page that has lost the names of {count} of its {} fields", tree.nodes.len());
    Some(
        Diagnostic::new(codes::PAGE_TOO_LOSSY, cx.span(first.tag.clone()), message)
            .label("the first field without a name")
            .help("save the page again, with its whole content"),
    )
}

/// The title: that of the front matter, otherwise the first heading.
fn title(cx: &mut Context<'_>, page: &mut Page, tree: &Tree<'_>, operation: &mut Operation) {
    let named = |(level, range): &&(usize, Range<usize>)| {
        *level == 1 && !cx.slice(range.clone()).contains("://") && page.title.is_none()
    };
    if let Some((_, range)) = tree.headings.iter().find(named) {
        let words = cx.slice(range.clone()).trim_start_matches(['#', ' ']);
        page.title = Some(cx.fact(range.end - words.len()..range.end));
    }
    operation.title.clone_from(&page.title);
}

/// A fence that is part of no field: a command, the JSON of a body, or any other code.
fn sample(cx: &mut Context<'_>, code: &Code, operation: &mut Operation) {
    cx.claim(code.range.clone(), Claim::Example);
    let inner = cx.trim(code.inner.clone());
    let text = cx.slice(inner.clone());
    let span = cx.span(inner.clone());
    if let Some((command, _)) = curl::curl(text, inner.start) {
        let range = command.range;
        operation.samples.push(Sample::Curl { text: Text::new(cx.slice(range.clone()), cx.span(range)) });
    } else if code.response == Some(true)
        && let Ok(json @ (serde_json::Value::Object(_) | serde_json::Value::Array(_))) =
            serde_json::from_str(text)
    {
        operation.samples.push(Sample::Response { status: code.status, json, span });
    }
}

/// Parameters, credentials and the body.
fn request(cx: &mut Context<'_>, page: &mut Page, tree: &Tree<'_>, operation: &mut Operation) {
    let build = Build::new(tree);
    let mut requirement = SecurityRequirement::default();
    let mut body: Vec<Field> = Vec::new();
    let mut known = sections::KnownParameters::new();
    let roots = tree.roots.iter().filter_map(|&at| Some((at, tree.nodes.get(at)?)));
    for (at, node) in roots.filter(|(_, node)| node.side == Side::Request) {
        let location = Build::location(node);
        let field = build.field(cx, at);
        let location = match location {
            Ok(None) => {
                body.push(field);
                continue;
            }
            Ok(Some(location)) => location,
            Err(()) => {
                cx.report(
                    Diagnostic::new(codes::NAME_LOST, field.span, "field that says not where it is sent")
                        .label("left out")
                        .help("name it under `path`, `query`, `header` or `body` in a corrected copy of the page"),
                );
                continue;
            }
        };
        let credential =
            node.section == Some(Section::Authorizations) && location == ParameterLocation::Header;
        if credential && field.name.is_some() {
            security::credential(cx, field, ApiKeyLocation::Header, operation, page, &mut requirement);
            continue;
        }
        sections::parameter(cx, field, location, &mut known, operation);
    }
    if !requirement.schemes.is_empty() {
        operation.security = Some(vec![requirement]);
    }
    let Some(span) = body.first().map(|field| field.span) else { return };
    let schema = object(cx, body, span);
    let mut intro = Intro::default();
    intro.media = sections::media_of_sample(operation);
    let content = vec![intro.media_type(schema, span)];
    operation.request_body = Some(RequestBody { required: None, description: None, content, span });
}

/// The responses, in page order.
fn responses(cx: &mut Context<'_>, tree: &Tree<'_>, operation: &mut Operation) {
    let build = Build::new(tree);
    let mut groups: Vec<(Status, bool, Span, Vec<Field>)> = Vec::new();
    let mut failure: Option<Range<usize>> = None;
    let roots = tree.roots.iter().filter_map(|&at| Some((at, tree.nodes.get(at)?)));
    for (at, node) in roots.filter(|(_, node)| node.side == Side::Response) {
        if let Some((status, name)) = fields::status(cx, node) {
            described(cx, node, status, name, operation);
            continue;
        }
        let (status, inferred, span) = match &node.head {
            Head::Plain => (Status::Class(2), true, cx.span(node.tag.clone())),
            Head::Status(status, range) => (*status, false, cx.span(range.clone())),
            Head::Failure(range) => {
                failure.get_or_insert(range.clone());
                build.field(cx, at);
                continue;
            }
        };
        let field = build.field(cx, at);
        match groups.iter_mut().find(|(known, ..)| *known == status) {
            Some((.., fields)) => fields.push(field),
            None => groups.push((status, inferred, span, vec![field])),
        }
    }
    if let Some(range) = failure {
        let span = cx.span(range);
        cx.report(
            Diagnostic::new(
                codes::UNKNOWN_STATUS,
                span,
                "fields of a failure whose status the page does not state",
            )
            .label("left out")
            .help("put the status into this heading in a corrected copy of the page"),
        );
    }
    for (status, inferred, span, mut fields) in groups {
        if inferred {
            cx.report(
                Diagnostic::new(codes::STATUS_FROM_REASON, span, "response without a status")
                    .label(format!("read as a success, `{status}`"))
                    .help("give the status in a corrected copy of the page if it is another"),
            );
        }
        // A field without a name is the body itself.
        let whole = fields.len() == 1 && fields.iter().all(|field| field.name.is_none());
        let schema = match fields.pop_if(|_| whole) {
            Some(field) => field.schema,
            None => object(cx, fields, span),
        };
        let content = vec![Intro::default().media_type(schema, span)];
        operation.responses.push(Response { inferred, content, ..Response::new(status, span) });
    }
    operation.responses.sort_by_key(|response| response.span.range().start);
}

/// A response that is listed like a field, its status in the place of the name and its reason phrase in that of the type.
fn described(
    cx: &mut Context<'_>,
    node: &tree::Node<'_>,
    status: Status,
    name: Range<usize>,
    operation: &mut Operation,
) {
    let span = cx.fact(name).span;
    let description = node.prose.first().and_then(|prose| cx.description(prose.clone()));
    for prose in node.prose.iter().skip(1) {
        cx.claim(prose.clone(), Claim::Description);
    }
    if !operation.responses.iter().any(|known| known.status == status) {
        operation.responses.push(Response { description, ..Response::new(status, span) });
    }
}

fn object(cx: &mut Context<'_>, fields: Vec<Field>, span: Span) -> Schema {
    let object = if fields.is_empty() { Object::default() } else { assemble(cx, fields) };
    Schema::new(Type::Object(object), span)
}

/// Reports the first text that is not on the page, where a vendor keeps it in a file of its own.
fn elsewhere(cx: &mut Context<'_>, tree: &Tree<'_>) {
    for range in &tree.elsewhere {
        cx.claim(range.clone(), Claim::Furniture);
    }
    let Some(first) = tree.elsewhere.first() else { return };
    let name = cx.slice(first.clone()).trim_start_matches('<');
    let name = name.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
    let message = format!("component `{name}`, whose content is in another file");
    let label = match tree.elsewhere.len() {
        1 => "left out".to_owned(),
        count => format!("left out, and {} more", count - 1),
    };
    let span = cx.span(first.clone());
    cx.report(
        Diagnostic::new(codes::UNKNOWN_BLOCK, span, message)
            .label(label)
            .help("put its content into a corrected copy of the page if fields are part of it"),
    );
}

/// What else the page says is the operation's description, with the headings that stand right above prose. Other headings
/// announce fields or samples.
fn prose(cx: &mut Context<'_>, tree: &Tree<'_>, claimed: Option<&Range<usize>>, operation: &mut Operation) {
    let mut headings = tree.headings.iter().peekable();
    for range in &tree.prose {
        let mut above = None;
        while let Some(heading) = headings.next_if(|(_, heading)| heading.start < range.start) {
            cx.claim(heading.1.clone(), Claim::Furniture);
            above = Some(heading);
        }
        let parts = without(range.clone(), claimed);
        if let Some((level, heading)) = above.filter(|_| !parts.is_empty())
            && *level > 1
            && cx.trim(heading.end..range.start).is_empty()
            && labels::section(cx.slice(heading.clone()).trim_matches(['#', ' '])).is_none()
        {
            let text = cx.description(heading.clone());
            sections::append(&mut operation.description, text, true);
        }
        for part in parts {
            let start = frame_end(cx, part.clone());
            cx.claim(part.start..start, Claim::Furniture);
            let mut text = cx.description(start..part.end);
            if let Some(text) = &mut text {
                unquote(&mut text.value);
            }
            sections::append(&mut operation.description, text, true);
        }
    }
    for (_, range) in headings {
        cx.claim(range.clone(), Claim::Furniture);
    }
}

/// Where the lines end that the product puts before every page's own.
fn frame_end(cx: &Context<'_>, range: Range<usize>) -> usize {
    let mut at = range.start;
    for line in cx.slice(range).split_inclusive('\n') {
        let text = line.trim();
        let index = embedded::INDEX.iter().any(|start| text.starts_with(start));
        if !text.is_empty() && !index && !names_origin(text) && !labels::is_furniture(text) {
            break;
        }
        at += line.len();
    }
    at
}

/// A range without another that lies in it.
fn without(range: Range<usize>, other: Option<&Range<usize>>) -> Vec<Range<usize>> {
    let mut out = match other.filter(|other| other.start >= range.start && other.end <= range.end) {
        Some(other) => vec![range.start..other.start, other.end..range.end],
        None => vec![range],
    };
    out.retain(|part| !part.is_empty());
    out
}
