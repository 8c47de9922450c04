//! Reads Redocly pages: `# Title`, `Endpoint: PUT /users/{id}`, `## Request fields (application/json):`.
//!
//! `grammar` knows the product's own lines, `parts` tells overview and operations apart, `reflow` restores
//! lost line breaks at the same lines, `operation`, `section`, `overview` and `index` read. Enter at [`Redocly`].

mod grammar;
mod index;
mod operation;
mod overview;
mod parts;
mod reflow;
mod section;

use std::ops::Range;

use super::{
    Clue, Context, Dialect, Reader, STRONG, Sighting, Unread, WEAK, body_start,
    doubtful::{self, Doubt, Fields, Layout},
    front_matter::flat_body_start,
    marks::{
        Marked, clue, drop_stray_fields, flat_marks, has_lines, is_flat, line_marks, report_stray_fields,
    },
    read_front_matter,
};
use crate::{
    diagnostic::{Diagnostic, codes},
    model::Page,
    reflow::Reflowed,
};
use grammar::{GRAMMAR, Mark, Overview, is_field, is_title};
use parts::{Parts, drop_stray_marks, split};

/// The reader.
pub(crate) struct Redocly;

impl Reader for Redocly {
    fn dialect(&self) -> Dialect {
        Dialect::Redocly
    }

    fn looks_for(&self) -> &'static str {
        "an `Endpoint: METHOD /path` line, `## Response 200 fields`"
    }

    fn look<'t>(&self, text: &'t str) -> Sighting<'t> {
        let start = body_start(text);
        let lines = Marks::new(text, line_marks(text, start, &GRAMMAR));
        if has_lines(text, &lines.marks, &GRAMMAR) {
            let clues = clues(text, start, &lines.marks);
            return Sighting { clues, page: Box::new(Seen { text, flat: None, lines: Some(lines) }) };
        }
        let flat = flat_marks(text, flat_body_start(text), &GRAMMAR);
        let clues = clues(text, start, &flat);
        let flat = Some(Marks::new(text, flat)).filter(|flat| is_flat(&flat.marks, &lines.marks, &GRAMMAR));
        let lines = flat.is_none().then_some(lines);
        Sighting { clues, page: Box::new(Seen { text, flat, lines }) }
    }
}

/// What speaks for the dialect, on a page that begins at an offset.
fn clues(text: &str, start: usize, marks: &[Marked<Mark>]) -> Vec<Clue> {
    let clue = |what, weight, is: fn(&Mark) -> bool| clue(marks, what, weight, is);
    let links = index::find(text, start);
    let links = links.filter(|_| marks.iter().all(|marked| is_title(&marked.mark)));
    [
        clue("an `Endpoint: METHOD /path` line", STRONG, |mark| matches!(mark, Mark::Endpoint { .. })),
        clue("a section `## Response … fields` or its like", STRONG, |mark| {
            matches!(mark, Mark::Section(_))
        }),
        clue("a link below `## Download OpenAPI description`", STRONG, |mark| {
            matches!(mark, Mark::Overview(Overview::Download))
        }),
        overview::described_scheme(text, marks).map(|range| Clue {
            what: "a scheme with its `Type:` below `## Security`",
            range,
            weight: STRONG,
        }),
        links.map(|range| Clue { what: "links to operations below headings", range, weight: STRONG }),
        clue("a field ``- `name` (type)``", WEAK, is_field),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A page with the marks of the form that it has.
struct Seen<'t> {
    text: &'t str,
    /// Those of a page that lost its line breaks.
    flat: Option<Marks>,
    /// Those of a page that kept them.
    lines: Option<Marks>,
}

impl Unread for Seen<'_> {
    fn reflow(&mut self) -> Option<Reflowed> {
        Some(reflow::reflow(self.text, &self.flat.take()?))
    }

    fn read(self: Box<Self>, cx: &mut Context<'_>) -> Page {
        let mut page = Page::new(Dialect::Redocly);
        let front_matter = read_front_matter(cx);
        page.slug = front_matter.slug;
        let text = cx.text();
        let marks = self.lines;
        let marks = marks.unwrap_or_else(|| Marks::new(text, line_marks(text, front_matter.end, &GRAMMAR)));
        let Marks { marks, parts, strays, doubtful } = marks;
        report_stray_fields(cx, strays);
        doubtful::report(cx, doubtful);
        if let Some(overview) = parts.overview {
            overview::read_overview(cx, &mut page, &marks, overview, text.len());
        }
        for part in &parts.operations {
            let end = part.end(&marks, text.len());
            let operation = operation::read_operation(cx, &mut page, &marks, part, end);
            page.operations.extend(operation);
        }
        let links = index::read_pages(cx, &marks);
        page.title = page.title.or_else(|| page.operations.first().and_then(|first| first.title.clone()));
        // Why an `Endpoint:` line gave no operation was said there.
        if !parts.operations.is_empty() || !page.servers.is_empty() || !page.security_schemes.is_empty() {
            return page;
        }
        if let Some(place) = links {
            index::report_links_only(cx, place);
        } else {
            let first = text.lines().next().map_or(0, str::len);
            cx.report(
                Diagnostic::new(codes::NO_OPERATION, cx.span(0..first), "page without an operation")
                    .label("no `Endpoint: METHOD /path` line here or below")
                    .help("leave the page out, or add the line"),
            );
        }
        page
    }
}

/// How the product prints fields.
const FIELDS: Fields = Fields { indent: 2, layout: Layout::Parted, shape: "``- `name` (type)``" };

/// What a page's marks are.
struct Marks {
    marks: Vec<Marked<Mark>>,
    parts: Parts,
    /// Where bullets of descriptions look like fields.
    strays: Vec<Range<usize>>,
    /// Which lines at the fields' own place are read as prose.
    doubtful: Vec<Doubt>,
}

impl Marks {
    /// Those of a page's lines that stand in their place, of all that were found in either form.
    fn new(text: &str, mut found: Vec<Marked<Mark>>) -> Self {
        index::mark_pages(text, &mut found);
        let mut marks = drop_stray_marks(found);
        let doubtful = doubtful::settle(text, &mut marks, &FIELDS);
        let strays = drop_stray_fields(&mut marks, is_field);
        let parts = split(&marks);
        Self { marks, parts, strays, doubtful }
    }
}
