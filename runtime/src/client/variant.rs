//! One variant of an enum of documented responses, read from a response.

use std::marker::PhantomData;

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, SeqAccess, VariantAccess, Visitor,
};

use crate::responses::{Responses, is_json_type, media_type};

/// The variant that is documented for a status, of those that [`Responses::STATUSES`] knows under that number. Of
/// several in different media types, the first in JSON is taken.
pub(super) fn find<T: Responses>(status: u16) -> Option<usize> {
    let among = || T::STATUSES.iter().enumerate().filter(|(_, known)| **known == status).map(|(at, _)| at);
    among().find(|at| is_json_type(media_type::<T>(*at))).or_else(|| among().next())
}

/// Reads the body of a response as one variant.
pub(super) struct Variant<T> {
    index: usize,
    status: u16,
    responses: PhantomData<fn() -> T>,
}

impl<T> Variant<T> {
    pub(super) fn new(index: usize, status: u16) -> Self {
        Self { index, status, responses: PhantomData }
    }
}

impl<T> Clone for Variant<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Variant<T> {}

impl<'de, T: Responses> DeserializeSeed<'de> for Variant<T> {
    type Value = T;

    fn deserialize<D: Deserializer<'de>>(self, body: D) -> Result<T, D::Error> {
        let open = T::STATUSES.get(self.index).is_some_and(|status| *status < 100);
        T::deserialize(Content { index: self.index as u64, status: open.then_some(self.status), body })
    }
}

/// Reads a body that is not JSON as one variant.
pub(super) fn raw_variant<T: Responses>(
    index: usize,
    status: u16,
    body: &[u8],
) -> Result<T, de::value::Error> {
    Variant::new(index, status).deserialize(de::value::BytesDeserializer::new(body))
}

/// One variant, and what is in it.
struct Content<D> {
    index: u64,
    /// The status, where the variant holds it.
    status: Option<u16>,
    body: D,
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Content<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        visitor.visit_enum(self)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de, D: Deserializer<'de>> EnumAccess<'de> for Content<D> {
    type Error = D::Error;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), D::Error> {
        Ok((seed.deserialize(self.index.into_deserializer())?, self))
    }
}

impl<'de, D: Deserializer<'de>> VariantAccess<'de> for Content<D> {
    type Error = D::Error;

    /// A body that comes nevertheless is left alone.
    fn unit_variant(self) -> Result<(), D::Error> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Result<S::Value, D::Error> {
        match self.status {
            Some(status) => seed.deserialize(status.into_deserializer()),
            None => seed.deserialize(self.body),
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, D::Error> {
        visitor.visit_seq(Pair { status: self.status, body: Some(self.body) })
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        Err(de::Error::invalid_type(de::Unexpected::StructVariant, &visitor))
    }
}

/// A status, and the body behind it.
struct Pair<D> {
    status: Option<u16>,
    body: Option<D>,
}

impl<'de, D: Deserializer<'de>> SeqAccess<'de> for Pair<D> {
    type Error = D::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, D::Error> {
        match self.status.take() {
            Some(status) => seed.deserialize(status.into_deserializer()).map(Some),
            None => self.body.take().map(|body| seed.deserialize(body)).transpose(),
        }
    }
}
