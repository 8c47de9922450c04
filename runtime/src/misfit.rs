//! JSON into types, and where it does not fit.
//!
//! Bytes come in; a value goes out, or a [`Misfit`]: where in the body, and what was expected there.
//!
//! Invariant: no value of the body is part of a [`Misfit`]. The messages of serde, of date and of UUID libraries
//! repeat what they read, so that none of them is used: a body that does not fit is read once more by
//! [`Json`], whose errors keep only what the types say that they expect. Names of members are part of the
//! pointer.

use std::fmt;

use serde::{
    Deserializer,
    de::{
        self, DeserializeSeed, Expected, IntoDeserializer, Unexpected, Visitor,
        value::{MapAccessDeserializer, MapDeserializer, SeqDeserializer},
    },
};
use serde_json::Value;
use serde_path_to_error::{Deserializer as PathDeserializer, Path, Segment, Track};

use crate::one_of::ONE_OF;

/// Where JSON does not fit a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// The JSON pointer (RFC 6901) of the value that does not fit; empty for the whole body.
    pub(crate) pointer: String,
    /// What was expected there.
    pub(crate) expected: String,
}

/// Reads a body as what the seed makes of it: `PhantomData` makes any type of serde's.
pub(crate) fn read_json<S, T>(seed: S, bytes: &[u8]) -> Result<T, Misfit>
where
    S: for<'de> DeserializeSeed<'de, Value = T> + Copy,
{
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let read = seed.deserialize(&mut json).and_then(|value| json.end().map(|()| value));
    read.map_err(|_| explain(seed, bytes))
}

/// Why a body does not fit, found by reading it again: reading what fits costs nothing extra.
fn explain<S, T>(seed: S, bytes: &[u8]) -> Misfit
where
    S: for<'de> DeserializeSeed<'de, Value = T> + Copy,
{
    let mut track = Track::new();
    let value: Value = match serde_json::from_slice(bytes) {
        Ok(value) => value,
        Err(error) => {
            let mut reader = serde_json::Deserializer::from_slice(bytes);
            let read = seed.deserialize(PathDeserializer::new(&mut reader, &mut track));
            let at = if read.is_err() { pointer(&track.path()) } else { String::new() };
            let expected = format!("JSON (line {}, column {})", error.line(), error.column());
            return Misfit { pointer: at, expected };
        }
    };
    match seed.deserialize(PathDeserializer::new(Json(&value), &mut track)) {
        Err(Unmet { missing, expected }) => {
            let mut at = pointer(&track.path());
            if let Some(member) = missing {
                push(&mut at, member);
            }
            Misfit { pointer: at, expected: expected.unwrap_or_else(|| "its documented form".to_owned()) }
        }
        // A tree of values keeps one of two members of the same name; a type does not.
        Ok(_) => Misfit { pointer: String::new(), expected: "each member once".to_owned() },
    }
}

fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => push(&mut pointer, &index.to_string()),
            Segment::Map { key } => push(&mut pointer, key),
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

fn push(pointer: &mut String, member: &str) {
    pointer.push('/');
    pointer.push_str(&member.replace('~', "~0").replace('/', "~1"));
}

/// What a type expected and did not find. The counterpart of serde's messages, without what was found.
#[derive(Debug, Default)]
struct Unmet {
    /// The member that is not there.
    missing: Option<&'static str>,
    expected: Option<String>,
}

impl Unmet {
    fn expected(expected: impl fmt::Display) -> Self {
        Self { missing: None, expected: Some(expected.to_string()) }
    }
}

impl fmt::Display for Unmet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected.as_deref().unwrap_or_default())
    }
}

impl std::error::Error for Unmet {}

impl de::Error for Unmet {
    fn custom<T: fmt::Display>(message: T) -> Self {
        // The only message of which anything is kept is serde's own, and it is replaced.
        if message.to_string().starts_with("data did not match any variant") {
            return Self::expected("one of the documented forms");
        }
        Self::default()
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::expected(expected)
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::expected(expected)
    }

    fn invalid_length(_: usize, expected: &dyn Expected) -> Self {
        Self::expected(expected)
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::expected(format!("one of {}", expected.join(", ")))
    }

    fn unknown_field(_: &str, expected: &'static [&'static str]) -> Self {
        Self::expected(format!("only the members {}", expected.join(", ")))
    }

    fn missing_field(field: &'static str) -> Self {
        Self { missing: Some(field), expected: Some("a required member".to_owned()) }
    }
}

/// A tree of values as serde reads it, with errors that do not show them.
#[derive(Clone, Copy)]
struct Json<'de>(&'de Value);

impl<'de> IntoDeserializer<'de, Unmet> for Json<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Json<'de> {
    type Error = Unmet;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unmet> {
        let expected = (&visitor as &dyn Expected).to_string();
        let result = match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(value) => visitor.visit_bool(*value),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(value), _, _) => visitor.visit_u64(value),
                (None, Some(value), _) => visitor.visit_i64(value),
                (None, None, value) => visitor.visit_f64(value.unwrap_or(f64::NAN)),
            },
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => SeqDeserializer::new(items.iter().map(Json)).deserialize_any(visitor),
            Value::Object(members) => {
                let members = members.iter().map(|(name, value)| (name.as_str(), Json(value)));
                MapDeserializer::new(members).deserialize_any(visitor)
            }
        };
        // A library that refuses a text says what it found; what it wanted, its visitor knows.
        result.map_err(|error| Unmet { expected: error.expected.or(Some(expected)), ..error })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unmet> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Unmet> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unmet> {
        match self.0 {
            // What tells the type comes first: nothing is read without its place then.
            Value::Object(members) if name == ONE_OF => {
                let is_first = |name: &str| fields.contains(&name);
                let first = members.iter().filter(|(name, _)| is_first(name));
                let all = first.chain(members.iter().filter(|(name, _)| !is_first(name)));
                visitor.visit_map(MapDeserializer::new(all.map(|(name, value)| (name.as_str(), Json(value)))))
            }
            _ => self.deserialize_any(visitor),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Unmet> {
        match self.0 {
            Value::String(text) => visitor.visit_enum(text.as_str().into_deserializer()),
            Value::Object(members) => {
                let members = members.iter().map(|(name, value)| (name.as_str(), Json(value)));
                visitor.visit_enum(MapAccessDeserializer::new(MapDeserializer::new(members)))
            }
            _ => self.deserialize_any(visitor),
        }
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeMap, marker::PhantomData};

    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read")]
    struct Outer {
        total: i32,
        items: Vec<Inner>,
        #[serde(default)]
        map: BTreeMap<String, u8>,
        #[serde(default)]
        form: Option<Form>,
        #[serde(default)]
        load: Option<Load>,
    }

    #[derive(Debug)]
    enum Load {
        Inner(Inner),
        Unknown(Value),
    }

    crate::one_of! { Load, value "kind", { }, ["inner" => Inner], Unknown }

    #[derive(Debug, serde::Serialize, Deserialize)]
    struct Inner {
        name: String,
        #[serde(rename = "a/b")]
        odd: Option<bool>,
    }

    #[derive(Debug, Deserialize)]
    #[expect(dead_code, reason = "only read")]
    enum Form {
        #[serde(rename = "word")]
        Word,
        #[serde(untagged)]
        Number(i64),
    }

    #[track_caller]
    fn misfit(json: &str) -> (String, String) {
        let misfit = read_json(PhantomData::<Outer>, json.as_bytes()).expect_err("it does not fit");
        (misfit.pointer, misfit.expected)
    }

    #[track_caller]
    fn check(json: &str, pointer: &str, expected: &str) {
        assert_eq!(misfit(json), (pointer.to_owned(), expected.to_owned()));
    }

    #[test]
    fn a_misfit_has_a_place_and_an_expectation() {
        check(r#"{"total":"hunter2","items":[]}"#, "/total", "i32");
        check(r#"{"total":1,"items":[{"name":"a"},{"name":false}]}"#, "/items/1/name", "a string");
        check(r#"{"total":1,"items":[{"name":"a","a/b":3}]}"#, "/items/0/a~1b", "a boolean");
        check(r#"{"total":1,"items":[],"map":{"k~":300}}"#, "/map/k~0", "u8");
        check(r#"{"total":1,"items":[],"form":"hunter2"}"#, "/form", "one of the documented forms");
        check(
            r#"{"total":1,"items":[],"load":{"a/b":3,"kind":"inner","name":"a"}}"#,
            "/load/a~1b",
            "a boolean",
        );
        check(r#"{"total":1,"items":[],"load":{"kind":"inner"}}"#, "/load/name", "a required member");
        check(r#"{"total":1,"items":[],"load":"hunter2"}"#, "/load", "a map");
        check("[]", "", "struct Outer with 5 elements");
        check("7", "", "struct Outer");
    }

    #[test]
    fn a_missing_member_is_named() {
        check("{}", "/total", "a required member");
        check(r#"{"total":1,"items":[{}]}"#, "/items/0/name", "a required member");
    }

    #[test]
    fn what_is_no_json_has_a_position() {
        check(r#"{"total":1,"items":[{"name":"#, "/items/0/name", "JSON (line 1, column 28)");
        check("", "", "JSON (line 1, column 0)");
        check(r#"{"total":1,"items":[]} x"#, "", "JSON (line 1, column 24)");
        check(r#"{"total":1,"total":1,"items":[]}"#, "", "each member once");
    }
}
