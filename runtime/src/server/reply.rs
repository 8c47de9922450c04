//! From a service's reply to a response.

use axum::{body::Body, response::Response};
use http::{HeaderValue, StatusCode, header::CONTENT_TYPE};
use serde::Serialize;

use super::problem::Problem;

/// The documented responses of an operation.
pub trait Answer {
    /// The response.
    ///
    /// # Errors
    ///
    /// 500 where the service gives a status of another class than the documented one, or a body that has
    /// no JSON form.
    fn answer(self) -> Result<Response, Problem>;
}

/// A response with a JSON body.
///
/// # Errors
///
/// 500 where the value has no JSON form.
pub fn json<T: Serialize + ?Sized>(
    status: impl TryInto<StatusCode>,
    media_type: &'static str,
    value: &T,
) -> Result<Response, Problem> {
    let bytes = serde_json::to_vec(value).map_err(|_| Problem::internal())?;
    let media_type = if media_type.contains('*') { "application/json" } else { media_type };
    body(status, media_type, bytes.into())
}

/// A response with a body of another media type.
///
/// # Errors
///
/// 500 where the status is none.
pub fn body(
    status: impl TryInto<StatusCode>,
    media_type: &'static str,
    body: Body,
) -> Result<Response, Problem> {
    let mut response = empty(status)?;
    // RFC 9110, sections 15.3.5 and 15.4.5: these end with their headers.
    if matches!(response.status(), StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
        return Ok(response);
    }
    let media_type = if media_type.contains('*') { "application/octet-stream" } else { media_type };
    if let Ok(media_type) = HeaderValue::from_str(media_type) {
        response.headers_mut().insert(CONTENT_TYPE, media_type);
    }
    *response.body_mut() = body;
    Ok(response)
}

/// A response without a body.
///
/// # Errors
///
/// 500 where the status is none.
pub fn empty(status: impl TryInto<StatusCode>) -> Result<Response, Problem> {
    let mut response = Response::default();
    *response.status_mut() = status.try_into().map_err(|_| Problem::internal())?;
    Ok(response)
}

/// A response that the page leaves open.
///
/// # Errors
///
/// None: it is what the service makes of it.
pub fn open(response: Response) -> Result<Response, Problem> {
    Ok(response)
}

/// A status that is documented by its class: `2` for `2XX`.
///
/// # Errors
///
/// 500 where it is of another class.
pub fn class(class: u16, status: StatusCode) -> Result<StatusCode, Problem> {
    if status.as_u16() / 100 == class { Ok(status) } else { Err(Problem::internal()) }
}
