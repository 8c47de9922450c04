//! Where a field begins: its anchor, its name above a type or a marker, or a type whose name was lost.
//!
//! Enter at [`Scanner::start`] and [`Scanner::is_untyped`].

use super::Scanner;
use crate::{
    dialect::mintlify::{
        labels::{self, Marker},
        lines::Kind,
        shapes::{MAX_NAME, is_name},
        types::{Printed, TypeLine, read_type_line},
    },
    model::Schema,
};

/// How many lines that could be types are looked at to tell names among them: fields called like types.
const MAX_TYPES: usize = 9;

/// The most markers that a name can have glued to it.
const MAX_MARKS: usize = 4;

/// Where a field starts and what of its head is there.
#[derive(Default)]
pub(super) struct Start<'a> {
    pub(super) name: Option<usize>,
    pub(super) ty: Option<(usize, TypeLine<'a>)>,
    /// The piece that is a type which is not known.
    pub(super) unknown: Option<usize>,
    pub(super) anchor: Option<usize>,
    /// How many markers stand between name and type.
    pub(super) marks: usize,
    /// The piece after.
    pub(super) next: usize,
}

impl<'c> Scanner<'_, 'c> {
    /// Whether a piece is the name of a field that has no type. Where names are lost, words are rather what is left.
    pub(super) fn is_untyped(&self, at: usize) -> bool {
        let (Some(words), Some(above)) = (&self.words, &self.current) else { return false };
        let first = !self.lost && above.name.is_some() && !self.names.contains(self.text(at));
        first && words.is_name(at, above)
    }

    /// Whether a line of nothing but links describes the field above it: menus stand behind the last.
    pub(super) fn is_described_by_links(&self, at: usize) -> bool {
        const REACH: usize = 16;
        let bare =
            self.current.as_ref().is_some_and(|draft| draft.name.is_some() && draft.description.is_empty());
        bare && labels::is_links(self.text(at)) && (at + 1..at + REACH).any(|next| self.start(next).is_some())
    }

    /// The field of a name that no type stands right below; one can stand below a blank line.
    pub(super) fn parted(&self, at: usize) -> Start<'c> {
        let ty = self.type_line(at + 1).map(|line| (at + 1, line));
        let next = at + 1 + usize::from(ty.is_some());
        Start { name: Some(at), ty, next, ..Start::default() }
    }

    /// The field that starts at a piece.
    pub(super) fn start(&self, at: usize) -> Option<Start<'c>> {
        let piece = self.pieces.get(at)?;
        if let Kind::Anchor(id) = &piece.kind {
            return self.anchored_start(at, id);
        }
        if self.anchored || !piece.is_text() {
            return None;
        }
        let text = self.text(at);
        let next = self.pieces.get(at + 1).filter(|next| matches!(next.kind, Kind::Text));
        let adjoins = next.is_some_and(|next| !next.gap);
        if next.is_some() && labels::constraint(text).is_none() && is_name(text, adjoins) {
            let named = Start { name: Some(at), ..Start::default() };
            let heads = (adjoins || !self.adjoined) && self.heads_types(at);
            if let Some(line) = self.type_line(at + 1).filter(|_| heads) {
                let (line, next) = match self.repeated_union(at + 1) {
                    Some(union) => (union, at + 4),
                    None => (line, at + 2),
                };
                return Some(Start { ty: Some((at + 1, line)), next, ..named });
            }
            if let Some(line) = self.broken_union(at + 1).filter(|_| adjoins && self.type_line(at).is_none())
            {
                return Some(Start { ty: Some((at + 1, line)), next: at + 3, ..named });
            }
            let marks = self.glued_markers(at);
            if marks > 0
                && let Some(line) = self.type_line(at + 1 + marks)
            {
                return Some(Start {
                    ty: Some((at + 1 + marks, line)),
                    marks,
                    next: at + 2 + marks,
                    ..named
                });
            }
            if self.heads_unknown_type(at) {
                return Some(Start { unknown: Some(at + 1), next: at + 2, ..named });
            }
            let marked = adjoins && matches!(labels::marker(self.text(at + 1)), Some(Marker::Required));
            // With a type below it, the word is a field's name.
            let marked = marked && self.type_line(at + 2).is_none();
            if marked && self.type_line(at).is_none() && labels::marker(text).is_none() {
                return Some(Start { next: at + 1, ..named });
            }
        }
        // A type on its own: its name was lost.
        let line = self.type_line(at).filter(|_| piece.gap || at == 0)?;
        Some(Start { ty: Some((at, line)), next: at + 1, ..Start::default() })
    }

    fn anchored_start(&self, at: usize, id: &str) -> Option<Start<'c>> {
        let first = at + 1;
        let piece = self.pieces.get(first).filter(|piece| matches!(piece.kind, Kind::Text))?;
        let text = self.cx.slice(piece.range.clone());
        let start = |name, ty, next| Some(Start { name, ty, anchor: Some(at), next, ..Start::default() });
        if let Some(line) = self.broken_union(first + 1).filter(|_| is_name(text, true)) {
            return start(Some(first), Some((first + 1, line)), first + 3);
        }
        if let Some(line) = self.type_line(first + 1).filter(|_| text.len() <= MAX_NAME) {
            return start(Some(first), Some((first + 1, line)), first + 2);
        }
        if let Some(line) = self.type_line(first) {
            return start(None, Some((first, line)), first + 1);
        }
        if is_name(text, false) {
            return start(Some(first), None, first + 1);
        }
        // An anchor that belongs to a field, and prose: name and type were lost.
        labels::is_field_anchor(id).then(|| start(None, None, first))?
    }

    /// Whether a word on a line of its own is a name, and the next the type, which is not known: `required` below says so.
    /// A word below a field that has no description yet is rather that.
    fn heads_unknown_type(&self, at: usize) -> bool {
        let word = |at: usize| {
            let text = self.text(at);
            let own = self.pieces.get(at).is_some_and(|piece| matches!(piece.kind, Kind::Text));
            let plain = !text.contains(char::is_whitespace) && is_name(text, false);
            own && plain
                && self.type_line(at).is_none()
                && labels::marker(text).is_none()
                && labels::constraint(text).is_none()
                && !labels::is_furniture(text)
        };
        let described = self.current.as_ref().is_none_or(|draft| !draft.description.is_empty());
        let begins = at == 0 || self.pieces.get(at).is_some_and(|piece| piece.gap);
        described
            && begins
            && word(at)
            && word(at + 1)
            && matches!(labels::marker(self.text(at + 2)), Some(Marker::Required))
            && self.type_line(at + 3).is_none()
    }

    /// The union whose first alternative, one of several itself, stands before the second and again behind it: the choice,
    /// and what is chosen. A plain type can stand so above a field that is called like one, and its type.
    fn repeated_union(&self, at: usize) -> Option<TypeLine<'c>> {
        if !self.text(at).starts_with('(') {
            return None;
        }
        let (first, second) = (self.type_line(at)?, self.type_line(at + 1)?);
        if self.text(at) != self.text(at + 2) || self.text(at) == self.text(at + 1) {
            return None;
        }
        Some(self.either(at, first, second))
    }

    /// The union whose two alternatives have a line each: the first is none that a field is called like.
    fn broken_union(&self, at: usize) -> Option<TypeLine<'c>> {
        const UNLIKELY_NAMES: [&str; 4] = ["string", "integer", "number", "boolean"];
        let first = self.text(at);
        let is_type = first.contains(['<', '[', '|']) || UNLIKELY_NAMES.contains(&first);
        let adjoins = self.pieces.get(at + 1).is_some_and(|next| !next.gap);
        if !is_type || !adjoins || first == self.text(at + 1) || self.type_line(at + 2).is_some() {
            return None;
        }
        let (first, second) = (self.type_line(at)?, self.type_line(at + 1)?);
        first.markers.is_empty().then(|| self.either(at, first, second))
    }

    /// The union of two alternatives, which stands at a piece.
    fn either(&self, at: usize, first: TypeLine<'c>, second: TypeLine<'c>) -> TypeLine<'c> {
        let span = self.pieces.get(at).map(|piece| self.cx.span(piece.range.clone())).unwrap_or_default();
        let schema = Schema::one_of(vec![first.ty.schema, second.ty.schema], span);
        let enumeration = first.ty.enumeration.or(second.ty.enumeration);
        TypeLine { ty: Printed { schema, enumeration }, markers: second.markers }
    }

    /// How many markers are glued to a name.
    fn glued_markers(&self, at: usize) -> usize {
        let glued = |next: &usize| {
            let (Some(before), Some(piece)) = (self.pieces.get(next - 1), self.pieces.get(*next)) else {
                return false;
            };
            before.range.end == piece.range.start && labels::marker(self.text(*next)).is_some()
        };
        (at + 1..=at + MAX_MARKS).take_while(glued).count()
    }

    /// Whether most types stand right below another line.
    pub(super) fn types_adjoin(&self) -> bool {
        let types = (0..self.pieces.len()).filter(|&at| self.type_line(at).is_some());
        let (parted, adjoined): (Vec<_>, Vec<_>) =
            types.partition(|&at| self.pieces.get(at).is_some_and(|piece| piece.gap));
        adjoined.len() > parted.len()
    }

    /// Whether the types below a line leave one for it: `Found`, `file`, `string` is a word and the field
    /// `file`, while `id`, `string`, `file`, `string` are two fields.
    fn heads_types(&self, at: usize) -> bool {
        if self.type_line(at).is_some() {
            return true;
        }
        let gap = |at: usize| self.pieces.get(at).is_some_and(|piece| piece.gap);
        let parted = gap(at + 1);
        let goes_on =
            |next: &usize| (parted || *next == at + 1 || !gap(*next)) && self.type_line(*next).is_some();
        let types = (at + 1..=at + MAX_TYPES).take_while(goes_on).count();
        types % 2 == 1
    }

    fn type_line(&self, at: usize) -> Option<TypeLine<'c>> {
        let piece = self.pieces.get(at).filter(|piece| matches!(piece.kind, Kind::Text))?;
        read_type_line(self.cx.slice(piece.range.clone()), self.cx.span(piece.range.clone()))
    }

    /// Whether a field begins where one more value could stand: not where what would be its type is the
    /// name of a field with a type of its own, such as `object` or `file`.
    pub(super) fn begins_field(&self, at: usize) -> bool {
        let whole = |start: &Start<'_>| start.name.is_some() && start.ty.is_some();
        match self.start(at) {
            Some(start) if whole(&start) => !self.start(at + 1).as_ref().is_some_and(whole),
            start => start.is_some(),
        }
    }
}
