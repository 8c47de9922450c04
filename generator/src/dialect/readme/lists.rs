//! Fields as the items of a list: ``- `name` (string, required): What it is``.
//!
//! The pieces of a page come in, lists whose items all are fields become tables ([`lists_of_fields`]), so that fields are
//! read in one way; items below an item are its members, or say more of it. Other lists stay prose: those with another item,
//! those below a table of the same section, and those that are led in as something else (`SDK options:`).
//!
//! Invariant: an item is a field if its name is set apart as code or in bold and a type or a requirement follows.

mod item;

use std::ops::Range;

pub(super) use item::{bullet, flat_field};
use item::{field, untyped};

use super::{
    columns::{Role, role},
    pieces::{Piece, PieceKind},
    requirement::requirement,
    sections::{section, tells_failure},
    tables::{Cell, Row, Table},
    types::read_remarked,
};
use crate::{model::Type, source::Span};

/// More than this deep, items are text.
const MAX_DEPTH: usize = 8;

/// What stands before an item on its line is looked at no further back than this.
const MAX_INDENT: usize = 64;

/// What the columns of a list's table hold.
const HEAD: [&str; 5] = ["Name", "Type", "Description", "Required", "In"];
const NAME: usize = 0;
const TYPE: usize = 1;
const DESCRIPTION: usize = 2;
const REQUIRED: usize = 3;
const LOCATION: usize = 4;

/// Makes tables of lists whose items are fields.
pub(super) fn lists_of_fields(text: &str, pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    // The items of a list, as they come.
    let mut list: Vec<Piece> = Vec::new();
    let mut tabulated = false;
    for piece in pieces {
        if is_item(text, &piece) {
            list.push(piece);
            continue;
        }
        close(text, &mut out, std::mem::take(&mut list), tabulated);
        match piece.kind {
            PieceKind::Heading { .. }
            | PieceKind::Label(_)
            | PieceKind::Request(_)
            | PieceKind::Open { .. } => tabulated = false,
            PieceKind::Table { .. } => tabulated = true,
            _ => {}
        }
        out.push(piece);
    }
    close(text, &mut out, list, tabulated);
    out
}

/// Whether a piece is an item of a list. Within a quote, it is a note.
fn is_item(text: &str, piece: &Piece) -> bool {
    let own = text.get(piece.range.clone()).unwrap_or_default();
    let before = text.get(..piece.range.start).unwrap_or_default();
    let mut before = before.chars().rev().take_while(|c| *c != '\n').take(MAX_INDENT);
    matches!(piece.kind, PieceKind::Prose)
        && own.lines().next().and_then(bullet).is_some()
        && before.all(char::is_whitespace)
}

/// Puts a list out: as a table where its items are fields, and else as it came. Where most are, others stay prose between
/// tables, and those with a name alone are fields of which the page says no type.
fn close(text: &str, out: &mut Vec<Piece>, list: Vec<Piece>, tabulated: bool) {
    if tabulated || !leads_in(text, out.last()) {
        out.extend(list);
        return;
    }
    let read: Vec<_> = list.iter().map(|piece| item(text, piece.range.clone(), false)).collect();
    let fields = read.iter().flatten().count();
    if fields < list.len() && (fields < 2 || 2 * fields <= list.len()) {
        out.extend(list);
        return;
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut range = 0..0;
    for (piece, strict) in list.into_iter().zip(read) {
        match strict.or_else(|| item(text, piece.range.clone(), true)) {
            Some(own) => {
                range = if rows.is_empty() { piece.range } else { range.start..piece.range.end };
                rows.extend(own);
            }
            None => {
                out.extend(table(std::mem::take(&mut rows), range.clone()));
                out.push(piece);
            }
        }
    }
    out.extend(table(rows, range));
}

/// The table of the rows of a list, if there are any.
fn table(rows: Vec<Row>, range: Range<usize>) -> Option<Piece> {
    let at = range.start;
    let cell = |(column, name): (usize, &str)| (column, Cell::new(name, at..at));
    let filled = |column: &usize| rows.iter().flatten().any(|(at, _)| at == column);
    let head = HEAD.into_iter().enumerate().filter(|(at, _)| *at <= DESCRIPTION || filled(at));
    let head = head.map(cell).collect();
    let any = !rows.is_empty();
    let table = Table { range: range.clone(), head, rows, ..Table::default() };
    any.then_some(Piece { range, kind: PieceKind::Table { table, pipes: true } })
}

/// Whether a list of fields can stand behind a piece: not behind a line that announces anything else, `Errors are told by:`.
fn leads_in(text: &str, before: Option<&Piece>) -> bool {
    let Some(Piece { kind: PieceKind::Prose, range }) = before else { return true };
    let said = text.get(range.clone()).unwrap_or_default().trim_end().trim_end_matches(['*', '_']);
    let line = said.rsplit('\n').next().unwrap_or_default();
    if !said.ends_with([':', '：']) || section(line.trim_matches(['*', '_', '`', ' '])).is_some() {
        return true;
    }
    let fields = |word: &str| {
        requirement(word).is_some()
            || role(word.strip_suffix('s').unwrap_or(word)) == Some(Role::Name)
            || ["properties", "body", "payload", "object", "json"]
                .iter()
                .any(|w| w.eq_ignore_ascii_case(word))
    };
    !tells_failure(line) && line.split(|c: char| !c.is_alphanumeric()).any(fields)
}

/// A line that an item begins, or an item below it.
struct Line {
    /// The item's content.
    range: Range<usize>,
    /// The item that it is below.
    parent: Option<usize>,
    /// The field that it is.
    row: Option<Row>,
    /// Whether all items right below it are fields, as its members are.
    holds: bool,
}

/// The items that an item consists of, by the lines that they begin.
fn lines(text: &str, range: Range<usize>, loose: bool) -> Option<Vec<Line>> {
    let mut found: Vec<Line> = Vec::new();
    // The items that the line is in, with their indentations.
    let mut around: Vec<(usize, usize)> = Vec::new();
    let mut at = range.start;
    for line in text.get(range)?.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let Some(mark) = bullet(line) else { continue };
        let indent = line.len() - line.trim_start().len();
        while around.last().is_some_and(|(above, _)| *above >= indent) {
            around.pop();
        }
        if around.len() > MAX_DEPTH {
            return None;
        }
        let range = start + mark..start + line.trim_end().len();
        let row = field(text, range.clone(), around.len())
            .or_else(|| if loose && around.is_empty() { untyped(text, range.clone()) } else { None });
        let parent = around.last().map(|(_, parent)| *parent);
        if let (Some(parent), None) = (parent.and_then(|parent| found.get_mut(parent)), &row) {
            parent.holds = false;
        }
        around.push((indent, found.len()));
        let holds = row.as_ref().is_some_and(can_hold);
        found.push(Line { range, parent, row, holds });
    }
    Some(found)
}

/// Whether a row's type leaves room for members.
fn can_hold(row: &Row) -> bool {
    let ty = row.iter().find(|(column, _)| *column == TYPE).map_or("", |(_, cell)| cell.text.as_str());
    let ty = ty.split(',').next().unwrap_or_default().trim_matches(['(', ')', ' ']);
    read_remarked(ty, Span::default())
        .is_none_or(|(schema, _)| matches!(schema.ty, Type::Any | Type::Object(_) | Type::Array(_)))
}

/// The rows of an item of a list and of the items below it; `None` where it is no field. `loose` says that a name alone
/// makes it one.
fn item(text: &str, range: Range<usize>, loose: bool) -> Option<Vec<Row>> {
    let mut items = lines(text, range.clone(), loose)?;
    // What is below text is text.
    for at in 0..items.len() {
        let parent = items.get(at).and_then(|line| line.parent);
        if parent.and_then(|parent| items.get(parent)).is_some_and(|parent| !parent.holds)
            && let Some(line) = items.get_mut(at)
        {
            (line.row, line.holds) = (None, false);
        }
    }
    let mut rows: Vec<Row> = Vec::new();
    let mut items = items.into_iter().peekable();
    let mut at = range.start;
    for line in text.get(range)?.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let item = items.next_if(|item| item.range.start < at);
        if let Some(row) = item.and_then(|item| item.row) {
            rows.push(row);
        } else if !line.trim().is_empty() {
            // The item goes on.
            let row = rows.last_mut()?;
            let end = start + line.trim_end().len();
            let own = start + line.len() - line.trim_start().len()..end;
            match row.last_mut() {
                Some((DESCRIPTION, cell)) => {
                    cell.text.push('\n');
                    cell.text.push_str(text.get(own)?);
                    cell.range.end = end;
                }
                _ => row.push((DESCRIPTION, Cell::new(text.get(own.clone())?, own))),
            }
        }
    }
    (!rows.is_empty()).then_some(rows)
}
