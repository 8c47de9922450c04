//! Names callbacks, after the operations that make the vendor call them.
//!
//! A callback `stored` of the operation `storeLoad` is called `storeLoad.stored`, which its receiver knows it by; of a callback
//! with several URLs, the second is `storeLoad.stored_2`. Of names that meet, the later ones have a number behind. Its id is what the definition states as `operationId`, where no other
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
    let webhooks =
        api.operations.iter().filter(|operation| operation.webhook && operation.callback.is_none());
    let mut names =
        Names { taken: webhooks.map(|webhook| webhook.path.value.clone()).collect(), ..Names::default() };
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
        let name = names.name(of, callback);
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

/// The names of callbacks' URLs.
#[derive(Default)]
struct Names {
    /// By operation, callback and number.
    known: HashMap<(OperationKey, String, usize), String>,
    taken: HashSet<String>,
    /// The last number that a name was given, to tell it from another.
    numbers: HashMap<String, usize>,
}

impl Names {
    /// The name of a callback's URL, which all of its methods have.
    fn name(&mut self, of: &str, callback: &Callback) -> String {
        let url = (callback.of.clone(), callback.name.clone(), callback.nth);
        if let Some(known) = self.known.get(&url) {
            return known.clone();
        }
        let wanted = match callback.nth {
            0 => format!("{of}.{}", callback.name),
            nth => format!("{of}.{}_{}", callback.name, nth + 1),
        };
        let mut name = wanted.clone();
        while !self.taken.insert(name.clone()) {
            let number = self.numbers.entry(wanted.clone()).or_insert(1);
            *number += 1;
            name = format!("{wanted}_{number}");
        }
        self.known.insert(url, name.clone());
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{HttpMethod, Operation, Text},
        source::Span,
    };

    #[test]
    fn names_that_meet_are_told_apart() {
        let span = Span::default();
        let operation = |path: &str, id: &str, webhook| {
            let mut operation = Operation::new(HttpMethod::Post, Text::new(path, span), span);
            (operation.id, operation.webhook) = (id.to_owned(), webhook);
            operation
        };
        let store = operation("/loads", "store", false);
        let callback = |name: &str, nth, method| {
            let mut sent = operation("", "", true);
            let callback = Callback { name: name.to_owned(), url: String::new(), nth, of: store.key() };
            (sent.method, sent.callback) = (method, Some(Box::new(callback)));
            sent
        };
        let operations = vec![
            store.clone(),
            operation("store.lost", "lost", true),
            callback("lost", 0, HttpMethod::Post),
            callback("lost", 0, HttpMethod::Put),
            callback("kept", 0, HttpMethod::Post),
            callback("kept", 1, HttpMethod::Post),
            callback("kept_2", 0, HttpMethod::Post),
        ];
        let mut api = Api { operations, ..Api::default() };
        name_callbacks(&mut api, &mut Vec::new());
        let names: Vec<&str> = api.operations.iter().skip(2).map(|sent| sent.path.value.as_str()).collect();
        let expected = ["store.lost_2", "store.lost_2", "store.kept", "store.kept_2", "store.kept_2_2"];
        assert_eq!(names, expected);
        let ids: HashSet<&str> = api.operations.iter().map(|operation| operation.id.as_str()).collect();
        assert_eq!(ids.len(), api.operations.len());
    }
}
