//! Reads Bump.sh pages: `# Title`, `**PUT /users/{id}**`, `### Body: application/json (object)`.
//!
//! `grammar` knows the product's own lines, with `headings`; `reflow` restores lost line breaks at them; `read` reads, with `head`
//! and `body`.
//! Enter at [`Bump`].
//!
//! The product prints no nested fields: a dot belongs to the name, and what an object holds is not known.

mod body;
mod grammar;
mod head;
mod headings;
mod read;
mod reflow;

use std::ops::Range;

use super::{
    Clue, Context, Dialect, FrontMatter, Reader, STRONG, Sighting, WEAK,
    doubtful::{Fields, Layout},
    marked_page::{MarkReader, look},
    marks::{Grammar, Marked, clue},
};
use crate::{
    model::{HttpMethod, Page},
    reflow::Reflowed,
};
use grammar::{GRAMMAR, Mark, Place, in_place, is_field};

/// The reader.
pub(crate) struct Bump;

impl Reader for Bump {
    fn dialect(&self) -> Dialect {
        Dialect::Bump
    }

    fn looks_for(&self) -> &'static str {
        "a `**METHOD /path**` line, `### Body: application/json (object)`"
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
    const FIELDS: Fields = Fields { indent: 0, layout: Layout::Adjoining, shape: "`- **name** (type)`" };

    fn in_place(_: &str, marks: Vec<Marked<Mark>>) -> Vec<Marked<Mark>> {
        in_place(marks)
    }

    fn clues(text: &str, _: usize, marks: &[Marked<Mark>]) -> Vec<Clue> {
        let first = marks.iter().find(|marked| matches!(marked.mark, Mark::Operation { .. }));
        let first = first.map(|marked| marked.range.start);
        let path_of = |mark: &Mark| match mark {
            Mark::Operation { method, path } => named_path(text, method, path, first),
            _ => None,
        };
        let has_path = |mark: &Mark| path_of(mark).is_some_and(|path| path.starts_with('/'));
        let calls_webhook = |mark: &Mark| path_of(mark).is_some_and(|path| !path.starts_with('/'));
        let other = |what, weight, is: fn(&Mark) -> bool| clue(marks, what, weight, is);
        [
            clue(marks, "a `**METHOD /path**` line", STRONG, has_path),
            clue(marks, "a `**METHOD webhook**` line", WEAK, calls_webhook),
            other("a heading `Body: media (type)`", STRONG, |mark| {
                matches!(mark, Mark::Heading(Place::Body { media: Some(_), .. }))
            }),
            other("the product's footer", STRONG, |mark| matches!(mark, Mark::Footer)),
            other("a heading `## Authentication methods`", WEAK, |mark| {
                matches!(mark, Mark::Heading(Place::Authentication))
            }),
            other("a field `- **name** (type)`", WEAK, is_field),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn reflow(text: &str, marks: &[Marked<Mark>]) -> Reflowed {
        reflow::reflow(text, marks)
    }

    fn read(cx: &mut Context<'_>, front: FrontMatter, marks: &[Marked<Mark>]) -> Page {
        let mut page = Page::new(Dialect::Bump);
        page.slug = front.slug;
        read::read_page(cx, &mut page, marks);
        page
    }
}

/// The path, or the webhook's name, of an operation that the page is about: bold text within a sentence is none. `first` is
/// where the first of them stands: on a page without line breaks, that is behind the title.
fn named_path<'t>(
    text: &'t str,
    method: &Range<usize>,
    path: &Range<usize>,
    first: Option<usize>,
) -> Option<&'t str> {
    let start = method.start.checked_sub("**".len())?;
    let before = text.get(..start)?;
    let blank = before.trim_end_matches(' ');
    let begins_line = blank.is_empty() || blank.ends_with('\n');
    let line = || before.rsplit('\n').next().unwrap_or_default();
    let behind_title = || first == Some(start) && (line().starts_with("# ") || line().contains(" # "));
    if !begins_line && !behind_title() {
        return None;
    }
    let name = text.get(path.clone())?;
    // `**HTTP Request**` is no method with the name of a webhook, but of `**FETCH /lamps**` alone on its line the reader says
    // that the method is none.
    let is_method = text.get(method.clone())?.parse::<HttpMethod>().is_ok();
    let after = text.get(path.end..)?.strip_prefix("**")?;
    let is_line = begins_line && (after.is_empty() || after.starts_with('\n'));
    let is_path = name.starts_with('/') && !name.contains(char::is_whitespace);
    (is_method || (is_line && is_path)).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        let clues = Bump.look(text).clues;
        assert_eq!(
            clues.iter().map(|clue| clue.weight).sum::<u32>() >= STRONG,
            expected,
            "{text}: {clues:?}"
        );
    }

    #[test]
    fn the_line_of_an_operation_speaks_for_the_dialect() {
        check("# Make\n\n**POST /lamps**\n\nMakes.\n", true);
        check("# Make **POST /lamps** Makes.", true);
        check("--- title: Make --- # Make **POST /lamps** Makes.", true);
    }

    #[test]
    fn bold_text_of_a_sentence_does_not() {
        check("# Lamps\n\nMake one by **POST /lamps** first.\n", false);
        check("# Formats\n\n* **XML / SOAP:** a name\n\n**CVV / CVC**\n", false);
    }
}
