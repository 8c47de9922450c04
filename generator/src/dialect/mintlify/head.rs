//! What stands before the first section comes in: title, description, samples, around the method and path that
//! [`endpoint`](super::endpoint) finds.
//!
//! Enter at [`read`]. The title is a heading in the Markdown form, the line after the path in plain text, and the line before
//! the description where the method comes last: [`title`]. Menus and the form to send a request with: [`menus`].

mod menus;
mod title;

use std::collections::{BTreeMap, HashSet, VecDeque};

use super::{
    constraints::describe,
    endpoint::Found,
    labels,
    lines::{Kind, Piece},
    responses::status_line,
    sections::{append, sample},
    shapes::{closes_sentence, is_humped, unquote},
};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::Context,
    model::{Operation, Sample, Status, Text},
    source::Span,
};

/// What heads the first panel of the form to send a request with, below the path.
const PANEL: &str = "Authorization";
/// The longest title that is told from a description, in bytes.
const MAX_TITLE: usize = 80;

/// Statuses, each with where it is named last.
pub(super) type Named = BTreeMap<Status, Span>;

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

/// Reads the head into an operation; the statuses that the samples' buttons name come with it.
pub(super) fn read(cx: &mut Context<'_>, pieces: &[Piece], found: &Found) -> (Operation, Named) {
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
    let title = title::find(cx, pieces, found, &code);
    if let Some(piece) = title.and_then(|at| pieces.get(at)) {
        operation.title = Some(title::read(cx, piece, found));
    }
    let named = rest(cx, pieces, found, title, &code, &mut operation);
    if let Some(description) = &mut operation.description {
        unquote(&mut description.value);
    }
    (operation, named)
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

/// Claims everything of the head that is neither method, path nor title.
fn rest(
    cx: &mut Context<'_>,
    pieces: &[Piece],
    found: &Found,
    title: Option<usize>,
    code: &[bool],
    operation: &mut Operation,
) -> Named {
    let title_text = operation.title.as_ref().map(|title| title.value.clone()).unwrap_or_default();
    // Menus and the name of the group stand before the title, prose after it.
    // Without a title, a line too long to be one begins it.
    let long =
        |at: &usize| pieces.get(*at).is_some_and(|piece| piece.is_text() && piece.range.len() > MAX_TITLE);
    let untitled = || (0..found.pieces.start).find(long).unwrap_or(found.pieces.end);
    let prose_from = title.map_or_else(untitled, |at| at + 1).max(menus::end(cx, pieces, found));
    let menu = menus::menu(cx, pieces, found);
    let form = menus::form(cx, pieces, found);
    let names = names_of_samples(cx, pieces, found.pieces.end);
    let mut buttons = Buttons::default();
    let mut named = Named::new();
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
                buttons = Buttons::default();
                sample(cx, pieces, at, None, operation);
            }
            Kind::Json(json) => {
                in_code = false;
                let status = buttons.next(cx, pieces, at);
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
            Kind::Code => {
                buttons.skip(cx, pieces, at);
                broken_sample(cx, piece);
            }
            Kind::Text | Kind::Heading(_) => {
                in_code = in_code || opens_code(text);
                let statuses = status_line(text).map(|(statuses, _)| statuses);
                let frame = || {
                    at < prose_from
                        || menu.contains(&at)
                        || form.contains(&at)
                        || labels::is_furniture(text)
                        || text == title_text
                        || matches!(text, "Error" | PANEL)
                };
                if in_code || code.get(at) == Some(&true) || is_string(text) {
                    cx.claim(piece.range.clone(), Claim::Example);
                } else if let Some(statuses) = statuses {
                    named.extend(statuses.iter().map(|&status| (status, cx.span(piece.range.clone()))));
                    buttons.add(statuses);
                    cx.claim(piece.range.clone(), Claim::Fact);
                } else if text.parse() == Ok(found.method) {
                    // Where its path is lost, the method stands alone.
                    cx.claim(piece.range.clone(), Claim::Fact);
                } else if frame() {
                    cx.claim(piece.range.clone(), Claim::Furniture);
                } else if matches!(text, "deprecated" | "Deprecated") {
                    operation.deprecated = true;
                    cx.claim(piece.range.clone(), Claim::Fact);
                } else if names.contains(&at) {
                    cx.claim(piece.range.clone(), Claim::Example);
                } else {
                    let prose = describe(cx, pieces, &[at]);
                    append(&mut operation.description, prose, piece.gap);
                }
            }
        }
    }
    named
}

/// The buttons of statuses above samples: the sample below them is that of the first. Where a copy has kept all samples, one
/// for each button, they stand in the buttons' order.
#[derive(Default)]
struct Buttons {
    statuses: VecDeque<Status>,
    /// Whether a sample stands below them.
    shown: bool,
}

impl Buttons {
    fn add(&mut self, statuses: Vec<Status>) {
        if self.shown {
            *self = Self::default();
        }
        self.statuses.extend(statuses);
    }

    /// The status of the sample at a place.
    fn next(&mut self, cx: &Context<'_>, pieces: &[Piece], at: usize) -> Option<Status> {
        if !self.shown && !self.has_all(cx, pieces, at) {
            self.statuses.truncate(1);
        }
        self.shown = true;
        self.statuses.pop_front()
    }

    /// Passes over code at a place, which takes the status of its button where each sample has one.
    fn skip(&mut self, cx: &Context<'_>, pieces: &[Piece], at: usize) {
        match self.shown || self.has_all(cx, pieces, at) {
            true => {
                self.shown = true;
                self.statuses.pop_front();
            }
            false => self.statuses.truncate(1),
        }
    }

    /// Whether from a place on, as many samples follow as there are buttons above.
    fn has_all(&self, cx: &Context<'_>, pieces: &[Piece], at: usize) -> bool {
        let furniture =
            |piece: &&Piece| piece.is_text() && labels::is_furniture(cx.slice(piece.range.clone()));
        let is_sample = |piece: &&Piece| matches!(piece.kind, Kind::Json(_) | Kind::Code);
        let below = pieces.iter().skip(at).take_while(|piece| is_sample(piece) || furniture(piece));
        below.filter(is_sample).take(self.statuses.len() + 1).count() == self.statuses.len()
    }
}

/// What names samples below a place, among the buttons above them: languages as a vendor spells them, a line between that of
/// the language and the sample, or a word of code above that.
fn names_of_samples(cx: &Context<'_>, pieces: &[Piece], start: usize) -> HashSet<usize> {
    const MAX_LENGTH: usize = 60;
    let text = |at: usize| match pieces.get(at) {
        Some(piece) if at >= start && matches!(piece.kind, Kind::Text) => cx.slice(piece.range.clone()),
        _ => "",
    };
    let is_button = |at: usize| labels::is_language(text(at)) || labels::is_furniture(text(at));
    let is_name =
        |at: usize| !text(at).is_empty() && text(at).len() <= MAX_LENGTH && !closes_sentence(text(at));
    // `Deprecated` and `Beta` are said of the operation.
    let is_code = |word: &str| {
        let looks = word.starts_with(char::is_lowercase) || word.contains('_') || is_humped(word);
        looks && !word.contains(char::is_whitespace)
    };
    let mut names = HashSet::new();
    for (sample, piece) in pieces.iter().enumerate().skip(start) {
        if !matches!(piece.kind, Kind::Code | Kind::Curl(_)) {
            continue;
        }
        let last = (start..sample).rev().take_while(|&at| is_button(at)).last().unwrap_or(sample);
        names.extend(last..sample);
        let Some(above) = last.checked_sub(1).filter(|&at| is_name(at)) else { continue };
        let between = above.checked_sub(1).is_some_and(|at| labels::is_language(text(at)));
        if between || (labels::is_language(text(last)) && is_code(text(above))) {
            names.insert(above);
        }
    }
    names
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
