//! What stands before the first section comes in: method, path, title, description, samples.
//!
//! Enter at [`find`], which claims nothing, then [`read`]. The path comes one segment a line; segments can
//! lose their slashes, so the `curl` command has the last word on where they stand. The title is a heading
//! in the Markdown form, the line after the path in plain text, and the line before the description where
//! the method comes last.

use std::ops::Range;

use indexmap::IndexMap;

use super::{
    constraints::{describe, unescape},
    labels,
    lines::{Kind, Piece},
    responses::status_line,
    sections::{append, sample},
};
use crate::{
    claims::Claim,
    curl::Command,
    diagnostic::{Diagnostic, codes},
    dialect::Context,
    model::{HttpMethod, Operation, Server, ServerVariable, Status, Text},
};

/// What stands between a page's title and the site's name.
const SITE_MARKS: [&str; 4] = [" - ", " | ", " – ", " — "];

/// The most segments of a path.
const MAX_SEGMENTS: usize = 64;

/// Where the operation is named.
#[derive(Debug)]
pub(super) struct Found {
    /// The method.
    pub(super) method: HttpMethod,
    /// The path template.
    pub(super) path: String,
    /// Where they stand.
    pub(super) range: Range<usize>,
    /// The pieces that they take up.
    pub(super) pieces: Range<usize>,
    /// The pieces among them that are servers to choose from.
    servers: Range<usize>,
    /// Whether only the sample has them.
    pub(super) from_sample: bool,
}

/// Finds method and path among the pieces before the first section.
pub(super) fn find(cx: &Context<'_>, pieces: &[Piece]) -> Option<Found> {
    let command = first_command(pieces);
    let url_path = command.and_then(|command| command.url.as_deref()).map(url_path).unwrap_or_default();
    pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| piece.is_text())
        .find_map(|(at, piece)| printed(cx, pieces, at, piece, url_path))
        .or_else(|| from_command(pieces))
}

pub(super) fn first_command(pieces: &[Piece]) -> Option<&Command> {
    pieces.iter().find_map(|piece| match &piece.kind {
        Kind::Curl(command) => Some(&**command),
        _ => None,
    })
}

/// Method and path that the page prints from a piece on.
fn printed(cx: &Context<'_>, pieces: &[Piece], at: usize, piece: &Piece, url_path: &str) -> Option<Found> {
    let text = cx.slice(piece.range.clone()).trim_matches('*');
    let word = text.split(|c: char| !c.is_ascii_uppercase()).next().unwrap_or_default();
    let method: HttpMethod = if word == "DEL" { HttpMethod::Delete } else { word.parse().ok()? };
    let rest = text.get(word.len()..)?.trim();
    if !rest.is_empty() {
        // `GET /users/{id}` on one line.
        let path = rest.trim_matches('`');
        if !path.starts_with('/') || path.contains(char::is_whitespace) {
            return None;
        }
        let path = braced(&unescape(path));
        return Some(Found {
            method,
            path,
            range: piece.range.clone(),
            pieces: at..at + 1,
            servers: 0..0,
            from_sample: false,
        });
    }
    let mut path = String::new();
    let mut best: Option<(String, usize)> = None;
    // The servers to choose from stand before the path.
    let servers = pieces.iter().skip(at + 1).take_while(|piece| is_server(cx, piece)).count();
    let servers = at + 1..at + 1 + servers;
    let mut end = servers.end;
    let mut plain = true;
    for (next, piece) in pieces.iter().enumerate().skip(end).take(2 * MAX_SEGMENTS) {
        let segment = cx.slice(piece.range.clone());
        if !piece.is_text() || !is_segment(segment) {
            break;
        }
        let segment = &*unescape(segment);
        // Where every slash is there, slashes and segments alternate.
        plain = plain && (segment.starts_with('/') || path.ends_with('/'));
        path.push_str(segment);
        if plain {
            best = Some((path.clone(), next + 1));
        }
        if let Some(whole) = suffix_without_slashes(url_path, &path) {
            best = Some((whole.to_owned(), next + 1));
            end = next + 1;
        }
    }
    let (path, reached) = best?;
    end = end.max(reached);
    let path = braced(path.trim_end_matches('/'));
    let path = if path.is_empty() { "/".to_owned() } else { path };
    let last = pieces.get(end - 1)?.range.end;
    let range = piece.range.start..last;
    Some(Found { method, path, range, pieces: at..end, servers, from_sample: false })
}

/// Method and path that only the `curl` command has.
fn from_command(pieces: &[Piece]) -> Option<Found> {
    let command = first_command(pieces)?;
    let has_body = command.data.is_some() || !command.form.is_empty();
    let method = match &command.method {
        Some(method) => method.parse().ok()?,
        None if has_body => HttpMethod::Post,
        None => HttpMethod::Get,
    };
    let path = url_path(command.url.as_deref()?).to_owned();
    let path = if path.is_empty() { "/".to_owned() } else { path };
    Some(Found {
        method,
        path,
        range: command.url_range.clone(),
        pieces: 0..0,
        servers: 0..0,
        from_sample: true,
    })
}

/// Whether a line is nothing but URLs without a path's parameters: servers.
fn is_server(cx: &Context<'_>, piece: &Piece) -> bool {
    let text = cx.slice(piece.range.clone());
    let url = text.starts_with("https://") || text.starts_with("http://");
    url && matches!(piece.kind, Kind::Text) && !text.contains(char::is_whitespace)
}

fn is_segment(text: &str) -> bool {
    text.len() <= 256
        && !text.contains(char::is_whitespace)
        && !text.contains(['"', '`', '<', '[', '('])
        && labels::section(text).is_none()
}

/// The end of `url_path` that has the same characters as `path`, slashes aside, and begins with one.
fn suffix_without_slashes<'u>(url_path: &'u str, path: &str) -> Option<&'u str> {
    let mut wanted = path.chars().rev().filter(|&c| c != '/').peekable();
    wanted.peek()?;
    let mut chars = url_path.char_indices().rev().filter(|&(_, c)| c != '/');
    let mut start = 0;
    for c in wanted {
        let (at, found) = chars.next()?;
        if found != c {
            return None;
        }
        start = at;
    }
    let start = start.checked_sub(1)?;
    url_path.get(start..).filter(|suffix| suffix.starts_with('/'))
}

/// `:id` in the braces of OpenAPI.
fn braced(path: &str) -> String {
    let segments = path.split('/').map(|segment| match segment.strip_prefix(':') {
        Some(name) if !name.is_empty() => format!("{{{name}}}"),
        _ => segment.to_owned(),
    });
    segments.collect::<Vec<_>>().join("/")
}

/// A URL's path, without query.
fn url_path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default();
    path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/')
}

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
    for at in found.pieces.clone() {
        if let Some(piece) = pieces.get(at) {
            cx.claim(piece.range.clone(), Claim::Fact);
        }
    }
    let title = title(cx, pieces, found);
    if let Some(piece) = title.and_then(|at| pieces.get(at)) {
        operation.title = Some(cx.fact(piece.range.clone()));
    }
    rest(cx, pieces, found, title, &mut operation);
    operation
}

/// The piece that is the title.
fn title(cx: &Context<'_>, pieces: &[Piece], found: &Found) -> Option<usize> {
    let text = |at: usize| pieces.get(at).map_or("", |piece| cx.slice(piece.range.clone()));
    if let Some(at) = pieces.iter().position(|piece| matches!(piece.kind, Kind::Heading(1))) {
        // With the site's name behind it, the title of the document stands above that of the page.
        let own = |next: &usize| {
            let behind = text(at).strip_prefix(text(*next));
            behind.is_some_and(|site| SITE_MARKS.iter().any(|mark| site.starts_with(mark)))
                && pieces.get(*next).is_some_and(Piece::is_text)
        };
        return Some((at + 1..pieces.len()).rev().find(own).unwrap_or(at));
    }
    let is_words = |at: usize| {
        let words = pieces.get(at).is_some_and(Piece::is_text) && !labels::is_furniture(text(at));
        let said = text(at).contains(char::is_alphanumeric) && !text(at).contains("://");
        words && said && text(at).len() <= 200 && status_line(text(at)).is_none()
    };
    let before: Vec<usize> = (0..found.pieces.start).filter(|&at| is_words(at)).collect();
    let after = (found.pieces.end..pieces.len())
        .take_while(|&at| !matches!(pieces.get(at).map(|p| &p.kind), Some(Kind::Curl(_) | Kind::Json(_))))
        .find(|&at| is_words(at) && text(at) != "Error");
    if let Some(after) = after {
        let repeated = before.iter().any(|&at| text(at) == text(after));
        let leads_to_sample = matches!(pieces.get(after + 1).map(|p| &p.kind), Some(Kind::Curl(_)));
        if repeated || before.is_empty() || leads_to_sample {
            return Some(after);
        }
    }
    // Group, title, description, then the method; the group can be missing.
    let sentence = |at: usize| text(at).ends_with(['.', '!', '。']) || text(at).len() > 80;
    match before.as_slice() {
        [.., title, description] if sentence(*description) => Some(*title),
        [.., title] => Some(*title),
        [] => after,
    }
}

/// Claims everything of the head that is neither method, path nor title.
fn rest(
    cx: &mut Context<'_>,
    pieces: &[Piece],
    found: &Found,
    title: Option<usize>,
    operation: &mut Operation,
) {
    let title_text = operation.title.as_ref().map(|title| title.value.clone()).unwrap_or_default();
    // Menus and the name of the group stand before the title, prose after it.
    let prose_from = title.map_or(found.pieces.end, |at| at + 1).max(menus_end(cx, pieces, found));
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
            Kind::Json(_) => {
                in_code = false;
                sample(cx, pieces, at, status, operation);
            }
            Kind::Code => broken_sample(cx, piece),
            Kind::Text | Kind::Heading(_) => {
                in_code = in_code || opens_code(text);
                let buttons = status_line(text).map(|(statuses, _)| statuses);
                if in_code {
                    cx.claim(piece.range.clone(), Claim::Example);
                } else if let Some(buttons) = buttons {
                    // The sample below the buttons is that of the first.
                    status = status.or(buttons.first().copied());
                    cx.claim(piece.range.clone(), Claim::Fact);
                } else if at < prose_from
                    || labels::is_furniture(text)
                    || text == title_text
                    || text == "Error"
                {
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
    let searches = |piece: &Piece| {
        ["Search...", "Search…"].iter().any(|word| cx.slice(piece.range.clone()).contains(word))
    };
    if before.iter().any(|piece| piece.is_text() && searches(piece)) { command } else { 0 }
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
    STARTS.iter().any(|start| text.starts_with(start))
}

/// The servers: those to choose from, otherwise the URL of the first command without the operation's path.
pub(super) fn servers(cx: &mut Context<'_>, pieces: &[Piece], found: &Found) -> Vec<Server> {
    let printed = pieces.get(found.servers.clone()).unwrap_or_default();
    let mut out = Vec::new();
    for piece in printed {
        for (at, url) in urls(cx.slice(piece.range.clone())) {
            let start = piece.range.start + at;
            let url = Text::new(url.trim_end_matches('/'), cx.span(start..start + url.len()));
            out.push(Server { url, description: None, variables: IndexMap::new() });
        }
    }
    if out.is_empty() {
        out.extend(server(cx, pieces, found));
    }
    out
}

/// The URLs of a line, which may be glued together, and where they begin.
fn urls(line: &str) -> Vec<(usize, &str)> {
    const SCHEMES: [&str; 2] = ["https://", "http://"];
    let begins =
        |at: &usize| SCHEMES.iter().any(|scheme| line.get(*at..).is_some_and(|l| l.starts_with(scheme)));
    let starts: Vec<usize> = line.char_indices().map(|(at, _)| at).filter(begins).collect();
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(line.len()));
    starts.iter().zip(ends).filter_map(|(&start, end)| Some((start, line.get(start..end)?))).collect()
}

fn server(cx: &mut Context<'_>, pieces: &[Piece], found: &Found) -> Option<Server> {
    let command = first_command(pieces)?;
    let base = base_url(command.url.as_deref()?, &found.path)?;
    let range = command.url_range.start..command.url_range.start + base.len();
    let range = if cx.slice(range.clone()) == base { range } else { command.url_range.clone() };
    let span = cx.span(range);
    let mut variables = IndexMap::new();
    for (at, name) in variables_of(base) {
        let scheme = base.get(at + name.len() + 2..).is_some_and(|rest| rest.starts_with("://"));
        let default = if scheme { "https".to_owned() } else { name.to_owned() };
        cx.report(
            Diagnostic::new(
                codes::OPEN_SERVER_VARIABLE,
                span,
                format!("server variable `{name}` without a value"),
            )
            .label(if scheme { "read as `https`".to_owned() } else { format!("read as `{default}`") })
            .help("override the server in docwright.yaml"),
        );
        variables.insert(name.to_owned(), ServerVariable { default, values: Vec::new(), inferred: true });
    }
    Some(Server { url: Text::new(base, span), description: None, variables })
}

/// What stands before `path` in a URL. Commands by hand have values where the path has parameters.
fn base_url<'u>(url: &'u str, path: &str) -> Option<&'u str> {
    let mut base = url.split(['?', '#']).next()?.trim_end_matches('/');
    let host = base.find("://")? + "://".len();
    for wanted in path.trim_end_matches('/').rsplit('/').filter(|segment| !segment.is_empty()) {
        let (rest, segment) = base.rsplit_once('/')?;
        if segment != wanted && !(wanted.starts_with('{') && wanted.ends_with('}')) {
            return None;
        }
        base = rest;
    }
    (base.len() > host).then(|| base.trim_end_matches('/'))
}

/// The names in braces and where they begin.
fn variables_of(url: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(open) = url.get(at..).and_then(|rest| rest.find('{')).map(|open| at + open) {
        let Some(name) = url.get(open + 1..).and_then(|rest| rest.split_once('}')).map(|(name, _)| name)
        else {
            break;
        };
        out.push((open, name));
        at = open + name.len() + 2;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_slashes_are_found_in_the_url() {
        assert_eq!(suffix_without_slashes("/api/users/{id}", "/users{id}"), Some("/users/{id}"));
        assert_eq!(suffix_without_slashes("/api/users", "/users"), Some("/users"));
        assert_eq!(suffix_without_slashes("/api/users", "/teams"), None);
        assert_eq!(suffix_without_slashes("/users", ""), None);
        assert_eq!(suffix_without_slashes("/superusers", "/users"), None);
    }

    #[test]
    fn urls_are_taken_apart() {
        assert_eq!(url_path("{schemes}://a.test/v1/x?y=1"), "/v1/x");
        assert_eq!(url_path("https://a.test"), "");
        assert_eq!(braced("/users/:id/x"), "/users/{id}/x");
        assert_eq!(base_url("https://a.test/v1/x/7?y=1", "/x/{id}"), Some("https://a.test/v1"));
        assert_eq!(base_url("https://a.test/x", "/y"), None);
        assert_eq!(base_url("https://x", "/x"), None);
        assert_eq!(variables_of("{s}://{h}.test"), [(0, "s"), (6, "h")]);
    }
}
