//! Where a field begins among the words of a flat page.
//!
//! Enter at [`Flat::field`] and [`Flat::lost_field`]. A field is a name, a type, markers, as the product prints them; prose can
//! hold the same words. What tells them apart is what stands before the name, what follows the type, whether a sample shows the
//! name, and whether name and type have forms that prose does not have.
//!
//! Invariant: only a bounded stretch is looked at, so that all places together cost linear time.

use super::{
    lexer::{Flat, Kind},
    prose::{goes_before_type, goes_behind_type, is_preposition, leads_on},
    types::Field,
};
use crate::dialect::mintlify::{
    labels::{self, Constraint, Marker},
    shapes::{closes_sentence, is_humped, is_name},
};

/// What stands before a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// The head of a section.
    Head,
    /// The type of a field, or its markers: a description can follow.
    Type,
    /// The value of a label: no description can follow.
    Value,
    /// A sentence that ends.
    Sentence,
    /// Anything else.
    Prose,
}

/// Words for types that prose has too.
const VAGUE: [&str; 6] = ["any", "file", "null", "object", "array", "number"];

impl Flat<'_> {
    /// Whether the sentence before a word goes on with it.
    pub(super) fn is_led_to(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1).map(|before| self.plain(before)) else { return false };
        before.ends_with(',') || matches!(before, "•" | "*" | "-") || leads_on(before)
    }

    /// Whether a word begins like a sentence, or is none.
    pub(super) fn is_fresh(&self, at: usize) -> bool {
        match self.kind(at) {
            Some(Kind::Text) => {}
            _ => return true,
        }
        let begins =
            |c: char| c.is_uppercase() || c.is_ascii_digit() || !c.is_ascii() || "`\"'([<*-•$/#".contains(c);
        self.word(at).starts_with(begins)
    }

    /// Whether something of the product's own begins at a word: a label, a heading, a field by its looks.
    pub(super) fn begins(&self, at: usize) -> bool {
        let looks = || {
            let word = self.plain(at);
            let field = self.typed(at + 1).filter(|_| self.can_be_name(at));
            field.is_some_and(|field| !goes_before_type(word) || !field.markers.is_empty())
        };
        self.kind(at).is_none()
            || self.label(at).is_some()
            || self.furniture(at) > 0
            || self.heading(at).is_some()
            || looks()
    }

    /// Whether a sample shows a word as a name, or it has the form of names that no title has.
    fn is_named(&self, at: usize) -> bool {
        let word = self.plain(at);
        let lower = word.starts_with(|c: char| c.is_ascii_lowercase());
        self.known.contains(word) || (lower && is_code(word))
    }

    fn can_be_name(&self, at: usize) -> bool {
        let word = self.plain(at);
        // No name has a type's form: `enum<string>` is one of several alternatives.
        let is_type = word.contains('<') && self.type_end(at).is_some();
        !word.is_empty()
            && !is_type
            && is_name(word, false)
            && !word.contains(['"', '`', '(', ')', '|'])
            && labels::marker(word).is_none_or(|marker| !matches!(marker, Marker::Default(_)))
            && !word.bytes().all(|b| b.is_ascii_digit())
    }

    /// The field that begins at a word.
    pub(super) fn field(&self, at: usize, before: Before) -> Option<Field> {
        if !self.can_be_name(at) || (before == Before::Prose && self.is_led_to(at)) {
            return None;
        }
        let name = self.plain(at);
        let known = self.known.contains(name);
        // What prose compounds looks like code: `a phone-like object`.
        let code = is_code(name) && !(before == Before::Prose && is_compound(name));
        let lower = name.starts_with(|c: char| c.is_ascii_lowercase());
        // A title's first words look like a name, and the words before a name like it.
        let title = if self.type_end(at + 1).is_none() { self.title_end(at + 1) } else { None };
        if let Some(ty) = title.filter(|_| before != Before::Value) {
            let title = at + 1..ty.saturating_sub(1);
            let last = title.end.saturating_sub(1);
            if title.clone().any(|next| next < last && self.is_named(next)) {
                return None;
            }
            let single = title.len() <= 1;
            if !(known || code || single || lower) {
                return None;
            }
        }
        let titled = title.is_some();
        let Some(field) = self.typed(at + 1) else { return self.untyped(at, before) };
        // `response file File · object`: what could be a type is the name of the field whose type follows.
        if !known && self.known.contains(self.plain(at + 1)) && self.typed(at + 2).is_some() {
            return None;
        }
        let ty = self.between(field.ty, field.markers.first().copied().unwrap_or(field.end));
        let shaped = ty.contains(['<', '[', '|', '·']) || titled;
        let marked = !field.markers.is_empty();
        let fresh = self.is_fresh(field.end) || self.begins(field.end);
        let common = goes_before_type(name) || goes_before_type(&name.to_ascii_lowercase());
        // No sentence has `integer<int64>` or a bar in it.
        let evident = ty.contains(['<', '|']);
        let vague = VAGUE.contains(&ty);
        let is = match before {
            _ if fresh && ty.contains('<') && is_preposition(name) => true,
            Before::Head if vague && !(lower || code || known || marked || shaped) => false,
            Before::Head => {
                known
                    || (marked && fresh)
                    || (!common && (fresh || code || marked || shaped || (lower && !vague)))
            }
            Before::Value => known || !common || (fresh && marked),
            Before::Type if !(lower || code || known || marked || shaped) => {
                !vague
                    && !common
                    && self.typed(field.end + 1).is_none()
                    && self.ends_sentence(field.end, vague)
            }
            Before::Type if common && !known => marked && fresh,
            Before::Type => fresh || known || (code && (marked || shaped)),
            Before::Sentence => {
                known || (!common && ((fresh && (lower || code || marked || shaped)) || code))
            }
            Before::Prose if known || code || ((marked || shaped) && !common) => {
                fresh || (evident && (lower || code))
            }
            Before::Prose => !common && lower && !is_compound(name) && self.ends_sentence(field.end, vague),
        };
        is.then_some(field)
    }

    /// The header that begins at a word of the section of headers, though its name has the form of what prose compounds.
    pub(super) fn header(&self, at: usize, before: Before) -> Option<Field> {
        let named = is_compound(self.plain(at)) && !(before == Before::Prose && self.is_led_to(at));
        let field = self.typed(at + 1).filter(|_| named && self.can_be_name(at))?;
        (self.is_fresh(field.end) || self.begins(field.end)).then_some(field)
    }

    /// A field whose type was lost, or is not known, with the marker that it is required.
    fn untyped(&self, at: usize, before: Before) -> Option<Field> {
        let lost = self.plain(at + 1) == "required";
        let marker = if lost { at + 1 } else { at + 2 };
        let unknown = || self.can_be_name(at + 1) && self.plain(at + 1).starts_with(char::is_uppercase);
        let name = self.plain(at);
        // No sentence has such a word before the marker.
        let evident = lost && is_identifier(name);
        let begins = evident || matches!(before, Before::Head | Before::Value | Before::Sentence);
        let described = self.plain(marker + 1).starts_with(char::is_uppercase)
            || self.kind(marker + 1).is_none()
            || (evident && self.begins(marker + 1));
        let own = evident
            || self.known.contains(name)
            || (before != Before::Sentence && name.starts_with(|c: char| c.is_ascii_lowercase()));
        let is = begins
            && described
            && own
            && self.plain(marker) == "required"
            && !goes_before_type(name)
            && (lost || unknown());
        is.then(|| Field { ty: at + 1, markers: vec![marker], end: marker + 1 })
    }

    /// Whether a word is the name of a field without a type: a sample shows it, and it stands between two sentences.
    pub(super) fn stands_alone(&self, at: usize, before: Before) -> bool {
        let name = self.plain(at);
        let lower = |at: usize| self.plain(at).starts_with(|c: char| c.is_ascii_lowercase());
        let ended = at.checked_sub(1).is_some_and(|before| closes_sentence(self.word(before)));
        before == Before::Sentence
            && ended
            && (self.known.contains(name) || is_code(name))
            && self.can_be_name(at)
            && !goes_before_type(name)
            && lower(at)
            && self.plain(at + 1).starts_with(char::is_uppercase)
            && lower(at + 2)
    }

    /// A field in prose whose description begins like prose: its name is one that samples show or that has the form of code, and
    /// what follows the type is nothing that goes on with it in a sentence. Prose repeats names: ask once for each.
    pub(super) fn mentioned(&self, at: usize) -> Option<Field> {
        let name = self.plain(at);
        let code = is_code(name) && !is_compound(name);
        let told = (self.known.contains(name) || code) && self.can_be_name(at) && !goes_before_type(name);
        let before = at.checked_sub(1).map_or("", |before| self.plain(before));
        if !told
            || self.is_led_to(at)
            || before.ends_with(':')
            || goes_before_type(before)
            || self.type_end(at + 1).is_none()
        {
            return None;
        }
        let field = self.typed(at + 1)?;
        let vague = VAGUE.contains(&self.plain(at + 1)) && !code;
        let next = self.plain(field.end);
        let described =
            !vague && !next.is_empty() && !goes_behind_type(next) && !next.starts_with([',', ';', ')']);
        (described || !field.markers.is_empty()).then_some(field)
    }

    /// Whether nothing goes on behind a word for a type in prose: a description begins, or, behind a word that no sentence
    /// ends in, a label.
    fn ends_sentence(&self, at: usize, vague: bool) -> bool {
        let label = self.label(at).map(|(constraint, _)| constraint);
        match label {
            Some(Constraint::Example | Constraint::Examples) => false,
            Some(_) => !vague,
            None => {
                let word = self.plain(at);
                let field =
                    self.typed(at + 1).filter(|field| self.is_fresh(field.end) || self.begins(field.end));
                match field {
                    // The next field, if its name cannot be a word of prose.
                    Some(field) => {
                        let marked = !field.markers.is_empty() && !goes_before_type(word);
                        !vague && (is_code(word) || marked || self.known.contains(word))
                    }
                    None => word.starts_with(char::is_uppercase),
                }
            }
        }
    }

    /// The field that begins with its type, because its name was lost.
    pub(super) fn lost_field(&self, at: usize, before: Before) -> Option<Field> {
        if !matches!(before, Before::Head | Before::Value | Before::Sentence) {
            return None;
        }
        let field = self.type_end(at).and_then(|_| self.typed(at))?;
        let marked = !field.markers.is_empty();
        let ty = self.plain(at);
        let certain = marked || ty.contains(['<', '[']) || matches!(ty, "string" | "integer" | "boolean");
        (certain && (self.is_fresh(field.end) || self.begins(field.end))).then_some(field)
    }
}

/// Whether a word is an identifier of several words, as no sentence has.
fn is_identifier(name: &str) -> bool {
    let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    plain && (name.contains('_') || is_humped(name))
}

/// Whether a word is of lower-case words with hyphens, as prose has too.
fn is_compound(name: &str) -> bool {
    name.contains('-') && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
}

/// Whether a word has the shape of names in code.
pub(super) fn is_code(name: &str) -> bool {
    // A full stop that a sentence's first word is glued to is none of a name's.
    let behind = name.get(1..).unwrap_or_default();
    let mut dots = behind.match_indices('.').filter_map(|(at, _)| behind.get(at + 1..));
    is_humped(name)
        || name.contains(['_', '{', '$', '@', '['])
        || behind.contains('-')
        || dots.any(|next| !next.starts_with(char::is_uppercase))
}
