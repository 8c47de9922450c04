//! Callbacks: what operations make the vendor call.

use std::collections::{HashMap, HashSet};

use serde::Serialize;

use super::{Api, HttpMethod, Operation};

/// What an operation makes the vendor call.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Callback {
    /// Its name, verbatim.
    pub name: String,
    /// The URL that is called, an expression of OpenAPI such as `{$request.body#/url}`.
    pub url: String,
    /// How many URLs the callback has before this one.
    #[serde(skip_serializing_if = "is_zero")]
    pub nth: usize,
    /// The operation, as [`Operation::key`] has it.
    pub of: OperationKey,
}

// `serde` passes the field by reference.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn is_zero(value: &usize) -> bool {
    *value == 0
}

/// What an API has one operation for: whether it is a webhook, the method, and the path.
pub type OperationKey = (bool, HttpMethod, String);

impl Operation {
    /// What there is one operation for in an API.
    #[must_use]
    pub fn key(&self) -> OperationKey {
        (self.webhook, self.method, self.path.value.clone())
    }
}

impl Api {
    /// The callbacks of each operation that there is.
    pub(crate) fn callbacks(&self) -> HashMap<OperationKey, Vec<&Operation>> {
        let mut all: HashMap<OperationKey, Vec<&Operation>> = HashMap::new();
        for operation in &self.operations {
            if let Some(callback) = &operation.callback {
                all.entry(callback.of.clone()).or_default().push(operation);
            }
        }
        if !all.is_empty() {
            let own = self.operations.iter().filter(|operation| operation.callback.is_none());
            let own: HashSet<OperationKey> = own.map(Operation::key).collect();
            all.retain(|of, _| own.contains(of));
        }
        all
    }
}
