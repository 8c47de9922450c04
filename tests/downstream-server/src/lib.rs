//! A crate like a user's: it serves the API `upsun` of `docwright-generated`, of which it has the feature
//! `server` only.
//!
//! It keeps nothing. What a server has to do besides is shown by `generated/examples/users_service`.

use axum::Router;
use docwright_generated::upsun::{
    server::{Service, router},
    types::{UpdateUserRequest, UpdateUserResponse},
};
use docwright_runtime::server::{Credentials, Denied, Reply, Undocumented};
use jiff::Timestamp;
use uuid::Uuid;

/// A service that shows an update and forgets it.
#[derive(Debug, Clone, Copy)]
pub struct Mirror;

impl Service for Mirror {
    /// The name that the token is taken for.
    type Caller = String;

    async fn authenticate(
        &self,
        credentials: Credentials,
        _permissions: &'static [&'static str],
    ) -> Result<String, Denied> {
        match credentials {
            Credentials::Bearer(token) if token.expose() == "guest" => Ok("guest".to_owned()),
            Credentials::Bearer(token) if token.expose() == "reader" => Err(Denied::Forbidden),
            _ => Err(Denied::Unauthorized),
        }
    }

    async fn update_user(
        &self,
        caller: String,
        user_id: Uuid,
        body: Option<UpdateUserRequest>,
    ) -> Reply<UpdateUserResponse, Undocumented> {
        let body = body.unwrap_or_default();
        Ok(UpdateUserResponse {
            id: user_id,
            deactivated: false,
            namespace: caller,
            username: body.username.unwrap_or_default(),
            email: "nobody@example.com".to_owned(),
            email_verified: false,
            first_name: body.first_name.unwrap_or_default(),
            last_name: body.last_name.unwrap_or_default(),
            picture: body.picture.unwrap_or_default(),
            company: body.company.unwrap_or_default(),
            website: body.website.unwrap_or_default(),
            country: body.country.unwrap_or_else(|| "ZZ".to_owned()),
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
            consented_at: None,
            consent_method: None,
        })
    }
}

/// The API below `/v1`, beside a page of the crate's own.
pub fn app() -> Router {
    Router::new().route("/health", axum::routing::get(|| async { "well" })).nest("/v1", router(Mirror))
}
