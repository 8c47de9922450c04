//! Reads Mintlify pages.

use super::{Clue, Context, Dialect, Reader};
use crate::{model::Page, reflow::Reflowed};

/// The reader.
pub(crate) struct Mintlify;

impl Reader for Mintlify {
    fn dialect(&self) -> Dialect {
        Dialect::Mintlify
    }

    fn looks_for(&self) -> &'static str {
        ""
    }

    fn detect(&self, _text: &str) -> Vec<Clue> {
        Vec::new()
    }

    fn reflow(&self, _text: &str) -> Option<Reflowed> {
        None
    }

    fn read(&self, _cx: &mut Context<'_>) -> Page {
        Page::new(self.dialect())
    }
}
