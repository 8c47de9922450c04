//! Fields that stand without a type: a word on a line of its own, because its schema names no type.
//!
//! The pieces of a section, the field above, and the names that the page's samples show come in ([`shown`]); whether a
//! word is a field's name comes out ([`Words::is_name`]). A word alone is no evidence. What is: a sample that has the
//! name; its place, where other words cannot stand; or the shape that names in code have, between two paragraphs.

use std::collections::HashSet;

use super::{
    fields::Draft,
    labels::{self, Constraint},
    lines::{Kind, Piece},
    shapes::{closes_sentence, is_humped, is_literal, is_name},
    types::read_type_line,
};
use crate::{dialect::Context, source::Span};

/// The longest word that is looked at, in bytes.
const MAX_WORD: usize = 64;

/// The names at the root of the bodies that a page's samples show.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// Of the request.
    pub(super) request: HashSet<String>,
    /// Of the responses.
    pub(super) response: HashSet<String>,
}

/// Collects the names that the samples above the first section show.
pub(super) fn shown(head: &[Piece]) -> Shown {
    let mut shown = Shown::default();
    for piece in head {
        match &piece.kind {
            Kind::Curl(command) => shown.request.extend(command.members()),
            Kind::Json(json) => {
                let first = json.as_array().and_then(|items| items.first()).unwrap_or(json);
                let members = first.as_object().into_iter().flatten();
                shown.response.extend(members.map(|(name, _)| name.clone()));
            }
            _ => {}
        }
    }
    shown
}

/// The lines of a section.
pub(super) struct Words<'a, 'c> {
    cx: &'a Context<'c>,
    pieces: &'a [Piece],
    /// The names that a sample shows for the section.
    shown: Option<&'a HashSet<String>>,
    /// Whether the page keeps the blank lines that stand before descriptions.
    spaced: bool,
}

impl<'a, 'c> Words<'a, 'c> {
    pub(super) fn new(cx: &'a Context<'c>, pieces: &'a [Piece], shown: Option<&'a HashSet<String>>) -> Self {
        let spaced = pieces.iter().any(|piece| piece.gap);
        Self { cx, pieces, shown, spaced }
    }

    /// Whether the word at a place is a field's name; `above` is the field before it.
    pub(super) fn is_name(&self, at: usize, above: &Draft) -> bool {
        let Some(piece) = self.pieces.get(at).filter(|piece| matches!(piece.kind, Kind::Text)) else {
            return false;
        };
        let word = self.text(at);
        if !is_word(word) || self.means_something_else(word) {
            return false;
        }
        let lower = word.starts_with(|c: char| c.is_ascii_lowercase() || c == '_');
        let headed = above.ty.as_ref().is_some_and(|(ty, _)| ty.enumeration.is_none());
        let bare = above.description.is_empty() && above.constraints.is_empty();
        // A description has a blank line before it, and constraints have nothing behind them.
        let placed =
            self.spaced && lower && ((bare && headed && !piece.gap) || !above.constraints.is_empty());
        placed
            || (lower && self.heads_values(at, piece))
            || self.is_shown(at, piece, above)
            || self.stands_between(at, piece, above)
    }

    /// Whether the values of an enumeration stand right below a paragraph of one word: a description has a blank line
    /// between.
    fn heads_values(&self, at: usize, piece: &Piece) -> bool {
        let values = |next: &Piece| {
            let values = labels::constraint(self.cx.slice(next.range.clone()));
            matches!(values, Some((Constraint::Options | Constraint::AllowedValue, _)))
        };
        piece.gap && self.pieces.get(at + 1).is_some_and(|next| next.is_text() && !next.gap && values(next))
    }

    /// Whether a sample has the word, and the line before it is at its end.
    fn is_shown(&self, at: usize, piece: &Piece, above: &Draft) -> bool {
        if !self.shown.is_some_and(|shown| shown.contains(self.text(at))) {
            return false;
        }
        if self.spaced {
            return piece.gap || above.description.is_empty();
        }
        let before = at.checked_sub(1).map_or("", |before| self.text(before));
        let ended = above.description.is_empty() || closes_sentence(before) || before.ends_with(')');
        // Where code in a sentence has broken its line, the sentence goes on.
        let next = self.pieces.get(at + 1).filter(|next| next.is_text()).map_or("", |_| self.text(at + 1));
        let begins = next.chars().next().is_none_or(char::is_uppercase) || is_word(next);
        ended && begins
    }

    /// Whether a word is a paragraph between others, below a field that is described: it has the shape of code, or stands
    /// between a sentence that ends and one that begins.
    fn stands_between(&self, at: usize, piece: &Piece, above: &Draft) -> bool {
        let word = self.text(at);
        let next = self.pieces.get(at + 1).filter(|next| next.gap && matches!(next.kind, Kind::Text));
        let before = at.checked_sub(1).map_or("", |before| self.text(before));
        if next.is_none() || !self.spaced || !piece.gap || above.description.is_empty() {
            return false;
        }
        let next = self.text(at + 1);
        let ends = closes_sentence(before) || before.ends_with(')');
        let begins = next.starts_with(char::is_uppercase) && next.contains(char::is_whitespace);
        let shaped = is_humped(word) || word.contains('_') || (ends && begins);
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && shaped
            && !before.ends_with([':', ',', ';'])
            && before.contains(char::is_whitespace)
    }

    fn means_something_else(&self, word: &str) -> bool {
        labels::marker(word).is_some()
            || labels::constraint(word).is_some()
            || labels::is_furniture(word)
            || labels::section(word).is_some()
            || is_literal(word)
            || read_type_line(word, Span::default()).is_some()
    }

    fn text(&self, at: usize) -> &'c str {
        self.pieces.get(at).map_or("", |piece| self.cx.slice(piece.range.clone()))
    }
}

/// Whether a line is one word that can be a name in code.
fn is_word(text: &str) -> bool {
    let first = text.chars().next().is_some_and(|c| c.is_ascii_alphabetic() || "_$@".contains(c));
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || "_-.$@[]{}".contains(c));
    first && plain && text.len() <= MAX_WORD && is_name(text, false)
}
