//! Reads one operation: title, description, `Endpoint:` with the lines after it, then its sections.

use std::{collections::HashSet, ops::Range};

use super::{
    grammar::Mark,
    parts::OperationPart,
    section::{SectionMarks, Sections},
};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::{Context, marks::Marked, security::name_scheme},
    model::{HttpMethod, Operation, Page, SecurityRequirement, Text},
};

/// Reads the operation whose marks are given; its text ends at `end`. A method that is none is reported,
/// and there is no operation.
pub(super) fn read_operation(
    cx: &mut Context<'_>,
    page: &mut Page,
    marks: &[Marked<Mark>],
    part: &OperationPart,
    end: usize,
) -> Option<Operation> {
    let line = marks.get(part.endpoint)?;
    let Mark::Endpoint { method, path } = &line.mark else { return None };
    let span = cx.span(line.range.clone());
    let name = cx.slice(method.clone());
    let Ok(verb) = name.parse::<HttpMethod>() else {
        cx.report(
            Diagnostic::new(
                codes::UNKNOWN_METHOD,
                cx.span(method.clone()),
                format!("unknown method `{name}`"),
            )
            .label("not a method of HTTP")
            .help("correct the page's `Endpoint:` line"),
        );
        return None;
    };
    cx.claim(line.range.start..path.end, Claim::Fact);
    let head = path.end;
    let path = cx.fact(path.clone());
    let mut operation = Operation::new(verb, path, span);
    operation.webhook = !operation.path.value.starts_with('/') && !operation.path.value.contains("://");
    if let Some(title) = part.title.and_then(|title| marks.get(title)) {
        read_title(cx, &mut operation, title, line.range.start);
    }
    let sections = marks.get(part.sections.clone()).unwrap_or_default();
    let first = sections.first().map_or(end, |marked| marked.range.start);
    read_head_lines(cx, page, &mut operation, head..first);
    let mut reader = Sections::new(&mut operation);
    let is_section = |marked: &Marked<Mark>| matches!(marked.mark, Mark::Section(_));
    let mut starts = (0..sections.len()).filter(|&at| sections.get(at).is_some_and(is_section)).peekable();
    while let Some(start) = starts.next() {
        let next = starts.peek().copied();
        let section = sections.get(start..next.unwrap_or(sections.len())).unwrap_or_default();
        let section_end = next.and_then(|next| sections.get(next)).map_or(end, |marked| marked.range.start);
        reader.read_section(cx, &SectionMarks { marks: section, end: section_end });
    }
    Some(operation)
}

fn read_title(cx: &mut Context<'_>, operation: &mut Operation, marked: &Marked<Mark>, end: usize) {
    let Mark::Title(title) = &marked.mark else { return };
    cx.claim(marked.range.clone(), Claim::Fact);
    let title = cx.fact(title.clone());
    let description = cx.description(marked.range.end..end);
    if cx.is_reflowed() {
        let (span, what) = match (&description, title.value.is_empty()) {
            (Some(description), true) => (description.span, "title and description run together"),
            _ => (title.span, "title whose end was lost"),
        };
        let label =
            if title.value.is_empty() { "all of it is read as description" } else { "read as the title" };
        cx.report(
            Diagnostic::new(codes::TITLE_END_LOST, span, what)
                .label(label)
                .help("put the title on a line of its own, or set it in a corrected copy of the page"),
        );
    }
    let lower = title.value.to_lowercase();
    operation.deprecated = ["(deprecated)", "[deprecated]"].into_iter().any(|mark| lower.contains(mark));
    operation.title = Some(title).filter(|title| !title.value.is_empty());
    operation.description = description;
}

/// `Version: …` and `Security: …`, on the lines right after the endpoint's, or on the same. What else stands there stays
/// unclaimed.
fn read_head_lines(cx: &mut Context<'_>, page: &mut Page, operation: &mut Operation, range: Range<usize>) {
    let mut at = range.start;
    let slice = cx.slice(range);
    let parts = slice.split_inclusive('\n').flat_map(|line| {
        let (version, security) = line.split_at(security_begins(line).unwrap_or(line.len()));
        [version, security]
    });
    for part in parts {
        let whole = cx.trim(at..at + part.len());
        at += part.len();
        let text = cx.slice(whole.clone());
        if text.strip_prefix("Version:").is_some() {
            let version = cx.fact(whole.start + "Version:".len()..whole.end);
            operation.version = Some(version).filter(|version| !version.value.is_empty());
        } else if text.strip_prefix("Security:").is_some() {
            let names = whole.start + "Security:".len()..whole.end;
            operation.security = read_security(cx, page, names);
        } else if text.is_empty() {
            continue;
        } else {
            break;
        }
        cx.claim(whole, Claim::Fact);
    }
}

/// Where `Security:` begins on a line, behind the version.
pub(super) fn security_begins(line: &str) -> Option<usize> {
    if line.trim_start().starts_with("Security:") { Some(0) } else { line.find(" Security:") }
}

/// The names after `Security:`; nothing where there are none. Several are taken as alternatives.
fn read_security(
    cx: &mut Context<'_>,
    page: &mut Page,
    range: Range<usize>,
) -> Option<Vec<SecurityRequirement>> {
    let span = cx.span(cx.trim(range.clone()));
    let mut requirements: Vec<SecurityRequirement> = Vec::new();
    let mut known = HashSet::new();
    let mut at = range.start;
    for part in cx.slice(range).split_inclusive(',') {
        let name: Text = cx.fact(at..at + part.trim_end_matches(',').len());
        at += part.len();
        if name.value.is_empty() || !known.insert(name.value.clone()) {
            continue;
        }
        name_scheme(cx, page, &name);
        let mut requirement = SecurityRequirement::default();
        requirement.schemes.insert(name.value, Vec::new());
        requirements.push(requirement);
    }
    if requirements.len() > 1 {
        cx.report(
            Diagnostic::new(codes::SCHEMES_AS_ALTERNATIVES, span, "several security schemes")
                .label("not stated whether all of them are needed; each is taken to suffice")
                .help("override the operation's security in docwright.yaml if all are needed"),
        );
    }
    (!requirements.is_empty()).then_some(requirements)
}
