//! The one place that uses the YAML library.
//!
//! Texts come from pages and from people: size, nesting and repetition (aliases of aliases) are bounded.

mod locate;
mod tree;

use std::marker::PhantomData;

use serde::{
    Serialize,
    de::{DeserializeOwned, DeserializeSeed},
};

pub use tree::{Member, Node, NodeKind, read_tree};

/// The longest YAML text that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// How deep brackets and braces may be nested in any text.
const MAX_BRACKETS: usize = 200;
/// How deep they may be nested times the text's length: the library's time grows with that product. Small texts
/// may have more, because brackets in strings, such as those of patterns, are counted too.
const MAX_BRACKET_WORK: usize = 1 << 28;

/// Where and why a YAML text could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What is wrong, without the place.
    pub message: String,
    /// The byte offset, where the library tells.
    pub offset: Option<usize>,
}

/// Reads a YAML text.
///
/// # Errors
///
/// Where the text is not YAML, does not fit `T`, or is beyond a limit.
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    from_seed(text, PhantomData)
}

/// Reads a YAML text by a seed.
///
/// # Errors
///
/// Where the text is not YAML, does not fit the seed, or is beyond a limit.
pub(crate) fn from_seed<'t, S: DeserializeSeed<'t>>(text: &'t str, seed: S) -> Result<S::Value, Error> {
    check_size(text)?;
    seed.deserialize(serde_yaml::Deserializer::from_str(text)).map_err(|error| placed(&error, text))
}

/// An error in the library's words.
fn placed(error: &serde_yaml::Error, text: &str) -> Error {
    let message = error.to_string();
    // The library appends the place, which is given apart here.
    let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
    let offset = error.location().map(|location| location.index().min(text.len()));
    Error { message, offset }
}

/// Refuses a text that would take too long.
fn check_size(text: &str) -> Result<(), Error> {
    if text.len() > MAX_BYTES {
        let message = format!("YAML of {} bytes, the limit is {MAX_BYTES}", text.len());
        return Err(Error { message, offset: None });
    }
    let deepest = (MAX_BRACKET_WORK / text.len().max(1)).max(MAX_BRACKETS);
    match nested_too_deep(text, deepest) {
        Some(offset) => {
            let message = format!("brackets are nested deeper than {deepest}");
            Err(Error { message, offset: Some(offset) })
        }
        None => Ok(()),
    }
}

/// Writes a value as YAML, ending in a line break.
///
/// # Errors
///
/// Where the value has no YAML form, such as a map whose keys are maps.
pub fn to_string<T: Serialize>(value: &T) -> Result<String, Error> {
    serde_yaml::to_string(value).map_err(|error| Error { message: error.to_string(), offset: None })
}

/// Where brackets open deeper than is read. Those in strings count too.
fn nested_too_deep(text: &str, deepest: usize) -> Option<usize> {
    let mut depth = 0_usize;
    text.bytes().position(|byte| {
        match byte {
            b'[' | b'{' => depth += 1,
            b']' | b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        depth > deepest
    })
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    #[test]
    fn the_place_of_an_error_is_a_byte_offset() {
        let text = "é: ü\nb: [\n";
        let error = from_str::<Value>(text).unwrap_err();
        assert!(error.offset.is_some_and(|offset| offset <= text.len()), "{error:?}");
        let error = from_str::<std::collections::BTreeMap<String, u8>>("é: 1\nb: x\n").unwrap_err();
        assert_eq!(error.offset, Some("é: 1\nb: ".len()));
    }

    #[test]
    fn repetition_nesting_and_size_are_bounded() {
        let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for level in 1..20 {
            let previous = format!("*a{}", level - 1);
            bomb += &format!("a{level}: &a{level} [{}]\n", [previous.as_str(); 9].join(", "));
        }
        assert!(from_str::<Value>(&bomb).is_err());
        assert!(from_str::<Value>(&"[".repeat(MAX_BYTES)).is_err());
        assert!(from_str::<Value>(&"- ".repeat(MAX_BYTES / 2)).is_err());
        assert!(from_str::<Value>(&"a".repeat(MAX_BYTES + 1)).is_err());
    }
}
