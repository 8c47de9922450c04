//! Code among the lines of a page: fences, `[code]`, and the commands and JSON that stand without either.
//!
//! What failed once to be JSON or a command, or to be closed, is not tried again further on without bound.

use std::{borrow::Cow, ops::Range};

use memchr::memchr;
use serde_json::Value;

use super::{Kind, Splitter, opens_program, program};
use crate::curl;

/// How tools that know no fences mark code.
pub(in crate::dialect::mintlify) const CODE_OPENS: &str = "[code]";
pub(in crate::dialect::mintlify) const CODE_CLOSES: &str = "[/code]";

/// How many texts that look like a command, or a program, but are none, are tried.
const MAX_FAILED_COMMANDS: usize = 16;

/// How many indented brackets that no line closes are looked at.
const MAX_FAILED_BRACKETS: usize = 16;

/// What was looked for in vain.
#[derive(Default)]
pub(super) struct Failed {
    /// Texts that look like a command, but are none.
    commands: usize,
    /// Samples in other languages whose end is missing.
    programs: usize,
    /// No fence closes from here on.
    unclosed_fence: bool,
    /// No `[code]` closes from here on.
    unclosed_code: bool,
    /// No line closes a bracket from here on.
    unclosed_bracket: bool,
    /// Indented brackets that no line closes.
    indented_brackets: usize,
}

impl Splitter<'_> {
    /// A fence that opens at `range`; `end` is where its line ends.
    pub(super) fn fence(&mut self, range: Range<usize>, end: usize) {
        let line = self.text.get(range.clone()).unwrap_or_default();
        let mark = line.chars().next().unwrap_or('`');
        let ticks = line.chars().take_while(|&c| c == mark).count();
        let close =
            if self.failed.unclosed_fence { None } else { fence_close(self.text, end + 1, mark, ticks) };
        let Some((inner_end, close_end)) = close else {
            self.failed.unclosed_fence = true;
            self.push(Kind::Text, range);
            self.at = end + 1;
            return;
        };
        self.at = close_end + 1;
        let inner = self.trim(end + 1..inner_end).unwrap_or(end..end);
        self.sample(range.start..close_end, inner);
    }

    /// Code between `[code]` and `[/code]`, as tools write it that know no fences.
    pub(super) fn code(&mut self, range: Range<usize>, end: usize) {
        let rest = self.text.get(end..).unwrap_or_default();
        let close = if self.failed.unclosed_code { None } else { rest.find(CODE_CLOSES).map(|at| end + at) };
        let Some(close) = close else {
            self.failed.unclosed_code = true;
            self.push(Kind::Text, range);
            self.at = end + 1;
            return;
        };
        let whole = range.start..close + CODE_CLOSES.len();
        self.at = whole.end;
        let inner = self.trim(end..close).unwrap_or(end..end);
        self.sample(whole, inner);
    }

    /// What stands in a fence: a command, JSON, or any other code.
    fn sample(&mut self, whole: Range<usize>, inner: Range<usize>) {
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
            match serde_json::from_str::<Value>(&unescaped_json(inner_text)) {
                Ok(value @ (Value::Object(_) | Value::Array(_))) => Kind::Json(value),
                _ => Kind::Code,
            }
        };
        self.push(kind, whole);
    }

    /// A `curl` command at the beginning of a line: where the text goes on after it.
    pub(super) fn command(&mut self, range: &Range<usize>) -> Option<usize> {
        let rest = self.text.get(range.start..)?;
        if self.failed.commands >= MAX_FAILED_COMMANDS || !rest.starts_with("curl ") {
            return None;
        }
        let Some((command, length)) = curl::curl(rest, range.start) else {
            self.failed.commands += 1;
            return None;
        };
        self.push(Kind::Curl(Box::new(command)), range.start..range.start + length);
        Some(range.start + length)
    }

    /// A sample in another language than the shell's at the beginning of a line: where the text goes on after it.
    pub(super) fn program(&mut self, range: &Range<usize>) -> Option<usize> {
        let rest = self.text.get(range.start..)?;
        if self.failed.programs >= MAX_FAILED_COMMANDS || !opens_program(rest) {
            return None;
        }
        let Some(length) = program(rest) else {
            self.failed.programs += 1;
            return None;
        };
        self.push(Kind::Code, range.start..range.start + length);
        Some(range.start + length)
    }

    /// A JSON object or array at the beginning of a line: where the text goes on after it.
    pub(super) fn json(&mut self, range: &Range<usize>) -> Option<usize> {
        let rest = self.text.get(range.start..)?;
        if !rest.starts_with(['{', '[']) {
            return None;
        }
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Value>();
        if let Some(Ok(value)) = values.next() {
            let end = range.start + values.byte_offset();
            // A link or a footnote's mark is no array.
            let after = self.text.get(end..).unwrap_or_default();
            let after = after.trim_start_matches(|c: char| c.is_whitespace() && c != '\n');
            let ends_line = after.is_empty() || after.starts_with('\n');
            if rest.starts_with('[') && !ends_line {
                return None;
            }
            self.push(Kind::Json(value), range.start..end);
            return Some(end);
        }
        let line = self.text.get(range.clone())?;
        if let Some(value) = without_hard_breaks(line).and_then(|json| serde_json::from_str(&json).ok()) {
            self.push(Kind::Json(value), range.clone());
            return Some(range.end);
        }
        // JSON with comments or ellipses, or with hard breaks: up to the line that closes it.
        let first = self.text.get(range.clone())?;
        let close = match first.trim_end_matches('\\') {
            "{" => '}',
            "[" => ']',
            _ => return None,
        };
        let before = self.text.get(..range.start)?;
        let indent = before.get(before.trim_end_matches([' ', '\t']).len()..)?;
        let known = match indent {
            "" => self.failed.unclosed_bracket,
            _ => self.failed.indented_brackets >= MAX_FAILED_BRACKETS,
        };
        if known {
            return None;
        }
        let close = format!("\n{indent}{close}");
        let Some(length) = rest.find(&close) else {
            match indent {
                "" => self.failed.unclosed_bracket = true,
                _ => self.failed.indented_brackets += 1,
            }
            return None;
        };
        let end = range.start + length + close.len();
        let block = self.text.get(range.start..end).unwrap_or_default();
        let kind = match serde_json::from_str::<Value>(&unescaped_json(block)) {
            Ok(value) => Kind::Json(value),
            Err(_) => Kind::Code,
        };
        self.push(kind, range.start..end);
        Some(end)
    }
}

/// JSON without the backslashes that converters put into it, before line breaks and before what means something in Markdown:
/// JSON itself has them before few of these. One before a letter is no converter's: in a regular expression, it counts.
pub(in crate::dialect::mintlify) fn unescaped_json(json: &str) -> Cow<'_, str> {
    const OWN: [char; 3] = ['"', '\\', '/'];
    if memchr(b'\\', json.as_bytes()).is_none() {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len());
    let mut chars = json.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        let next = chars.next();
        let converters =
            |next: char| matches!(next, '\n' | '\r') || (next.is_ascii_punctuation() && !OWN.contains(&next));
        if !next.is_some_and(converters) {
            out.push(c);
        }
        out.extend(next);
    }
    Cow::Owned(out)
}

/// JSON whose lines ended in the backslashes of hard breaks before they were run together, with blanks in their place: no other
/// backslash stands before a blank. Places stay what they are.
pub(in crate::dialect::mintlify) fn without_hard_breaks(json: &str) -> Option<String> {
    json.contains("\\ ").then(|| json.replace("\\ ", "  "))
}

/// Where the content of a fence that opens before `at` ends, and where its closing line ends.
pub(in crate::dialect::mintlify) fn fence_close(
    text: &str,
    mut at: usize,
    mark: char,
    ticks: usize,
) -> Option<(usize, usize)> {
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let length = rest.find('\n').unwrap_or(rest.len());
        let line = rest.get(..length).unwrap_or_default().trim();
        if line.len() >= ticks && line.starts_with(mark) && line.chars().all(|c| c == mark) {
            return Some((at, at + length));
        }
        at += length + 1;
    }
    None
}
