//! From a service's reply to a response.

use std::future::Future;

use axum::{body::Body, response::Response};
use http::{HeaderValue, StatusCode, header::CONTENT_TYPE};
use serde::Serialize;

use super::{captured::capture, problem::Problem};
use crate::responses::{Responses, Undocumented, is_json_type};

/// What a service replies: a documented success, or something else.
pub type Reply<T, E = Undocumented> = Result<T, Error<E>>;

/// What an `async fn` of a service gives: the future of a [`Reply`], which may move from thread to thread.
pub trait Replies<T, E = Undocumented>: Future<Output = Reply<T, E>> + Send {}

impl<F: Future<Output = Reply<T, E>> + Send, T, E> Replies<T, E> for F {}

/// What a service replies that is no documented success. `E` is what the page documents as errors of the operation:
/// `?` and `into` make this of it.
#[derive(Debug)]
pub enum Error<E> {
    /// A documented error.
    Documented(E),
    /// Any other response: the page leaves it open.
    Undocumented(Response),
}

impl<E> From<E> for Error<E> {
    fn from(error: E) -> Self {
        Self::Documented(error)
    }
}

/// How generated code makes a response of a reply.
pub trait Answer: Sized {
    /// What the service gives where all goes well.
    type Success;

    /// The response, of which `success` makes that of a success.
    ///
    /// # Errors
    ///
    /// 500 where a value has no such form.
    fn with(
        self,
        success: impl FnOnce(Self::Success) -> Result<Response, Problem>,
    ) -> Result<Response, Problem>;

    /// A success with a JSON body.
    ///
    /// # Errors
    ///
    /// 500 where the value has no JSON form.
    fn json(self, status: u16) -> Result<Response, Problem>
    where
        Self::Success: Serialize,
    {
        self.json_as(status, "application/json")
    }

    /// A success with a JSON body of another media type, such as `application/scim+json`.
    ///
    /// # Errors
    ///
    /// 500 where the value has no JSON form.
    fn json_as(self, status: u16, media_type: &'static str) -> Result<Response, Problem>
    where
        Self::Success: Serialize,
    {
        self.with(|value| json(status, media_type, &value))
    }

    /// A success with a body that is not JSON.
    ///
    /// # Errors
    ///
    /// 500 where the status is none.
    fn body(self, status: u16, media_type: &'static str) -> Result<Response, Problem>
    where
        Self::Success: Into<Body>,
    {
        self.with(|value| body(status, media_type, value.into()))
    }

    /// A success without a body.
    ///
    /// # Errors
    ///
    /// 500 where the status is none.
    fn empty(self, status: u16) -> Result<Response, Problem> {
        self.with(|_| empty(status))
    }

    /// A success with a JSON body, and before it the status: the page leaves it open, within a class (`2` for `2XX`) or
    /// altogether (0).
    ///
    /// # Errors
    ///
    /// 500 where the value has no JSON form, or the status is of another class.
    fn open_json<T: Serialize>(self, class: u16, media_type: &'static str) -> Result<Response, Problem>
    where
        Self: Answer<Success = (u16, T)>,
    {
        self.with(|(status, value)| json(within(class, status)?, media_type, &value))
    }

    /// A success with a body that is not JSON, and before it the status.
    ///
    /// # Errors
    ///
    /// 500 where the status is of another class.
    fn open_body(self, class: u16, media_type: &'static str) -> Result<Response, Problem>
    where
        Self: Answer<Success = (u16, Body)>,
    {
        self.with(|(status, value)| body(within(class, status)?, media_type, value))
    }

    /// A success of which there is the status alone.
    ///
    /// # Errors
    ///
    /// 500 where it is of another class.
    fn open_empty(self, class: u16) -> Result<Response, Problem>
    where
        Self: Answer<Success = u16>,
    {
        self.with(|status| empty(within(class, status)?))
    }

    /// A success of which the page leaves everything open.
    ///
    /// # Errors
    ///
    /// Those of the service.
    fn open(self) -> Result<Response, Problem>
    where
        Self::Success: Into<Response>,
    {
        self.with(|response| Ok(response.into()))
    }

    /// One of several documented successes.
    ///
    /// # Errors
    ///
    /// 500 where it has no JSON form, or a status that is not its own.
    fn documented(self) -> Result<Response, Problem>
    where
        Self::Success: Responses,
    {
        self.with(|value| documented(&value))
    }
}

impl<T, E: Responses> Answer for Reply<T, E> {
    type Success = T;

    fn with(self, success: impl FnOnce(T) -> Result<Response, Problem>) -> Result<Response, Problem> {
        match self {
            Ok(value) => success(value),
            Err(Error::Documented(error)) => documented(&error),
            Err(Error::Undocumented(response)) => Ok(response),
        }
    }
}

/// A status that the page leaves open, if it is one of the class.
fn within(class: u16, status: u16) -> Result<u16, Problem> {
    if class == 0 || status / 100 == class { Ok(status) } else { Err(Problem::internal()) }
}

/// One of several documented responses.
fn documented<T: Responses>(value: &T) -> Result<Response, Problem> {
    match capture(value).ok_or_else(Problem::internal)? {
        (status, _, None) => empty(status),
        (status, media_type, Some(bytes)) => {
            let media_type = if is_json_type(media_type) { plain(media_type) } else { media_type };
            body(status, media_type, bytes.into())
        }
    }
}

/// A response with a JSON body.
fn json(status: u16, media_type: &'static str, value: &impl Serialize) -> Result<Response, Problem> {
    let bytes = serde_json::to_vec(value).map_err(|_| Problem::internal())?;
    body(status, plain(media_type), bytes.into())
}

/// The media type of a JSON body: a range is none.
fn plain(media_type: &'static str) -> &'static str {
    if media_type.contains('*') { "application/json" } else { media_type }
}

/// A response with a body that is not JSON.
fn body(status: u16, media_type: &'static str, body: Body) -> Result<Response, Problem> {
    let mut response = empty(status)?;
    // RFC 9110, sections 15.3.5 and 15.4.5: these end with their headers.
    if matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
        return Ok(response);
    }
    // A range such as `image/*` is no media type: the page leaves open which one it is.
    let media_type = if media_type.contains('*') { "application/octet-stream" } else { media_type };
    if let Ok(media_type) = HeaderValue::from_str(media_type) {
        response.headers_mut().insert(CONTENT_TYPE, media_type);
    }
    *response.body_mut() = body;
    Ok(response)
}

/// A response without a body.
fn empty(status: u16) -> Result<Response, Problem> {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::from_u16(status).map_err(|_| Problem::internal())?;
    Ok(response)
}
