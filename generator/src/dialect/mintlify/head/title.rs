//! The title of a page: a heading, a line below the path, or one above the method.
//!
//! Enter at [`find`], which says which piece it is, then [`read`].

use std::ops::Range;

use super::{MAX_TITLE, PANEL, is_string, menus::menu};
use crate::{
    claims::Claim,
    dialect::{
        Context,
        mintlify::{
            bold,
            endpoint::Found,
            labels,
            lines::{Kind, Piece},
            responses::status_line,
            words::{COPY_PAGE, NAVIGATION, SITE_MARKS},
        },
    },
    model::Text,
};

/// What vendors head the line of method and path with who write pages by hand.
const HEADS_ENDPOINT: [&str; 6] =
    ["Endpoint", "API Endpoint", "HTTP Request", "HTTP request", "Request URL", "Base URL"];

/// The piece that is the title.
pub(super) fn find(cx: &Context<'_>, pieces: &[Piece], found: &Found, code: &[bool]) -> Option<usize> {
    let text = |at: usize| pieces.get(at).map_or("", |piece| cx.slice(piece.range.clone()));
    let is_code = |at: usize| code.get(at) == Some(&true);
    let menu = menu(cx, pieces, found);
    let heading = |&(at, piece): &(usize, &Piece)| matches!(piece.kind, Kind::Heading(1)) && !is_code(at);
    if let Some((at, _)) = pieces.iter().enumerate().find(heading) {
        // With the site's name behind it, the title of the document stands above that of the page.
        let own = |next: &usize| {
            let behind = text(at).strip_prefix(text(*next));
            behind.is_some_and(|site| SITE_MARKS.iter().any(|mark| site.starts_with(mark)))
                && pieces.get(*next).is_some_and(Piece::is_text)
        };
        return Some((at + 1..pieces.len()).rev().find(own).unwrap_or(at));
    }
    let is_words = |at: usize| {
        let words = pieces.get(at).is_some_and(Piece::is_text)
            && !labels::is_furniture(text(at))
            && !is_code(at)
            && !menu.contains(&at);
        let said = text(at).contains(char::is_alphanumeric) && !text(at).contains("://");
        let said = said && !is_string(text(at)) && text(at) != PANEL;
        let said = said && !HEADS_ENDPOINT.contains(&text(at));
        words && said && text(at).len() <= 200 && status_line(text(at)).is_none()
    };
    let before: Vec<usize> = (0..found.pieces.start).filter(|&at| is_words(at)).collect();
    // The button stands beside the title, and again beside the description.
    if let Some(&at) = before.iter().find(|&&at| COPY_PAGE.contains(&text(at + 1))) {
        return Some(at);
    }
    let sentence = |at: usize| text(at).ends_with(['.', '!', '。']) || text(at).len() > MAX_TITLE;
    let after = (found.pieces.end..pieces.len())
        .take_while(|&at| !matches!(pieces.get(at).map(|p| &p.kind), Some(Kind::Curl(_) | Kind::Json(_))))
        .find(|&at| is_words(at) && text(at) != "Error");
    if let Some(after) = after {
        let repeated = before.iter().any(|&at| text(at) == text(after));
        let leads_to_sample = matches!(pieces.get(after + 1).map(|p| &p.kind), Some(Kind::Curl(_)));
        // With a blank line above it, a sentence that nothing follows is what the operation does.
        let described = sentence(after) && pieces.get(after).is_some_and(|piece| piece.gap);
        if repeated || (before.is_empty() && !described) || leads_to_sample {
            return Some(after);
        }
    }
    // Where the page stands, on a small screen: below the button for the menus, its group and its title. Without
    // a group, a description can follow.
    let placed = (0..found.pieces.start).find(|&at| text(at) == NAVIGATION).map(|at| at + 2);
    let both = |at: &usize| before.contains(at) && before.contains(&(at - 1));
    if let Some(placed) = placed.filter(|&at| both(&at) && !sentence(at)) {
        return Some(placed);
    }
    // Group and title are lines of one paragraph, the description below is another.
    let gap = |at: usize| pieces.get(at).is_some_and(|piece| piece.gap);
    if let [.., group, title, description] = before.as_slice()
        && gap(*description)
        && !gap(*title)
        && *title == group + 1
        && !sentence(*title)
    {
        return Some(*title);
    }
    // Group, title, description, then the method; the group can be missing.
    let named = before.iter().rev().find(|&&at| !sentence(at));
    let first = before.first().copied().filter(|&at| text(at).len() <= MAX_TITLE);
    named.copied().or(first).or(after.filter(|_| !before.is_empty()))
}

/// The title, without what is no part of it.
pub(super) fn read(cx: &mut Context<'_>, piece: &Piece, found: &Found) -> Text {
    let range = unemphasized(cx, piece);
    let range = without_button(cx, range, found);
    cx.fact(range)
}

/// A title without the marks of bold type that a converter has put around the whole line.
fn unemphasized(cx: &mut Context<'_>, piece: &Piece) -> Range<usize> {
    let range = piece.range.clone();
    let Some(inner) = bold::inner(cx, piece) else { return range };
    cx.claim(range.start..inner.start, Claim::Furniture);
    cx.claim(inner.end..range.end, Claim::Furniture);
    inner
}

/// A title without the button that is glued to it, where the line of method and path ends in both too.
fn without_button(cx: &mut Context<'_>, range: Range<usize>, found: &Found) -> Range<usize> {
    let text = cx.slice(range.clone());
    let title = labels::before_copy(text).filter(|title| title.ends_with(char::is_alphanumeric));
    let repeated = found.pieces.len() == 1 && cx.slice(found.range.clone()).ends_with(text);
    let Some(length) = title.map(str::len).filter(|_| repeated) else { return range };
    let end = range.start + length;
    cx.claim(end..range.end, Claim::Furniture);
    range.start..end
}
