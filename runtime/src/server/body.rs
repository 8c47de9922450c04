//! The body of a request: its media type, its size, its JSON, in that order.

use std::error::Error;

use axum::{
    body::{Body, Bytes, HttpBody},
    http::HeaderValue,
};
use http::{
    HeaderMap, HeaderName, StatusCode,
    header::{ACCEPT, ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_TYPE},
};
use http_body_util::{BodyExt, Collected, LengthLimitError};
use serde::de::DeserializeOwned;

use super::{
    incoming::Incoming,
    problem::{Problem, Reason},
    shape::read_json,
};

impl Incoming {
    /// The body, which must be there, from JSON of a documented media type.
    ///
    /// # Errors
    ///
    /// Those of [`optional_json`](Self::optional_json), and 400 where there is no body.
    pub async fn json<T: DeserializeOwned>(&mut self, media_type: &'static str) -> Result<T, Problem> {
        self.optional_json(media_type).await?.ok_or_else(missing)
    }

    /// The body, if there is one, from JSON of a documented media type.
    ///
    /// # Errors
    ///
    /// 415 where it is of another media type, 413 where it is too large, 400 where it is not JSON, 422
    /// where its shape is not that of `T`.
    pub async fn optional_json<T: DeserializeOwned>(
        &mut self,
        media_type: &'static str,
    ) -> Result<Option<T>, Problem> {
        match self.optional_raw(media_type).await? {
            Some(bytes) => read_json(&bytes).map(Some),
            None => Ok(None),
        }
    }

    /// The body, which must be there, as it is.
    ///
    /// # Errors
    ///
    /// Those of [`optional_raw`](Self::optional_raw), and 400 where there is no body.
    pub async fn raw(&mut self, media_type: &'static str) -> Result<Bytes, Problem> {
        self.optional_raw(media_type).await?.ok_or_else(missing)
    }

    /// The body, if there is one, as it is. A body without a byte is none.
    ///
    /// # Errors
    ///
    /// 415 where it is of another media type, 413 where it is too large, 400 where it does not arrive.
    pub async fn optional_raw(&mut self, media_type: &'static str) -> Result<Option<Bytes>, Problem> {
        if self.body.is_end_stream() {
            return Ok(None);
        }
        let typed = check_media_type(&self.parts.headers, media_type);
        // A chunked body may turn out to be empty, and what is not there needs no type.
        if self.parts.headers.contains_key(CONTENT_TYPE) && typed.is_err() {
            return typed.map(|()| None);
        }
        if self.too_large {
            return typed.and(Err(too_large()));
        }
        let body = std::mem::replace(&mut self.body, Body::empty());
        match body.collect().await.map(Collected::to_bytes) {
            Ok(bytes) if bytes.is_empty() => Ok(None),
            Ok(bytes) => typed.map(|()| Some(bytes)),
            // A body of no type is refused for that, whatever else is wrong with it.
            Err(error) => typed.and(Err(unread(&error))),
        }
    }
}

/// Whether the body is of a documented media type, whatever its parameters are, and not encoded.
pub(super) fn check_media_type(headers: &HeaderMap, documented: &'static str) -> Result<(), Problem> {
    if headers
        .get_all(CONTENT_ENCODING)
        .iter()
        .any(|value| !value.as_bytes().eq_ignore_ascii_case(b"identity"))
    {
        return Err(unsupported(ACCEPT_ENCODING, "identity").with_detail("the body must not be encoded"));
    }
    let mut values = headers.get_all(CONTENT_TYPE).iter();
    let sent = values.next().and_then(|value| value.to_str().ok());
    let fits =
        sent.is_some_and(|sent| matches(essence(sent), essence(documented))) && values.next().is_none();
    if fits {
        return Ok(());
    }
    Err(unsupported(ACCEPT, documented)
        .with_detail(format!("the media type of the body must be {documented}")))
}

/// A media type without its parameters (RFC 9110, section 8.3.1).
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

fn matches(sent: &str, documented: &str) -> bool {
    match documented.strip_suffix('*') {
        Some("*/") => true,
        Some(range) => sent.get(..range.len()).is_some_and(|start| start.eq_ignore_ascii_case(range)),
        None => sent.eq_ignore_ascii_case(documented),
    }
}

/// A 415 that says what would have been supported (RFC 9110, section 15.5.16).
fn unsupported(name: HeaderName, supported: &str) -> Problem {
    let problem = Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, Reason::MediaType);
    match HeaderValue::from_str(supported) {
        Ok(supported) => problem.with_header(name, supported),
        Err(_) => problem,
    }
}

pub(super) fn missing() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, Reason::Body).with_detail("the body is missing")
}

fn too_large() -> Problem {
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, Reason::Size).with_detail("the body is too large")
}

fn unread(error: &axum::Error) -> Problem {
    let mut cause: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = cause {
        if error.is::<LengthLimitError>() {
            return too_large();
        }
        cause = error.source();
    }
    Problem::new(StatusCode::BAD_REQUEST, Reason::Body).with_detail("the body could not be read")
}
