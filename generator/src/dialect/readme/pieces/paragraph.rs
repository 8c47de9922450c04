//! A paragraph, line by line: labels, request lines, lines with tabs, and prose.

use std::ops::Range;

use super::{Piece, PieceKind, PieceReader};
use crate::{
    dialect::readme::{
        columns,
        key_line::{KeyLine, read_key_line, read_value},
        lists::bullet,
        request_line::{read_request_line, read_target},
        sections::{Section, section},
        tables::{self, plain},
    },
    model::HttpMethod,
};

/// How many pieces may stand between a method and its path, where each has a line of its own.
const NEAR: usize = 6;

/// The halves of a request line, where each has a line of its own.
#[derive(Default)]
pub(super) struct Halves {
    /// A method, and how many pieces there were then.
    method: Option<(HttpMethod, usize)>,
    /// The same of a path: the offset of its target in the line, which is the piece of this number.
    target: Option<(Range<usize>, usize)>,
}

impl PieceReader<'_> {
    /// Parts a paragraph into labels, request lines, lines with tabs, and prose.
    pub(super) fn paragraph(&mut self, range: Range<usize>) {
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
        if let Some((level, text)) = tight_heading(line) {
            return self.heading(text.to_owned(), level, place);
        }
        let asked = self.asked.take().filter(|(_, at)| *at == self.pieces.len());
        let answer = asked.and_then(|(key, _)| read_value(key, line));
        if let Some(key) = answer.or_else(|| read_key_line(line)) {
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
            KeyLine::Method(method) => match self.halves.target.take().filter(|(_, at)| near(*at)) {
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
                    self.halves.method = Some((method, number));
                    self.push(PieceKind::Label(Section::Request), place);
                }
            },
            KeyLine::Target(target) => {
                let method = self.halves.method.take().filter(|(_, at)| near(*at)).map(|(method, _)| method);
                let text = line.get(target.clone()).unwrap_or_default();
                match method.and_then(|method| read_target(text, target.start, Ok(method))) {
                    Some(request) => self.push(PieceKind::Request(request), place),
                    None => {
                        self.halves.target = Some((target, number));
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
                    && self.text.get(range.clone()).is_none_or(|text| bullet(text).is_none())
                    && self.halves.target.as_ref().is_none_or(|(_, at)| at + 1 != number) =>
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

/// A heading without a space behind its marks, as older pages have them: its level and its text. A single mark may begin
/// other lines too.
fn tight_heading(line: &str) -> Option<(u8, &str)> {
    let text = line.trim().trim_start_matches('#');
    let level = line.trim().len() - text.len();
    let text = text.trim_end_matches('#').trim_end();
    let named = text.starts_with(char::is_alphabetic) && (level > 1 || section(text).is_some());
    (named && level <= 6 && text.len() <= 80)
        .then_some((u8::try_from(level).ok()?, text))
        .filter(|(level, _)| *level > 0)
}

/// The section that a bold line announces, or a status as code, and where what follows on the line begins.
fn label(line: &str) -> Option<(Section, usize)> {
    // A status alone may be code: `404 Not Found`.
    let code = line.trim().strip_prefix('`').and_then(|text| text.strip_suffix('`'));
    if let Some(found @ Section::Response(Some(_))) =
        code.filter(|code| !code.contains('`')).and_then(section)
    {
        return Some((found, line.len()));
    }
    let start = line.len() - line.trim_start().len();
    // `**Success —** `200 OK``: a status behind a label.
    if line.trim().starts_with("**")
        && line.trim().ends_with('`')
        && let Some(found @ Section::Response(Some(_))) = section(&plain(line))
    {
        return Some((found, line.len()));
    }
    let marker = ["**", "__"].into_iter().find(|marker| line.trim_start().starts_with(marker))?;
    let inner = line.get(start + marker.len()..)?;
    let close = inner.find(marker)?;
    let section = section(inner.get(..close)?)?;
    let after = start + marker.len() + close + marker.len();
    let rest = line.get(after..)?;
    let colons = [':', '：'];
    let colon = rest.starts_with(colons) || inner.get(..close).is_some_and(|label| label.ends_with(colons));
    let bare = rest.trim_start_matches(colons).trim_end_matches('\\').trim();
    // `**Request body** (of new ones)`
    let remarked = bare.starts_with('(') && bare.ends_with(')');
    // `**404 Not Found** — when it is gone`
    let said = rest.trim_start().trim_start_matches(['—', '–', '-']);
    if matches!(section, Section::Response(Some(_))) && said.len() < rest.trim_start().len() {
        return Some((section, line.len() - said.len()));
    }
    let goes_on = bare.is_empty() || colon || remarked || read_request_line(bare).is_some();
    goes_on.then(|| (section, after + rest.len() - rest.trim_start_matches(colons).len()))
}
