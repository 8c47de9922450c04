//! Puts the pages of an API together: operation pages, resource pages and overview pages.
//!
//! A page is what it holds. Operations are collected; an overview completes them ([`overviews`]); security
//! schemes are those of the page that describes them best ([`schemes`]); links to resources lead to their
//! pages ([`resource_links`]); an operation that stands on several pages becomes one
//! ([`duplicate_operations`]). What is joined is reported only where it is inferred or contradicts itself.

use std::collections::{HashMap, HashSet, hash_map::Entry};

use indexmap::IndexMap;

use super::{
    Answered, Settings,
    duplicate_operations::{LeftOut, join_duplicates},
    overviews, resource_links, schemes,
};
use crate::{
    components,
    diagnostic::Diagnostic,
    model::{Api, Operation, OperationKey, Page, Schema},
};

/// A page and how messages name it: its path.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NamedPage<'p> {
    /// The path.
    pub(crate) name: &'p str,
    /// What the page says, but for its operations: they become the API's.
    pub(crate) page: &'p Page,
    /// Whether it had operations.
    pub(crate) has_operations: bool,
}

impl<'p> NamedPage<'p> {
    /// The name that other pages link to: the slug, or the file's name.
    pub(super) fn slug(&self) -> &'p str {
        match &self.page.slug {
            Some(slug) => &slug.value,
            None => self.stem().rsplit('/').next().unwrap_or_default(),
        }
    }

    /// The path without the ending of a page.
    pub(super) fn stem(&self) -> &'p str {
        let endings = [".md", ".mdx", ".txt"];
        endings.iter().find_map(|ending| self.name.strip_suffix(ending)).unwrap_or(self.name)
    }
}

/// Makes one API of pages and the operations of each. Each operation is there once. What only operations that are left out
/// refer to or make the vendor call is no part of it, nor has it a say in what the rest is called.
pub(super) fn join(
    name: &str,
    pages: &[NamedPage<'_>],
    operations: Vec<Vec<Operation>>,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
    answered: &mut Answered,
) -> Api {
    // Which operations differ is known when all are completed; what differs can be put together again without.
    let again = share_components(pages, &operations).then(|| operations.clone());
    let schemas = |at: usize| pages.get(at).map(|page| page.page.schemas.clone()).unwrap_or_default();
    let mut joined = Joined::new(name, pages, operations, schemas, settings);
    if let Some(operations) = again.filter(|_| !joined.left_out.places.is_empty()) {
        let LeftOut { places, mut diagnostics } = std::mem::take(&mut joined.left_out);
        let (operations, touched) = without(operations, &places);
        let referred = |at: usize| Some((at, components::referred(schemas(at), operations.get(at)?)));
        let referred: HashMap<usize, _> = touched.into_iter().filter_map(referred).collect();
        let schemas = |at: usize| referred.get(&at).cloned().unwrap_or_else(|| schemas(at));
        joined = Joined::new(name, pages, operations, schemas, settings);
        diagnostics.append(&mut joined.left_out.diagnostics);
        joined.left_out.diagnostics = diagnostics;
    }
    let Joined { mut api, diagnostics: said, answered: found, left_out } = joined;
    diagnostics.extend(said);
    diagnostics.extend(left_out.diagnostics);
    *answered = found;
    resource_links::resolve_resource_links(&mut api, pages, diagnostics);
    api
}

/// Whether two operations are for the same, and one's page has components: if it is left out, so are those that only it
/// refers to.
fn share_components(pages: &[NamedPage<'_>], operations: &[Vec<Operation>]) -> bool {
    let mut first: HashMap<OperationKey, usize> = HashMap::new();
    let has_components = |at: usize| pages.get(at).is_some_and(|page| !page.page.schemas.is_empty());
    let mut operations =
        operations.iter().enumerate().flat_map(|(at, operations)| operations.iter().map(move |it| (at, it)));
    operations.any(|(at, operation)| match first.entry(operation.key()) {
        Entry::Vacant(place) => {
            place.insert(at);
            false
        }
        Entry::Occupied(place) => has_components(at) || has_components(*place.get()),
    })
}

/// The operations of each page but those at some places among all, and the pages that had these.
fn without(
    operations: Vec<Vec<Operation>>,
    places: &HashSet<usize>,
) -> (Vec<Vec<Operation>>, HashSet<usize>) {
    let mut nth = 0..;
    let mut touched = HashSet::new();
    let rest = operations.into_iter().enumerate().map(|(at, operations)| {
        let before = operations.len();
        let kept: Vec<Operation> =
            operations.into_iter().filter(|_| nth.next().is_some_and(|nth| !places.contains(&nth))).collect();
        if kept.len() < before {
            touched.insert(at);
        }
        kept
    });
    (rest.collect(), touched)
}

/// Pages that are put together, but for what their links lead to.
struct Joined {
    api: Api,
    diagnostics: Vec<Diagnostic>,
    answered: Answered,
    left_out: LeftOut,
}

impl Joined {
    /// Puts pages together, `schemas` being the components of each.
    fn new(
        name: &str,
        pages: &[NamedPage<'_>],
        operations: Vec<Vec<Operation>>,
        schemas: impl Fn(usize) -> IndexMap<String, Schema>,
        settings: &Settings,
    ) -> Self {
        let mut api = Api { name: name.to_owned(), ..Api::default() };
        let mut diagnostics = Vec::new();
        let mut answered = Answered::default();
        // For each operation, where its page is among the pages.
        let mut places = Vec::new();
        for (at, (NamedPage { page, .. }, operations)) in pages.iter().zip(operations).enumerate() {
            let mut operations: Vec<Operation> = operations
                .into_iter()
                .map(|operation| Operation { dialect: Some(page.dialect), ..operation })
                .collect();
            diagnostics.extend(components::join(&mut api.schemas, schemas(at), &mut operations));
            api.operations.append(&mut operations);
            places.resize(api.operations.len(), at);
        }
        let overridden = &settings.overrides.security_schemes;
        schemes::join_schemes(&mut api, pages, overridden, &mut diagnostics, &mut answered);
        overviews::complete(&mut api, pages, &places, &mut diagnostics);
        let left_out = join_duplicates(&mut api, pages, &places, settings.duplicates, &mut diagnostics);
        Self { api, diagnostics, answered, left_out }
    }
}
