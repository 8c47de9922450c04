//! Text from a page that is safe to print.

use std::fmt::Write;

use crate::invisible::{has_no_width, turns_direction};

/// The text on one line, such that it can do nothing to a terminal: white space becomes a blank, control
/// characters and those that turn the direction of text become U+FFFD, what has no width is left out.
#[must_use]
pub fn inert(text: &str) -> String {
    text.chars().filter_map(inert_char).collect()
}

/// What is printed for a character; `None` where it has no width.
pub(super) fn inert_char(c: char) -> Option<char> {
    match c {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => Some(' '),
        _ if has_no_width(c) => None,
        // The last one stands for places while a diagnostic is drawn.
        _ if c.is_control() || turns_direction(c) || c == '\u{10fffd}' => Some(char::REPLACEMENT_CHARACTER),
        _ => Some(c),
    }
}

/// A JSON text with every such character escaped; they only occur within its strings.
pub(super) fn inert_json(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for c in json.chars() {
        let harmless = !(c.is_control() || turns_direction(c) || has_no_width(c));
        if harmless && !matches!(c, '\u{2028}' | '\u{2029}') {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string does not fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        }
    }
    out
}
