//! A value becomes a form.

use std::{
    fmt::Display,
    hash::{BuildHasher, Hasher, RandomState},
};

use bytes::Bytes;
use serde::{
    Serialize, Serializer,
    ser::{self, Error as _, Impossible},
};
use serde_json::{Error, Map, Value};
use url::form_urlencoded;

use super::{FILE, is_multipart};

/// Writes a value as a form: its content type, and the body.
///
/// # Errors
///
/// Where the value is no object or has a tuple for a member, or a media type of a file cannot be sent.
pub(crate) fn encode<T: Serialize + ?Sized>(value: &T, media_type: &str) -> Result<(String, Bytes), Error> {
    let Field::Members(members) = field(value)? else {
        return Err(Error::custom("a form is an object"));
    };
    if is_multipart(media_type) { multipart(members) } else { Ok(urlencoded(members, media_type)) }
}

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

fn urlencoded(members: Vec<(String, Field)>, media_type: &str) -> (String, Bytes) {
    let mut pairs = form_urlencoded::Serializer::new(String::new());
    for (name, field) in flat(members) {
        match field {
            Field::Text(text) => drop(pairs.append_pair(&name, &text)),
            Field::Json(value) => drop(pairs.append_pair(&name, &value.to_string())),
            Field::Bytes(bytes) => drop(pairs.append_pair(&name, &String::from_utf8_lossy(&bytes))),
            Field::File(file) => drop(pairs.append_pair(&name, &String::from_utf8_lossy(&content(&file)))),
            Field::Nothing | Field::Many(_) | Field::Members(_) => {}
        }
    }
    (media_type.to_owned(), pairs.finish().into())
}

fn multipart(members: Vec<(String, Field)>) -> Result<(String, Bytes), Error> {
    // Random, so that no content can hold it on purpose.
    let random = || RandomState::new().build_hasher().finish();
    let boundary = format!("{:016x}{:016x}", random(), random());
    let mut body = Vec::new();
    for (name, field) in flat(members) {
        let mut head = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", quoted(&name));
        let bytes = match field {
            Field::Text(text) => text.into_bytes(),
            Field::Json(value) => {
                head.push_str("\r\nContent-Type: application/json");
                value.to_string().into_bytes()
            }
            Field::Bytes(bytes) => bytes,
            Field::File(file) => {
                let text = |wanted: &str| match file.iter().find(|(name, _)| name == wanted) {
                    Some((_, Field::Text(text))) => Some(text.as_str()),
                    _ => None,
                };
                // A part without a file name would be taken for text.
                head.push_str(&format!("; filename=\"{}\"", quoted(text("name").unwrap_or(&name))));
                let content_type = text("content_type").unwrap_or("application/octet-stream");
                if !content_type.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
                    return Err(Error::custom("a media type that cannot be sent"));
                }
                head.push_str(&format!("\r\nContent-Type: {content_type}"));
                content(&file)
            }
            Field::Nothing | Field::Many(_) | Field::Members(_) => continue,
        };
        head.push_str("\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(&bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
    Ok((format!("multipart/form-data; boundary={boundary}"), body.into()))
}

/// The fields, one for each item of an array.
fn flat(members: Vec<(String, Field)>) -> impl Iterator<Item = (String, Field)> {
    members.into_iter().flat_map(|(name, field)| match field {
        Field::Many(items) => items.into_iter().map(|item| (name.clone(), item)).collect(),
        field => vec![(name, field)],
    })
}

fn content(file: &[(String, Field)]) -> Vec<u8> {
    file.iter()
        .find_map(|(_, field)| match field {
            Field::Bytes(bytes) => Some(bytes.clone()),
            _ => None,
        })
        .unwrap_or_default()
}

/// A name in quotes, as browsers write it (HTML, “multipart/form-data”).
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
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

fn text(value: impl Display) -> Result<Field, Error> {
    Ok(Field::Text(value.to_string()))
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
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_f32(f32)
        serialize_f64(f64) serialize_char(char) serialize_str(&str)
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
        let member = (variant.to_owned(), serde_json::to_value(value)?);
        Ok(Field::Json(Value::Object(Map::from_iter([member]))))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items, Error> {
        Ok(Items { level: self.0, fields: Vec::new(), values: Vec::new() })
    }

    fn serialize_tuple(self, _: usize) -> Result<No, Error> {
        Err(Error::custom("no form"))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<No, Error> {
        Err(Error::custom("no form"))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<No, Error> {
        Err(Error::custom("no form"))
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

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<No, Error> {
        Err(Error::custom("no form"))
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
            Level::Form | Level::Item => self.values.push(serde_json::to_value(value)?),
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
            Level::Member | Level::Item => drop(self.values.insert(name, serde_json::to_value(value)?)),
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::File;

    #[derive(Serialize)]
    struct Upload {
        title: &'static str,
        count: i64,
        tags: Vec<&'static str>,
        about: Value,
        gone: Option<i64>,
        files: Vec<File>,
    }

    fn upload() -> Upload {
        Upload {
            title: "a b&c",
            count: 2,
            tags: vec!["x", "y"],
            about: json!({ "deep": [1] }),
            gone: None,
            files: vec![
                File::new("a\".txt", "text/plain", "one"),
                File { bytes: "two".into(), ..File::default() },
            ],
        }
    }

    #[test]
    fn a_multipart_form_has_a_part_for_each_value() {
        let (content_type, body) = encode(&upload(), "multipart/form-data").unwrap();
        let boundary = content_type.strip_prefix("multipart/form-data; boundary=").unwrap();
        let body = String::from_utf8(body.to_vec()).unwrap().replace(boundary, "B").replace("\r\n", "\n");
        let part =
            |head: &str, body: &str| format!("--B\nContent-Disposition: form-data; {head}\n\n{body}\n");
        let expected = [
            part("name=\"title\"", "a b&c"),
            part("name=\"count\"", "2"),
            part("name=\"tags\"", "x"),
            part("name=\"tags\"", "y"),
            part("name=\"about\"\nContent-Type: application/json", "{\"deep\":[1]}"),
            part("name=\"files\"; filename=\"a%22.txt\"\nContent-Type: text/plain", "one"),
            part("name=\"files\"; filename=\"files\"\nContent-Type: application/octet-stream", "two"),
            "--B--\n".to_owned(),
        ];
        assert_eq!(body, expected.concat());
    }

    #[test]
    fn an_urlencoded_form_has_a_pair_for_each_value() {
        let (content_type, body) = encode(&upload(), "application/x-www-form-urlencoded").unwrap();
        assert_eq!(content_type, "application/x-www-form-urlencoded");
        let expected =
            "title=a+b%26c&count=2&tags=x&tags=y&about=%7B%22deep%22%3A%5B1%5D%7D&files=one&files=two";
        assert_eq!(body, expected);
    }

    #[test]
    fn what_cannot_be_sent_is_refused() {
        let file = File::new("a", "text/plain\r\nX: y", "");
        assert!(encode(&json!({}), "multipart/form-data").is_ok());
        assert!(encode(&std::collections::BTreeMap::from([("a", file)]), "multipart/form-data").is_err());
        assert!(encode(&[1][..], "multipart/form-data").is_err());
        assert!(encode(&std::collections::BTreeMap::from([("a", (1, 2))]), "multipart/form-data").is_err());
    }
}
