//! What media types mean.

/// A media type without its parameters (RFC 9110, section 8.3.1), in lower case.
pub(crate) fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// Whether a media type is JSON (RFC 8259, and the `+json` suffix of RFC 6839; `text/json` is an old name of it): what the
/// runtime of generated code takes for JSON (`runtime/src/responses.rs`).
pub(crate) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Whether a body of a media type is read as JSON: it is, or may be anything.
pub(crate) fn may_be_json(media_type: &str) -> bool {
    is_json(media_type) || essence(media_type) == "*/*"
}

/// Whether a media type is one of HTML's forms.
pub(crate) fn is_form(media_type: &str) -> bool {
    matches!(essence(media_type).as_str(), "multipart/form-data" | "application/x-www-form-urlencoded")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_several_names() {
        for media in [
            "application/json",
            "Application/JSON; charset=utf-8",
            "text/json",
            "model/json",
            "application/a+json",
        ] {
            assert!(is_json(media), "{media}");
        }
        for media in
            ["application/jsonl", "application/x-ndjson", "application/json-seq", "text/plain", "*/*", ""]
        {
            assert!(!is_json(media), "{media}");
        }
        assert!(may_be_json("*/*") && !may_be_json("text/*"));
    }
}
