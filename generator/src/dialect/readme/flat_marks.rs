//! The constructs of a ReadMe page that lost its line breaks.
//!
//! The flat text comes in, its [`Mark`]s go out in order ([`Scan::marks`]): each begins with a word, and what it ends with is looked
//! up, so that many without an end stay linear.

use std::{cell::Cell, ops::Range};

use super::{
    blocks,
    elements::Elements,
    flat_tables::table,
    flat_tabs::{self, Head},
    key_line::key,
    lead::{INDEX, flat_index_end},
    lists::flat_field,
    request_line::read_request_line,
    sections::{Section, section},
};

/// A construct of a flat text, and where it stands.
#[derive(Debug)]
pub(super) struct Mark {
    pub(super) kind: Kind,
    pub(super) range: Range<usize>,
}

#[derive(Debug)]
pub(super) enum Kind {
    /// The marks of a heading, with its words where they announce a section.
    Heading { whole: bool },
    /// A bold label; what follows its colon stays on its line.
    Label { colon: bool },
    /// A whole line.
    Line,
    /// The begin of a list's item that is a field, how many blanks stand before it on its line, and whether it is all of it.
    Item { indent: usize, whole: bool },
    /// A fence: where its code stands.
    Fence(Range<usize>),
    /// A block: where its JSON stands.
    Block(Range<usize>),
    /// A table: its rows.
    Table(Vec<Range<usize>>),
    /// The head of a table whose cells tabs parted.
    Head(Head),
    /// The cells of one of its rows but the last, which is what follows.
    Row(Vec<Range<usize>>),
}

/// How far the next construct may be from the marks of a heading that announces nothing, in bytes.
pub(super) const LONGEST_HEADING: usize = 80;

/// How many words announce a section at most.
const MOST_WORDS: usize = 6;

/// A pass over a flat text.
pub(super) struct Scan<'t> {
    text: &'t str,
    elements: Elements<'t>,
    /// Each "```", each end of a block.
    fences: Vec<usize>,
    closes: Vec<usize>,
    /// How much may still be read as JSON that turns out to be none.
    budget: Cell<usize>,
}

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let all = |needle: &str| text.match_indices(needle).map(|(at, _)| at).collect();
        Self {
            text,
            elements: Elements::new(text),
            fences: all("```"),
            closes: all(blocks::CLOSE),
            budget: Cell::new(text.len().saturating_mul(4)),
        }
    }

    pub(super) fn marks(&self, start: usize) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        let mut at = start;
        // Whether nothing but a construct stands before on the line.
        let mut begins = true;
        // Whether a list is open, and whether a blank line stood here: two blanks.
        let (mut listed, mut paragraph) = (false, false);
        // Where the text of a heading begins that goes on until the next construct.
        let mut heading = None;
        // The head of the table that is open.
        let mut tabs: Option<Head> = None;
        while let Some(rest) = self.text.get(at..) {
            let blank = rest.len() - rest.trim_start().len();
            if blank > 0 {
                at += blank;
                paragraph = blank == 2;
                continue;
            }
            if rest.is_empty() {
                break;
            }
            let item = || self.item(at, rest, begins, listed);
            let told = begins
                || heading.is_some_and(|start| at - start <= LONGEST_HEADING)
                || self.ends_sentence(at);
            let cells = || self.cells(at, tabs.as_ref(), begins);
            match cells().or_else(item).or_else(|| self.mark(at, told)) {
                Some(mark) => {
                    heading = matches!(mark.kind, Kind::Heading { whole: false }).then_some(mark.range.end);
                    match &mark.kind {
                        Kind::Head(head) => tabs = Some(head.clone()),
                        Kind::Row(_) => {}
                        _ => tabs = None,
                    }
                    at = mark.range.end;
                    begins = true;
                    listed = matches!(mark.kind, Kind::Item { .. });
                    paragraph = false;
                    marks.push(mark);
                }
                None => {
                    at += rest.find(char::is_whitespace).unwrap_or(rest.len());
                    begins = false;
                    listed &= !std::mem::take(&mut paragraph);
                }
            }
        }
        marks
    }

    /// The line of a table whose cells tabs parted: its head, where another construct stands before, or one of its rows.
    fn cells(&self, at: usize, head: Option<&Head>, begins: bool) -> Option<Mark> {
        if let Some(cells) = head.and_then(|head| flat_tabs::row(self.text, at, head, begins)) {
            return Some(Mark { range: at..cells.last()?.end, kind: Kind::Row(cells) });
        }
        let head = if begins { flat_tabs::head(self.text, at)? } else { return None };
        Some(Mark { range: at..head.cells.last()?.end, kind: Kind::Head(head) })
    }

    /// Whether the text before an offset ends a sentence, so that a line may have begun there.
    fn ends_sentence(&self, at: usize) -> bool {
        self.text.get(..at).is_some_and(|before| before.trim_end().ends_with(['.', ':', '!', '?']))
    }

    /// The construct that a word begins.
    fn mark(&self, at: usize, begins: bool) -> Option<Mark> {
        let rest = self.text.get(at..)?;
        let found = match rest.as_bytes().first()? {
            b'#' => self.heading(at, rest),
            b'`' if rest.starts_with("```") => self.fence(at),
            b'[' if rest.starts_with(blocks::OPEN) => self.block(at, rest),
            b'<' => self.element(at, rest),
            b'*' | b'_' => self.label(at, rest),
            b'|' => {
                let rows = table(self.text, at)?;
                let end = rows.last()?.end;
                Some(Mark { kind: Kind::Table(rows), range: at..end })
            }
            b'A'..=b'Z' => self.key(at, rest),
            b'>' if rest.starts_with(INDEX) => {
                Some(Mark { kind: Kind::Line, range: at..at + flat_index_end(rest)? })
            }
            b'>' if callout(rest) => Some(Mark { kind: Kind::Label { colon: true }, range: at..at + 1 }),
            _ => None,
        };
        found.or_else(|| begins.then(|| self.request(at, rest)).flatten())
    }

    /// ``- `name` (string)``. A dash in a sentence is none: the first item stands behind a blank line, and so behind two
    /// blanks, or behind another construct or a colon.
    fn item(&self, at: usize, rest: &str, begins: bool, listed: bool) -> Option<Mark> {
        const MAX_INDENT: usize = 64;
        if !rest.starts_with(['-', '*', '+']) {
            return None;
        }
        let before = self.text.get(..at)?;
        let blanks = before.bytes().rev().take(MAX_INDENT).take_while(|byte| *byte == b' ').count();
        if !(begins || listed || blanks > 1 || before.trim_end().ends_with(':')) {
            return None;
        }
        let (length, whole) = flat_field(rest)?;
        // One blank was the line break; the blank line before the first item is another.
        let indent = if listed { blanks.saturating_sub(1) } else { 0 };
        Some(Mark { kind: Kind::Item { indent, whole }, range: at..at + length })
    }

    fn heading(&self, at: usize, rest: &str) -> Option<Mark> {
        let marks = rest.bytes().take(7).take_while(|byte| *byte == b'#').count();
        let words = rest.get(marks..)?.strip_prefix(' ').filter(|_| marks <= 6)?;
        // The words of a heading end where another construct begins.
        let mut blanks = 0;
        let reach = words.find(|c: char| {
            blanks += usize::from(c == ' ');
            blanks > MOST_WORDS || "|`*<[{#>".contains(c)
        });
        let words = words.get(..reach.unwrap_or(words.len()))?;
        let mut ends = words.match_indices(' ').map(|(end, _)| end).collect::<Vec<_>>();
        ends.push(words.trim_end().len());
        // A word that goes on with a small letter belongs to the heading.
        let announced = |end: &&usize| {
            words.split_at_checked(**end).is_some_and(|(words, rest)| {
                // The mark of a list's item is none of its words.
                let words = words.trim_end();
                section(words).is_some()
                    && !words.ends_with(['-', '+'])
                    && !rest.trim_start().starts_with(char::is_lowercase)
            })
        };
        let end = ends.iter().rev().find(announced);
        let whole = end.is_some();
        // A number sign in a sentence is none of a heading.
        if !whole && words.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c.is_whitespace())
        {
            return None;
        }
        let length = marks + end.map_or(0, |end| end + 1);
        Some(Mark { kind: Kind::Heading { whole }, range: at..at + length })
    }

    fn fence(&self, at: usize) -> Option<Mark> {
        let next = self.fences.partition_point(|&fence| fence < at + 3);
        let close = *self.fences.get(next)?;
        let code = at + 3 + code_start(self.text.get(at + 3..close)?);
        // A value of JSON can hold fences: its own end is that of the code.
        let close = self.json_end(code).unwrap_or(close);
        Some(Mark { kind: Kind::Fence(code..close), range: at..close + 3 })
    }

    /// Where the fence closes that a value of JSON stands in.
    fn json_end(&self, start: usize) -> Option<usize> {
        let rest = self.text.get(start..)?;
        let code = rest.trim_start();
        if !code.starts_with(['{', '[']) || code.len() > self.budget.get() {
            return None;
        }
        let mut values = serde_json::Deserializer::from_str(code).into_iter::<serde::de::IgnoredAny>();
        let whole = matches!(values.next(), Some(Ok(_)));
        let after = code.get(values.byte_offset()..).filter(|_| whole);
        if after.is_none() {
            // A value that has no end is not looked for time and again.
            self.budget.set(self.budget.get().saturating_sub(code.len()));
        }
        let behind = after?.trim_start();
        behind.starts_with("```").then(|| self.text.len() - behind.len())
    }

    fn block(&self, at: usize, rest: &str) -> Option<Mark> {
        let kind = rest.get(blocks::OPEN.len()..)?;
        let length = kind.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'))?;
        let json = at + blocks::OPEN.len() + length + 1;
        kind.get(length..)?.strip_prefix(']')?;
        let close = *self.closes.get(self.closes.partition_point(|&close| close < json))?;
        Some(Mark { kind: Kind::Block(json..close), range: at..close + blocks::CLOSE.len() })
    }

    fn element(&self, at: usize, rest: &str) -> Option<Mark> {
        const MAX_TAG: usize = 1024;
        let end = match self.elements.whole(at) {
            Some(end) => end,
            None => {
                let name = rest.get(1..)?.trim_start_matches('/');
                name.chars().next().filter(char::is_ascii_uppercase)?;
                let reach = rest.bytes().take(MAX_TAG).position(|byte| byte == b'>')?;
                at + reach + 1
            }
        };
        Some(Mark { kind: Kind::Line, range: at..end })
    }

    /// `**Parameters**`, `**Method:**`. Within a sentence, a small letter follows.
    fn label(&self, at: usize, rest: &str) -> Option<Mark> {
        const LONGEST: usize = 64;
        let marker = rest.get(..2).filter(|marker| matches!(*marker, "**" | "__"))?;
        let inner = rest.get(2..)?;
        let close = inner
            .char_indices()
            .take(LONGEST)
            .find(|(at, _)| inner.get(*at..).is_some_and(|t| t.starts_with(marker)))?
            .0;
        let words = inner.get(..close)?;
        let after = inner.get(close + 2..)?;
        let colons = [':', '：'];
        let dashes = [" - ", " – ", " — "].into_iter().filter(|_| key(words).is_some());
        let dash = dashes.into_iter().find(|dash| after.starts_with(dash)).map_or(0, str::len);
        let behind = after.chars().next().filter(|c| colons.contains(c)).map_or(dash, char::len_utf8);
        let colon = words.trim_end().ends_with(colons) || behind > 0;
        let asks = colon && key(words).is_some();
        let goes_on =
            after.get(behind..)?.trim_start().starts_with(|c: char| c.is_lowercase() || ",.;)".contains(c));
        if !asks && (section(words).is_none() || goes_on) {
            return None;
        }
        // What is said of a status is set off by a dash.
        let status = matches!(section(words), Some(Section::Response(Some(_))));
        let dash = [" — ", " – ", " - "].into_iter().find(|dash| status && after.starts_with(dash));
        let end = 2 + close + 2 + behind.max(dash.map_or(0, |dash| dash.len() - 1));
        Some(match asks.then(|| value_end(rest, end)).flatten() {
            Some(end) => Mark { kind: Kind::Line, range: at..at + end },
            None => Mark { kind: Kind::Label { colon: asks }, range: at..at + end },
        })
    }

    /// `Request method: POST`: a key without marks, and its value.
    fn key(&self, at: usize, rest: &str) -> Option<Mark> {
        const LONGEST: usize = 24;
        let colon = rest.bytes().take(LONGEST).position(|byte| byte == b':')?;
        key(rest.get(..colon)?)?;
        Some(Mark { kind: Kind::Line, range: at..at + value_end(rest, colon + 1)? })
    }

    /// A method and its target, where a line begins.
    fn request(&self, at: usize, rest: &str) -> Option<Mark> {
        let second = request_end(rest)?;
        // `GET /lamps gives all` is a sentence.
        let goes_on = rest.get(second..)?.trim_start().starts_with(char::is_lowercase);
        if goes_on {
            return None;
        }
        Some(Mark { kind: Kind::Line, range: at..at + second })
    }
}

/// Where the value of a key ends that stands from an offset on: a method, a target or both, or a media type.
fn value_end(rest: &str, from: usize) -> Option<usize> {
    let value = rest.get(from..)?;
    let start = from + value.len() - value.trim_start().len();
    let value = rest.get(start..)?;
    let first = word_end(value)?;
    let word = value.get(..first)?.trim_matches(['`', '*', '_']);
    let method = (3..=7).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_uppercase());
    let target = |word: &str| word.contains('/') && !word.ends_with([',', ';']);
    let second = value.get(first..)?.trim_start();
    let length = word_end(second)?;
    // The label of the next line is none.
    let begins = |word: &str| {
        let bare = word.trim_start_matches(['`', '*', '_', '<']);
        bare.starts_with(['/', '{']) || bare.starts_with("http")
    };
    if method && second.get(..length).is_some_and(|word| target(word) && begins(word)) {
        return Some(rest.len() - second.len() + length);
    }
    (method || target(word)).then_some(start + first)
}

/// Where the word ends that a text begins with, `None` where it is longer than any that is looked for: a blank that does not
/// come is not searched for to the end of the page from each word.
fn word_end(text: &str) -> Option<usize> {
    const LONGEST: usize = 4096;
    let end = text.char_indices().take_while(|(at, _)| *at <= LONGEST).find(|(_, c)| c.is_whitespace());
    end.map_or_else(|| (text.len() <= LONGEST).then_some(text.len()), |(end, _)| Some(end))
}

/// Whether a callout begins: its sign follows the mark of the quote.
fn callout(rest: &str) -> bool {
    let sign = rest.strip_prefix("> ").and_then(|rest| rest.chars().next());
    sign.is_some_and(|sign| matches!(sign, '📘' | '👍' | '🚧' | '❗'))
}

/// Where the code begins after a fence's mark: after its language, which stands beside the mark, and the name of its tab,
/// which ends where a request line, a JSON value or a command begins.
fn code_start(inner: &str) -> usize {
    let language = inner.find(char::is_whitespace).unwrap_or(inner.len());
    let (name, code) = inner.split_at_checked(language).unwrap_or_default();
    let begins = match name.to_ascii_lowercase().as_str() {
        "json" => code.find(['{', '[']),
        "curl" | "shell" | "bash" => code.find("curl "),
        _ => None,
    };
    let request = request_start(code, begins.unwrap_or(LONGEST_HEADING));
    language + request.or(begins).unwrap_or(0)
}

/// Where a request line begins behind the name of a tab.
fn request_start(code: &str, reach: usize) -> Option<usize> {
    let mut starts = code.match_indices(' ').map(|(at, _)| at + 1).take_while(|at| *at <= reach);
    starts.find(|at| code.get(*at..).and_then(request_end).is_some())
}

/// Where the method and the target end that a text begins with.
fn request_end(rest: &str) -> Option<usize> {
    let first = word_end(rest)?;
    let method = rest.get(..first)?.trim_matches(['`', '*', '[', ']', ':']);
    if !method.bytes().all(|byte| byte.is_ascii_uppercase()) || !(3..=7).contains(&method.len()) {
        return None;
    }
    let target = rest.get(first..)?.trim_start();
    let second = rest.len() - target.len() + word_end(target)?;
    read_request_line(rest.get(..second)?)?;
    Some(second)
}
