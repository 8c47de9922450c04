//! What of a page's frame a copy has kept in its head: menus, and the form to send a request with.

use std::ops::Range;

use crate::{
    dialect::{
        Context,
        mintlify::{
            endpoint::Found,
            labels,
            lines::{Kind, Piece},
            words::SEARCH,
        },
    },
    model::HttpMethod,
};

/// The button of the form to send a request with.
const SEND: &str = "Send";

/// Where the menus end that a copy has kept: with the box to search in among them, no prose stands before the
/// first sample, which stands before the method.
pub(super) fn end(cx: &Context<'_>, pieces: &[Piece], found: &Found) -> usize {
    let command = pieces.iter().position(|piece| matches!(piece.kind, Kind::Curl(_)));
    let Some(command) = command.filter(|&at| at < found.pieces.start) else { return 0 };
    let before = pieces.get(..command).unwrap_or_default();
    let searches = |piece: &Piece| SEARCH.iter().any(|word| cx.slice(piece.range.clone()).contains(word));
    if before.iter().any(|piece| piece.is_text() && searches(piece)) { command } else { 0 }
}

/// The menu that a copy has kept, above the method: its links begin with a badge, the method on a line of its own.
pub(super) fn menu(cx: &Context<'_>, pieces: &[Piece], found: &Found) -> Range<usize> {
    const MARKS: [&str; 3] = ["* ", "- ", "+ "];
    let before = pieces.get(..found.pieces.start).unwrap_or_default();
    let text = |piece: &Piece| cx.slice(piece.range.clone());
    let is_badge = |piece: &Piece| {
        let badge = text(piece).trim_start_matches(['*', '-', '+', ' ']).strip_prefix('[');
        piece.is_text() && badge.is_some_and(is_badged)
    };
    let of_menu = |piece: &Piece| {
        let text = text(piece);
        // The rest of a badge's link.
        let label = text.strip_suffix(')').and_then(|text| text.split_once("](")).map(|(label, _)| label);
        let link = label.is_some_and(|label| !label.contains('['));
        let item = MARKS.iter().any(|mark| text.starts_with(mark));
        let heading = matches!(piece.kind, Kind::Heading(_));
        is_badge(piece) || (piece.is_text() && (heading || item || link || labels::is_furniture(text)))
    };
    let Some(first) = before.iter().position(is_badge) else { return 0..0 };
    let start = before.iter().take(first).rposition(|piece| !of_menu(piece)).map_or(0, |at| at + 1);
    let length = before.iter().skip(first).take_while(|piece| of_menu(piece)).count();
    start..first + length
}

/// Whether the words of a link begin with the badge of a method, alone or with the title glued to it: `GETList piers`.
fn is_badged(words: &str) -> bool {
    let method = words.bytes().take_while(u8::is_ascii_uppercase).count();
    let is = |length: usize| {
        words.get(..length).is_some_and(|word| word == "DEL" || word.parse::<HttpMethod>().is_ok())
    };
    // The title's own capital is not among them.
    (method == words.len() && is(method)) || (words.contains("](") && method.checked_sub(1).is_some_and(is))
}

/// The form to send a request with, which an older layout has below the path: its fields come again in the sections.
pub(super) fn form(cx: &Context<'_>, pieces: &[Piece], found: &Found) -> Range<usize> {
    let start = found.pieces.end;
    let text = |piece: &Piece| cx.slice(piece.range.clone());
    // The first panel's name is a word; prose below a button of the vendor's own is no form.
    let begins = matches!(pieces.get(start..), Some([send, panel, ..])
        if send.is_text() && text(send) == SEND && !text(panel).contains(char::is_whitespace));
    if !begins {
        return start..start;
    }
    let ends = |piece: &Piece| !matches!(piece.kind, Kind::Text) || labels::is_button(text(piece));
    let length = pieces.iter().skip(start).position(ends);
    start..length.map_or(start, |length| start + length)
}
