//! Reads sections: parameters, the request's body, responses.
//!
//! The marks of one section at a time come in, in any order; [`Sections`] adds what they say to the
//! operation, and remembers enumerations, because a later field may refer to an earlier one's.

use std::{
    collections::{HashMap, VecDeque},
    ops::Range,
    rc::Rc,
};

use serde_json::Value;

use super::grammar::{FieldLine, Mark, Place, Section};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::{
        Context, Field, assemble,
        fields::{give_members, set_values},
        marks::{Form, Marked, body},
        media::KnownMedia,
        tail::{Tail, find_tail},
        types::read_types,
    },
    model::{
        EnumValue, MediaType, Object, Operation, Parameter, ParameterLocation, RequestBody, Response, Schema,
        Status, Text, Type,
    },
    source::Span,
};

/// A section's heading and fields, and where its text ends.
pub(super) struct SectionMarks<'m> {
    /// The heading first.
    pub(super) marks: &'m [Marked<Mark>],
    /// Where the text ends.
    pub(super) end: usize,
}

/// Reads the sections of one operation.
pub(super) struct Sections<'o> {
    operation: &'o mut Operation,
    /// The enumerations of the fields read so far, by the fields' whole names; the last ones of each name.
    enumerations: HashMap<String, VecDeque<Rc<[EnumValue]>>>,
    /// How many values were repeated for fields that refer to others.
    repeated: usize,
    /// The bodies so far.
    media: KnownMedia,
}

/// How many enumerations are remembered for one name: those of as many responses.
const MAX_REMEMBERED: usize = 64;
/// How many values references may repeat in one operation, so that a small page stays a small model.
const MAX_REPEATED: usize = 100_000;

/// The media type of a body whose section does not name one.
const DEFAULT_MEDIA: &str = "application/json";

impl<'o> Sections<'o> {
    /// Starts with an operation whose sections were not read yet.
    pub(super) fn new(operation: &'o mut Operation) -> Self {
        Self { operation, enumerations: HashMap::new(), repeated: 0, media: KnownMedia::default() }
    }

    /// Reads one section.
    pub(super) fn read_section(&mut self, cx: &mut Context<'_>, section: &SectionMarks<'_>) {
        let Some(Marked { mark: Mark::Section(heading), range, .. }) = section.marks.first() else { return };
        if heading.place == Place::Unknown {
            cx.claim(range.clone(), Claim::Fact);
            cx.report(
                Diagnostic::new(codes::UNKNOWN_SECTION, cx.span(range.clone()), "section of unknown meaning")
                    .label("what stands below is left out"),
            );
            return;
        }
        cx.claim(range.clone(), Claim::Fact);
        let span = cx.span(range.clone());
        let prose = body(section.marks, 0, section.end);
        match &heading.place {
            Place::Parameters(location) => {
                let fields = self.read_fields(cx, section);
                let map = fields.iter().find(|field| is_named(field, "additionalProperties"));
                let map_required = map.is_some_and(|field| field.required);
                let members = assemble(cx, fields);
                self.add_parameters(*location, members, map_required);
            }
            Place::Request => {
                let description = cx.description(prose);
                let media = self.read_media(cx, heading, section, span, true);
                let body = self.operation.request_body.get_or_insert_with(|| RequestBody {
                    required: None,
                    description: None,
                    content: Vec::new(),
                    span,
                });
                body.description = body.description.take().or(description);
                if let Some(media) = media {
                    let span = media.schema.span;
                    self.media.add(cx, None, &mut body.content, media, span);
                }
            }
            Place::Response(status) => self.read_response(cx, heading, status.clone(), section, prose),
            Place::Unknown => {}
        }
    }

    fn read_response(
        &mut self,
        cx: &mut Context<'_>,
        heading: &Section,
        status: Range<usize>,
        section: &SectionMarks<'_>,
        prose: Range<usize>,
    ) {
        let text = cx.fact(status);
        let span = section.marks.first().map_or(text.span, |marked| cx.span(marked.range.clone()));
        let Ok(status) = text.value.parse::<Status>() else {
            cx.report(
                Diagnostic::new(codes::UNKNOWN_STATUS, text.span, format!("unknown status `{}`", text.value))
                    .label("not a status of HTTP; this response is left out"),
            );
            return;
        };
        let description = cx.description(prose);
        let has_fields = section.marks.len() > 1;
        let media = self.read_media(cx, heading, section, span, has_fields);
        let responses = &mut self.operation.responses;
        let at = match responses.iter().position(|response| response.status == status) {
            Some(at) => at,
            None => {
                responses.push(Response::new(status, span));
                responses.len() - 1
            }
        };
        if let Some(response) = responses.get_mut(at) {
            response.description = response.description.take().or(description);
            if let Some(media) = media {
                let span = media.schema.span;
                self.media.add(cx, Some(at), &mut response.content, media, span);
            }
        }
    }

    /// The body of a section; nothing where the section names no media type and none is wanted.
    fn read_media(
        &mut self,
        cx: &mut Context<'_>,
        heading: &Section,
        section: &SectionMarks<'_>,
        span: Span,
        wanted: bool,
    ) -> Option<MediaType> {
        let fields = self.read_fields(cx, section);
        let (name, inferred) = match &heading.media {
            Some(media) => (cx.fact(media.clone()), false),
            None if wanted => (Text::new(DEFAULT_MEDIA, span), true),
            None => return None,
        };
        // Without fields the page leaves the body's type open.
        let mut schema = Schema::new(Type::Any, span);
        if !fields.is_empty() {
            let members = assemble(cx, fields);
            give_members(&mut schema, members);
        }
        Some(MediaType { name, inferred, schema })
    }

    /// `map_required` is whether a parameter `additionalProperties` is.
    fn add_parameters(&mut self, location: ParameterLocation, members: Object, map_required: bool) {
        let path = location == ParameterLocation::Path;
        for (name, property) in members.properties {
            self.operation.parameters.push(Parameter {
                name: Text::new(name, property.span),
                location,
                required: property.required || path,
                schema: property.schema,
                span: property.span,
                style: None,
            });
        }
        // A parameter of this name is no map.
        if let Some(schema) = members.values {
            let span = schema.span;
            let name = Text::new("additionalProperties", span);
            self.operation.parameters.push(Parameter {
                name,
                location,
                required: map_required || path,
                schema: *schema,
                span,
                style: None,
            });
        }
    }

    fn read_fields(&mut self, cx: &mut Context<'_>, section: &SectionMarks<'_>) -> Vec<Field> {
        let mut fields = Vec::with_capacity(section.marks.len());
        for (at, marked) in section.marks.iter().enumerate() {
            if let Mark::Field(line) = &marked.mark {
                let body = body(section.marks, at, section.end);
                fields.push(self.read_field(cx, marked.range.clone(), line, body));
            }
        }
        fields
    }

    fn read_field(
        &mut self,
        cx: &mut Context<'_>,
        range: Range<usize>,
        line: &FieldLine,
        body: Range<usize>,
    ) -> Field {
        let range = cx.trim(range);
        cx.claim(range.clone(), Claim::Fact);
        let name = Text::new(cx.slice(line.name.clone()), cx.span(line.name.clone()));
        let mut schema = read_types(cx, line.types.clone(), ',');
        let tail = find_tail(cx.slice(body.clone()), Form::Lines);
        let end = tail.as_ref().map_or(body.end, |(start, _)| body.start + start);
        schema.description = cx.description(body.start..end);
        if let Some((_, tail)) = tail {
            self.read_tail(cx, &mut schema, &name, tail, body.start, end..body.end);
        }
        Field { name: Some(name), required: line.required, schema, span: cx.span(range) }
    }

    /// `base` is where the ranges within the tail count from.
    fn read_tail(
        &mut self,
        cx: &mut Context<'_>,
        schema: &mut Schema,
        name: &Text,
        tail: Tail,
        base: usize,
        range: Range<usize>,
    ) {
        let range = cx.trim(range);
        let at = |inner: Range<usize>| base + inner.start..base + inner.end;
        let values = match tail {
            Tail::Example(value) => {
                cx.claim(range, Claim::Example);
                schema.examples.push(value);
                return;
            }
            Tail::Values(values) => {
                let value = |(value, inner): (Value, Range<usize>)| EnumValue {
                    value,
                    description: None,
                    span: cx.span(at(inner)),
                };
                values.into_iter().map(value).collect()
            }
            Tail::SameAs(other, count) => self.same_values(cx, at(other), count),
        };
        cx.claim(range, Claim::Fact);
        let remembered = self.enumerations.entry(name.value.clone()).or_default();
        if remembered.len() == MAX_REMEMBERED {
            remembered.pop_front();
        }
        remembered.push_back(Rc::clone(&values));
        set_values(schema, values.to_vec());
    }

    /// The values of the field that was named last and has as many.
    fn same_values(&mut self, cx: &mut Context<'_>, other: Range<usize>, count: usize) -> Rc<[EnumValue]> {
        let name = cx.slice(other.clone());
        let known = self.enumerations.get(name);
        let same = known.and_then(|known| {
            known.iter().rev().find(|values| values.len() == count).or_else(|| known.back()).map(Rc::clone)
        });
        let found = match same {
            Some(values) if self.repeated + values.len() <= MAX_REPEATED => {
                self.repeated += values.len();
                return values;
            }
            Some(_) => format!("values of `{name}` repeated too often on this page"),
            None => format!("no values of `{name}` before this field"),
        };
        cx.report(
            Diagnostic::new(codes::ENUM_REFERENCE_MISSING, cx.span(other), found)
                .label("said to have the same values")
                .help("override the field's values in docwright.yaml"),
        );
        Rc::new([])
    }
}

fn is_named(field: &Field, name: &str) -> bool {
    field.name.as_ref().is_some_and(|text| text.value == name)
}
