//! The tail of a field's body: an `Example:` or an `Enum:` after the description.
//!
//! A body comes in, with or without lines; [`find_tail`] says where the tail begins and what it says.
//! In a text with lines the tail is the last line. In a flat one it is the last word `Example:` or
//! `Enum:` whose remainder reads as JSON to the very end; prose that merely says "Example:" does not.

use std::ops::Range;

use memchr::memrchr;
use serde_json::{Deserializer, Value};

use super::marks::Form;

/// What stands after a field's description. Ranges are those of the body.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Tail {
    /// `Example: JSON`.
    Example(Value),
    /// `Enum: "a", "b"`: each value and where it stands.
    Values(Vec<(Value, Range<usize>)>),
    /// ``Enum: same as `data.confirmed` (2 values)``: the field's name and how many values it has.
    SameAs(Range<usize>, usize),
}

/// How many places of a flat body are tried as the tail's beginning.
const MAX_ATTEMPTS: usize = 32;

/// The tail of a body and where it begins.
pub(crate) fn find_tail(body: &str, form: Form) -> Option<(usize, Tail)> {
    let trimmed = body.trim_end();
    match form {
        Form::Lines => {
            let line = memrchr(b'\n', trimmed.as_bytes()).map_or(0, |at| at + 1);
            let start = line + leading_space(trimmed.get(line..)?);
            Some((start, tail_at(trimmed, start)?))
        }
        Form::Flat => {
            let words = trimmed.rmatch_indices(':').filter_map(|(colon, _)| {
                let before = trimmed.get(..colon)?;
                let rest = before.strip_suffix("Example").or_else(|| before.strip_suffix("Enum"))?;
                (rest.is_empty() || rest.ends_with(char::is_whitespace)).then_some(rest.len())
            });
            words.take(MAX_ATTEMPTS).find_map(|start| Some((start, tail_at(trimmed, start)?)))
        }
    }
}

fn leading_space(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Reads the tail that begins at an offset of a body and lasts to its end.
fn tail_at(body: &str, start: usize) -> Option<Tail> {
    let text = body.get(start..)?;
    if let Some(json) = text.strip_prefix("Example: ") {
        return serde_json::from_str(json).ok().map(Tail::Example);
    }
    let list = text.strip_prefix("Enum: ")?;
    let offset = start + (text.len() - list.len());
    same_as(list, offset).or_else(|| scalars(list, offset).map(Tail::Values))
}

/// ``same as `name` (2 values)``.
fn same_as(list: &str, offset: usize) -> Option<Tail> {
    let rest = list.strip_prefix("same as `")?;
    let end = rest.rfind("` (")?;
    let count = rest.get(end + "` (".len()..)?.strip_suffix(')')?;
    let count = count.strip_suffix(" values").or_else(|| count.strip_suffix(" value"))?;
    let start = offset + (list.len() - rest.len());
    Some(Tail::SameAs(start..start + end, count.parse().ok()?))
}

/// JSON scalars, parted by commas.
fn scalars(list: &str, offset: usize) -> Option<Vec<(Value, Range<usize>)>> {
    let mut values = Vec::new();
    let mut at = 0;
    loop {
        at += leading_space(list.get(at..)?);
        let mut stream = Deserializer::from_str(list.get(at..)?).into_iter::<Value>();
        let value = stream.next()?.ok().filter(|value| !value.is_array() && !value.is_object())?;
        let end = at + stream.byte_offset();
        values.push((value, offset + at..offset + end));
        at = end + leading_space(list.get(end..)?);
        match list.as_bytes().get(at) {
            None => return Some(values),
            Some(b',') => at += 1,
            Some(_) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn check(body: &str, form: Form, expected: Option<(&str, Value)>) {
        let found = find_tail(body, form).map(|(start, tail)| {
            let value = match tail {
                Tail::Example(value) => value,
                Tail::Values(values) => Value::Array(values.into_iter().map(|(value, _)| value).collect()),
                Tail::SameAs(name, count) => json!({ &body[name]: count }),
            };
            (body[..start].trim(), value)
        });
        assert_eq!(found, expected, "{body}");
    }

    #[test]
    fn the_last_line_is_the_tail() {
        check("\n    A role.\n    Example: {\"a\": 1}\n\n", Form::Lines, Some(("A role.", json!({"a": 1}))));
        check("\n    Enum: \"a\", 2, null\n", Form::Lines, Some(("", json!(["a", 2, null]))));
        check("\n    Enum: same as `a.b` (2 values)", Form::Lines, Some(("", json!({"a.b": 2}))));
        check("\n    Example: 5 apples\n", Form::Lines, None);
        check("\n    Example: 5\n    more\n", Form::Lines, None);
    }

    #[test]
    fn the_last_word_whose_remainder_is_json_is_the_tail() {
        check(" A role. Example: \"x\"", Form::Flat, Some(("A role.", json!("x"))));
        check(" As in Example: 1. Example: \"a: b\"", Form::Flat, Some(("As in Example: 1.", json!("a: b"))));
        check(" Example: \"say Example: no\"", Form::Flat, Some(("", json!("say Example: no"))));
        check(" A. Enum: 0, 1", Form::Flat, Some(("A.", json!([0, 1]))));
        check(" NoExample: 1", Form::Flat, None);
        check(" See Example: below", Form::Flat, None);
    }
}
