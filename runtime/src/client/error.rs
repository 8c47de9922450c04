//! What can go wrong with a call.
//!
//! Invariants: `Display` shows no body, no credential and no URL, `Debug` no raw body and no credential; bodies are
//! there to be asked for, and the typed body of a documented error shows as its type does. Messages name what was expected, never what was found.

use std::{error::Error as StdError, fmt};

use super::response::Response;
use crate::RawBody;

/// What went wrong with a call. `E` is what the page documents as errors of the operation.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error<E> {
    /// The server answered with a documented error.
    #[error("the server answered with the documented error {}", .0.status())]
    Documented(Box<Response<E>>),
    /// The server answered with a status that the page does not document for the operation.
    #[error("the server answered with {}, which is not documented", .0.status())]
    Undocumented(Box<Response<RawBody>>),
    /// The body of the response is not what the page documents for its status.
    #[error(transparent)]
    Body(Box<BodyError>),
    /// The body of the response is larger than the client was told to read.
    #[error("the body of the response is larger than {limit} bytes")]
    TooLarge {
        /// The most that is read, in bytes.
        limit: usize,
    },
    /// The response did not arrive in time.
    #[error("the response did not arrive in time")]
    Timeout,
    /// The request did not arrive, or the response did not.
    #[error("the request could not be sent, or its response not be received")]
    Transport(#[source] TransportError),
    /// The request cannot be made of these values. Nothing was sent.
    #[error(transparent)]
    Request(RequestError),
}

impl<E> Error<E> {
    /// The documented error, where it is one.
    #[must_use]
    pub fn documented(&self) -> Option<&E> {
        match self {
            Self::Documented(response) => Some(response.body()),
            _ => None,
        }
    }

    /// The status of the response, where there is one.
    #[must_use]
    pub fn status(&self) -> Option<http::StatusCode> {
        match self {
            Self::Documented(response) => Some(response.status()),
            Self::Undocumented(response) => Some(response.status()),
            Self::Body(error) => Some(error.response.status()),
            _ => None,
        }
    }
}

/// A body that is not what the page documents for the response's status.
#[derive(Debug)]
pub struct BodyError {
    response: Response<RawBody>,
    pointer: String,
    expected: String,
}

impl BodyError {
    pub(super) fn new(response: Response<RawBody>, pointer: String, expected: String) -> Self {
        Self { response, pointer, expected }
    }

    /// The response, with the body as it was received.
    #[must_use]
    pub fn response(&self) -> &Response<RawBody> {
        &self.response
    }

    /// The response, with the body as it was received.
    #[must_use]
    pub fn into_response(self) -> Response<RawBody> {
        self.response
    }

    /// The JSON pointer (RFC 6901) of the value that does not fit; empty for the whole body.
    #[must_use]
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// What was expected there.
    #[must_use]
    pub fn expected(&self) -> &str {
        &self.expected
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the body of the response {} does not fit: expected ", self.response.status())?;
        f.write_str(&self.expected)?;
        if !self.pointer.is_empty() {
            // Names of members come from the body: no line break of theirs gets into a log.
            write!(f, " at {}", self.pointer.escape_debug())?;
        }
        Ok(())
    }
}

impl StdError for BodyError {}

/// Why a request did not arrive, or its response did not. The causes are its sources.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TransportError {
    /// The HTTP client failed: no connection, a connection that ended, a broken response.
    #[error(transparent)]
    Http(reqwest::Error),
    /// The server sent the client from place to place.
    #[error("more than {limit} redirects")]
    Redirects {
        /// The most that are followed.
        limit: usize,
    },
}

/// Why a request cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RequestError {
    /// A path parameter whose value no URL can carry as one segment: it is empty, `.` or `..`.
    #[error("the path parameter `{name}` cannot be one segment of a path: it is empty, `.` or `..`")]
    Path {
        /// The parameter.
        name: &'static str,
    },
    /// An object in the query that is none, or with a member that is no scalar.
    #[error("the query parameter `{name}` is no object of scalars")]
    Query {
        /// The parameter.
        name: &'static str,
    },
    /// A value of a list with what stands between values there in it: a space or `|` in the query, a comma in a header.
    #[error("a value of the parameter `{name}` holds what stands between values there")]
    Delimiter {
        /// The parameter.
        name: &'static str,
    },
    /// A list in one pair of the query whose only value is an empty text: it would be read as a list without values.
    #[error("the only value of the parameter `{name}` is an empty text")]
    Empty {
        /// The parameter.
        name: &'static str,
    },
    /// A list without values that must be sent: nothing of it would be.
    #[error("the parameter `{name}` must be sent and has no values")]
    Missing {
        /// The parameter.
        name: &'static str,
    },
    /// A number that is not finite: neither JSON nor a parameter has a form for it.
    #[error("a value of the parameter `{name}` is no finite number")]
    Number {
        /// The parameter.
        name: &'static str,
    },
    /// A header whose name or value HTTP cannot carry (RFC 9110, 5.1 and 5.5).
    #[error("the header `{name}` has a name or value that HTTP cannot carry")]
    Header {
        /// The header.
        name: &'static str,
    },
    /// A cookie whose name or value HTTP cannot carry (RFC 6265, 4.1.1).
    #[error("the cookie `{name}` has a name or value that HTTP cannot carry")]
    Cookie {
        /// The cookie.
        name: &'static str,
    },
    /// A body that cannot be written as JSON, or as a form: it holds a number that is not finite, for one.
    #[error("the body cannot be written in its media type")]
    Body,
    /// The path and the base URL together are no URL that would arrive as it was written.
    #[error("the path is not one that a URL can carry")]
    Url,
}

/// What goes wrong before a response's status is looked at; generated code makes an [`Error`] of it.
#[derive(Debug)]
#[non_exhaustive]
pub enum Fault {
    /// [`Error::TooLarge`].
    TooLarge(usize),
    /// [`Error::Timeout`].
    Timeout,
    /// [`Error::Transport`].
    Transport(TransportError),
    /// [`Error::Request`].
    Request(RequestError),
}

impl<E> From<Fault> for Error<E> {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::TooLarge(limit) => Self::TooLarge { limit },
            Fault::Timeout => Self::Timeout,
            Fault::Transport(error) => Self::Transport(error),
            Fault::Request(error) => Self::Request(error),
        }
    }
}

impl From<RequestError> for Fault {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

impl From<reqwest::Error> for Fault {
    /// The URL is taken out: paths and queries hold ids and keys.
    fn from(error: reqwest::Error) -> Self {
        if error.is_timeout() {
            Self::Timeout
        } else {
            Self::Transport(TransportError::Http(error.without_url()))
        }
    }
}
