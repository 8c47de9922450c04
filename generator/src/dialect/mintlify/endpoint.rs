//! The method and the path that an operation is named by, and where a page has them.
//!
//! Enter at [`find`], which claims nothing. The path comes one segment a line; segments can lose their slashes, so the
//! `curl` command has the last word on where they stand. A page that prints neither has them in the command alone.

use std::ops::Range;

use super::{
    labels,
    lines::{Kind, Piece},
    shapes::unescape,
};
use crate::{curl::Command, dialect::Context, model::HttpMethod};

/// The most segments of a path.
const MAX_SEGMENTS: usize = 64;
/// What stands in the place of the method where the vendor sends the request.
pub(super) const WEBHOOK: &str = "WEBHOOK";
/// The longest variable that stands for a server, in bytes.
const MAX_VARIABLE: usize = 80;
/// The longest name of a webhook, in bytes.
const MAX_WEBHOOK: usize = 200;

/// Where the operation is named.
#[derive(Debug)]
pub(super) struct Found {
    /// The method.
    pub(super) method: HttpMethod,
    /// The path template.
    pub(super) path: String,
    /// Where they stand.
    pub(super) range: Range<usize>,
    /// The pieces that they take up.
    pub(super) pieces: Range<usize>,
    /// The pieces among them that are servers to choose from.
    pub(super) servers: Range<usize>,
    /// Whether only the sample has them.
    pub(super) from_sample: bool,
    /// Whether the vendor sends the request: then `path` is a name.
    pub(super) webhook: bool,
}

/// Finds method and path among the pieces before the first section.
pub(super) fn find(cx: &Context<'_>, pieces: &[Piece]) -> Option<Found> {
    let command = first_command(pieces);
    let url_path = command.and_then(|command| command.url.as_deref()).map(url_path).unwrap_or_default();
    pieces
        .iter()
        .enumerate()
        .filter(|(_, piece)| piece.is_text())
        .find_map(|(at, piece)| printed(cx, pieces, at, piece, url_path).or_else(|| webhook(cx, pieces, at)))
        .or_else(|| from_command(pieces))
}

pub(super) fn first_command(pieces: &[Piece]) -> Option<&Command> {
    pieces.iter().find_map(|piece| match &piece.kind {
        Kind::Curl(command) => Some(&**command),
        _ => None,
    })
}

/// Method and path that the page prints from a piece on.
fn printed(cx: &Context<'_>, pieces: &[Piece], at: usize, piece: &Piece, url_path: &str) -> Option<Found> {
    let text = cx.slice(piece.range.clone()).trim_matches('*');
    let word = text.split(|c: char| !c.is_ascii_uppercase()).next().unwrap_or_default();
    let method: HttpMethod = if word == "DEL" { HttpMethod::Delete } else { word.parse().ok()? };
    let rest = text.get(word.len()..)?.trim();
    if !rest.is_empty() {
        // `GET /users/{id}` on one line.
        let path = rest.trim_matches('`');
        let path = untitled(cx, pieces.get(..at).unwrap_or_default(), path, url_path).unwrap_or(path);
        if !path.starts_with('/') || path.contains(char::is_whitespace) {
            return None;
        }
        let path = braced(&unescape(path));
        return Some(Found {
            method,
            path,
            range: piece.range.clone(),
            pieces: at..at + 1,
            servers: 0..0,
            from_sample: false,
            webhook: false,
        });
    }
    let mut path = String::new();
    let mut best: Option<(String, usize)> = None;
    // The servers to choose from stand before the path.
    let servers = pieces.iter().skip(at + 1).take_while(|piece| is_server(cx, piece)).count();
    let slash =
        |at: usize| pieces.get(at).is_some_and(|piece| cx.slice(piece.range.clone()).starts_with('/'));
    let variable = pieces.get(at + 1 + servers).filter(|_| slash(at + 2 + servers));
    let variable = variable.is_some_and(|piece| server_variable(cx.slice(piece.range.clone())).is_some());
    let servers = at + 1..at + 1 + servers + usize::from(variable);
    let mut end = servers.end;
    let mut plain = true;
    for (next, piece) in pieces.iter().enumerate().skip(end).take(2 * MAX_SEGMENTS) {
        let segment = cx.slice(piece.range.clone());
        if !piece.is_text() || !is_segment(segment) {
            break;
        }
        let segment = &*unescape(segment);
        // Where every slash is there, slashes and segments alternate.
        plain = plain && (segment.starts_with('/') || path.ends_with('/'));
        path.push_str(segment);
        if plain {
            best = Some((path.clone(), next + 1));
        }
        if let Some(whole) = suffix_without_slashes(url_path, &path) {
            best = Some((whole.to_owned(), next + 1));
            end = next + 1;
        }
    }
    let (mut path, reached) = best?;
    end = end.max(reached);
    // A page by hand can name the whole URL, which the product prints behind its slash.
    let whole = path.starts_with("/https://") || path.starts_with("/http://");
    if whole {
        path = match self::url_path(&path) {
            "" => "/".to_owned(),
            path => path.to_owned(),
        };
    }
    let servers = if whole { servers.start..end } else { servers };
    let path = braced(&path);
    let last = pieces.get(end - 1)?.range.end;
    let range = piece.range.start..last;
    Some(Found { method, path, range, pieces: at..end, servers, from_sample: false, webhook: false })
}

/// A path that the page's title is glued to, and a button to the title: `/tides/{id}Get tidesCopy`. The path is that of
/// the command, and the title stands above, alone or with the button.
fn untitled<'a>(cx: &Context<'_>, above: &[Piece], glued: &'a str, url_path: &str) -> Option<&'a str> {
    /// How many lines above are looked at.
    const REACH: usize = 256;
    let known = |title: &str| {
        let mut lines = above.iter().rev().take(REACH).filter(|piece| piece.is_text());
        lines.any(|piece| cx.slice(piece.range.clone()) == title)
    };
    let paths = url_path.match_indices('/').take(MAX_SEGMENTS).filter_map(|(at, _)| url_path.get(at..));
    let mut cuts = paths.filter_map(|path| glued.strip_prefix(path).map(|title| (path.len(), title)));
    let (length, title) = cuts.next()?;
    let alone = labels::before_copy(title).unwrap_or(title);
    (!title.is_empty() && (known(title) || known(alone))).then(|| glued.get(..length)).flatten()
}

/// The name of a webhook, below the word that stands in the place of a method.
fn webhook(cx: &Context<'_>, pieces: &[Piece], at: usize) -> Option<Found> {
    let text = |at: usize| {
        let piece = pieces.get(at).filter(|piece| piece.is_text())?;
        Some(cx.slice(piece.range.clone()))
    };
    let name = text(at + 1).filter(|_| text(at) == Some(WEBHOOK))?;
    if name.len() > MAX_WEBHOOK || labels::section(name).is_some() || labels::is_furniture(name) {
        return None;
    }
    let range = pieces.get(at)?.range.start..pieces.get(at + 1)?.range.end;
    Some(Found {
        method: HttpMethod::Post,
        path: unescape(name),
        range,
        pieces: at..at + 2,
        servers: 0..0,
        from_sample: false,
        webhook: true,
    })
}

/// Method and path of the first command anywhere on a page whose head prints a method and has lost its path: a
/// browser's copy puts the samples last.
pub(super) fn find_below(cx: &Context<'_>, head: &[Piece], pieces: &[Piece]) -> Option<Found> {
    let found = from_command(pieces)?;
    let prints = |piece: &Piece| cx.slice(piece.range.clone()).parse() == Ok(found.method);
    head.iter().any(|piece| piece.is_text() && prints(piece)).then_some(found)
}

/// Method and path that only the `curl` command has.
fn from_command(pieces: &[Piece]) -> Option<Found> {
    let command = first_command(pieces)?;
    let (method, url) = method_and_url(command)?;
    let path = url_path(url).to_owned();
    let path = if path.is_empty() { "/".to_owned() } else { path };
    Some(Found {
        method,
        path,
        range: command.url_range.clone(),
        pieces: 0..0,
        servers: 0..0,
        from_sample: true,
        webhook: false,
    })
}

/// The method that a command sends, and where to.
pub(super) fn method_and_url(command: &Command) -> Option<(HttpMethod, &str)> {
    Some((command.sent_method().ok()?, command.url.as_deref()?))
}

/// Whether a line is nothing but URLs without a path's parameters: servers.
fn is_server(cx: &Context<'_>, piece: &Piece) -> bool {
    let text = cx.slice(piece.range.clone());
    let url = text.starts_with("https://") || text.starts_with("http://");
    url && matches!(piece.kind, Kind::Text) && !text.contains(char::is_whitespace)
}

/// The name of the variable that a line is, in its braces: it stands for a whole server.
pub(super) fn server_variable(text: &str) -> Option<&str> {
    let name = text.strip_prefix('{')?.strip_suffix('}')?;
    (!name.is_empty() && !name.contains(['{', '}', '/']) && text.len() <= MAX_VARIABLE).then_some(name)
}

fn is_segment(text: &str) -> bool {
    text.len() <= 256
        && !text.contains(char::is_whitespace)
        && !text.contains(['"', '`', '<', '[', '('])
        && labels::section(text).is_none()
}

/// The end of `url_path` that has the same characters as `path`, slashes aside, and begins with one. A last slash is the
/// path's own: commands that people write have one too many.
pub(super) fn suffix_without_slashes<'u>(url_path: &'u str, path: &str) -> Option<&'u str> {
    let url_path = if path.ends_with('/') { url_path } else { url_path.trim_end_matches('/') };
    let mut wanted = path.chars().rev().filter(|&c| c != '/').peekable();
    wanted.peek()?;
    let mut chars = url_path.char_indices().rev().filter(|&(_, c)| c != '/');
    let mut start = 0;
    for c in wanted {
        let (at, found) = chars.next()?;
        if found != c {
            return None;
        }
        start = at;
    }
    let start = start.checked_sub(1)?;
    url_path.get(start..).filter(|suffix| suffix.starts_with('/'))
}

/// `:id` in the braces of OpenAPI.
pub(super) fn braced(path: &str) -> String {
    let segments = path.split('/').map(|segment| match segment.strip_prefix(':') {
        Some(name) if !name.is_empty() => format!("{{{name}}}"),
        _ => segment.to_owned(),
    });
    segments.collect::<Vec<_>>().join("/")
}

/// A URL's path, without query.
pub(super) fn url_path(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default();
    path.split(['?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lost_slashes_are_found_in_the_url() {
        assert_eq!(suffix_without_slashes("/api/users/{id}", "/users{id}"), Some("/users/{id}"));
        assert_eq!(suffix_without_slashes("/api/users", "/users"), Some("/users"));
        assert_eq!(suffix_without_slashes("/api/users", "/teams"), None);
        assert_eq!(suffix_without_slashes("/users", ""), None);
        assert_eq!(suffix_without_slashes("/superusers", "/users"), None);
        assert_eq!(suffix_without_slashes("/api/users/", "/users"), Some("/users"));
        assert_eq!(suffix_without_slashes("/api/users/", "users/"), Some("/users/"));
    }

    #[test]
    fn paths_are_taken_out_of_urls_and_braced() {
        assert_eq!(url_path("{schemes}://a.test/v1/x?y=1"), "/v1/x");
        assert_eq!(url_path("https://a.test"), "");
        assert_eq!(braced("/users/:id/x"), "/users/{id}/x");
    }
}
