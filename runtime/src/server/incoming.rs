//! A request on its way to an operation.

use axum::{
    RequestExt,
    body::{Body, HttpBody},
    extract::Request,
};
use http::request::Parts;

use super::table::PathValue;

/// A request whose operation is found.
///
/// The order in which an operation reads it is the order in which its checks are made: see the
/// [module's documentation](super).
#[derive(Debug)]
pub struct Incoming {
    pub(super) parts: Parts,
    /// The body, which is read once, up to the maximum size.
    pub(super) body: Body,
    /// Whether the request itself says that its body is larger than the maximum.
    pub(super) too_large: bool,
    pub(super) path: Vec<PathValue>,
    /// The realm of `WWW-Authenticate`.
    pub(super) realm: &'static str,
}

impl Incoming {
    pub(super) fn new(request: Request, path: Vec<PathValue>, realm: &'static str) -> Self {
        let declared = request.body().size_hint().lower();
        let (parts, body) = request.with_limited_body().into_parts();
        let too_large = body.size_hint().upper().is_some_and(|maximum| declared > maximum);
        Self { parts, body, too_large, path, realm }
    }
}
