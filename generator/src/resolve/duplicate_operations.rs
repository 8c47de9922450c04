//! Keeps one of the operations that several pages, or one page twice, document.
//!
//! An API has one operation for a method and a path, or for a webhook of a name. Equal ones are one. Of
//! different ones the first stands, and the other is an error, unless the configuration wants the newest.

use std::collections::{HashMap, hash_map::Entry};

use serde_json::Value;

use super::{Duplicates, NamedPage, dates};
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Api, Operation, OperationKey},
    openapi::operation_facts,
};

/// Leaves one operation of each method and path, where the first of them was. `places` has for each operation
/// where its page is among the pages.
pub(super) fn join_duplicates(
    api: &mut Api,
    pages: &[NamedPage<'_>],
    places: &[usize],
    duplicates: Duplicates,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let mut known: HashMap<OperationKey, usize> = HashMap::new();
    let mut kept: Vec<(Operation, Option<i64>)> = Vec::with_capacity(api.operations.len());
    for (operation, &at) in std::mem::take(&mut api.operations).into_iter().zip(places) {
        let modified = || {
            let date = pages.get(at).and_then(|page| page.page.modified.as_ref());
            date.and_then(|date| dates::seconds(&date.value))
        };
        match known.entry(operation.key()) {
            Entry::Vacant(place) => {
                place.insert(kept.len());
                kept.push((operation, modified()));
            }
            Entry::Occupied(place) => {
                if let Some(first) = kept.get_mut(*place.get()) {
                    join(first, (operation, modified()), duplicates, diagnostics);
                }
            }
        }
    }
    api.operations = kept.into_iter().map(|(operation, _)| operation).collect();
}

/// Leaves the one that stands in `first`.
fn join(
    first: &mut (Operation, Option<i64>),
    second: (Operation, Option<i64>),
    duplicates: Duplicates,
    diagnostics: &mut Vec<Diagnostic>,
) {
    let what = format!("{} documented twice", subject(&second.0));
    let Some(place) = difference(&first.0, &second.0) else {
        diagnostics.push(
            Diagnostic::new(codes::EQUAL_OPERATION, second.0.span, format!("{what}, equally"))
                .label("the same again")
                .related(first.0.span, "first here"),
        );
        return;
    };
    if duplicates == Duplicates::Newest
        && let (Some(one), Some(other)) = (first.1, second.1)
        && one != other
    {
        let newer = other > one;
        let second = if newer { std::mem::replace(first, second) } else { second };
        diagnostics.push(
            Diagnostic::new(codes::OLDER_OPERATION, second.0.span, format!("{what}, differently"))
                .label(format!("left out: the page is older; {place} differs"))
                .related(first.0.span, "this one stands"),
        );
        return;
    }
    let help = match duplicates {
        Duplicates::Newest => {
            "the front matter does not tell which page is newer: leave one of them out, or make two APIs of them"
        }
        Duplicates::Error => {
            "leave out one of the pages, make two APIs of them, or set `duplicates: newest` in docwright.yaml"
        }
    };
    diagnostics.push(
        Diagnostic::new(codes::DUPLICATE_OPERATION, second.0.span, format!("{what}, differently"))
            .label(format!("left out; {place} differs"))
            .related(first.0.span, "this one stands")
            .help(help),
    );
}

/// What an operation is called in a message. The paths of callbacks are not theirs yet.
fn subject(operation: &Operation) -> String {
    match &operation.callback {
        Some(callback) => {
            let (_, method, path) = &callback.of;
            format!("`{}` of the callback `{}` of `{method} {path}`", operation.method, callback.name)
        }
        None => format!("`{} {}`", operation.method, operation.path.value),
    }
}

/// The first place at which two operations say something else, in the words of OpenAPI; `None` where they say
/// the same.
fn difference(one: &Operation, other: &Operation) -> Option<String> {
    let mut path = Vec::new();
    differ(&operation_facts(one), &operation_facts(other), &mut path).then(|| {
        path.reverse();
        format!("`{}`", path.join("."))
    })
}

/// Whether two values differ; `path` then leads to the place, from the inside out. Values nest no deeper than
/// readers allow.
fn differ(one: &Value, other: &Value, path: &mut Vec<String>) -> bool {
    match (one, other) {
        (Value::Object(members), Value::Object(others)) => {
            let keys = members.keys().chain(others.keys().filter(|key| !members.contains_key(*key)));
            for key in keys {
                let differs = match (members.get(key), others.get(key)) {
                    (Some(one), Some(other)) => differ(one, other, path),
                    _ => true,
                };
                if differs {
                    path.push(key.clone());
                    return true;
                }
            }
            false
        }
        (Value::Array(items), Value::Array(others)) => {
            for (one, other) in items.iter().zip(others) {
                if differ(one, other, path) {
                    // A parameter is known by its name.
                    path.extend(one.get("name").and_then(Value::as_str).map(str::to_owned));
                    return true;
                }
            }
            items.len() != others.len()
        }
        _ => one != other,
    }
}
