//! Responses.
//!
//! A received response comes in; generated code, which knows the operation, chooses by its status how it is
//! read: as JSON, as raw bytes, as nothing. Never by trying.
//!
//! Invariant: `Debug` shows of headers their names, of a raw body its length.

use std::{fmt, ops::Deref};

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use serde::de::DeserializeOwned;

use super::error::{BodyError, Error};
use crate::misfit::{Misfit, read_json};

/// A response: its status, its headers and its body, typed where the page documents it.
#[derive(Clone, PartialEq)]
pub struct Response<T> {
    status: StatusCode,
    headers: HeaderMap,
    body: T,
}

impl<T> Response<T> {
    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &T {
        &self.body
    }

    /// The body, owned.
    #[must_use]
    pub fn into_body(self) -> T {
        self.body
    }

    /// Everything, owned.
    #[must_use]
    pub fn into_parts(self) -> (StatusCode, HeaderMap, T) {
        (self.status, self.headers, self.body)
    }

    /// The same response with another body.
    #[must_use]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Response<U> {
        Response { status: self.status, headers: self.headers, body: change(self.body) }
    }
}

impl<T: fmt::Debug> fmt::Debug for Response<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            // Values may be secrets: a session's cookie, a location with a token in it.
            .field("headers", &HeaderNames(&self.headers))
            .field("body", &self.body)
            .finish()
    }
}

/// Headers in `Debug`: their names.
pub(super) struct HeaderNames<'h>(pub(super) &'h HeaderMap);

impl fmt::Debug for HeaderNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.keys().map(http::HeaderName::as_str)).finish()
    }
}

/// A body as it was received. `Debug` shows its length.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct RawBody(Bytes);

impl RawBody {
    /// The bytes, owned.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        self.0
    }
}

impl Deref for RawBody {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Debug for RawBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

/// A response of which nothing was read but its bytes. Made by [`Call::send`](super::Call::send), read by
/// generated code.
#[derive(Debug)]
pub struct Received(Response<RawBody>);

impl Received {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self(Response { status, headers, body: RawBody(body) })
    }

    /// The status to match on.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status.as_u16()
    }

    /// A documented success with a JSON body.
    ///
    /// # Errors
    ///
    /// [`Error::Body`], where the content is not JSON, or not of the type.
    pub fn json<T: DeserializeOwned, E>(self) -> Result<Response<T>, Error<E>> {
        self.read().map_err(Error::Body)
    }

    /// A documented success whose body is not JSON, or not documented.
    ///
    /// # Errors
    ///
    /// None.
    pub fn raw<E>(self) -> Result<Response<RawBody>, Error<E>> {
        Ok(self.0)
    }

    /// A documented success without a body. One that comes nevertheless is left alone.
    ///
    /// # Errors
    ///
    /// None.
    pub fn empty<E>(self) -> Result<Response<()>, Error<E>> {
        Ok(self.0.map(|_| ()))
    }

    /// A documented error with a JSON body.
    ///
    /// # Errors
    ///
    /// [`Error::Documented`]; [`Error::Body`], where the content is not JSON, or not of the type.
    pub fn fail<T, B: DeserializeOwned, E>(self, variant: impl FnOnce(B) -> E) -> Result<T, Error<E>> {
        let response = self.read().map_err(Error::Body)?;
        Err(Error::Documented(Box::new(response.map(variant))))
    }

    /// A documented error whose body is not JSON.
    ///
    /// # Errors
    ///
    /// [`Error::Documented`].
    pub fn fail_raw<T, E>(self, variant: impl FnOnce(RawBody) -> E) -> Result<T, Error<E>> {
        Err(Error::Documented(Box::new(self.0.map(variant))))
    }

    /// A documented error without a body.
    ///
    /// # Errors
    ///
    /// [`Error::Documented`].
    pub fn fail_empty<T, E>(self, variant: E) -> Result<T, Error<E>> {
        Err(Error::Documented(Box::new(self.0.map(|_| variant))))
    }

    /// A status that is not documented.
    ///
    /// # Errors
    ///
    /// [`Error::Undocumented`].
    pub fn undocumented<T, E>(self) -> Result<T, Error<E>> {
        Err(Error::Undocumented(Box::new(self.0)))
    }

    fn read<T: DeserializeOwned>(self) -> Result<Response<T>, Box<BodyError>> {
        let Self(response) = self;
        let read = if is_json(&response.headers) {
            read_json(&response.body)
        } else {
            Err(Misfit { pointer: String::new(), expected: "the media type `application/json`".to_owned() })
        };
        match read {
            Ok(body) => Ok(response.map(|_| body)),
            Err(Misfit { pointer, expected }) => Err(Box::new(BodyError::new(response, pointer, expected))),
        }
    }
}

/// Whether a response says that it is JSON (RFC 8259, and the suffix of RFC 6839), or says nothing: then
/// RFC 9110 (8.3) leaves it to the recipient.
fn is_json(headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(CONTENT_TYPE) else { return true };
    let essence = value.as_bytes().split(|byte| *byte == b';').next().unwrap_or_default();
    let essence = essence.trim_ascii().to_ascii_lowercase();
    essence.ends_with(b"/json") || essence.ends_with(b"+json")
}
