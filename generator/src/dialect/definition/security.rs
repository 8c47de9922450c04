//! Servers, security schemes and security requirements.

use indexmap::IndexMap;

use super::Reader;
use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::servers::read_server_with,
    model::{
        ApiKeyLocation, OAuthFlow, OAuthFlowKind, SchemeKind, SecurityRequirement, SecurityScheme, Server,
        ServerVariable,
    },
    yaml::{Member, Node},
};

impl<'n> Reader<'_, '_, 'n> {
    pub(super) fn servers(&mut self, node: &'n Node) -> Vec<Server> {
        let mut servers = Vec::new();
        for server in node.items() {
            let Some(url) = self.member_text(server, "url") else {
                self.malformed(server, "server without `url`");
                continue;
            };
            self.unknown_members(server, &["url", "description", "variables", "name"]);
            let mut variables = IndexMap::new();
            for (name, member) in server.get("variables").and_then(Node::members).into_iter().flatten() {
                let text = |node: &Node| {
                    node.scalar().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
                };
                let values: Vec<String> = member
                    .node
                    .get("enum")
                    .map(Node::items)
                    .unwrap_or_default()
                    .iter()
                    .filter_map(text)
                    .collect();
                let stated = member.node.get("default").and_then(text);
                let variable = ServerVariable {
                    inferred: stated.is_none(),
                    default: stated.or_else(|| values.first().cloned()).unwrap_or_default(),
                    values,
                };
                variables.insert(name.clone(), variable);
            }
            let description = self.member_text(server, "description");
            servers.push(read_server_with(self.cx, url, description, variables));
        }
        servers
    }

    /// The alternatives of credentials; an empty one says that none are needed.
    pub(super) fn requirements(&mut self, node: &'n Node) -> Vec<SecurityRequirement> {
        let mut requirements = Vec::new();
        for item in node.items() {
            let Some(members) = item.members() else {
                self.malformed(item, "security requirement that is no mapping");
                continue;
            };
            let mut requirement = SecurityRequirement::default();
            for (name, member) in members {
                let scopes = member.node.items().iter().filter_map(Node::as_str).map(str::to_owned).collect();
                requirement.schemes.insert(name.clone(), scopes);
            }
            requirements.push(requirement);
        }
        // Where one of several ways in is to need nothing, and it is the only one, nothing is needed.
        match requirements.as_slice() {
            [only] if only.schemes.is_empty() => Vec::new(),
            _ => requirements,
        }
    }

    pub(super) fn security_schemes(&mut self) -> IndexMap<String, SecurityScheme> {
        let mut schemes = IndexMap::new();
        let components = self.root.get("components");
        let described = components.and_then(|components| components.get("securitySchemes"));
        for (name, member) in described.and_then(Node::members).into_iter().flatten() {
            let Some(node) = self.resolved(&member.node) else { continue };
            let span = self.span(&member.key);
            let kind = self.scheme_kind(node);
            if kind == SchemeKind::Unknown {
                self.cx.report(
                    Diagnostic::new(
                        codes::UNKNOWN_SCHEME,
                        span,
                        format!("security scheme `{name}` of unknown kind"),
                    )
                    .label("the definition does not say how credentials are sent"),
                );
            }
            let description = self.member_text(node, "description");
            let flows = node.members().and_then(|members| members.get("flows"));
            let flows = flows.filter(|_| kind == SchemeKind::OAuth2);
            let flows = flows.map(|flows| self.flows(flows)).unwrap_or_default();
            schemes.insert(
                name.clone(),
                SecurityScheme { flows, description, ..SecurityScheme::new(kind, span) },
            );
        }
        schemes
    }

    fn scheme_kind(&mut self, node: &'n Node) -> SchemeKind {
        let text = |key: &str| node.get(key).and_then(Node::as_str).map(str::to_owned);
        let mut known = vec!["$ref", "type", "description"];
        let kind = match text("type").as_deref() {
            Some("http") => {
                // How a bearer token is made is the server's own affair.
                known.extend(["scheme", "bearerFormat"]);
                text("scheme").map(|scheme| SchemeKind::Http { scheme: scheme.to_ascii_lowercase() })
            }
            Some("apiKey") => {
                known.extend(["in", "name"]);
                let location = match text("in").as_deref() {
                    Some("header") => Some(ApiKeyLocation::Header),
                    Some("query") => Some(ApiKeyLocation::Query),
                    Some("cookie") => Some(ApiKeyLocation::Cookie),
                    _ => None,
                };
                location.zip(text("name")).map(|(location, name)| SchemeKind::ApiKey { location, name })
            }
            Some("oauth2") => {
                known.push("flows");
                Some(SchemeKind::OAuth2)
            }
            Some("openIdConnect") => {
                known.push("openIdConnectUrl");
                Some(SchemeKind::OpenIdConnect { url: text("openIdConnectUrl").unwrap_or_default() })
            }
            _ => None,
        };
        self.unknown_members(node, &known);
        kind.unwrap_or(SchemeKind::Unknown)
    }

    /// The OAuth Flows Object (OpenAPI 3.1, 4.8.28).
    fn flows(&mut self, member: &'n Member) -> Vec<OAuthFlow> {
        self.unknown_members(&member.node, &OAuthFlowKind::ALL.map(OAuthFlowKind::name));
        let Some(members) = member.node.members() else {
            self.malformed_flow(member, "OAuth flows that are no mapping", "left out");
            return Vec::new();
        };
        let mut flows = Vec::new();
        for kind in OAuthFlowKind::ALL {
            let Some(member) = members.get(kind.name()) else { continue };
            let flow = &member.node;
            if flow.members().is_none() {
                let what = format!("OAuth flow `{}` that is no mapping", kind.name());
                self.malformed_flow(member, what, "left out");
                continue;
            }
            self.unknown_members(flow, &["authorizationUrl", "tokenUrl", "refreshUrl", "scopes"]);
            let mut url = |key: &str, required: bool| {
                let url = flow.get(key).and_then(Node::as_str).map(str::to_owned);
                if url.is_none() && (required || flow.get(key).is_some()) {
                    let what = format!("OAuth flow `{}` without text for `{key}`", kind.name());
                    self.malformed_flow(member, what, "the URL is left out");
                }
                url
            };
            flows.push(OAuthFlow {
                kind,
                authorization_url: url("authorizationUrl", kind.has_authorization_url()),
                token_url: url("tokenUrl", kind.has_token_url()),
                refresh_url: url("refreshUrl", false),
                scopes: flow.get("scopes").map(|scopes| self.scopes(scopes)).unwrap_or_default(),
            });
        }
        flows
    }

    fn malformed_flow(&mut self, member: &Member, what: impl Into<String>, label: &'static str) {
        let span = self.span(&member.key);
        self.cx.report(Diagnostic::new(codes::MALFORMED_DEFINITION, span, what).label(label));
    }

    /// Scopes and what they are good for; some definitions only list them.
    fn scopes(&mut self, node: &'n Node) -> IndexMap<String, String> {
        let mut scopes = IndexMap::new();
        for (name, member) in node.members().into_iter().flatten() {
            scopes.insert(name.clone(), member.node.as_str().unwrap_or_default().to_owned());
        }
        for item in node.items() {
            match item.as_str() {
                Some(name) => _ = scopes.entry(name.to_owned()).or_default(),
                None => self.malformed(item, "OAuth scope that is no text"),
            }
        }
        scopes
    }
}
