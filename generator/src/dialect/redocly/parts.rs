//! Tells the parts of a page apart: an overview, then any number of operations.
//!
//! The marks of a page come in, ranges of them go out. An operation has one `Endpoint:`; its title is the
//! first `# ` after the fields of the operation before, after the overview's last heading, or after a page of links, as tools
//! save them in one file with the operations. Headings that are in no such place belong to descriptions.

use std::ops::Range;

use super::grammar::Mark;
use crate::dialect::marks::Marked;

/// The parts of a page, as positions in the list of its marks.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    /// The overview's marks.
    pub(super) overview: Option<Range<usize>>,
    /// The operations.
    pub(super) operations: Vec<OperationPart>,
}

/// The marks of one operation.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct OperationPart {
    /// Its title.
    pub(super) title: Option<usize>,
    /// Its `Endpoint:` line.
    pub(super) endpoint: usize,
    /// The marks after that, up to the next operation.
    pub(super) sections: Range<usize>,
}

impl OperationPart {
    /// Where its text ends, in a text that ends at an offset.
    pub(super) fn end(&self, marks: &[Marked<Mark>], text_end: usize) -> usize {
        marks.get(self.sections.end).map_or(text_end, |next| next.range.start)
    }
}

/// Splits a page.
pub(super) fn split(marks: &[Marked<Mark>]) -> Parts {
    let mut parts = Parts::default();
    // Where the head of the next operation may begin, its first title, and whether the overview goes on.
    let mut title = None;
    let mut overview = None;
    for (at, marked) in marks.iter().enumerate() {
        match &marked.mark {
            Mark::Title(_) => title = title.or(Some(at)),
            Mark::Links(_) => {
                title = None;
                let whole = overview.take().map(|first| first..at);
                parts.overview = parts.overview.take().or(whole);
                if let Some(before) = parts.operations.last_mut() {
                    before.sections.end = before.sections.end.min(at);
                }
            }
            Mark::Overview(_) if parts.operations.is_empty() => {
                overview = overview.or(Some(title.unwrap_or(at)));
                // A title before this heading is the overview's own.
                title = None;
            }
            Mark::Overview(_) | Mark::Doubtful(_) => {}
            Mark::Section(_) | Mark::Field(_) => title = None,
            Mark::Endpoint { .. } => {
                let first = overview.take();
                // Without a title of its own, the operation's description holds those headings.
                let (own, whole) = match (first, title) {
                    (Some(first), None) => (Some(first), None),
                    (first, title) => (title, first.zip(title)),
                };
                parts.overview = parts.overview.take().or(whole.map(|(first, title)| first..title));
                let start = own.unwrap_or(at);
                if let Some(before) = parts.operations.last_mut() {
                    before.sections.end = before.sections.end.min(start);
                }
                let own = own.filter(|&own| {
                    marks.get(own).is_some_and(|marked| matches!(marked.mark, Mark::Title(_)))
                });
                parts.operations.push(OperationPart {
                    title: own,
                    endpoint: at,
                    sections: at + 1..marks.len(),
                });
                title = None;
            }
        }
    }
    if parts.operations.is_empty()
        && let Some(first) = overview
    {
        parts.overview = parts.overview.take().or(Some(first..marks.len()));
    }
    parts
}

/// Takes away the marks that do not stand where the page's parts have them: they are words of prose. The
/// parts of what is left are the same parts.
pub(super) fn drop_stray_marks(marks: Vec<Marked<Mark>>) -> Vec<Marked<Mark>> {
    let Parts { overview, operations } = split(&marks);
    let overview = overview.unwrap_or_default();
    let mut operations = operations.iter().peekable();
    let mut kept = Vec::with_capacity(marks.len());
    for (at, marked) in marks.into_iter().enumerate() {
        while operations.next_if(|part| part.endpoint < at && part.sections.end <= at).is_some() {}
        let operation = operations.peek();
        let stands = match marked.mark {
            Mark::Title(_) => {
                (at == overview.start && !overview.is_empty())
                    || operation.is_some_and(|part| part.title == Some(at))
            }
            Mark::Overview(_) => overview.contains(&at),
            Mark::Endpoint { .. } | Mark::Links(_) => true,
            Mark::Section(_) | Mark::Field(_) | Mark::Doubtful(_) => {
                operation.is_some_and(|part| part.sections.contains(&at))
            }
        };
        if stands {
            kept.push(marked);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::ByMarks;
    use super::*;
    use crate::dialect::marked_page::Marks;

    fn check(
        text: &str,
        overview: Option<Range<usize>>,
        operations: &[(Option<usize>, usize, Range<usize>)],
    ) {
        let parts = split(&Marks::<ByMarks>::of_lines(text, 0).marks);
        assert_eq!(parts.overview, overview);
        let found: Vec<_> =
            parts.operations.into_iter().map(|part| (part.title, part.endpoint, part.sections)).collect();
        assert_eq!(found, operations);
    }

    #[test]
    fn an_overview_may_precede_operations() {
        let overview = "# Shop\n## Servers\n## Security\n";
        check(overview, Some(0..3), &[]);
        let operations =
            "# A\n## Servers\n# B\nEndpoint: GET /b\n## Response 204 fields\n# C\nEndpoint: GET /c\n";
        check(operations, Some(0..2), &[(Some(2), 3, 4..5), (Some(5), 6, 7..7)]);
    }

    #[test]
    fn pages_of_links_are_no_parts() {
        let group = "# Group\n## A\n- [GET /a](a.md)\n";
        let a = "# A\nEndpoint: GET /a\n## Response 204 fields\n";
        check(&format!("{group}{a}{group}{a}"), None, &[(Some(1), 2, 3..4), (Some(5), 6, 7..8)]);
        check(&format!("# Shop\n## Security\n{group}{a}"), Some(0..2), &[(Some(3), 4, 5..6)]);
        check(&format!("{a}{group}"), None, &[(Some(0), 1, 2..3)]);
    }

    #[test]
    fn headings_in_descriptions_are_not_parts() {
        check("# A\n## Security\ntext\nEndpoint: GET /a\n# no\n", None, &[(Some(0), 1, 2..2)]);
        check("# A\n# B\nEndpoint: GET /a\n", None, &[(Some(0), 1, 2..2)]);
    }
}
