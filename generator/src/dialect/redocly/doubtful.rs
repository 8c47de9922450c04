//! Lines that are not quite fields: are they fields, or bullets of a description?
//!
//! The product prints its fields at one indentation, each after an empty line, and never within a list. A line of an
//! unknown type that stands so is a field; one without a type is reported, because what is documented there would be
//! lost in silence. Everything else is prose. Enter at [`settle`].

use std::ops::Range;

use super::grammar::Mark;
use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::{Context, marks::Marked},
};

/// A line at the fields' own place that is read as prose.
pub(super) struct Doubt {
    range: Range<usize>,
    /// Whether it stands in a list of a description; otherwise it has no type.
    in_list: bool,
}

/// How the product indents fields, where none of a section is certain.
const INDENT: usize = 2;

/// Makes the doubtful marks of a text with lines fields, or takes them away. Gives those that are neither field nor
/// prose.
pub(super) fn settle(text: &str, marks: &mut Vec<Marked<Mark>>) -> Vec<Doubt> {
    let mut unsettled = Vec::new();
    if !marks.iter().any(|marked| matches!(marked.mark, Mark::Doubtful(_))) {
        return unsettled;
    }
    let mut indents = indents(marks).into_iter();
    // Where the mark before ends, and whether a list began since the last one that stays.
    let (mut end, mut in_list) = (0, false);
    marks.retain_mut(|marked| {
        let indent = indents.next().flatten();
        let before = text.get(end..marked.range.start).unwrap_or_default();
        end = marked.range.end;
        let Mark::Doubtful(line) = &mut marked.mark else {
            in_list = false;
            return true;
        };
        in_list |= before.lines().any(|line| is_item(line, marked.indent));
        if indent != Some(marked.indent) || !ends_blank(before) {
            in_list |= indent.is_some_and(|indent| marked.indent < indent);
            return false;
        }
        // Only the product ends a list of types with `, required`.
        match line.take().filter(|line| line.required || !in_list) {
            Some(line) => {
                in_list = false;
                marked.mark = Mark::Field(line);
            }
            None => {
                let range = marked.range.start + marked.indent..marked.range.end;
                unsettled.push(Doubt { range, in_list });
                return false;
            }
        }
        true
    });
    unsettled
}

/// For each mark how the fields of its section are indented; none where it is in no section.
fn indents(marks: &[Marked<Mark>]) -> Vec<Option<usize>> {
    let mut indents = Vec::with_capacity(marks.len());
    for group in marks.chunk_by(|_, next| matches!(next.mark, Mark::Field(_) | Mark::Doubtful(_))) {
        let in_section = group.first().is_some_and(|first| matches!(first.mark, Mark::Section(_)));
        let certain = group.iter().find(|marked| matches!(marked.mark, Mark::Field(_)));
        let indent = certain.map_or(INDENT, |marked| marked.indent);
        indents.extend(group.iter().map(|_| in_section.then_some(indent)));
    }
    indents
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

/// Says which lines at the fields' own place are read as prose.
pub(super) fn report(cx: &mut Context<'_>, lines: Vec<Doubt>) {
    for Doubt { range, in_list } in lines {
        let why = if in_list { "in a list" } else { "without a type in parentheses" };
        let span = cx.span(range);
        cx.report(
            Diagnostic::new(codes::FIELD_IN_DESCRIPTION, span, "line that may be a field")
                .label(format!("{why}: read as part of the description"))
                .help("write it as ``- `name` (type)`` in a corrected copy of the page if it is one"),
        );
    }
}
