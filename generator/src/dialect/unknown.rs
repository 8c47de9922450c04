//! Says why a page is of no dialect that is known, and what to do.

use super::{READERS, definition::fence, foreign};
use crate::{
    diagnostic::{Diagnostic, codes},
    source::{PageId, Source, Span},
};

/// Why nothing on a page is typical of a dialect.
pub(super) fn refuse(source: &Source, page: PageId) -> Diagnostic {
    let text = source.text();
    if text.trim().is_empty() {
        return Diagnostic::new(codes::UNKNOWN_DIALECT, Span::new(page, 0..0), "the page is empty")
            .help("save the page again, or leave it out");
    }
    if let Some(range) = foreign::find(text) {
        let title = "page text of a product that is not read";
        return Diagnostic::new(codes::UNKNOWN_DIALECT, Span::new(page, range), title)
            .label("Apifox and ReadMe's site print this; no dialect that is known does")
            .help("save the page in a form that is read, such as its Markdown export, or its OpenAPI definition");
    }
    if let Some(range) = fence::flattened(text) {
        let title = "page whose OpenAPI definition has lost its line breaks";
        return Diagnostic::new(codes::UNKNOWN_DIALECT, Span::new(page, range), title)
            .label("YAML, which says by its lines and their indentation what belongs to what")
            .help("save the page again, with its line breaks");
    }
    let mut help = String::from("looked for:");
    for reader in READERS {
        help.push_str(&format!(" {} ({});", reader.dialect(), reader.looks_for()));
    }
    help.pop();
    let span = Span::new(page, 0..source.line(1).end);
    Diagnostic::new(codes::UNKNOWN_DIALECT, span, "page of no dialect that is known")
        .label("nothing here or below is typical of one")
        .help(help)
}
