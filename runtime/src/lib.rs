//! The hand-written code that docwright's generated code stands on.
//!
//! Generated types use [`Secret`] for strings that must not appear in logs, [`text_enum!`] and
//! [`integer_enum!`] for enumerations, [`present`], [`nullable`](nullable()) and [`double_option`] to keep an explicit `null`, and [`Validate`] for
//! documented limits. Nothing here knows any API.

// What the derive writes names this crate from without.
#[cfg(test)]
extern crate self as docwright_runtime;

#[cfg(feature = "client")]
pub mod client;
mod form;
mod integer_enum;
mod limit;
mod members;
#[cfg(feature = "client")]
mod misfit;
mod nullable;
mod one_of;
mod parameters;
mod parse;
mod raw;
mod responses;
mod secret;
#[cfg(feature = "server")]
pub mod server;
mod text_enum;
mod validate;

pub use docwright_derive::Deserialize;
pub use form::File;
pub use limit::{Limit, Number, Numeric};
pub use members::{Members, Struct, read_struct};
pub use nullable::{double_option, nullable};
pub use one_of::{Mark, Object, OneOf, read_one_of, write_told};
#[doc(hidden)]
pub use parameters::wire_name;
pub use parse::parse;
pub use raw::RawBody;
#[doc(hidden)]
pub use responses::json_unless;
pub use responses::{Received, Responses, Shown, ShownBody, ToJson, Undocumented};
pub use secret::Secret;
/// For a struct whose optional fields are left out where there is nothing in them.
pub use serde_with::skip_serializing_none;
pub use text_enum::read_text;
pub use validate::{Checker, Each, Member, Text, Validate, Violation, Violations};

use std::fmt;

use serde::Deserializer;

/// A text that is none of a union's variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoVariant;

impl fmt::Display for NoVariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not one of the documented forms")
    }
}

impl std::error::Error for NoVariant {}

/// Reads a field that is there, `null` included: for `deserialize_with` on an optional field of any type.
/// Together with `default`, an absent field is `None` and an explicit `null` is `Some(Value::Null)`.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct Body {
///     #[serde(default, deserialize_with = "docwright_runtime::present")]
///     data: Option<serde_json::Value>,
/// }
///
/// let body: Body = serde_json::from_str("{}")?;
/// assert_eq!(body.data, None);
/// let body: Body = serde_json::from_str(r#"{"data":null}"#)?;
/// assert_eq!(body.data, Some(serde_json::Value::Null));
/// # Ok::<(), serde_json::Error>(())
/// ```
///
/// # Errors
///
/// Those of `T`.
pub fn present<'de, T: serde::Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
