//! Reads a page from its marks, front to back.
//!
//! The marks come in, in the page's order; the page is filled. What stands where the product prints
//! nothing stays unclaimed, and is reported.

use std::{collections::HashMap, ops::Range};

use super::{
    body::{Body, read_body},
    grammar::{FieldLine, Mark, Place},
    head,
};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::{
        Context, Field,
        escapes::without_escapes,
        marks::{Marked, body},
        media::KnownMedia,
        types::read_types,
    },
    model::{
        HttpMethod, MediaType, Operation, Page, Parameter, ParameterLocation, RequestBody, Response, Schema,
        Status, Text,
    },
    source::Span,
};

/// The media type of a body that names none.
const DEFAULT_MEDIA: &str = "application/json";

struct PageReader<'r, 'c, 'm> {
    cx: &'r mut Context<'c>,
    page: &'r mut Page,
    marks: &'m [Marked<Mark>],
    operation: Option<Operation>,
    /// Whether responses have begun: headers and bodies are theirs then.
    in_responses: bool,
    /// The response that headings belong to; none where its status is none.
    response: Option<usize>,
    /// The bodies so far.
    media: KnownMedia,
}

/// Reads a page.
pub(super) fn read_page(cx: &mut Context<'_>, page: &mut Page, marks: &[Marked<Mark>]) {
    let mut reader = PageReader {
        cx,
        page,
        marks,
        operation: None,
        in_responses: false,
        response: None,
        media: KnownMedia::default(),
    };
    for (at, marked) in marks.iter().enumerate() {
        reader.read_mark(at, marked);
    }
    if let Some(operation) = reader.operation.take() {
        reader.page.operations.push(operation);
    } else if !marks.iter().any(|marked| matches!(marked.mark, Mark::Operation { .. }))
        && page.servers.is_empty()
        && page.security_schemes.is_empty()
    {
        let first = cx.text().lines().next().map_or(0, str::len);
        cx.report(
            Diagnostic::new(codes::NO_OPERATION, cx.span(0..first), "page without an operation")
                .label("no `**METHOD /path**` line here or below")
                .help("leave the page out, or add the line"),
        );
    }
}

impl PageReader<'_, '_, '_> {
    fn read_mark(&mut self, at: usize, marked: &Marked<Mark>) {
        let prose = body(self.marks, at, self.cx.text().len());
        let range = marked.range.clone();
        match &marked.mark {
            Mark::Title(title) => {
                self.cx.claim(range, Claim::Fact);
                let title = self.cx.fact(title.clone());
                self.page.title = Some(title).filter(|title| !title.value.is_empty());
            }
            Mark::Operation { method, path } => {
                self.read_operation(range, method.clone(), path.clone(), prose)
            }
            Mark::Heading(place) => {
                self.cx.claim(range.clone(), Claim::Fact);
                self.read_place(at, place, range, prose);
            }
            Mark::ContentType(media) => {
                self.cx.claim(range.clone(), Claim::Fact);
                self.read_media(at, Some(media.clone()), None, range, prose);
            }
            Mark::Footer => self.cx.claim(range, Claim::Furniture),
            // Fields are read with the heading above them.
            Mark::Field(_) | Mark::Doubtful(_) => {}
        }
    }

    fn read_operation(
        &mut self,
        range: Range<usize>,
        method: Range<usize>,
        path: Range<usize>,
        prose: Range<usize>,
    ) {
        let name = self.cx.slice(method.clone());
        let Ok(verb) = name.parse::<HttpMethod>() else {
            let span = self.cx.span(method);
            self.cx.report(
                Diagnostic::new(codes::UNKNOWN_METHOD, span, format!("unknown method `{name}`"))
                    .label("not a method of HTTP")
                    .help("correct the page's `**METHOD /path**` line"),
            );
            return;
        };
        self.cx.claim(range.clone(), Claim::Fact);
        let path = self.cx.fact(path);
        let path = Text::new(without_escapes(&path.value), path.span);
        let mut operation = Operation::new(verb, path, self.cx.span(range));
        operation.webhook = !operation.path.value.starts_with('/') && !operation.path.value.contains("://");
        operation.title = self.page.title.clone();
        operation.description = self.cx.description(prose);
        self.operation = Some(operation);
    }

    fn read_place(&mut self, at: usize, place: &Place, range: Range<usize>, prose: Range<usize>) {
        match place {
            Place::Servers => {
                let servers = head::read_servers(self.cx, prose);
                match &mut self.operation {
                    Some(operation) => operation.servers.extend(servers),
                    None => self.page.servers.extend(servers),
                }
            }
            Place::Authentication => {
                let security = head::read_security(self.cx, self.page, prose);
                if let Some(operation) = &mut self.operation {
                    operation.security = security;
                }
            }
            Place::Parameters => {}
            Place::ParametersIn(location) => self.read_parameters(at, *location),
            // In the older form each `Content-type:` is a body of its own.
            Place::Body { media: None, types: None } if self.content_type_follows(at) => {}
            Place::Body { media, types } => self.read_media(at, media.clone(), types.clone(), range, prose),
            Place::Responses => self.in_responses = true,
            Place::Response { status, text } => {
                self.read_response(range, status.clone(), text.clone(), prose)
            }
            Place::Description => {
                let (version, prose) = head::read_version(self.cx, prose);
                self.page.version = version;
                self.page.description = self.cx.description(prose);
            }
            Place::Index => self.cx.claim(prose, Claim::Furniture),
        }
    }

    fn content_type_follows(&self, at: usize) -> bool {
        self.marks.get(at + 1).is_some_and(|marked| matches!(marked.mark, Mark::ContentType(_)))
    }

    fn read_parameters(&mut self, at: usize, location: ParameterLocation) {
        let fields = self.read_fields(at);
        let parameters: Vec<Parameter> = fields
            .into_iter()
            .filter_map(|field| {
                let required = location == ParameterLocation::Path;
                Some(Parameter {
                    name: field.name?,
                    location,
                    required,
                    schema: field.schema,
                    span: field.span,
                    style: None,
                })
            })
            .collect();
        let Some(operation) = &mut self.operation else { return };
        let list = match (self.in_responses, self.response) {
            (false, _) => &mut operation.parameters,
            (true, Some(at)) => match operation.responses.get_mut(at) {
                Some(response) => &mut response.headers,
                None => return,
            },
            (true, None) => return,
        };
        let of_this_place = list.iter().filter(|known| known.location == location);
        let mut known: HashMap<String, Span> =
            of_this_place.map(|known| (known.name.value.clone(), known.span)).collect();
        for parameter in parameters {
            match known.get(&parameter.name.value) {
                Some(first) => report_duplicate(self.cx, &parameter.name.value, parameter.span, *first),
                None => {
                    known.insert(parameter.name.value.clone(), parameter.span);
                    list.push(parameter);
                }
            }
        }
    }

    fn read_media(
        &mut self,
        at: usize,
        media: Option<Range<usize>>,
        types: Option<Range<usize>>,
        range: Range<usize>,
        prose: Range<usize>,
    ) {
        let span = self.cx.span(range);
        let fields = self.read_fields(at);
        let Body { schema, description } = read_body(self.cx, types, prose, fields, span);
        let (name, inferred) = match media {
            Some(media) => (self.cx.fact(media), false),
            None => (Text::new(DEFAULT_MEDIA, span), true),
        };
        let Some(operation) = &mut self.operation else { return };
        if self.in_responses {
            let Some(response) = self.response.and_then(|at| operation.responses.get_mut(at)) else { return };
            let media = MediaType { name, inferred, schema: Schema { description, ..schema } };
            self.media.add(self.cx, self.response, &mut response.content, media, span);
            return;
        }
        let body = operation.request_body.get_or_insert_with(|| RequestBody {
            required: None,
            description: None,
            content: Vec::new(),
            span,
        });
        body.description = body.description.take().or(description);
        self.media.add(self.cx, None, &mut body.content, MediaType { name, inferred, schema }, span);
    }

    fn read_response(
        &mut self,
        range: Range<usize>,
        status: Range<usize>,
        text: Range<usize>,
        prose: Range<usize>,
    ) {
        self.response = None;
        let span = self.cx.span(range);
        let status = self.cx.fact(status);
        let Ok(parsed) = status.value.parse::<Status>() else {
            self.cx.report(
                Diagnostic::new(
                    codes::UNKNOWN_STATUS,
                    status.span,
                    format!("unknown status `{}`", status.value),
                )
                .label("not a status of HTTP; this response is left out"),
            );
            return;
        };
        let heading = self.cx.description(text);
        let below = self.cx.description(prose);
        let Some(operation) = &mut self.operation else { return };
        let known = operation.responses.iter().position(|response| response.status == parsed);
        let at = known.unwrap_or_else(|| {
            operation.responses.push(Response::new(parsed, span));
            operation.responses.len() - 1
        });
        if let Some(response) = operation.responses.get_mut(at) {
            response.description = response.description.take().or(join(heading, below));
        }
        self.response = Some(at);
    }

    /// The fields that follow a mark, up to the next heading.
    fn read_fields(&mut self, at: usize) -> Vec<Field> {
        let marks = self.marks;
        let end = self.cx.text().len();
        let following = marks.iter().enumerate().skip(at + 1);
        let fields = following.map_while(|(at, marked)| match &marked.mark {
            Mark::Field(line) => Some((at, marked, line)),
            _ => None,
        });
        fields
            .map(|(at, marked, FieldLine { name, types })| {
                let cx = &mut *self.cx;
                cx.claim(marked.range.clone(), Claim::Fact);
                let name = Text::new(without_escapes(cx.slice(name.clone())), cx.span(name.clone()));
                let mut schema = read_types(cx, types.clone(), '|');
                schema.description = cx.description(body(marks, at, end));
                let span = cx.span(cx.trim(marked.range.clone()));
                Field { name: Some(name), required: false, schema, span }
            })
            .collect()
    }
}

/// The text of a response's heading and the text below it, one after the other.
fn join(heading: Option<Text>, below: Option<Text>) -> Option<Text> {
    match (heading, below) {
        (Some(heading), Some(below)) => {
            let span = heading.span.to(below.span);
            Some(Text::new(format!("{}\n\n{}", heading.value, below.value), span))
        }
        (heading, below) => heading.or(below),
    }
}

fn report_duplicate(cx: &mut Context<'_>, name: &str, span: Span, first: Span) {
    cx.report(
        Diagnostic::new(codes::DUPLICATE_FIELD, span, format!("parameter `{name}` documented twice"))
            .label("this one is left out")
            .related(first, "this one stands"),
    );
}
