//! What pages state, in the words of OpenAPI 3.1 and JSON Schema; no Rust word in it.
//!
//! Readers give a [`Page`] each, resolving makes one [`Api`] of them, and everything after (lowering,
//! the OpenAPI export, `docwright model`) starts from the [`Api`]. Names are verbatim. Every fact has a
//! [`Span`]; where a fact was inferred, `inferred` is set and a diagnostic says from what.
//!
//! The types serialize, to be printed and compared; they are not read back.

mod api;
mod callback;
mod http;
mod limits;
mod link;
mod parameter;
mod rare;
mod schema;
mod security;

pub use api::{Api, MediaType, Operation, Page, RequestBody, Resource, Response, Sample};
pub use callback::{Callback, OperationKey};
pub use http::{HttpMethod, Status};
pub use limits::Limits;
pub use link::{Link, LinkTarget};
pub use parameter::{Parameter, ParameterLocation, QueryStyle};
pub use rare::{Common, Rare};
pub use schema::{Discriminator, EnumValue, Object, Property, ResourceLink, Schema, Type, UnnamedProperty};
pub use security::{
    ApiKeyLocation, OAuthFlow, OAuthFlowKind, SchemeKind, SecurityRequirement, SecurityScheme, Server,
    ServerVariable,
};

use indexmap::IndexMap;
use serde::Serialize;

use crate::source::Span;

/// Documented text and where it stands; prints as the text alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// The text, as the page has it: Markdown, without the indentation of its place.
    pub value: String,
    /// Where it stands.
    pub span: Span,
}

impl Text {
    /// Text at a place.
    pub fn new(value: impl Into<String>, span: Span) -> Self {
        Self { value: value.into(), span }
    }
}

impl Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.value)
    }
}

/// How many references are followed, one to the next.
const MAX_HOPS: usize = 16;

/// The schema that a reference stands for, at the end of a chain of references; `None` where the schema is none,
/// or the chain ends nowhere.
pub(crate) fn referenced<'s>(
    components: &'s IndexMap<String, Schema>,
    schema: &Schema,
) -> Option<&'s Schema> {
    let Type::Ref(name) = &schema.ty else { return None };
    let mut found = components.get(name)?;
    for _ in 0..MAX_HOPS {
        let Type::Ref(name) = &found.ty else { return Some(found) };
        found = components.get(name)?;
    }
    None
}

// `serde` passes the field by reference.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn is_false(value: &bool) -> bool {
    !*value
}
