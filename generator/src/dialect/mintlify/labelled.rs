//! Takes off the labels that a converter has put before what the product prints without: `` Type: `string` ``,
//! `` Location: `header` `` below the name of a field.
//!
//! Enter at [`unlabel`]. A description can begin with the same words, so only the first lines below a name are looked at,
//! and the name has to stand below its field's anchor.

use std::ops::Range;

use super::{
    labels::{self, Marker},
    lines::{Kind, Piece},
    types::read_type_line,
};
use crate::{dialect::Context, source::Span};

/// What stands before the type.
pub(super) const TYPE: &str = "Type:";
/// What stands before the place where a parameter is sent.
pub(super) const LOCATION: &str = "Location:";
/// What stands before the default, as the product's own word does.
pub(super) const DEFAULT: &str = "Default:";

/// Shrinks the pieces to what stands behind their labels; the labels are added to `marks`.
pub(super) fn unlabel(cx: &Context<'_>, pieces: &mut [Piece], marks: &mut Vec<Range<usize>>) {
    let names: Vec<usize> = pieces
        .windows(3)
        .enumerate()
        .filter(|(_, window)| match window {
            [anchor, name, ty] => anchor.field_anchor().is_some() && is_line(name) && is_line(ty),
            _ => false,
        })
        .map(|(at, _)| at + 1)
        .collect();
    for name in names {
        let is_type = |text: &str| read_type_line(text, Span::default()).is_some() || titled(text).is_some();
        let Some(ty) = pieces.get_mut(name + 1) else { continue };
        if !take(cx, ty, TYPE, is_type, marks) {
            continue;
        }
        let is_place = |text: &str| {
            matches!(
                labels::marker(text),
                Some(Marker::Header | Marker::Query | Marker::Cookie | Marker::Elsewhere)
            )
        };
        if let Some(place) = pieces.get_mut(name + 2).filter(|piece| is_line(piece)) {
            take(cx, place, LOCATION, is_place, marks);
        }
    }
}

/// Takes a label off a piece, if what stands behind it is what the label says.
fn take(
    cx: &Context<'_>,
    piece: &mut Piece,
    label: &str,
    fits: impl Fn(&str) -> bool,
    marks: &mut Vec<Range<usize>>,
) -> bool {
    let text = cx.slice(piece.range.clone());
    if !text.strip_prefix(label).is_some_and(|rest| fits(rest.trim())) {
        return false;
    }
    let whole = piece.range.clone();
    piece.range = cx.trim(whole.start + label.len()..whole.end);
    if let Some(titled) = titled(cx.slice(piece.range.clone())) {
        piece.range = piece.range.start + titled.start..piece.range.start + titled.end;
    }
    marks.push(whole.start..piece.range.start);
    if piece.range.end < whole.end {
        marks.push(piece.range.end..whole.end);
    }
    true
}

/// Where a type stands in parentheses, behind the title of its schema: `` `Berth` (object[]) ``.
fn titled(text: &str) -> Option<Range<usize>> {
    let (title, rest) = text.split_once(" (")?;
    let ty = rest.strip_suffix(')')?;
    let word = title.trim_matches('`');
    if word.is_empty() || !word.chars().all(|c| c.is_alphanumeric() || c == '_') {
        return None;
    }
    let start = title.len() + " (".len();
    read_type_line(ty, Span::default())?;
    Some(start..start + ty.len())
}

fn is_line(piece: &Piece) -> bool {
    matches!(piece.kind, Kind::Text)
}
