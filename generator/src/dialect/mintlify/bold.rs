//! Takes off the marks of bold type on pages where a converter has put them around nearly every line.
//!
//! Enter at [`unbold`]. Where few lines have them, they are a vendor's own, and stay.

use std::ops::Range;

use super::lines::{Kind, Piece};
use crate::dialect::Context;

const MARK: &str = "**";

/// Shrinks the pieces of a page all in bold type to what stands between the marks, which are added to `marks`.
pub(super) fn unbold(cx: &Context<'_>, pieces: &mut [Piece], marks: &mut Vec<Range<usize>>) {
    let lines = || pieces.iter().filter(|piece| piece.is_text());
    let bold = lines().filter(|piece| inner(cx, piece).is_some()).count();
    // Code has none.
    if bold < 2 || 4 * bold < 3 * lines().count() {
        return;
    }
    for piece in pieces.iter_mut().filter(|piece| piece.is_text()) {
        let Some(inner) = inner(cx, piece) else { continue };
        marks.extend([piece.range.start..inner.start, inner.end..piece.range.end]);
        piece.range = inner;
    }
}

/// What stands between the marks around a whole line.
pub(super) fn inner(cx: &Context<'_>, piece: &Piece) -> Option<Range<usize>> {
    if !matches!(piece.kind, Kind::Text | Kind::Heading(_)) {
        return None;
    }
    let text = cx.slice(piece.range.clone()).strip_prefix(MARK)?.strip_suffix(MARK)?;
    let plain = !text.is_empty() && !text.contains(MARK);
    plain.then_some(piece.range.start + MARK.len()..piece.range.end - MARK.len())
}
