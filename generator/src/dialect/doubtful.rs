//! Lines that are not quite fields: are they fields, or bullets of a description?
//!
//! A product prints its fields at one indentation, in one [`Layout`], and never within a list. A line of an unknown type
//! that stands so is a field; one without a type is reported, because what is documented there would be lost in silence.
//! Everything else is prose. Enter at [`settle`].

use std::ops::Range;

use super::{
    Context,
    marks::{Marked, window},
    types::is_expression,
};
use crate::diagnostic::{Diagnostic, codes};

/// What a mark is to this rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A heading below which fields stand.
    Section,
    /// A field.
    Field,
    /// A line like a field's.
    Doubtful,
    /// Anything else.
    Other,
}

/// A mark that may be doubtful.
pub(crate) trait Doubtful {
    /// What it is.
    fn kind(&self) -> Kind;
    /// Makes a doubtful mark a field, where its line has all that a field's has, and tells whether it did. Within a list of
    /// a description this takes what no bullet has.
    fn make_field(&mut self, in_list: bool) -> bool;
}

/// How a product lays out its fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Each after an empty line.
    Parted,
    /// One after the other, with nothing at the margin between but what is indented.
    Adjoining,
}

/// A line at the fields' own place that is read as prose.
pub(crate) struct Doubt {
    range: Range<usize>,
    /// How a line is written that is a field.
    shape: &'static str,
    /// What it has, or lacks, that fields do not.
    why: &'static str,
}

/// How a product prints fields.
pub(crate) struct Fields {
    /// How they are indented, where none of a section is certain.
    pub(crate) indent: usize,
    /// What stands between them.
    pub(crate) layout: Layout,
    /// What one looks like.
    pub(crate) shape: &'static str,
}

/// Makes the doubtful marks of a text with lines fields, or takes them away. Gives those that are neither field nor
/// prose.
pub(crate) fn settle<M: Doubtful>(text: &str, marks: &mut Vec<Marked<M>>, fields: &Fields) -> Vec<Doubt> {
    let mut unsettled = Vec::new();
    if !marks.iter().any(|marked| marked.mark.kind() == Kind::Doubtful) {
        return unsettled;
    }
    let mut indents = indents(marks, fields.indent).into_iter();
    // Where the mark before ends, and whether a list began since the last one that stays.
    let (mut end, mut in_list) = (0, false);
    marks.retain_mut(|marked| {
        let indent = indents.next().flatten();
        let before = text.get(end..marked.range.start).unwrap_or_default();
        end = marked.range.end;
        if marked.mark.kind() != Kind::Doubtful {
            in_list = false;
            return true;
        }
        in_list |= fields.layout.begins_list(before, marked.indent);
        if indent != Some(marked.indent) || !fields.layout.may_follow(before, in_list) {
            in_list |= indent.is_some_and(|indent| marked.indent < indent);
            return false;
        }
        if marked.mark.make_field(in_list) {
            in_list = false;
            return true;
        }
        let range = marked.range.start + marked.indent..marked.range.end;
        let why = match text.get(range.clone()) {
            _ if in_list => "in a list",
            Some(line) if line.contains(" (") && line.contains(')') => "with prose behind its type",
            _ => "without a type in parentheses",
        };
        unsettled.push(Doubt { range, shape: fields.shape, why });
        false
    });
    unsettled
}

/// For each mark how the fields of its section are indented; none where it is in no section.
fn indents<M: Doubtful>(marks: &[Marked<M>], usual: usize) -> Vec<Option<usize>> {
    let mut indents = Vec::with_capacity(marks.len());
    for group in marks.chunk_by(|_, next| matches!(next.mark.kind(), Kind::Field | Kind::Doubtful)) {
        let in_section = group.first().is_some_and(|first| first.mark.kind() == Kind::Section);
        let certain = group.iter().find(|marked| marked.mark.kind() == Kind::Field);
        let indent = certain.map_or(usual, |marked| marked.indent);
        indents.extend(group.iter().map(|_| in_section.then_some(indent)));
    }
    indents
}

impl Layout {
    /// Whether a list of a description begins in the text before a bullet of this indentation.
    fn begins_list(self, before: &str, indent: usize) -> bool {
        match self {
            Self::Parted => before.lines().any(|line| is_item(line, indent)),
            Self::Adjoining => {
                let at_margin = |line: &str| !line.is_empty() && !line.starts_with(char::is_whitespace);
                before.trim_end().ends_with(':') || before.lines().any(at_margin)
            }
        }
    }

    /// Whether a field may follow a text.
    fn may_follow(self, before: &str, in_list: bool) -> bool {
        match self {
            Self::Parted => ends_blank(before),
            Self::Adjoining => !in_list,
        }
    }
}

/// Whether a line is an item that a bullet of this indentation would be nested in.
fn is_item(line: &str, indent: usize) -> bool {
    let item = line.trim_start();
    let number = item.trim_start_matches(|c: char| c.is_ascii_digit());
    let bullet = item.starts_with(['-', '*', '+']) && item.get(1..2) == Some(" ");
    let numbered = number.len() < item.len() && (number.starts_with(". ") || number.starts_with(") "));
    (bullet || numbered) && line.len() - item.len() < indent
}

/// Whether an empty line, or nothing at all, stands before a line.
fn ends_blank(before: &str) -> bool {
    let Some(before) = before.strip_suffix('\n') else { return false };
    let last = before.rfind('\n').map_or(before, |at| before.get(at + 1..).unwrap_or_default());
    last.trim().is_empty()
}

/// Whether nothing but a type, which lacks its parentheses or, on a page that was cut off, the last of them, follows a name
/// on its line.
pub(crate) fn is_untyped(after: &str, separator: char, longest: usize) -> bool {
    let after = window(after, longest).trim();
    if after.starts_with('(') && !after.contains(')') {
        return true;
    }
    let types = after.trim_start_matches(':').trim();
    types.is_empty() || is_expression(types, separator)
}

/// Says which lines at the fields' own place are read as prose.
pub(crate) fn report(cx: &mut Context<'_>, lines: Vec<Doubt>) {
    for Doubt { range, shape, why } in lines {
        let span = cx.span(range);
        cx.report(
            Diagnostic::new(codes::FIELD_IN_DESCRIPTION, span, "line that may be a field")
                .label(format!("{why}: read as part of the description"))
                .help(format!("write it as {shape} in a corrected copy of the page if it is one")),
        );
    }
}
