//! A request's or response's body, as sentences and tables say it.
//!
//! Sentences come in by [`Body::describe`], tables by [`Body::read_table`]; [`Body::content`] gives the
//! content. A table of the body's own says more than the resource that a sentence links to: the table gives
//! the members, the link the name.

use std::{collections::HashSet, ops::Range};

use serde_json::Value;

use super::{
    members::Holders,
    parameters::Parameters,
    prose::Prose,
    rows::{Documented, read_rows},
    sentences::Statement,
    tables::Table,
};
use crate::{
    claims::Claim,
    dialect::{Context, Field, assemble, fields::MAX_NESTING},
    model::{
        Limits, MediaType, Object, Parameter, ParameterLocation, ResourceLink, Schema, Status, Text, Type,
    },
    source::Span,
};

/// So many samples are looked at for what names mean.
const MOST_SAMPLES: usize = 16;

/// What is known of a body so far.
#[derive(Debug, Default)]
pub(super) struct Body {
    /// The status of the response, where the page states it.
    pub(super) status: Option<Status>,
    statement: Option<(Statement, Span)>,
    fields: Vec<Field>,
    /// Those of the fields that other tables may say more of.
    holders: Holders,
    prose: Prose,
    /// The headers that come with it.
    pub(super) headers: Vec<Parameter>,
    /// Its media type, where the page states it.
    pub(super) media: Option<Text>,
    /// Where it is first spoken of.
    pub(super) span: Option<Span>,
    /// Where the page states its status, which may be all that it says.
    pub(super) announced: Option<Span>,
}

impl Body {
    /// A response's body, of which only the status is known yet.
    pub(super) fn of_status(status: Option<Status>, announced: Option<Span>) -> Self {
        Self { status, announced, ..Self::default() }
    }

    /// Takes a paragraph, which may decide what the body is.
    pub(super) fn describe(
        &mut self,
        cx: &mut Context<'_>,
        range: Range<usize>,
        statement: Option<Statement>,
    ) {
        let span = cx.span(cx.trim(range.clone()));
        self.span.get_or_insert(span);
        if let Some(statement) = statement {
            cx.claim(range.clone(), Claim::Fact);
            self.statement.get_or_insert((statement, span));
        }
        self.prose.add(cx, range);
    }

    /// Whether its status is one of responses that have none.
    pub(super) fn is_bodiless(&self) -> bool {
        matches!(self.status, Some(Status::Code(100..=199 | 204 | 304) | Status::Class(1)))
    }

    /// The prose about it, to be added to.
    pub(super) fn prose_mut(&mut self) -> &mut Prose {
        &mut self.prose
    }

    /// Takes a table of fields.
    pub(super) fn read_table(&mut self, cx: &mut Context<'_>, table: &Table) {
        cx.claim(table.range.clone(), Claim::Furniture);
        let span = cx.span(table.range.clone());
        self.span.get_or_insert(span);
        self.take(read_rows(cx, table));
    }

    /// Takes a table of the headers of a response.
    pub(super) fn read_headers(&mut self, cx: &mut Context<'_>, table: &Table) {
        cx.claim(table.range.clone(), Claim::Furniture);
        let span = cx.span(table.range.clone());
        self.span.get_or_insert(span);
        let mut headers = Parameters::default();
        let rows = read_rows(cx, table);
        headers.add(cx, rows, Some(ParameterLocation::Header));
        self.headers.extend(headers.in_response(cx));
    }

    fn take(&mut self, rows: Vec<Documented>) {
        for Documented { field, reference, .. } in rows {
            let name = field.name.as_ref().map_or("", |name| name.value.as_str());
            self.holders.add(name, &field.schema, reference);
            self.fields.push(field);
        }
    }

    /// The fields whose members a table under a heading describes, by their numbers.
    pub(super) fn holders_under(&self, heading: &str, near: bool) -> Vec<usize> {
        self.holders.under(heading, near)
    }

    /// Takes rows as the members of fields. More than `most` fields are more than are read in the end.
    pub(super) fn add_members(&mut self, rows: &[Documented], holders: &[usize], most: usize) {
        for &at in holders {
            if self.fields.len() > most {
                return;
            }
            let Some(prefix) = self.holders.describe(at) else { continue };
            let inner = rows.iter().cloned().map(|mut row| {
                if let Some(name) = &mut row.field.name {
                    name.value = format!("{prefix}.{}", name.value);
                }
                row
            });
            self.take(inner.collect());
        }
    }

    /// Takes fields that stand elsewhere on the page.
    pub(super) fn add_fields(&mut self, fields: impl Iterator<Item = Field>) {
        self.fields.extend(fields);
        self.span = self.span.or(self.fields.first().map(|field| field.span));
    }

    /// Takes the dots of names for those of paths where a sample shows the object that no row documents: `lamp.id` is the member
    /// of a `lamp`, while `bootstrap.servers` is a name. So is the array `ids` where a row calls it `ids[]`.
    pub(super) fn nest<'s>(&mut self, samples: impl Iterator<Item = &'s Value> + Clone) {
        let samples = samples.take(MOST_SAMPLES);
        let mut known: HashSet<String> =
            self.fields.iter().filter_map(|field| Some(field.name.as_ref()?.value.clone())).collect();
        let mut nested: Vec<Field> = Vec::with_capacity(self.fields.len());
        for mut field in std::mem::take(&mut self.fields) {
            if let Some(name) = field.name.as_mut().filter(|name| name.value.ends_with("[]")) {
                let bare = name.value.trim_end_matches("[]").to_owned();
                let shown = |json: &Value| member(json, &bare).is_some_and(Value::is_array);
                if !known.contains(&bare) && samples.clone().any(shown) {
                    known.insert(bare.clone());
                    name.value = bare;
                    make_array(&mut field.schema, field.span);
                }
            }
            if let Some(name) = &field.name {
                for (dot, _) in name.value.match_indices('.').take(MAX_NESTING) {
                    let (Some(owner), Some(rest)) = (name.value.get(..dot), name.value.get(dot + 1..)) else {
                        continue;
                    };
                    let inner = rest.split(['.', '[']).next().unwrap_or_default();
                    if known.contains(owner) || known.contains(&format!("{owner}[]")) {
                        continue;
                    }
                    let Some(ty) =
                        samples.clone().find_map(|json| owner_type(json, owner, inner, field.span))
                    else {
                        break;
                    };
                    known.insert(owner.to_owned());
                    let name = Some(Text::new(owner, field.span));
                    nested.push(Field {
                        name,
                        required: false,
                        schema: Schema::new(ty, field.span),
                        span: field.span,
                    });
                }
            }
            nested.push(field);
        }
        self.fields = nested;
    }

    /// The prose about it.
    pub(super) fn description(&self, cx: &mut Context<'_>) -> Option<Text> {
        self.prose.read(cx)
    }

    /// Whether the page says that there is none, or that there is one.
    pub(super) fn is_stated(&self) -> Option<bool> {
        match self.statement {
            Some((Statement::NoBody, _)) => Some(!self.fields.is_empty()),
            Some(_) => Some(true),
            None => (!self.fields.is_empty()).then_some(true),
        }
    }

    /// Whether a sentence tells the caller to supply the body.
    pub(super) fn is_demanded(&self) -> bool {
        matches!(self.statement, Some((Statement::EmptyObject | Statement::Resource { .. }, _)))
    }

    /// The body as a media type; `None` where the page does not say that there is one.
    pub(super) fn content(self, cx: &mut Context<'_>) -> Option<MediaType> {
        let fields = !self.fields.is_empty();
        let span = self.span?;
        let statement = self.statement.clone();
        let mut schema = match (&statement, fields) {
            (Some((Statement::NoBody, _)) | None, false) => return None,
            (Some((Statement::EmptyObject, _)), false) => Schema {
                limits: Limits { max_properties: Some(0), ..Limits::default() }.into(),
                ..Schema::new(Type::Object(Object::default()), span)
            },
            (Some((Statement::Resource { .. }, _)), false) => Schema::new(Type::Any, span),
            (_, true) => self.resource_schema(cx),
        };
        if let Some((Statement::Resource { name, slug, array }, place)) = statement {
            schema.resource = Some(Box::new(ResourceLink { name: Text::new(name, place), slug }));
            if array {
                schema = Schema::new(Type::Array(Box::new(schema)), place);
            }
        }
        // No page of this dialect names a media type; its bodies are JSON.
        Some(MediaType { name: Text::new("application/json", span), inferred: true, schema })
    }

    /// The object that the tables describe.
    pub(super) fn resource_schema(self, cx: &mut Context<'_>) -> Schema {
        let span = self.span.unwrap_or_default();
        self.holders.report_unknown(cx);
        let mut fields: Vec<Field> = Vec::with_capacity(self.fields.len());
        // A page that shows a table twice says nothing new the second time.
        let mut known = std::collections::HashMap::new();
        for field in self.fields {
            let name = field.name.as_ref().map(|name| name.value.clone());
            let same = name.as_ref().and_then(|name| known.get(name)).and_then(|&at: &usize| fields.get(at));
            if same.is_some_and(|first: &Field| repeats(first, &field)) {
                continue;
            }
            if let Some(name) = name {
                known.entry(name).or_insert(fields.len());
            }
            fields.push(field);
        }
        Schema::new(Type::Object(assemble(cx, fields)), span)
    }
}

/// What a sample shows an owner to be that has a member: an object, or an array of them.
fn owner_type(sample: &Value, owner: &str, name: &str, span: Span) -> Option<Type> {
    let shown = member(sample, owner)?;
    first_of(shown)?.get(name)?;
    Some(if shown.is_array() { Type::array_of_any(span) } else { Type::Object(Object::default()) })
}

/// What a sample has at a path, in the first items of arrays.
fn member<'s>(sample: &'s Value, path: &str) -> Option<&'s Value> {
    path.split('.').try_fold(sample, |value, part| first_of(value)?.get(part.trim_end_matches("[]")))
}

/// A value, or the first of an array.
fn first_of(value: &Value) -> Option<&Value> {
    match value {
        Value::Array(items) => items.first(),
        value => Some(value),
    }
}

/// Makes an array of a schema that is none.
pub(super) fn make_array(schema: &mut Schema, span: Span) {
    match &schema.ty {
        Type::Array(_) => {}
        Type::Any => schema.ty = Type::array_of_any(span),
        ty => schema.ty = Type::Array(Box::new(Schema::new(ty.clone(), span))),
    }
}

/// Whether the second says what the first says.
pub(super) fn repeats(first: &Field, second: &Field) -> bool {
    let words = |field: &Field| {
        let text = field.schema.description.as_ref().map_or("", |text| text.value.as_str());
        text.trim().trim_end_matches('.').to_owned()
    };
    first.required == second.required
        && first.schema.ty.kind() == second.schema.ty.kind()
        && words(first) == words(second)
}
