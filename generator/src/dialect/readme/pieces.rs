//! A ReadMe page as a flat list of pieces, in page order.
//!
//! The text comes in, [`Piece`]s go out ([`read_pieces`]): headings and labels that announce sections,
//! request lines, tables in every spelling, code, and prose. Blocks are taken out first; what lies between
//! them is Markdown. A paragraph is looked at line by line, because pages lose the blank lines around
//! labels and request lines.
//!
//! Invariant: pieces do not overlap, and every non-blank stretch of the text is in one of them.

use std::ops::Range;

use super::{
    blocks::{self, Raw, RawBlock},
    columns,
    elements::{Element, ElementKind},
    json,
    key_line::{KeyLine, read_key_line},
    markup::{self, from_markup},
    request_line::{RequestLine, read_request_line, read_target},
    sections::{Section, section},
    tables::{self, Table},
};
use crate::{
    dialect::dedent,
    markdown::{self, BlockKind, Document},
    model::HttpMethod,
};

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
    /// A heading; its section where it announces one.
    Heading { text: String, section: Option<Section> },
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
    /// Marks that say nothing: rules and comments.
    Rule,
}

/// The pieces of `text` from `start` on.
pub(super) fn read_pieces(text: &str, start: usize) -> Vec<Piece> {
    let mut reader = PieceReader { text, pieces: Vec::new(), method: None, target: None };
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
    reader.pieces
}

struct PieceReader<'t> {
    text: &'t str,
    pieces: Vec<Piece>,
    /// A method that stands on a line of its own, and how many pieces there were then.
    method: Option<(HttpMethod, usize)>,
    /// The same of a path: the offset of its target in the line, which is the piece of this number.
    target: Option<(Range<usize>, usize)>,
}

/// How many pieces may stand between a method and its path, where each has a line of its own.
const NEAR: usize = 6;

impl PieceReader<'_> {
    fn push(&mut self, kind: PieceKind, range: Range<usize>) {
        self.pieces.push(Piece { kind, range });
    }

    fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    fn block(&mut self, block: &RawBlock<'_>) {
        let range = block.range.clone();
        let (members, _) = json::members(self.text, block.json.clone());
        let value = |name: &str| members.iter().find(|member| member.name == name).map(|m| m.value.clone());
        let string = |name: &str| value(name).map(|value| json::string(self.text, value)).unwrap_or_default();
        let kind = match block.kind {
            "parameters" => {
                let table = tables::from_block(self.text, range.clone(), block.json.clone());
                PieceKind::Table { table, pipes: false }
            }
            "api-header" => {
                let text = string("title");
                let inner = value("title").filter(|title| self.slice(title.clone()).contains(&text));
                match (read_request_line(&text), inner) {
                    (Some(line), Some(title)) => {
                        let at = self.slice(title.clone()).find(&text).unwrap_or(0);
                        self.push(PieceKind::Request(line), title.start + at..title.end);
                        // The frame around the title.
                        PieceKind::Rule
                    }
                    _ => PieceKind::Heading { section: section(&text), text },
                }
            }
            "callout" => {
                let (title, body) = (string("title"), string("body"));
                let title = if title.is_empty() { title } else { format!("**{title}**\n\n") };
                PieceKind::Callout(format!("{title}{body}"))
            }
            "code" => {
                let codes = value("codes").map(|codes| json::elements(self.text, codes)).unwrap_or_default();
                for code in codes {
                    let (members, _) = json::members(self.text, code.clone());
                    let field = |name: &str| {
                        let member = members.iter().find(|member| member.name == name);
                        member.map(|m| json::string(self.text, m.value.clone())).unwrap_or_default()
                    };
                    let name = [field("name"), field("status")].join(" ").trim().to_owned();
                    self.push(
                        PieceKind::Code { info: field("language"), name, code: field("code") },
                        code.clone(),
                    );
                }
                // The frame around the codes.
                PieceKind::Rule
            }
            "html" => {
                let place = value("html").unwrap_or_else(|| range.clone());
                let tables = markup::tables_within(&string("html"), &place);
                let any = !tables.is_empty();
                for table in tables {
                    self.push(PieceKind::Table { table, pipes: false }, place.clone());
                }
                // The frame around the tables.
                if any { PieceKind::Rule } else { PieceKind::Picture(block.kind.to_owned()) }
            }
            "image" | "embed" | "file" => PieceKind::Picture(block.kind.to_owned()),
            _ => PieceKind::Unknown(block.kind.to_owned()),
        };
        let broken = !block.closed || (members.is_empty() && !matches!(kind, PieceKind::Picture(_)));
        if broken && !matches!(&kind, PieceKind::Table { table, .. } if !table.rows.is_empty()) {
            self.push(PieceKind::Unknown(block.kind.to_owned()), range);
        } else {
            self.push(kind, range);
        }
    }

    fn element(&mut self, element: &Element) {
        let range = element.range.clone();
        let kind = match element.kind {
            ElementKind::Table => {
                PieceKind::Table { table: from_markup(self.text, range.clone()), pipes: true }
            }
            ElementKind::Picture => {
                let name = self.slice(range.clone()).trim_start_matches('<');
                let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(0);
                PieceKind::Picture(name.get(..end).unwrap_or_default().to_owned())
            }
            ElementKind::Callout => {
                let text = self.slice(range.clone());
                let start = text.find('>').map_or(0, |at| at + 1);
                let end = text.rfind("</").unwrap_or(text.len());
                PieceKind::Callout(dedent(text.get(start..end).unwrap_or_default()))
            }
            ElementKind::Wrapper => PieceKind::Rule,
        };
        self.push(kind, range);
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
                BlockKind::Heading(_) => self.heading(document.plain(block), place.clone()),
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

    fn heading(&mut self, text: String, range: Range<usize>) {
        // A request line's offsets are those of its text, which stands within the heading's markup.
        let inner = self.slice(range.clone()).find(text.trim());
        match (read_request_line(text.trim()), inner) {
            (Some(line), Some(at)) => {
                // The heading's marks.
                self.push(PieceKind::Rule, range.start..range.start + at);
                self.push(PieceKind::Request(line), range.start + at..range.end);
            }
            _ => self.push(PieceKind::Heading { section: section(&text), text }, range),
        }
    }

    fn table(&mut self, document: &Document, at: usize, offset: usize) -> usize {
        let (table, taken) = tables::from_markdown(self.text, document, at, offset);
        let range = table.range.clone();
        self.push(PieceKind::Table { table, pipes: true }, range);
        taken.max(1)
    }

    /// Parts a paragraph into labels, request lines, lines with tabs, and prose.
    fn paragraph(&mut self, range: Range<usize>) {
        let mut tabs: Vec<Range<usize>> = Vec::new();
        let mut start = range.start;
        for line in self.slice(range).to_owned().split_inclusive('\n') {
            let place = start..start + line.len();
            start = place.end;
            let trimmed = line.trim_end();
            if trimmed.trim_start().contains('\t') {
                tabs.push(place.start..place.start + trimmed.len());
                continue;
            }
            self.flush_tabs(&mut tabs);
            self.line(line, place);
        }
        self.flush_tabs(&mut tabs);
    }

    fn line(&mut self, line: &str, place: Range<usize>) {
        if let Some(key) = read_key_line(line) {
            self.key_line(key, line, place);
        } else if let Some((label, rest)) = label(line) {
            let split = place.start + rest;
            self.push(PieceKind::Label(label), place.start..split);
            let rest = line.get(rest..).unwrap_or_default().to_owned();
            if !rest.trim().is_empty() {
                self.line_text(&rest, split..place.end);
            }
        } else {
            self.line_text(line, place);
        }
    }

    fn line_text(&mut self, line: &str, place: Range<usize>) {
        match read_request_line(line) {
            Some(request) => self.push(PieceKind::Request(request), place),
            None => self.prose(place),
        }
    }

    /// `**Method:** POST`, `**URL:** https://host/path`: a request line in two.
    fn key_line(&mut self, key: KeyLine, line: &str, place: Range<usize>) {
        let number = self.pieces.len();
        let near = |at: usize| number - at <= NEAR;
        match key {
            KeyLine::Media(media) => {
                let media = place.start + media.start..place.start + media.end;
                self.push(PieceKind::Media(media), place);
            }
            KeyLine::Request(at) => {
                self.push(PieceKind::Label(Section::Request), place.start..place.start + at);
                self.line_text(line.get(at..).unwrap_or_default(), place.start + at..place.end);
            }
            KeyLine::Method(method) => match self.target.take().filter(|(_, at)| near(*at)) {
                Some((target, at)) => {
                    if let Some(piece) = self.pieces.get_mut(at) {
                        let text = self.text.get(piece.range.clone()).unwrap_or_default();
                        let target_text = text.get(target.clone()).unwrap_or_default();
                        if let Some(request) = read_target(target_text, target.start, Ok(method)) {
                            piece.kind = PieceKind::Request(request);
                        }
                    }
                    self.push(PieceKind::Label(Section::Request), place);
                }
                None => {
                    self.method = Some((method, number));
                    self.push(PieceKind::Label(Section::Request), place);
                }
            },
            KeyLine::Target(target) => {
                let method = self.method.take().filter(|(_, at)| near(*at)).map(|(method, _)| method);
                let text = line.get(target.clone()).unwrap_or_default();
                match method.and_then(|method| read_target(text, target.start, Ok(method))) {
                    Some(request) => self.push(PieceKind::Request(request), place),
                    None => {
                        self.target = Some((target, number));
                        self.push(PieceKind::Prose, place);
                    }
                }
            }
        }
    }

    /// Prose; lines that follow each other are one piece.
    fn prose(&mut self, place: Range<usize>) {
        let number = self.pieces.len();
        match self.pieces.last_mut() {
            Some(Piece { kind: PieceKind::Prose, range })
                if range.end == place.start
                    && self.target.as_ref().is_none_or(|(_, at)| at + 1 != number) =>
            {
                range.end = place.end
            }
            _ => self.push(PieceKind::Prose, place),
        }
    }

    fn flush_tabs(&mut self, lines: &mut Vec<Range<usize>>) {
        let lines = std::mem::take(lines);
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
        let range = first.start..last.end;
        let heads =
            self.slice(first.clone()).split('\t').filter(|head| columns::role(head).is_some()).count();
        let table = tables::from_lines(self.text, &lines);
        if heads >= 2 {
            self.push(PieceKind::Table { table, pipes: false }, range);
            return;
        }
        match self.pieces.last_mut() {
            // The rows of a table whose lines are paragraphs of their own.
            Some(Piece { kind: PieceKind::Table { table: above, pipes: false }, range: above_range })
                if self
                    .text
                    .get(above_range.clone())
                    .is_some_and(|text| text.contains('\t') && !text.starts_with('[')) =>
            {
                above.rows.push(table.head);
                above.rows.extend(table.rows);
                above_range.end = range.end;
                above.range.end = range.end;
            }
            _ => self.prose(range),
        }
    }
}

/// The section that a bold line announces, and where what follows on the line begins.
fn label(line: &str) -> Option<(Section, usize)> {
    let start = line.len() - line.trim_start().len();
    let marker = ["**", "__"].into_iter().find(|marker| line.trim_start().starts_with(marker))?;
    let inner = line.get(start + marker.len()..)?;
    let close = inner.find(marker)?;
    let section = section(inner.get(..close)?)?;
    let after = start + marker.len() + close + marker.len();
    let rest = line.get(after..)?;
    let colon = rest.starts_with(':') || inner.get(..close).is_some_and(|label| label.ends_with(':'));
    let bare = rest.trim_start_matches(':').trim_end_matches('\\').trim();
    let goes_on = bare.is_empty() || colon || read_request_line(bare).is_some();
    goes_on.then(|| (section, after + rest.len() - rest.trim_start_matches(':').len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let show = |piece: &Piece| match &piece.kind {
            PieceKind::Media(media) => format!("media {}", &text[media.clone()]),
            PieceKind::Heading { text, .. } => format!("heading {text}"),
            PieceKind::Label(section) => format!("label {section:?}"),
            PieceKind::Request(line) => format!("request {}", line.path),
            PieceKind::Table { table, .. } => format!("table {}", table.rows.len()),
            PieceKind::Code { info, code, .. } => format!("code {info} {}", code.trim()),
            PieceKind::Prose => format!("prose {}", text[piece.range.clone()].trim()),
            PieceKind::Callout(callout) => format!("callout {}", callout.replace('\n', "/")),
            PieceKind::Picture(kind) => format!("picture {kind}"),
            PieceKind::Unknown(kind) => format!("unknown {kind}"),
            PieceKind::Rule => "rule".to_owned(),
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
                "code json x",
                "rule",
                "picture image",
                "unknown new",
                "unknown parameters",
            ],
        );
    }

    #[test]
    fn containers_are_one_piece() {
        check(
            "- a\n  - b\n\n  c\n- d\n\n---\n\n<!-- x -->\n",
            &["prose - a\n  - b\n\n  c", "prose - d", "rule", "rule"],
        );
    }
}
