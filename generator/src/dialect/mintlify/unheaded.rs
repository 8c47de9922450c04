//! Fields that a vendor has written under no heading: the page goes on with them right after its samples.
//!
//! The head of a page comes in; where such fields begin goes out ([`begin`]), and they go into the operation ([`read`]).
//! Where a field is sent, the page says nowhere: the path, and the `curl` command that the product makes of the same
//! fields, tell it. Behind them the fields of the response can stand: they begin where a name comes again, or
//! where one stands that the request does not have and the shown response has.
//!
//! Invariant: a field that neither tells, and that the shown response does not tell to go on with those above, is left out,
//! with a diagnostic.

use std::collections::HashSet;

use super::{
    constraints::build,
    endpoint::{self, Found},
    fields::{self, Draft, Scan},
    head::Named,
    intro::Intro,
    labels::Marker,
    lines::{Kind, Piece},
    responses, sections,
    sections::{media_of_sample, parameter, sample},
    security,
    shapes::{is_name, unescape},
    types::read_type_line,
    untyped,
};
use crate::{
    claims::Claim,
    curl::{Command, query_names},
    diagnostic::{Diagnostic, codes},
    dialect::Context,
    model::{ApiKeyLocation, Operation, Page, ParameterLocation, RequestBody, SecurityRequirement},
    path_template::placeholders,
    source::Span,
};

/// Where a field of a request is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Credentials,
    Parameter(ParameterLocation),
    Body,
}

/// The names that path and command have.
struct Told<'a> {
    path: HashSet<&'a str>,
    query: HashSet<&'a str>,
    /// Headers, in lower case.
    headers: HashSet<String>,
    /// Members of the body.
    members: HashSet<String>,
}

impl<'a> Told<'a> {
    fn new(head: &'a [Piece], found: &'a Found) -> Self {
        let command = endpoint::first_command(head);
        let url = command.and_then(|command| command.url.as_deref()).unwrap_or_default();
        let headers = command.into_iter().flat_map(|command| &command.headers);
        Self {
            path: placeholders(&found.path).map(|(_, name)| name).collect(),
            query: query_names(url).filter(|name| !name.is_empty()).collect(),
            headers: headers.map(|header| header.name.to_ascii_lowercase()).collect(),
            members: command.map(Command::members).unwrap_or_default().into_iter().collect(),
        }
    }

    /// Whether a field that no sample has is sent where the one above it is: nothing can be sent anywhere else but in
    /// headers, which stand first, and the response that the page shows does not have it.
    fn goes_on(&self, name: &str, above: Place, shown: &HashSet<String>) -> bool {
        /// What responses have that no page shows.
        const ERROR: [&str; 2] = ["error", "errors"];
        if shown.is_empty() || shown.contains(name) || ERROR.contains(&name) {
            return false;
        }
        match above {
            Place::Body => self.query.is_empty(),
            Place::Parameter(ParameterLocation::Query) => self.members.is_empty(),
            _ => false,
        }
    }

    /// Where the field of a name is sent.
    fn place(&self, name: &str) -> Option<Place> {
        if self.path.contains(name) {
            return Some(Place::Parameter(ParameterLocation::Path));
        }
        if name.eq_ignore_ascii_case("Authorization") {
            return Some(Place::Credentials);
        }
        if self.headers.contains(&name.to_ascii_lowercase()) {
            return Some(Place::Parameter(ParameterLocation::Header));
        }
        if self.query.contains(name) {
            return Some(Place::Parameter(ParameterLocation::Query));
        }
        let root = name.split(['.', '[']).next().unwrap_or(name);
        self.members.contains(root).then_some(Place::Body)
    }
}

/// Where in the head of a page fields begin that stand under no heading.
pub(super) fn begin(cx: &Context<'_>, head: &[Piece], found: &Found) -> Option<usize> {
    let told = Told::new(head, found);
    let text = |at: usize| match head.get(at) {
        Some(piece) if matches!(piece.kind, Kind::Text) => Some(cx.slice(piece.range.clone())),
        _ => None,
    };
    let opens = |at: &usize| {
        let adjoins = head.get(at + 1).is_some_and(|piece| !piece.gap);
        let typed = || text(at + 1).is_some_and(|line| read_type_line(line, Span::default()).is_some());
        let name = text(*at).filter(|name| is_name(name, false));
        adjoins && name.is_some_and(|name| told.place(&unescape(name)).is_some()) && typed()
    };
    (found.pieces.end..head.len()).find(opens)
}

/// Reads the fields; `head` is what stands above them.
pub(super) fn read(
    cx: &mut Context<'_>,
    head: &[Piece],
    pieces: &[Piece],
    found: &Found,
    named: &Named,
    operation: &mut Operation,
    page: &mut Page,
) {
    let Some(first) = pieces.first() else { return };
    let span = cx.span(first.range.clone());
    let told = Told::new(head, found);
    let scan = fields::scan(cx, pieces, false, None);
    for range in &scan.furniture {
        cx.claim(range.clone(), Claim::Furniture);
    }
    let names: Vec<String> = scan.drafts.iter().map(|draft| name(cx, draft)).collect();
    let shown = untyped::shown(head).response;
    let response = response(&names, &told, &shown);
    let (requested, responded) = scan.drafts.split_at(response.min(scan.drafts.len()));
    cx.report(
        Diagnostic::new(codes::PLACE_FROM_SAMPLE, span, "fields under no heading")
            .label("the path and the code sample tell where each is sent; any other has a note of its own")
            .help("correct a copy of the page, with headings, if one is sent elsewhere"),
    );
    let places = places(cx, requested, &names, &told, &shown);
    request(cx, pieces, requested.iter().zip(places), operation, page);
    if !responded.is_empty() {
        let scan = Scan { drafts: responded.to_vec(), ..Scan::default() };
        responses::read(cx, pieces, &scan, span, named, operation);
    }
    for &at in scan.intro.iter().chain(&scan.samples) {
        sample(cx, pieces, at, None, operation);
    }
}

/// Where each field of a request is sent; `None` where nothing tells it.
fn places(
    cx: &mut Context<'_>,
    drafts: &[Draft],
    names: &[String],
    told: &Told<'_>,
    shown: &HashSet<String>,
) -> Vec<Option<Place>> {
    let mut places = Vec::with_capacity(drafts.len());
    // Where the last field is sent, and where it stands.
    let mut above: Option<(Place, Span)> = None;
    for (draft, name) in drafts.iter().zip(names) {
        let own = cx.span(draft.range.clone());
        let place = told.place(name).or_else(|| marked(draft)).or_else(|| {
            let (place, first) = above.filter(|&(place, _)| told.goes_on(name, place, shown))?;
            // One that has lost its name is told from the sample, or left out.
            if !name.is_empty() {
                report_above(cx, name, own, first);
            }
            Some(place)
        });
        above = place.map(|place| (place, own));
        places.push(place);
    }
    places
}

/// Where a field is sent, as its markers say.
fn marked(draft: &Draft) -> Option<Place> {
    let location = match draft.location? {
        Marker::Header => ParameterLocation::Header,
        Marker::Query => ParameterLocation::Query,
        Marker::Cookie => ParameterLocation::Cookie,
        _ => return None,
    };
    Some(Place::Parameter(location))
}

/// The fields of the request, each where it is sent.
fn request<'d>(
    cx: &mut Context<'_>,
    pieces: &[Piece],
    fields: impl Iterator<Item = (&'d Draft, Option<Place>)>,
    operation: &mut Operation,
    page: &mut Page,
) {
    let mut known = sections::KnownParameters::new();
    let mut requirement = SecurityRequirement::default();
    let mut body: Vec<Draft> = Vec::new();
    for (draft, place) in fields {
        if place == Some(Place::Body) {
            body.push(draft.clone());
            continue;
        }
        let field = build(cx, pieces, draft);
        match place {
            Some(Place::Credentials) => {
                security::credential(cx, field, ApiKeyLocation::Header, operation, page, &mut requirement);
            }
            Some(Place::Parameter(location)) => parameter(cx, field, location, &mut known, operation),
            Some(Place::Body) | None => report_lost(cx, field.span),
        }
    }
    if !requirement.schemes.is_empty() {
        operation.security = Some(vec![requirement]);
    }
    let Some(first) = body.first() else { return };
    let span = cx.span(first.range.clone());
    let mut intro = Intro::default();
    intro.media = media_of_sample(operation);
    let schema = intro.schema(cx, pieces, &body, span);
    let content = vec![intro.media_type(schema, span)];
    operation.request_body = Some(RequestBody { required: None, description: None, content, span });
}

/// Where the fields of the response begin among those of the request.
fn response(names: &[String], told: &Told<'_>, shown: &HashSet<String>) -> usize {
    let mut seen = HashSet::new();
    let again = names.iter().position(|name| !seen.insert(name) && shown.contains(name));
    let other = || names.iter().position(|name| told.place(name).is_none() && shown.contains(name));
    again.or_else(other).unwrap_or(names.len())
}

fn name(cx: &Context<'_>, draft: &Draft) -> String {
    draft.name.clone().map(|range| unescape(cx.slice(range))).unwrap_or_default()
}

/// Says that a field is sent where the one above it is.
fn report_above(cx: &mut Context<'_>, name: &str, span: Span, above: Span) {
    cx.report(
        Diagnostic::new(
            codes::PLACE_FROM_SAMPLE,
            span,
            format!("field `{name}` under no heading, which no sample has"),
        )
        .label("read as sent where the field above is: the shown response does not have it")
        .related(above, "the field above")
        .help("correct a copy of the page, with headings, if it is sent elsewhere"),
    );
}

fn report_lost(cx: &mut Context<'_>, span: Span) {
    cx.report(
        Diagnostic::new(codes::PLACE_LOST, span, "field under no heading, which no sample has")
            .label("left out: nothing tells where it is sent")
            .help("put it below a heading in a corrected copy of the page"),
    );
}
