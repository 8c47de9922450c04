//! Reads an overview: what all operations of an API have in common, `## Servers` and `## Security`.
//!
//! The overview's marks come in; servers, security schemes, title, version and description of the page
//! go out. The index of operations at its end repeats what their own pages say, and is furniture.

use std::ops::Range;

use super::grammar::{Mark, Overview};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::{
        Context,
        context::trim,
        marks::{Marked, body},
        servers::read_server,
    },
    model::{ApiKeyLocation, Page, SchemeKind, SecurityScheme, Text},
};

/// The keys of the lines after an overview's description.
const HEAD_KEYS: [&str; 2] = ["Version:", "License:"];
/// The keys of the lines after a scheme's description, besides `Type:`.
const SCHEME_KEYS: [&str; 9] = [
    "Scheme:",
    "Bearer Format:",
    "In:",
    "Name:",
    "Flow:",
    "Authorization URL:",
    "Token URL:",
    "OpenID Connect URL:",
    "Open ID Connect URL:",
];
/// The kinds of schemes after `Type:`.
const SCHEME_TYPES: [&str; 5] = ["http", "apiKey", "oauth2", "openIdConnect", "mutualTLS"];

/// Reads the overview that the marks of a range make up.
pub(super) fn read_overview(
    cx: &mut Context<'_>,
    page: &mut Page,
    marks: &[Marked<Mark>],
    overview: Range<usize>,
    text_end: usize,
) {
    let end = marks.get(overview.end).map_or(text_end, |marked| marked.range.start);
    let marks = marks.get(overview).unwrap_or_default();
    let is_heading = |marked: &&Marked<Mark>| matches!(marked.mark, Mark::Overview(_));
    // What else looks like a mark in an overview is prose.
    let headings: Vec<Marked<Mark>> = marks.iter().filter(is_heading).cloned().collect();
    if let Some(Marked { mark: Mark::Title(title), range, .. }) = marks.first() {
        let head_end = headings.first().map_or(end, |heading| heading.range.start);
        cx.claim(range.clone(), Claim::Fact);
        page.title = Some(cx.fact(title.clone())).filter(|title| !title.value.is_empty());
        read_head(cx, page, range.end..head_end);
    }
    for (at, heading) in headings.iter().enumerate() {
        let Mark::Overview(kind) = heading.mark else { continue };
        let body = body(&headings, at, end);
        match kind {
            Overview::Servers => read_servers(cx, page, body),
            Overview::Security => read_schemes(cx, page, body),
            Overview::Download => cx.claim(heading.range.start..end, Claim::Furniture),
        }
        cx.claim(heading.range.clone(), Claim::Fact);
        if kind == Overview::Download {
            break;
        }
    }
}

/// Where a page describes a scheme in the product's words: a heading `## Security`, with a `Type:` of a known kind below it.
pub(super) fn described_scheme(text: &str, marks: &[Marked<Mark>]) -> Option<Range<usize>> {
    let headings = marks.iter().enumerate();
    let mut security = headings.filter(|(_, marked)| marked.mark == Mark::Overview(Overview::Security));
    security.find_map(|(at, marked)| {
        let body = text.get(body(marks, at, text.len()))?;
        type_places(body).next().map(|_| marked.range.clone())
    })
}

/// Where a `Type:` of a known kind stands, the last one first.
fn type_places(text: &str) -> impl Iterator<Item = usize> {
    text.rmatch_indices("Type: ").map(|(at, _)| at).filter(|&at| {
        let kind = text.get(at + "Type: ".len()..).and_then(|rest| rest.split_whitespace().next());
        let begins =
            text.get(..at).is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace));
        begins && kind.is_some_and(|kind| SCHEME_TYPES.contains(&kind))
    })
}

/// The ranges of a range's lines, trimmed, blank ones left out.
fn lines(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut at = range.start;
    let slice = text.get(range).unwrap_or_default();
    let lines = slice.split_inclusive('\n').map(|line| {
        at += line.len();
        trim(text, at - line.len()..at)
    });
    lines.filter(|line| !line.is_empty()).collect()
}

fn read_head(cx: &mut Context<'_>, page: &mut Page, range: Range<usize>) {
    let text = cx.text();
    let mut end = range.end;
    for line in lines(text, range.clone()).into_iter().rev() {
        let slice = cx.slice(line.clone());
        let Some(key) = HEAD_KEYS.into_iter().find(|key| slice.starts_with(key)) else { break };
        end = line.start;
        let value = cx.fact(line.start + key.len()..line.end);
        cx.claim(line, Claim::Fact);
        if key == "Version:" && !value.value.is_empty() {
            page.version = Some(value);
        }
    }
    page.description = cx.description(range.start..end);
}

fn read_servers(cx: &mut Context<'_>, page: &mut Page, range: Range<usize>) {
    let mut in_fence = false;
    let mut description = None;
    for line in lines(cx.text(), range) {
        if cx.slice(line.clone()).starts_with("```") {
            in_fence = !in_fence;
            cx.claim(line, Claim::Fact);
        } else if in_fence {
            let url = cx.fact(line);
            let server = read_server(cx, url, description.take());
            page.servers.push(server);
        } else {
            description = cx.description(line);
        }
    }
}

fn read_schemes(cx: &mut Context<'_>, page: &mut Page, range: Range<usize>) {
    let text = cx.text();
    let lines = lines(text, range.clone());
    let heads: Vec<usize> = (0..lines.len())
        .filter(|&at| lines.get(at).is_some_and(|line| cx.slice(line.clone()).starts_with("### ")))
        .collect();
    for (number, &at) in heads.iter().enumerate() {
        let end = heads.get(number + 1).copied().unwrap_or(lines.len());
        let Some((head, rest)) = lines.get(at..end).and_then(<[_]>::split_first) else { continue };
        read_scheme(cx, page, head.clone(), rest);
    }
}

/// One scheme: `### name`, its description, then `Type: …` and what belongs to it.
fn read_scheme(cx: &mut Context<'_>, page: &mut Page, head: Range<usize>, lines: &[Range<usize>]) {
    cx.claim(head.clone(), Claim::Fact);
    let name = cx.fact(head.start + "### ".len()..head.end);
    let type_line = lines.iter().rposition(|line| cx.slice(line.clone()).starts_with("Type:"));
    let (prose, facts) = lines.split_at(type_line.unwrap_or(lines.len()));
    let prose = prose.first().zip(prose.last()).map(|(first, last)| first.start..last.end);
    let description = prose.and_then(|prose| cx.description(prose));
    let value = |cx: &mut Context<'_>, key: &str| -> Option<Text> {
        let line = facts.iter().find(|line| cx.slice((*line).clone()).starts_with(key))?;
        Some(cx.fact(line.start + key.len()..line.end)).filter(|value| !value.value.is_empty())
    };
    let given = |text: Option<Text>| text.map(|text| text.value).unwrap_or_default();
    let kind = match given(value(cx, "Type:")).as_str() {
        "http" => SchemeKind::Http { scheme: given(value(cx, "Scheme:")).to_ascii_lowercase() },
        "apiKey" => match given(value(cx, "In:")).as_str() {
            "query" => {
                SchemeKind::ApiKey { location: ApiKeyLocation::Query, name: given(value(cx, "Name:")) }
            }
            "cookie" => {
                SchemeKind::ApiKey { location: ApiKeyLocation::Cookie, name: given(value(cx, "Name:")) }
            }
            _ => SchemeKind::ApiKey { location: ApiKeyLocation::Header, name: given(value(cx, "Name:")) },
        },
        "oauth2" => SchemeKind::OAuth2,
        "openIdConnect" => {
            match value(cx, "OpenID Connect URL:").or_else(|| value(cx, "Open ID Connect URL:")) {
                Some(url) => SchemeKind::OpenIdConnect { url: url.value },
                None => SchemeKind::Unknown,
            }
        }
        _ => SchemeKind::Unknown,
    };
    let complete = match &kind {
        SchemeKind::Http { scheme } => !scheme.is_empty(),
        SchemeKind::ApiKey { name, .. } => !name.is_empty(),
        SchemeKind::Unknown => false,
        SchemeKind::OAuth2 | SchemeKind::OpenIdConnect { .. } => true,
    };
    if !complete {
        cx.report(
            Diagnostic::new(
                codes::UNKNOWN_SCHEME,
                name.span,
                format!("security scheme `{}` of unknown kind", name.value),
            )
            .label("the lines below do not tell how credentials are sent")
            .help("describe the scheme under `security_schemes` in docwright.yaml"),
        );
    }
    for line in facts {
        let text = cx.slice(line.clone());
        let known = text.starts_with("Type:") || SCHEME_KEYS.iter().any(|key| text.starts_with(key));
        if known {
            cx.claim(line.clone(), Claim::Fact);
        }
    }
    let kind = if complete { kind } else { SchemeKind::Unknown };
    let span = cx.span(head);
    let scheme = SecurityScheme { description, ..SecurityScheme::new(kind, span) };
    page.security_schemes.insert(name.value, scheme);
}

/// Parts a flat head: title and description, then the lines `Version: …` and `License: …`.
pub(super) fn trailing_lines(text: &str, body: Range<usize>) -> (Range<usize>, Vec<Range<usize>>) {
    let slice = text.get(body.clone()).unwrap_or_default();
    let mut cuts: Vec<usize> = Vec::new();
    let mut end = slice.len();
    for key in HEAD_KEYS.into_iter().rev() {
        let before = slice.get(..end).unwrap_or_default();
        // A sentence may begin with the word; the line at the end is short.
        if let Some(at) = before
            .rfind(key)
            .filter(|&at| end - at <= 128 && before.get(..at).is_some_and(|b| b.ends_with(' ')))
        {
            cuts.push(at);
            end = at;
        }
    }
    cuts.reverse();
    let starts: Vec<usize> = cuts.iter().map(|&at| body.start + at).collect();
    let ends = starts.iter().copied().skip(1).chain([body.end]);
    let lines = starts.iter().zip(ends).map(|(&start, end)| trim(text, start..end)).collect();
    (trim(text, body.start..body.start + end), lines)
}

/// The lines of flat servers: labels, fences, URLs.
pub(super) fn server_lines(text: &str, body: Range<usize>) -> Vec<Range<usize>> {
    let slice = text.get(body.clone()).unwrap_or_default();
    let mut lines = Vec::new();
    let mut at = body.start;
    for (fence, mark) in slice.match_indices("```") {
        let start = body.start + fence;
        lines.push(trim(text, at..start));
        at = start + mark.len();
        lines.push(start..at);
    }
    lines.push(trim(text, at..body.end));
    lines
}

/// The lines of flat schemes: `### name`, description, then a line for each key.
pub(super) fn scheme_lines(text: &str, body: Range<usize>) -> Vec<Range<usize>> {
    let slice = text.get(body.clone()).unwrap_or_default();
    let mut cuts = vec![0];
    for (at, _) in slice.match_indices("### ") {
        cuts.push(at);
        let name = at + "### ".len();
        let rest = slice.get(name..).unwrap_or_default();
        let end = rest.find(' ').map_or(slice.len(), |end| name + end);
        cuts.push(end);
        let scheme_end = rest.find(" ### ").map_or(slice.len(), |end| name + end);
        cuts.extend(key_places(slice, end..scheme_end));
    }
    cuts.push(slice.len());
    cuts.sort_unstable();
    cuts.windows(2)
        .filter_map(|pair| match *pair {
            [start, end] => Some(trim(text, body.start + start..body.start + end)),
            _ => None,
        })
        .collect()
}

/// Where the keys stand in a flat scheme: the last `Type:` of a known kind, and known keys after it.
fn key_places(slice: &str, range: Range<usize>) -> Vec<usize> {
    let scheme = slice.get(range.clone()).unwrap_or_default();
    let starts =
        |at: usize| scheme.get(..at).is_some_and(|before| before.is_empty() || before.ends_with(' '));
    let Some(first) = type_places(scheme).next() else { return Vec::new() };
    let facts = scheme.get(first..).unwrap_or_default();
    let keys = SCHEME_KEYS.iter().flat_map(|key| facts.match_indices(key).map(|(at, _)| first + at));
    std::iter::once(first).chain(keys.filter(|&at| starts(at))).map(|at| range.start + at).collect()
}
