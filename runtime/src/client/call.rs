//! A call: what generated code fills in, piece by piece.
//!
//! Documented names and a caller's values come in; a request goes out, once, by [`Call::send`]. The first value
//! that HTTP cannot carry is kept and reported before anything is sent, so that generated code needs no checks.

use std::fmt;

use bytes::Bytes;
use http::{
    HeaderMap, HeaderName, HeaderValue, Method,
    header::{ACCEPT, CONTENT_TYPE},
};
use serde::Serialize;

use super::{
    Core,
    credentials::cookie,
    error::{Fault, RequestError},
    exchange,
    path::{Path, ToText, push_query},
    response::Received,
};

/// A request that is being put together. Parameters take any number of values: `[&value]`, an `Option` or a
/// `Vec` by reference.
pub struct Call<'c> {
    pub(super) core: &'c Core,
    pub(super) method: Method,
    pub(super) path: Path,
    pub(super) query: String,
    pub(super) headers: HeaderMap,
    pub(super) cookies: Vec<String>,
    pub(super) body: Option<Bytes>,
    /// Whether a redirect is a documented response.
    pub(super) keep_redirects: bool,
    pub(super) problem: Option<RequestError>,
}

impl<'c> Call<'c> {
    pub(super) fn new(core: &'c Core, method: Method) -> Self {
        Self {
            core,
            method,
            path: Path::default(),
            query: String::new(),
            headers: core.headers.clone(),
            cookies: Vec::new(),
            body: None,
            keep_redirects: false,
            problem: None,
        }
    }

    /// Text of the path's template.
    pub fn literal(&mut self, text: &'static str) {
        self.path.push_literal(text);
    }

    /// A path parameter, percent-encoded as one segment or part of one. A value that a URL cannot carry so is
    /// refused when the call is sent.
    pub fn segment<'v, T: ToText + ?Sized + 'v>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = &'v T>,
    ) {
        self.path.push_values(name, values.into_iter().map(ToText::to_text));
    }

    /// A query parameter: a pair for each value.
    pub fn query<'v, T: ToText + ?Sized + 'v>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = &'v T>,
    ) {
        for value in values {
            push_query(&mut self.query, name, &value.to_text());
        }
    }

    /// A header parameter: a line for each value, in place of what the client would send by itself.
    pub fn header<'v, T: ToText + ?Sized + 'v>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = &'v T>,
    ) {
        let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
            return self.fail(RequestError::Header { name });
        };
        for (at, value) in values.into_iter().enumerate() {
            let Ok(mut text) = HeaderValue::from_str(&value.to_text()) else {
                return self.fail(RequestError::Header { name });
            };
            text.set_sensitive(value.is_secret());
            if at == 0 {
                self.headers.insert(header.clone(), text);
            } else {
                self.headers.append(header.clone(), text);
            }
        }
    }

    /// A cookie parameter: a pair for each value.
    pub fn cookie<'v, T: ToText + ?Sized + 'v>(
        &mut self,
        name: &'static str,
        values: impl IntoIterator<Item = &'v T>,
    ) {
        for value in values {
            match cookie(name, &value.to_text()) {
                Some(pair) => self.cookies.push(pair),
                None => self.fail(RequestError::Cookie { name }),
            }
        }
    }

    /// The media types that the operation's responses are documented in.
    pub fn accept(&mut self, media_types: &'static str) {
        self.default_header(ACCEPT, media_types);
    }

    /// A body in JSON.
    pub fn json(&mut self, media_type: &'static str, body: &impl Serialize) {
        match serde_json::to_vec(body) {
            Ok(bytes) => self.raw(media_type, bytes),
            Err(_) => self.fail(RequestError::Body),
        }
    }

    /// A body as it is.
    pub fn raw(&mut self, media_type: &'static str, body: impl Into<Bytes>) {
        self.body = Some(body.into());
        self.default_header(CONTENT_TYPE, media_type);
    }

    /// A body in JSON, if there is one: without it, neither a body nor its type is sent.
    pub fn optional_json(&mut self, media_type: &'static str, body: Option<&impl Serialize>) {
        if let Some(body) = body {
            self.json(media_type, body);
        }
    }

    /// A body as it is, if there is one.
    pub fn optional_raw(&mut self, media_type: &'static str, body: Option<Bytes>) {
        if let Some(body) = body {
            self.raw(media_type, body);
        }
    }

    /// Takes redirects for responses: the page documents them.
    pub fn keep_redirects(&mut self) {
        self.keep_redirects = true;
    }

    /// Sends the call with the credentials of the first of the `alternatives` that the client has in full;
    /// without any where there is none.
    ///
    /// # Errors
    ///
    /// A value that HTTP cannot carry, before anything is sent; no response, or not in time, or too large.
    pub async fn send(self, alternatives: &[&[&str]]) -> Result<Received, Fault> {
        exchange::send(self, alternatives).await
    }

    /// A header of this call, unless it is there.
    fn default_header(&mut self, header: HeaderName, value: &'static str) {
        match HeaderValue::from_str(value) {
            Ok(value) => drop(self.headers.entry(header).or_insert(value)),
            Err(_) => self.fail(RequestError::Header { name: value }),
        }
    }

    fn fail(&mut self, problem: RequestError) {
        self.problem.get_or_insert(problem);
    }
}

impl fmt::Debug for Call<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Call").field("method", &self.method).finish_non_exhaustive()
    }
}
