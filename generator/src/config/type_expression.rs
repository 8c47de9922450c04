//! Types as an override writes them: `string`, `integer[]`, `map<number>`, `string | integer`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, de};

/// How deep expressions nest.
const MAX_DEPTH: usize = 16;

/// A type.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the model")]
pub enum TypeExpression {
    Any,
    Null,
    Boolean,
    Integer,
    Number,
    String,
    File,
    /// An object with the members that the page documents, free-form where it documents none.
    Object,
    /// An array; `array` alone keeps the items that the page documents.
    Array(Option<Box<Self>>),
    /// A map with values of a type.
    Map(Box<Self>),
    /// One of several.
    Union(Vec<Self>),
}

impl FromStr for TypeExpression {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        read(text, 0).ok_or_else(|| {
            format!(
                "`{text}` is no type: write `string`, `integer`, `number`, `boolean`, `object`, `array`, `file`, \
                 `null` or `any`, `integer[]` for an array, `map<string>`, or several with `|`"
            )
        })
    }
}

fn read(text: &str, depth: usize) -> Option<TypeExpression> {
    let text = text.trim();
    if depth > MAX_DEPTH {
        return None;
    }
    let alternatives: Vec<&str> = split(text)?;
    if alternatives.len() > 1 {
        let read: Option<Vec<_>> = alternatives.into_iter().map(|text| read(text, depth + 1)).collect();
        return read.map(TypeExpression::Union);
    }
    if let Some(items) = text.strip_suffix("[]") {
        return Some(TypeExpression::Array(Some(Box::new(read(items, depth + 1)?))));
    }
    if let Some(inner) = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')) {
        return read(inner, depth + 1);
    }
    if let Some(values) = text.strip_prefix("map<").and_then(|text| text.strip_suffix('>')) {
        return Some(TypeExpression::Map(Box::new(read(values, depth + 1)?)));
    }
    Some(match text {
        "any" => TypeExpression::Any,
        "null" => TypeExpression::Null,
        "boolean" => TypeExpression::Boolean,
        "integer" => TypeExpression::Integer,
        "number" => TypeExpression::Number,
        "string" => TypeExpression::String,
        "file" => TypeExpression::File,
        "object" => TypeExpression::Object,
        "array" => TypeExpression::Array(None),
        "map" => TypeExpression::Map(Box::new(TypeExpression::Any)),
        _ => return None,
    })
}

/// The alternatives of a union: parted at each `|` outside of brackets. `None` where brackets do not match.
fn split(text: &str) -> Option<Vec<&str>> {
    let mut depth = 0_usize;
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '<' => depth += 1,
            ')' | '>' => depth = depth.checked_sub(1)?,
            '|' if depth == 0 => {
                parts.push(text.get(start..at)?);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text.get(start..)?);
    (depth == 0).then_some(parts)
}

impl<'de> Deserialize<'de> for TypeExpression {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Type;
        impl de::Visitor<'_> for Type {
            type Value = TypeExpression;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a type, such as `string` or `integer[]`")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<TypeExpression, E> {
                text.parse().map_err(E::custom)
            }

            // `null` is a type's name too, and YAML has it as a value.
            fn visit_unit<E: de::Error>(self) -> Result<TypeExpression, E> {
                Ok(TypeExpression::Null)
            }
        }
        deserializer.deserialize_any(Type)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_nest() {
        let array = |item| TypeExpression::Array(Some(Box::new(item)));
        assert_eq!("integer[][]".parse(), Ok(array(array(TypeExpression::Integer))));
        let union = TypeExpression::Union(vec![TypeExpression::String, TypeExpression::Integer]);
        assert_eq!("(string | integer)[]".parse(), Ok(array(union.clone())));
        assert_eq!("map<string|integer>".parse(), Ok(TypeExpression::Map(Box::new(union))));
        assert_eq!("array".parse(), Ok(TypeExpression::Array(None)));
    }

    #[test]
    fn what_is_no_type_is_refused() {
        for text in ["", "int", "string |", "map<string", "string>", "(string", "[]", &"(".repeat(99)] {
            assert!(text.parse::<TypeExpression>().is_err(), "{text}");
        }
        assert!(format!("string{}", "[]".repeat(99)).parse::<TypeExpression>().is_err());
    }
}
