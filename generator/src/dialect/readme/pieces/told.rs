//! Request lines that a page only tells in a sentence: ``Send a `POST` request to `/lamps/{id}` ``, ``… using `PUT: /lamps` ``.
//!
//! The pieces of a page come in; below the heading of each such sentence a request line is put ([`told_requests`]). A sentence
//! may speak of any call: it counts where a command follows that calls what it tells and no other does, where the page announces
//! what that takes, and where no line of the page is a request line.

use std::ops::Range;

use super::{Piece, PieceKind, several::request};
use crate::{
    curl::curl,
    dialect::readme::{
        request_line::{RequestLine, read_bare_target, read_request_line, read_target},
        sections::Section,
    },
    model::HttpMethod,
};

/// More code spans than this of a paragraph are not looked at.
const MOST_SPANS: usize = 16;

/// Puts request lines below the headings of sentences that tell them.
pub(super) fn told_requests(text: &str, pieces: &mut Vec<Piece>) {
    if pieces.iter().any(|piece| request(piece).is_some()) {
        return;
    }
    let mut lines: Vec<(usize, Piece)> = Vec::new();
    // Behind the heading of an operation, and its level: `Steps` may stand below it.
    let (mut behind, mut highest) = (0, u8::MAX);
    let mut open: Option<(usize, RequestLine, Range<usize>)> = None;
    for (at, piece) in pieces.iter().enumerate() {
        match &piece.kind {
            PieceKind::Heading { section: None, level, .. } if *level <= highest => {
                (behind, highest) = (at + 1, *level);
                open = None;
            }
            PieceKind::Prose => {
                if let Some((line, place)) = text.get(piece.range.clone()).and_then(told) {
                    let start = piece.range.start;
                    open = Some((behind, line, start + place.start..start + place.end));
                }
            }
            PieceKind::Code { code, .. } => {
                let Some(called) = called(code) else { continue };
                let Some((behind, line, range)) = open.take_if(|(_, line, _)| calls(&called, line)) else {
                    // The last one may be called again; a guide calls what it does not tell.
                    let again = |(_, piece): &(usize, Piece)| {
                        request(piece).is_some_and(|line| calls(&called, &line))
                    };
                    if lines.last().is_some_and(again) {
                        continue;
                    }
                    return;
                };
                // A heading with two calls below it is that of neither.
                if lines.last().is_some_and(|(above, _)| *above == behind) {
                    return;
                }
                lines.push((behind, Piece { kind: PieceKind::Request(line), range }));
                highest = u8::MAX;
            }
            _ => {}
        }
    }
    // A guide that shows calls documents none of them.
    let ends = lines.iter().skip(1).map(|(at, _)| *at).chain([pieces.len()]);
    let mut stretches = lines.iter().map(|(at, _)| *at).zip(ends);
    if !stretches.all(|(at, end)| pieces.get(at..end).is_some_and(|pieces| pieces.iter().any(documents))) {
        return;
    }
    // One pass, as there may be many.
    let mut lines = lines.into_iter().peekable();
    for (at, piece) in std::mem::take(pieces).into_iter().enumerate() {
        pieces.extend(lines.next_if(|(place, _)| *place == at).map(|(_, line)| line));
        pieces.push(piece);
    }
}

/// Whether a piece announces what a call takes. Guides show what theirs give, and have tables of all kinds.
fn documents(piece: &Piece) -> bool {
    match &piece.kind {
        PieceKind::Heading { section: Some(section), .. } | PieceKind::Label(section) => {
            matches!(section, Section::Parameters(_) | Section::RequestBody)
        }
        _ => false,
    }
}

/// The method and the path that a paragraph tells as code, with places relative to the span that has the path, and where in
/// the paragraph that is.
fn told(paragraph: &str) -> Option<(RequestLine, Range<usize>)> {
    let mut method: Option<HttpMethod> = None;
    let mut at = 0;
    for (nth, part) in paragraph.split('`').take(2 * MOST_SPANS).enumerate() {
        let place = at..at + part.len();
        at = place.end + 1;
        if nth % 2 == 0 {
            continue;
        }
        if let Some(line) = read_request_line(part) {
            return Some((line, place));
        }
        let target = part.trim();
        if let Some(line) = method.and_then(|method| read_bare_target(target, method)) {
            let start = place.start + part.len() - part.trim_start().len();
            return Some((line, start..start + target.len()));
        }
        method = target.parse().ok().or(method);
    }
    None
}

/// What code calls that is a command.
fn called(code: &str) -> Option<RequestLine> {
    let code = code.trim();
    let (command, _) = curl(code.strip_prefix("$ ").unwrap_or(code), 0)?;
    let method = command.sent_method().map_err(str::to_owned);
    read_target(command.url.as_deref()?, 0, method)
}

/// Whether a call is that of what a line names: the same method, and a path that ends like it, with values in the place of
/// parameters.
fn calls(called: &RequestLine, line: &RequestLine) -> bool {
    let segment = |(told, called): (&str, &str)| told == called || told.starts_with('{');
    let (told, path) = (line.path.trim_matches('/'), called.path.trim_matches('/'));
    let lengths = told.split('/').count() <= path.split('/').count();
    line.method == called.method && lengths && told.rsplit('/').zip(path.rsplit('/')).all(segment)
}
