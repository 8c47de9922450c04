//! Words before a type that begin like the marker of the field above: `requiredScopes`.
//!
//! That is a name, or the marker glued to a name. The samples tell which where they show either ([`told`]); else it counts
//! whether the page glues its markers elsewhere, to what cannot be part of a name.

use std::collections::HashSet;

use memchr::memmem;
use serde_json::Value;

use super::{
    glue::leading_markers,
    lines::{Kind, Piece},
    types::read_type_line,
};
use crate::source::Span;

/// The marker that names stand behind.
pub(super) const REQUIRED: &str = "required";
/// How deep members are looked for in samples.
const MAX_DEPTH: usize = 8;

/// What stands behind the marker in a word that could be a name as a whole.
pub(super) fn behind_marker(word: &str) -> Option<&str> {
    let rest = word.strip_prefix(REQUIRED)?;
    let plain = rest.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    // No name in camel case has a hyphen.
    let header = rest.contains('-') && rest.starts_with(char::is_uppercase);
    (plain && !header && rest.starts_with(char::is_alphanumeric)).then_some(rest)
}

/// Whether samples tell that a marker is glued to a name: they show the name alone, or the whole word.
pub(super) fn told(shown: &HashSet<String>, word: &str, name: &str) -> Option<bool> {
    if shown.contains(word) { Some(false) } else { shown.contains(name).then_some(true) }
}

/// Where to cut a word whose markers end at `cuts`: a name can begin with a marker's word too, `requireddeprecated_by`.
pub(super) fn cuts(word: &str, name: &str, cuts: Vec<usize>) -> Vec<usize> {
    let rest = cuts.last().and_then(|&last| word.get(last..)).unwrap_or_default();
    if rest.starts_with(char::is_alphanumeric) { cuts } else { vec![word.len() - name.len()] }
}

/// Whether markers stand glued to what is no name in a text without line breaks: behind a type, and before no other.
pub(super) fn are_glued(text: &str) -> bool {
    const MAX_WORD: usize = 64;
    let is_type = |word: Option<&str>| {
        word.is_some_and(|word| word.len() <= MAX_WORD && read_type_line(word, Span::default()).is_some())
    };
    memmem::find_iter(text.as_bytes(), REQUIRED).any(|at| {
        let near = floor(text, at.saturating_sub(2 * MAX_WORD))..floor(text, at + 2 * MAX_WORD);
        let before = text.get(near.start..at).unwrap_or_default();
        let start = before.trim_end_matches(|c: char| !c.is_whitespace()).len();
        let (above, markers) = before.split_at_checked(start).unwrap_or_default();
        let mut behind =
            text.get(at + REQUIRED.len()..near.end).unwrap_or_default().split(char::is_whitespace);
        let glued = behind.next().is_some_and(|rest| rest.starts_with(char::is_uppercase));
        glued
            && (markers.is_empty() || leading_markers(markers).last() == Some(&markers.len()))
            && is_type(above.split_whitespace().next_back())
            && !is_type(behind.find(|word| !word.is_empty()))
    })
}

/// The boundary of a character at or before an offset.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The names of the members that a page's samples show.
pub(super) fn shown(pieces: &[Piece]) -> HashSet<String> {
    let mut names = HashSet::new();
    for piece in pieces {
        match &piece.kind {
            Kind::Json(value) => collect(value, 0, &mut names),
            Kind::Curl(command) => match command.json() {
                Some(value) => collect(&value, 0, &mut names),
                None => names.extend(command.members()),
            },
            _ => {}
        }
    }
    names
}

fn collect(value: &Value, depth: usize, names: &mut HashSet<String>) {
    match value {
        Value::Object(members) if depth < MAX_DEPTH => {
            for (name, value) in members {
                names.insert(name.clone());
                collect(value, depth + 1, names);
            }
        }
        Value::Array(items) if depth < MAX_DEPTH => {
            items.iter().take(16).for_each(|item| collect(item, depth + 1, names));
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_can_begin_with_the_word_of_a_marker() {
        assert_eq!(behind_marker("requiredScopes"), Some("Scopes"));
        assert_eq!(behind_marker("requiredversion_id"), Some("version_id"));
        for word in
            ["required_by", "required", "requiredX-Key", "requiredThe tide", "required(deprecated)", ""]
        {
            assert_eq!(behind_marker(word), None, "{word}");
        }
    }

    #[test]
    fn a_name_can_begin_like_two_markers() {
        let cut = |word: &str| {
            let name = behind_marker(word).unwrap_or_default();
            cuts(word, name, leading_markers(word))
        };
        assert_eq!(cut("requiredweight"), [8]);
        assert_eq!(cut("requireddeprecated_by"), [8]);
        assert_eq!(cut("requireddeprecatedweight"), [8, 18]);
    }

    #[test]
    fn markers_are_glued_to_headings_and_labels() {
        for text in ["X-Key string headerrequiredResponse 200", "tone string requiredAvailable options: low"]
        {
            assert!(are_glued(text), "{text}");
        }
        for text in
            ["names string requiredScopes string[]", "string required Response", "the requiredScopes of it"]
        {
            assert!(!are_glued(text), "{text}");
        }
    }

    #[test]
    fn samples_tell_names() {
        let shown = HashSet::from(["requiredScopes".to_owned(), "weight".to_owned()]);
        assert_eq!(told(&shown, "requiredScopes", "Scopes"), Some(false));
        assert_eq!(told(&shown, "requiredweight", "weight"), Some(true));
        assert_eq!(told(&shown, "requiredtone", "tone"), None);
    }
}
