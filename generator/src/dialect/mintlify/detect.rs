//! Recognises Mintlify pages by the lines that the product prints.
//!
//! A text comes in, what speaks for the dialect goes out. Enter at [`detect`].
//!
//! Invariant: what other products could write speaks only together with something else: one section alone
//! is a word on a line, a `curl` command stands on anybody's page.

use std::ops::Range;

use super::{
    endpoint,
    labels::{self, Section},
    lines, source,
};
use crate::{
    dialect::{self, Clue, STRONG, WEAK, definition::fence, foreign},
    reflow::Reflowed,
};

/// The types that a field's line of its own is looked for in.
const PLAIN_TYPES: [&str; 5] = ["string", "integer", "number", "boolean", "object"];
/// How far front matter is looked for, in bytes.
const FRONT_MATTER: usize = 4096;
const SECTIONS: &str = "sections such as `Path Parameters`, `Body`, `Response` as lines of their own";
const SECTION: &str =
    "a section such as `Body` or `Response` as a line of its own, on a page of one operation";
const COMMAND: &str = "a `curl --request` command";
const METHOD_AND_PATH: &str = "a method, and its path below it";
const FIELD: &str = "a field whose type and `required` are lines of their own, on a page of one operation";
const WEBHOOK_AND_NAME: &str = "`WEBHOOK`, and a name below it";

/// What speaks for the dialect. Of a page that has lost its line breaks, those that were restored do.
pub(super) fn detect(text: &str, reflowed: Option<&Reflowed>) -> Vec<Clue> {
    let Some(reflowed) = reflowed else { return lines_that_speak(text) };
    let mut clues = lines_that_speak(&reflowed.text);
    for clue in &mut clues {
        clue.range = reflowed.map.original_range(clue.range.clone());
    }
    clues
}

/// What of a text's lines speaks for the dialect.
fn lines_that_speak(text: &str) -> Vec<Clue> {
    let mut found = Finder { text, named: text.trim_start().starts_with("---"), ..Finder::default() };
    let mut before = "";
    for range in dialect::lines(text, 0) {
        let line = text.get(range.clone()).unwrap_or_default();
        let trimmed = line.trim_matches(lines::is_blank);
        if trimmed.is_empty() {
            continue;
        }
        let range = range.start..range.start + line.trim_end().len();
        found.below(before, trimmed, &range);
        found.line(trimmed, &range);
        before = trimmed;
    }
    let Finder { mut clues, bare, field, parameters, .. } = found;
    one_section(&mut clues, bare);
    no_section(&mut clues, field);
    // Sections alone could be those of a product with words of its own for parameters; such a word alone is a vendor's.
    let own = |clue: &Clue| clue.weight >= STRONG && clue.what != SECTIONS;
    if !parameters && !clues.iter().any(own) && foreign::find(text).is_some() {
        clues.clear();
    }
    clues
}

/// What is found on the way down a page.
#[derive(Default)]
struct Finder<'t> {
    text: &'t str,
    clues: Vec<Clue>,
    /// Whether the page begins with front matter.
    named: bool,
    sections: Vec<Section>,
    /// Whether a section of parameters is called as the product calls it.
    parameters: bool,
    /// The place of the first section that is a line of nothing but its word.
    bare: Option<Range<usize>>,
    /// The place of the first type that `required` stands below.
    field: Option<Range<usize>>,
    /// Whether a component stands outside of code: known once one stands anywhere.
    component: Option<bool>,
}

impl Finder<'_> {
    fn add(&mut self, what: &'static str, weight: u32, range: &Range<usize>) {
        if !self.clues.iter().any(|clue| clue.what == what) {
            self.clues.push(Clue { what, range: range.clone(), weight });
        }
    }

    /// What a line says below another.
    fn below(&mut self, above: &str, line: &str, range: &Range<usize>) {
        if is_path_segment(line) && is_method(above) {
            self.add(METHOD_AND_PATH, WEAK, range);
        } else if above == endpoint::WEBHOOK {
            self.add(WEBHOOK_AND_NAME, WEAK, range);
        } else if line == "required" && PLAIN_TYPES.contains(&above) {
            self.field.get_or_insert_with(|| range.clone());
        }
    }

    /// What a line says by itself.
    fn line(&mut self, line: &str, range: &Range<usize>) {
        let text = self.text;
        // As most lines of other dialects and of code begin, none does that speaks but a foot's list of links.
        if line.starts_with(['-', '"', '{', '}', '|']) && !line.ends_with("⌘I") {
            return;
        }
        if source::COMPONENTS.iter().any(|name| line.starts_with(name))
            && *self.component.get_or_insert_with(|| source::has_component(text, 0))
        {
            self.add("a component of the product's own source", STRONG + WEAK, range);
        } else if self.named && range.start < FRONT_MATTER && source::names_operation(line) {
            self.add("front matter that names an operation", STRONG + WEAK, range);
        } else if line.starts_with("```") && fence::subject(line).is_some() {
            self.add("a fence with the definition of an operation", STRONG, range);
        } else if let Some(section) = labels::printed_section(line.trim_start_matches('#')) {
            self.section(section, line, range);
        } else if is_field_anchor(line) {
            self.add("an anchor of a field", STRONG, range);
        } else if line.starts_with("Bearer authentication header of the form") {
            self.add("the sentence that describes bearer tokens", STRONG, range);
        } else if line.starts_with("curl --request ") || line.starts_with("`curl --request ") {
            self.add(COMMAND, WEAK, range);
        } else if labels::opens_foot(line) || line == "Skip to main content" {
            self.add("a line of the page's frame", WEAK, range);
        }
    }

    fn section(&mut self, section: Section, line: &str, range: &Range<usize>) {
        // Other dialects write their headings with one or two marks, and with other words.
        let level = line.bytes().take_while(|&b| b == b'#').count();
        self.parameters |= matches!(section, Section::Parameters(_)) && !foreign::tells(line);
        if level != 0 && level != 4 {
            return;
        }
        // Bold labels are how people write by hand, for any product.
        if !line.starts_with("**") && !self.sections.contains(&section) {
            self.sections.push(section);
            if self.sections.len() == 2 {
                self.add(SECTIONS, STRONG, range);
            }
        }
        if !line.contains(['*', ':']) {
            self.bare.get_or_insert_with(|| range.clone());
        }
    }
}

/// One section is enough where the page has an operation's method and path, printed or in a command. It
/// weighs less than what no other dialect writes.
fn one_section(clues: &mut Vec<Clue>, section: Option<Range<usize>>) {
    let Some(range) = section else { return };
    let has = |what: &str| clues.iter().any(|clue| clue.what == what);
    if !has(SECTIONS) && (has(COMMAND) || has(METHOD_AND_PATH) || has(WEBHOOK_AND_NAME)) {
        clues.push(Clue { what: SECTION, range, weight: STRONG - WEAK });
    }
}

/// Where no section is headed, a field is enough on a page that has an operation's method and path, and a command too.
fn no_section(clues: &mut Vec<Clue>, field: Option<Range<usize>>) {
    let Some(range) = field else { return };
    let has = |what: &str| clues.iter().any(|clue| clue.what == what);
    if !has(SECTIONS) && !has(SECTION) && has(COMMAND) && has(METHOD_AND_PATH) {
        clues.push(Clue { what: FIELD, range, weight: STRONG - WEAK });
    }
}

/// Whether a line is an HTTP method and nothing else.
fn is_method(line: &str) -> bool {
    let upper = line.len() <= 8 && line.bytes().all(|b| b.is_ascii_uppercase());
    upper && (line == "DEL" || line.parse::<crate::model::HttpMethod>().is_ok())
}

/// Whether a line is the first of those that hold a path, one segment or slash each.
fn is_path_segment(line: &str) -> bool {
    line.starts_with('/') && !line.contains(char::is_whitespace)
}

fn is_field_anchor(line: &str) -> bool {
    // Its mark can be broken over several lines.
    let broken = line.strip_prefix("](").map(|target| ("", target));
    let Some((label, target)) = broken.or_else(|| line.strip_prefix('[')?.split_once("](")) else {
        return false;
    };
    let id = target.split_once('#').map_or("", |(_, id)| id);
    label.chars().all(lines::is_blank) && labels::is_field_anchor(id)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weight(text: &str) -> u32 {
        detect(text, None).iter().map(|clue| clue.weight).sum()
    }

    #[test]
    fn words_of_another_product_speak_against_sections_alone() {
        let page =
            |between: &str| format!("GET\n/\nberths\nQuery Params\npage\n{between}\nBody\nResponses\n");
        assert_eq!(weight(&page("integer")), 0);
        for own in ["Path Parameters", "Bearer authentication header of the form `Bearer <token>`."] {
            assert!(weight(&page(own)) >= STRONG, "{own}");
        }
    }

    #[test]
    fn one_section_needs_an_operation() {
        assert!(weight("GET\n/\nberths\nResponse\n200\n") >= STRONG);
        assert!(weight("GET\n\n/berths\n\n#### Body\n") >= STRONG);
        assert!(weight("List berths\ncurl --request GET \\\n  --url https://a.test/x\nBody\n") >= STRONG);
        for text in [
            "Body\n",
            "The\nResponse\nof the harbour",
            "GET\nready\nBody\n",
            "GET\n/\nberths\n",
            "curl --request GET https://a.test\n",
            "curl --request GET https://a.test\n**Request Body**\n## Response\n",
        ] {
            assert!(weight(text) < STRONG, "{text}");
        }
    }

    #[test]
    fn two_sections_speak_for_themselves() {
        assert_eq!(weight("Body\nResponse\n"), STRONG);
        assert_eq!(weight("GET\n/x\nBody\nResponse\n"), STRONG + WEAK);
    }
}
