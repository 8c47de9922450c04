//! Puts the pages of an API together: operation pages, resource pages and overview pages.
//!
//! A page is what it holds. Operations are collected; an overview completes them ([`overviews`]); security
//! schemes are those of the page that describes them best ([`schemes`]); links to resources lead to their
//! pages ([`resource_links`]); an operation that stands on several pages becomes one
//! ([`duplicate_operations`]). What is joined is reported only where it is inferred or contradicts itself.

use super::{Answered, Settings, duplicate_operations::join_duplicates, overviews, resource_links, schemes};
use crate::{
    components,
    diagnostic::Diagnostic,
    model::{Api, Operation, Page},
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

/// Makes one API of pages and the operations of each. Each operation is there once.
pub(super) fn join(
    name: &str,
    pages: &[NamedPage<'_>],
    operations: Vec<Vec<Operation>>,
    settings: &Settings,
    diagnostics: &mut Vec<Diagnostic>,
    answered: &mut Answered,
) -> Api {
    let mut api = Api { name: name.to_owned(), ..Api::default() };
    // For each operation, where its page is among the pages.
    let mut places = Vec::new();
    for (at, (NamedPage { page, .. }, operations)) in pages.iter().zip(operations).enumerate() {
        let mut operations: Vec<Operation> = operations
            .into_iter()
            .map(|operation| Operation { dialect: Some(page.dialect), ..operation })
            .collect();
        diagnostics.extend(components::join(&mut api.schemas, page.schemas.clone(), &mut operations));
        api.operations.append(&mut operations);
        places.resize(api.operations.len(), at);
    }
    schemes::join_schemes(&mut api, pages, &settings.overrides.security_schemes, diagnostics, answered);
    overviews::complete(&mut api, pages, &places, diagnostics);
    join_duplicates(&mut api, pages, &places, settings.duplicates, diagnostics);
    resource_links::resolve_resource_links(&mut api, pages, diagnostics);
    api
}
