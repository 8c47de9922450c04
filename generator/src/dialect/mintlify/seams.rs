//! Lines of fields that a copy has run together come in, the places where they come apart go out.
//!
//! Some tools keep no line break of a page but those between paragraphs: `idstringrequiredThe berth.`,
//! ``Maximum to returnRequired range: `x >= 1`Example:``, `` `25`skipnumberdefault:0 ``. Enter at [`are_evident`], which
//! says whether a page is written so, and [`seams`], which cuts one of its lines.
//!
//! Invariants: where a field's anchor stands before it, the anchor tells the name; without one, what is no
//! evident field stays prose. Each line is looked at once, up to a bound.

use super::{
    glue::{TYPES, is_fresh, leading_markers},
    labels,
    responses::status_line,
    shapes::is_name,
    types::read_type,
};
use crate::source::Span;

/// The longest name that is looked for, in bytes.
const MAX_NAME: usize = 80;
/// What a type ends in.
const ENDS: [&str; 12] =
    ["string", "integer", "number", "boolean", "object", "array", "file", "any", "null", "]", ">", ")"];
/// The longest type that is looked for, in bytes.
const MAX_TYPE: usize = 120;
/// The longest line that is cut, in bytes.
const MAX_LINE: usize = 1 << 14;

/// Whether a line shows that the page's lines are run together: a field with its type and a marker, and something
/// behind them.
pub(super) fn are_evident(line: &str, anchor: Option<&str>) -> bool {
    let field = field(line, anchor);
    field.is_some_and(|field| {
        let more = field.end < line.len() || field.cuts.len() > 1;
        field.marked && more
    })
}

/// Whether a text is the field of an anchor, with its type and its markers, and nothing else.
pub(super) fn is_field(text: &str, anchor: &str) -> bool {
    field(text, Some(anchor)).is_some_and(|field| field.end == text.len())
}

/// Where to cut a line of a page whose lines are run together; `anchor` is the identifier before it.
pub(super) fn seams(line: &str, anchor: Option<&str>) -> Vec<usize> {
    let mut cuts = Vec::new();
    if line.len() > MAX_LINE {
        return cuts;
    }
    let mut at = media(line).unwrap_or(0);
    if at > 0 {
        cuts.push(at);
    }
    // A value of the label above.
    if let Some(value) = value(line.get(at..).unwrap_or_default()) {
        at += value;
        cuts.push(at);
    }
    let mut anchor = anchor;
    let mut only = true;
    while let Some(field) = field(line.get(at..).unwrap_or_default(), anchor.take()) {
        let whole = at + field.end == line.len() && (at > 0 || !only);
        if !(field.named || field.marked || field.shaped || whole) {
            break;
        }
        only = false;
        cuts.extend(field.cuts.iter().map(|cut| at + cut));
        at += field.end;
        cuts.push(at);
        // What follows an unmarked type is its description.
        if !field.marked {
            break;
        }
    }
    prose(line, at, &mut cuts);
    cuts.retain(|&cut| cut > 0 && cut < line.len());
    cuts.dedup();
    cuts
}

/// Cuts labels off the prose before them, and a field off the values before it.
fn prose(line: &str, mut at: usize, cuts: &mut Vec<usize>) {
    let mut before = line.get(..at).and_then(|line| line.chars().next_back()).unwrap_or('\n');
    let mut last = ' ';
    while let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) {
        let glued = !before.is_whitespace() || last == '`';
        let rest = line.get(at..).unwrap_or_default();
        let label =
            (glued && (c.is_uppercase() || !c.is_ascii())).then(|| labels::constraint(rest)).flatten();
        if let Some((_, length)) = label {
            cuts.push(at);
            at += length;
            let values = values(line.get(at..).unwrap_or_default());
            if values > 0 && line.len() > at + values {
                at += values;
                let rest = line.get(at..).unwrap_or_default();
                let blank = rest.len() - rest.trim_start().len();
                if let Some(field) = field(rest.trim_start(), None)
                    && (field.marked || field.shaped)
                {
                    at += blank;
                    cuts.push(at);
                    cuts.extend(field.cuts.iter().map(|cut| at + cut));
                    at += field.end;
                    cuts.push(at);
                }
            }
            (last, before) = ('`', '`');
            continue;
        }
        (last, before) = (before, c);
        at += c.len_utf8();
    }
}

/// The length of a status with its media type, or of a media type alone, that something is glued to.
fn media(line: &str) -> Option<usize> {
    const MEDIA: [&str; 6] = [
        "application/json",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
        "application/octet-stream",
        "text/event-stream",
        "text/plain",
    ];
    let start = line.find(" - ").map_or(0, |at| at + " - ".len());
    let media = MEDIA.iter().find(|media| line.get(start..).is_some_and(|rest| rest.starts_with(**media)))?;
    let end = start + media.len();
    let whole = start == 0 || status_line(line.get(..end)?).is_some();
    let glued = line.get(end..)?.starts_with(char::is_alphanumeric);
    (whole && glued).then_some(end)
}

/// The length of a value in back-ticks that a name is glued to.
fn value(line: &str) -> Option<usize> {
    let length = line.strip_prefix('`')?.find('`')? + 2;
    line.get(length..)?.starts_with(|c: char| c.is_alphanumeric() || c == '_').then_some(length)
}

/// The length of a label's values, each in back-ticks and parted by commas.
fn values(text: &str) -> usize {
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let trimmed = rest.trim_start_matches([' ', ',']);
        let Some(length) = trimmed.strip_prefix('`').and_then(|value| value.find('`')) else { break };
        at += rest.len() - trimmed.len() + length + 2;
    }
    at
}

/// A field at the beginning of a text.
struct Field {
    /// Where its name, its type and its markers but the last end.
    cuts: Vec<usize>,
    /// Where it ends: its description follows.
    end: usize,
    /// Whether its anchor has its name.
    named: bool,
    /// Whether it has a marker.
    marked: bool,
    /// Whether its type has a form that no word ends in.
    shaped: bool,
}

/// Reads a field whose name, type and markers are glued.
fn field(text: &str, anchor: Option<&str>) -> Option<Field> {
    names(text).find_map(|at| typed(text, at, anchor, true))
}

/// Where the name of a field at the beginning of a text could end.
fn names(text: &str) -> impl Iterator<Item = usize> {
    let within = text.char_indices().take_while(|&(at, c)| at < MAX_NAME && !c.is_whitespace() && c != '`');
    within.map(|(at, _)| at).skip(1)
}

/// The field whose name ends at `at`; `looks_on` says whether what follows it is looked at as a field too.
fn typed(text: &str, at: usize, anchor: Option<&str>, looks_on: bool) -> Option<Field> {
    let (name, rest) = text.split_at_checked(at)?;
    if !TYPES.iter().any(|ty| rest.starts_with(ty)) || !is_name(name, false) || name.contains(['"', '(', '/'])
    {
        return None;
    }
    let named = anchor.is_some_and(|anchor| is_named(anchor, name));
    if anchor.is_some() && !named {
        return None;
    }
    let ty = type_length(rest)?;
    let after = rest.get(ty..)?;
    let markers = leading_markers(after);
    let end = ty + markers.last().copied().unwrap_or(0);
    let follows = rest.get(end..)?;
    let marked = !markers.is_empty();
    // `substring of` and `profiles` are words.
    let ends = follows.is_empty()
        || is_fresh(follows)
        || labels::constraint(follows).is_some()
        || (marked && (!looks_on || names(follows).any(|at| typed(follows, at, None, false).is_some())));
    let mut cuts = vec![at];
    if marked {
        cuts.push(at + ty);
        cuts.extend(markers.iter().rev().skip(1).rev().map(|marker| at + ty + marker));
    }
    let shaped = rest.get(..ty)?.ends_with(['>', ']']);
    ends.then_some(Field { cuts, end: at + end, named, marked, shaped })
}

/// The length of the type that a text begins with: the longest that is one, with no alternative twice.
fn type_length(text: &str) -> Option<usize> {
    let bound = text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|&end| end <= MAX_TYPE);
    let ends = bound.filter(|&end| {
        let ty = text.get(..end).unwrap_or_default();
        ENDS.iter().any(|stop| ty.ends_with(stop)) && read_type(ty, Span::default()).is_some()
    });
    let length = ends.last()?;
    let word = TYPES.iter().find(|word| text.starts_with(**word))?;
    let again = text.get(word.len()..length).is_some_and(|rest| rest.starts_with(word));
    // `profileobject` is a profile.
    let file = *word == "file"
        && text.get(word.len()..length).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    (!again && !file).then_some(length)
}

/// Whether an anchor is that of a field, printed with what it stands in or without: `response-data-items-user-id` of
/// `data.userId`, and of `userId`.
pub(super) fn is_named(anchor: &str, name: &str) -> bool {
    let own = |c: &char| c.is_alphanumeric();
    let plain = |text: &str| text.chars().filter(own).flat_map(char::to_lowercase).collect::<String>();
    let wanted = plain(name);
    if wanted.is_empty() {
        return false;
    }
    let mut words: Vec<&str> = Vec::new();
    for word in anchor.split('-').skip(1) {
        // `one-of-0` and `items` tell structure, unless a field is called so.
        let number = word.bytes().all(|b| b.is_ascii_digit());
        match words.as_slice() {
            [.., "one" | "any" | "all", "of"] if number => words.truncate(words.len() - 2),
            _ => words.push(word),
        }
    }
    let ends = |words: &[&str]| {
        let mut rest = wanted.as_str();
        for word in words.iter().rev() {
            match rest.strip_suffix(plain(word).as_str()) {
                Some("") => return true,
                Some(before) => rest = before,
                None => return false,
            }
        }
        false
    };
    let without_items: Vec<&str> = words.iter().copied().filter(|word| *word != "items").collect();
    let header = anchor.starts_with("authorization-");
    ends(&words) || ends(&without_items) || (header && plain(anchor) == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, anchor: Option<&str>, expected: &[&str]) {
        let mut parts = Vec::new();
        let mut start = 0;
        for cut in seams(line, anchor).into_iter().chain([line.len()]) {
            parts.push(line[start..cut].trim());
            start = cut;
        }
        assert_eq!(parts, expected, "{line}");
    }

    #[test]
    fn an_anchor_tells_the_name() {
        let pier = Some("parameter-pier");
        check("pierstringrequiredPier to moor at", pier, &["pier", "string", "required", "Pier to moor at"]);
        check("pierintegerThe pier", pier, &["pier", "integer", "The pier"]);
        check(
            "pierobject[]requiredShow child attributes",
            pier,
            &["pier", "object[]", "required", "Show child attributes"],
        );
        check("data.userIdstring", Some("response-data-items-user-id"), &["data.userId", "string"]);
        check(
            "nextstring | nullrequired",
            Some("response-next-one-of-0"),
            &["next", "string | null", "required"],
        );
        check("A pierstringrequired", pier, &["A pierstringrequired"]);
        check("idstring", Some("response-one-of-0-data-items-id"), &["id", "string"]);
        check("paidstring", Some("response-data-id"), &["paidstring"]);
    }

    #[test]
    fn fields_without_anchors_are_evident_by_markers_and_types() {
        check(
            "userIdnumberrequiredclientIdstringrequired",
            None,
            &["userId", "number", "required", "clientId", "string", "required"],
        );
        check("takenumberdefault:250", None, &["take", "number", "default:250"]);
        check(
            "orderstringdefault:descThe order of it",
            None,
            &["order", "string", "default:desc", "The order of it"],
        );
        check("profileobjectrequired", None, &["profile", "object", "required"]);
        check("connectionstringstringrequired", None, &["connectionstring", "string", "required"]);
        for prose in ["profile", "company", "A substring", "substrings of a name", "Use the fileName"] {
            check(prose, None, &[prose]);
        }
    }

    #[test]
    fn labels_values_and_media_types_come_apart() {
        check(
            "Items to returnRequired range: `1 <= x <= 250`Example:",
            None,
            &["Items to return", "Required range: `1 <= x <= 250`", "Example:"],
        );
        check("`25`skipnumberdefault:0", None, &["`25`", "skip", "number", "default:0"]);
        check("`25`skipnumber", None, &["`25`", "skip", "number"]);
        check(
            "200 - application/jsonstatusenum<string>requiredAvailable options: `a`, `b` Example:",
            None,
            &[
                "200 - application/json",
                "status",
                "enum<string>",
                "required",
                "Available options: `a`, `b`",
                "Example:",
            ],
        );
        check("application/jsonBerths, all of them", None, &["application/json", "Berths, all of them"]);
        check(
            "How.Available options: `a`, `b` namesstring[]",
            None,
            &["How.", "Available options: `a`, `b`", "names", "string[]"],
        );
        check("For Example: 5", None, &["For Example: 5"]);
    }

    #[test]
    fn what_shows_that_lines_are_run_together() {
        assert!(are_evident("Authorizationstringheaderrequired", None));
        assert!(are_evident("takenumberdefault:250", None));
        for line in ["stringrequired", "required", "profile", "The string", "limit"] {
            assert!(!are_evident(line, None), "{line}");
        }
    }
}
