//! The product's own blocks, `[block:…]` with JSON, and elements, as pieces.

use std::ops::Range;

use super::{PieceKind, PieceReader, Title};
use crate::dialect::{
    dedent,
    readme::{
        blocks::RawBlock,
        elements::{Element, ElementKind},
        json,
        key_line::key,
        markup::{self, from_markup},
        request_line::read_request_line,
        sections::section,
        tables,
    },
};

impl PieceReader<'_> {
    pub(super) fn block(&mut self, block: &RawBlock<'_>) {
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
                    // The product shows it like the highest heading of a page.
                    _ => PieceKind::Heading { section: section(&text), text, level: 1 },
                }
            }
            "callout" => {
                let (title, body) = (string("title"), string("body"));
                let title = if title.is_empty() { title } else { format!("**{title}**\n\n") };
                PieceKind::Callout(format!("{title}{body}"))
            }
            "code" => {
                self.codes(value("codes"));
                // The frame around the codes.
                PieceKind::Rule
            }
            "html" => self.html(value("html").unwrap_or_else(|| range.clone()), &string("html")),
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

    /// The tabs of a block of code, each a piece of its own.
    fn codes(&mut self, codes: Option<Range<usize>>) {
        let codes = codes.map(|codes| json::elements(self.text, codes)).unwrap_or_default();
        for code in codes {
            let (members, _) = json::members(self.text, code.clone());
            let field = |name: &str| {
                let member = members.iter().find(|member| member.name == name);
                member.map(|m| json::string(self.text, m.value.clone())).unwrap_or_default()
            };
            let name = [field("name"), field("status")].join(" ").trim().to_owned();
            self.push(PieceKind::Code { info: field("language"), name, code: field("code") }, code.clone());
        }
    }

    /// The tables of a block of HTML, and what stands around them; a picture where there are none.
    fn html(&mut self, place: Range<usize>, html: &str) -> PieceKind {
        let (tables, around) = markup::tables_within(html, &place);
        if tables.is_empty() {
            return PieceKind::Picture("html".to_owned());
        }
        around.into_iter().for_each(|text| self.push(PieceKind::Callout(text), place.clone()));
        for table in tables {
            self.push(PieceKind::Table { table, pipes: false }, place.clone());
        }
        // The frame around the tables.
        PieceKind::Rule
    }

    pub(super) fn element(&mut self, element: &Element) {
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
            ElementKind::Wrapper => {
                let tag = self.slice(range.clone());
                let title = attribute(tag, " title=").map(str::to_owned);
                let link = attribute(tag, " href=").map(str::to_owned);
                let closes = tag.starts_with("</");
                // `Endpoint` announces a section, and asks for what its first line may be.
                let asked = title.as_deref().and_then(key);
                self.asked = asked.map(|asked| (asked, self.pieces.len() + 1));
                let section = title.as_deref().and_then(section);
                let said = title
                    .filter(|title| section.is_none() && self.asked.is_none() && !title.trim().is_empty());
                let title = said.map(|text| Title { text, link });
                if closes { PieceKind::Close } else { PieceKind::Open { section, title } }
            }
        };
        self.push(kind, range);
    }
}

/// The value of an attribute, `title="…"` or `title={"…"}`, by its name between a blank and an equals sign.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let value = tag.split_once(name)?.1;
    let value = value.strip_prefix('{').unwrap_or(value);
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    value.get(1..)?.split(quote).next()
}
