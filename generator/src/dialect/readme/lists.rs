//! Fields as the items of a list: ``- `name` (string, required): What it is``.
//!
//! The pieces of a page come in, lists whose items all are fields become tables ([`lists_of_fields`]), so that fields are
//! read in one way; items below an item are its members, or say more of it. Other lists stay prose: those with another item,
//! those below a table of the same section, and those that are led in as something else (`SDK options:`).
//!
//! Invariant: an item is a field if its name is set apart as code or in bold and a type or a requirement follows.

use std::ops::Range;

use super::{
    columns::{Role, role},
    pieces::{Piece, PieceKind},
    requirement::{is_not, requirement, requirement_of},
    rows::is_location,
    sections::{section, tells_failure},
    tables::{Cell, Row, Table},
    types::{is_type_name, read_remarked},
};
use crate::{model::Type, source::Span};

/// More than this deep, items are text.
const MAX_DEPTH: usize = 8;

/// What stands before an item on its line is looked at no further back than this.
const MAX_INDENT: usize = 64;

/// What the columns of a list's table hold.
const HEAD: [&str; 5] = ["Name", "Type", "Description", "Required", "In"];
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

/// Puts a list out: as a table where it is one of fields, and else as it came.
fn close(text: &str, out: &mut Vec<Piece>, list: Vec<Piece>, tabulated: bool) {
    let Some((first, last)) = list.first().zip(list.last()) else { return };
    let range = first.range.start..last.range.end;
    let rows = match tabulated || !leads_in(text, out.last()) {
        true => None,
        false => list.iter().map(|piece| item(text, piece.range.clone())).collect::<Option<Vec<_>>>(),
    };
    let Some(rows) = rows else {
        out.extend(list);
        return;
    };
    let at = range.start;
    let cell = |(column, name): (usize, &str)| (column, Cell { text: name.to_owned(), range: at..at });
    let rows: Vec<Row> = rows.into_iter().flatten().collect();
    let filled = |column: &usize| rows.iter().flatten().any(|(at, _)| at == column);
    let head = HEAD.into_iter().enumerate().filter(|(at, _)| *at <= DESCRIPTION || filled(at));
    let head = head.map(cell).collect();
    let table = Table { range: range.clone(), head, rows, ..Table::default() };
    out.push(Piece { range, kind: PieceKind::Table { table, pipes: true } });
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
fn lines(text: &str, range: Range<usize>) -> Option<Vec<Line>> {
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
        let row = field(text, range.clone(), around.len());
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
    let ty = row.iter().find(|(column, _)| *column == 1).map_or("", |(_, cell)| cell.text.as_str());
    let ty = ty.split(',').next().unwrap_or_default().trim_matches(['(', ')', ' ']);
    read_remarked(ty, Span::default())
        .is_none_or(|(schema, _)| matches!(schema.ty, Type::Any | Type::Object(_) | Type::Array(_)))
}

/// The rows of an item of a list and of the items below it; `None` where it is no field.
fn item(text: &str, range: Range<usize>) -> Option<Vec<Row>> {
    let mut items = lines(text, range.clone())?;
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
                _ => row.push((DESCRIPTION, Cell { text: text.get(own.clone())?.to_owned(), range: own })),
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
    let (ty, rest) = type_of(line, after)?;
    // `**Note** (optional)` is a remark.
    let said = line.get(ty.clone())?;
    let sentence = line.starts_with(['*', '_'])
        && line.get(name.clone())?.starts_with(char::is_uppercase)
        && line.get(name.clone())?.chars().all(char::is_alphabetic);
    if sentence && said.split([',', ' ']).all(|word| requirement(word).is_some() || is_not(word)) {
        return None;
    }
    let cell = |within: Range<usize>, prefix: &str| {
        let range = range.start + within.start..range.start + within.end;
        Some(Cell { text: format!("{prefix}{}", text.get(range.clone())?), range })
    };
    let mut row: Row = vec![(0, cell(name, &"-".repeat(depth))?)];
    let located = location(said);
    let mut typed = cell(ty.clone(), "")?;
    if let Some((_, bare)) = &located {
        typed.text.clone_from(bare);
    }
    if !typed.text.trim().is_empty() {
        row.push((1, typed));
    }
    if let Some((place, _)) = located {
        row.push((LOCATION, cell(ty.start + place.start..ty.start + place.end, "")?));
    }
    let mut rest = rest;
    if let Some((required, behind)) = required_behind(line, rest) {
        row.push((REQUIRED, cell(required, "")?));
        rest = behind;
    }
    let rest = rest + line.get(rest..)?.len() - line.get(rest..)?.trim_start_matches(apart).len();
    if rest < line.len() {
        row.push((DESCRIPTION, cell(rest..line.len(), "")?));
    }
    Some(row)
}

/// Where a text between commas says that a parameter is sent, and the others: `path, required`.
fn location(said: &str) -> Option<(Range<usize>, String)> {
    let mut parts: Vec<&str> = said.split(',').collect();
    let place = |part: &&str| is_location(part) && !is_type_name(part.trim());
    let at = parts.iter().position(place)?;
    let start = parts.iter().take(at).map(|part| part.len() + 1).sum::<usize>();
    let part = parts.remove(at);
    let start = start + part.len() - part.trim_start().len();
    Some((start..start + part.trim().len(), parts.join(",").trim().to_owned()))
}

/// The words behind a type that say whether the field must be there, `required — `, and where the line goes on. Words that
/// go on without a mark are a sentence.
fn required_behind(line: &str, after: usize) -> Option<(Range<usize>, usize)> {
    let rest = line.get(after..)?.trim_start_matches(apart);
    let word = rest.trim_start_matches(['*', '_', '`', '(', '[']);
    let start = line.len() - word.len();
    let marked = word.len() < rest.len();
    let denied = word.get(..4).is_some_and(|not| not.eq_ignore_ascii_case("not "));
    let from = if denied { 4 } else { 0 };
    let length = word.get(from..)?.find(|c: char| !c.is_alphabetic()).unwrap_or(word.len() - from);
    let end = from + length;
    requirement(word.get(from..end)?)?;
    let behind = word.get(end..)?;
    let next = behind.trim_start_matches(['*', '_', '`', ')', ']']);
    let closed = marked && next.len() < behind.len();
    let goes_on = next.trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let conditional = matches!(goes_on, "if" | "for" | "when" | "unless" | "only" | "in" | "on");
    let ends = next.trim_start().is_empty() || next.trim_start().starts_with(|c: char| apart(c));
    let whole = !conditional && (ends || closed) && (marked == closed);
    whole.then(|| (start..start + end, line.len() - next.len()))
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
    let is_type = |text: &str| read_remarked(text.trim(), Span::default()).is_some();
    let says = |text: &str| {
        let words: Vec<&str> = text.split([',', ' ', ';']).filter(|word| !word.is_empty()).collect();
        let required = requirement_of(&words).is_some();
        // `is a required field` is a sentence; `string, required` and `not required` are not.
        let typed = words.first().is_some_and(|word| is_type_name(word));
        let located =
            || location(text).is_some_and(|(_, rest)| rest.is_empty() || required || is_type(&rest));
        is_type(text) || (required && (words.len() <= 2 || typed)) || located()
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
        check("`q` `string` required — what", Some(("q", "string", "what")));
        check("`q` - string - not required - What", Some(("q", "string", "What")));
        check("`q` (string) **required** if so", Some(("q", "string", "**required** if so")));
        check("`q` (string) required fields", Some(("q", "string", "required fields")));
        check("`q` (path, required): What", Some(("q", "required", "What")));
        check("`q` (header) What", Some(("q", "", "What")));
    }

    #[test]
    fn other_items_are_prose() {
        for line in [
            "**q** is a required field",
            "`q`: What is looked for",
            "q (string): What",
            "`200` (string): OK",
            "`a b` (string)",
            "**Note** (optional): what",
            "`on` (default): what",
        ] {
            check(line, None);
        }
    }
}
