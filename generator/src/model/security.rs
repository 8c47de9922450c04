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
    /// What the page says about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Whether the kind was inferred from a name.
    #[serde(skip_serializing_if = "is_false")]
    pub inferred: bool,
    /// Where the page names it.
    pub span: Span,
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
    /// OAuth 2; pages do not give the flows.
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

/// One sufficient combination of credentials: all of its schemes are needed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct SecurityRequirement {
    /// Scheme name to the permissions (scopes, roles) that the operation needs of it.
    pub schemes: IndexMap<String, Vec<String>>,
}
