//! An enum of documented responses becomes a status and a body.
//!
//! Serde's derived `Serialize` says which variant a value is and what is in it. [`Captured`] takes that, and has
//! the body written as JSON, or as the bytes that it is.

use std::fmt;

use serde::{
    Serialize, Serializer,
    ser::{self, Impossible},
};

use crate::responses::{Responses, is_json_type, media_type};

/// What a value is, as far as it is asked here.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Captured {
    Status(u16),
    Bytes(Vec<u8>),
    Variant { index: usize, status: u16, body: Option<Vec<u8>> },
}

/// The variant that a value is: its index, its status and its body.
pub(super) fn capture<T: Responses>(value: &T) -> Result<(usize, u16, Option<Vec<u8>>), Unwritten> {
    match value.serialize(Capture { statuses: T::STATUSES, media_type: media_type::<T> })? {
        Captured::Variant { index, status, body } => Ok((index, status, body)),
        Captured::Status(_) | Captured::Bytes(_) => Err(Unwritten),
    }
}

/// A value that has no such form.
#[derive(Debug)]
pub(super) struct Unwritten;

impl fmt::Display for Unwritten {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no documented response")
    }
}

impl std::error::Error for Unwritten {}

impl ser::Error for Unwritten {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

#[derive(Clone, Copy)]
struct Capture {
    statuses: &'static [u16],
    media_type: fn(usize) -> &'static str,
}

impl Capture {
    fn status(self, index: usize) -> u16 {
        self.statuses.get(index).copied().unwrap_or_default()
    }

    fn body(self, index: usize, value: &(impl Serialize + ?Sized)) -> Result<Vec<u8>, Unwritten> {
        if is_json_type((self.media_type)(index)) {
            return serde_json::to_vec(value).map_err(|_| Unwritten);
        }
        match value.serialize(self)? {
            Captured::Bytes(bytes) => Ok(bytes),
            Captured::Status(_) | Captured::Variant { .. } => Err(Unwritten),
        }
    }

    /// The status that a variant holds. It must be one of those that the variant is documented for.
    fn open_status(self, index: usize, value: &(impl Serialize + ?Sized)) -> Result<u16, Unwritten> {
        let documented = self.status(index);
        match value.serialize(self)? {
            Captured::Status(status) if documented == 0 || status / 100 == documented => Ok(status),
            _ => Err(Unwritten),
        }
    }
}

/// Methods for what no documented response is; a trait's methods are nothing that a function could write.
macro_rules! refuse {
    ($($method:ident($($ty:ty),*) -> $ok:ty;)*) => {
        $(fn $method(self, $(_: $ty),*) -> Result<$ok, Unwritten> {
            Err(Unwritten)
        })*
    };
}

type No = Impossible<Captured, Unwritten>;

impl Serializer for Capture {
    type Ok = Captured;
    type Error = Unwritten;
    type SerializeSeq = No;
    type SerializeTuple = No;
    type SerializeTupleStruct = No;
    type SerializeTupleVariant = Pair;
    type SerializeMap = No;
    type SerializeStruct = No;
    type SerializeStructVariant = No;

    refuse! {
        serialize_bool(bool) -> Captured;
        serialize_i8(i8) -> Captured;
        serialize_i16(i16) -> Captured;
        serialize_i32(i32) -> Captured;
        serialize_i64(i64) -> Captured;
        serialize_u8(u8) -> Captured;
        serialize_u32(u32) -> Captured;
        serialize_u64(u64) -> Captured;
        serialize_f32(f32) -> Captured;
        serialize_f64(f64) -> Captured;
        serialize_char(char) -> Captured;
        serialize_str(&str) -> Captured;
        serialize_none() -> Captured;
        serialize_unit() -> Captured;
        serialize_unit_struct(&'static str) -> Captured;
        serialize_seq(Option<usize>) -> No;
        serialize_tuple(usize) -> No;
        serialize_tuple_struct(&'static str, usize) -> No;
        serialize_map(Option<usize>) -> No;
        serialize_struct(&'static str, usize) -> No;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> No;
    }

    fn serialize_u16(self, status: u16) -> Result<Captured, Unwritten> {
        Ok(Captured::Status(status))
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<Captured, Unwritten> {
        Ok(Captured::Bytes(bytes.to_vec()))
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<Captured, Unwritten> {
        Err(Unwritten)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Captured, Unwritten> {
        value.serialize(self)
    }

    fn serialize_unit_variant(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
    ) -> Result<Captured, Unwritten> {
        let index = index as usize;
        Ok(Captured::Variant { index, status: self.status(index), body: None })
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        value: &T,
    ) -> Result<Captured, Unwritten> {
        let index = index as usize;
        let (status, body) = match self.status(index) {
            ..100 => (self.open_status(index, value)?, None),
            status => (status, Some(self.body(index, value)?)),
        };
        Ok(Captured::Variant { index, status, body })
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        index: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Pair, Unwritten> {
        Ok(Pair { capture: self, index: index as usize, status: None, body: None })
    }
}

/// A variant that holds its status and, behind it, its body.
struct Pair {
    capture: Capture,
    index: usize,
    status: Option<u16>,
    body: Option<Vec<u8>>,
}

impl ser::SerializeTupleVariant for Pair {
    type Ok = Captured;
    type Error = Unwritten;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Unwritten> {
        match self.status {
            None => self.status = Some(self.capture.open_status(self.index, value)?),
            Some(_) => self.body = Some(self.capture.body(self.index, value)?),
        }
        Ok(())
    }

    fn end(self) -> Result<Captured, Unwritten> {
        let status = self.status.ok_or(Unwritten)?;
        Ok(Captured::Variant { index: self.index, status, body: self.body })
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::RawBody;

    #[derive(Serialize, Deserialize)]
    enum Failure {
        NotFound(String),
        Gone,
        Teapot(RawBody),
        ClientError(u16),
        Default(u16, Vec<i64>),
    }

    impl Responses for Failure {
        const STATUSES: &'static [u16] = &[404, 410, 418, 4, 0];
        const MEDIA_TYPES: &'static [&'static str] = &["application/json", "", "text/plain"];
    }

    #[track_caller]
    fn check(failure: &Failure, index: usize, status: u16, body: Option<&str>) {
        let (at, found, written) = capture(failure).expect("a documented response");
        assert_eq!((at, found, written.as_deref()), (index, status, body.map(str::as_bytes)));
    }

    #[test]
    fn a_variant_has_a_status_and_a_body() {
        check(&Failure::NotFound("where?".to_owned()), 0, 404, Some("\"where?\""));
        check(&Failure::Gone, 1, 410, None);
        check(&Failure::Teapot(RawBody::from("short and stout")), 2, 418, Some("short and stout"));
        check(&Failure::ClientError(451), 3, 451, None);
        check(&Failure::Default(599, vec![1]), 4, 599, Some("[1]"));
    }

    #[test]
    fn a_status_of_another_class_is_not_documented() {
        assert!(capture(&Failure::ClientError(500)).is_err());
    }
}
