//! Objects in the query: their members, in the way that the page documents, become fields of a form. And parameters in JSON.

use std::cell::Cell;

use http::request::Parts;
use percent_encoding::percent_decode_str;
use serde::{
    Deserializer,
    de::{DeserializeOwned, Error as _, Visitor},
};

use super::{
    incoming::Incoming,
    parameters::{In, decode, pairs, query_list},
    problem::Problem,
    shape::read_json,
};
use crate::form::{DecodeError, Field, Fields, read_fields};

/// An optional parameter that is an object.
impl Incoming {
    /// In the query, with how its members are written: `[` for a pair `name[member]=value` each, `&` for a pair
    /// `member=value` each; `,`, a space or `|` where they are one pair, with this between names and values; `{` where it is
    /// one pair with JSON.
    ///
    /// # Errors
    ///
    /// 400 where it is not of its type.
    pub fn query_object<T: DeserializeOwned>(
        &self,
        name: &'static str,
        delimiter: char,
    ) -> Result<Option<T>, Problem> {
        let place = In::QueryObject(delimiter);
        if delimiter == '{' {
            return self.json_parameter(place, name);
        }
        let unfit = || place.problem(name, "is not of the documented type");
        let fields = fields(&self.parts, name, delimiter).ok_or_else(unfit)?;
        if fields.is_empty() {
            return Ok(None);
        }
        let found = Cell::new(delimiter != '&');
        let read = |fields: Fields<'_>| T::deserialize(Object { fields, found: &found });
        match read_fields(&fields, DecodeError::missing, read) {
            Ok(value) => Ok(Some(value)),
            Err(_) if !found.get() => Ok(None),
            Err(_) => Err(unfit()),
        }
    }

    /// In a header, as JSON.
    ///
    /// # Errors
    ///
    /// 400 where it is not of its type.
    pub fn header_json<T: DeserializeOwned>(&self, name: &'static str) -> Result<Option<T>, Problem> {
        self.json_parameter(In::HeaderJson, name)
    }

    fn json_parameter<T: DeserializeOwned>(
        &self,
        place: In,
        name: &'static str,
    ) -> Result<Option<T>, Problem> {
        let unfit = |_| place.problem(name, "is not of the documented type");
        let text: Option<String> = self.optional(place, name)?;
        text.map(|json| read_json(json.as_bytes()).map_err(unfit)).transpose()
    }

    /// A parameter that must be there, and is an object, or JSON. Of objects, one without members leaves nothing in the query: where its type
    /// needs none, it is there.
    ///
    /// # Errors
    ///
    /// 400 where it is missing, or not of its type.
    pub fn object<T: DeserializeOwned>(&self, place: In, name: &'static str) -> Result<T, Problem> {
        let missing = || place.problem(name, "is missing");
        let delimiter = match place {
            In::QueryObject(delimiter) => delimiter,
            In::HeaderJson => return self.header_json(name)?.ok_or_else(missing),
            _ => return Err(place.problem(name, "is no object")),
        };
        match self.query_object(name, delimiter)? {
            Some(value) => Ok(value),
            None if delimiter == '{' => Err(missing()),
            None => {
                read_fields(&[], DecodeError::missing, |fields| T::deserialize(fields)).map_err(|_| missing())
            }
        }
    }
}

/// The members of an object, or all pairs where it has no name of its own; `None` where they are not as they have to be.
fn fields(parts: &Parts, name: &str, delimiter: char) -> Option<Vec<Field>> {
    let field = |name, bytes| Field { name, bytes, ..Field::default() };
    match delimiter {
        '[' | '&' => {
            let member = |key: String| match delimiter {
                '[' => Some(key.strip_prefix(name)?.strip_prefix('[')?.strip_suffix(']')?.to_owned()),
                _ => Some(key),
            };
            let members = pairs(parts).filter_map(|(key, value)| {
                // A value that is no text is told where it is read: it may be another parameter's.
                let value = percent_decode_str(&value.replace('+', " ")).collect();
                Some(field(member(decode(key)?)?, value))
            });
            Some(members.collect())
        }
        _ => {
            let texts: Vec<Option<String>> = query_list(parts, name, delimiter).collect();
            let members = texts.chunks(2).map(|pair| match pair {
                [Some(name), Some(value)] => Some(field(name.clone(), value.clone().into_bytes())),
                _ => None,
            });
            members.collect()
        }
    }
}

/// A deserializer of an object.
struct Object<'f> {
    fields: Fields<'f>,
    /// Whether any of the fields is the object's.
    found: &'f Cell<bool>,
}

impl<'de> Deserializer<'de> for Object<'de> {
    type Error = DecodeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.fields.deserialize_any(visitor)
    }

    /// Among pairs of all parameters, the object's are those with the names of its members.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        names: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        let found = self.found.get() || self.fields.names().any(|name| names.contains(&name));
        self.found.set(found);
        if found { self.deserialize_any(visitor) } else { Err(Self::Error::custom("no member")) }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use axum::{body::Body, extract::Request};
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    struct Page {
        number: i64,
    }

    #[derive(Debug, Deserialize)]
    struct Filter {
        limit: Option<i64>,
    }

    /// A parameter `of` that must be there, in each style.
    fn read<T: DeserializeOwned>(query: &str) -> Vec<Option<T>> {
        let request = Request::builder().uri(format!("/?{query}")).body(Body::empty()).unwrap();
        let incoming = Incoming::new(request, Vec::new(), "");
        ['[', '&', ',', ' ', '|'].map(|style| incoming.object(In::QueryObject(style), "of").ok()).into()
    }

    #[test]
    fn an_object_without_members_is_there_where_its_type_needs_none() {
        for query in ["", "other=1"] {
            let limits = read::<Filter>(query).into_iter().map(|filter| filter.map(|filter| filter.limit));
            assert_eq!(limits.collect::<Vec<_>>(), [Some(None); 5], "{query}");
            let numbers = read::<Page>(query).into_iter().map(|page| page.map(|page| page.number));
            assert_eq!(numbers.collect::<Vec<_>>(), [None; 5], "{query}");
        }
        assert!(
            read::<BTreeMap<String, i64>>("").iter().all(|map| map.as_ref().is_some_and(BTreeMap::is_empty))
        );
        // What is there and does not fit is no object without members.
        assert!(read::<Filter>("of[limit]=x&limit=x&of=limit,x").iter().take(3).all(Option::is_none));
    }
}
