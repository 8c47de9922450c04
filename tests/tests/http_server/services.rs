//! The four services under test. Each notes what arrives, and replies as the id tells it.

use std::sync::{Arc, Mutex};

use axum::{
    http::StatusCode,
    response::{IntoResponse, Response},
};
use docwright_generated::{devicehive, example, finix, upsun};
use docwright_runtime::server::{Credentials, Denied, Error, Reply, Undocumented};
use serde_json::json;

/// What arrived at handlers, printed for comparison.
#[derive(Debug, Clone, Default)]
pub struct Log(Arc<Mutex<Vec<String>>>);

impl Log {
    fn note(&self, text: String) {
        self.0.lock().unwrap().push(text);
    }

    /// What arrived since the last call.
    pub fn take(&self) -> Vec<String> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

fn bearer(credentials: Credentials) -> Result<(), Denied> {
    match credentials {
        Credentials::Bearer(token) if token.expose() == "sesame" => Ok(()),
        Credentials::Bearer(token) if token.expose() == "guest" => Err(Denied::Forbidden),
        Credentials::Bearer(token) if token.expose() == "later" => Err(Denied::Unavailable),
        _ => Err(Denied::Unauthorized),
    }
}

/// 000: no response is documented.
#[derive(Debug, Clone, Default)]
pub struct Example(pub Log);

impl example::server::Service for Example {
    type Caller = ();

    async fn authenticate(&self, credentials: Credentials, permissions: &[&str]) -> Result<(), Denied> {
        assert!(permissions.is_empty());
        bearer(credentials)
    }

    async fn put_users_by_id(
        &self,
        (): (),
        id: i64,
        body: Option<example::types::PutUsersByIdRequest>,
    ) -> Response {
        self.0.note(match body {
            Some(body) => format!("{id} {:?} {:?} {:?}", body.archive_reason, body.channel, body.password),
            None => format!("{id} without a body"),
        });
        match id {
            401 => StatusCode::UNAUTHORIZED.into_response(),
            500 => panic!("the password of the database is secret"),
            404 => (StatusCode::NOT_FOUND, "no such user").into_response(),
            _ => axum::Json(json!({ "id": id })).into_response(),
        }
    }
}

/// 001: five documented errors of one shape.
#[derive(Debug, Clone, Default)]
pub struct Finix(pub Log);

fn error(code: &str) -> finix::types::UpdateUserError {
    serde_json::from_value(json!({ "total": 1, "_embedded": { "errors": [{ "code": code }] } })).unwrap()
}

impl finix::server::Service for Finix {
    type Caller = String;

    async fn authenticate(&self, credentials: Credentials, _: &[&str]) -> Result<String, Denied> {
        match credentials {
            Credentials::Basic { user, .. } if user == "guest" => Err(Denied::Forbidden),
            Credentials::Basic { user, password } if password.expose() == "open sesame" => Ok(user),
            _ => Err(Denied::Unauthorized),
        }
    }

    async fn update_user(
        &self,
        caller: String,
        user_id: String,
        body: Option<finix::types::UpdateUserRequest>,
    ) -> Reply<finix::types::UpdateUserResponse, finix::types::UpdateUserFailure> {
        use finix::types::UpdateUserFailure as Failure;
        self.0.note(match &body {
            Some(body) => format!("{caller} {user_id:?} {:?} {:?}", body.enabled, body.tags),
            None => format!("{caller} {user_id:?} without a body"),
        });
        let failure = match user_id.as_str() {
            "bad-request" => Failure::BadRequest(error("BAD")),
            "unauthorized" => Failure::Unauthorized(error("UNKNOWN")),
            "forbidden" => Failure::Forbidden(error("UNKNOWN")),
            "not-found" => Failure::NotFound(error("NOT_FOUND")),
            "not-acceptable" => Failure::NotAcceptable(error("ACCEPT")),
            "panic" => panic!("the password of the database is secret"),
            "slow" => std::future::pending().await,
            "teapot" => return Err(Error::Undocumented(StatusCode::IM_A_TEAPOT.into_response())),
            _ => {
                return Ok(finix::types::UpdateUserResponse {
                    id: Some(user_id),
                    enabled: body.and_then(|body| body.enabled),
                    ..Default::default()
                });
            }
        };
        Err(failure.into())
    }
}

/// 002: a success whose status the page leaves open, and a permission.
#[derive(Debug, Clone, Default)]
pub struct DeviceHive(pub Log);

impl devicehive::server::Service for DeviceHive {
    type Caller = &'static str;

    async fn authenticate(
        &self,
        credentials: Credentials,
        permissions: &'static [&'static str],
    ) -> Result<&'static str, Denied> {
        bearer(credentials)?;
        Ok(permissions.first().copied().unwrap_or("nothing"))
    }

    async fn update_user(
        &self,
        caller: &'static str,
        id: devicehive::types::UpdateUserId,
        body: devicehive::types::User,
    ) -> Reply<u16, Undocumented> {
        use devicehive::types::UpdateUserId as Id;
        self.0.note(format!("{caller} {id:?} {:?} {:?}", body.login, body.data));
        match id {
            Id::Integer(200) => Ok(200),
            Id::Integer(500) => Ok(500),
            Id::Integer(401) => Err(Error::Undocumented(StatusCode::UNAUTHORIZED.into_response())),
            Id::Integer(666) => panic!("the password of the database is secret"),
            Id::Integer(404) => Err(Error::Undocumented((StatusCode::NOT_FOUND, "gone").into_response())),
            _ => Ok(204),
        }
    }
}

/// 003: a UUID, a limit, and an API that has an error shape of its own.
#[derive(Debug, Clone, Default)]
pub struct Upsun(pub Log);

pub const USER: &str = r#"{"id":"d81c8ee2-44b3-429f-b944-a33ad7437690","deactivated":false,"namespace":"n","username":"u","email":"e@example.com","email_verified":true,"first_name":"f","last_name":"l","picture":"p","company":"c","website":"w","country":"NL","created_at":"2023-11-07T05:31:56Z","updated_at":"2023-11-07T05:31:56Z"}"#;

impl upsun::server::Service for Upsun {
    type Caller = ();

    async fn authenticate(&self, credentials: Credentials, _: &[&str]) -> Result<(), Denied> {
        bearer(credentials)
    }

    async fn update_user(
        &self,
        (): (),
        user_id: uuid::Uuid,
        body: Option<upsun::types::UpdateUserRequest>,
    ) -> Reply<upsun::types::UpdateUserResponse, Undocumented> {
        let country = body.and_then(|body| body.country);
        self.0.note(format!("{user_id} {country:?}"));
        match user_id.as_u128() {
            0x401 => Err(Error::Undocumented(StatusCode::UNAUTHORIZED.into_response())),
            0x500 => panic!("the password of the database is secret"),
            _ => Ok(serde_json::from_str(USER).unwrap()),
        }
    }

    fn problem(&self, problem: docwright_runtime::server::Problem) -> Response {
        let error = json!({ "error": problem.title(), "at": problem.pointer() });
        (problem.status(), axum::Json(error)).into_response()
    }
}
