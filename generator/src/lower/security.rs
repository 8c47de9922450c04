//! Servers and credentials: what the client is built with and the server asks for.

use foldhash::{HashMap, HashSet};

use super::{
    names::{Kind, Scope},
    plan::{OperationPlan, RequirementPlan, SchemeKindPlan, SchemePlan, ServerPlan},
};
use crate::model::{Api, ApiKeyLocation, Operation, SchemeKind};

/// The credentials that operations ask for. One that no page describes stays one that is asked for: the
/// server has it checked, and the client's user sets its headers.
pub(super) fn lower_schemes(api: &Api) -> Vec<SchemePlan> {
    let mut constants = Scope::default();
    let mut schemes: Vec<SchemePlan> = api
        .security_schemes
        .iter()
        .map(|(wire, scheme)| {
            let kind = match &scheme.kind {
                SchemeKind::Http { scheme } if scheme == "basic" => SchemeKindPlan::Basic,
                // OAuth 2 and OpenID Connect end in a bearer token (RFC 6750).
                SchemeKind::Http { scheme } if scheme == "bearer" => SchemeKindPlan::Bearer,
                SchemeKind::OAuth2 | SchemeKind::OpenIdConnect { .. } => SchemeKindPlan::Bearer,
                SchemeKind::ApiKey { location, name } => match location {
                    ApiKeyLocation::Header => SchemeKindPlan::Header(name.clone()),
                    ApiKeyLocation::Query => SchemeKindPlan::Query(name.clone()),
                    ApiKeyLocation::Cookie => SchemeKindPlan::Cookie(name.clone()),
                },
                SchemeKind::Http { .. } | SchemeKind::Unknown => SchemeKindPlan::Undescribed,
            };
            SchemePlan { constant: constants.name(Kind::Constant, wire), wire: wire.clone(), kind }
        })
        .collect();
    let mut known: HashSet<&str> = api.security_schemes.keys().map(String::as_str).collect();
    for requirement in api.operations.iter().flat_map(|operation| operation.security.iter().flatten()) {
        for wire in requirement.schemes.keys() {
            if known.insert(wire) {
                let constant = constants.name(Kind::Constant, wire);
                schemes.push(SchemePlan { constant, wire: wire.clone(), kind: SchemeKindPlan::Undescribed });
            }
        }
    }
    schemes
}

/// The numbers of schemes, by the names that pages use.
pub(super) type Numbers<'s> = HashMap<&'s str, usize>;

/// The numbers of the schemes of an API.
pub(super) fn numbers(schemes: &[SchemePlan]) -> Numbers<'_> {
    schemes.iter().enumerate().map(|(at, scheme)| (scheme.wire.as_str(), at)).collect()
}

/// The alternatives of credentials that an operation asks for, each with the permissions it needs. `None`
/// where it asks for none.
pub(super) fn lower_requirements(
    operation: &Operation,
    schemes: &Numbers<'_>,
) -> Option<Vec<Vec<RequirementPlan>>> {
    let alternatives: Vec<Vec<RequirementPlan>> = operation
        .security
        .iter()
        .flatten()
        .filter_map(|requirement| {
            requirement
                .schemes
                .iter()
                .map(|(name, permissions)| {
                    let scheme = *schemes.get(name.as_str())?;
                    Some(RequirementPlan { scheme, permissions: permissions.clone() })
                })
                .collect()
        })
        .collect();
    (!alternatives.is_empty()).then_some(alternatives)
}

/// The alternatives of credentials of an operation, by the numbers of their schemes: all that a client sends.
pub(crate) fn alternatives(operation: &OperationPlan) -> Vec<Vec<usize>> {
    let schemes = |requirements: &Vec<RequirementPlan>| requirements.iter().map(|it| it.scheme).collect();
    operation.security.iter().flatten().map(schemes).collect()
}

/// The alternatives of most operations that clients call.
pub(super) fn most_common(operations: &[OperationPlan]) -> Vec<Vec<usize>> {
    let called = operations.iter().filter(|operation| !operation.webhook);
    super::most_common(called.map(alternatives)).unwrap_or_default()
}

/// The alternatives of credentials, with their permissions, that most operations ask for which ask for some.
pub(crate) fn usual<'p>(operations: &[&'p OperationPlan]) -> &'p [Vec<RequirementPlan>] {
    let secured = operations.iter().filter_map(|operation| operation.security.as_ref());
    super::most_common(secured).map_or(&[], Vec::as_slice)
}

/// The server that the API's pages name first.
pub(super) fn lower_server(api: &Api) -> Option<ServerPlan> {
    let server = api.operations.iter().find_map(|operation| operation.servers.first())?;
    let variables = server.variables.iter();
    Some(ServerPlan {
        url: server.url.value.clone(),
        variables: variables.map(|(name, variable)| (name.clone(), variable.default.clone())).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{HttpMethod, SecurityRequirement, Text},
        source::Span,
    };

    #[test]
    fn what_no_page_describes_is_still_asked_for() {
        let span = Span::default();
        let mut operation = Operation::new(HttpMethod::Get, Text::new("/a", span), span);
        let mut requirement = SecurityRequirement::default();
        requirement.schemes.insert("Signature".to_owned(), Vec::new());
        operation.security = Some(vec![requirement]);
        let api = Api { operations: vec![operation], ..Api::default() };
        let schemes = lower_schemes(&api);
        assert_eq!(schemes[0].kind, SchemeKindPlan::Undescribed);
        let numbers = numbers(&schemes);
        let asked = api.operations.first().and_then(|operation| lower_requirements(operation, &numbers));
        assert_eq!(asked.map(|alternatives| alternatives.len()), Some(1));
    }
}
