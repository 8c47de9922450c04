//! One variant of an enum of documented responses, read from a response.

use std::marker::PhantomData;

use serde::de::{self, DeserializeSeed, Deserializer};

use crate::responses::{Received, Responses, is_json_type, media_type};

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
        T::read(self.index, Received::new(self.status, body))
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
