//! The pieces of a section come in, drafts of its fields go out.
//!
//! Enter at [`scan`]. A field is a name line, a type line, markers, a description, constraint lines. In
//! the Markdown form an anchor stands before each; then nothing without an anchor is a field. A name, a
//! type, or both can be lost: then the constraints that do not fit the field before, or the text after
//! its constraints, show that another field stood there. Where a field begins is told by [`start`].
//!
//! Scanning changes nothing and claims nothing, so that a page can still be refused after it.

mod start;
mod variants;

use std::{collections::HashSet, ops::Range};

use self::{
    start::Start,
    variants::{is_listed, take_listed},
};
use super::{
    fits::fits,
    labels::{self, Constraint, Marker},
    lines::{Kind, Piece},
    responses::status_line,
    shapes::{clean, closes_sentence, is_literal, is_quoted},
    types::Printed,
    untyped::Words,
    words::OF_TYPE,
};
use crate::dialect::Context;

/// What is printed of one field.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    /// The identifier of its anchor.
    pub(super) anchor: String,
    /// Where the name stands; `None` where it was lost.
    pub(super) name: Option<Range<usize>>,
    /// The type and where it stands; `None` where it was lost.
    pub(super) ty: Option<(Printed, Range<usize>)>,
    /// Where a type stands that is not known.
    pub(super) unknown: Option<Range<usize>>,
    /// Whether it is marked as required.
    pub(super) required: bool,
    /// Whether it is marked as deprecated.
    pub(super) deprecated: bool,
    /// Where it is sent, if its markers say so.
    pub(super) location: Option<Marker<'static>>,
    /// Where the default stands, as it is written.
    pub(super) default: Option<Range<usize>>,
    /// The pieces of the description.
    pub(super) description: Vec<usize>,
    /// The names of its variants.
    pub(super) variants: Vec<Range<usize>>,
    /// Constraints with where their values stand.
    pub(super) constraints: Vec<(Constraint, Vec<Range<usize>>)>,
    /// Labels, markers and the like.
    pub(super) facts: Vec<Range<usize>>,
    /// The whole.
    pub(super) range: Range<usize>,
}

/// What a section holds.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// The pieces before the first field that are neither furniture nor part of one.
    pub(super) intro: Vec<usize>,
    /// The fields.
    pub(super) drafts: Vec<Draft>,
    /// What the page says of the type of the whole, below it: labels, constraints and where their values stand.
    pub(super) whole: Vec<(Range<usize>, Constraint, Vec<Range<usize>>)>,
    /// Samples among the fields.
    pub(super) samples: Vec<usize>,
    /// Furniture.
    pub(super) furniture: Vec<Range<usize>>,
}

impl Scan {
    /// How many fields have a name, and how many have lost it.
    pub(super) fn named_and_lost(&self) -> (usize, usize) {
        let named = self.drafts.iter().filter(|draft| draft.name.is_some()).count();
        (named, self.drafts.len() - named)
    }
}

/// Scans a section's pieces, the heading not among them. `described` says whether text before the first
/// field belongs to the section, as in bodies, or to a field whose name was lost; `shown` are the names that a sample has.
pub(super) fn scan(
    cx: &Context<'_>,
    pieces: &[Piece],
    described: bool,
    shown: Option<&HashSet<String>>,
) -> Scan {
    let anchored = pieces.iter().any(|piece| piece.field_anchor().is_some());
    let mut scanner = Scanner {
        cx,
        pieces,
        words: (!anchored).then(|| Words::new(cx, pieces, shown)),
        anchored,
        adjoined: false,
        described,
        lost: false,
        names: HashSet::new(),
        out: Scan::default(),
        current: None,
    };
    scanner.adjoined = scanner.types_adjoin();
    let mut at = 0;
    while let Some(piece) = pieces.get(at) {
        at = scanner.piece(at, piece);
    }
    scanner.close();
    scanner.out
}

struct Scanner<'a, 'c> {
    cx: &'a Context<'c>,
    pieces: &'a [Piece],
    /// What tells names without a type from prose; `None` where anchors do.
    words: Option<Words<'a, 'c>>,
    anchored: bool,
    /// Whether a field's type stands right below its name, with no blank line between.
    adjoined: bool,
    described: bool,
    /// Whether a field above has lost its name.
    lost: bool,
    /// The names of the fields above.
    names: HashSet<&'c str>,
    out: Scan,
    current: Option<Draft>,
}

impl<'c> Scanner<'_, 'c> {
    fn piece(&mut self, at: usize, piece: &Piece) -> usize {
        if let Some(start) = self.start(at) {
            return self.open(at, start);
        }
        if self.is_untyped(at) {
            return self.open(at, self.parted(at));
        }
        let text = self.text(at);
        match &piece.kind {
            Kind::Anchor(_) => self.out.furniture.push(piece.range.clone()),
            Kind::Json(_) | Kind::Curl(_) if self.current.is_none() => self.out.intro.push(at),
            Kind::Json(_) | Kind::Curl(_) => self.out.samples.push(at),
            Kind::Code => self.prose(at, piece),
            Kind::Text | Kind::Heading(_)
                if (labels::is_furniture(text) && !self.is_described_by_links(at)) || self.is_button(at) =>
            {
                self.out.furniture.push(piece.range.clone());
            }
            Kind::Text | Kind::Heading(_) => {
                if let Some((constraint, length)) = labels::constraint(text) {
                    return self.constraint(at, piece, constraint, length);
                }
                if let Some(draft) = self.current.as_mut().filter(|draft| is_listed(draft, text)) {
                    take_listed(draft, at, piece, text);
                    return at + 1;
                }
                self.prose(at, piece);
            }
        }
        at + 1
    }

    /// Whether a line among the fields is the button of a status, above the sample that a copy has put there.
    fn is_button(&self, at: usize) -> bool {
        const MAX_BUTTONS: usize = 16;
        let is_status = |at: usize| status_line(self.text(at)).is_some();
        let buttons = |&at: &usize| {
            let text = self.pieces.get(at).is_some_and(Piece::is_text);
            text && (is_status(at) || labels::is_furniture(self.text(at)))
        };
        let below = || (at + 1..at + MAX_BUTTONS).find(|at| !buttons(at)).and_then(|at| self.pieces.get(at));
        let above = || below().is_some_and(|next| matches!(next.kind, Kind::Json(_)));
        self.current.is_some() && is_status(at) && above()
    }

    /// Opens the field that starts at a piece, with its markers; gives the piece after.
    fn open(&mut self, at: usize, start: Start<'c>) -> usize {
        self.close();
        let range = self.pieces.get(at).map_or(0..0, |piece| piece.range.clone());
        let mut draft = Draft { range, ..Draft::default() };
        if let Some(anchor) = start.anchor.and_then(|anchor| self.pieces.get(anchor)) {
            self.out.furniture.push(anchor.range.clone());
            if let Kind::Anchor(id) = &anchor.kind {
                draft.anchor.clone_from(id);
            }
        }
        draft.name = start.name.and_then(|name| self.pieces.get(name)).map(|piece| piece.range.clone());
        self.names.extend(start.name.map(|name| self.text(name)));
        draft.unknown = start.unknown.and_then(|at| self.pieces.get(at)).map(|piece| piece.range.clone());
        if let Some((at, line)) = start.ty {
            let range = self.pieces.get(at).map_or(0..0, |piece| piece.range.clone());
            // The rest of a union that takes several lines.
            let lines = self.pieces.get(at + 1..start.next).into_iter().flatten();
            draft.facts.extend(lines.map(|piece| piece.range.clone()));
            for marker in line.markers {
                self.mark(&mut draft, marker);
            }
            draft.ty = Some((line.ty, range));
        }
        for mark in self.pieces.iter().skip(at + 1).take(start.marks) {
            draft.facts.push(mark.range.clone());
            if let Some(marker) = labels::marker(self.cx.slice(mark.range.clone())) {
                self.mark(&mut draft, marker);
            }
        }
        let mut next = start.next;
        while let Some(piece) = self.pieces.get(next).filter(|piece| matches!(piece.kind, Kind::Text)) {
            // A field can be called `header` or `required`.
            if self.start(next).is_some() {
                break;
            }
            let glued = self.pieces.get(next - 1).is_some_and(|before| before.range.end == piece.range.start);
            let marker = match labels::marker(self.text(next)) {
                Some(marker) => marker,
                // Run-on text keeps of a default only its back-ticks.
                None if glued && self.text(next).starts_with('`') => Marker::Default(clean(self.text(next))),
                None => break,
            };
            draft.facts.push(piece.range.clone());
            next += 1;
            let value = |below: &&Piece| !below.gap || (piece.gap && self.is_value(next));
            let below =
                self.pieces.get(next).filter(|below| matches!(below.kind, Kind::Text) && value(below));
            match (marker, below) {
                // The value can have a line of its own.
                (Marker::Default(""), Some(below)) if self.start(next).is_none() => {
                    draft.facts.push(below.range.clone());
                    self.mark(&mut draft, Marker::Default(clean(self.text(next))));
                    next += 1;
                }
                _ => self.mark(&mut draft, marker),
            }
        }
        self.current = Some(draft);
        next
    }

    /// Whether a line can be the value of a default, and is no description: a word that is no sentence, or what stands in quotes.
    fn is_value(&self, at: usize) -> bool {
        let text = self.text(at);
        is_quoted(text) || !(text.contains(char::is_whitespace) || closes_sentence(text))
    }

    fn mark(&self, draft: &mut Draft, marker: Marker<'c>) {
        match marker {
            Marker::Required => draft.required = true,
            Marker::Deprecated => draft.deprecated = true,
            Marker::Header => draft.location = Some(Marker::Header),
            Marker::Query => draft.location = Some(Marker::Query),
            Marker::Cookie => draft.location = Some(Marker::Cookie),
            Marker::Default(value) => draft.default = Some(self.place(value)),
            Marker::Elsewhere | Marker::Optional | Marker::Direction => {}
        }
    }

    /// Where a part of the text stands in it.
    fn place(&self, part: &str) -> Range<usize> {
        let start = (part.as_ptr() as usize).saturating_sub(self.cx.text().as_ptr() as usize);
        start..start + part.len()
    }

    /// A constraint's label, and its values; gives the piece after.
    fn constraint(&mut self, at: usize, piece: &Piece, constraint: Constraint, length: usize) -> usize {
        let rest = self.cx.trim(piece.range.start + length..piece.range.end);
        let label = piece.range.start..piece.range.start + length;
        let (values, next) = self.values(at + 1, rest, constraint);
        if self.current.is_none() && self.is_below_type_of_whole() {
            self.out.whole.push((label, constraint, values));
            return next;
        }
        let fits = self.current.as_ref().is_some_and(|draft| fits(self.cx, draft, constraint, &values));
        if !fits {
            self.split_lost();
        }
        let draft = self.current.get_or_insert_with(Draft::default);
        if draft.range.is_empty() {
            draft.range = label.clone();
        }
        draft.facts.push(label);
        draft.constraints.push((constraint, values));
        next
    }

    /// Whether the last line above says which type the whole body has; its full stop can have a line of its own.
    fn is_below_type_of_whole(&self) -> bool {
        let above = self.out.intro.iter().rev().take(2).map(|&at| self.text(at)).find(|text| *text != ".");
        above.is_some_and(|text| OF_TYPE.iter().any(|words| text.starts_with(words)))
    }

    /// Where a constraint's values stand, and the piece after them.
    fn values(
        &self,
        mut at: usize,
        rest: Range<usize>,
        constraint: Constraint,
    ) -> (Vec<Range<usize>>, usize) {
        let mut values = Vec::new();
        let many = matches!(constraint, Constraint::Options | Constraint::Examples);
        let mut open = true;
        if !rest.is_empty() {
            open = many && self.cx.slice(rest.clone()).ends_with(',');
            values.push(rest);
        }
        while let Some(piece) = self.pieces.get(at) {
            let value = match &piece.kind {
                Kind::Anchor(_) | Kind::Curl(_) | Kind::Heading(_) => break,
                Kind::Text => self.cx.slice(piece.range.clone()),
                // Options are words.
                _ if constraint == Constraint::Options => break,
                _ => "",
            };
            let more = constraint == Constraint::Examples && is_literal(value) && !values.is_empty();
            // In back-ticks, a word behind a comma is a value, though it could be a type: `file`.
            let ticked = open && value.starts_with('`');
            // Where values are in type of their own, a copy can put the commas between them before the next.
            // What goes on there in several words is prose.
            let one = |value: &str| is_quoted(value.trim()) || !value.trim().contains(char::is_whitespace);
            let continued = constraint == Constraint::Options
                && value.strip_prefix(',').is_some_and(|rest| rest.split(',').all(one));
            let ends = labels::constraint(value).is_some() || (!ticked && self.begins_field(at));
            if !(open || more || continued) || ends {
                break;
            }
            values.push(piece.range.clone());
            open = many && value.ends_with(',');
            at += 1;
        }
        (values, at)
    }

    /// Closes the current field and opens one that has lost its name and type. The last paragraph of the
    /// description belongs to it.
    fn split_lost(&mut self) {
        let from = match &mut self.current {
            Some(draft) if draft.constraints.is_empty() => Some(&mut draft.description),
            Some(_) => None,
            None => Some(&mut self.out.intro),
        };
        let mut description = Vec::new();
        if let Some(from) = from {
            while let Some(at) = from.pop_if(|at| self.pieces.get(*at).is_some_and(Piece::is_text)) {
                description.push(at);
                if self.pieces.get(at).is_some_and(|piece| piece.gap) {
                    break;
                }
            }
        }
        description.reverse();
        self.close();
        let range = description.first().and_then(|&at| self.pieces.get(at)).map(|piece| piece.range.clone());
        self.current = Some(Draft { description, range: range.unwrap_or_default(), ..Draft::default() });
    }

    /// A line of prose: a description, or what is left of a field.
    fn prose(&mut self, at: usize, piece: &Piece) {
        let after_constraints = self.current.as_ref().is_some_and(|draft| !draft.constraints.is_empty());
        if after_constraints && !self.anchored {
            self.split_lost();
        }
        match &mut self.current {
            Some(draft) => {
                if draft.range.is_empty() {
                    draft.range = piece.range.clone();
                }
                draft.description.push(at);
            }
            None if self.described => self.out.intro.push(at),
            None => {
                let range = piece.range.clone();
                self.current = Some(Draft { description: vec![at], range, ..Draft::default() });
            }
        }
    }

    fn close(&mut self) {
        let Some(mut draft) = self.current.take() else { return };
        let last = draft.description.last().and_then(|&at| self.pieces.get(at)).map(|piece| piece.range.end);
        let variant = draft.variants.last().map(|variant| variant.end);
        let ends =
            [draft.ty.as_ref().map(|(_, range)| range.end), last, draft.facts.last().map(|f| f.end), variant];
        let values = draft.constraints.iter().flat_map(|(_, values)| values).map(|range| range.end).max();
        let end = ends.into_iter().flatten().chain(values).max().unwrap_or(draft.range.end);
        draft.range.end = end.max(draft.range.end);
        self.lost |= draft.name.is_none();
        self.out.drafts.push(draft);
    }

    fn text(&self, at: usize) -> &'c str {
        self.pieces.get(at).map_or("", |piece| self.cx.slice(piece.range.clone()))
    }
}
