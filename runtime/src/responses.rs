//! Enums of documented responses: how their variants are told apart.
//!
//! A generated enum has a variant for each documented response, and derives serde's traits; [`Responses`] adds what
//! HTTP knows of each variant. So one variant is read (`client/variant.rs`) or written (`server/captured.rs`) by its index:
//! never by its name, and never by trying.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Documented responses, one a variant: with the body, without one, and before it the status where the page leaves
/// that open.
///
/// ```
/// use docwright_runtime::Responses;
///
/// #[derive(serde::Serialize, serde::Deserialize)]
/// enum GetUserFailure {
///     NotFound(String),
///     TooManyRequests,
///     ServerError(u16, String),
/// }
///
/// impl Responses for GetUserFailure {
///     const STATUSES: &'static [u16] = &[404, 429, 5];
/// }
/// ```
///
/// [`responses!`](crate::responses) says it of many enums.
pub trait Responses: Serialize + DeserializeOwned {
    /// The status of each variant: a code, the first digit of a class of codes (`5` for `5XX`), or 0 for all that
    /// are not documented otherwise.
    const STATUSES: &'static [u16];
    /// The media type of each variant's body. Where there is none here, it is `application/json`.
    const MEDIA_TYPES: &'static [&'static str] = &[];
}

/// Implements [`Responses`] for enums: the status of each variant, and the media type of its body where it is not
/// `application/json`.
///
/// ```
/// #[derive(serde::Serialize, serde::Deserialize)]
/// enum GetUserFailure {
///     NotFound(String),
///     TooManyRequests,
///     ServerError(u16, String),
/// }
/// docwright_runtime::responses! {
///     GetUserFailure { 404 "application/problem+json", 429, 5 }
/// }
/// ```
#[macro_export]
macro_rules! responses {
    ($($name:ident { $($status:literal $($media_type:literal)?),* $(,)? }),*) => {
        $(
            impl $crate::Responses for $name {
                const STATUSES: &'static [u16] = &[$($status),*];
                const MEDIA_TYPES: &'static [&'static str] = &[$($crate::json_unless(&[$($media_type)?])),*];
            }
        )*
    };
}

/// A documented media type, or that of JSON.
#[doc(hidden)]
#[must_use]
pub const fn json_unless(other: &[&'static str]) -> &'static str {
    match other {
        [] => "application/json",
        [media_type, ..] => media_type,
    }
}

/// The responses of an operation that documents none of their kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Undocumented {}

impl Responses for Undocumented {
    const STATUSES: &'static [u16] = &[];
}

/// The media type of a variant's body.
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) fn media_type<T: Responses>(index: usize) -> &'static str {
    T::MEDIA_TYPES.get(index).copied().unwrap_or("application/json")
}

/// Whether a media type is JSON (RFC 8259, and the `+json` suffix of RFC 6839), or any.
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) fn is_json_type(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim().as_bytes();
    let ends = |suffix: &[u8]| {
        let at = essence.len().saturating_sub(suffix.len());
        essence.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(suffix))
    };
    essence == b"*/*" || ends(b"/json") || ends(b"+json")
}
