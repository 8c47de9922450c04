//! A page's text comes in, its pieces go out: lines, anchors, headings, fences, JSON, `curl` commands.
//!
//! Enter at [`split`]. The same page reaches people as plain text, as Markdown with anchors, and as a copy
//! out of a browser; after this stage those forms differ in little. Pieces are in order, do not overlap,
//! and hold no surrounding white space and no zero-width characters; what lies between them is blank.
//! Splitting is linear.

mod code;
mod program;

use std::ops::Range;

use memchr::{memchr, memmem};
use serde_json::Value;

use self::code::Failed;
pub(super) use self::code::{CODE_CLOSES, CODE_OPENS, fence_close, unescaped_json, without_hard_breaks};
pub(super) use self::program::{opens as opens_program, program};
use super::labels;
use crate::curl::Command;

/// The longest target of an anchor, in bytes.
const MAX_TARGET: usize = 512;

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

    /// The identifier that it has as the anchor of a field. A mark without one can be anything's.
    pub(super) fn field_anchor(&self) -> Option<&str> {
        match &self.kind {
            Kind::Anchor(id) if labels::is_field_anchor(id) => Some(id),
            _ => None,
        }
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

/// Where the first character of no width stands; in ASCII there is none.
fn find_zero_width(text: &str) -> Option<usize> {
    if text.is_ascii() { None } else { text.find(is_zero_width) }
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
    failed: Failed,
    known: Option<Line>,
}

/// What is known of the line that is split: it is looked for once, however many pieces the line has.
#[derive(Debug, Clone, Copy)]
struct Line {
    /// Where it ends.
    end: usize,
    /// Where the next back-ticks of a fence stand in it.
    ticks: Option<usize>,
}

impl Splitter<'_> {
    /// The line at the place that is reached.
    fn known(&mut self) -> Line {
        let at = self.at;
        let rest = |end: usize| self.text.get(at..end).unwrap_or_default().as_bytes();
        let known = self.known.filter(|line| at <= line.end);
        let end = known.map_or_else(
            || at + memchr(b'\n', rest(self.text.len())).unwrap_or(self.text.len() - at),
            |line| line.end,
        );
        let ticks = match known {
            Some(Line { ticks, .. }) if ticks.is_none_or(|ticks| ticks >= at) => ticks,
            _ => memmem::find(rest(end), b"```").map(|ticks| at + ticks),
        };
        *self.known.insert(Line { end, ticks })
    }

    /// Takes what stands at the beginning of a line.
    fn line(&mut self) {
        let Line { end, ticks } = self.known();
        let line = self.at..end;
        let Some(range) = self.trim(line.clone()) else {
            let marked = self.text.get(line.clone()).is_some_and(|line| line.contains(is_zero_width));
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
        if content == CODE_OPENS {
            return self.code(range, end);
        }
        if let Some(start) = ticks.filter(|&ticks| self.opens_glued(range.start..ticks, range.end)) {
            self.words(line.start..start, range.start..start);
            return self.fence(start..range.end, end);
        }
        if let Some(next) = self.broken_anchor(&range) {
            self.at = next;
            return;
        }
        if let Some(next) =
            self.command(&range).or_else(|| self.program(&range)).or_else(|| self.json(&range))
        {
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
        let (mut line, mut range) = (line, range);
        // A copy can lose the line break before a field's anchor.
        while let Some(cut) = self.text.get(range.clone()).and_then(inner_anchor) {
            let cut = range.start + cut;
            if let Some(before) = self.trim(range.start..cut) {
                self.words(line.start..cut, before);
            }
            (line.start, range.start) = (cut, cut);
        }
        self.words(line, range);
    }

    /// Whether a fence opens behind words of the line, which are those of a button: ``CopyAsk AI``` ``.
    fn opens_glued(&self, words: Range<usize>, end: usize) -> bool {
        let language = self.text.get(words.end..end).unwrap_or_default().trim_start_matches('`');
        let words = self.text.get(words).unwrap_or_default();
        labels::before_button(words).is_some() && language.chars().all(|c| c.is_ascii_alphanumeric())
    }

    /// An anchor whose mark is broken over several lines, as tools write it that keep the blank lines of a label:
    /// where the text goes on after it.
    fn broken_anchor(&mut self, range: &Range<usize>) -> Option<usize> {
        if self.text.get(range.clone()) != Some("[") {
            return None;
        }
        let (id, length) = anchor(self.text.get(range.start..)?)?;
        self.push(Kind::Anchor(id.to_owned()), range.start..range.start + length);
        Some(range.start + length)
    }

    /// A line that is neither code nor blank.
    fn words(&mut self, line: Range<usize>, mut range: Range<usize>) {
        let raw = self.text.get(line.clone()).unwrap_or_default();
        let mut kind = Kind::Text;
        let content = self.text.get(range.clone()).unwrap_or_default();
        if self.underlines(content) {
            self.out.marks.push(range);
            return;
        }
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
        if let (Kind::Text, Some((hashes, section))) = (&kind, glued_heading(content)) {
            let at = range.start;
            self.words(line.start..at + hashes.start, at..at + hashes.start);
            self.out.marks.push(at + hashes.start..at + hashes.end);
            let level = u8::try_from(hashes.len()).unwrap_or(6);
            return self.push(Kind::Heading(level), at + section.start..at + section.end);
        }
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
        } else if let (Kind::Text, Some(mark)) = (&kind, find_zero_width(raw)) {
            // The mark that a browser's copy puts before a field's name.
            let mark = line.start + mark..range.start;
            if mark.start < mark.end {
                self.push(Kind::Anchor(String::new()), mark);
            }
        }
        self.push(kind, range);
    }

    /// Makes a heading of the line above where this one underlines it (CommonMark 0.31.2, section 4.3).
    fn underlines(&mut self, content: &str) -> bool {
        let mark = content.chars().next().unwrap_or_default();
        let level = match mark {
            '=' => 1,
            '-' => 2,
            _ => return false,
        };
        let above = self.out.pieces.last_mut().filter(|above| matches!(above.kind, Kind::Text) && !self.gap);
        let Some(above) = above.filter(|_| content.len() >= 3 && content.chars().all(|c| c == mark)) else {
            return false;
        };
        above.kind = Kind::Heading(level);
        true
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

/// The marks of a section's heading, and its words, that a line ends in: ``Required range: `x >= 0`#### Response``.
fn glued_heading(line: &str) -> Option<(Range<usize>, Range<usize>)> {
    const MARKS: &str = "####";
    let at = line.find(MARKS).filter(|&at| at > 0)?;
    let words = line.get(at + MARKS.len()..)?.strip_prefix(' ')?.trim();
    let start = line.len() - words.len();
    let headed = labels::section(words).is_some() && line.get(start..) == Some(words);
    headed.then_some((at..at + MARKS.len(), start..line.len()))
}

/// Where a field's anchor stands inside of a line. The label of a link that somebody has written is not empty.
fn inner_anchor(line: &str) -> Option<usize> {
    memmem::find_iter(line.as_bytes(), "](").find_map(|close| {
        let label = line.get(..close)?.trim_end_matches(is_blank);
        let start = label.strip_suffix('[')?.len();
        let (id, _) = anchor(line.get(start..)?)?;
        (start > 0 && labels::is_field_anchor(id)).then_some(start)
    })
}

/// The identifier and the length of an anchor, `[​](#body-x)` or with a whole URL, at the text's start.
pub(super) fn anchor(text: &str) -> Option<(&str, usize)> {
    let rest = text.strip_prefix('[')?;
    let close = rest.len() - rest.trim_start_matches(is_blank).len();
    if !rest.get(close..)?.starts_with(']') {
        return None;
    }
    let target = rest.get(close + 1..)?.strip_prefix('(')?;
    let end = target.as_bytes().iter().take(MAX_TARGET).position(|&byte| byte == b')')?;
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
        assert_eq!(
            outline("Title\n=====\nOver\n---\n\n---\na ---"),
            ["h1 Title", "h2 Over", "text ---", "text a ---"]
        );
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
