//! JSON has no number that is not finite, and serde writes null in its place: such a number is an error here.
//!
//! Most values have no null, so that what is written is looked at again only where there is one.

use std::io;

use serde::{
    Serialize, Serializer,
    ser::{
        Error as _, SerializeMap, SerializeSeq, SerializeStruct, SerializeStructVariant, SerializeTuple,
        SerializeTupleStruct, SerializeTupleVariant,
    },
};
use serde_json::{Error, ser::Formatter};

/// Writes a value as JSON.
///
/// # Errors
///
/// Where it holds a number that is not finite, and those of `T`.
pub(crate) fn to_json<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, Error> {
    let mut has_null = false;
    let mut json = Vec::with_capacity(128);
    let formatter = Nulls(&mut has_null);
    value.serialize(&mut serde_json::Serializer::with_formatter(&mut json, formatter))?;
    if has_null {
        check(value)?;
    }
    Ok(json)
}

/// Whether all numbers of a value are finite.
///
/// # Errors
///
/// Where one is not, and those of `T`.
pub(crate) fn check<T: Serialize + ?Sized>(value: &T) -> Result<(), Error> {
    value.serialize(Finite)
}

/// Writes compactly, and notes whether there was a null.
struct Nulls<'n>(&'n mut bool);

impl Formatter for Nulls<'_> {
    fn write_null<W: io::Write + ?Sized>(&mut self, writer: &mut W) -> io::Result<()> {
        *self.0 = true;
        writer.write_all(b"null")
    }
}

/// Goes through a value, and makes nothing of it.
struct Finite;

/// Methods for what is no number with a fraction.
macro_rules! nothing {
    ($($method:ident($($argument:ty),*))*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<(), Error> {
            Ok(())
        })*
    };
}

/// Methods for what holds other values, which are gone through as they come.
macro_rules! compound {
    ($($method:ident($($argument:ty),*))*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<Self, Error> {
            Ok(self)
        })*
    };
}

impl Serializer for Finite {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Self;
    type SerializeTuple = Self;
    type SerializeTupleStruct = Self;
    type SerializeTupleVariant = Self;
    type SerializeMap = Self;
    type SerializeStruct = Self;
    type SerializeStructVariant = Self;

    nothing! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_i128(i128) serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64)
        serialize_u128(u128) serialize_char(char) serialize_str(&str) serialize_bytes(&[u8]) serialize_none()
        serialize_unit() serialize_unit_struct(&'static str)
        serialize_unit_variant(&'static str, u32, &'static str)
    }

    compound! {
        serialize_seq(Option<usize>) serialize_tuple(usize) serialize_tuple_struct(&'static str, usize)
        serialize_tuple_variant(&'static str, u32, &'static str, usize) serialize_map(Option<usize>)
        serialize_struct(&'static str, usize)
        serialize_struct_variant(&'static str, u32, &'static str, usize)
    }

    fn serialize_f32(self, number: f32) -> Result<(), Error> {
        self.serialize_f64(number.into())
    }

    fn serialize_f64(self, number: f64) -> Result<(), Error> {
        if number.is_finite() { Ok(()) } else { Err(Error::custom("a number that is not finite")) }
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Result<(), Error> {
        value.serialize(self)
    }
}

/// Implements traits of what holds other values, which differ in nothing but the names of their methods.
macro_rules! holds {
    ($($name:ident: $method:ident($($argument:ty),*);)*) => {
        $(impl $name for Finite {
            type Ok = ();
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, $(_: $argument,)* value: &T) -> Result<(), Error> {
                value.serialize(Self)
            }

            fn end(self) -> Result<(), Error> {
                Ok(())
            }
        })*
    };
}

holds! {
    SerializeSeq: serialize_element();
    SerializeTuple: serialize_element();
    SerializeTupleStruct: serialize_field();
    SerializeTupleVariant: serialize_field();
    SerializeStruct: serialize_field(&'static str);
    SerializeStructVariant: serialize_field(&'static str);
}

impl SerializeMap for Finite {
    type Ok = ();
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, _: &T) -> Result<(), Error> {
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        value.serialize(Self)
    }

    fn end(self) -> Result<(), Error> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;

    #[derive(Serialize)]
    struct Place {
        at: Option<f64>,
        sides: Vec<Option<f32>>,
        other: Option<Box<Place>>,
        #[serde(flatten)]
        map: BTreeMap<&'static str, f64>,
    }

    #[test]
    fn a_number_that_is_not_finite_is_an_error_wherever_it_stands() {
        let place = |at, side, value| {
            let inner =
                Place { at: None, sides: vec![side, None], other: None, map: BTreeMap::from([("b", value)]) };
            Place { at: Some(at), sides: Vec::new(), other: Some(Box::new(inner)), map: BTreeMap::new() }
        };
        let json = to_json(&place(0.5, Some(1.0), 2.0)).unwrap();
        let expected = r#"{"at":0.5,"sides":[],"other":{"at":null,"sides":[1.0,null],"other":null,"b":2.0}}"#;
        assert_eq!(String::from_utf8(json).unwrap(), expected);
        for place in [
            place(f64::NAN, None, 0.0),
            place(0.0, Some(f32::INFINITY), 0.0),
            place(0.0, None, f64::NEG_INFINITY),
        ] {
            assert!(to_json(&place).is_err());
        }
        assert_eq!(to_json(&json!([null, { "a": 1 }])).unwrap(), br#"[null,{"a":1}]"#);
    }
}
