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
    doubtful::{self, Doubt, Fields, Layout},
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
        let first = marks.iter().find(|marked| matches!(marked.mark, Mark::Operation { .. }));
        let first = first.map(|marked| marked.range.start);
        let path_of = |mark: &Mark| match mark {
            Mark::Operation { method, path } => named_path(text, method, path, first),
            _ => None,
        };
        let has_path = |mark: &Mark| path_of(mark).is_some_and(|path| path.starts_with('/'));
        let calls_webhook = |mark: &Mark| path_of(mark).is_some_and(|path| !path.starts_with('/'));
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
        let Marks { marks, strays, doubtful } = marks(cx.text(), front_matter.end, Form::Lines);
        report_stray_fields(cx, strays);
        doubtful::report(cx, doubtful);
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

/// How the product prints fields.
const FIELDS: Fields = Fields { indent: 0, layout: Layout::Adjoining, shape: "`- **name** (type)`" };

/// What a page's marks are.
struct Marks {
    marks: Vec<Marked<Mark>>,
    /// Where bullets of descriptions look like fields.
    strays: Vec<Range<usize>>,
    /// Which lines at the fields' own place are read as prose.
    doubtful: Vec<Doubt>,
}

/// The marks of a page, in either form, without what does not stand in its place.
fn marks(text: &str, start: usize, form: Form) -> Marks {
    let mut marks = in_place(match form {
        Form::Lines => line_marks(text, start, &GRAMMAR, is_field),
        Form::Flat => flat_marks(text, start, &GRAMMAR, is_field),
    });
    let doubtful = doubtful::settle(text, &mut marks, &FIELDS);
    let strays = drop_stray_fields(&mut marks, is_field);
    Marks { marks, strays, doubtful }
}

fn is_field(mark: &Mark) -> bool {
    matches!(mark, Mark::Field(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: bool) {
        let clues = Bump.detect(text);
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
