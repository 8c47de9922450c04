//! The part of a page's line that is shown around a place.

use std::ops::Range;

use super::inert::inert_char;
use crate::source::{Source, Span};

/// How many characters are shown before and after a place, and of a place that is longer.
const AROUND: usize = 100;

/// A line, or the window of it that matters, and what is marked in it.
pub(super) struct Excerpt<'a> {
    /// The page's name.
    pub(super) file: &'a str,
    /// The line's number.
    pub(super) line: usize,
    /// The column of the first marker on the page.
    pub(super) column: usize,
    /// The text to show, safe to print.
    pub(super) text: String,
    /// What is marked, by byte ranges of the text.
    pub(super) markers: Vec<Marker>,
    /// Whether the text is the whole line.
    whole: bool,
}

/// A marked place.
pub(super) struct Marker {
    /// Where in the excerpt's text.
    pub(super) range: Range<usize>,
    /// What is written under it.
    pub(super) label: Option<String>,
    /// Whether it is what the diagnostic is about.
    pub(super) primary: bool,
}

impl<'a> Excerpt<'a> {
    /// Cuts the excerpt for a place. Of a place that spans lines the first one is shown, and the label
    /// says how many there are.
    pub(super) fn new(source: &'a Source, span: Span, label: Option<String>, primary: bool) -> Self {
        let (line, column) = source.line_column(span.start);
        let bounds = source.line(line);
        let text = source.text().get(bounds.clone()).unwrap_or_default();
        let within = |offset: usize| floor(text, offset.clamp(bounds.start, bounds.end) - bounds.start);
        let start = within(span.range().start);
        let end = within(span.range().end).max(start);
        let window = window(text, start..end);
        let mut excerpt = Self {
            file: &source.name,
            line,
            column,
            text: String::with_capacity(window.len() + 8),
            markers: Vec::new(),
            whole: window == (0..text.len()),
        };
        if window.start > 0 {
            excerpt.text.push('…');
        }
        excerpt.push(text, window.start..start);
        let from = excerpt.text.len();
        excerpt.push(text, start..end.min(window.end));
        let range = from..excerpt.text.len();
        excerpt.push(text, end.min(window.end)..window.end);
        if window.end < text.len() {
            excerpt.text.push('…');
        }
        let (last, _) = source.line_column(span.end.max(span.start));
        let label = match (label, last.saturating_sub(line)) {
            (label, 0) => label,
            (label, more) => {
                let more = format!("({} lines)", more + 1);
                Some(label.map_or_else(|| more.clone(), |label| format!("{label} {more}")))
            }
        };
        excerpt.markers.push(Marker { range, label, primary });
        excerpt
    }

    /// Whether both show the same whole line, so that their markers can be drawn together.
    pub(super) fn is_same_line(&self, other: &Self) -> bool {
        self.whole && other.whole && self.line == other.line && self.file == other.file
    }

    fn push(&mut self, line: &str, range: Range<usize>) {
        self.text.extend(line.get(range).unwrap_or_default().chars().filter_map(inert_char));
    }
}

/// The part of a line to show for a place in it.
fn window(line: &str, place: Range<usize>) -> Range<usize> {
    let before = line.get(..place.start).unwrap_or_default();
    let start = before.char_indices().rev().nth(AROUND).map_or(0, |(at, c)| at + c.len_utf8());
    let place_text = line.get(place.clone()).unwrap_or_default();
    let end = match place_text.char_indices().nth(AROUND) {
        // A place that is longer itself is cut.
        Some((at, _)) => place.start + at,
        None => {
            let after = line.get(place.end..).unwrap_or_default();
            after.char_indices().nth(AROUND).map_or(line.len(), |(at, _)| place.end + at)
        }
    };
    start..end
}

/// The nearest character boundary at or before an offset.
fn floor(text: &str, offset: usize) -> usize {
    (0..=offset.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}
