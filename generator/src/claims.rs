//! Which stretches of a page a reader has understood, and as what.
//!
//! A reader claims what it consumes; [`Claims::unclaimed`] is the rest, which is reported and never
//! silently dropped.

use std::{collections::BTreeMap, ops::Range};

use serde::Serialize;

/// What a stretch of a page was understood as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Claim {
    /// A fact of the model: a name, a type, a status, a heading that says where facts belong.
    Fact,
    /// Prose that became documentation.
    Description,
    /// An example or code sample.
    Example,
    /// What the documentation product puts on every page: menus, buttons, footers, markup.
    Furniture,
}

/// The claimed stretches of one page, in the page's own offsets.
#[derive(Debug, Clone, Default)]
pub struct Claims {
    stretches: Vec<(Range<usize>, Claim)>,
}

/// Lines of a text that are not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Lines {
    /// All of them.
    pub written: usize,
    /// Those on which something is that nothing claimed.
    pub unclaimed: usize,
}

impl Claims {
    /// Claims a stretch. Stretches may overlap and come in any order.
    pub fn add(&mut self, range: Range<usize>, claim: Claim) {
        if !range.is_empty() {
            self.stretches.push((range, claim));
        }
    }

    /// How many characters of `text` that are not white space were understood as what; `None` counts those
    /// that nothing claimed. Where stretches overlap, the first kind in [`Claim`]'s order counts.
    #[must_use]
    pub fn counts(&self, text: &str) -> BTreeMap<Option<Claim>, usize> {
        let mut kinds: Vec<Option<Claim>> = vec![None; text.len()];
        for (range, claim) in &self.stretches {
            let range = range.start.min(text.len())..range.end.min(text.len());
            for kind in kinds.get_mut(range).into_iter().flatten() {
                *kind = Some(kind.map_or(*claim, |known| known.min(*claim)));
            }
        }
        let mut counts = BTreeMap::new();
        for ((_, c), kind) in text.char_indices().filter_map(|(at, c)| Some(((at, c), *kinds.get(at)?))) {
            if !is_blank(c) {
                *counts.entry(kind).or_default() += 1;
            }
        }
        counts
    }

    /// How much of `text` was understood, in lines.
    #[must_use]
    pub fn lines(&self, text: &str) -> Lines {
        let mut unclaimed = self.unclaimed(text).into_iter().peekable();
        let mut lines = Lines::default();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            if !line.chars().all(is_blank) {
                lines.written += 1;
                // A stretch can go on over lines that are blank, but it begins and ends with text.
                let left_over = unclaimed.peek().is_some_and(|stretch| stretch.start < end);
                lines.unclaimed += usize::from(left_over);
            }
            while unclaimed.next_if(|stretch| stretch.end <= end).is_some() {}
            start = end;
        }
        lines
    }

    /// The claimed stretches, in the order they were claimed.
    #[must_use]
    pub fn stretches(&self) -> &[(Range<usize>, Claim)] {
        &self.stretches
    }

    /// The stretches of `text` that nothing claimed, in order, without surrounding white space and
    /// zero-width characters; empty ones are left out.
    #[must_use]
    pub fn unclaimed(&self, text: &str) -> Vec<Range<usize>> {
        let mut claimed: Vec<&Range<usize>> = self.stretches.iter().map(|(range, _)| range).collect();
        claimed.sort_by_key(|range| range.start);
        let mut gaps = Vec::new();
        let mut reached = 0;
        for range in claimed {
            if range.start > reached {
                gaps.extend(trimmed(text, reached..range.start));
            }
            reached = reached.max(range.end);
        }
        gaps.extend(trimmed(text, reached..text.len().max(reached)));
        gaps
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let slice = text.get(range.clone())?;
    let rest = slice.trim_start_matches(is_blank);
    let start = range.start + (slice.len() - rest.len());
    let end = start + rest.trim_end_matches(is_blank).len();
    (start < end).then_some(start..end)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_trimmed_and_in_order() {
        let mut claims = Claims::default();
        claims.add(3..7, Claim::Fact);
        claims.add(0..2, Claim::Furniture);
        claims.add(1..3, Claim::Description);
        assert_eq!(claims.unclaimed("ab c ef gh \u{200b}"), vec![8..10]);
        let counts =
            [(None, 2), (Some(Claim::Fact), 3), (Some(Claim::Description), 1), (Some(Claim::Furniture), 1)];
        assert_eq!(claims.counts("ab c ef gh"), BTreeMap::from(counts));
        assert_eq!(Claims::default().unclaimed("  "), Vec::<Range<usize>>::new());
    }

    #[test]
    fn a_line_counts_once_whatever_is_left_of_it() {
        let text = "all\n\nx ab y\nz\n \u{200b}\nw\nall";
        let mut claims = Claims::default();
        claims.add(0..4, Claim::Fact);
        claims.add(7..9, Claim::Fact);
        claims.add(text.len() - 3..text.len(), Claim::Fact);
        assert_eq!(claims.lines(text), Lines { written: 5, unclaimed: 3 });
        assert_eq!(Claims::default().lines("\n \n"), Lines::default());
    }
}
