//! What a reader works with: the text to read, and where to put claims and diagnostics.
//!
//! Ranges that a reader handles are ranges of the text it reads, which may be reflowed; spans and claims
//! are translated to the page's own offsets here, so that no reader has to.

use std::ops::Range;

use memchr::{memchr, memchr_iter};

use crate::{
    claims::{Claim, Claims},
    diagnostic::Diagnostic,
    limits::Limits,
    model::Text,
    reflow::{Map, Reflowed},
    source::{PageId, Source, Span},
};

/// One page while it is read.
pub(crate) struct Context<'a> {
    text: &'a str,
    map: Option<&'a Map>,
    page: PageId,
    claims: Claims,
    diagnostics: Vec<Diagnostic>,
    limits: Limits,
    /// When the page was last changed, as its front matter says.
    pub(crate) modified: Option<Text>,
}

impl<'a> Context<'a> {
    /// Starts reading `source`, or its reflowed form.
    pub(crate) fn new(source: &'a Source, page: PageId, reflowed: Option<&'a Reflowed>) -> Self {
        Self {
            text: reflowed.map_or(source.text(), |reflowed| &reflowed.text),
            map: reflowed.map(|reflowed| &reflowed.map),
            page,
            claims: Claims::default(),
            diagnostics: Vec::new(),
            limits: source.limits(),
            modified: None,
        }
    }

    /// How much is read.
    pub(crate) fn limits(&self) -> Limits {
        self.limits
    }

    /// The text to read. It outlives the context's borrow, so that claiming while reading is possible.
    pub(crate) fn text(&self) -> &'a str {
        self.text
    }

    /// Whether the page had lost its line breaks.
    pub(crate) fn is_reflowed(&self) -> bool {
        self.map.is_some()
    }

    /// The text of a range; empty where the range is not one of the text.
    pub(crate) fn slice(&self, range: Range<usize>) -> &'a str {
        self.text.get(range).unwrap_or_default()
    }

    /// The range without white space at its ends.
    pub(crate) fn trim(&self, range: Range<usize>) -> Range<usize> {
        trim(self.text, range)
    }

    /// The page's span of a range.
    pub(crate) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.page, self.original(range))
    }

    /// Says what a range was understood as.
    pub(crate) fn claim(&mut self, range: Range<usize>, claim: Claim) {
        let original = self.original(range);
        self.claims.add(original, claim);
    }

    /// The text of a range, trimmed, claimed as a fact.
    pub(crate) fn fact(&mut self, range: Range<usize>) -> Text {
        let range = self.trim(range);
        self.claim(range.clone(), Claim::Fact);
        Text::new(self.slice(range.clone()), self.span(range))
    }

    /// The prose of a range, claimed as a description: trimmed, without the indentation that its lines
    /// have in common. `None` where the range is blank.
    pub(crate) fn description(&mut self, range: Range<usize>) -> Option<Text> {
        let range = self.trim(range);
        if range.is_empty() {
            return None;
        }
        self.claim(range.clone(), Claim::Description);
        // The first line has lost its indentation to the trimming.
        Some(Text::new(dedent(self.slice(range.clone())), self.span(range)))
    }

    /// Reports.
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// What was claimed and reported.
    pub(crate) fn finish(self) -> (Claims, Vec<Diagnostic>) {
        (self.claims, self.diagnostics)
    }

    fn original(&self, range: Range<usize>) -> Range<usize> {
        match self.map {
            Some(map) => map.original_range(range),
            None => range,
        }
    }
}

/// The range without white space at its ends.
pub(crate) fn trim(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = text.get(range.clone()).unwrap_or_default();
    let trimmed = slice.trim_start();
    let start = range.start + (slice.len() - trimmed.len());
    start..start + trimmed.trim_end().len()
}

/// The lines of a text from an offset on, without their ends.
pub(crate) fn lines(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> {
    let ends = memchr_iter(b'\n', text.as_bytes().get(start..).unwrap_or_default()).map(move |at| start + at);
    let mut next = start;
    ends.chain([text.len()]).map(move |end| std::mem::replace(&mut next, end + 1)..end)
}

/// Takes away the indentation that all lines but the first have in common, and trailing blanks.
pub(crate) fn dedent(text: &str) -> String {
    // Most texts are one line.
    if memchr(b'\n', text.as_bytes()).is_none() {
        return text.trim_end().to_owned();
    }
    let indentation = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let common =
        text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(indentation).min().unwrap_or(0);
    let mut out = String::with_capacity(text.len());
    for (at, line) in text.lines().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let line = if at == 0 { line } else { line.get(common.min(indentation(line))..).unwrap_or(line) };
        out.push_str(line.trim_end());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::dedent;

    #[test]
    fn common_indentation_goes_and_inner_stays() {
        assert_eq!(dedent("a\n    b\n\n      c  \n    d"), "a\nb\n\n  c\nd");
        assert_eq!(dedent("a"), "a");
        assert_eq!(dedent("a\n    b\nc"), "a\n    b\nc");
    }
}
