//! `PUT /finix/users/{user_id}`.
//!
//! The page has an error shape of its own for some statuses: `problem` gives it to refusals of every kind.

use axum::{
    Json,
    response::{IntoResponse, Response},
};
use docwright_generated::finix::{
    server::Service,
    types::{
        UpdateUserError, UpdateUserErrorEmbedded, UpdateUserErrorEmbeddedError, UpdateUserFailure,
        UpdateUserRequest, UpdateUserResponse,
    },
};
use docwright_runtime::server::{Credentials, Denied, Error, Problem, Reply};

use crate::{
    credentials::{Basic, check_basic},
    failed,
    record::{Change, Record},
    store::{Api, Store},
};

/// The users of this API.
pub(crate) struct Users {
    pub(crate) store: Store,
    pub(crate) basic: Basic,
}

impl Users {
    async fn update(&self, id: &str, body: &UpdateUserRequest) -> Result<Record, redb::Error> {
        self.store.update(Api::Finix, id.to_owned(), Change::of(body)?).await
    }
}

impl Service for Users {
    type Caller = ();

    async fn authenticate(
        &self,
        credentials: Credentials,
        _permissions: &'static [&'static str],
    ) -> Result<(), Denied> {
        check_basic(&self.basic, &credentials)
    }

    async fn update_user(
        &self,
        (): (),
        user_id: String,
        body: Option<UpdateUserRequest>,
    ) -> Reply<UpdateUserResponse, UpdateUserFailure> {
        match self.update(&user_id, &body.unwrap_or_default()).await {
            Ok(user) => Ok(show(user_id, &user)),
            Err(error) => Err(Error::Undocumented(failed(&error))),
        }
    }

    fn problem(&self, problem: Problem) -> Response {
        let status = problem.status();
        // Only these are documented; the others keep the form of RFC 9457.
        if !matches!(status.as_u16(), 400 | 401 | 403 | 404 | 406) {
            return problem.into_response();
        }
        let unknown = matches!(status.as_u16(), 401 | 403);
        let code =
            if unknown { "UNKNOWN".to_owned() } else { problem.title().to_uppercase().replace(' ', "_") };
        let error = UpdateUserErrorEmbeddedError {
            code: Some(code),
            message: Some(problem.detail().unwrap_or(problem.title()).to_owned()),
            ..Default::default()
        };
        let embedded = UpdateUserErrorEmbedded { errors: Some(vec![error]) };
        (status, Json(UpdateUserError { total: 1, embedded })).into_response()
    }
}

/// A new user is enabled and has no tags. What the page documents beyond that, this service does not know of
/// anyone; all of it is optional.
fn show(id: String, user: &Record) -> UpdateUserResponse {
    UpdateUserResponse {
        id: Some(id),
        created_at: Some(user.created_at.to_string()),
        updated_at: Some(user.updated_at.to_string()),
        enabled: Some(user.flag("enabled").unwrap_or(true)),
        tags: Some(user.texts("tags")),
        ..Default::default()
    }
}
