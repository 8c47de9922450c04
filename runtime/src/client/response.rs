//! Responses.
//!
//! A received response comes in; what the operation documents for its status is what it is read as: JSON, raw
//! bytes, nothing. Never by trying.
//!
//! Invariant: `Debug` shows of headers their names, of a raw body its length.

use std::{fmt, marker::PhantomData};

use bytes::Bytes;
use http::{HeaderMap, StatusCode, header::CONTENT_TYPE};
use serde::de::{DeserializeOwned, DeserializeSeed};

use super::{
    error::BodyError,
    variant::{Variant, raw_variant},
};
use crate::{
    RawBody, Responses,
    misfit::{Misfit, read_json},
    responses::{is_json, is_json_type, media_type},
};

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

/// A response of which nothing was read but its bytes.
#[derive(Debug)]
pub(super) struct Received(Response<RawBody>);

impl Received {
    pub(super) fn new(status: StatusCode, headers: HeaderMap, body: Bytes) -> Self {
        Self(Response { status, headers, body: body.into() })
    }

    /// The status to choose by.
    pub(super) fn status(&self) -> u16 {
        self.0.status.as_u16()
    }

    /// The response as it is.
    pub(super) fn into_raw(self) -> Response<RawBody> {
        self.0
    }

    /// The response with a JSON body.
    pub(super) fn json<T: DeserializeOwned>(self) -> Result<Response<T>, Box<BodyError>> {
        self.read(PhantomData::<T>)
    }

    /// The response as the variant of an enum of documented responses.
    pub(super) fn variant<T: Responses>(self, index: usize) -> Result<Response<T>, Box<BodyError>> {
        let status = self.status();
        if is_json_type(media_type::<T>(index)) {
            return self.read(Variant::<T>::new(index, status));
        }
        let Self(response) = self;
        match raw_variant(index, status, &response.body) {
            Ok(body) => Ok(response.map(|_| body)),
            Err(error) => Err(Box::new(BodyError::new(response, String::new(), error.to_string()))),
        }
    }

    fn read<S: for<'de> DeserializeSeed<'de, Value = T> + Copy, T>(
        self,
        seed: S,
    ) -> Result<Response<T>, Box<BodyError>> {
        let Self(response) = self;
        // RFC 9110 (8.3) leaves to the recipient what a body is whose type is not said.
        let sent = response.headers.get(CONTENT_TYPE);
        let read = if sent.is_none_or(|sent| is_json(sent.as_bytes())) {
            read_json(seed, &response.body)
        } else {
            Err(Misfit { pointer: String::new(), expected: "the media type `application/json`".to_owned() })
        };
        match read {
            Ok(body) => Ok(response.map(|_| body)),
            Err(Misfit { pointer, expected }) => Err(Box::new(BodyError::new(response, pointer, expected))),
        }
    }
}
