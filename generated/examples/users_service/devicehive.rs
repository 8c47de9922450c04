//! `PUT /devicehive/user/{id}`.

use docwright_generated::devicehive::{
    server::Service,
    types::{UpdateUserId, User},
};
use docwright_runtime::server::{Credentials, Denied, Error, Reply, Undocumented};

use crate::{
    credentials::{Digest, check_bearer},
    failed,
    record::{Change, Record},
    store::{Api, Store},
};

/// The user that the token belongs to, an administrator: `current`.
const CURRENT: i64 = 1;

/// The users of this API.
pub(crate) struct Users {
    pub(crate) store: Store,
    pub(crate) token: Digest,
}

impl Users {
    async fn update(&self, id: i64, body: &User) -> Result<Record, redb::Error> {
        let change = Change::of(body)?.secret("password");
        self.store.update(Api::Devicehive, id.to_string(), change).await
    }
}

impl Service for Users {
    type Caller = ();

    /// The one token has every permission that a page may ask for.
    async fn authenticate(
        &self,
        credentials: Credentials,
        _permissions: &'static [&'static str],
    ) -> Result<(), Denied> {
        check_bearer(&self.token, &credentials)
    }

    async fn update_user(&self, (): (), id: UpdateUserId, body: User) -> Reply<u16, Undocumented> {
        let id = match id {
            UpdateUserId::Current => CURRENT,
            UpdateUserId::Integer(id) => id,
        };
        match self.update(id, &body).await {
            // The page says that the body is empty, and leaves the status open.
            Ok(_) => Ok(204),
            Err(error) => Err(Error::Undocumented(failed(&error))),
        }
    }
}
