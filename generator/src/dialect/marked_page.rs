//! Pages of dialects whose products print marks: in which form a page is, and what its marks are.
//!
//! A text comes in, what a reader sees in it goes out ([`look`]). The marks of a page are found once, for detecting and for
//! reflowing or reading it; only a text whose lines were restored has other ones.

use std::ops::Range;

use super::{
    Clue, Context, FrontMatter, Sighting, Unread, body_start,
    doubtful::{self, Doubt, Doubtful, Fields},
    front_matter::flat_body_start,
    marks::{
        Grammar, Marked, drop_stray_fields, flat_marks, has_lines, is_flat, line_marks, report_stray_fields,
    },
    read_front_matter,
};
use crate::{model::Page, reflow::Reflowed};

/// A reader of pages that are made of marks.
pub(crate) trait MarkReader: 'static {
    /// What its product prints.
    type Mark: Doubtful;
    /// How its marks are found.
    const GRAMMAR: Grammar<Self::Mark>;
    /// How its product prints fields.
    const FIELDS: Fields;

    /// Those of the marks of a text that stand where the product prints them.
    fn in_place(text: &str, marks: Vec<Marked<Self::Mark>>) -> Vec<Marked<Self::Mark>>;

    /// What speaks for the dialect on a page that begins at an offset, by all marks that look like the product's.
    fn clues(text: &str, start: usize, marks: &[Marked<Self::Mark>]) -> Vec<Clue>;

    /// The text with its lines restored, by its marks.
    fn reflow(text: &str, marks: &[Marked<Self::Mark>]) -> Reflowed;

    /// Reads the page behind its front matter.
    fn read(cx: &mut Context<'_>, front: FrontMatter, marks: &[Marked<Self::Mark>]) -> Page;
}

/// Looks at a page, in the form that its marks say it has.
pub(crate) fn look<R: MarkReader>(text: &str) -> Sighting<'_> {
    let start = body_start(text);
    let lines = Marks::<R>::of_lines(text, start);
    if has_lines(text, &lines.marks, &R::GRAMMAR) {
        let clues = R::clues(text, start, &lines.marks);
        return Sighting { clues, page: Box::new(Seen { text, flat: None, lines: Some(lines) }) };
    }
    let flat = flat_marks(text, flat_body_start(text), &R::GRAMMAR);
    let clues = R::clues(text, start, &flat);
    let flat =
        Some(Marks::<R>::new(text, flat)).filter(|flat| is_flat(&flat.marks, &lines.marks, &R::GRAMMAR));
    let lines = flat.is_none().then_some(lines);
    Sighting { clues, page: Box::new(Seen { text, flat, lines }) }
}

/// The marks of a text that stand in their place.
pub(crate) struct Marks<R: MarkReader> {
    /// They, in text order.
    pub(crate) marks: Vec<Marked<R::Mark>>,
    /// Where bullets of descriptions look like fields.
    strays: Vec<Range<usize>>,
    /// Which lines at the fields' own place are read as prose.
    doubtful: Vec<Doubt>,
}

impl<R: MarkReader> Marks<R> {
    /// Those of a text with lines, from an offset on.
    pub(crate) fn of_lines(text: &str, start: usize) -> Self {
        Self::new(text, line_marks(text, start, &R::GRAMMAR))
    }

    fn new(text: &str, found: Vec<Marked<R::Mark>>) -> Self {
        let mut marks = R::in_place(text, found);
        let doubtful = doubtful::settle(text, &mut marks, &R::FIELDS);
        let strays = drop_stray_fields(&mut marks, R::GRAMMAR.is_field);
        Self { marks, strays, doubtful }
    }
}

/// A page with the marks of the form that it has.
struct Seen<'t, R: MarkReader> {
    text: &'t str,
    /// Those of a page that lost its line breaks.
    flat: Option<Marks<R>>,
    /// Those of a page that kept them.
    lines: Option<Marks<R>>,
}

impl<R: MarkReader> Unread for Seen<'_, R> {
    fn reflow(&mut self) -> Option<Reflowed> {
        Some(R::reflow(self.text, &self.flat.take()?.marks))
    }

    fn read(self: Box<Self>, cx: &mut Context<'_>) -> Page {
        let front = read_front_matter(cx);
        let marks = self.lines.unwrap_or_else(|| Marks::of_lines(cx.text(), front.end));
        report_stray_fields(cx, marks.strays);
        doubtful::report(cx, marks.doubtful);
        R::read(cx, front, &marks.marks)
    }
}
