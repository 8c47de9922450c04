//! Reads Bump.sh pages: `# Title`, `**PUT /users/{id}**`, `### Body: application/json (object)`.
//!
//! `grammar` knows the product's own lines, `reflow` restores lost line breaks at them, `read` reads.
//! Enter at [`Bump`].
//!
//! The product prints no nested fields: a dot belongs to the name, and what an object holds is not known.

mod body;
mod grammar;
mod read;
mod reflow;

use std::ops::Range;

use super::{
    Clue, Context, Dialect, Reader, STRONG, WEAK,
    marks::{Form, Marked, clue, drop_stray_fields, flat_marks, line_marks, report_stray_fields},
    read_front_matter,
};
use crate::{
    model::{HttpMethod, Page},
    reflow::Reflowed,
};
use grammar::{GRAMMAR, Mark, Place, in_place};

/// The reader.
pub(crate) struct Bump;

impl Reader for Bump {
    fn dialect(&self) -> Dialect {
        Dialect::Bump
    }

    fn looks_for(&self) -> &'static str {
        "a `**METHOD /path**` line, `### Body: application/json (object)`"
    }

    fn detect(&self, text: &str) -> Vec<Clue> {
        let marks = flat_marks(text, 0, &GRAMMAR, is_field);
        let has_path = |mark: &Mark| match mark {
            Mark::Operation { path, .. } => text.get(path.clone()).is_some_and(|path| path.starts_with('/')),
            _ => false,
        };
        // `**HTTP Request**` is no method with the name of a webhook.
        let calls_webhook = |mark: &Mark| match mark {
            Mark::Operation { method, .. } => {
                let method = text.get(method.clone()).unwrap_or_default();
                method.parse::<HttpMethod>().is_ok() && !has_path(mark)
            }
            _ => false,
        };
        [
            clue(&marks, "a `**METHOD /path**` line", STRONG, has_path),
            clue(&marks, "a `**METHOD webhook**` line", WEAK, calls_webhook),
        ]
        .into_iter()
        .chain(Self::other_clues(&marks))
        .flatten()
        .collect()
    }

    fn reflow(&self, text: &str) -> Option<Reflowed> {
        reflow::reflow(text)
    }

    fn read(&self, cx: &mut Context<'_>) -> Page {
        let mut page = Page::new(self.dialect());
        let front_matter = read_front_matter(cx);
        page.slug = front_matter.slug;
        let (marks, strays) = marks(cx.text(), front_matter.end, Form::Lines);
        report_stray_fields(cx, strays);
        read::read_page(cx, &mut page, &marks);
        page
    }
}

impl Bump {
    /// What else speaks for the dialect.
    fn other_clues(marks: &[Marked<Mark>]) -> [Option<Clue>; 4] {
        let clue = |what, weight, is: fn(&Mark) -> bool| clue(marks, what, weight, is);
        [
            clue("a heading `Body: media (type)`", STRONG, |mark| {
                matches!(mark, Mark::Heading(Place::Body { media: Some(_), .. }))
            }),
            clue("the product's footer", STRONG, |mark| matches!(mark, Mark::Footer)),
            clue("a heading `## Authentication methods`", WEAK, |mark| {
                matches!(mark, Mark::Heading(Place::Authentication))
            }),
            clue("a field `- **name** (type)`", WEAK, is_field),
        ]
    }
}

/// The marks of a page, in either form, without what does not stand in its place; and where bullets of
/// descriptions look like fields.
fn marks(text: &str, start: usize, form: Form) -> (Vec<Marked<Mark>>, Vec<Range<usize>>) {
    let mut marks = in_place(match form {
        Form::Lines => line_marks(text, start, &GRAMMAR, is_field),
        Form::Flat => flat_marks(text, start, &GRAMMAR, is_field),
    });
    let strays = drop_stray_fields(&mut marks, is_field);
    (marks, strays)
}

fn is_field(mark: &Mark) -> bool {
    matches!(mark, Mark::Field { .. })
}
