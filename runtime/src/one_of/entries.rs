//! Members that were read before it was known of what.

use std::{collections::VecDeque, marker::PhantomData};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, MapAccess, Visitor, value::StringDeserializer},
};
use serde_json::Value;

/// Members that are in memory.
#[derive(Debug)]
pub(crate) struct Entries<E> {
    entries: VecDeque<(String, Value)>,
    value: Option<Value>,
    /// Whether numbers and truth values may be texts: those of a form are.
    of_texts: bool,
    error: PhantomData<E>,
}

impl<E> Default for Entries<E> {
    fn default() -> Self {
        Self { entries: VecDeque::new(), value: None, of_texts: false, error: PhantomData }
    }
}

impl<E> Entries<E> {
    /// No members yet, of a form.
    pub(super) fn of_texts() -> Self {
        Self { of_texts: true, ..Self::default() }
    }

    /// All members of an object; those that are named come first.
    #[cfg(feature = "server")]
    pub(crate) fn collect<'de, A: MapAccess<'de, Error = E>>(
        mut members: A,
        first: &[&str],
    ) -> Result<Self, E> {
        let (mut named, mut others) = (VecDeque::new(), VecDeque::new());
        while let Some((name, value)) = members.next_entry::<String, Value>()? {
            let entries = if first.contains(&name.as_str()) { &mut named } else { &mut others };
            entries.push_back((name, value));
        }
        named.append(&mut others);
        Ok(Self { entries: named, ..Self::default() })
    }

    pub(super) fn push(&mut self, name: String, value: Value) {
        self.entries.push_back((name, value));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    pub(super) fn drop_last(&mut self) {
        self.entries.pop_back();
    }

    /// Whether a name was given and its value is still to come.
    pub(super) fn is_read_in_part(&self) -> bool {
        self.value.is_some()
    }
}

impl<'de, E: Error> MapAccess<'de> for Entries<E> {
    type Error = E;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, E> {
        let Some((name, value)) = self.entries.pop_front() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(StringDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, E> {
        let value = self.value.take().unwrap_or_default();
        seed.deserialize(Kept { value, is_text: self.of_texts, error: PhantomData })
    }
}

/// A value in memory, for a deserializer with other errors.
struct Kept<E> {
    value: Value,
    is_text: bool,
    error: PhantomData<E>,
}

/// Methods for scalars that may be texts.
macro_rules! parsed {
    ($($method:ident $visit:ident $ty:ty;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
            match self.value.as_str().filter(|_| self.is_text).and_then(crate::parse::<$ty>) {
                Some(value) => visitor.$visit(value),
                None => self.value.$method(visitor).map_err(E::custom),
            }
        })*
    };
}

/// Methods that differ in nothing but their names and arguments.
macro_rules! forward {
    ($($method:ident $(($($argument:ident: $ty:ty),*))?)*) => {
        $(fn $method<V: Visitor<'de>>(self, $($($argument: $ty,)*)? visitor: V) -> Result<V::Value, E> {
            self.value.$method($($($argument,)*)? visitor).map_err(E::custom)
        })*
    };
}

impl<'de, E: Error> Deserializer<'de> for Kept<E> {
    type Error = E;

    parsed! {
        deserialize_bool visit_bool bool;
        deserialize_i32 visit_i32 i32;
        deserialize_i64 visit_i64 i64;
        deserialize_f32 visit_f32 f32;
        deserialize_f64 visit_f64 f64;
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        // A text within is still one.
        if self.is_text {
            visitor.visit_some(self)
        } else {
            self.value.deserialize_option(visitor).map_err(E::custom)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(self)
    }

    forward! {
        deserialize_any deserialize_i8 deserialize_i16 deserialize_i128 deserialize_u8 deserialize_u16
        deserialize_u32 deserialize_u64 deserialize_u128 deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_unit deserialize_seq deserialize_map
        deserialize_identifier deserialize_ignored_any
        deserialize_unit_struct(name: &'static str)
        deserialize_tuple(len: usize)
        deserialize_tuple_struct(name: &'static str, len: usize)
        deserialize_struct(name: &'static str, fields: &'static [&'static str])
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }
}
