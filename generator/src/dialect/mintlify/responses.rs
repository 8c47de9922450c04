//! The response section comes in, responses go out.
//!
//! Enter at [`read`]. The head states the status (`200 - application/json`, `200` then a media type,
//! `2004XX` where buttons of several statuses stand) or only describes (`OK`). A response that is described
//! by a reason phrase of RFC 9110 has that code; any other has the class `2XX`. Both are marked as inferred.

use serde_json::Value;

use super::{
    constraints::{describe, limit_whole},
    fields::Scan,
    head::Named,
    intro::Intro,
    labels,
    lines::{Kind, Piece},
    sections::{report_twice, sample},
};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::Context,
    model::{MediaType, Operation, Response, Sample, Schema, Status, Text, Type},
    source::Span,
};

/// Reads the section.
pub(super) fn read(
    cx: &mut Context<'_>,
    pieces: &[Piece],
    scan: &Scan,
    span: Span,
    named: &Named,
    operation: &mut Operation,
) {
    let (statuses, intro) = head(cx, pieces, scan, operation);
    intro.report_variants(cx);
    let description = describe(cx, pieces, &intro.prose);
    let mut schema = intro.schema(cx, pieces, &scan.drafts, span);
    limit_whole(cx, scan, &mut schema);
    let shows_body = statuses.first().is_some_and(|status| has_sample(operation, *status));
    let has_body = intro.media.is_some() || intro.states_type() || schema.ty != Type::Any || shows_body;
    let (status, inferred) = match statuses.first() {
        Some(&status) => (status, false),
        None => (infer(cx, description.as_ref(), only_success(operation, named), span), true),
    };
    let json = intro.media.as_ref().is_some_and(|media| media.value.contains("json"));
    if json && scan.drafts.is_empty() && matches!(schema.ty, Type::Object(_)) {
        let fails = statuses.iter().skip(1).any(|status| is_error(*status));
        label_sample(operation, status, fails);
    }
    let mut response = Response { inferred, description, ..Response::new(status, span) };
    if has_body {
        if intro.media.as_ref().is_some_and(|media| !media.value.contains("json")) && schema.ty == Type::Any {
            schema.ty = Type::File;
        }
        response.content.push(intro.media_type(schema, span));
    }
    match operation.responses.iter().find(|known| known.status == status) {
        Some(first) => {
            let first = first.span;
            report_twice(cx, span, first, &format!("response {status}"));
        }
        None => operation.responses.push(response),
    }
    for &status in statuses.iter().skip(1) {
        if has_sample(operation, status) {
            shown(operation, status, span);
        } else if operation.responses.iter().all(|known| known.status != status) {
            operation.responses.push(Response::new(status, span));
        }
    }
}

/// Says of the first response that the page shows that it is that of a status, where it shows none for that: the panel of
/// samples begins with the response whose type the page states, if that has a body. `fails` says whether the page states
/// that of a failure besides, whose sample it could be.
fn label_sample(operation: &mut Operation, wanted: Status, fails: bool) {
    if has_sample(operation, wanted) {
        return;
    }
    let shown = operation.samples.iter_mut().find_map(|sample| match sample {
        Sample::Response { status, json, .. } => {
            let own = is_error(wanted) || !is_of_error(json, fails);
            Some((status, json.is_object() && own))
        }
        _ => None,
    });
    if let Some((status @ None, true)) = shown {
        *status = Some(wanted);
    }
}

/// Whether a status is that of a failure.
fn is_error(status: Status) -> bool {
    matches!(status, Status::Code(400..) | Status::Class(4..))
}

/// Whether JSON has no members but those of an error. Successes can have all of them but the error itself, so the others
/// count only where the page states a failure.
fn is_of_error(json: &Value, fails: bool) -> bool {
    const ERROR: [&str; 2] = ["error", "errors"];
    const BESIDE: [&str; 8] =
        ["message", "code", "detail", "details", "status", "statusCode", "status_code", "success"];
    let Some(members) = json.as_object() else { return false };
    let is_any = |names: &[&str], name: &str| names.contains(&name);
    let evident = fails || members.keys().any(|name| is_any(&ERROR, name));
    evident && !members.is_empty() && members.keys().all(|name| is_any(&ERROR, name) || is_any(&BESIDE, name))
}

/// Adds a response of which the page has no more than its status and a sample, unless it is known.
pub(super) fn shown(operation: &mut Operation, status: Status, span: Span) {
    if operation.responses.iter().any(|known| known.status == status) {
        return;
    }
    let mut response = Response::new(status, span);
    let name = Text::new("application/json", span);
    response.content.push(MediaType { name, inferred: true, schema: Schema::new(Type::Any, span) });
    operation.responses.push(response);
}

/// Says which statuses the page names above its samples and shows nothing of: neither a sample nor a response.
pub(super) fn report_unprinted(cx: &mut Context<'_>, operation: &Operation, named: &Named) {
    let covers = |response: &Response, status: Status| {
        response.status == status || (response.status == Status::Class(2) && !is_error(status))
    };
    let known = |status: Status| {
        has_sample(operation, status) || operation.responses.iter().any(|response| covers(response, status))
    };
    let unknown = || named.iter().filter(|(status, _)| !known(**status));
    let Some((_, &span)) = unknown().next() else { return };
    let listed: Vec<String> = unknown().map(|(status, _)| format!("`{status}`")).collect();
    cx.report(
        Diagnostic::new(
            codes::VARIANT_NOT_SHOWN,
            span,
            format!("statuses whose responses the page does not show: {}", listed.join(", ")),
        )
        .label("only a button names them")
        .help("they are read as undocumented: their bodies are kept as they come"),
    );
}

/// Reads what stands before the first field: the statuses, and all that bodies have too.
fn head(
    cx: &mut Context<'_>,
    pieces: &[Piece],
    scan: &Scan,
    operation: &mut Operation,
) -> (Vec<Status>, Intro) {
    let mut intro = Intro::default();
    let mut statuses: Vec<Status> = Vec::new();
    let mut shown: Option<Status> = None;
    for &at in &scan.intro {
        let Some(piece) = pieces.get(at) else { continue };
        let text = cx.slice(piece.range.clone());
        if let Some((found, media)) = status_line(text).filter(|_| piece.is_text()) {
            cx.claim(piece.range.clone(), Claim::Fact);
            shown = found.last().copied();
            statuses.extend(found);
            if intro.media.is_none() {
                intro.media = media.map(|media| Text::new(media, cx.span(piece.range.clone())));
            }
        } else if matches!(piece.kind, Kind::Json(_) | Kind::Curl(_)) {
            sample(cx, pieces, at, shown, operation);
        } else if heads_a_sample(cx, pieces, at) && !statuses.is_empty() {
            cx.claim(piece.range.clone(), Claim::Example);
        } else {
            intro.take(cx, pieces, at, operation);
        }
    }
    (statuses, intro)
}

/// Whether the page shows JSON for a status.
fn has_sample(operation: &Operation, wanted: Status) -> bool {
    operation.samples.iter().any(|sample| match sample {
        Sample::Response { status, .. } => *status == Some(wanted),
        _ => false,
    })
}

/// The status of all samples of successes, if it is one and the page names no other, and where the first stands.
fn only_success(operation: &Operation, named: &Named) -> Option<(u16, Span)> {
    let success = |status: Status, span: Span| match status {
        Status::Code(code @ 200..300) => Some((code, span)),
        _ => None,
    };
    let shown = operation.samples.iter().filter_map(|sample| match sample {
        Sample::Response { status: Some(status), span, .. } => success(*status, *span),
        _ => None,
    });
    let mut found = shown.chain(named.iter().filter_map(|(&status, &span)| success(status, span)));
    let first = found.next()?;
    found.all(|(code, _)| code == first.0).then_some(first)
}

/// The status of a response that the page only describes.
fn infer(
    cx: &mut Context<'_>,
    description: Option<&Text>,
    sampled: Option<(u16, Span)>,
    span: Span,
) -> Status {
    let reason = description.and_then(|description| {
        let first = description.value.lines().next()?;
        let stated = labels::status_with_reason(first).map(|code| (code, "this begins with the phrase of"));
        let named = || Some((labels::status_of_reason(first)?, "this is the reason phrase of"));
        Some((stated.or_else(named)?, description.span))
    });
    let (status, span, label) = match (reason, sampled) {
        (Some(((code, how), span)), _) => (Status::Code(code), span, format!("{how} {code} in RFC 9110")),
        (None, Some((code, span))) => {
            (Status::Code(code), span, format!("the samples are of no other success than {code}"))
        }
        (None, None) => (Status::Class(2), span, "nothing here says which; any 2XX counts".to_owned()),
    };
    cx.report(
        Diagnostic::new(codes::STATUS_FROM_REASON, span, "response without a status")
            .label(label)
            .help("give the status in a corrected copy of the page if it is another"),
    );
    status
}

/// A short line over a sample: `Example`, `Error response`.
fn heads_a_sample(cx: &Context<'_>, pieces: &[Piece], at: usize) -> bool {
    let Some(piece) = pieces.get(at).filter(|piece| piece.is_text()) else { return false };
    let text = cx.slice(piece.range.clone());
    let short = text.len() <= 60 && !text.ends_with('.') && !super::is_media_type(text);
    let next = pieces.get(at + 1);
    let before_status =
        next.is_some_and(|next| next.is_text() && status_line(cx.slice(next.range.clone())).is_some());
    let before_sample =
        |at: usize| pieces.get(at).is_some_and(|piece| matches!(piece.kind, Kind::Json(_) | Kind::Curl(_)));
    short && (before_sample(at + 1) || (before_status && before_sample(at + 2)))
}

/// What the product prints in the place of the media type of a response that has no content.
const NO_MEDIA: &str = "undefined";

/// `200`, `200 - application/json`, `200 - undefined`, `2004XX`, `default - application/json`.
pub(super) fn status_line(text: &str) -> Option<(Vec<Status>, Option<String>)> {
    let (codes, media) = match text.split_once(" - ") {
        Some((codes, media)) if super::is_media_type(media.trim()) => (codes, Some(media.trim().to_owned())),
        Some((codes, NO_MEDIA)) => (codes, None),
        Some(_) => return None,
        None => (text, None),
    };
    let mut statuses = Vec::new();
    let mut rest = codes.trim();
    while !rest.is_empty() {
        let length = if rest.starts_with("default") { "default".len() } else { 3 };
        statuses.push(rest.get(..length)?.parse().ok()?);
        rest = rest.get(length..)?.trim_start();
    }
    (!statuses.is_empty()).then_some((statuses, media))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown = status_line(text).map_or("none".to_owned(), |(statuses, media)| {
            let statuses: Vec<_> = statuses.iter().map(ToString::to_string).collect();
            format!("{} {}", statuses.join(","), media.unwrap_or_default())
        });
        assert_eq!(shown.trim(), expected, "{text}");
    }

    #[test]
    fn statuses_are_read_alone_glued_and_with_media() {
        check("200", "200");
        check("2004XX", "200,4XX");
        check("200400default", "200,400,default");
        check("200 default", "200,default");
        check("default - application/json", "default application/json");
        check("204 - undefined", "204");
        check("201 - application/problem+json", "201 application/problem+json");
        for text in ["OK", "2000", "200 OK", "200 - all is well", ""] {
            check(text, "none");
        }
    }
}
