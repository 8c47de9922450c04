//! Reads ReadMe pages: front matter, Markdown with tables, and `[block:…]` JSON.
//!
//! A page that lost its lines, or whose components indent what they hold, is put right before (`reflow` with `flat_marks`, `flat_tables` and `flat_tabs`,
//! `unindent`), and what the product puts before a page is taken off (`lead`). The rest becomes pieces (`pieces`, by way of
//! `blocks`, `elements`, `tables`, `lists`, `markup` and `json`), and the pieces a page (`page`): sections are told by `sections` (with `statuses` and `translated`), the
//! operation by `request_line`, `key_line`, `operation`, `parameters` and `samples`, bodies by `sentences`, `body` and `members`,
//! fields by `columns`, `rows`, `name`, `place`, `cell_type`, `cell_values`, `requirement`, `styles` and `types`, credentials by `authorization`.

mod authorization;
mod blocks;
mod body;
mod cell_type;
mod cell_values;
mod columns;
mod elements;
mod flat_marks;
mod flat_tables;
mod flat_tabs;
mod json;
mod key_line;
mod lead;
mod lists;
mod markup;
mod members;
mod name;
mod operation;
mod page;
mod parameters;
mod pieces;
mod place;
mod prose;
mod reflow;
mod request_line;
mod requirement;
mod rows;
mod samples;
mod sections;
mod sentences;
mod statuses;
mod styles;
mod tables;
mod translated;
mod types;
mod unindent;

use memchr::memmem;

use super::{
    Clue, Context, Dialect, Reader, STRONG, Sighting, Unread, WEAK, find_front_matter, read_front_matter,
};
use crate::{
    model::Page,
    reflow::{Reflowed, is_flat},
};

/// The reader.
pub(crate) struct ReadMe;

impl Reader for ReadMe {
    fn dialect(&self) -> Dialect {
        Dialect::ReadMe
    }

    fn looks_for(&self) -> &'static str {
        "front matter with `hidden` and `metadata` or `slug`, `[block:…]` JSON, `<Table align=…>`, `**HTTP Request**`, or \
         `doc:` links"
    }

    fn look<'t>(&self, text: &'t str) -> Sighting<'t> {
        let clues = if is_flat(text) { flat_clues(text) } else { clues(text) };
        Sighting { clues, page: Box::new(Seen(text)) }
    }
}

/// A page, of which nothing but its text is known.
struct Seen<'t>(&'t str);

impl Unread for Seen<'_> {
    fn reflow(&mut self) -> Option<Reflowed> {
        reflow::reflow(self.0).or_else(|| unindent::unindent(self.0))
    }

    fn read(self: Box<Self>, cx: &mut Context<'_>) -> Page {
        let front = read_front_matter(cx);
        let start = lead::read_lead(cx, front.end);
        let pieces = pieces::read_pieces(cx.text(), start);
        let mut reader = page::PageReader::new(cx, Page::new(Dialect::ReadMe), front);
        for piece in pieces {
            reader.piece(piece);
        }
        reader.finish()
    }
}

/// What speaks for the dialect.
fn clues(text: &str) -> Vec<Clue> {
    let mut clues = Vec::new();
    let mut clue = |what, range: Option<std::ops::Range<usize>>, weight| {
        clues.extend(range.map(|range| Clue { what, range, weight }));
    };
    // Only this product writes it, while pages of all kinds have headings and labels of all kinds below it.
    clue("front matter with the keys that ReadMe writes", front_matter(text), STRONG + WEAK);
    clue("a `[block:…]`", first_block(text), STRONG);
    clue("a `**HTTP Request**` label", request_label(text), STRONG);
    clue("a `<Table>` as ReadMe writes it", element(text), STRONG);
    let found = |needle: &str| find(text, needle).map(|at| at..at + needle.len());
    clue("a callout below an index of the documentation", lead::callout_below_index(text), STRONG);
    clue("a `doc:` link", found("](doc:"), WEAK);
    clue(
        "an `OpenAPI definition` heading",
        found("\n# OpenAPI definition\n").map(|r| r.start + 1..r.end - 1),
        STRONG,
    );
    clues
}

/// What speaks for the dialect on a page that lost its line breaks: the same, wherever it stands.
fn flat_clues(text: &str) -> Vec<Clue> {
    let mut clues = Vec::new();
    let mut clue = |what, range: Option<std::ops::Range<usize>>, weight| {
        clues.extend(range.map(|range| Clue { what, range, weight }));
    };
    let found = |needle: &str| find(text, needle).map(|at| at..at + needle.len());
    clue("front matter with the keys that ReadMe writes", flat_front_matter(text), STRONG + WEAK);
    clue("a `[block:…]`", found(" [block:"), STRONG);
    clue("a `**HTTP Request**` label", found("**HTTP Request**"), STRONG);
    clue("a `<Table>` as ReadMe writes it", element(text), STRONG);
    clue("a `doc:` link", found("](doc:"), WEAK);
    clue("an `OpenAPI definition` heading", found("# OpenAPI definition ```json"), STRONG);
    clue("a callout below an index of the documentation", lead::flat_callout_below_index(text), STRONG);
    clues
}

/// The same as [`front_matter`] of a text without line breaks.
fn flat_front_matter(text: &str) -> Option<std::ops::Range<usize>> {
    let start = text.len() - text.trim_start().len();
    let body = text.get(start..)?.strip_prefix("--- ")?;
    let keys = format!(
        " {}",
        body.get(..body.find(" --- ").or_else(|| body.trim_end().strip_suffix(" ---").map(str::len))?)?
    );
    own_keys(|key| keys.contains(&format!(" {key}"))).then(|| start..start + 3)
}

/// Whether front matter has the keys that ReadMe writes, by what tells whether a line of it begins with a text: `agentTools`,
/// `api` with an `operationId` below it, or `hidden` with `metadata`, `deprecated` or `createdAt`. Other products know `slug`, `hidden` and `excerpt` too: two of them
/// are ReadMe's where no key is another's. Its slugs are words, while those of the others may be paths.
fn own_keys(has: impl Fn(&str) -> bool) -> bool {
    let any = |keys: &[&str]| keys.iter().any(|key| has(key));
    let slug = has("slug:") && !any(&["slug: /", "slug: \"/", "slug: '/"]);
    let common = [slug, has("hidden:"), has("excerpt:")].into_iter().filter(|has| *has).count();
    has("agentTools:")
        || (has("api:") && any(&["  operationId:", "operationId:"]))
        || (has("hidden:") && any(&["metadata:", "deprecated:", "createdAt:"]))
        || (common >= 2 && !any(&OTHERS_KEYS))
        || (has("title:") && has("excerpt:") && !any(&OTHERS_KEYS) && !any(&POSTS_KEYS))
}

/// How keys of front matter begin that Docusaurus, Jekyll, Hugo and other generators of sites and blogs read, and ReadMe does
/// not.
const OTHERS_KEYS: [&str; 18] = [
    "authors:",
    "categories:",
    "custom_edit_url:",
    "date:",
    "displayed_sidebar:",
    "draft:",
    "hide_table_of_contents:",
    "hide_title:",
    "last_update:",
    "layout:",
    "nav_order:",
    "pagination_",
    "permalink:",
    "sidebar:",
    "sidebar_",
    "tags:",
    "toc_",
    "unlisted:",
];

/// How keys begin that posts of blogs have besides a title and an excerpt.
const POSTS_KEYS: [&str; 8] =
    ["author:", "image:", "cover", "published:", "publishDate:", "category:", "featured", "thumbnail:"];

/// Where a text first has another one.
fn find(text: &str, needle: &str) -> Option<usize> {
    memmem::find(text.as_bytes(), needle.as_bytes())
}

fn first_block(text: &str) -> Option<std::ops::Range<usize>> {
    // Most pages have none, and need not be scanned for it.
    find(text, blocks::OPEN)?;
    let block = |raw: blocks::Raw<'_>| match raw {
        blocks::Raw::Block(block) => Some(block.range),
        blocks::Raw::Element(_) => None,
    };
    blocks::scan(text, 0).into_iter().find_map(block)
}

/// The tag of an element that only ReadMe writes.
fn element(text: &str) -> Option<std::ops::Range<usize>> {
    let tags = ["<Table align={", "<HTMLBlock>{`"];
    let at = tags.into_iter().filter_map(|tag| find(text, tag)).min()?;
    Some(at..at + "<Table".len())
}

/// Front matter with the keys that ReadMe writes.
fn front_matter(text: &str) -> Option<std::ops::Range<usize>> {
    let (keys, whole) = find_front_matter(text)?;
    let keys = text.get(keys)?;
    let has = |key: &str| keys.lines().any(|line| line.starts_with(key));
    own_keys(has).then(|| whole.start..whole.start + 3)
}

/// The first line that is a label `**HTTP Request**`, whatever its case.
fn request_label(text: &str) -> Option<std::ops::Range<usize>> {
    memmem::find_iter(text.as_bytes(), "**").find_map(|at| {
        let (before, rest) = text.split_at_checked(at)?;
        let start = before.trim_end_matches(|c: char| c != '\n' && c.is_whitespace()).len();
        let begins_line = start == 0 || before.get(..start)?.ends_with('\n');
        let is_request = |label: &[u8]| label.eq_ignore_ascii_case(LABEL.as_bytes());
        if !begins_line || !rest.as_bytes().get(..LABEL.len()).is_some_and(is_request) {
            return None;
        }
        let label = rest.lines().next()?.trim_end();
        (label.trim_end_matches(':').len() <= 40).then_some(start..at + label.len())
    })
}

/// What the line that begins a request opens with.
const LABEL: &str = "**http request";

#[cfg(test)]
mod tests {
    use super::{flat_front_matter, front_matter};

    fn check(keys: &[&str], expected: bool) {
        let page = format!("---\n{}\n---\nText.\n", keys.join("\n"));
        assert_eq!(front_matter(&page).is_some(), expected, "{page}");
        let flat = page.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(flat_front_matter(&flat).is_some(), expected, "{flat}");
    }

    #[test]
    fn front_matter_of_readme_is_known() {
        check(&["title: \"Lamps\"", "slug: \"lamps\"", "excerpt: \"\"", "hidden: false"], true);
        check(&["title: Lamps", "excerpt: ''", "category: 5f", "hidden: true"], true);
        check(&["title: Lamps", "deprecated: false", "hidden: false", "metadata:", "  robots: index"], true);
        check(&["title: Lamps", "slug: lamps", "hidden: false"], true);
        check(&["title: Lamps", "agentTools: []"], true);
        check(&["title: Lamps", "excerpt: All of them."], true);
        check(&["title: Lamps", "excerpt: All of them.", "author: A. Wick"], false);
    }

    #[test]
    fn keys_of_its_own_count_more_than_others() {
        let moved = ["slug: \"lamps\"", "hidden: false", "createdAt: \"Mon May 15 2023\"", "layout: default"];
        check(&moved, true);
    }

    #[test]
    fn front_matter_of_other_products_is_not_readmes() {
        check(&["title: Lamps", "slug: /lamps", "hidden: true"], false);
        check(&["slug: lamps", "hidden: true", "sidebar_position: 3"], false);
        check(&["slug: lamps", "excerpt: All lamps.", "date: 2024-01-01", "tags: [light]"], false);
        check(&["title: Lamps", "hidden: true"], false);
    }
}
