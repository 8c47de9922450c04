//! Lines that give one part of a request: `**Method:** POST`, `Endpoint: POST /path`, `**URL**: https://…`.
//!
//! A line comes in, a [`KeyLine`] goes out ([`read_key_line`]); `None` where it is no such line, or where more
//! than the part stands on it.

use std::ops::Range;

use super::{
    request_line::{read_request_line, unlinked},
    tables::plain,
    translated::english,
};
use crate::model::HttpMethod;

/// What a line gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum KeyLine {
    /// The whole request, from an offset of the line on.
    Request(usize),
    /// The method.
    Method(HttpMethod),
    /// A path or URL, and where it stands in the line.
    Target(Range<usize>),
    /// The media type of the request's body, and where it stands in the line.
    Media(Range<usize>),
}

/// What a key asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Key {
    Method,
    /// A path or URL, or the whole request.
    Target,
    /// The media type of the request's body.
    Media,
}

/// What a word or two before a value ask for.
pub(super) fn key(text: &str) -> Option<Key> {
    let text = text.trim().trim_end_matches([':', '：']).to_lowercase();
    Some(match english(&text).unwrap_or(&text) {
        "method" | "http method" | "request method" | "http verb" | "verb" => Key::Method,
        "request type"
        | "content type"
        | "content-type"
        | "request content type"
        | "request content-type" => Key::Media,
        "url" | "uri" | "endpoint" | "path" | "request url" | "request uri" | "resource uri" | "api url"
        | "endpoint url" | "api endpoint" | "resource url" | "request endpoint" | "http request"
        | "request" => Key::Target,
        _ => return None,
    })
}

/// The longest key, in bytes, marks included.
const MAX_KEY: usize = 40;

/// Reads a line.
pub(super) fn read_key_line(line: &str) -> Option<KeyLine> {
    behind_colon(line).or_else(|| behind_dash(line))
}

/// `**URL** - GET /path`: what stands behind a bold key may be set off by a dash.
fn behind_dash(line: &str) -> Option<KeyLine> {
    let at = ["** - ", "** – ", "** — "].into_iter().find_map(|dash| Some((line.find(dash)?, dash.len())));
    let (at, length) = at.filter(|(at, _)| *at <= MAX_KEY)?;
    let key = plain(line.get(..at)?.trim_matches(['*', ' '])).to_lowercase();
    read_answer(self::key(&key)?, line, at + length)
}

fn behind_colon(line: &str) -> Option<KeyLine> {
    let (colon, mark) =
        line.char_indices().find(|(_, c)| matches!(c, ':' | '：')).filter(|(at, _)| *at <= MAX_KEY)?;
    let key = plain(line.get(..colon)?.trim_matches(['*', '_', ' ', '-', '#'])).to_lowercase();
    read_answer(self::key(&key)?, line, colon + mark.len_utf8())
}

/// Reads a line that holds nothing but what a key asks for.
pub(super) fn read_value(key: Key, line: &str) -> Option<KeyLine> {
    read_answer(key, line, 0)
}

/// What stands on a line from an offset on, as an answer to a key.
fn read_answer(key: Key, line: &str, from: usize) -> Option<KeyLine> {
    let marks = |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '`' | '\\');
    let start = line.len() - line.get(from..)?.trim_start_matches(marks).len();
    let value = line.get(start..)?.trim_end_matches(marks);
    match key {
        Key::Method => value.parse().ok().map(KeyLine::Method),
        Key::Media => is_media_type(value).then_some(KeyLine::Media(start..start + value.len())),
        Key::Target => {
            if read_request_line(value).is_some() {
                return Some(KeyLine::Request(start));
            }
            let shown = unlinked(value);
            let start = start + shown.start;
            let value = value.get(shown)?;
            let path = value.starts_with('/') || value.contains("://");
            let one = path && !value.contains(|c: char| c.is_whitespace() || "`<[(".contains(c));
            one.then_some(KeyLine::Target(start..start + value.len()))
        }
    }
}

/// Whether a text is the media type of a body.
pub(super) fn is_media_type(text: &str) -> bool {
    let named = |c: char| c.is_ascii_alphanumeric() || "+-._".contains(c);
    text.split_once('/').is_some_and(|(top, sub)| {
        matches!(top, "application" | "multipart" | "text") && !sub.is_empty() && sub.chars().all(named)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_request_have_lines_of_their_own() {
        assert_eq!(read_key_line("**Method:** `POST`  "), Some(KeyLine::Method(HttpMethod::Post)));
        assert_eq!(read_key_line("Method: POST"), Some(KeyLine::Method(HttpMethod::Post)));
        assert_eq!(read_key_line("**URL**: `https://a.example/b`"), Some(KeyLine::Target(10..29)));
        assert_eq!(
            read_key_line("URL: [https://a.example/b](https://a.example/b)"),
            Some(KeyLine::Target(6..25))
        );
        assert_eq!(read_key_line("URL: <https://a.example/b>"), Some(KeyLine::Target(6..25)));
        assert_eq!(read_key_line("Request type: `text/plain`"), Some(KeyLine::Media(15..25)));
        assert_eq!(read_key_line("Endpoint: POST /a"), Some(KeyLine::Request(10)));
        assert_eq!(read_key_line("**Endpoint:** `POST` `/a`"), Some(KeyLine::Request(15)));
        assert_eq!(read_key_line("**URL** - GET <https://a.example/b>"), Some(KeyLine::Request(10)));
    }

    #[test]
    fn prose_gives_no_part() {
        for line in [
            "URL: see below",
            "Content-Type: JSON",
            "Path: /a or /b",
            "Method: any",
            "Note: /a",
            "the url",
            "URL: [a](/b)",
        ] {
            assert_eq!(read_key_line(line), None, "{line}");
        }
    }
}
