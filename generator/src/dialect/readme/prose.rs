//! Prose about one thing, gathered from wherever the page has it.
//!
//! Stretches and texts come in, in page order ([`Prose::add`], [`Prose::add_text`]); [`Prose::read`] gives them
//! as one description. Stretches that follow each other are one, so that lists and quotes stay whole; the
//! text is cut out only at the end, so that many short stretches cost no more than one long one.

use std::ops::Range;

use crate::{dialect::Context, model::Text};

/// Prose that is being gathered.
#[derive(Debug, Default)]
pub(super) struct Prose {
    parts: Vec<Part>,
}

#[derive(Debug)]
enum Part {
    Range(Range<usize>),
    Text(Text),
}

impl Prose {
    /// Adds a stretch of the page.
    pub(super) fn add(&mut self, cx: &Context<'_>, range: Range<usize>) {
        let range = with_quote_mark(cx, range);
        let between = |end: usize| cx.slice(end..range.start).chars().all(|c| c.is_whitespace() || c == '>');
        match self.parts.last_mut() {
            Some(Part::Range(last)) if last.end <= range.start && between(last.end) => last.end = range.end,
            _ => self.parts.push(Part::Range(range)),
        }
    }

    /// Adds a text that the page has in another form.
    pub(super) fn add_text(&mut self, text: Text) {
        self.parts.push(Part::Text(text));
    }

    /// All of it as one text, claimed as a description.
    pub(super) fn read(&self, cx: &mut Context<'_>) -> Option<Text> {
        let mut all: Option<Text> = None;
        for part in &self.parts {
            let text = match part {
                Part::Range(range) => cx.description(range.clone()),
                Part::Text(text) => Some(text.clone()),
            };
            match (&mut all, text) {
                (Some(all), Some(text)) => {
                    all.value.push_str("\n\n");
                    all.value.push_str(&text.value);
                }
                (all @ None, text) => *all = text,
                (Some(_), None) => {}
            }
        }
        all
    }
}

/// A quote's mark stands before the paragraph that the range begins with.
fn with_quote_mark(cx: &Context<'_>, range: Range<usize>) -> Range<usize> {
    let before = cx.text().get(..range.start).unwrap_or_default();
    let marks = before.len() - before.trim_end_matches(['>', ' ']).len();
    let start = range.start - marks;
    let begins_line = before.get(..start).is_some_and(|before| before.is_empty() || before.ends_with('\n'));
    if marks > 0 && begins_line { start..range.end } else { range }
}
