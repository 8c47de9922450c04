//! The lines that Redocly itself prints; everything between them is a vendor's prose.
//!
//! An offset of a text comes in, the [`Mark`] that begins there goes out. Enter at [`GRAMMAR`]. In a flat
//! text, where prose may follow, only what leaves no doubt is a mark: known types, valid statuses.

use std::ops::Range;

use memchr::memchr;

use super::headings::heading;
use crate::{
    dialect::{
        doubtful::{Doubtful, Kind, is_untyped},
        marks::{Form, Grammar, bullet, parenthesized, window},
        types::{is_expression, is_known},
    },
    model::ParameterLocation,
};

/// A line of the product's own. Ranges are offsets of the text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Mark {
    /// `# Title`: the title's range, empty in a flat text, where its end is lost.
    Title(Range<usize>),
    /// `Endpoint: METHOD PATH`.
    Endpoint {
        /// The method, upper case letters.
        method: Range<usize>,
        /// The path, or a webhook's name.
        path: Range<usize>,
    },
    /// A page of links to operations: its links ([`super::index`]). The grammar gives its title.
    Links(Range<usize>),
    /// A heading below which fields stand.
    Section(Section),
    /// A heading of an overview.
    Overview(Overview),
    /// ``- `name` (type, required)``.
    Field(FieldLine),
    /// A line like a field's that may be a bullet of a description too: ``- `name` (strange thing)``, and without a
    /// line where the type has no parentheses, or prose behind it. Where it stands decides ([`crate::dialect::doubtful`]). None in a flat text.
    Doubtful(Option<FieldLine>),
}

impl Doubtful for Mark {
    fn kind(&self) -> Kind {
        match self {
            Self::Section(_) => Kind::Section,
            Self::Field(_) => Kind::Field,
            Self::Doubtful(_) => Kind::Doubtful,
            _ => Kind::Other,
        }
    }

    fn make_field(&mut self, in_list: bool) -> bool {
        let Self::Doubtful(line) = self else { return false };
        // Only the product ends a list of types with `, required`.
        let Some(line) = line.take_if(|line| line.required || !in_list) else { return false };
        *self = Self::Field(line);
        true
    }
}

/// A heading below which fields stand.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Section {
    /// What the fields are of.
    pub(super) place: Place,
    /// The media type in parentheses.
    pub(super) media: Option<Range<usize>>,
}

/// What the fields of a section are of.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Place {
    /// Parameters.
    Parameters(ParameterLocation),
    /// The request's body.
    Request,
    /// A response's body; the status.
    Response(Range<usize>),
    /// A heading of this kind that the dialect does not have.
    Unknown,
}

/// The headings of an overview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Overview {
    /// `## Servers`.
    Servers,
    /// `## Security`.
    Security,
    /// `## Download OpenAPI description`; an index of all operations follows.
    Download,
}

/// ``- `name` (type, required)``.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct FieldLine {
    /// The name, without back-ticks.
    pub(super) name: Range<usize>,
    /// The types, parted by commas.
    pub(super) types: Range<usize>,
    /// Whether `required` stands after them.
    pub(super) required: bool,
}

/// The longest name, path and media type that are looked for, in bytes.
pub(super) const MAX_NAME: usize = 1024;

/// The product's own lines.
pub(super) const GRAMMAR: Grammar<Mark> = Grammar {
    openings: &["#", "- `", "* `", "+ `", "-   `", "*   `", "Endpoint: "],
    mark_at,
    is_field,
    is_title,
    is_own,
};

/// Whether a mark is a field.
pub(super) fn is_field(mark: &Mark) -> bool {
    matches!(mark, Mark::Field(_))
}

/// Whether a mark is a title.
pub(super) fn is_title(mark: &Mark) -> bool {
    matches!(mark, Mark::Title(_))
}

fn is_own(mark: &Mark) -> bool {
    matches!(mark, Mark::Endpoint { .. } | Mark::Section(_) | Mark::Overview(_))
}

/// The mark at an offset, and its end.
fn mark_at(text: &str, at: usize, form: Form) -> Option<(Mark, usize)> {
    let rest = text.get(at..)?;
    match rest.as_bytes().first()? {
        b'#' if rest.starts_with("## ") => heading(rest, at, form),
        b'#' => title(rest, at, form),
        b'-' | b'*' | b'+' => field(rest, at, form),
        b'E' => endpoint(rest, at, form),
        _ => None,
    }
}

fn title(rest: &str, at: usize, form: Form) -> Option<(Mark, usize)> {
    let start = at + "# ".len();
    match form {
        // Nothing follows where reflowing could not tell the title from the description.
        Form::Lines if rest == "#" => Some((Mark::Title(at + 1..at + 1), at + 1)),
        Form::Lines => {
            let title = rest.strip_prefix("# ")?;
            Some((Mark::Title(start..start + title.len()), start + title.len()))
        }
        Form::Flat => {
            let next = rest.strip_prefix("# ")?.chars().next()?;
            (!next.is_whitespace() && next != '#').then_some((Mark::Title(start..start), start))
        }
    }
}

fn endpoint(rest: &str, at: usize, form: Form) -> Option<(Mark, usize)> {
    let after = rest.strip_prefix("Endpoint: ")?;
    let method = at + (rest.len() - after.len());
    let length = window(after, 16).find(|c: char| !c.is_ascii_uppercase())?;
    let path = after.get(length..)?.strip_prefix(' ')?;
    let start = method + length + 1;
    if length < 3 || path.starts_with(char::is_whitespace) {
        return None;
    }
    let end = match form {
        _ if path.starts_with('/') => {
            // A line has an end of its own.
            let path = if form == Form::Lines { path } else { window(path, MAX_NAME) };
            blank_outside_of_braces(path).or_else(|| path.find(char::is_whitespace)).unwrap_or(path.len())
        }
        Form::Lines => path.len(),
        // The name of a webhook may hold spaces: it ends where the next line began.
        Form::Flat => {
            let path = window(path, MAX_NAME);
            let ends = [" Version: ", " Security:", " ## ", " # "];
            let end = ends.iter().filter_map(|end| path.find(end)).min().unwrap_or(path.len());
            path.get(..end)?.trim_end().len()
        }
    };
    let mark = Mark::Endpoint { method: method..method + length, path: start..start + end };
    // What a tool has put on the same line is read with those below it.
    let mark_end = if form == Form::Lines { at + rest.len() } else { start + end };
    (end > 0).then_some((mark, mark_end))
}

/// Where a path ends: the name of a parameter may hold blanks. `None` where a brace never closes.
fn blank_outside_of_braces(path: &str) -> Option<usize> {
    let mut open = false;
    for (at, c) in path.char_indices() {
        match c {
            '{' => open = true,
            '}' => open = false,
            '/' if open => return None,
            c if c.is_whitespace() && !open => return Some(at),
            _ => {}
        }
    }
    (!open).then_some(path.len())
}

fn field(rest: &str, at: usize, form: Form) -> Option<(Mark, usize)> {
    let text = rest.get(bullet(rest)?..)?.strip_prefix('`')?;
    let start = at + (rest.len() - text.len());
    let length = memchr(b'`', window(text, MAX_NAME).as_bytes()).filter(|&length| length > 0)?;
    let after = text.get(length..)?.strip_prefix('`')?;
    let Some((content, whole)) = after.strip_prefix(' ').and_then(|after| parenthesized(after, MAX_NAME))
    else {
        let untyped = form == Form::Lines && is_untyped(after, ',', MAX_NAME);
        return untyped.then_some((Mark::Doubtful(None), at + rest.len()));
    };
    let types_start = start + length + "` (".len();
    let types = content.strip_suffix("required").map(str::trim_end).and_then(|types| types.strip_suffix(','));
    let (types, required) = types.map_or((content, false), |types| (types, true));
    let line =
        FieldLine { name: start..start + length, types: types_start..types_start + types.len(), required };
    let end = types_start - 1 + whole;
    let is_type = match form {
        Form::Lines => is_expression(types, ','),
        // Only the product ends a list of types like this.
        Form::Flat => is_known(types, ',') || required && is_expression(types, ','),
    };
    let goes_on = form == Form::Lines && end < at + rest.trim_end().len();
    match types.trim().is_empty() {
        false if is_type && goes_on => Some((Mark::Doubtful(None), at + rest.len())),
        false if is_type => Some((Mark::Field(line), end)),
        false if form == Form::Lines => Some((Mark::Doubtful(Some(line)), end)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, form: Form, expected: Option<(&str, &str)>) {
        let found = mark_at(text, 0, form).map(|(mark, end)| {
            let what = match &mark {
                Mark::Title(title) | Mark::Links(title) => &text[title.clone()],
                Mark::Endpoint { path, .. } => &text[path.clone()],
                Mark::Section(_) | Mark::Overview(_) => "heading",
                Mark::Field(field) => &text[field.types.clone()],
                Mark::Doubtful(_) => "doubtful",
            };
            (&text[..end], what)
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn fields_have_names_in_back_ticks_and_types() {
        let flat = |text, expected| check(text, Form::Flat, expected);
        flat("- `a.b` (string,null, required) It", Some(("- `a.b` (string,null, required)", "string,null")));
        flat("- `Name(Required)` (null) x", Some(("- `Name(Required)` (null)", "null")));
        flat("- `a` (e.g. 5) x", None);
        flat("- `a` (default)", None);
        check("- `a` (decimal)", Form::Lines, Some(("- `a` (decimal)", "decimal")));
        check("- a (string)", Form::Lines, None);
        flat("- `a` (decimal, required) x", Some(("- `a` (decimal, required)", "decimal")));
    }

    #[test]
    fn lines_that_are_not_quite_fields_are_doubtful() {
        let doubtful = |text| check(text, Form::Lines, Some((text, "doubtful")));
        doubtful("- `a` (strange thing)");
        doubtful("- `a` string");
        doubtful("- `a`: string,null");
        doubtful("- `a`");
        doubtful("- `a` (string) The first.");
        doubtful("- `a` (stri");
        check("- `a` is the first of them", Form::Lines, None);
        check("- `a` ()", Form::Lines, None);
        check("- `a` (strange thing) x", Form::Flat, None);
        check("- `a` string", Form::Flat, None);
    }

    #[test]
    fn webhooks_have_names_instead_of_paths() {
        check("Endpoint: POST Order Made", Form::Lines, Some(("Endpoint: POST Order Made", "Order Made")));
        let flat = "Endpoint: POST Order Made Version: 1 ## Request";
        check(flat, Form::Flat, Some(("Endpoint: POST Order Made", "Order Made")));
        check(
            "Endpoint: GET /a/{b}.json Version: 1",
            Form::Flat,
            Some(("Endpoint: GET /a/{b}.json", "/a/{b}.json")),
        );
        check(
            "Endpoint: GET /a/{b c}/d Version: 1",
            Form::Flat,
            Some(("Endpoint: GET /a/{b c}/d", "/a/{b c}/d")),
        );
        check("Endpoint: GET /a/{b Version: a/b c", Form::Flat, Some(("Endpoint: GET /a/{b", "/a/{b")));
        check("Endpoint: see below", Form::Lines, None);
    }
}
