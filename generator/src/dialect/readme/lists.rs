//! Fields as the items of a list: ``- `name` (string, required): What it is``.
//!
//! The pieces of a page come in, lists whose items all are fields become tables ([`lists_of_fields`]), so that fields are
//! read in one way; items below an item are its members. Other lists stay prose.
//!
//! Invariant: an item is a field if its name is set apart as code or in bold and a type or a requirement follows.

use std::ops::Range;

use super::{
    pieces::{Piece, PieceKind},
    requirement::requirement_of,
    tables::{Cell, Row, Table},
    types::{is_type_name, read_remarked},
};
use crate::source::Span;

/// More than this deep, items are text.
const MAX_DEPTH: usize = 8;

/// What stands before an item on its line is looked at no further back than this.
const MAX_INDENT: usize = 64;

/// Makes tables of lists whose items are fields.
pub(super) fn lists_of_fields(text: &str, pieces: Vec<Piece>) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    // The rows of the list that the last piece is, and whether a next item may belong to it.
    let mut open: Option<Table> = None;
    for piece in pieces {
        let rows = match piece.kind {
            PieceKind::Prose => item(text, piece.range.clone()),
            _ => None,
        };
        match (rows, &mut open) {
            (Some(rows), Some(table)) => {
                table.rows.extend(rows);
                table.range.end = piece.range.end;
            }
            (Some(rows), none) => {
                let at = piece.range.start;
                let head =
                    |(column, name): (usize, &str)| (column, Cell { text: name.to_owned(), range: at..at });
                let head = ["Name", "Type", "Description"].into_iter().enumerate().map(head).collect();
                *none = Some(Table { range: piece.range, head, rows, ..Table::default() });
            }
            (None, _) => {
                close(&mut out, open.take());
                out.push(piece);
            }
        }
    }
    close(&mut out, open);
    out
}

fn close(out: &mut Vec<Piece>, table: Option<Table>) {
    if let Some(table) = table {
        out.push(Piece { range: table.range.clone(), kind: PieceKind::Table { table, pipes: true } });
    }
}

/// The rows of an item of a list and of the items below it; `None` where one of them is no field.
fn item(text: &str, range: Range<usize>) -> Option<Vec<Row>> {
    // Within a quote, it is a note.
    let mut before = text.get(..range.start)?.chars().rev().take_while(|c| *c != '\n').take(MAX_INDENT);
    if !before.all(char::is_whitespace) {
        return None;
    }
    let mut rows: Vec<Row> = Vec::new();
    // The indentations of the items that the line is in.
    let mut around: Vec<usize> = Vec::new();
    let mut at = range.start;
    for line in text.get(range)?.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let indent = line.len() - line.trim_start().len();
        match bullet(line) {
            Some(mark) => {
                while around.last().is_some_and(|above| *above >= indent) {
                    around.pop();
                }
                if around.len() > MAX_DEPTH {
                    return None;
                }
                rows.push(field(text, start + mark..start + line.trim_end().len(), around.len())?);
                around.push(indent);
            }
            None if line.trim().is_empty() => {}
            // The item goes on.
            None => {
                let row = rows.last_mut()?;
                let end = start + line.trim_end().len();
                let own = start + indent..end;
                match row.last_mut() {
                    Some((2, cell)) => {
                        cell.text.push('\n');
                        cell.text.push_str(text.get(own)?);
                        cell.range.end = end;
                    }
                    _ => row.push((2, Cell { text: text.get(own.clone())?.to_owned(), range: own })),
                }
            }
        }
    }
    (!rows.is_empty()).then_some(rows)
}

/// Where the content of a list's item begins in its line.
pub(super) fn bullet(line: &str) -> Option<usize> {
    let inner = line.trim_start().strip_prefix(['-', '*', '+'])?;
    let content = inner.trim_start();
    (content.len() < inner.len() && !content.is_empty()).then(|| line.len() - content.len())
}

/// The row of an item's first line.
fn field(text: &str, range: Range<usize>, depth: usize) -> Option<Row> {
    let line = text.get(range.clone())?;
    let (name, after) = name(line)?;
    let cell = |within: Range<usize>, prefix: &str| {
        let range = range.start + within.start..range.start + within.end;
        Some(Cell { text: format!("{prefix}{}", text.get(range.clone())?), range })
    };
    let mut row: Row = vec![(0, cell(name, &"-".repeat(depth))?)];
    let (ty, rest) = type_of(line, after)?;
    row.push((1, cell(ty, "")?));
    let rest = rest + line.get(rest..)?.len() - line.get(rest..)?.trim_start_matches(apart).len();
    if rest < line.len() {
        row.push((2, cell(rest..line.len(), "")?));
    }
    Some(row)
}

/// What can stand between the parts of an item.
fn apart(c: char) -> bool {
    c.is_whitespace() || matches!(c, ':' | '-' | '–' | '—' | '.' | ',')
}

/// The name that a line begins with, as code or in bold, and where the line goes on.
fn name(line: &str) -> Option<(Range<usize>, usize)> {
    let bold = ["**", "__"].into_iter().find(|mark| line.starts_with(mark));
    let (start, end, after) = match bold {
        Some(mark) => {
            let end = mark.len() + line.get(mark.len()..)?.find(mark)?;
            (mark.len(), end, end + mark.len())
        }
        None => {
            let end = 1 + line.strip_prefix('`')?.find('`')?;
            (1, end, end + 1)
        }
    };
    let inner = line.get(start..end)?;
    let bare = inner.trim_matches(|c: char| matches!(c, '`' | ':' | ' '));
    let start = start + inner.find(bare)?;
    let named = !bare.is_empty()
        && bare.chars().all(|c| c.is_alphanumeric() || "_-.[]$@\\{}*".contains(c))
        && bare.starts_with(|c: char| !c.is_ascii_digit());
    named.then_some((start..start + bare.len(), after))
}

/// The type or the requirement behind a name, and where the line goes on.
fn type_of(line: &str, after: usize) -> Option<(Range<usize>, usize)> {
    let rest = line.get(after..)?;
    let begin = after + rest.len() - rest.trim_start_matches(apart).len();
    let rest = line.get(begin..)?;
    let says = |text: &str| {
        let words: Vec<&str> = text.split([',', ' ', ';']).filter(|word| !word.is_empty()).collect();
        let required = requirement_of(&words).is_some();
        // `is a required field` is a sentence; `string, required` and `not required` are not.
        let typed = words.first().is_some_and(|word| is_type_name(word));
        read_remarked(text.trim(), Span::default()).is_some() || (required && (words.len() <= 2 || typed))
    };
    for (open, close) in [("(", ")"), ("[", "]"), ("**", "**"), ("*", "*"), ("_", "_"), ("`", "`")] {
        let Some(inner) = rest.strip_prefix(open) else { continue };
        let mut depth = 0_usize;
        let end = match open == "(" {
            true => inner.find(|c| {
                depth += usize::from(c == '(');
                let ends = c == ')' && depth == 0;
                depth -= usize::from(c == ')' && depth > 0);
                ends
            }),
            false => inner.find(close),
        }?;
        let start = begin + open.len();
        return says(inner.get(..end)?).then_some((start..start + end, start + end + close.len()));
    }
    let end = [" - ", " – ", " — ", ": ", ". "]
        .into_iter()
        .filter_map(|mark| rest.find(mark))
        .min()
        .unwrap_or(rest.len());
    says(rest.get(..end)?).then_some((begin..begin + end, begin + end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<(&str, &str, &str)>) {
        let row = field(line, 0..line.len(), 0);
        let of = |row: &Row, wanted: usize| {
            row.iter()
                .find(|(column, _)| *column == wanted)
                .map_or(String::new(), |(_, cell)| cell.text.clone())
        };
        let found = row.map(|row| (of(&row, 0), of(&row, 1), of(&row, 2)));
        let expected = expected.map(|(name, ty, text)| (name.to_owned(), ty.to_owned(), text.to_owned()));
        assert_eq!(found, expected, "{line}");
    }

    #[test]
    fn items_with_a_type_or_a_requirement_are_fields() {
        check("`q` (string, required): What", Some(("q", "string, required", "What")));
        check("**q** *(string)* What", Some(("q", "(string)", "What")));
        check("**q:** string - What", Some(("q", "string", "What")));
        check("`q` *integer* — What", Some(("q", "integer", "What")));
        check("`q` (string (uuid)): What", Some(("q", "string (uuid)", "What")));
        check("`q` **required**. What", Some(("q", "required", "What")));
        check("`q`: integer", Some(("q", "integer", "")));
    }

    #[test]
    fn other_items_are_prose() {
        for line in [
            "**q** is a required field",
            "`q`: What is looked for",
            "q (string): What",
            "`200` (string): OK",
            "`a b` (string)",
        ] {
            check(line, None);
        }
    }
}
