//! Reads ReadMe pages.

use super::{Clue, Context, Dialect, Reader};
use crate::{model::Page, reflow::Reflowed};

/// The reader.
pub(crate) struct ReadMe;

impl Reader for ReadMe {
    fn dialect(&self) -> Dialect {
        Dialect::ReadMe
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
