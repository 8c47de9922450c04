//! Servers and credentials: what the client is built with and the server asks for.

use super::{
    names::{Kind, Scope},
    plan::{RequirementPlan, SchemeKindPlan, SchemePlan, ServerPlan},
};
use crate::model::{Api, ApiKeyLocation, Operation, SchemeKind};

/// The credentials that operations ask for and that HTTP itself can carry. A scheme of another kind is
/// left to headers that the user sets.
pub(super) fn lower_schemes(api: &Api) -> Vec<SchemePlan> {
    let mut constants = Scope::default();
    api.security_schemes
        .iter()
        .filter_map(|(wire, scheme)| {
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
                SchemeKind::Http { .. } | SchemeKind::Unknown => return None,
            };
            Some(SchemePlan { constant: constants.name(Kind::Constant, wire), wire: wire.clone(), kind })
        })
        .collect()
}

/// The alternatives of credentials that an operation asks for, each with the permissions it needs. `None`
/// where it asks for none, or for nothing that is known.
pub(super) fn lower_requirements(
    operation: &Operation,
    schemes: &[SchemePlan],
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
                    let scheme = schemes.iter().position(|scheme| scheme.wire == *name)?;
                    Some(RequirementPlan { scheme, permissions: permissions.clone() })
                })
                .collect()
        })
        .collect();
    (!alternatives.is_empty()).then_some(alternatives)
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
