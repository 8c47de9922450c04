//! Takes off the indentation of what stands within ReadMe's components.
//!
//! A newer export indents the content of `<Tabs>`, `<Tab>`, `<Accordion>`, `<Cards>` and their kind by two spaces for each of
//! them, so that Markdown would take a table or a fence in there for code. The text comes in; the same text with such
//! lines at the begin of a line goes out ([`unindent`]).

use crate::{
    dialect::lines,
    reflow::{Builder, Reflowed},
};

/// How far the content of a component is indented.
const STEP: usize = 2;
/// How many components may stand in each other.
const DEEPEST: usize = 16;
/// The components that hold Markdown. `Table` and `Callout` are read whole.
const COMPONENTS: [&str; 10] =
    ["Tabs", "Tab", "AccordionGroup", "Accordion", "Cards", "Card", "Columns", "Column", "Steps", "Step"];

/// The text without that indentation, or nothing where it has none.
pub(super) fn unindent(text: &str) -> Option<Reflowed> {
    if !text.contains("\n  ") || !COMPONENTS.iter().any(|name| text.contains(&format!("<{name}"))) {
        return None;
    }
    let mut builder = Builder::new(text);
    // Of each open component, whether its first line is still to come, and how far its content is indented.
    let mut open: Vec<(bool, usize)> = Vec::new();
    let mut changed = false;
    for line in lines(text, 0) {
        let whole = text.get(line.clone()).unwrap_or_default();
        let bare = whole.trim_start_matches(' ');
        let indent = whole.len() - bare.len();
        let closes = component(bare.strip_prefix("</").unwrap_or_default());
        if closes {
            open.pop();
        }
        let off = match open.last_mut() {
            // The first line of the content tells whether it is indented at all.
            Some((first @ true, most)) if !bare.trim().is_empty() => {
                *first = false;
                *most = indent.min(*most);
                *most
            }
            Some((_, most)) => indent.min(*most),
            None => 0,
        };
        changed |= off > 0;
        builder.copy(line.start + off..(line.end + 1).min(text.len()));
        let opens = bare.strip_prefix('<').is_some_and(component) && !bare.trim_end().ends_with("/>");
        let ends = opens && bare.contains("</");
        if opens && !ends && open.len() < DEEPEST {
            open.push((true, indent + STEP));
        }
    }
    changed.then(|| builder.finish_lines())
}

/// Whether a text begins with the name of a component that holds Markdown.
fn component(tag: &str) -> bool {
    let length = tag.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(tag.len());
    tag.get(..length).is_some_and(|name| COMPONENTS.contains(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_moves_to_the_begin_of_its_lines() {
        let text = "<Tabs>\n  <Tab title=\"a\">\n    ```json\n    {\n      \"a\": 1\n    }\n    ```\n  </Tab>\n</Tabs>\n\n    code\n";
        let reflowed = unindent(text).unwrap();
        assert_eq!(
            reflowed.text,
            "<Tabs>\n<Tab title=\"a\">\n```json\n{\n  \"a\": 1\n}\n```\n</Tab>\n</Tabs>\n\n    code\n"
        );
        let at = reflowed.text.find("```json").unwrap();
        assert_eq!(&text[reflowed.map.original_range(at..at + 7)], "```json");
        assert!(unindent(&reflowed.text).is_none());
    }

    #[test]
    fn other_text_passes_through() {
        for text in
            ["<Tab>\na\n</Tab>\n", "a\n    code\n", "<Card />\n  a\n", "<Tables>\n  a\n", "</Tab>\n  a\n"]
        {
            assert!(unindent(text).is_none(), "{text}");
        }
    }
}
