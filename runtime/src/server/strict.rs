//! Null is not nothing.
//!
//! A derived struct reads null as if a field were absent, for which a page's word is wanted. So [`Strict`], at any depth,
//! asks for a value wherever the member of a struct is an `Option`: null is then
//! refused by the value's type. Fields whose null is documented ask for a newtype first (`nullable.rs`), items of
//! arrays and values of maps are no members: they keep their null. Everything else goes on to the deserializer
//! inside. What serde buffers first, an object
//! among values of other kinds, is out of reach; one of several objects is not (`one_of.rs`).
//!
//! A struct is told from a map by what its keys are read as: identifiers, not strings. Serde asks for a map where a
//! struct has a flattened field, so that nothing else tells them apart.

use std::fmt;

use serde::{
    Deserializer,
    de::{DeserializeSeed, MapAccess, SeqAccess, Visitor},
};

use crate::one_of::{Entries, ONE_OF};

/// A deserializer that reads the members of structs from nothing but what is documented; and the same for what it
/// hands out.
pub(super) struct Strict<T> {
    inner: T,
    /// Whether the value is the member of a struct.
    member: bool,
}

impl<T> Strict<T> {
    pub(super) fn new(inner: T) -> Self {
        Self { inner, member: false }
    }
}

/// Methods that hand out nothing to deserialize with; a trait's methods are nothing that a function could write.
macro_rules! forward {
    ($($method:ident $(($($argument:ident: $ty:ty),*))?)*) => {
        $(fn $method<V: Visitor<'de>>(self, $($($argument: $ty,)*)? visitor: V) -> Result<V::Value, Self::Error> {
            self.inner.$method($($($argument,)*)? visitor)
        })*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Strict<D> {
    type Error = D::Error;

    forward! {
        deserialize_any deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_i128 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64 deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_unit deserialize_identifier deserialize_ignored_any
        deserialize_unit_struct(name: &'static str)
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        if self.member {
            return visitor.visit_some(Strict::new(self.inner));
        }
        self.inner.deserialize_option(Strict::new(visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.inner.deserialize_newtype_struct(name, Strict::new(visitor))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.inner.deserialize_seq(Strict::new(visitor))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, len: usize, visitor: V) -> Result<V::Value, Self::Error> {
        self.inner.deserialize_tuple(len, Strict::new(visitor))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        len: usize,
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        self.inner.deserialize_tuple_struct(name, len, Strict::new(visitor))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.inner.deserialize_map(Strict::new(visitor))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Self::Error> {
        if name == ONE_OF {
            return self.inner.deserialize_struct(name, fields, FirstOf { fields, visitor });
        }
        self.inner.deserialize_struct(name, fields, Strict::new(visitor))
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

/// Visits an object that is one of several, those members first that tell which: all others are then read by [`Strict`],
/// whatever the order in which they were sent.
struct FirstOf<V> {
    fields: &'static [&'static str],
    visitor: V,
}

impl<'de, V: Visitor<'de>> Visitor<'de> for FirstOf<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.visitor.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.visitor.visit_map(Strict::new(Entries::collect(members, self.fields)?))
    }

    /// A form, which gives those members first.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.visitor.visit_newtype_struct(Strict::new(deserializer))
    }
}

/// Visits what holds other values: all that [`Strict`] lends to a deserializer.
impl<'de, V: Visitor<'de>> Visitor<'de> for Strict<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.inner.visit_some(Strict::new(deserializer))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        self.inner.visit_newtype_struct(Strict::new(deserializer))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(Strict::new(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Strict::new(members))
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Strict<A> {
    type Error = A::Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, A::Error> {
        self.inner.next_element_seed(Strict::new(seed))
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Strict<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        self.inner.next_key_seed(Key { inner: seed, identifier: &mut self.member })
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, A::Error> {
        self.inner.next_value_seed(Strict { inner: seed, member: self.member })
    }

    fn size_hint(&self) -> Option<usize> {
        self.inner.size_hint()
    }
}

impl<'de, T: DeserializeSeed<'de>> DeserializeSeed<'de> for Strict<T> {
    type Value = T::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T::Value, D::Error> {
        self.inner.deserialize(Strict { inner: deserializer, member: self.member })
    }
}

/// A key, and the note of what it is read as.
struct Key<'k, T> {
    inner: T,
    identifier: &'k mut bool,
}

impl<'de, T: DeserializeSeed<'de>> DeserializeSeed<'de> for Key<'_, T> {
    type Value = T::Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<T::Value, D::Error> {
        self.inner.deserialize(Key { inner: deserializer, identifier: self.identifier })
    }
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Key<'_, D> {
    type Error = D::Error;

    forward! {
        deserialize_any deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_i128 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64 deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_unit deserialize_option deserialize_seq deserialize_map
        deserialize_ignored_any deserialize_unit_struct(name: &'static str)
        deserialize_newtype_struct(name: &'static str) deserialize_tuple(len: usize)
        deserialize_tuple_struct(name: &'static str, len: usize)
        deserialize_struct(name: &'static str, fields: &'static [&'static str])
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        *self.identifier = true;
        self.inner.deserialize_identifier(visitor)
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;
    use serde_json::Value;

    use super::*;
    use crate::{Deserialize, Secret, double_option, nullable, present};

    fn read<'de, T: serde::Deserialize<'de>>(json: &'de str) -> Result<T, String> {
        T::deserialize(Strict::new(&mut serde_json::Deserializer::from_str(json))).map_err(|e| e.to_string())
    }

    #[track_caller]
    fn refuses<T: for<'de> serde::Deserialize<'de> + fmt::Debug>(json: &str, start: &str) {
        let refused = read::<T>(json).expect_err(json);
        assert!(refused.starts_with(start), "{json}: {refused}");
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Plain {
        text: Option<String>,
        secret: Option<Secret>,
        items: Option<Vec<Option<i64>>>,
        map: Option<BTreeMap<String, Option<i64>>>,
        inner: Option<Box<Plain>>,
        #[serde(default, deserialize_with = "present")]
        any: Option<Value>,
        #[serde(default, with = "double_option")]
        both: Option<Option<String>>,
    }

    #[test]
    fn a_member_is_null_only_where_that_is_documented() {
        assert_eq!(read::<Plain>("{}").map(|read| (read.text, read.any, read.both)), Ok((None, None, None)));
        for (json, expected) in [
            (r#"{"text":null}"#, "a string"),
            (r#"{"secret":null}"#, "a string"),
            (r#"{"items":null}"#, "a sequence"),
            (r#"{"map":null}"#, "a map"),
            (r#"{"inner":null}"#, "struct Plain"),
            (r#"{"inner":{"inner":{"text":null}}}"#, "a string"),
        ] {
            refuses::<Plain>(json, &format!("invalid type: null, expected {expected}"));
        }
        let nulls = r#"{"any":null,"both":null,"items":[null,1],"map":{"a":null}}"#;
        let read = read::<Plain>(nulls).map(|read| (read.any, read.both, read.items, read.map));
        let map = BTreeMap::from([("a".to_owned(), None)]);
        assert_eq!(read, Ok((Some(Value::Null), Some(None), Some(vec![None, Some(1)]), Some(map))));
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Required {
        #[serde(deserialize_with = "nullable")]
        text: Option<String>,
        any: Value,
    }

    #[test]
    fn a_required_member_may_be_null_where_that_is_documented() {
        let nulls = Required { text: None, any: Value::Null };
        assert_eq!(read(r#"{"text":null,"any":null}"#), Ok(nulls));
        refuses::<Required>(r#"{"any":null}"#, "missing field `text`");
    }

    #[derive(Debug, PartialEq, serde::Deserialize)]
    struct Flat {
        text: Option<String>,
        #[serde(default, with = "double_option")]
        both: Option<Option<String>>,
        #[serde(flatten)]
        other: BTreeMap<String, Option<i64>>,
    }

    #[test]
    fn members_beside_flattened_ones_are_members() {
        refuses::<Flat>(r#"{"text":null}"#, "invalid type: null, expected a string");
        let other = BTreeMap::from([("a".to_owned(), None)]);
        assert_eq!(read(r#"{"a":null,"both":null}"#), Ok(Flat { text: None, both: Some(None), other }));
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Named {
        kind: String,
        text: Option<String>,
        inner: Option<BTreeMap<String, i64>>,
    }

    #[derive(Debug, PartialEq)]
    enum Either {
        Named(Named),
        Unknown(Value),
    }

    crate::one_of! { Either, value "kind", { "named" => Named }, [], Unknown }

    #[test]
    fn one_of_several_objects_is_read_as_strictly_in_any_order() {
        for json in [r#"{"kind":"named","text":null}"#, r#"{"text":null,"kind":"named"}"#] {
            refuses::<Either>(json, "invalid type: null, expected a string");
        }
        let json = r#"{"inner":{"a":1},"kind":"named"}"#;
        let inner = Some(BTreeMap::from([("a".to_owned(), 1)]));
        assert_eq!(read(json), Ok(Either::Named(Named { kind: "named".to_owned(), text: None, inner })));
    }
}
