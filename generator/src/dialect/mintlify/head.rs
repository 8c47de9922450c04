//! What stands before the first section comes in: title, description, samples, around the method and path that
//! [`endpoint`](super::endpoint) finds.
//!
//! Enter at [`read`]. The title is a heading in the Markdown form, the line after the path in plain text, and the line before
//! the description where the method comes last.

use std::ops::Range;

use super::{
    constraints::describe,
    endpoint::Found,
    labels,
    lines::{Kind, Piece},
    responses::status_line,
    sections::{append, sample},
    words::{COPY_PAGE, SEARCH},
};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::Context,
    model::{HttpMethod, Operation, Sample, Status, Text},
};

/// What stands between a page's title and the site's name.
const SITE_MARKS: [&str; 4] = [" - ", " | ", " – ", " — "];

/// What heads the first panel of the form to send a request with, below the path.
const PANEL: &str = "Authorization";
/// What vendors head the line of method and path with who write pages by hand.
const HEADS_ENDPOINT: [&str; 6] =
    ["Endpoint", "API Endpoint", "HTTP Request", "HTTP request", "Request URL", "Base URL"];
/// The longest title that is told from a description, in bytes.
const MAX_TITLE: usize = 80;

/// Takes code that is no command and no JSON. Where it was meant to be JSON, nothing was made of it.
fn broken_sample(cx: &mut Context<'_>, piece: &Piece) {
    cx.claim(piece.range.clone(), Claim::Example);
    let text = cx.slice(piece.range.clone());
    let (info, code) = match text.strip_prefix("```").or_else(|| text.strip_prefix("~~~")) {
        Some(fence) => fence.trim_start_matches(['`', '~']).split_once('\n').unwrap_or((fence, "")),
        None => ("", text),
    };
    let language = info.split_whitespace().next().unwrap_or_default();
    let json = language.eq_ignore_ascii_case("json")
        || (language.is_empty() && code.trim_start().starts_with(['{', '[']));
    if json {
        let span = cx.span(piece.range.clone());
        cx.report(
            Diagnostic::new(codes::MALFORMED_EXAMPLE, span, "example that is not JSON")
                .label("left out")
                .help("complete the example in the page if its fields are documented nowhere else"),
        );
    }
}

/// Reads the head into an operation.
pub(super) fn read(cx: &mut Context<'_>, pieces: &[Piece], found: &Found) -> Operation {
    let span = cx.span(found.range.clone());
    let path = Text::new(found.path.clone(), span);
    let mut operation = Operation::new(found.method, path, span);
    if found.from_sample {
        cx.report(
            Diagnostic::new(codes::PATH_FROM_SAMPLE, span, "page that prints no method and path")
                .label("they are read from here, the whole path of the URL")
                .help("if the server's URL has a path of its own, override the server in docwright.yaml"),
        );
    }
    if found.webhook {
        operation.webhook = true;
        cx.report(
            Diagnostic::new(codes::WEBHOOK_METHOD, span, "webhook whose method the page does not state")
                .label("read as `POST`")
                .help("leave it so unless the vendor says that it sends another"),
        );
    }
    for at in found.pieces.clone() {
        if let Some(piece) = pieces.get(at) {
            cx.claim(piece.range.clone(), Claim::Fact);
        }
    }
    let code = code(cx, pieces, found);
    let title = title(cx, pieces, found, &code);
    if let Some(piece) = title.and_then(|at| pieces.get(at)) {
        let range = unemphasized(cx, piece.range.clone());
        let range = without_button(cx, range, found);
        operation.title = Some(cx.fact(range));
    }
    rest(cx, pieces, found, title, &code, &mut operation);
    operation
}

/// What stands between the marks of bold type that a converter has put around a whole line.
fn unemphasized(cx: &mut Context<'_>, range: Range<usize>) -> Range<usize> {
    const MARK: &str = "**";
    let text = cx.slice(range.clone());
    let inner = text.strip_prefix(MARK).and_then(|text| text.strip_suffix(MARK));
    if !inner.is_some_and(|inner| !inner.is_empty() && !inner.contains(MARK)) {
        return range;
    }
    let inner = range.start + MARK.len()..range.end - MARK.len();
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

/// Which pieces above the method are lines of a sample in another language than the shell's, its comments among them.
fn code(cx: &Context<'_>, pieces: &[Piece], found: &Found) -> Vec<bool> {
    let mut out = vec![false; found.pieces.start];
    let mut inside = false;
    for (at, piece) in pieces.iter().enumerate().take(found.pieces.start) {
        let text = cx.slice(piece.range.clone());
        if !piece.is_text() || labels::is_furniture(text) || status_line(text).is_some() {
            inside = false;
            continue;
        }
        if !inside && opens_code(text) {
            inside = true;
            // Comments look like headings; the page's own heads the page.
            let comments = (1..at)
                .rev()
                .take_while(|&at| pieces.get(at).is_some_and(|piece| matches!(piece.kind, Kind::Heading(1))));
            for comment in comments {
                out.get_mut(comment).into_iter().for_each(|code| *code = true);
            }
        }
        out.get_mut(at).into_iter().for_each(|code| *code = inside);
    }
    out
}

/// The piece that is the title.
fn title(cx: &Context<'_>, pieces: &[Piece], found: &Found, code: &[bool]) -> Option<usize> {
    let text = |at: usize| pieces.get(at).map_or("", |piece| cx.slice(piece.range.clone()));
    let is_code = |at: usize| code.get(at) == Some(&true);
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
        let words =
            pieces.get(at).is_some_and(Piece::is_text) && !labels::is_furniture(text(at)) && !is_code(at);
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
    // Group, title, description, then the method; the group can be missing.
    let named = before.iter().rev().find(|&&at| !sentence(at));
    let first = before.first().copied().filter(|&at| text(at).len() <= MAX_TITLE);
    named.copied().or(first).or(after.filter(|_| !before.is_empty()))
}

/// Claims everything of the head that is neither method, path nor title.
fn rest(
    cx: &mut Context<'_>,
    pieces: &[Piece],
    found: &Found,
    title: Option<usize>,
    code: &[bool],
    operation: &mut Operation,
) {
    let title_text = operation.title.as_ref().map(|title| title.value.clone()).unwrap_or_default();
    // Menus and the name of the group stand before the title, prose after it.
    // Without a title, a line too long to be one begins it.
    let long =
        |at: &usize| pieces.get(*at).is_some_and(|piece| piece.is_text() && piece.range.len() > MAX_TITLE);
    let untitled = || (0..found.pieces.start).find(long).unwrap_or(found.pieces.end);
    let prose_from = title.map_or_else(untitled, |at| at + 1).max(menus_end(cx, pieces, found));
    let menu = menu(cx, pieces, found);
    let mut status: Option<Status> = None;
    let mut in_code = false;
    for (at, piece) in pieces.iter().enumerate() {
        if found.pieces.contains(&at) || title == Some(at) {
            continue;
        }
        let text = cx.slice(piece.range.clone());
        match &piece.kind {
            Kind::Anchor(_) => cx.claim(piece.range.clone(), Claim::Furniture),
            Kind::Curl(_) => {
                in_code = false;
                status = None;
                sample(cx, pieces, at, None, operation);
            }
            Kind::Json(json) => {
                in_code = false;
                let sent = operation.samples.iter().any(|known| matches!(known, Sample::Request { .. }));
                // What a webhook sends is shown like a response.
                if found.webhook && status.is_none() && !sent {
                    cx.claim(piece.range.clone(), Claim::Example);
                    let span = cx.span(piece.range.clone());
                    operation.samples.push(Sample::Request { json: json.clone(), span });
                    continue;
                }
                sample(cx, pieces, at, status, operation);
            }
            Kind::Code => broken_sample(cx, piece),
            Kind::Text | Kind::Heading(_) => {
                in_code = in_code || opens_code(text);
                let buttons = status_line(text).map(|(statuses, _)| statuses);
                let frame = || {
                    at < prose_from
                        || menu.contains(&at)
                        || labels::is_furniture(text)
                        || text == title_text
                        || matches!(text, "Error" | PANEL)
                };
                if in_code || code.get(at) == Some(&true) || is_string(text) {
                    cx.claim(piece.range.clone(), Claim::Example);
                } else if let Some(buttons) = buttons {
                    // The sample below the buttons is that of the first.
                    status = status.or(buttons.first().copied());
                    cx.claim(piece.range.clone(), Claim::Fact);
                } else if text.parse() == Ok(found.method) {
                    // Where its path is lost, the method stands alone.
                    cx.claim(piece.range.clone(), Claim::Fact);
                } else if frame() {
                    cx.claim(piece.range.clone(), Claim::Furniture);
                } else if matches!(text, "deprecated" | "Deprecated") {
                    operation.deprecated = true;
                    cx.claim(piece.range.clone(), Claim::Fact);
                } else {
                    let prose = describe(cx, pieces, &[at]);
                    append(&mut operation.description, prose, piece.gap);
                }
            }
        }
    }
}

/// Where the menus end that a copy has kept: with the box to search in among them, no prose stands before the
/// first sample, which stands before the method.
fn menus_end(cx: &Context<'_>, pieces: &[Piece], found: &Found) -> usize {
    let command = pieces.iter().position(|piece| matches!(piece.kind, Kind::Curl(_)));
    let Some(command) = command.filter(|&at| at < found.pieces.start) else { return 0 };
    let before = pieces.get(..command).unwrap_or_default();
    let searches = |piece: &Piece| SEARCH.iter().any(|word| cx.slice(piece.range.clone()).contains(word));
    if before.iter().any(|piece| piece.is_text() && searches(piece)) { command } else { 0 }
}

/// The menu that a copy has kept, above the method: its links begin with a badge, the method on a line of its own.
fn menu(cx: &Context<'_>, pieces: &[Piece], found: &Found) -> Range<usize> {
    const MARKS: [&str; 3] = ["* ", "- ", "+ "];
    let before = pieces.get(..found.pieces.start).unwrap_or_default();
    let text = |piece: &Piece| cx.slice(piece.range.clone());
    let is_badge = |piece: &Piece| {
        let badge = text(piece).trim_start_matches(['*', '-', '+', ' ']).strip_prefix('[');
        piece.is_text() && badge.is_some_and(|badge| badge == "DEL" || badge.parse::<HttpMethod>().is_ok())
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

/// Whether a line is nothing but a string of JSON: the sample of a body that is neither object nor array.
fn is_string(text: &str) -> bool {
    text.starts_with('"') && serde_json::from_str::<String>(text).is_ok()
}

/// Whether a line begins a sample in another language than the shell's.
fn opens_code(text: &str) -> bool {
    const STARTS: [&str; 11] = [
        "import requests",
        "import http",
        "const options",
        "const url",
        "const form",
        "<?php",
        "package main",
        "HttpResponse<",
        "require 'uri'",
        "using RestSharp",
        "var client",
    ];
    let imports = text.strip_prefix("from ").is_some_and(|rest| rest.contains(" import "));
    imports || STARTS.iter().any(|start| text.starts_with(start))
}
