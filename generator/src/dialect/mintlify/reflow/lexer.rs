//! A flat text comes in, its words go out: what white space parts, and what is one although it has blanks.
//!
//! Enter at [`Flat::new`]. Commands, JSON, fences, links and the marks of fields are one word each, so that nothing within them
//! is taken for a heading or a field. What a copy has glued to a type is parted from it. The names that samples show are
//! collected on the way.
//!
//! Lexing is linear: what failed to close is not tried again without bound.

use std::{collections::HashSet, ops::Range};

use super::samples::Failed;
use crate::{
    dialect::mintlify::{
        glue::{is_fresh, leading_markers},
        glued_names::{self, REQUIRED},
        labels, lines,
        types::read_type_line,
    },
    source::Span,
};

/// The longest link or mark, in bytes.
const MAX_LINK: usize = 512;
/// The longest word, in bytes.
const MAX_PLAIN: usize = 1 << 12;
/// The longest word that is looked into, in bytes.
const MAX_WORD: usize = 400;

/// A word of a flat text.
#[derive(Debug, Clone)]
pub(super) struct Word {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

/// What a word is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Text,
    /// A `curl` command.
    Command,
    /// A JSON object or array.
    Json,
    /// A sample in another language than the shell's.
    Program,
    /// Code in a fence: the range of what stands between its marks, the info string not among it.
    Fence(Range<usize>),
    /// A link, with its label.
    Link,
    /// The mark before a field, with the identifier that it links to, if the copy has kept it.
    Anchor(String),
}

/// A text without line breaks, in words.
#[derive(Debug)]
pub(super) struct Flat<'t> {
    pub(super) text: &'t str,
    pub(super) words: Vec<Word>,
    /// The names of members and parameters that samples show.
    pub(super) known: HashSet<String>,
    /// The strings of several words that samples show.
    pub(super) shown: HashSet<String>,
    /// The URL of the first command.
    pub(super) url: Option<String>,
    /// Whether marks with identifiers stand before fields.
    pub(super) anchored: bool,
    /// Whether headings count that other products print too, because method and path stand as the product prints them.
    pub(super) by_hand: bool,
}

impl<'t> Flat<'t> {
    /// The words of a text from an offset on.
    pub(super) fn new(text: &'t str, start: usize) -> Self {
        let flat = Self {
            text,
            words: Vec::new(),
            known: HashSet::new(),
            shown: HashSet::new(),
            url: None,
            anchored: false,
            by_hand: false,
        };
        let mut lexer = Lexer { flat, at: start, failed: Failed::default(), glued: None };
        while lexer.word() {}
        lexer.flat
    }

    /// The text of a word; of one that does not exist, nothing.
    pub(super) fn word(&self, at: usize) -> &'t str {
        self.words.get(at).and_then(|word| self.text.get(word.range.clone())).unwrap_or_default()
    }

    /// The text of a word that is neither code nor a link.
    pub(super) fn plain(&self, at: usize) -> &'t str {
        if self.is(at, &Kind::Text) { self.word(at) } else { "" }
    }

    pub(super) fn kind(&self, at: usize) -> Option<&Kind> {
        self.words.get(at).map(|word| &word.kind)
    }

    pub(super) fn is(&self, at: usize, kind: &Kind) -> bool {
        self.kind(at) == Some(kind)
    }

    /// Whether a word is a sample.
    pub(super) fn is_code(&self, at: usize) -> bool {
        matches!(self.kind(at), Some(Kind::Command | Kind::Program | Kind::Json | Kind::Fence(_)))
    }

    /// Where a word begins; behind the last, the end of the text.
    pub(super) fn start(&self, at: usize) -> usize {
        self.words.get(at).map_or(self.text.len(), |word| word.range.start)
    }

    /// The text from one word to the one before another.
    pub(super) fn between(&self, from: usize, to: usize) -> &'t str {
        let end = to.checked_sub(1).and_then(|last| self.words.get(last)).map_or(0, |word| word.range.end);
        self.text.get(self.start(from)..end).unwrap_or_default()
    }

    /// How many words a phrase takes up at a place; 0 where it does not stand there.
    pub(super) fn phrase(&self, at: usize, phrase: &str) -> usize {
        let mut count = 0;
        for word in phrase.split(' ') {
            if self.plain(at + count) != word {
                return 0;
            }
            count += 1;
        }
        count
    }
}

pub(super) struct Lexer<'t> {
    pub(super) flat: Flat<'t>,
    /// Where the next word is looked for.
    pub(super) at: usize,
    pub(super) failed: Failed,
    /// Whether markers are glued to what is no name, once that is asked.
    glued: Option<bool>,
}

impl Lexer<'_> {
    /// Takes the next word; `false` at the end.
    fn word(&mut self) -> bool {
        let Some(rest) = self.flat.text.get(self.at..) else { return false };
        self.at += rest.len() - rest.trim_start().len();
        let rest = rest.trim_start();
        if rest.is_empty() {
            return false;
        }
        if let Some(length) = self.mark(rest) {
            let id = lines::anchor(rest.get(..length).unwrap_or_default()).map_or("", |(id, _)| id);
            self.flat.anchored |= labels::is_field_anchor(id);
            let id = id.to_owned();
            self.push(Kind::Anchor(id), length);
            return true;
        }
        let special = match rest.as_bytes().first() {
            Some(b'[') => self.code(rest).or_else(|| link(rest).map(|length| (Kind::Link, length))),
            Some(b'`') if rest.starts_with("```") => self.fence(rest),
            _ => None,
        };
        let special =
            special.or_else(|| self.command(rest)).or_else(|| self.program(rest)).or_else(|| self.json(rest));
        match special {
            Some((kind, length)) => self.push(kind, length),
            None => {
                // What goes on for longer is several words.
                let rest = bounded(rest, MAX_PLAIN);
                let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
                self.text(rest.get(..length).unwrap_or_default());
            }
        }
        true
    }

    fn push(&mut self, kind: Kind, length: usize) {
        self.flat.words.push(Word { kind, range: self.at..self.at + length });
        self.at += length;
    }

    /// The length of a field's mark: an anchor, or the characters of no width that a copy has kept of it.
    fn mark(&self, rest: &str) -> Option<usize> {
        let blank = rest.len() - rest.trim_start_matches(lines::is_blank).len();
        if blank > 0 {
            let zero_width = rest.get(..blank).unwrap_or_default().trim_end();
            return Some(zero_width.len());
        }
        let (id, length) = lines::anchor(bounded(rest, MAX_LINK)).filter(|_| rest.starts_with('['))?;
        labels::is_field_anchor(id).then_some(length)
    }

    /// A word that has no blanks; what is glued to a type comes off it, as do the marks of a fence.
    fn text(&mut self, word: &str) {
        // A button's words are glued to it: ``Ask AI``` ``. One that never closes is a word, and is taken whole.
        let fence = word.find("```").filter(|&at| at > 0).filter(|&at| {
            let before = self.flat.text.get(..self.at + at).unwrap_or_default();
            labels::before_button(before).is_some()
        });
        if let Some(at) = fence {
            self.push(Kind::Text, at);
            return;
        }
        if let Some(at) = word.find("####").filter(|&at| at > 0) {
            self.push(Kind::Text, at);
            return;
        }
        if let Some(name) = word.strip_prefix('{').and_then(|word| word.strip_suffix('}')) {
            self.flat.known.insert(name.to_owned());
        }
        if word.len() > MAX_WORD {
            return self.push(Kind::Text, word.len());
        }
        let end = self.at + word.len();
        let after_type = self.flat.words.last().is_some_and(|last| {
            let text = self.flat.text.get(last.range.clone()).unwrap_or_default();
            last.kind == Kind::Text && read_type_line(text, Span::default()).is_some()
        });
        let line = read_type_line(word, Span::default()).filter(|line| !line.markers.is_empty());
        if line.is_some() {
            // The shortest type that markers alone follow.
            let cut = word.char_indices().map(|(at, _)| at).skip(1).find(|&at| {
                let rest = word.get(at..).unwrap_or_default();
                leading_markers(rest).last() == Some(&rest.len())
            });
            self.push(Kind::Text, cut.unwrap_or(word.len()));
            self.markers(end);
        } else if after_type {
            self.markers(end);
        }
        if self.at < end {
            self.push(Kind::Text, end - self.at);
        }
    }

    /// Takes the markers that a word which ends at `end` begins with, where what they are glued to is a word of its own.
    fn markers(&mut self, end: usize) {
        let rest = self.flat.text.get(self.at..end).unwrap_or_default();
        let cuts = leading_markers(rest);
        let tail = rest.get(cuts.last().copied().unwrap_or(0)..).unwrap_or_default();
        if tail.is_empty() || !self.type_follows(end) {
            if tail.is_empty() || is_fresh(tail) {
                self.cut(cuts);
            }
        } else if let Some(name) = glued_names::behind_marker(rest) {
            let told = glued_names::told(&self.flat.known, rest, name);
            if told.unwrap_or_else(|| self.glues_markers()) {
                self.cut(glued_names::cuts(rest, name, cuts));
            }
        } else if is_fresh(tail) && rest.contains(REQUIRED) {
            self.cut(cuts);
        }
    }

    /// Takes what ends at some places behind the next word's beginning for words.
    fn cut(&mut self, cuts: Vec<usize>) {
        let mut from = 0;
        for cut in cuts {
            self.push(Kind::Text, cut - from);
            from = cut;
        }
    }

    /// Whether the word behind one that ends at `end` is a type.
    fn type_follows(&self, end: usize) -> bool {
        let near = bounded(self.flat.text.get(end..).unwrap_or_default(), MAX_WORD);
        let next = near.split_whitespace().next();
        next.is_some_and(|next| read_type_line(next, Span::default()).is_some())
    }

    /// Whether the text glues markers to what is no name.
    fn glues_markers(&mut self) -> bool {
        let text = self.flat.text;
        *self.glued.get_or_insert_with(|| glued_names::are_glued(text))
    }
}

/// The beginning of a text, up to some bytes.
pub(super) fn bounded(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    text.get(..end.unwrap_or(0)).unwrap_or(text)
}

/// The length of a link at the beginning of a text.
fn link(text: &str) -> Option<usize> {
    let text = bounded(text, MAX_LINK);
    let label = text.strip_prefix('[')?;
    let close = label.find("](")?;
    let target = label.get(close + 2..)?;
    let words = label.get(..close)?;
    // The product's own link to report a page has a title with blanks in its target.
    let ends: &[char] = if labels::opens_foot(words) { &[')'] } else { &[')', ' '] };
    let end = target.find(ends).filter(|&end| target.as_bytes().get(end) == Some(&b')'))?;
    (close > 0 && end > 0 && !words.contains('[') && !words.starts_with(' '))
        .then_some(1 + close + 2 + end + 1)
}
