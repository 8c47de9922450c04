//! A page's sections come in, the parts of its operation go out: credentials, parameters, body, responses.
//!
//! Enter at [`outline`], which finds the sections, then [`read`] for each.

use std::{collections::HashMap, ops::Range};

use super::{
    asides,
    constraints::{build, describe, limit_whole},
    fields::{self, Scan},
    head::Named,
    intro::{self, Intro},
    labels::{self, Section},
    lines::{Kind, Piece},
    responses, security,
    types::read_type_line,
    untyped,
};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::{Context, Field},
    model::{Object, Operation, Page, Parameter, ParameterLocation, RequestBody, Sample, Text, Type},
    source::Span,
};

/// A section of a page.
#[derive(Debug)]
pub(super) struct Part {
    /// What it is; `None` for prose under a heading of the vendor's own.
    pub(super) section: Option<Section>,
    /// The heading's piece.
    pub(super) heading: usize,
    /// The pieces below it.
    pub(super) pieces: Range<usize>,
    /// What they hold.
    pub(super) scan: Scan,
}

/// Finds the sections: where the first begins, and all of them.
pub(super) fn outline(cx: &Context<'_>, pieces: &[Piece]) -> (usize, Vec<Part>) {
    let mut starts: Vec<(usize, Option<Section>)> = Vec::new();
    let mut end = pieces.len();
    let headed = has_marked_headings(cx, pieces);
    let last_anchors = last_anchors(cx, pieces, headed);
    // The foot stands below all sections and types.
    let last_of_sections = pieces.iter().rposition(|piece| {
        let text = cx.slice(piece.range.clone());
        piece.is_text()
            && (labels::section(text).is_some() || read_type_line(text, Span::default()).is_some())
    });
    // Whether a field's type stands in the last section.
    let mut typed = false;
    for (at, piece) in pieces.iter().enumerate().filter(|(_, piece)| piece.is_text()) {
        let text = cx.slice(piece.range.clone());
        let known = starts.len();
        let neighbours = || last_of_sections.is_none_or(|last| last < at) && heads_neighbours(cx, pieces, at);
        if !starts.is_empty() && (labels::opens_foot(text) || neighbours()) {
            end = foot(cx, pieces, at);
            break;
        }
        match labels::section(text) {
            // Where headings are marked, a line of the same word is prose.
            Some(section)
                if !is_field(cx, pieces, at) && (!headed || matches!(piece.kind, Kind::Heading(_))) =>
            {
                starts.push((at, Some(section)));
            }
            // A heading with fields below it stands in the description of the field above.
            _ if !starts.is_empty()
                && matches!(piece.kind, Kind::Heading(1..=3))
                && last_anchors.get(at).is_none_or(|&last| last <= at) =>
            {
                starts.push((at, None));
            }
            _ if !starts.is_empty() && !headed && asides::opens(cx, pieces, at, typed) => {
                starts.push((at, None));
            }
            _ => {}
        }
        typed = (typed && starts.len() == known) || read_type_line(text, Span::default()).is_some();
    }
    let first = starts.first().map_or(end, |(at, _)| *at);
    let ends = starts.iter().skip(1).map(|(at, _)| *at).chain(std::iter::once(end));
    let shown = untyped::shown(pieces.get(..first).unwrap_or_default());
    let parts = starts.iter().zip(ends).map(|(&(heading, section), end)| {
        let pieces_range = heading + 1..end;
        let within = pieces.get(pieces_range.clone()).unwrap_or_default();
        let described = !matches!(section, Some(Section::Parameters(_) | Section::Authorizations));
        let shown = match section {
            Some(Section::Body) => Some(&shown.request),
            Some(Section::Response) => Some(&shown.response),
            _ => None,
        };
        let scan =
            if section.is_some() { fields::scan(cx, within, described, shown) } else { Scan::default() };
        Part { section, heading, pieces: pieces_range, scan }
    });
    let mut parts: Vec<Part> = parts.collect();
    set_apart(cx, pieces, &mut parts);
    (first, parts)
}

/// Whether a line is the product's word over the link to the page before, and one over the link to the page after follows.
fn heads_neighbours(cx: &Context<'_>, pieces: &[Piece], at: usize) -> bool {
    /// The most lines of a link: the title of the page, and what it is about.
    const MAX_LINES: usize = 4;
    let is = |at: usize, word: &str| {
        let piece = pieces.get(at).filter(|piece| matches!(piece.kind, Kind::Text));
        piece.is_some_and(|piece| cx.slice(piece.range.clone()) == word)
    };
    is(at, "Previous") && (at + 1..=at + 1 + MAX_LINES).any(|at| is(at, "Next"))
}

/// Where the foot begins whose first line stands at a piece: the links to the neighbouring pages stand above, and what they
/// say can take several lines.
fn foot(cx: &Context<'_>, pieces: &[Piece], opener: usize) -> usize {
    const MAX_LINES: usize = 6;
    let Some(last) = opener.checked_sub(1).and_then(|at| pieces.get(at)) else { return opener };
    let above = pieces.iter().enumerate().take(opener).rev().take(MAX_LINES);
    let lines = above.take_while(|(_, piece)| matches!(piece.kind, Kind::Text));
    let links = |piece: &Piece| labels::is_links(cx.slice(piece.range.start..last.range.end));
    lines.filter(|(_, piece)| links(piece)).last().map_or(opener, |(at, _)| at)
}

/// Makes prose of the sections that a vendor has written above the product's own: they come again below, and hold no
/// field, status or media type themselves.
fn set_apart(cx: &Context<'_>, pieces: &[Piece], parts: &mut [Part]) {
    let mut below: Vec<(Section, bool)> = Vec::new();
    for part in parts.iter_mut().rev() {
        let Some(section) = part.section else { continue };
        let within = pieces.get(part.pieces.clone()).unwrap_or_default();
        let states = |at: &usize| {
            let line =
                within.get(*at).filter(|piece| piece.is_text()).map(|piece| cx.slice(piece.range.clone()));
            line.is_some_and(|line| responses::status_line(line).is_some() || intro::is_media_line(line))
        };
        let own = part.scan.named_and_lost().0 > 0 || part.scan.intro.iter().any(states);
        let again =
            below.iter().any(|&(known, own)| known == section && (own || part.scan.drafts.is_empty()));
        if !own && again {
            part.section = None;
            part.scan = Scan::default();
        } else {
            // The last of its kind is the product's, whatever it holds.
            below.push((section, own));
        }
    }
}

/// Whether the page marks its sections as headings. A vendor's prose can hold one such heading on a page
/// that does not.
fn has_marked_headings(cx: &Context<'_>, pieces: &[Piece]) -> bool {
    let named = pieces.iter().filter(|piece| piece.is_text() && opens_section(cx, piece));
    let (marked, bare): (Vec<_>, Vec<_>) = named.partition(|piece| matches!(piece.kind, Kind::Heading(_)));
    let anchored = pieces.iter().any(|piece| piece.field_anchor().is_some());
    !marked.is_empty() && (anchored || marked.len() > bare.len())
}

fn opens_section(cx: &Context<'_>, piece: &Piece) -> bool {
    labels::section(cx.slice(piece.range.clone())).is_some()
}

/// For each piece the last anchor of a field in its section; 0 where there is none.
fn last_anchors(cx: &Context<'_>, pieces: &[Piece], headed: bool) -> Vec<usize> {
    let mut out = vec![0; pieces.len()];
    let mut last = 0;
    for (at, piece) in pieces.iter().enumerate().rev() {
        match &piece.kind {
            Kind::Anchor(_) if piece.field_anchor().is_some() => last = last.max(at),
            Kind::Heading(_) if opens_section(cx, piece) => last = 0,
            Kind::Text if !headed && opens_section(cx, piece) => last = 0,
            _ => {}
        }
        if let Some(known) = out.get_mut(at) {
            *known = last;
        }
    }
    out
}

/// Whether a word that could open a section is a field's name: a type follows it.
fn is_field(cx: &Context<'_>, pieces: &[Piece], at: usize) -> bool {
    let anchored = at
        .checked_sub(1)
        .and_then(|at| pieces.get(at))
        .is_some_and(|before| matches!(before.kind, Kind::Anchor(_)));
    let is_type = |at: usize| {
        let piece = pieces.get(at).filter(|piece| matches!(piece.kind, Kind::Text));
        piece.is_some_and(|piece| read_type_line(cx.slice(piece.range.clone()), Span::default()).is_some())
    };
    // Two types below it are a field that is called like one, and the heading is a heading.
    let typed = is_type(at + 1) && !is_type(at + 2);
    matches!(pieces.get(at).map(|piece| &piece.kind), Some(Kind::Text)) && (typed || anchored)
}

/// Reads a section into the operation.
pub(super) fn read(
    cx: &mut Context<'_>,
    pieces: &[Piece],
    part: Part,
    named: &Named,
    operation: &mut Operation,
    page: &mut Page,
) {
    if let Some(heading) = pieces.get(part.heading) {
        cx.claim(heading.range.clone(), Claim::Fact);
    }
    for range in &part.scan.furniture {
        cx.claim(range.clone(), Claim::Furniture);
    }
    let within = pieces.get(part.pieces.clone()).unwrap_or_default();
    let span = pieces.get(part.heading).map(|heading| cx.span(heading.range.clone())).unwrap_or_default();
    match part.section {
        Some(Section::Authorizations) => security::read(cx, within, &part.scan, operation, page),
        Some(Section::Parameters(location)) => parameters(cx, within, &part.scan, location, operation),
        Some(Section::Body) => body(cx, within, &part.scan, span, operation),
        Some(Section::Response) => responses::read(cx, within, &part.scan, span, named, operation),
        None => asides::read(cx, pieces, &part, operation),
    }
    for &at in &part.scan.samples {
        sample(cx, within, at, None, operation);
    }
}

/// Appends prose to prose.
pub(super) fn append(to: &mut Option<Text>, text: Option<Text>, paragraph: bool) {
    let Some(text) = text else { return };
    match to {
        Some(known) => {
            known.value.push_str(if paragraph { "\n\n" } else { "\n" });
            known.value.push_str(&text.value);
        }
        None => *to = Some(text),
    }
}

/// Takes a sample, once: pages print theirs twice.
pub(super) fn sample(
    cx: &mut Context<'_>,
    pieces: &[Piece],
    at: usize,
    status: Option<crate::model::Status>,
    operation: &mut Operation,
) {
    let Some(piece) = pieces.get(at) else { return };
    cx.claim(piece.range.clone(), Claim::Example);
    let span = cx.span(piece.range.clone());
    let found = match &piece.kind {
        Kind::Curl(command) => {
            let range = command.range.clone();
            Sample::Curl { text: Text::new(cx.slice(range.clone()), cx.span(range)) }
        }
        Kind::Json(json) => Sample::Response { status, json: json.clone(), span },
        _ => return,
    };
    // The repeated ones stand near each other.
    let known = operation.samples.iter().rev().take(32).any(|known| match (known, &found) {
        (Sample::Curl { text }, Sample::Curl { text: other }) => text.value == other.value,
        (Sample::Response { json, .. }, Sample::Response { json: other, .. }) => json == other,
        _ => false,
    });
    if !known {
        operation.samples.push(found);
    }
}

/// Fields of a parameter section.
fn parameters(
    cx: &mut Context<'_>,
    pieces: &[Piece],
    scan: &Scan,
    location: ParameterLocation,
    operation: &mut Operation,
) {
    let known = operation.parameters.iter().filter(|known| known.location == location);
    let mut known: KnownParameters =
        known.map(|known| ((location, known.name.value.clone()), known.span)).collect();
    for draft in &scan.drafts {
        let field = build(cx, pieces, draft);
        parameter(cx, field, location, &mut known, operation);
    }
    for &at in &scan.intro {
        sample(cx, pieces, at, None, operation);
    }
}

/// Where the parameters of an operation stand.
pub(super) type KnownParameters = HashMap<(ParameterLocation, String), Span>;

/// Adds a parameter, unless it has no name or is documented already.
pub(super) fn parameter(
    cx: &mut Context<'_>,
    field: Field,
    location: ParameterLocation,
    known: &mut KnownParameters,
    operation: &mut Operation,
) {
    let Some(name) = field.name else { return report_lost(cx, field.span) };
    let key = (location, name.value.clone());
    if let Some(&first) = known.get(&key) {
        return report_twice(cx, field.span, first, &format!("parameter `{}`", name.value));
    }
    known.insert(key, field.span);
    operation.parameters.push(Parameter {
        name,
        location,
        required: field.required || location == ParameterLocation::Path,
        schema: field.schema,
        span: field.span,
        style: None,
    });
}

/// Says that something is documented twice; the first stands.
pub(super) fn report_twice(cx: &mut Context<'_>, span: Span, first: Span, what: &str) {
    cx.report(
        Diagnostic::new(codes::DUPLICATE_FIELD, span, format!("{what} documented twice"))
            .label("this one is left out")
            .related(first, "this one stands"),
    );
}

/// Says that a field is left out because nothing has its name.
pub(super) fn report_lost(cx: &mut Context<'_>, span: Span) {
    cx.report(
        Diagnostic::new(codes::NAME_LOST, span, "field without a name")
            .label("the page has lost its name, and no example has it")
            .help("add the field in a corrected copy of the page"),
    );
}

/// The request's body.
fn body(cx: &mut Context<'_>, pieces: &[Piece], scan: &Scan, span: Span, operation: &mut Operation) {
    let mut intro = Intro::default();
    for &at in &scan.intro {
        intro.take(cx, pieces, at, operation);
    }
    intro.report_variants(cx);
    intro.media = intro.media.or_else(|| media_of_sample(operation));
    let mut schema = intro.schema(cx, pieces, &scan.drafts, span);
    limit_whole(cx, scan, &mut schema);
    if scan.drafts.is_empty()
        && intro.leaves_type_open()
        && let Some(sent) = sent_object(operation)
    {
        cx.report(
            Diagnostic::new(codes::TYPE_FROM_EXAMPLE, span, "body without a type and without fields")
                .label("read as an object, which the command sends")
                .related(sent, "the command"),
        );
        schema.ty = Type::Object(Object::default());
    }
    let description = describe(cx, pieces, &intro.prose);
    let content = vec![intro.media_type(schema, span)];
    if let Some(first) = &operation.request_body {
        return report_twice(cx, span, first.span, "body");
    }
    operation.request_body = Some(RequestBody { required: None, description, content, span });
}

/// The command that sends an object with members.
fn sent_object(operation: &Operation) -> Option<Span> {
    operation.samples.iter().find_map(|sample| {
        let Sample::Curl { text } = sample else { return None };
        let json = crate::curl::curl(&text.value, 0)?.0.json()?;
        json.as_object().is_some_and(|members| !members.is_empty()).then_some(text.span)
    })
}

/// The media type that the `curl` command states.
pub(super) fn media_of_sample(operation: &Operation) -> Option<Text> {
    operation.samples.iter().find_map(|sample| {
        let Sample::Curl { text } = sample else { return None };
        let (command, _) = crate::curl::curl(&text.value, 0)?;
        let value = command.header("Content-Type")?.split(';').next()?.trim().to_owned();
        (!value.is_empty()).then(|| Text::new(value, text.span))
    })
}
