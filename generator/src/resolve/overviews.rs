//! Overview pages: what all operations of an API have in common.
//!
//! An overview holds servers, a version or security schemes for the whole API. It completes the operations of
//! its own page, of the pages in the folder of its name (`billing.md` and `billing/`), or else of its folder
//! and those below; the nearest overview counts. The only overview of an API completes all of its operations.
//! What an operation's page says itself stands. What pages call the API, and what they say about it, is that of the
//! outermost scope.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::NamedPage;
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Api, Page, SecurityRequirement, Text},
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
    let folders = folders(pages);
    let overviews: Vec<Overview<'_>> =
        pages.iter().enumerate().filter_map(|(at, page)| overview(at, *page, &folders)).collect();
    if let [only] = overviews.as_slice() {
        let page = only.page.page;
        api.title = page.title.clone().filter(|_| !only.page.has_operations);
        api.version.clone_from(&page.version);
    }
    let title = said_of_api(pages, &folders, "title", |page| page.api_title.as_ref(), diagnostics);
    api.title = api.title.take().or(title);
    api.description =
        said_of_api(pages, &folders, "description", |page| page.description.as_ref(), diagnostics);
    api.version = api.version.take().or_else(|| api.operations.iter().find_map(|o| o.version.clone()));
    report_conflicts(&overviews, diagnostics);
    let by_scope: BTreeMap<&str, usize> =
        overviews.iter().enumerate().rev().map(|(number, overview)| (overview.scope, number)).collect();
    let own: HashMap<usize, usize> =
        overviews.iter().enumerate().map(|(number, overview)| (overview.at, number)).collect();
    // For each overview, its operations.
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); overviews.len()];
    for (number, &at) in places.iter().enumerate() {
        let is_callback = api.operations.get(number).is_some_and(|operation| operation.callback.is_some());
        // What a receiver asks for is its own.
        let Some(page) = pages.get(at).filter(|_| !is_callback) else { continue };
        let number_of = own.get(&at).copied().or_else(|| nearest(&by_scope, page));
        let number_of = number_of.or_else(|| (overviews.len() == 1).then_some(0));
        if let Some(members) = number_of.and_then(|overview| members.get_mut(overview)) {
            members.push(number);
        }
    }
    // Those whose schemes none of their operations asks for.
    let mut unasked = Vec::new();
    for (overview, members) in overviews.iter().zip(&members) {
        for &number in members {
            let Some(operation) = api.operations.get_mut(number) else { continue };
            if operation.servers.is_empty() {
                operation.servers.clone_from(&overview.page.page.servers);
            }
        }
        let silent = |&number: &usize| api.operations.get(number).is_some_and(|it| it.security.is_none());
        if members.is_empty() || !members.iter().all(silent) {
            continue;
        }
        let is_defined = |&&number: &&usize| {
            let is_own = places.get(number) == Some(&overview.at);
            is_own && api.operations.get(number).is_some_and(|operation| operation.defined)
        };
        match members.iter().find(is_defined) {
            Some(_) => unasked.push(overview),
            None => require_schemes(api, overview, members, diagnostics),
        }
    }
    report_unasked(api, &unasked, diagnostics);
}

/// All folders that pages lie in.
fn folders<'p>(pages: &[NamedPage<'p>]) -> HashSet<&'p str> {
    let mut folders = HashSet::new();
    for page in pages {
        let mut folder = page.name;
        while let Some(end) = folder.rfind('/') {
            folder = folder.get(..end).unwrap_or_default();
            // Those around a known one are known.
            if !folders.insert(folder) {
                break;
            }
        }
    }
    folders
}

/// What the paths of a page's operations begin with, if it is an overview.
fn scope<'p>(page: &NamedPage<'p>, folders: &HashSet<&str>) -> &'p str {
    let stem = page.stem();
    let folder = page.name.rfind('/').and_then(|end| page.name.get(..end)).unwrap_or_default();
    if folders.contains(stem) { stem } else { folder }
}

/// What pages say of the API: that of the outermost scope, of several there the first. What others say differently is
/// reported, each text once: a definition repeats it on each of its pages.
fn said_of_api<'p>(
    pages: &[NamedPage<'p>],
    folders: &HashSet<&str>,
    what: &str,
    of: impl Fn(&'p Page) -> Option<&'p Text>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Text> {
    let said = pages.iter().filter_map(|page| Some((scope(page, folders), of(page.page)?)));
    let said: Vec<(&str, &Text)> = said.collect();
    let &(outermost, first) = said.iter().min_by_key(|(scope, _)| scope.len())?;
    let covers = |scope: &str| {
        let below = scope.strip_prefix(outermost);
        outermost.is_empty() || below.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let is_one = said.iter().all(|(scope, _)| covers(scope));
    let mut known = HashSet::from([first.value.as_str()]);
    let others = said.iter().map(|(_, text)| *text).filter(|text| known.insert(text.value.as_str()));
    let others: Vec<&Text> = others.collect();
    let stands = if is_one || others.is_empty() { Some(first) } else { None };
    let label = match stands {
        Some(_) => "not used",
        None => "not used: each is said of another part of the API",
    };
    for text in others {
        diagnostics.push(
            Diagnostic::new(codes::OVERVIEW_CONFLICT, text.span, format!("another {what} of the API"))
                .label(label)
                .related(
                    first.span,
                    if stands.is_some() { "this one stands" } else { "one that is not used either" },
                )
                .help("make two APIs of the pages if they are of two"),
        );
    }
    stands.cloned()
}

/// The page as an overview, if it is one.
fn overview<'p>(at: usize, page: NamedPage<'p>, folders: &HashSet<&str>) -> Option<Overview<'p>> {
    let NamedPage { page: said, has_operations, .. } = page;
    let describes = said.security_schemes.values().any(|scheme| !scheme.inferred);
    let holds_nothing_else = !has_operations && said.resource.is_none();
    if said.servers.is_empty() && said.version.is_none() && !(describes && holds_nothing_else) {
        return None;
    }
    Some(Overview { at, page, scope: scope(&page, folders) })
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
/// taken to suffice. Where some say it, the silence of the others means something; and so does that of a definition, which
/// asks for none where it states no `security`.
fn require_schemes(
    api: &mut Api,
    overview: &Overview<'_>,
    members: &[usize],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let schemes = &overview.page.page.security_schemes;
    let described = schemes.iter().filter(|(_, scheme)| !scheme.inferred);
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

/// Tells of schemes that definitions describe and no operation asks for, each once.
fn report_unasked(api: &Api, overviews: &[&Overview<'_>], diagnostics: &mut Vec<Diagnostic>) {
    if overviews.is_empty() {
        return;
    }
    let requirements = api.operations.iter().flat_map(|operation| operation.security.iter().flatten());
    let mut known: HashSet<&str> =
        requirements.flat_map(|requirement| requirement.schemes.keys().map(String::as_str)).collect();
    for (name, scheme) in overviews.iter().flat_map(|overview| &overview.page.page.security_schemes) {
        if !scheme.inferred && known.insert(name) {
            diagnostics.push(
                Diagnostic::new(
                    codes::SCHEME_NOT_ASKED_FOR,
                    scheme.span,
                    format!("security scheme `{name}` that no operation asks for"),
                )
                .label("no credentials are sent: the definition states no `security`")
                .help("set `security` in docwright.yaml if operations need it"),
            );
        }
    }
}
