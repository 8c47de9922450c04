//! One operation while its page is read.
//!
//! Pieces of a page fill a [`Draft`]; [`Draft::finish`] gives the operation.

mod failures;

use std::{collections::HashMap, ops::Range};

use serde_json::Value;

use super::{
    body::Body, page::with_servers, parameters::Parameters, prose::Prose, request_line::RequestLine, samples,
};
use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::{Context, Field},
    model::{
        HttpMethod, MediaType, Operation, RequestBody, Response, Sample, Schema, SecurityRequirement, Status,
        Text, Type,
    },
    source::Span,
};

/// What is known of an operation so far.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The line that names it, and its range.
    pub(super) request: Option<(RequestLine, Range<usize>)>,
    /// Whether that line stands in a sample, so that its path may have values.
    pub(super) request_is_sample: bool,
    /// The heading above its request line, where the page has several operations; empty where that is the line itself.
    pub(super) title: Option<Text>,
    /// Prose about it.
    pub(super) prose: Prose,
    /// What credentials it needs.
    pub(super) security: Option<Vec<SecurityRequirement>>,
    /// Its parameters.
    pub(super) parameters: Parameters,
    /// The request's body.
    pub(super) body: Body,
    /// The media type of the body, where the page states it, and the line that does.
    pub(super) media: Option<(Text, Range<usize>)>,
    /// Whether the page has a section for the body.
    pub(super) body_announced: bool,
    /// Whether the page ends in a definition, which says where everything is sent.
    pub(super) defined: bool,
    /// Its samples.
    pub(super) samples: Vec<Sample>,
    /// Where those that are commands stand in the text that is read, which may be a reflowed one.
    pub(super) commands: Vec<Range<usize>>,
    /// The servers that the page lists, each with what it is called.
    pub(super) servers: Vec<(Text, Option<Text>)>,
    /// JSON that is shown for what goes wrong, under no status.
    pub(super) failures: Vec<(Value, Span)>,
    responses: Vec<Body>,
    /// Which of them is of which status.
    numbers: HashMap<Option<Status>, usize>,
    /// Which of them is spoken of.
    spoken: usize,
    stated: Vec<Response>,
}

impl Draft {
    /// Begins a response.
    pub(super) fn response(&mut self, status: Option<Status>, place: Span) {
        let announced = status.map(|_| place);
        if let Some(&known) = self.numbers.get(&status) {
            self.spoken = known;
            return;
        }
        // `## Response`, then `### 200`: the second says more of the first, which is no failure, be one told between.
        let vague = self.numbers.get(&None).copied().filter(|_| !status.is_some_and(Status::is_failure));
        let vague = vague.and_then(|at| Some((at, self.responses.get_mut(at)?)));
        match vague.filter(|(_, vague)| vague.is_stated().is_none()) {
            Some((at, vague)) => {
                vague.status = status;
                vague.announced = announced;
                self.numbers.remove(&None);
                self.numbers.insert(status, at);
                self.spoken = at;
            }
            None => {
                self.spoken = self.responses.len();
                self.numbers.insert(status, self.spoken);
                self.responses.push(Body::of_status(status, announced));
            }
        }
    }

    /// Whether a response is spoken of.
    pub(super) fn has_response(&self) -> bool {
        !self.responses.is_empty()
    }

    /// The status of the response that is spoken of.
    pub(super) fn last_status(&self) -> Option<Status> {
        self.responses.get(self.spoken).and_then(|spoken| spoken.status)
    }

    /// The response that is spoken of.
    pub(super) fn last_response(&mut self) -> Option<&mut Body> {
        if self.responses.is_empty() {
            self.response(None, Span::default());
        }
        self.responses.get_mut(self.spoken)
    }

    /// Adds a response of which the page states the status.
    pub(super) fn state(&mut self, status: Status, description: Option<Text>, span: Span) {
        self.stated.push(Response { description, ..Response::new(status, span) });
    }

    /// The bodies, with their numbers: that of the request is 0.
    pub(super) fn bodies(&self) -> impl Iterator<Item = (usize, &Body)> {
        std::iter::once(&self.body).chain(&self.responses).enumerate()
    }

    /// The number of the body that is spoken of, of the responses'.
    pub(super) fn last_body(&self) -> usize {
        self.spoken + 1
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

    /// Adds credentials, as another way to be let in.
    pub(super) fn require(&mut self, scheme: &str, permissions: Vec<String>) {
        let mut requirement = SecurityRequirement::default();
        requirement.schemes.insert(scheme.to_owned(), permissions);
        self.security.get_or_insert_default().push(requirement);
    }

    /// The operation; `None` where its method is none, which is reported.
    pub(super) fn finish(
        mut self,
        cx: &mut Context<'_>,
        title: Option<&Text>,
        slug: Option<&Text>,
    ) -> Option<Operation> {
        let (mut line, range) = self.request.take()?;
        let description = self.prose.read(cx);
        let span = cx.span(cx.trim(range.clone()));
        let method = known_method(cx, &line, span)?;
        let place = |inner: &Range<usize>| range.start + inner.start..range.start + inner.end;
        let own = line.server.clone().map(|server| {
            let server = place(&server);
            Text::new(cx.slice(server.clone()), cx.span(server))
        });
        let servers = with_servers(cx, &mut line, own, std::mem::take(&mut self.servers));
        let path = Text::new(line.path.as_str(), cx.span(place(&line.path_range)));
        if cx.slice(place(&line.path_range)).contains("?}") {
            report_optional(cx, path.span);
        }
        let mut operation = Operation::new(method, path, span);
        operation.title = match self.title.take() {
            Some(own) => Some(own).filter(|own| !own.value.is_empty()),
            None => title.cloned(),
        };
        operation.slug = slug.cloned();
        operation.description = description;
        operation.servers = servers;
        operation.security = self.security.take();
        let sent = samples::sent_headers(&self.samples);
        self.move_to_body(cx, &line, span, &sent);
        operation.parameters = std::mem::take(&mut self.parameters).finish(cx, &line, &range, &sent);
        self.sample_failures(cx);
        operation.samples = std::mem::take(&mut self.samples);
        let (body, said) = request_body(cx, std::mem::take(&mut self.body), &operation.samples);
        if let Some(said) = said {
            add(&mut operation.description, said);
        }
        operation.request_body = body.map(|body| self.in_its_media_type(body, &operation.samples));
        if operation.request_body.is_none()
            && let Some((_, line)) = self.media.take()
        {
            // It is no body's: what the page means by it, its reader may know.
            self.prose.add(cx, line);
            operation.description = self.prose.read(cx);
        }
        operation.responses = self.responses(cx, &operation.samples);
        Some(operation)
    }

    /// The body in the media type that the page or its sample states.
    fn in_its_media_type(&self, mut body: RequestBody, samples: &[Sample]) -> RequestBody {
        if let Some(media) =
            self.media.as_ref().map(|(media, _)| media.clone()).or_else(|| samples::sent_media_type(samples))
        {
            for content in body.content.iter_mut().filter(|content| content.inferred) {
                content.name = media.clone();
                content.inferred = false;
            }
        }
        body
    }

    /// Takes for members of the body what rows say is sent there, and what no heading gives a place where the
    /// page's sample sends most of it there, or where the page shows no call at all.
    fn move_to_body(
        &mut self,
        cx: &mut Context<'_>,
        line: &RequestLine,
        named: Span,
        sent: &HashMap<String, Span>,
    ) {
        let asks = line.sends_body() && !self.body_announced && self.body.is_stated().is_none();
        let in_body = |undecided: &[&Field]| {
            if !asks {
                return None;
            }
            // A media type is that of a body.
            let stated =
                self.media.as_ref().map(|(media, _)| (media.span, "a body of this media type is sent"));
            let sampled =
                || Some((samples::sent_members(&self.samples, undecided)?, "the sample sends them there"));
            let form = || Some((samples::sent_form(&self.samples)?, "the sample sends a form"));
            let shown = |sample: &Sample| !matches!(sample, Sample::Response { .. });
            let method = || {
                let silent = !self.defined && line.query.is_empty() && !self.samples.iter().any(shown);
                silent.then_some((named, "calls of this method have a body, and the page tells of no other"))
            };
            stated.or_else(sampled).or_else(form).or_else(method)
        };
        let members = self.parameters.take_members(cx, line, sent, in_body);
        self.body.add_fields(members.into_iter());
    }

    fn responses(&mut self, cx: &mut Context<'_>, samples: &[Sample]) -> Vec<Response> {
        let mut responses: Vec<Response> = Vec::new();
        let mut bodies = std::mem::take(&mut self.responses);
        // Samples that have the status of one success say it of the response beside them.
        let open = self.numbers.get(&None).and_then(|at| bodies.get_mut(*at));
        let stated = || {
            let mut successes = self.stated.iter().map(|stated| stated.status);
            successes
                .by_ref()
                .find(|status| matches!(status, Status::Code(200..=299)))
                .filter(|first| successes.all(|status| status == *first || status.is_failure()))
        };
        if let (Some(status), Some(open)) = (samples::only_success(samples).or_else(stated), open) {
            open.status = Some(status).filter(|_| !self.numbers.contains_key(&Some(status)));
        }
        let sampled = samples::sampled_responses(samples);
        for mut body in bodies {
            let status = body.status;
            body.nest(samples.iter().filter_map(|sample| match sample {
                Sample::Response { status: own, json, .. } if *own == status || own.is_none() => Some(json),
                _ => None,
            }));
            let sampled = sampled.get(&body.status).copied();
            let Some(span) = body.span.or(sampled).or(body.announced) else { continue };
            let mut response = Response::new(body.status.unwrap_or(Status::Class(2)), span);
            response.inferred = body.status.is_none();
            response.description = body.description(cx);
            response.headers = std::mem::take(&mut body.headers);
            let sampled = sampled.filter(|_| body.is_stated().is_none());
            let media = body.media.clone();
            // A media type is that of a body.
            let shown = sampled.or(media.as_ref().map(|media| media.span));
            let mut content = body.content(cx).or_else(|| shown.map(any_json));
            if let (Some(content), Some(media)) = (&mut content, media) {
                content.name = media;
                content.inferred = false;
            }
            response.content = content.into_iter().collect();
            responses.push(response);
        }
        let mut known: HashMap<Status, usize> = HashMap::new();
        for (at, response) in responses.iter().enumerate() {
            known.entry(response.status).or_insert(at);
        }
        for (status, span) in sampled.into_iter().filter_map(|(status, span)| Some((status?, span))) {
            known.entry(status).or_insert_with(|| {
                responses.push(Response { content: vec![any_json(span)], ..Response::new(status, span) });
                responses.len() - 1
            });
        }
        for stated in std::mem::take(&mut self.stated) {
            match known.get(&stated.status).and_then(|at| responses.get_mut(*at)) {
                Some(known) => known.description = known.description.take().or(stated.description),
                None => {
                    known.insert(stated.status, responses.len());
                    responses.push(stated);
                }
            }
        }
        responses
    }
}

/// The method of a request line; `None` where it is none, which is reported.
fn known_method(cx: &mut Context<'_>, line: &RequestLine, span: Span) -> Option<HttpMethod> {
    match &line.method {
        Ok(method) => Some(*method),
        Err(word) => {
            cx.report(
                Diagnostic::new(codes::UNKNOWN_METHOD, span, format!("method `{word}`"))
                    .label("not an HTTP method; the operation is left out"),
            );
            None
        }
    }
}

fn report_optional(cx: &mut Context<'_>, path: Span) {
    cx.report(
        Diagnostic::new(codes::OPTIONAL_PATH_PARAMETER, path, "path parameter that can be left out")
            .label("read as one that is always there")
            .help("if the path without it is called as well, it is another operation"),
    );
}

/// The body of a request, and what is said of it where the page does not say what it is.
fn request_body(
    cx: &mut Context<'_>,
    mut body: Body,
    samples: &[Sample],
) -> (Option<RequestBody>, Option<Text>) {
    body.nest(samples.iter().filter_map(|sample| match sample {
        Sample::Request { json, .. } => Some(json),
        _ => None,
    }));
    let sampled = samples::sent_json(samples);
    let required = body.is_demanded().then_some(true);
    let description = body.description(cx);
    let stated = body.is_stated();
    let content = match stated {
        Some(false) => None,
        Some(true) => body.content(cx),
        None => sampled.map(any_json),
    };
    let Some(content) = content else { return (None, description.filter(|_| stated.is_none())) };
    let span = content.name.span;
    (Some(RequestBody { required, description, content: vec![content], span }), None)
}

/// Adds a text to a description.
fn add(description: &mut Option<Text>, text: Text) {
    match description {
        Some(known) => known.value = format!("{}\n\n{}", known.value, text.value),
        None => *description = Some(text),
    }
}

/// A body of which the page shows only a sample.
fn any_json(span: Span) -> MediaType {
    let schema = Schema::new(Type::Any, span);
    MediaType { name: Text::new("application/json", span), inferred: true, schema }
}
