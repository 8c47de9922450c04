//! Bytes come in, text with a line index goes out.
//!
//! Enter at [`Source::from_bytes`]. Everything that is wrong with bytes is settled here and nowhere
//! else: byte order marks, UTF-16 with and without one, CRLF and lone CR, invalid UTF-8, control characters, size.
//! Characters of no width, and those that turn the direction of text, stay: a name may have them on the
//! wire. They are left out where text is shown, by `inert` of documentation and of diagnostics. Later
//! stages may rely on: the text is UTF-8, its lines end in `\n`, it holds no control character but
//! `\t` and `\n`, and it is no larger than the limit, so that offsets fit `u32`.

use std::ops::Range;

use memchr::memchr_iter;
use serde::Serialize;

use crate::{
    diagnostic::{Diagnostic, codes},
    limits::{LimitName, Limits, raise},
};

/// The position of a page in the list of pages that one run reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
#[serde(transparent)]
pub struct PageId(pub u32);

/// A stretch of a page's text: byte offsets into [`Source::text`], `start <= end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The page.
    pub page: PageId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of `range` on `page`. Offsets beyond `u32` saturate; pages are smaller than that.
    #[must_use]
    pub fn new(page: PageId, range: Range<usize>) -> Self {
        let start = u32::try_from(range.start).unwrap_or(u32::MAX);
        let end = u32::try_from(range.end).unwrap_or(u32::MAX);
        Self { page, start, end: end.max(start) }
    }

    /// The byte range within the page.
    #[must_use]
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The smallest span that covers both; `self` where they are on different pages.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        if self.page == other.page {
            Self { page: self.page, start: self.start.min(other.start), end: self.end.max(other.end) }
        } else {
            self
        }
    }
}

impl Serialize for Span {
    /// As `page:start..end`, one short scalar, so that a printed model stays readable.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{}:{}..{}", self.page.0, self.start, self.end))
    }
}

/// One page's text, with where its lines begin.
#[derive(Debug, Clone)]
pub struct Source {
    /// How messages name the page: its path as it was given, or `-`.
    pub name: String,
    text: String,
    line_starts: Vec<u32>,
    /// How many characters begin before each block of [`BLOCK`] bytes, so that a column deep in a line
    /// costs no more than one near its start.
    characters: Vec<u32>,
    limits: Limits,
}

/// The distance between counted places, in bytes.
const BLOCK: usize = 1 << 10;

impl Source {
    /// Decodes `bytes`. What had to be mended is reported as diagnostics on `page`; a page that is too
    /// large comes back empty, with an error.
    #[must_use]
    pub fn from_bytes(name: impl Into<String>, page: PageId, bytes: &[u8]) -> (Self, Vec<Diagnostic>) {
        Self::within(Limits::default(), name, page, bytes)
    }

    /// Like [`Source::from_bytes`], with limits for the page and for what is read of it.
    #[must_use]
    pub fn within(
        limits: Limits,
        name: impl Into<String>,
        page: PageId,
        bytes: &[u8],
    ) -> (Self, Vec<Diagnostic>) {
        let mut diagnostics = Vec::new();
        let start = Span::new(page, 0..0);
        if bytes.len() > limits.page_bytes {
            // Of a file no more was read than it takes to know.
            let message = format!("page of more than {} bytes, which is the limit", limits.page_bytes);
            diagnostics.push(
                Diagnostic::new(codes::PAGE_TOO_LARGE, start, message)
                    .help(format!("split the page, or {}", raise(LimitName::PageBytes))),
            );
            return (Self::new(name, String::new(), limits), diagnostics);
        }
        let decoded = decode(bytes);
        // Line ends before it may become shorter.
        let normalized = |offset: usize| normalize(decoded.text.get(..offset)?.to_owned()).0.len().into();
        let first_invalid = decoded.first_invalid.and_then(normalized);
        let (text, first_control) = normalize(decoded.text);
        if let Some(offset) = first_invalid {
            let end = (offset + '\u{fffd}'.len_utf8()).min(text.len());
            diagnostics.push(
                Diagnostic::new(codes::INVALID_TEXT, Span::new(page, offset..end), "bytes that are not text")
                    .label("the first of them")
                    .help("they are read as U+FFFD; save the page as UTF-8"),
            );
        }
        if let Some(offset) = first_control {
            let end = (offset + '\u{fffd}'.len_utf8()).min(text.len());
            diagnostics.push(
                Diagnostic::new(codes::CONTROL_CHARACTER, Span::new(page, offset..end), "control character")
                    .label("the first of them")
                    .help("control characters are read as U+FFFD"),
            );
        }
        (Self::new(name, text, limits), diagnostics)
    }

    fn new(name: impl Into<String>, text: String, limits: Limits) -> Self {
        let starts = memchr_iter(b'\n', text.as_bytes()).map(|at| u32::try_from(at + 1).unwrap_or(u32::MAX));
        let mut line_starts = Vec::with_capacity(1 + memchr_iter(b'\n', text.as_bytes()).count());
        line_starts.push(0);
        line_starts.extend(starts);
        let mut characters = Vec::with_capacity(1 + text.len().div_ceil(BLOCK));
        characters.push(0);
        let mut count = 0u32;
        for block in text.as_bytes().chunks(BLOCK) {
            count = count.saturating_add(begun(block));
            characters.push(count);
        }
        Self { name: name.into(), text, line_starts, characters, limits }
    }

    /// Within which limits the page is read.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// The decoded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of `span`, or `""` where the span does not lie on character boundaries of this page.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.range()).unwrap_or_default()
    }

    /// The line and column of a byte offset, both from 1; the column counts characters.
    #[must_use]
    pub fn line_column(&self, offset: u32) -> (usize, usize) {
        let line = self.line_starts.partition_point(|&start| start <= offset).max(1);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0);
        (line, (self.characters_before(offset).saturating_sub(self.characters_before(start)) + 1) as usize)
    }

    /// How many characters begin before an offset.
    fn characters_before(&self, offset: u32) -> u32 {
        let offset = (offset as usize).min(self.text.len());
        let block = offset / BLOCK;
        let rest = self.text.as_bytes().get(block * BLOCK..offset).unwrap_or_default();
        self.characters.get(block).copied().unwrap_or(0) + begun(rest)
    }

    /// The byte range of a line (from 1), without its line break.
    #[must_use]
    pub fn line(&self, line: usize) -> Range<usize> {
        let start = line.checked_sub(1).and_then(|at| self.line_starts.get(at)).copied();
        let start = start.map_or(self.text.len(), |start| start as usize);
        let end = self.line_starts.get(line).map_or(self.text.len(), |&next| next as usize - 1);
        start..end.max(start)
    }
}

/// How many characters begin in bytes of UTF-8: all but continuation bytes do.
fn begun(bytes: &[u8]) -> u32 {
    let begins = |&&byte: &&u8| byte & 0xc0 != 0x80;
    let count = if bytes.is_ascii() { bytes.len() } else { bytes.iter().filter(begins).count() };
    u32::try_from(count).unwrap_or(u32::MAX)
}

struct Decoded {
    text: String,
    first_invalid: Option<usize>,
}

fn decode(bytes: &[u8]) -> Decoded {
    let utf16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| match pair {
            [first, second] => unit([*first, *second]),
            _ => 0xfffd,
        });
        let mut text = String::with_capacity(bytes.len() / 2);
        let mut first_invalid = None;
        for decoded in char::decode_utf16(units) {
            first_invalid = first_invalid.or(decoded.is_err().then_some(text.len()));
            text.push(decoded.unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        if bytes.len() % 2 == 1 {
            first_invalid = first_invalid.or(Some(text.len()));
            text.push(char::REPLACEMENT_CHARACTER);
        }
        Decoded { text, first_invalid }
    };
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, u16::from_le_bytes);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, u16::from_be_bytes);
    }
    // Without a mark: no page has NUL in it, and every page begins with characters of ASCII.
    match bytes {
        [1..=255, 0, 1..=255, 0, ..] => return utf16(bytes, u16::from_le_bytes),
        [0, 1..=255, 0, 1..=255, ..] => return utf16(bytes, u16::from_be_bytes),
        _ => {}
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => Decoded { text: text.to_owned(), first_invalid: None },
        Err(error) => Decoded {
            text: String::from_utf8_lossy(bytes).into_owned(),
            first_invalid: Some(error.valid_up_to()),
        },
    }
}

/// Line ends become `\n`, other control characters U+FFFD; the offset is that of the first of those.
fn normalize(text: String) -> (String, Option<usize>) {
    if !may_hold_controls(&text) || !text.chars().any(|c| c.is_control() && c != '\n' && c != '\t') {
        return (text, None);
    }
    let mut out = String::with_capacity(text.len());
    let mut first_control = None;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {
                first_control = first_control.or(Some(out.len()));
                out.push(char::REPLACEMENT_CHARACTER);
            }
            c => out.push(c),
        }
    }
    (out, first_control)
}

/// Whether a text may hold control characters other than `\n` and `\t`; quicker than to look at its characters, and
/// right where it is of ASCII.
fn may_hold_controls(text: &str) -> bool {
    // U+0080 to U+009F are 0xc2 and another byte.
    let may_be =
        |&byte: &u8| (byte < b' ' && byte != b'\n' && byte != b'\t') | (byte == 0x7f) | (byte == 0xc2);
    // Without a branch for each byte, several are looked at in one step.
    text.as_bytes().chunks(BLOCK).any(|block| block.iter().fold(false, |any, byte| any | may_be(byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> (String, usize) {
        let (source, diagnostics) = Source::from_bytes("page", PageId(0), bytes);
        (source.text().to_owned(), diagnostics.len())
    }

    #[test]
    fn byte_order_marks_and_line_ends_are_settled() {
        assert_eq!(text(b"\xef\xbb\xbfa\r\nb\rc\n"), ("a\nb\nc\n".into(), 0));
        assert_eq!(text(b"\xff\xfea\0\n\0"), ("a\n".into(), 0));
        assert_eq!(text(b"\xfe\xff\0a\0\n"), ("a\n".into(), 0));
        assert_eq!(text(b"#\0 \0A\0"), ("# A".into(), 0));
        assert_eq!(text(b"\0#\0 \0A"), ("# A".into(), 0));
    }

    #[test]
    fn bad_bytes_and_control_characters_are_replaced_and_reported() {
        assert_eq!(text(b"a\xffb"), ("a\u{fffd}b".into(), 1));
        assert_eq!(text(b"a\0b\x1b[2J"), ("a\u{fffd}b\u{fffd}[2J".into(), 1));
        assert_eq!(text(b"\xff\xfea"), ("\u{fffd}".into(), 1));
    }

    #[test]
    fn what_is_reported_is_where_it_stands_after_mending() {
        let (source, diagnostics) = Source::from_bytes("page", PageId(0), b"a\r\n\r\n\x01\xff\r\n\xff");
        let places: Vec<_> = diagnostics.iter().map(|d| (d.code.name, d.span.range())).collect();
        assert_eq!(source.text(), "a\n\n\u{fffd}\u{fffd}\n\u{fffd}");
        assert_eq!(places, [("invalid-text", 6..9), ("control-character", 3..6)]);
    }

    #[test]
    fn lines_and_columns_count_from_one() {
        let (source, _) = Source::from_bytes("page", PageId(0), "aé\nb".as_bytes());
        assert_eq!(source.line_column(0), (1, 1));
        assert_eq!(source.line_column(3), (1, 3));
        assert_eq!(source.line_column(4), (2, 1));
        assert_eq!(source.line(1), 0..3);
        assert_eq!(source.line(2), 4..5);
        assert_eq!(source.line(3), 5..5);
        let long = "é".repeat(3 * BLOCK - 1);
        let (source, _) = Source::from_bytes("page", PageId(0), format!("a\n{long}").as_bytes());
        let end = u32::try_from(source.text().len()).unwrap();
        assert_eq!(source.line_column(end), (2, 3 * BLOCK));
        assert_eq!(source.line_column(2 + 2 * 1500), (2, 1501));
    }
}
