//! Names callbacks, after the operations that make the vendor call them.
//!
//! A callback `stored` of the operation `storeLoad` is called `storeLoad.stored`, which its receiver knows it by; of a callback
//! with several URLs, the second is `storeLoad.stored_2`. Its id is what the definition states as `operationId`, where no other
//! operation has that, or else made of this name: `storeLoadStored`, with the method behind where the callback has several.

use std::collections::{HashMap, HashSet};

use heck::ToLowerCamelCase;

use super::operation_ids::plain;
use crate::{
    diagnostic::Diagnostic,
    model::{Api, Callback, OperationKey},
};

/// The pass. Other operations have their names.
pub(super) fn name_callbacks(api: &mut Api, _diagnostics: &mut Vec<Diagnostic>) {
    if api.operations.iter().all(|operation| operation.callback.is_none()) {
        return;
    }
    let own = api.operations.iter().filter(|operation| operation.callback.is_none());
    let ids: HashMap<OperationKey, String> =
        own.map(|operation| (operation.key(), operation.id.clone())).collect();
    let stated = api.operations.iter().filter(|operation| !operation.id.is_empty());
    let mut taken: HashSet<String> = stated.map(|operation| plain(&operation.id)).collect();
    let mut numbers = HashMap::new();
    for operation in &mut api.operations {
        let Some(callback) = &operation.callback else { continue };
        let (_, method, path) = &callback.of;
        let made;
        let of = match ids.get(&callback.of) {
            Some(id) => id,
            None => {
                made = format!("{method} {path}");
                &made
            }
        };
        let name = name(of, callback);
        if operation.id.is_empty() {
            let method = format!("{name} {}", operation.method);
            let words = [name.clone(), method.clone()];
            let mut ids = words.iter().map(|words| words.to_lower_camel_case());
            operation.id = match ids.find(|id| taken.insert(plain(id))) {
                Some(id) => id,
                None => numbered(&method.to_lower_camel_case(), &mut taken, &mut numbers),
            };
        }
        operation.path.value = name;
    }
}

/// An id with the first number that no other one has.
fn numbered(id: &str, taken: &mut HashSet<String>, numbers: &mut HashMap<String, usize>) -> String {
    let number = numbers.entry(plain(id)).or_insert(1);
    loop {
        *number += 1;
        let id = format!("{id}X{number}");
        if taken.insert(plain(&id)) {
            return id;
        }
    }
}

fn name(of: &str, callback: &Callback) -> String {
    match callback.nth {
        0 => format!("{of}.{}", callback.name),
        nth => format!("{of}.{}_{}", callback.name, nth + 1),
    }
}
