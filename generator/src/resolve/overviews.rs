//! Overview pages: what all operations of an API have in common.
//!
//! An overview holds servers, a version or security schemes for the whole API. It completes the operations of
//! its own page, of the pages in the folder of its name (`billing.md` and `billing/`), or else of its folder
//! and those below; the nearest overview counts. The only overview of an API completes all of its operations.
//! What an operation's page says itself stands.

use std::collections::{BTreeMap, HashMap};

use super::NamedPage;
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Api, SecurityRequirement, Text},
};

/// An overview among the pages.
struct Overview<'p> {
    /// Where it is among the pages.
    at: usize,
    page: NamedPage<'p>,
    /// What the paths of its operations begin with.
    scope: &'p str,
}

/// Completes the API and its operations with what overviews say. `places` has for each operation where its
/// page is among the pages.
pub(super) fn complete(
    api: &mut Api,
    pages: &[NamedPage<'_>],
    places: &[usize],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let overviews: Vec<Overview<'_>> = (0..pages.len()).filter_map(|at| overview(at, pages)).collect();
    if let [only] = overviews.as_slice() {
        let page = only.page.page;
        api.title = page.title.clone().filter(|_| !only.page.has_operations);
        api.version.clone_from(&page.version);
    }
    api.description = shared_description(&overviews);
    api.version = api.version.take().or_else(|| api.operations.iter().find_map(|o| o.version.clone()));
    report_conflicts(&overviews, diagnostics);
    let by_scope: BTreeMap<&str, usize> =
        overviews.iter().enumerate().rev().map(|(number, overview)| (overview.scope, number)).collect();
    let own: HashMap<usize, usize> =
        overviews.iter().enumerate().map(|(number, overview)| (overview.at, number)).collect();
    // For each overview, its operations.
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); overviews.len()];
    for (number, &at) in places.iter().enumerate() {
        let Some(page) = pages.get(at) else { continue };
        let number_of = own.get(&at).copied().or_else(|| nearest(&by_scope, page));
        let number_of = number_of.or_else(|| (overviews.len() == 1).then_some(0));
        if let Some(members) = number_of.and_then(|overview| members.get_mut(overview)) {
            members.push(number);
        }
    }
    for (overview, members) in overviews.iter().zip(&members) {
        for &number in members {
            let Some(operation) = api.operations.get_mut(number) else { continue };
            if operation.servers.is_empty() {
                operation.servers.clone_from(&overview.page.page.servers);
            }
        }
        require_schemes(api, overview, members, diagnostics);
    }
}

/// What overviews say of the API, where they all say the same: a definition has it on each of its pages.
fn shared_description(overviews: &[Overview<'_>]) -> Option<Text> {
    let (first, rest) = overviews.split_first()?;
    let description = first.page.page.description.as_ref()?;
    let same = |other: &Overview<'_>| {
        other.page.page.description.as_ref().is_some_and(|text| text.value == description.value)
    };
    rest.iter().all(same).then(|| description.clone())
}

/// The page as an overview, if it is one.
fn overview<'p>(at: usize, pages: &[NamedPage<'p>]) -> Option<Overview<'p>> {
    let page = *pages.get(at)?;
    let NamedPage { name, page: said, has_operations } = page;
    let describes = said.security_schemes.values().any(|scheme| !scheme.inferred);
    let holds_nothing_else = !has_operations && said.resource.is_none();
    if said.servers.is_empty() && said.version.is_none() && !(describes && holds_nothing_else) {
        return None;
    }
    let stem = page.stem();
    let below =
        |other: &NamedPage<'_>| other.name.strip_prefix(stem).is_some_and(|rest| rest.starts_with('/'));
    let folder = name.rfind('/').and_then(|end| name.get(..end)).unwrap_or_default();
    let scope = if pages.iter().any(below) { stem } else { folder };
    Some(Overview { at, page, scope })
}

/// The number of the overview in whose scope a page lies, the innermost one.
fn nearest(by_scope: &BTreeMap<&str, usize>, page: &NamedPage<'_>) -> Option<usize> {
    let mut folder = page.name;
    while let Some(end) = folder.rfind('/') {
        folder = folder.get(..end).unwrap_or_default();
        if let Some(&number) = by_scope.get(folder) {
            return Some(number);
        }
    }
    by_scope.get("").copied()
}

/// Two overviews of one place that differ: the first stands.
fn report_conflicts(overviews: &[Overview<'_>], diagnostics: &mut Vec<Diagnostic>) {
    let mut first: BTreeMap<&str, &Overview<'_>> = BTreeMap::new();
    for overview in overviews {
        let Some(known) = first.get(overview.scope) else {
            first.insert(overview.scope, overview);
            continue;
        };
        let urls = |overview: &Overview<'_>| -> Vec<String> {
            overview.page.page.servers.iter().map(|server| server.url.value.clone()).collect()
        };
        let place = |overview: &Overview<'_>| overview.page.page.servers.first().map(|s| s.url.span);
        if let (Some(here), Some(there)) = (place(overview), place(known))
            && urls(overview) != urls(known)
        {
            diagnostics.push(
                Diagnostic::new(codes::OVERVIEW_CONFLICT, here, "second overview with other servers")
                    .label("not used")
                    .related(there, "these are the servers of operations that name none")
                    .help("make two APIs of the pages, or set `servers` in docwright.yaml"),
            );
        }
    }
}

/// Where an overview describes credentials, and none of its operations says which it needs, each of them is
/// taken to suffice. Where some say it, the silence of the others means something.
fn require_schemes(
    api: &mut Api,
    overview: &Overview<'_>,
    members: &[usize],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let schemes = &overview.page.page.security_schemes;
    let described = schemes.iter().filter(|(_, scheme)| !scheme.inferred);
    let mut silent = members.iter().filter_map(|&number| api.operations.get(number));
    if members.is_empty() || !silent.all(|operation| operation.security.is_none()) {
        return;
    }
    let alternatives: Vec<SecurityRequirement> = described
        .clone()
        .map(|(name, _)| SecurityRequirement { schemes: [(name.clone(), Vec::new())].into_iter().collect() })
        .collect();
    let Some((_, first)) = described.clone().next() else { return };
    let names: Vec<String> = described.map(|(name, _)| format!("`{name}`")).collect();
    let only = if names.len() == 1 { "" } else { ", each of which suffices" };
    diagnostics.push(
        Diagnostic::new(
            codes::SECURITY_FROM_OVERVIEW,
            first.span,
            format!("security {} of {} operations that name none", names.join(", "), members.len()),
        )
        .label(format!("taken to be needed by all of them{only}"))
        .help("set `security` in docwright.yaml if this is not right"),
    );
    for &number in members {
        if let Some(operation) = api.operations.get_mut(number) {
            operation.security = Some(alternatives.clone());
        }
    }
}
