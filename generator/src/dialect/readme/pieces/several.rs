//! Pages with several operations: a heading above each of their request lines.
//!
//! A request line further down may be an example of a call as well. It is that of another operation where it stands
//! directly below a heading that speaks of no example, and where its path has no values.

use std::collections::HashSet;

use super::{Piece, PieceKind};
use crate::dialect::readme::request_line::RequestLine;

/// Makes beginnings of operations of the headings that stand above their request lines, where there are several.
pub(super) fn begin_operations(text: &str, pieces: &mut [Piece]) {
    let request = |piece: &Piece| match &piece.kind {
        PieceKind::Request(line) => Some((line.method.clone().ok()?, line.path.clone())),
        _ => None,
    };
    let Some(first) = pieces.iter().find_map(request) else { return };
    let mut known = HashSet::new();
    let mut begins = Vec::new();
    for (at, pair) in pieces.windows(2).enumerate() {
        let [heading, line] = pair else { continue };
        let PieceKind::Request(line) = &line.kind else { continue };
        let Ok(method) = line.method.clone() else { continue };
        // The first that names an operation begins it.
        if known.insert((method, line.path.clone())) && !has_values(line) && heads_operation(text, heading) {
            begins.push((at, (method, line.path.clone())));
        }
    }
    if begins.iter().all(|(_, operation)| *operation == first) {
        return;
    }
    for (at, _) in begins {
        let Some(piece) = pieces.get_mut(at) else { continue };
        piece.kind = match std::mem::replace(&mut piece.kind, PieceKind::Rule) {
            PieceKind::Heading { text, .. } => PieceKind::Operation(text),
            _ => PieceKind::Operation(String::new()),
        };
    }
}

/// Whether a piece is a heading that can be that of an operation, or the marks of one that is a request line itself.
fn heads_operation(text: &str, piece: &Piece) -> bool {
    match &piece.kind {
        PieceKind::Heading { text, section: None, .. } => !speaks_of_examples(text),
        PieceKind::Rule => {
            text.get(piece.range.clone()).is_some_and(|marks| marks.trim_start().starts_with('#'))
        }
        _ => false,
    }
}

fn speaks_of_examples(heading: &str) -> bool {
    heading.split(|c: char| !c.is_alphanumeric()).any(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "example"
                | "examples"
                | "sample"
                | "samples"
                | "see"
                | "also"
                | "related"
                | "usage"
                | "try"
                | "call"
                | "calls"
                | "webhook"
                | "webhooks"
                | "callback"
                | "callbacks"
                | "deprecated"
                | "note"
                | "notes"
        )
    })
}

/// Whether a path has values where its template has parameters.
fn has_values(line: &RequestLine) -> bool {
    line.path.split('/').any(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}
