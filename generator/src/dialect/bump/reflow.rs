//! Restores the line breaks of a flattened Bump.sh page.
//!
//! The flat text comes in; the same text with each of the product's own lines on a line of its own goes
//! out. Nothing is lost by flattening but the white space of descriptions: even the title ends where the
//! bold method begins.

use std::ops::Range;

use super::grammar::{Mark, Place};
use crate::{
    dialect::{
        context::trim,
        front_matter::reflow_front_matter,
        marks::{Marked, body},
    },
    reflow::{Builder, Reflowed},
};

/// The text with its lines restored, by its marks.
pub(super) fn reflow(text: &str, marks: &[Marked<Mark>]) -> Reflowed {
    let mut builder = Builder::new(text);
    let start = reflow_front_matter(text, &mut builder);
    let first = marks.first().map_or(text.len(), |marked| marked.range.start);
    builder.copy(trim(text, start..first));
    for (at, marked) in marks.iter().enumerate() {
        let body = trim(text, body(marks, at, text.len()));
        let (before, after) = match &marked.mark {
            Mark::Title(_) => ("\n\n", " "),
            Mark::Field(_) => ("\n", "\n  "),
            _ => ("\n\n", "\n"),
        };
        builder.insert(before).copy(trim(text, marked.range.clone()));
        let lines = match &marked.mark {
            Mark::Heading(Place::Servers) => items(text, body, ") - "),
            Mark::Heading(Place::Authentication) => items(text, body, " - "),
            _ => vec![body],
        };
        for line in lines.into_iter().filter(|line| !line.is_empty()) {
            builder.insert(after).copy(line);
        }
    }
    builder.insert("\n");
    builder.finish()
}

/// The items of a flat list: each begins with the `- ` that a separator ends in.
fn items(text: &str, body: Range<usize>, separator: &str) -> Vec<Range<usize>> {
    let slice = text.get(body.clone()).unwrap_or_default();
    let mut items = Vec::new();
    let mut start = body.start;
    for (at, found) in slice.match_indices(separator) {
        let next = body.start + at + found.len() - "- ".len();
        items.push(trim(text, start..next));
        start = next;
    }
    items.push(trim(text, start..body.end));
    items
}

#[cfg(test)]
mod tests {
    use super::super::Bump;
    use crate::{dialect::Reader, reflow::check_reflow};

    fn check(flat: &str, expected: &str) {
        check_reflow(|text| Bump.look(text).page.reflow(), flat, expected);
    }

    #[test]
    fn each_mark_gets_its_line() {
        check(
            "# Order tea **POST /orders** Makes one. ## Servers - A: https://a.example (A) - B: https://b.example () \
             ## Authentication methods - Bearer auth - Key & Basic ## Parameters ### Body: application/json (object) \
             - **leaf** (string) One of: - GREEN - BLACK ## Responses ### 201 Made [Powered by Bump.sh](https://bump.sh)",
            "# Order tea\n\n**POST /orders**\nMakes one.\n\n## Servers\n- A: https://a.example (A)\n\
             - B: https://b.example ()\n\n## Authentication methods\n- Bearer auth\n- Key & Basic\n\n## Parameters\n\n\
             ### Body: application/json (object)\n- **leaf** (string)\n  One of: - GREEN - BLACK\n\n\
             ## Responses\n\n### 201\nMade\n\n[Powered by Bump.sh](https://bump.sh)",
        );
    }
}
