//! The one place that uses the YAML library.

use serde::{Serialize, de::DeserializeOwned};

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
/// Where the text is not YAML or does not fit `T`.
pub fn from_str<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    serde_yaml::from_str(text).map_err(|error| {
        let message = error.to_string();
        // The library appends the place, which is given apart here.
        let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
        Error { message, offset: error.location().map(|location| location.index()) }
    })
}

/// Writes a value as YAML, ending in a line break.
///
/// # Errors
///
/// Where the value has no YAML form, such as a map whose keys are maps.
pub fn to_string<T: Serialize>(value: &T) -> Result<String, Error> {
    serde_yaml::to_string(value).map_err(|error| Error { message: error.to_string(), offset: None })
}
