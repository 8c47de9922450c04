//! Replies with headers that no type has a place for.

use std::future::Future;

use axum::{body::HttpBody, response::Response};
use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING},
};

use super::{
    problem::Problem,
    reply::{Answer, Error, Reply},
};
use crate::responses::{Responses, Undocumented};

/// A reply of a service, as [`Reply`], whose success or error can have headers: for operations whose page documents headers
/// of responses. `?` and `into` make it of what has none.
///
/// ```
/// use docwright_runtime::server::{ReplyWithHeaders, Undocumented, WithHeaders};
/// use http::header::LOCATION;
///
/// async fn create(name: &str) -> ReplyWithHeaders<i64, Undocumented> {
///     let location = http::HeaderValue::from_static("/users/7");
///     Ok(WithHeaders::new(7).header(LOCATION, location))
/// }
/// # let _ = create("Ada");
/// ```
pub type ReplyWithHeaders<T, E = Undocumented> = Result<WithHeaders<T>, WithHeaders<Error<E>>>;

/// What a service replies, with headers of the response.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct WithHeaders<T> {
    /// What it replies.
    pub reply: T,
    /// The headers. What HTTP says of a body, its type and its length, is not theirs: it is left out, but in the response of
    /// an operation whose method is HEAD, which says it of the body that there would be.
    pub headers: HeaderMap,
}

impl<T> WithHeaders<T> {
    /// A reply without headers.
    #[must_use]
    pub fn new(reply: T) -> Self {
        Self { reply, headers: HeaderMap::new() }
    }

    /// Adds a header, beside others of its name.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: impl Into<HeaderValue>) -> Self {
        self.headers.append(name, value.into());
        self
    }
}

impl<T> From<T> for WithHeaders<T> {
    fn from(reply: T) -> Self {
        Self::new(reply)
    }
}

impl<E> From<E> for WithHeaders<Error<E>> {
    fn from(error: E) -> Self {
        Self::new(error.into())
    }
}

/// What an `async fn` of a service gives where the page documents headers of its responses: the future of a
/// [`ReplyWithHeaders`], which may move from thread to thread.
pub trait RepliesWithHeaders<T, E = Undocumented>: Future<Output = ReplyWithHeaders<T, E>> + Send {}

impl<F: Future<Output = ReplyWithHeaders<T, E>> + Send, T, E> RepliesWithHeaders<T, E> for F {}

/// A [`Reply`] or a [`ReplyWithHeaders`].
pub trait IntoReply<T, E> {
    /// The reply, with its headers.
    fn into_reply(self) -> WithHeaders<Reply<T, E>>;
}

impl<T, E> IntoReply<T, E> for Reply<T, E> {
    fn into_reply(self) -> WithHeaders<Self> {
        WithHeaders::new(self)
    }
}

impl<T, E> IntoReply<T, E> for ReplyWithHeaders<T, E> {
    fn into_reply(self) -> WithHeaders<Reply<T, E>> {
        match self {
            Ok(WithHeaders { reply, headers }) => WithHeaders { reply: Ok(reply), headers },
            Err(WithHeaders { reply, headers }) => WithHeaders { reply: Err(reply), headers },
        }
    }
}

impl<T, E: Responses> Answer for WithHeaders<Reply<T, E>> {
    type Success = T;

    fn with(self, success: impl FnOnce(T) -> Result<Response, Problem>) -> Result<Response, Problem> {
        let Self { reply, mut headers } = self;
        headers.remove(TRANSFER_ENCODING);
        let of_body = [CONTENT_LENGTH, CONTENT_TYPE].map(|name| (headers.remove(&name), name));
        let mut response = reply.with(success)?;
        response.headers_mut().extend(headers);
        if of_body.iter().any(|(value, _)| value.is_some()) {
            response.extensions_mut().insert(OfBody(of_body));
        }
        Ok(response)
    }
}

/// What a service says of a body.
#[derive(Clone)]
struct OfBody([(Option<HeaderValue>, HeaderName); 2]);

/// Has a response to HEAD say what the service says of the body that it does not have (RFC 9110, sections 8.6 and 9.3.2).
pub(super) fn describe_body(response: &mut Response) {
    let Some(OfBody(said)) = response.extensions_mut().remove() else { return };
    if response.body().is_end_stream() {
        let said = said.into_iter().filter_map(|(value, name)| Some((name, value?)));
        response.headers_mut().extend(said);
    }
}
