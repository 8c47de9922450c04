//! The first line of a list's item, as the row of a table of fields.
//!
//! A line comes in, its row goes out ([`field`]): name, type, where the field is sent, whether it is required, and what else
//! is said of it. `None` where the item is no field.

use std::ops::Range;

use super::{DESCRIPTION, LOCATION, NAME, REQUIRED, TYPE};
use crate::{
    dialect::readme::{
        place::is_location,
        requirement::{is_not, leading_requirement, requirement, requirement_of},
        tables::{Cell, Row},
        types::{is_type_name, read_remarked},
    },
    source::Span,
};

/// How long the mark, the name and the type are of the item that a text begins with, if it is a field: what tells an item
/// where the line breaks are lost. Also whether the item ends there, as the type stands behind its description.
pub(in crate::dialect::readme) fn flat_field(text: &str) -> Option<(usize, bool)> {
    const LONGEST: usize = 256;
    let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= LONGEST).last()?;
    let line = text.get(..if text.len() <= LONGEST { text.len() } else { end })?;
    let mark = bullet(line)?;
    // The item ends before the next one.
    let next = [" - `", " - **", " * `", " * **", " + `", " + **"];
    let ends = next.into_iter().filter_map(|next| Some(mark + line.get(mark..)?.find(next)?)).min();
    let item = line.get(mark..ends.unwrap_or(line.len()))?;
    let (_, after) = name(item)?;
    if let Some((_, after)) = type_of(item, after) {
        field(line, mark..line.len(), 0)?;
        return Some((mark + after, false));
    }
    let mut closes = item.match_indices(')').map(|(at, _)| at + 1);
    let end = closes.find(|end| item.get(..*end).is_some_and(|item| type_behind(item, after).is_some()))?;
    field(line, mark..mark + end, 0)?;
    Some((mark + end, true))
}

/// Where the content of a list's item begins in its line.
pub(in crate::dialect::readme) fn bullet(line: &str) -> Option<usize> {
    let inner = line.trim_start().strip_prefix(['-', '*', '+'])?;
    let content = inner.trim_start();
    (content.len() < inner.len() && !content.is_empty()).then(|| line.len() - content.len())
}

/// The row of an item's first line.
pub(super) fn field(text: &str, range: Range<usize>, depth: usize) -> Option<Row> {
    let line = text.get(range.clone())?;
    let (name, after) = name(line)?;
    let (ty, rest) = type_of(line, after).or_else(|| Some((type_behind(line, after)?, after)))?;
    // What is said of it stands between the name and its type, or behind both.
    let end = if ty.start > rest { ty.start - 1 } else { line.len() };
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
        Some(Cell::new(format!("{prefix}{}", text.get(range.clone())?), range))
    };
    let mut row: Row = vec![(NAME, cell(name, &"-".repeat(depth))?)];
    let located = location(said);
    let mut typed = cell(ty.clone(), "")?;
    if let Some((_, bare)) = &located {
        typed.text.clone_from(bare);
    }
    if !typed.text.trim().is_empty() {
        row.push((TYPE, typed));
    }
    if let Some((place, _)) = located {
        row.push((LOCATION, cell(ty.start + place.start..ty.start + place.end, "")?));
    }
    let mut rest = rest;
    let behind = line.len() - line.get(rest..)?.trim_start_matches(apart).len();
    if let Some((_, required, after)) = leading_requirement(line.get(behind..)?) {
        row.push((REQUIRED, cell(behind + required.start..behind + required.end, "")?));
        rest = behind + after;
    }
    let rest = rest + line.get(rest..)?.len() - line.get(rest..)?.trim_start_matches(apart).len();
    let end = rest.min(end) + line.get(rest.min(end)..end)?.trim_end().len();
    if rest < end {
        row.push((DESCRIPTION, cell(rest..end, "")?));
    }
    Some(row)
}

/// The row of an item that has nothing but a name, as code, and a description: ``- `note`: What is said of it``.
pub(super) fn untyped(text: &str, range: Range<usize>) -> Option<Row> {
    let line = text.get(range.clone())?;
    let (name, after) = name(line)?;
    let rest = line.get(after..)?;
    let described = rest.trim_start_matches(apart);
    let set_apart = rest.trim_start().starts_with([':', '-', '–', '—']) && !described.is_empty();
    if !set_apart || !line.starts_with('`') {
        return None;
    }
    let cell = |within: Range<usize>| {
        let range = range.start + within.start..range.start + within.end;
        Some(Cell::new(text.get(range.clone())?, range))
    };
    Some(vec![(NAME, cell(name)?), (DESCRIPTION, cell(line.len() - described.len()..line.len())?)])
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

/// The type and the requirement that stand in parentheses behind what is said of a field: `**id**: The lamp (string, required)`.
fn type_behind(line: &str, after: usize) -> Option<Range<usize>> {
    if !line.get(after..)?.starts_with([':', ' ']) {
        return None;
    }
    let text = line.trim_end().trim_end_matches('.').strip_suffix(')')?;
    let start = text.rfind('(')? + 1;
    let said = text.get(start..).filter(|_| start > after)?;
    let typed = said.split([',', ' ']).next().is_some_and(is_type_name);
    (typed && says(said)).then_some(start..text.len())
}

/// Whether a text says what type a field is of, whether it must be there, or where it is sent.
fn says(text: &str) -> bool {
    let is_type = |text: &str| read_remarked(text.trim(), Span::default()).is_some();
    let words: Vec<&str> = text.split([',', ' ', ';']).filter(|word| !word.is_empty()).collect();
    let required = requirement_of(&words).is_some();
    // `is a required field` is a sentence; `string, required` and `not required` are not.
    let typed = words.first().is_some_and(|word| is_type_name(word));
    let located = || location(text).is_some_and(|(_, rest)| rest.is_empty() || required || is_type(&rest));
    is_type(text) || (required && (words.len() <= 2 || typed)) || located()
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
        let found = row.map(|row| (of(&row, NAME), of(&row, TYPE), of(&row, DESCRIPTION)));
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
        check("**q**: What (is it) (string, required)", Some(("q", "string, required", "What (is it)")));
    }

    #[test]
    fn other_items_are_prose() {
        for line in [
            "**q** is a required field",
            "`q`: What is looked for",
            "q (string): What",
            "**q**: What (of a string)",
            "**q**: What it has (query)",
            "`200` (string): OK",
            "`a b` (string)",
            "**Note** (optional): what",
            "`on` (default): what",
        ] {
            check(line, None);
        }
    }
}
