//! Fields out of a table's rows.
//!
//! A table of fields comes in, [`Documented`] fields go out ([`read_rows`]), with every cell claimed. What
//! one row says about itself is settled here: its name cell may hold a type or `required` too, and a
//! leading dash makes it a child of the row above. Nesting by dotted names is left to `assemble`.

use std::{collections::HashSet, ops::Range};

use super::{
    columns::{Role, roles},
    name::{Name, read_name},
    requirement::{Requirement, requirement, requirement_cell, requirement_of},
    tables::{Cell, Row, Table, plain},
    types::{is_type_name, read_remarked, read_type},
};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::{Context, Field, fields::set_values},
    markdown,
    model::{EnumValue, ParameterLocation, ResourceLink, Schema, Text, Type},
    source::Span,
};

/// A field as a row documents it.
#[derive(Debug, Clone)]
pub(super) struct Documented {
    /// The field; its name is the whole dotted one.
    pub(super) field: Field,
    /// Where the row says that a parameter is sent.
    pub(super) location: Option<Place>,
    /// Whether the row is a child of one above, by its dashes.
    pub(super) child: bool,
}

/// Where a value is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// As a parameter.
    Parameter(ParameterLocation),
    /// As a member of the body.
    Body,
}

/// Reads the rows of a table that has a column of names.
pub(super) fn read_rows(cx: &mut Context<'_>, table: &Table) -> Vec<Documented> {
    let roles = roles(table);
    let mut reader = RowReader { fields: Vec::new(), parents: Vec::new(), declared: HashSet::new() };
    for (_, cell) in &table.head {
        cx.claim(cell.range.clone(), Claim::Fact);
    }
    for row in &table.rows {
        let mut cells = Cells::default();
        for (column, cell) in row {
            if cell.text.trim().is_empty() {
                continue;
            }
            let (role, head) =
                roles.get(column).map_or((Role::Other, ""), |(role, head)| (*role, head.as_str()));
            let place = match role {
                Role::Name => &mut cells.name,
                Role::Required => &mut cells.required,
                Role::Optional => &mut cells.optional,
                Role::Type => &mut cells.ty,
                Role::Format => &mut cells.format,
                Role::Description => &mut cells.description,
                Role::Default => &mut cells.default,
                Role::Example => &mut cells.example,
                Role::Values => &mut cells.values,
                Role::Location => &mut cells.location,
                _ => {
                    cells.other.push((head, cell));
                    continue;
                }
            };
            *place = Some(cell);
        }
        reader.row(cx, row, &cells);
    }
    reader.fields
}

#[derive(Default)]
struct Cells<'t> {
    name: Option<&'t Cell>,
    required: Option<&'t Cell>,
    optional: Option<&'t Cell>,
    ty: Option<&'t Cell>,
    format: Option<&'t Cell>,
    description: Option<&'t Cell>,
    default: Option<&'t Cell>,
    example: Option<&'t Cell>,
    values: Option<&'t Cell>,
    location: Option<&'t Cell>,
    other: Vec<(&'t str, &'t Cell)>,
}

struct RowReader {
    fields: Vec<Documented>,
    /// The rows that a dashed row may belong to: dashes and whole name, innermost last.
    parents: Vec<(usize, String)>,
    declared: HashSet<String>,
}

impl RowReader {
    fn row(&mut self, cx: &mut Context<'_>, row: &Row, cells: &Cells<'_>) {
        let Some((first, last)) = row.first().zip(row.last()) else { return };
        let range = first.1.range.start.min(last.1.range.start)..last.1.range.end.max(first.1.range.end);
        let span = cx.span(range);
        let Some(name_cell) = cells.name else {
            self.nameless(cx, cells, span);
            return;
        };
        cx.claim(name_cell.range.clone(), Claim::Fact);
        let type_text = cells.ty.map(|cell| cell.plain().into_owned());
        let name = read_name(&name_cell.text, type_text.as_deref());
        let TypeCell { mut schema, requirement, remark } = read_schema(cx, cells.ty, &name, name_cell);
        schema.description = describe(cx, cells, &name, remark);
        read_values(cx, cells, &mut schema);
        let required = self.requirement(cx, cells, &name, requirement);
        let (whole, child) = self.whole_name(&name, &schema);
        self.declare_arrays(&whole, cx.span(name_cell.range.clone()));
        self.declared.insert(whole.clone());
        let location = cells.location.and_then(|cell| {
            cx.claim(cell.range.clone(), Claim::Fact);
            place(&cell.plain())
        });
        let name = Some(Text::new(whole, cx.span(name_cell.range.clone())));
        self.fields.push(Documented { field: Field { name, required, schema, span }, location, child });
    }

    /// A row without a name goes on with the description above, unless it has a type of its own.
    fn nameless(&mut self, cx: &mut Context<'_>, cells: &Cells<'_>, span: Span) {
        let above = self.fields.last_mut().filter(|_| cells.ty.is_none());
        if let (Some(above), Some(cell)) = (above, cells.description) {
            cx.claim(cell.range.clone(), Claim::Description);
            let more = cell.text.trim();
            match &mut above.field.schema.description {
                Some(description) => description.value.push_str(&format!("\n\n{more}")),
                none => *none = Some(Text::new(more, cx.span(cell.range.clone()))),
            }
        } else if cells.ty.is_some() || cells.description.is_some() {
            cx.report(
                Diagnostic::new(codes::NAME_LOST, span, "row without a name")
                    .label("left out")
                    .help("name the field in the page"),
            );
        }
    }

    fn requirement(
        &self,
        cx: &mut Context<'_>,
        cells: &Cells<'_>,
        name: &Name,
        from_type: Option<Requirement>,
    ) -> bool {
        let column = cells.required.and_then(|cell| {
            cx.claim(cell.range.clone(), Claim::Fact);
            requirement_cell(&cell.plain())
        });
        let optional = cells.optional.and_then(|cell| {
            cx.claim(cell.range.clone(), Claim::Fact);
            Some(match requirement_cell(&cell.plain())? {
                Requirement::Required => Requirement::Optional,
                Requirement::Optional => Requirement::Required,
            })
        });
        let described = || cells.description.and_then(|cell| described_requirement(&cell.text));
        column.or(optional).or(name.requirement).or(from_type).or_else(described)
            == Some(Requirement::Required)
    }

    /// The name with those of the rows that it belongs to by its dashes. Dashes that have nothing above
    /// which could hold members belong to the name.
    fn whole_name(&mut self, name: &Name, schema: &Schema) -> (String, bool) {
        while self.parents.last().is_some_and(|(dashes, _)| *dashes >= name.dashes) {
            self.parents.pop();
        }
        let (whole, child) = match self.parents.last() {
            Some((_, parent)) if name.dashes > 0 => (format!("{parent}.{}", name.text), true),
            _ if name.dashes > 0 => (name.verbatim.clone(), false),
            _ => (name.text.clone(), false),
        };
        let holds = matches!(&schema.ty, Type::Any | Type::Object(_) | Type::Array(_));
        if holds && self.parents.len() < crate::limits::DEEPEST {
            self.parents.push((name.dashes, whole.clone()));
        }
        (whole, child)
    }

    /// `list[].id` says that there is an array `list`, even where no row does; at each level.
    fn declare_arrays(&mut self, whole: &str, span: Span) {
        let levels = whole.match_indices("[].").take(crate::dialect::fields::MAX_NESTING);
        for array in levels.filter_map(|(at, _)| whole.get(..at)) {
            if array.is_empty()
                || self.declared.contains(array)
                || self.declared.contains(&format!("{array}[]"))
            {
                continue;
            }
            self.declared.insert(array.to_owned());
            let schema = Schema::new(Type::array_of_any(span), span);
            let field = Field { name: Some(Text::new(array, span)), required: false, schema, span };
            self.fields.push(Documented { field, location: None, child: false });
        }
    }
}

/// What a row says of its type.
struct TypeCell {
    schema: Schema,
    /// What the cell says of being required.
    requirement: Option<Requirement>,
    /// What else stands in the cell.
    remark: Option<String>,
}

/// Reads a row's type; the name cell may hold it.
fn read_schema(cx: &mut Context<'_>, cell: Option<&Cell>, name: &Name, name_cell: &Cell) -> TypeCell {
    let name_span = cx.span(name_cell.range.clone());
    let Some(cell) = cell else {
        let schema = name.type_text.as_deref().and_then(|text| read_type(text, name_span));
        let schema = schema.unwrap_or_else(|| Schema::new(Type::Any, name_span));
        return TypeCell { schema, requirement: None, remark: None };
    };
    cx.claim(cell.range.clone(), Claim::Fact);
    let span = cx.span(cell.range.clone());
    let text = cell.plain();
    let words: Vec<&str> = text.split([',', ' ', '\n']).collect();
    let requirement = requirement_of(&words);
    let bare = match requirement {
        // The remark keeps its spelling where there is nothing to take off.
        None => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Some(_) => {
            let words = text.split_whitespace();
            let plain = |word: &&str| {
                super::requirement::requirement(word).is_none() && !super::requirement::is_not(word)
            };
            words.filter(plain).collect::<Vec<_>>().join(" ")
        }
    };
    let bare = bare.trim_end_matches([',', '(', ' ']);
    // `array of [Lamp](doc:lamp)` is no array with a remark, while `[string](doc:types)` is a string.
    if let Some((link, array)) = resource_link(&cell.text, span)
        && !read_type(bare, span).is_some_and(|schema| is_scalar(&schema))
    {
        let schema = Schema { resource: Some(link), ..Schema::new(Type::Any, span) };
        let schema = if array { Schema::new(Type::Array(Box::new(schema)), span) } else { schema };
        return TypeCell { schema, requirement, remark: None };
    }
    if let Some((mut schema, remark)) = read_remarked(bare, span) {
        let values = remark
            .as_deref()
            .filter(|_| bare.to_lowercase().starts_with("enum"))
            .and_then(|remark| listed(remark, &schema.ty, span));
        if let Some(values) = values {
            set_values(&mut schema, values);
            return TypeCell { schema, requirement, remark: None };
        }
        return TypeCell { schema, requirement, remark };
    }
    if !bare.is_empty() {
        cx.report(
            Diagnostic::new(codes::UNKNOWN_TYPE, span, format!("type `{}`", shortened(bare)))
                .label("not a type that is known")
                .help("any value is accepted; override the type in docwright.yaml"),
        );
    }
    TypeCell { schema: Schema::new(Type::Any, span), requirement, remark: None }
}

/// Whether values are scalars, or arrays of them.
fn is_scalar(schema: &Schema) -> bool {
    match &schema.ty {
        Type::Array(items) => is_scalar(items),
        Type::Any | Type::Object(_) | Type::Union(_) => false,
        _ => true,
    }
}

/// The values that a text lists, in parentheses or not; `None` where one of them is none of the type.
fn listed(text: &str, ty: &Type, span: Span) -> Option<Vec<EnumValue>> {
    let text = text.trim().trim_matches(['(', ')']);
    let quotes = ['"', '\'', '`', '\u{201c}', '\u{201d}', '[', ']'];
    let words =
        text.split([',', '\n', '|']).map(|word| word.trim().trim_matches(quotes)).filter(|w| !w.is_empty());
    let value = |word: &str| Some(EnumValue { value: ty.parse_value(word)?, description: None, span });
    words.map(value).collect()
}

/// A text for a message, cut where it grows long.
fn shortened(text: &str) -> String {
    let mut out: String = text.chars().take(40).collect();
    if out.len() < text.len() {
        out.push('…');
    }
    out
}

/// The page that a type cell links to, and whether it is the type of an array's items.
fn resource_link(cell: &str, span: Span) -> Option<(ResourceLink, bool)> {
    let document = markdown::parse(cell);
    let inlines = document.blocks.iter().flat_map(|block| document.inlines(block));
    let (mut before, mut link) = (String::new(), None);
    for inline in inlines {
        match inline.link.as_deref().and_then(super::sentences::slug) {
            Some(slug) => {
                link =
                    Some(ResourceLink { name: Text::new(inline.text.trim(), span), slug: slug.to_owned() });
                break;
            }
            None => before.push_str(&inline.text.to_lowercase()),
        }
    }
    let array = ["array", "list"].iter().any(|word| before.contains(word)) || cell.trim_end().ends_with("[]");
    link.map(|link| (link, array))
}

/// The description, with what other columns say below it.
fn describe(cx: &mut Context<'_>, cells: &Cells<'_>, name: &Name, remark: Option<String>) -> Option<Text> {
    let mut parts: Vec<String> = Vec::new();
    let mut place: Option<Range<usize>> = None;
    parts.extend(name.rest.clone());
    parts.extend(remark);
    let described = cells.description.map(|cell| ("", cell));
    for (head, cell) in described.into_iter().chain(cells.other.iter().copied()) {
        cx.claim(cell.range.clone(), Claim::Description);
        place.get_or_insert_with(|| cell.range.clone());
        let text = cell.text.trim();
        parts.push(if head.is_empty() { text.to_owned() } else { format!("{head}: {text}") });
    }
    let place = place.or_else(|| cells.name.map(|cell| cell.range.clone()))?;
    (!parts.is_empty()).then(|| Text::new(parts.join("\n\n"), cx.span(place)))
}

/// Format, default, example and values, where they have columns of their own.
fn read_values(cx: &mut Context<'_>, cells: &Cells<'_>, schema: &mut Schema) {
    if let Some(cell) = cells.format {
        cx.claim(cell.range.clone(), Claim::Fact);
        let format = Text::new(cell.plain().trim(), cx.span(cell.range.clone()));
        schema.format.get_or_insert(format);
    }
    if let Some(cell) = cells.default {
        cx.claim(cell.range.clone(), Claim::Fact);
        schema.default = schema.ty.parse_value(cell.plain().trim());
    }
    if let Some(cell) = cells.example {
        cx.claim(cell.range.clone(), Claim::Example);
        schema.examples.extend(schema.ty.parse_value(cell.plain().trim()));
    }
    if let Some(cell) = cells.values {
        cx.claim(cell.range.clone(), Claim::Fact);
        let span = cx.span(cell.range.clone());
        let values = listed(&cell.plain(), value_type(&schema.ty), span);
        values.into_iter().for_each(|values| set_values(schema, values));
    }
}

/// The type whose values a field has: its items' where it is an array.
fn value_type(ty: &Type) -> &Type {
    match ty {
        Type::Array(items) => value_type(&items.ty),
        ty => ty,
    }
}

fn place(text: &str) -> Option<Place> {
    let parameter = match text.trim().to_lowercase().as_str() {
        "path" | "url" | "uri" | "path parameter" | "url parameter" => ParameterLocation::Path,
        "query" | "query string" | "querystring" | "query parameter" => ParameterLocation::Query,
        "header" | "headers" => ParameterLocation::Header,
        "cookie" => ParameterLocation::Cookie,
        "body" | "request body" | "form" | "form data" | "formdata" | "json body" => {
            return Some(Place::Body);
        }
        _ => return None,
    };
    Some(Place::Parameter(parameter))
}

/// Whether a cell says where a parameter is sent.
pub(super) fn is_location(text: &str) -> bool {
    place(text).is_some()
}

/// What a description says of being required: by a word of its own at its begin (`*Required*`,
/// `Required. …`), or in parentheses at its end. A word that goes on (`Required for …`) says when.
fn described_requirement(markdown: &str) -> Option<Requirement> {
    let text = markdown.trim();
    let marks = ['*', '_', '`', '(', '['];
    let bare = text.trim_start_matches(marks);
    let word_end = bare.find(|c: char| !c.is_alphabetic()).unwrap_or(bare.len());
    let (word, rest) = bare.split_at(word_end);
    if let Some(found) = requirement(word) {
        let marked = bare.len() < text.len();
        let after = rest.trim_start_matches(['*', '_', '`', ')', ']']);
        let next = after.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let conditional = matches!(next, "if" | "for" | "when" | "unless" | "only" | "in" | "on");
        let ends = after.is_empty() || after.starts_with(['.', ':', ';', ',', '\n', '!']);
        if !conditional && (marked || ends) {
            return Some(found);
        }
    }
    let text = plain(text);
    let last = text.trim_end_matches('.').rsplit_once('(')?.1;
    last.strip_suffix(')').and_then(requirement)
}

/// Whether a text is the name of a type; used where a name cell holds one too.
pub(super) fn names_type(words: &[&str]) -> bool {
    is_type_name(&words.join(" ")) || read_type(&words.join(" "), Span::default()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_requires_by_a_word_of_its_own() {
        for text in ["*Required*", "**Required.** The phone", "Required. The phone", "The phone (required)."]
        {
            assert_eq!(described_requirement(text), Some(Requirement::Required), "{text}");
        }
        assert_eq!(described_requirement("`optional` The phone"), Some(Requirement::Optional));
    }

    #[test]
    fn a_condition_requires_nothing() {
        for text in [
            "Required for admins.",
            "**Required** if `a` is set",
            "The phone is required",
            "Requirements: none",
            "",
        ] {
            assert_eq!(described_requirement(text), None, "{text}");
        }
    }
}
