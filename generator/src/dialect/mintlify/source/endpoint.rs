//! Method and path of a page in source: in its front matter, on a line of its prose or in a fence, or in its command.
//!
//! Enter at [`find`], which claims nothing.

use std::{collections::HashSet, ops::Range};

use super::{fields, tree::Tree};
use crate::{
    curl::{self, Command},
    diagnostic::{Diagnostic, codes},
    dialect::{
        Context, FrontMatter,
        mintlify::{endpoint, servers},
    },
    model::{HttpMethod, Server, Text},
    source::Span,
};

/// The most words of a line that is method and path: a label stands before them.
const MAX_WORDS: usize = 4;

/// Method and path.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) method: HttpMethod,
    pub(super) path: Text,
    pub(super) span: Span,
    pub(super) server: Option<Server>,
    /// The line of prose that says nothing else.
    pub(super) claimed: Option<Range<usize>>,
}

/// What front matter says: `POST /berths`, `POST https://api.test/berths`, `openapi.json post /berths`.
pub(super) fn stated(front: &FrontMatter) -> Option<&Text> {
    let said = [&front.api, &front.openapi].into_iter().flatten();
    said.into_iter().find(|text| method_and_path(&text.value).is_some())
}

/// A method, and the path or URL behind it, at the end of a text.
pub(super) fn method_and_path(text: &str) -> Option<(HttpMethod, &str)> {
    let (rest, target) = text.trim().rsplit_once(char::is_whitespace)?;
    let method = rest.split_whitespace().next_back()?;
    let method = method.to_ascii_uppercase().parse().ok()?;
    is_target(target).then_some((method, target))
}

fn is_target(text: &str) -> bool {
    text.len() <= 2048
        && (text.starts_with('/') || text.starts_with("https://") || text.starts_with("http://"))
}

/// Finds method and path, or says why there are none.
pub(super) fn find(
    cx: &mut Context<'_>,
    front: &FrontMatter,
    tree: &Tree<'_>,
) -> Result<Found, Box<Diagnostic>> {
    if let Some((text, (method, target))) =
        stated(front).and_then(|text| Some((text, method_and_path(&text.value)?)))
    {
        return Ok(found(method, target, text.span, None));
    }
    let lines = printed(cx, tree);
    if let Some((range, method, target)) = lines.first() {
        if let Some((other, ..)) = lines.iter().find(|(_, m, t)| (m, t) != (method, target)) {
            return Err(Box::new(several(cx.span(other.clone()), cx.span(range.clone()))));
        }
        let span = cx.span(range.clone());
        return Ok(found(*method, target, span, Some(range.clone())));
    }
    let commands = tree.samples.iter().filter_map(|sample| {
        let inner = cx.trim(sample.inner.clone());
        Some(curl::curl(cx.slice(inner.clone()), inner.start)?.0)
    });
    let commands: Vec<Command> = commands.collect();
    let sent: Vec<_> = commands.iter().filter_map(|c| Some((c, endpoint::method_and_url(c)?))).collect();
    if let Some(&(command, (method, url))) = sent.first() {
        let span = cx.span(command.url_range.clone());
        let path = endpoint::url_path(url).trim_end_matches('/');
        let same = |other: &str| endpoint::url_path(other).trim_end_matches('/') == path;
        if let Some((other, _)) = sent.iter().find(|(_, (m, u))| *m != method || !same(u)) {
            let other = cx.span(other.url_range.clone());
            return Err(Box::new(several(other, span)));
        }
        let path = endpoint::braced(endpoint::url_path(url));
        let segments = path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
        let templated: HashSet<&str> = segments.collect();
        let value = fields::path_parameters(cx, tree).into_iter().find(|(_, name)| !templated.contains(name));
        if let Some((range, _)) = value {
            return Err(Box::new(
                Diagnostic::new(
                    codes::PAGE_TOO_LOSSY,
                    span,
                    "page that prints no path, but a URL with values in it",
                )
                .label("nothing says which part is which parameter")
                .related(cx.span(range), "such a parameter")
                .help("write method and path into a corrected copy of the page, such as `GET /berths/{id}`"),
            ));
        }
        cx.report(
            Diagnostic::new(codes::PATH_FROM_SAMPLE, span, "page that prints no method and path")
                .label("they are read from here, the whole path of the URL")
                .help("if the server's URL has a path of its own, override the server in docwright.yaml"),
        );
        return Ok(found(method, url, span, None));
    }
    let first = tree.nodes.first().map_or(0..0, |node| node.tag.clone());
    Err(Box::new(
        Diagnostic::new(codes::NO_OPERATION, cx.span(first), "page without an operation")
            .label("neither front matter, a line nor a `curl` command names a method and a path")
            .help("leave the page out if it documents no operation"),
    ))
}

/// The refusal of a page of several operations.
fn several(other: Span, first: Span) -> Diagnostic {
    Diagnostic::new(codes::PAGE_TOO_LOSSY, other, "page of several operations")
        .label("nothing says which fields belong to this one")
        .related(first, "the first")
        .help("give each operation a page of its own")
}

/// The lines of prose, headings and fences that are a method and a path, and little else.
fn printed<'a>(cx: &Context<'a>, tree: &Tree<'_>) -> Vec<(Range<usize>, HttpMethod, &'a str)> {
    let headings = tree.headings.iter().map(|(_, range)| range.clone());
    let fences = tree.samples.iter().map(|sample| sample.inner.clone());
    let mut out = Vec::new();
    for range in tree.prose.iter().cloned().chain(headings).chain(fences) {
        let mut at = range.start;
        for line in cx.slice(range).split_inclusive('\n') {
            let here = at..at + line.trim_end().len();
            at += line.len();
            if line.len() > 512 {
                continue;
            }
            let words = line.split(|c: char| c.is_whitespace() || "`*#|".contains(c));
            let words = words.map(|word| word.trim_matches(':')).filter(|word| !word.is_empty());
            let words: Vec<&str> = words.take(MAX_WORDS + 1).collect();
            let named = words.windows(2).find_map(|pair| match pair {
                [method, target] if method.bytes().all(|b| b.is_ascii_uppercase()) && is_target(target) => {
                    Some((method.parse().ok()?, *target))
                }
                _ => None,
            });
            if let Some((method, target)) =
                named.filter(|_| words.len() <= MAX_WORDS && words.first() != Some(&"curl"))
            {
                out.push((here, method, target));
            }
        }
    }
    out.sort_by_key(|(range, ..)| range.start);
    out
}

fn found(method: HttpMethod, target: &str, span: Span, claimed: Option<Range<usize>>) -> Found {
    let path = if target.contains("://") { endpoint::url_path(target) } else { target };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = endpoint::braced(if path.is_empty() { "/" } else { path });
    let server = target.contains("://").then(|| servers::origin(target)).flatten();
    let server = server.map(|url| Server::new(Text::new(url, span)));
    Found { method, path: Text::new(path, span), span, server, claimed }
}
