//! The statuses that headings name.
//!
//! Numbers begin other headings, too: one is a status where nothing, a separator or the name of a status follows it
//! ([`leading_status`]), or where the heading above is one of responses ([`loose_status`]).

use super::key_line::is_media_type;
use crate::model::Status;

/// `200`, `200 OK`, `Response 404`, `Success (200)`, `HTTP 200`, `2XX`. A number alone begins other headings too: `200
/// requests per minute`. What follows it must be the name of a status, or be set off.
pub(super) fn leading_status(text: &str) -> Option<Status> {
    let mut named = text;
    for word in ["sample", "example", "success", "successful", "error", "http", "response", "status", "code"]
    {
        named = named.strip_prefix(word).unwrap_or(named).trim_start_matches([' ', ':', '-', '–', '—', '(']);
    }
    let (status, behind) = numbered(named)?;
    (named.len() < text.len() || is_reason(behind)).then_some(status)
}

/// The status that a heading begins with, whatever follows, as headings below one of responses do: `200 Lamps by room`.
pub(super) fn loose_status(heading: &str) -> Option<Status> {
    numbered(heading.trim()).map(|(status, _)| status)
}

fn numbered(text: &str) -> Option<(Status, &str)> {
    let first = text.split([' ', ':', '-', ')']).next()?;
    let status = first.parse().ok().filter(|status| *status != Status::Default)?;
    Some((status, text.get(first.len()..)?))
}

/// Whether what follows a number makes it a status: nothing, a separator, a media type, or what a status is called.
fn is_reason(behind: &str) -> bool {
    let behind = behind.trim();
    if !behind.starts_with(char::is_alphanumeric) || is_media_type(behind) {
        return true;
    }
    let end = behind.find([':', '(', '–', '—', ',', '.']).or_else(|| behind.find(" - "));
    let reason = behind.get(..end.unwrap_or(behind.len())).unwrap_or_default().trim();
    let tells = |word: Option<&str>| {
        word.is_some_and(|word| {
            matches!(
                word,
                "ok" | "success"
                    | "successful"
                    | "successfully"
                    | "created"
                    | "accepted"
                    | "response"
                    | "responses"
                    | "error"
                    | "errors"
                    | "failure"
                    | "failed"
                    | "invalid"
                    | "unauthorized"
                    | "unauthorised"
                    | "unauthenticated"
                    | "forbidden"
                    | "denied"
                    | "found"
                    | "gone"
                    | "conflict"
                    | "unavailable"
                    | "locked"
            )
        })
    };
    REASONS.contains(&reason)
        || tells(reason.split_whitespace().next())
        || tells(reason.split_whitespace().next_back())
}

/// The status of a success that a sentence about a response tells: ``It returns `201 Created` ``, `with status code 204`.
pub(super) fn told_status(sentence: &str) -> Option<Status> {
    let words = sentence.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    let words: Vec<&str> = words.collect();
    let told = |at: usize, word: &&str| {
        let status = word.parse().ok().filter(|status| matches!(status, Status::Code(200..=299)))?;
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
        let behind = words.get(at + 1).copied().unwrap_or_default();
        let is = |word: &str, known: &[&str]| known.iter().any(|known| word.eq_ignore_ascii_case(known));
        let named =
            is(before, &["status", "code", "http"]) || is(behind, &["ok", "created", "accepted", "status"]);
        let empty = is(behind, &["no"]) && words.get(at + 2).is_some_and(|word| is(word, &["content"]));
        (named || empty).then_some(status)
    };
    let mut found = words.iter().enumerate().filter_map(|(at, word)| told(at, word));
    let first = found.next()?;
    found.all(|status| status == first).then_some(first)
}

/// What a heading says of the status that it names: `### 201 - The lamp was added`. The names of statuses say nothing.
pub(super) fn said_of_status(heading: &str) -> Option<&str> {
    let at = heading.find(|c: char| c.is_ascii_digit())?;
    let said =
        heading.get(at + 3..)?.trim_start_matches(|c: char| c.is_whitespace() || "*_`:-–—)".contains(c));
    let said = said.trim_end_matches(|c: char| c.is_whitespace() || "*_`:#–—".contains(c));
    let named = REASONS.contains(&said.to_lowercase().as_str());
    (!named && said.contains(' ')).then_some(said).filter(|said| !said.contains(['[', '<', '"']))
}

/// What is called like a status, or like any of its kind.
const REASONS: [&str; 40] = [
    "no content",
    "reset content",
    "partial content",
    "multi-status",
    "moved permanently",
    "see other",
    "not modified",
    "temporary redirect",
    "permanent redirect",
    "bad request",
    "payment required",
    "not found",
    "method not allowed",
    "not acceptable",
    "request timeout",
    "length required",
    "precondition failed",
    "payload too large",
    "content too large",
    "request entity too large",
    "uri too long",
    "unsupported media type",
    "range not satisfiable",
    "expectation failed",
    "misdirected request",
    "unprocessable entity",
    "unprocessable content",
    "failed dependency",
    "too early",
    "upgrade required",
    "too many requests",
    "internal server error",
    "not implemented",
    "bad gateway",
    "service unavailable",
    "gateway timeout",
    "server error",
    "successful response",
    "success response",
    "error response",
];
