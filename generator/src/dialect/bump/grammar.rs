//! The lines that Bump.sh itself prints; everything between them is a vendor's prose.
//!
//! An offset of a text comes in, the [`Mark`] that begins there goes out. Enter at [`GRAMMAR`];
//! [`in_place`] then takes away what prose has in common with the product's lines, by the order in which
//! the product prints them.

use std::ops::Range;

use super::headings::heading;
use crate::{
    dialect::{
        doubtful::{Doubtful, Kind, is_untyped},
        marks::{Form, Grammar, Marked, bullet, parenthesized, window},
        types::{is_expression, is_known},
    },
    model::ParameterLocation,
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
    /// line where the type has no parentheses, or prose behind it. Where it stands decides ([`crate::dialect::doubtful`]). None in a flat text.
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
pub(super) const MAX_NAME: usize = 1024;

/// The product's own lines.
pub(super) const GRAMMAR: Grammar<Mark> = Grammar {
    openings: &["#", "*", "- **", "+ **", "-   **", "Content-type: ", FOOTER],
    mark_at,
    is_field,
    is_title,
    is_own,
};

/// Whether a mark is a field.
pub(super) fn is_field(mark: &Mark) -> bool {
    matches!(mark, Mark::Field(_))
}

fn is_title(mark: &Mark) -> bool {
    matches!(mark, Mark::Title(_))
}

fn is_own(mark: &Mark) -> bool {
    matches!(mark, Mark::Operation { .. } | Mark::Heading(Place::Body { media: Some(_), .. }) | Mark::Footer)
}

/// The mark at an offset, and its end.
fn mark_at(text: &str, at: usize, form: Form) -> Option<(Mark, usize)> {
    let rest = text.get(at..)?;
    match rest.as_bytes().first()? {
        b'#' => heading(rest, at, form),
        b'*' if rest.starts_with("**") => operation(rest, at),
        b'-' | b'*' | b'+' => field(rest, at, form),
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
    let text = rest.get(bullet(rest)?..)?.strip_prefix("**")?;
    let start = at + (rest.len() - text.len());
    let Some(length) = window(text, MAX_NAME).find("** (").filter(|&length| length > 0) else {
        return untyped_field(text, at + rest.len(), form);
    };
    let name = text.get(..length)?;
    // Bold text of a description ends at the first pair of stars, and no type follows it.
    if name.contains('\n') || name.contains("**") {
        return None;
    }
    let open = length + "** ".len();
    let Some((types, whole)) = parenthesized(text.get(open..)?, MAX_NAME) else {
        return untyped_field(text, at + rest.len(), form);
    };
    let types_start = start + open + 1;
    let line = FieldLine { name: start..start + length, types: types_start..types_start + types.len() };
    if form == Form::Lines && is_expression(types, '|') && start + open + whole < at + rest.trim_end().len() {
        return Some((Mark::Doubtful(None), at + rest.len()));
    }
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
        for text in [
            "- **a** (strange thing)",
            "- **a** (stri",
            "- **a**",
            "- **a**: string",
            "- **a** string | null",
        ] {
            check_kind(text, Kind::Doubtful);
            check(text, Form::Flat, None);
        }
        check_kind("- **a** (string) The first.", Kind::Doubtful);
        check("- **Note**: see the manual", Form::Lines, None);
        check("- **a** and **b** (strange thing)", Form::Lines, None);
    }
}
