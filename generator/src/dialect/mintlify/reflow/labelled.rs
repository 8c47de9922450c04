//! Fields of a flat page before whose parts a converter has put labels: `` Type: `string` ``, `` Location: `header` ``.

use super::{lexer::Flat, types::Field};
use crate::dialect::mintlify::labelled::{DEFAULT, LOCATION, TYPE};

/// What stands alone where what it marks has no value.
const MARKERS: [&str; 2] = ["Required", "Deprecated"];

impl Flat<'_> {
    /// The field whose type stands behind its label at a word, with what is labelled behind it.
    pub(super) fn labelled(&self, at: usize) -> Option<Field> {
        if self.plain(at) != TYPE {
            return None;
        }
        let mut end = self.quoted_end(at + 1)?;
        // Behind the title of a schema, the type stands in parentheses.
        let inner = self.plain(end).strip_prefix('(').and_then(|word| word.strip_suffix(')'));
        end += usize::from(inner.is_some_and(|inner| !inner.is_empty()));
        let mut markers = Vec::new();
        while let Some(next) = self.labelled_end(end) {
            markers.push(end);
            end = next;
        }
        Some(Field { ty: at, markers, end })
    }

    fn labelled_end(&self, at: usize) -> Option<usize> {
        match self.plain(at) {
            LOCATION | DEFAULT => self.quoted_end(at + 1),
            word if MARKERS.contains(&word) && self.label(at).is_none() => Some(at + 1),
            _ => None,
        }
    }

    /// The word behind what stands in back-ticks at a word.
    fn quoted_end(&self, at: usize) -> Option<usize> {
        if self.plain(at).starts_with('`') { self.closing(at, '`') } else { None }
    }
}
