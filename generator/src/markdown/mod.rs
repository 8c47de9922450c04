//! Markdown: the one module that uses pulldown-cmark's events.
//!
//! [`parse`] gives a page's blocks as a flat list in document order, each with its range: readers look
//! for headings, items, tables and fences, and take what lies between by its range. [`inert`] gives
//! a description back as Markdown that rustdoc neither runs, links nor renders as HTML.
//!
//! Invariant: nothing here recurses, so that nesting in a page costs no stack.

mod inert;

use std::{ops::Range, rc::Rc};

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

pub(crate) use inert::{inert, is_invisible, longest_run};

/// The extensions that the dialects use.
fn options() -> Options {
    Options::ENABLE_TABLES
}

/// A page's Markdown, parsed.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// The blocks, in document order; a container comes before what it holds.
    pub(crate) blocks: Vec<Block>,
    inlines: Vec<Inline>,
}

/// A block and where it stands, its markup included.
#[derive(Debug)]
pub(crate) struct Block {
    /// What it is.
    pub(crate) kind: BlockKind,
    /// Its range. An item's covers all that it holds.
    pub(crate) range: Range<usize>,
    inlines: Range<usize>,
}

/// The kinds of blocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum BlockKind {
    /// `#` to `######`.
    Heading(u8),
    /// Running text, in or outside of an item.
    Paragraph,
    /// A list item: only its range, what it holds follows.
    Item,
    /// A code block.
    Code {
        /// The info string; empty for indented code.
        info: String,
        /// The code's own range, without fences.
        content: Range<usize>,
    },
    /// A table: only its range, its cells follow.
    Table,
    /// A cell of the table before.
    Cell {
        /// The row, the head being 0.
        row: usize,
        /// The column.
        column: usize,
    },
    /// Raw HTML.
    Html,
    /// A thematic break.
    Rule,
}

/// A stretch of running text.
#[derive(Debug, Clone)]
pub(crate) struct Inline {
    /// What it is.
    pub(crate) kind: InlineKind,
    /// Its text, with escapes and entities resolved.
    pub(crate) text: String,
    /// The target of the link it stands in, which it shares with all that stands there.
    pub(crate) link: Option<Rc<str>>,
}

/// The kinds of inlines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InlineKind {
    /// Text.
    Text,
    /// A code span.
    Code,
    /// Raw HTML, such as `<br>`.
    Html,
    /// A line break, soft or hard.
    Break,
}

impl Document {
    /// The running text of a heading, paragraph or cell.
    pub(crate) fn inlines(&self, block: &Block) -> &[Inline] {
        self.inlines.get(block.inlines.clone()).unwrap_or_default()
    }

    /// The text of a heading, paragraph or cell without markup; line breaks become `\n`.
    pub(crate) fn plain(&self, block: &Block) -> String {
        let mut out = String::new();
        for inline in self.inlines(block) {
            match inline.kind {
                InlineKind::Break => out.push('\n'),
                InlineKind::Html if is_line_break_tag(&inline.text) => out.push('\n'),
                _ => out.push_str(&inline.text),
            }
        }
        out
    }
}

/// Whether raw HTML is a `<br>` in one of its spellings.
fn is_line_break_tag(html: &str) -> bool {
    let name = html.trim_start_matches('<').trim_end_matches('>').trim_end_matches('/').trim();
    name.eq_ignore_ascii_case("br")
}

/// Parses Markdown.
pub(crate) fn parse(text: &str) -> Document {
    let mut builder = DocumentBuilder::default();
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        builder.event(event, range);
    }
    builder.document
}

#[derive(Default)]
struct DocumentBuilder {
    document: Document,
    /// The block that running text goes to: its index.
    open: Option<usize>,
    row: usize,
    column: usize,
    links: Vec<Rc<str>>,
}

impl DocumentBuilder {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(InlineKind::Text, &text, range),
            Event::Code(text) => self.text(InlineKind::Code, &text, range),
            Event::InlineHtml(text) => self.text(InlineKind::Html, &text, range),
            Event::SoftBreak | Event::HardBreak => self.text(InlineKind::Break, "\n", range),
            Event::Rule => self.block(BlockKind::Rule, range),
            // The other extensions are off; the lines of an HTML block are in its range.
            Event::Html(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let inline = matches!(tag, Tag::Strong | Tag::Emphasis | Tag::Link { .. } | Tag::Image { .. });
        if inline && self.open.is_none() {
            // As in `text`, but from the markup on.
            self.open_block(BlockKind::Paragraph, range.clone());
        }
        match tag {
            Tag::Heading { level, .. } => self.open_block(BlockKind::Heading(level as u8), range),
            Tag::Paragraph => self.open_block(BlockKind::Paragraph, range),
            Tag::Item => {
                self.block(BlockKind::Item, range);
                self.open = None;
            }
            Tag::CodeBlock(kind) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.into_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                let content = range.end..range.end;
                self.open_block(BlockKind::Code { info, content }, range);
            }
            Tag::HtmlBlock => self.block(BlockKind::Html, range),
            Tag::Table(_) => {
                self.block(BlockKind::Table, range);
                self.row = 0;
            }
            Tag::TableHead | Tag::TableRow => self.column = 0,
            Tag::TableCell => {
                self.open_block(BlockKind::Cell { row: self.row, column: self.column }, range);
                self.column += 1;
            }
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                self.links.push(dest_url.into_string().into())
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::TableCell => {
                self.open = None
            }
            TagEnd::Item | TagEnd::List(_) | TagEnd::BlockQuote(_) => self.open = None,
            TagEnd::TableHead | TagEnd::TableRow => self.row += 1,
            TagEnd::Link | TagEnd::Image => {
                self.links.pop();
            }
            _ => {}
        }
    }

    fn block(&mut self, kind: BlockKind, range: Range<usize>) {
        let inlines = self.document.inlines.len();
        self.open = None;
        self.document.blocks.push(Block { kind, range, inlines: inlines..inlines });
    }

    fn open_block(&mut self, kind: BlockKind, range: Range<usize>) {
        self.block(kind, range);
        self.open = self.document.blocks.len().checked_sub(1);
    }

    fn text(&mut self, kind: InlineKind, text: &str, range: Range<usize>) {
        if self.open.is_none() {
            // The text of a tight item has no paragraph of its own.
            self.open_block(BlockKind::Paragraph, range.clone());
        }
        let Some(block) = self.open.and_then(|at| self.document.blocks.get_mut(at)) else { return };
        block.range.end = block.range.end.max(range.end);
        if let BlockKind::Code { content, .. } = &mut block.kind {
            let start = if content.start == content.end { range.start } else { content.start };
            *content = start..range.end;
            return;
        }
        self.document.inlines.push(Inline { kind, text: text.to_owned(), link: self.links.last().cloned() });
        block.inlines.end = self.document.inlines.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str) -> Vec<(String, &str)> {
        let document = parse(text);
        let name = |block: &Block| match &block.kind {
            BlockKind::Heading(level) => format!("h{level}"),
            BlockKind::Code { info, content } => format!("code {info} {:?}", &text[content.clone()]),
            BlockKind::Cell { row, column } => format!("cell {row},{column}"),
            kind => format!("{kind:?}").to_lowercase(),
        };
        document.blocks.iter().map(|block| (name(block), &text[block.range.clone()])).collect()
    }

    #[test]
    fn tight_items_have_paragraphs_too() {
        let blocks = outline("# T\n- **a** (string)\n  text\n- b\n\npara\n");
        let names: Vec<_> = blocks.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["h1", "item", "paragraph", "item", "paragraph", "paragraph"]);
        assert_eq!(blocks[2].1, "**a** (string)\n  text");
    }

    #[test]
    fn fences_and_tables_keep_their_ranges() {
        let blocks = outline("```text\nPUT /x\n```\n\n| a | b |\n|---|---|\n| c | d |\n");
        assert_eq!(blocks[0].0, "code text \"PUT /x\\n\"");
        assert_eq!(blocks[1].0, "table");
        assert_eq!(blocks[5].0, "cell 1,1");
        assert_eq!(blocks[5].1.trim(), "d");
    }
}
