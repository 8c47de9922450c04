//! A ReadMe page as a flat list of pieces, in page order.
//!
//! The text comes in, [`Piece`]s go out ([`read_pieces`]): headings and labels that announce sections,
//! request lines, tables in every spelling, code, and prose. Blocks are taken out first (`block`); what lies
//! between them is Markdown. A paragraph is looked at line by line (`paragraph`), because pages lose the blank
//! lines around labels and request lines.
//!
//! Invariant: pieces do not overlap, and every non-blank stretch of the text is in one of them.

mod block;
mod paragraph;
mod several;
mod told;

use std::ops::Range;

use self::{paragraph::Halves, several::begin_operations, told::told_requests};
use super::{
    blocks::{self, Raw},
    key_line::Key,
    lists::lists_of_fields,
    request_line::{RequestLine, read_request_line},
    sections::{Section, section},
    tables::{self, Table},
};
use crate::markdown::{self, BlockKind, Document};

/// A piece of a page.
#[derive(Debug)]
pub(super) struct Piece {
    /// What it is.
    pub(super) kind: PieceKind,
    /// Where it stands.
    pub(super) range: Range<usize>,
}

/// The kinds of pieces.
#[derive(Debug)]
pub(super) enum PieceKind {
    /// A heading; its section where it announces one, and how deep it is.
    Heading { text: String, section: Option<Section>, level: u8 },
    /// A heading directly above the request line of one of several operations, which it may name.
    Operation(String),
    /// A bold line that announces a section.
    Label(Section),
    /// A line that names an operation.
    Request(RequestLine),
    /// A table.
    Table { table: Table, pipes: bool },
    /// A code block: its language, what its tab is called, and its code.
    Code { info: String, name: String, code: String },
    /// The media type of the request's body, and where its text stands.
    Media(Range<usize>),
    /// Running text, lists, quotes.
    Prose,
    /// A callout block: its title and text.
    Callout(String),
    /// A block that carries no facts, by its kind.
    Picture(String),
    /// A block that is not known, or that cannot be read.
    Unknown(String),
    /// The begin of a component around content: what its title announces, or the title itself where that is documentation.
    Open { section: Option<Section>, title: Option<Title> },
    /// The end of one.
    Close,
    /// Marks that say nothing: rules and comments.
    Rule,
}

/// What a component is headed by.
#[derive(Debug)]
pub(super) struct Title {
    pub(super) text: String,
    /// Where it leads.
    pub(super) link: Option<String>,
}

/// The pieces of `text` from `start` on.
pub(super) fn read_pieces(text: &str, start: usize) -> Vec<Piece> {
    let mut reader = PieceReader { text, pieces: Vec::new(), halves: Halves::default(), asked: None };
    let mut at = start;
    for raw in blocks::scan(text, start) {
        reader.markdown(at..raw.range().start);
        at = raw.range().end;
        match &raw {
            Raw::Block(block) => reader.block(block),
            Raw::Element(element) => reader.element(element),
        }
    }
    reader.markdown(at..text.len());
    name_samples(&mut reader.pieces);
    told_requests(text, &mut reader.pieces);
    begin_operations(text, &mut reader.pieces);
    label_lines(text, lists_of_fields(text, reader.pieces))
}

/// Makes labels of lines that announce the code or the table that follows them, as bold ones do: `Example response:`. The
/// last line of a paragraph may be the end of a sentence, unless it ends in a colon or is marked as a whole.
fn label_lines(text: &str, pieces: Vec<Piece>) -> Vec<Piece> {
    let mut labelled: Vec<Piece> = Vec::with_capacity(pieces.len());
    // What the last heading or label announces.
    let mut within = Section::Prose;
    for piece in pieces {
        let announces = |section: &Section| match piece.kind {
            // What a body has may be called parameters as well.
            _ if within.shows() && *section == Section::Parameters(None) => false,
            PieceKind::Code { .. } => section.shows() || *section == Section::Statuses,
            PieceKind::Table { .. } => section.tabulates(),
            _ => false,
        };
        if let Some(Piece { kind: kind @ PieceKind::Prose, range: prose }) = labelled.last_mut() {
            let body = text.get(prose.clone()).unwrap_or_default().trim_end();
            let line = body.rfind('\n').map_or(0, |end| end + 1);
            let said = body.get(line..).map(|line| line.trim().trim_matches(['*', '_', '`']));
            let announced = said.and_then(section).filter(announces);
            let set_off = line == 0 || body.get(line..).is_some_and(is_set_off);
            let status = matches!(announced, Some(Section::Response(Some(_))));
            if let Some(announced) = announced.filter(|_| if status { line == 0 } else { set_off }) {
                within = announced;
                let label = PieceKind::Label(announced);
                let place = prose.start + line..prose.end;
                if line == 0 {
                    *kind = label;
                } else {
                    prose.end = place.start;
                    labelled.push(Piece { kind: label, range: place });
                }
            }
        }
        within = match &piece.kind {
            PieceKind::Heading { section, .. } => section.unwrap_or(Section::Prose),
            PieceKind::Label(section) => *section,
            PieceKind::Operation(_) => Section::Request,
            _ => within,
        };
        labelled.push(piece);
    }
    labelled
}

/// Whether a line ends in a colon, or stands in marks as a whole.
fn is_set_off(line: &str) -> bool {
    let line = line.trim();
    let marked = |mark: char| line.len() > 1 && line.starts_with(mark) && line.ends_with(mark);
    line.trim_end_matches(['*', '_', '`']).ends_with([':', '：']) || ['*', '_', '`'].into_iter().any(marked)
}

/// Gives code the title of a component that holds nothing else, as what its tab is called.
fn name_samples(pieces: &mut [Piece]) {
    let mut rest = pieces;
    while let Some((first, behind)) = rest.split_first_mut() {
        if let PieceKind::Open { title, .. } = &mut first.kind {
            let codes =
                behind.iter().take_while(|piece| matches!(piece.kind, PieceKind::Code { .. })).count();
            let closes = matches!(behind.get(codes), Some(Piece { kind: PieceKind::Close, .. }));
            let named = title.take_if(|_| codes > 0 && closes);
            for piece in behind.iter_mut().take(codes) {
                if let (PieceKind::Code { name, .. }, Some(title)) = (&mut piece.kind, &named)
                    && name.is_empty()
                {
                    name.clone_from(&title.text);
                }
            }
        }
        rest = behind;
    }
}

struct PieceReader<'t> {
    text: &'t str,
    pieces: Vec<Piece>,
    halves: Halves,
    /// What the last component asks for by its title, and the number of the piece that answers.
    asked: Option<(Key, usize)>,
}

impl PieceReader<'_> {
    fn push(&mut self, kind: PieceKind, range: Range<usize>) {
        self.pieces.push(Piece { kind, range });
    }

    fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    fn markdown(&mut self, range: Range<usize>) {
        let source = self.slice(range.clone());
        if source.trim().is_empty() {
            return;
        }
        let document = markdown::parse(source);
        let offset = range.start;
        // How far the page is in pieces already: what a container holds comes with the container.
        let mut reached = offset;
        let mut at = 0;
        while let Some(block) = document.blocks.get(at) {
            let place = block.range.start + offset..block.range.end + offset;
            at += 1;
            if place.start < reached {
                continue;
            }
            match &block.kind {
                BlockKind::Table => at += self.table(&document, at - 1, offset) - 1,
                BlockKind::Paragraph => self.paragraph(place.clone()),
                BlockKind::Heading(level) => self.heading(document.plain(block), *level, place.clone()),
                BlockKind::Code { info, content } => {
                    let code = self.slice(content.start + offset..content.end + offset).to_owned();
                    let (info, name) = info.split_once(' ').unwrap_or((info, ""));
                    let (info, name) = (info.to_owned(), name.trim().to_owned());
                    self.push(PieceKind::Code { info, name, code }, place.clone());
                }
                BlockKind::Rule => self.push(PieceKind::Rule, place.clone()),
                BlockKind::Html if self.slice(place.clone()).trim_start().starts_with("<!--") => {
                    self.push(PieceKind::Rule, place.clone());
                }
                BlockKind::Item | BlockKind::Html | BlockKind::Cell { .. } => {
                    self.push(PieceKind::Prose, place.clone());
                }
            }
            reached = reached.max(place.end);
        }
    }

    fn heading(&mut self, text: String, level: u8, range: Range<usize>) {
        // A request line's offsets are those of its text, which stands within the heading's markup.
        let inner = self.slice(range.clone()).find(text.trim());
        match (read_request_line(text.trim()), inner) {
            (Some(line), Some(at)) => {
                // The heading's marks.
                self.push(PieceKind::Rule, range.start..range.start + at);
                self.push(PieceKind::Request(line), range.start + at..range.end);
            }
            _ => self.push(PieceKind::Heading { section: section(&text), text, level }, range),
        }
    }

    fn table(&mut self, document: &Document, at: usize, offset: usize) -> usize {
        let (table, taken) = tables::from_markdown(self.text, document, at, offset);
        let range = table.range.clone();
        self.push(PieceKind::Table { table, pipes: true }, range);
        taken.max(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let show = |piece: &Piece| match &piece.kind {
            PieceKind::Media(media) => format!("media {}", &text[media.clone()]),
            PieceKind::Heading { text, .. } => format!("heading {text}"),
            PieceKind::Operation(text) => format!("operation {text}"),
            PieceKind::Label(section) => format!("label {section:?}"),
            PieceKind::Request(line) => format!("request {}", line.path),
            PieceKind::Table { table, .. } => format!("table {}", table.rows.len()),
            PieceKind::Code { info, name, code } => format!("code {info} {name} {}", code.trim()),
            PieceKind::Prose => format!("prose {}", text[piece.range.clone()].trim()),
            PieceKind::Callout(callout) => format!("callout {}", callout.replace('\n', "/")),
            PieceKind::Picture(kind) => format!("picture {kind}"),
            PieceKind::Unknown(kind) => format!("unknown {kind}"),
            PieceKind::Rule => "rule".to_owned(),
            PieceKind::Open { title: Some(title), .. } => format!("open {}", title.text),
            PieceKind::Open { section, .. } => format!("open {section:?}"),
            PieceKind::Close => "close".to_owned(),
        };
        assert_eq!(read_pieces(text, 0).iter().map(show).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn labels_and_request_lines_stand_within_paragraphs() {
        check(
            "**HTTP Request**\n\nPUT /a/{b}  \n**parameters:**\nSome text\nmore",
            &["label Request", "request /a/{b}", "label Parameters(None)", "prose Some text\nmore"],
        );
        check("**HTTP Request**: GET /a", &["label Request", "request /a"]);
        check("**Response** is fast", &["prose **Response** is fast"]);
    }

    #[test]
    fn headings_above_request_lines_begin_operations_where_there_are_several() {
        check("## A\n\nGET /a", &["heading A", "request /a"]);
        check(
            "GET /a\n\n## B\n\nPUT /b\n\n### `PUT /c`\n\n## An example\n\nPUT /d\n\n## E\n\nPUT /e/5",
            &[
                "request /a",
                "operation B",
                "request /b",
                "operation ",
                "request /c",
                "heading An example",
                "request /d",
                "heading E",
                "request /e/5",
            ],
        );
    }

    #[test]
    fn tables_in_every_spelling() {
        check(
            "Name\tType  \na\tstring  \nb\tstring\n\nc\tstring\n\n**Response**",
            &["table 3", "label Response(None)"],
        );
        check("| Name | Type |\n|---|---|\n| a | string |", &["table 1"]);
        check("[block:parameters]\n{\"data\": {\"h-0\": \"Name\", \"0-0\": \"a\"}}\n[/block]", &["table 1"]);
        check("not\ta table", &["prose not\ta table"]);
    }

    #[test]
    fn blocks_of_every_kind() {
        check(
            "[block:api-header]{\"title\": \"Response\"}[/block]\n[block:callout]{\"title\": \"T\", \"body\": \"b\"}[/block]\n\
             [block:code]{\"codes\": [{\"code\": \"x\", \"language\": \"json\"}]}[/block]\n[block:image]{\"images\": []}[/block]\n\
             [block:new]{\"a\": 1}[/block]\n[block:parameters]{[/block]",
            &[
                "heading Response",
                "callout **T**//b",
                "code json  x",
                "rule",
                "picture image",
                "unknown new",
                "unknown parameters",
            ],
        );
    }

    #[test]
    fn the_titles_of_components_announce_sections_and_ask() {
        check(
            "<Tab title=\"Response\">\na\n</Tab>\n<Card title=\"Method\">\nGET\n</Card>\n<Card title='Path'>\n/a\n</Card>",
            &[
                "open Some(Response(None))",
                "prose a",
                "close",
                "open None",
                "label Request",
                "close",
                "open None",
                "request /a",
                "close",
            ],
        );
    }

    #[test]
    fn other_titles_are_documentation_or_name_code() {
        check(
            "<Tabs>\n<Tab title={\"Notes\"}>\na\n</Tab>\n<Tab title=\"Ruby\">\n```rb\nx\n```\n</Tab>\n</Tabs>",
            &["open None", "open Notes", "prose a", "close", "open None", "code rb Ruby x", "close", "close"],
        );
        check("<Card title=\"\">\na\n</Card>", &["open None", "prose a", "close"]);
    }

    #[test]
    fn containers_are_one_piece() {
        check(
            "- a\n  - b\n\n  c\n- d\n\n---\n\n<!-- x -->\n",
            &["prose - a\n  - b\n\n  c", "prose - d", "rule", "rule"],
        );
    }
}
