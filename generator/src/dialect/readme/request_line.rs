//! The line that names an operation: `METHOD /path?query={template}`.
//!
//! A line comes in, a [`RequestLine`] goes out ([`read_request_line`]). The query template is not part
//! of the path; it names query parameters.

use std::ops::Range;

use crate::model::HttpMethod;

/// Method and path with the places of their parts, relative to the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct RequestLine {
    /// The method; `Err` holds a word in its place that is none.
    pub(super) method: Result<HttpMethod, String>,
    /// Scheme and host, where the line has them.
    pub(super) server: Option<Range<usize>>,
    /// The path template.
    pub(super) path: String,
    /// Where the path stands.
    pub(super) path_range: Range<usize>,
    /// The names of the query template, and where each stands.
    pub(super) query: Vec<(String, Range<usize>)>,
}

/// How many names of a query template are read.
const MAX_QUERY: usize = 256;

/// What can stand around a method and a target besides blanks: code, bold and bracket marks.
const MARKS: [char; 5] = ['`', '*', '\\', '[', ']'];

/// Reads a line that holds a method and a path, and nothing else: `GET /a`, `` `GET` `https://host/a` ``.
pub(super) fn read_request_line(line: &str) -> Option<RequestLine> {
    let mark = |c: char| c.is_whitespace() || MARKS.contains(&c);
    let text = line.trim_start_matches(mark);
    let length = text.find(|c: char| !c.is_ascii_uppercase())?;
    let (method, after) = text.split_at_checked(length)?;
    if method.is_empty() || method.len() > 12 || !after.starts_with(|c: char| mark(c) || c == ':') {
        return None;
    }
    let target = after.trim_start_matches(|c: char| mark(c) || c == ':');
    let start = line.len() - target.len();
    let target = target.trim_end_matches(mark);
    let target = target.strip_suffix("HTTP/1.1").unwrap_or(target).trim_end_matches(mark);
    read_target(target, start, method.parse().map_err(|()| method.to_owned()))
}

/// Reads a path or URL that stands at an offset of its line.
pub(super) fn read_target(
    target: &str,
    start: usize,
    method: Result<HttpMethod, String>,
) -> Option<RequestLine> {
    if target.is_empty() || target.contains(|c: char| c.is_whitespace() || c == '`') {
        return None;
    }
    let host = host_length(target)?;
    let (path, template) =
        target.get(host..)?.split_once('?').map_or((target.get(host..)?, None), |(p, q)| (p, Some(q)));
    let path_start = start + host;
    let path_range = path_start..path_start + path.len();
    let query = template.map_or_else(Vec::new, |template| query_names(template, path_range.end + 1));
    Some(RequestLine {
        method,
        server: (host > 0).then_some(start..path_start),
        path: with_braces(path),
        path_range,
        query,
    })
}

/// The length of `https://host` before a path; `None` where the target is neither path nor URL.
fn host_length(target: &str) -> Option<usize> {
    if target.starts_with('/') {
        return Some(0);
    }
    let host = target.find("://").filter(|at| *at <= 5)? + 3;
    target.get(host..)?.find('/').map(|at| host + at)
}

/// `a={a}&b={b}`: the names before the equals signs.
fn query_names(template: &str, mut at: usize) -> Vec<(String, Range<usize>)> {
    let mut names: Vec<(String, Range<usize>)> = Vec::new();
    for part in template.split('&').take(MAX_QUERY) {
        let name = part.split('=').next().unwrap_or_default();
        let bare = name.trim_matches(['{', '}', '[', ']']);
        if !bare.is_empty() && !names.iter().any(|(known, _)| known == bare) {
            let start = at + part.find(bare).unwrap_or(0);
            names.push((bare.to_owned(), start..start + bare.len()));
        }
        at += part.len() + 1;
    }
    names
}

/// The path with `:id` and `{{id}}` written as `{id}`.
fn with_braces(path: &str) -> String {
    let doubled = |segment: &str| {
        let name = segment.strip_prefix("{{")?.strip_suffix("}}")?.trim();
        (!name.is_empty() && !name.contains(['{', '}'])).then(|| format!("{{{name}}}"))
    };
    let segments = path.split('/').map(|segment| match segment.strip_prefix(':') {
        None => doubled(segment).unwrap_or_else(|| segment.to_owned()),
        Some(name) if !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_') => {
            format!("{{{name}}}")
        }
        _ => segment.to_owned(),
    });
    segments.collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, path: &str, query: &[&str]) {
        let read = read_request_line(line).unwrap();
        assert_eq!(read.path, path);
        let names: Vec<_> = read
            .query
            .iter()
            .map(|(name, range)| {
                assert_eq!(&line[range.clone()], name);
                name.as_str()
            })
            .collect();
        assert_eq!(names, query);
    }

    #[test]
    fn method_path_and_query_are_told_apart() {
        check("PUT /user/{id}", "/user/{id}", &[]);
        check("  `GET /poll?waitTimeout={waitTimeout}&ids={ids}`  ", "/poll", &["waitTimeout", "ids"]);
        check("GET https://api.example.com/v1/users/:id", "/v1/users/{id}", &[]);
        check("GET /users/{{id}}/x", "/users/{id}/x", &[]);
        check("GET /a HTTP/1.1", "/a", &[]);
        check("`GET` `https://a.example/b`", "/b", &[]);
        check("**GET**: `/b`", "/b", &[]);
        check("[GET] /b[]", "/b", &[]);
    }

    #[test]
    fn prose_is_no_request_line() {
        for line in ["GET it now", "Updates /user", "GET", "", "GET /a and more", "GET ftp"] {
            assert_eq!(read_request_line(line), None, "{line}");
        }
        assert_eq!(read_request_line("FETCH /a").map(|line| line.method), Some(Err("FETCH".to_owned())));
    }
}
