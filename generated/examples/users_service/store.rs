//! Users in one file: an embedded database with one table for each API.
//!
//! Enter at [`Store::open`], then [`Store::update`]. An update is one write transaction: read, merge, write.
//! The database allows one at a time, so that no update is lost, whoever else updates the same user.
//!
//! Invariant: the database blocks, and is called on threads that may.

use std::{io, path::Path, sync::Arc};

use jiff::Timestamp;
use redb::{Database, Error, ReadableTable, TableDefinition};
use tokio::{sync::Mutex, task::spawn_blocking};

use crate::record::{Change, Record};

/// Users by their id, as JSON.
type Users = TableDefinition<'static, &'static str, &'static [u8]>;

/// The tables, by API.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Api {
    Example,
    Finix,
    Devicehive,
    Upsun,
}

impl Api {
    fn table(self) -> Users {
        TableDefinition::new(match self {
            Self::Example => "example",
            Self::Finix => "finix",
            Self::Devicehive => "devicehive",
            Self::Upsun => "upsun",
        })
    }
}

/// The database. Clones share it.
#[derive(Clone)]
pub(crate) struct Store {
    database: Arc<Database>,
    /// Whose turn it is to write. Requests wait here in order, and not on threads of their own.
    turn: Arc<Mutex<()>>,
}

impl Store {
    /// Opens a database file, or makes one.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let database = Database::create(path)?;
        Ok(Self { database: Arc::new(database), turn: Arc::default() })
    }

    /// Changes a user, who is created where there is none, and gives all that is known of them. When this
    /// returns, the change is on disk.
    pub(crate) async fn update(&self, api: Api, id: String, change: Change) -> Result<Record, Error> {
        let database = Arc::clone(&self.database);
        let turn = Arc::clone(&self.turn).lock_owned().await;
        let updating = spawn_blocking(move || {
            // It is this thread's turn until it is done, even where the request is given up before.
            let _turn = turn;
            update(&database, api, &id, change)
        });
        updating.await.map_err(io::Error::from)?
    }
}

fn update(database: &Database, api: Api, id: &str, change: Change) -> Result<Record, Error> {
    let transaction = database.begin_write()?;
    let record = {
        let mut users = transaction.open_table(api.table())?;
        let known = users.get(id)?.map(|user| serde_json::from_slice(user.value())).transpose();
        let now = Timestamp::now();
        let mut record = known.map_err(io::Error::from)?.unwrap_or_else(|| Record::new(now));
        record.merge(change, now);
        let bytes = serde_json::to_vec(&record).map_err(io::Error::from)?;
        users.insert(id, bytes.as_slice())?;
        record
    };
    transaction.commit()?;
    Ok(record)
}
