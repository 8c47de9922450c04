//! The items of an array of which one part came, in JSON.
//!
//! One part is one item, as forms are written here. Others write the whole array into it: where the JSON is an array and
//! an item is none, that is what it is.

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error as _, SeqAccess, Visitor},
};
use serde_json::Value;

use super::{
    FILE,
    decode::{Error, Values},
};

/// The items: the part, or the values in it.
pub(super) struct Items<'f> {
    part: Option<Values<'f>>,
    values: std::vec::IntoIter<Value>,
}

impl<'f> Items<'f> {
    pub(super) fn new(part: Values<'f>, values: Vec<Value>) -> Self {
        Self { part: Some(part), values: values.into_iter() }
    }
}

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(part) = self.part.take() else {
            return Ok(self.values.next().map(|value| seed.deserialize(value)).transpose()?);
        };
        let is_empty = self.values.len() == 0;
        let mut is_whole = false;
        let first = First { part, values: &mut self.values, is_whole: &mut is_whole };
        let outcome = seed.deserialize(first);
        match is_whole {
            true if is_empty => Ok(None),
            true => outcome.map(Some),
            false => {
                self.values = Vec::new().into_iter();
                outcome.map(Some)
            }
        }
    }
}

/// The first item, whose type says which of both it is.
struct First<'f, 'i> {
    part: Values<'f>,
    values: &'i mut std::vec::IntoIter<Value>,
    /// Whether the part was taken for the whole array.
    is_whole: &'i mut bool,
}

/// Methods for what no array is.
macro_rules! value {
    ($($method:ident($($argument:ident: $ty:ty),*))*) => {
        $(fn $method<V: Visitor<'de>>(self, $($argument: $ty,)* visitor: V) -> Result<V::Value, Error> {
            *self.is_whole = true;
            let first = self.values.next().ok_or_else(|| Error::custom("no item"))?;
            Ok(first.$method($($argument,)* visitor)?)
        })*
    };
}

impl<'de> Deserializer<'de> for First<'de, '_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.part.deserialize_any(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.part.deserialize_seq(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        match name {
            FILE => self.part.deserialize_newtype_struct(name, visitor),
            _ => visitor.visit_newtype_struct(self),
        }
    }

    value! {
        deserialize_bool() deserialize_i32() deserialize_i64() deserialize_f32() deserialize_f64()
        deserialize_str() deserialize_string() deserialize_map()
        deserialize_struct(name: &'static str, fields: &'static [&'static str])
        deserialize_enum(name: &'static str, variants: &'static [&'static str])
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i128 u8 u16 u32 u64 u128 char bytes byte_buf unit unit_struct tuple tuple_struct identifier
        ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, de::DeserializeOwned};
    use serde_json::json;

    use super::*;
    use crate::{
        File,
        form::{Field, read_fields},
    };

    #[derive(Debug, Deserialize, PartialEq)]
    struct Row {
        z: String,
    }

    #[derive(Debug, Deserialize)]
    struct Form<T> {
        a: Vec<T>,
    }

    /// What parts are read as.
    fn read<T: DeserializeOwned>(parts: &[(Option<&str>, &str)]) -> Option<Vec<T>> {
        let part = |(content_type, text): &(Option<&str>, &str)| Field {
            name: "a".to_owned(),
            content_type: content_type.map(str::to_owned),
            bytes: (*text).into(),
            ..Field::default()
        };
        let fields: Vec<Field> = parts.iter().map(part).collect();
        read_fields(&fields, Error::missing, |fields| Form::deserialize(fields)).ok().map(|form| form.a)
    }

    const JSON: Option<&str> = Some("application/json");

    #[test]
    fn one_part_is_one_item() {
        assert_eq!(read(&[(JSON, r#"{"z":"a"}"#)]), Some(vec![Row { z: "a".to_owned() }]));
        assert_eq!(read(&[(JSON, "[1,2]")]), Some(vec![vec![1, 2]]));
        assert_eq!(read(&[(JSON, "[1,2]"), (JSON, "[]")]), Some(vec![vec![1, 2], vec![]]));
        assert_eq!(read::<Vec<i64>>(&[(JSON, "[]")]), Some(vec![vec![]]));
        assert_eq!(read(&[(JSON, "[1,2]")]), Some(vec![json!([1, 2])]));
        assert_eq!(read::<Vec<i64>>(&[(JSON, "1")]), None);
        let file = File { content_type: JSON.map(str::to_owned), bytes: "[1]".into(), ..File::default() };
        assert_eq!(read(&[(JSON, "[1]")]), Some(vec![file]));
        // In a form of pairs nothing says that it is JSON.
        assert_eq!(read(&[(None, "[1,2]")]), Some(vec![vec![1, 2]]));
    }

    #[test]
    fn an_array_whose_items_are_none_is_read_from_one_part() {
        let rows = |texts: &[&str]| Some(texts.iter().map(|z| Row { z: (*z).to_owned() }).collect());
        assert_eq!(read::<Row>(&[(JSON, r#"[{"z":"a"},{"z":"b"}]"#)]), rows(&["a", "b"]));
        assert_eq!(read::<Row>(&[(JSON, "[]")]), rows(&[]));
        assert_eq!(read::<Row>(&[(JSON, "[1]")]), None);
        assert_eq!(read(&[(JSON, "[1,2]")]), Some(vec![1, 2]));
        assert_eq!(read(&[(JSON, r#"["a"]"#)]), Some(vec!["a".to_owned()]));
    }
}
