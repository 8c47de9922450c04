//! Parameters: where they are sent, and how.

use serde::Serialize;

use super::{Schema, Text, is_false};
use crate::source::Span;

/// Where a parameter is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum ParameterLocation {
    Path,
    Query,
    Header,
    Cookie,
}

/// A parameter; also a documented response header.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Parameter {
    /// The name, verbatim.
    pub name: Text,
    /// Where it is sent.
    #[serde(rename = "in")]
    pub location: ParameterLocation,
    /// Whether it must be sent. Path parameters always must.
    #[serde(skip_serializing_if = "is_false")]
    pub required: bool,
    /// Its values; holds the description too.
    pub schema: Schema,
    /// Where it is documented.
    pub span: Span,
    /// How the values of an array or the members of an object are written in the query. `None` where each value of an
    /// array is a pair of its own, for scalars, and in other places.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub style: Option<QueryStyle>,
}

/// How arrays and objects are written in the query: OpenAPI's `style` with `explode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum QueryStyle {
    /// In one pair, with commas between: `form` without `explode`.
    Form,
    /// An object as a pair for each member, under the member's own name: `form` with `explode`.
    FormExploded,
    /// In one pair, with spaces between.
    SpaceDelimited,
    /// In one pair, with `|` between.
    PipeDelimited,
    /// An object as a pair for each member, as in `filter[status]=x`.
    DeepObject,
}

impl QueryStyle {
    /// The value of OpenAPI's `style`, and whether of `explode`.
    #[must_use]
    pub fn keywords(self) -> (&'static str, bool) {
        match self {
            Self::Form => ("form", false),
            Self::FormExploded => ("form", true),
            Self::SpaceDelimited => ("spaceDelimited", false),
            Self::PipeDelimited => ("pipeDelimited", false),
            Self::DeepObject => ("deepObject", true),
        }
    }
}
