//! A page's text comes in, its pieces go out: lines, anchors, headings, fences, JSON, `curl` commands.
//!
//! Enter at [`split`]. The same page reaches people as plain text, as Markdown with anchors, and as a copy
//! out of a browser; after this stage those forms differ in little. Pieces are in order, do not overlap,
//! and hold no surrounding white space and no zero-width characters; what lies between them is blank.
//! Splitting is linear: what failed once to be JSON or a command is not tried again further on without
//! bound.

use std::ops::Range;

use memchr::{memchr, memmem};
use serde_json::Value;

use crate::curl::{self, Command};

/// How many texts that look like a command, but are none, are tried.
const MAX_FAILED_COMMANDS: usize = 16;

/// A stretch of a page.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    /// What it is.
    pub(super) kind: Kind,
    /// Where it stands.
    pub(super) range: Range<usize>,
    /// Whether a blank line stands before it.
    pub(super) gap: bool,
}

/// What a piece can be.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// A line of text.
    Text,
    /// A heading of the given level; the range is that of its text.
    Heading(u8),
    /// The mark before a field or heading, with the identifier that it links to; empty where the copy
    /// has kept only the mark.
    Anchor(String),
    /// A JSON object or array.
    Json(Value),
    /// A `curl` command.
    Curl(Box<Command>),
    /// Any other code.
    Code,
}

impl Piece {
    /// Whether it is a line of text or a heading.
    pub(super) fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Heading(_))
    }
}

/// A page in pieces.
#[derive(Debug, Default)]
pub(super) struct Split {
    /// The pieces.
    pub(super) pieces: Vec<Piece>,
    /// Marks of headings and the like, which belong to no piece.
    pub(super) marks: Vec<Range<usize>>,
}

/// Splits a page, from `start` on.
pub(super) fn split(text: &str, start: usize) -> Split {
    let mut splitter = Splitter { text, at: start, gap: true, ..Splitter::default() };
    while splitter.at < text.len() {
        splitter.line();
    }
    splitter.out
}

/// Zero-width characters and white space, which say nothing.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_zero_width(c)
}

fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

#[derive(Default)]
struct Splitter<'a> {
    text: &'a str,
    at: usize,
    gap: bool,
    out: Split,
    failed_commands: usize,
    /// No fence closes from here on: looked for once, in vain.
    unclosed_fence: bool,
    /// No line closes a bracket from here on.
    unclosed_bracket: bool,
}

impl Splitter<'_> {
    /// Takes what stands at the beginning of a line.
    fn line(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = self.at + memchr(b'\n', rest.as_bytes()).unwrap_or(rest.len());
        let line = self.at..end;
        let Some(range) = self.trim(line.clone()) else {
            let marked = rest.get(..end - self.at).is_some_and(|line| line.contains(is_zero_width));
            match marked {
                // A line of nothing but the mark that a browser's copy puts before a field.
                true => self.push(Kind::Anchor(String::new()), line),
                false => self.gap = true,
            }
            self.at = end + 1;
            return;
        };
        let content = self.text.get(range.clone()).unwrap_or_default();
        if content.starts_with("```") || content.starts_with("~~~") {
            return self.fence(range, end);
        }
        if let Some(next) = self.command(&range).or_else(|| self.json(&range)) {
            self.at = next;
            return;
        }
        // The last language's sample and the JSON behind it are glued.
        const LAST_LINE: &str = "response.read_body";
        if let Some(cut) = memmem::find(content.as_bytes(), LAST_LINE.as_bytes())
            .map(|at| range.start + at + LAST_LINE.len())
            && cut < range.end
        {
            self.push(Kind::Text, range.start..cut);
            self.at = cut;
            return;
        }
        self.at = end + 1;
        self.words(line, range);
    }

    /// A line that is neither code nor blank.
    fn words(&mut self, line: Range<usize>, mut range: Range<usize>) {
        let raw = self.text.get(line.clone()).unwrap_or_default();
        let mut kind = Kind::Text;
        let content = self.text.get(range.clone()).unwrap_or_default();
        let hashes = content.bytes().take_while(|&b| b == b'#').count();
        if (1..=6).contains(&hashes) && content.get(hashes..).is_some_and(|rest| rest.starts_with(is_blank)) {
            kind = Kind::Heading(u8::try_from(hashes).unwrap_or(6));
            self.out.marks.push(range.start..range.start + hashes);
            match self.trim(range.start + hashes..range.end) {
                Some(inner) => range = inner,
                None => return,
            }
        }
        let content = self.text.get(range.clone()).unwrap_or_default();
        if let Some((id, length)) = anchor(content) {
            match kind {
                Kind::Text => self.push(Kind::Anchor(id.to_owned()), range.start..range.start + length),
                // An anchor inside of a heading is no field's.
                _ => self.out.marks.push(range.start..range.start + length),
            }
            match self.trim(range.start + length..range.end) {
                Some(inner) => range = inner,
                None => return,
            }
        } else if let (Kind::Text, Some(mark)) = (&kind, raw.find(is_zero_width)) {
            // The mark that a browser's copy puts before a field's name.
            let mark = line.start + mark..range.start;
            if mark.start < mark.end {
                self.push(Kind::Anchor(String::new()), mark);
            }
        }
        self.push(kind, range);
    }

    /// A fence that opens at `range`; `end` is where its line ends.
    fn fence(&mut self, range: Range<usize>, end: usize) {
        let line = self.text.get(range.clone()).unwrap_or_default();
        let mark = line.chars().next().unwrap_or('`');
        let ticks = line.chars().take_while(|&c| c == mark).count();
        let close = if self.unclosed_fence { None } else { self.fence_close(end + 1, mark, ticks) };
        let Some((inner_end, close_end)) = close else {
            self.unclosed_fence = true;
            self.push(Kind::Text, range);
            self.at = end + 1;
            return;
        };
        let whole = range.start..close_end;
        self.at = close_end + 1;
        let inner = self.trim(end + 1..inner_end).unwrap_or(end..end);
        // Collapsed samples are wrapped in single back-ticks inside of their fence.
        let inner_text = self.text.get(inner.clone()).unwrap_or_default();
        let unwrapped = inner_text.strip_prefix('`').and_then(|t| t.strip_suffix('`'));
        let inner = match unwrapped {
            Some(_) => self.trim(inner.start + 1..inner.end - 1).unwrap_or(inner),
            None => inner,
        };
        let inner_text = self.text.get(inner.clone()).unwrap_or_default();
        let kind = if let Some((command, _)) = curl::curl(inner_text, inner.start) {
            Kind::Curl(Box::new(command))
        } else {
            match serde_json::from_str::<Value>(inner_text) {
                Ok(value @ (Value::Object(_) | Value::Array(_))) => Kind::Json(value),
                _ => Kind::Code,
            }
        };
        self.push(kind, whole);
    }

    /// Where the fence's content ends and where its closing line ends.
    fn fence_close(&self, mut at: usize, mark: char, ticks: usize) -> Option<(usize, usize)> {
        while let Some(rest) = self.text.get(at..).filter(|rest| !rest.is_empty()) {
            let length = rest.find('\n').unwrap_or(rest.len());
            let line = rest.get(..length).unwrap_or_default().trim();
            if line.len() >= ticks && line.starts_with(mark) && line.chars().all(|c| c == mark) {
                return Some((at, at + length));
            }
            at += length + 1;
        }
        None
    }

    /// A `curl` command at the beginning of a line: where the text goes on after it.
    fn command(&mut self, range: &Range<usize>) -> Option<usize> {
        let rest = self.text.get(range.start..)?;
        if self.failed_commands >= MAX_FAILED_COMMANDS || !rest.starts_with("curl ") {
            return None;
        }
        let Some((command, length)) = curl::curl(rest, range.start) else {
            self.failed_commands += 1;
            return None;
        };
        self.push(Kind::Curl(Box::new(command)), range.start..range.start + length);
        Some(range.start + length)
    }

    /// A JSON object or array at the beginning of a line: where the text goes on after it.
    fn json(&mut self, range: &Range<usize>) -> Option<usize> {
        let rest = self.text.get(range.start..)?;
        if !rest.starts_with(['{', '[']) {
            return None;
        }
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        if let Some(Ok(value)) = values.next() {
            let end = range.start + values.byte_offset();
            // A link or a footnote's mark is no array.
            let after = self.text.get(end..).unwrap_or_default();
            let ends_line = after.split('\n').next().is_none_or(|rest| rest.trim().is_empty());
            if rest.starts_with('[') && !ends_line {
                return None;
            }
            self.push(Kind::Json(value), range.start..end);
            return Some(end);
        }
        // JSON with comments or ellipses: up to the line that closes it.
        let first = self.text.get(range.clone())?;
        let close = match first {
            "{" => "\n}",
            "[" => "\n]",
            _ => return None,
        };
        if self.unclosed_bracket {
            return None;
        }
        let Some(length) = rest.find(close) else {
            self.unclosed_bracket = true;
            return None;
        };
        let end = range.start + length + close.len();
        self.push(Kind::Code, range.start..end);
        Some(end)
    }

    fn push(&mut self, kind: Kind, range: Range<usize>) {
        self.out.pieces.push(Piece { kind, range, gap: self.gap });
        self.gap = false;
    }

    /// The range without blanks at its ends; `None` where nothing is left.
    fn trim(&self, range: Range<usize>) -> Option<Range<usize>> {
        let slice = self.text.get(range.clone())?;
        let trimmed = slice.trim_start_matches(is_blank);
        let start = range.start + (slice.len() - trimmed.len());
        let length = trimmed.trim_end_matches(is_blank).len();
        (length > 0).then_some(start..start + length)
    }
}

/// The identifier and the length of an anchor, `[​](#body-x)` or with a whole URL, at the text's start.
fn anchor(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix('[')?;
    let close = rest.find(']')?;
    let label = rest.get(..close)?;
    if !label.chars().all(is_blank) {
        return None;
    }
    let target = rest.get(close + 1..)?.strip_prefix('(')?;
    let end = target.find(')')?;
    let id = target.get(..end)?.split_once('#')?.1;
    Some((id, 1 + close + 1 + 1 + end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str) -> Vec<String> {
        let name = |piece: &Piece| match &piece.kind {
            Kind::Text => format!("text {}", &text[piece.range.clone()]),
            Kind::Heading(level) => format!("h{level} {}", &text[piece.range.clone()]),
            Kind::Anchor(id) => format!("anchor {id}"),
            Kind::Json(value) => format!("json {value}"),
            Kind::Curl(command) => format!("curl {:?}", command.url),
            Kind::Code => "code".to_owned(),
        };
        split(text, 0).pieces.iter().map(name).collect()
    }

    #[test]
    fn anchors_stand_alone_or_before_their_text() {
        assert_eq!(
            outline("[\u{200b}](#body-a)\n\na\n[](https://x.test/p#body-b)b\n\u{200b}c\n"),
            ["anchor body-a", "text a", "anchor body-b", "text b", "anchor ", "text c"],
        );
        assert_eq!(outline("#### Body\n## [\u{200b}](#over)Over\n"), ["h4 Body", "h2 Over"]);
    }

    #[test]
    fn samples_are_read_plain_fenced_and_collapsed() {
        assert_eq!(
            outline("curl --url https://a.test/x \\\n  --data '{\n}'\n{\n \"a\": 1\n}\nText"),
            ["curl Some(\"https://a.test/x\")", "json {\"a\":1}", "text Text"],
        );
        assert_eq!(
            outline("```\n`curl --request GET \\ --url https://a.test/x`\n```\n```\n`{ \"a\": 1 }`\n```\n"),
            ["curl Some(\"https://a.test/x\")", "json {\"a\":1}"],
        );
        assert_eq!(outline("{schemes}\n[Next](/b)\n"), ["text {schemes}", "text [Next](/b)"]);
    }

    #[test]
    fn hostile_openings_stay_text() {
        assert_eq!(outline("```\nx").len(), 2);
        assert_eq!(outline("curl 'x\n{\n").len(), 2);
        assert_eq!(split(&"[[[[\n".repeat(2000), 0).pieces.len(), 2000);
    }
}
