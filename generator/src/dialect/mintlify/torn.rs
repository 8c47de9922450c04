//! Pieces come in whose parts a copy has put on lines of their own; they go out whole.
//!
//! Enter at [`mend`]. Where parts of a line are in type of their own, a copy can break the line at each: a label stands above
//! its colon, the names of what a field stands in above its own, `Show` above `child attributes`.

use super::{
    labels,
    lines::{Kind, Piece},
    shapes::is_name,
    types::read_type_line,
};
use crate::{dialect::Context, source::Span};

/// The longest part of a line, in bytes.
const MAX_PART: usize = 200;

/// Joins the parts of lines.
pub(super) fn mend(cx: &Context<'_>, pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    let mut pieces = pieces.into_iter().peekable();
    let text = |piece: &Piece| cx.slice(piece.range.clone());
    while let Some(mut piece) = pieces.next() {
        let marked = out.last().is_some_and(|last| matches!(last.kind, Kind::Anchor(_)));
        while let Some(next) = pieces.peek()
            && matches!((&piece.kind, &next.kind), (Kind::Text, Kind::Text))
            && !next.gap
            && (heads(text(&piece), text(next)) || (marked && qualifies(text(&piece), text(next))))
        {
            piece.range.end = next.range.end;
            pieces.next();
        }
        out.push(piece);
    }
    out
}

/// Whether a line is the beginning of what the next ends: a label and its colon, a button and what it shows.
fn heads(line: &str, next: &str) -> bool {
    let labels =
        || labels::constraint(&format!("{line}:")).is_some_and(|(_, length)| length == line.len() + 1);
    match next {
        ":" | "：" => line.len() <= MAX_PART && !line.contains(':') && labels(),
        "child attributes" => matches!(line, "Show" | "Hide"),
        _ => false,
    }
}

/// Whether a line is the names of what the field of the next stands in: `slots.`, with the mark of a field before it.
fn qualifies(line: &str, next: &str) -> bool {
    let own = line.rsplit('\n').next().unwrap_or(line).strip_suffix('.');
    let word =
        |name: &str| name.len() <= MAX_PART && !name.contains(char::is_whitespace) && is_name(name, false);
    own.is_some_and(word)
        && word(next.strip_suffix('.').unwrap_or(next))
        && read_type_line(next, Span::default()).is_none()
}
