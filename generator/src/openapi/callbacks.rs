//! Callbacks, which stand with the operations that make the vendor call them.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::Export;
use crate::model::Operation;

impl Export<'_> {
    /// An operation with its callbacks.
    pub(super) fn with_callbacks(
        &self,
        mut operation: Value,
        callbacks: &[&Operation],
        names: &HashMap<&str, String>,
    ) -> Value {
        let mut all = Map::new();
        for sent in callbacks {
            let Some(callback) = &sent.callback else { continue };
            let urls = all.entry(callback.name.clone()).or_insert_with(|| json!({}));
            let Some(urls) = urls.as_object_mut() else { continue };
            let item = urls.entry(callback.url.clone()).or_insert_with(|| json!({}));
            if let Some(item) = item.as_object_mut() {
                item.insert(sent.method.as_str().to_ascii_lowercase(), self.operation(sent, names));
            }
        }
        if let (Some(operation), false) = (operation.as_object_mut(), all.is_empty()) {
            operation.insert("callbacks".into(), Value::Object(all));
        }
        operation
    }
}
