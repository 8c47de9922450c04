//! What a row says of its field's type.
//!
//! The type cell comes in, or the name cell where it holds the type too, a [`TypeCell`] goes out ([`read_type_cell`]): the
//! schema, and what else stands in the cell.

use serde_json::Value;

use super::{
    cell_values::{is_placeholder, listed},
    members::Reference,
    name::Name,
    requirement::{Requirement, is_not, requirement, requirement_of},
    sentences,
    tables::{Cell, Table},
    types::{is_type_name, read_remarked, read_type},
};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::{Context, fields::set_values},
    markdown,
    model::{EnumValue, ResourceLink, Schema, Text, Type},
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

/// What else tells the type: a description that may begin with it, in a table without a column of types.
pub(super) struct Leading<'t> {
    /// The description.
    pub(super) cell: Option<&'t Cell>,
    /// An example.
    pub(super) example: Option<&'t Cell>,
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
    let text = cell.words();
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
    if let Some(values) = quoted_values(bare, span) {
        let mut schema = Schema::new(Type::String, span);
        set_values(&mut schema, values);
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
        let default = remark.as_deref().and_then(|remark| stated_default(remark, &schema.ty));
        if default.is_some() {
            schema.default = default;
            return TypeCell { schema, requirement: stated, remark: None, reference: refers(false) };
        }
        let length = remark.as_deref().filter(|_| schema.ty == Type::String).and_then(length);
        let remark = remark.filter(|_| length.is_none());
        schema.limits.max_length = schema.limits.max_length.or(length);
        return TypeCell { schema, requirement: stated, remark, reference: refers(false) };
    }
    if bare.eq_ignore_ascii_case("timestamp")
        && let Some(told) = leading.timestamp()
    {
        cx.report(
            Diagnostic::new(codes::TYPE_FROM_PROSE, span, format!("type `{bare}`"))
                .label(told.label())
                .help("override the type in docwright.yaml if this is not right"),
        );
        return TypeCell { schema: told.schema(span), requirement: stated, remark: None, reference: None };
    }
    let reference = if bare.is_empty() { None } else { refers(true) };
    TypeCell { schema: Schema::new(Type::Any, span), requirement: stated, remark: None, reference }
}

/// The values that a type cell quotes one by one: `"open" or "closed"`.
fn quoted_values(text: &str, span: Span) -> Option<Vec<EnumValue>> {
    let quotes = [('"', '"'), ('\'', '\''), ('\u{201c}', '\u{201d}'), ('\u{2018}', '\u{2019}')];
    let unquoted = |part: &str| {
        let part = part.trim().trim_start_matches("or ").trim();
        let inner = |(open, close): &(char, char)| part.strip_prefix(*open)?.strip_suffix(*close);
        let inner = quotes.iter().find_map(inner)?;
        let plain = !inner.is_empty() && !inner.contains(|c| quotes.iter().any(|(o, e)| c == *o || c == *e));
        (plain && !is_type_name(inner)).then(|| inner.to_owned())
    };
    let text = text.replace(" or ", " | ");
    let parts: Vec<&str> = text.split(['|', ',', '/']).filter(|part| !part.trim().is_empty()).collect();
    let value = |value: String| EnumValue { value: Value::String(value), description: None, span };
    let values: Option<Vec<EnumValue>> = parts.into_iter().map(|part| unquoted(part).map(value)).collect();
    values.filter(|values| values.len() > 1)
}

/// `default: 5`, `(default 5)` behind a type.
fn stated_default(remark: &str, ty: &Type) -> Option<Value> {
    let bare = remark.trim().trim_matches(['(', ')']);
    let word = bare.get(.."default".len()).filter(|word| word.eq_ignore_ascii_case("default"))?;
    let value = bare.get(word.len()..)?;
    let to = value.strip_prefix("s to ");
    let value = to.unwrap_or(value).trim_start();
    let separated = to.is_some() || value.starts_with([':', '=']);
    let value = value.trim_start_matches([' ', ':', '=']);
    let bare = value.trim_matches(['`', '"', '\'']);
    // `default today` is a word about it, `default: null` says that there is none.
    let told = *ty != Type::String || separated || bare.len() < value.len();
    let one = told && !is_placeholder(value) && !bare.is_empty() && !bare.contains(char::is_whitespace);
    let value = bare;
    ty.parse_value(value).filter(|_| one && !matches!(ty, Type::Any | Type::Object(_) | Type::Array(_)))
}

/// `(160)` behind a string's type: its longest value, as databases write it.
fn length(remark: &str) -> Option<u64> {
    let digits = remark.trim().strip_prefix('(')?.strip_suffix(')')?.trim();
    digits.parse().ok().filter(|length| *length > 0)
}

impl Leading<'_> {
    /// The type that the description begins with: `` `varchar` The name``, `` `varchar`: the name``. One row among others
    /// that begins so may speak of a word, `` `file` URL``, unless something sets the word apart.
    fn read(&self, cx: &Context<'_>) -> Option<Schema> {
        let cell = self.cell?;
        let span = cx.span(cell.range.clone());
        match leading_type(&cell.text, span) {
            Some((schema, apart)) => (apart || self.typed).then_some(schema),
            None => self.typed.then(|| bare_type(&cell.text, span)).flatten(),
        }
    }
}

/// How a point in time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Timestamp {
    /// As seconds or milliseconds.
    Counted,
    /// As RFC 3339 has it.
    Written,
}

impl Timestamp {
    fn label(self) -> &'static str {
        match self {
            Self::Counted => "read as an integer, as the example or the description beside it has one",
            Self::Written => "read as a date and time, as the example or the description beside it has one",
        }
    }

    fn schema(self, span: Span) -> Schema {
        match self {
            Self::Counted => Schema::new(Type::Integer, span),
            Self::Written => {
                let format = Some(Text::new("date-time", span));
                Schema { format, ..Schema::new(Type::String, span) }
            }
        }
    }
}

impl Leading<'_> {
    /// How a field is written whose type is called no more than `timestamp`, where its example or its description tells.
    fn timestamp(&self) -> Option<Timestamp> {
        let shown = self.example.map(|cell| cell.words()).unwrap_or_default();
        let shown = shown.trim().trim_matches(['`', '"']);
        let digits = |text: &str| text.len() > 8 && text.bytes().all(|byte| byte.is_ascii_digit());
        let written = |text: &str| {
            let mut parts = text.splitn(2, ['T', ' ']);
            let date = parts.next().is_some_and(|date| date.len() == 10 && date.matches('-').count() == 2);
            date && parts.next().is_some_and(|time| time.contains(':'))
        };
        if digits(shown) {
            return Some(Timestamp::Counted);
        } else if written(shown) {
            return Some(Timestamp::Written);
        }
        let said = self.cell?.text.to_lowercase();
        let says = |words: &[&str]| words.iter().any(|word| said.contains(word));
        match (
            says(&["unix", "epoch", "since 1970"]),
            says(&["iso 8601", "iso8601", "iso-8601", "rfc 3339", "rfc3339"]),
        ) {
            (true, false) => Some(Timestamp::Counted),
            (false, true) => Some(Timestamp::Written),
            _ => None,
        }
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
    let description = description.trim_start();
    let Some((word, rest)) = description.strip_prefix('`').and_then(|text| text.split_once('`')) else {
        return leading_word(description, span);
    };
    let words = rest.trim_start_matches([' ', '\n', '\\', '-', ':', '–', '—', '.']);
    let begins = words.is_empty() || words.starts_with(|c: char| !c.is_lowercase());
    let schema = read_type(word, span).filter(|_| begins)?;
    let apart = words.is_empty() || rest.trim_start_matches(' ').len() > words.len();
    (!matches!(schema.ty, Type::Null | Type::Any)).then_some((schema, apart))
}

/// The type that a description begins with as a sentence of its own: `String. The name`. Words that also name things, as
/// `Date` and `File` do, are none.
fn leading_word(description: &str, span: Span) -> Option<(Schema, bool)> {
    let bare = description.trim_start_matches(['*', '_']);
    let (word, rest) =
        bare.split_at_checked(bare.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(bare.len()))?;
    let told = matches!(
        word.to_ascii_lowercase().as_str(),
        "string" | "integer" | "int" | "boolean" | "bool" | "float" | "array" | "object"
    );
    let ends = rest.is_empty() || rest.trim_start_matches(['*', '_']).starts_with(['.', '\n', ';']);
    (told && ends).then(|| read_type(word, span)).flatten().map(|schema| (schema, true))
}

/// The type that a description begins with without any mark, where those of its table have one: `string The name`. A word in
/// a capital begins a sentence about it.
fn bare_type(description: &str, span: Span) -> Option<Schema> {
    let (word, rest) = description.trim_start().split_once(' ')?;
    let begins = rest.trim_start().starts_with(|c: char| c.is_uppercase());
    let schema = read_type(word, span).filter(|_| begins && word.starts_with(char::is_lowercase))?;
    (!matches!(schema.ty, Type::Null | Type::Any)).then_some(schema)
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
    let mut link = link?;
    let bare = link.name.value.strip_suffix("[]").map(|bare| bare.trim_end().to_owned());
    let array = ["array", "list"].iter().any(|word| before.contains(word))
        || bare.is_some()
        || cell.trim_end().ends_with("[]");
    if let Some(bare) = bare {
        link.name.value = bare;
    }
    Some((link, array))
}
