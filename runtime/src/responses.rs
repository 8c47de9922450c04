//! Enums of documented responses: how their variants are told apart.
//!
//! A generated enum has a variant for each documented response; [`Responses`] adds what HTTP knows of each variant. So one
//! variant is read (`client/response.rs`) or written (`server/reply.rs`) by its place: never by its name, and never by
//! trying.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de::Error};

use crate::RawBody;

/// Documented responses, one a variant: with the body, without one, and before it the status where the page leaves
/// that open. [`responses!`](crate::responses) implements it.
pub trait Responses: Sized {
    /// The status of each variant: a code, the first digit of a class of codes (`5` for `5XX`), or 0 for all that
    /// are not documented otherwise.
    const STATUSES: &'static [u16];
    /// The media type of each variant's body. Where there is none here, it is `application/json`.
    const MEDIA_TYPES: &'static [&'static str] = &[];

    /// The variant at a place, with what was received.
    ///
    /// # Errors
    ///
    /// Those of reading the body, and where there is no such variant.
    fn read<'de, D: Deserializer<'de>>(variant: usize, received: Received<D>) -> Result<Self, D::Error>;

    /// What is in the variant, to be sent.
    fn show(&self) -> Shown<'_>;
}

/// Implements [`Responses`] for enums: of each variant its status, the media type of its body where that is not
/// `application/json`, its name, and what it holds: a `status`, a `body`, or a `raw` body that is not JSON.
///
/// ```
/// use docwright_runtime::RawBody;
///
/// enum GetUserFailure {
///     NotFound(String),
///     Teapot(RawBody),
///     TooManyRequests,
///     ServerError(u16, String),
/// }
///
/// docwright_runtime::responses! {
///     GetUserFailure {
///         404 "application/problem+json" NotFound(body), 418 "text/plain" Teapot(raw), 429 TooManyRequests,
///         5 ServerError(status, body),
///     }
/// }
/// ```
#[macro_export]
macro_rules! responses {
    ($($name:ident {
        $($status:literal $($media_type:literal)? $variant:ident $(($($part:ident),+))?),* $(,)?
    }),*) => {
        $(
            impl $crate::Responses for $name {
                const STATUSES: &'static [u16] = &[$($status),*];
                const MEDIA_TYPES: &'static [&'static str] = &[$($crate::json_unless(&[$($media_type)?])),*];

                fn read<'de, D: ::serde::Deserializer<'de>>(
                    variant: usize,
                    received: $crate::Received<D>,
                ) -> ::std::result::Result<Self, D::Error> {
                    let mut places = 0..;
                    $(if places.next() == Some(variant) {
                        return Ok(Self::$variant $(($(received.$part()?),+))?);
                    })*
                    received.none()
                }

                fn show(&self) -> $crate::Shown<'_> {
                    match self {
                        $(Self::$variant $(($($part),+))? => $crate::Shown::new(
                            $status,
                            $crate::json_unless(&[$($media_type)?]),
                        )$($(.$part($part))+)?,)*
                    }
                }
            }
        )*
    };
}

/// What was received: a status, and a body that can be read once.
#[derive(Debug)]
pub struct Received<D> {
    status: u16,
    body: D,
}

impl<'de, D: Deserializer<'de>> Received<D> {
    /// A status and a body.
    pub fn new(status: u16, body: D) -> Self {
        Self { status, body }
    }

    /// The status.
    ///
    /// # Errors
    ///
    /// None; it is asked for like the body.
    pub fn status(&self) -> Result<u16, D::Error> {
        Ok(self.status)
    }

    /// The body.
    ///
    /// # Errors
    ///
    /// Those of reading it.
    pub fn body<T: Deserialize<'de>>(self) -> Result<T, D::Error> {
        T::deserialize(self.body)
    }

    /// The body as it is.
    ///
    /// # Errors
    ///
    /// Those of reading it.
    pub fn raw(self) -> Result<RawBody, D::Error> {
        RawBody::deserialize(self.body)
    }

    /// No variant.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn none<T>(self) -> Result<T, D::Error> {
        Err(D::Error::custom("no documented response"))
    }
}

/// What is in a variant.
#[derive(Debug)]
pub struct Shown<'r> {
    /// The documented status: see [`Responses::STATUSES`].
    pub documented: u16,
    /// The media type of the body.
    pub media_type: &'static str,
    /// The status that the variant holds, where the page leaves it open.
    pub status: Option<u16>,
    /// The body.
    pub body: ShownBody<'r>,
}

/// The body of a variant.
#[derive(Clone, Copy)]
#[expect(missing_docs, reason = "the names say it")]
pub enum ShownBody<'r> {
    None,
    Json(&'r dyn ToJson),
    Raw(&'r RawBody),
}

impl fmt::Debug for ShownBody<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Json(_) => "Json",
            Self::Raw(_) => "Raw",
        })
    }
}

impl<'r> Shown<'r> {
    /// A variant of a documented status and media type, with nothing in it.
    #[must_use]
    pub const fn new(documented: u16, media_type: &'static str) -> Self {
        Self { documented, media_type, status: None, body: ShownBody::None }
    }

    /// Adds the status.
    #[must_use]
    pub const fn status(self, status: &u16) -> Self {
        Self { status: Some(*status), ..self }
    }

    /// Adds a body that becomes JSON.
    #[must_use]
    pub const fn body<T: Serialize>(self, body: &'r T) -> Self {
        Self { body: ShownBody::Json(body), ..self }
    }

    /// Adds a body as it is.
    #[must_use]
    pub const fn raw(self, body: &'r RawBody) -> Self {
        Self { body: ShownBody::Raw(body), ..self }
    }
}

/// What has a form in JSON.
pub trait ToJson {
    /// The form.
    ///
    /// # Errors
    ///
    /// Where there is none.
    fn to_json(&self) -> serde_json::Result<Vec<u8>>;
}

impl<T: Serialize> ToJson for T {
    fn to_json(&self) -> serde_json::Result<Vec<u8>> {
        serde_json::to_vec(self)
    }
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undocumented {}

impl Responses for Undocumented {
    const STATUSES: &'static [u16] = &[];

    fn read<'de, D: Deserializer<'de>>(_: usize, received: Received<D>) -> Result<Self, D::Error> {
        received.none()
    }

    fn show(&self) -> Shown<'_> {
        match *self {}
    }
}

/// The media type of a variant's body.
#[cfg(feature = "client")]
pub(crate) fn media_type<T: Responses>(index: usize) -> &'static str {
    T::MEDIA_TYPES.get(index).copied().unwrap_or("application/json")
}

/// Whether a documented media type is JSON, or any.
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) fn is_json_type(media_type: &str) -> bool {
    essence(media_type.as_bytes()) == b"*/*" || is_json(media_type.as_bytes())
}

/// Whether a media type is JSON (RFC 8259, and the `+json` suffix of RFC 6839).
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) fn is_json(media_type: &[u8]) -> bool {
    let essence = essence(media_type);
    let ends = |suffix: &[u8]| {
        let at = essence.len().saturating_sub(suffix.len());
        essence.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(suffix))
    };
    ends(b"/json") || ends(b"+json")
}

/// A media type without its parameters.
#[cfg(any(feature = "client", feature = "server"))]
fn essence(media_type: &[u8]) -> &[u8] {
    media_type.split(|byte| *byte == b';').next().unwrap_or_default().trim_ascii()
}

#[cfg(all(test, any(feature = "client", feature = "server")))]
mod tests {
    use super::is_json_type;

    #[test]
    fn parameters_of_a_media_type_make_no_difference() {
        for media_type in
            ["application/json;charset=utf-8", "Text/JSON ; a=b", "a/b+json;q=1", "*/*;charset=utf-8"]
        {
            assert!(is_json_type(media_type), "{media_type}");
        }
        for media_type in ["text/plain;a=/json", "application/jsonl", "json", ""] {
            assert!(!is_json_type(media_type), "{media_type}");
        }
    }
}
