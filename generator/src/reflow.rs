//! Restores lost line breaks, and keeps the way back to the original offsets.
//!
//! Where a page's line breaks were lost, the dialect's grammar still marks where headings, fields and
//! sections begin. Each dialect says where (`Unread::reflow`); this module builds the new text and the
//! [`Map`] from its offsets to the page's. A page that kept its lines passes through untouched, so that
//! there is one reader for each dialect and never a second one for flattened pages.

use std::ops::Range;

/// A page's text with its line breaks restored.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reflowed {
    /// The new text.
    pub(crate) text: String,
    /// The way back.
    pub(crate) map: Map,
    /// Whether the page had its lines, and they only stand elsewhere now.
    pub(crate) kept_lines: bool,
}

/// Whether a text has lost all its line breaks.
pub(crate) fn is_flat(text: &str) -> bool {
    !text.trim().contains('\n')
}

/// Where the stretches of a reflowed text come from.
#[derive(Debug, Clone, Default)]
pub(crate) struct Map {
    /// (offset in the new text, offset in the original, length), ascending, of copied text.
    copies: Vec<(usize, usize, usize)>,
}

impl Map {
    /// The original offset of the character at `offset` of the new text. What was inserted stands where
    /// the text before it ended.
    #[must_use]
    pub(crate) fn original(&self, offset: usize) -> usize {
        let at = self.copies.partition_point(|&(new, ..)| new <= offset);
        let Some(&(new, old, length)) = at.checked_sub(1).and_then(|at| self.copies.get(at)) else {
            return 0;
        };
        old + (offset - new).min(length)
    }

    /// The original range of a range of the new text.
    #[must_use]
    pub(crate) fn original_range(&self, range: Range<usize>) -> Range<usize> {
        let start = self.original(range.start);
        if range.is_empty() {
            return start..start;
        }
        // The end belongs to the last character inside, not to what follows.
        let at = self.copies.partition_point(|&(new, ..)| new < range.end);
        let end = match at.checked_sub(1).and_then(|at| self.copies.get(at)) {
            Some(&(new, old, length)) => old + (range.end - new).min(length),
            None => start,
        };
        start..end.max(start)
    }
}

/// Builds a reflowed text from front to back.
#[derive(Debug)]
pub(crate) struct Builder<'a> {
    original: &'a str,
    out: Reflowed,
}

impl<'a> Builder<'a> {
    /// Starts with nothing copied yet.
    #[must_use]
    pub(crate) fn new(original: &'a str) -> Self {
        let text = String::with_capacity(original.len() + original.len() / 8);
        Self { original, out: Reflowed { text, ..Reflowed::default() } }
    }

    /// Copies a stretch of the original. Stretches outside of it, or not on character boundaries, are
    /// ignored.
    pub(crate) fn copy(&mut self, range: Range<usize>) -> &mut Self {
        if let Some(text) = self.original.get(range.clone()).filter(|text| !text.is_empty()) {
            self.out.map.copies.push((self.out.text.len(), range.start, text.len()));
            self.out.text.push_str(text);
        }
        self
    }

    /// Inserts what the original has lost.
    pub(crate) fn insert(&mut self, text: &str) -> &mut Self {
        self.out.text.push_str(text);
        self
    }

    /// The result of a page that had its lines.
    #[must_use]
    pub(crate) fn finish_lines(mut self) -> Reflowed {
        self.out.kept_lines = true;
        self.out
    }

    /// The result.
    #[must_use]
    pub(crate) fn finish(self) -> Reflowed {
        self.out
    }
}

/// Checks how a flat text is reflowed, and that the outcome is not reflowed again.
#[cfg(test)]
pub(crate) fn check_reflow(reflow: fn(&str) -> Option<Reflowed>, flat: &str, expected: &str) {
    let reflowed = reflow(flat).map(|reflowed| reflowed.text).unwrap_or_default();
    assert_eq!(reflowed.trim(), expected);
    assert!(reflow(expected).is_none(), "a page with lines passes through untouched");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_find_their_way_back() {
        let original = "# A ## B - c";
        let mut builder = Builder::new(original);
        builder.copy(0..3).insert("\n\n").copy(4..8).insert("\n").copy(9..12);
        let reflowed = builder.finish();
        assert_eq!(reflowed.text, "# A\n\n## B\n- c");
        for (new, c) in reflowed.text.char_indices().filter(|(_, c)| !c.is_whitespace()) {
            let old = reflowed.map.original(new);
            assert_eq!(original[old..].chars().next(), Some(c));
        }
        let heading = reflowed.text.find("## B").unwrap();
        assert_eq!(&original[reflowed.map.original_range(heading..heading + 4)], "## B");
        assert_eq!(&original[reflowed.map.original_range(0..reflowed.text.len())], original);
        assert_eq!(reflowed.map.original_range(3..5), 3..3);
    }
}
