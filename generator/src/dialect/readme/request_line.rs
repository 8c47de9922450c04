//! The line that names an operation: `METHOD /path?query={template}`.
//!
//! A line comes in, a [`RequestLine`] goes out ([`read_request_line`]). The query template is not part
//! of the path; it names query parameters.

use std::{borrow::Cow, collections::HashSet, ops::Range};

use crate::{model::HttpMethod, path_template};

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

impl RequestLine {
    /// The names of the parameters that its path has.
    pub(super) fn in_path(&self) -> HashSet<&str> {
        path_template::placeholders(&self.path).map(|(_, name)| name).collect()
    }

    /// Whether another line calls this one: the same with values in the place of parameters, of which it has none left.
    pub(super) fn is_called_by(&self, other: &Self) -> bool {
        let (own, others) = (self.path.split('/'), other.path.split('/'));
        let same = |(own, other): (&str, &str)| own == other || (own.starts_with('{') && is_value(other));
        self.method == other.method
            && self.path != other.path
            && own.clone().count() == others.clone().count()
            && own.zip(others).all(same)
    }

    /// Whether its method is one whose calls have a body.
    pub(super) fn sends_body(&self) -> bool {
        matches!(self.method, Ok(HttpMethod::Post | HttpMethod::Put | HttpMethod::Patch))
    }

    /// The same with its places moved to where the line begins in its piece.
    pub(super) fn moved(self, by: usize) -> Self {
        let moved = |range: Range<usize>| range.start + by..range.end + by;
        let query = self.query.into_iter().map(|(name, range)| (name, moved(range))).collect();
        Self { server: self.server.map(moved), path_range: moved(self.path_range), query, ..self }
    }
}

/// Whether a segment stands for a value: it has a digit, and is no parameter.
fn is_value(segment: &str) -> bool {
    !segment.starts_with('{') && segment.bytes().any(|byte| byte.is_ascii_digit())
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
    let shown = unlinked(target);
    let target = target.get(shown.clone())?;
    read_target(target, start + shown.start, method.parse().map_err(|()| method.to_owned()))
}

/// The stretch of a target that a reader sees: that of `<https://host/path>` and of `[https://host/path](…)`, whose bracket
/// may be gone already.
pub(super) fn unlinked(target: &str) -> Range<usize> {
    if let Some((label, link)) = target.split_once("](")
        && link.ends_with(')')
    {
        let bare = label.trim_start_matches(['[', '`']);
        let start = label.len() - bare.len();
        return start..start + bare.trim_end_matches('`').len();
    }
    match target.strip_prefix('<').and_then(|target| target.strip_suffix('>')) {
        Some(inner) if inner.contains("://") => 1..1 + inner.len(),
        _ => 0..target.len(),
    }
}

/// Reads a target that stands where nothing else can, so that its first slash may be missing: `v1/users`.
pub(super) fn read_bare_target(target: &str, method: HttpMethod) -> Option<RequestLine> {
    let shown = unlinked(target);
    let text = target.get(shown.clone())?;
    if let Some(line) = read_target(text, shown.start, Ok(method)) {
        return Some(line);
    }
    let segment = |c: char| c.is_ascii_alphanumeric() || "_-.~{}:\\".contains(c);
    let path = text.split('?').next().unwrap_or_default();
    let several = path.contains('/') && path.split('/').next().is_some_and(|first| !first.is_empty());
    if !several || text.contains("://") || !path.chars().all(|c| c == '/' || segment(c)) {
        return None;
    }
    let line = read_target(&format!("/{text}"), shown.start, Ok(method))?;
    let back = |range: Range<usize>| range.start.saturating_sub(1)..range.end.saturating_sub(1);
    let query = line.query.into_iter().map(|(name, range)| (name, back(range))).collect();
    Some(RequestLine { path_range: shown.start..line.path_range.end.saturating_sub(1), query, ..line })
}

/// Reads a path or URL that stands at an offset of its line.
pub(super) fn read_target(
    target: &str,
    start: usize,
    method: Result<HttpMethod, String>,
) -> Option<RequestLine> {
    // What is left of a line of code that it was cut out of is no part of a URL.
    let target = target.trim_end_matches(['"', '\'', ',', ';']);
    if target.is_empty() || target.contains(|c: char| c.is_whitespace() || c == '`') {
        return None;
    }
    let host = host_length(target)?;
    let (path, template) =
        split_query(target.get(host..)?).map_or((target.get(host..)?, None), |(p, q)| (p, Some(q)));
    let path_start = start + host;
    let path_range = path_start..path_start + path.len();
    let query = template.map_or_else(Vec::new, |template| query_names(template, path_range.end + 1));
    Some(RequestLine {
        method,
        server: (host > 0).then_some(start..path_start),
        path: with_braces(&unescaped(path)),
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

/// A target parted before its query. `{id?}` is a parameter that can be left out, and no query.
fn split_query(target: &str) -> Option<(&str, &str)> {
    let mark = target
        .match_indices('?')
        .find(|(at, _)| target.get(at + 1..).is_some_and(|after| !after.starts_with('}')))?
        .0;
    Some((target.get(..mark)?, target.get(mark + 1..)?))
}

/// `a={a}&b={b}`: the names before the equals signs.
fn query_names(template: &str, mut at: usize) -> Vec<(String, Range<usize>)> {
    let mut names: Vec<(String, Range<usize>)> = Vec::new();
    for part in template.split('&').take(MAX_QUERY) {
        let name = part.split('=').next().unwrap_or_default();
        let bare = name.trim_matches(['{', '}', '[', ']']);
        let name = unescaped(bare);
        if !bare.is_empty() && !names.iter().any(|(known, _)| *known == name) {
            let start = at + part.find(bare).unwrap_or(0);
            names.push((name.into_owned(), start..start + bare.len()));
        }
        at += part.len() + 1;
    }
    names
}

/// A target without the backslashes that Markdown wants before its marks: `/boat\_docks/\{id}`. URLs have none.
fn unescaped(target: &str) -> Cow<'_, str> {
    if target.contains('\\') { Cow::Owned(target.replace('\\', "")) } else { Cow::Borrowed(target) }
}

/// The path with `:id`, `{{id}}`, `{id?}`, `<id>` and `[id]` written as `{id}`. A URL has none of these marks.
fn with_braces(path: &str) -> String {
    const MARKS: [(&str, &str); 4] = [("{{", "}}"), ("{", "?}"), ("<", ">"), ("[", "]")];
    let doubled = |segment: &str| {
        let inner = |(open, close): &(&str, &str)| segment.strip_prefix(open)?.strip_suffix(close);
        let name = MARKS.iter().find_map(inner)?.trim();
        (!name.is_empty() && !name.contains(['{', '}', '<', '>', '[', ']'])).then(|| format!("{{{name}}}"))
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
        check("GET /users/<id>/[day]/x", "/users/{id}/{day}/x", &[]);
        check("GET /users/{id?}?a={a}", "/users/{id}", &["a"]);
        check("GET /a HTTP/1.1", "/a", &[]);
        check("GET /a/{b}\",", "/a/{b}", &[]);
        check("`GET` `https://a.example/b`", "/b", &[]);
        check("**GET**: `/b`", "/b", &[]);
        check("[GET] /b[]", "/b", &[]);
        check("**POST[https://a.example/b](https://a.example/b)**", "/b", &[]);
        check("**PUT** [`/b/{c}`](https://a.example/docs)", "/b/{c}", &[]);
        let escaped = read_request_line("GET /a\\_b/\\{c\\}?d\\_e=1").unwrap();
        assert_eq!((escaped.path.as_str(), escaped.query[0].0.as_str()), ("/a_b/{c}", "d_e"));
        check("GET <https://a.example/b?c=1>", "/b", &["c"]);
    }

    #[test]
    fn a_bare_target_may_lack_its_slash() {
        let read = |text: &str| read_bare_target(text, HttpMethod::Get).map(|line| line.path);
        for text in ["v1/users/{id}", "/v1/users/{id}", "v1/users/\\{id}", "https://a.example/v1/users/{id}"]
        {
            assert_eq!(read(text).as_deref(), Some("/v1/users/{id}"), "{text}");
        }
        for text in ["users", "see /users", "NA", "application/json; a", "ftp", "a b/c"] {
            assert_eq!(read(text), None, "{text}");
        }
        let line = read_bare_target("v1/a?b={b}", HttpMethod::Get).unwrap();
        assert_eq!((line.path_range, &"v1/a?b={b}"[line.query[0].1.clone()]), (0..4, "b"));
    }

    #[test]
    fn prose_is_no_request_line() {
        for line in [
            "GET it now",
            "Updates /user",
            "GET",
            "",
            "GET /a and more",
            "GET ftp",
            "GET [users](https://a.example/b)",
        ] {
            assert_eq!(read_request_line(line), None, "{line}");
        }
        assert_eq!(read_request_line("FETCH /a").map(|line| line.method), Some(Err("FETCH".to_owned())));
    }
}
