//! What is stored of a user, whatever the API, and what a request changes of it.
//!
//! Absent leaves a field, null clears it, a value sets it. A request's type knows which of its fields may be
//! null; here only what is left of that on the wire is looked at, because it is the same rule four times.
//!
//! Invariant: no secret is stored. This service has no login that would need one, only *that* there is one.

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A user.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Record {
    /// When the first request named the user.
    pub(crate) created_at: Timestamp,
    /// When the last one did.
    pub(crate) updated_at: Timestamp,
    /// The fields that are set, by their names on the wire.
    pub(crate) fields: Map<String, Value>,
    /// The secrets that are set.
    pub(crate) secrets: BTreeSet<String>,
}

impl Record {
    /// A user who was not known until now.
    pub(crate) fn new(now: Timestamp) -> Self {
        Self { created_at: now, updated_at: now, fields: Map::new(), secrets: BTreeSet::new() }
    }

    /// Does what a request asks for.
    pub(crate) fn merge(&mut self, change: Change, now: Timestamp) {
        for (name, value) in change.fields {
            if value.is_null() {
                // Those that follow keep their order.
                self.fields.shift_remove(&name);
            } else {
                self.fields.insert(name, value);
            }
        }
        for (name, set) in change.secrets {
            if set {
                self.secrets.insert(name.to_owned());
            } else {
                self.secrets.remove(name);
            }
        }
        // The clock may have been set back.
        self.updated_at = self.updated_at.max(now);
    }

    /// The value of a text field, if it is set.
    pub(crate) fn text(&self, name: &str) -> Option<String> {
        self.fields.get(name).and_then(Value::as_str).map(ToOwned::to_owned)
    }

    /// The value of a field that is true or false, if it is set.
    pub(crate) fn flag(&self, name: &str) -> Option<bool> {
        self.fields.get(name).and_then(Value::as_bool)
    }

    /// The texts of a field that is a map, if it is set.
    pub(crate) fn texts(&self, name: &str) -> BTreeMap<String, String> {
        let map = self.fields.get(name).and_then(Value::as_object);
        let texts = map.into_iter().flatten();
        texts.filter_map(|(name, text)| Some((name.clone(), text.as_str()?.to_owned()))).collect()
    }
}

/// What a request changes.
#[derive(Debug, Default)]
pub(crate) struct Change {
    fields: Map<String, Value>,
    secrets: Vec<(&'static str, bool)>,
}

impl Change {
    /// What a body changes. Whatever of it is a secret has to be named by [`Change::secret`].
    ///
    /// # Errors
    ///
    /// Where the body has no JSON form.
    pub(crate) fn of(body: &impl Serialize) -> io::Result<Self> {
        Ok(match serde_json::to_value(body)? {
            Value::Object(fields) => Self { fields, secrets: Vec::new() },
            _ => Self::default(),
        })
    }

    /// Takes a secret out: what is left of it is whether it was set or cleared.
    pub(crate) fn secret(mut self, name: &'static str) -> Self {
        if let Some(value) = self.fields.shift_remove(name) {
            self.secrets.push((name, !value.is_null()));
        }
        self
    }
}
