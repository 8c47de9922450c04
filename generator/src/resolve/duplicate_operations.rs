//! Keeps one of the operations that several pages, or one page twice, document.
//!
//! An API has one operation for a method and a path, or for a webhook of a name. Equal ones are one. Of
//! different ones the first stands, and the other is an error, unless the configuration wants the newest. What is left out
//! is given back, so that the rest can be joined without it.

use std::collections::{HashMap, HashSet, hash_map::Entry};

use serde_json::Value;

use super::{Duplicates, NamedPage, dates};
use crate::{
    diagnostic::{Code, Diagnostic, codes},
    model::{Api, Operation, OperationKey},
    openapi::operation_facts,
    source::Span,
};

/// The operations that are left out because others of theirs stand which say something else.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// Where they were among the operations.
    pub(super) places: HashSet<usize>,
    /// What there is to say of them.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// An operation, where it was among the operations, where its page is among the pages, and when that was changed.
struct Dated {
    operation: Operation,
    nth: usize,
    page: usize,
    modified: Option<i64>,
}

/// Leaves one operation of each method and path, where the first of them was. `places` has for each operation
/// where its page is among the pages. With an operation go the callbacks that its page has for it.
pub(super) fn join_duplicates(
    api: &mut Api,
    pages: &[NamedPage<'_>],
    places: &[usize],
    duplicates: Duplicates,
    diagnostics: &mut Vec<Diagnostic>,
) -> LeftOut {
    let mut known: HashMap<OperationKey, usize> = HashMap::new();
    let mut kept: Vec<Dated> = Vec::with_capacity(api.operations.len());
    let mut left_out = LeftOut::default();
    // The operations that are left out, with their pages and how that was said.
    let mut gone: HashMap<(OperationKey, usize), (Code, Span)> = HashMap::new();
    for (nth, (operation, &page)) in std::mem::take(&mut api.operations).into_iter().zip(places).enumerate() {
        let date = pages.get(page).and_then(|page| page.page.modified.as_ref());
        let modified = date.and_then(|date| dates::seconds(&date.value));
        let key = operation.key();
        let second = Dated { operation, nth, page, modified };
        match known.entry(key) {
            Entry::Vacant(place) => {
                place.insert(kept.len());
                kept.push(second);
            }
            Entry::Occupied(place) => {
                let Some(first) = kept.get_mut(*place.get()) else { continue };
                let (lost, diagnostic) = join(first, second, duplicates);
                let Some(lost) = lost else {
                    diagnostics.push(diagnostic);
                    continue;
                };
                left_out.places.insert(lost.nth);
                gone.insert((place.key().clone(), lost.page), (diagnostic.code, first.operation.span));
                left_out.diagnostics.push(diagnostic);
            }
        }
    }
    // The page of an operation may come to be the older one after its callbacks were met.
    kept.retain(|Dated { operation, nth, page, .. }| {
        let Some(callback) = &operation.callback else { return true };
        let Some((code, span)) = gone.get(&(callback.of.clone(), *page)) else { return true };
        left_out.places.insert(*nth);
        left_out.diagnostics.push(
            Diagnostic::new(*code, operation.span, format!("{}, which is left out", subject(operation)))
                .label("left out with its operation")
                .related(*span, "the operation that stands"),
        );
        false
    });
    api.operations = kept.into_iter().map(|dated| dated.operation).collect();
    left_out
}

/// Leaves the one that stands in `first`. Gives the other one where it says something else, and what there is to say.
fn join(first: &mut Dated, second: Dated, duplicates: Duplicates) -> (Option<Dated>, Diagnostic) {
    let what = format!("{} documented twice", subject(&second.operation));
    let Some(place) = difference(&first.operation, &second.operation) else {
        let diagnostic =
            Diagnostic::new(codes::EQUAL_OPERATION, second.operation.span, format!("{what}, equally"))
                .label("the same again")
                .related(first.operation.span, "first here");
        return (None, diagnostic);
    };
    if duplicates == Duplicates::Newest
        && let (Some(one), Some(other)) = (first.modified, second.modified)
        && one != other
    {
        let newer = other > one;
        let second = if newer { std::mem::replace(first, second) } else { second };
        let diagnostic =
            Diagnostic::new(codes::OLDER_OPERATION, second.operation.span, format!("{what}, differently"))
                .label(format!("left out: the page is older; {place} differs"))
                .related(first.operation.span, "this one stands");
        return (Some(second), diagnostic);
    }
    let help = match duplicates {
        Duplicates::Newest => {
            "the front matter does not tell which page is newer: leave one of them out, or make two APIs of them"
        }
        Duplicates::Error => {
            "leave out one of the pages, make two APIs of them, or set `duplicates: newest` in docwright.yaml"
        }
    };
    let diagnostic =
        Diagnostic::new(codes::DUPLICATE_OPERATION, second.operation.span, format!("{what}, differently"))
            .label(format!("left out; {place} differs"))
            .related(first.operation.span, "this one stands")
            .help(help);
    (Some(second), diagnostic)
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
