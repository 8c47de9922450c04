//! `PUT /example/users/{id}.json`.
//!
//! The page documents no response. This service gives the user as it is after the update.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use docwright_generated::example::{server::Service, types::PutUsersByIdRequest};
use docwright_runtime::server::{Credentials, Denied};
use redb::Error;
use serde_json::json;

use crate::{
    credentials::{Digest, check_bearer},
    failed,
    record::{Change, Record},
    store::{Api, Store},
};

/// The users of this API.
pub(crate) struct Users {
    pub(crate) store: Store,
    pub(crate) token: Digest,
}

impl Users {
    async fn update(&self, id: i64, body: &PutUsersByIdRequest) -> Result<Record, Error> {
        let change = Change::of(body)?.secret("password").secret("resetToken").secret("token");
        self.store.update(Api::Example, id.to_string(), change).await
    }
}

impl Service for Users {
    type Caller = ();

    async fn authenticate(
        &self,
        credentials: Credentials,
        _permissions: &'static [&'static str],
    ) -> Result<(), Denied> {
        check_bearer(&self.token, &credentials)
    }

    async fn put_users_by_id(&self, (): (), id: i64, body: Option<PutUsersByIdRequest>) -> Response {
        match self.update(id, &body.unwrap_or_default()).await {
            Ok(user) => show(id, user),
            Err(error) => failed(&error),
        }
    }
}

/// All that is set, and what only the service knows.
fn show(id: i64, user: Record) -> Response {
    let mut fields = user.fields;
    fields.insert("id".into(), id.into());
    fields.insert("passwordSet".into(), user.secrets.contains("password").into());
    for (name, time) in [("createdAt", user.created_at), ("updatedAt", user.updated_at)] {
        // The request may have set it.
        fields.entry(name).or_insert_with(|| json!(time));
    }
    Json(fields).into_response()
}
