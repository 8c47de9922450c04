//! Bodies of forms: `multipart/form-data` (RFC 7578) and `application/x-www-form-urlencoded`.
//!
//! A type's members are the fields: text for scalars, a field for each item of an array, JSON for objects, and files as
//! they are. A client writes them (`encode.rs`), a server reads them (`decode.rs`).

#[cfg(feature = "server")]
mod decode;
#[cfg(feature = "client")]
mod encode;
#[cfg(feature = "client")]
mod field;
#[cfg(feature = "server")]
mod items;
#[cfg(feature = "client")]
mod members;

use std::fmt;

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, MapAccess, Visitor},
};

#[cfg(feature = "server")]
pub(crate) use self::decode::{Error as DecodeError, Field, Fields, read_fields};
#[cfg(feature = "client")]
pub(crate) use self::{encode::encode, members::members};
use crate::RawBody;

/// The name by which serializers of forms know a [`File`].
const FILE: &str = "docwright_runtime::File";

/// A file in a form. `Debug` shows the length of its content.
///
/// ```
/// let file = docwright_runtime::File::new("notes.txt", "text/plain", "Buy milk.");
/// assert_eq!(&*file.bytes, b"Buy milk.");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename = "docwright_runtime::File")]
pub struct File {
    /// Its name. Whoever receives it does well not to take it for a path.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its media type, `application/octet-stream` where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// Its content.
    pub bytes: RawBody,
}

impl File {
    /// A file of a name and a media type.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        content_type: impl Into<String>,
        bytes: impl Into<bytes::Bytes>,
    ) -> Self {
        Self { name: Some(name.into()), content_type: Some(content_type.into()), bytes: bytes.into().into() }
    }
}

impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(FILE, Content)
    }
}

struct Content;

impl<'de> Visitor<'de> for Content {
    type Value = File;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a file")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<File, D::Error> {
        deserializer.deserialize_any(self)
    }

    /// What JSON has for a file is its text.
    fn visit_str<E: Error>(self, text: &str) -> Result<File, E> {
        Ok(File { bytes: text.as_bytes().to_vec().into(), ..File::default() })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<File, A::Error> {
        let mut file = File::default();
        while let Some(name) = members.next_key::<String>()? {
            match name.as_str() {
                "name" => file.name = members.next_value()?,
                "content_type" => file.content_type = members.next_value()?,
                "bytes" => file.bytes = members.next_value()?,
                _ => drop(members.next_value::<serde::de::IgnoredAny>()?),
            }
        }
        Ok(file)
    }
}

/// Whether a media type is one of forms.
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) fn is_multipart(media_type: &str) -> bool {
    media_type.get(..10).is_some_and(|start| start.eq_ignore_ascii_case("multipart/"))
}
