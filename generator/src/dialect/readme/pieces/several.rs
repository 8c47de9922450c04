//! Pages with several operations: a heading above each of their request lines, which may be code.
//!
//! A request line further down may be an example of a call as well. It is that of another operation where it stands
//! below a heading that speaks of no example, and where its path has no values: directly, or with prose between, where
//! the first operation of the page has such a heading of the same level.

use std::collections::HashSet;

use super::{Piece, PieceKind};
use crate::{
    dialect::readme::request_line::{RequestLine, read_request_line},
    model::HttpMethod,
};

/// How many paragraphs may stand between a heading and its request line.
const MOST_BETWEEN: usize = 3;

/// The beginning of an operation: its heading, the heading's level, and whether the request line stands right below.
struct Begin {
    at: usize,
    level: Option<u8>,
    direct: bool,
    operation: (HttpMethod, String),
}

/// Makes beginnings of operations of the headings that stand above their request lines, where there are several.
pub(super) fn begin_operations(text: &str, pieces: &mut [Piece]) {
    let mut begins = begins(text, pieces);
    let Some(first) = pieces.iter().find_map(|piece| operation(&request(piece)?)) else { return };
    // Below an operation that has no such heading, lines with prose above them are examples.
    let level = begins.first().filter(|begin| begin.operation == first).and_then(|begin| begin.level);
    let several = level.is_some() && begins.iter().filter(|begin| begin.level == level).count() > 1;
    begins.retain(|begin| begin.direct || (several && begin.level == level));
    if begins.iter().all(|begin| begin.operation == first) {
        return;
    }
    for Begin { at, .. } in begins {
        let Some(piece) = pieces.get_mut(at) else { continue };
        piece.kind = match std::mem::replace(&mut piece.kind, PieceKind::Rule) {
            PieceKind::Heading { text, .. } => PieceKind::Operation(text),
            _ => PieceKind::Operation(String::new()),
        };
    }
}

/// The headings that can be those of operations, each with the first request line that names it.
fn begins(text: &str, pieces: &[Piece]) -> Vec<Begin> {
    let mut known = HashSet::new();
    let mut begins = Vec::new();
    // The last heading, and what stands between.
    let mut heading: Option<(usize, &Piece)> = None;
    for (at, piece) in pieces.iter().enumerate() {
        if let Some(line) = request(piece) {
            let above = heading.take().filter(|(_, heading)| heads_operation(text, heading));
            // The first that names an operation begins it.
            if let (Some(operation), Some((above, heading))) = (operation(&line), above)
                && known.insert(operation.clone())
                && !has_values(&line)
            {
                let level = match heading.kind {
                    PieceKind::Heading { level, .. } => Some(level),
                    _ => None,
                };
                begins.push(Begin { at: above, level, direct: above + 1 == at, operation });
            } else if let Some(operation) = operation(&line) {
                known.insert(operation);
            }
            continue;
        }
        match &piece.kind {
            PieceKind::Heading { .. } | PieceKind::Rule => heading = Some((at, piece)),
            PieceKind::Prose | PieceKind::Callout(_) => {
                heading = heading.filter(|(above, _)| at - above <= MOST_BETWEEN);
            }
            _ => heading = None,
        }
    }
    begins
}

/// The request line that a piece is, or that its code begins with.
pub(super) fn request(piece: &Piece) -> Option<RequestLine> {
    match &piece.kind {
        PieceKind::Request(line) => Some(line.clone()),
        PieceKind::Code { code, .. } => read_request_line(code.trim().lines().next()?),
        _ => None,
    }
}

fn operation(line: &RequestLine) -> Option<(HttpMethod, String)> {
    Some((line.method.clone().ok()?, line.path.clone()))
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
