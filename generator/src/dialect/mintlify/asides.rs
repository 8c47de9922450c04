//! What stands below a heading of the vendor's own, among the sections of the product or after them.
//!
//! Enter at [`opens`], which tells such a heading where a copy has kept no mark of it, and [`read`]: prose and fields are
//! part of the operation's description, samples are samples, and a status above one is a response's.

use super::{
    constraints::describe,
    labels::{self, Section},
    lines::{Kind, Piece},
    responses::{shown, status_line},
    sections::{Part, append, sample},
};
use crate::{
    claims::Claim,
    dialect::Context,
    model::{Operation, Sample, Status},
};

/// Whether a line is a vendor's heading that ends a section; `typed` says whether a field's type stands in it. Above
/// the first field, what heads a sample is part of the section.
pub(super) fn opens(cx: &Context<'_>, pieces: &[Piece], at: usize, typed: bool) -> bool {
    let text = |piece: &Piece| cx.slice(piece.range.clone());
    let next = pieces.get(at + 1);
    let alone = next.is_none_or(|next| next.gap || !next.is_text());
    let begins = pieces
        .get(at)
        .is_some_and(|piece| piece.gap && matches!(piece.kind, Kind::Text) && labels::is_aside(text(piece)));
    let heads = next.is_some_and(|next| !next.is_text() || status_line(text(next)).is_some());
    begins && alone && (typed || !heads)
}

/// Reads what stands below the heading.
pub(super) fn read(cx: &mut Context<'_>, pieces: &[Piece], part: &Part, operation: &mut Operation) {
    let Some(heading) = pieces.get(part.heading) else { return };
    let title = cx.slice(heading.range.clone());
    let within = pieces.get(part.pieces.clone()).unwrap_or_default();
    if let [Piece { kind: Kind::Json(json), range, .. }] = within
        && labels::section(title) == Some(Section::Body)
    {
        // The form to send a request with shows what is sent.
        cx.claim(heading.range.clone(), Claim::Furniture);
        cx.claim(range.clone(), Claim::Example);
        let span = cx.span(range.clone());
        operation.samples.push(Sample::Request { json: json.clone(), span });
        return;
    }
    // What errors look like tells nothing of what success does.
    let of_errors = |title: &str| title.contains("Error") || title.contains("error");
    let mut errors = of_errors(title);
    let mut status: Option<Status> = None;
    for at in part.heading..part.pieces.end {
        let Some(piece) = pieces.get(at) else { break };
        let text = cx.slice(piece.range.clone());
        let heads = pieces.get(at + 1).is_some_and(|next| !next.is_text());
        match &piece.kind {
            Kind::Json(_) if errors && status.is_none() => cx.claim(piece.range.clone(), Claim::Example),
            Kind::Json(_) | Kind::Curl(_) => sample(cx, pieces, at, status, operation),
            Kind::Anchor(_) => cx.claim(piece.range.clone(), Claim::Furniture),
            _ if labels::is_furniture(text) => cx.claim(piece.range.clone(), Claim::Furniture),
            _ if heads && status_line(text).is_some() => {
                status = status_line(text).and_then(|(found, _)| found.last().copied());
                cx.claim(piece.range.clone(), Claim::Fact);
                if let Some(status) = status {
                    shown(operation, status, cx.span(piece.range.clone()));
                }
            }
            _ if labels::is_aside(text) && heads => {
                errors = of_errors(text);
                cx.claim(piece.range.clone(), Claim::Example);
            }
            _ => {
                let text = describe(cx, pieces, &[at]);
                append(&mut operation.description, text, piece.gap);
            }
        }
    }
}
