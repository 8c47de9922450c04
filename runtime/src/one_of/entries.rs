//! Members that were read before it was known of what.

use std::{marker::PhantomData, vec};

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, MapAccess, Visitor, value::StringDeserializer},
};
use serde_json::Value;

/// Members that are in memory.
#[derive(Debug)]
pub(crate) struct Entries<E> {
    entries: vec::IntoIter<(String, Value)>,
    value: Option<Value>,
    error: PhantomData<E>,
}

impl<E> Entries<E> {
    pub(super) fn new(entries: Vec<(String, Value)>) -> Self {
        Self { entries: entries.into_iter(), value: None, error: PhantomData }
    }

    /// All members of an object; those that are named come first.
    #[cfg(feature = "server")]
    pub(crate) fn collect<'de, A: MapAccess<'de, Error = E>>(
        mut members: A,
        first: &[&str],
    ) -> Result<Self, E> {
        let (mut named, mut others) = (Vec::new(), Vec::new());
        while let Some((name, value)) = members.next_entry::<String, Value>()? {
            let entries = if first.contains(&name.as_str()) { &mut named } else { &mut others };
            entries.push((name, value));
        }
        named.append(&mut others);
        Ok(Self::new(named))
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.as_slice().is_empty()
    }

    pub(super) fn drop_last(&mut self) {
        self.entries.next_back();
    }

    /// Whether a name was given and its value is still to come.
    pub(super) fn is_read_in_part(&self) -> bool {
        self.value.is_some()
    }
}

impl<'de, E: Error> MapAccess<'de> for Entries<E> {
    type Error = E;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, E> {
        let Some((name, value)) = self.entries.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(StringDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, E> {
        seed.deserialize(Kept(self.value.take().unwrap_or_default(), PhantomData))
    }
}

/// A value in memory, for a deserializer with other errors.
struct Kept<E>(Value, PhantomData<E>);

/// Methods that differ in nothing but their names and arguments.
macro_rules! forward {
    ($($method:ident $(($($argument:ident: $ty:ty),*))?)*) => {
        $(fn $method<V: Visitor<'de>>(self, $($($argument: $ty,)*)? visitor: V) -> Result<V::Value, E> {
            self.0.$method($($($argument,)*)? visitor).map_err(E::custom)
        })*
    };
}

impl<'de, E: Error> Deserializer<'de> for Kept<E> {
    type Error = E;

    forward! {
        deserialize_any deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_i128 deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128
        deserialize_f32 deserialize_f64 deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_option deserialize_unit deserialize_seq deserialize_map
        deserialize_identifier deserialize_ignored_any
        deserialize_unit_struct(name: &'static str)
        deserialize_newtype_struct(name: &'static str)
        deserialize_tuple(len: usize)
        deserialize_tuple_struct(name: &'static str, len: usize)
        deserialize_struct(name: &'static str, fields: &'static [&'static str])
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }
}
