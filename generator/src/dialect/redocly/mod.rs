//! Reads Redocly pages: `# Title`, `Endpoint: PUT /users/{id}`, `## Request fields (application/json):`.
//!
//! `grammar` knows the product's own lines, with `headings`; `parts` tells overview and operations apart, `reflow` restores
//! lost line breaks at the same lines, `operation`, `section`, `overview` and `index` read. Enter at [`Redocly`].

mod grammar;
mod headings;
mod index;
mod operation;
mod overview;
mod parts;
mod reflow;
mod section;

use super::{
    Clue, Context, Dialect, FrontMatter, Reader, STRONG, Sighting, WEAK,
    doubtful::{Fields, Layout},
    marked_page::{MarkReader, look},
    marks::{Grammar, Marked, clue},
};
use crate::{
    diagnostic::{Diagnostic, codes},
    model::Page,
    reflow::Reflowed,
};
use grammar::{GRAMMAR, Mark, Overview, is_field, is_title};
use parts::{drop_stray_marks, split};

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
        look::<ByMarks>(text)
    }
}

/// The reader, by the marks of its product, which nobody else has to know.
struct ByMarks;

impl MarkReader for ByMarks {
    type Mark = Mark;
    const GRAMMAR: Grammar<Mark> = GRAMMAR;
    const FIELDS: Fields = Fields { indent: 2, layout: Layout::Parted, shape: "``- `name` (type)``" };

    fn in_place(text: &str, mut marks: Vec<Marked<Mark>>) -> Vec<Marked<Mark>> {
        index::mark_pages(text, &mut marks);
        drop_stray_marks(marks)
    }

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

    fn reflow(text: &str, marks: &[Marked<Mark>]) -> Reflowed {
        reflow::reflow(text, marks)
    }

    fn read(cx: &mut Context<'_>, front: FrontMatter, marks: &[Marked<Mark>]) -> Page {
        let mut page = Page::new(Dialect::Redocly);
        page.slug = front.slug;
        let text = cx.text();
        let parts = split(marks);
        if let Some(overview) = parts.overview {
            overview::read_overview(cx, &mut page, marks, overview, text.len());
        }
        for part in &parts.operations {
            let end = part.end(marks, text.len());
            let operation = operation::read_operation(cx, &mut page, marks, part, end);
            page.operations.extend(operation);
        }
        let links = index::read_pages(cx, marks);
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
