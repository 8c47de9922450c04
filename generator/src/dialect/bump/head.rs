//! Reads what stands before parameters: servers, authentication methods, and an overview's version.

use std::ops::Range;

use crate::{
    claims::Claim,
    dialect::{Context, marks::bullet, security::name_scheme, servers::read_server},
    model::{Page, SecurityRequirement, Server, Text},
};

/// Reads the product's sentences before an overview's description, ``This is version `1.0` of this API documentation.`` and
/// `Last update on May 4, 2025.`, and gives the version and what follows.
pub(super) fn read_version(cx: &mut Context<'_>, prose: Range<usize>) -> (Option<Text>, Range<usize>) {
    const BEFORE: &str = "This is version `";
    let prose = cx.trim(prose);
    let text = cx.slice(prose.clone());
    let said = text.strip_prefix(BEFORE).and_then(|rest| rest.split_once("` of this API documentation."));
    let Some((version, after)) = said else { return (None, prose) };
    let updated = after.strip_prefix(" Last update on ").and_then(|rest| rest.split_once('.'));
    let end = prose.end - updated.map_or(after, |(_, rest)| rest).len();
    let start = prose.start + BEFORE.len();
    let version = cx.fact(start..start + version.len());
    cx.claim(prose.start..end, Claim::Fact);
    (Some(version).filter(|version| !version.value.is_empty()), end..prose.end)
}

/// The lines of a list, `- item`, and where their text begins.
fn items(cx: &Context<'_>, range: Range<usize>) -> Vec<(usize, Range<usize>)> {
    let mut at = range.start;
    let lines = cx.slice(range).split_inclusive('\n').map(|line| {
        at += line.len();
        cx.trim(at - line.len()..at)
    });
    lines.filter_map(|line| Some((line.start + bullet(cx.slice(line.clone()))?, line))).collect()
}

/// Reads servers: `- Label: URL (Label)`, without a label `- URL: URL ()`.
pub(super) fn read_servers(cx: &mut Context<'_>, range: Range<usize>) -> Vec<Server> {
    let mut servers = Vec::new();
    for (start, line) in items(cx, range) {
        let text = cx.slice(line.clone());
        let item = without_last_parentheses(text);
        let url = item.rfind(": ").map_or(start, |at| line.start + at + ": ".len());
        let end = line.start + item.len();
        let label = cx.fact(start..url.saturating_sub(": ".len()).max(start));
        let url = cx.fact(url..end);
        cx.claim(line, Claim::Fact);
        if url.value.is_empty() {
            continue;
        }
        let description = Some(label).filter(|label| !label.value.is_empty() && label.value != url.value);
        servers.push(read_server(cx, url, description));
    }
    servers
}

/// Reads what credentials are needed: `- Bearer auth`; `- Token & Key` needs both. Each item suffices.
pub(super) fn read_security(
    cx: &mut Context<'_>,
    page: &mut Page,
    range: Range<usize>,
) -> Option<Vec<SecurityRequirement>> {
    let mut requirements = Vec::new();
    for (mut at, line) in items(cx, range) {
        let mut requirement = SecurityRequirement::default();
        for part in cx.slice(at..line.end).split_inclusive(" & ") {
            let name = cx.fact(at..at + part.strip_suffix(" & ").unwrap_or(part).len());
            at += part.len();
            if !name.value.is_empty() {
                name_scheme(cx, page, &name);
                requirement.schemes.insert(name.value, Vec::new());
            }
        }
        cx.claim(line, Claim::Fact);
        if !requirement.schemes.is_empty() {
            requirements.push(requirement);
        }
    }
    (!requirements.is_empty()).then_some(requirements)
}

/// A server's line without the ` (Label)` at its end, whose parentheses may hold others.
fn without_last_parentheses(text: &str) -> &str {
    let mut open = 0_usize;
    if text.ends_with(')') {
        for (at, c) in text.char_indices().rev() {
            match c {
                ')' => open += 1,
                '(' => open -= 1,
                _ => {}
            }
            if open == 0 {
                let before = text.get(..at).unwrap_or_default();
                return before.strip_suffix(' ').map_or(text, str::trim_end);
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::without_last_parentheses;

    #[test]
    fn a_label_may_hold_parentheses() {
        for (line, item) in [
            ("- EU: https://a.example (EU)", "- EU: https://a.example"),
            ("- Live (EU): https://a.example/b (Live (EU))", "- Live (EU): https://a.example/b"),
            ("- URL: https://a.example/b_(c) ()", "- URL: https://a.example/b_(c)"),
            ("- URL: https://a.example/b_(c)", "- URL: https://a.example/b_(c)"),
            ("- x :): https://a.example (x :))", "- x :): https://a.example (x :))"),
            ("()", "()"),
        ] {
            assert_eq!(without_last_parentheses(line), item, "{line}");
        }
    }
}
