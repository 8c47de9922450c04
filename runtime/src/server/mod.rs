//! What generated servers share, on axum.
//!
//! A generated `router` declares each operation with [`Routes`]: method, path template, what is read of a request, and
//! the function of the implementer's service that is called with it ([`At`]). [`Routes`] authenticates, reads, checks
//! documented limits, calls the function, and turns its [`Reply`] into a response. An operation with more arguments
//! than a route can collect reads the [`Incoming`] request itself, checks with [`Limits`], and answers with the methods of
//! [`Answer`].
//!
//! What holds for every request:
//!
//! - Checks come in one order: route, credentials, path, query, content type, size, JSON, limits, handler. A
//!   later one never speaks before an earlier one.
//! - Every refusal is a [`Problem`], which the service turns into a response in one place. A problem never
//!   repeats a value that was sent, nor the text of an error of the service.
//! - A panic while a request is answered is a 500 without detail, and the server goes on.
//! - The maximum size of a body is axum's: 2 MiB, or what the layer [`axum::extract::DefaultBodyLimit`] says.

mod answer;
mod auth;
mod basic;
mod body;
mod captured;
mod form;
mod handler;
mod incoming;
mod limits;
mod object;
mod parameters;
mod payload;
mod problem;
mod reader;
mod reply;
mod route;
mod routes;
mod shape;
mod strict;
mod table;
mod template;
mod with_headers;

pub use crate::{RawBody, Undocumented};
pub use auth::{Accepted, Credentials, Denied, Scheme};
pub use handler::Handler;
pub use incoming::Incoming;
pub use limits::Limits;
pub use parameters::{In, Parameters};
pub use problem::{Problem, Reason};
pub use reply::{Answer, Error, Replies, Reply};
pub use route::At;
pub use routes::Routes;
pub use with_headers::{IntoReply, RepliesWithHeaders, ReplyWithHeaders, WithHeaders};
