//! A form becomes a value.
//!
//! [`Fields`] is a deserializer of an object whose members are the fields. What a field's text means, the type says
//! that asks for it. Errors hold nothing of a value but what serde says of types.
//!
//! Null and an array without items have no text: RFC 6570 (2.3) takes them for undefined, as OpenAPI's styles do, and
//! they are left out. So a member that must be there, and is not, is null or such an array, where its type has one
//! ([`read_fields`]).

use std::{
    collections::BTreeSet,
    fmt::{self, Display},
};

use serde::{
    Deserializer,
    de::{
        Error as _, IntoDeserializer, Unexpected, Visitor,
        value::{MapDeserializer, SeqDeserializer},
    },
};

use super::{FILE, items::Items};
use crate::one_of::ONE_OF;

/// A field as it was sent.
#[derive(Debug, Default)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) file_name: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

impl Field {
    fn is_json(&self) -> bool {
        self.content_type.as_ref().is_some_and(|ty| crate::responses::is_json(ty.as_bytes()))
    }
}

/// Why fields are not of a type.
#[derive(Debug)]
pub(crate) struct Error {
    inner: serde_json::Error,
    /// The member that is missing, where that is all.
    missing: Option<&'static str>,
}

impl Error {
    /// The member of the fields themselves that is missing, where that is all.
    pub(crate) fn missing(&self) -> Option<&'static str> {
        self.missing
    }
}

impl Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.fmt(f)
    }
}

impl std::error::Error for Error {}

impl From<serde_json::Error> for Error {
    fn from(inner: serde_json::Error) -> Self {
        Self { inner, missing: None }
    }
}

impl serde::de::Error for Error {
    fn custom<T: Display>(message: T) -> Self {
        serde_json::Error::custom(message).into()
    }

    fn missing_field(name: &'static str) -> Self {
        Self { inner: serde_json::Error::missing_field(name), missing: Some(name) }
    }
}

/// The value that `read` makes of fields. Members that it misses are read from nothing, as null or an array without items;
/// where that is no value of theirs either, they are missing. `missing` gives the member of [`Error::missing`].
///
/// # Errors
///
/// Those of `read`.
pub(crate) fn read_fields<T, E>(
    sent: &[Field],
    missing: impl Fn(&E) -> Option<&'static str>,
    read: impl Fn(Fields<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let mut absent = Vec::new();
    let mut outcome = read(Fields { sent, absent: &absent, first: &[] });
    // Each round is for another member of the type.
    while let Err(error) = &outcome
        && let Some(name) = missing(error)
    {
        absent.push(name);
        match read(Fields { sent, absent: &absent, first: &[] }) {
            // What was said before says it better.
            Err(error) if missing(&error) == Some(name) => break,
            other => outcome = other,
        }
    }
    outcome
}

/// The fields of a form, in the order in which they were sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields<'f> {
    sent: &'f [Field],
    /// The members to be read from nothing.
    absent: &'f [&'static str],
    /// The members that are given before the others.
    first: &'static [&'static str],
}

impl<'f> Fields<'f> {
    /// The names of those that were sent.
    pub(crate) fn names(self) -> impl Iterator<Item = &'f str> {
        self.sent.iter().map(|field| field.name.as_str())
    }

    /// Each name with all of its fields.
    fn members(self) -> Vec<(&'f str, Values<'f>)> {
        let mut order: Vec<&Field> = self.sent.iter().collect();
        order.sort_by(|a, b| a.name.cmp(&b.name));
        let mut seen = BTreeSet::new();
        let mut members = Vec::new();
        for field in self.sent.iter().filter(|field| seen.insert(field.name.as_str())) {
            let start = order.partition_point(|other| other.name < field.name);
            let end = order.partition_point(|other| other.name <= field.name);
            let fields = order.get(start..end).unwrap_or_default().to_vec();
            members.push((field.name.as_str(), Values { fields, absent: None, is_item: false }));
        }
        let nothing =
            |name: &&'static str| (*name, Values { fields: Vec::new(), absent: Some(*name), is_item: false });
        members.extend(self.absent.iter().map(nothing));
        if !self.first.is_empty() {
            members.sort_by_key(|(name, _)| !self.first.contains(name));
        }
        members
    }
}

impl<'de> Deserializer<'de> for Fields<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_map(MapDeserializer::new(self.members().into_iter()))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    /// What a text means, the type says: one of several is told before anything else is read.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        members: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match name {
            ONE_OF => visitor.visit_newtype_struct(Self { first: members, ..self }),
            _ => self.deserialize_any(visitor),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

/// All fields of one name: one, or the items of an array.
#[derive(Debug, Clone)]
pub(super) struct Values<'f> {
    fields: Vec<&'f Field>,
    /// The name, where there are none.
    absent: Option<&'static str>,
    /// Whether this is an item of an array.
    is_item: bool,
}

impl<'f> Values<'f> {
    /// One item of an array.
    fn item(field: &'f Field) -> Self {
        Self { fields: vec![field], absent: None, is_item: true }
    }

    fn only(&self, expected: &dyn serde::de::Expected) -> Result<&'f Field, Error> {
        match (self.fields.as_slice(), self.absent) {
            ([only], _) => Ok(only),
            (_, Some(name)) => Err(Error::missing_field(name)),
            _ => Err(Error::invalid_type(Unexpected::Seq, expected)),
        }
    }

    fn text(&self, expected: &dyn serde::de::Expected) -> Result<&'f str, Error> {
        let only = self.only(expected)?;
        std::str::from_utf8(&only.bytes)
            .map_err(|_| Error::invalid_type(Unexpected::Other("bytes"), expected))
    }
}

impl<'de> IntoDeserializer<'de, Error> for Values<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

/// Methods for scalars that are read from text.
macro_rules! parsed {
    ($($method:ident $visit:ident $ty:ty;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            match crate::parse::<$ty>(self.text(&visitor)?) {
                Some(value) => visitor.$visit(value),
                None => Err(Error::invalid_type(Unexpected::Other("text"), &visitor)),
            }
        })*
    };
}

/// Methods for what only JSON can hold.
macro_rules! json {
    ($($method:ident($($argument:ident: $ty:ty),*))*) => {
        $(fn $method<V: Visitor<'de>>(self, $($argument: $ty,)* visitor: V) -> Result<V::Value, Error> {
            let only = self.only(&visitor)?;
            let mut json = serde_json::Deserializer::from_slice(&only.bytes);
            let value = json.$method($($argument,)* visitor)?;
            Ok(json.end().map(|()| value)?)
        })*
    };
}

impl<'de> Deserializer<'de> for Values<'de> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.fields.as_slice() {
            [only] if only.is_json() => {
                let mut json = serde_json::Deserializer::from_slice(&only.bytes);
                let value = json.deserialize_any(visitor)?;
                Ok(json.end().map(|()| value)?)
            }
            [] => visitor.visit_unit(),
            [_] => visitor.visit_borrowed_str(self.text(&"a string")?),
            _ => self.deserialize_seq(visitor),
        }
    }

    parsed! {
        deserialize_bool visit_bool bool;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_f32 visit_f32 f32;
        deserialize_f64 visit_f64 f64;
    }

    json! {
        deserialize_map()
        deserialize_struct(name: &'static str, fields: &'static [&'static str])
    }

    /// What is read from a text, and is none: an enumeration, a date. A part of JSON holds its text in quotes.
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.only(&visitor)? {
            only if only.is_json() => self.deserialize_any(visitor),
            _ => self.deserialize_string(visitor),
        }
    }

    /// Text of any kind, JSON included.
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let text = self.text(&visitor)?;
        visitor.visit_borrowed_str(text)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let only = self.only(&visitor)?;
        visitor.visit_borrowed_bytes(&only.bytes)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.absent.is_some() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.fields.as_slice() {
            // An array within another is JSON, as an object is.
            [only] if self.is_item => {
                let mut json = serde_json::Deserializer::from_slice(&only.bytes);
                let value = json.deserialize_seq(visitor)?;
                return Ok(json.end().map(|()| value)?);
            }
            [only] if only.is_json() => {
                if let Ok(values) = serde_json::from_slice(&only.bytes) {
                    return visitor.visit_seq(Items::new(Self::item(only), values));
                }
            }
            _ => {}
        }
        let items = self.fields.into_iter().map(Self::item);
        SeqDeserializer::new(items).deserialize_seq(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        if name != FILE {
            return visitor.visit_newtype_struct(self);
        }
        let file = self.only(&visitor)?;
        let texts = [("name", file.file_name.as_deref()), ("content_type", file.content_type.as_deref())];
        let texts = texts.into_iter().filter_map(|(name, text)| Some((name, Piece::Text(text?))));
        let pieces = texts.chain([("bytes", Piece::Bytes(&file.bytes))]);
        visitor.visit_map(MapDeserializer::new(pieces))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let text = self.text(&visitor)?;
        visitor.visit_enum(text.into_deserializer())
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u32 u64 u128 char unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

/// What is known of a file.
enum Piece<'f> {
    Text(&'f str),
    Bytes(&'f [u8]),
}

impl<'de> IntoDeserializer<'de, Error> for Piece<'_> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Piece<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self {
            Self::Text(text) => visitor.visit_str(text),
            Self::Bytes(bytes) => visitor.visit_bytes(bytes),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
