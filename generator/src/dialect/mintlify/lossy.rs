//! Tells whether a page has lost too much to be read, and says so.
//!
//! Enter at [`find`] for a page with an operation, at [`refuse`] for one without. Where line breaks are lost too, fields that have
//! lost their names leave nothing but sentences behind, which merge with what stands before them: there, the names that samples
//! and the path show tell how many are missing.

use std::collections::HashSet;

use super::{
    endpoint::{self, Found},
    labels::Section,
    lines::Piece,
    sections::Part,
    shapes::unescape,
    untyped,
    words::OF_TYPE,
};
use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::Context,
    model::ParameterLocation,
};

/// The fewest words of a description, for counting how many fields prose could describe.
const FEWEST_WORDS: usize = 3;

/// Says why a page has no operation.
pub(super) fn refuse(cx: &mut Context<'_>, pieces: &[Piece], head: &[Piece], parts: &[Part]) {
    let (named, _) = counts(parts);
    let first = pieces.first().map_or(0..0, |piece| piece.range.clone());
    let has_sample = endpoint::first_command(head).is_some();
    let diagnostic = if named == 0 && (has_sample || !parts.is_empty()) {
        Diagnostic::new(
            codes::PAGE_TOO_LOSSY,
            cx.span(first),
            "page that has lost its fields' names, and its method and path or its sections",
        )
        .label("nothing here or below says which descriptions belong to which fields")
        .help("save the page again, as Markdown or as plain text, with its whole content")
    } else {
        Diagnostic::new(codes::NO_OPERATION, cx.span(first), "page without an operation")
            .label("neither a method with a path stands here or below, nor a `curl` command that has them")
            .help("leave the page out if it documents no operation")
    };
    cx.report(diagnostic);
}

/// The refusal of a page that has lost more names than it has kept.
pub(super) fn find(cx: &Context<'_>, pieces: &[Piece], parts: &[Part], found: &Found) -> Option<Diagnostic> {
    let (named, lost) = counts(parts);
    if lost <= named {
        return if cx.is_reflowed() { merged(cx, pieces, parts, found) } else { None };
    }
    let part = parts.iter().find(|part| part.scan.named_and_lost().1 > 0)?;
    let range = part.scan.drafts.iter().find(|draft| draft.name.is_none())?.range.clone();
    let heading = pieces.get(part.heading).map(|piece| cx.span(piece.range.clone())).unwrap_or_default();
    Some(
        Diagnostic::new(
            codes::PAGE_TOO_LOSSY,
            cx.span(range),
            format!("page that has lost the names of {lost} of its {} fields", named + lost),
        )
        .label("the first field without a name and a type")
        .related(heading, "in this section")
        .help("save the page again, as Markdown or as plain text, with its whole content"),
    )
}

/// How many fields have a name and how many have lost it; credentials do not count.
fn counts(parts: &[Part]) -> (usize, usize) {
    let counted = parts.iter().filter(|part| part.section != Some(Section::Authorizations));
    counted.map(|part| part.scan.named_and_lost()).fold((0, 0), |(a, b), (c, d)| (a + c, b + d))
}

/// The refusal of a page without line breaks of whose fields more names are missing than are there, although prose describes
/// them.
fn merged(cx: &Context<'_>, pieces: &[Piece], parts: &[Part], found: &Found) -> Option<Diagnostic> {
    let first = parts.first().map_or(pieces.len(), |part| part.heading);
    let shown = untyped::shown(pieces.get(..first).unwrap_or_default());
    let in_path = found.path.split('/').filter_map(|segment| segment.strip_prefix('{')?.strip_suffix('}'));
    let in_path: HashSet<String> = in_path.map(str::to_owned).collect();
    let (mut named, mut missing, mut at) = (0, 0, None);
    for part in parts {
        let wanted = match part.section {
            Some(Section::Body) => &shown.request,
            Some(Section::Response) => &shown.response,
            Some(Section::Parameters(ParameterLocation::Path)) => &in_path,
            _ => continue,
        };
        if is_of_type(cx, pieces, part) {
            continue;
        }
        let names = part.scan.drafts.iter().filter_map(|draft| draft.name.clone());
        let has: HashSet<String> = names.map(|name| unescape(cx.slice(name))).collect();
        named += has.len();
        let lacks = wanted.iter().filter(|name| !has.contains(name.as_str())).count();
        if lacks > 0 && described(cx, pieces, part) >= FEWEST_WORDS * (lacks + has.len()) {
            missing += lacks;
            at = at.or(pieces.get(part.heading));
        }
    }
    let heading = at.filter(|_| missing > 1 && missing > named)?;
    Some(
        Diagnostic::new(
            codes::PAGE_TOO_LOSSY,
            cx.span(heading.range.clone()),
            format!(
                "page without line breaks on which {missing} of {} fields cannot be found",
                named + missing
            ),
        )
        .label("samples and the path have them, and descriptions stand here or below without their names")
        .help("save the page again, as Markdown or as plain text, with its whole content"),
    )
}

/// Whether a section says itself that it lists no fields, only the type of the whole.
fn is_of_type(cx: &Context<'_>, pieces: &[Piece], part: &Part) -> bool {
    let within = pieces.get(part.pieces.clone()).unwrap_or_default();
    let mut lines = within.iter().map(|piece| cx.slice(piece.range.clone()));
    lines.any(|line| OF_TYPE.iter().any(|words| line.starts_with(words)))
}

/// How many words of prose a section has.
fn described(cx: &Context<'_>, pieces: &[Piece], part: &Part) -> usize {
    let within = pieces.get(part.pieces.clone()).unwrap_or_default();
    let drafts = part.scan.drafts.iter().flat_map(|draft| &draft.description);
    let prose =
        part.scan.intro.iter().chain(drafts).filter_map(|&at| within.get(at)).filter(|piece| piece.is_text());
    prose.map(|piece| cx.slice(piece.range.clone()).split_whitespace().count()).sum()
}
