//! ReadMe's own blocks: `[block:kind]`, JSON, `[/block]`; and its elements.
//!
//! The text comes in, the blocks with their ranges go out ([`scan`]). Blocks are found before Markdown
//! is parsed, which would read their JSON as running text. A `[block:…]` inside a fence is code, and so is an element.
//!
//! Invariant: each byte is looked at a bounded number of times, however many blocks do not end.

use std::ops::Range;

use super::elements::{Element, Elements};

/// A block and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RawBlock<'t> {
    /// What stands after `block:`.
    pub(super) kind: &'t str,
    /// From `[block:` to the end of `[/block]`.
    pub(super) range: Range<usize>,
    /// What stands between.
    pub(super) json: Range<usize>,
    /// Whether `[/block]` is there.
    pub(super) closed: bool,
}

/// What a block opens with.
pub(super) const OPEN: &str = "[block:";
/// What it closes with.
pub(super) const CLOSE: &str = "[/block]";

/// What stands between stretches of Markdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Raw<'t> {
    /// A block.
    Block(RawBlock<'t>),
    /// An element.
    Element(Element),
}

impl Raw<'_> {
    /// Where it stands.
    pub(super) fn range(&self) -> &Range<usize> {
        match self {
            Self::Block(block) => &block.range,
            Self::Element(element) => &element.range,
        }
    }
}

/// The blocks and elements from `start` on, in order.
pub(super) fn scan(text: &str, start: usize) -> Vec<Raw<'_>> {
    let mut found: Vec<Raw<'_>> = Vec::new();
    let elements = Elements::new(text);
    let mut fence: Option<(char, usize)> = None;
    let marks = Marks::new(text);
    let mut at = start;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let line = rest.split_inclusive('\n').next().unwrap_or(rest);
        let trimmed = line.trim_start();
        if let Some(marker) = fence_marker(trimmed) {
            fence = match fence {
                None => Some(marker),
                Some((c, length)) if c == marker.0 && marker.1 >= length && is_fence_end(trimmed, c) => None,
                open => open,
            };
        }
        let indent = line.len() - trimmed.len();
        if fence.is_none()
            && let Some(block) = marks.block(text, at + indent)
        {
            at = block.range.end;
            found.push(Raw::Block(block));
        } else if fence.is_none()
            && let Some(element) = elements.at(at + indent)
        {
            at = element.range.end;
            found.push(Raw::Element(element));
        } else {
            at += line.len();
        }
    }
    found
}

/// Where blocks can begin and end, found once for the whole text.
struct Marks {
    /// Line breaks before a `[block:`.
    opens: Vec<usize>,
    /// Each `[/block]`.
    closes: Vec<usize>,
    /// Each `[/block]` that begins a line.
    line_closes: Vec<usize>,
}

impl Marks {
    fn new(text: &str) -> Self {
        let begins_line = |at: &usize| text.get(..*at).is_some_and(|before| before.ends_with('\n'));
        let closes: Vec<usize> = text.match_indices(CLOSE).map(|(at, _)| at).collect();
        Self {
            opens: text.match_indices("\n[block:").map(|(at, _)| at).collect(),
            line_closes: closes.iter().copied().filter(begins_line).collect(),
            closes,
        }
    }

    fn block<'t>(&self, text: &'t str, start: usize) -> Option<RawBlock<'t>> {
        let rest = text.get(start..)?.strip_prefix(OPEN)?;
        let named = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        let length = rest.find(|c| !named(c)).filter(|&length| length > 0)?;
        let kind = rest.get(..length).filter(|_| rest.as_bytes().get(length) == Some(&b']'))?;
        let json = start + OPEN.len() + length + 1;
        // JSON has no line that begins like a block, so the next block bounds this one.
        let reach = first_from(&self.opens, json).unwrap_or(text.len());
        let last = self.closes.partition_point(|&at| at < reach).checked_sub(1);
        let close = first_from(&self.line_closes, json)
            .filter(|&at| at < reach)
            .or_else(|| last.and_then(|last| self.closes.get(last)).copied().filter(|&at| at >= json));
        let (json_end, end) = close.map_or((reach, reach), |at| (at, at + CLOSE.len()));
        Some(RawBlock { kind, range: start..end, json: json..json_end, closed: close.is_some() })
    }
}

fn first_from(sorted: &[usize], from: usize) -> Option<usize> {
    sorted.get(sorted.partition_point(|&at| at < from)).copied()
}

/// The character and length of a fence that the line begins with.
fn fence_marker(line: &str) -> Option<(char, usize)> {
    let c = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(c).len();
    let info = line.get(length..)?;
    (length >= 3 && !(c == '`' && info.contains('`'))).then_some((c, length))
}

fn is_fence_end(line: &str, c: char) -> bool {
    line.trim_end().trim_start_matches(c).is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blocks(text: &str) -> Vec<RawBlock<'_>> {
        let block = |raw| match raw {
            Raw::Block(block) => Some(block),
            Raw::Element(_) => None,
        };
        scan(text, 0).into_iter().filter_map(block).collect()
    }

    fn check(text: &str, expected: &[(&str, &str, bool)]) {
        let found: Vec<_> =
            blocks(text).iter().map(|b| (b.kind, text[b.json.clone()].trim(), b.closed)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn blocks_are_found_on_one_line_and_on_many() {
        check(
            "a\n[block:code]\n{}\n[/block]\n[block:html] {\"h\": \"[/block]\"} [/block]\n",
            &[("code", "{}", true), ("html", "{\"h\": \"[/block]\"}", true)],
        );
    }

    #[test]
    fn a_block_without_end_reaches_to_the_next() {
        check("[block:a]\n{\n[block:b]\n{}\n[/block]", &[("a", "{", false), ("b", "{}", true)]);
    }

    #[test]
    fn fences_hide_blocks() {
        check("```\n[block:a]\n{}\n[/block]\n```\n[block:b]{}[/block]", &[("b", "{}", true)]);
    }

    #[test]
    fn elements_are_found_beside_blocks_and_not_in_fences() {
        let text = "```\n<table></table>\n```\n  <table></table>\n[block:a]\n<table></table>\n[/block]\n";
        let ranges: Vec<_> = scan(text, 0).iter().map(|raw| &text[raw.range().clone()]).collect();
        assert_eq!(ranges, ["<table></table>", "[block:a]\n<table></table>\n[/block]"]);
    }

    #[test]
    fn many_blocks_without_end_stay_linear() {
        assert_eq!(scan(&"[block:a]\n".repeat(100_000), 0).len(), 100_000);
        assert_eq!(scan(&"[block:a ".repeat(100_000), 0).len(), 0);
        assert_eq!(scan(&"[block:a\n".repeat(100_000), 0).len(), 0);
        assert_eq!(scan(&"  [block:a]\n[/block]\n".repeat(100_000), 0).len(), 100_000);
    }
}
