//! What ReadMe pages write of where a field is sent.
//!
//! A text comes in ([`place`]), a [`Place`] goes out; nothing where it says something else.

use crate::model::ParameterLocation;

/// Where a value is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// As a parameter.
    Parameter(ParameterLocation),
    /// As a member of the body.
    Body,
}

/// Where a text says that a field is sent: `query`, `(path variable)`, `body, form-data`, `Passed in the header.`
pub(super) fn place(text: &str) -> Option<Place> {
    const LEADS: [&str; 8] = [
        "passed in the ",
        "passed in ",
        "sent in the ",
        "sent in ",
        "passed as ",
        "sent as ",
        "in the ",
        "in ",
    ];
    let text = text.trim().trim_matches(['(', ')', '.']).to_lowercase();
    let text = LEADS.iter().find_map(|lead| text.strip_prefix(lead)).unwrap_or(&text);
    let text = text.strip_suffix(", form-data").unwrap_or(text);
    // Converters write `QueryParameter`.
    let words = [" parameter", " param", " variable", "parameter"];
    let parameter = words.iter().find_map(|word| text.strip_suffix(word));
    let parameter = match parameter.unwrap_or(text) {
        "path" | "url" | "uri" => ParameterLocation::Path,
        "query" | "query string" | "querystring" => ParameterLocation::Query,
        "header" | "headers" => ParameterLocation::Header,
        "cookie" => ParameterLocation::Cookie,
        "body" | "request body" | "form" | "form data" | "form-data" | "formdata" | "json body" => {
            return Some(Place::Body);
        }
        _ => return None,
    };
    Some(Place::Parameter(parameter))
}

/// Whether a cell says where a parameter is sent.
pub(super) fn is_location(text: &str) -> bool {
    place(text).is_some()
}
