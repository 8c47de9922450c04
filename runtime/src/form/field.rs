//! What a value is as a form: text, JSON or a file for each member of an object, one for each item of an array.

use std::fmt::Display;

use serde::{
    Serialize, Serializer,
    ser::{self, Error as _, Impossible},
};
use serde_json::{Error, Map, Value};

use super::FILE;
use crate::client::finite;

/// What a value is by itself.
pub(super) fn field<T: Serialize + ?Sized>(value: &T) -> Result<Field, Error> {
    value.serialize(Writer(Level::Form))
}

/// What a field is.
pub(super) enum Field {
    Nothing,
    Text(String),
    Json(Value),
    Bytes(Vec<u8>),
    Many(Vec<Field>),
    Members(Vec<(String, Field)>),
    File(Vec<(String, Field)>),
}

/// How deep within the form a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Form,
    Member,
    Item,
}

struct Writer(Level);

/// Methods for scalars, which differ in nothing but their types.
macro_rules! text {
    ($($method:ident($ty:ty))*) => {
        $(fn $method(self, value: $ty) -> Result<Field, Error> {
            text(value)
        })*
    };
}

/// Methods for what no form can hold.
macro_rules! no_form {
    ($($method:ident($($argument:ty),*))*) => {
        $(fn $method(self, $(_: $argument),*) -> Result<No, Error> {
            Err(Error::custom("no form"))
        })*
    };
}

fn text(value: impl Display) -> Result<Field, Error> {
    Ok(Field::Text(value.to_string()))
}

/// What is JSON within a form.
fn json<T: Serialize + ?Sized>(value: &T) -> Result<Value, Error> {
    finite(value)?;
    serde_json::to_value(value)
}

/// What no generated type has: tuples, and variants of several fields.
type No = Impossible<Field, Error>;

impl Serializer for Writer {
    type Ok = Field;
    type Error = Error;
    type SerializeSeq = Items;
    type SerializeTuple = No;
    type SerializeTupleStruct = No;
    type SerializeTupleVariant = No;
    type SerializeMap = Members;
    type SerializeStruct = Members;
    type SerializeStructVariant = No;

    text! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_char(char)
        serialize_str(&str)
    }

    no_form! {
        serialize_tuple(usize) serialize_tuple_struct(&'static str, usize)
        serialize_tuple_variant(&'static str, u32, &'static str, usize)
        serialize_struct_variant(&'static str, u32, &'static str, usize)
    }

    fn serialize_f32(self, number: f32) -> Result<Field, Error> {
        finite(&number)?;
        text(number)
    }

    fn serialize_f64(self, number: f64) -> Result<Field, Error> {
        finite(&number)?;
        text(number)
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<Field, Error> {
        Ok(Field::Bytes(bytes.to_vec()))
    }

    fn serialize_none(self) -> Result<Field, Error> {
        Ok(Field::Nothing)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Field, Error> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Field, Error> {
        Ok(Field::Nothing)
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Field, Error> {
        Ok(Field::Nothing)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Field, Error> {
        text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        value: &T,
    ) -> Result<Field, Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Field, Error> {
        let member = (variant.to_owned(), json(value)?);
        Ok(Field::Json(Value::Object(Map::from_iter([member]))))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items, Error> {
        Ok(Items { level: self.0, fields: Vec::new(), values: Vec::new() })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Members, Error> {
        Ok(Members {
            file: false,
            level: self.0,
            name: String::new(),
            fields: Vec::new(),
            values: Map::new(),
        })
    }

    fn serialize_struct(self, name: &'static str, _: usize) -> Result<Members, Error> {
        let file = name == FILE;
        let level = if file { Level::Form } else { self.0 };
        Ok(Members { file, level, name: String::new(), fields: Vec::new(), values: Map::new() })
    }
}

/// An array: a field for each item, but JSON within another.
struct Items {
    level: Level,
    fields: Vec<Field>,
    values: Vec<Value>,
}

impl ser::SerializeSeq for Items {
    type Ok = Field;
    type Error = Error;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        match self.level {
            Level::Member => self.fields.push(value.serialize(Writer(Level::Item))?),
            Level::Form | Level::Item => self.values.push(json(value)?),
        }
        Ok(())
    }

    fn end(self) -> Result<Field, Error> {
        Ok(match self.level {
            Level::Member => Field::Many(self.fields),
            Level::Form | Level::Item => Field::Json(Value::Array(self.values)),
        })
    }
}

/// An object: the form itself, a file, or JSON.
struct Members {
    file: bool,
    level: Level,
    name: String,
    fields: Vec<(String, Field)>,
    values: Map<String, Value>,
}

impl Members {
    fn add<T: Serialize + ?Sized>(&mut self, name: String, value: &T) -> Result<(), Error> {
        match self.level {
            Level::Form => self.fields.push((name, value.serialize(Writer(Level::Member))?)),
            Level::Member | Level::Item => drop(self.values.insert(name, json(value)?)),
        }
        Ok(())
    }

    fn finish(self) -> Field {
        match self.level {
            _ if self.file => Field::File(self.fields),
            Level::Form => Field::Members(self.fields),
            Level::Member | Level::Item => Field::Json(Value::Object(self.values)),
        }
    }
}

impl ser::SerializeMap for Members {
    type Ok = Field;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, name: &T) -> Result<(), Error> {
        match name.serialize(Writer(Level::Item))? {
            Field::Text(name) => self.name = name,
            _ => return Err(Error::custom("a name that is no text")),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        let name = std::mem::take(&mut self.name);
        self.add(name, value)
    }

    fn end(self) -> Result<Field, Error> {
        Ok(self.finish())
    }
}

impl ser::SerializeStruct for Members {
    type Ok = Field;
    type Error = Error;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) -> Result<(), Error> {
        self.add(name.to_owned(), value)
    }

    fn end(self) -> Result<Field, Error> {
        Ok(self.finish())
    }
}
