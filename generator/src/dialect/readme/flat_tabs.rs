//! The rows of a table whose cells tabs parted, where tabs and line breaks were lost.
//!
//! The offset of a word comes in; where a head begins there, its columns go out ([`head`]), where a row of such a table does,
//! its cells ([`row`]). What a cell holds tells it from the next one, which only works for columns of a known kind: the
//! description comes last, and ends where the next row begins.

use std::ops::Range;

use super::{
    columns::{Role, role},
    requirement::requirement_cell,
    types::read_type,
};
use crate::source::Span;

/// A head has so few words, and a type.
const MOST_WORDS: usize = 3;
/// No word of a cell is longer, in bytes.
const LONGEST: usize = 128;

/// The columns of a table, and where the heads stand.
#[derive(Debug, Clone)]
pub(super) struct Head {
    roles: Vec<Role>,
    pub(super) cells: Vec<Range<usize>>,
}

/// The head that begins at an offset: a column of names, then of types and perhaps of what is required, then of descriptions.
pub(super) fn head(text: &str, at: usize) -> Option<Head> {
    complete(text, at, Head { roles: Vec::new(), cells: Vec::new() })
}

/// The head with the columns that follow. `Required Type` is one column in some tables, two in others.
fn complete(text: &str, at: usize, head: Head) -> Option<Head> {
    const MOST_COLUMNS: usize = 4;
    if head.roles.last() == Some(&Role::Description) {
        return Some(head).filter(|head| head.roles.contains(&Role::Type));
    }
    words(text, at).rev().find_map(|cell| {
        let role = role(text.get(cell.clone())?)?;
        let fits = match role {
            Role::Name => head.roles.is_empty(),
            Role::Type | Role::Required => !head.roles.is_empty() && !head.roles.contains(&role),
            Role::Description => true,
            _ => false,
        };
        if !fits || head.roles.len() == MOST_COLUMNS {
            return None;
        }
        let mut head = head.clone();
        head.roles.push(role);
        head.cells.push(cell.clone());
        complete(text, cell.end, head)
    })
}

/// The cells of the row that begins at an offset, all but its description. `first` is whether it can be no other text.
pub(super) fn row(text: &str, at: usize, head: &Head, first: bool) -> Option<Vec<Range<usize>>> {
    let ends = || text.get(..at).is_some_and(|before| before.trim_end().ends_with(['.', '!', '?', ')']));
    // In a sentence stands `the string`, too.
    if !(first || head.roles.contains(&Role::Required) || ends()) {
        return None;
    }
    let name = words(text, at).next()?;
    let named = |c: char| c.is_alphanumeric() || "_-.[]{}$@".contains(c);
    if !text.get(name.clone())?.trim_end_matches('*').chars().all(named) {
        return None;
    }
    let mut cells = vec![name];
    for role in head.roles.iter().skip(1) {
        let start = cells.last()?.end;
        let holds = |cell: &Range<usize>| {
            let cell = text.get(cell.clone()).unwrap_or_default();
            match role {
                Role::Required => !cell.contains(char::is_whitespace) && requirement_cell(cell).is_some(),
                _ => read_type(cell, Span::default()).is_some(),
            }
        };
        match role {
            Role::Description => break,
            _ => cells.push(words(text, start).rev().find(holds)?),
        }
    }
    Some(cells)
}

/// The first word from an offset on, the first two, and so on.
fn words(text: &str, from: usize) -> impl DoubleEndedIterator<Item = Range<usize>> {
    let skip = |at: usize| text.get(at..).map_or(at, |rest| at + rest.len() - rest.trim_start().len());
    let start = skip(from);
    let mut found = [const { None }; MOST_WORDS];
    let mut end = start;
    for slot in &mut found {
        let begin = skip(end);
        let word = text.get(begin..).unwrap_or_default();
        let length = word.char_indices().find(|(at, c)| *at > LONGEST || c.is_whitespace());
        let length = length.map_or(word.len(), |(at, _)| at);
        if !(1..=LONGEST).contains(&length) {
            break;
        }
        end = begin + length;
        *slot = Some(start..end);
    }
    found.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, row_text: &str, expected: Option<&[&str]>) {
        let head = head(text, 0).unwrap();
        let found = row(row_text, 0, &head, false);
        let cells = found.map(|cells| cells.into_iter().map(|cell| &row_text[cell]).collect::<Vec<_>>());
        assert_eq!(cells.as_deref(), expected, "{row_text}");
    }

    #[test]
    fn cells_are_told_by_what_they_hold() {
        let text = "Parameter Name Required Type Description id";
        check(text, "id Yes integer The lamp.", Some(&["id", "Yes", "integer"]));
        check(text, "ids no array of strings The lamps.", Some(&["ids", "no", "array of strings"]));
        check(text, "the integer Yes", None);
        check(text, "lamp, yes integer", None);
    }

    #[test]
    fn other_words_are_no_head() {
        for text in
            ["Name Description", "Type Name Description", "Name Type", "Required Name", "", "Name Type and"]
        {
            assert!(head(text, 0).is_none(), "{text}");
        }
    }
}
