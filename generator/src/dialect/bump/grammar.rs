//! The lines that Bump.sh itself prints; everything between them is a vendor's prose.
//!
//! An offset of a text comes in, the [`Mark`] that begins there goes out. Enter at [`GRAMMAR`];
//! [`in_place`] then takes away what prose has in common with the product's lines, by the order in which
//! the product prints them.

use std::{ops::Range, str::FromStr};

use crate::{
    dialect::{
        doubtful::{Doubtful, Kind, is_untyped},
        marks::{Form, Grammar, Marked, parenthesized, window},
        types::{is_expression, is_known},
    },
    model::{ParameterLocation, Status},
};

/// A line of the product's own. Ranges are offsets of the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// `# Title`: the title's range, empty in a flat text; it ends where the operation begins.
    Title(Range<usize>),
    /// `**METHOD /path**`.
    Operation {
        /// The method, upper case letters.
        method: Range<usize>,
        /// The path, or a webhook's name.
        path: Range<usize>,
    },
    /// A heading, and what stands below it.
    Heading(Place),
    /// `Content-type: application/json`, below `## Body parameters`.
    ContentType(Range<usize>),
    /// `- **name** (type)`.
    Field(FieldLine),
    /// A line like a field's that may be a bullet of a description too: `- **name** (strange thing)`, and without a
    /// line where the type has no parentheses. Where it stands decides ([`crate::dialect::doubtful`]). None in a flat text.
    Doubtful(Option<FieldLine>),
    /// `[Powered by Bump.sh](https://bump.sh)`.
    Footer,
}

/// `- **name** (type)`.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FieldLine {
    /// The name.
    pub(super) name: Range<usize>,
    /// The type expression in parentheses.
    pub(super) types: Range<usize>,
}

impl Doubtful for Mark {
    fn kind(&self) -> Kind {
        match self {
            Self::Heading(Place::ParametersIn(_) | Place::Body { .. }) | Self::ContentType(_) => {
                Kind::Section
            }
            Self::Field(_) => Kind::Field,
            Self::Doubtful(_) => Kind::Doubtful,
            _ => Kind::Other,
        }
    }

    fn make_field(&mut self, _: bool) -> bool {
        let Self::Doubtful(line) = self else { return false };
        let Some(line) = line.take() else { return false };
        *self = Self::Field(line);
        true
    }
}

/// What stands below a heading.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Place {
    /// `## Servers`.
    Servers,
    /// `## Authentication methods`.
    Authentication,
    /// `## Parameters`; nothing but further headings.
    Parameters,
    /// `### Path parameters` and its kin; below a response, `#### Headers` are the response's.
    ParametersIn(ParameterLocation),
    /// `### Body: MEDIA (type)`.
    Body {
        /// The media type.
        media: Option<Range<usize>>,
        /// The type expression.
        types: Option<Range<usize>>,
    },
    /// `## Responses`.
    Responses,
    /// `### 200`, in the older form `### 200: text`.
    Response {
        /// The status.
        status: Range<usize>,
        /// The text after it.
        text: Range<usize>,
    },
    /// `## Description`, of an overview.
    Description,
    /// The index of an overview: topics, groups and operations.
    Index,
}

const FOOTER: &str = "[Powered by Bump.sh](https://bump.sh)";

/// The longest name, path, media type and type expression that is looked for, in bytes.
const MAX_NAME: usize = 1024;

/// The product's own lines.
pub(super) const GRAMMAR: Grammar<Mark> =
    Grammar { openings: &["#", "*", "- **", "Content-type: ", FOOTER], mark_at };

/// The mark at an offset, and its end.
fn mark_at(text: &str, at: usize, form: Form) -> Option<(Mark, usize)> {
    let rest = text.get(at..)?;
    match rest.as_bytes().first()? {
        b'#' => heading(rest, at, form),
        b'*' => operation(rest, at),
        b'-' => field(rest, at, form),
        b'C' => content_type(rest, at),
        b'[' => rest.starts_with(FOOTER).then_some((Mark::Footer, at + FOOTER.len())),
        _ => None,
    }
}

fn operation(rest: &str, at: usize) -> Option<(Mark, usize)> {
    let text = rest.strip_prefix("**")?;
    let start = at + "**".len();
    let length = window(text, 16).find(|c: char| !c.is_ascii_uppercase())?;
    let path = text.get(length..)?.strip_prefix(' ')?;
    let end = window(path, MAX_NAME).find("**")?;
    let name = path.get(..end)?;
    if length < 3 || name.is_empty() || name.contains('\n') || name.starts_with(char::is_whitespace) {
        return None;
    }
    let path = start + length + 1;
    let mark = Mark::Operation { method: start..start + length, path: path..path + end };
    Some((mark, path + end + "**".len()))
}

fn field(rest: &str, at: usize, form: Form) -> Option<(Mark, usize)> {
    let text = rest.strip_prefix("- **")?;
    let start = at + "- **".len();
    let Some(length) = window(text, MAX_NAME).find("** (").filter(|&length| length > 0) else {
        return untyped_field(text, at + rest.len(), form);
    };
    let name = text.get(..length)?;
    // Bold text of a description ends at the first pair of stars, and no type follows it.
    if name.contains('\n') || name.contains("**") {
        return None;
    }
    let open = length + "** ".len();
    let (types, whole) = parenthesized(text.get(open..)?, MAX_NAME)?;
    let types_start = start + open + 1;
    let line = FieldLine { name: start..start + length, types: types_start..types_start + types.len() };
    let mark = match form {
        Form::Lines if is_expression(types, '|') => Mark::Field(line),
        Form::Flat if is_known(types, '|') => Mark::Field(line),
        Form::Lines => Mark::Doubtful(Some(line)),
        Form::Flat => return None,
    };
    Some((mark, start + open + whole))
}

/// `- **name**` and `- **name**: type`, on a line that ends at `end`.
fn untyped_field(text: &str, end: usize, form: Form) -> Option<(Mark, usize)> {
    let (_, after) = text.split_once("**").filter(|(name, _)| form == Form::Lines && !name.is_empty())?;
    is_untyped(after, '|', MAX_NAME).then_some((Mark::Doubtful(None), end))
}

fn content_type(rest: &str, at: usize) -> Option<(Mark, usize)> {
    let media = rest.strip_prefix("Content-type: ")?;
    let start = at + (rest.len() - media.len());
    let media = window(media, MAX_NAME).split_whitespace().next()?;
    let end = start + media.len();
    media.contains('/').then_some((Mark::ContentType(start..end), end))
}

fn heading(rest: &str, at: usize, form: Form) -> Option<(Mark, usize)> {
    let level = window(rest, 8).bytes().take_while(|&b| b == b'#').count();
    let text = rest.get(level..)?.strip_prefix(' ')?;
    let start = at + level + 1;
    if level == 1 {
        return match form {
            Form::Lines => Some((Mark::Title(start..start + text.len()), start + text.len())),
            Form::Flat => Some((Mark::Title(start..start), start)),
        };
    }
    let place = match level {
        2 => section(text, form).or_else(|| body(text, start, form)),
        3 => {
            parameters(text, form).or_else(|| response(text, start, form)).or_else(|| body(text, start, form))
        }
        4 => parameters(text, form).or_else(|| body(text, start, form)),
        _ => None,
    };
    let (place, length) = place?;
    Some((Mark::Heading(place), start + length))
}

/// Whether the text after a heading's words may follow them: nothing on a line, and in a flat text only
/// what the product prints next.
fn ends(text: &str, words: &str, form: Form, next: &[&str]) -> bool {
    let Some(after) = text.strip_prefix(words) else { return false };
    match form {
        Form::Lines => after.is_empty(),
        Form::Flat => {
            let rest = after.trim_start();
            let parted = rest.len() < after.len();
            rest.is_empty() || (parted && next.iter().any(|next| rest.starts_with(next)))
        }
    }
}

fn section(text: &str, form: Form) -> Option<(Place, usize)> {
    let sections: [(&str, Place, &[&str]); 9] = [
        ("Servers", Place::Servers, &["- ", "## "]),
        ("Authentication methods", Place::Authentication, &["- ", "## "]),
        ("Parameters", Place::Parameters, &["#", "["]),
        ("Body parameters", Place::Body { media: None, types: None }, &["Content-type:", "- **", "#"]),
        ("Responses", Place::Responses, &["### ", "["]),
        ("Description", Place::Description, &[""]),
        ("Topics", Place::Index, &["- ["]),
        ("Endpoints and operations", Place::Index, &["### ["]),
        ("Webhooks", Place::Index, &["### ["]),
    ];
    let found = sections.into_iter().find(|(words, _, next)| ends(text, words, form, next));
    found.map(|(words, place, _)| (place, words.len()))
}

fn parameters(text: &str, form: Form) -> Option<(Place, usize)> {
    let headings = [
        ("Path parameters", ParameterLocation::Path),
        ("Query parameters", ParameterLocation::Query),
        ("Headers", ParameterLocation::Header),
        ("Header parameters", ParameterLocation::Header),
        ("Cookies", ParameterLocation::Cookie),
        ("Cookie parameters", ParameterLocation::Cookie),
    ];
    let found = headings.into_iter().find(|(words, _)| ends(text, words, form, &["- **", "#"]));
    found.map(|(words, location)| (Place::ParametersIn(location), words.len()))
}

/// `Body: MEDIA (type)`, `Body Parameters: MEDIA (type)`, either without media type or type.
fn body(text: &str, start: usize, form: Form) -> Option<(Place, usize)> {
    let after = ["Body parameters", "Body Parameters", "Body"]
        .into_iter()
        .find_map(|words| text.strip_prefix(words))?;
    let mut at = text.len() - after.len();
    let mut media = None;
    if let Some(named) = after.strip_prefix(": ") {
        let length = media_length(named)?;
        at += ": ".len();
        media = Some(start + at..start + at + length);
        at += length;
    }
    let mut types = None;
    if let Some((inner, whole)) =
        text.get(at..)?.strip_prefix(' ').and_then(|rest| parenthesized(rest, MAX_NAME))
    {
        let is_type = match form {
            // With a media type, a heading on a line of its own is none of a description.
            Form::Lines => media.is_some() || is_expression(inner, '|'),
            Form::Flat => is_known(inner, '|'),
        };
        if is_type {
            types = Some(start + at + 2..start + at + 2 + inner.len());
            at += 1 + whole;
        }
    }
    // A bare `Body` is a heading only on a line of its own.
    (media.is_some() || types.is_some() || form == Form::Lines && at == text.len())
        .then_some((Place::Body { media, types }, at))
}

/// The length of a media type at the beginning of a text. Its parameters may stand after blanks: `text/plain; charset=utf-8`.
fn media_length(text: &str) -> Option<usize> {
    let text = window(text, MAX_NAME);
    let word = |from: usize| {
        let mut quoted = false;
        let ends = |c: char| {
            quoted ^= c == '"';
            c.is_whitespace() && !quoted
        };
        text.get(from..).map(|rest| from + rest.find(ends).unwrap_or(rest.len()))
    };
    let mut end = word(0).filter(|&end| text.get(..end).is_some_and(|name| name.contains('/')))?;
    while text.get(..end)?.ends_with(';') && text.get(end..)?.starts_with(' ') {
        let next = word(end + 1)?;
        if !text.get(end..next)?.contains('=') {
            break;
        }
        end = next;
    }
    Some(end)
}

/// `201`, `default`, in the older form `200: text`.
fn response(text: &str, start: usize, form: Form) -> Option<(Place, usize)> {
    let word = window(text, 16).split(|c: char| c.is_whitespace() || c == ':').next()?;
    let after = text.get(word.len()..)?;
    let known = Status::from_str(word).is_ok();
    // On a line of its own a number that is no status is reported by the reader.
    let number = word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit());
    let status = start..start + word.len();
    let colon = word.len() + usize::from(after.starts_with(':'));
    match form {
        Form::Lines if (known || number) && (after.is_empty() || after.starts_with(':')) => {
            let text = start + colon..start + text.len();
            Some((Place::Response { status, text: text.clone() }, text.end - start))
        }
        Form::Flat if known && (after.is_empty() || after.starts_with([' ', ':'])) => {
            Some((Place::Response { status, text: start + colon..start + colon }, colon))
        }
        _ => None,
    }
}

/// Keeps the marks that stand where the product prints them.
pub(super) fn in_place(marks: Vec<Marked<Mark>>) -> Vec<Marked<Mark>> {
    let first_operation = marks.iter().position(|marked| matches!(marked.mark, Mark::Operation { .. }));
    let mut seen_title = false;
    let mut in_responses = false;
    // Whether `Content-type:` may come, and whether fields may.
    let (mut old_body, mut fields) = (false, false);
    let mut kept = Vec::with_capacity(marks.len());
    for (at, marked) in marks.into_iter().enumerate() {
        let before_operation = first_operation.is_some_and(|first| at < first);
        let stands = match &marked.mark {
            Mark::Title(_) => {
                !std::mem::replace(&mut seen_title, true) && first_operation.is_none_or(|first| at < first)
            }
            Mark::Operation { .. } => first_operation == Some(at),
            Mark::Heading(Place::Description | Place::Index) => first_operation.is_none(),
            Mark::Heading(_) if before_operation => false,
            Mark::Heading(Place::Response { .. }) => in_responses,
            Mark::Heading(_) | Mark::Footer => true,
            Mark::ContentType(_) => old_body,
            Mark::Field(_) | Mark::Doubtful(_) => fields,
        };
        if !stands {
            continue;
        }
        if let Mark::Heading(place) = &marked.mark {
            in_responses |= *place == Place::Responses;
            old_body = matches!(place, Place::Body { media: None, .. });
            fields = marked.mark.kind() == Kind::Section;
        }
        kept.push(marked);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, form: Form, expected: Option<&str>) {
        let found = mark_at(text, 0, form).map(|(_, end)| &text[..end]);
        assert_eq!(found, expected, "{text}");
    }

    fn check_kind(text: &str, kind: Kind) {
        let found = mark_at(text, 0, Form::Lines).map(|(mark, end)| (mark.kind(), end));
        assert_eq!(found, Some((kind, text.len())), "{text}");
    }

    #[test]
    fn fields_have_bold_names_and_types() {
        check(
            "- **a.b** (string(date-time) | null) At",
            Form::Flat,
            Some("- **a.b** (string(date-time) | null)"),
        );
        check("- **a** () Any", Form::Flat, Some("- **a** ()"));
        check("- **Note** (see below) x", Form::Flat, None);
        check("- **a** and **b** (string)", Form::Lines, None);
        check("- **Note**: see - **a** (string)", Form::Flat, None);
        check("- **a.*** (string)", Form::Flat, Some("- **a.*** (string)"));
        check("- **a** (decimal)", Form::Lines, Some("- **a** (decimal)"));
    }

    #[test]
    fn lines_that_are_not_quite_fields_are_doubtful() {
        for text in ["- **a** (strange thing)", "- **a**", "- **a**: string", "- **a** string | null"] {
            check_kind(text, Kind::Doubtful);
            check(text, Form::Flat, None);
        }
        check("- **Note**: see the manual", Form::Lines, None);
        check("- **a** and **b** (strange thing)", Form::Lines, None);
    }

    #[test]
    fn media_types_have_parameters() {
        let heading = "#### Body: text/csv; charset=utf-8; profile=\"a b\" (object | null)";
        check(heading, Form::Lines, Some(heading));
        check(&format!("{heading} The rows."), Form::Flat, Some(heading));
        check("### Body: a/b;v=1 (string)", Form::Flat, Some("### Body: a/b;v=1 (string)"));
        check("### Body: a/b; of all", Form::Flat, Some("### Body: a/b;"));
        check("### Body: a/b (Strange Thing)", Form::Lines, Some("### Body: a/b (Strange Thing)"));
    }

    #[test]
    fn headings_are_known_by_what_follows() {
        let flat = |text, expected| check(text, Form::Flat, expected);
        flat("## Servers - https://a.example: https://a.example ()", Some("## Servers"));
        flat("## Servers are fast", None);
        flat(
            "### Body: application/json (array[object]) The",
            Some("### Body: application/json (array[object])"),
        );
        flat(
            "#### Body: text/plain; charset=utf-8 (string)",
            Some("#### Body: text/plain; charset=utf-8 (string)"),
        );
        flat("### Body of the request", None);
        flat("### 201 Made", Some("### 201"));
        flat("### 404: Not found", Some("### 404:"));
        flat("### 12 months", None);
        check("### 404: Not found", Form::Lines, Some("### 404: Not found"));
        check("#### Body Parameters: a/b (object)", Form::Lines, Some("#### Body Parameters: a/b (object)"));
    }
}
