//! JSON that is none, and JSON of another shape than the documented one.
//!
//! What serde says of a value repeats it. So nothing of its text is passed on but the place, and what was
//! expected where that is one of a few fixed words.

use http::StatusCode;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::error::Category;
use serde_path_to_error::{Path, Segment};

use super::{
    problem::{Problem, Reason},
    strict::Strict,
};
use crate::form::{DecodeError, Field, read_fields};

/// Reads JSON.
///
/// The path is tracked only when reading fails, so that a body that fits is read once, at full speed.
pub(super) fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let value = T::deserialize(Strict::new(&mut json)).and_then(|value| json.end().map(|()| value));
    value.map_err(|error| match error.classify() {
        // Reading ended where the shape did: what follows may be no JSON.
        Category::Data => match serde_json::from_slice::<IgnoredAny>(bytes) {
            Ok(_) => shape::<T>(bytes),
            Err(error) => syntax(&error),
        },
        Category::Io | Category::Syntax | Category::Eof => syntax(&error),
    })
}

/// Reads a form.
pub(super) fn read_form<T: DeserializeOwned>(fields: &[Field]) -> Result<T, Problem> {
    let missing = |error: &serde_path_to_error::Error<DecodeError>| error.inner().missing();
    read_fields(fields, missing, |fields| serde_path_to_error::deserialize(Strict::new(fields)))
        .map_err(|error| unfit(&error))
}

fn syntax(error: &serde_json::Error) -> Problem {
    let detail = format!("the body is not JSON: line {}, column {}", error.line(), error.column());
    Problem::new(StatusCode::BAD_REQUEST, Reason::Syntax).with_detail(detail)
}

fn shape<T: DeserializeOwned>(bytes: &[u8]) -> Problem {
    let mut json = serde_json::Deserializer::from_slice(bytes);
    let Err(error) = serde_path_to_error::deserialize::<_, T>(Strict::new(&mut json)) else {
        return Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Reason::Shape);
    };
    unfit(&error)
}

fn unfit<E: std::fmt::Display>(error: &serde_path_to_error::Error<E>) -> Problem {
    let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Reason::Shape);
    problem.with_pointer(pointer(error.path())).with_detail(detail(&error.inner().to_string()))
}

/// The JSON pointer (RFC 6901) of a path.
fn pointer(path: &Path) -> String {
    let mut pointer = String::new();
    for segment in path {
        match segment {
            Segment::Seq { index } => pointer.push_str(&format!("/{index}")),
            Segment::Map { key } => {
                pointer.push('/');
                pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
            }
            // A variant is no place of its own in JSON, and what is not known has no name.
            Segment::Enum { .. } | Segment::Unknown => {}
        }
    }
    pointer
}

/// What is wrong, in words that are fixed here or names that the page documents.
fn detail(text: &str) -> String {
    // Serde writes the names of fields, never names that were sent.
    for (start, what) in [("missing field `", "is missing"), ("duplicate field `", "is there twice")] {
        if let Some((name, _)) = text.strip_prefix(start).and_then(|rest| rest.split_once('`')) {
            return format!("the member `{name}` {what}");
        }
    }
    // That a value is null is all that is ever said of one: it is what people look for last.
    let null = text.starts_with("invalid type: null, ");
    match (expected(text), null) {
        (Some(expected), false) => format!("must be {expected}"),
        (None, false) => "is not of the documented shape".to_owned(),
        (Some(expected), true) => format!("must be {expected}, not null"),
        (None, true) => "must not be null".to_owned(),
    }
}

fn expected(text: &str) -> Option<&'static str> {
    if !text.starts_with("invalid type: ") {
        return None;
    }
    // What was found comes first, and may hold anything.
    let (_, expected) = text.rsplit_once(", expected ")?;
    let expected = expected.rsplit_once(" at line ").map_or(expected, |(expected, _)| expected);
    match expected {
        "a boolean" => Some("a boolean"),
        "a string" | "a borrowed string" => Some("a string"),
        "i32" | "i64" | "u32" | "u64" => Some("an integer"),
        "f32" | "f64" => Some("a number"),
        "a sequence" => Some("an array"),
        "a map" => Some("an object"),
        "a file" => Some("a file"),
        "unit" => Some("null"),
        other if other.starts_with("struct ") => Some("an object"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_value_is_repeated() {
        for text in [
            "invalid type: string \"secret, expected secret\", expected i32 at line 1 column 2",
            "invalid value: string \"secret\", expected secret",
            "secret: missing field `secret`",
            "unknown variant `secret`, expected one of `a`, `b`",
        ] {
            assert!(!detail(text).contains("secret"), "{text}");
        }
        assert_eq!(
            detail("invalid type: null, expected a string at line 1 column 2"),
            "must be a string, not null"
        );
        assert_eq!(detail("invalid type: null, expected a timestamp string"), "must not be null");
        assert_eq!(detail("missing field `total` at line 1 column 2"), "the member `total` is missing");
        assert_eq!(detail("invalid type: map, expected f64 at line 1 column 2"), "must be a number");
    }
}
