//! Restores the line breaks of a ReadMe page that lost all of them.
//!
//! The flat text comes in; the same text with each of the product's constructs on lines of their own goes out ([`reflow`]):
//! headings, labels, request lines, fences, blocks, elements (`flat_marks`), and tables, whose rows are counted off by the columns of their
//! head (`flat_tables`). Where the text of a heading ended is not told any more: one that announces a section ends with its
//! words, another one with the next construct, if that is near.

use std::ops::Range;

use super::{
    flat_marks::{Kind, LONGEST_HEADING, Mark, Scan},
    request_line::read_request_line,
};
use crate::{
    dialect::{front_matter::reflow_front_matter, trim},
    reflow::{Builder, Reflowed, is_flat},
};

/// The text of a list's item has no such length.
const LONGEST_ITEM: usize = usize::MAX;

/// The text with its lines restored, or nothing where it has lines.
pub(super) fn reflow(text: &str) -> Option<Reflowed> {
    if !is_flat(text) {
        return None;
    }
    let mut builder = Builder::new(text);
    let start = reflow_front_matter(text, &mut builder);
    let marks = Scan::new(text).marks(start);
    if marks.is_empty() {
        return None;
    }
    let mut at = start;
    let mut open = None;
    for mark in &marks {
        prose(&mut builder, text, at..mark.range.start, open);
        open = write(&mut builder, text, mark);
        at = mark.range.end;
    }
    prose(&mut builder, text, at..text.len(), open);
    builder.insert("\n");
    Some(builder.finish())
}

/// Copies what stands between two constructs; `open` tells that it goes on with the line before, unless it is longer.
fn prose(builder: &mut Builder<'_>, text: &str, range: Range<usize>, open: Option<usize>) {
    let paragraph = match open {
        Some(LONGEST_ITEM) => paragraph_end(text.get(range.clone()).unwrap_or_default()),
        _ => None,
    };
    if let Some(end) = paragraph.map(|end| range.start + end) {
        prose(builder, text, range.start..end, Some(LONGEST_HEADING.max(end)));
        builder.insert("\n\n").copy(trim(text, end..range.end));
        return;
    }
    let range = trim(text, range);
    match open {
        // It cannot all be the heading.
        Some(longest) if range.len() > longest => builder.insert("\n\n").copy(range),
        Some(_) if !range.is_empty() => builder.insert(" ").copy(range),
        _ => builder.copy(range),
    };
}

/// Where a blank line was: exactly two blanks, as more are those of a line that is indented.
fn paragraph_end(text: &str) -> Option<usize> {
    let mut at = 0;
    for stretch in text.split_inclusive(' ') {
        let end = at + stretch.len();
        let rest = text.get(end..)?;
        if stretch.len() > 1 || at == 0 {
            let blanks = rest.len() - rest.trim_start_matches(' ').len();
            if blanks == 1 && stretch.ends_with(' ') && rest.len() > 1 {
                return Some(end);
            }
        }
        at = end;
    }
    None
}

/// Writes a construct, and tells whether what follows goes on with its last line, and how long that can be.
fn write(builder: &mut Builder<'_>, text: &str, mark: &Mark) -> Option<usize> {
    builder.insert(if matches!(mark.kind, Kind::Row(_)) { "\n" } else { "\n\n" });
    match &mark.kind {
        Kind::Item { indent, whole } => {
            builder.insert(&" ".repeat(*indent)).copy(mark.range.clone());
            if !whole {
                return Some(LONGEST_ITEM);
            }
        }
        Kind::Heading { whole: false } | Kind::Label { colon: true } => {
            builder.copy(mark.range.clone());
            return Some(LONGEST_HEADING);
        }
        Kind::Heading { whole: true } | Kind::Label { colon: false } | Kind::Line => {
            builder.copy(mark.range.clone());
        }
        Kind::Fence(code) => {
            builder.copy(trim(text, mark.range.start..code.start)).insert("\n");
            command(builder, text, trim(text, code.clone()));
            builder.insert("\n").copy(code.end..mark.range.end);
        }
        Kind::Block(json) => {
            builder.copy(mark.range.start..json.start).insert("\n");
            builder.copy(trim(text, json.clone())).insert("\n").copy(json.end..mark.range.end);
        }
        Kind::Table(rows) => {
            for (nth, row) in rows.iter().enumerate() {
                builder.insert(if nth == 0 { "" } else { "\n" }).copy(row.clone());
            }
        }
        Kind::Head(head) => {
            cells(builder, &head.cells);
            return None;
        }
        Kind::Row(row) => {
            cells(builder, row);
            builder.insert("\t");
            return Some(LONGEST_ITEM);
        }
    }
    builder.insert("\n\n");
    None
}

/// Copies cells, parted by tabs.
fn cells(builder: &mut Builder<'_>, cells: &[Range<usize>]) {
    for (nth, cell) in cells.iter().enumerate() {
        builder.insert(if nth == 0 { "" } else { "\t" }).copy(cell.clone());
    }
}

/// Copies code, with the lines of a command that goes on after a backslash, and those of a message that is written out like
/// HTTP.
fn command(builder: &mut Builder<'_>, text: &str, code: Range<usize>) {
    let slice = text.get(code.clone()).unwrap_or_default();
    let mut start = code.start;
    for end in message_lines(slice) {
        builder.copy(trim(text, start..code.start + end)).insert("\n");
        start = code.start + end;
    }
    let code = trim(text, start..code.end);
    let slice = text.get(code.clone()).unwrap_or_default();
    let mut start = code.start;
    for (at, found) in slice.match_indices("\\ ") {
        builder.copy(start..code.start + at + 1).insert("\n");
        start = code.start + at + found.len();
    }
    builder.copy(start..code.end);
}

/// Where the lines end of a message that is written out like HTTP: `GET /a HTTP/1.1`, headers, a body of JSON.
fn message_lines(code: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut words = code.split_inclusive(' ').scan(0, |at, word| {
        let start = *at;
        *at += word.len();
        Some((start, word.trim_end()))
    });
    let (Some((_, method)), Some((target, path))) = (words.next(), words.next()) else { return ends };
    if code.get(..target + path.len()).and_then(read_request_line).is_none()
        || !method.bytes().all(|byte| byte.is_ascii_uppercase())
    {
        return ends;
    }
    for (start, word) in words {
        let header = |name: &str| {
            !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        let json = word.starts_with(['{', '[']);
        if word.starts_with("HTTP/") && ends.is_empty() {
            continue;
        }
        if json || ends.is_empty() || word.strip_suffix(':').is_some_and(header) {
            ends.push(start);
        }
        if json {
            break;
        }
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::reflow;
    use crate::reflow::check_reflow;

    fn check(flat: &str, expected: &str) {
        check_reflow(reflow, flat, expected);
    }

    #[test]
    fn constructs_get_lines_of_their_own() {
        check(
            "--- title: \"dim\" slug: \"dim\" --- Dims a lamp. ## Request **HTTP Request** ```text PUT /lamp/{id} ``` \
             **Parameters** | Name | Type | | :-- | :-- | | id | long | **Authorization** None ## Response Nothing.",
            "---\ntitle: \"dim\"\nslug: \"dim\"\n---\n\nDims a lamp.\n\n## Request\n\n\n\n**HTTP Request**\n\n\n\n```text\n\
             PUT /lamp/{id}\n```\n\n\n\n**Parameters**\n\n\n\n| Name | Type |\n| :-- | :-- |\n| id | long |\n\n\n\n\
             **Authorization**\n\nNone\n\n## Response\n\nNothing.",
        );
    }

    #[test]
    fn blocks_elements_and_definitions_get_lines_of_their_own() {
        check(
            "# Lamps [block:code] {\"codes\": []} [/block] <Table> <tr><td>a</td></tr> </Table> # OpenAPI definition \
             ```json { \"a\": 1 } ```",
            "# Lamps\n\n[block:code]\n{\"codes\": []}\n[/block]\n\n\n\n<Table> <tr><td>a</td></tr> </Table>\n\n\n\n\
             # OpenAPI definition\n\n\n\n```json\n{ \"a\": 1 }\n```",
        );
    }

    #[test]
    fn headings_end_with_the_words_that_announce_a_section() {
        check("# Resource information | A | | - | | b | ", "# Resource information\n\n| A |\n| - |\n| b |");
        check(
            "## Response Nothing. ## Request Body In it.",
            "## Response\n\nNothing.\n\n## Request Body\n\nIn it.",
        );
    }

    #[test]
    fn messages_get_their_lines() {
        check(
            "```http POST /a HTTP/1.1 Host: b.example Content-Type: application/json { \"c\": 1 } ```",
            "```http\nPOST /a HTTP/1.1\nHost: b.example\nContent-Type: application/json\n{ \"c\": 1 }\n```",
        );
    }

    #[test]
    fn a_request_line_ends_the_name_of_a_tab() {
        check("```json Ask it GET /a { \"b\": 1 } ```", "```json Ask it\nGET /a\n{ \"b\": 1 }\n```");
    }

    #[test]
    fn request_lines_follow_headings_and_sentences() {
        check("# Lamps GET /lamps All of them.", "# Lamps\n\nGET /lamps\n\nAll of them.");
        check("Gives all. `GET` `/lamps` ## Response", "Gives all.\n\n`GET` `/lamps`\n\n\n\n## Response");
        assert!(reflow("Gives all. GET /lamps does so, or GET /lamps alone.").is_none());
    }

    #[test]
    fn rows_that_tabs_parted_get_them_back() {
        check(
            "**Parameters** Name Required Type Description id Yes integer The lamp. room no string **Authorization** None",
            "**Parameters**\n\n\n\nName\tRequired\tType\tDescription\nid\tYes\tinteger\t The lamp.\nroom\tno\tstring\t\n\n**Authorization**\n\nNone",
        );
    }

    #[test]
    fn a_fence_in_json_is_text() {
        check(
            "## Response ```json { \"a\": \"See ```b``` there.\" } ``` End.",
            "## Response\n\n\n\n```json\n{ \"a\": \"See ```b``` there.\" }\n```\n\nEnd.",
        );
    }

    #[test]
    fn labels_with_values_stay_with_them_and_commands_go_on() {
        check(
            "**Method:** POST Request URL: `https://a.example/b` Uses **Response** data. ```curl Ask curl -X POST \\ -d a ```",
            "**Method:** POST\n\n\n\nRequest URL: `https://a.example/b`\n\nUses **Response** data.\n\n```curl Ask\ncurl -X POST \\\n-d a\n```",
        );
    }

    #[test]
    fn items_that_are_fields_get_lines_of_their_own() {
        check(
            "## Response - `a` (array): All - of them.   - `b` *object* - `c` (string) ## Request",
            "## Response\n\n\n\n- `a` (array) : All - of them.\n\n  - `b` *object*\n\n- `c` (string)\n\n## Request",
        );
        assert!(reflow("The field - `id` (string) - is there.").is_none());
    }

    #[test]
    fn prose_is_not_reflowed() {
        assert!(reflow("A # b, a | b, `c` and *d*.").is_none());
        assert!(reflow("# A\n\n## Response\n").is_none());
    }

    #[test]
    fn hostile_pages_stay_linear() {
        for part in [
            "| ",
            "|-",
            "## a ",
            "``` ",
            "```json ",
            "[block:a] ",
            "<Table> ",
            "<A ",
            "**a ",
            "> 📘 ",
            "GET /a ",
            "<A>\tGET\t",
            "Method:\tPOST\t",
            "> ## Documentation Index ",
            "- `a` (string) ",
            "  - `a` (",
            "Name Type Description ",
            "Name Required Type Description a yes string ",
            "```http GET /a b: ",
        ] {
            reflow(&part.repeat(400_000 / part.len()));
        }
    }
}
