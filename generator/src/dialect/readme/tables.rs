//! Tables, however a page writes them.
//!
//! `[block:parameters]` JSON ([`from_block`]), pipe tables ([`from_markdown`]) and bare lines with tabs
//! ([`from_lines`]) all become a [`Table`] of [`Cell`]s with their places. A table whose head is empty
//! takes its first row as the head.
//!
//! Invariants: rows are sparse, so that a column or row number costs nothing; a cell's text is Markdown
//! with the escapes of its place (JSON, pipes) undone.

use std::{borrow::Cow, collections::BTreeMap, ops::Range};

use super::{columns, json, styles::without_styles, types::is_type_name};
use crate::markdown::{self, Block, BlockKind, Document};

/// A cell and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cell {
    /// Its Markdown.
    pub(super) text: String,
    /// Its range in the page, quotes included.
    pub(super) range: Range<usize>,
    /// Whether it is that of the row above, which takes this one too.
    pub(super) again: bool,
}

/// A row: its cells by column, ascending.
pub(super) type Row = Vec<(usize, Cell)>;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Table {
    /// Its range in the page.
    pub(super) range: Range<usize>,
    /// The heads.
    pub(super) head: Row,
    /// The rows below.
    pub(super) rows: Vec<Row>,
    /// Cells that take a row of several columns for themselves, as headings of what follows.
    pub(super) titles: Vec<Cell>,
    /// Whether cells lie outside of the size that the table gives itself.
    pub(super) oversize: bool,
    /// Whether the JSON is broken.
    pub(super) broken: bool,
}

impl Cell {
    pub(super) fn new(text: impl Into<String>, range: Range<usize>) -> Self {
        Self { text: text.into(), range, again: false }
    }

    /// The text without markup; line breaks stay.
    pub(super) fn plain(&self) -> Cow<'_, str> {
        plain(&self.text)
    }

    /// The same without the tags that only say how the text looks, for cells that hold a word of the product's own.
    pub(super) fn words(&self) -> Cow<'_, str> {
        match without_styles(&self.text) {
            Cow::Borrowed(text) => plain(text),
            Cow::Owned(text) => Cow::Owned(plain(&text).into_owned()),
        }
    }
}

/// Markdown without markup. Most cells have none.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if !text.contains(['\\', '*', '_', '`', '[', '<', '&', '\n']) {
        return Cow::Borrowed(text);
    }
    let document = markdown::parse(text);
    let mut out = String::new();
    for block in &document.blocks {
        let part = match &block.kind {
            BlockKind::Code { content, .. } => text.get(content.clone()).unwrap_or_default().to_owned(),
            BlockKind::Html => text.get(block.range.clone()).unwrap_or_default().to_owned(),
            _ => document.plain(block),
        };
        if !part.is_empty() {
            if !out.is_empty() {
                out.push('\n');
            }
            out.push_str(&part);
        }
    }
    Cow::Owned(out)
}

/// The table of a `[block:parameters]`, whose JSON stands in `json`.
pub(super) fn from_block(text: &str, range: Range<usize>, json: Range<usize>) -> Table {
    let (members, mut whole) = json::members(text, json);
    let number = |name: &str| {
        let member = members.iter().find(|member| member.name == name)?;
        json::string(text, member.value.clone()).trim().parse::<usize>().ok()
    };
    let (columns, rows) = (number("cols").unwrap_or(usize::MAX), number("rows").unwrap_or(usize::MAX));
    let mut table = Table { range, ..Table::default() };
    let mut head = BTreeMap::new();
    let mut body: BTreeMap<usize, BTreeMap<usize, Cell>> = BTreeMap::new();
    if let Some(data) = members.iter().find(|member| member.name == "data") {
        let (cells, cells_whole) = json::members(text, data.value.clone());
        whole &= cells_whole;
        for cell in cells {
            let Some((row, column)) = cell.name.split_once('-') else { continue };
            let Ok(column) = column.parse::<usize>() else { continue };
            let value = json::string(text, cell.value.clone());
            let blank = value.trim().is_empty() || value == "null";
            let value = Cell::new(if blank { String::new() } else { value }, cell.value);
            if row == "h" {
                table.oversize |= column >= columns && !blank;
                head.insert(column, value);
            } else if let Ok(row) = row.parse::<usize>() {
                table.oversize |= (column >= columns || row >= rows) && !blank;
                body.entry(row).or_default().insert(column, value);
            }
        }
    }
    table.broken = !whole;
    table.head = head.into_iter().collect();
    table.rows = body.into_values().map(|row| row.into_iter().collect()).collect();
    table.with_head()
}

/// The pipe table at `at` of the blocks; `offset` is where the document begins in `text`. Also gives the
/// number of blocks that it takes.
pub(super) fn from_markdown(text: &str, document: &Document, at: usize, offset: usize) -> (Table, usize) {
    let mut table = Table::default();
    let place = |block: &Block| block.range.start + offset..block.range.end + offset;
    let Some(first) = document.blocks.get(at) else { return (table, 0) };
    table.range = place(first);
    let mut taken = 1;
    for block in document.blocks.iter().skip(at + 1) {
        let BlockKind::Cell { row, column } = block.kind else { break };
        taken += 1;
        let range = trimmed(text, place(block));
        let cell = Cell::new(text.get(range.clone()).unwrap_or_default().replace("\\|", "|"), range);
        if row == 0 {
            table.head.push((column, cell));
            continue;
        }
        while table.rows.len() < row {
            table.rows.push(Row::new());
        }
        if let Some(cells) = table.rows.last_mut() {
            cells.push((column, cell));
        }
    }
    (table.with_head(), taken)
}

/// The table of lines whose cells are parted by tabs, the first line being the head.
pub(super) fn from_lines(text: &str, lines: &[Range<usize>]) -> Table {
    let row = |line: &Range<usize>| {
        let mut start = line.start;
        let mut row = Row::new();
        for (column, part) in text.get(line.clone()).unwrap_or_default().split('\t').enumerate() {
            let range = trimmed(text, start..start + part.len());
            row.push((column, Cell::new(text.get(range.clone()).unwrap_or_default(), range)));
            start += part.len() + 1;
        }
        row
    };
    let mut rows = lines.iter().map(row);
    let start = lines.first().map_or(0, |line| line.start);
    let end = lines.last().map_or(start, |line| line.end);
    let head = rows.next().unwrap_or_default();
    Table { range: start..end, head, rows: rows.collect(), ..Table::default() }
}

impl Table {
    /// Takes the first row as the head where the head is empty.
    pub(super) fn with_head(mut self) -> Self {
        let blank = self.head.iter().all(|(_, cell)| cell.text.trim().is_empty());
        if blank && self.rows.first().is_some_and(|row| !is_data(row)) {
            self.head = self.rows.remove(0);
        }
        self
    }
}

/// Whether a row below an empty head is a row like the others: one of its cells names a type, and none is a head.
fn is_data(row: &Row) -> bool {
    let texts: Vec<_> = row.iter().map(|(_, cell)| cell.plain()).collect();
    texts.iter().any(|text| is_type_name(text.trim()))
        && !texts.iter().any(|text| columns::role(text).is_some())
}

/// The range without white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let slice = text.get(range.clone()).unwrap_or_default();
    let start = range.start + (slice.len() - slice.trim_start().len());
    start..start + slice.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(table: &Table) -> String {
        let row = |row: &Row| {
            row.iter().map(|(c, cell)| format!("{c}={}", cell.text)).collect::<Vec<_>>().join(" ")
        };
        std::iter::once(&table.head).chain(&table.rows).map(row).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn block_cells_come_in_any_order_and_with_gaps() {
        let json = r#"{"rows": 1, "data": {"1-0": "c", "h-1": "B", "0-1": "b\\[]", "h-0": "A", "x": "y"}, "cols": 2}"#;
        let table = from_block(json, 0..json.len(), 0..json.len());
        assert_eq!(show(&table), "0=A 1=B; 1=b\\[]; 0=c");
        assert!(table.oversize && !table.broken);
        assert_eq!(table.rows[0][0].1.plain(), "b[]");
    }

    #[test]
    fn pipe_tables_and_tab_lines_are_the_same() {
        let text = "| A | B |\n|---|---|\n| a | b\\|c |\n";
        let document = markdown::parse(text);
        let (table, taken) = from_markdown(text, &document, 0, 0);
        assert_eq!((show(&table).as_str(), taken), ("0=A 1=B; 0=a 1=b|c", 5));
        let lines = "A\tB\na\t b ";
        assert_eq!(show(&from_lines(lines, &[0..3, 4..8])), "0=A 1=B; 0=a 1=b");
    }

    #[test]
    fn an_empty_head_gives_way_to_the_first_row() {
        let text = "|  |  |\n|---|---|\n| A | B |\n| a | b |\n";
        let document = markdown::parse(text);
        assert_eq!(show(&from_markdown(text, &document, 0, 0).0), "0=A 1=B; 0=a 1=b");
    }

    #[test]
    fn far_cells_cost_nothing() {
        let json = r#"{"data": {"h-4000000000": "A", "4000000000-0": "b"}}"#;
        assert_eq!(show(&from_block(json, 0..json.len(), 0..json.len())), "4000000000=A; 0=b");
    }
}
