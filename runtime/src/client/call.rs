//! A call: what generated code fills in, piece by piece.
//!
//! Documented names and a caller's values come in; a request goes out, once ([`send`](super::send)). The first value that
//! HTTP cannot carry is kept and reported before anything is sent, so that generated code needs no checks.

use std::{borrow::Cow, fmt};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde::Serialize;

use super::{
    Core,
    credentials::cookie,
    error::RequestError,
    finite::to_json,
    path::{Path, ToText, push_item, push_query},
};
use crate::form::encode;

/// Optional parameters of an operation, which know where each of them travels: see
/// [`parameters!`](crate::parameters).
pub trait Parameters {
    /// Adds the parameters to a call.
    fn fill<'c>(&self, call: Call<'c>) -> Call<'c>;
}

/// A request that is being put together. Parameters take one value or more: `[value]`, or a `Vec` by reference; those of
/// [`params`](Self::params) also none, such as an `Option` by reference.
pub struct Call<'c> {
    pub(super) core: &'c Core,
    pub(super) method: Method,
    /// What of the path's template has not become part of the path yet.
    pub(super) template: &'static str,
    pub(super) path: Path,
    pub(super) query: String,
    pub(super) headers: HeaderMap,
    pub(super) cookies: Vec<String>,
    pub(super) body: Option<Bytes>,
    /// The media type of the body.
    pub(super) content_type: Option<Cow<'static, str>>,
    /// The alternatives of credentials, by the names of their schemes.
    pub(super) security: &'static [&'static [&'static str]],
    /// The media types that the operation's responses are documented in, unless that is JSON alone.
    pub(super) accept: Option<&'static str>,
    /// Whether a redirect is a documented response.
    pub(super) keep_redirects: bool,
    pub(super) problem: Option<RequestError>,
    /// Whether what is added may be missing.
    is_optional: bool,
}

impl<'c> Call<'c> {
    /// A call of an operation, such as `GET /users/{id}`, to be filled and sent.
    #[must_use]
    pub fn new(core: &'c Core, operation: &'static str) -> Self {
        let (method, template) = operation.split_once(' ').unwrap_or(("GET", operation));
        let template = template.split_once('?').map_or(template, |(path, _)| path);
        let method = Method::from_bytes(method.as_bytes());
        Self {
            core,
            problem: method.is_err().then_some(RequestError::Url),
            method: method.unwrap_or_default(),
            template,
            path: Path::new(core.base.path().trim_end_matches('/')),
            query: String::new(),
            headers: core.headers.clone(),
            cookies: Vec::new(),
            body: None,
            content_type: None,
            security: core.security,
            accept: None,
            keep_redirects: false,
            is_optional: false,
        }
    }

    /// The next path parameter of the template, percent-encoded as one segment or part of one. A value that a URL
    /// cannot carry so is refused when the call is sent.
    #[must_use]
    pub fn path<'v, T: ToText + ?Sized + 'v>(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = &'v T>,
    ) -> Self {
        match placeholder(self.template, name) {
            Some((before, after)) => {
                let mut is_finite = true;
                let values = values.into_iter().inspect(|value| is_finite &= value.is_finite());
                self.path.push_literal(before);
                self.path.push_values(name, values);
                if !is_finite {
                    self.fail(RequestError::Number { name });
                }
                self.template = after;
            }
            None => self.fail(RequestError::Path { name }),
        }
        self
    }

    /// A query parameter: a pair for each value. One that is no optional parameter needs a value, here and in headers and
    /// cookies: nothing would be sent of a list without values, and no server could find it.
    #[must_use]
    pub fn query<'v, T: ToText + ?Sized + 'v>(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = &'v T>,
    ) -> Self {
        let mut is_missing = true;
        for value in values {
            let text = self.text(name, value);
            push_query(&mut self.query, name, &text);
            is_missing = false;
        }
        self.require(name, is_missing)
    }

    /// A query parameter: one pair of all values, with a delimiter between them that is `,`, a space or `|`. An empty text
    /// cannot be the only value: it would be none.
    #[must_use]
    pub fn query_list<'v, T: ToText + ?Sized + 'v>(
        mut self,
        name: &'static str,
        delimiter: char,
        values: impl IntoIterator<Item = &'v T>,
    ) -> Self {
        let (mut is_empty, mut is_missing) = (false, true);
        for (at, value) in values.into_iter().enumerate() {
            let text = self.text(name, value);
            is_empty = at == 0 && text.is_empty();
            is_missing = false;
            self.push_item(name, delimiter, at == 0, &text);
        }
        if is_empty {
            self.fail(RequestError::Empty { name });
        }
        self.require(name, is_missing)
    }

    /// Adds a value to the one pair of a query parameter, which the first value begins.
    pub(super) fn push_item(&mut self, name: &'static str, delimiter: char, is_first: bool, value: &str) {
        // Only a comma can be told from one that is part of a value.
        if delimiter != ',' && value.contains(delimiter) {
            self.fail(RequestError::Delimiter { name });
        }
        match is_first {
            true => push_query(&mut self.query, name, value),
            false => push_item(&mut self.query, delimiter, value),
        }
    }

    /// A header parameter: a line for each value, in place of what the client would send by itself.
    #[must_use]
    pub fn header<'v, T: ToText + ?Sized + 'v>(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = &'v T>,
    ) -> Self {
        let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
            self.fail(RequestError::Header { name });
            return self;
        };
        let mut is_missing = true;
        for (at, value) in values.into_iter().enumerate() {
            let Ok(mut text) = HeaderValue::from_str(&self.text(name, value)) else {
                self.fail(RequestError::Header { name });
                return self;
            };
            is_missing = false;
            text.set_sensitive(value.is_secret());
            if at == 0 {
                self.headers.insert(header.clone(), text);
            } else {
                self.headers.append(header.clone(), text);
            }
        }
        self.require(name, is_missing)
    }

    /// A header parameter that is a list (RFC 9110, section 5.6.1): a line for each value. Where values are separated by
    /// commas, a value cannot have one, nor be empty, nor begin or end with a space.
    #[must_use]
    pub fn header_list<'v, T: ToText + ?Sized + 'v>(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = &'v T>,
    ) -> Self {
        let values: Vec<&T> = values.into_iter().collect();
        for text in values.iter().map(|value| value.text()) {
            if text.contains(',') {
                self.fail(RequestError::Delimiter { name });
            } else if text.trim() != text || text.is_empty() {
                self.fail(RequestError::Header { name });
            }
        }
        self.header(name, values)
    }

    /// A cookie parameter: a pair for each value.
    #[must_use]
    pub fn cookie<'v, T: ToText + ?Sized + 'v>(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = &'v T>,
    ) -> Self {
        let mut is_missing = true;
        for value in values {
            match cookie(name, &self.text(name, value)) {
                Some(pair) => self.cookies.push(pair),
                None => self.fail(RequestError::Cookie { name }),
            }
            is_missing = false;
        }
        self.require(name, is_missing)
    }

    /// Optional parameters.
    #[must_use]
    pub fn params(mut self, params: &impl Parameters) -> Self {
        let was_optional = std::mem::replace(&mut self.is_optional, true);
        Self { is_optional: was_optional, ..params.fill(self) }
    }

    /// Fails where a parameter that must be there has no value: nothing of it would be sent.
    fn require(mut self, name: &'static str, is_missing: bool) -> Self {
        if is_missing && !self.is_optional {
            self.fail(RequestError::Missing { name });
        }
        self
    }

    /// The text of a parameter's value.
    fn text<'v, T: ToText + ?Sized>(&mut self, name: &'static str, value: &'v T) -> Cow<'v, str> {
        if !value.is_finite() {
            self.fail(RequestError::Number { name });
        }
        value.text()
    }

    /// The alternatives of credentials, by the names of their schemes, where they are not those of most operations.
    /// Of the first alternative that the client has in full, the credentials are sent; without one, none.
    #[must_use]
    pub fn security(mut self, alternatives: &'static [&'static [&'static str]]) -> Self {
        self.security = alternatives;
        self
    }

    /// The media types that the operation's responses are documented in, where that is not JSON alone.
    #[must_use]
    pub fn accept(mut self, media_types: &'static str) -> Self {
        self.accept = Some(media_types);
        self
    }

    /// A body in JSON: `body` or, where it can be left out, `Option<&body>`. Without it, neither a body nor its type is
    /// sent.
    #[must_use]
    pub fn body<'b, B: Serialize + 'b>(self, body: impl Into<Option<&'b B>>) -> Self {
        self.body_as("application/json", body)
    }

    /// A body in another media type of JSON.
    #[must_use]
    pub fn body_as<'b, B: Serialize + 'b>(
        mut self,
        media_type: &'static str,
        body: impl Into<Option<&'b B>>,
    ) -> Self {
        match body.into().map(to_json).transpose() {
            Ok(bytes) => self.raw_body(media_type, bytes),
            Err(_) => {
                self.fail(RequestError::Body);
                self
            }
        }
    }

    /// A body in a form: `body` or, where it can be left out, `Option<&body>`. It is an object, and none of its members is a
    /// tuple.
    #[must_use]
    pub fn form<'b, B: Serialize + 'b>(
        mut self,
        media_type: &'static str,
        body: impl Into<Option<&'b B>>,
    ) -> Self {
        match body.into().map(|body| encode(body, media_type)).transpose() {
            Ok(Some((content_type, bytes))) => {
                self.body = Some(bytes);
                self.content_type = Some(content_type.into());
            }
            Ok(None) => {}
            Err(_) => self.fail(RequestError::Body),
        }
        self
    }

    /// A body as it is, if there is one.
    #[must_use]
    pub fn raw_body(mut self, media_type: &'static str, body: Option<impl Into<Bytes>>) -> Self {
        if let Some(body) = body {
            self.body = Some(body.into());
            self.content_type = Some(media_type.into());
        }
        self
    }

    /// Takes redirects for responses: the page documents them.
    #[must_use]
    pub fn keep_redirects(mut self) -> Self {
        self.keep_redirects = true;
        self
    }

    pub(super) fn fail(&mut self, problem: RequestError) {
        self.problem.get_or_insert(problem);
    }
}

/// What is before and behind the placeholder of a parameter.
fn placeholder(template: &'static str, name: &str) -> Option<(&'static str, &'static str)> {
    template.match_indices('{').find_map(|(at, _)| {
        let (before, rest) = template.split_at_checked(at)?;
        Some((before, rest.strip_prefix('{')?.strip_prefix(name)?.strip_prefix('}')?))
    })
}

impl fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("method", &self.method).finish_non_exhaustive()
    }
}
