//! The servers of an operation: those that its page prints to choose from, otherwise that of its first command.
//!
//! Enter at [`read`].

use indexmap::IndexMap;

use super::{
    endpoint::{Found, first_command, server_variable},
    lines::Piece,
};
use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::Context,
    model::{Server, ServerVariable, Text},
};

/// The servers: those to choose from, otherwise the URL of the first command without the operation's path.
pub(super) fn read(cx: &mut Context<'_>, pieces: &[Piece], found: &Found) -> Vec<Server> {
    let printed = pieces.get(found.servers.clone()).unwrap_or_default();
    let mut out = Vec::new();
    for piece in printed {
        if let Some(name) = server_variable(cx.slice(piece.range.clone())) {
            let title = format!("server variable `{name}` without a value");
            cx.report(
                Diagnostic::new(codes::OPEN_SERVER_VARIABLE, cx.span(piece.range.clone()), title)
                    .label("the page says not which server it stands for")
                    .help("give the server in docwright.yaml"),
            );
        }
        for (at, url) in urls(cx.slice(piece.range.clone())) {
            let start = piece.range.start + at;
            let whole = found.pieces.end == found.servers.end;
            let url = base_url(url, &found.path).filter(|_| whole).unwrap_or(url);
            let url = Text::new(url.trim_end_matches('/'), cx.span(start..start + url.len()));
            out.push(Server::new(url));
        }
    }
    if out.is_empty() {
        out.extend(server(cx, pieces, found));
    }
    out
}

/// The URLs of a line, which may be glued together, and where they begin.
fn urls(line: &str) -> Vec<(usize, &str)> {
    const SCHEMES: [&str; 2] = ["https://", "http://"];
    let begins =
        |at: &usize| SCHEMES.iter().any(|scheme| line.get(*at..).is_some_and(|l| l.starts_with(scheme)));
    let starts: Vec<usize> = line.char_indices().map(|(at, _)| at).filter(begins).collect();
    let ends = starts.iter().skip(1).copied().chain(std::iter::once(line.len()));
    starts.iter().zip(ends).filter_map(|(&start, end)| Some((start, line.get(start..end)?))).collect()
}

fn server(cx: &mut Context<'_>, pieces: &[Piece], found: &Found) -> Option<Server> {
    let command = first_command(pieces)?;
    let base = base_url(command.url.as_deref()?, &found.path)?;
    let range = command.url_range.start..command.url_range.start + base.len();
    let range = if cx.slice(range.clone()) == base { range } else { command.url_range.clone() };
    let span = cx.span(range);
    let mut variables = IndexMap::new();
    for (at, name) in variables_of(base) {
        let scheme = base.get(at + name.len() + 2..).is_some_and(|rest| rest.starts_with("://"));
        let default = if scheme { "https".to_owned() } else { name.to_owned() };
        cx.report(
            Diagnostic::new(
                codes::OPEN_SERVER_VARIABLE,
                span,
                format!("server variable `{name}` without a value"),
            )
            .label(if scheme { "read as `https`".to_owned() } else { format!("read as `{default}`") })
            .help("override the server in docwright.yaml"),
        );
        variables.insert(name.to_owned(), ServerVariable { default, values: Vec::new(), inferred: true });
    }
    Some(Server { url: Text::new(base, span), description: None, variables })
}

/// What stands before `path` in a URL. Commands by hand have values where the path has parameters.
fn base_url<'u>(url: &'u str, path: &str) -> Option<&'u str> {
    let mut base = url.split(['?', '#']).next()?.trim_end_matches('/');
    let host = base.find("://")? + "://".len();
    for wanted in path.trim_end_matches('/').rsplit('/').filter(|segment| !segment.is_empty()) {
        let (rest, segment) = base.rsplit_once('/')?;
        if segment != wanted && !(wanted.starts_with('{') && wanted.ends_with('}')) {
            return None;
        }
        base = rest;
    }
    (base.len() > host).then(|| base.trim_end_matches('/'))
}

/// A URL without its path.
pub(super) fn origin(url: &str) -> Option<&str> {
    let host = url.find("://")? + "://".len();
    let rest = url.get(host..)?;
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    (end > 0).then(|| url.get(..host + end)).flatten()
}

/// The names in braces and where they begin.
fn variables_of(url: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(open) = url.get(at..).and_then(|rest| rest.find('{')).map(|open| at + open) {
        let Some(name) = url.get(open + 1..).and_then(|rest| rest.split_once('}')).map(|(name, _)| name)
        else {
            break;
        };
        out.push((open, name));
        at = open + name.len() + 2;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_are_taken_out_of_urls() {
        assert_eq!(base_url("https://a.test/v1/x/7?y=1", "/x/{id}"), Some("https://a.test/v1"));
        assert_eq!(base_url("https://a.test/x", "/y"), None);
        assert_eq!(base_url("https://x", "/x"), None);
        assert_eq!(variables_of("{s}://{h}.test"), [(0, "s"), (6, "h")]);
    }
}
