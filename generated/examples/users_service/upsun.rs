//! `PATCH /upsun/users/{user_id}`.
//!
//! The page says that every user has 14 fields. A request can set seven of them; `show` gives the others, and
//! those that no request has set yet.

use docwright_generated::upsun::{
    server::Service,
    types::{UpdateUserRequest, UpdateUserResponse},
};
use docwright_runtime::server::{Credentials, Denied, Error, Reply, Undocumented};
use uuid::Uuid;

use crate::{
    credentials::{Digest, check_bearer},
    failed,
    record::{Change, Record},
    store::{Api, Store},
};

/// The namespace of all user names.
const NAMESPACE: &str = "users_service";

/// The country of someone whose country is not known: ISO 3166-1 leaves this code to its users.
const NO_COUNTRY: &str = "ZZ";

/// The users of this API.
pub(crate) struct Users {
    pub(crate) store: Store,
    pub(crate) token: Digest,
}

impl Users {
    async fn update(&self, id: Uuid, body: &UpdateUserRequest) -> Result<Record, redb::Error> {
        self.store.update(Api::Upsun, id.to_string(), Change::of(body)?).await
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

    async fn update_user(
        &self,
        (): (),
        user_id: Uuid,
        body: Option<UpdateUserRequest>,
    ) -> Reply<UpdateUserResponse, Undocumented> {
        match self.update(user_id, &body.unwrap_or_default()).await {
            Ok(user) => Ok(show(user_id, &user)),
            Err(error) => Err(Error::Undocumented(failed(&error))),
        }
    }
}

fn show(id: Uuid, user: &Record) -> UpdateUserResponse {
    let text = |name| user.text(name).unwrap_or_default();
    UpdateUserResponse {
        id,
        deactivated: false,
        namespace: NAMESPACE.to_owned(),
        // Unique, until the user has another one.
        username: user.text("username").unwrap_or_else(|| id.to_string()),
        // An address that never is anyone's (RFC 2606).
        email: format!("{id}@users.invalid"),
        email_verified: false,
        first_name: text("first_name"),
        last_name: text("last_name"),
        picture: text("picture"),
        company: text("company"),
        website: text("website"),
        country: user.text("country").unwrap_or_else(|| NO_COUNTRY.to_owned()),
        created_at: user.created_at,
        updated_at: user.updated_at,
        // Nobody was asked.
        consented_at: None,
        consent_method: None,
    }
}
