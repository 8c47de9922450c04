//! Security schemes that several pages name.
//!
//! An operation's page names a scheme, and what it is has often to be inferred from the name; an overview
//! page describes it. What is described counts; a page that only names the scheme has nothing more to be told.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::{Answered, NamedPage};
use crate::{
    config::overrides::{KeyLocation, Scheme},
    diagnostic::{Code, Diagnostic, codes},
    model::{Api, ApiKeyLocation, OAuthFlow, SchemeKind, SecurityScheme},
    source::Span,
};

/// What readers say of a scheme that their page does not describe.
const UNDESCRIBED: &[Code] = &[
    codes::SCHEME_FROM_NAME,
    codes::SCHEME_FROM_DESCRIPTION,
    codes::SCHEME_FROM_SAMPLE,
    codes::UNKNOWN_SCHEME,
];

/// Collects the schemes of all pages, each by its best description, in the order in which they are named.
pub(super) fn join_schemes(
    api: &mut Api,
    pages: &[NamedPage<'_>],
    overrides: &IndexMap<String, Scheme>,
    diagnostics: &mut Vec<Diagnostic>,
    answered: &mut Answered,
) {
    let mut named: HashMap<&str, Vec<&SecurityScheme>> = HashMap::new();
    for NamedPage { page, .. } in pages {
        for (name, scheme) in &page.security_schemes {
            let known = named.entry(name).or_default();
            if known.is_empty() {
                // Its place; the description follows.
                api.security_schemes.insert(name.clone(), scheme.clone());
            }
            known.push(scheme);
        }
    }
    for (name, stands) in &mut api.security_schemes {
        let all = named.remove(name.as_str()).unwrap_or_default();
        if let Some(scheme) = overrides.get(name) {
            all.iter().for_each(|scheme| answered.settle(UNDESCRIBED, scheme.span));
            let described = scheme_of(scheme, stands.span);
            *stands = SecurityScheme { description: stands.description.take(), ..described };
            // Of the flows, the configuration says nothing.
            for other in all.iter().filter(|other| other.kind == stands.kind) {
                join_flows(&mut stands.flows, &other.flows);
            }
            continue;
        }
        let mut best = all.first().copied();
        for scheme in all.iter().skip(1) {
            if best.is_some_and(|best| rank(scheme) > rank(best)) {
                best = Some(scheme);
            }
        }
        let Some(best) = best else { continue };
        for scheme in &all {
            if certainty(scheme) < Certainty::Described && certainty(best) == Certainty::Described {
                answered.settle(UNDESCRIBED, scheme.span);
            }
        }
        stands.clone_from(best);
        // The first one that says something else; the flows of all others are joined.
        let mut other = None;
        for scheme in all.iter().filter(|scheme| certainty(scheme) == certainty(best)) {
            if scheme.kind != best.kind || !join_flows(&mut stands.flows, &scheme.flows) {
                other.get_or_insert(scheme);
            }
        }
        if let Some(other) = other {
            diagnostics.push(
                Diagnostic::new(
                    codes::SCHEME_CONFLICT,
                    other.span,
                    format!("security scheme `{name}` of two kinds"),
                )
                .label(format!("{} here", describe(other)))
                .related(best.span, format!("{} here; this one stands", describe(best)))
                .help("set it under `security_schemes` in docwright.yaml, or make two APIs of the pages"),
            );
        }
    }
}

/// Adds flows and scopes that are not known yet, and tells whether all flows of a kind lead to the same places.
fn join_flows(known: &mut Vec<OAuthFlow>, more: &[OAuthFlow]) -> bool {
    let mut same = true;
    for flow in more {
        match known.iter_mut().find(|known| known.kind == flow.kind) {
            None => known.push(flow.clone()),
            Some(known) if known.has_urls_of(flow) => {
                for (scope, said) in &flow.scopes {
                    known.scopes.entry(scope.clone()).or_insert_with(|| said.clone());
                }
            }
            Some(_) => same = false,
        }
    }
    same
}

/// A scheme as the configuration describes it.
pub(super) fn scheme_of(scheme: &Scheme, span: Span) -> SecurityScheme {
    let kind = match scheme {
        Scheme::Http { scheme } => SchemeKind::Http { scheme: scheme.to_ascii_lowercase() },
        Scheme::ApiKey { location, name } => {
            let location = match location {
                KeyLocation::Header => ApiKeyLocation::Header,
                KeyLocation::Query => ApiKeyLocation::Query,
                KeyLocation::Cookie => ApiKeyLocation::Cookie,
            };
            SchemeKind::ApiKey { location, name: name.clone() }
        }
        Scheme::OAuth2 {} => SchemeKind::OAuth2,
        Scheme::OpenIdConnect { url } => SchemeKind::OpenIdConnect { url: url.clone() },
    };
    SecurityScheme::new(kind, span)
}

/// How well a page describes a scheme.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Certainty {
    Named,
    Inferred,
    Described,
}

fn certainty(scheme: &SecurityScheme) -> Certainty {
    match (&scheme.kind, scheme.inferred) {
        (SchemeKind::Unknown, _) => Certainty::Named,
        (_, true) => Certainty::Inferred,
        (_, false) => Certainty::Described,
    }
}

/// How much a page says of a scheme.
fn rank(scheme: &SecurityScheme) -> (Certainty, bool) {
    (certainty(scheme), !scheme.flows.is_empty())
}

/// A kind of credentials, for a message.
fn describe(scheme: &SecurityScheme) -> String {
    match &scheme.kind {
        SchemeKind::Http { scheme } => format!("HTTP {scheme}"),
        SchemeKind::ApiKey { name, .. } => format!("the key `{name}`"),
        SchemeKind::OAuth2 => {
            let urls = scheme.flows.iter().flat_map(|flow| {
                flow.token_url.iter().chain(&flow.authorization_url).chain(&flow.refresh_url)
            });
            let urls: Vec<&str> = urls.map(String::as_str).collect();
            if urls.is_empty() { "OAuth 2".to_owned() } else { format!("OAuth 2 by {}", urls.join(", ")) }
        }
        SchemeKind::OpenIdConnect { .. } => "OpenID Connect".to_owned(),
        SchemeKind::Unknown => "unknown".to_owned(),
    }
}
