//! Links: what of a response leads to other operations.

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use super::Text;
use crate::source::Span;

/// A Link Object of OpenAPI 3.1: how another operation is called with what a response holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Link {
    /// Its name, verbatim.
    pub name: Text,
    /// The operation.
    pub operation: LinkTarget,
    /// What its parameters are: values, or expressions of OpenAPI such as `$response.body#/id`.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub parameters: IndexMap<String, Value>,
    /// What its body is: a value or an expression.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_body: Option<Value>,
    /// What the page says about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<Text>,
    /// Where it is documented.
    pub span: Span,
}

/// How a link names an operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum LinkTarget {
    /// By its `operationId`, as the page states it.
    Id(String),
    /// By a URI that leads to it.
    Reference(String),
}
