//! Pages of Mintlify's own `.md` export: `# Title`, `> description`, prose, `## OpenAPI`, and the operation as an OpenAPI
//! definition in a fence.
//!
//! Enter at [`read`]. The definition is read by [`definition`]; here is told what else the page says: the
//! title and the description of the operation, prose that the vendor has added, and the product's own lines.
//!
//! A text with several definitions is several pages, one behind the other, as in a site's `llms-full.txt`: each begins
//! with its title ([`split`]). What lies between them and has no definition is no operation's, and stays unclaimed.

use std::ops::Range;

use memchr::memmem;

use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::{
        Context,
        definition::{
            compare_description, compare_title,
            fence::{Fence, Subject, fences},
            read_definition, report_missing,
        },
        saved::is_source_line,
    },
    markdown::{BlockKind, parse},
    model::{Operation, Page, Text},
};

/// Lines of the product's own, by what they begin with.
const FURNITURE: &[&str] = &["## OpenAPI", "## AsyncAPI", "Built with [Mintlify]"];
/// How the quote begins that the product puts before every page.
pub(super) const INDEX: &[&str] = &["> ## Documentation Index", "> Fetch the complete documentation index"];

/// What stands before a fence.
#[derive(Default)]
struct Head {
    title: Option<Text>,
    description: Option<Text>,
    prose: Vec<Range<usize>>,
}

/// The fences with definitions, from `start` on.
pub(super) fn definitions(text: &str, start: usize) -> Vec<Fence> {
    fences(text, start)
}

/// Reads a page with definitions.
pub(super) fn read(cx: &mut Context<'_>, page: &mut Page, fences: &[Fence], start: usize) {
    let mut refused = false;
    for (fence, around) in fences.iter().zip(split(cx.text(), start, fences)) {
        let mut head = read_head(cx, around.before);
        // What follows a definition is said of it too.
        let mut tail = read_head(cx, around.behind);
        head.prose.append(&mut tail.prose);
        head.description = head.description.or(tail.description);
        page.title = page.title.take().or_else(|| head.title.clone());
        let found = read_fence(cx, page, fence);
        refused |= found.is_empty();
        for mut operation in found {
            // The page is about the operation, not about what that makes the vendor call.
            if operation.callback.is_none() {
                operation = complete(cx, operation, &head, page);
            }
            page.operations.push(operation);
        }
    }
    if refused && page.operations.is_empty() {
        for range in fences.iter().map(|fence| fence.range.clone()) {
            cx.claim(range, Claim::Fact);
        }
    }
}

fn read_fence(cx: &mut Context<'_>, page: &mut Page, fence: &Fence) -> Vec<Operation> {
    let info = cx.span(fence.info.clone());
    let wanted = match &fence.subject {
        Subject::Operation(wanted) => wanted,
        Subject::Channel => {
            cx.claim(fence.range.clone(), Claim::Fact);
            cx.report(
                Diagnostic::new(codes::NO_OPERATION, info, "page of a channel, not of an HTTP operation")
                    .label("AsyncAPI definitions are not read")
                    .help("leave the page out"),
            );
            return Vec::new();
        }
    };
    cx.claim(fence.range.clone(), Claim::Fact);
    let Some(operations) = read_definition(cx, page, fence.body.clone(), Some(wanted)) else {
        cx.report(
            Diagnostic::new(codes::DEFINITION_WITHOUT_OPERATION, info, "page without an operation")
                .label("its definition cannot be read"),
        );
        return Vec::new();
    };
    if operations.is_empty() {
        report_missing(cx, wanted, info);
    }
    operations
}

/// The operation with what the page says beside the definition.
fn complete(cx: &mut Context<'_>, mut operation: Operation, head: &Head, page: &Page) -> Operation {
    compare_title(cx, &mut operation, head.title.as_ref().or(page.title.as_ref()));
    compare_description(cx, &mut operation, head.description.as_ref());
    for range in &head.prose {
        let Some(prose) = cx.description(range.clone()) else { continue };
        match &mut operation.description {
            Some(description) => {
                description.value.push_str("\n\n");
                description.value.push_str(&prose.value);
            }
            none => *none = Some(prose),
        }
    }
    operation.slug.clone_from(&page.slug);
    operation
}

/// What stands around a definition.
struct Around {
    before: Range<usize>,
    behind: Range<usize>,
}

/// What stands around each definition. Of several, each has the last title before it, and what follows it up to the
/// next; without a title between them, what stands there belongs to the next.
fn split(text: &str, start: usize, fences: &[Fence]) -> Vec<Around> {
    let titles = |range| if fences.len() > 1 { titles(text, range) } else { Vec::new() };
    let mut around: Vec<Around> = Vec::with_capacity(fences.len());
    let mut at = start;
    for fence in fences {
        let titles = titles(at..fence.range.start);
        if let (Some(last), Some(first)) = (around.last_mut(), titles.first()) {
            last.behind.end = *first;
        }
        let before = titles.last().copied().unwrap_or(at)..fence.range.start;
        at = fence.range.end;
        around.push(Around { before, behind: at..at });
    }
    if let Some(last) = around.last_mut() {
        last.behind.end = titles(at..text.len()).first().copied().unwrap_or(text.len());
    }
    around
}

/// Where pages begin in a range: at headings of the first level, behind a rule or nothing, or above what the product
/// puts below a title. Others are the page's own.
fn titles(text: &str, range: Range<usize>) -> Vec<usize> {
    const BELOW: [&str; 3] = [">", "Source: ", "## OpenAPI"];
    let inner = text.get(range.clone()).unwrap_or_default();
    let begins = |heading: &Range<usize>| {
        let before = inner.get(..heading.start).unwrap_or_default().trim_end().lines().next_back();
        let below = inner.get(heading.end..).unwrap_or_default().trim_start();
        before.is_none_or(|line| is_rule(line.trim()) || line.ends_with("-->"))
            || BELOW.iter().any(|known| below.starts_with(known))
    };
    let blocks = parse(inner).blocks;
    let headings = blocks.iter().filter(|block| block.kind == BlockKind::Heading(1));
    let pages = headings.map(|block| &block.range).filter(|heading| begins(heading));
    pages.map(|heading| range.start + heading.start).collect()
}

/// Whether a line divides prose, or pages.
fn is_rule(line: &str) -> bool {
    matches!(line, "---" | "***" | "___")
}

/// The comments of HTML in a range that have their lines for themselves.
fn comments(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    const OPENS: &str = "<!--";
    let inner = text.get(range.clone()).unwrap_or_default();
    // Most pages have none, and need not be parsed for it.
    if memmem::find(inner.as_bytes(), OPENS.as_bytes()).is_none() {
        return Vec::new();
    }
    let blocks = parse(inner).blocks.into_iter().filter(|block| block.kind == BlockKind::Html);
    let alone = |block: &Range<usize>| {
        let html = inner.get(block.clone()).unwrap_or_default().trim();
        html.starts_with(OPENS) && html.find("-->").is_none_or(|end| end + "-->".len() == html.len())
    };
    let comments = blocks.map(|block| block.range).filter(alone);
    comments.map(|block| range.start + block.start..range.start + block.end).collect()
}

/// Reads what stands around definitions, paragraph by paragraph.
fn read_head(cx: &mut Context<'_>, range: Range<usize>) -> Head {
    let mut head = Head::default();
    let mut comments = comments(cx.text(), range.clone()).into_iter().peekable();
    let mut at = range.start;
    let mut index = false;
    let mut quoted: Option<Range<usize>> = None;
    let mut prose: Option<Range<usize>> = None;
    let mut rules: Vec<Range<usize>> = Vec::new();
    for line in cx.slice(range.clone()).split_inclusive('\n') {
        let here = at..at + line.trim_end().len();
        at += line.len();
        let text = line.trim();
        while comments.next_if(|comment| comment.end <= here.start).is_some() {}
        if comments.peek().is_some_and(|comment| comment.start <= here.start) {
            cx.claim(here, Claim::Furniture);
            head.prose.extend(prose.take());
            continue;
        }
        let begins = |known: &[&str]| known.iter().any(|start| text.starts_with(start));
        if begins(INDEX) || (index && text.starts_with('>')) {
            index = true;
            cx.claim(here, Claim::Furniture);
            continue;
        }
        index = false;
        let is_prose = prose.is_some();
        if begins(FURNITURE) || is_source_line(text) {
            cx.claim(here, Claim::Furniture);
        } else if let Some(title) = text.strip_prefix("# ").filter(|_| head.title.is_none() && !is_prose) {
            let start = here.end - title.len();
            cx.claim(here.start..start, Claim::Furniture);
            head.title = Some(cx.fact(start..here.end));
        } else if let Some(rest) = text.strip_prefix('>').filter(|_| head.title.is_some() && !is_prose) {
            let start = here.end - rest.len();
            cx.claim(here.start..start, Claim::Furniture);
            quoted = Some(quoted.map_or(start, |quoted| quoted.start)..here.end);
        } else if quoted.is_some() && !is_prose && !text.is_empty() && continues(cx, &quoted, here.start) {
            // A quote goes on, as lazy lines of a paragraph do.
            quoted = quoted.map(|quoted| quoted.start..here.end);
        } else if is_rule(text) {
            rules.push(here);
        } else if !text.is_empty() {
            if is_prose {
                rules.clear();
            }
            prose = Some(prose.map_or(here.start, |prose| prose.start)..here.end);
        }
    }
    rules.into_iter().for_each(|rule| cx.claim(rule, Claim::Furniture));
    head.description = quoted.and_then(|range| {
        let mut text = cx.description(range)?;
        let lines = text.value.lines().map(|line| line.trim_start().trim_start_matches('>').trim());
        text.value = lines.collect::<Vec<_>>().join("\n");
        Some(text)
    });
    head.prose.extend(prose);
    head
}

/// Whether a line stands directly below a quote.
fn continues(cx: &Context<'_>, quoted: &Option<Range<usize>>, start: usize) -> bool {
    let between = quoted.as_ref().map_or("", |quoted| cx.slice(quoted.end..start));
    between.matches('\n').count() == 1
}
