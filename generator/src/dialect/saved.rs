//! What tools that save pages put before them: where they have a page from, and when.

use std::ops::Range;

use super::Context;
use crate::claims::Claim;

/// Claims what a tool that saves pages has put at an offset, and gives where that ends.
pub(super) fn skip_saved(cx: &mut Context<'_>, mut at: usize) -> usize {
    let next =
        |text, at| comment(text, at).or_else(|| source_line(text, at)).or_else(|| reader_head(text, at));
    while let Some(saved) = next(cx.text(), at) {
        at = saved.end;
        cx.claim(saved, Claim::Furniture);
    }
    at
}

/// A line that says where the page was saved from: `# Source: https://…`, with or without the mark.
fn source_line(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let start = at + rest.len() - rest.trim_start().len();
    let line = text.get(start..)?.lines().next()?;
    let source = line.strip_prefix("# ").unwrap_or(line).strip_prefix("Source: ")?.trim();
    let is_url = source.starts_with("https://") || source.starts_with("http://");
    (is_url && !source.contains(char::is_whitespace)).then_some(start..start + line.len())
}

/// The lines that Jina Reader puts before the Markdown that it makes of a page: `Title: …`, `URL Source: …`, at times
/// more of that kind, and `Markdown Content:`.
fn reader_head(text: &str, at: usize) -> Option<Range<usize>> {
    const MOST: usize = 8;
    let rest = text.get(at..)?;
    let start = at + rest.len() - rest.trim_start().len();
    let mut end = start;
    let mut source = false;
    for line in text.get(start..)?.split_inclusive('\n').take(2 * MOST) {
        let first = end == start;
        end += line.len();
        match line.split_once(':').map(|(key, value)| (key, value.trim())) {
            Some(("Markdown Content", "")) if source => return Some(start..end),
            Some(("Title", _)) if first => {}
            Some(("URL Source", _)) => source = true,
            Some(_) if !first => {}
            None if line.trim().is_empty() => {}
            _ => return None,
        }
    }
    None
}

/// The comment of HTML that comes next in a text, if one does.
fn comment(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let start = at + rest.len() - rest.trim_start().len();
    let inner = text.get(start..)?.strip_prefix("<!--")?;
    let end = inner.find("-->")? + "<!---->".len();
    Some(start..start + end)
}
