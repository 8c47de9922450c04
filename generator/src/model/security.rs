//! Servers and credentials.

use indexmap::IndexMap;
use serde::Serialize;

use super::{Text, is_false};
use crate::source::Span;

/// A server, as in OpenAPI: its URL may have variables in braces.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Server {
    /// The URL template.
    pub url: Text,
    /// What the server is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// The variables of the template.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub variables: IndexMap<String, ServerVariable>,
}

impl Server {
    /// A server of which the page gives no more than its URL, without variables.
    #[must_use]
    pub fn new(url: Text) -> Self {
        Self { url, description: None, variables: IndexMap::new() }
    }
}

/// A variable of a server's URL.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ServerVariable {
    /// The value used unless another is chosen.
    pub default: String,
    /// The possible values, if documented.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// Whether the page leaves the default open, so that it was inferred.
    #[serde(skip_serializing_if = "is_false")]
    pub inferred: bool,
}

/// A security scheme.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SecurityScheme {
    /// What kind of credentials.
    #[serde(flatten)]
    pub kind: SchemeKind,
    /// The ways to a token of OAuth 2; empty where the page does not give them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub flows: Vec<OAuthFlow>,
    /// What the page says about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Whether the kind was inferred from a name.
    #[serde(skip_serializing_if = "is_false")]
    pub inferred: bool,
    /// Where the page names it.
    pub span: Span,
}

impl SecurityScheme {
    /// A scheme of which the page gives no more than its kind.
    #[must_use]
    pub const fn new(kind: SchemeKind, span: Span) -> Self {
        Self { kind, flows: Vec::new(), description: None, inferred: false, span }
    }
}

/// The kinds of credentials, as OpenAPI 3.1 has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum SchemeKind {
    /// The `Authorization` header with a scheme of the IANA registry, lower case: `bearer`, `basic`.
    Http {
        /// The scheme.
        scheme: String,
    },
    /// A key of its own.
    ApiKey {
        /// Where it is sent.
        location: ApiKeyLocation,
        /// The header's, query parameter's or cookie's name.
        name: String,
    },
    /// OAuth 2.
    OAuth2,
    /// OpenID Connect.
    OpenIdConnect {
        /// The discovery document.
        url: String,
    },
    /// The page names a scheme and says nothing of its kind.
    Unknown,
}

/// Where an API key is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum ApiKeyLocation {
    Header,
    Query,
    Cookie,
}

/// A way to a token: an OAuth Flow Object of OpenAPI 3.1.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OAuthFlow {
    /// Which grant.
    #[serde(rename = "flow")]
    pub kind: OAuthFlowKind,
    /// Where the user agrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authorization_url: Option<String>,
    /// Where tokens come from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_url: Option<String>,
    /// Where tokens are renewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refresh_url: Option<String>,
    /// What a token may be good for: scope to description.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub scopes: IndexMap<String, String>,
}

impl OAuthFlow {
    /// Whether another one is of the same grant and has the same URLs, whatever its scopes.
    #[must_use]
    pub fn has_urls_of(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.authorization_url == other.authorization_url
            && self.token_url == other.token_url
            && self.refresh_url == other.refresh_url
    }
}

/// The grants of OAuth 2 (RFC 6749), by the names of OpenAPI 3.1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are OpenAPI's")]
pub enum OAuthFlowKind {
    Implicit,
    Password,
    ClientCredentials,
    AuthorizationCode,
}

impl OAuthFlowKind {
    /// All of them, in the order of OpenAPI's OAuth Flows Object.
    pub const ALL: [Self; 4] =
        [Self::Implicit, Self::Password, Self::ClientCredentials, Self::AuthorizationCode];

    /// The key in OpenAPI's OAuth Flows Object.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Implicit => "implicit",
            Self::Password => "password",
            Self::ClientCredentials => "clientCredentials",
            Self::AuthorizationCode => "authorizationCode",
        }
    }

    /// Whether the user agrees at an authorization URL.
    #[must_use]
    pub const fn has_authorization_url(self) -> bool {
        matches!(self, Self::Implicit | Self::AuthorizationCode)
    }

    /// Whether the token comes from a token URL.
    #[must_use]
    pub const fn has_token_url(self) -> bool {
        !matches!(self, Self::Implicit)
    }
}

impl Serialize for OAuthFlowKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// One sufficient combination of credentials: all of its schemes are needed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SecurityRequirement {
    /// Scheme name to the permissions (scopes, roles) that the operation needs of it.
    pub schemes: IndexMap<String, Vec<String>>,
}
