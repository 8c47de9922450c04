//! Paths and queries of requests.
//!
//! Pieces of a documented template and parameters' values come in, an encoded path goes out.
//!
//! Invariants: a value is part of one segment, whatever it holds: everything but the unreserved characters of
//! RFC 3986 is percent-encoded. No segment that holds a value is empty, `.` or `..`, which RFC 3986 (5.2.4)
//! would make another path of.

use std::{any::Any, borrow::Cow, fmt::Display};

use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};

use super::error::RequestError;
use crate::Secret;

/// Everything but the unreserved characters of RFC 3986 (2.3).
const VALUE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a path cannot hold (RFC 3986, 3.3). `%` stays: a template may be encoded already.
const LITERAL: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// A parameter's value that has a text form: what has a `Display`, and [`Secret`].
pub trait ToText {
    /// The text, as it is sent before it is encoded.
    fn text(&self) -> Cow<'_, str>;

    /// Whether it is a secret: then it is treated like a credential.
    fn is_secret(&self) -> bool {
        false
    }

    /// Whether it is no number that is infinite or none (`NaN`), which no text of JSON's numbers stands for.
    fn is_finite(&self) -> bool {
        true
    }
}

impl<T: Display + Any> ToText for T {
    fn text(&self) -> Cow<'_, str> {
        // Most parameters are texts already.
        match (self as &dyn Any).downcast_ref::<String>() {
            Some(text) => Cow::Borrowed(text),
            None => Cow::Owned(self.to_string()),
        }
    }

    fn is_finite(&self) -> bool {
        let any = self as &dyn Any;
        any.downcast_ref().copied().is_none_or(f64::is_finite)
            && any.downcast_ref().copied().is_none_or(f32::is_finite)
    }
}

impl ToText for str {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl ToText for Secret {
    fn text(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.expose())
    }

    fn is_secret(&self) -> bool {
        true
    }
}

/// A path that is being put together, behind the base URL's.
pub(super) struct Path {
    text: String,
    /// Where the base URL's path ends.
    start: usize,
    /// Where the values of parameters begin, and the parameters' names.
    values: Vec<(usize, &'static str)>,
    /// A parameter whose value is empty: no server could find it, whatever stands beside it.
    empty: Option<&'static str>,
}

impl Path {
    /// No path yet.
    pub(super) fn new(base: &str) -> Self {
        let mut text = String::with_capacity(base.len() + 64);
        text.push_str(base);
        Self { start: text.len(), text, values: Vec::new(), empty: None }
    }

    pub(super) fn push_literal(&mut self, literal: &str) {
        if self.text.len() == self.start && !literal.starts_with('/') {
            self.text.push('/');
        }
        self.text.extend(utf8_percent_encode(literal, LITERAL));
    }

    /// Several values of one parameter are separated by commas (`simple` style of RFC 6570, 3.2.2).
    pub(super) fn push_values<'v, T: ToText + ?Sized + 'v>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = &'v T>,
    ) {
        let start = self.text.len();
        self.values.push((start, name));
        for (at, value) in values.into_iter().enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            self.text.extend(utf8_percent_encode(&value.text(), VALUE));
        }
        if self.text.len() == start {
            self.empty = Some(name);
        }
    }

    /// The whole path.
    pub(super) fn finish(self) -> Result<String, RequestError> {
        if let Some(name) = self.empty {
            return Err(RequestError::Path { name });
        }
        let mut start = self.start;
        for segment in self.text.get(start..).unwrap_or_default().split('/') {
            let end = start + segment.len();
            let name = self.values.iter().find(|(at, _)| (start..=end).contains(at));
            if let (Some((_, name)), "" | "." | "..") = (name, segment) {
                return Err(RequestError::Path { name });
            }
            start = end + 1;
        }
        Ok(self.text)
    }
}

/// Adds a pair to a query; a space is `%20`, so that every server reads it the same.
pub(super) fn push_query(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.extend(utf8_percent_encode(name, VALUE));
    query.push('=');
    query.extend(utf8_percent_encode(value, VALUE));
}

/// Adds a value to the last pair of a query. A comma that is no delimiter is percent-encoded (RFC 6570, section 2.4.2); a
/// space and `|` are in any case.
pub(super) fn push_item(query: &mut String, delimiter: char, value: &str) {
    match delimiter {
        ',' => query.push(','),
        other => query.extend(utf8_percent_encode(other.encode_utf8(&mut [0; 4]), VALUE)),
    }
    query.extend(utf8_percent_encode(value, VALUE));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(pieces: &[(&str, Option<&str>)]) -> Result<String, RequestError> {
        let mut path = Path::new("");
        for (literal, value) in pieces {
            path.push_literal(literal);
            if let Some(value) = value {
                path.push_values("id", [*value]);
            }
        }
        path.finish()
    }

    #[test]
    fn a_value_stays_in_its_segment() {
        for (id, encoded) in [
            ("../admin", "..%2Fadmin"),
            ("a/b", "a%2Fb"),
            ("%2F", "%252F"),
            ("%2e%2e", "%252e%252e"),
            ("?a#b", "%3Fa%23b"),
            ("\\..\\", "%5C..%5C"),
            ("größe", "gr%C3%B6%C3%9Fe"),
            ("a b\n\t;", "a%20b%0A%09%3B"),
            ("-._~", "-._~"),
            ("...", "..."),
        ] {
            assert_eq!(path(&[("/users/", Some(id))]).unwrap(), format!("/users/{encoded}"));
        }
    }

    #[test]
    fn what_no_segment_can_be_is_refused() {
        for id in ["", ".", ".."] {
            let refused = Err(RequestError::Path { name: "id" });
            assert_eq!(path(&[("/users/", Some(id))]), refused, "{id:?}");
            assert_eq!(path(&[("/users/", Some(id)), ("/x", None)]), refused, "{id:?}");
        }
        // Beside other text a dot is a dot; nothing is still nothing.
        assert_eq!(path(&[("/users/", Some(".")), (".json", None)]).unwrap(), "/users/..json");
        assert!(path(&[("/users/", Some("")), (".json", None)]).is_err());
        assert!(path(&[("/users/", Some(".")), ("", Some("."))]).is_err());
        assert!(path(&[("/users/.", Some("."))]).is_err());
        assert_eq!(path(&[("/a/", Some("x")), ("/.", None)]).unwrap(), "/a/x/.");
    }

    #[test]
    fn templates_are_made_paths() {
        assert_eq!(path(&[("users/{x} #1?%20", None)]).unwrap(), "/users/%7Bx%7D%20%231%3F%20");
    }
}
