//! What a row says of its field's type.
//!
//! The type cell comes in, or the name cell where it holds the type too, a [`TypeCell`] goes out ([`read_type_cell`]): the
//! schema, and what else stands in the cell.

use super::{
    cell_values::listed,
    members::Reference,
    name::Name,
    requirement::{Requirement, is_not, requirement, requirement_of},
    sentences,
    tables::{Cell, Table},
    types::{read_remarked, read_type},
};
use crate::{
    claims::Claim,
    dialect::{Context, fields::set_values},
    markdown,
    model::{ResourceLink, Schema, Text, Type},
    source::Span,
};

/// What a row says of its type.
pub(super) struct TypeCell {
    /// The schema.
    pub(super) schema: Schema,
    /// What the cell says of being required.
    pub(super) requirement: Option<Requirement>,
    /// What else stands in the cell.
    pub(super) remark: Option<String>,
    /// What there is to find a table of members by.
    pub(super) reference: Option<Reference>,
}

/// A description that may begin with the type, in a table without a column of types.
pub(super) struct Leading<'t> {
    /// The description.
    pub(super) cell: Option<&'t Cell>,
    /// Whether the other descriptions of the table do.
    pub(super) typed: bool,
}

/// Reads a row's type; the name cell may hold it.
pub(super) fn read_type_cell(
    cx: &mut Context<'_>,
    cell: Option<&Cell>,
    name: &Name,
    name_cell: &Cell,
    leading: Leading<'_>,
) -> TypeCell {
    let name_span = cx.span(name_cell.range.clone());
    let Some(cell) = cell else {
        let schema = name.type_text.as_deref().and_then(|text| read_type(text, name_span));
        let schema = schema.or_else(|| leading.read(cx));
        let schema = schema.unwrap_or_else(|| Schema::new(Type::Any, name_span));
        return TypeCell { schema, requirement: None, remark: None, reference: None };
    };
    cx.claim(cell.range.clone(), Claim::Fact);
    let span = cx.span(cell.range.clone());
    let text = cell.plain();
    let words: Vec<&str> = text.split([',', ' ', '\n']).collect();
    let stated = requirement_of(&words);
    let bare = match stated {
        // The remark keeps its spelling where there is nothing to take off.
        None => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Some(_) => {
            let words = text.split_whitespace();
            let plain = |word: &&str| requirement(word).is_none() && !is_not(word);
            words.filter(plain).collect::<Vec<_>>().join(" ")
        }
    };
    let bare = bare.trim_end_matches([',', '(', ' ']);
    // `array of [Lamp](doc:lamp)` is no array with a remark, while `[string](doc:types)` is a string.
    if let Some((link, array)) = resource_link(&cell.text, span)
        && !read_type(bare, span).is_some_and(|schema| is_scalar(&schema))
    {
        let schema = Schema { resource: Some(Box::new(link)), ..Schema::new(Type::Any, span) };
        let schema = if array { Schema::new(Type::Array(Box::new(schema)), span) } else { schema };
        return TypeCell { schema, requirement: stated, remark: None, reference: None };
    }
    let anchor = anchor(&cell.text);
    let refers = |unknown| Some(Reference { anchor, words: bare.to_owned(), unknown, span });
    if let Some((mut schema, remark)) = read_remarked(bare, span) {
        let values = remark
            .as_deref()
            .filter(|_| bare.to_lowercase().starts_with("enum"))
            .and_then(|remark| listed(remark, &schema.ty, span));
        if let Some(values) = values {
            set_values(&mut schema, values);
            return TypeCell { schema, requirement: stated, remark: None, reference: None };
        }
        return TypeCell { schema, requirement: stated, remark, reference: refers(false) };
    }
    let reference = if bare.is_empty() { None } else { refers(true) };
    TypeCell { schema: Schema::new(Type::Any, span), requirement: stated, remark: None, reference }
}

impl Leading<'_> {
    /// The type that the description begins with: `` `varchar` The name``, `` `varchar`: the name``. One row among others
    /// that begins so may speak of a word, `` `file` URL``, unless something sets the word apart.
    fn read(&self, cx: &Context<'_>) -> Option<Schema> {
        let cell = self.cell?;
        let (schema, apart) = leading_type(&cell.text, cx.span(cell.range.clone()))?;
        (apart || self.typed).then_some(schema)
    }
}

/// Whether the descriptions of a table, in the given column, begin with types: all of them, or several and most.
pub(super) fn descriptions_begin_with_types(table: &Table, column: usize) -> bool {
    let cells =
        table.rows.iter().flatten().filter(|(at, cell)| *at == column && !cell.text.trim().is_empty());
    let (mut all, mut typed) = (0_usize, 0_usize);
    for (_, cell) in cells {
        all += 1;
        typed += usize::from(leading_type(&cell.text, Span::default()).is_some());
    }
    typed > 0 && (typed == all || (typed > 1 && 2 * typed > all))
}

/// The type that a description begins with, as code, and whether something other than a space sets it apart. What goes on
/// with a small letter is a sentence about a word.
fn leading_type(description: &str, span: Span) -> Option<(Schema, bool)> {
    let (word, rest) = description.trim_start().strip_prefix('`')?.split_once('`')?;
    let words = rest.trim_start_matches([' ', '\n', '\\', '-', ':', '–', '—', '.']);
    let begins = words.is_empty() || words.starts_with(|c: char| !c.is_lowercase());
    let schema = read_type(word, span).filter(|_| begins)?;
    let apart = words.is_empty() || rest.trim_start_matches(' ').len() > words.len();
    (!matches!(schema.ty, Type::Null | Type::Any)).then_some((schema, apart))
}

/// The heading of the same page that a type cell links to.
fn anchor(cell: &str) -> Option<String> {
    if !cell.contains("](#") {
        return None;
    }
    let document = markdown::parse(cell);
    let inlines = document.blocks.iter().flat_map(|block| document.inlines(block));
    inlines.filter_map(|inline| inline.link.as_deref()?.strip_prefix('#')).map(str::to_owned).next()
}

/// Whether values are scalars, or arrays of them.
fn is_scalar(schema: &Schema) -> bool {
    match &schema.ty {
        Type::Array(items) => is_scalar(items),
        Type::Any | Type::Object(_) | Type::Union(_) => false,
        _ => true,
    }
}

/// The page that a type cell links to, and whether it is the type of an array's items.
fn resource_link(cell: &str, span: Span) -> Option<(ResourceLink, bool)> {
    let document = markdown::parse(cell);
    let inlines = document.blocks.iter().flat_map(|block| document.inlines(block));
    let (mut before, mut link) = (String::new(), None);
    for inline in inlines {
        match inline.link.as_deref().and_then(sentences::slug) {
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
