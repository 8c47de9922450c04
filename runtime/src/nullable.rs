//! Fields whose null is documented.
//!
//! Serde reads a plain `Option` field from null and from nothing alike. For a response that is right: a null that
//! no page documents does no harm. For a request it is not: whoever sends null asks for something. So the generated
//! fields that may be null are read by the functions here, and the server's JSON reader refuses null for all
//! others: see `server/strict.rs`.
//!
//! Invariant: these functions ask for a newtype, which every format reads as what is in it. That is how a
//! deserializer can tell them from a plain `Option`.

use std::{fmt, marker::PhantomData};

use serde::{Deserialize, Deserializer, de::Visitor};

/// Reads a field that must be there and may be null: for `deserialize_with`.
///
/// # Errors
///
/// Those of `T`.
pub fn nullable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    deserializer.deserialize_newtype_struct("Nullable", Nullable(PhantomData))
}

/// A field that may be absent and may be null: for `with`, together with `default` and
/// `skip_serializing_if = "Option::is_none"`.
///
/// ```
/// use docwright_runtime::double_option;
///
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Body {
///     #[serde(default, skip_serializing_if = "Option::is_none", with = "double_option")]
///     name: Option<Option<String>>,
/// }
///
/// for (json, name) in [
///     ("{}", None),
///     (r#"{"name":null}"#, Some(None)),
///     (r#"{"name":"Ada"}"#, Some(Some("Ada".to_owned()))),
/// ] {
///     let body: Body = serde_json::from_str(json)?;
///     assert_eq!(body.name, name);
///     assert_eq!(serde_json::to_string(&body)?, json);
/// }
/// # Ok::<(), serde_json::Error>(())
/// ```
pub mod double_option {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes the value, or null.
    ///
    /// # Errors
    ///
    /// Those of `T`.
    pub fn serialize<T: Serialize, S: Serializer>(
        value: &Option<Option<T>>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        value.as_ref().and_then(Option::as_ref).serialize(serializer)
    }

    /// Reads a field that is there, null included.
    ///
    /// # Errors
    ///
    /// Those of `T`.
    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Option<T>>, D::Error> {
        super::nullable(deserializer).map(Some)
    }
}

struct Nullable<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Nullable<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value or null")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        Option::deserialize(deserializer)
    }
}
