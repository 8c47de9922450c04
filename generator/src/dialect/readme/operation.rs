//! One operation while its page is read.
//!
//! Pieces of a page fill a [`Draft`]; [`Draft::finish`] gives the operation. Where a parameter is sent is
//! settled here: by the path template, the query template, the section, and else the query.

use std::{collections::HashSet, ops::Range};

use serde_json::Value;

use super::{
    body::{Body, repeats},
    prose::Prose,
    request_line::RequestLine,
    rows::{Documented, Place},
};
use crate::{
    curl,
    diagnostic::{Diagnostic, codes},
    dialect::{Context, Field, assemble},
    model::{
        HttpMethod, Operation, Parameter, ParameterLocation, RequestBody, Response, Sample, Schema,
        SecurityRequirement, Server, Status, Text, Type,
    },
    source::Span,
};

/// What is known of an operation so far.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The line that names it, and its range.
    pub(super) request: Option<(RequestLine, Range<usize>)>,
    /// Prose about it.
    pub(super) prose: Prose,
    /// What credentials it needs.
    pub(super) security: Option<Vec<SecurityRequirement>>,
    /// The request's body.
    pub(super) body: Body,
    /// The media type of the body, where the page states it.
    pub(super) media: Option<Text>,
    /// Whether the page has a section for the body.
    pub(super) body_announced: bool,
    /// Its samples.
    pub(super) samples: Vec<Sample>,
    parameters: Vec<(Field, Option<Place>)>,
    responses: Vec<Body>,
    stated: Vec<Response>,
}

impl Draft {
    /// Begins a response.
    pub(super) fn response(&mut self, status: Option<Status>) {
        let known = self.responses.last().is_some_and(|last| last.status == status);
        // `## Response`, then `### 200`: the second says more of the first.
        let vague =
            self.responses.last_mut().filter(|last| last.status.is_none() && last.is_stated().is_none());
        match vague {
            Some(vague) => vague.status = status,
            None if known => {}
            None => self.responses.push(Body::of_status(status)),
        }
    }

    /// The response that is spoken of.
    pub(super) fn last_response(&mut self) -> Option<&mut Body> {
        if self.responses.is_empty() {
            self.responses.push(Body::default());
        }
        self.responses.last_mut()
    }

    /// Adds a response of which the page states the status.
    pub(super) fn state(&mut self, status: Status, description: Option<Text>, span: Span) {
        self.stated.push(Response { description, ..Response::new(status, span) });
    }

    /// The bodies, with their numbers: that of the request is 0.
    pub(super) fn bodies(&self) -> impl Iterator<Item = (usize, &Body)> {
        std::iter::once(&self.body).chain(&self.responses).enumerate()
    }

    /// The number of the last body.
    pub(super) fn last_body(&self) -> usize {
        self.responses.len()
    }

    /// The body of a number.
    pub(super) fn body_of(&mut self, number: usize) -> Option<&mut Body> {
        match number.checked_sub(1) {
            None => Some(&mut self.body),
            Some(response) => self.responses.get_mut(response),
        }
    }

    /// Whether the page documents what an operation takes or gives, whichever that is.
    pub(super) fn is_documented(&self) -> bool {
        let answered = |sample: &Sample| matches!(sample, Sample::Response { .. });
        !self.parameters.is_empty()
            || self.body.is_stated().is_some()
            || self.responses.iter().any(|response| response.is_stated().is_some())
            || (!self.responses.is_empty() && self.samples.iter().any(answered))
    }

    /// Whether a parameter of a name is documented, compared as names of headers are.
    pub(super) fn documents(&self, name: &str) -> bool {
        let named = |field: &Field| field.name.as_ref().is_some_and(|n| n.value.eq_ignore_ascii_case(name));
        self.parameters.iter().any(|(field, _)| named(field))
    }

    /// The names of the parameters that the page says are sent in the path.
    pub(super) fn path_parameters(&self) -> Vec<String> {
        let in_path = |place: &Option<Place>| *place == Some(Place::Parameter(ParameterLocation::Path));
        let named = self.parameters.iter().filter(|(_, place)| in_path(place));
        named.filter_map(|(field, _)| Some(field.name.as_ref()?.value.clone())).collect()
    }

    /// Adds credentials, as another way to be let in.
    pub(super) fn require(&mut self, scheme: &str, permissions: Vec<String>) {
        let mut requirement = SecurityRequirement::default();
        requirement.schemes.insert(scheme.to_owned(), permissions);
        self.security.get_or_insert_default().push(requirement);
    }

    /// Adds documented parameters; `section` is where their heading says that they are sent.
    pub(super) fn add_parameters(
        &mut self,
        cx: &mut Context<'_>,
        rows: Vec<Documented>,
        section: Option<ParameterLocation>,
    ) {
        let section = section.map(Place::Parameter);
        rows.iter().filter_map(|row| row.reference.as_ref()).for_each(|reference| reference.report(cx));
        if !rows.iter().any(|row| row.child) {
            // Parameters are flat: a dot in a name is part of it.
            let flat = rows.into_iter().map(|row| (row.field, row.location.or(section)));
            self.parameters.extend(flat);
            return;
        }
        let fields: Vec<Field> = rows.into_iter().map(|row| row.field).collect();
        for (name, property) in assemble(cx, fields).properties {
            let name = Some(Text::new(name, property.span));
            let field =
                Field { name, required: property.required, schema: property.schema, span: property.span };
            self.parameters.push((field, section));
        }
    }

    /// The operation; `None` where its method is none, which is reported.
    pub(super) fn finish(
        mut self,
        cx: &mut Context<'_>,
        title: Option<&Text>,
        slug: Option<&Text>,
    ) -> Option<Operation> {
        let (line, range) = self.request.take()?;
        let description = self.prose.read(cx);
        let span = cx.span(cx.trim(range.clone()));
        let method = match &line.method {
            Ok(method) => *method,
            Err(word) => {
                cx.report(
                    Diagnostic::new(codes::UNKNOWN_METHOD, span, format!("method `{word}`"))
                        .label("not an HTTP method; the operation is left out"),
                );
                return None;
            }
        };
        let place = |inner: &Range<usize>| range.start + inner.start..range.start + inner.end;
        let path = Text::new(line.path.as_str(), cx.span(place(&line.path_range)));
        let mut operation = Operation::new(method, path, span);
        operation.title = title.cloned();
        operation.slug = slug.cloned();
        operation.description = description;
        if let Some(server) = &line.server {
            let server = place(server);
            let url = Text::new(cx.slice(server.clone()), cx.span(server));
            operation.servers.push(Server { url, description: None, variables: indexmap::IndexMap::new() });
        }
        operation.security = self.security.take();
        self.move_to_body(cx, &line);
        operation.parameters = self.parameters(cx, &line, &range);
        operation.samples = std::mem::take(&mut self.samples);
        let body = request_body(cx, std::mem::take(&mut self.body), &operation.samples);
        operation.request_body = body.map(|body| self.in_its_media_type(body, &operation.samples));
        operation.responses = self.responses(cx, &operation.samples);
        Some(operation)
    }

    /// The body in the media type that the page or its sample states.
    fn in_its_media_type(&self, mut body: RequestBody, samples: &[Sample]) -> RequestBody {
        let sampled = || {
            samples.iter().find_map(|sample| match sample {
                Sample::Curl { text } => {
                    let (command, _) = curl::curl(&text.value, 0)?;
                    Some(Text::new(command.media_type()?, text.span))
                }
                _ => None,
            })
        };
        if let Some(media) = self.media.clone().or_else(sampled) {
            for content in body.content.iter_mut().filter(|content| content.inferred) {
                content.name = media.clone();
                content.inferred = false;
            }
        }
        body
    }

    /// Takes for members of the body what rows say is sent there, and what no heading gives a place where the
    /// page's sample sends most of it there.
    fn move_to_body(&mut self, cx: &mut Context<'_>, line: &RequestLine) {
        let in_url = |name: &str| {
            line.path.contains(&format!("{{{name}}}")) || line.query.iter().any(|(query, _)| query == name)
        };
        let open = |(field, place): &(Field, Option<Place>)| {
            place.is_none() && field.name.as_ref().is_some_and(|name| !in_url(&name.value))
        };
        let undecided: Vec<&Field> =
            self.parameters.iter().filter(|known| open(known)).map(|(field, _)| field).collect();
        let has_body = matches!(line.method, Ok(HttpMethod::Post | HttpMethod::Put | HttpMethod::Patch));
        let asks = has_body && !self.body_announced && self.body.is_stated().is_none();
        // A media type is that of a body.
        let stated = self.media.as_ref().map(|media| (media.span, "a body of this media type is sent"));
        let sampled = || Some((sampled_names(&self.samples, &undecided)?, "the sample sends them there"));
        let sample = if asks { stated.or_else(sampled) } else { None };
        if let (Some((sample, why)), Some(first)) = (sample, undecided.first()) {
            cx.report(
                Diagnostic::new(codes::PARAMETERS_IN_BODY, first.span, "parameters in no stated place")
                    .label("this one and the ones with it are read as members of the body")
                    .related(sample, why),
            );
        }
        let (body, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut self.parameters)
            .into_iter()
            .partition(|known| known.1 == Some(Place::Body) || (sample.is_some() && open(known)));
        self.parameters = rest;
        self.body.add_fields(body.into_iter().map(|(field, _)| field));
    }

    fn parameters(
        &mut self,
        cx: &mut Context<'_>,
        line: &RequestLine,
        range: &Range<usize>,
    ) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut first: std::collections::HashMap<(String, ParameterLocation), Field> =
            std::collections::HashMap::new();
        for (field, stated) in std::mem::take(&mut self.parameters) {
            let Some(name) = field.name.clone() else { continue };
            let location = if line.path.contains(&format!("{{{}}}", name.value)) {
                ParameterLocation::Path
            } else if line.query.iter().any(|(query, _)| *query == name.value) {
                ParameterLocation::Query
            } else {
                match stated {
                    Some(Place::Parameter(location)) => location,
                    Some(Place::Body) | None => ParameterLocation::Query,
                }
            };
            if let Some(known) = first.get(&(name.value.clone(), location)) {
                if !repeats(known, &field) {
                    report_duplicate(cx, &name, known.span, field.span);
                }
                continue;
            }
            first.insert((name.value.clone(), location), field.clone());
            let required = field.required || location == ParameterLocation::Path;
            parameters.push(Parameter {
                name,
                location,
                required,
                schema: field.schema,
                span: field.span,
                delimiter: None,
            });
        }
        for (name, place) in &line.query {
            let known =
                |parameter: &Parameter| parameter.name.value == *name || nearly(&parameter.name.value, name);
            if parameters.iter().any(known) {
                continue;
            }
            let span = cx.span(range.start + place.start..range.start + place.end);
            let location = ParameterLocation::Query;
            let schema = Schema::new(Type::Any, span);
            parameters.push(Parameter {
                name: Text::new(name, span),
                location,
                required: false,
                schema,
                span,
                delimiter: None,
            });
        }
        parameters
    }

    fn responses(&mut self, cx: &mut Context<'_>, samples: &[Sample]) -> Vec<Response> {
        let mut responses: Vec<Response> = Vec::new();
        let mut bodies = std::mem::take(&mut self.responses);
        // Samples that have the status of one success say it of the response beside them.
        if let (Some(status), [.., open]) = (only_success(samples), bodies.as_mut_slice()) {
            open.status = open.status.or(Some(status));
        }
        for body in bodies {
            let Some(span) = body.span.or_else(|| sample_span(samples, body.status)) else { continue };
            let mut response = Response::new(body.status.unwrap_or(Status::Class(2)), span);
            response.inferred = body.status.is_none();
            response.description = body.description(cx);
            let sampled = body.is_stated().is_none().then(|| sample_span(samples, body.status)).flatten();
            response.content = body.content(cx).or_else(|| sampled.map(any_json)).into_iter().collect();
            responses.push(response);
        }
        for sample in samples {
            let Sample::Response { status: Some(status), span, .. } = sample else { continue };
            if !responses.iter().any(|known| known.status == *status) {
                let content = vec![any_json(*span)];
                responses.push(Response { content, ..Response::new(*status, *span) });
            }
        }
        for stated in std::mem::take(&mut self.stated) {
            match responses.iter_mut().find(|response| response.status == stated.status) {
                Some(known) => known.description = known.description.take().or(stated.description),
                None => responses.push(stated),
            }
        }
        responses
    }
}

fn report_duplicate(cx: &mut Context<'_>, name: &Text, first: Span, second: Span) {
    cx.report(
        Diagnostic::new(
            codes::DUPLICATE_FIELD,
            second,
            format!("parameter `{}` documented twice", name.value),
        )
        .label("this one is left out")
        .related(first, "this one stands"),
    );
}

/// Where a sample sends a body with at least half of the fields.
fn sampled_names(samples: &[Sample], fields: &[&Field]) -> Option<Span> {
    let holds = |sent: HashSet<String>| {
        let top = |field: &&&Field| {
            let name = field.name.as_ref().map_or("", |name| name.value.as_str());
            sent.contains(name) || name.split(['.', '[']).next().is_some_and(|first| sent.contains(first))
        };
        let known = fields.iter().filter(top).count();
        known > 0 && 2 * known >= fields.len()
    };
    let members = |json: &Value| -> HashSet<String> {
        let object = match json {
            Value::Array(items) => items.first().and_then(Value::as_object),
            json => json.as_object(),
        };
        object.into_iter().flat_map(|object| object.keys().cloned()).collect()
    };
    samples.iter().find_map(|sample| match sample {
        Sample::Request { json, span } => holds(members(json)).then_some(*span),
        Sample::Curl { text } => {
            let (command, _) = curl::curl(&text.value, 0)?;
            holds(command.members().into_iter().collect()).then_some(text.span)
        }
        Sample::Response { .. } => None,
    })
}

/// The status of the samples that show a success, where they have one and the same.
fn only_success(samples: &[Sample]) -> Option<Status> {
    let mut statuses = samples.iter().filter_map(|sample| match sample {
        Sample::Response { status: Some(status @ Status::Code(200..=299)), .. } => Some(*status),
        _ => None,
    });
    let first = statuses.next()?;
    statuses.all(|status| status == first).then_some(first)
}

/// Whether two names differ in a plural only.
fn nearly(one: &str, other: &str) -> bool {
    one.strip_suffix('s') == Some(other) || other.strip_suffix('s') == Some(one)
}

fn request_body(cx: &mut Context<'_>, body: Body, samples: &[Sample]) -> Option<RequestBody> {
    let sampled = samples.iter().find_map(|sample| match sample {
        Sample::Request { span, .. } => Some(*span),
        Sample::Curl { text } => curl::curl(&text.value, 0)?.0.json().map(|_| text.span),
        Sample::Response { .. } => None,
    });
    let required = body.is_demanded().then_some(true);
    let description = body.description(cx);
    let stated = body.is_stated();
    let content = match stated {
        Some(false) => None,
        Some(true) => body.content(cx),
        None => sampled.map(any_json),
    }?;
    let span = content.name.span;
    Some(RequestBody { required, description, content: vec![content], span })
}

/// A body of which the page shows only a sample.
fn any_json(span: Span) -> crate::model::MediaType {
    let schema = Schema::new(Type::Any, span);
    crate::model::MediaType { name: Text::new("application/json", span), inferred: true, schema }
}

fn sample_span(samples: &[Sample], wanted: Option<Status>) -> Option<Span> {
    samples.iter().find_map(|sample| match sample {
        Sample::Response { status, span, .. } if *status == wanted => Some(*span),
        _ => None,
    })
}
