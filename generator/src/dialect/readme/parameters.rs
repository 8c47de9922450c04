//! The parameters of an operation while its page is read, and where each is sent.
//!
//! Rows go into [`Parameters`]; [`Parameters::take_members`] gives those that are the body's after all, and
//! [`Parameters::finish`] the others. Where a parameter is sent is settled here: by the path template, the query
//! template, the section, and else the query.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use super::{body::repeats, place::Place, request_line::RequestLine, rows::Documented};
use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::{Context, Field, assemble, definition::is_token},
    model::{Parameter, ParameterLocation, Schema, Text, Type},
    source::Span,
};

/// Documented parameters, each with the place that the page says of it.
#[derive(Debug, Default)]
pub(super) struct Parameters {
    fields: Vec<(Field, Option<Place>)>,
    /// Their names, compared as those of headers are.
    names: HashSet<String>,
}

impl Parameters {
    /// Whether none is documented.
    pub(super) fn is_empty(&self) -> bool {
        self.fields.is_empty()
    }

    /// Whether a parameter of a name is documented, compared as names of headers are.
    pub(super) fn documents(&self, name: &str) -> bool {
        self.names.contains(&name.to_ascii_lowercase())
    }

    /// The parameters of a path that are documented nowhere as they are spelled there, without what spellings differ in.
    fn misspelled(&self, in_path: &HashSet<&str>) -> HashSet<String> {
        let documented: HashSet<&str> =
            self.fields.iter().filter_map(|(field, _)| Some(field.name.as_ref()?.value.as_str())).collect();
        in_path.difference(&documented).map(|name| letters(name)).collect()
    }

    /// The names of the parameters that the page says are sent in the path.
    pub(super) fn in_path(&self) -> Vec<String> {
        let in_path = |place: &Option<Place>| *place == Some(Place::Parameter(ParameterLocation::Path));
        let named = self.fields.iter().filter(|(_, place)| in_path(place));
        named.filter_map(|(field, _)| Some(field.name.as_ref()?.value.clone())).collect()
    }

    /// Adds documented parameters; `section` is where their heading says that they are sent.
    pub(super) fn add(
        &mut self,
        cx: &mut Context<'_>,
        rows: Vec<Documented>,
        section: Option<ParameterLocation>,
    ) {
        let section = section.map(Place::Parameter);
        rows.iter().filter_map(|row| row.reference.as_ref()).for_each(|reference| reference.report(cx));
        if !rows.iter().any(|row| row.child) {
            // Parameters are flat: a dot in a name is part of it.
            for row in rows {
                self.push(row.field, row.location.or(section));
            }
            return;
        }
        let fields: Vec<Field> = rows.into_iter().map(|row| row.field).collect();
        for (name, property) in assemble(cx, fields).properties {
            let name = Some(Text::new(name, property.span));
            let field =
                Field { name, required: property.required, schema: property.schema, span: property.span };
            self.push(field, section);
        }
    }

    fn push(&mut self, field: Field, place: Option<Place>) {
        self.names.extend(field.name.as_ref().map(|name| name.value.to_ascii_lowercase()));
        self.fields.push((field, place));
    }

    /// Takes out what is sent as members of the body: what rows say is sent there, and what no heading gives a place,
    /// if `in_body` says where the page shows that, and how; `sent` are the headers of its samples.
    pub(super) fn take_members(
        &mut self,
        cx: &mut Context<'_>,
        line: &RequestLine,
        sent: &HashMap<String, Span>,
        in_body: impl FnOnce(&[&Field]) -> Option<(Span, &'static str)>,
    ) -> Vec<Field> {
        let in_path = line.in_path();
        let spelled = self.misspelled(&in_path);
        let elsewhere = |name: &str| {
            in_path.contains(name)
                || spelled.contains(&letters(name))
                || line.query.iter().any(|(query, _)| query == name)
                || sent.contains_key(&name.to_ascii_lowercase())
                || names_header(name)
        };
        let open = |(field, place): &(Field, Option<Place>)| {
            place.is_none() && field.name.as_ref().is_some_and(|name| !elsewhere(&name.value))
        };
        let undecided: Vec<&Field> =
            self.fields.iter().filter(|known| open(known)).map(|(field, _)| field).collect();
        let shown = in_body(&undecided);
        if let (Some((shown, why)), Some(first)) = (shown, undecided.first()) {
            cx.report(
                Diagnostic::new(codes::PARAMETERS_IN_BODY, first.span, "parameters in no stated place")
                    .label("this one and the ones with it are read as members of the body")
                    .related(shown, why)
                    .help("where they are sent elsewhere, say so in the heading of the table, as in `Query Parameters`"),
            );
        }
        let (body, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut self.fields)
            .into_iter()
            .partition(|known| known.1 == Some(Place::Body) || (shown.is_some() && open(known)));
        self.fields = rest;
        body.into_iter().map(|(field, _)| field).collect()
    }

    /// The parameters, with those of the query template that are documented nowhere. `sent` are the names of the headers
    /// that the page's samples send, in small letters.
    pub(super) fn finish(
        self,
        cx: &mut Context<'_>,
        line: &RequestLine,
        range: &Range<usize>,
        sent: &HashMap<String, Span>,
    ) -> Vec<Parameter> {
        let in_path = line.in_path();
        let mut spelled = self.misspelled(&in_path);
        let mut parameters = self.placed(cx, |cx, name, stated| {
            if in_path.contains(name.value.as_str()) {
                return ParameterLocation::Path;
            } else if line.query.iter().any(|(query, _)| *query == name.value) {
                return ParameterLocation::Query;
            } else if let Some(Place::Parameter(location)) = stated {
                return location;
            } else if spelled.remove(&letters(&name.value)) {
                return ParameterLocation::Path;
            }
            let sample = sent.get(&name.value.to_ascii_lowercase());
            if sample.is_none() && !names_header(&name.value) {
                return ParameterLocation::Query;
            }
            let found = Diagnostic::new(
                codes::PLACE_FROM_SAMPLE,
                name.span,
                format!("parameter `{}` in no stated place", name.value),
            );
            cx.report(match sample {
                Some(sample) => found.label("read as a header").related(*sample, "the sample sends it there"),
                None => found.label("read as a header, as HTTP has one of this name"),
            });
            ParameterLocation::Header
        });
        for (name, place) in &line.query {
            let known =
                |parameter: &Parameter| parameter.name.value == *name || nearly(&parameter.name.value, name);
            if parameters.iter().any(known) {
                continue;
            }
            let span = cx.span(range.start + place.start..range.start + place.end);
            let schema = Schema::new(Type::Any, span);
            parameters.push(parameter(Text::new(name, span), ParameterLocation::Query, false, schema, span));
        }
        parameters
    }

    /// The headers of a response. What HTTP cannot carry is reported.
    pub(super) fn in_response(self, cx: &mut Context<'_>) -> Vec<Parameter> {
        let mut headers = self.placed(cx, |_, _, _| ParameterLocation::Header);
        headers.retain(|header| {
            let named = is_token(&header.name.value);
            if !named {
                cx.report(
                    Diagnostic::new(
                        codes::NAME_LOST,
                        header.name.span,
                        "header whose name HTTP cannot carry",
                    )
                    .label("left out"),
                );
            }
            named
        });
        headers
    }

    /// The parameters where they are sent, each once.
    fn placed(
        self,
        cx: &mut Context<'_>,
        mut place: impl FnMut(&mut Context<'_>, &Text, Option<Place>) -> ParameterLocation,
    ) -> Vec<Parameter> {
        let mut parameters: Vec<Parameter> = Vec::new();
        let mut first: HashMap<(String, ParameterLocation), Field> = HashMap::new();
        for (field, stated) in self.fields {
            let Some(name) = field.name.clone() else { continue };
            let location = place(cx, &name, stated);
            if let Some(known) = first.get(&(name.value.clone(), location)) {
                if !repeats(known, &field) {
                    report_duplicate(cx, &name, known.span, field.span);
                }
                continue;
            }
            first.insert((name.value.clone(), location), field.clone());
            let required = field.required || location == ParameterLocation::Path;
            parameters.push(parameter(name, location, required, field.schema, field.span));
        }
        parameters
    }
}

/// A name without what spellings of it differ in.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn parameter(
    name: Text,
    location: ParameterLocation,
    required: bool,
    schema: Schema,
    span: Span,
) -> Parameter {
    Parameter { name, location, required, schema, span, style: None }
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

/// Whether a name is that of a header that all products have.
fn names_header(name: &str) -> bool {
    const HEADERS: [&str; 3] = ["authorization", "content-type", "accept"];
    HEADERS.iter().any(|header| name.eq_ignore_ascii_case(header))
}

/// Whether two names differ in a plural only.
fn nearly(one: &str, other: &str) -> bool {
    one.strip_suffix('s') == Some(other) || other.strip_suffix('s') == Some(one)
}
