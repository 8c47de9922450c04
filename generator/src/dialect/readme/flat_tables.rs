//! The rows of a pipe table whose line breaks were lost.
//!
//! The offset of a table's first pipe comes in, its rows go out ([`table`]). The row of dashes tells how many columns there
//! are; every other row is as many cells.
//!
//! Invariant: a bounded stretch is looked at for the row of dashes.

use std::ops::Range;

/// The most columns, and the longest head in bytes.
const MOST_COLUMNS: usize = 24;
const LONGEST_HEAD: usize = 4096;

/// The rows of the table that begins at `at`, the head and the row of dashes among them; `None` where it is no table.
pub(super) fn table(text: &str, at: usize) -> Option<Vec<Range<usize>>> {
    let columns = columns(text, at)?;
    let mut rows = Vec::new();
    let mut start = at;
    while let Some(row) = row(text, start, columns) {
        // The next table stands directly below.
        if rows.len() >= 2 && begins_table(text, start) {
            break;
        }
        start = row.end;
        rows.push(row);
        let rest = text.get(start..)?;
        start += rest.len() - rest.trim_start().len();
    }
    (rows.len() >= 2).then_some(rows)
}

/// How many columns a table has: between its head and its row of dashes is the gap of the line break.
fn columns(text: &str, at: usize) -> Option<usize> {
    let mut gap = false;
    for (cells, cell) in cells_from(text, at).enumerate() {
        if is_dashes(text.get(cell.clone())?) {
            return cells.checked_sub(1).filter(|columns| gap && *columns > 0);
        }
        if cells > MOST_COLUMNS || cell.end - at > LONGEST_HEAD {
            return None;
        }
        gap = text.get(cell)?.trim().is_empty();
    }
    None
}

/// Whether another table begins at an offset: below a head stands a whole row of dashes, and a dash alone may be a cell's text.
fn begins_table(text: &str, at: usize) -> bool {
    let Some(columns) = columns(text, at) else { return false };
    let dashes = |cell: Range<usize>| {
        text.get(cell).is_some_and(|cell| is_dashes(cell) && (cell.contains("--") || cell.contains(":-")))
    };
    let mut below = cells_from(text, at).skip(columns + 1).take(columns);
    below.clone().count() == columns && below.all(dashes)
}

/// The row of so many cells whose first pipe stands at `at`.
fn row(text: &str, at: usize, columns: usize) -> Option<Range<usize>> {
    let last = cells_from(text, at).nth(columns.checked_sub(1)?)?;
    Some(at..last.end + 1)
}

/// What stands between pipes, from the first one on. A pipe after a backslash is text.
fn cells_from(text: &str, at: usize) -> impl Iterator<Item = Range<usize>> + Clone {
    let rest = text.get(at..).filter(|rest| rest.starts_with('|')).unwrap_or_default();
    let bytes = rest.as_bytes();
    let escaped = move |pipe: usize| pipe.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'\\');
    let pipes = rest.match_indices('|').map(|(pipe, _)| pipe).filter(move |&pipe| !escaped(pipe));
    let mut before = None;
    pipes.filter_map(move |pipe| {
        let start = before.replace(pipe)?;
        Some(at + start + 1..at + pipe)
    })
}

fn is_dashes(cell: &str) -> bool {
    let bare = cell.trim().trim_start_matches(':').trim_end_matches(':');
    !bare.is_empty() && bare.bytes().all(|byte| byte == b'-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let rows = table(text, 0).unwrap_or_default();
        assert_eq!(rows.into_iter().map(|row| &text[row]).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn rows_have_as_many_cells_as_the_head() {
        check(
            "| A | B | | :-- | --- | | a | | | | b\\|c | and more",
            &["| A | B |", "| :-- | --- |", "| a | |", "| | b\\|c |"],
        );
        check("| | | |--|--| | A | B | | a | b |", &["| | |", "|--|--|", "| A | B |", "| a | b |"]);
        check("| A | B | |--|--| | a | b | | C | | -- | | c |", &["| A | B |", "|--|--|", "| a | b |"]);
        check("| A | B | |--|--| | a | | | - | - |", &["| A | B |", "|--|--|", "| a | |", "| - | - |"]);
    }

    #[test]
    fn pipes_in_prose_are_no_table() {
        for text in ["| a | b | c", "|", "| - |", "a | b", ""] {
            check(text, &[]);
        }
    }
}
