//! The types of a flat page and the markers behind them: where they end among its words.
//!
//! Enter at [`Flat::typed`]. A type has blanks where it is a union or has a title, `Arm · object | null`; markers follow it, as the
//! product prints them.
//!
//! Invariant: a bounded number of words is looked at.

use super::{
    lexer::{Flat, bounded},
    prose::goes_behind_required,
};
use crate::{
    dialect::mintlify::{
        labels::{self, Marker},
        types::{is_separator, read_type},
    },
    source::Span,
};

/// The most words that a type has.
const MAX_TYPE_WORDS: usize = 24;
/// The most words that the title before a type has.
const MAX_TITLE_WORDS: usize = 6;
/// The most words that a default in quotes has.
const MAX_DEFAULT_WORDS: usize = 32;

/// The longest default of several words without quotes, in bytes.
const MAX_DEFAULT: usize = 400;

/// A field's head, as numbers of words.
#[derive(Debug, Clone)]
pub(super) struct Field {
    /// Where its type begins; the name stands before it.
    pub(super) ty: usize,
    /// Where each of its markers begins.
    pub(super) markers: Vec<usize>,
    /// The word behind it all.
    pub(super) end: usize,
}

impl Flat<'_> {
    /// The word behind the type that begins at a word, with no title before it.
    pub(super) fn type_end(&self, at: usize) -> Option<usize> {
        let first = self.plain(at);
        if !(first.starts_with(|c: char| c.is_ascii_lowercase() || c == '(')) || !begins_type(first) {
            return None;
        }
        let end = self.extend(at, at + 1);
        [end, at + 1].into_iter().find(|&end| self.is_type(at, end))
    }

    fn is_type(&self, at: usize, end: usize) -> bool {
        let text = self.between(at, end);
        // The product puts parentheses around alternatives only.
        let bracketed = text.starts_with('(') && !text.contains('|');
        !text.contains('`') && !bracketed && read_type(text, Span::default()).is_some()
    }

    /// Where a type ends that reaches up to a word at least: bars, brackets and separators take in what follows.
    fn extend(&self, at: usize, mut end: usize) -> usize {
        while end < at + MAX_TYPE_WORDS {
            let text = self.between(at, end);
            let count = |c: char| text.matches(c).count();
            let next = self.plain(end);
            if next.is_empty() {
                break;
            } else if count('(') > count(')') || count('<') > count('>') {
                end += 1;
            } else if is_bar(next) {
                end = self.title_end(end + 1).unwrap_or(end + 1) + 1;
            } else {
                break;
            }
        }
        end
    }

    /// Where the type begins behind a title that begins at a word: `Arm · object`.
    pub(super) fn title_end(&self, at: usize) -> Option<usize> {
        for next in at + 1..=at + MAX_TITLE_WORDS {
            let before = self.plain(next - 1);
            let number = before.bytes().all(|b| b.is_ascii_digit());
            if number || before.contains('/') || before.ends_with(['.', ':', ';', '!', '?', ',']) {
                return None;
            }
            if is_separator(self.plain(next)) {
                return Some(next + 1);
            }
        }
        None
    }

    /// The word behind the type that begins at a word, a title before it or not.
    pub(super) fn titled_type_end(&self, at: usize) -> Option<usize> {
        if let Some(end) = self.type_end(at) {
            return Some(end);
        }
        let ty = self.title_end(at)?;
        let end = self.extend(at, ty + 1);
        begins_type(self.plain(ty)).then_some(())?;
        [end, ty + 1].into_iter().find(|&end| self.is_type(at, end))
    }

    /// A field whose type begins at a word, whatever stands before.
    pub(super) fn typed(&self, ty: usize) -> Option<Field> {
        let mut end = self.titled_type_end(ty)?;
        let mut markers = Vec::new();
        // Alternatives that had a line each. A description can begin with the word for a type, and goes on in small letters.
        let ends = |&next: &usize| {
            let begins = self.is_fresh(next)
                || self.marker_end(next).is_some()
                || self.label(next).is_some()
                || self.type_end(next + 1).is_some();
            begins && self.type_end(next).is_none()
        };
        let array = self.plain(end).ends_with("[]") && self.type_end(end).is_some_and(|next| next == end + 1);
        if (self.plain(ty).contains('<') || array)
            && let Some(next) = self.type_end(end).filter(ends)
        {
            markers.push(end);
            end = next;
        }
        while let Some(next) = self.marker_end(end) {
            markers.push(end);
            end = next;
        }
        Some(Field { ty, markers, end })
    }

    /// The word behind the marker at a word.
    pub(super) fn marker_end(&self, at: usize) -> Option<usize> {
        let word = self.plain(at);
        if word.starts_with(|c: char| c.is_ascii_uppercase()) {
            return None;
        }
        match labels::marker(bounded(word, 400))? {
            Marker::Default(value) => Some(self.default_end(at, value)),
            // A field can be called `header` or `required`; a description can begin with the word for a type.
            _ if self.type_end(at + 1).is_some_and(|end| self.ends_type(end)) => None,
            Marker::Required if goes_behind_required(self.plain(at + 1)) => None,
            Marker::Required => Some(at + 1),
            _ => {
                let next = self.plain(at + 1);
                let more = labels::marker(bounded(next, 400)).is_some();
                (more || self.is_fresh(at + 1) || self.begins(at + 1)).then_some(at + 1)
            }
        }
    }

    /// Whether a type can end before a word.
    fn ends_type(&self, at: usize) -> bool {
        self.is_fresh(at)
            || labels::marker(bounded(self.plain(at), 400)).is_some()
            || self.type_end(at + 1).is_some()
    }

    /// The word behind a default's value, which can be behind the colon. What has several words without quotes ends where a
    /// string of a sample does: samples show defaults.
    fn default_end(&self, at: usize, value: &str) -> usize {
        if value.is_empty() {
            return at + 2;
        }
        let length = self.plain(at).len().saturating_sub(value.len());
        let shown = |end: &usize| {
            let text = self.between(at, *end).get(length..).unwrap_or_default();
            text.len() <= MAX_DEFAULT && self.shown.contains(text)
        };
        if !self.shown.is_empty()
            && let Some(end) = (at + 2..at + MAX_DEFAULT_WORDS).rev().find(shown)
        {
            return end;
        }
        let close = match value.chars().next() {
            Some('"') => '"',
            Some('{') => '}',
            Some('[') => ']',
            _ => return at + 1,
        };
        let closed = |word: &str| word.ends_with(close);
        if value.len() > 1 && closed(value) {
            return at + 1;
        }
        let last = (at + 1..at + MAX_DEFAULT_WORDS).find(|&next| closed(self.plain(next)));
        last.map_or(at + 1, |last| last + 1)
    }
}

/// Whether a word can begin a type as the product prints it.
fn begins_type(word: &str) -> bool {
    const WORDS: [&str; 9] =
        ["string", "integer", "number", "boolean", "object", "array", "null", "any", "file"];
    let word = word.trim_start_matches('(');
    word.starts_with("enum<")
        || WORDS.iter().any(|known| word.starts_with(known))
        || word.starts_with(char::is_uppercase)
}

/// Whether a word stands between the alternatives of a union; Markdown escapes it.
pub(super) fn is_bar(word: &str) -> bool {
    matches!(word, "|" | "\\|")
}
