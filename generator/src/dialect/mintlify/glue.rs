//! Pieces come in, with words that a browser's copy has glued together; they go out apart.
//!
//! Enter at [`unglue`]. A copy loses the line break behind a field's last marker: `headerrequiredSecret-Key`,
//! `requiredPath Parameters`, `requiredAllowed value:`. A field can be called `required_by`, so a word is
//! taken apart only right after a type, and where what is left is a heading, a label, or begins like a new
//! sentence; before another type, [`glued_names`] tells. Run-on text loses all of them, `` limitnumber`10`offsetnumber ``: a word is taken for
//! that only with a default in back-ticks or a marker, because `profile` ends in a type too.

use std::{cell::OnceCell, ops::Range};

use super::{
    frame, glued_names,
    labels::{self, Marker, leading_marker},
    lines::{Kind, Piece},
    marked_names, seams,
    types::read_type_line,
};
use crate::{dialect::Context, source::Span};

/// Takes glued words apart; `marks` are those of headings.
pub(super) fn unglue(cx: &Context<'_>, pieces: Vec<Piece>, marks: &mut Vec<Range<usize>>) -> Vec<Piece> {
    let pieces = titled(cx, pieces, marks);
    let pieces = part(cx, pieces);
    let types: Vec<bool> = pieces
        .iter()
        .map(|piece| {
            let text = matches!(piece.kind, Kind::Text).then(|| cx.slice(piece.range.clone()));
            text.is_some_and(|text| read_type_line(text, Span::default()).is_some())
        })
        .collect();
    let is_type = |at: usize| types.get(at).is_some_and(|&is| is);
    // What is evident in one place tells what the others are.
    let glued = pieces.iter().enumerate().any(|(at, piece)| {
        let after_type = at.checked_sub(1).is_some_and(is_type) && matches!(piece.kind, Kind::Text);
        after_type && !cuts(cx.slice(piece.range.clone()), is_type(at + 1), false).is_empty()
    });
    let texts = |above: bool| {
        let lines = pieces.iter().enumerate().filter(|(_, piece)| matches!(piece.kind, Kind::Text));
        let lines = lines.filter(move |(at, _)| (is_type(at + 1) && !is_type(*at)) == above);
        lines.map(|(_, piece)| cx.slice(piece.range.clone()))
    };
    let marked = marked_names::are_evident(texts(true), texts(false));
    let shown = OnceCell::new();
    let names: Vec<Option<bool>> = pieces
        .iter()
        .enumerate()
        .map(|(at, piece)| {
            let placed =
                matches!(piece.kind, Kind::Text) && is_type(at + 1) && at.checked_sub(1).is_some_and(is_type);
            let word = placed.then(|| cx.slice(piece.range.clone()))?;
            let name = glued_names::behind_marker(word)?;
            glued_names::told(shown.get_or_init(|| glued_names::shown(&pieces)), word, name)
        })
        .collect();
    let mut out: Vec<Piece> = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.into_iter().enumerate() {
        let after_type = at.checked_sub(1).is_some_and(is_type);
        let before_type = is_type(at + 1);
        let after_mark = out.last().is_some_and(|last: &Piece| matches!(last.kind, Kind::Anchor(_)));
        let text = cx.slice(piece.range.clone());
        let cuts = match piece.kind {
            Kind::Text if marked && before_type && types.get(at) == Some(&false) => marked_names::cuts(text),
            Kind::Text if after_type => {
                let told = names.get(at).copied().flatten();
                cuts(text, before_type, told.unwrap_or(glued))
            }
            Kind::Text if !before_type && types.get(at) == Some(&false) => {
                // What the mark names is a name, though it ends like a type.
                let named =
                    || out.last().and_then(Piece::field_anchor).is_some_and(|id| seams::is_named(id, text));
                let cut = if after_mark && !named() { marked_field(text) } else { None };
                cut.map(|cut| vec![cut]).or_else(|| run_on(text)).unwrap_or_default()
            }
            _ => Vec::new(),
        };
        cut(cx, piece, cuts, &mut out);
    }
    out
}

/// Takes the title off the name of its group, on a page where other lines are run together too. Below a title, and in
/// the sections, `Order# The number` is a description.
fn titled(cx: &Context<'_>, mut pieces: Vec<Piece>, marks: &mut Vec<Range<usize>>) -> Vec<Piece> {
    let text = |piece: &Piece| cx.slice(piece.range.clone());
    let ends = |piece: &Piece| {
        matches!(piece.kind, Kind::Heading(1)) || (piece.is_text() && labels::section(text(piece)).is_some())
    };
    let above = pieces.iter().take_while(|piece| !ends(piece));
    let found = above.enumerate().find_map(|(at, piece)| match piece.kind {
        Kind::Text => Some((at, frame::title(text(piece))?)),
        _ => None,
    });
    let Some((at, (mark, words))) = found else { return pieces };
    let anchor = |at: usize| anchor(&pieces, at);
    let mut lines = pieces.iter().enumerate().filter(|(_, piece)| matches!(piece.kind, Kind::Text));
    let run_together = lines.any(|(at, piece)| {
        !frame::seams(text(piece)).is_empty() || seams::are_evident(text(piece), anchor(at))
    });
    if run_together && let Some(piece) = pieces.get_mut(at) {
        let start = piece.range.start;
        piece.range = cx.trim(start..start + mark.start);
        marks.push(start + mark.start..start + mark.end);
        let range = start + words.start..start + words.end;
        pieces.insert(at + 1, Piece { kind: Kind::Heading(1), range, gap: false });
    }
    pieces
}

/// The identifier of the field's anchor before a piece.
fn anchor(pieces: &[Piece], at: usize) -> Option<&str> {
    pieces.get(at.checked_sub(1)?)?.field_anchor()
}

/// Takes apart the lines of a page that has kept no line break but those between paragraphs.
fn part(cx: &Context<'_>, pieces: Vec<Piece>) -> Vec<Piece> {
    let text = |piece: &Piece| cx.slice(piece.range.clone());
    let anchor = |at: usize| anchor(&pieces, at);
    let lines = || pieces.iter().enumerate().filter(|(_, piece)| matches!(piece.kind, Kind::Text));
    let evident = lines().any(|(at, piece)| seams::are_evident(text(piece), anchor(at)));
    if !evident {
        return pieces;
    }
    let cuts: Vec<Vec<usize>> = pieces
        .iter()
        .enumerate()
        .map(|(at, piece)| match piece.kind {
            Kind::Text => match frame::seams(text(piece)) {
                cuts if cuts.is_empty() => seams::seams(text(piece), anchor(at)),
                cuts => cuts,
            },
            _ => Vec::new(),
        })
        .collect();
    let mut out = Vec::with_capacity(pieces.len());
    for (piece, cuts) in pieces.into_iter().zip(cuts) {
        cut(cx, piece, cuts, &mut out);
    }
    out
}

/// Cuts a piece of text.
fn cut(cx: &Context<'_>, piece: Piece, cuts: Vec<usize>, out: &mut Vec<Piece>) {
    if cuts.is_empty() {
        return out.push(piece);
    }
    let length = piece.range.len();
    let mut start = piece.range.start;
    for cut in cuts.into_iter().chain(std::iter::once(length)) {
        let end = piece.range.start + cut;
        let range = cx.trim(start..end);
        if !range.is_empty() {
            out.push(Piece { kind: Kind::Text, range, gap: piece.gap && start == piece.range.start });
        }
        start = end;
    }
}

/// Where to cut a line; nowhere where it is not glued. `glued` says whether markers are glued to names on the page.
fn cuts(text: &str, before_type: bool, glued: bool) -> Vec<usize> {
    let mut cuts = Vec::new();
    // A label can begin like a marker: `必填范围:`.
    if labels::constraint(text).is_some() {
        return cuts;
    }
    let mut at = 0;
    let mut required = false;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        match leading_marker(rest) {
            Some((Marker::Default(_), _)) => {
                let Some(length) = default_length(rest) else { break };
                required = true;
                at += length;
                cuts.push(at);
            }
            None => break,
            // The word begins a sentence.
            Some((_, length)) if rest.get(length..).is_some_and(|rest| rest.starts_with(' ')) => break,
            Some((marker, length)) => {
                required = required || marker == Marker::Required;
                at += length;
                cuts.push(at);
            }
        }
    }
    let rest = text.get(at..).unwrap_or_default();
    if rest.is_empty() {
        // Nothing but markers: one alone needs no cut.
        cuts.pop();
        return cuts;
    }
    let known = labels::section(rest).is_some() || labels::constraint(rest).is_some();
    if before_type && let Some(name) = glued_names::behind_marker(text) {
        return if glued { glued_names::cuts(text, name, cuts) } else { Vec::new() };
    }
    let fresh = is_fresh(rest);
    let name = glued && before_type && rest.starts_with(char::is_alphanumeric);
    if required && (known || fresh || name) { cuts } else { Vec::new() }
}

/// Where each of the markers ends that a text begins with.
pub(super) fn leading_markers(text: &str) -> Vec<usize> {
    let mut ends = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let length = match leading_marker(rest) {
            Some((Marker::Default(_), whole)) => default_length(rest).unwrap_or(whole),
            Some((_, length)) if rest.get(length..).is_some_and(|rest| rest.starts_with(' ')) => break,
            Some((_, length)) => length,
            None => break,
        };
        at += length;
        ends.push(at);
    }
    ends
}

/// Whether a text begins like a sentence, or like a name that no marker's word goes on with.
pub(super) fn is_fresh(text: &str) -> bool {
    let begins = |c: char| c.is_uppercase() || !c.is_ascii() || "\"(`[".contains(c);
    // A bullet or a number, with words behind it.
    let counts = |c: char| c == '-' || c == '*' || c.is_ascii_digit();
    text.starts_with(begins) || (text.starts_with(counts) && text.contains(' '))
}

/// The length of a default that something is glued to: a marker, or, where the value is a number or a truth
/// value, a sentence.
fn default_length(text: &str) -> Option<usize> {
    const REQUIRED: &str = "required";
    let colon = text.find([':', '：'])?;
    let value = text.get(colon..)?.trim_start_matches([':', '：']);
    let start = text.len() - value.len();
    let marked = value.match_indices(REQUIRED).map(|(at, _)| at).find(|&at| {
        let rest = value.get(at + REQUIRED.len()..).unwrap_or_default();
        let known = labels::section(rest).is_some() || labels::constraint(rest).is_some();
        at > 0 && (known || is_fresh(rest) || labels::marker(rest).is_some())
    });
    if let Some(at) = marked {
        return Some(start + at);
    }
    if let Some(length) = word_before_sentence(value) {
        return Some(start + length);
    }
    let plain = ["true", "false"].into_iter().find(|word| value.starts_with(word)).map(str::len);
    let digits = value.bytes().take_while(|b| b.is_ascii_digit() || matches!(b, b'.' | b'-')).count();
    let length = plain.or((digits > 0).then_some(digits))?;
    let sentence = value.get(length..)?.starts_with(char::is_uppercase);
    sentence.then_some(start + length)
}

/// The length of a word that a sentence's first word is glued to: `descThe order`.
fn word_before_sentence(text: &str) -> Option<usize> {
    let end = text.find(' ')?;
    let word = text.get(..end)?;
    let at = word.rfind(char::is_uppercase)?;
    let begins = word.get(..at)?.ends_with(|c: char| c.is_ascii_lowercase());
    let plain = word.get(at..)?.chars().skip(1).all(char::is_lowercase);
    (begins && plain).then_some(at)
}

/// Where the type begins on a line below a field's mark, where name and type are glued: `datastring[]`. The
/// first place counts, because alternatives are glued too: `valuestringnumber`.
fn marked_field(text: &str) -> Option<usize> {
    const MAX_LENGTH: usize = 200;
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let plain = text.len() <= MAX_LENGTH && !text.contains(['.', '`', '"']);
    let starts = text.get(..end)?.char_indices().skip(1).map(|(at, _)| at);
    let begins = |at: &usize| {
        let rest = text.get(*at..).unwrap_or_default();
        let word = TYPES.iter().any(|ty| rest.starts_with(ty));
        word && read_type_line(rest, Span::default()).is_some()
    };
    plain.then(|| starts.into_iter().find(begins)).flatten()
}

/// The words that a type in run-on text begins with.
pub(super) const TYPES: [&str; 8] =
    ["string", "integer", "number", "boolean", "object", "array", "enum<", "file"];

/// Where to cut a line of run-on fields; `None` where it is none.
fn run_on(text: &str) -> Option<Vec<usize>> {
    const MAX_LENGTH: usize = 400;
    if text.len() > MAX_LENGTH
        || text.contains(char::is_whitespace)
        || !TYPES.iter().any(|ty| text.contains(ty))
    {
        return None;
    }
    let mut cuts = Vec::new();
    let mut at = 0;
    let mut evident = false;
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let field = rest.find('`').map_or(rest, |tick| rest.get(..tick).unwrap_or_default());
        // The last place from where on all is a type and markers: a name may end like one.
        let ty = field.char_indices().skip(1).map(|(start, _)| start).filter(|&start| {
            let line = field.get(start..).filter(|line| TYPES.iter().any(|ty| line.starts_with(ty)));
            line.is_some_and(|line| read_type_line(line, Span::default()).is_some())
        });
        // A type's own words count as one: `enum<string>` ends in no name.
        let ty = ty.last()?;
        evident |= field.ends_with("required");
        cuts.extend([at + ty, at + field.len()]);
        at += field.len();
        let Some(default) = rest.get(field.len() + 1..) else { continue };
        let close = default.find('`')?;
        evident = true;
        at += close + 2;
        cuts.push(at);
    }
    cuts.retain(|&cut| cut < text.len());
    evident.then_some(cuts)
}

#[cfg(test)]
mod tests {
    use super::{cuts, run_on};

    #[test]
    fn run_on_fields_are_cut_apart() {
        let check = |text: &str, expected: Option<&[usize]>| {
            assert_eq!(run_on(text).as_deref(), expected, "{text}");
        };
        check("limitnumber`10`offsetnumber", Some(&[5, 11, 15, 21]));
        check("idstring<uuid>required", Some(&[2]));
        check("clipfilerequired", Some(&[4]));
        check("limitnumber`10`sortenum<string>required", Some(&[5, 11, 15, 19]));
        for text in ["profile", "company", "substring", "a number", "`string`", "required"] {
            check(text, None);
        }
    }

    #[test]
    fn a_marked_line_holds_name_and_type() {
        let check = |text: &str, name: Option<&str>| {
            assert_eq!(super::marked_field(text).map(|cut| &text[..cut]), name, "{text}");
        };
        check("datastring[]", Some("data"));
        check("modestring | null", Some("mode"));
        check("valuestringnumberrequired", Some("value"));
        check("X-API-Keystringheaderrequired", Some("X-API-Key"));
        for text in ["company", "The string of it.", "data", "a string", "substrings"] {
            check(text, None);
        }
    }

    fn check(text: &str, expected: &[&str]) {
        let mut parts = Vec::new();
        let mut start = 0;
        for cut in cuts(text, true, false).into_iter().chain([text.len()]) {
            parts.push(&text[start..cut]);
            start = cut;
        }
        assert_eq!(parts, expected);
    }

    #[test]
    fn markers_are_cut_off_headings_labels_and_names() {
        check("headerrequiredSecret-Key", &["header", "required", "Secret-Key"]);
        check("requiredPath Parameters", &["required", "Path Parameters"]);
        check("requiredAllowed value:", &["required", "Allowed value:"]);
        check("headerrequired", &["header", "required"]);
        check("required(deprecated)", &["required", "(deprecated)"]);
        check("default:arequiredAvailable options:", &["default:a", "required", "Available options:"]);
        check("default:10The limit", &["default:10", "The limit"]);
        check("default:The", &["default:The"]);
        check("required- one", &["required", "- one"]);
        check("requiredRequired if set", &["required", "Required if set"]);
        check("required if it is set", &["required if it is set"]);
    }

    #[test]
    fn names_that_begin_like_a_marker_stay_whole() {
        check("required_by", &["required_by"]);
        check("headers", &["headers"]);
        check("required", &["required"]);
        check("header", &["header"]);
        check("requiredScopes", &["requiredScopes"]);
        check("必填范围: x >= 0", &["必填范围: x >= 0"]);
    }
}
