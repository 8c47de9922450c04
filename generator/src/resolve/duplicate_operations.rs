//! Keeps one of the operations that several pages, or one page twice, document.
//!
//! An API has one operation for a method and a path, or for a webhook of a name. The first stands.

use std::collections::{HashMap, hash_map::Entry};

use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Api, HttpMethod},
    source::Span,
};

/// Drops operations that were documented before, and says so.
pub(super) fn drop_duplicate_operations(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    let mut known: HashMap<(bool, HttpMethod, String), Span> = HashMap::new();
    api.operations.retain(|operation| {
        let path = operation.path.value.clone();
        match known.entry((operation.webhook, operation.method, path)) {
            Entry::Vacant(place) => {
                place.insert(operation.span);
                true
            }
            Entry::Occupied(first) => {
                let what = format!("`{} {}` documented twice", operation.method, operation.path.value);
                diagnostics.push(
                    Diagnostic::new(codes::DUPLICATE_OPERATION, operation.span, what)
                        .label("left out")
                        .related(*first.get(), "this one stands")
                        .help("leave out one of the pages, or make two APIs of them"),
                );
                false
            }
        }
    });
}
