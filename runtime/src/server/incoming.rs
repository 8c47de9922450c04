//! A request on its way to an operation.

use std::sync::{Arc, OnceLock};

use axum::{
    RequestExt,
    body::{Body, HttpBody},
    extract::Request,
};
use http::request::Parts;

use super::{
    auth::{self, Accepted, Asked},
    table::PathValue,
};

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
    realm: &'static str,
    /// The note of what the operation accepts.
    accepted: Arc<OnceLock<&'static [Accepted]>>,
}

impl Incoming {
    pub(super) fn new(
        request: Request,
        path: Vec<PathValue>,
        realm: &'static str,
        accepted: Arc<OnceLock<&'static [Accepted]>>,
    ) -> Self {
        let declared = request.body().size_hint().lower();
        let (parts, body) = request.with_limited_body().into_parts();
        let too_large = body.size_hint().upper().is_some_and(|maximum| declared > maximum);
        Self { parts, body, too_large, path, realm, accepted }
    }

    /// The credentials that the request has: those of the first alternative that it has completely. A 401 that the
    /// operation replies later has a challenge for each scheme here, unless it has challenges of its own.
    ///
    /// # Errors
    ///
    /// 401 with `WWW-Authenticate`, where they are missing or malformed.
    pub fn credentials(&self, accepted: &'static [Accepted]) -> Asked {
        self.accepted.get_or_init(|| accepted);
        auth::present(&self.parts, accepted, self.realm)
    }
}
