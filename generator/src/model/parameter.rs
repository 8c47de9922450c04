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
    /// array is a pair of its own, for scalars, and in other places but for JSON, which headers can hold, too.
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
    /// What a page calls `deepObject` with `explode: false`: OpenAPI leaves open how that is written, and it is written as
    /// [`DeepObject`](Self::DeepObject).
    DeepObjectUnexploded,
    /// Whatever it is, as JSON: `content` of the media type `application/json`, instead of a style.
    Json,
}

impl QueryStyle {
    /// The value of OpenAPI's `style`, and that of `explode`; `None` for JSON. A page that says nothing of `explode` beside `deepObject` means the
    /// only form that OpenAPI has for it, though its default would be another.
    #[must_use]
    pub fn keywords(self) -> Option<(&'static str, bool)> {
        Some(match self {
            Self::Form => ("form", false),
            Self::FormExploded => ("form", true),
            Self::SpaceDelimited => ("spaceDelimited", false),
            Self::PipeDelimited => ("pipeDelimited", false),
            Self::DeepObject => ("deepObject", true),
            Self::DeepObjectUnexploded => ("deepObject", false),
            Self::Json => return None,
        })
    }
}
