//! The hand-written code that docwright's generated code stands on.
//!
//! Generated types use [`Secret`] for strings that must not appear in logs, [`present`] to keep an
//! explicit `null`, and [`Validate`] for documented limits. Nothing here knows any API.

mod secret;
mod validate;

pub use secret::Secret;
pub use validate::{Checker, Each, Limit, Member, Number, Numeric, Text, Validate, Violation, Violations};

use serde::{Deserialize, Deserializer};

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
pub fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}
