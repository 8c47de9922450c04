//! Restores the line breaks of a Mintlify page that lost all of them.
//!
//! The flat text comes in; the same text with each of the product's constructs on lines of their own goes out ([`reflow`]). The
//! page is lexed ([`lexer`]), its sections are found ([`sections`]), and the lines of its head ([`head`]) and of each section
//! ([`parts`]): fields ([`fields`], [`types`]), labels with their values ([`labels`]). Descriptions stay one line.
//!
//! Invariant: only white space is put in, and a text is left alone unless it has the product's own marks: a command or a method
//! with its path, and a section that more than its words speak for.

mod fields;
mod head;
mod labelled;
mod labels;
mod lexer;
mod parts;
mod prose;
mod samples;
mod sections;
mod types;

use lexer::Flat;

use memchr::memmem;

use super::{glue::TYPES, labels::Section, seams, source::COMPONENTS};
use crate::{
    dialect::front_matter::reflow_front_matter,
    reflow::{Builder, Reflowed, is_flat},
};

/// The longest field that is glued together, in bytes.
const MAX_FIELD: usize = 200;

/// The text with its lines restored, or nothing where it has lines, or nothing of the product's.
pub(super) fn reflow(text: &str) -> Option<Reflowed> {
    // The product's own source is read with or without lines.
    let has = |word: &str| memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    if !is_flat(text) || COMPONENTS.iter().any(|name| has(name)) {
        return None;
    }
    let mut builder = Builder::new(text);
    let start = reflow_front_matter(text, &mut builder);
    let mut flat = Flat::new(text, start);
    flat.by_hand = head::endpoint(&flat, flat.words.len()).is_some_and(|found| found.is_spaced(&flat));
    let sections = flat.sections();
    let first = sections.first().map_or(flat.words.len(), |first| first.start);
    let endpoint = head::endpoint(&flat, first);
    let commands = flat.url.is_some();
    let spaced = endpoint.as_ref().is_some_and(|endpoint| endpoint.is_spaced(&flat));
    let certain = sections::is_certain(&sections);
    let enough = match sections.is_empty() {
        true => spaced,
        false => (commands || endpoint.is_some()) && (certain || commands || spaced || flat.anchored),
    };
    if !enough {
        return None;
    }
    let parameters = sections.iter().any(|heading| matches!(heading.section, Section::Parameters(_)));
    // Other products have the same words for some sections, and others for parameters or for responses.
    let told = flat.anchored || commands || spaced;
    let other_parameters = !parameters && !flat.anchored && has(" Params ");
    if (has(" Responses ") && (!told || other_parameters)) || run_together(&flat) {
        return None;
    }
    let mut breaks = Breaks::default();
    head::write(&flat, &mut breaks, endpoint.as_ref(), first);
    let ends = sections.iter().skip(1).map(|next| next.start).chain([flat.words.len()]);
    for (section, end) in sections.iter().zip(ends) {
        parts::write(&flat, &mut breaks, section, end);
    }
    breaks.build(text, start, &mut builder);
    Some(builder.finish())
}

/// Whether a page without marks had lost line breaks before: where fields begin that are glued to each other, nothing tells
/// any more.
fn run_together(flat: &Flat<'_>) -> bool {
    let evident = |at: usize| {
        let word = flat.plain(at);
        word.len() <= MAX_FIELD && TYPES.iter().any(|ty| word.contains(ty)) && seams::are_evident(word, None)
    };
    !flat.anchored && (0..flat.words.len()).any(evident)
}

/// Where lines begin.
#[derive(Debug, Default)]
struct Breaks {
    /// The offset of the line's first character, and whether a blank line stands before it.
    all: Vec<(usize, bool)>,
}

impl Breaks {
    /// A line begins at an offset.
    fn line(&mut self, at: usize) {
        self.all.push((at, false));
    }

    /// A line begins at an offset, with a blank one before it.
    fn paragraph(&mut self, at: usize) {
        self.all.push((at, true));
    }

    /// Copies the text from `start` on, with its line breaks.
    fn build(mut self, text: &str, start: usize, builder: &mut Builder<'_>) {
        self.all.sort_unstable();
        let mut from = start;
        let mut gap = false;
        for (at, blank) in self.all.into_iter().chain([(text.len(), false)]) {
            let range = crate::dialect::trim(text, from..at.max(from));
            if !range.is_empty() {
                builder.insert(if gap { "\n\n" } else { "\n" }).copy(range);
                gap = false;
            }
            gap |= blank;
            from = at.max(from);
        }
        builder.insert("\n");
    }
}

#[cfg(test)]
mod tests;
